"""Questions as buttons: what to ask next, which of several readings was meant. They outlive a restart.

    ask:<who asked>:<revision>:<question>     pick:<who asked>:<revision>   (a select; the value is the question)

The person who asked gets the next answer in the channel; anybody else, and whoever taps a private card, gets it alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Self

import discord

from tradebot.desk import Reply
from tradebot.discord_app import trouble
from tradebot.discord_app.card import codec, settings_card
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


def follow_ups(reply: Reply, asker: int) -> list[FollowUp]:
    """Two questions to go on with; of a refusal the nearest that can be answered. One that does not fit is left out."""
    most = FOLLOW_UPS if reply.outcome == "answer" else NEAREST
    revision = tag(reply.revision)
    fitting = [each for each in dict.fromkeys(reply.suggestions) if FollowUp.fits(each, asker, revision)]
    return [FollowUp(each, asker, revision) for each in fitting[:most]]


def readings(reply: Reply, asker: int) -> Readings | None:
    """The readings of an ambiguous question, None where there are none."""
    choices = [each for each in _choices(reply) if 0 < len(each.question) <= CHOICE]
    return Readings.of(choices[:CHOICES], asker, tag(reply.revision)) if choices else None


def tag(revision: str) -> str:
    """A revision as an id can carry it."""
    return re.sub(r"[^\w.-]", "", revision, flags=re.ASCII)[:_LONGEST_TAG] or "r"


def _choices(reply: Reply) -> list[Choice]:
    given = reply.answer.facts.get("choices")
    known = [each for each in given if isinstance(each, Choice)] if isinstance(given, (list, tuple)) else []
    return list({each.question: each for each in known or [Choice(one, one) for one in reply.suggestions]}.values())


def _nameless(template: str) -> str:
    return re.sub(r"\?P<\w+>", "", template)


class FollowUp(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_QUESTION):
    """Asks its label."""

    def __init__(self, question: str, asker: int, revision: str) -> None:
        super().__init__(discord.ui.Button(label=question[:1].upper() + question[1:], custom_id=f"ask:{asker}:{revision}:{question}"))
        self.question, self.asker, self.revision = question, asker, revision

    @staticmethod
    def fits(question: str, asker: int, revision: str) -> bool:
        clean = question.isprintable() and question == question.strip() != ""
        return clean and len(question) <= BUTTON_LABEL and len(f"ask:{asker}:{revision}:{question}") <= CUSTOM_ID

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(match["question"], int(match["asker"]), match["revision"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.asked_on(interaction, self.question, self.asker, self.revision)


class Readings(discord.ui.DynamicItem[discord.ui.Select[Any]], template=_READINGS):
    """Asks the reading that is chosen."""

    def __init__(self, select: discord.ui.Select[Any], asker: int, revision: str) -> None:
        super().__init__(select)
        self.asker, self.revision = asker, revision

    @classmethod
    def of(cls, choices: Sequence[Choice], asker: int, revision: str) -> Self:
        options = [discord.SelectOption(label=each.label[:CHOICE] or each.question, value=each.question) for each in choices]
        hint = "Which one do you mean?"
        return cls(discord.ui.Select(placeholder=hint, options=options, custom_id=f"pick:{asker}:{revision}"), asker, revision)

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        select = item if isinstance(item, discord.ui.Select) else discord.ui.Select(custom_id=match.string)
        return cls(select, int(match["asker"]), match["revision"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        if self.item.values:
            await interaction.client.asked_on(interaction, self.item.values[0], self.asker, self.revision)


class Unknown(discord.ui.DynamicItem[discord.ui.Item[Any]], template=rf"(?!(?:{'|'.join(map(_nameless, KNOWN))})\Z)(?s:.*)"):
    """Any other item: forged, or of a version that is gone."""

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], __: re.Match[str], /) -> Self:
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await trouble.tell(interaction, UNKNOWN)
