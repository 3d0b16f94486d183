"""`tradebot refresh`: read, show what changes, ask, write."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
import platformdirs
from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from tradebot.refresh.archive import check_archive
from tradebot.refresh.census_api import FIRST_YEAR, SIGN_UP, CensusApi
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.pages import Pages
from tradebot.refresh.plan import Plan, plan_refresh
from tradebot.refresh.readings import Reading
from tradebot.refresh.web import Patience, download
from tradebot.refresh.workbook import read_workbook
from tradebot.refresh.writing import finish_interrupted

KEY = "CENSUS_API_KEY"
REFUSED = 1
USAGE = 2
YEARS_BACK = 3
"""The API is read again from three years back: so far do the revisions of each June reach."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line said."""

    root: Path
    today: dt.date
    as_of: dt.date | None
    since: int | None
    api_url: str
    first_wait: float
    yes: bool
    dry_run: bool
    accept: bool

    @property
    def patience(self) -> Patience:
        return Patience(first=self.first_wait)


def refresh_from_workbook(where: str, choices: Choices) -> int:
    """From a file or a URL; the exit code."""
    return _refresh(choices, partial(_workbook, where, choices), forget=_nothing)


def refresh_from_api(choices: Choices) -> int:
    """From the API, with the key in the environment; the exit code."""
    key = SecretStr(os.environ.get(KEY, "").strip())
    if not key.get_secret_value():
        click.echo(f"The Census API needs a key: put it in the environment variable {KEY}. Keys are free: {SIGN_UP}", err=True)
        return USAGE
    pages = Pages.of(_cache(), choices.api_url)
    api = CensusApi(key, pages, choices.api_url, choices.patience)
    return _refresh(choices, partial(_from_api, api, choices), forget=pages.forget)


def _refresh(choices: Choices, read: Callable[[], Reading], forget: Callable[[], None]) -> int:
    try:
        finish_interrupted(choices.root)
        plan = plan_refresh(choices.root, read(), choices.as_of, choices.today)
        _show(plan)
        code = _decide(plan, choices)
    except RefreshError as error:
        click.echo(f"{error}", err=True)
        return REFUSED
    if code == 0 and not choices.dry_run:
        forget()
    return code


def _decide(plan: Plan, choices: Choices) -> int:
    """Writes, or says why not; the exit code."""
    if not plan.changes:
        return 0
    if plan.doubts and not choices.accept:
        click.echo("Refused: nothing was written. When all of this is as it should be, run it again with --accept.", err=True)
        return REFUSED
    if choices.dry_run:
        click.echo("Dry run: nothing was written.")
        return 0
    if not choices.yes and not _agreed():
        click.echo("Nothing was written.", err=True)
        return REFUSED
    written = plan.write()
    click.echo(f"Written: {', '.join(written)}. Run tradebot check to see which tests of the intents now say other figures.")
    return 0


def _agreed() -> bool:
    try:
        return click.confirm("Write this?", default=False)
    except click.Abort:
        click.echo()
        return False


def _show(plan: Plan) -> None:
    if not plan.changes:
        click.echo("Nothing changes: the record holds all of this already.")
        return
    click.echo(f"Against the record, with {plan.vintage.id} as the source of what is new:")
    for line in plan.changes:
        click.echo(line)
    if plan.doubts:
        click.echo(f"\nDoubtful ({len(plan.doubts)}):")
    for doubt in plan.doubts:
        click.echo(f"- {doubt}")


def _workbook(where: str, choices: Choices) -> Reading:
    if not where.startswith(("http://", "https://")):
        return read_workbook(Path(where))
    path = _cache() / "country.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _bar() as (told, step):
            found = download(where, path, check_archive, choices.patience, told, partial(step, "country.xlsx"))
        return read_workbook(path, found.published)
    finally:
        path.unlink(missing_ok=True)


def _from_api(api: CensusApi, choices: Choices) -> Reading:
    since = choices.since or max(FIRST_YEAR, choices.today.year - YEARS_BACK)
    if kept := len(api.pages):
        click.echo(f"Going on where an earlier run stopped: {kept} answers are here already.", err=True)
    with _bar() as (told, step):
        return api.read(since, choices.today, told, step)


@contextmanager
def _bar() -> Iterator[tuple[Callable[[str], None], Callable[[str, int, int], None]]]:
    """A progress bar on standard error: a function for remarks, and one for (what, done, of how many)."""
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("", total=None)

        def step(what: str, done: int, of: int) -> None:
            progress.update(task, description=what, completed=done, total=of or None)

        yield lambda remark: click.echo(remark, err=True), step


def _cache() -> Path:
    return platformdirs.user_cache_path("tradebot", appauthor=False)


def _nothing() -> None:
    """A workbook leaves nothing behind."""
