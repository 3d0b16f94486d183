"""Composition: what trade with an area is made of, by HS chapter, each with its part of the whole, and all the rest."""

from __future__ import annotations

from tradebot.answering.figures import arithmetic
from tradebot.knowledge.figures import Figure
from tradebot.pictures import bars, style
from tradebot.pictures.bars import Row
from tradebot.pictures.columns import columns_of
from tradebot.pictures.composed import Composed
from tradebot.presentation.reply import Reply
from tradebot.presentation.voice import Voice, listening

REST = "All other chapters"
_OF_CHAPTERS = "products_of"
"""The answer whose rows are parts of a whole; shares of a net deficit are no such parts."""


def compose(reply: Reply, voice: Voice) -> Composed | None:
    """The chapters of a reply's table, None where the answer is about something else or does not know the whole."""
    table, sheet, whole = reply.answer.table, reply.card.sheet, reply.answer.facts.get("whole")
    columns = columns_of(table) if table and reply.answer.template == _OF_CHAPTERS else None
    if table is None or sheet is None or columns is None or not isinstance(whole, Figure) or not whole.value:
        return None
    with listening() as heard:
        rows = [_with_share(row, row.figure, whole, voice) for row in bars.rows_of(reply, table, sheet, columns)]
        if rows and not reply.answer.facts.get("least"):
            rest = arithmetic.without(whole, [row.figure for row in rows], whole.partner)
            rows.append(_with_share(Row(REST, rest, voice.money(rest), painted=style.QUIET), rest, whole, voice))
        when = sheet.columns[columns.main]
        beside = sheet.columns[columns.beside] if columns.beside >= 0 else ""
        composed = bars.of_rows(reply, rows[: bars.MOST_ROWS], f"{sheet.title} by HS chapter, {when}", voice, beside=beside)
    return composed.backed_by(tuple(heard)) if composed else None


def _with_share(row: Row, figure: Figure, whole: Figure, voice: Voice) -> Row:
    """“$41.7 bn · 30.5 %”."""
    share = arithmetic.share(figure, whole)
    return row.saying(f"{row.said} · {voice.percent(share)}") if share else row
