"""Mistakes in the files of partners, groups and names: each is told at its place, in a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tradebot.knowledge.models_partners import load_groups, load_names, load_partners
from tradebot.knowledge.places import load_places
from tradebot.knowledge.problems import Problems

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"

NORWAY = 'id: "NO"\nname: Norway\ncensus: ["4039"]\nkind: country\nregion: europe\n'
SWEDEN = 'id: SE\nname: Sweden\ncensus: ["4010"]\nkind: country\nregion: europe\n'
PAIR = "id: PAIR\nname: Pair\nkind: list\nmembers: [SE, NO]\nas_of: 2025-01-01\nsource: somewhere\n"
CARE = "domestic: {states: [Texas], territories: [Guam], cities: [Chicago]}\n"

MISTAKES = {
    "an alias twice": (
        {"partners/norway.yaml": NORWAY + "aliases: [Sverige]\n", "partners/sweden.yaml": SWEDEN + "aliases: [SVERIGE]\n"},
        "knowledge/partners/sweden.yaml:6:11: aliases[0]: “SVERIGE” is already a name of NO",
    ),
    "an alias that stands twice": (
        {"partners/norway.yaml": NORWAY + "aliases: [Nörway]\n"},
        "norway.yaml:6:11: aliases[0]: “Nörway” stands here twice",
    ),
    "an id twice": (
        {"partners/sweden.yaml": SWEDEN, "partners/zweden.yaml": SWEDEN},
        "zweden.yaml:1:5: id: SE is also the id in knowledge/partners/sweden.yaml",
    ),
    "a code twice": (
        {"partners/norway.yaml": NORWAY, "partners/sweden.yaml": SWEDEN.replace("4010", "4039")},
        "sweden.yaml:3:10: census[0]: 4039 is already the Census code of NO",
    ),
    "a code that is a number": (
        {"partners/norway.yaml": NORWAY.replace('"4039"', "4039")},
        "norway.yaml:3:10: census[0]: must be text, not 4039",
    ),
    "a successor nobody knows": (
        {"partners/sweden.yaml": SWEDEN.replace("country", "former") + "until: 1990\nsuccessors: [SEE]\n", "partners/norway.yaml": NORWAY},
        "sweden.yaml:7:14: successors[0]: unknown partner “SEE”; did you mean “SE”?",
    ),
    "a former country without an end": (
        {"partners/sweden.yaml": SWEDEN.replace("country", "former")},
        "needs until (its last year) and successors",
    ),
    "a partner nowhere": (
        {"partners/sweden.yaml": SWEDEN.replace("region: europe\n", "")},
        "every partner but an unidentified one needs a region",
    ),
    "a member nobody knows": (
        {"partners/sweden.yaml": SWEDEN, "groups/pair.yaml": PAIR},
        "knowledge/groups/pair.yaml:4:15: members[1]: unknown partner “NO”",
    ),
    "a group under another name": (
        {"partners/sweden.yaml": SWEDEN, "partners/norway.yaml": NORWAY, "groups/couple.yaml": PAIR},
        "couple.yaml:1:5: id: is “PAIR”, but the file is called couple.yaml",
    ),
    "a group that takes a partner's name": (
        {"partners/sweden.yaml": SWEDEN, "partners/norway.yaml": NORWAY, "groups/pair.yaml": PAIR + "aliases: [sweden]\n"},
        "pair.yaml:7:11: aliases[0]: “sweden” is already a name of SE",
    ),
    "a region that forgets a partner": (
        {
            "partners/sweden.yaml": SWEDEN,
            "partners/norway.yaml": NORWAY,
            "groups/europe.yaml": PAIR.replace("PAIR", "EUROPE").replace("list", "region").replace("NO", "SE"),
        },
        "europe.yaml:4:10: members: NO should be here: the partner's file says region: europe",
    ),
    "a part of nobody": (
        {"partners/sweden.yaml": SWEDEN, "words/ambiguous.yaml": CARE + "parts: {Gotland: SEE}\n"},
        "parts.Gotland: unknown partner “SEE”; did you mean “SE”?",
    ),
    "a domestic partner": (
        {"partners/sweden.yaml": SWEDEN, "words/ambiguous.yaml": CARE.replace("Texas", "Sweden")},
        "ambiguous.yaml:1:21: domestic.states[0]: “Sweden” is a name of SE",
    ),
    "nothing to block": (
        {"partners/sweden.yaml": SWEDEN, "words/ambiguous.yaml": CARE + "blocked: {SE: [norway maple]}\n"},
        "blocked.SE[0]: “norway maple” has no name of SE in it",
    ),
    "a default outside": (
        {
            "partners/sweden.yaml": SWEDEN,
            "words/ambiguous.yaml": CARE + "ambiguous: [{id: north, names: [North], default: NO, partners: [SE], says: Read as Sweden.}]\n",
        },
        "ambiguous[0].default: NO is not among the partners of this name",
    ),
    "a foreign name of nobody": (
        {"partners/sweden.yaml": SWEDEN, "names.csv": "partner,language,name\nSW,fr,Suède\n"},
        "knowledge/names.csv:2:1: partner: unknown partner or group “SW”",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_mistakes_are_told_where_they_are(tmp_path: Path, case: str) -> None:
    files, told = MISTAKES[case]
    root = tmp_path / "knowledge"
    defaults = {"words/ambiguous.yaml": CARE, "names.csv": "partner,language,name\n"}
    for name, content in (defaults | files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    problems = Problems()
    partners = load_partners(root, problems)
    groups = load_groups(root, problems, partners)
    load_places(root, problems, partners, groups)
    load_names(root, problems, {**partners, **groups})
    assert any(told in str(problem) for problem in problems), [str(problem) for problem in problems]


def test_a_partner_taken_away_is_missed_by_its_groups_and_by_nothing_else(tmp_path: Path) -> None:
    problems = Problems()
    groups = load_groups(KNOWLEDGE, problems, load_partners(KNOWLEDGE, problems))
    root = tmp_path / "knowledge"
    for part in ("partners", "groups"):
        shutil.copytree(KNOWLEDGE / part, root / part)
    (root / "partners" / "vietnam.yaml").unlink()
    load_groups(root, problems, load_partners(root, problems))
    holders = sorted(f"knowledge/groups/{group.id.lower()}.yaml" for group in groups.values() if "VN" in group.members)
    assert [problem.file for problem in problems] == holders
