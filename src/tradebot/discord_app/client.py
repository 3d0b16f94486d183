"""The Discord client: events in, questions to the desk, replies out.

    mention, DM, reply ─▶ addressed ─┐
    slash command, menu ─▶ questions ─┼▶ Desk.ask ─▶ Reply ─▶ layout ─▶ message
    button ─▶ custom_id ──────────────┘

Nothing is kept between two events except what the desk keeps of a conversation.
"""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Unpack

import discord

from tradebot.desk import Desk
from tradebot.discord_app import addressed, trouble
from tradebot.discord_app.buttons import FollowUp, Unknown
from tradebot.discord_app.desk_client import DeskClient, today
from tradebot.discord_app.moderating import forms
from tradebot.discord_app.moderating.commands import KNOWLEDGE
from tradebot.discord_app.moderating.taps import PageTurn, form_sent
from tradebot.discord_app.moderating.workshop import Workshop
from tradebot.discord_app.registration import register_if_changed
from tradebot.discord_app.replies import answer_interaction, answer_message
from tradebot.discord_app.steady import Footing
from tradebot.discord_app.translation import Languages
from tradebot.discord_app.tree import Tree
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
        workshop: Workshop | None = None,
        **steady: Unpack[Footing],
    ) -> None:
        super().__init__(desk, clock, journal, **steady)
        self.workshop = workshop
        self.tree = Tree(self)
        if workshop is not None:
            self.tree.add_command(KNOWLEDGE)
        self._state = state

    async def setup_hook(self) -> None:
        self.add_dynamic_items(FollowUp, PageTurn, Unknown)
        await self.tree.set_translator(Languages())
        if self._state is not None:
            await register_if_changed(self.tree, self._state)

    async def on_ready(self) -> None:
        log.info("connected, in %d servers", len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        question = addressed.question(message, self.user.id) if self.user else None
        if question is not None:
            await answer_message(self, message, question or HELP)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """A form that was sent; everything else is handed on by discord.py itself."""
        if (form := forms.submitted(interaction)) is not None:
            await form_sent(interaction, *form)

    async def answer(self, interaction: discord.Interaction[Any], question: str, *, private: bool = False) -> None:
        """Answers a tap; discord.py only logs what a button raises, so it is told here."""
        try:
            await answer_interaction(interaction, question, private=private)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person hears of it
            await trouble.tell(interaction, trouble.report(error, "a button"))

    async def on_error(self, event_method: str, /, *args: Any, **_: Any) -> None:
        """Tells the author of a message that its answer failed; other events are only logged."""
        error = sys.exc_info()[1]
        sentence = trouble.report(error or RuntimeError(event_method), event_method)
        if event_method == "on_message" and isinstance(args[0], discord.Message):
            with suppress(discord.HTTPException):
                await args[0].reply(sentence)
