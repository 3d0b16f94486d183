"""What is wrong with the knowledge: every error at its place, in a sentence for the person who edits the file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from tradebot.knowledge.limits import MAX_PROBLEMS, MAX_SENTENCE, MAX_WORD


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error. `line` and `column` count from 1; line 0 speaks of the whole file, an empty `field` of no field."""

    file: str
    line: int
    column: int
    field: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.field}: {self.sentence}" if self.field else f"{place}: {self.sentence}"


class Located(Protocol):
    """Something read from a file that can tell where its parts stand."""

    def problem(self, sentence: str, *loc: str | int) -> Problem:
        """A problem with the value at a path of field names and indices."""


class Problems:
    """Collects problems while files are read, so that all of them can be shown at once; of one file the first fifty."""

    def __init__(self) -> None:
        self._problems: set[Problem] = set()
        self._of_file: Counter[str] = Counter()

    def add(self, problem: Problem) -> None:
        if self.full(problem.file) or problem in self._problems:
            return
        self._of_file[problem.file] += 1
        if self.full(problem.file):
            problem = replace(problem, field="", sentence="there are more mistakes from here on; mend these first")
        elif len(problem.sentence) > MAX_SENTENCE:
            problem = replace(problem, sentence=f"{problem.sentence[:MAX_SENTENCE]}…")
        self._problems.add(problem)

    def full(self, file: str) -> bool:
        """Whether a file has so many that no more of it are told: its readers can stop looking."""
        return self._of_file[file] > MAX_PROBLEMS

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def __iter__(self) -> Iterator[Problem]:
        """By file, line and column."""
        return iter(sorted(self._problems))

    def __len__(self) -> int:
        return len(self._problems)

    def grouped(self) -> dict[str, list[Problem]]:
        """The problems of each file, files and places in order."""
        groups: dict[str, list[Problem]] = {}
        for problem in self:
            groups.setdefault(problem.file, []).append(problem)
        return groups

    def raise_if_any(self) -> None:
        """Raises KnowledgeError when something was added."""
        if self._problems:
            raise KnowledgeError(self)


class KnowledgeError(Exception):
    """The knowledge cannot be used; `problems` says why, one line each in str()."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def name_of(path: Path, root: Path | None) -> str:
    """How problems call a file: from the knowledge directory on (`knowledge/partners/norway.yaml`), else as given."""
    if root is None:
        return path.as_posix()
    said, base = os.fspath(path), f"{os.fspath(root)}{os.sep}"
    if not said.startswith(base):  # elsewhere, or below a root that is called “.”
        return f"{_called(root)}/{path.relative_to(root).as_posix()}" if path.is_relative_to(root) else path.as_posix()
    return f"{_called(root)}/{said[len(base) :].replace(os.sep, '/')}"


def _called(root: Path) -> str:
    return os.path.basename(os.path.abspath(root))  # noqa: PTH100, PTH119 - of each of six hundred files


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean “aliases”?` when something known is close to the word, else nothing."""
    if len(word) > MAX_WORD:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415  only a faulty file pays for it

    folded = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
    return f"; did you mean “{folded[near[0]]}”?" if near else ""
