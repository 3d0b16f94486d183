"""Who trades with whom: which side of each flow the US is on, and whose balance a question speaks of.

The record holds one country's trade, seen from the US. “Imports from X”, “X sells us” and “X's exports to us” are all
US imports; “X's exports” alone are X's own trade, which is not held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark

IMPORTS, EXPORTS = "imports", "exports"

_PREPOSITIONS = frozenset({"from", "form", "to", "into", "of", "with", "w", "wit", "against", "for", "in", "on", "by", "between", "than", "vs", "versus", "as", "at", "towards", "toward", "among"})
_TRANSPARENT = frozenset({"the", "a", "an", "all", "both", "goods", "total", "mainly", "mostly", "our", "its", "and", "or", "also", "say", "maybe", "again", "not", "does", "do", "did", "is", "most", "more"})
_AUXILIARIES = frozenset({"does", "do", "did", "doesnt", "didnt", "has", "have", "is", "are", "was", "were", "will", "can", "could", "would", "should"})
_FLOWS = ("imports", "exports", "buy", "sell")


@dataclass(frozen=True, slots=True)
class Named:
    """A partner, group or other place in the sentence. `at` is its mark's index."""

    at: int
    id: str
    kind: Kind
    weak: bool = False
    people: bool = False
    possessive: bool = False
    preposition: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Trade:
    """How the flows of a sentence run.

    `flow` is imports or exports as the US counts them; `trouble` names why there is none: other_country,
    other_bilateral, two_readings; `side` is the sign that was given to the partner instead of the US.
    """

    flow: str = ""
    trouble: str = ""
    side: str = ""


def preposition(marks: Sequence[Mark], index: int) -> str:
    """The preposition that governs the mark at `index`, through articles and lists (“from Mexico and Canada”)."""
    for before in range(index - 1, max(-1, index - 6), -1):
        mark = marks[before]
        if mark.key in _PREPOSITIONS:
            return "from" if mark.key == "form" else mark.key
        if mark.key not in _TRANSPARENT and not mark.is_name and not mark.has(Kind.US):
            return ""
    return ""


def trade(marks: Sequence[Mark], named: Sequence[Named], cues: frozenset[str]) -> Trade:
    """The direction of the sentence's flows, given its names."""
    us = [index for index, mark in enumerate(marks) if mark.has(Kind.US)]
    flow_at = next((index for index, mark in enumerate(marks) if mark.is_(*_FLOWS)), None)
    bilateral = _bilateral(marks, named, us, cues)
    if bilateral:
        return Trade(trouble=bilateral)
    if flow_at is None or "both_flows" in cues:
        return _without_flow(marks, named, us, cues)
    word = next(cue for cue in _FLOWS if marks[flow_at].is_(cue))
    subject = _subject(marks, named, us, flow_at)
    if not named:
        return Trade(flow=_direction(word, subject, "us" if subject == "us" else ""))
    return _with_partner(marks, named, us, flow_at, word, subject)


def _direction(word: str, subject: str, _: str) -> str:
    """imports or exports of the US, for a verb whose subject is the US, the partner or nobody."""
    inward = word in ("imports", "buy")
    return IMPORTS if inward == (subject != "partner") else EXPORTS


def _subject(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int], flow_at: int) -> str:
    """Who does the importing or selling: us, partner, or nobody named."""
    before_us = [index for index in us if index < flow_at and preposition(marks, index) not in ("from", "to", "with")]
    before_named = [name for name in named if name.at < flow_at and name.preposition not in ("from", "to", "with", "into", "for")]
    if before_us and (not before_named or max(before_us) > before_named[-1].at):
        return "us"
    if before_named:
        return "partner"
    if not before_us and _us_is_object(marks, us, flow_at):
        return "partner"
    return ""


def _us_is_object(marks: Sequence[Mark], us: Sequence[int], flow_at: int) -> bool:
    """“sells us the most”, “buys from us”: the US stands after the verb."""
    word = marks[flow_at]
    for index in us:
        if index <= flow_at:
            continue
        if preposition(marks, index) in ("from", "to"):
            return True
        if word.is_("sell") and index - flow_at <= 2:
            return True
    return False


def _with_partner(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int], flow_at: int, word: str, subject: str) -> Trade:
    name = named[0]
    to_us = _us_is_object(marks, us, flow_at)
    if subject == "us":
        return _us_subject(name, word)
    if name.preposition in ("from",):
        if word in ("imports", "buy"):
            return Trade(flow=IMPORTS)
        return Trade(flow=IMPORTS) if us else Trade(trouble="other_country")
    if name.preposition in ("to", "into", "for", "with") and name.at > flow_at:
        if word in ("exports", "sell"):
            return Trade(flow=EXPORTS)
        if word == "imports" and name.preposition in ("for", "with"):
            return Trade(flow=IMPORTS)
        return Trade(flow=EXPORTS) if to_us else Trade(trouble="other_country")
    if name.at > flow_at:
        if name.preposition in ("of", "in", "by"):
            if us:
                return Trade(flow=_direction(word, "partner" if to_us else "", ""))
            return Trade(trouble="other_country")
        return Trade(flow=_direction(word, "", ""))
    return _partner_first(marks, name, us, flow_at, word, to_us)


def _us_subject(name: Named, word: str) -> Trade:
    return Trade(flow=IMPORTS if word in ("imports", "buy") else EXPORTS)


def _partner_first(marks: Sequence[Mark], name: Named, us: Sequence[int], flow_at: int, word: str, to_us: bool) -> Trade:
    """“vietnam imports”, “what does vietnam buy from us”, “china's exports”."""
    if to_us:
        return Trade(flow=_direction(word, "partner", ""))
    auxiliary = any(marks[index].key in _AUXILIARIES for index in range(name.at))
    if name.possessive or auxiliary or word in ("buy", "sell"):
        return Trade(trouble="other_country")
    if word == "imports":
        return Trade(flow=IMPORTS)
    if name.people:
        return Trade(trouble="other_country")
    if us or any(mark.value is not None for mark in marks):
        return Trade(flow=EXPORTS)
    return Trade(trouble="two_readings")


def _bilateral(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int], cues: frozenset[str]) -> str:
    """Two partners and a trade word between them, with no US in sight: their trade with each other."""
    if len(named) < 2 or us or cues & {"compare", "difference", "ratio", "combined", "bigger", "smaller", "tariff"}:
        return ""
    first, second = named[0], named[1]
    between = [mark for mark in marks[first.at + 1 : second.at] if mark.is_("deficit", "surplus", "balance", "trade", "total_trade", "exports", "imports", "buy", "sell", "partner_word")]
    links = {mark.key for mark in marks[first.at + 1 : second.at]}
    if first.preposition == "between" and second.at - first.at <= 3 and cues & {"trade", "balance", "deficit", "surplus", "total_trade"}:
        return "other_bilateral"
    if first.preposition == "from" and second.preposition == "to":
        return "other_bilateral"
    owns = first.possessive or first.preposition in ("", "of", "does") or first.people
    if between and owns and second.preposition in ("with", "to", "from", "against", "by") and not links & {"and", "vs", "or"}:
        return "other_bilateral"
    if first.preposition in ("of", "to") and second.preposition in ("from", "with", "to") and first.preposition != second.preposition and not links & {"and", "vs", "or"}:
        return "other_bilateral"
    return ""


def _without_flow(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int], cues: frozenset[str]) -> Trade:
    """Balances and trade as a whole: “Ireland's deficit with us” gives the partner what is the US's."""
    if not named:
        return Trade()
    name = named[0]
    object_us = any(preposition(marks, index) in ("with", "against", "to") and index > name.at for index in us)
    sign_at = next((index for index, mark in enumerate(marks) if mark.is_("deficit", "surplus")), None)
    subject_us = any(index < name.at and preposition(marks, index) not in ("with", "against", "to") for index in us)
    if sign_at is not None and object_us and name.at < sign_at and name.preposition not in ("with", "for", "against") and not subject_us:
        return Trade(side="deficit" if marks[sign_at].is_("deficit") else "surplus")
    if "partner_word" in cues and not us and not cues & {"rank", "largest"} | ({"largest"} & cues if name.possessive or name.preposition == "of" else set()):
        return Trade(trouble="other_country")
    if "partner_word" in cues and not us and (name.preposition == "of" or name.possessive or name.at < next(i for i, m in enumerate(marks) if m.is_("partner_word"))):
        return Trade(trouble="other_country")
    verb = next((index for index, mark in enumerate(marks) if mark.is_("trade")), None)
    if verb is not None and not us and name.at < verb and any(marks[index].key in _AUXILIARIES for index in range(name.at)) and not cues & {"deficit", "surplus", "balance"}:
        return Trade(trouble="other_country")
    return Trade()
