"""Levies: whether a question about tariffs means what a partner charges on American goods, which is not held."""

from __future__ import annotations

from collections.abc import Sequence

from tradebot.understanding.marks import Mark
from tradebot.understanding.roles import Named, preposition

_LEVIES = frozenset(
    {"have", "has", "had", "put", "puts", "impose", "imposes", "imposed", "charge", "charges", "levy", "place", "raise", "raised"}
)


def charged_by_partner(marks: Sequence[Mark], named: Sequence[Named], us: Sequence[int]) -> bool:
    """“does China have tariffs on US goods”, “duty from the US to India”: not what the US charges. `us` are the marks that name the US."""
    at = next((index for index, mark in enumerate(marks) if mark.is_("tariff")), None)
    if at is None:
        return False
    if any(preposition(marks, index) == "from" for index in us) and any(name.preposition in ("to", "into", "in") for name in named):
        return True
    aimed = [index for index in us if index > at and preposition(marks, index) in ("on", "against")]
    owners = [name for name in named if name.at < at and not name.preposition and not any(index < at for index in us)]
    if not aimed or not owners:
        return False
    owner = owners[-1]
    levies = any(mark.key.split(" ")[0] in _LEVIES or mark.is_("impose", "pay") for mark in marks[:at])
    return owner.at == at - 1 or levies
