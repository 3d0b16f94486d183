"""Several machines on one remote: what one publishes, the others follow; what cannot be read or went apart is told."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Sized
from pathlib import Path

import pytest

from curation.conftest import BO, says
from tradebot.curation.draft import Draft
from tradebot.curation.edits.names import add_name
from tradebot.curation.faults import CurationError, GitError
from tradebot.curation.following import Follower
from tradebot.curation.git import Git
from tradebot.curation.publishing import publish
from tradebot.curation.repository import Repository
from tradebot.desk import Desk
from tradebot.edition import Edition


@pytest.fixture
def remote(repository: Repository, tmp_path: Path) -> Path:
    path = tmp_path / "remote.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(repository.top), str(path)], check=True)
    repository.git("remote", "add", "origin", str(path))
    return path


def until(something: Sized) -> None:
    while not something:
        time.sleep(0.01)


def test_a_publish_reaches_the_other_machine(repository: Repository, draft: Draft, remote: Path, tmp_path: Path) -> None:
    there = Repository.init(tmp_path / "there", BO, remote=str(remote))
    desk, swapped = Desk(there.current()), list[Edition]()
    desk.on_swap(lambda: swapped.append(desk.edition))
    follower = Follower(there, desk, pytest.fail, every=0.05)

    async def follow() -> None:
        task = asyncio.create_task(follower.run())
        draft.apply(add_name("Vietnam", "Namland"))
        publish(draft, "a name")
        await asyncio.to_thread(until, swapped)
        task.cancel()

    asyncio.run(asyncio.wait_for(follow(), 60))
    assert "r2 · A-" in says(swapped[0], "deficit with Namland")
    assert there.revision == "r2"


def test_on_top_of_what_another_machine_published(repository: Repository, draft: Draft, remote: Path, tmp_path: Path) -> None:
    there = Repository.init(tmp_path / "there", BO, remote=str(remote))
    draft.apply(add_name("Vietnam", "Namland"))
    other = Draft(there, BO)
    other.apply(add_name("Peru", "Incaland"))
    publish(draft, "here")
    assert publish(other, "there").revision == "r3"
    assert [each.why for each in there.log()][:2] == ["there", "here"]
    assert Git(remote)("rev-parse", "main") == there.head


def test_a_remote_with_another_history_is_told(repository: Repository, draft: Draft, remote: Path, tmp_path: Path) -> None:
    there = Repository.init(tmp_path / "there", BO, remote=str(remote))
    for one, why in ((there, "there, by hand"), (repository, "here, by hand")):
        one.git("commit", "--quiet", "--allow-empty", "--message", why, extra=BO.as_author())
    there.git("push", "--quiet", "origin", "main")
    with pytest.raises(CurationError, match="went apart: somebody changed main by hand"):
        Follower(repository, Desk(repository.edition("r1")), pytest.fail).look()
    draft.apply(add_name("Vietnam", "Namland"))
    with pytest.raises(CurationError, match="went apart"):
        publish(draft, "a name")
    assert repository.log(1)[0].why == "here, by hand"


def test_a_remote_that_is_gone_or_broken_changes_nothing(repository: Repository, draft: Draft, remote: Path, tmp_path: Path) -> None:
    there = Repository.init(tmp_path / "there", BO, remote=str(remote))
    (there.knowledge / "gaps.yaml").write_text("gaps: {", encoding="utf-8")
    there.git("commit", "--quiet", "--all", "--message", "broken", extra=BO.as_author())
    there.git("push", "--quiet", "origin", "main")
    told: list[str] = []
    desk = Desk(repository.edition("r1"))

    async def follow() -> None:
        task = asyncio.create_task(Follower(repository, desk, told.append, every=0.01).run())
        await asyncio.to_thread(until, told)
        task.cancel()

    asyncio.run(asyncio.wait_for(follow(), 60))
    assert desk.edition is repository.edition("r1")
    assert told[0].startswith("knowledge/gaps.yaml:")
    assert repository.revision == "r1"
    (there.knowledge / "gaps.yaml").write_text("gaps: []\n", encoding="utf-8")
    there.git("commit", "--quiet", "--all", "--message", "mended", extra=BO.as_author())
    there.git("push", "--quiet", "origin", "main")
    found = Follower(repository, desk, told.append).look()
    assert found is not None
    assert found.knowledge.revision == "r3"
    remote.rename(tmp_path / "gone")
    draft.apply(add_name("Vietnam", "Namland"))
    with pytest.raises(GitError, match="fetch failed"):
        publish(draft, "a name")
    assert repository.revision == "r3"
