"""Several files as one: killed anywhere, watched all the time, changed by somebody else, not allowed to be written."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from refresh.bureau import contents
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.settled import JOURNAL, STAGING, settled
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.writing import fingerprints, finish_interrupted, replace_files

NAMES = ("sources.yaml", "record/annual.csv", "record/months.csv", "record/same.csv")


def texts(version: str) -> dict[str, str]:
    return {name: f"{name} {'' if 'same' in name else version}\n" * 50 for name in NAMES}


def encoded(version: str) -> dict[str, bytes | None]:
    return {name: text.encode() for name, text in texts(version).items()}


def lay(root: Path, version: str) -> Path:
    (root / "record").mkdir(parents=True, exist_ok=True)
    for name, text in texts(version).items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def replace(root: Path, version: str, check: Callable[[Path], None] = lambda _: None) -> list[str]:
    return replace_files(root, encoded(version), fingerprints(root, NAMES), check)


def seen(root: Path) -> dict[str, str]:
    """What a reader reads."""
    problems = Problems()
    with settled(root, problems):
        found = {name: (root / name).read_text(encoding="utf-8") for name in NAMES}
    assert list(problems) == []
    return found


def in_child(work: Callable[[], object]) -> int:
    """Runs something in a process of its own; the signal that ended it, 0 for none."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) * -1


def killed_at(moment: int, root: Path, version: str) -> bool:
    """Replaces the files in a child that kills itself before its n-th touch of the file system; False if it got through."""

    def work() -> None:
        count = 0

        def hook(event: str, _: object) -> None:
            nonlocal count
            if event in ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.rmtree"):
                count += 1
                if count == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        replace(root, version)

    return in_child(work) == signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the child is forked")
def test_killed_at_any_moment_leaves_old_or_new(tmp_path: Path) -> None:
    outcomes = []
    for moment in range(1, 200):
        root = lay(tmp_path / str(moment), "old")
        killed = killed_at(moment, root, "new")
        found = seen(root)
        assert found in (texts("old"), texts("new"))
        outcomes.append(found == texts("new"))
        finish_interrupted(root)
        assert seen(root) == found
        assert list(contents(root)) == sorted(NAMES)
        if not killed:
            break
        assert sorted(replace(root, "newer")) == sorted(set(NAMES) - {"record/same.csv"})
    assert 20 < len(outcomes) < 199
    assert outcomes == sorted(outcomes)
    assert outcomes.count(True) > 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the child is forked")
def test_a_reader_never_sees_half(tmp_path: Path) -> None:
    root = lay(tmp_path, "0")
    possible = [texts(str(version)) for version in range(31)]
    child = os.fork()
    if child == 0:
        for version in range(1, 31):
            replace(root, str(version))
        os._exit(0)
    done, last = 0, 0
    while not done:
        done, _ = os.waitpid(child, os.WNOHANG)
        at = possible.index(seen(root))
        assert at >= last
        last = at
    assert seen(root) == texts("30")


def test_a_refused_check_leaves_nothing(tmp_path: Path) -> None:
    root = lay(tmp_path, "old")
    before = contents(root)

    def refuse(staged: Path) -> None:
        assert (staged / "record/annual.csv").read_text(encoding="utf-8") == texts("new")["record/annual.csv"]
        raise RefreshError("no")

    with pytest.raises(RefreshError, match="no"):
        replace(root, "new", refuse)
    assert contents(root) == before


def test_somebody_else_was_quicker(tmp_path: Path) -> None:
    root = lay(tmp_path, "old")
    read = fingerprints(root, NAMES)
    (root / "sources.yaml").write_text("edited by hand\n", encoding="utf-8")
    before = contents(root)
    with pytest.raises(RefreshError, match="changed by somebody else in the meantime"):
        replace_files(root, encoded("new"), read, lambda _: None)
    assert contents(root) == before


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    root = lay(tmp_path, "old")
    (root / STAGING).write_text("in the way", encoding="utf-8")
    with pytest.raises(RefreshError, match="cannot be written"):
        replace(root, "new")
    (root / STAGING).unlink()
    assert seen(root) == texts("old")


def test_what_a_power_cut_left_is_finished_by_the_next_reader(tmp_path: Path) -> None:
    root = lay(tmp_path, "old")
    lay(root / STAGING, "new")
    assert seen(root) == texts("old")
    (root / STAGING / JOURNAL).write_text("\n".join(NAMES), encoding="utf-8")
    assert seen(root) == texts("new")
    assert not (root / STAGING).exists()


def test_files_come_and_go_also_beside_the_knowledge(tmp_path: Path) -> None:
    root = lay(tmp_path / "knowledge", "old")
    new: dict[str, bytes | None] = {"../templates/refusals/gap.j2": b"new", "sources.yaml": None, "words/a b.yaml": b"x"}
    assert sorted(replace_files(root, new, fingerprints(root, new), lambda _: None)) == sorted(new)
    assert not (root / "sources.yaml").exists()
    assert (tmp_path / "templates/refusals/gap.j2").read_bytes() == b"new"
    assert (root / "words/a b.yaml").read_bytes() == b"x"
    assert not (root / STAGING).exists()
