"""A server with its moderators, and a bot over a real git repository of the packaged knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor

from curation.conftest import light, repository
from tradebot.checks import TODAY
from tradebot.curation.people import Moderator
from tradebot.curation.repository import Repository
from tradebot.desk import Desk
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.moderating.rights import Moderators
from tradebot.discord_app.moderating.workshop import Workshop

__all__ = ["light", "repository"]

NOBODY = frozenset({1})
OPERATOR = Moderator("1", "The operator")


def client_of(repository: Repository, ids: frozenset[int], state: Path) -> TradeClient:
    desk = Desk(repository.current())
    workshop = Workshop(repository, Moderators(ids), desk.swap)
    client = TradeClient(desk, state=state, clock=lambda: TODAY, library=workshop)
    client.revisions = repository.edition
    return client


@pytest.fixture
def simcord_bot(repository: Repository, tmp_path: Path) -> TradeClient:
    return client_of(repository, NOBODY, tmp_path / "state")


@dataclass(slots=True)
class Office:
    """Ann is named herself, Bo has a role that is named; Olga owns the server and has every right there, and no right here."""

    env: Env
    guild: GuildHandle
    channel: ChannelHandle
    ann: MemberActor
    bo: MemberActor
    olga: MemberActor
    repository: Repository
    state: Path

    @property
    def bot(self) -> TradeClient:
        assert isinstance(self.env.bot, TradeClient)
        return self.env.bot

    @property
    def workshop(self) -> Workshop:
        assert isinstance(self.bot.library, Workshop)
        return self.bot.library

    async def restart(self) -> None:
        await self.env.restart_bot(client_of(self.repository, self.workshop.moderators.ids, self.state))

    async def do(self, by: MemberActor, command: str, **options: Any) -> str:
        """What the moderator, and nobody else, reads."""
        return read(await by.slash(self.channel, f"knowledge {command}", **options))

    async def fill(self, by: MemberActor, kind: str, **fields: str) -> str:
        """Opens the form of a kind and sends it."""
        shown = await by.slash(self.channel, "knowledge set", kind=kind)
        assert shown.modal is not None
        return read(await by.submit_modal(shown, fields))

    async def says(self, question: str) -> str:
        return self.bot.desk.ask(question, today=TODAY).text


def read(result: InteractionResult) -> str:
    assert result.response is not None
    assert result.response.ephemeral
    return result.response.content


@pytest.fixture
def office(simcord_env: Env, repository: Repository, tmp_path: Path) -> Office:
    simcord_env.settle_timeout = 120.0  # a preview answers hundreds of questions
    olga_user = simcord_env.create_user("olga")
    guild = simcord_env.create_guild("Traders", owner=olga_user)
    channel = guild.create_text_channel("moderators")
    role = guild.create_role("Keepers")
    rights = guild.create_role("Admins", permissions=discord.Permissions.all())
    ann = guild.add_member(simcord_env.create_user("ann"))
    bo = guild.add_member(simcord_env.create_user("bo"), roles=[role])
    olga = guild.add_member(olga_user, roles=[rights])
    office = Office(simcord_env, guild, channel, ann, bo, olga, repository, tmp_path / "state")
    office.workshop.moderators = Moderators(frozenset({ann.id, role.id}))
    return office
