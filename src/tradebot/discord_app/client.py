"""The Discord client: events in, questions to the desk, replies out.

    mention, DM, reply, answer channel ─▶ addressed ─┐
    slash command, menu ─▶ questions ────────────────┼▶ Desk ─▶ Reply ─▶ replies ─▶ message
    button, select, form ─▶ custom_id ─▶ taps ───────┘

Nothing is kept between two events except what the desk keeps of a conversation.
"""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Unpack

import discord

from tradebot.desk import Desk
from tradebot.discord_app import addressed, forms, taps, trouble
from tradebot.discord_app.buttons import FollowUp, Readings, Unknown
from tradebot.discord_app.controls import Control
from tradebot.discord_app.desk_client import DeskClient, today
from tradebot.discord_app.moderating import taps as moderating
from tradebot.discord_app.moderating.commands import KNOWLEDGE
from tradebot.discord_app.moderating.taps import PageTurn
from tradebot.discord_app.moderating.workshop import Workshop
from tradebot.discord_app.registration import register_if_changed
from tradebot.discord_app.replies import answer_interaction, answer_message
from tradebot.discord_app.steady import Footing
from tradebot.discord_app.translation import Languages
from tradebot.discord_app.tree import Tree
from tradebot.edition import Edition
from tradebot.journal.journal import Journal

log = logging.getLogger("tradebot.discord")

HELP = "help"


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
        workshop: Workshop | None = None,
        **steady: Unpack[Footing],
    ) -> None:
        super().__init__(desk, clock, journal, reads_all=reads_all, **steady)
        self.workshop = workshop
        self.tree = Tree(self)
        if workshop is not None and workshop.moderators.ids:
            self.tree.add_command(KNOWLEDGE)
        self._state = state

    async def setup_hook(self) -> None:
        self.add_dynamic_items(FollowUp, Readings, Control, PageTurn, Unknown)
        await self.tree.set_translator(Languages())
        if self._state is not None:
            await register_if_changed(self.tree, self._state)

    async def edition(self, revision: str) -> Edition | None:
        """The knowledge of a revision, from the repository where it is an old one."""
        held = await super().edition(revision)
        return held or (await self.workshop.edition(revision) if self.workshop else None)

    async def on_ready(self) -> None:
        log.info("connected, in %d servers", len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        question = addressed.question(message, self.user.id) if self.user else None
        if question is not None:
            await answer_message(self, message, question or HELP)
        elif self.intents.message_content and (overheard := addressed.overheard(message)) and await self._listens_in(message):
            await answer_message(self, message, overheard, ambient=True)

    async def _listens_in(self, message: discord.Message) -> bool:
        """Whether the message stands in an answer channel of its server, or in a thread of one."""
        server = await self.journal.server(message.guild.id if message.guild else None)
        return bool({message.channel.id, getattr(message.channel, "parent_id", None)} & set(server.answer_channels))

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
