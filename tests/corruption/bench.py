"""The bench: one file of a copy of the knowledge damaged at a time, and what becomes of it.

damaged file ─▶ load ─▶ refused: every problem has file and line
                   └──▶ loaded: the differences to what was there before; without one, every answer is the same
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corruption.damage import KINDS
from tradebot.checks import TODAY, check_edition
from tradebot.desk import Desk
from tradebot.edition import Edition
from tradebot.knowledge import kept
from tradebot.knowledge.differences import differences
from tradebot.knowledge.paths import knowledge_dir, templates_beside
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.snapshot import read
from tradebot.presentation.render import read_templates

QUESTIONS = (
    *("deficit with vietnam", "top 5 deficits", "and japan?", "imports from Mexico in 2024", "tariffs on Canada", "what is a tariff"),
    *("why is the deficit with Ireland so large", "what does the newsletter say about China", "average tariff rate", "coverage"),
    *("what do we import from Germany", "is China 145 % now", "EU vs ASEAN", "trend of the total deficit", "best laptop"),
)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a damaged file: `refused`, `changed`, or `same`; `fault` is what must never happen, empty where it did not."""

    kind: str
    file: str
    damage: str
    what: str
    told: tuple[str, ...] = ()
    fault: str = ""


@dataclass(slots=True)
class Bench:
    """A copy of the packaged knowledge in `folder`, where files are damaged and mended again."""

    folder: Path
    root: Path = field(init=False)
    held: Edition = field(init=False)
    files: dict[str, list[Path]] = field(init=False)
    answers: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.root = Path(shutil.copytree(knowledge_dir(), self.folder / "knowledge"))
        shutil.copytree(templates_beside(knowledge_dir()), self.folder / "templates")
        self.held = Edition.open(self.root)
        self.files = _by_folder([*self.root.rglob("*.yaml"), *self.root.rglob("*.csv"), *(self.folder / "templates").rglob("*.j2")])
        self.answers = _answers(self.held)

    def run(self, seed: int, *, thoroughly: bool) -> Fate:
        """Damages one file as the seed has it, and mends it; `thoroughly` checks and asks what was loaded, too."""
        chance = random.Random(seed)  # noqa: S311 - to damage files, not to keep secrets
        path = chance.choice(self.files[chance.choice(sorted(self.files))])
        kind = chance.choice(sorted(KINDS))
        damage = chance.choice(KINDS[kind])
        whole = path.read_bytes()
        path.write_bytes(damage(whole, chance))
        told = (path.relative_to(self.folder).as_posix(), kind, damage.__name__)
        try:
            return self._judge(*told, thoroughly=thoroughly)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            return Fate("broken", *told, fault=f"a traceback: {error!r}")
        finally:
            path.write_bytes(whole)

    def _judge(self, file: str, damage: str, what: str, *, thoroughly: bool) -> Fate:
        problems = Problems()
        knowledge = read(self.root, problems)
        templates = read_templates(self.folder / "templates", problems)
        if problems or knowledge is None:
            return Fate("refused", file, damage, what, tuple(map(str, problems)), _unplaced(problems))
        changes = [*differences(self.held.knowledge, knowledge), *differences(self.held.templates, templates, "templates")]
        told = tuple(map(str, changes))
        edition = Edition(knowledge, templates)
        if not thoroughly:
            return Fate("changed" if changes else "same", file, damage, what, told)
        with nothing_kept():
            alone = read(self.root, problems)
        if problems or [*differences(knowledge, alone)]:
            return Fate("shared wrongly", file, damage, what, told, f"another revision without what is kept {problems}")
        found = check_edition(self.root, edition)
        fault = _unplaced(found)
        if not changes and (found or _answers(edition) != self.answers):
            fault = "another answer without a difference"
        return Fate("refused by its tests" if found else "changed" if changes else "same", file, damage, what, told, fault)


def _by_folder(paths: list[Path]) -> dict[str, list[Path]]:
    """The few files of figures are damaged as often as the many of partners."""
    found: dict[str, list[Path]] = {}
    for path in sorted(paths):
        found.setdefault(path.parent.name, []).append(path)
    return found


def _unplaced(problems: Problems) -> str:
    without = [str(problem) for problem in problems if problem.line < 1 or problem.column < 1 or not problem.sentence]
    return f"no line: {without[0]}" if without else ""


def _answers(edition: Edition) -> list[str]:
    return [reply.text for reply in Desk(edition).ask_many(QUESTIONS, "c", TODAY)]


@contextmanager
def nothing_kept() -> Iterator[None]:
    """As in a process that has read nothing before."""
    held = dict(kept._kept)
    kept._kept.clear()
    try:
        yield
    finally:
        kept._kept.clear()
        kept._kept.update(held)
