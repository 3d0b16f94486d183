"""The two-person rule: a second moderator agrees to what a draft changes, and to nothing else.

A consent is a commit by the one who agrees, kept under refs/consents; it names the change by git's patch id, so it outlasts
what others publish meanwhile, and lapses with the next edit.
"""

from __future__ import annotations

from tradebot.curation.draft import Draft
from tradebot.curation.faults import CurationError
from tradebot.curation.people import Moderator


def agree(draft: Draft, by: Moderator) -> None:
    """Notes that somebody else agrees to the draft as it is. Raises CurationError."""
    if by.slug == draft.owner.slug:
        raise CurationError("Your own draft needs the consent of another moderator.")
    if not draft.changes:
        raise CurationError(f"{draft.owner.called} has no draft to agree to.")
    consent = draft.git("commit-tree", "HEAD^{tree}", "-m", _change(draft), extra=by.as_author())
    draft.git("update-ref", f"{_kept(draft)}/{by.slug}", consent)


def agreed(draft: Draft) -> list[str]:
    """The names of the moderators who agree to the draft as it is now."""
    said = draft.git("for-each-ref", "--format=%(authorname)%00%(contents:subject)", _kept(draft))
    entries = (line.split("\0") for line in said.splitlines())
    change = _change(draft) if said else ""
    return [name for name, agreed_to in entries if agreed_to == change]


def forget(draft: Draft) -> None:
    """Drops all consents to a draft, once it is published."""
    for ref in draft.git("for-each-ref", "--format=%(refname)", _kept(draft)).splitlines():
        draft.git("update-ref", "-d", ref)


def _kept(draft: Draft) -> str:
    return f"refs/consents/{draft.name}"


def _change(draft: Draft) -> str:
    """What the draft changes, as one number: the same wherever it is put."""
    patch = draft.git("diff", "--no-ext-diff", "--no-textconv", draft.base, "HEAD")
    return draft.git("patch-id", "--stable", given=f"{patch}\n").split(" ")[0]
