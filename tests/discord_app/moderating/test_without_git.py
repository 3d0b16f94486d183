"""`/knowledge` over files that are no repository: moderators read everything, and are told what it takes to edit."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from simcord import ChannelHandle, Env, MemberActor
from simcord.components import walk_components

from discord_app.moderating.conftest import NOBODY, read
from journal.happenings import asked
from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.discord_app.app import library_of
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.moderating.library import Library
from tradebot.discord_app.moderating.rights import Moderators
from tradebot.discord_app.moderating.showing import NOT_YOURS, ONLY_READ
from tradebot.discord_app.moderating.workshop import Workshop
from tradebot.discord_app.settings import BotSettings
from tradebot.edition import Edition
from tradebot.journal.journal import Journal


@pytest.fixture
def files(light: Path, tmp_path: Path) -> Path:
    """A knowledge directory and its templates, as they lie in a folder."""
    shutil.copytree(light / "templates", tmp_path / "plain/templates")
    return Path(shutil.copytree(light / "knowledge", tmp_path / "plain/knowledge"))


@pytest.fixture
def simcord_bot(files: Path, tmp_path: Path) -> TradeClient:
    desk = Desk(Edition.open(files))
    return TradeClient(desk, state=tmp_path / "state", clock=lambda: TODAY, library=Library(files, Moderators(NOBODY)))


class Place:
    """A channel, Ann whom the operator named, and Olga who owns the server."""

    def __init__(self, env: Env) -> None:
        self.env = env
        owner = env.create_user("olga")
        guild = env.create_guild("Traders", owner=owner)
        self.channel: ChannelHandle = guild.create_text_channel("moderators")
        self.ann, self.olga = guild.add_member(env.create_user("ann")), guild.add_member(owner)
        assert isinstance(env.bot, TradeClient)
        self.bot: TradeClient = env.bot
        assert self.bot.library
        self.bot.library.moderators = Moderators(frozenset({self.ann.id}))

    async def do(self, by: MemberActor, command: str, **options: Any) -> str:
        return read(await by.slash(self.channel, f"knowledge {command}", **options))


@pytest.fixture
def place(simcord_env: Env) -> Place:
    simcord_env.settle_timeout = 60.0
    return Place(simcord_env)


async def test_what_answers_and_how_old_it_is(place: Place) -> None:
    said = (await place.do(place.ann, "status")).splitlines()
    assert said[0] == "**r1** answers, from files that are no git repository: from here they can be read, not edited."
    assert any("of 22 Aug 2026" in line for line in said[1:])
    assert any(line.endswith("**due for review**") for line in said[1:])


async def test_what_is_wrong_with_the_files_as_they_are_now(place: Place, files: Path) -> None:
    assert await place.do(place.ann, "check") == "Every file can be read, every test passes."
    path = files / "partners/norway.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: country", "kind: land"), encoding="utf-8")
    assert (await place.do(place.ann, "check")).startswith("- knowledge/partners/norway.yaml:5:7: kind: must be one of")


def held(files: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in files.rglob("*.*")}


EDITING: dict[str, dict[str, Any]] = {
    "diff": {},
    "preview": {},
    "log": {},
    "accept": {},
    "discard": {},
    "refresh": {},
    "publish": {"why": "because"},
    "rollback": {"why": "because"},
    "set": {"kind": "alias"},
    "upload": {"file": ("norway.yaml", b"id: NO")},
}


@pytest.mark.parametrize("command", EDITING)
async def test_whoever_wants_to_edit_is_told_what_to_do(place: Place, files: Path, command: str) -> None:
    before = held(files)
    assert await place.do(place.ann, command, **EDITING[command]) == ONLY_READ
    assert "`tradebot knowledge init DIR`" in ONLY_READ
    assert held(files) == before


@pytest.mark.parametrize("command", ["status", "check", "review", "set"])
async def test_nobody_else_reads_it(place: Place, command: str) -> None:
    assert await place.do(place.olga, command, **EDITING.get(command, {})) == NOT_YOURS


async def test_what_was_asked_in_vain_can_be_read_and_taken_off_the_list(place: Place, tmp_path: Path) -> None:
    where = f"sqlite:///{tmp_path / 'journal.sqlite'}"
    telling = await Journal.open(where)
    for missed in ("namland", "freight rates"):
        telling.note(asked(f"deficit with {missed}", "refuse", missed=missed, asked_at=dt.datetime.now(tz=dt.UTC)))
    await telling.close()
    place.bot.journal = await Journal.open(where)
    shown = await place.ann.slash(place.channel, "knowledge review")
    assert read(shown).endswith("-# 1 of 2")
    assert shown.response
    stored = place.env.backend.get_message(place.channel.id, shown.response.id)
    assert [part["label"] for part in walk_components(stored.components) if "label" in part] == ["Dealt with", "◀", "▶"]
    assert read(await place.ann.click(shown.response, label="Dealt with")).endswith("-# 1 of 1")
    await place.bot.journal.close()


def test_moderators_of_a_folder_get_the_command(files: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = BotSettings(knowledge=files, state=tmp_path, moderators=Moderators(NOBODY))
    library = library_of(Desk(Edition.open(files)), None, settings)
    assert not isinstance(library, Workshop)
    assert "tradebot knowledge init" in caplog.text
    assert TradeClient(Desk(Edition.open(files)), library=library).tree.get_command("knowledge")
