"""Known gaps (gaps.yaml): what people ask for that is not held, so that a refusal can name it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.name_claims import fold_name, has_words
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.yaml_files import read_placed

FILE = "gaps.yaml"


def _sentence(text: str) -> str:
    if not text.endswith("."):
        raise ValueError("is a whole sentence: end it with a full stop")
    return " ".join(text.split())


class Gap(FileModel):
    """Something that is not held.

    Where a question has no answer and one of `terms` stands in it, the refusal is `says`, with `see` as the questions to ask
    instead (or the nearest ones).
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9\-]*$")]
    terms: Annotated[tuple[Annotated[str, Field(min_length=2, max_length=80)], ...], Field(min_length=1)]
    says: Annotated[str, Field(min_length=10, max_length=300), AfterValidator(_sentence)]
    see: tuple[str, ...] = ()


class GapsFile(FileModel):
    """gaps.yaml."""

    gaps: tuple[Gap, ...] = ()


def load_gaps(root: Path, problems: Problems) -> tuple[Gap, ...]:
    """The known gaps, none where there is no such file; an id or term that is given twice is a problem."""
    path = root / FILE
    placed = read_placed(path, GapsFile, problems, root) if path.exists() else None
    if placed is None:
        return ()
    for number, gap in enumerate(placed.value.gaps):
        for other in placed.value.gaps[:number]:
            if other.id == gap.id:
                problems.add(placed.problem(f"“{gap.id}” is given twice", "gaps", number, "id"))
            elif shared := {fold_name(term) for term in gap.terms} & {fold_name(term) for term in other.terms}:
                problems.add(placed.problem(f"“{min(shared)}” already belongs to {other.id}", "gaps", number, "terms"))
    return placed.value.gaps


def gap_in(said: str, gaps: Iterable[Gap]) -> Gap | None:
    """The first gap that a text names."""
    return next((gap for gap in gaps if has_words(said, gap.terms)), None)
