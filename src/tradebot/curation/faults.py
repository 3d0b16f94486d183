"""What stops an edit, in a sentence for the moderator.

CurationError
├── GitError       git itself is missing, too slow, or refused
├── OvertakenError somebody else published first and it does not go together
├── MovedError     somebody else published in the same moment; it is tried again on top of theirs
└── RefusedError   the edit may not be published: what is wrong with it, one line each
"""

from __future__ import annotations

from collections.abc import Sequence


class CurationError(Exception):
    """An edit cannot be made; str() says why and what to do. Nothing was changed."""


class GitError(CurationError):
    """git is not there, took too long or failed."""


class OvertakenError(CurationError):
    """Somebody else published meanwhile, and both changed the same place."""


class MovedError(CurationError):
    """Somebody else published in the same moment."""


class RefusedError(CurationError):
    """A draft that may not be published. `reasons` are whole sentences, the gravest first."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(self.reasons))
