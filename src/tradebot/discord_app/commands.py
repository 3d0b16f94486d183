"""The slash commands and the message menu: typed options in, one question to the desk out."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from tradebot.discord_app import addressed, kept, questions, trouble
from tradebot.discord_app.card.charts import BUDGET, within
from tradebot.discord_app.kept import NotKeptError
from tradebot.discord_app.options import Area, Day, Direction, Goods, Group, Interaction, Measure, Number, QuestionText, Term, When
from tradebot.discord_app.questions import Question
from tradebot.discord_app.replies import answer_interaction, respond

OPTIONS = {
    "question": "For example: who is our biggest deficit with?",
    "country": "A country, territory or group: name, code or flag",
    "first": "A country, territory or group: name, code or flag",
    "second": "The one to compare it with",
    "third": "One more, if you like",
    "period": "When: 2018, March 2025, since 2015, last 12 months … (the latest complete year if empty)",
    "measure": "What to look at (the goods balance if empty)",
    "count": "How many places of the ranking",
    "among": "Only within a continent or group: Asia, EU, ASEAN, G7 …",
    "goods": "Goods by name or HS chapter: cars, pharmaceuticals, 85 …",
    "direction": "Imports (if empty) or exports",
    "on": "A day: 5 April 2025 (today if empty)",
    "number": "The number at the foot of the answer: A-7Q2F4K",
    "term": "A word of trade or tariffs: de minimis, Section 301 …",
}
"""What every option of a name is described as, whichever command takes it."""


def command(description: str, **described: str) -> Callable[..., app_commands.Command[Any, ..., None]]:
    """A slash command that is called as its function is, with OPTIONS for its options, or other words for some of them."""

    def made(function: Callable[..., Any]) -> app_commands.Command[Any, ..., None]:
        options = list(inspect.signature(function).parameters)[1:]
        words = app_commands.describe(**{name: described.get(name, OPTIONS[name]) for name in options})
        return app_commands.command(name=function.__name__.rstrip("_"), description=description)(words(function))

    return made


async def reply_to(interaction: Interaction, question: Question) -> None:
    await answer_interaction(interaction, question.text, question.query)


@command("Ask about US goods trade and tariffs in your own words")
async def ask(interaction: Interaction, question: QuestionText) -> None:
    await answer_interaction(interaction, question)


@command("The US goods deficit (or surplus) with a country")
async def deficit(interaction: Interaction, country: Area, period: When | None = None) -> None:
    await reply_to(interaction, questions.deficit(country, period))


@command("US goods trade with a country at a glance")
async def country(interaction: Interaction, country: Area, period: When | None = None) -> None:
    await reply_to(interaction, questions.country(country, period))


@command("The largest partners by deficit, surplus, imports, exports or total trade", measure="What to rank by (deficits if empty)")
async def ranking(
    interaction: Interaction,
    *,
    measure: Measure = "deficit",
    count: app_commands.Range[int, 1, 25] | None = None,
    among: Group | None = None,
    period: When | None = None,
) -> None:
    await reply_to(interaction, questions.ranking(measure, count, among, period))


@command("Two or three countries side by side")
async def compare(
    interaction: Interaction,
    *,
    first: Area,
    second: Area,
    third: Area | None = None,
    measure: Measure = "deficit",
    period: When | None = None,
) -> None:
    await reply_to(interaction, questions.compare([each for each in (first, second, third) if each], measure, period))


@command("How trade with a country, or all of it, changed over the years", country="A country, territory or group (all partners if empty)")
async def trend(interaction: Interaction, country: Area | None = None, measure: Measure = "deficit", period: When | None = None) -> None:
    await reply_to(interaction, questions.trend(country, measure, period))


@command("US tariffs on a country's goods, today as far as reviewed or on a past day")
async def tariff(interaction: Interaction, country: Area, on: Day | None = None) -> None:
    await reply_to(interaction, questions.tariff(country, on))


@command("Trade in one kind of goods: with a country, or who sells the US most of it", period="A year: 2024 (the latest held if empty)")
async def sector(
    interaction: Interaction, *, goods: Goods, country: Area | None = None, period: When | None = None, direction: Direction = "imports"
) -> None:
    await reply_to(interaction, questions.sector(goods, country, period, direction))


@command("What a term of trade or tariffs means")
async def define(interaction: Interaction, term: Term) -> None:
    await reply_to(interaction, questions.define(term))


@command("An earlier answer again, by its number")
async def answer(interaction: Interaction, number: Number) -> None:
    looking = asyncio.create_task(kept.again(interaction.client, number))
    if not await within(looking, BUDGET):  # an earlier revision is read first
        await interaction.response.defer(thinking=True)
    try:
        reply = await looking
    except NotKeptError as reason:
        await trouble.tell(interaction, str(reason))
    else:
        await respond(interaction, reply, private=False)


@command("What I hold: of everybody, or of one country", country="A country or territory (all of them if empty)")
async def coverage(interaction: Interaction, country: Area | None = None) -> None:
    if country:
        return await reply_to(interaction, questions.coverage(country))
    reply = await asyncio.to_thread(interaction.client.answer, questions.BOARD)  # it looks at every cell of the record
    return await respond(interaction, reply, private=False)


@command("What I can answer, and where the figures come from")
async def help_(interaction: Interaction) -> None:
    reply = interaction.client.ask("help", None)
    names = " · ".join(
        f"`/{each.name}`" for each in interaction.client.tree.get_commands() if not isinstance(each, app_commands.ContextMenu)
    )
    card = replace(reply.card, body=(*reply.card.body, f"Commands: {names}."))
    await respond(interaction, replace(reply, card=card), private=True)


COMMANDS: tuple[app_commands.Command[Any, ..., None], ...] = (
    *(ask, deficit, country, ranking, compare, trend, tariff, sector, define, answer, coverage),
    help_,
)


async def answer_this(interaction: Interaction, message: discord.Message) -> None:
    """Answers somebody's message for the person who pointed at it, and for nobody else."""
    question = addressed.without_markup(message.content)
    await respond(interaction, interaction.client.ask(question, None), private=True)
