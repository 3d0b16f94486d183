"""A directory under git: revisions, what is served, any revision again, a clone, and git itself kept at arm's length."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest

from curation.conftest import ANN, BO
from tradebot.curation.faults import CurationError, GitError
from tradebot.curation.git import Git
from tradebot.curation.news import News
from tradebot.curation.opening import open_to_serve
from tradebot.curation.people import Moderator
from tradebot.curation.repository import Repository
from tradebot.curation.watch import live
from tradebot.desk import Desk


def test_init_makes_the_first_revision(packaged_repository: Path) -> None:
    repository = Repository.open(packaged_repository)
    assert repository.revision == repository.served == "r1"
    first = repository.log()[0]
    assert (first.name, first.by, first.why) == ("r1", "Ann", "The knowledge that came with tradebot")
    assert repository.edited() == []
    assert not repository.rules.two_person_rule


def test_only_a_new_directory_is_filled(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CurationError, match="not empty"):
        Repository.init(tmp_path, ANN)


def test_knowledge_without_a_repository_is_not_one(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    assert Repository.of(tmp_path / "knowledge") is None
    with pytest.raises(CurationError, match="tradebot knowledge init"):
        Repository.open(tmp_path)


def test_files_edited_by_hand_are_named_in_the_revision(repository: Repository) -> None:
    card = repository.knowledge / "definitions/rank.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("How partners", "The way partners"), encoding="utf-8")
    assert repository.edited() == ["knowledge/definitions/rank.yaml"]
    assert repository.served.startswith("r1+")
    assert repository.current().knowledge.revision == repository.served


def test_any_revision_answers_again(repository: Repository) -> None:
    card = repository.knowledge / "definitions/rank.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("How partners", "The way partners"), encoding="utf-8")
    repository.git("commit", "--quiet", "--all", "--message", "By hand\n\nin two lines", extra=BO.as_author())
    assert [revision.name for revision in repository.log()] == ["r2", "r1"]
    assert (repository.log()[0].by, repository.log()[0].why, repository.log()[0].more) == ("Bo b@example.org", "By hand", "in two lines")
    titles = [repository.edition(name).knowledge.definitions["rank"].title for name in ("r1", "R2 ")]
    assert titles == ["How partners are ranked", "The way partners are ranked"]
    assert repository.edition("r1") is repository.edition("r1")
    for wrong in ("r3", "r0", "main", "--all", ""):
        with pytest.raises(CurationError, match="r1 to r2"):
            repository.edition(wrong)


def test_hooks_and_settings_of_the_repository_do_not_run(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = repository.top / ".git/hooks/post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
    hook.chmod(0o755)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    repository.git("commit", "--quiet", "--allow-empty", "--message", "x", extra=ANN.as_author())
    assert repository.revision == "r2"
    assert not (tmp_path / "ran").exists()


def test_git_that_fails_or_is_missing_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CurationError, match="git status failed: not a git repository"):
        Git(tmp_path)("status")
    with pytest.raises(CurationError, match="took longer than 0 seconds"):
        Git(tmp_path).attempt("--version", seconds=0)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CurationError, match="git is not installed"):
        Git(tmp_path)("status")


def test_a_clone_takes_what_the_remote_has(repository: Repository, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", "--bare", str(repository.top), str(tmp_path / "remote.git")], check=True)
    clone = Repository.init(tmp_path / "clone", BO, remote=str(tmp_path / "remote.git"))
    assert clone.head == repository.head
    assert clone.has_remote
    assert not repository.has_remote


def test_a_remote_out_of_reach_leaves_nothing_behind(tmp_path: Path) -> None:
    remote, folder = tmp_path / "remote.git", tmp_path / "trade"
    with pytest.raises(GitError):
        Repository.init(folder, ANN, remote=str(remote))
    assert list(folder.iterdir()) == []
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    assert Repository.init(folder, ANN, remote=str(remote)).revision == "r1"


def test_a_remote_that_is_empty_gets_the_packaged_knowledge(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "remote.git")], check=True)
    first = Repository.init(tmp_path / "first", ANN, remote=str(tmp_path / "remote.git"))
    second = Repository.init(tmp_path / "second", BO, remote=str(tmp_path / "remote.git"))
    assert first.head == second.head


@pytest.mark.parametrize(
    ("moderator", "slug", "called"),
    [
        (Moderator("123456789012345678", "Zoë"), "123456789012345678", "Zoë"),
        (Moderator("../../etc", "a\nApproved-by: b"), "x", "a Approved-by: b"),
        (Moderator("Ünï cödé", "<>"), "x", "x"),
    ],
)
def test_moderators_are_safe_names(moderator: Moderator, slug: str, called: str) -> None:
    assert moderator.slug.startswith(slug)
    assert moderator.slug.isalnum()
    assert moderator.called.startswith(called)


def test_a_bot_starts_whatever_was_saved_by_hand(repository: Repository) -> None:
    path = repository.knowledge / "partners/vietnam.yaml"
    whole = path.read_text(encoding="utf-8")
    assert open_to_serve(repository.knowledge).knowledge.revision == "r1"
    path.write_text(whole.replace("aliases: [", "aliases: [Handland, "), encoding="utf-8")
    assert open_to_serve(repository.knowledge).knowledge.revision.startswith("r1+")
    path.write_text(whole.replace("kind: country", "kind: land"), encoding="utf-8")
    assert open_to_serve(repository.knowledge).knowledge.revision == "r1"
    thanks = repository.knowledge / "intents/thanks.yaml"
    path.write_text(whole, encoding="utf-8")
    thanks.write_text(thanks.read_text(encoding="utf-8").replace("tests:", "tests:\n  - {ask: thanks, outcome: refuse}"), encoding="utf-8")
    assert open_to_serve(repository.knowledge).knowledge.revision == "r1", "as before the start: its tests fail"


async def test_what_was_wrong_at_the_start_is_told(repository: Repository) -> None:
    path = repository.knowledge / "partners/vietnam.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: country", "kind: land"), encoding="utf-8")
    told: asyncio.Queue[News] = asyncio.Queue()
    async with live(Desk(open_to_serve(repository.knowledge)), repository.knowledge, repository, told.put_nowait):
        news = str(await asyncio.wait_for(told.get(), 60))
    assert news.startswith("The saved files cannot be used; r1 keeps answering.\nknowledge/partners/vietnam.yaml:5:7: kind: must be one")
