"""The slash commands and the message menu: typed options in, one plain question to the desk out."""

from __future__ import annotations

from typing import Any, Literal

import discord
from discord import app_commands

from tradebot.discord_app import addressed, questions, trouble
from tradebot.discord_app.desk_client import DeskClient
from tradebot.discord_app.limits import CHOICE, CHOICES
from tradebot.discord_app.replies import answer_interaction, respond

Interaction = discord.Interaction[DeskClient]
Name = app_commands.Range[str, 1, 100]
Words = app_commands.Range[str, 1, 100]
Measure = Literal["deficit", "surplus", "imports", "exports", "total trade"]

COUNTRY = "A country or territory: name, code or flag"
MANY = 500
PERIOD = "When: 2018, March 2025, since 2015, last 12 months … (the latest complete year if empty)"
MEASURE = "What to look at (the goods balance if empty)"


class Tree(app_commands.CommandTree[DeskClient]):
    """All commands, for servers and for people, wherever Discord lets them be used."""

    def __init__(self, client: DeskClient) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        for command in COMMANDS:
            self.add_command(command)
        self.add_command(app_commands.ContextMenu(name="Answer this", callback=answer_this))

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        name = interaction.command.name if interaction.command else "a command"
        await trouble.tell(interaction, trouble.report(cause, f"/{name}"))


async def partners(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Autocompletion of partners; whatever else is typed arrives all the same and is resolved again."""
    return _choices(interaction.client.desk.suggest(typed, limit=CHOICES))


async def groups(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Autocompletion of continents, blocs and lists of partners."""
    desk = interaction.client.desk
    found = [(name, id_) for name, id_ in desk.suggest(typed, limit=MANY) if id_ in desk.knowledge.groups]
    if not typed.strip():
        found = [(group.name, id_) for id_, group in desk.knowledge.groups.items()]
    return _choices(found)


def _choices(found: list[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=name, value=name) for name, _ in found if len(name) <= CHOICE][:CHOICES]


def named(interaction: Interaction, typed: str) -> str:
    """A code that is the whole option is written out, because a sentence does not take “it” or “per” for a country."""
    desk, code = interaction.client.desk, typed.strip().casefold()
    if len(code) not in (2, 3):
        return typed
    for name, id_ in desk.suggest(typed, limit=CHOICES):
        partner = desk.knowledge.partners.get(id_)
        if code == id_.casefold() or (partner and code == (partner.iso3 or "").casefold()):
            return name
    return typed


@app_commands.command(description="Ask about US goods trade and tariffs in your own words")
@app_commands.describe(question="For example: who is our biggest deficit with?")
async def ask(interaction: Interaction, question: app_commands.Range[str, 1, 2000]) -> None:
    await answer_interaction(interaction, question)


@app_commands.command(description="The US goods deficit (or surplus) with a country")
@app_commands.describe(country=COUNTRY, period=PERIOD)
@app_commands.autocomplete(country=partners)
async def deficit(interaction: Interaction, country: Name, period: Words | None = None) -> None:
    await answer_interaction(interaction, questions.deficit(named(interaction, country), period))


@app_commands.command(description="US goods trade with a country at a glance")
@app_commands.describe(country=COUNTRY, period=PERIOD)
@app_commands.autocomplete(country=partners)
async def country(interaction: Interaction, country: Name, period: Words | None = None) -> None:
    await answer_interaction(interaction, questions.country(named(interaction, country), period))


@app_commands.command(description="The largest partners by deficit, surplus, imports, exports or total trade")
@app_commands.describe(
    measure="What to rank by (deficits if empty)", count="How many", among="A continent or group: Asia, EU, ASEAN, G7 …", period=PERIOD
)
@app_commands.autocomplete(among=groups)
async def ranking(
    interaction: Interaction,
    *,
    measure: Measure = "deficit",
    count: app_commands.Range[int, 1, 25] | None = None,
    among: Words | None = None,
    period: Words | None = None,
) -> None:
    await answer_interaction(interaction, questions.ranking(measure, count, among, period))


@app_commands.command(description="Two or three countries side by side")
@app_commands.describe(first=COUNTRY, second=COUNTRY, third=COUNTRY, measure=MEASURE, period=PERIOD)
@app_commands.autocomplete(first=partners, second=partners, third=partners)
async def compare(
    interaction: Interaction,
    *,
    first: Name,
    second: Name,
    third: Name | None = None,
    measure: Measure = "deficit",
    period: Words | None = None,
) -> None:
    names = [named(interaction, each) for each in (first, second, third) if each]
    await answer_interaction(interaction, questions.compare(names, measure, period))


@app_commands.command(description="How trade with a country, or all of it, changed over the years")
@app_commands.describe(country="A country or territory (all partners if empty)", measure=MEASURE, period=PERIOD)
@app_commands.autocomplete(country=partners)
async def trend(interaction: Interaction, country: Name | None = None, measure: Measure = "deficit", period: Words | None = None) -> None:
    name = named(interaction, country) if country else None
    await answer_interaction(interaction, questions.trend(name, measure, period))


@app_commands.command(description="US tariffs on a country's goods, today as far as reviewed or on a past day")
@app_commands.describe(country=COUNTRY, on="A day: 5 April 2025 (today if empty)")
@app_commands.autocomplete(country=partners)
async def tariff(interaction: Interaction, country: Name, on: Words | None = None) -> None:
    await answer_interaction(interaction, questions.tariff(named(interaction, country), on))


@app_commands.command(name="help", description="What I can answer, and where the figures come from")
async def help_(interaction: Interaction) -> None:
    await answer_interaction(interaction, "help", private=True)


COMMANDS: tuple[app_commands.Command[Any, ..., None], ...] = (ask, deficit, country, ranking, compare, trend, tariff, help_)


async def answer_this(interaction: Interaction, message: discord.Message) -> None:
    """Answers somebody's message for the person who pointed at it, and for nobody else."""
    question = addressed.without_markup(message.content)
    await respond(interaction, interaction.client.ask(question, None), private=True)
