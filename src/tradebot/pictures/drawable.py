"""Whether a reply has a picture, without drawing it or loading the imaging library: for the button that offers one."""

from __future__ import annotations

from tradebot.knowledge.figures import Figure
from tradebot.pictures.columns import columns_of
from tradebot.presentation.reply import Reply

ABOUT_ONE_FIGURE = ("measure", "summary")
FEWEST_BARS = 2


def drawable(reply: Reply) -> bool:
    """Whether `drawing.draw` will find something to draw."""
    answer = reply.answer
    if answer.outcome != "answer":
        return False
    if "steps" in answer.facts:
        return bool(answer.facts["steps"])
    if answer.template in ABOUT_ONE_FIGURE:
        return isinstance(answer.facts.get("now"), Figure)
    if len(answer.series) > 1:
        return True
    columns = columns_of(answer.table) if answer.table else None
    if columns is None or answer.table is None:
        return False
    return sum(isinstance(row[columns.main], Figure) for row in answer.table.rows) >= FEWEST_BARS
