"""A repository of the packaged knowledge under real git, and two moderators."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tradebot.curation.draft import Draft
from tradebot.curation.people import Moderator
from tradebot.curation.repository import Repository
from tradebot.edition import Edition

ANN = Moderator("1001", "Ann")
BO = Moderator("1002", "Bo <b@example.org>")
TODAY = dt.date(2026, 11, 23)


def says(edition: Edition, question: str) -> str:
    return edition.reply(question, edition.understand(question, None, TODAY), TODAY).text


@pytest.fixture(scope="session")
def packaged_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged knowledge as it is."""
    return Repository.init(tmp_path_factory.mktemp("packaged") / "trade", ANN).top


@pytest.fixture(scope="session")
def light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with one test an intent and the months since 2024: every check runs, in a fraction of the time."""
    repository = Repository.init(tmp_path_factory.mktemp("light") / "trade", ANN)
    for path in (repository.knowledge / "intents").glob("*.yaml"):
        head, found, tests = path.read_text(encoding="utf-8").partition("\ntests:\n")
        path.write_text(head + found + "\n".join(tests.split("\n")[:1]) + "\n", encoding="utf-8")
    months = repository.knowledge / "record/months.csv"
    heading, *lines = months.read_text(encoding="utf-8").splitlines()
    recent = [line for line in lines if line.split(",")[1] >= "2024"]
    months.write_text("\n".join([heading, *recent, ""]), encoding="utf-8")
    repository.git("commit", "--quiet", "--all", "--amend", "--message", "Light", extra=ANN.as_author())
    repository.git("update-ref", "-d", "refs/tradebot/held")
    return repository.top


@pytest.fixture
def repository(light: Path, tmp_path: Path) -> Repository:
    """At r1."""
    return Repository.open(Path(shutil.copytree(light, tmp_path / "trade", symlinks=True)))


@pytest.fixture
def draft(repository: Repository) -> Draft:
    """Ann's, empty."""
    return Draft(repository, ANN)
