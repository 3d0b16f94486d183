"""The Discord client: events in, questions to the desk, replies out.

    mention, DM, reply, answer channel ─▶ addressed ─┐
    slash command, menu ─▶ questions ────────────────┼▶ Desk ─▶ Reply ─▶ replies ─▶ message
    button, select, form ─▶ custom_id ─▶ taps ───────┘

Nothing is kept between two events except what the desk keeps of a conversation.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Unpack

import discord

from tradebot.desk import Desk
from tradebot.discord_app import conversing, onboarding, presence, server_settings, taps, trouble
from tradebot.discord_app.card import forms
from tradebot.discord_app.card.buttons import FollowUp, Readings, Unknown
from tradebot.discord_app.card.controls import Control
from tradebot.discord_app.correcting import Corrector
from tradebot.discord_app.desk_client import DeskClient, today
from tradebot.discord_app.line.steady import Footing
from tradebot.discord_app.moderating import taps as moderating
from tradebot.discord_app.moderating.commands import KNOWLEDGE
from tradebot.discord_app.moderating.library import Library
from tradebot.discord_app.moderating.workshop import Workshop
from tradebot.discord_app.registration import register_if_changed
from tradebot.discord_app.replies import answer_interaction
from tradebot.discord_app.translation import Languages
from tradebot.discord_app.tree import Tree
from tradebot.journal.journal import Journal

log = logging.getLogger("tradebot.discord")


class TradeClient(DeskClient):
    """The bot: what it does when something happens in Discord.

    `state` is the folder that remembers which commands were registered (None: they are registered by hand only).
    """

    def __init__(
        self,
        desk: Desk,
        *,
        state: Path | None = None,
        clock: Callable[[], dt.date] = today,
        journal: Journal | None = None,
        reads_all: bool = False,
        library: Library | None = None,
        **steady: Unpack[Footing],
    ) -> None:
        super().__init__(desk, clock, journal, reads_all=reads_all, **steady)
        self.library = library
        self.tree = Tree(self)
        if isinstance(library, Workshop):
            self.revisions = library.repository.edition
        if library is not None and library.moderators.ids:
            self.tree.add_command(KNOWLEDGE)
        self._state = state
        self._until_closed: list[Callable[[], None]] = []

    async def setup_hook(self) -> None:
        self.add_dynamic_items(FollowUp, Readings, Control, *moderating.ITEMS, *server_settings.ITEMS, Unknown)
        await self.tree.set_translator(Languages())
        if self._state is not None:
            await register_if_changed(self.tree, self._state)
        self._corrector = Corrector(self)
        self._until_closed += [self.desk.on_swap(self._on_swap), self._corrector.close]

    async def close(self) -> None:
        while self._until_closed:
            self._until_closed.pop()()
        await super().close()

    def _on_swap(self) -> None:
        """Another revision took over, perhaps in another thread: what stands under its name and in its answers changes with it."""
        if self.loop.is_closed():
            return
        self.loop.call_soon_threadsafe(self._corrector.swapped)
        activity = presence.activity(self.desk.knowledge)
        asyncio.run_coroutine_threadsafe(self.change_presence(activity=activity), self.loop)

    async def on_ready(self) -> None:
        log.info("connected, in %d servers", len(self.guilds))
        self._corrector.started()

    async def on_message(self, message: discord.Message) -> None:
        await conversing.heard(self, message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        await conversing.edited(self, payload.message)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await conversing.deleted(self, payload.channel_id, {payload.message_id})

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        await conversing.deleted(self, payload.channel_id, payload.message_ids)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await onboarding.introduce(self, guild)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """A form that was sent; everything else is handed on by discord.py itself."""
        if await moderating.form_sent(interaction):
            return
        form = forms.submitted(interaction)
        if form is not None:
            await self.tapped(interaction, form[0], (form[1],))

    async def tapped(self, interaction: discord.Interaction[Any], custom_id: str, values: tuple[str, ...]) -> None:
        """A control of a card, or a form that one opened."""
        await _told(interaction, taps.tapped(interaction, custom_id, values))

    async def asked_on(self, interaction: discord.Interaction[Any], question: str, asker: int, revision: str) -> None:
        """A question that was offered under an answer: in the channel for who had asked, for anybody else alone."""
        alone = interaction.message is not None and interaction.message.flags.ephemeral
        note = taps.outdated(interaction, revision)
        private = alone or interaction.user.id != asker
        if await conversing.may_ask(interaction):
            await _told(interaction, answer_interaction(interaction, question, private=private, note=note))

    async def on_error(self, event_method: str, /, *args: Any, **_: Any) -> None:
        """Tells the author of a message that its answer failed; other events are only logged."""
        error = sys.exc_info()[1]
        sentence = trouble.report(error or RuntimeError(event_method), event_method)
        if event_method == "on_message" and isinstance(args[0], discord.Message):
            with suppress(discord.HTTPException):
                await args[0].reply(sentence)


async def _told(interaction: discord.Interaction[Any], work: Awaitable[None]) -> None:
    """discord.py only logs what a tap raises, so the person is told here."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - whatever it is, the person hears of it
        await trouble.tell(interaction, trouble.report(error, "a tap"))
