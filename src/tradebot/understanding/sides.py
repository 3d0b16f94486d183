"""Sides: whose a balance is, and trade of the partner's own: “Ireland's deficit with us” gives the partner what is the US's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark
from tradebot.understanding.named import AUXILIARIES, Named, preposition

_PARTNER_WORDS = frozenset({"partner_word", "market", "supplier"})
VERBS = frozenset({"have", "has", "had", "does", "do", "make", "makes", "get", "gets", "receive", "receives"})
_OVER_TIME = frozenset({"overtake", "become"})
"""Cues of a place among the US's own partners (“when did Mexico become the largest trading partner”)."""


class Trade(NamedTuple):
    """How the flows of a sentence run.

    `flow` is imports or exports as the US counts them; `trouble` names why there is none: other_country, other_bilateral,
    two_readings, both_sides, their_share; `side` is the sign that was given to the partner instead of the US.
    """

    flow: str = ""
    trouble: str = ""
    side: str = ""


NO_TRADE = Trade()


def first(marks: Sequence[Mark], cues: frozenset[str], *wanted: str) -> int | None:
    """The first mark that is one of the cues, if the sentence has any of them."""
    return None if cues.isdisjoint(wanted) else next((index for index, mark in enumerate(marks) if mark.is_(*wanted)), None)


def balance(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int], cues: frozenset[str]) -> Trade:
    """Balances and trade as a whole: “Ireland's deficit with us” gives the partner what is the US's."""
    if _whoever_has_it(marks, us, cues) and all(name.preposition in ("in", "among", "of") for name in named):
        return Trade(side="surplus")
    if not named:
        return NO_TRADE
    name = named[0]
    sign_at = first(marks, cues, "deficit", "surplus")
    theirs = name.possessive or (name.at > 0 and marks[name.at - 1].key in AUXILIARIES)  # “why does Ireland have such a surplus”
    owned = sign_at is not None and theirs and name.at < sign_at and marks[sign_at].is_("surplus") and not us
    if owned and len(named) == 1:
        return Trade(side="surplus")
    if sign_at is not None and name.at < sign_at and name.preposition not in ("with", "for", "against") and _faces_us(marks, us, name):
        return Trade(side="deficit" if marks[sign_at].is_("deficit") else "surplus")
    if sign_at is not None and sign_at < name.at and not name.preposition and _has_it(marks, name) and _faces_us(marks, us, name):
        return Trade(side="deficit" if marks[sign_at].is_("deficit") else "surplus")
    if us:
        return NO_TRADE
    if "both_flows" in cues and name.preposition == "of":
        return Trade(trouble="both_sides")
    trouble = _own_trade(marks, name, cues)
    return Trade(trouble=trouble) if trouble else NO_TRADE


def _whoever_has_it(marks: Sequence[Mark], us: Sequence[int], cues: frozenset[str]) -> bool:
    """“which countries have a surplus with us”: the surplus is theirs; of a deficit with us most people mean the US's own."""
    at = first(marks, cues, "surplus")
    if at is None or not us or us[0] < at or "deficit" in cues or cues.isdisjoint({"who", "country_word", "count", "their_word"}):
        return False
    return preposition(marks, us[0]) in ("with", "against", "to", "over") or marks[us[0] - 1].key == "over"


def _has_it(marks: Sequence[Mark], name: Named) -> bool:
    """“what surplus does China run against us”, “the deficit France has with us”: the partner is the one that has it."""
    following = marks[name.at + 1].key if name.at + 1 < len(marks) else ""
    return following in (*VERBS, "runs", "ran") or (name.at > 0 and marks[name.at - 1].key in AUXILIARIES)


def _faces_us(marks: Sequence[Mark], us: Sequence[int], name: Named) -> bool:
    """Whether the US stands behind the partner as the other side, and not before it as the subject."""
    behind = any(
        index > name.at and preposition(marks, index) in ("with", "against", "to") and not _owns_sign(marks, index) for index in us
    )
    return behind and not any(index < name.at and preposition(marks, index) not in ("with", "against", "to") for index in us)


def _owns_sign(marks: Sequence[Mark], us: int) -> bool:
    """“countries with a US surplus”: the surplus of the US."""
    return us + 1 < len(marks) and marks[us + 1].is_("deficit", "surplus")


def _own_trade(marks: Sequence[Mark], name: Named, cues: frozenset[str]) -> str:
    """“who does Japan trade with”, “Mexico's trading partners”: the partner's trade with the world."""
    passes = "overtake" in cues or cues.isdisjoint({"who", "country_word"})  # “which country became the largest trading partner of India”
    if not cues.isdisjoint(_OVER_TIME) and not name.possessive and passes:
        return ""
    asks = not AUXILIARIES.isdisjoint([mark.key for mark in marks[: max(0, name.at)]])
    word_at = next(
        (index for index, mark in enumerate(marks) if mark.key == "partners" or not mark.senses.cues.isdisjoint(_PARTNER_WORDS)), None
    )
    if word_at is not None and (name.preposition in ("of", "for") or name.possessive or name.at < word_at):
        named_alone = not name.possessive and name.preposition not in ("of", "for")
        ranked = "rank" in cues or name.kind is Kind.GROUP or (named_alone and "yes_no" in cues)
        return "" if ranked else "other_country"
    if asks and "both_flows" in cues and name.preposition not in ("with", "from", "to"):
        return "other_country"
    trade_at = first(marks, cues, "trade")
    if trade_at and marks[trade_at - 1].is_("who") and name.preposition == "with":
        return "other_country"
    if trade_at is None or name.at > trade_at or cues & {"deficit", "surplus", "balance"}:
        return ""
    return "other_country" if asks else ""
