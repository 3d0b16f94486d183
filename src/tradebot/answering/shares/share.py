"""Share: what part of a total a partner, a group or the first few of a ranking make up.

Reads `partners`, `groups` (with a partner: the whole), `limit` (the first so many), `within`, `metric`, `sign`, `period`.
A share of the deficit is a share of a net number, and the answer says so; imports are never held against a deficit.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import totals, wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import Reading, asked, members, reading, rest_of_world
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans, spans, years
from tradebot.answering.newsletter import quotes
from tradebot.answering.orders import ranking
from tradebot.answering.premises import asks_yes_no, direction, share_claim
from tradebot.answering.shares import share_years
from tradebot.answering.totals import Parts
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

_COMPARED = frozenset({"bigger", "smaller", "compare", "or_word", "difference"})


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The share with the one a year earlier."""
    if share_years.is_asked(query):
        return share_years.answer(query, knowledge, today)
    when = _between(query, knowledge)
    parts, whole_area = _asked(query, knowledge, when)
    if not parts.areas:
        return ranking.answer(query, knowledge, today)
    part, whole = _pair(query, knowledge, parts, whole_area, when.now)
    if part is not None and whole is not None and _apart(query, parts):
        return _side_by_side(query, knowledge, when, parts, whole.figure)
    if part is None or whole is None:
        lacking = next((area for area in parts.areas if reading(knowledge, area, query.metric, when.now) is None), whole_area)
        return not_held(query, knowledge, lacking, query.metric, when.now)
    return _answer(query, knowledge, when, parts, part.figure, whole.figure, whole_area)


def _between(query: Query, knowledge: Knowledge) -> Spans:
    """The two periods; where a share is said to have moved over several years, the last and the first of them."""
    moved = query.features & {"change", "since"} and query.against is None
    if moved and query.period is not None and query.period.is_years and not query.period.is_year:
        asked = years(query, knowledge, 1)
        return Spans(Period.year(asked.last_year), Period.year(asked.first_year))
    return spans(query, knowledge)


def _asked(query: Query, knowledge: Knowledge, when: Spans) -> tuple[Parts, str]:
    """What is divided by what: (parts, area of the whole)."""
    if query.limit and not query.partners:
        order = ranking.of(query, knowledge, when.now)
        top = tuple(figure.partner for figure in ranking.part(query, order).figures)
        return Parts("top", top, order_sign=order.sign), query.within or WORLD
    if query.partners and query.groups:
        whole = knowledge.groups[query.groups[0]]
        return Parts("list", query.partners), whole.id if set(query.partners) <= set(whole.members) else WORLD
    inside = set(members(knowledge, asked(query)))
    return Parts("list", asked(query), tuple(each for each in query.exclude if inside.issuperset(members(knowledge, [each])))), WORLD


def _pair(query: Query, knowledge: Knowledge, parts: Parts, whole: str, period: Period) -> tuple[Reading | None, Reading | None]:
    """The part and the whole; what is left out of both stands in `_left_out`, what is left out of the part alone in it."""
    part = totals.summed(knowledge, parts, query.metric, period)
    if not (without := _left_out(query, parts)):
        return part, reading(knowledge, whole, query.metric, period)
    rest = rest_of_world(knowledge, members(knowledge, without), query.metric, period)
    return part, Reading(rest) if rest else None


def _left_out(query: Query, parts: Parts) -> tuple[str, ...]:
    """“Vietnam's share of imports without China”: those that are no part of what is asked for are no part of the whole."""
    return tuple(each for each in query.exclude if each not in parts.excluded) if parts.kind == "list" else ()


def _answer(query: Query, knowledge: Knowledge, when: Spans, parts: Parts, part: Figure, whole: Figure, whole_area: str = WORLD) -> Answer:
    share = arithmetic.share(part, whole)
    before_part, before_whole = _pair(query, knowledge, parts, whole_area, when.before)
    before = arithmetic.share(before_part.figure, before_whole.figure) if before_part and before_whole else None
    points = moved(share, before)
    facts = {
        "metric": str(query.metric),
        "kind": parts.kind,
        "areas": list(parts.areas[: totals.TABLE_ROWS]),
        "number": arithmetic.count(parts.areas, "parts", when.now),
        "order_sign": parts.order_sign,
        "part": part,
        "whole": whole,
        "whole_area": whole_area,
        "of_world": whole_area == WORLD,
        "excluded": list(parts.excluded),
        "without": list(_left_out(query, parts)),
        "share": share,
        "rest": _rest(share) if share and (parts.kind == "top" or "outside_top" in query.features) and share.value <= 100 else None,
        "rest_asked": bool(query.features & {"not_word", "outside_top", "except"}),
        "before": before,
        "moved": points,
        "moved_asked": "change" in query.features,
        "verdict": (share_claim(query, share) if share else "") or direction(query, _grown(share, before)),
        "before_period": when.before,
        "to_date": _to_date(query, knowledge, parts, whole_area, when),
        "running": when.so_far,
        "differs": quotes.disagreements(knowledge, [part]),
    }
    return Answer(
        query,
        "share",
        facts,
        table=_table(knowledge, parts, whole, query.metric, when),
        read_as=_read_as(query, knowledge, parts, whole, when),
        suggestions=_suggest(knowledge, parts),
        keys=parts.areas,
    )


def _apart(query: Query, parts: Parts) -> bool:
    """“is Vietnam's share larger than Japan's”: each for itself, not added up."""
    several = parts.kind == "list" and len(parts.areas) > 1
    return several and bool(query.features & _COMPARED) and "combined" not in query.features


def _side_by_side(query: Query, knowledge: Knowledge, when: Spans, parts: Parts, whole: Figure) -> Answer:
    """The shares of several, the largest first."""
    rows: list[dict[str, Figure]] = []
    for area in parts.areas:
        found = reading(knowledge, area, query.metric, when.now)
        share = arithmetic.share(found.figure, whole) if found else None
        if found and share:
            rows.append({"part": found.figure, "share": share})
    if len(rows) < len(parts.areas):
        return _answer(
            query, knowledge, when, parts, arithmetic.total([row["part"] for row in rows] or [whole], "+".join(parts.areas)), whole
        )
    first_asked = rows[0]["share"].value
    rows.sort(key=lambda row: -row["share"].value)
    verdict = ""
    if asks_yes_no(query) and query.features & {"bigger", "smaller"}:
        verdict = "yes" if (first_asked == rows[0]["share"].value) == ("smaller" not in query.features) else "no"
    facts = {"metric": str(query.metric), "rows": rows, "whole": whole, "verdict": verdict, "running": when.so_far}
    return Answer(
        query,
        "share_several",
        facts,
        table=_table(knowledge, parts, whole, query.metric, when),
        read_as=_read_as(query, knowledge, parts, whole, when, "shares"),
        suggestions=_suggest(knowledge, parts),
        keys=parts.areas,
    )


def _rest(share: Figure) -> Figure:
    return Figure(
        "rest",
        "share",
        share.period,
        100 - share.value,
        share.unit,
        derived_from=(share,),
        formula="100 % − share",
        named=f"rest.{share.id}",
    )


def moved(share: Figure | None, before: Figure | None) -> Figure | None:
    """The change of a share, in percentage points."""
    if share is None or before is None:
        return None
    return Figure(
        share.partner,
        "change",
        share.period,
        share.value - before.value,
        Unit.POINTS,
        derived_from=(share, before),
        formula="first − second",
        named=f"points({share.id},{before.id})",
    )


def _grown(share: Figure | None, before: Figure | None) -> Figure | None:
    """The same as a figure that says how many times as large the share has become."""
    return arithmetic.difference(share, before, "change") if share is not None and before is not None else None


def _to_date(query: Query, knowledge: Knowledge, parts: Parts, whole_area: str, when: Spans) -> Figure | None:
    if when.to_date is None:
        return None
    part, whole = _pair(query, knowledge, parts, whole_area, when.to_date)
    return arithmetic.share(part.figure, whole.figure) if part and whole else None


def _table(knowledge: Knowledge, parts: Parts, whole: Figure, metric: Metric, when: Spans) -> Table | None:
    """The parts one by one, where there are several."""
    if not 2 <= len(parts.areas) <= totals.TABLE_ROWS:
        return None
    rows: list[tuple[Cell, ...]] = []
    for area in parts.areas:
        found = reading(knowledge, area, metric, when.now)
        rows.append((area, found.figure if found else None, arithmetic.share(found.figure, whole) if found else None))
    heading = wording.title(metric, [row[1] for row in rows if isinstance(row[1], Figure)])
    return Table(("Partner", when.now.label, "Share"), tuple(rows), parts.areas, heading)


def _read_as(query: Query, knowledge: Knowledge, parts: Parts, whole: Figure, when: Spans, what: str = "share") -> str:
    sign = wording.sign_of([whole])
    of = wording.subject(knowledge, query.metric, [whole.partner if whole.partner in knowledge.groups else WORLD], sign)
    who = wording.listed(knowledge, parts.areas) if len(parts.areas) <= 3 else f"the first {len(parts.areas)}"
    if parts.excluded:
        who += f" without {wording.listed(knowledge, parts.excluded)}"
    elif without := _left_out(query, parts):
        of += f" without {wording.listed(knowledge, without)}"
    return wording.read_as(query, f"{what} of {who} in the {of}", when.now)


def _suggest(knowledge: Knowledge, parts: Parts) -> tuple[str, ...]:
    name = wording.called(knowledge, parts.areas[0])
    return wording.suggestions(f"share of US imports from {name}", "the top 10's share of the deficit", f"deficit with {name}")
