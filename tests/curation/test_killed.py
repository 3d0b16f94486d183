"""Killed at any moment of a publish: the next start is on the old or the new revision, and goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from curation.conftest import ANN, BO
from tradebot.curation.draft import Draft
from tradebot.curation.faults import MovedError
from tradebot.curation.git import Git
from tradebot.curation.publishing import advance
from tradebot.curation.repository import Repository
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.settled import STAGING, settled

GOT_THROUGH = 77
FILES = {f"knowledge/{name}.yaml": "old\n" * 40 for name in ("a", "b", "goes")} | {"templates/c.j2": "old\n"}
PUBLISHED = {**{name: "new\n" * 30 for name in FILES if "goes" not in name}, "knowledge/new/d.yaml": "new\n"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of a few files that mean nothing."""
    top = tmp_path_factory.mktemp("small") / "trade"
    for name, text in {**FILES, "curation.yaml": "two_person_rule: false\n", ".gitignore": ".refresh/\n"}.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text, encoding="utf-8")
    git = Git(top)
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message", "first", extra=ANN.as_author())
    return top


def drafted(top: Path) -> tuple[Draft, str, str]:
    """A draft ready to be published, the commit it is based on, and the one that it would be."""
    draft = Draft(Repository.open(top), ANN)
    for name in FILES:
        (draft.folder / name).unlink()
    for name, text in PUBLISHED.items():
        (draft.folder / name).parent.mkdir(exist_ok=True)
        (draft.folder / name).write_text(text, encoding="utf-8")
    draft.keep("all of it")
    return draft, draft.base, draft.git("commit-tree", "HEAD^{tree}", "-p", draft.base, "-m", "second", extra=ANN.as_author())


def seen(top: Path) -> dict[str, str]:
    """What somebody reads who knows nothing of git."""
    with settled(top / "knowledge", Problems()):
        paths = [path.relative_to(top) for folder in ("knowledge", "templates") for path in (top / folder).rglob("*") if path.is_file()]
        return {path.as_posix(): (top / path).read_text(encoding="utf-8") for path in paths if STAGING not in path.parts}


def in_child(work: Callable[[], object], seconds: float = 60) -> bool:
    """Runs something in a process group of its own, kills all of it after a while; whether it was killed."""
    child = os.fork()
    if child == 0:
        os.setsid()
        try:
            work()
        finally:
            os._exit(0)
    until = time.monotonic() + seconds
    while os.waitpid(child, os.WNOHANG)[0] == 0:
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return True
        time.sleep(0.001)
    return False


def starts_on_old_or_new(top: Path) -> bool:
    """What holds after a kill; whether it is the new revision that holds."""
    found = seen(top)
    assert found in (FILES, PUBLISHED)
    for lock in (top / ".git").rglob("*.lock"):
        os.utime(lock, (0, 0))  # as if ten minutes had gone by
    repository = Repository.open(top)
    assert seen(top) == (PUBLISHED if repository.revision == "r2" else FILES)
    assert repository.edited() == []
    return found == PUBLISHED


def goes_on(top: Path) -> None:
    """After a kill, the next moderator publishes as if nothing had been."""
    draft = Draft(Repository.open(top), BO)
    (draft.folder / "knowledge/a.yaml").write_text("later\n", encoding="utf-8")
    draft.keep("later")
    commit = draft.git("commit-tree", "HEAD^{tree}", "-p", draft.base, "-m", "later", extra=BO.as_author())
    advance(draft, draft.base, commit)
    assert seen(top)["knowledge/a.yaml"] == "later\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the child is forked")
def test_killed_before_any_touch_of_the_file_system(small: Path, tmp_path: Path) -> None:
    outcomes = []
    for moment in range(1, 300):
        top = tmp_path / str(moment)
        subprocess.run(["cp", "-r", str(small), str(top)], check=True)
        draft, old, new = drafted(top)

        def work(moment: int = moment, draft: Draft = draft, old: str = old, new: str = new) -> None:
            count = 0

            def hook(event: str, _: object) -> None:
                nonlocal count
                if event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "subprocess.Popen", "shutil.rmtree"):
                    count += 1
                    if count == moment:
                        os.killpg(0, signal.SIGKILL)

            try:
                sys.addaudithook(hook)
                advance(draft, old, new)
                os._exit(GOT_THROUGH)
            finally:
                traceback.print_exc()
                os._exit(1)

        child = os.fork()
        if child == 0:
            os.setsid()
            work()
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        outcomes.append(starts_on_old_or_new(top))
        if moment % 4 == 0:
            goes_on(top)
        assert ended in (-signal.SIGKILL, GOT_THROUGH)
        if ended == GOT_THROUGH:
            break
    assert 10 < len(outcomes) < 299
    assert outcomes == sorted(outcomes)
    assert True in outcomes


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the child is forked")
def test_killed_with_git_at_random_times(small: Path, tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    for trial in range(8):
        top = tmp_path / str(trial)
        subprocess.run(["cp", "-r", str(small), str(top)], check=True)
        draft, old, new = drafted(top)
        in_child(partial(advance, draft, old, new), chance.uniform(0.0, 0.15))
        starts_on_old_or_new(top)
        goes_on(top)


def test_a_draft_is_opened_while_it_is_published(small: Path, tmp_path: Path) -> None:
    top = tmp_path / "trade"
    subprocess.run(["cp", "-r", str(small), str(top)], check=True)
    draft, old, new = drafted(top)
    with draft.locked():
        opening = threading.Thread(target=Draft, args=(draft.repository, ANN))
        opening.start()
        time.sleep(0.2)
        assert opening.is_alive()  # it waits, and holds up nobody
        advance(draft, old, new)
    opening.join(30)
    assert not opening.is_alive()


def test_two_at_once_are_one_after_the_other(small: Path, tmp_path: Path) -> None:
    top = tmp_path / "trade"
    subprocess.run(["cp", "-r", str(small), str(top)], check=True)
    draft, old, new = drafted(top)
    advance(draft, old, new)
    with pytest.raises(MovedError, match="in the same moment"):
        advance(draft, old, draft.git("commit-tree", f"{new}^{{tree}}", "-p", old, "-m", "other", extra=ANN.as_author()))
