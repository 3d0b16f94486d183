"""Autocompletion: what is offered while somebody types, and that whatever was offered is understood when it arrives."""

from __future__ import annotations

import time
from typing import Any

import pytest

from discord_app.world import World, response, said
from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.discord_app.commands import COMMANDS
from tradebot.understanding.suggesting import Sort

LIMIT_SECONDS = 0.05


async def offered(world: World, typed: str, command: str = "deficit", option: str = "country") -> list[str]:
    choices = await world.alice.autocomplete(world.channel, command, option, typed)
    assert len(choices) <= 25
    assert all(1 <= len(choice["name"]) <= 100 and 1 <= len(choice["value"]) <= 100 for choice in choices)
    return [choice["name"] for choice in choices]


async def test_autocompletion_offers_the_largest_partners_first(world: World) -> None:
    names = await offered(world, "")
    assert len(names) == 25
    assert set(names[:4]) == {"Mexico", "Canada", "China", "Taiwan"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("viet", "Vietnam"),
        ("VIET", "Vietnam"),
        ("viet nam", "Vietnam"),
        ("vn", "Vietnam"),
        ("VNM", "Vietnam"),
        ("🇻🇳", "Vietnam"),
        ("veitnam", "Vietnam"),
        ("holland", "Netherlands"),
        ("deutschland", "Germany"),
        ("uk", "United Kingdom"),
        ("turky", "Turkey"),
        ("swizerl", "Switzerland"),
        ("argentinia", "Argentina"),
        ("suth kor", "South Korea"),
        ("cote d", "Côte d’Ivoire"),
    ],
)
async def test_autocompletion_knows_names_aliases_codes_flags_and_typos(world: World, typed: str, name: str) -> None:
    assert (await offered(world, typed))[0].replace("'", "’") == name


@pytest.mark.parametrize("typed", ["zzzzzz", "@everyone", "{{7*7}}", "?" * 100, "\u202e\u0000"])
async def test_autocompletion_of_nonsense_is_quiet(world: World, typed: str) -> None:
    await offered(world, typed)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        *(("country", "country"), ("compare", "first"), ("compare", "second"), ("compare", "third"), ("trend", "country")),
        *(("tariff", "country"), ("sector", "country"), ("coverage", "country")),
    ],
)
async def test_every_country_option_completes(world: World, command: str, option: str) -> None:
    assert (await offered(world, "viet", command, option))[0] == "Vietnam"


async def test_every_offered_name_is_understood_again(world: World) -> None:
    for name in await offered(world, ""):
        answer = response(await world.alice.slash(world.channel, "deficit", country=name))
        assert not answer.ephemeral, name


@pytest.mark.parametrize(
    ("command", "option", "typed", "first"),
    [
        ("deficit", "period", "", ["2025", "year to date", "July 2026", "last 12 months"]),
        ("deficit", "period", "2018", ["2018", "since 2018", "December 2018"]),
        ("deficit", "period", "mar 25", ["March 2025"]),
        ("ranking", "period", "last y", ["last 5 years", "last 10 years"]),
        ("trend", "period", "last year", ["2025", "last 5 years"]),
        ("compare", "period", "q2", ["Q2 2026", "Q2 2025"]),
        ("sector", "period", "2018 to 2021", ["2018–2021"]),
        ("country", "period", "2025-03", ["March 2025"]),
        ("tariff", "on", "5 apr", ["5 April 2025"]),
        ("tariff", "on", "2025-04-06", ["6 April 2025"]),
        ("tariff", "on", "", ["today"]),
        ("tariff", "on", "tod", ["today"]),
        ("ranking", "among", "", ["OECD", "G20"]),
        ("define", "term", "", ["tariff", "imports", "exports"]),
        ("define", "term", "reciprical", ["reciprocal tariffs"]),
        ("define", "term", "de minimus", ["de minimis"]),
        ("ranking", "among", "asea", ["ASEAN"]),
        ("sector", "goods", "", ["machinery and computers", "electrical machinery and electronics"]),
        ("sector", "goods", "85", ["electrical machinery and electronics"]),
        ("sector", "goods", "semicon", ["semiconductors"]),
        ("sector", "goods", "farmaceuticals", ["pharmaceuticals"]),
        ("define", "term", "minimis", ["de minimis"]),
        ("define", "term", "section 30", ["section 301"]),
        ("ask", "question", "tariffs canada", []),
    ],
)
async def test_what_is_offered_first(world: World, command: str, option: str, typed: str, first: list[str]) -> None:
    names = [name.casefold() for name in await offered(world, typed, command, option)]
    assert names[: len(first)] == [name.casefold() for name in first]


async def test_nothing_typed_offers_something_everywhere(world: World) -> None:
    for command in COMMANDS:
        for parameter in command.parameters:
            if parameter.autocomplete:
                assert len(await offered(world, "", command.name, parameter.name)) >= 10, (command.name, parameter.name)


async def test_every_offered_period_is_a_period(world: World) -> None:
    for typed in ("", "last", "since", "q", "20", "january"):
        for name in await offered(world, typed, "deficit", "period"):
            options: dict[str, Any] = {"country": "Vietnam", "period": name}
            answer = response(await world.alice.slash(world.channel, "deficit", **options))
            assert "I cannot read" not in said(answer)


def test_everything_that_is_offered_by_name_is_found_again_by_it(desk: Desk) -> None:
    suggester = desk.edition.suggester
    for sort in Sort:
        for name, id_ in suggester.suggest("", 1000, sort):
            assert suggester.exact(name, sort) == (name, id_)


@pytest.mark.parametrize("typed", ["", "v", "veitnam", "zzzzzzzz", "last 12", "x" * 100])
def test_completing_takes_milliseconds(desk: Desk, typed: str) -> None:
    edition, today = desk.edition, TODAY
    edition.when("warm", today)
    started = time.process_time()
    for sort in Sort:
        edition.suggester.suggest(typed, 25, sort)
    edition.times.periods(typed, today)
    edition.times.days(typed, today)
    assert time.process_time() - started < LIMIT_SECONDS
