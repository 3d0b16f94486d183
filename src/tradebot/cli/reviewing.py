"""`tradebot review`: what people asked in vain, most asked first, and for each what it becomes."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click
from platformdirs import user_state_path

from tradebot.curation.draft import Draft, Edit
from tradebot.curation.edits.misses import another_spelling, asks_for, not_held
from tradebot.curation.faults import CurationError
from tradebot.journal.address import JournalSettings
from tradebot.journal.entries import JournalError, Miss
from tradebot.knowledge.problems import KnowledgeError

STATE = "TRADEBOT_STATE"
CHOICES = "s another spelling, a asks for an intent, n not held, d dealt with, l later, q quit"
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """What a miss becomes: the questions to the moderator with their defaults, and the edit of what was asked and the answers."""

    fields: Callable[[Miss], tuple[tuple[str, str], ...]]
    edit: Callable[..., Edit]


BECOMES = {
    "s": Choice(
        lambda miss: (("The name", miss.missed), ("It is another name of", "")),
        another_spelling,
    ),
    "a": Choice(
        lambda miss: (("The words that say so", miss.missed), ("The intent", "")),
        asks_for,
    ),
    "n": Choice(
        lambda miss: (("What is not held", miss.missed), ("The sentence that says so", f"{miss.missed.capitalize()} is not held here.")),
        not_held,
    ),
}


def review(draft: Draft, days: int, limit: int) -> int:
    """Goes through the misses of the last days; the exit code."""
    try:
        return asyncio.run(_review(draft, dt.datetime.now(tz=dt.UTC) - dt.timedelta(days=days), limit))
    except JournalError as error:
        click.echo(str(error), err=True)
        return 1


def most_asked(limit: int = 100) -> list[str]:
    """What people ask most, as far as a journal knows."""
    try:
        settings = _settings()
        return asyncio.run(_most_asked(settings, limit)) if settings.exists else []
    except JournalError:
        return []


def settle(misses: Sequence[str]) -> None:
    """A publish dealt with them; a journal that is away shows them once more."""
    settings = _settings()
    if misses and settings.exists:
        with suppress(JournalError):
            asyncio.run(_settle(settings, misses))


async def _settle(settings: JournalSettings, misses: Sequence[str]) -> None:
    async with settings.opened(patient=False) as journal:
        for missed in misses:
            await journal.settle(missed)


async def _most_asked(settings: JournalSettings, limit: int) -> list[str]:
    async with settings.opened(patient=False) as journal:
        return await journal.most_asked(limit)


def _settings() -> JournalSettings:
    return JournalSettings.from_environ(os.environ, Path(os.environ.get(STATE) or user_state_path("tradebot", appauthor=False)))


async def _review(draft: Draft, since: dt.datetime, limit: int) -> int:
    async with _settings().opened(patient=False) as journal:
        drafted = draft.repository.in_drafts()
        misses = [miss for miss in await journal.misses(since, limit + len(drafted)) if miss.missed not in drafted][:limit]
        click.echo(f"{len(misses)} kinds of questions were missed." if misses else "Nothing was missed.")
        for miss in misses:
            if not await _settled(draft, journal.settle, miss):
                break
    click.echo(f"Your draft has {len(draft.edits)} edits. Next: tradebot knowledge preview, then publish.")
    return 0


async def _settled(draft: Draft, settle: Callable[[str], Awaitable[None]], miss: Miss) -> bool:
    """Asks what becomes of one miss until something does; False to stop."""
    _show(miss)
    while True:
        answer = click.prompt(CHOICES, default="l", show_default=False, err=True).strip().lower()[:1]
        if answer in ("l", "q"):
            return answer == "l"
        if answer == "d":
            await settle(miss.missed)
        if answer == "d" or (answer in BECOMES and _becomes(draft, miss, BECOMES[answer])):
            return True


def _show(miss: Miss) -> None:
    times = "once" if miss.count == 1 else f"{miss.count} times"
    click.echo(f"\n“{miss.missed}”: {times}, last on {miss.last:%Y-%m-%d} ({miss.why}{f', {miss.reason}' if miss.reason else ''})")
    for text in miss.texts[:SHOWN]:
        click.echo(f"  {text}")
    for note in miss.notes[:SHOWN]:
        click.echo(f"  said to be wrong: {note}")


def _becomes(draft: Draft, miss: Miss, choice: Choice) -> bool:
    """Whether the choice went into the draft."""
    said = tuple(click.prompt(question, default=default or None, err=True) for question, default in choice.fields(miss))
    try:
        edit = choice.edit(miss.texts[0] if miss.texts else miss.missed, *said)
        click.echo(f"In your draft: {draft.apply(edit, miss.missed)}")
    except (CurationError, KnowledgeError) as error:
        click.echo(str(error), err=True)
        return False
    return True
