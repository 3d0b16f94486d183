"""Slash commands, their autocompletion, and the message menu."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import Env

from discord_app.world import World, response, said
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.commands import COMMANDS
from tradebot.discord_app.options import BadOption

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "discord.md"
SAYS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("ask", {"question": "who is our biggest deficit with?"}, ["China", "202.7 bn", "2025"]),
    ("deficit", {"country": "vietnam"}, ["Vietnam", "178.3 bn", "2025"]),
    ("deficit", {"country": "Vietnam", "period": "2018"}, ["Vietnam", "2018"]),
    ("deficit", {"country": "vn"}, ["Vietnam", "178.3 bn"]),
    ("deficit", {"country": "it"}, ["Italy"]),
    ("deficit", {"country": "🇻🇳"}, ["Vietnam", "178.3 bn"]),
    ("deficit", {"country": "Turkey"}, ["Turkey"]),
    ("country", {"country": "Japan"}, ["Japan", "64.4 bn"]),
    ("country", {"country": "Japan", "period": "2024"}, ["Japan", "2024"]),
    ("ranking", {}, ["China", "Mexico", "Vietnam", "2025"]),
    ("ranking", {"measure": "imports", "count": 3}, ["Mexico", "2025"]),
    ("ranking", {"measure": "surplus", "count": 5}, ["surplus", "2025"]),
    ("ranking", {"count": 3, "among": "ASEAN"}, ["Vietnam", "Thailand"]),
    ("ranking", {"measure": "total trade", "count": 3, "period": "2024"}, ["Mexico", "Canada", "2024"]),
    ("compare", {"first": "China", "second": "Mexico"}, ["China", "Mexico", "202.7 bn", "197.0 bn"]),
    ("compare", {"first": "jp", "second": "kr", "third": "tw", "measure": "exports"}, ["Japan", "South Korea", "Taiwan", "export"]),
    ("trend", {"country": "China", "period": "since 2015"}, ["China", "2015", "2025"]),
    ("trend", {}, ["deficit", "2025"]),
    ("trend", {"country": "Japan", "measure": "imports"}, ["Japan", "import"]),
    ("tariff", {"country": "Canada"}, ["Canad", "22 Aug 2026"]),
    ("tariff", {"country": "China", "on": "5 April 2025"}, ["Chin", "5 Apr 2025"]),
    ("tariff", {"country": "China", "on": "Today"}, ["As last reviewed on 22 Aug 2026", "Chin"]),
    ("deficit", {"country": "vietnam", "period": "mar 2025"}, ["Vietnam", "March 2025"]),
    ("deficit", {"country": "vietnam", "period": "mar 25"}, ["Vietnam", "March 2025"]),
    ("deficit", {"country": "vietnam", "period": "last 12 months"}, ["Vietnam", "August 2025–July 2026"]),
    ("deficit", {"country": "ベトナム"}, ["Vietnam", "178.3 bn"]),
    ("deficit", {"country": "veitnam"}, ["Vietnam", "178.3 bn"]),
    ("country", {"country": "EU"}, ["European Union"]),
    ("ranking", {"among": "mercosur", "measure": "imports"}, ["Mercosur", "Brazil"]),
    ("sector", {"goods": "pharmaceuticals", "country": "Ireland"}, ["pharmaceuticals", "Ireland", "50.2 bn", "2024"]),
    ("sector", {"goods": "30", "country": "ie", "period": "2023"}, ["pharmaceuticals", "Ireland", "35.5 bn", "2023"]),
    ("sector", {"goods": "chapter 73", "country": "China"}, ["articles of iron or steel", "China"]),
    ("sector", {"goods": "ships and boats"}, ["ships and boats", "2024"]),
    ("sector", {"goods": "batteries", "country": "China"}, ["batteries among them", "China"]),
    ("sector", {"goods": "cars", "country": "EU"}, ["European Union", "2024"]),
    ("define", {"term": "de minimis"}, ["De minimis", "parcels"]),
    ("define", {"term": "secondary tariff"}, ["secondary tariff"]),
    ("define", {"term": "tarriff"}, ["tax on imported goods"]),
    ("coverage", {}, ["1985", "234 countries", "Stale", "Year to date"]),
    ("coverage", {"country": "Chad"}, ["Chad", "Missing", "Held up to"]),
    ("coverage", {"country": "vn"}, ["Vietnam", "disputed"]),
]


@pytest.mark.parametrize(("name", "options", "words"), SAYS, ids=str)
async def test_a_command_is_answered_for_everybody(world: World, name: str, options: dict[str, Any], words: list[str]) -> None:
    answer = response(await world.alice.slash(world.channel, name, **options))
    assert not answer.ephemeral, said(answer)
    for word in words:
        assert word.casefold() in said(answer).casefold()


async def test_a_command_says_what_the_same_question_says(world: World) -> None:
    mentioned = await world.ask("deficit with Vietnam")
    slashed = response(await world.bob.slash(world.channel, "deficit", country="Vietnam"))
    assert said(slashed) == said(mentioned)


async def test_help_is_for_the_person_alone(world: World) -> None:
    answer = response(await world.alice.slash(world.channel, "help"))
    assert answer.ephemeral
    assert "trade" in said(answer)
    assert all(f"`/{name}`" in said(answer) for name in (*(command.name for command in COMMANDS), "privacy", "settings"))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("deficit", {"country": "Atlantis"}),
        ("country", {"country": "@everyone"}),
        ("compare", {"first": "Atlantis", "second": "Mordor"}),
        ("tariff", {"country": "Wakanda"}),
        ("ask", {"question": "what is the best laptop under 500?"}),
        ("ask", {"question": "{{7*7}}"}),
    ],
)
async def test_what_is_not_understood_is_said_to_the_person_alone(world: World, name: str, options: dict[str, str]) -> None:
    answer = response(await world.alice.slash(world.channel, name, **options))
    assert answer.ephemeral
    assert answer.content
    assert "49" not in said(answer)
    assert "@everyone" not in said(answer)


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("deficit", {"country": "Atlantis"}, "I know no trade partner called “Atlantis”"),
    ("deficit", {"country": "Vietnam", "period": "blurb"}, "I cannot read “blurb” as a period. Write 2018"),
    ("deficit", {"country": "Vietnam", "period": "2018 Japan"}, "I cannot read “2018 Japan” as a period."),
    ("deficit", {"country": "Vietnam", "period": "@everyone **x** " * 6}, "I cannot read “"),
    ("deficit", {"country": "Vietnam", "period": "1950"}, "does not hold the goods balance with Vietnam for 1950"),
    ("deficit", {"country": "Vietnam", "period": "2030"}, "does not hold the goods balance with Vietnam for 2030"),
    ("tariff", {"country": "China", "on": "someday"}, "I cannot read “someday” as a day. Write 5 April 2025"),
    ("ranking", {"among": "Hogwarts"}, "Hogwarts"),
    ("sector", {"goods": "cars", "direction": "exports", "country": "Germany"}, "does not split exports by product"),
    ("sector", {"goods": "cars", "period": "2025"}, "Products are not held for 2025"),
    ("sector", {"goods": "phlogiston"}, "phlogiston"),
    ("define", {"term": "zzzz"}, "I hold no definition of “zzzz”."),
]


@pytest.mark.parametrize(("name", "options", "sentence"), BAD, ids=str)
async def test_an_option_that_is_no_choice_gets_a_sentence_for_the_person_alone(
    world: World, name: str, options: dict[str, Any], sentence: str
) -> None:
    answer = response(await world.alice.slash(world.channel, name, **options))
    assert answer.ephemeral
    assert sentence in answer.content
    assert "@everyone" not in answer.content
    assert "(E-" not in answer.content
    assert all(isinstance(error, BadOption) for error in world.env.errors)


async def test_commands_work_in_direct_messages(world: World) -> None:
    user = world.alice.user
    assert set(user.available_commands()) == {*(command.name for command in COMMANDS), "privacy show", "privacy delete"}
    first = response(await user.slash("deficit", country="Vietnam"))
    assert "178.3 bn" in said(first)
    await user.send_dm("and japan?")
    assert "64.4 bn" in said(world.posted(user.dm_channel)[-1])


async def test_a_command_is_followed_up_by_a_mention(world: World) -> None:
    await world.alice.slash(world.channel, "deficit", country="Vietnam")
    assert "64.4 bn" in said(await world.ask("and japan?"))


async def test_commands_can_be_installed_by_servers_and_people_everywhere(world: World) -> None:
    for command in world.bot.tree.get_commands():
        sent = command.to_dict(world.bot.tree)
        of_servers = command.name == "settings"
        assert sent["integration_types"] == ([0] if of_servers else [0, 1])
        assert sent["contexts"] == ([0] if of_servers else [0, 1, 2])


async def test_the_menu_answers_somebodys_message_in_private(world: World) -> None:
    remark = await world.bob.send(world.channel, f"{world.alice.mention} what is our deficit with Vietnam?")
    answer = response(await world.alice.context_menu(world.channel, "Answer this", remark))
    assert answer.ephemeral
    assert "178.3 bn" in said(answer)


async def test_the_menu_on_a_message_without_a_question_says_so(world: World) -> None:
    remark = await world.bob.send(world.channel, world.alice.mention)
    answer = response(await world.alice.context_menu(world.channel, "Answer this", remark))
    assert answer.ephemeral
    assert answer.content


async def test_a_stale_command_is_told_with_an_id_that_is_in_the_log(
    world: World, simcord_env: Env, caplog: pytest.LogCaptureFixture
) -> None:
    newer = TradeClient(world.bot.desk)
    newer.tree.remove_command("deficit")
    await simcord_env.restart_bot(newer)
    answer = response(await world.alice.slash(world.channel, "deficit", country="Vietnam"))
    assert answer.ephemeral
    assert "reload" in said(answer)
    number = answer.content.rpartition("(")[2].removesuffix(")")
    assert number in caplog.text
    assert isinstance(simcord_env.errors[0], discord.app_commands.CommandNotFound)


async def test_a_failed_answer_to_a_command_is_told_with_an_id(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.env.inject_error("POST", "/interactions/*/callback", status=400, code=50035, message="Invalid Form Body")
    answer = response(await world.alice.slash(world.channel, "deficit", country="Vietnam"))
    assert answer.ephemeral
    assert answer.content.rpartition("(")[2].removesuffix(")") in caplog.text
    assert len(world.env.errors) == 1


async def test_the_documentation_lists_every_command_as_it_is_registered(world: World) -> None:
    rows = [row.strip("| ").split(" | ") for row in DOCUMENTATION.read_text(encoding="utf-8").splitlines() if row.startswith("| `/")]
    listed = {name.strip("`/"): (shows, ", ".join(options).strip(" |")) for name, shows, *options in rows}
    registered = [each for each in world.bot.tree.walk_commands() if isinstance(each, discord.app_commands.Command)]
    assert listed == {each.qualified_name: (each.description, ", ".join(option.name for option in each.parameters)) for each in registered}
