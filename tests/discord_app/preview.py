"""`make preview`: the real bot in a small Discord of its own, in the browser, offline and without a token.

simcord ─▶ a server with a few channels, people and asked questions ─▶ a page on 127.0.0.1 where one can go on
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import simcord
from simcord import ChannelHandle, Env, MemberActor

from tradebot.desk import Desk
from tradebot.discord_app.client import TradeClient
from tradebot.journal.address import JournalSettings

PEOPLE = ("Mara", "Teo", "Ines")
TALK = (
    ("Mara", "Morning! Does anybody know where our biggest deficit is now? My textbook says China."),
    ("Teo", "{me} who is our biggest deficit with?"),
    ("Mara", "{me} deficit with Vietnam"),
    ("Ines", "{me} are the tariffs on Canada in effect?"),
)
SLASHED = (
    ("Teo", "deficit", {"country": "vietnam"}),
    ("Ines", "ranking", {"measure": "imports", "count": 5, "among": "ASEAN"}),
    ("Mara", "sector", {"goods": "pharmaceuticals", "country": "Ireland"}),
)
GREETING = """
The bot is running. Open this address in a browser; nothing leaves this machine:

  {url}

Write as one of {people}: mention @{bot}, or type / for its commands. Ctrl+C ends it.
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A furnished server: where to look, and who may look."""

    channel: ChannelHandle
    people: tuple[MemberActor, ...]


async def furnish(env: Env) -> Sample:
    """A server with channels, people and a few questions that were asked already."""
    guild = env.create_guild("Harbour economics")
    people = {name: guild.add_member(env.create_user(name)) for name in PEOPLE}
    channel = guild.create_text_channel("trade", topic="Deficits, tariffs and where things come from")
    for name in ("general", "coffee"):
        guild.create_text_channel(name)
    assert env.bot.user
    await env.bot.user.edit(username="tradebot")
    for name, text in TALK:
        await people[name].send(channel, text.format(me=env.bot.user.mention))
    for name, command, options in SLASHED:
        await people[name].slash(channel, command, **options)
    return Sample(channel, tuple(people.values()))


async def serve(port: int) -> None:
    """Serves the preview until it is ended in the browser or by Ctrl+C."""
    desk = Desk.open()
    desk.warm()
    async with AsyncExitStack() as around:
        state = Path(around.enter_context(TemporaryDirectory()))
        journal = await around.enter_async_context(JournalSettings.from_environ({}, state).opened())
        env = await around.enter_async_context(simcord.run(TradeClient(desk, state=state, journal=journal), check_errors=False))
        sample = await furnish(env)
        preview = await around.enter_async_context(env.preview(sample.channel, viewers=sample.people, layout="channel", port=port))
        print(GREETING.format(url=preview.url, people=" or ".join(PEOPLE), bot=env.bot.user), flush=True)
        await preview.wait_closed()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--port", type=int, default=0, help="of the page; any free one by default")
    try:
        asyncio.run(serve(parser.parse_args().port))
    except KeyboardInterrupt:
        print("Ended.")


if __name__ == "__main__":
    main()
