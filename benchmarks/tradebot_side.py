"""tradebot as the benchmark sees it, and knowledge with more names and phrases than there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from peers import Names, Reading

from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query
from tradebot.understanding.reader import Reader

TODAY = dt.date(2026, 11, 23)
_SYLLABLES = (
    "bar",
    "den",
    "fol",
    "gar",
    "hol",
    "jin",
    "kel",
    "lom",
    "mur",
    "nav",
    "por",
    "quil",
    "rost",
    "sav",
    "tir",
    "und",
    "vel",
    "wog",
    "yar",
    "zim",
)
_INTENTS = {
    "balance": ("partner_balance", "partner_summary"),
    "imports": ("partner_imports",),
    "exports": ("partner_exports",),
    "trade": ("partner_trade",),
    "tariff": ("partner_tariffs", "tariff_status", "tariff_targets", "tariff_timeline"),
    "rank": ("rank_of",),
    "trend": ("trend", "change"),
    "compare": ("compare", "plus_one_visible"),
    "ranking": ("ranking",),
    "define": ("definition", "view", "view_tariff", "policy"),
}
_KINDS = {intent: kind for kind, intents in _INTENTS.items() for intent in intents}


def reading(reader: Reader) -> Callable[[str], Reading | None]:
    refusing = {intent.id for intent in reader.knowledge.intents if intent.family == "refuse"}

    def read(question: str) -> Reading | None:
        found = reader.read(question, today=TODAY)
        if not isinstance(found, Query) or found.intent in refusing:
            return None
        return _KINDS.get(found.intent, found.intent), frozenset(found.partners)

    return read


def names_of(knowledge: Knowledge) -> Names:
    """Names, strong aliases and peoples of the partners in lower case, the words of every cue, and the terms that are defined."""
    ids: dict[str, str] = {}
    for partner in knowledge.partners.values():
        articled = [f"the {name}" for name in (partner.name, *partner.aliases)] if partner.the else []
        for name in (partner.name, *partner.aliases, *articled, *partner.demonym_forms):
            if all(char.isalpha() or char == " " for char in name):
                ids.setdefault(name.lower(), partner.id)
    terms = [term.lower() for card in knowledge.definitions.values() for term in (*card.terms, *card.weak) if term.isascii()]
    return Names(ids, knowledge.words.cues, terms)


def invented(count: int) -> list[str]:
    """That many names that no country has, each unlike the others."""
    size = len(_SYLLABLES)
    return [
        (_SYLLABLES[at % size] + _SYLLABLES[at // size % size] + _SYLLABLES[at // size // size % size] + "ia").capitalize()
        for at in range(count)
    ]


def with_partners(knowledge: Knowledge, count: int) -> Knowledge:
    """The knowledge with that many partners: invented ones, without figures, are added to the real ones."""
    like = knowledge.partners["VN"]
    extra = {
        f"X{at}": like.model_copy(update={"id": f"X{at}", "iso3": None, "name": name, "aliases": (), "weak": (), "demonyms": ()})
        for at, name in enumerate(invented(count - len(knowledge.partners)))
    }
    return replace(knowledge, partners={**knowledge.partners, **extra})


def with_phrases(knowledge: Knowledge, count: int) -> Knowledge:
    """The knowledge with that many more phrases, spread over its intents."""
    intents = list(knowledge.intents)
    words = invented(count)
    for at, intent in enumerate(intents):
        phrases = tuple(f"tell me of {words[place].lower()} once more" for place in range(at, count, len(intents)))
        intents[at] = intent.model_copy(update={"phrases": (*intent.phrases, *phrases)})
    return replace(knowledge, intents=tuple(intents))
