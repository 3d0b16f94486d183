"""Ways of asking: a phrase that means an intent, and a test that keeps it meaning that."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tradebot.curation.draft import Edit
from tradebot.curation.edits.yaml_edit import append, edited, in_line
from tradebot.curation.faults import CurationError
from tradebot.knowledge.problems import did_you_mean


def add_phrase(intent: str, phrase: str) -> Edit:
    """Whoever says the phrase asks for the intent."""

    def edit(root: Path) -> str:
        said = " ".join(phrase.split()).strip("?!. ").lower()
        if not 3 <= len(said) <= 80:
            raise CurationError("A phrase has 3 to 80 characters.")
        with edited(file_of(root, intent)) as document:
            append(document, "phrases", said, before="defaults" if "defaults" in document else "takes")
        return f"“{said}” asks for {intent}"

    return edit


def add_test(intent: str, asked: str, *, outcome: str = "answer", slots: Mapping[str, object] | None = None, says: str = "") -> Edit:
    """From now on the question must be read so: `outcome`, fields of the query, a text that the reply holds."""

    def edit(root: Path) -> str:
        test: dict[str, object] = {"ask": " ".join(asked.split())}
        if outcome != "answer":
            test["outcome"] = outcome
        if slots:
            test["slots"] = dict(slots)
        if says:
            test["says"] = [says]
        with edited(file_of(root, intent)) as document:
            append(document, "tests", in_line(test))
        return f"A test of {intent}: “{test['ask']}”"

    return edit


def file_of(root: Path, intent: str) -> Path:
    """The file of an intent. Raises CurationError where there is none."""
    known = {path.stem: path for path in sorted((root / "intents").glob("*.yaml"))}
    if intent not in known:
        raise CurationError(f"There is no intent “{intent[:40]}”{did_you_mean(intent, known)}")
    return known[intent]
