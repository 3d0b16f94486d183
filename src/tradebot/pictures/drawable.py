"""Whether a reply has a picture, without drawing it or loading the imaging library: for the button that offers one."""

from __future__ import annotations

from tradebot.knowledge.figures import Figure
from tradebot.pictures.columns import columns_of
from tradebot.pictures.picture import Kind
from tradebot.presentation.reply import Reply
from tradebot.query import Metric

ABOUT_ONE_FIGURE = ("measure", "summary")
FEWEST_BARS = 2
_ON_A_MAP = (Metric.BALANCE, Metric.IMPORTS, Metric.EXPORTS, Metric.TOTAL_TRADE)


def pictured(reply: Reply, kind: Kind | None) -> Kind | None:
    """The kind of picture if the reply has one of it."""
    if kind is None:
        return None
    return kind if (mappable if kind is Kind.MAP else drawable)(reply) else None


def usual(reply: Reply) -> Kind | None:
    """The picture that shows a reply best: a map where one was asked for, else a chart; None where it has neither."""
    return (pictured(reply, Kind.MAP) if "mapped" in _asked(reply) else None) or pictured(reply, Kind.CHART)


def asks_for_picture(reply: Reply) -> bool:
    """“a map of …”, “chart of …”: it is shown at once."""
    return not _asked(reply).isdisjoint({"mapped", "plotted"})


def _asked(reply: Reply) -> frozenset[str]:
    return reply.asked.features if reply.asked else frozenset()


def mappable(reply: Reply) -> bool:
    """Whether it is about all partners in one period, so that a map of the world shows the same."""
    query, answer = reply.asked, reply.answer
    if query is None or reply.period is None or answer.outcome != "answer" or answer.template not in ("ranking", "measure"):
        return False
    narrowed = query.partners or query.groups or query.within or query.exclude or query.sectors or query.source
    return query.metric in _ON_A_MAP and not narrowed


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
