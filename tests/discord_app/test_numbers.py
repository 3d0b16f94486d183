"""Numbers and days in the form of who reads them: the person's Discord, or what the server has set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from simcord import interactions

from discord_app.world import World, headline, response, said, tools
from tradebot.journal.journal import Journal

GERMAN = "178,3 bn $"
ENGLISH = "$178.3 bn"
Reading = Callable[[str], None]


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Reading:
    """Sets the language of everybody's Discord, which simcord has as American English."""
    made = interactions.base_payload

    def set_to(locale: str) -> None:
        def payload(*args: Any, **kwargs: Any) -> Any:
            record, sent = made(*args, **kwargs)
            return record, {**sent, "locale": locale}

        monkeypatch.setattr(interactions, "base_payload", payload)

    return set_to


@pytest.mark.parametrize(
    ("locale", "amount"), [("de", GERMAN), ("fr", "178,3 bn $"), ("ja", ENGLISH), ("en-GB", ENGLISH), ("pt-BR", "$ 178,3 bn")]
)
async def test_a_command_is_answered_in_the_form_of_who_uses_it(world: World, reading: Reading, locale: str, amount: str) -> None:
    reading(locale)
    answer = response(await world.alice.slash(world.channel, "deficit", country="vietnam"))
    assert amount in said(answer).replace("\u00a0", " ")
    assert headline(answer).startswith("The US ran a")


async def test_two_people_read_the_same_question_each_in_their_form(world: World, reading: Reading) -> None:
    reading("de")
    assert GERMAN in said(response(await world.alice.slash(world.channel, "deficit", country="vietnam"))).replace("\u00a0", " ")
    reading("en-US")
    assert ENGLISH in said(response(await world.bob.slash(world.channel, "deficit", country="vietnam")))


async def test_days_and_tables_and_the_foot_are_in_the_readers_form(world: World, reading: Reading) -> None:
    reading("de")
    answer = said(response(await world.alice.slash(world.channel, "ranking", count=3))).replace("\u00a0", " ")
    assert "202,7 bn $" in answer
    assert "01.10.2026" in answer
    assert "$202" not in answer
    assert "24.07.2026" in said(response(await world.alice.slash(world.channel, "tariff", country="china")))


async def test_what_a_server_has_set_goes_before_the_reader(world: World, reading: Reading, journal: Journal) -> None:
    chosen = await journal.server(world.guild.id)
    await journal.save_server(world.guild.id, replace(chosen, numbers="de"))
    reading("en-US")
    assert GERMAN in said(response(await world.alice.slash(world.channel, "deficit", country="vietnam"))).replace("\u00a0", " ")
    assert GERMAN in said(await world.ask("deficit with Vietnam")).replace("\u00a0", " ")
    await journal.save_server(world.guild.id, replace(chosen, numbers="en-US"))
    reading("de")
    assert ENGLISH in said(response(await world.alice.slash(world.channel, "deficit", country="vietnam")))


async def test_a_mention_is_answered_in_the_servers_language(world: World) -> None:
    assert ENGLISH in said(await world.ask("deficit with Vietnam"))
    guild = world.env.create_guild("Marché", preferred_locale="fr")
    camille, channel = guild.add_member(world.env.create_user("camille")), guild.create_text_channel("commerce")
    assert GERMAN in said(await world.ask("deficit with Vietnam", by=camille, channel=channel)).replace("\u00a0", " ")


async def test_a_tap_keeps_the_form_of_who_taps(world: World, reading: Reading) -> None:
    answer = await world.ask("deficit with Vietnam")
    assert "Sources" in tools(answer)
    reading("de")
    proof = said(response(await world.bob.click(answer, label="Sources"))).replace("\u00a0", " ")
    assert GERMAN in proof
    assert "01.10.2026" in proof
