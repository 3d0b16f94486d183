"""Extremes: record years, highs and lows, the first and last time on one side of zero, the largest month.

Reads `partners` or `groups` (nothing: the world), `metric`, `sign`, `order`, `nth`, `limit`, `period` (the years, or the year whose
months are meant), and the cues first_time, last_time, ever, which_month, which_quarter, peak, trough.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import measure, wording
from tradebot.answering.beside import about
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.series import Run, month_run, quarter_run, table, year_run
from tradebot.answering.figures.spans import running
from tradebot.answering.newsletter import quotes
from tradebot.answering.premises import asks_yes_no, judged
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import OTHER_SIDE, Metric, Order, Query

MOST_LISTED = 25
_TURNED = frozenset({"surplus", "deficit", "first_time"})
_QUARTERS = frozenset({"which_quarter", "rank_quarters"})


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The extreme, or the first or last time, that was asked for."""
    area = (asked(query) or (WORLD,))[0]
    at_all = query.features & {"ever", "how_often", "rank_years"} and query.order is None and "which_month" not in query.features
    once = at_all or query.features & {"first_time", "last_time"}
    if query.metric is Metric.BALANCE and once and query.period is not None and (query.period.is_year or query.period.is_month):
        turned = {"deficit", "surplus"} <= query.features  # “did the deficit turn into a surplus in 2026”: what it was then
        return measure.answer(replace(query, sign="surplus") if turned else query, knowledge, today)
    if query.metric is Metric.BALANCE and once:
        return _sides(query, knowledge, area)
    if query.period is not None and query.period.is_month and "which_month" in query.features and not query.limit:
        return _is_record(query, knowledge, area, query.period)  # “was March 2025 the biggest month for imports”
    if query.features & (_QUARTERS | {"which_month", "rank_months", "by_month"}):
        return _month(query, knowledge, area)
    if query.period is not None and not query.period.is_years and not query.period.is_month:
        return measure.answer(query, knowledge, today)  # “the first half of 2025 saw a record”: of halves there is no order
    if query.period is not None and (query.period.is_year or query.period.is_month) and not query.limit:
        return _is_record(query, knowledge, area, query.period)
    return _year(query, knowledge, area)


def _years(query: Query, knowledge: Knowledge, area: str) -> Run:
    """The whole years asked about, all that are held unless some are named."""
    latest = knowledge.record.latest_year
    period = query.period
    if period is None:
        return year_run(knowledge, area, query.metric)
    return year_run(
        knowledge, area, query.metric, Period.years(min(period.first_year, latest.first_year), min(period.last_year, latest.first_year))
    )


def _on_side(query: Query, run: Run) -> tuple[str, list[Figure]]:
    """For balances the side meant (that of the latest figure unless one is named) and its figures."""
    if query.metric is not Metric.BALANCE:
        return "", [figure for figure in run.figures if figure.value]
    sign = query.sign or wording.sign_of(run.figures[-1:]) or "deficit"
    return sign, [figure for figure in run.figures if figure.value and figure.is_deficit == (sign == "deficit")]


def _judged(query: Query, run: Run) -> Query:
    """As judged; where the balance never was on that side, the worst is the smallest surplus and the best the smallest deficit."""
    meant = judged(query)
    if meant is query or any(figure.value and figure.is_deficit == (meant.sign == "deficit") for figure in run.figures):
        return meant
    return replace(meant, sign=OTHER_SIDE[meant.sign], order=Order.BOTTOM)


def _lowest_asked(query: Query) -> bool:
    return query.order is Order.BOTTOM or "trough" in query.features


def _year(query: Query, knowledge: Knowledge, area: str) -> Answer:
    run = _years(query, knowledge, area)
    if not run.figures:
        return not_held(query, knowledge, area, query.metric, query.period or knowledge.record.latest_year)
    return _extreme(query, knowledge, area, run)


def _month(query: Query, knowledge: Knowledge, area: str) -> Answer:
    held = knowledge.record.months(area)
    asked_period = running(query.period, knowledge) if query.period else held
    runs = quarter_run if query.features & _QUARTERS else month_run
    run = runs(knowledge, area, query.metric, asked_period) if asked_period else Run(())
    if not run.figures or asked_period is None:
        return not_held(query, knowledge, area, query.metric, asked_period or knowledge.record.to_date)
    return _extreme(query, knowledge, area, run)


def _extreme(query: Query, knowledge: Knowledge, area: str, run: Run) -> Answer:
    query = _judged(query, run)
    sign, figures = _on_side(query, run)
    if not figures:
        return _never(query, knowledge, area, run, sign)
    lowest = _lowest_asked(query)
    ordered = sorted(figures, key=lambda figure: abs(figure.value), reverse=not lowest)
    latest, at = run.figures[-1], (query.nth or 1) - 1
    if at >= len(ordered):
        return _never(query, knowledge, area, run, sign)
    top, ordered = ordered[: min(query.limit or 0, MOST_LISTED)], ordered[at:]
    facts = {
        **about(knowledge, area, query.metric),
        "sign": sign,
        "lowest": lowest,
        "found": ordered[0],
        "top": top if len(top) > 1 else [],
        "asked": arithmetic.number(len(top), Unit.COUNT, "limit"),
        "place": arithmetic.number(at + 1, Unit.RANK, "nth"),
        "unit": "quarter" if query.features & _QUARTERS else "month" if run.by_month else "year",
        "second": ordered[1] if len(ordered) > 1 else None,
        "latest": latest,
        "latest_is_it": latest.id == ordered[0].id,
        "change": arithmetic.change_percent(latest, ordered[0]),
        "by_month": run.by_month,
        "span": Period(run.first_period.first, run.last_period.last),
        "differs": quotes.disagreement(knowledge, [area], query.metric, ordered[0]),
    }
    return _answer(query, knowledge, area, "extremes", facts, run)


def _is_record(query: Query, knowledge: Knowledge, area: str, year: Period) -> Answer:
    """Whether one year (or month) is the highest (or lowest) of all, or was when it ended."""
    held = knowledge.record.months(area)
    run = month_run(knowledge, area, query.metric, held) if year.is_month and held else year_run(knowledge, area, query.metric)
    query = _judged(query, run)
    sign, figures = _on_side(query, run)
    this = next((figure for figure in figures if figure.period == year), None)
    if this is None:
        return not_held(query, knowledge, area, query.metric, year) if not run.figures else _never(query, knowledge, area, run, sign)
    pick = min if _lowest_asked(query) else max
    found = pick(figures, key=lambda figure: abs(figure.value))
    until = pick((figure for figure in figures if figure.period and figure.period <= year), key=lambda figure: abs(figure.value))
    facts = {
        **about(knowledge, area, query.metric),
        "sign": sign,
        "lowest": _lowest_asked(query),
        "this": this,
        "found": found,
        "is_it": found.id == this.id,
        "was_it": until.id == this.id,
        "by_month": run.by_month,
        "span": Period(run.first_period.first, run.last_period.last),
    }
    return _answer(query, knowledge, area, "record_year", facts, run)


def _sides(query: Query, knowledge: Knowledge, area: str) -> Answer:
    """When the balance was first or last on a side, or whether it ever was."""
    run = _years(query, knowledge, area)
    if not run.figures:
        return not_held(query, knowledge, area, query.metric, query.period or knowledge.record.latest_year)
    latest = wording.sign_of(run.figures[-1:])  # “since when?” is asked of the side it is on, “was it ever …” of the other
    turned = query.features >= _TURNED  # “when did the surplus turn into a deficit”
    sign = (
        (OTHER_SIDE.get(latest, "") if turned else query.sign)
        or (latest if "metric" in query.carried else OTHER_SIDE.get(latest, "surplus"))
        or "surplus"
    )
    years = [figure for figure in run.figures if figure.value and figure.is_deficit == (sign == "deficit")]
    if not years:
        return _never(query, knowledge, area, run, sign)
    last = years[-1]
    after = next((figure for figure in run.figures if figure.period and last.period and figure.period > last.period), None)
    facts = {
        **about(knowledge, area, query.metric),
        "sign": sign,
        "other": OTHER_SIDE[sign],
        "asks": "last" if turned else _asks(query),
        "yes_no": asks_yes_no(query),
        "first": years[0],
        "last": last,
        "from_start": years[0].id == run.figures[0].id,
        "still": last.id == run.figures[-1].id,
        "always": len(years) == len(run.figures),
        "since": after,
        "latest": run.figures[-1],
        "years": arithmetic.count(years, "years", run.last_period, area),
        "of": arithmetic.count(run.figures, "years_held", run.last_period, area),
        "span": Period(run.first_period.first, run.last_period.last),
    }
    return _answer(query, knowledge, area, "sides", facts, run)


def _asks(query: Query) -> str:
    """`first`, `last` or `ever`."""
    if "first_time" in query.features:
        return "first"
    return "ever" if query.features & {"ever", "how_often", "rank_years"} and "last_time" not in query.features else "last"


def _never(query: Query, knowledge: Knowledge, area: str, run: Run, sign: str) -> Answer:
    """No year (or month) on the side that was asked about."""
    other = OTHER_SIDE.get(sign, "")
    figures = [figure for figure in run.figures if figure.value]
    facts = {
        **about(knowledge, area, query.metric),
        "sign": sign,
        "other": other,
        "nearest": min(figures, key=lambda figure: abs(figure.value), default=None),
        "latest": run.figures[-1],
        "by_month": run.by_month,
        "asked_ever": "ever" in query.features,
        "of": arithmetic.count(run.figures, "years_held", run.last_period, area),
        "span": Period(run.first_period.first, run.last_period.last),
    }
    return _answer(query, knowledge, area, "never", facts, run)


def _answer(query: Query, knowledge: Knowledge, area: str, template: str, facts: dict[str, object], run: Run) -> Answer:
    span = Period(run.first_period.first, run.last_period.last)
    found = each if isinstance(each := facts.get("found"), Figure) and each.id != run.largest.id else None
    phrase = wording.subject(knowledge, query.metric, [area], str(facts.get("sign", "")))
    return Answer(
        query,
        template,
        facts,
        table=table(knowledge, run, area, query.metric, found) if template == "extremes" else None,
        read_as=wording.read_as(query, phrase, span),
        suggestions=_suggest(knowledge, area, query.metric),
        keys=(area,),
        series=run.figures,
    )


def _suggest(knowledge: Knowledge, area: str, metric: Metric) -> tuple[str, ...]:
    of = wording.subject(knowledge, metric, [area])
    return wording.suggestions(f"{of} over time", f"which month had the largest {of}" if area == WORLD else of)
