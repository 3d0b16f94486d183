"""Strict YAML: what a moderator wrote is what is read, and every value knows its line and column.

    file ─▶ read_yaml ─▶ Node ─▶ read_model ─▶ pydantic model, kept while the file's bytes are the same
                 └──────────┴─▶ Problems (all of a file's mistakes at once, none raised)

Only the core types of YAML 1.2 are known: text, whole and decimal numbers, `true`, `false`, `null`, lists and blocks
of fields. What YAML 1.1 guesses at stays text (`NO`, `on`, `12:30`, dates); numbers that begin with a zero, keys given
twice, anchors, aliases, tags, merges and a second document are refused.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from tradebot.knowledge.kept import digest_of, kept
from tradebot.knowledge.model_errors import sentences
from tradebot.knowledge.problems import Problem, Problems, name_of
from tradebot.knowledge.source_text import read_bytes, text_of
from tradebot.knowledge.yaml_reader import Loc, Node, field_name, parse_yaml

__all__ = ["Node", "Placed", "as_model", "read_folder", "read_model", "read_placed", "read_yaml", "values"]

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Placed(Generic[M]):
    """A model with the file it was read from, for checks that name a place later: `file` is its name in problems."""

    value: M
    file: str
    text: str

    def problem(self, sentence: str, *loc: str | int) -> Problem:
        """A problem with the value at a path of field names and indices."""
        return self._node.problem(sentence, *loc)

    @property
    def stem(self) -> str:
        """The file's name alone: `norway` of `knowledge/partners/norway.yaml`."""
        return PurePosixPath(self.file).stem

    @cached_property
    def _node(self) -> Node:
        """Places are needed only where something is wrong, so they are looked for only then."""
        node = parse_yaml(self.text, self.file, Problems())
        if node is None:
            raise ValueError(f"{self.file} was read before")
        return node


def read_yaml(path: Path, problems: Problems, root: Path | None = None) -> Node | None:
    """The file's content, or None after at least one problem was added. `root` is the knowledge directory."""
    name = name_of(path, root)
    data = read_bytes(path, name, problems)
    text = None if data is None else text_of(data, name, problems)
    return None if text is None else parse_yaml(text, name, problems)


def read_model(path: Path, model: type[M], problems: Problems, root: Path | None = None) -> M | None:
    """The file as a model, or None after every mistake in it was added to `problems`."""
    placed = read_placed(path, model, problems, root)
    return placed.value if placed else None


def read_placed(path: Path, model: type[M], problems: Problems, root: Path | None = None) -> Placed[M] | None:
    """As read_model, with the places of all values."""
    name = name_of(path, root)
    data = read_bytes(path, name, problems)
    if data is None:
        return None
    value = kept((model, name), (digest_of(data),), lambda found: _made(data, name, model, found), problems)
    return None if value is None else Placed(value, name, data.decode())


def read_folder(folder: Path, model: type[M], problems: Problems, root: Path | None = None, but: Collection[str] = ()) -> list[Placed[M]]:
    """Every YAML file of a folder that can be read as a model, by name; those called as in `but` are left out."""
    paths = (path for path in sorted(folder.glob("*.yaml")) if path.name not in but)
    return [placed for path in paths if (placed := read_placed(path, model, problems, root)) is not None]


def values(read: Iterable[Placed[M]]) -> tuple[M, ...]:
    return tuple(placed.value for placed in read)


def _made(data: bytes, name: str, model: type[M], problems: Problems) -> M | None:
    text = text_of(data, name, problems)
    node = None if text is None else parse_yaml(text, name, problems)
    return None if node is None else as_model(node, model, problems)


def as_model(node: Node, model: type[M], problems: Problems) -> M | None:
    """The node as a model.

    Validated as JSON in strict mode: lists become tuples and text becomes dates or enum members, but quoted numbers
    stay text and `yes` is no truth value.
    """
    try:
        return model.model_validate_json(json.dumps(node.data), strict=True)
    except ValidationError as error:
        told: dict[tuple[int, int, str], list[str]] = {}
        for loc, sentence, on_name in sentences(error, model):
            told.setdefault(_place(node, loc, on_name), []).append(sentence)
        for (line, column, field), said in told.items():
            problems.add(Problem(node.file, line, column, field, " or ".join(dict.fromkeys(said))))
        return None


def _place(node: Node, loc: Loc, on_name: bool) -> tuple[int, int, str]:
    """Line, column and name of the field an error speaks of.

    Steps that the file does not have are pydantic's own: which member of a union it tried. Those of one value come
    together here. Only a missing field is named although it is not there.
    """
    steps: Loc = ()
    for step in loc[:-1] if on_name else loc:
        if step in node.children:
            node, steps = node.children[step], (*steps, step)
    if not on_name:
        return node.line, node.column, field_name(steps)
    line, column = node.keys.get(str(loc[-1]), (node.line, node.column))
    return line, column, field_name((*steps, loc[-1]))
