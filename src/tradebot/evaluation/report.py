"""The report of a run: a table of files, the failures by kind, and what changed since an earlier run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tradebot.evaluation.judging import Judge, Kind, Verdict
from tradebot.evaluation.rows import RowError, read

SHOWN = 110
"""Characters of a reply's text that are shown beside a failure."""

_FAILURES = tuple(kind for kind in Kind if kind is not Kind.RIGHT)


@dataclass(frozen=True, slots=True)
class Run:
    """The verdicts of each file, by its name."""

    files: Mapping[str, tuple[Verdict, ...]]

    @classmethod
    def of(cls, paths: Iterable[Path], judge: Judge) -> Run:
        """Raises RowError for the first bad line, OSError."""
        return cls({path.name: tuple(judge.judge(row) for row in read(path)) for path in paths})

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdicts in self.files.values() for verdict in verdicts)

    def kinds(self) -> dict[str, str]:
        """What is saved: the kind of each row, by file and id."""
        return {f"{name}#{verdict.row.id}": str(verdict.kind) for name, verdicts in self.files.items() for verdict in verdicts}


def table(run: Run) -> Iterator[str]:
    """A line for each file: rows, right, the share of them, and the failures by kind; then how far intents agree."""
    width = max(len(name) for name in (*run.files, "all"))
    yield f"{'':{width}}  {'rows':>6}  {'right':>6}  {'%':>6}  " + "  ".join(f"{kind:>13}" for kind in _FAILURES) + f"  {'intent':>9}"
    rows = [*run.files.items(), *([("all", run.verdicts)] if len(run.files) > 1 else [])]
    for name, verdicts in rows:
        counts = Counter(verdict.kind for verdict in verdicts)
        right, of = counts[Kind.RIGHT], len(verdicts)
        kinds = "  ".join(f"{counts[kind] or '·':>13}" for kind in _FAILURES)
        yield f"{name:{width}}  {of:>6}  {right:>6}  {100 * right / max(of, 1):>6.1f}  {kinds}  {_intents(verdicts):>9}"


def failures(run: Run, show: int) -> Iterator[str]:
    """The failures, the worst kind first, at most `show` of each."""
    for kind in reversed(_FAILURES):
        found = [verdict for verdict in run.verdicts if verdict.kind is kind]
        if not found:
            continue
        yield f"\n{kind} ({len(found)})"
        for verdict in found[:show]:
            yield f"- {verdict.row.place} {_asked(verdict)}: {verdict.why} | {verdict.reply.intent} | {_short(verdict.reply.text)}"
        if len(found) > show:
            yield f"  and {len(found) - show} more (--show {len(found)})"


def changes(earlier: Mapping[str, str], run: Run) -> Iterator[str]:
    """Rows that went wrong since an earlier run, rows that came right, and how many are only in one of the two."""
    earlier = {key: kind for key, kind in earlier.items() if key.partition("#")[0] in run.files}
    now, verdicts = run.kinds(), {f"{name}#{one.row.id}": one for name, found in run.files.items() for one in found}
    both = [key for key in now if key in earlier]
    worse = [key for key in both if now[key] != earlier[key] and now[key] != Kind.RIGHT]
    better = [key for key in both if now[key] != earlier[key] and now[key] == Kind.RIGHT]
    yield f"\nagainst the earlier run: {len(better)} came right, {len(worse)} went wrong, {len(both) - len(better) - len(worse)} as before"
    yield from (f"- {key} {_asked(verdicts[key])}: {earlier[key]} → {now[key]}" for key in worse)
    yield from (f"+ {key} {_asked(verdicts[key])}: {earlier[key]} → right" for key in better)
    if len(now) + len(earlier) > 2 * len(both):
        yield f"rows only now: {len(now) - len(both)}, rows only then: {len(earlier) - len(both)}"


def save(path: Path, run: Run) -> None:
    path.write_text(json.dumps(run.kinds(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def load(path: Path) -> dict[str, str]:
    """An earlier run. Raises RowError, OSError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RowError(f"{path.name}: not a saved run: {error}") from None
    if not isinstance(found, dict) or not all(isinstance(kind, str) for kind in found.values()):
        raise RowError(f"{path.name}: not a saved run: write one with --save")
    return found


def _intents(verdicts: Sequence[Verdict]) -> str:
    known = [verdict.intent_agrees for verdict in verdicts if verdict.intent_agrees is not None]
    return f"{sum(known)}/{len(known)}" if known else "·"


def _asked(verdict: Verdict) -> str:
    return " / ".join(f"“{_short(turn)}”" for turn in verdict.row.asked)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
