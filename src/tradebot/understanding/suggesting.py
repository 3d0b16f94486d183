"""Suggesting what somebody may be typing: partners, groups, goods and terms, by any name, code or flag, and with typos.

typed ─▶ named exactly so ─▶ begins so ─▶ holds it ─▶ spelled nearly so ─▶ (name, id)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from rapidfuzz import fuzz, process

from tradebot.knowledge.definitions import Definition
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import IMPORTS
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric
from tradebot.understanding.lexicon import Kind, Lexicon
from tradebot.understanding.text import phrase_key

CLOSE_ENOUGH = 72
"""rapidfuzz ratio from which a typo is offered; a choice is shown, not taken, so it may be generous."""
SHORTEST_TYPO = 3
FEW = 3
"""Completions below which names that are spelled nearly so are offered as well."""


class Sort(StrEnum):
    """What a field takes: a partner or a group, only a group, a chapter or sector of goods, a term."""

    AREA = "area"
    GROUP = "group"
    GOODS = "goods"
    TERM = "term"


_KINDS: Mapping[Sort, tuple[Kind, ...]] = {
    Sort.AREA: (Kind.PARTNER, Kind.GROUP),
    Sort.GROUP: (Kind.GROUP,),
    Sort.GOODS: (Kind.CHAPTER,),
    Sort.TERM: (Kind.TERM, Kind.WEAK_TERM),
}


class Suggester:
    """Completions from one knowledge snapshot, what is traded most first."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon) -> None:
        groups = {group.id: group.name for group in knowledge.groups.values()}
        chapters, sectors = knowledge.chapters.values(), knowledge.sectors.values()
        goods = {**{sector.id: sector.title for sector in sectors}, **{chapter.id: chapter.title for chapter in chapters}}
        names: Mapping[Sort, dict[str, str]] = {
            Sort.AREA: {**{partner.id: partner.name for partner in knowledge.partners.values()}, **groups},
            Sort.GROUP: groups,
            Sort.GOODS: goods,
            Sort.TERM: {card.id: _called(card) for card in knowledge.definitions.values()},
        }
        orders = {Sort.AREA: _partners(knowledge), Sort.GOODS: _chapters(knowledge)}
        codes = {**{code.lower(): held for code, held in lexicon.codes.items()}, **lexicon.flags}
        numbers = {f"{before}{each.number}": each.id for each in chapters for before in ("", "hs", "hs ", "chapter ")}
        more = {Sort.AREA: codes, Sort.GOODS: numbers}
        self._completers = {
            sort: _Completer(names[sort], _phrases(lexicon, _KINDS[sort]), more.get(sort, {}), orders.get(sort) or list(names[sort]))
            for sort in Sort
        }

    def suggest(self, typed: str, limit: int = 25, sort: Sort = Sort.AREA) -> list[tuple[str, str]]:
        """(name, id) pairs, the likeliest first; what is traded most where nothing was typed."""
        return self._completers[sort].complete(phrase_key(typed), limit)

    def exact(self, typed: str, sort: Sort = Sort.AREA) -> tuple[str, str] | None:
        """(name, id) of the one thing that is called exactly so, in any case or language, by its code or its flag."""
        return self._completers[sort].exact(phrase_key(typed))


class _Completer:
    """One sort of things: `names` by id, `phrases` and `codes` (which mean one thing whole only) to ids, `order` by rank."""

    def __init__(self, names: Mapping[str, str], phrases: Mapping[str, str], codes: Mapping[str, str], order: Sequence[str]) -> None:
        self._names = names
        self._order = order
        self._codes = codes
        self._phrases = {phrase: held for phrase, held in phrases.items() if held in names}
        place = {held: index for index, held in enumerate(order)}
        self._place = lambda held: place.get(held, len(place))

    def complete(self, key: str, limit: int) -> list[tuple[str, str]]:
        if not key:
            return self._named(self._order, limit)
        whole = [held[key] for held in (self._phrases, self._codes) if key in held]
        begins = sorted({held for phrase, held in self._phrases.items() if phrase.startswith(key)}, key=self._place)
        holds = sorted({held for phrase, held in self._phrases.items() if f" {key}" in phrase}, key=self._place)
        found = list(dict.fromkeys([*whole, *begins, *holds]))
        if len(found) < FEW and len(key) >= SHORTEST_TYPO:
            near = process.extract(key, self._phrases.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=limit)
            found += [self._phrases[phrase] for phrase, *_ in near]
        return self._named(found, limit)

    def exact(self, key: str) -> tuple[str, str] | None:
        held = self._phrases.get(key) or self._codes.get(key, "")
        return (self._names[held], held) if held in self._names else None

    def _named(self, ids: Iterable[str], limit: int) -> list[tuple[str, str]]:
        return [(self._names[held], held) for held in dict.fromkeys(ids) if held in self._names][:limit]


def _phrases(lexicon: Lexicon, kinds: tuple[Kind, ...]) -> dict[str, str]:
    """Every phrase that can mean a thing of these kinds, with the first that it means."""
    found: dict[str, str] = {}
    for phrase, senses in lexicon.phrases():
        for sense in senses:
            if sense.kind in kinds:
                found.setdefault(phrase, sense.id)
    return found


def _called(card: Definition) -> str:
    """The card's title where it is one of its terms, else the first of them."""
    terms = (*card.terms, *card.weak)
    return card.title if card.title.lower() in (term.lower() for term in terms) else terms[0]


def _partners(knowledge: Knowledge) -> list[str]:
    return [figure.partner for figure in knowledge.record.ranking(Metric.TOTAL_TRADE, knowledge.record.latest_year)]


def _chapters(knowledge: Knowledge) -> list[str]:
    """Chapters by what is imported of them."""
    years = knowledge.record.chapter_years(IMPORTS)
    traded = knowledge.record.chapters_of(WORLD, years[-1]) if years else []
    return [figure.metric.rpartition(".")[2] for figure in traded]
