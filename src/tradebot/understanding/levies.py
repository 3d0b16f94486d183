"""Levies: whether a question about tariffs means what a partner charges on American goods, which is not held."""

from __future__ import annotations

from collections.abc import Sequence

from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark
from tradebot.understanding.named import AUXILIARIES, Named, preposition

_LEVIES = frozenset(
    {"have", "has", "had", "put", "puts", "impose", "imposes", "imposed", "charge", "charges", "levy", "place", "raise", "raised"}
)


def _taxes_goods(marks: Sequence[Mark], name: Named) -> bool:
    """“import duty in India on gold”, “customs in Kenya for used cars”."""
    return name.at + 2 < len(marks) and marks[name.at + 1].key in ("on", "for") and marks[name.at + 2].has(Kind.PRODUCT, Kind.CHAPTER)


def _charges(marks: Sequence[Mark], name: Named, us: Sequence[int]) -> bool:
    """“the tariff China charges on Boeing”, “… puts on us”."""
    if name.at + 3 >= len(marks) or marks[name.at + 1].key not in _LEVIES or marks[name.at + 2].key not in ("on", "against"):
        return False
    return marks[name.at + 3].is_("american_wares") or name.at + 3 in us


def charged_by_partner(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int]) -> bool:
    """“does China have tariffs on US goods”, “duty from the US to India”: not what the US charges. `us` are the marks that name the US."""
    at = next((index for index, mark in enumerate(marks) if mark.is_("tariff")), None)
    if at is None:
        return False
    if any(name.preposition == "in" and _taxes_goods(marks, name) for name in named):
        return True
    if any(preposition(marks, index) == "from" for index in us) and any(name.preposition in ("to", "into", "in") for name in named):
        return True
    if not us and len(named) > 1 and named[0].preposition == "between":
        return True
    if any(_charges(marks, name, us) for name in named if name.at > at):
        return True
    aimed = [index for index in us if index > at and preposition(marks, index) in ("on", "against")]
    owners = [name for name in named if name.at < at and not name.preposition and not any(index < at for index in us)]
    owners += [name for name in named if name.at > at and marks[name.at - 1].key in AUXILIARIES]  # “what tariffs does China put on us”
    wares = at + 2 < len(marks) and marks[at + 1].key in ("on", "against") and marks[at + 2].is_("american_wares")
    if wares and any(name.at == at - 1 and not name.preposition for name in owners):
        return True  # “Chinese tariffs on soybeans”
    if not aimed or not owners:
        return False
    owner = owners[-1]
    levies = any(mark.key.split(" ")[0] in _LEVIES or mark.is_("impose", "pay") for mark in marks[: max(at, owner.at + 2)])
    return owner.at == at - 1 or levies
