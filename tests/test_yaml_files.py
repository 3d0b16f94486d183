"""Strict YAML: what is read, and how each mistake is told. The cases are in yaml_traps.yaml."""

from __future__ import annotations

import datetime as dt
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tradebot.knowledge.limits import MAX_BYTES
from tradebot.knowledge.problems import KnowledgeError, Problem, Problems, did_you_mean, name_of
from tradebot.knowledge.source_text import first_bytes
from tradebot.knowledge.yaml_files import read_model, read_placed, read_yaml
from tradebot.knowledge.yaml_reader import Data, field_name, parse_yaml


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(StrEnum):
    COUNTRY = "country"
    TERRITORY = "territory"


def finished(text: str) -> str:
    if text == "TODO":
        raise ValueError("is not finished")
    return text


class Fact(Strict):
    value: float = Field(le=1e6)
    unit: Literal["bn", "mn"] = "bn"
    count: int = Field(default=0, ge=0)
    on: dt.date | None = None


class Card(Strict):
    id: str = Field(pattern="^[A-Z]{2}$")
    kind: Kind = Kind.COUNTRY
    the: bool = False
    names: tuple[str, ...] = ()
    note: Annotated[str, AfterValidator(finished)] = ""
    on: dt.date | None = None
    facts: tuple[Fact, ...] = ()
    code: int | str = 0
    counts: dict[Annotated[str, Field(pattern="^[A-Z]{2}$")], int] = {}


class Trap(Strict):
    about: str
    file: str
    says: tuple[str, ...] = ()
    reads: dict[str, str | bool | tuple[str, ...]] = {}


def traps() -> tuple[Trap, ...]:
    problems = Problems()
    node = read_yaml(Path(__file__).parent / "yaml_traps.yaml", problems)
    assert node is not None, list(map(str, problems))
    assert isinstance(node.data, list)
    return tuple(Trap.model_validate(trap) for trap in node.data)


def problems_of(path: Path, content: bytes) -> list[str]:
    """What is said about a file of that content, every line without the folder's name."""
    path.write_bytes(content)
    problems = Problems()
    read_model(path, Card, problems, root=path.parent)
    return [str(problem).removeprefix(f"{path.parent.name}/") for problem in problems]


@pytest.mark.parametrize("trap", traps(), ids=lambda trap: trap.about)
def test_trap(trap: Trap, tmp_path: Path, problems: Problems) -> None:
    assert problems_of(tmp_path / "card.yaml", trap.file.encode()) == list(trap.says)
    if not trap.says:
        card = read_model(tmp_path / "card.yaml", Card, problems)
        assert card is not None
        assert {name: getattr(card, name) for name in trap.reads} == trap.reads


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xef\xbb\xbfid: VN", "card.yaml:1:1: begins with a byte-order mark; save the file as UTF-8 without BOM"),
        (b"id: VN\r\n", "card.yaml:1:7: a Windows line end; save the file with Unix line ends (LF)"),
        ("note: é".encode() + b"\xff", "card.yaml:1:8: not UTF-8 text (byte 0xff); save the file as UTF-8"),
        ("id: VN\n".encode("utf-16"), "card.yaml:1:1: not UTF-8 text (byte 0xff); save the file as UTF-8"),
        (b"id: VN\nnote: a\0b", "card.yaml:2:8: an invisible character (U+0000); remove it"),
        ("id: VN\nnote: é\u2028b".encode(), "card.yaml:2:8: an invisible character (U+2028); remove it"),
        ("note: \u202eb".encode(), "card.yaml:1:7: an invisible character (U+202E); remove it"),
        (b"[" * 900, "card.yaml:1:21: more than 20 levels deep"),
        (b"[" * 100_000, "card.yaml:1:1001: more than 20 levels deep"),  # the parser itself goes no further
        (b"#" * (MAX_BYTES + 1), "card.yaml:1:1: larger than 8,000 kB; split it"),
    ],
)
def test_bytes_that_are_no_text(content: bytes, said: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path / "card.yaml", content) == [said]


def test_a_file_that_cannot_be_read(tmp_path: Path, problems: Problems) -> None:
    assert read_model(tmp_path / "none.yaml", Card, problems, root=tmp_path) is None
    assert [str(problem) for problem in problems] == [f"{tmp_path.name}/none.yaml: cannot be read: no such file or directory"]


def test_a_model_keeps_the_places_of_its_values(tmp_path: Path, problems: Problems) -> None:
    path = tmp_path / "card.yaml"
    path.write_text("id: VN\nfacts:\n  - value: 1\n  - {unit: mn, value: 2}\n")
    placed = read_placed(path, Card, problems, root=tmp_path)
    assert placed is not None
    assert placed.value.facts[1].unit == "mn"
    said = placed.problem("ten times the last one", "facts", 1, "value")
    assert said == Problem(f"{tmp_path.name}/card.yaml", 4, 23, "facts[1].value", "ten times the last one")
    assert placed.problem("x", "facts", 7, "value").line == 3, "the deepest place that exists"


def test_problems_are_shown_in_order_and_once(problems: Problems) -> None:
    later, first = Problem("b.yaml", 2, 1, "id", "is missing"), Problem("a.yaml", 10, 1, "", "is odd")
    problems.extend([later, first, later])
    assert [str(problem) for problem in problems] == ["a.yaml:10:1: is odd", "b.yaml:2:1: id: is missing"]
    assert problems.grouped() == {"a.yaml": [first], "b.yaml": [later]}
    with pytest.raises(KnowledgeError, match=r"^a\.yaml:10:1: is odd\nb\.yaml:2:1: id: is missing$"):
        problems.raise_if_any()
    Problems().raise_if_any()


def test_only_near_words_are_suggested() -> None:
    assert did_you_mean("vietnan", ["Vietnam", "Japan"]) == "; did you mean “Vietnam”?"
    assert did_you_mean("chile", ["Vietnam", "Japan"]) == ""
    assert field_name(("facts", 0, "value")) == "facts[0].value"


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    problems = Problems()
    node = parse_yaml(text, "any.yaml", problems)
    assert (node is None) == (len(problems) > 0)


_plain = st.text("abcNOyes019:.,# -é\"'", max_size=12)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False) | _plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_plain.filter(bool), inner, max_size=3),
    max_leaves=8,
)


@given(_values)
def test_what_json_writes_is_read_back_unchanged(value: Data) -> None:
    """JSON is a part of YAML 1.2: every value must come back with its type."""
    import json  # noqa: PLC0415

    problems = Problems()
    node = parse_yaml(json.dumps(value, ensure_ascii=False), "any.yaml", problems)
    assert [str(problem) for problem in problems] == []
    assert node is not None
    assert node.data == value
    assert type(node.data) is type(value)


def test_three_hundred_files_are_read_at_once(tmp_path: Path, problems: Problems) -> None:
    """The whole knowledge is read at every start, so a tenth of a second is already much."""
    for number in range(300):
        facts = "".join(f"  - {{value: {number}.5, unit: bn, on: 2026-07-24}}\n" for _ in range(5))
        (tmp_path / f"{number}.yaml").write_text(f"id: VN\nkind: country\nnames: [Viet Nam, Vietnam]\nfacts:\n{facts}")
    started = time.process_time()
    cards = [read_model(path, Card, problems, root=tmp_path) for path in tmp_path.iterdir()]
    assert time.process_time() - started < 1.0, "measured: 0.04 s"
    assert sum(len(card.facts) for card in cards if card) == 1500


@pytest.mark.parametrize(
    ("path", "root", "name"),
    [
        ("trade/knowledge/partners/norway.yaml", "trade/knowledge", "knowledge/partners/norway.yaml"),
        ("trade/knowledge-old/norway.yaml", "trade/knowledge", "trade/knowledge-old/norway.yaml"),
        ("partners/norway.yaml", ".", "{here}/partners/norway.yaml"),
        ("norway.yaml", None, "norway.yaml"),
    ],
)
def test_how_problems_call_a_file(path: str, root: str | None, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert name_of(Path(path), None if root is None else Path(root)) == name.format(here=tmp_path.name)


@pytest.mark.parametrize(("size", "count"), [(0, 5), (4, 5), (5, 5), (6, 5), (7, 5), (0, 0)])
def test_the_first_bytes_of_a_file(size: int, count: int, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * size)
    assert len(first_bytes(tmp_path / "file", count)) == min(size, count)


def test_the_first_bytes_of_what_has_no_size() -> None:
    assert first_bytes("/dev/zero", 9_000) == bytes(9_000)
