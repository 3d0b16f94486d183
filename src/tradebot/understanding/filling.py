"""Filling a query: the chosen intent's slots from the frame, and from the turn before where it was carried over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tradebot.knowledge.models_intents import Intent
from tradebot.knowledge.periods import Period
from tradebot.query import OTHER_SIDE, Metric, Order, Query
from tradebot.understanding import premises
from tradebot.understanding.frame import Frame
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.text import phrase_key
from tradebot.understanding.time_points import Calendar, covered

_TOP = frozenset({"largest", "bigger", "runner_up", "peak"})
_SIGNED = frozenset({"deficit", "surplus", "balance", "owe"})
_COMPARED = frozenset({"difference", "bigger", "smaller", "compare", "balance"})
_WHOLE = frozenset({"total_trade", "both_flows", "partner_word"})
_MEASURED_BY = (
    (_SIGNED, Metric.BALANCE),
    ({"supplier"}, Metric.IMPORTS),
    ({"market"}, Metric.EXPORTS),
    (_WHOLE, Metric.TOTAL_TRADE),
    ({"imports"}, Metric.IMPORTS),
    ({"exports"}, Metric.EXPORTS),
    ({"trade"}, Metric.TOTAL_TRADE),
)
"""What cues measure where no direction of trade is said, the first that is there."""

_NARROWING = frozenset({"smallest", "last_place", "bounds", "group", "nth"})
_MEASURED = _SIGNED | {"imports", "exports", "total_trade", "trade", "tariff"}

_TWO = 2
_BY_MONTH = frozenset({"which_month", "rank_months", "by_month", "which_quarter", "rank_quarters"})
_COURSE = frozenset("timeline change trend begun ended first_time last_time ever peak announced deal signed".split())
"""Cues of what happened in the course of a span, not of what held at its end."""
_AGAINST = frozenset({"compare", "difference", "bigger", "smaller"})
_BOTTOM = frozenset({"smallest", "smaller", "trough", "last_place", "least_of"})


def fill(frame: Frame, intent: Intent, calendar: Calendar, carried: tuple[str, ...]) -> Query:
    """The query that a frame makes of an intent; `carried` names what the frame took from the turn before."""
    period, said, against = periods(frame, calendar, apart=intent.family == "average")
    days = [when.day for when in frame.whens if when.day] or _eve(frame)
    groups = frame.ids(Kind.GROUP)
    return Query(
        intent=intent.id,
        partners=frame.ids(Kind.PARTNER),
        groups=groups,
        sectors=tuple(frame.things.get("chapter", ())),
        exclude=tuple(dict.fromkeys([name.id for name in frame.excluded if name.kind in (Kind.PARTNER, Kind.GROUP)])),
        within=groups[0] if groups else None,
        metric=metric(frame, intent.defaults),
        metrics=tuple(map(Metric, frame.flows)),
        sign=sign(frame),
        period=period if not days or "day" in frame.features else None,
        period_said=said,
        against=against,
        years=named_years(frame, calendar),
        periods=frame.periods,
        date=days[0] if days else None,
        date_to=days[1] if len(days) > 1 else None,
        order=order(frame),
        limit=frame.amounts.limit or (None if narrowed(frame) else frame.amounts.of_top),
        of_top=frame.amounts.of_top if narrowed(frame) else None,
        nth=nth(frame),
        bounds=frame.amounts.bounds,
        products=tuple(frame.things.get("product", ())),
        authorities=tuple(frame.things.get("authority", ())),
        terms=tuple(frame.things.get("term") or frame.things.get("weak_term") or ()),
        topic=intent.defaults.get("topic", ""),
        source="newsletter" if "newsletter" in frame.features else "",
        premise=premises.premise(frame),
        features=frozenset(frame.features),
        assumed=assumed(frame, calendar, period),
        carried=carried,
    )


def _eve(frame: Frame) -> list[dt.date]:
    """“tariffs before June 2025”: of what held until then, the last day."""
    alone = len(frame.whens) == 1 and "tariff" in frame.features and frame.features.isdisjoint(_COURSE)
    return [when.period.start_date() - dt.timedelta(days=1) for when in frame.whens if alone and when.kind == "before" and when.period]


def assumed(frame: Frame, calendar: Calendar, period: Period | None) -> tuple[str, ...]:
    """What the question left open, or said by a name that stands for a period or a partner."""
    found = []
    if period is None and not [when for when in frame.whens if when.day]:
        found.append("period")
    if any(when.loose or phrase_key(when.said) in calendar.spans for when in frame.whens):
        found.append("named_period")
    if not frame.trade.flow and frame.features.isdisjoint(_MEASURED):
        found.append("metric")
    if "assumed_name" in frame.features:
        found.append("partner")
    return tuple(found)


def metric(frame: Frame, defaults: Mapping[str, str]) -> Metric:
    features = frame.features
    if "more_than" in features or (both_ways(features) and not features.isdisjoint(_COMPARED)):
        return Metric.BALANCE
    if frame.trade.flow:
        return Metric(frame.trade.flow)
    said = next((measure for cues, measure in _MEASURED_BY if not features.isdisjoint(cues)), None)
    if said is not None:
        return said
    if "share" in features and any(name.preposition == "from" for name in frame.names):
        return Metric.IMPORTS  # “what percentage of our goods come from China”
    return Metric(defaults.get("metric", "balance"))


def both_ways(features: set[str]) -> bool:
    """Whether imports and exports are both named."""
    return "both_flows" in features or features >= {"imports", "exports"} or features >= {"buy", "sell"}


def sign(frame: Frame) -> str:
    """The side of zero that is spoken of; “with whom do we have no surplus” speaks of deficits."""
    said = "surplus" if premises.only_surplus(frame.features) else "deficit" if "deficit" in frame.features else ""
    return OTHER_SIDE.get(said, said) if "denied" in frame.features else said


def order(frame: Frame) -> Order | None:
    if "best_of" in frame.features:
        return Order.BOTTOM if "deficit" in frame.features else Order.TOP
    if "worst_of" in frame.features:
        return Order.TOP if "deficit" in frame.features else Order.BOTTOM
    if not frame.features.isdisjoint(_BOTTOM):
        return Order.BOTTOM
    return None if frame.features.isdisjoint(_TOP) else Order.TOP


def narrowed(frame: Frame) -> bool:
    """Whether “of the top ten” confines a ranking (“the smallest of the top ten”); else it is the list that is asked for."""
    narrow = frame.amounts.limit is not None or not frame.features.isdisjoint(_NARROWING)
    return narrow and frame.amounts.of_top is not None and "partner" not in frame.features


def nth(frame: Frame) -> int | None:
    if "runner_up" in frame.features:
        return 2
    return frame.amounts.nth


def periods(frame: Frame, calendar: Calendar, *, apart: bool = False) -> tuple[Period | None, str, Period | None]:
    """The period asked for, its words, and the one to compare it with.

    `apart`: spans of unlike length stay two, for their averages can be compared.
    """
    spans = _spans(frame, calendar) if frame.whens else []
    again = "same_period" in frame.features
    if not spans:
        return _of_again(frame, calendar) if again else (None, "", None)
    (first, said), against = spans[0], spans[1][0] if len(spans) > 1 else None
    if len(spans) > _TWO and all(period.is_years for period, _ in spans):
        return Period(min(period.first for period, _ in spans), max(period.last for period, _ in spans)), said, None
    if (
        "change" in frame.features
        and against is None
        and (" to " in said or " and " in said)
        and first.last_year == first.first_year
        and not first.is_years
    ):
        first, against = Period(first.last, first.last), Period(first.first, first.first)  # “how did it change from June to July”
    if against is None and _held_against_latest(frame) and first.is_year and first.last < calendar.latest_year.first:
        first, against = calendar.latest_year, first  # “compared to 2015”: the latest year
    if against is None and frame.features & {"than_then", "than_several"} and "tariff" not in frame.features:
        first, against = _latest_against(first, calendar)
    if again and (against is None or against.is_year or against.length != first.length):
        against = first.shift(12 * (against.first_year - first.first_year)) if against is not None and against.is_year else _year_ago(first)
    if against is not None and against.last > first.last and first.length == against.length:
        first, against = against, first
    if apart and against is not None and against.is_years and against.last > first.last:
        first, against = against, first
    if not apart and against is not None and first.length != against.length and first.is_years and against.is_years:
        return Period(min(first.first, against.first), max(first.last, against.last)), said, None  # sums of unlike spans say nothing
    return first, said, against


def _of_again(frame: Frame, calendar: Calendar) -> tuple[Period | None, str, Period]:
    """The year before the latest one; “larger now than a year ago”: the latest months and the same of the year before."""
    if "latest" in frame.features or "a year ago" in {mark.key for mark in frame.marks}:
        return calendar.to_date, "", _year_ago(calendar.to_date)
    return None, "", _year_ago(calendar.latest_year)


def _latest_against(then: Period, calendar: Calendar) -> tuple[Period, Period | None]:
    """The latest year, month or months, and what “larger than in 2018”, “than in March 2025” or “than last year” holds them against."""
    if then.is_month and then.last < calendar.to_date.last:
        return Period(calendar.to_date.last, calendar.to_date.last), then
    if then.is_years and then.last < calendar.latest_year.first:  # of several (“than under Biden”) the mean year
        return calendar.latest_year, then
    return (calendar.to_date, _year_ago(calendar.to_date)) if then == calendar.latest_year else (then, None)


def _held_against_latest(frame: Frame) -> bool:
    """“compared to 2015”, “how much larger than in 2015”; “imports vs exports 2015” compares no years."""
    said = {mark.key for mark in frame.marks} if "difference" in frame.features else ()
    compared = ("compare" in frame.features and not both_ways(frame.features)) or "than" in said
    return compared and "areas2" not in frame.features


def named_years(frame: Frame, calendar: Calendar) -> tuple[Period, ...]:
    """Three or more years named one by one (“2001, 2011 and 2021”), in order; of others the span says it all."""
    if len(frame.whens) <= _TWO:
        return ()
    found = sorted({period for period, _ in _spans(frame, calendar)})
    return tuple(found) if len(found) > _TWO and all(period.is_year for period in found) else ()


def _spans(frame: Frame, calendar: Calendar) -> list[tuple[Period, str]]:
    """Every period said, with its words; “year to date” says nothing beside an earlier year (“the 2021 year-to-date total”)."""
    monthly = not frame.features.isdisjoint(_BY_MONTH)
    found = [
        (when.kind, covered(when, calendar, monthly=monthly), when.said) for when in frame.whens if when.period and when.kind != "future"
    ]
    dated = [one for one in found if one[0] != "to_date"]
    if 0 < len(dated) < len(found) and not frame.features.isdisjoint(_AGAINST):
        return [(_same_months(period, calendar), said) for _, period, said in found]
    if dated and all(period.last_year != calendar.to_date.last_year for _, period, _ in dated):
        found = dated
    return list({period: (period, said) for _, period, said in reversed(found)}.values())[::-1]


def _same_months(period: Period, calendar: Calendar) -> Period:
    """“year to date vs last year”: of another year, the months that this one has."""
    return calendar.to_date.shift(12 * (period.first_year - calendar.to_date.first_year)) if period.is_year else period


def _year_ago(period: Period) -> Period:
    return period.shift(-12)
