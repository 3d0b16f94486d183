"""Buttons that outlive a restart: their whole state is their custom_id, “ask:<who asked>:<question>”.

The person who asked gets the next answer in the channel; anybody else, and whoever taps a private card, gets it alone.
"""

from __future__ import annotations

import re
from typing import Any, Self

import discord

from tradebot.desk import Reply
from tradebot.discord_app import trouble
from tradebot.discord_app.limits import BUTTON_LABEL, CUSTOM_ID
from tradebot.discord_app.moderating.taps import PAGE_TURN

FOLLOW_UPS = 2
CHOICES = 4
UNKNOWN = "That button is not one of mine, or it is older than I am; please ask the question with `/ask`."


def follow_ups(reply: Reply, asker: int) -> list[FollowUp]:
    """Two questions to go on with, or the readings of an ambiguous one; a question that does not fit is left out."""
    fitting = [each for each in dict.fromkeys(reply.suggestions) if FollowUp.fits(each, asker)]
    return [FollowUp(each, asker) for each in fitting[: CHOICES if reply.outcome == "clarify" else FOLLOW_UPS]]


def _custom_id(question: str, asker: int) -> str:
    return f"ask:{asker}:{question}"


class FollowUp(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"ask:(?P<asker>\d{1,20}):(?P<question>\S.*)"):
    """Asks its label."""

    def __init__(self, question: str, asker: int) -> None:
        super().__init__(discord.ui.Button(label=question, custom_id=_custom_id(question, asker)))
        self.question = question
        self.asker = asker

    @staticmethod
    def fits(question: str, asker: int) -> bool:
        clean = question.isprintable() and question == question.strip() != ""
        return clean and len(question) <= BUTTON_LABEL and len(_custom_id(question, asker)) <= CUSTOM_ID

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(match["question"], int(match["asker"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        shown_alone = interaction.message is not None and interaction.message.flags.ephemeral
        await interaction.client.answer(interaction, self.question, private=shown_alone or interaction.user.id != self.asker)


class Unknown(discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"(?!ask:\d{{1,20}}:\S|{PAGE_TURN}\Z)(?s:.*)"):
    """Any other button: forged, or of a version that is gone."""

    def __init__(self, custom_id: str) -> None:
        super().__init__(discord.ui.Button(label="?", custom_id=custom_id))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(match.string)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await trouble.tell(interaction, UNKNOWN)
