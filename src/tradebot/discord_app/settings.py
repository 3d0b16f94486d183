"""What the bot is told from outside: its token, its knowledge, where it notes what it registered, and which part of it runs here."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_state_path
from pydantic import BaseModel, ConfigDict, SecretStr

from tradebot.discord_app.manners import PER_PERSON, SECONDS
from tradebot.discord_app.moderating.rights import MODERATORS, Moderators, number_of
from tradebot.operations.health import Address
from tradebot.operations.shards import Shards

TOKEN = "TRADEBOT_TOKEN"  # noqa: S105 - the name of a variable, not a token
TOKEN_FILE = "TRADEBOT_TOKEN_FILE"  # noqa: S105
STATE = "TRADEBOT_STATE"
MESSAGE_CONTENT = "TRADEBOT_MESSAGE_CONTENT"
API = "TRADEBOT_DISCORD_API"
QUESTIONS = "TRADEBOT_QUESTIONS"
MODERATORS_CHANNEL = "TRADEBOT_MODERATORS_CHANNEL"
_READ = (TOKEN, TOKEN_FILE, STATE, API, MESSAGE_CONTENT, QUESTIONS, MODERATORS, MODERATORS_CHANNEL)
_ON = ("1", "true", "yes", "on")
_TOKEN_SHAPE = re.compile(r"[\w.+/=-]{20,200}", re.ASCII)


class TokenError(Exception):
    """There is no usable token; the text is the one sentence the operator reads."""


class BotSettings(BaseModel):
    """How to run the bot. `knowledge` is None for the packaged one; `sync` only registers the commands and stops.

    `message_content` asks Discord for the text of every message, so that a server's answer channels need no mention; Discord
    must have granted that intent. `questions` is how many a person may ask in a channel within manners.SECONDS. `api` is
    the base of Discord's REST routes, `shards` None lets Discord choose, `status` None opens no port. `moderators` may use
    /knowledge, and their channel hears of saved files that cannot be used.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    token: SecretStr | None = None
    token_file: Path | None = None
    state: Path
    knowledge: Path | None = None
    sync: bool = False
    message_content: bool = False
    questions: int = PER_PERSON
    api: str | None = None
    shards: Shards | None = None
    status: Address | None = None
    moderators: Moderators = Moderators()
    moderators_channel: int | None = None

    @classmethod
    def from_environ(
        cls,
        environ: Mapping[str, str],
        *,
        knowledge: Path | None = None,
        sync: bool = False,
        shard_count: int | None = None,
        shard_ids: str | None = None,
        status: str | None = None,
    ) -> BotSettings:
        """The settings that the variables describe, with the options of the command line.

        Raises ShardsError, AddressError, ModeratorsError, and ValueError for a number or an address that is none.
        """
        held = {name: environ.get(name, "").strip() for name in _READ}
        return cls(
            token=SecretStr(held[TOKEN]) if held[TOKEN] else None,
            token_file=Path(held[TOKEN_FILE]) if held[TOKEN_FILE] else None,
            state=Path(held[STATE]) if held[STATE] else user_state_path("tradebot", appauthor=False),
            knowledge=knowledge,
            sync=sync,
            message_content=held[MESSAGE_CONTENT].casefold() in _ON,
            questions=_count(held[QUESTIONS]),
            api=_base(held[API]),
            shards=Shards.read(shard_count, shard_ids, socket.gethostname()),
            status=Address.read(status) if status else None,
            moderators=Moderators.read(held[MODERATORS]),
            moderators_channel=number_of(held[MODERATORS_CHANNEL], MODERATORS_CHANNEL) if held[MODERATORS_CHANNEL] else None,
        )

    @property
    def speaks(self) -> bool:
        """Whether this process is the one that tells the moderators' channel what concerns all processes."""
        return self.shards is None or 0 in self.shards.ids

    def secret(self) -> str:
        """The token itself: the variable's, else the file's.

        Raises TokenError when there is none, or when it cannot be one.
        """
        text = self.token.get_secret_value() if self.token else self._from_file()
        token = text.strip().removeprefix("Bot ").strip()
        if not _TOKEN_SHAPE.fullmatch(token):
            origin = TOKEN if self.token else f"the file that {TOKEN_FILE} names"
            raise TokenError(f"What stands in {origin} is not a bot token: copy it again from the page “Bot” of your Discord application.")
        return token

    def _from_file(self) -> str:
        if self.token_file is None:
            raise TokenError(f"There is no Discord token: set {TOKEN}, or {TOKEN_FILE} to a file that holds it.")
        try:
            return self.token_file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not text"
            raise TokenError(f"The token file {self.token_file} cannot be read: {reason}.") from None


def _base(text: str) -> str | None:
    if text and not re.match(r"https?://[^/\s]+", text):
        raise ValueError(f"{API} is the address of Discord's REST routes, as in https://discord.com/api/v10, not {text!r}.")
    return text or None


def _count(text: str) -> int:
    if not text:
        return PER_PERSON
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ValueError(f"{QUESTIONS} is how many questions a person may ask in a channel within {SECONDS:.0f} seconds, not {text!r}.")
    return int(text)
