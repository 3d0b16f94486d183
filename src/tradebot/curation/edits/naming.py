"""What a moderator types, to what the files call it: partners and groups by any name, amounts in USD million."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tradebot.curation.faults import CurationError
from tradebot.knowledge.models_partners import Group, Partner, load_groups, load_partners
from tradebot.knowledge.name_claims import fold_name, names_of
from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import Problems, did_you_mean
from tradebot.knowledge.record import WORLD

_AMOUNT = re.compile(r"\$?\s*([-−]?[\d,]*\d(?:\.\d+)?)\s*\$?\s*(mn|m|million|bn|b|billion|tn|trillion)?", re.IGNORECASE)
_SCALES = {"b": 1e3, "t": 1e6}


@dataclass(frozen=True, slots=True)
class Named:
    """A partner or group: its id, how it is called in a sentence, and the file it stands in."""

    id: str
    called: str
    file: Path


def area_of(root: Path, said: str) -> Named:
    """The partner or group that a name, alias or code means. Raises CurationError."""
    known = _areas(root)
    wanted = fold_name(said)
    for name, area in known.items():
        if said.strip().upper() == name or wanted in {fold_name(each) for each in names_of(area)}:
            return Named(name, area.in_text, _file_of(root, name))
    if wanted in ("world", "the world", "total"):
        return Named(WORLD, "the world", root)
    near = did_you_mean(said, [name for area in known.values() for name in names_of(area)])
    raise CurationError(f"I know no partner or group called “{said[:60]}”{near}{'' if near else '.'}")


def _areas(root: Path) -> dict[str, Partner | Group]:
    problems = Problems()
    partners = load_partners(root, problems)
    return {**partners, **load_groups(root, problems, partners)}


def _file_of(root: Path, name: str) -> Path:
    """The file whose id it is; groups are called by theirs, partners by their names."""
    line = re.compile(rf"^id: *[\"']?{re.escape(name)}[\"']?\s*$", re.MULTILINE)
    for folder in ("partners", "groups"):
        for path in sorted((root / folder).glob("*.yaml")):
            if line.search(path.read_text(encoding="utf-8", errors="replace")):
                return path
    raise CurationError(f"No file has the id {name}.")


def amount(said: str) -> float:
    """`194.5 bn`, `$97 million`, `193900` (USD million) to USD million. Raises CurationError."""
    match = _AMOUNT.fullmatch(said.strip())
    if match is None:
        raise CurationError(f"“{said[:40]}” is no amount; write 194.5 bn, or 194500 for USD million.")
    number = float(match[1].replace(",", "").replace("−", "-"))
    return round(number * _SCALES.get((match[2] or "m")[0].lower(), 1.0), 6)


def period(said: str) -> Period:
    """`2025`, `2025-03` or `2026-01/2026-07`. Raises CurationError."""
    with suppress(ValueError):
        found = Period.parse(said.strip())
        if found.id == said.strip() and found.first <= found.last:
            return found
    raise CurationError(f"“{said[:40]}” is no period; write 2025, 2025-03 or 2026-01/2026-07.")
