"""The vocabulary: what of a knowledge snapshot has names, and nothing else, so that revisions with the same share what is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tradebot.knowledge import tariff_models
from tradebot.knowledge.models_chapters import Chapter, Sector
from tradebot.knowledge.models_partners import Group, Partner
from tradebot.knowledge.places import Places
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.words import Words


class Vocabulary(NamedTuple):
    """All that a lexicon is made of; `definitions` are ids with their terms, strong and weak, `intents` ids with their phrases."""

    partners: Mapping[str, Partner]
    groups: Mapping[str, Group]
    names: tuple[tuple[str, str], ...]
    places: Places
    definitions: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    products: Mapping[str, tariff_models.Product]
    laws: Mapping[str, tariff_models.Authority]
    families: Mapping[str, tariff_models.Family]
    chapters: Mapping[str, Chapter]
    sectors: Mapping[str, Sector]
    words: Words
    intents: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Vocabulary:
        tariffs = knowledge.tariffs
        return cls(
            partners=knowledge.partners,
            groups=knowledge.groups,
            names=knowledge.names,
            places=knowledge.places,
            definitions=tuple((card.id, card.terms, card.weak) for card in knowledge.definitions.values()),
            products=tariffs.products,
            laws=tariffs.laws,
            families=tariffs.families,
            chapters=knowledge.chapters,
            sectors=knowledge.sectors,
            words=knowledge.words,
            intents=tuple((intent.id, intent.phrases) for intent in knowledge.intents),
        )
