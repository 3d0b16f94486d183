"""What arrives without a command: buttons that turn pages, and forms that were sent."""

from __future__ import annotations

import re
from typing import Any, Self

import discord

from tradebot.discord_app.moderating import forms, reviewing
from tradebot.discord_app.moderating.showing import PAPERS, Asked, Interaction, allowed, answer, page_id, show, worked

PAGE_TURN = rf"kn:page:(?P<what>{'|'.join(PAPERS)}):(?P<page>\d{{1,4}})(:(?P<of>[1-9]\d{{14,19}}))?"


class PageTurn(discord.ui.DynamicItem[discord.ui.Button[Any]], template=PAGE_TURN):
    """Another page of what a moderator reads; made anew, because a restart forgets and a draft goes on."""

    def __init__(self, what: str, page: int, of: int) -> None:
        super().__init__(discord.ui.Button(label="?", custom_id=page_id(what, page, of)))
        self.what, self.page, self.of = what, page, of

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(match["what"], int(match["page"]), int(match["of"] or 0))

    async def callback(self, interaction: Interaction) -> None:
        await show(interaction, self.what, self.page, self.of)


async def form_sent(interaction: Interaction) -> bool:
    """Makes the edit that a form means in the draft of whoever sent it; False for what is no form of ours."""
    kind = forms.submitted(interaction)
    if kind is None:
        return await reviewing.form_sent(interaction)
    asked = await allowed(interaction)
    if asked is not None:
        await answer(asked, worked(_set(asked, kind)))
    return True


async def _set(asked: Asked, kind: str) -> str:
    return await asked.workshop.apply(asked.who, forms.edit_of(kind, asked.interaction))


IDS = (PAGE_TURN, reviewing.MISS, reviewing.REVIEW)
ITEMS = (PageTurn, reviewing.MissChoice, reviewing.ReviewTurn)
"""Every button of this room, and the ids they answer to."""
