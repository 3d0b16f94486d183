"""What pydantic found wrong with a file's content, in the words of the person who wrote the file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tradebot.knowledge.problems import did_you_mean

Context = Mapping[str, Any]
Sentence = Callable[[str, Context], str]

_LIST = "must be a list: [one, two] or lines that begin with “- ”"
_BLOCK = "must be a block of fields, each on its line as “name: value”"
_DATE = "not a date: {said}; write it as 2026-07-24"

# By pydantic's error type; {said} is the value as it stands in the file, the other names come from the error's context.
_SENTENCES: Mapping[str, str] = {
    "missing": "is missing",
    "string_type": "must be text, not {said}; put it in quotes",
    "string_too_short": "must have {min_length} characters or more, not {said}",
    "string_too_long": "is longer than {max_length} characters",
    "string_pattern_mismatch": "{said} is not written as it should be (pattern {pattern})",
    "float_type": "not a number: {said}",
    "float_parsing": "not a number: {said}",
    "finite_number": "not a usable number: {said}",
    "int_type": "not a whole number: {said}",
    "int_parsing": "not a whole number: {said}",
    "int_from_float": "not a whole number: {said}",
    "bool_type": "must be true or false, not {said}",
    "bool_parsing": "must be true or false, not {said}",
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _BLOCK,
    "model_type": _BLOCK,
    "model_attributes_type": _BLOCK,
    "dataclass_type": _BLOCK,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "greater_than": "must be more than {gt}, not {said}",
    "greater_than_equal": "must be {ge} or more, not {said}",
    "less_than": "must be less than {lt}, not {said}",
    "less_than_equal": "must be {le} or less, not {said}",
    "too_short": "must have {min_length} or more entries, not {actual_length}",
    "too_long": "must have {max_length} entries or fewer, not {actual_length}",
    "union_tag_not_found": "the field {discriminator} that tells its kind is missing",
    "union_tag_invalid": "“{tag}” is not one of {expected_tags}",
}
_QUOTED_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def sentences(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[tuple[str | int, ...], str, bool]]:
    """For each mistake: the path to it, the sentence, and whether it is about a field's name instead of its value."""
    for detail in error.errors(include_url=False):
        loc, kind = detail["loc"], detail["type"]
        if kind == "extra_forbidden":
            name = str(loc[-1])
            yield loc, f"unknown field “{name}”{did_you_mean(name, _fields_at(model, loc[:-1]))}", True
        elif loc[-1:] == ("[key]",):
            yield loc[:-1], _sentence(detail), True
        else:
            yield loc, _sentence(detail), kind == "missing"


def _sentence(detail: ErrorDetails) -> str:
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    if value is None and kind != "missing":
        return "has no value"
    if kind == "string_type" and isinstance(value, (list, dict)):
        return f"must be text, not {_as_written(value)}"
    if kind in ("float_type", "int_type") and isinstance(value, str) and _QUOTED_NUMBER.fullmatch(value):
        return f"must be a number: {value} without quotes"
    if kind in ("enum", "literal_error"):
        return _one_of(value, str(context.get("expected", "")))
    if kind == "value_error":
        return str(context.get("error") or detail["msg"])
    if kind in _SENTENCES:
        return _SENTENCES[kind].format(**{**context, "said": _as_written(value)})
    return detail["msg"][:1].lower() + detail["msg"][1:]


def _one_of(value: object, expected: str) -> str:
    choices = re.findall(r"'([^']*)'", expected) or [expected]
    near = did_you_mean(value, choices) if isinstance(value, str) else ""
    return f"must be one of {', '.join(choices)}, not {_as_written(value)}{near}"


def _as_written(value: object) -> str:
    """A value as the file shows it, in double quotes when it is text, cut when long."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a block of fields"
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= 60 else f"{written[:57]}…"


def _fields_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    """Names a field may have at the path: those of the model there, of all of them where a union leaves it open."""
    here = {model}
    for step in loc:
        deeper = {m for one in here if (field := _fields(one).get(str(step))) for m in _models_in(field)}
        here = deeper or here
    return {name for one in here for name in _fields(one)}


def _fields(model: type[BaseModel]) -> dict[str, object]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models_in(annotation: object) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for part in get_args(annotation) for model in _models_in(part)}
