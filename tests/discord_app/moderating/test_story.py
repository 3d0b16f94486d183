"""A day of the moderators, from a question asked in vain to a corrected answer and back, on one repository and one journal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest

from discord_app.moderating.conftest import Office, read
from discord_app.world import headline, response, said
from tradebot.discord_app.moderating.reviewing import NOTHING
from tradebot.journal.journal import Journal


@pytest.fixture
async def journal(office: Office, tmp_path: Path) -> AsyncIterator[Journal]:
    office.bot.journal = journal = await Journal.open(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    yield journal
    await journal.close()


async def ask(office: Office, question: str) -> discord.Message:
    """What the bot answers Olga, who is no moderator."""
    assert office.bot.user
    await office.olga.send(office.channel, f"{office.bot.user.mention} {question}")
    return [each for each in office.channel.history() if each.author == office.bot.user][-1]


async def corrected(office: Office, journal: Journal) -> None:
    """Waits until the bot is done with what was published."""
    assert await journal.flush()
    await asyncio.sleep(0.05)
    await asyncio.gather(*office.bot._corrector._tasks)


def now(office: Office, message: discord.Message) -> str:
    return said(next(each for each in office.channel.history() if each.id == message.id))


async def test_from_a_miss_to_a_corrected_answer_and_back(office: Office, journal: Journal) -> None:
    answer = await ask(office, "deficit with Vietnam")
    number = said(answer).rpartition("A-")[2].split()[0].strip("*`")
    vain = await ask(office, "deficit with namland")
    assert "namland" in said(vain).lower()

    await journal.flush()
    shown = await office.ann.slash(office.channel, "knowledge review")
    assert read(shown).startswith("**namland** · asked once")
    assert shown.response is not None
    form = await office.ann.click(shown.response, label="Another spelling of …")
    await office.ann.submit_modal(form, {"name": "namland", "area": "Vietnam"})
    assert "Vietnam, imports, 2025: $193.9 bn → $194.5 bn" in await office.fill(
        office.ann, "figure", area="Vietnam", measure="imports", period="2025", value="194.5 bn"
    )
    assert "the months add up to 193,879.4, the year is 194,500.0" in await office.do(office.ann, "check")
    await office.fill(office.ann, "figure", area="Vietnam", measure="imports", period="2025-12", value="19148.1 million")
    assert "(breaks" in await office.do(office.ann, "preview")
    assert "In your draft: " in await office.do(office.ann, "accept")
    assert "(breaks" not in await office.do(office.ann, "preview")
    published = await office.do(office.ann, "publish", why="the Bureau revised it, and people write namland")
    assert published.startswith("**r2 is published.**\n- Vietnam imports, 2025: $193.9 bn → $194.5 bn, revised")

    await corrected(office, journal)
    assert "Corrected (r2): Vietnam, balance, 2025: −$178.3 bn → −$178.9 bn" in now(office, answer)
    assert headline(await ask(office, "deficit with namland")).startswith("The US ran a $178.9 bn goods deficit with Vietnam in 2025")
    again = said(response(await office.olga.slash(office.channel, "answer", number=f"A-{number}")))
    assert again.startswith("**The US ran a $178.3 bn goods deficit")
    assert "Asked again today, the answer begins: The US ran a $178.9 bn goods deficit" in again
    assert "(the knowledge is now r2, then it was r1; Vietnam, balance, 2025: −$178.3 bn → −$178.9 bn; " in again
    assert await office.do(office.ann, "review") == NOTHING

    assert "r3 is published" in await office.do(office.bo, "rollback", why="a slip after all")
    await corrected(office, journal)
    assert "$178.3 bn" in said(await ask(office, "deficit with Vietnam"))
    assert now(office, answer).count("Corrected") == 1
