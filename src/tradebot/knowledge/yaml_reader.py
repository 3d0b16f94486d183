"""From YAML text to nodes: plain values of YAML 1.2's core types, each with its line and column."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from tradebot.knowledge.limits import MAX_DEPTH, MAX_PROBLEMS, MAX_VALUES
from tradebot.knowledge.problems import Problem, Problems
from tradebot.knowledge.yaml_sentences import plain_sentence

Loc = tuple[str | int, ...]
Data = str | int | float | bool | None | list["Data"] | dict[str, "Data"]

_NO_CHILDREN: Mapping[str | int, Node] = MappingProxyType({})
_NO_KEYS: Mapping[str, tuple[int, int]] = MappingProxyType({})
_NUMERIC = re.compile(r"[-+]?(?:\d|\.\d)")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][-+]?\d{1,3})?")
_ZERO_FIRST = re.compile(r"[-+]?0[\dxo][\da-fA-F]*(?:\.\d*)?")
_LONG = re.compile(r"[-+]?\d{19,}")
_LOST_COMMENT = re.compile(r"\S[ \t]+#[^\s#]")
_WORDS: Mapping[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_NOT_FINITE = frozenset({".inf", "-.inf", "+.inf", ".nan", ".Inf", "-.Inf", "+.Inf", ".NaN", ".INF", "-.INF", "+.INF", ".NAN"})


@dataclass(slots=True)
class Node:
    """A value of a YAML file, where it stands (line and column from 1), and the same for everything in it.

    `data` is plain Python: str, int, float, bool, None, list, dict with text keys. `children` is keyed by field name
    or list index, `keys` gives the place of each field's name.
    """

    data: Data
    line: int
    column: int
    file: str
    children: Mapping[str | int, Node]
    keys: Mapping[str, tuple[int, int]]

    def at(self, *loc: str | int) -> Node:
        """The node at a path of field names and indices, or the deepest one on the way that exists."""
        node = self
        for step in loc:
            node = node.children.get(step, node)
        return node

    def problem(self, sentence: str, *loc: str | int) -> Problem:
        """A problem with the value at a path below this node (called on a file's root)."""
        place = self.at(*loc)
        return Problem(self.file, place.line, place.column, field_name(loc), sentence)


def field_name(loc: Loc) -> str:
    """`facts[0].value` for ("facts", 0, "value")."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).removeprefix(".")


def parse_yaml(text: str, name: str, problems: Problems) -> Node | None:
    """As read_yaml, from text; `name` is the file's name in problems."""
    reader = _Reader(text, name)
    try:
        node = reader.document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reader.found.append(Problem(name, line, column, "", plain_sentence(error, text)))
    except (YAMLError, _StopError):
        reader.found = reader.found or [Problem(name, 1, 1, "", "not readable as YAML")]
    else:
        if not reader.found:
            return node
    problems.extend(reader.found)
    return None


class _StopError(Exception):
    """Reading cannot go on; the reason has been reported."""


class _Reader:
    """Builds nodes from the parser's events; goes on after a mistake that leaves the shape of the file clear."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.found: list[Problem] = []
        self._values = 0
        self._next = CParser(text).get_event
        self._lines = text.split("\n") if _LOST_COMMENT.search(text) else None

    def document(self) -> Node:
        self._next()
        start = self._event()
        if isinstance(start, StreamEndEvent):
            self._report(start, "the file is empty")
            return self._leaf(start, None)
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            self._report(start, "directives (%…) are not used here; remove the line")
        node = self._node(self._event(), 0)
        self._event()
        if not isinstance(more := self._event(), StreamEndEvent):
            self._report(more, "a second document (---) begins here; one file holds one")
        return node

    def _event(self) -> Event:
        event = self._next()
        if event is None:
            raise _StopError
        return event

    def _report(self, event: Event, sentence: str) -> None:
        self.found.append(Problem(self.name, *_place(event), "", sentence))
        if len(self.found) > MAX_PROBLEMS:
            raise _StopError

    def _node(self, event: Event, depth: int) -> Node:
        self._values += 1
        if self._values > MAX_VALUES:
            self._report(event, f"more than {MAX_VALUES:,} values; split the file")
            raise _StopError
        if isinstance(event, ScalarEvent):
            if event.anchor or event.tag:
                self._refuse_marker(event)
            value = self._scalar(event) if event.implicit[0] else event.value
            return self._leaf(event, value)
        if isinstance(event, AliasEvent):
            self._report(event, f"“*{event.anchor}” is a YAML alias, not used here; put text that begins with * in quotes")
            return self._leaf(event, None)
        return self._collection(event, depth)

    def _leaf(self, event: Event, value: Data) -> Node:
        return Node(value, *_place(event), self.name, _NO_CHILDREN, _NO_KEYS)

    def _refuse_marker(self, event: ScalarEvent | CollectionStartEvent) -> None:
        kind, sign = ("anchor", "&") if event.anchor else ("tag", "!")
        self._report(event, f"a YAML {kind} is not used here; put text that begins with {sign} in quotes")

    def _collection(self, event: Event, depth: int) -> Node:
        if depth >= MAX_DEPTH:
            self._report(event, f"more than {MAX_DEPTH} levels deep")
            raise _StopError
        if isinstance(event, CollectionStartEvent) and (event.anchor or event.tag):
            self._refuse_marker(event)
        return self._mapping(event, depth) if isinstance(event, MappingStartEvent) else self._sequence(event, depth)

    def _sequence(self, event: Event, depth: int) -> Node:
        children: dict[str | int, Node] = {}
        while not isinstance(item := self._event(), SequenceEndEvent):
            children[len(children)] = self._node(item, depth + 1)
        data: list[Data] = [child.data for child in children.values()]
        return Node(data, *_place(event), self.name, children, _NO_KEYS)

    def _mapping(self, event: Event, depth: int) -> Node:
        children: dict[str | int, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        while isinstance(item := self._event(), (ScalarEvent, AliasEvent, CollectionStartEvent)):
            key = self._key(item, keys, depth)
            value = self._node(self._event(), depth + 1)
            if key not in children:
                children[key] = value
        data: Data = {str(key): child.data for key, child in children.items()}
        return Node(data, *_place(event), self.name, children, keys)

    def _key(self, event: Event, keys: dict[str, tuple[int, int]], depth: int) -> str:
        """A field's name, always text (`NO:` and `2025:` too)."""
        if not isinstance(event, ScalarEvent):
            self._report(event, "a field's name must be plain text; put a value that begins with { or [ in quotes")
            self._node(event, depth + 1)
            return ""
        key: str = event.value
        if event.anchor or event.tag:
            self._refuse_marker(event)
        elif key in ("", "<<"):
            self._report(event, "merging with << is not used here" if key else "a field without a name")
        elif key in keys:
            self._report(event, f"“{key}” is given twice; first in line {keys[key][0]}")
        keys.setdefault(key, _place(event))
        return key

    def _scalar(self, event: ScalarEvent) -> Data:
        """The value of an unquoted word by the core types of YAML 1.2."""
        text: str = event.value
        if self._lines is not None:
            self._check_comment(event)
        if text in _WORDS:
            return _WORDS[text]
        if _NUMERIC.match(text):
            return self._number(event)
        if text in _NOT_FINITE:
            self._report(event, f"{text} is not a usable number")
        return text

    def _number(self, event: ScalarEvent) -> Data:
        text: str = event.value
        if _INTEGER.fullmatch(text):
            return int(text)
        if _LONG.fullmatch(text):
            self._report(event, f'{text} has too many digits for a number; put a code in quotes ("{text}")')
        elif _ZERO_FIRST.fullmatch(text):
            self._report(event, f'{text} begins with a zero: put a code in quotes ("{text}"), write a number without the zero')
        elif _FLOAT.fullmatch(text):
            return self._finite(event, float(text))
        return text

    def _finite(self, event: ScalarEvent, value: float) -> float:
        if math.isinf(value):
            self._report(event, f"{event.value} is not a usable number")
        return value

    def _check_comment(self, event: ScalarEvent) -> None:
        """`China is #1 partner` loses its end in every YAML parser; a comment after a value needs `# ` here."""
        end = event.end_mark
        rest = self._lines[end.line][end.column :] if self._lines and end else ""
        if event.value and re.match(r"[ \t]+#[^\s#]", rest):
            lost = rest.strip()
            self._report(event, f"“{lost}” would be dropped as a comment: put the text in quotes, or write “# ” before a comment")


def _place(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
