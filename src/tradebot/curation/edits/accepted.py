"""Tests of intents brought up to what a draft answers, where only a figure, a name or a date in an answer moved.

“$178.3 bn” stands in the answer of before ─▶ the words in its place in the answer of now ─▶ “$178.9 bn”
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from tradebot.curation.draft import Edit
from tradebot.curation.edits.asking import file_of
from tradebot.curation.edits.yaml_edit import edited
from tradebot.curation.faults import CurationError
from tradebot.curation.preview import Change, Preview

_WORD = re.compile(r"\$?\w+(?:[.,]\w+)*|[^\w\s]")


def accept(found: Preview) -> Edit:
    """Whoever looked at the changed answers takes them as right: their tests say now what they say."""

    def edit(root: Path) -> str:
        count = sum(_bring_up(root, change) for change in found.changes if change.why and change.intent)
        if not count:
            raise CurationError("No test fails only because an answer says another figure; what fails must be mended by hand.")
        return f"{count} {'test says' if count == 1 else 'tests say'} now what the draft answers"

    return edit


def _bring_up(root: Path, change: Change) -> bool:
    """Whether the test of a change could be brought up."""
    with edited(file_of(root, change.intent)) as document:
        for test in document["tests"]:
            if tuple(test.get("turns", [test.get("ask")])) == change.asked:
                return _says(test, change)
    return False


def _says(test: Any, change: Change) -> bool:
    moved = False
    for place, entry in enumerate(test.get("says", [])):
        if str(entry).lower() not in change.after.lower() and (now := counterpart(str(entry), change.before, change.after)):
            test["says"][place] = now
            moved = True
    return moved


def counterpart(entry: str, before: str, after: str) -> str:
    """What stands in a text where another text of the same build has the entry; empty where nothing does."""
    at = before.lower().find(entry.lower())
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    inside = [place for place, word in enumerate(old) if word.start() < at + len(entry) and word.end() > at]
    if at < 0 or not inside:
        return ""
    opcodes = SequenceMatcher(None, [word[0] for word in old], [word[0] for word in new], autojunk=False).get_opcodes()
    first, last = _moved(opcodes, inside[0]), _moved(opcodes, inside[-1])
    if first is None or last is None or last < first:
        return ""
    return after[new[first].start() : new[last].end()]


def _moved(opcodes: Sequence[tuple[str, int, int, int, int]], place: int) -> int | None:
    """Where a word went: the same word, or the one that replaced it."""
    for tag, start, end, new_start, new_end in opcodes:
        if start <= place < end and (tag == "equal" or (tag == "replace" and end - start == new_end - new_start)):
            return new_start + place - start
    return None
