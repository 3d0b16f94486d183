"""Suggesting what somebody may be typing: partners, groups, goods and terms, by any name, code or flag, and with typos.

typed ─▶ named exactly so ─▶ begins so ─▶ holds it ─▶ spelled nearly so ─▶ begins nearly so ─▶ (name, id)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from rapidfuzz import fuzz, process

from tradebot.knowledge.definitions import Definition
from tradebot.knowledge.models_partners import Group
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
        orders = {
            Sort.AREA: _partners(knowledge),
            Sort.GROUP: _groups(knowledge),
            Sort.GOODS: _chapters(knowledge),
            Sort.TERM: _terms(knowledge),
        }
        codes = {**{code.lower(): held for code, held in lexicon.codes.items()}, **lexicon.flags}
        numbers = {f"{before}{each.number}": each.id for each in chapters for before in ("", "hs", "hs ", "chapter ")}
        more = {Sort.AREA: codes, Sort.GOODS: numbers}
        self._completers = {
            sort: _Completer(names[sort], _phrases(lexicon, _KINDS[sort]), more.get(sort, {}), orders[sort] or list(names[sort]))
            for sort in Sort
        }

    def suggest(self, typed: str, limit: int = 25, sort: Sort = Sort.AREA, first: Iterable[str] = ()) -> list[tuple[str, str]]:
        """(name, id) pairs, the likeliest first; where nothing was typed the ids of `first`, then what is traded most."""
        return self._completers[sort].complete(phrase_key(typed), limit, first)

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
        self._place: Callable[[str], int] = lambda held: place.get(held, len(place))

    def complete(self, key: str, limit: int, first: Iterable[str]) -> list[tuple[str, str]]:
        if not key:
            return self._named((*first, *self._order), limit)
        whole = [held[key] for held in (self._phrases, self._codes) if key in held]
        begins = sorted({held for phrase, held in self._phrases.items() if phrase.startswith(key)}, key=self._place)
        holds = sorted({held for phrase, held in self._phrases.items() if f" {key}" in phrase}, key=self._place)
        found = list(dict.fromkeys([*whole, *begins, *holds]))
        if len(found) < FEW and len(key) >= SHORTEST_TYPO:
            found += self._near(key, None, limit) or self._near(key, len(key), limit)
        return self._named(found, limit)

    def _near(self, key: str, length: int | None, limit: int) -> list[str]:
        """What is spelled nearly so, in its first `length` letters or (None) whole."""
        begun = {phrase: phrase[:length] for phrase in self._phrases}
        near = process.extract(key, begun, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=limit)
        return [self._phrases[phrase] for _, _, phrase in sorted(near, key=lambda hit: (-hit[1], self._place(self._phrases[hit[2]])))]

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
    return list(_trade(knowledge))


def _trade(knowledge: Knowledge) -> dict[str, float]:
    """What partners traded in the latest complete year, the largest first."""
    return {each.partner: each.value for each in knowledge.record.ranking(Metric.TOTAL_TRADE, knowledge.record.latest_year)}


def _groups(knowledge: Knowledge) -> list[str]:
    """Groups by the trade of their members; mere lists come last."""
    trade = _trade(knowledge)

    def place(group: Group) -> tuple[bool, float]:
        return group.kind == "list", -sum(trade.get(member, 0.0) for member in group.members)

    return [group.id for group in sorted(knowledge.groups.values(), key=place)]


def _terms(knowledge: Knowledge) -> list[str]:
    """Terms by how often the cards speak of them, so that the basic ones come first."""
    texts = " ".join(card.text for card in knowledge.definitions.values()).lower()
    cards = sorted(knowledge.definitions.values(), key=lambda card: -texts.count(f" {_called(card).lower()}"))
    return [card.id for card in cards]


def _chapters(knowledge: Knowledge) -> list[str]:
    """Chapters by what is imported of them."""
    years = knowledge.record.chapter_years(IMPORTS)
    traded = knowledge.record.chapters_of(WORLD, years[-1]) if years else []
    return [figure.metric.rpartition(".")[2] for figure in traded]
