"""Where the journal is: a variable, a file with a secret, or the state folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradebot.journal.address import DAYS, URL, URL_FILE, JournalSettings
from tradebot.journal.entries import JournalError


def test_the_state_folder_is_the_default(tmp_path: Path) -> None:
    made = JournalSettings.from_environ({}, tmp_path)
    assert made.url.get_secret_value() == f"sqlite:///{tmp_path}/journal.sqlite"
    assert made.days == 90


def test_the_variable_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://bot:secret@db/tradebot\n")
    environ = {URL_FILE: str(tmp_path / "url"), DAYS: "30"}
    made = JournalSettings.from_environ(environ, tmp_path)
    assert (made.url.get_secret_value(), made.days) == ("postgresql://bot:secret@db/tradebot", 30)
    assert "secret" not in repr(made)
    assert JournalSettings.from_environ({**environ, URL: "sqlite:///x"}, tmp_path).url.get_secret_value() == "sqlite:///x"


@pytest.mark.parametrize("days", ["0", "-1", "ninety", "4000", "٣"])
def test_days_that_are_none(days: str, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="number of days from 1 to 3650"):
        JournalSettings.from_environ({DAYS: days}, tmp_path)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be read: No such file"):
        JournalSettings.from_environ({URL_FILE: str(tmp_path / "url")}, tmp_path)


async def test_it_is_opened_and_closed(tmp_path: Path) -> None:
    settings = JournalSettings.from_environ({}, tmp_path)
    async with settings.opened() as journal:
        assert await journal.most_asked(5) == []
    assert (tmp_path / "journal.sqlite").exists()
