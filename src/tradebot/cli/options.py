"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tradebot.knowledge.paths import ENVIRONMENT


class Day(click.ParamType[dt.date]):
    """A date as 2026-07-24."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        try:
            return value if isinstance(value, dt.date) else dt.datetime.strptime(str(value), "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as 2026-07-24", param, ctx)


knowledge_option = click.option(
    "--knowledge",
    metavar="DIR",
    envvar=ENVIRONMENT,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Use the knowledge in this directory instead of the packaged one.",
)
today_option = click.option("--today", type=Day(), help="Answer as if it were this day.")
