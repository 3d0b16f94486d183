"""Questions as buttons: what to ask next, which of several readings was meant. They outlive a restart.

    ask:<who asked>:<revision>:<question>     pick:<who asked>:<revision>   (a select; the value is the question)

The person who asked gets the next answer in the channel; anybody else, and whoever taps a private card, gets it alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Self

import discord

from tradebot.desk import Reply
from tradebot.discord_app import trouble
from tradebot.discord_app.card import codec, settings_card
from tradebot.discord_app.card.components import Component, Row, button, option, select
from tradebot.discord_app.card.limits import BUTTON_LABEL, CHOICE, CHOICES, CUSTOM_ID
from tradebot.discord_app.moderating import taps as moderating
from tradebot.query import Choice

FOLLOW_UPS, NEAREST = 2, 4
UNKNOWN = "That button is not one of mine, or it is older than I am; please ask the question with `/ask`."

_LONGEST_TAG = 16
_WHOSE = r"(?P<asker>\d{1,20}):(?P<revision>[\w.-]{1,16})"
_QUESTION, _READINGS = rf"ask:{_WHOSE}:(?P<question>\S.*)", rf"pick:{_WHOSE}"
KNOWN = (_QUESTION, _READINGS, codec.TEMPLATE, *moderating.IDS, *settings_card.IDS)
"""The ids that some item answers to; `Unknown` answers to all others."""


def follow_ups(reply: Reply, asker: int) -> Row:
    """Two questions to go on with; of a refusal the nearest that can be answered. One that does not fit is left out."""
    most = FOLLOW_UPS if reply.outcome == "answer" else NEAREST
    revision = tag(reply.revision)
    fitting = [each for each in dict.fromkeys(reply.suggestions) if _fits(each, asker, revision)]
    return [follow_up(each, asker, revision) for each in fitting[:most]]


def follow_up(question: str, asker: int, revision: str) -> Component:
    """Asks its label."""
    return button(question[:1].upper() + question[1:], f"ask:{asker}:{revision}:{question}")


def readings(reply: Reply, asker: int) -> Component | None:
    """The readings of an ambiguous question, None where there are none."""
    choices = [each for each in _choices(reply) if 0 < len(each.question) <= CHOICE]
    options = [option(each.label[:CHOICE] or each.question, each.question) for each in choices[:CHOICES]]
    return select("Which one do you mean?", options, f"pick:{asker}:{tag(reply.revision)}") if options else None


def owned(name: str, asker: int) -> str:
    """The id of the same question or readings, asked by somebody else."""
    kind, _, rest = name.split(":", 2)
    return f"{kind}:{asker}:{rest}"


@lru_cache(maxsize=16)
def tag(revision: str) -> str:
    """A revision as an id can carry it."""
    return re.sub(r"[^\w.-]", "", revision, flags=re.ASCII)[:_LONGEST_TAG] or "r"


def _choices(reply: Reply) -> list[Choice]:
    given = reply.answer.facts.get("choices")
    known = [each for each in given if isinstance(each, Choice)] if isinstance(given, (list, tuple)) else []
    return list({each.question: each for each in known or [Choice(one, one) for one in reply.suggestions]}.values())


def _nameless(template: str) -> str:
    return re.sub(r"\?P<\w+>", "", template)


def _fits(question: str, asker: int, revision: str) -> bool:
    clean = question.isprintable() and question == question.strip() != ""
    return clean and len(question) <= BUTTON_LABEL and len(f"ask:{asker}:{revision}:{question}") <= CUSTOM_ID


class FollowUp(discord.ui.DynamicItem[discord.ui.Item[Any]], template=_QUESTION):
    """A question that was tapped."""

    def __init__(self, item: discord.ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.question, self.asker, self.revision = match["question"], int(match["asker"]), match["revision"]

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.asked_on(interaction, self.question, self.asker, self.revision)


class Readings(discord.ui.DynamicItem[discord.ui.Item[Any]], template=_READINGS):
    """A reading that was chosen."""

    def __init__(self, item: discord.ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.asker, self.revision = int(match["asker"]), match["revision"]

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        if isinstance(self.item, discord.ui.Select) and self.item.values:
            await interaction.client.asked_on(interaction, self.item.values[0], self.asker, self.revision)


class Unknown(discord.ui.DynamicItem[discord.ui.Item[Any]], template=rf"(?!(?:{'|'.join(map(_nameless, KNOWN))})\Z)(?s:.*)"):
    """Any other item: forged, or of a version that is gone."""

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], __: re.Match[str], /) -> Self:
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await trouble.tell(interaction, UNKNOWN)
