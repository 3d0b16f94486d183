"""Why a message is not a question we can answer, and which near question we could."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tradebot.knowledge.gaps import gap_in
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Choice, NotUnderstood
from tradebot.understanding.choosing import Chosen
from tradebot.understanding.english import english_words
from tradebot.understanding.followup import Turn, points_back
from tradebot.understanding.frame import Frame
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark
from tradebot.understanding.named import preposition
from tradebot.understanding.roles import MEASURES

_BEFORE_A_NAME = frozenset({"with", "from", "to", "on", "against", "for", "of", "and"})
_BETWEEN = frozenset({"s", "new", "high", "import", "retaliatory", "customs"})
_ASKING = frozenset({"does", "do", "did", "has", "will"})
_BOTH = frozenset({"compare", "difference", "bigger", "smaller", "and_also", "combined", "or_word"})
_ASKED_OF = {
    "imports": "imports from",
    "exports": "exports to",
    "tariff": "tariffs on",
    "deficit": "deficit with",
    "total_trade": "total trade with",
    "trade": "total trade with",
}
"""How a question about one of several partners begins, by what it is about."""
_QUOTED = 40
_GOODS = 4
_BLOCKING = frozenset({"other_sense", "other_tariff", "no_place"})
_SHORT = 8
_TRADE = frozenset({"domain", "measure", "tariff"})
_OF_MANY = frozenset({"who", "country_word", "by_country", "limit", "nth", "bounds", "count", "group"})
"""Cues of a list within the sentence that “they” may stand for."""
_THEIR_DOING = frozenset({"deficit", "surplus", "imports", "exports", "buy", "sell", "partner_word"})


def refuse(
    frames: Sequence[Frame], chosen: Chosen | None, knowledge: Knowledge, free: frozenset[str], before: Turn | None
) -> NotUnderstood:
    """The most helpful reason for the frame that came nearest to a question."""
    frame = max(frames, key=lambda one: (len(one.features & _TRADE), len(one.features)))
    known = _gap(frame, knowledge) or (which_one(frame, knowledge) if frame.ambiguous and frame.features & _TRADE else None)
    if known is not None:
        return known
    unknown = frame.unexplained(free)
    about_trade = bool(frame.features & _TRADE)
    if about_trade and frame.features & {"domestic"} and not frame.features & {"partner"}:
        return NotUnderstood("refuse", "domestic", _said(frame, Kind.DOMESTIC), choices=(_question("total US goods deficit"),))
    if about_trade and "part" in frame.features and not frame.features & {"partner"}:
        whole = frame.ids(Kind.PART)[0]
        return NotUnderstood(
            "refuse", "part", _said(frame, Kind.PART), (whole,), (_question(f"deficit with {knowledge.partners[whole].name}"),)
        )
    if about_trade:
        found = trouble(frame, chosen, knowledge)
        if found is not None:
            return found
        return _unknown(frame, unknown, knowledge)
    strange = any(not mark.senses and len(mark.key) > 1 for mark in frame.marks)
    if before is None and not strange and not frame.names and points_back(frame) and len(frame.marks) <= _SHORT:
        return NotUnderstood("clarify", "no_context", choices=_examples())
    said_something = any(mark.senses for mark in frame.marks)
    if said_something and not unknown and before is None and len(frame.marks) <= 6 and not frame.names:
        return NotUnderstood("clarify", "no_context", choices=_examples())
    if before is not None and said_something and not unknown and not frame.names and points_back(frame) and len(frame.marks) <= _SHORT:
        return NotUnderstood("clarify", "no_context", choices=_examples())
    if not unknown and frame.names and len(frame.marks) <= 8:
        return _nearest(frame, knowledge)
    return _goods_of(frame, knowledge) or NotUnderstood("refuse", "not_trade", choices=_examples())


def _goods_of(frame: Frame, knowledge: Knowledge) -> NotUnderstood | None:
    """“Chinese electric vehicles”: goods of a partner, of which it is not said what is asked."""
    goods, places = (
        frame.things.get("chapter"),
        [sense for mark in frame.marks for sense in mark.senses.places if sense.kind is Kind.PARTNER],
    )
    if not goods or len(places) != 1 or len(frame.marks) > _GOODS or frame.features & _BLOCKING:
        return None
    if any(not mark.is_name and not mark.has(Kind.CHAPTER, Kind.FILLER) for mark in frame.marks):
        return None
    name, said = _name(places[0].id, knowledge), " ".join(mark.said for mark in frame.marks if mark.has(Kind.CHAPTER))
    choices = (_question(f"imports of {said} from {name}"), _question(f"tariff on {said} from {name}"))
    return NotUnderstood("clarify", "incomplete", f"{said} from {name}", (places[0].id,), choices)


def _gap(frame: Frame, knowledge: Knowledge) -> NotUnderstood | None:
    """Something that the moderators know to be missing."""
    gap = gap_in(" ".join(mark.said for mark in frame.marks), knowledge.gaps)
    if gap is None:
        return None
    nearest = _nearest(frame, knowledge).choices if frame.names else _examples()
    return NotUnderstood("refuse", "gap", gap.says, choices=tuple(map(_question, gap.see)) or nearest)


def trouble(frame: Frame, chosen: Chosen | None, knowledge: Knowledge) -> NotUnderstood | None:
    """Trade that is not the US's, or that could be read two ways; None when the direction is clear."""
    if chosen is not None and chosen.intent.own_voice:
        return None
    if _of_nobody(frame):
        return NotUnderstood("clarify", "no_context", choices=_examples())
    if "tariff" in frame.features:
        return _tariff_of_another(frame, knowledge)
    if frame.amounts.bad:
        return NotUnderstood("clarify", "ranking_bad_number", frame.amounts.bad, choices=_examples())
    partners = frame.ids(Kind.PARTNER, Kind.GROUP)
    if not frame.trade.trouble:
        return None
    name = _name(partners[0], knowledge) if partners else ""
    if frame.trade.trouble == "both_sides":
        choices = (_question(f"total trade with {name}"), _question(f"US imports from {name}"))
        return NotUnderstood("clarify", "two_readings", name, partners[:1], choices)
    if frame.trade.trouble == "two_readings":
        choices = (_question(f"US exports to {name}{_when(frame)}"), _question(f"US imports from {name}{_when(frame)}"))
        return NotUnderstood("clarify", "two_readings", name, partners[:1], choices)
    nearest = (_question(f"US imports from {name}"), _question(f"deficit with {name}")) if name else _examples()
    outcome = "clarify" if frame.trade.trouble == "their_share" else "refuse"
    return NotUnderstood(outcome, "other_country", name, partners, nearest)


def _of_nobody(frame: Frame) -> bool:
    """“their exports to us”, “do they have a surplus with us”, where nobody was spoken of: no figure is meant, least of all the world's."""
    if frame.names or not frame.features.isdisjoint(_OF_MANY):
        return False
    pairs = tuple(pairwise(frame.marks))
    theirs = any(mark.key == "their" and following.is_(*MEASURES) for mark, following in pairs)
    theirs = theirs or any(mark.key in _BEFORE_A_NAME and following.key in ("them", "there") for mark, following in pairs)
    they = any(mark.key == "they" for mark in frame.marks) and not frame.features.isdisjoint(_THEIR_DOING)
    return theirs or (they and not frame.features.isdisjoint({"us", "partner_word"}))


def _tariff_of_another(frame: Frame, knowledge: Knowledge) -> NotUnderstood | None:
    """“EU tariffs on Chinese cars”: what one partner charges on the goods of another is not held."""
    names = {name.at: name for name in frame.names if name.kind in (Kind.PARTNER, Kind.GROUP)}
    levied = any(mark.is_("tariff") for mark in frame.marks)
    for index, mark in enumerate(frame.marks):
        asked = levied and mark.key in _ASKING
        payee = names.get(index + 1) if asked else names.get(_last_word(frame, index - 1)) if mark.is_("tariff") else None
        if payee is None or payee.preposition:
            continue
        other = next(
            (name for at, name in names.items() if at > max(index, payee.at) and name.preposition in ("on", "from", "against")), None
        )
        if other is None or other.id == payee.id or "us" in frame.features or frame.features & _BOTH:
            return None
        called = _name(other.id, knowledge)
        return NotUnderstood("refuse", "other_tariff", called, (other.id,), (_question(f"US tariffs on {called}"),))
    return None


def _last_word(frame: Frame, index: int) -> int:
    """The mark before a tariff word, over what may stand between it and a name (“the EU's import duty”, “India's high tariffs”)."""
    while index >= 0 and (frame.marks[index].key in _BETWEEN or frame.marks[index].is_("imports")):
        index -= 1
    return index


def _when(frame: Frame) -> str:
    """The period that was said, so that a choice keeps it."""
    return f" {frame.whens[0].said}" if frame.whens else ""


def which_one(frame: Frame, knowledge: Knowledge) -> NotUnderstood:
    """A name that several partners answer to."""
    ambiguity = next(one for one in knowledge.places.ambiguous if one.id == frame.ambiguous)
    ask = next((asked for cue, asked in _ASKED_OF.items() if cue in frame.features), "deficit with")
    choices = tuple(
        Choice(knowledge.partners[one].name, f"{ask} {knowledge.partners[one].name}{_when(frame)}")
        for one in ambiguity.partners
        if one in knowledge.partners
    )
    return NotUnderstood("clarify", "ambiguous", _said(frame, Kind.AMBIGUOUS), ambiguity.partners, choices)


def _unknown(frame: Frame, unknown: Sequence[Mark], knowledge: Knowledge) -> NotUnderstood:
    """A trade question with a part that nothing explains: name that part, and the nearest question without it."""
    unknown = [mark for mark in unknown if not mark.senses] or unknown
    if not unknown:
        return _nearest(frame, knowledge)
    said = " ".join(mark.said for mark in unknown[:3])[:_QUOTED]
    near = [name for mark in unknown for name in mark.near]
    if frame.names:
        return NotUnderstood("refuse", "unknown_words", said, frame.ids(Kind.PARTNER), _nearest(frame, knowledge).choices)
    choices = tuple(_question(f"deficit with {name.title()}") for name in near[:3]) or _examples()
    named = any(_in_place_of_a_name(frame, index) for index, mark in enumerate(frame.marks) if mark in unknown)
    return NotUnderstood("clarify" if near else "refuse", "unknown_partner" if named else "unknown_words", said, choices=choices)


def _in_place_of_a_name(frame: Frame, index: int) -> bool:
    """“deficit with Narnia”: no English word, and where a partner would stand; “tariff on robots” names no partner."""
    mark = frame.marks[index]
    strange = mark.key not in english_words() or mark.said[:1].isupper()
    return mark.key.isalpha() and strange and preposition(frame.marks, index) in _BEFORE_A_NAME


def _nearest(frame: Frame, knowledge: Knowledge) -> NotUnderstood:
    areas = frame.ids(Kind.PARTNER, Kind.GROUP)
    if not areas:
        return NotUnderstood("clarify", "incomplete", choices=_examples())
    name = _name(areas[0], knowledge)
    choices = (_question(f"deficit with {name}"), _question(f"imports from {name}"), _question(f"tariffs on {name}"))
    return NotUnderstood("clarify", "incomplete", name, areas[:1], choices)


def _name(area: str, knowledge: Knowledge) -> str:
    return knowledge.partners[area].in_text if area in knowledge.partners else knowledge.groups[area].in_text


def _said(frame: Frame, kind: Kind) -> str:
    return next((name.said for name in frame.names if name.kind is kind), "")[:_QUOTED]


def _question(text: str) -> Choice:
    return Choice(text, text)


def _examples() -> tuple[Choice, ...]:
    return (_question("top 10 deficits"), _question("deficit with Vietnam"), _question("tariffs on Canada"))
