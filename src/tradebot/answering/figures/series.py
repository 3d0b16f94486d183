"""Series: figures of one area year by year or month by month, and several areas over the same years."""

from __future__ import annotations

from dataclasses import dataclass

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import figure as figure_of
from tradebot.answering.figures.areas import is_group
from tradebot.answering.figures.held import not_held
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

TABLE_ROWS = 10
_UNITS = {1: "Month", 3: "Quarter", 12: "Year"}
MONTH_ROWS = 12


@dataclass(frozen=True, slots=True)
class Run:
    """Figures in order of time. `asked_first` is the period the question began with, where it said so."""

    figures: tuple[Figure, ...]
    by_month: bool = False
    asked_first: Period | None = None

    @property
    def first_period(self) -> Period:
        return _period(self.figures[0])

    @property
    def last_period(self) -> Period:
        return _period(self.figures[-1])

    @property
    def largest(self) -> Figure:
        return max(self.figures, key=lambda figure: abs(figure.value))

    @property
    def smallest(self) -> Figure:
        """The smallest that is not nothing."""
        return min(self.figures, key=lambda figure: (figure.value == 0, abs(figure.value)))


def year_run(knowledge: Knowledge, area: str, metric: Metric, period: Period | None = None) -> Run:
    """Every year held, or those within a period of whole years."""
    if is_group(knowledge, area):
        span = period or Period(knowledge.record.first_year.first, knowledge.record.latest_year.last)
        found = [each for year in span.each_year() if (each := figure_of(knowledge, area, metric, year))]
    else:
        found = [each for each in knowledge.record.series(area, metric) if period is None or _period(each) in period]
    return Run(tuple(found), asked_first=period)


def month_run(knowledge: Knowledge, area: str, metric: Metric, period: Period) -> Run:
    """Every month held within a period."""
    found = (figure_of(knowledge, area, metric, month) for month in period.each_month())
    return Run(tuple(each for each in found if each), by_month=True, asked_first=period)


def quarter_run(knowledge: Knowledge, area: str, metric: Metric, period: Period) -> Run:
    """Every quarter held within a period."""
    found = (figure_of(knowledge, area, metric, quarter) for quarter in period.each_quarter())
    return Run(tuple(each for each in found if each), asked_first=period)


def table(knowledge: Knowledge, run: Run, area: str, metric: Metric, found: Figure | None = None) -> Table:
    """A row for each figure, or the first, the extremes (or the one that was found) and the latest ones, which the title says."""
    shown = table_rows(run, found)
    unit = _UNITS.get(run.first_period.length, "Year")
    left_out = f": first, largest, smallest and latest {unit.lower()}s" if len(shown) < len(run.figures) else ""
    rows = tuple((_period(figure).label, figure) for figure in shown)
    return Table((unit, wording.short(knowledge, area)), rows, title=wording.title(metric, run.figures) + left_out)


def table_rows(run: Run, found: Figure | None = None) -> tuple[Figure, ...]:
    """At most ten rows, or the months of a year: all, or the first, the extremes and the latest ones."""
    figures = run.figures
    if len(figures) <= (MONTH_ROWS if run.by_month else TABLE_ROWS):
        return figures
    kept = {figures[0].id, run.largest.id, (found or run.smallest).id}
    for figure in reversed(figures):
        if len(kept) == TABLE_ROWS:
            break
        kept.add(figure.id)
    return tuple(figure for figure in figures if figure.id in kept)


def several(query: Query, knowledge: Knowledge, areas: tuple[str, ...], at: tuple[Period, ...]) -> Answer:
    """Several areas beside each other in two or more years."""
    rows: list[dict[str, object]] = []
    for area in areas[:TABLE_ROWS]:
        found = [figure_of(knowledge, area, query.metric, year) for year in at]
        then, now = found[0], found[-1]
        if now and then:
            rows.append({"area": area, "now": now, "then": then, "change": arithmetic.change_percent(now, then), "each": found})
    if not rows:
        return not_held(query, knowledge, areas[0], query.metric, at[0])
    facts = {"metric": str(query.metric), "rows": rows, "first": at[0], "last": at[-1]}
    phrase = wording.subject(knowledge, query.metric, areas)
    table = _several_table(knowledge, query.metric, rows, at)
    return Answer(query, "trend_several", facts, table=table, read_as=wording.read_as(query, phrase, at[0], at[-1]), keys=areas)


def _several_table(knowledge: Knowledge, metric: Metric, rows: list[dict[str, object]], at: tuple[Period, ...]) -> Table:
    cells: list[tuple[Cell, ...]] = []
    for row in rows:
        money = row["each"] if isinstance(row["each"], list) else []
        change = row["change"] if isinstance(row["change"], Figure) else None
        cells.append((wording.short(knowledge, str(row["area"])), *money, change))
    figures = [cell for row in cells for cell in row[1:-1] if isinstance(cell, Figure)]
    return Table(("Partner", *(year.label for year in at), "Change"), tuple(cells), title=wording.title(metric, figures))


def _period(figure: Figure) -> Period:
    if figure.period is None:
        raise ValueError(f"{figure.id} has no period")
    return figure.period
