"""`tradebot bot`: from settings to a running bot, and from whatever ends it to an exit code (see endings).

settings ─▶ desk ─▶ supervise ─▶ one life: client, gateway ─▶ stopped: drain, close
                        ▲                │
                        └── pause ◀── broke (fatal: one sentence, exit code)
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from typing import Any

import aiohttp
import discord

from tradebot.curation.following import following
from tradebot.curation.opening import open_to_serve, repository_of
from tradebot.curation.repository import Repository
from tradebot.curation.watch import live
from tradebot.desk import Desk
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.line import wire
from tradebot.discord_app.line.endings import FAILED, SENTENCES, STOPPED, TOKEN, fatal, is_expected, is_fatal
from tradebot.discord_app.line.steady import Footing
from tradebot.discord_app.manners import Manners
from tradebot.discord_app.moderating.bulletin import Bulletin
from tradebot.discord_app.moderating.library import Library
from tradebot.discord_app.moderating.workshop import Workshop
from tradebot.discord_app.registration import register
from tradebot.discord_app.settings import BotSettings, TokenError
from tradebot.journal.address import JournalSettings
from tradebot.journal.database import address
from tradebot.journal.entries import JournalError
from tradebot.journal.journal import Journal
from tradebot.knowledge.collecting import uncollected
from tradebot.knowledge.paths import knowledge_dir
from tradebot.knowledge.problems import KnowledgeError
from tradebot.operations import lag, logs, memory
from tradebot.operations.health import NOT_YET, AddressError, Pulse, status_server
from tradebot.operations.metrics import Metrics
from tradebot.operations.supervisor import FIRST_PAUSE, supervise
from tradebot.operations.turns import FileTurns, PostgresTurns, Turns

log = logging.getLogger("tradebot.discord")

DRAIN_SECONDS = 10.0
CLOSE_SECONDS = 5.0
REPLIES_KEPT = 500
"""At about 8 KB each some four megabytes."""


def run(settings: BotSettings) -> int:
    """Runs the bot until it is stopped; says in one sentence on standard error what kept it from running."""
    try:
        token = settings.secret()
    except TokenError as error:
        return _say(str(error), TOKEN)
    logs.configure([token])
    if settings.api:
        wire.rest_is_at(settings.api)
    try:
        with uncollected():
            desk = Desk(open_to_serve(settings.knowledge), kept=REPLIES_KEPT)
            desk.warm()
        journal = JournalSettings.from_environ(os.environ, settings.state)
        logs.configure([token, journal.url.get_secret_value()])
        if settings.sync:
            asyncio.run(_register(desk, settings, token))
        else:
            _serve(Running(desk, settings, token, journal))
    except (JournalError, AddressError) as error:
        return _say(str(error), TOKEN)
    except KnowledgeError as errors:
        return _say(str(errors), FAILED)
    except (OSError, aiohttp.ClientError, discord.DiscordException) as error:
        code = fatal(error)
        return _say(SENTENCES[code], code) if code else _say(f"Discord could not be reached: {error}.", FAILED)
    return STOPPED


def _serve(running: Running) -> None:
    try:
        asyncio.run(running.until_stopped())
    finally:
        running.last_call.cancel()


class Running:
    """The bot from start to stop: one client after the other on the same desk."""

    def __init__(
        self,
        desk: Desk,
        settings: BotSettings,
        token: str,
        journal: JournalSettings,
        *,
        turns: Turns | None = None,
        pause: float = FIRST_PAUSE,
    ) -> None:
        self._desk = desk
        self._settings = settings
        self._token = token
        self._where = journal
        self._journal = Journal()
        self._repository = repository_of(settings.knowledge)
        self.metrics = Metrics()
        self._turns = turns or _turns(settings, journal)
        self._pause = pause
        self._stopping = asyncio.Event()
        self.last_call = threading.Timer(DRAIN_SECONDS + CLOSE_SECONDS, os._exit, (STOPPED,))
        self.last_call.daemon = True
        self._library = library_of(desk, self._repository, settings)
        self._bulletin = Bulletin(settings.moderators_channel if settings.speaks else None)
        self._client: TradeClient | None = None

    async def until_stopped(self) -> None:
        """Until SIGINT or SIGTERM. Raises what no other attempt can mend."""
        asyncio.get_running_loop().set_exception_handler(logs.unhandled)
        _on_signal(self._told_to_stop)
        wire.answer_interactions_patiently()
        async with AsyncExitStack() as around:
            await around.enter_async_context(lag.measured(self.metrics.lag))
            await around.enter_async_context(memory.given_back())
            await around.enter_async_context(following(self._desk, self._repository, self._bulletin.warned))
            await around.enter_async_context(live(self._desk, self._settings.knowledge, self._repository, self._bulletin.heard))
            if self._settings.status:
                port = await around.enter_async_context(status_server(self._settings.status, self.pulse, self.metrics))
                log.info("status on %s:%d", self._settings.status.host, port)
            self._journal = await around.enter_async_context(self._where.opened())
            await self._unless_stopped(self._lives())
        log.info("stopped")

    def _told_to_stop(self) -> None:
        """Stops; and ends the process in any case, where a thread that reads a revision, say, would hold it up."""
        if not self._stopping.is_set():
            self.last_call.start()
        self.stop()

    def stop(self) -> None:
        """Lets what is in flight finish, then ends."""
        self._stopping.set()

    async def _unless_stopped(self, living: Coroutine[Any, Any, None]) -> None:
        """Lets it live until the signal, then lets it finish what is in flight."""
        life, stop = asyncio.ensure_future(living), asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait({life, stop}, return_when=asyncio.FIRST_COMPLETED)
        if not life.done():
            await self._finish()
            life.cancel()
        stop.cancel()
        with suppress(asyncio.CancelledError):
            await life

    async def _lives(self) -> None:
        await supervise(self._life, hopeless=is_fatal, expected=is_expected, failed=self.metrics.restarts.inc, first_pause=self._pause)

    async def _life(self) -> None:
        state = None if self._is_part else self._settings.state  # many processes register as a step of its own
        steady = Footing(shards=self._settings.shards, turns=self._turns, metrics=self.metrics)
        reads_all = self._settings.message_content
        client = TradeClient(self._desk, state=state, journal=self._journal, reads_all=reads_all, library=self._library, **steady)
        client.manners = Manners(self._settings.questions)
        async with client:
            self._client = client
            self._bulletin.speak_through(client)
            await client.start(self._token)

    async def _finish(self) -> None:
        if self._client is None:
            return
        log.info("stopping: finishing what is in flight")
        if left := await self._client.intake.drain(DRAIN_SECONDS):
            log.warning("stopped with %d answers unfinished", left)
        with suppress(TimeoutError):  # closing first: a shard that is connecting swallows the cancellation that follows
            await asyncio.wait_for(self._client.close(), CLOSE_SECONDS)

    @property
    def _is_part(self) -> bool:
        """Whether other processes run the rest of this bot."""
        return self._settings.shards is not None and not self._settings.shards.is_all

    def pulse(self) -> Pulse:
        """How the current client is."""
        client = self._client
        now = client.pulse(self._desk.knowledge.revision) if client and not client.is_closed() else NOT_YET
        drawing = client.charts.pending if client else 0
        return replace(now, journal_pending=self._journal.pending, journal_lost=self._journal.lost, charts_pending=drawing)


def library_of(desk: Desk, repository: Repository | None, settings: BotSettings) -> Library:
    """Where moderators work; where the knowledge is no repository, where they read."""
    if repository is not None:
        return Workshop(repository, settings.moderators, desk.swap)
    if settings.moderators.ids:
        log.warning("The knowledge is no git repository, so that /knowledge only reads it: tradebot knowledge init makes one of it.")
    return Library(settings.knowledge or knowledge_dir(), settings.moderators)


def _turns(settings: BotSettings, journal: JournalSettings) -> Turns:
    """Alone where this process is the whole bot; else shared through what all processes have."""
    if settings.shards is None or settings.shards.is_all:
        return Turns()
    url = address(journal.url.get_secret_value())
    return PostgresTurns(url) if url.get_backend_name() == "postgresql" else FileTurns(settings.state)


def _on_signal(stop: Callable[[], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl+C raises KeyboardInterrupt instead
            asyncio.get_running_loop().add_signal_handler(number, stop)


async def _register(desk: Desk, settings: BotSettings, token: str) -> None:
    """Registers the commands without connecting."""
    async with TradeClient(desk, library=library_of(desk, repository_of(settings.knowledge), settings)) as client:
        await client.login(token)
        count = await register(client.tree, settings.state)
    log.info("registered %d commands", count)


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
