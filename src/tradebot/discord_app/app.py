"""`tradebot bot`: from settings to a running bot, and from whatever ends it to an exit code.

0: stopped by a signal, or the commands are registered · 1: the knowledge has errors, or Discord cannot be reached ·
2: there is no token, or Discord refuses it
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from contextlib import suppress

import aiohttp
import discord

from tradebot.desk import Desk
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.registration import register
from tradebot.discord_app.settings import BotSettings, TokenError
from tradebot.journal.address import JournalSettings
from tradebot.journal.entries import JournalError
from tradebot.journal.journal import Journal
from tradebot.knowledge.problems import KnowledgeError

log = logging.getLogger("tradebot.discord")

STOPPED, FAILED, USAGE = 0, 1, 2
REFUSED = "Discord refused the token: make a new one on the page “Bot” of your Discord application."


def run(settings: BotSettings) -> int:
    """Runs the bot until it is stopped; says in one sentence on standard error what kept it from running."""
    try:
        token = settings.secret()
    except TokenError as error:
        return _say(str(error), USAGE)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        desk = Desk.open(settings.knowledge)
        desk.warm()
        journal = JournalSettings.from_environ(os.environ, settings.state)
        asyncio.run(_register(desk, settings, token) if settings.sync else _serve(desk, settings, token, journal))
    except JournalError as error:
        return _say(str(error), USAGE)
    except KnowledgeError as errors:
        return _say(str(errors), FAILED)
    except discord.LoginFailure:
        return _say(REFUSED, USAGE)
    except (OSError, aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound) as error:
        return _say(f"Discord could not be reached: {error}.", FAILED)
    return STOPPED


async def _serve(desk: Desk, settings: BotSettings, token: str, journal: JournalSettings) -> None:
    """Connects and answers until SIGINT or SIGTERM."""
    async with journal.opened() as kept, _client(desk, settings, kept) as client:
        serving = asyncio.ensure_future(client.start(token))
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):  # Windows: Ctrl+C raises KeyboardInterrupt instead
                asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
        with suppress(asyncio.CancelledError):
            await serving


def _client(desk: Desk, settings: BotSettings, journal: Journal) -> TradeClient:
    return TradeClient(desk, state=settings.state, journal=journal, reads_all=settings.message_content)


async def _register(desk: Desk, settings: BotSettings, token: str) -> None:
    """Registers the commands without connecting."""
    async with TradeClient(desk) as client:
        await client.login(token)
        count = await register(client.tree, settings.state)
    log.info("registered %d commands", count)


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
