"""`tradebot chart`: the picture of an answer, or a map, into a PNG file."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from tradebot.cli.asking import knowledge_errors
from tradebot.desk import Desk
from tradebot.knowledge.periods import Period
from tradebot.pictures import Kind, Picture, usual
from tradebot.query import Metric

DRAWN, NOTHING = 0, 1
MAPS = tuple(str(metric) for metric in Metric)


def chart_question(desk: Desk, question: str, today: dt.date | None, target: Path) -> int:
    """Draws the answer to a question; 1, with a sentence, where there is none or nothing in it to draw."""
    from tradebot.pictures.drawing import draw, draw_map_of  # noqa: PLC0415  the imaging library, for this command alone

    with knowledge_errors():
        reply = desk.ask(question, today=today)
    if reply.outcome != "answer":
        sys.stderr.write(f"{reply.card.headline}\n" if reply.card.headline else "That is not a question about US trade.\n")
        return NOTHING
    picture = (draw_map_of if usual(reply) is Kind.MAP else draw)(reply, desk.knowledge)
    if picture is None:
        sys.stderr.write("There is nothing to draw in the answer: it has no table or series. Try “tradebot ask” with the same question.\n")
        return NOTHING
    return _write(picture, target)


def chart_map(desk: Desk, metric: str, period: str | None, target: Path) -> int:
    """Draws the world map of a measure, of the latest complete year where no period is named."""
    from tradebot.pictures.drawing import draw_map  # noqa: PLC0415

    when = _period(period) if period else desk.knowledge.record.latest_year
    picture = draw_map(desk.knowledge, Metric(metric), when)
    if picture is None:
        record = desk.knowledge.record
        sys.stderr.write(f"The record holds no partners for {when}: it runs from {record.first_year} to {record.to_date}.\n")
        return NOTHING
    return _write(picture, target)


def checked_target(target: Path) -> Path:
    """The file to write. Raises click.UsageError for a name that no PNG should have."""
    if target.suffix.lower() != ".png":
        raise click.UsageError(f"{target.name!r} is not the name of a PNG: end it in .png")
    return target


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _write(picture: Picture, target: Path) -> int:
    """The file, and its alt text on standard output."""
    try:
        target.write_bytes(picture.png)
    except OSError as error:
        sys.stderr.write(f"{target} cannot be written: {error.strerror or error}.\n")
        return NOTHING
    click.echo(picture.alt)
    return DRAWN
