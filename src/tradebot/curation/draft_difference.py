"""What a draft changes, in words, and what in it may be a slip: `diff` shows it, `publish` decides by it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tradebot.curation.differences import differences, fields_in_words
from tradebot.curation.draft import Draft
from tradebot.curation.figures import Figures, compare_figures
from tradebot.curation.rules import FILE as RULES
from tradebot.curation.rules import parse_rules
from tradebot.curation.slips import slips
from tradebot.curation.worktree import content_of
from tradebot.knowledge.snapshot import Knowledge
from tradebot.refresh.doubts import Doubt

SHARED = ("knowledge/record/", "knowledge/tariffs/", "knowledge/article/", RULES)
"""What the two-person rule is about: figures, tariff events, the newsletter's figures, and the rule itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`lines` say what changes, `doubts` what must be confirmed; `files` are those of the draft."""

    lines: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    files: tuple[str, ...]

    @property
    def needs_two(self) -> bool:
        """Whether it touches what two moderators must agree on where the rule is on."""
        return any(name.startswith(SHARED) for name in self.files)


def difference(draft: Draft, new: Knowledge | None = None) -> Difference:
    """The draft against the revision that it is an edit of; `new` is what it holds, where that was read already.

    Raises KnowledgeError where one of the two cannot be read.
    """
    files = draft.changes
    if not files:
        return Difference((), (), ())
    with draft.repository.exported(draft.base) as folder:
        figures = compare_figures(folder / "knowledge", draft.knowledge) if _has_figures(files) else Figures((), ())
        old, new = Knowledge.load(folder / "knowledge"), new or Knowledge.load(draft.knowledge)
    words, doubts = differences(old, new), (*figures.doubts, *slips(old, new))
    lines = (*figures.lines, *words, *_rules(draft), *_templates(draft))
    return Difference(lines or tuple(f"{name}: laid out otherwise" for name in files), doubts, tuple(files))


def _has_figures(files: Collection[str]) -> bool:
    return any(name.startswith("knowledge/record/") for name in files)


def _rules(draft: Draft) -> Iterator[str]:
    old, new = ((content_of(draft.git, commit, RULES) or b"").decode() for commit in (draft.base, "HEAD"))
    return (f"Rule {line}" for line in fields_in_words(parse_rules(old), parse_rules(new)))


def _templates(draft: Draft) -> Iterator[str]:
    for line in draft.git("diff", "--numstat", "--no-renames", draft.base, "HEAD", "--", "templates").splitlines():
        more, fewer, name = line.split("\t")
        yield f"Wording {name.removeprefix('templates/')}: {_lines(more)} new, {_lines(fewer)} gone"


def _lines(count: str) -> str:
    return f"{count} {'line' if count == '1' else 'lines'}"
