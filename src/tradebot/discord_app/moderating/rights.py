"""Who may edit the knowledge: people and roles whom the operator names by their numbers, whatever a server's own rights are."""

from __future__ import annotations

import re
from dataclasses import dataclass

import discord

MODERATORS = "TRADEBOT_MODERATORS"
_SEPARATORS = re.compile(r"[\s,;]+")
_NUMBER = re.compile(r"[1-9]\d{14,19}")


class ModeratorsError(ValueError):
    """The setting cannot be read; the text is the sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Moderators:
    """Numbers of people and of roles; Discord gives no number twice."""

    ids: frozenset[int] = frozenset()

    @classmethod
    def read(cls, text: str) -> Moderators:
        """From `1001…, 1002…`. Raises ModeratorsError."""
        return cls(frozenset(number_of(word, MODERATORS) for word in _SEPARATORS.split(text) if word))

    def include(self, person: discord.User | discord.Member) -> bool:
        """Whether they are named themselves or have a role that is; a server's role for everybody never counts."""
        roles = person.roles if isinstance(person, discord.Member) else []
        return person.id in self.ids or any(role.id in self.ids for role in roles if not role.is_default())


def number_of(word: str, setting: str) -> int:
    """Discord's number of a person, role or channel. Raises ModeratorsError."""
    if not _NUMBER.fullmatch(word):
        raise ModeratorsError(f"{setting} holds “{word[:30]}”, no number of Discord's: turn on developer mode there, then use Copy ID.")
    return int(word)
