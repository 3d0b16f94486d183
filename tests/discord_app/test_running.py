"""`tradebot bot` from outside: tokens, exit codes, and telling Discord which commands there are."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import discord
import pytest
from click.testing import CliRunner
from simcord import Env

from loopback import Loopback
from tradebot.cli import commands
from tradebot.desk import Desk
from tradebot.discord_app.app import run
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.commands import COMMANDS
from tradebot.discord_app.registration import fingerprint, register
from tradebot.discord_app.settings import BotSettings
from tradebot.operations.health import Address

TOKEN = "not-a-real-token." + "x" * 40
BLANK = "  "


def settings(tmp_path: Path, **environ: str) -> BotSettings:
    return BotSettings.from_environ({"TRADEBOT_STATE": str(tmp_path / "state"), **environ})


def one_sentence(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    (sentence,) = captured.err.splitlines()
    assert sentence.endswith(".")
    return sentence


def test_no_token_is_one_sentence_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(settings(tmp_path)) == 2
    assert "TRADEBOT_TOKEN" in one_sentence(capsys)


def test_the_command_line_hands_the_exit_code_on(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ["bot"], env={"TRADEBOT_TOKEN": None, "TRADEBOT_TOKEN_FILE": str(tmp_path / "none")})
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--shard-ids", "0"], "needs --shard-count"),
        (["--shard-count", "2", "--shard-ids", "2"], "does not exist"),
        (["--shard-count", "0"], "0 is not in the range"),
        (["--status", "nowhere"], "cannot be read"),
    ],
)
def test_options_that_cannot_be_used_are_said(options: list[str], says: str) -> None:
    result = CliRunner().invoke(commands, ["bot", *options], env={"TRADEBOT_TOKEN": TOKEN})
    assert result.exit_code == 2
    assert says in result.stderr


def test_an_empty_variable_is_no_token(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(settings(tmp_path, TRADEBOT_TOKEN=BLANK)) == 2
    assert "There is no Discord token" in one_sentence(capsys)


@pytest.mark.parametrize("token", ["x", "two words that are no token at all", "tökén-tökén-tökén-tökén", "a" * 5000])
def test_what_cannot_be_a_token_is_said_without_showing_it(token: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(settings(tmp_path, TRADEBOT_TOKEN=token)) == 2
    assert f" {token}" not in one_sentence(capsys)


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00", b"  \n"])
def test_a_token_file_that_holds_none_is_one_sentence(content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    assert run(settings(tmp_path, TRADEBOT_TOKEN_FILE=str(file))) == 2
    assert "token" in one_sentence(capsys)


@pytest.mark.parametrize("written", ["{}", "{}\n", "  {}\r\n", "Bot {}"])
def test_a_token_file_is_read_as_people_write_it(written: str, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(written.format(TOKEN), encoding="utf-8")
    assert settings(tmp_path, TRADEBOT_TOKEN_FILE=str(file)).secret() == TOKEN


def test_the_token_is_in_no_representation(tmp_path: Path) -> None:
    held = settings(tmp_path, TRADEBOT_TOKEN=TOKEN)
    assert held.secret() == TOKEN
    assert TOKEN not in f"{held!r} {held} {held.model_dump()} {held.model_dump_json()}"


def at(loopback: Loopback, tmp_path: Path, **more: object) -> BotSettings:
    """The bot's settings, with the loopback for Discord."""
    return settings(tmp_path, TRADEBOT_TOKEN=TOKEN, TRADEBOT_DISCORD_API=loopback.api).model_copy(update=more)


@pytest.mark.parametrize("sync", [False, True])
def test_a_refused_token_is_one_sentence_and_exit_2(
    *, sync: bool, loopback: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    loopback.rest.accepts = False
    assert run(at(loopback, tmp_path, sync=sync)) == 2
    captured = capsys.readouterr()
    assert captured.err.splitlines()[-1].startswith("Discord refused the token")
    assert "Traceback" not in captured.err
    assert TOKEN not in captured.err + captured.out + caplog.text


def test_registering_with_a_discord_out_of_reach_is_one_sentence_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tradebot.discord_app.line.wire.PATIENCE", 0.1)
    with Loopback().running() as gone:
        pass
    assert run(at(gone, tmp_path, sync=True)) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("Discord could not be reached")


def test_it_runs_until_it_is_told_to_stop(loopback: Loopback, tmp_path: Path) -> None:
    loopback.gateway.when_ready = lambda: os.kill(os.getpid(), signal.SIGTERM)
    assert run(at(loopback, tmp_path)) == 0
    (session,) = loopback.gateway.sessions.values()
    assert session.intents == discord.Intents(guilds=True, guild_messages=True, dm_messages=True).value
    assert {each["name"] for each in loopback.rest.registered} >= {"ask", "deficit", "Answer this"}


def test_it_starts_without_its_journal_and_says_so(
    loopback: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "blocked").write_text("in the way")
    monkeypatch.setenv("TRADEBOT_JOURNAL", f"sqlite:///{tmp_path}/blocked/journal.sqlite")
    loopback.gateway.when_ready = lambda: os.kill(os.getpid(), signal.SIGTERM)
    assert run(at(loopback, tmp_path)) == 0
    assert "The journal cannot be opened: " in capsys.readouterr().err


def test_a_journal_that_is_no_address_is_one_sentence_and_exit_2(
    loopback: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRADEBOT_JOURNAL", "mysql://bot:hunter2@db/tradebot")
    assert run(at(loopback, tmp_path)) == 2
    captured = capsys.readouterr()
    assert captured.err.splitlines()[-1].startswith("The journal's address is none I can use")
    assert "hunter2" not in captured.err + captured.out


@pytest.mark.parametrize("said", ["0", "-3", "five"])
def test_a_limit_that_is_no_number_is_said(said: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="TRADEBOT_QUESTIONS is how many questions"):
        settings(tmp_path, TRADEBOT_QUESTIONS=said)
    assert settings(tmp_path, TRADEBOT_QUESTIONS="50").questions == 50


def test_a_discord_that_is_no_address_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="TRADEBOT_DISCORD_API is the address"):
        settings(tmp_path, TRADEBOT_DISCORD_API="discord.com")


def test_a_status_port_that_is_taken_is_one_sentence_and_exit_2(
    loopback: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert run(at(loopback, tmp_path, status=Address("127.0.0.1", port))) == 2
    assert one_sentence(capsys) == f"The status port cannot be opened at 127.0.0.1:{port}: address already in use."


def test_registering_needs_no_gateway(loopback: Loopback, tmp_path: Path) -> None:
    assert run(at(loopback, tmp_path, sync=True)) == 0
    assert loopback.gateway.handshakes == 0
    assert len(loopback.rest.registered) == len(COMMANDS) + 3, "the menu, /settings and /privacy"


def test_knowledge_with_errors_is_listed_and_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = settings(tmp_path, TRADEBOT_TOKEN=TOKEN).model_copy(update={"knowledge": tmp_path / "nothing"})
    assert run(held) == 1
    assert capsys.readouterr().err.strip()


def registrations(env: Env) -> int:
    return sum(request.method == "PUT" and request.path.endswith("/commands") for request in env.http_requests)


async def test_commands_are_registered_once_for_the_same_payload(simcord_env: Env, desk: Desk, tmp_path: Path) -> None:
    assert registrations(simcord_env) == 1
    await simcord_env.restart_bot(TradeClient(desk, state=tmp_path / "state"))
    assert registrations(simcord_env) == 1


async def test_changed_commands_are_registered_again(simcord_env: Env, desk: Desk, tmp_path: Path) -> None:
    smaller = TradeClient(desk, state=tmp_path / "state")
    smaller.tree.remove_command("trend")
    await simcord_env.restart_bot(smaller)
    assert registrations(simcord_env) == 2


async def test_where_nothing_can_be_noted_registering_is_left_to_the_operator(
    simcord_env: Env, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    await simcord_env.restart_bot(TradeClient(desk, state=blocked / "state"))
    assert registrations(simcord_env) == 1
    assert "tradebot bot --sync" in caplog.text


async def test_registering_by_hand_is_always_done_and_noted(simcord_env: Env, tmp_path: Path) -> None:
    assert isinstance(simcord_env.bot, TradeClient)
    tree = simcord_env.bot.tree
    assert await register(tree, tmp_path / "other") == len(tree.get_commands())
    assert registrations(simcord_env) == 2
    (note,) = (tmp_path / "other").iterdir()
    assert note.read_text(encoding="ascii") == await fingerprint(tree)
