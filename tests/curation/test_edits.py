"""Edits as a moderator makes them: one place changes, in words that say so, or a sentence says why not."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from curation.conftest import ANN, BO
from tradebot.curation.draft import Draft, Edit
from tradebot.curation.draft_difference import difference
from tradebot.curation.edits.asking import add_phrase, add_test
from tradebot.curation.edits.cards import set_card
from tradebot.curation.edits.events import set_event, set_reviewed
from tradebot.curation.edits.facts import set_fact
from tradebot.curation.edits.figures import set_figure
from tradebot.curation.edits.gaps import add_gap
from tradebot.curation.edits.names import add_name
from tradebot.curation.edits.yaml_edit import append, edited
from tradebot.curation.faults import CurationError, OvertakenError
from tradebot.curation.repository import Repository
from tradebot.knowledge.problems import KnowledgeError, Problems
from tradebot.knowledge.yaml_files import read_yaml

SWAP = "A swap line is an agreement between central banks to lend each other their money."
NEW_EVENT = {
    "announced": "2026-09-01",
    "effective": "2026-09-10",
    "partners": "CA",
    "authority": "S338",
    "family": "canada-338",
    "role": "duty",
    "status": "announced",
    "rate": "60 %",
    "rate_low": "60",
    "rate_high": "60",
    "measure": "60 % on some Canadian goods",
    "confidence": "high",
    "title": "A title, with a comma",
    "url": "https://example.org/a",
}
# the edit, what it says, how the difference begins to say it, lines of files that are new and gone
EDITS: list[tuple[Edit, str, list[str], tuple[int, int]]] = [
    (
        set_figure("vietnam", "imports", "2025", "194.5 bn"),
        "Vietnam, imports, 2025: $193.9 bn → $194.5 bn",
        ["Vietnam imports, 2025: $193.9 bn → $194.5 bn, revised", "Vietnam balance, 2025: −$178.3 bn → −$178.9 bn, revised"],
        (1, 1),
    ),
    (
        set_figure("Japan", "imports", "2025", "145,842.1"),
        "Japan, imports, 2025: $145,842 mn → $145,842.1 mn",
        ["Japan imports, 2025: $145,842 mn → $145,842.1 mn, revised", "Japan balance, 2025: −$64,448.1 mn → −$64,448.2 mn, revised"],
        (1, 1),
    ),
    (
        set_figure("World", "exports", "2026-07", "1"),
        "the world, exports, July 2026: ",
        ["the world exports, July 2026: $"],
        (1, 1),
    ),
    (
        set_figure("Norway", "imports.HS03", "2024", "$900 million"),
        "Norway, imports.HS03, 2024: ",
        ["Norway imports of HS03, 2024: $"],
        (1, 1),
    ),
    (add_name("VN", "Namland"), "Vietnam: “Namland” is another name (aliases)", ["Vietnam: aliases + “Namland”"], (1, 1)),
    (
        add_name("Peru", "Inca coast", "weak"),
        "Peru: “Inca coast” is another name (weak)",
        ["Peru: weak + “Inca coast”"],
        (1, 0),
    ),
    (
        set_event("new", NEW_EVENT),
        "Tariff event E118 is new: 60 % on some Canadian goods",
        ["Tariff event E118: new"],
        (1, 0),
    ),
    (
        set_event("E104", {"confidence": "medium"}),
        "Tariff event E104 is changed: ",
        ["Tariff event E104: confidence “high” → “medium”"],
        (1, 1),
    ),
    (set_reviewed(dt.date(2026, 9, 1)), "Tariffs reviewed up to 2026-09-01", ["Tariffs: reviewed “2026-08-22” → “2026-09-01”"], (1, 1)),
    (
        set_fact("vietnam", "vietnam.deficit.2024", {"value": "-125"}),
        "The newsletter on vietnam: vietnam.deficit.2024 is changed",
        ["Newsletter fact vietnam.deficit.2024: figure −$124 bn → −$125 bn"],
        (1, 1),
    ),
    (
        set_fact(
            "vietnam", "vietnam.harbours", {"metric": "cause", "said": "undated", "text": "it has good harbours", "topics": "cause, role"}
        ),
        "The newsletter on vietnam: vietnam.harbours is new",
        ["Newsletter fact vietnam.harbours: new"],
        (5, 0),
    ),
    (set_card("swap-line", title="Swap line", text=SWAP, terms=["swap line"]), "A new card: Swap line", ["Card Swap line: new"], (5, 0)),
    (
        set_card("rank", terms=["how ranks work"]),
        "The card rank: how ranks work name it, too",
        ["Card How partners are ranked: terms + “how ranks work”"],
        (1, 1),
    ),
    (
        add_phrase("forecast", "Crystal ball, please?"),
        "“crystal ball, please” asks for forecast",
        ["Intent forecast: phrases + “crystal ball, please”"],
        (1, 1),
    ),
    (
        add_test("forecast", "crystal ball, please", outcome="refuse"),
        "A test of forecast: “crystal ball, please”",
        ["Intent forecast: tests + “ask crystal ball, please, outcome refuse”"],
        (1, 0),
    ),
    (
        add_gap("freight rates", "Freight rates are not held here."),
        "A known gap: freight rates",
        ["Known gap freight-rates: new"],
        (3, 0),
    ),
]


def test_an_edit_changes_one_place(draft: Draft) -> None:
    for edit, said, _, changed in EDITS:
        assert draft.apply(edit).startswith(said)
        assert draft.edits[-1].startswith(said.strip())
        assert counted(draft) == changed, said
    with pytest.raises(CurationError, match="already"):
        draft.apply(lambda _: "nothing")
    found = difference(draft).lines
    assert [line for _, _, lines, _ in EDITS for line in lines if not any(each.startswith(line) for each in found)] == []
    assert len(found) <= sum(len(lines) for _, _, lines, _ in EDITS) + 4, found


def counted(draft: Draft) -> tuple[int, int]:
    """Lines that are new and gone since the edit before."""
    more, fewer, _ = draft.git("diff", "--numstat", "HEAD^", "HEAD").split("\t")
    return int(more), int(fewer)


@pytest.fixture(scope="module")
def kept(light: Path, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """A draft that nothing is ever kept in."""
    top = tmp_path_factory.mktemp("kept") / "trade"
    return Draft(Repository.open(Path(shutil.copytree(light, top, symlinks=True))), ANN)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (set_figure("Vietnam", "balance", "2025", "1"), "The balance is exports − imports"),
        (set_figure("Vietnam", "imports", "2025", "-1"), "never negative"),
        (set_figure("Vietnam", "imports", "2025", "about 5"), "“about 5” is no amount"),
        (set_figure("Vietnam", "imports", "2025-13", "5"), "“2025-13” is no period"),
        (set_figure("Vietnam", "imports", "2025-02/2025-04", "5"), "February–April 2025 is no period of the record"),
        (set_figure("Vietnam", "imports", "2027", "5"), "name the source"),
        (set_figure("Vietnam", "imports", "2025", "5", source="census-2029"), "“census-2029” is no release of the record"),
        (set_figure("Vietnam", "imports.HS77", "2024", "5"), "no chapter HS77"),
        (set_figure("Vietnam", "jobs", "2024", "5"), "“jobs” cannot be set"),
        (set_figure("Vietmam", "imports", "2024", "5"), "no partner or group called “Vietmam”; did you mean “Vietnam”?"),
        (add_name("world", "Everybody"), "The world has no names"),
        (add_name("Vietnam", "x"), "2 to 80 characters"),
        (set_event("E104", {"rat": "1"}), "no column “rat”; did you mean “rate”?"),
        (set_event("../E1", {"rate": "1"}), "An event's id"),
        (set_fact("../../etc", "a", {}), "The newsletter has no file"),
        (set_fact("vietnam", "a", {"valeu": "1"}), "no field “valeu”; did you mean “value”?"),
        (set_fact("vietnam", "a", {"value": "many"}), "“many” is not a number"),
        (set_card("../x", title="a"), "A card's id"),
        (set_card("swap-line", title="Swap line"), "a new one needs a title, a text and at least one term"),
        (add_phrase("forcast", "will it rain"), "no intent “forcast”; did you mean “forecast”?"),
        (add_phrase("forecast", "?"), "3 to 80 characters"),
        (add_gap("", "It is not held."), "Say what is not held"),
    ],
)
def test_what_cannot_be_done_is_said(kept: Draft, edit: Edit, sentence: str) -> None:
    with pytest.raises(CurationError, match="^.*" + sentence.replace("?", r"\?").replace(".", r"\.")):
        kept.apply(edit)
    assert kept.edits == []


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (add_name("Vietnam", "Germany"), "knowledge/partners/vietnam.yaml:7:52: aliases[2]: “Germany” is already a name of DE"),
        (set_event("new", {"title": "half"}), "knowledge/tariffs/events.csv:211:"),
        (
            set_card("swap-line", title="Swap line", text="Too short.", terms=["swap line"]),
            "knowledge/definitions/swap-line.yaml:4:7: text:",
        ),
        (
            set_card("swap-line", title="@Swap: *line", text=SWAP, terms=["deficit"]),
            "knowledge/definitions/trade-deficit.yaml:4:54: weak[3]:",
        ),
    ],
)
def test_an_edit_that_cannot_be_read_is_not_kept(kept: Draft, edit: Edit, problem: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        kept.apply(edit)
    assert str(caught.value).startswith(problem)
    assert kept.edits == []
    assert kept.git("status", "--porcelain") == ""


TRAPS = [
    "NO",
    "yes",
    "12:30",
    "# x",
    "- a",
    "{{ x }}",
    "@you",
    "a: b",
    "'q'",
    '"q"',
    "%x",
    "*a",
    "1e3",
    "2025-01-01",
    "a, b",
    "[a",
    "**b**",
]


def test_what_yaml_could_misread_is_read_as_it_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "traps.yaml"
    path.write_text("plain: {}\nlisted: []\n", encoding="utf-8")
    with edited(path) as document:
        for at, text in enumerate(TRAPS):
            document["plain"][f"t{at}"] = text
            append(document, "listed", text)
    problems = Problems()
    node = read_yaml(path, problems)
    assert list(problems) == []
    assert node is not None
    assert node.data == {"plain": {f"t{at}": text for at, text in enumerate(TRAPS)}, "listed": TRAPS}


def test_a_draft_is_its_owners_and_survives_a_restart(repository: Repository, draft: Draft) -> None:
    draft.apply(add_name("Vietnam", "Namland"))
    assert Draft(repository, BO).edits == []
    (draft.knowledge / "partners/vietnam.yaml").write_text("half wri", encoding="utf-8")
    again = Draft(Repository.open(repository.top), ANN)
    assert again.edits == ["Vietnam: “Namland” is another name (aliases)"]
    assert again.git("status", "--porcelain") == ""
    again.discard()
    assert again.edits == again.changes == []


def test_a_folder_that_went_missing_is_made_again(repository: Repository, draft: Draft) -> None:
    draft.apply(add_name("Vietnam", "Namland"))
    shutil.rmtree(draft.folder)
    assert Draft(repository, ANN).edits == ["Vietnam: “Namland” is another name (aliases)"]


def test_the_same_line_twice_is_told_and_left(repository: Repository, draft: Draft) -> None:
    draft.apply(add_name("Vietnam", "Namland"))
    other = Draft(repository, BO)
    other.apply(add_name("Vietnam", "Vietland"))
    repository.git("update-ref", "refs/heads/main", other.tip)
    assert draft.is_behind
    with pytest.raises(OvertakenError, match=r"Bo b@example.org published r2 meanwhile .* knowledge/partners/vietnam.yaml"):
        draft.catch_up()
    assert draft.edits == ["Vietnam: “Namland” is another name (aliases)"]
    assert draft.git("status", "--porcelain") == ""


def test_another_file_is_merged(repository: Repository, draft: Draft) -> None:
    draft.apply(add_name("Vietnam", "Namland"))
    other = Draft(repository, BO)
    other.apply(add_name("Peru", "Incaland"))
    repository.git("update-ref", "refs/heads/main", other.tip)
    assert draft.catch_up() == ["knowledge/partners/peru.yaml"]
    assert draft.changes == ["knowledge/partners/vietnam.yaml"]
    assert not draft.is_behind


def test_packaged_files_are_laid_out_as_an_edit_leaves_them(packaged_repository: Path) -> None:
    for path in sorted((packaged_repository / "knowledge").rglob("*.yaml")):
        if "words" not in path.parts:
            before = path.read_text(encoding="utf-8")
            with edited(path):
                pass
            assert path.read_text(encoding="utf-8") == before, path.name
