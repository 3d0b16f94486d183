"""A draft becomes a revision: checked, confirmed, agreed on, in one step, whoever kills us and whenever."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sized
from functools import partial
from pathlib import Path

import pytest

from curation.conftest import ANN, BO
from tradebot.curation import consent
from tradebot.curation.draft import Draft
from tradebot.curation.edits.accepted import accept
from tradebot.curation.edits.asking import add_test
from tradebot.curation.edits.by_hand import take
from tradebot.curation.edits.figures import set_figure
from tradebot.curation.edits.names import add_name
from tradebot.curation.faults import CurationError, GitError, MovedError, RefusedError
from tradebot.curation.following import Follower
from tradebot.curation.git import Git
from tradebot.curation.people import Moderator
from tradebot.curation.preview import preview
from tradebot.curation.publishing import advance, publish, roll_back
from tradebot.curation.repository import Repository
from tradebot.desk import Desk
from tradebot.edition import Edition
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.settled import STAGING, settled

CEE = Moderator("1003", "Cee")
TODAY = dt.date(2026, 11, 23)


def says(edition: Edition, question: str) -> str:
    return edition.reply(question, edition.understand(question, None, TODAY), TODAY).text


def test_published_rolled_back_and_logged(repository: Repository, draft: Draft) -> None:
    draft.apply(add_name("Vietnam", "Namland"))
    done = publish(draft, "people  call it\nthat")
    assert done.revision == repository.revision == repository.served == "r2"
    assert "Vietnam" in says(done.edition, "deficit with Namland")
    assert "r2 · A-" in says(done.edition, "deficit with Namland")
    assert "Namland" in (repository.knowledge / "partners/vietnam.yaml").read_text(encoding="utf-8")
    assert draft.edits == draft.changes == []

    back = roll_back(repository, BO, "nobody does")
    assert back.revision == "r3"
    assert "no trade partner called “Namland”" in says(back.edition, "deficit with Namland")
    assert [(each.name, each.by, each.why) for each in repository.log(2)] == [
        ("r3", "Bo b@example.org", "Rollback of r2: nobody does"),
        ("r2", "Ann", "people call it that"),
    ]
    assert repository.log(2)[1].more == "- Vietnam: aliases + “Namland”"
    assert repository.git("status", "--porcelain") == ""


def test_nothing_no_reason_and_the_beginning_are_refused(repository: Repository, draft: Draft) -> None:
    with pytest.raises(CurationError, match="There is nothing to publish"):
        publish(draft, "why not")
    with pytest.raises(CurationError, match="Say why"):
        publish(draft, " ")
    with pytest.raises(CurationError, match="r1 is the beginning"):
        roll_back(repository, ANN, "")


def test_a_failing_test_keeps_the_draft_back(repository: Repository, draft: Draft) -> None:
    draft.apply(add_test("forecast", "deficit with Vietnam"))
    with pytest.raises(RefusedError) as caught:
        publish(draft, "a wrong test")
    assert "tests[1]: “deficit with Vietnam” is read as partner_balance, wanted forecast" in caught.value.reasons[0]
    assert (repository.revision, len(draft.edits)) == ("r1", 1)


def test_numbers_that_jump_or_flip_are_typed(draft: Draft) -> None:
    draft.apply(set_figure("Andorra", "imports", "2025", "97 million"))
    with pytest.raises(RefusedError) as caught:
        publish(draft, "a correction")
    jump, flip, test = caught.value.reasons
    assert jump == "A jump: imports, 2025, Andorra: $6.90 mn held, $97.0 mn now. Type 97.0 to confirm it."
    assert flip == "The balance with Andorra in 2025 turns from a $1.30 mn surplus to a $88.8 mn deficit. Type -88.8 to confirm it."
    assert "“how many countries do we have a deficit with, says the newsletter” does not say '94'" in test
    with pytest.raises(RefusedError) as caught:
        publish(draft, "a correction", typed="97")
    assert caught.value.reasons == (flip, test)
    found = preview(draft.repository.edition("r1"), Edition.open(draft.knowledge))
    assert draft.apply(accept(found)) == "1 test says now what the draft answers"
    assert publish(draft, "a correction", typed="97.0 and −88.8").revision == "r2"


def test_months_that_do_not_make_their_year_are_typed_too(draft: Draft) -> None:
    draft.apply(set_figure("Vietnam", "imports", "2024", "137 bn"))
    with pytest.raises(RefusedError, match="The months do not add up to the year: imports, Vietnam, 2024") as caught:
        publish(draft, "a correction")
    assert "Type 137.0 to confirm it." in caught.value.reasons[0]


def rule_off(root: Path) -> str:
    (root.parent / "curation.yaml").write_text("two_person_rule: false\n", encoding="utf-8")
    return "The rule is off"


def test_two_moderators_agree_where_the_rule_says_so(repository: Repository, draft: Draft) -> None:
    rules = repository.top / "curation.yaml"
    rules.write_text("two_person_rule: true\n", encoding="utf-8")
    repository.git("commit", "--quiet", "--all", "--message", "The rule", extra=ANN.as_author())
    draft.catch_up()
    draft.apply(rule_off)
    with pytest.raises(RefusedError, match="need a second moderator"):
        publish(draft, "I lift the rule alone")
    draft.discard()
    draft.apply(set_figure("Andorra", "exports", "2025", "8.21 million"))
    with pytest.raises(CurationError, match="Your own draft"):
        consent.agree(draft, ANN)
    consent.agree(draft, BO)
    draft.apply(set_figure("Andorra", "exports", "2025", "8.22 million"))
    with pytest.raises(RefusedError, match="need a second moderator"):
        publish(draft, "changed after the consent")
    consent.agree(draft, CEE)
    other = Draft(repository, BO)
    other.apply(add_name("Vietnam", "Namland"))  # names need no second one
    publish(other, "a name")
    assert publish(draft, "a correction").revision == "r4"
    assert repository.log(1)[0].approved_by == "Cee"
    assert consent.agreed(draft) == []


def test_forged_consent_in_a_reason_is_only_text(repository: Repository, draft: Draft) -> None:
    draft.apply(add_name("Vietnam", "Namland"))
    publish(draft, "why\n\nApproved-by: Bo")
    assert repository.log(1)[0].approved_by == ""


def test_somebody_published_meanwhile(repository: Repository, draft: Draft) -> None:
    other = Draft(repository, BO)
    draft.apply(add_name("Vietnam", "Namland"))
    other.apply(add_name("Peru", "Incaland"))
    publish(other, "a name")
    publish(draft, "another")
    assert repository.edited() == []
    text = "".join((repository.knowledge / f"partners/{name}.yaml").read_text(encoding="utf-8") for name in ("vietnam", "peru"))
    assert "Namland" in text
    assert "Incaland" in text


def test_what_this_process_published_itself_is_not_read_again(repository: Repository, draft: Draft) -> None:
    desk = Desk(repository.edition("r1"))
    follower = Follower(repository, desk, pytest.fail)
    draft.apply(add_name("Vietnam", "Namland"))
    desk.swap(publish(draft, "a name").edition)
    assert follower.look() is None
    roll_back(repository, BO, "by another process")
    found = follower.look()
    assert found is not None
    assert found.knowledge.revision == "r3"


def test_files_edited_by_hand_are_taken_into_a_draft(repository: Repository, draft: Draft) -> None:
    card = repository.knowledge / "definitions/rank.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("How partners", "The way partners"), encoding="utf-8")
    (repository.knowledge / "definitions/wto.yaml").unlink()
    new = repository.knowledge / "definitions/swap-line.yaml"
    new.write_text("id: swap-line\ntitle: Swap line\nterms: [swap line]\ntext: Central banks lend each other their money, for a while.\n")
    assert draft.apply(take(repository)) == "Edited by hand: definitions/rank.yaml, definitions/swap-line.yaml, definitions/wto.yaml"
    done = publish(draft, "by hand")
    assert (repository.edited(), repository.served, done.left_alone) == ([], "r2", ())
    with pytest.raises(CurationError, match="No file was edited by hand"):
        draft.apply(take(repository))


def test_files_edited_by_hand_are_left_alone(repository: Repository, draft: Draft) -> None:
    path = repository.knowledge / "partners/vietnam.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Viet Nam", "Viet Nam, Handland"), encoding="utf-8")
    draft.apply(add_name("Vietnam", "Namland"))
    draft.apply(add_name("Peru", "Incaland"))
    done = publish(draft, "two names")
    assert done.left_alone == ("knowledge/partners/vietnam.yaml",)
    assert "Handland" in path.read_text(encoding="utf-8")
    assert "Incaland" in (repository.knowledge / "partners/peru.yaml").read_text(encoding="utf-8")
    assert done.edition.knowledge.revision.startswith("r2+")


def test_a_file_that_somebody_broke_by_hand_does_not_hold_up_a_publish(repository: Repository, draft: Draft) -> None:
    path = repository.knowledge / "partners/vietnam.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: country", "kind: land"), encoding="utf-8")
    desk = Desk(repository.edition("r1"))
    follower = Follower(repository, desk, pytest.fail)
    draft.apply(add_name("Peru", "Incaland"))
    assert publish(draft, "a name").edition.knowledge.revision == "r2"
    found = follower.look()  # as another process
    assert found is not None
    assert "r2 · A-" in says(found, "deficit with Incaland")


# -- several machines ---------------------------------------------------------------------------------------------


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


# -- killed at any moment -----------------------------------------------------------------------------------------

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
