"""Why the bot ended: which errors no second attempt can mend, their exit codes, and the sentence for each.

0 stopped, or the commands are registered · 1 the knowledge has errors, or Discord was out of reach for `--sync` ·
2 no token, or Discord refuses it · 3 Discord refuses the intents · 4 the shard numbers are wrong · 5 this version is
too old for Discord
"""

from __future__ import annotations

import aiohttp
import discord

STOPPED, FAILED, TOKEN, INTENTS, SHARDS, OUTDATED = 0, 1, 2, 3, 4, 5

REFUSED = "Discord refused the token: make a new one on the page “Bot” of your Discord application."
SENTENCES = {
    TOKEN: REFUSED,
    INTENTS: "Discord refused the gateway intents: switch the message-content intent on on the page “Bot” of your Discord application, or "
    "leave it out of the settings.",
    SHARDS: "Discord refused the shard numbers: every id in --shard-ids must be below --shard-count, and the count must be large enough "
    "for the number of servers.",
    OUTDATED: "Discord no longer speaks this version of its API: update tradebot.",
}
CLOSE_CODES = {4004: TOKEN, 4010: SHARDS, 4011: SHARDS, 4012: OUTDATED, 4013: INTENTS, 4014: INTENTS}


def is_fatal(error: BaseException) -> bool:
    return fatal(error) is not None


def is_expected(error: BaseException) -> bool:
    """Whether it is the network's or Discord's doing, and no fault of the program."""
    return isinstance(error, (OSError, aiohttp.ClientError, discord.DiscordException))


def fatal(error: BaseException | None) -> int | None:
    """The exit code of an error that will come again every time; None where another attempt may succeed."""
    if isinstance(error, discord.LoginFailure):
        return TOKEN
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return INTENTS
    if isinstance(error, discord.ConnectionClosed):
        return CLOSE_CODES.get(error.code)
    return None
