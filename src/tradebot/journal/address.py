"""Where the journal is and how long it remembers: from the environment, or from a file that holds the secret address."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, SecretStr

from tradebot.journal.entries import JournalError
from tradebot.journal.journal import KEEP_DAYS, Journal

URL = "TRADEBOT_JOURNAL"
URL_FILE = "TRADEBOT_JOURNAL_FILE"
DAYS = "TRADEBOT_JOURNAL_DAYS"
FILE = "journal.sqlite"
LONGEST_DAYS = 3650


class JournalSettings(BaseModel):
    """`url` may hold a password; `days` is how long questions, messages and complaints are kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: SecretStr
    days: int = KEEP_DAYS

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], state: Path) -> JournalSettings:
        """The variables' journal, else a SQLite file in the state folder. Raises JournalError."""
        url, file, days = (environ.get(name, "").strip() for name in (URL, URL_FILE, DAYS))
        held = url or (_read(Path(file)) if file else f"sqlite:///{(state / FILE).absolute()}")
        return cls(url=SecretStr(held), days=_days(days))

    @property
    def exists(self) -> bool:
        """Whether there is one already, as far as can be told without opening it."""
        kind, _, path = self.url.get_secret_value().partition(":///")
        return not kind.startswith("sqlite") or Path(path).is_file()

    async def open(self, *, patient: bool = True) -> Journal:
        """See Journal.open."""
        return await Journal.open(self.url.get_secret_value(), patient=patient, keep_days=self.days)

    @asynccontextmanager
    async def opened(self, *, patient: bool = True) -> AsyncIterator[Journal]:
        """The journal, closed at the end with what is pending written."""
        journal = await self.open(patient=patient)
        try:
            yield journal
        finally:
            await journal.close()


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise JournalError(f"The file {file} that {URL_FILE} names cannot be read: {reason}.") from None


def _days(text: str) -> int:
    if not text:
        return KEEP_DAYS
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LONGEST_DAYS):
        raise JournalError(f"{DAYS} is a number of days from 1 to {LONGEST_DAYS}, not “{text[:20]}”.")
    return int(text)
