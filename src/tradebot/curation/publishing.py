"""Publishing: a draft becomes the next revision, or nothing happens.

catch up with others ─▶ doubts confirmed? a second moderator? checks passed? ─▶ one commit ─▶ (push) ─▶ main moves ─▶
the working tree follows ─▶ Edition

main moves only if nobody else moved it since it was looked at; otherwise all of this begins again on top of theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from tradebot import checks
from tradebot.curation import consent, revisions
from tradebot.curation.confirming import left_to_confirm
from tradebot.curation.draft import Draft
from tradebot.curation.draft_difference import Difference, difference
from tradebot.curation.faults import CurationError, MovedError, OvertakenError, RefusedError
from tradebot.curation.following import take_over
from tradebot.curation.opening import usable
from tradebot.curation.people import Moderator
from tradebot.curation.remote import push
from tradebot.curation.repository import Repository
from tradebot.curation.revisions import APPROVED, PUBLISHED
from tradebot.edition import Edition
from tradebot.knowledge.problems import KnowledgeError

TRIES = 3
TOLD = 30
"""Lines of the difference that go into the commit."""


@dataclass(frozen=True, slots=True)
class Published:
    """The new revision, ready to answer.

    `left_alone` are files that somebody edited by hand, so that the change is not in them; `settles` is what was asked in
    vain and is dealt with now.
    """

    revision: str
    edition: Edition
    difference: Difference
    left_alone: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()


def publish(draft: Draft, why: str, typed: str = "") -> Published:
    """Makes the draft the next revision. `typed` are the numbers that the moderator typed to confirm them.

    Raises RefusedError (doubts, consent, checks), OvertakenError, GitError.
    """
    if not why.strip():
        raise CurationError("Say why: the log keeps it.")
    return _publish(draft, why, lambda found: _reasons(draft, found, typed))


def roll_back(repository: Repository, by: Moderator, why: str, revision: str = "") -> Published:
    """Undoes one revision, the last unless another is named, and keeps those after it.

    One moderator is enough: what comes back had been agreed on. Raises OvertakenError where a later revision changed the
    same lines, RefusedError where what comes back does not pass the checks.
    """
    name = revision.strip().lower() or repository.revision
    commit = revisions.commit_of(repository.git, name)
    parents = repository.git("rev-list", "--parents", "--max-count=1", commit).split()[1:]
    if not parents:
        raise CurationError("r1 is the beginning; there is nothing to go back to.")
    draft = Draft(repository, by, name=f"rollback-{by.slug}")
    draft.discard()
    mainline = ("--mainline", "1") if len(parents) > 1 else ()
    if draft.git.attempt("revert", "--no-commit", *mainline, commit).returncode:
        draft.discard()
        raise OvertakenError(f"Later revisions changed the same lines as {name}; roll those back first, the last one first.")
    draft.keep(f"Rollback of {name}")
    return _publish(draft, f"Rollback of {name}: {why.strip()}" if why.strip() else f"Rollback of {name}", lambda _: [])


def _publish(draft: Draft, why: str, reasons: Callable[[Difference], list[str]]) -> Published:
    for _ in range(TRIES):
        take_over(draft.repository)
        with draft.locked():
            draft.catch_up()
            old, edition, found = _considered(draft, reasons)
            settles = tuple(draft.settles)
            with suppress(MovedError):
                left_alone = tuple(advance(draft, old, _commit(draft, old, why, found)))
                return _settled(draft.repository, Published(edition.knowledge.revision, edition, found, left_alone, settles))
    raise OvertakenError("Others keep publishing in the same moment; try again.")


def _considered(draft: Draft, reasons: Callable[[Difference], list[str]]) -> tuple[str, Edition, Difference]:
    """What the draft is based on, the edition that it would be and what it changes. Raises RefusedError with all that is wrong."""
    if not draft.changes:
        raise CurationError("There is nothing to publish: the draft changes nothing.")
    old, edition = draft.base, _opened(draft)
    found = difference(draft, edition.knowledge)
    problems = (str(problem) for problem in checks.check_edition(draft.knowledge, edition))
    if refused := (*reasons(found), *problems):
        raise RefusedError(refused)
    return old, edition, found


def _reasons(draft: Draft, found: Difference, typed: str) -> list[str]:
    """What is to be settled before the draft may be published."""
    doubts = list(left_to_confirm(found.doubts, typed))
    if found.needs_two and draft.repository.rules.two_person_rule and not consent.agreed(draft):
        return [*doubts, "Figures and tariff events need a second moderator, who has not agreed to this draft yet."]
    return doubts


def _opened(draft: Draft) -> Edition:
    """The draft as the edition that it would be. Raises RefusedError where it cannot be read."""
    try:
        return Edition.open(draft.knowledge, f"r{revisions.count(draft.repository.git) + 1}")
    except KnowledgeError as error:
        raise RefusedError([str(problem) for problem in error.problems]) from error


def _commit(draft: Draft, old: str, why: str, found: Difference) -> str:
    """The draft as one commit on top of what is published; nobody sees it yet."""
    told = [f"- {line}" for line in found.lines[:TOLD]]
    more = [f"- and {len(found.lines) - TOLD} more"] if len(found.lines) > TOLD else []
    agreed = "\n".join(f"{APPROVED}: {name}" for name in consent.agreed(draft))
    parts = (" ".join(why.split())[:200], "\n".join(told + more), agreed)
    words = [word for part in parts if part for word in ("-m", part)]
    return draft.git("commit-tree", "HEAD^{tree}", "-p", old, *words, extra=draft.owner.as_author())


def advance(draft: Draft, old: str, new: str) -> list[str]:
    """Moves main, at the remote first; the files that were left alone. Raises MovedError where main moved meanwhile."""
    repository = draft.repository
    if repository.has_remote:
        push(repository.git, new)
    with repository.locked():
        if repository.head not in (old, new):  # new where a follower saw it at the remote before we came here
            raise MovedError("Somebody else published in the same moment.")
        repository.git("update-ref", PUBLISHED, new)
    left_alone = repository.settle()
    draft.reset()
    consent.forget(draft)
    return left_alone


def _settled(repository: Repository, published: Published) -> Published:
    """With the edition of the working tree, where that holds more than what was published."""
    return replace(published, edition=usable(repository)) if repository.edited() else published
