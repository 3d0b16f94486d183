"""Both flows over the years: imports and exports side by side, with the balance between them.

Reads `partners` or `groups` (nothing: the world) and `period`.
"""

from __future__ import annotations

from collections.abc import Sequence

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.beside import about
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.series import TABLE_ROWS, year_run
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

_SHOWN = (Metric.IMPORTS, Metric.EXPORTS, Metric.BALANCE)


def answer(query: Query, knowledge: Knowledge, area: str, span: Period) -> Answer:
    """The first and the last year of each flow; the table has the latest years."""
    runs = {metric: year_run(knowledge, area, metric, span).figures for metric in _SHOWN}
    if any(len(run) < 2 for run in runs.values()):
        return not_held(query, knowledge, area, Metric.TOTAL_TRADE, span)
    ends = {str(metric): _ends(run) for metric, run in runs.items()}
    rows: list[tuple[Cell, ...]] = [(_label(each[0]), *each) for each in zip(*runs.values(), strict=True)]
    facts = {**about(knowledge, area, Metric.TOTAL_TRADE), **ends}
    phrase = wording.subject(knowledge, Metric.TOTAL_TRADE, [area]).replace("goods trade", "goods imports and exports")
    phrase = phrase.removeprefix("total ")
    return Answer(
        query,
        "both_flows",
        facts,
        table=Table(("Year", "Imports", "Exports", "Balance"), tuple(rows[-TABLE_ROWS:])),
        read_as=wording.read_as(query, phrase, span),
        suggestions=wording.suggestions(wording.subject(knowledge, Metric.BALANCE, [area]) + " over time"),
        keys=(area,),
        series=runs[Metric.BALANCE],
    )


def _ends(run: Sequence[Figure]) -> dict[str, Figure | None]:
    return {"then": run[0], "now": run[-1], "change": arithmetic.change_percent(run[-1], run[0])}


def _label(figure: Figure) -> str:
    return figure.period.label if figure.period else ""
