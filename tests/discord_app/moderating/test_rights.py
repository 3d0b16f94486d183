"""Who the operator names, and what the moderators' channel hears."""

from __future__ import annotations

import asyncio

import pytest

from discord_app.moderating.conftest import Office
from tradebot.curation.news import Live, Refused
from tradebot.discord_app.moderating.bulletin import Bulletin
from tradebot.discord_app.moderating.rights import Moderators, ModeratorsError
from tradebot.knowledge.problems import Problem, Problems

ONE, TWO = 1_001_000_000_000_000_001, 1_002_000_000_000_000_002


def test_people_and_roles_by_their_numbers() -> None:
    assert Moderators.read(f" {ONE}, {TWO};{ONE}\n").ids == {ONE, TWO}
    assert Moderators.read("").ids == frozenset()


@pytest.mark.parametrize("text", ["ann", "@everyone", "12", f"{ONE}0000", "-1", f"{ONE},bo"])
def test_what_is_no_number_is_told(text: str) -> None:
    with pytest.raises(ModeratorsError, match="TRADEBOT_MODERATORS holds “"):
        Moderators.read(text)


async def test_the_role_of_everybody_never_counts(office: Office) -> None:
    office.workshop.moderators = Moderators(frozenset({office.guild.id}))
    assert "the bot's operator names them" in await office.do(office.olga, "status")


async def test_the_channel_hears_of_files_that_cannot_be_used(office: Office) -> None:
    bulletin = Bulletin(office.channel.id)
    problems = Problems()
    problems.add(Problem("knowledge/partners/norway.yaml", 5, 7, "kind", "must be one of country, territory"))
    bulletin.heard(Refused("r3", problems))  # before there is a client
    bulletin.speak_through(office.bot)
    await asyncio.sleep(0)
    bulletin.heard(Live("r4", ()))
    bulletin.warned("git fetch took longer than 120 seconds and was stopped.")
    await office.env.settle()
    assert [message.content for message in office.channel.history()] == [
        "The saved files cannot be used; r3 keeps answering.\nknowledge/partners/norway.yaml:5:7: kind: must be one of country, territory",
        "r4 is live.",
        "git fetch took longer than 120 seconds and was stopped.",
    ]


async def test_what_does_not_fit_a_message_is_counted(office: Office) -> None:
    bulletin = Bulletin(office.channel.id)
    bulletin.speak_through(office.bot)
    problems = Problems()
    problems.extend(
        Problem("knowledge/partners/norway.yaml", line, 7, "kind", "must be one of country, territory") for line in range(1, 41)
    )
    bulletin.heard(Refused("r3", problems))
    await office.env.settle()
    (message,) = office.channel.history()
    shown = message.content.count("norway.yaml")
    assert 15 < shown < 40
    assert message.content.endswith(f"-# … and {40 - shown} more; `tradebot check` lists them all.")
