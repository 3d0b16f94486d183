"""What stops a refresh, in a sentence for the person who started it."""

from __future__ import annotations


class RefreshError(Exception):
    """A refresh cannot go on; str() says why and what to do. Nothing was written."""


class TemporaryError(RefreshError):
    """As RefreshError, but a later try may succeed. `wait` is how many seconds the other side asked for, else 0."""

    def __init__(self, sentence: str, wait: float = 0) -> None:
        super().__init__(sentence)
        self.wait = wait
