"""Observations: what the newsletter says of a partner, one fact at a time; superseded, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from tradebot.curation.draft import Edit
from tradebot.curation.edits.yaml_edit import edited, in_line
from tradebot.curation.faults import CurationError
from tradebot.knowledge.models_article import FactEntry
from tradebot.knowledge.problems import did_you_mean

FIELDS = tuple(FactEntry.model_fields)
_NUMBERS = ("value", "rounded_to")
_LISTS = ("partners", "topics", "goods", "companies")


def set_fact(file: str, fact: str, fields: Mapping[str, str]) -> Edit:
    """Fields of a fact of article/`file`.yaml (vietnam, world); a fact that is not there yet is added.

    Lists are written with commas; an empty text takes a field away.
    """

    def edit(root: Path) -> str:
        known = {path.stem: path for path in sorted((root / "article").glob("*.yaml")) if path.stem != "about"}
        if file not in known:
            raise CurationError(f"The newsletter has no file “{file[:40]}”{did_you_mean(file, known)}; they are {', '.join(known)}.")
        if strange := [name for name in fields if name not in FIELDS or name == "id"]:
            raise CurationError(f"A fact has no field “{strange[0]}”{did_you_mean(strange[0], FIELDS)}")
        with edited(known[file]) as document:
            entry, verb = _entry(document["facts"], fact)
            for name, said in fields.items():
                _set(entry, name, said)
        return f"The newsletter on {file}: {fact} {verb}"

    return edit


def _entry(facts: CommentedSeq, fact: str) -> tuple[CommentedMap, str]:
    for entry in facts:
        if entry["id"] == fact:
            return entry, "is changed"
    entry = CommentedMap(id=fact)
    facts.append(entry)
    return entry, "is new"


def _set(entry: CommentedMap, name: str, said: str) -> None:
    if not said:
        entry.pop(name, None)
    elif name in _NUMBERS:
        entry[name] = _number(said)
    elif name in _LISTS:
        entry[name] = in_line([each.strip() for each in said.split(",") if each.strip()])
    else:
        entry[name] = " ".join(said.split())


def _number(said: str) -> float | int:
    try:
        number = float(said.replace("−", "-"))
    except ValueError as error:
        raise CurationError(f"“{said[:40]}” is not a number; write 12.5.") from error
    return int(number) if number.is_integer() else number
