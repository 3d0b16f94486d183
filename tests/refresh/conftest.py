"""A record of 2024 to September 2026, made by a first refresh, and a command line to refresh it with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from refresh.bureau import KEY, Bureau, small_knowledge
from tradebot.cli import commands

Refresh = Callable[..., Result]
TODAY = "2027-02-20"


def run_refresh(root: Path, *args: str | Path, given: str | None = None) -> Result:
    words = ["refresh", *map(str, args), "--knowledge", str(root), "--today", TODAY, "--first-wait", "0.001"]
    return CliRunner().invoke(commands, words, input=given)


@pytest.fixture(scope="session")
def first_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Refreshed once from a workbook, until September 2026."""
    folder = tmp_path_factory.mktemp("first")
    root = small_knowledge(folder / "knowledge")
    done = run_refresh(root, Bureau((2026, 9)).workbook(folder / "country.xlsx"), "--yes")
    assert done.exit_code == 0, done.output
    return root


@pytest.fixture
def root(first_record: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first_record, tmp_path / "knowledge"))


@pytest.fixture
def refresh(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Refresh:
    """`tradebot refresh …` on a copy of the first record, with a cache of its own and the key in the environment."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CENSUS_API_KEY", KEY)

    def run(*args: str | Path, given: str | None = None) -> Result:
        return run_refresh(root, *args, given=given)

    return run
