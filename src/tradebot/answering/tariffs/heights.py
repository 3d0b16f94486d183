"""Heights: whose goods in general, and which goods, bear the highest (or the lowest) US duties on a day, or duties beyond a rate.

Reads `order`, `premise` of kind rate with the features rate_above and rate_below, `date` and `period`.

every partner that a duty on goods in general names ─▶ its duties that day, added up where the record says so ─▶ by height
"""

from __future__ import annotations

from collections.abc import Iterable

from tradebot.answering.tariffs.lines import NOBODY, Line, area_of, by_partners, counted, lines, merged, sums
from tradebot.answering.tariffs.picture import Moment
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, charged, standings
from tradebot.knowledge.tariff_events import Role
from tradebot.query import Order, Query

NAMED = 20
"""More partners than these at one rate are counted, not named."""


def heights(query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    """`items`: a line per height with the partners there, in the order asked; `bundles`: duties on goods of single partners."""
    record, said = knowledge.tariffs, _said(query)
    rows = [row for row in _rows(knowledge, moment) if said is None or _beyond(row, said, query.features)]
    rows.sort(key=_value, reverse=query.order is not Order.BOTTOM)
    items = [{**row, "number": _many(knowledge, row)} for row in rows]
    narrow = [each for each in _on_goods(knowledge, moment) if each.event.scope.order]
    return {
        "items": items,
        "partners": [partner for row in rows for partner in _partners(row)],
        "top": _top(knowledge, rows),
        "lowest": query.order is Order.BOTTOM,
        **_asked(query),
        "bundles": by_partners(merged(lines(knowledge, narrow, WORLD))),
        "ordinary": record.about.ordinary,
    }


def goods_heights(query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    """`items`: a line per rate on goods of their own (`wares`), by the end of it that is asked for; as many as asked."""
    said, low = _said(query), query.order is Order.BOTTOM
    end = "low" if low or "rate_below" in query.features else "high"
    found = lines(knowledge, _on_goods(knowledge, moment), WORLD)
    rows = _gathered({**row, "height": row[end]} for row in found if isinstance(row[end], Figure))
    rows = [row for row in rows if said is None or _beyond(row, said, query.features)]
    rows.sort(key=_value, reverse=not low)
    return {"items": rows[: query.limit], "lowest": low, **_asked(query), "ordinary": knowledge.tariffs.about.ordinary}


def _gathered(rows: Iterable[Line]) -> list[Line]:
    """One rate on the same goods of several partners is one line, and so is one rate on several goods of the same partners."""
    alike: dict[object, Line] = {}
    for row in rows:
        key = (row["spoken"], row["law"], bool(row["partners"]))
        alike[key] = {**row, "partners": [*_partners(alike[key]), *_partners(row)]} if key in alike else row
    found: dict[object, Line] = {}
    for row in alike.values():
        wares = [] if row["spoken"] == row["rate"] else [row["goods"]]
        line = found.setdefault((row["rate"], row["law"], tuple(_partners(row)), not wares), {**row, "wares": []})
        line["wares"] = [*_wares(line), *wares]
    return list(found.values())


def _wares(row: Line) -> list[object]:
    wares = row["wares"]
    return wares if isinstance(wares, list) else []


def _said(query: Query) -> float | None:
    return float(query.premise.said) if query.premise and query.premise.kind == "rate" else None


def _asked(query: Query) -> dict[str, object]:
    """The rate that was named, and on which side of it duties are looked for."""
    said = _said(query)
    figure = None if said is None else Figure(WORLD, "asked.rate", None, said, Unit.PERCENT, formula="as asked")
    return {"said": figure, "above": "rate_above" in query.features}


def _on_goods(knowledge: Knowledge, moment: Moment) -> list[Standing]:
    families = knowledge.tariffs.families
    return [each for each in charged_by_all(knowledge, moment) if families[each.event.family].goods]


def charged_by_all(knowledge: Knowledge, moment: Moment) -> list[Standing]:
    """The duties in force on anybody, one per family and set of partners."""
    held: dict[tuple[str, tuple[str, ...]], Standing] = {}
    for each in standings(knowledge.tariffs, NOBODY, moment.last, moment.known_on):
        if each.state.value == "in_force" and each.event.charged:
            held[(each.event.family, each.event.scope.order)] = each
    return list(held.values())


def _rows(knowledge: Knowledge, moment: Moment) -> list[Line]:
    """Partners that bear the same, with how much and under what."""
    record = knowledge.tariffs
    broad = [each for each in charged_by_all(knowledge, moment) if not record.families[each.event.family].goods]
    named = dict.fromkeys(partner for each in broad if each.event.role is Role.DUTY for partner in each.event.scope.order)
    found: dict[object, Line] = {}
    for partner in named:
        duties = [
            each
            for each in charged(standings(record, area_of(knowledge, partner), moment.last, moment.known_on))
            if not record.families[each.event.family].goods
        ]
        shown = lines(knowledge, duties, partner)
        key = tuple((each["rate"], each["label"]) for each in shown)
        row = found.setdefault(
            key, {"duties": shown, "height": height(knowledge, duties, partner, shown), "partners": [], "everybody": False}
        )
        _partners(row).append(partner)
    shared = lines(knowledge, (each for each in broad if each.event.scope.everybody), WORLD)
    if shared:  # everybody that no duty names
        found["all"] = {"duties": shared, "height": height(knowledge, [], WORLD, shared), "partners": [], "everybody": True}
    return [row for row in found.values() if row["height"] is not None]


def height(knowledge: Knowledge, duties: list[Standing], partner: str, shown: list[Line]) -> Figure | None:
    """The sum where the record says that rates come on top of one another, else the highest one."""
    together = sums(knowledge, duties, partner)
    rates = [each["high"] for each in shown if isinstance(each["high"], Figure)]
    return max([*together, *rates], key=lambda figure: figure.value, default=None)


def _partners(row: Line) -> list[str]:
    partners = row["partners"]
    return partners if isinstance(partners, list) else []


def _value(row: Line) -> float:
    height = row["height"]
    return height.value if isinstance(height, Figure) else 0.0


def _top(knowledge: Knowledge, rows: list[Line]) -> Line | None:
    """Everybody at the first height, whatever the duties that make it up."""
    if not rows:
        return None
    level = [row for row in rows if _value(row) == _value(rows[0])]
    both = {**level[0], "partners": [partner for row in level for partner in _partners(row)]}
    return {**both, "number": _many(knowledge, both), "everybody": any(row["everybody"] for row in level) and not _partners(both)}


def _beyond(row: Line, said: float, features: frozenset[str]) -> bool:
    if "rate_below" in features:
        return _value(row) < said
    return _value(row) > said if "rate_above" in features else _value(row) == said


def _many(knowledge: Knowledge, row: Line) -> Figure | None:
    partners = _partners(row)
    return counted(knowledge.tariffs, partners, f"partners.{_value(row):g}") if len(partners) > NAMED else None
