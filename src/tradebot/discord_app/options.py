"""The kinds of options that commands take: each completes what is typed, and resolves again what arrives.

    typed ─▶ completions (≤ 25)      sent ─▶ transform ─▶ Held, Time or text, or a sentence to the person

Whatever is sent may be none of the completions. What an option cannot be read as is told; what a sentence may still
make of it (a typo, a name that means two countries) is left to the desk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import discord
from discord import app_commands

from tradebot.discord_app.card.limits import CHOICE, CHOICES, CONTENT
from tradebot.discord_app.desk_client import DeskClient
from tradebot.knowledge.periods import Period
from tradebot.understanding.suggesting import Sort

Interaction = discord.Interaction[DeskClient]
QUOTED = 60
TODAY = "today"
_NUMBER = re.compile(r"A-[A-Z2-7]{4,8}")


class BadOption(app_commands.AppCommandError):
    """An option that cannot be read; the text is the sentence for the person."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an option names: its usual name and id; only as it was typed where no one thing is called exactly so."""

    name: str
    id: str | None = None
    is_group: bool = False
    the: bool = False

    @property
    def said(self) -> str:
        """The name within a sentence: “the euro area”."""
        return f"the {self.name}" if self.the else self.name


@dataclass(frozen=True, slots=True)
class Time:
    """A period in words, with the months it means."""

    said: str
    period: Period | None = None


class _Text(app_commands.Transformer[DeskClient]):
    """A text of 1 to 100 characters."""

    @property
    def min_value(self) -> int:
        return 1

    @property
    def max_value(self) -> int:
        return CHOICE


class _Option(_Text):
    """A text with completions."""

    async def autocomplete(self, interaction: Interaction, value: float | str, /) -> list[app_commands.Choice[str | int | float]]:
        choices: list[app_commands.Choice[str | int | float]] = [
            app_commands.Choice(name=text, value=text)
            for text in await self.completions(interaction.client, str(value))
            if 0 < len(text) <= CHOICE
        ]
        return choices[:CHOICES]

    async def completions(self, client: DeskClient, typed: str) -> list[str]:
        raise NotImplementedError


class _Named(_Option):
    """Something that the knowledge has a name for."""

    sort: Sort

    async def completions(self, client: DeskClient, typed: str) -> list[str]:
        first = await client.asked_about()
        return [name for name, _ in client.desk.edition.suggester.suggest(typed, CHOICES, self.sort, first)]

    async def transform(self, interaction: Interaction, value: str, /) -> Held:
        edition = interaction.client.desk.edition
        found = edition.suggester.exact(value, self.sort)
        if found is None:
            return Held(value.strip())
        group, partner = edition.knowledge.groups.get(found[1]), edition.knowledge.partners.get(found[1])
        return Held(*found, is_group=group is not None, the=bool((group and group.the) or (partner and partner.the)))


class AreaOption(_Named):
    """A partner or group of partners: its name in any language, its code, its flag."""

    sort = Sort.AREA


class GroupOption(_Named):
    sort = Sort.GROUP


class GoodsOption(_Named):
    """An HS chapter by number or name, or a sector."""

    sort = Sort.GOODS


class TermOption(_Named):
    sort = Sort.TERM

    async def transform(self, interaction: Interaction, value: str, /) -> Held:
        held = await super().transform(interaction, value)
        if held.id is None and not await self.completions(interaction.client, value):
            raise BadOption(f"I hold no definition of {quoted(value)}. Type a word and choose from the list, such as “tariff”.")
        return held


class PeriodOption(_Option):
    """A span of months or years."""

    async def completions(self, client: DeskClient, typed: str) -> list[str]:
        return client.desk.edition.times.periods(typed, client.today, CHOICES)

    async def transform(self, interaction: Interaction, value: str, /) -> Time:
        client, said = interaction.client, value.strip()
        only = client.desk.edition.times.periods(said, client.today, limit=2)
        for text in (said, *(only if len(only) == 1 else ())):
            when = client.desk.edition.when(text, client.today)
            if when and when.period:
                return Time(text, when.period)
        raise BadOption(f"I cannot read {quoted(value)} as a period. Write 2018, March 2025, since 2015 or last 12 months.")


class DayOption(_Option):
    """A day of the tariffs; empty for today, which a question need not name."""

    async def completions(self, client: DeskClient, typed: str) -> list[str]:
        days = client.desk.edition.times.days(typed, client.today, CHOICES)
        return [TODAY, *days] if TODAY.startswith(typed.strip().casefold()) else days

    async def transform(self, interaction: Interaction, value: str, /) -> str:
        client = interaction.client
        if value.strip().casefold() == TODAY:
            return ""
        when = client.desk.edition.when(value, client.today)
        if when and (when.day or when.period):
            return value.strip()
        raise BadOption(f"I cannot read {quoted(value)} as a day. Write 5 April 2025 or 2025-04-05.")


class NumberOption(_Text):
    """The number of an answer, with or without its “A-”."""

    async def transform(self, _: Interaction, value: str, /) -> str:
        number = f"A-{value.strip().upper().removeprefix('A-')}"
        if not _NUMBER.fullmatch(number):
            raise BadOption(f"{quoted(value)} is no number of an answer. It stands at the foot of the answer and looks like A-7Q2F4K.")
        return number


class QuestionOption(_Option):
    """A question in the person's own words: any length that a message may have, completed from what is asked most."""

    @property
    def max_value(self) -> int:
        return CONTENT

    async def completions(self, client: DeskClient, typed: str) -> list[str]:
        words = typed.casefold().split()
        return [text for text in await client.offered() if all(word in text.casefold() for word in words)]

    async def transform(self, _: Interaction, value: str, /) -> str:
        return value


def quoted(typed: str) -> str:
    """What somebody typed, repeated within a sentence."""
    text = " ".join(discord.utils.escape_markdown(discord.utils.escape_mentions(typed)).split())
    return f"“{text[:QUOTED]}{'…' if len(text) > QUOTED else ''}”"


QuestionText = app_commands.Transform[str, QuestionOption]
Area = app_commands.Transform[Held, AreaOption]
Group = app_commands.Transform[Held, GroupOption]
Goods = app_commands.Transform[Held, GoodsOption]
Term = app_commands.Transform[Held, TermOption]
When = app_commands.Transform[Time, PeriodOption]
Day = app_commands.Transform[str, DayOption]
Number = app_commands.Transform[str, NumberOption]
Measure = Literal["deficit", "surplus", "imports", "exports", "total trade"]
Direction = Literal["imports", "exports"]
