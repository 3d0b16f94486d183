"""Writes knowledge/names.csv: what partners and groups are called in other languages, from the CLDR by Babel.

    python tools/cldr_names.py [KNOWLEDGE_DIRECTORY]

One row per spelling, with the languages that use it. Left out are names we have anyway, names that two partners share
across languages (listed on standard error) and names that mean something else to most people.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel import Locale

from tradebot.knowledge.models_partners import Group, Partner, load_groups, load_partners
from tradebot.knowledge.name_claims import Claims, fold_name
from tradebot.knowledge.places import Places, load_places
from tradebot.knowledge.problems import Problems

LANGUAGES = (
    *("ar", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nb", "nl", "pl"),
    *("pt", "pt_PT", "ro", "ru", "sv", "th", "tl", "tr", "uk", "vi", "zh", "zh_Hant"),
)
GROUP_TERRITORIES = {
    "EU": "EU",
    "EZ": "EURO-AREA",
    "002": "AFRICA",
    "142": "ASIA",
    "150": "EUROPE",
    "009": "OCEANIA",
    "003": "NORTH-AMERICA",
    "005": "SOUTH-AMERICA",
    "013": "CENTRAL-AMERICA",
    "029": "CARIBBEAN",
    "019": "AMERICAS",
    "419": "LATIN-AMERICA",
    "015": "NORTH-AFRICA",
    "202": "SUBSAHARAN-AFRICA",
    "143": "CENTRAL-ASIA",
    "035": "SOUTHEAST-ASIA",
    "151": "EASTERN-EUROPE",
    "PS": "PALESTINE",
}
# Former countries under the code that the CLDR may still have for them.
OLD_CODES = {"ANHH": "AN", "CSXX": "CS", "NTHH": "NT"}

# Folded spellings that are words or names of people in English, cities, or what people call the United States.
OTHER_MEANINGS = frozenset(
    (
        *("america", "amerika", "amerique", "америка", "bahama", "brasilia", "chili", "cile", "dominique", "georgie"),
        *("granada", "grenade", "guadalupe", "indie", "island", "keeling", "maurice", "mauricio", "norfolk", "suede"),
    )
)
# Their asides only say “special administrative region”.
NO_ASIDES = frozenset(("HK", "MO"))

SHORTEST_LATIN, SHORTEST = 4, 2
"""Letters of a folded name: “bi” and “y” are Vietnamese for Belgium and Italy, “金” is the Congo of Kinshasa."""

_ASIDE = re.compile(r"^(?P<name>[^()（）]+?)\s*[(（](?P<other>[^()（）]+)[)）]$")

Found = dict[tuple[str, str], list[str]]
"""(id, spelling) → the languages that spell it so, in the order of LANGUAGES."""


def spellings(name: str, whole: frozenset[str]) -> Iterator[str]:
    """A name, or both of “Myanmar (Burma)”; not an aside that is another's name (`whole`): “Hongkong (Čína)”."""
    match = _ASIDE.match(name)
    yield match["name"] if match else name
    if match and fold_name(match["other"]) not in whole:
        yield match["other"]


def collect(wanted: Mapping[str, str]) -> Found:
    """All spellings of the wanted CLDR territories, whose ids `wanted` gives."""
    found: Found = defaultdict(list)
    for language in LANGUAGES:
        names = Locale.parse(language).territories
        whole = frozenset(fold_name(name) for name in names.values())
        for code in wanted.keys() & names.keys():
            several = list(spellings(names[code], whole))
            for spelling in several[:1] if code in NO_ASIDES else several:
                found[wanted[code], spelling].append(language)
    return found


def is_usable(folded: str) -> bool:
    """Whether a folded spelling names nothing else and is long enough to be meant."""
    return folded not in OTHER_MEANINGS and len(folded) >= (SHORTEST_LATIN if folded.isascii() else SHORTEST)


def choose(found: Found, partners: Mapping[str, Partner], groups: Mapping[str, Group], places: Places) -> tuple[list[list[str]], list[str]]:
    """The rows of names.csv, and a sentence for each spelling that several partners share."""
    claims = Claims(partners, groups)
    apart = {fold_name(name) for name in (*places.domestic, *places.parts, *(name for one in places.ambiguous for name in one.names))}
    sharing: dict[str, set[str]] = defaultdict(set)
    for owner, spelling in found:
        sharing[fold_name(spelling)] |= {owner, claims.owner(spelling)} - {""}
    rows, left_out = [], []
    for (owner, spelling), languages in found.items():
        folded = fold_name(spelling)
        if others := sharing[folded] - {owner}:
            left_out.append(f"left out: {spelling} ({owner}, {' '.join(languages)}) is also {', '.join(sorted(others))}")
        elif not claims.owner(spelling) and folded not in apart and is_usable(folded):
            rows.append([owner, " ".join(languages), spelling])
    return sorted(rows), sorted(left_out)


def make(root: Path) -> tuple[str, list[str]]:
    """The content of names.csv and what was left out. Raises KnowledgeError where the files under `root` are faulty."""
    problems = Problems()
    partners = load_partners(root, problems)
    groups = load_groups(root, problems, partners)
    places = load_places(root, problems, partners, groups)
    problems.raise_if_any()
    wanted = {OLD_CODES.get(partner, partner): partner for partner in partners}
    wanted |= {code: group for code, group in GROUP_TERRITORIES.items() if group in groups}
    rows, left_out = choose(collect(wanted), partners, groups, places)
    return as_csv([["partner", "language", "name"], *rows]), left_out


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    """Rows as comma-separated lines."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def main(directory: Path) -> None:
    """Rewrites the file."""
    content, left_out = make(directory)
    (directory / "names.csv").write_text(content, encoding="utf-8")
    sys.stderr.writelines(f"{line}\n" for line in left_out)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "knowledge"))
