"""Who edits: a moderator, as commits and drafts name them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_SAFE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f<>\u2028\u2029]")
_DOMAIN = "moderators.invalid"


@dataclass(frozen=True, slots=True)
class Moderator:
    """`id` stays the same for good (a Discord user's number, a login); `name` is what people call them."""

    id: str
    name: str

    @property
    def slug(self) -> str:
        """The id as the name of a branch or folder; ids that are none are told apart by a digest."""
        if _SAFE.fullmatch(self.id):
            return self.id
        return "x" + hashlib.sha256(self.id.encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def called(self) -> str:
        """The name as a commit can bear it: one line, no angle brackets."""
        return " ".join(_UNPRINTED.sub(" ", self.name).split())[:80] or self.slug

    def as_author(self) -> dict[str, str]:
        """git's variables for the author and committer of a commit."""
        address = f"{self.slug}@{_DOMAIN}"
        return {
            "GIT_AUTHOR_NAME": self.called,
            "GIT_AUTHOR_EMAIL": address,
            "GIT_COMMITTER_NAME": self.called,
            "GIT_COMMITTER_EMAIL": address,
        }
