"""`tradebot evaluate`: files of questions with what is expected, judged as a table with the failures under it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import click

from tradebot.desk import Desk
from tradebot.evaluation import report
from tradebot.evaluation.curve import curve
from tradebot.evaluation.judging import Judge, Kind
from tradebot.evaluation.rows import RowError
from tradebot.understanding.reader import Reader

FAILED = 1


def evaluate(
    desk: Desk, files: Sequence[Path], *, show: int, compare: Path | None, save: Path | None, curve_to: Path | None, today: dt.date
) -> int:
    """Prints the table and the failures; 1 when a row is not as expected. Bad lines end it with one sentence."""
    try:
        earlier = report.load(compare) if compare else None
        run = report.Run.of(files, Judge(desk, today))
        for line in (*report.table(run), *report.failures(run, show), *(report.changes(earlier, run) if earlier is not None else ())):
            click.echo(line)
        if save:
            report.save(save, run)
        if curve_to:
            points = curve([verdict.row for verdict in run.verdicts], Reader(desk.knowledge), today)
            curve_to.write_text(json.dumps([point.to_json() for point in points], indent=1) + "\n", encoding="utf-8")
    except (RowError, OSError) as error:
        raise click.ClickException(str(error)) from None
    return FAILED if any(verdict.kind is not Kind.RIGHT for verdict in run.verdicts) else 0
