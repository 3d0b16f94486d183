"""Who trades with whom: which side of each flow the US is on, and whose balance a question speaks of.

The record holds one country's trade, seen from the US. “Imports from X”, “X sells us” and “X's exports to us” are all
US imports; “X's exports” alone are X's own trade, which is not held.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tradebot.understanding import sides
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark
from tradebot.understanding.named import AUXILIARIES, Named, preposition
from tradebot.understanding.sides import Trade, first

IMPORTS, EXPORTS = "imports", "exports"

MEASURES = frozenset(
    {"deficit", "surplus", "balance", "imports", "exports", "total_trade", "trade", "both_flows", "supplier", "market", "partner_word"}
)
"""Cues of what a figure measures."""
_FLOWS = (IMPORTS, EXPORTS, "buy", "sell")
_INWARD, _OUTWARD = frozenset({IMPORTS, "buy"}), frozenset({EXPORTS, "sell"})
_JOINTS = ("or_word", "and_also", "compare", "more_than")
_BUYING = ("buy", "import")
_TRADE_WORDS = (*_FLOWS, "deficit", "surplus", "balance", "trade", "total_trade", "partner_word")
_RANKED_WORLDWIDE = frozenset({"who", "country_word", "largest", "by_country", "supplier", "market"})
"""Cues with which “worldwide” ranks everybody's trade, and not the US's."""
_ORDERED = ("rank", "compare", "ranking")
_COMPARES = frozenset({"compare", "stack up", "compared"})
_WARES = ("goods", "products", "made")
_SIDE_BY_SIDE = frozenset({"compare", "difference", "ratio", "combined", "bigger", "smaller", "tariff"})


def trade(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int], cues: frozenset[str]) -> Trade:
    """The direction of the sentence's flows, given its names and the marks that name the US."""
    if "worldwide" in cues and not us and not named and not cues.isdisjoint(_RANKED_WORLDWIDE):
        return Trade(trouble="other_country")
    trouble = "other_country" if "compare" in cues and _beside_us(marks, named, us) else _bilateral(marks, named, us, cues)
    if trouble:
        return Trade(trouble=trouble)
    flow_at = first(marks, cues, *_FLOWS)
    if flow_at is None or "both_flows" in cues:
        return sides.balance(marks, named, us, cues)
    if "share" in cues and _their_share(marks, named, flow_at):
        return Trade(trouble="their_share")
    if "share" in cues and not us and _shares_of_flow(marks, named, flow_at, cues):
        return Trade(flow=IMPORTS if marks[flow_at].is_(IMPORTS, "buy") else EXPORTS)
    flow = _Flow(marks, us, flow_at, next(filter(marks[flow_at].senses.cues.__contains__, _FLOWS)))
    subject = flow.subject(named)
    if named and not us and flow_at and marks[flow_at - 1].is_("who") and named[0].preposition in ("to", "from", "with"):
        return Trade(trouble="other_country")  # “who sells to China”: anybody
    if flow.asks_who(named):
        if "world" in cues and not us:
            return Trade(trouble="other_country")
        return Trade(flow=flow.counted("partner"))
    if not named or subject == "us":
        return Trade(flow=flow.counted(subject))
    return _with_partner(flow, named[0])


def own_flows(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int], cues: frozenset[str]) -> tuple[str, ...]:
    """“imports from China or exports to Mexico”: the flow of each of two names, where they differ."""
    if len(named) != 2 or named[0].at < 0 or (cues.isdisjoint(_OUTWARD) and cues.isdisjoint(_INWARD)):
        return ()
    first, second = named
    cut = joint(marks, first, second)
    halves = (
        (marks[:cut], first, [at for at in us if at < cut]),
        (marks[cut:], second._replace(at=second.at - cut), [at - cut for at in us if at >= cut]),
    )
    found = {_flow_of(*half): None for half in halves}
    return tuple(found) if found.keys() == {IMPORTS, EXPORTS} else ()


def joint(marks: Sequence[Mark], first: Named, second: Named) -> int:
    """Where the half of the second of two names begins (“… or exports to Mexico”, “… than with Japan in 2010”)."""
    return next((at for at in range(first.at + 1, second.at) if marks[at].is_(*_JOINTS) or marks[at].key == "than"), first.at + 1)


def _flow_of(marks: Sequence[Mark], name: Named, us: Sequence[int]) -> str:
    """The flow of a half sentence; “than we buy” is one mark, with its verb at the end."""
    if marks[0].is_("more_than") and name.preposition in ("from", "to"):
        return IMPORTS if marks[0].key.rsplit(" ", 1)[-1].startswith(_BUYING) else EXPORTS
    return trade(marks, [name], us, frozenset[str]().union(*[mark.senses.cues for mark in marks])).flow


def _shares_of_flow(marks: Sequence[Mark], named: Sequence[Named], flow_at: int, cues: frozenset[str]) -> bool:
    """“China's share of imports”, “… of electronics imports”; “does China or Mexico account for more imports”."""
    if not named or any(name.at > flow_at for name in named):
        return False
    if len(named) == 1 and named[0].possessive and named[0].at == flow_at - 1 and marks[flow_at].is_(IMPORTS):
        return flow_at + 1 < len(marks) and marks[flow_at + 1].is_("share")  # “China's import share”
    either = len(named) > 1 and "or_word" in cues
    return either or (len(named) == 1 and preposition(marks, flow_at - marks[flow_at - 1].has(Kind.CHAPTER)) in ("in", "of"))


def _beside_us(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int]) -> bool:
    """“how does the US compare to China in exports”: the one's trade beside the other's, which is not held."""
    at = next((index for index, mark in enumerate(marks) if mark.key in _COMPARES), 0)
    return len(named) == 1 and at > 0 and at - 1 in us and named[0].at > at and named[0].preposition in ("to", "with", "against")


def _their_share(marks: Sequence[Mark], named: Sequence[Named], flow_at: int) -> bool:
    """“what share of Canada's exports goes to the US”: a part of the partner's own trade, whose whole is not held."""
    return bool(named) and named[0].at == flow_at - 1 and (named[0].possessive or named[0].people) and marks[flow_at].is_(EXPORTS)


class _Flow(NamedTuple):
    """A word of buying or selling in its sentence. `us` are the indices of the marks that name the US."""

    marks: Sequence[Mark]
    us: Sequence[int]
    at: int
    word: str

    def counted(self, subject: str) -> str:
        """imports or exports of the US, for a verb whose subject is the US, the partner or nobody."""
        inward = self.word in (IMPORTS, "buy")
        return IMPORTS if inward == (subject != "partner") else EXPORTS

    def subject(self, named: Sequence[Named]) -> str:
        """Who does the importing or selling: us, partner, or nobody named."""
        before_us = [index for index in self.us if index < self.at and preposition(self.marks, index) not in ("from", "to", "with")]
        before = [name for name in named if name.at < self.at and name.preposition not in ("from", "to", "with", "into", "for", "on")]
        if before_us and (not before or max(before_us) > before[-1].at):
            return "us"
        return "partner" if before or (not before_us and self.to_us) else ""

    def asks_who(self, named: Sequence[Named]) -> bool:
        """“who sells more cars, Japan or Germany”: the seller is a partner, for no other place is named."""
        before = self.marks[self.at - 1] if self.at else None
        asked = before is not None and before.is_("who") and before.said[-2:] not in ("'s", "’s")
        return asked and not any(name.preposition in ("from", "to", "in", "into") and not self._looks_within(name) for name in named)

    def _looks_within(self, name: Named) -> bool:
        """“who buys most of our goods in Africa”: the buyer is one of a group, for the US has been named as the other side."""
        return name.kind is Kind.GROUP and name.preposition == "in" and bool(self.us)

    @property
    def to_us(self) -> bool:
        """“sells us the most”, “buys from us”: the US stands after the verb."""
        after = [index for index in self.us if index > self.at]
        return any(
            preposition(self.marks, index) in ("from", "to") or self._of_goods(index) or (self.word == "sell" and self._object(index))
            for index in after
        )

    def sent_by(self, name: Named) -> bool:
        """“Vietnam to us exports”: the name stands first, and goods go from there to the US."""
        return self.word in _FLOWS and any(index > name.at and preposition(self.marks, index) == "to" for index in self.us)

    def _of_goods(self, index: int) -> bool:
        """“bought 10 bn of US goods”, but not “imports of the US”."""
        if self.word not in (IMPORTS, "buy") or preposition(self.marks, index) != "of":
            return False
        following = self.marks[index + 1] if index + 1 < len(self.marks) else None
        return self.word == "buy" or self.marks[index].key.endswith(_WARES) or (following is not None and following.is_("products"))

    def _object(self, index: int) -> bool:
        """“sells us”, “sends the US”: nothing but an article stands between the verb and the US."""
        return all(mark.key == "the" for mark in self.marks[self.at + 1 : index])


def _with_partner(flow: _Flow, name: Named) -> Trade:
    if name.preposition == "from":
        known = flow.word in (IMPORTS, "buy") or bool(flow.us)
        return Trade(flow=IMPORTS) if known else Trade(trouble="other_country")
    if name.at < flow.at:
        return _partnerfirst(flow, name)
    if name.preposition in ("to", "into", "for", "with"):
        return _towards(flow, name)
    if name.preposition == "of" and name.people and flow.word in (IMPORTS, "buy") and flow.marks[name.at + 1 : name.at + 2]:
        return Trade(flow=IMPORTS)  # “imports of Chinese toys”
    if name.preposition in ("of", "in", "by"):
        return Trade(flow=flow.counted("partner" if flow.to_us else "")) if flow.us else Trade(trouble="other_country")
    following = flow.marks[name.at + 1].key if 0 <= name.at + 1 < len(flow.marks) else ""
    if following in sides.VERBS and not flow.us:
        return Trade(trouble="other_country")
    return Trade(flow=IMPORTS if flow.sent_by(name) else flow.counted(""))  # “exports China to us”


def _towards(flow: _Flow, name: Named) -> Trade:
    """“exports to X”, “imports for X”; “imports to X” are X's own unless they come from the US."""
    if flow.word == EXPORTS and name.preposition == "for" and not flow.us:
        return Trade(trouble="two_readings")
    if flow.word in (EXPORTS, "sell"):
        return Trade(flow=EXPORTS)
    if flow.word == IMPORTS and name.preposition in ("for", "with"):
        return Trade(flow=IMPORTS)
    return Trade(flow=EXPORTS) if flow.to_us else Trade(trouble="other_country")


def _partnerfirst(flow: _Flow, name: Named) -> Trade:
    """“vietnam imports”, “what does vietnam buy from us”, “china's exports”."""
    if flow.sent_by(name):
        return Trade(flow=IMPORTS)  # “Vietnam to us exports”, “Chinese imports to the US”
    if flow.to_us:
        return Trade(flow=flow.counted("partner"))
    if flow.word in (IMPORTS, EXPORTS) and preposition(flow.marks, flow.at) in ("in", "by"):
        return Trade(flow=flow.word)  # “who is ahead of Japan in imports”
    asks = any(flow.marks[index].key in AUXILIARIES for index in range(name.at))
    if name.possessive or asks or flow.word in ("buy", "sell"):
        return Trade(trouble="other_country")
    if flow.word == IMPORTS:
        return Trade(flow=IMPORTS)
    if name.people:
        return Trade(trouble="other_country")
    sure = any(mark.value is not None or mark.is_(*_ORDERED) for mark in flow.marks)
    return Trade(flow=EXPORTS) if flow.us or sure else Trade(trouble="two_readings")


def _bilateral(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int], cues: frozenset[str]) -> str:
    """Two partners and a trade word between them, with no US in sight: their trade with each other."""
    if len(named) == 2 and len(us) == 1 and _also_with_us(marks, named, us[0]):
        return "other_bilateral"
    if len(named) < 2 or us or cues & _SIDE_BY_SIDE:
        return ""
    first, second = named[0], named[1]
    between = marks[max(0, first.at + 1) : max(0, second.at)]
    after = marks[second.at + 1] if 0 <= second.at + 1 < len(marks) else None
    if (
        not between
        and first.at >= 0
        and not first.preposition
        and after is not None
        and after.is_("trade", "total_trade", "deal", "deal_word")
    ):
        return "other_bilateral"  # “India Pakistan trade”
    if any(mark.key in ("and", "or", "vs") for mark in between):
        alone = first.preposition == "between" and len(between) <= 2 and cues & {"trade", "balance", "deficit", "surplus", "total_trade"}
        return "other_bilateral" if alone else ""
    owns = first.possessive or first.preposition in ("", "of", "does") or first.people
    if owns and second.preposition in ("with", "to", "from", "against", "by") and any(mark.is_(*_TRADE_WORDS) for mark in between):
        return "other_bilateral"
    apart = {first.preposition, second.preposition}
    return "other_bilateral" if apart in ({"from", "to"}, {"of", "from"}, {"of", "with"}, {"of", "to"}, {"to", "with"}) else ""


def _also_with_us(marks: Sequence[Mark], named: Sequence[Named], us: int) -> bool:
    """“is China's surplus with the EU bigger than with us”: half of it is trade that is not held."""
    first, second = named
    subject = first.possessive or first.people or (first.at > 0 and marks[first.at - 1].key in AUXILIARIES)
    return subject and us > first.at and second.preposition in ("with", "to", "from") and second.preposition == preposition(marks, us)
