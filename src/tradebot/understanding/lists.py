"""Lists: words that make a question one about many partners: what they are ranked by, who is left out, who has something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark
from tradebot.understanding.named import AUXILIARIES, Named, preposition
from tradebot.understanding.roles import MEASURES
from tradebot.understanding.time_points import When

_RANKED = frozenset({"largest", "smallest", "rank", "runner_up", "bigger", "smaller"})
_RANKING = frozenset({"largest", "smallest", "who", "country_word", "which", "bounds"})
_HELD_BY = frozenset({"with", "that", "where"})
_NAMED_ALREADY = MEASURES | {"tariff"}
_ASKED_FOR = frozenset({"who", "country_word", "count", "which"})
_NOT = frozenset({"not", "dont", "doesnt", "didnt", "havent", "hasnt", "never"})
_LACKING = frozenset({"no", "without", "without a"})
_LACKED = ("deficit", "surplus", "imports", "exports", "total_trade", "trade", "buy", "sell")
_CLAUSE = 5
"""Marks after “not” within which what is denied stands."""
_THAN_THEN = {"than": set[str](), "then": set[str](), "below": {"smaller"}, "above": {"bigger"}}
_NOT_THEN = frozenset({"change", "areas2", "partners2"})
_IT_WAS = frozenset("in it was they were the at back during for that of its did what we had ran run under".split())
_FROM_THEN = frozenset({"from", "on", "against"})
_SHORT = 7
"""Marks of a sentence that may be about what was asked before (“are they up from last year”)."""
_IT = frozenset({"it", "they", "that", "those", "these"})
_MOVED = {"up": "growing", "down": "falling"}
_THAN = frozenset({"than", "as"})
_MEMBERS = frozenset(
    "country countries member members nation nations state states member state member states partner partners economies".split()
)
_PAIR, _THREE = 2, 3
_UNITS = {"months": "rank_months", "years": "rank_years", "quarters": "rank_quarters"}
SAID_OF_LISTS = frozenset(_UNITS) | _MOVED.keys() | _NOT | _LACKING | {"nothing"}
"""Words without which no months are ranked, nothing moved and nothing is denied; most sentences hold none of them."""
LEAVING_OUT = frozenset({"except", "outside_top", "not_word"})
"""Cues without which no sentence leaves anything out."""


def partners_ranked(marks: Sequence[Mark], features: AbstractSet[str], *, counted: bool) -> bool:
    """“our biggest partner”, “top five partners”: with no measure named, partners are ranked by the trade with them."""
    if not counted and features.isdisjoint(_RANKED):
        return False
    if not features.isdisjoint(_NAMED_ALREADY):
        return False
    return any(mark.key in ("partner", "partners") for mark in marks)


def leaves_out(marks: Sequence[Mark], index: int, features: AbstractSet[str]) -> bool:
    """“except”, “not China”, “not from China”; “outside Asia” where partners are ranked or a place is named before."""
    mark, following = marks[index], marks[index + 1 : index + 3]
    if mark.is_("except"):
        return True
    if not following:
        return False
    if mark.is_("outside_top"):
        ranked = features & _RANKING or any(before.is_name for before in marks[:index])
        return bool(ranked) and any(after.is_name for after in following[: 2 if following[0].key == "the" else 1])
    if not mark.is_("not_word") or following[0].gap:
        return False
    return following[0].is_name or (following[0].key in ("from", "with", "to", "in") and following[-1].is_name)


def turn(marks: Sequence[Mark], features: AbstractSet[str]) -> set[str]:
    """What “which surplus turned into a deficit” and “who went from surplus to deficit” ask for."""
    if "surplus" not in features or "deficit" not in features:
        return set()
    sides = [index for index, mark in enumerate(marks) if mark.is_("surplus", "deficit")]
    if len(sides) != _PAIR:
        return set()
    went = preposition(marks, sides[0]) == "from" and preposition(marks, sides[1]) in ("to", "into")
    found = {"first_time", "turned"} if went or "first_time" in features else set()
    return found | {"from_surplus"} if found and marks[sides[0]].is_("surplus") else found


def than_then(marks: Sequence[Mark], whens: Sequence[When], features: AbstractSet[str]) -> set[str]:
    """“larger than in 2018”, “below 2017”: a period, that the latest or a later one is held against."""
    if not whens:
        return set()
    spans = [when for when in whens if when.kind in ("span", "to_date") and when.period]
    if len(spans) == 1 and _from_then(marks, spans[0], features):
        return {"than_then"}
    if not spans or len(spans) != len(whens) or len(spans) > _PAIR or not features.isdisjoint(_NOT_THEN):
        return set()
    than = next((index for index, mark in enumerate(marks) if mark.key in _THAN_THEN), len(marks))
    then = max(spans, key=lambda when: when.at)
    between, after = marks[than + 1 : then.at], marks[then.at + 1 :]
    of_flow = not features.isdisjoint({"imports", "exports"})
    if than > then.at or not all(mark.key in _IT_WAS or (mark.is_("deficit", "surplus") and not of_flow) for mark in between):
        return set()
    if (sized := _THAN_THEN[marks[than].key]) and (after or features & {"bounds"}):
        return set()  # “above 2000 million”
    if any(when.period and then.period and when.period.last < then.period.first for when in spans):
        return set()  # “was 2018 larger than 2025”
    sized = sized or set(features & {"bigger", "smaller"})
    several = then.period is not None and then.period.is_years and not then.period.is_year
    return {"than_several" if several else "than_then", *sized} if sized else set()


def _from_then(marks: Sequence[Mark], then: When, features: AbstractSet[str]) -> bool:
    """“up from last year”, “has it fallen compared to 2018”."""
    if then.period is None or not (then.period.is_year or then.period.is_month) or features.isdisjoint({"growing", "falling"}):
        return False
    before = [mark for mark in marks[max(0, then.at - 2) : then.at] if mark.key not in ("the", "in")]
    return bool(before) and (before[-1].key in _FROM_THEN or before[-1].is_("compare"))


def moved(marks: Sequence[Mark], features: AbstractSet[str]) -> set[str]:
    """“is the deficit up this year”, “are they down from last year”: the small words say that it moved."""
    since_then = any(
        mark.key in _MOVED and after.key == "from" and not then.is_name
        for mark, after, then in zip(marks, marks[1:], marks[2:], strict=False)
    )
    if "tariff" in features or not (since_then or features & {"yes_no", "how_much"} or (marks and marks[0].key in _MOVED)):
        return set()
    points = len(marks) <= _SHORT and (marks[0].key in _MOVED or any(mark.key in _IT for mark in marks))
    measured = next((index for index, mark in enumerate(marks) if mark.is_(*_LACKED)), -1 if points else len(marks))
    ways = {
        _MOVED[mark.key]
        for index, mark in enumerate(marks)
        if mark.key in _MOVED
        and index > measured
        and (not index or marks[index - 1].senses)
        and [each.key for each in marks[index + 1 : index + 2]] != ["to"]
    }
    return {"change", *ways} if ways else set()


def denied(marks: Sequence[Mark], features: AbstractSet[str]) -> bool:
    """“which countries do we not run a deficit with”, “who doesn't sell us anything”: those are meant that lack what is named."""
    if features.isdisjoint(_ASKED_FOR):
        return False
    for index, mark in enumerate(marks):
        if mark.key == "nothing" and index and marks[index - 1].is_("imports", "exports", "buy", "sell"):
            return True
        if any(before.is_(*_LACKED) for before in marks[:index]):
            continue
        reach = _CLAUSE if mark.key in _NOT else int(mark.key in _LACKING)
        following = [after for after in marks[index + 1 : index + 1 + reach + 1] if after.key not in ("a", "any", "the")][:reach]
        at = next((at for at, after in enumerate(following) if after.is_(*_LACKED)), None)
        if at is not None and not any(after.is_name for after in following[:at]):
            return True
    return False


def ranked_units(marks: Sequence[Mark]) -> set[str]:
    """“5 worst months”, “top 3 years”, “months with a deficit below 100bn”: months or years are looked for, not partners."""
    found = set()
    for index, mark in enumerate(marks):
        unit = _UNITS.get(mark.key)
        before = marks[index - 1] if index else None
        led = before is None or before.is_("largest", "smallest", "best_of", "worst_of", "which", "what", "count")
        counted = (
            before is not None
            and before.has(Kind.NUMBER)
            and index > 1
            and marks[index - 2].is_("largest", "smallest", "best_of", "which", "what")
        )
        if unit and (led or counted):
            found.add(unit)
    return found


def against_sum(marks: Sequence[Mark], names: Sequence[Named]) -> set[str]:
    """“is Vietnam larger than Japan and Korea combined”: one place against several others; on which side of “than” the sum stands."""
    than = next((index for index, mark in enumerate(marks) if mark.key in _THAN or mark.is_("compare", "or_word")), None)
    places = [name for name in names if name.kind in (Kind.PARTNER, Kind.GROUP, Kind.AMBIGUOUS)]
    if than is None or len(places) < _THREE:
        return set()
    before, after = [name for name in places if name.at < than], [name for name in places if name.at > than]
    if min(len(before), len(after)) != 1:
        return set()
    lone = before[0] if len(before) == 1 else after[0]
    found = {"sum_after" if lone in before else "sum_before"}
    return found | {"lone_group"} if lone.kind is Kind.GROUP else found


def holders(marks: Sequence[Mark], names: Iterable[Named]) -> bool:
    """“Asian countries with a surplus”: the members of a group (or any countries) that have something, not the group as one."""
    groups = [name.at for name in names if name.kind is Kind.GROUP and not name.preposition and name.at >= 0]
    if groups and marks[-1].key == "with" and not _MEMBERS.isdisjoint(around for at in groups for around in _beside(marks, at)):
        return True  # “all EU countries we have a surplus with”
    held = set(groups)
    held |= {index for index, mark in enumerate(marks[:2]) if mark.is_("country_word")}
    held |= {at + 1 for at in held if 0 <= at < len(marks) - 1 and marks[at + 1].is_("country_word")}  # “every EU country with”
    return any(0 <= at < len(marks) - 1 and marks[at + 1].key in _HELD_BY for at in held)


def of_each(marks: Sequence[Mark], names: Iterable[Named]) -> bool:
    """“the EU countries”, “members of ASEAN”, “per African country”: of the members of a group, one by one."""
    for name in names:
        if name.kind is not Kind.GROUP or name.at < 0:
            continue
        if not _MEMBERS.isdisjoint(_beside(marks, name.at)):
            return True
    return False


def _beside(marks: Sequence[Mark], at: int) -> list[str]:
    """The last word of a name, and the words beside it."""
    return [marks[at].said.lower().split(" ")[-1], *(mark.key for mark in (*marks[max(0, at - 3) : at], *marks[at + 1 : at + 2]))]


def group_stands(marks: Sequence[Mark], names: Sequence[Named]) -> bool:
    """“is the EU our largest partner”, “where does ASEAN rank”: the place of the group itself, not of those in it."""
    if len(names) != 1 or names[0].kind is not Kind.GROUP or names[0].at < 0:
        return False
    at, owns = names[0].at, names[0].possessive
    before = [mark.key for mark in marks[:at] if mark.key != "the"][-1:]
    after = marks[at + 1].key if at + 1 < len(marks) else ""
    ranked = names[0].preposition == "of" and any(mark.is_("rank") for mark in marks[:at])
    return not owns and (ranked or not AUXILIARIES.isdisjoint([*before, after]) or after in ("rank", "ranks", "ranked"))


def part_of_area(marks: Sequence[Mark], names: Iterable[Named]) -> bool:
    """“share of cars in imports from Japan”, “how much of imports from Japan is cars”: a part of the trade with the partner."""
    goods = [index for index, mark in enumerate(marks) if mark.has(Kind.CHAPTER)]
    whole = [name.at for name in names if name.preposition in ("from", "to") or _before_flow(marks, name)]
    inside = [at for at in goods if at + 1 < len(marks) and marks[at + 1].key in ("in", "of")]
    return any(at < after for at in inside for after in whole) or any(at > before for at in goods for before in whole)


def _before_flow(marks: Sequence[Mark], name: Named) -> bool:
    """“Canadian imports”: what is bought from there."""
    return name.people and name.at + 1 < len(marks) and marks[name.at + 1].is_("imports")
