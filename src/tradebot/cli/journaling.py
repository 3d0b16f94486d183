"""`tradebot journal`: the bot's journal from the command line, by the same variables that the bot reads."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from tradebot.journal.address import JournalSettings
    from tradebot.journal.journal import Journal

T = TypeVar("T")


@click.group()
def journal() -> None:
    """The journal of questions, feedback and servers' settings (TRADEBOT_JOURNAL, TRADEBOT_JOURNAL_FILE, TRADEBOT_JOURNAL_DAYS)."""


@journal.command()
def migrate() -> None:
    """Bring its tables up to date, or make them; the bot does the same when it starts."""
    settings = _settings()
    _run(settings, _nothing)
    click.echo("The journal is up to date.")


@journal.command()
@click.option("--days", type=click.IntRange(1, 3650), help="Keep this many days (what is set for the bot).")
def prune(days: int | None) -> None:
    """Delete what is older than the bot keeps; the bot does the same once a day."""
    settings = _settings()
    settings = settings.model_copy(update={"days": days}) if days else settings
    gone = _run(settings, lambda opened: opened.prune(dt.datetime.now(tz=dt.UTC)))
    click.echo(f"Deleted {gone} {'entry' if gone == 1 else 'entries'} older than {settings.days} days.")


@journal.command()
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="How many days back.")
@click.option("--limit", type=click.IntRange(1, 1000), default=25, show_default=True, help="How many clusters.")
def misses(days: int, limit: int) -> None:
    """List what was not understood or marked wrong, most often first."""
    since = dt.datetime.now(tz=dt.UTC) - dt.timedelta(days=days)
    found = _run(_settings(), lambda opened: opened.misses(since, limit))
    for miss in found:
        click.echo(f"{miss.count:5}  {miss.why:8}  {miss.missed}")
        for text in miss.texts:
            click.echo(f"{'':17}{' '.join(text.split())[:120]}")
    if not found:
        click.echo(f"Nothing was missed in the last {days} days.")


def _settings() -> JournalSettings:
    from tradebot.discord_app.settings import BotSettings  # noqa: PLC0415
    from tradebot.journal.address import JournalSettings  # noqa: PLC0415
    from tradebot.journal.entries import JournalError  # noqa: PLC0415

    try:
        return JournalSettings.from_environ(os.environ, BotSettings.from_environ(os.environ).state)
    except (ValueError, JournalError) as error:
        raise click.UsageError(str(error)) from None


def _run(settings: JournalSettings, work: Callable[[Journal], Awaitable[T]]) -> T:
    from tradebot.journal.entries import JournalError  # noqa: PLC0415

    async def worked() -> T:
        async with settings.opened(patient=False) as opened:
            return await work(opened)

    try:
        return asyncio.run(worked())
    except JournalError as error:
        raise click.ClickException(str(error)) from None


async def _nothing(_: Journal) -> None:
    """Opening it was all."""
