"""A repository of the packaged knowledge under real git, and two moderators."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tradebot.curation.draft import Draft
from tradebot.curation.people import Moderator
from tradebot.curation.repository import Repository

ANN = Moderator("1001", "Ann")
BO = Moderator("1002", "Bo <b@example.org>")


@pytest.fixture(scope="session")
def packaged_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Repository.init(tmp_path_factory.mktemp("packaged") / "trade", ANN).top


@pytest.fixture
def repository(packaged_repository: Path, tmp_path: Path) -> Repository:
    """At r1."""
    return Repository.open(Path(shutil.copytree(packaged_repository, tmp_path / "trade", symlinks=True)))


@pytest.fixture
def draft(repository: Repository) -> Draft:
    """Ann's, empty."""
    return Draft(repository, ANN)
