"""Rows of a file of questions: what is asked, and what is expected of the reply.

A row is one JSON object a line. `question` or `turns` (the last reply counts), `ambient`; and what is expected, either
`expect` ("answer", "refuse", "clarify", "silent", or an object with `behaviour`, `accept`, `intent`, `partners`,
`values`, `any_of`, `must`, `must_not`), or `about_us_trade` with `kind` and `slots`. Fields that are not ours are
passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

REFUSALS = ("refuse", "clarify", "help", "greet", "silent")
"""Outcomes that say no figure: as good as a refusal where a question must not be answered."""

_OUTCOMES = frozenset({"answer", *REFUSALS})


class RowError(Exception):
    """A line that is no row; the sentence names file, line and field."""


class Value(BaseModel):
    """A figure that the reply must be built on: `unit` is USD bn, USD mn, USD million, percent, ratio, rank, count or year."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    value: float
    unit: str = "USD million"
    tol: float = 0.0
    partner: str | None = None


class Expectation(BaseModel):
    """What a reply must be.

    Empty fields expect nothing; `accept` lists every outcome that is right; of `any_of` one alternative must hold.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    behaviour: str = ""
    accept: tuple[str, ...] = ()
    intent: str | None = None
    partners: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    any_of: tuple[tuple[Value, ...], ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()

    @field_validator("partners", "values", "any_of", "must", "must_not", "accept", mode="before")
    @classmethod
    def _nothing(cls, value: object) -> object:
        return () if value is None else value

    @field_validator("any_of", mode="before")
    @classmethod
    def _alternatives(cls, value: object) -> object:
        """One value is an alternative as well as a list of values that belong together."""
        return tuple(one if isinstance(one, list) else [one] for one in value) if isinstance(value, list) else value

    @field_validator("must", "must_not")
    @classmethod
    def _patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is not a pattern: {error}") from None
        return patterns

    @model_validator(mode="after")
    def _known(self) -> Expectation:
        outcomes = {*self.accept, *([self.behaviour] if self.behaviour else [])}
        if not outcomes:
            raise ValueError("says neither behaviour nor accept")
        if unknown := sorted(outcomes - _OUTCOMES):
            raise ValueError(f"there is no outcome {unknown[0]!r}; there are {', '.join(sorted(_OUTCOMES))}")
        return self

    @property
    def outcomes(self) -> tuple[str, ...]:
        return self.accept or (self.behaviour,)


class _Slots(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    partners: tuple[str, ...] | None = None


class Row(BaseModel):
    """One question with what is expected of the reply. `place` is its file and line."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    place: str
    id: str = ""
    question: str = ""
    turns: tuple[str, ...] = ()
    ambient: bool = False
    expect: Expectation
    tags: tuple[str, ...] = Field(default=())

    @model_validator(mode="before")
    @classmethod
    def _expected(cls, row: dict[str, object]) -> dict[str, object]:
        expect, about = row.get("expect"), row.get("about_us_trade")
        if isinstance(expect, str):
            row["expect"] = {"accept": REFUSALS if expect == "refuse" else (expect,)}
        elif expect is None and isinstance(about, bool):
            row["expect"] = _of_real(row, about_us_trade=about)
        elif expect is None:
            raise ValueError("says neither “expect” nor “about_us_trade”")
        if not row.get("turns") and not isinstance(row.get("question"), str):
            raise ValueError("has neither “question” nor “turns”")
        row["id"] = str(row.get("id") or row.get("place"))
        return row

    @property
    def asked(self) -> tuple[str, ...]:
        return self.turns or (self.question,)


def _of_real(row: dict[str, object], *, about_us_trade: bool) -> dict[str, object]:
    """A real question: other countries' trade is refused; so is what no record could answer."""
    if not about_us_trade:
        return {"accept": ("refuse", "clarify", "help")}
    slots = _Slots.model_validate(row.get("slots") or {})
    refusable = ("refuse",) if row.get("kind") == "unanswerable" else ()
    return {"accept": ("answer", "clarify", *refusable), "partners": slots.partners or ()}


def read(path: Path) -> Iterator[Row]:
    """The rows of a file; blank lines are passed over. Raises RowError, OSError."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _row(line, f"{path.name}:{number}")


def _row(line: bytes, place: str) -> Row:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RowError(f"{place}: not JSON: {error}") from None
    if not isinstance(found, dict):
        raise RowError(f"{place}: a line must be a JSON object")
    try:
        return Row.model_validate({**found, "place": place})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise RowError(f"{place}: {field}{': ' if field else ''}{first['msg'].removeprefix('Value error, ')}") from None
