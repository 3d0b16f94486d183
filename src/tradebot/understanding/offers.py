"""Offers: a reply to “which one?” (“the DR one”, “imports”, “the second”) becomes the question that was offered.

“trade with Congo” ─▶ which one: DR Congo or Republic of the Congo? ─ “the DR one” ─▶ “total trade with DR Congo”
"""

from __future__ import annotations

from collections.abc import Sequence

from tradebot.query import Choice, NotUnderstood, Understood
from tradebot.understanding import text as texts

LONGEST_REPLY = 6
"""Words of a message that can be a choice and nothing else."""

_PLAIN = frozenset("the a an one please i mean meant no yes ok sorry of with for".split())
_PLACES = {"first": 0, "1": 0, "second": 1, "2": 1, "third": 2, "3": 2, "last": -1, "latter": -1, "former": 0}


def offered(understood: Understood) -> tuple[Choice, ...]:
    """The choices of a question back, where they are about what was asked and no mere examples."""
    asks = isinstance(understood, NotUnderstood) and understood.outcome == "clarify" and understood.partners
    return understood.choices if isinstance(understood, NotUnderstood) and asks else ()


def spoken_of(understood: Understood) -> tuple[str, ...]:
    """The one partner that a question back is about; what follows is about it (“Vietnam?” ─ “which figure?” ─ “their exports to us”)."""
    asks = isinstance(understood, NotUnderstood) and understood.outcome == "clarify" and len(understood.partners) == 1
    return understood.partners if isinstance(understood, NotUnderstood) and asks else ()


def taken(message: str, choices: Sequence[Choice]) -> str:
    """The question of the one choice that a message names; empty when it names none, or several."""
    said = [word for word in _words(message) if word not in _PLAIN]
    if not choices or not said or len(said) > LONGEST_REPLY:
        return ""
    place = _PLACES.get(said[0]) if len(said) == 1 else None
    if place is not None and place < len(choices):
        return choices[place].question
    named = [choice for choice in choices if set(said) <= set(_words(choice.label))]
    whole = [choice for choice in named if len(said) == len([word for word in _words(choice.label) if word not in _PLAIN])]
    found = whole if len(whole) == 1 else named
    return found[0].question if len(found) == 1 else ""


def _words(message: str) -> list[str]:
    return [token.text for token in texts.tokens(texts.clean(message))]
