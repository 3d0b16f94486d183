"""Suggesting partners and groups for what somebody has typed so far: names, aliases, codes, flags, and typos."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric
from tradebot.understanding.lexicon import Kind, Lexicon
from tradebot.understanding.text import phrase_key

CLOSE_ENOUGH = 72
"""rapidfuzz ratio from which a typo is offered; a choice is shown, not taken, so it may be generous."""


class Suggester:
    """Completions from one knowledge snapshot, the largest traders first."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self._knowledge = knowledge
        self._codes = {**{code.lower(): held for code, held in lexicon.codes.items()}, **lexicon.flags}
        self._order = [figure.partner for figure in knowledge.record.ranking(Metric.TOTAL_TRADE, knowledge.record.latest_year)]
        place = {partner: index for index, partner in enumerate(self._order)}
        self._place = lambda partner: place.get(partner, len(place))
        self._phrases: dict[str, str] = {}
        for phrase, senses in lexicon.phrases():
            for sense in senses:
                if sense.kind in (Kind.PARTNER, Kind.GROUP):
                    self._phrases.setdefault(phrase, sense.id)

    def suggest(self, typed: str, limit: int = 25) -> list[tuple[str, str]]:
        """(name, id) pairs: what starts so, then what holds it, then what is spelled nearly so."""
        key = phrase_key(typed)
        if not key:
            return self._named(self._order, limit)
        code = [self._codes[key]] if key in self._codes else []
        exact = [self._phrases[key]] if key in self._phrases else []
        starts = sorted({held for phrase, held in self._phrases.items() if phrase.startswith(key)}, key=self._place)
        holds = sorted({held for phrase, held in self._phrases.items() if f" {key}" in phrase}, key=self._place)
        found = list(dict.fromkeys([*exact, *code, *starts, *holds]))
        if len(found) < 3 and len(key) >= 3:
            near = process.extract(key, self._phrases.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=limit)
            found += [self._phrases[phrase] for phrase, *_ in near]
        return self._named(found, limit)

    def _named(self, ids: Iterable[str], limit: int) -> list[tuple[str, str]]:
        names = {partner.id: partner.name for partner in self._knowledge.partners.values()}
        names |= {group.id: group.name for group in self._knowledge.groups.values()}
        return [(names[held], held) for held in dict.fromkeys(ids) if held in names][:limit]
