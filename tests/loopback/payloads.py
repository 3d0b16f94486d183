"""Discord's JSON: users, a server with one channel, messages, interactions; only the fields that discord.py reads."""

from __future__ import annotations

import itertools
import time
from typing import Any

Json = dict[str, Any]

EPOCH = 1_420_070_400_000
APPLICATION_ID, BOT_ID, ALICE = "1000", "1001", "2001"
EVERYTHING = str((1 << 50) - 1)
SLASH, COMPONENT = 2, 3
MEMBER = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
_numbers = itertools.count(1)


def snowflake(*, shard: int = 0, shards: int = 1) -> str:
    """A new id of this moment, belonging to a shard (`(id >> 22) % shards`)."""
    milliseconds = int(time.time() * 1000) - EPOCH
    milliseconds -= (milliseconds - shard) % shards
    return str((milliseconds << 22) | next(_numbers) % (1 << 22))


def user(id_: str = ALICE, name: str = "alice", *, bot: bool = False) -> Json:
    return {"id": id_, "username": name, "discriminator": "0", "global_name": None, "avatar": None, "bot": bot}


BOT = user(BOT_ID, "tradebot", bot=True)


def application() -> Json:
    """What /oauth2/applications/@me says."""
    return {
        "id": APPLICATION_ID,
        "name": "tradebot",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": BOT,
        "flags": 0,
    }


def channel_of(guild_id: str) -> str:
    """The id of a server's one text channel."""
    return str(int(guild_id) + 1)


def guild(id_: str) -> Json:
    """A server in which the bot may do everything, with one text channel."""
    everyone = {"id": id_, "name": "@everyone", "permissions": EVERYTHING, "position": 0, "color": 0, "hoist": False}
    return {
        "id": id_,
        "name": "Traders",
        "owner_id": ALICE,
        "member_count": 2,
        "roles": [{**everyone, "managed": False, "mentionable": False, "colors": {"primary_color": 0}}],
        "channels": [{"id": channel_of(id_), "type": 0, "name": "trade", "position": 0, "permission_overwrites": [], "nsfw": False}],
        "members": [{**MEMBER, "user": BOT}],
        "emojis": [],
        "stickers": [],
        "features": [],
        "threads": [],
        "voice_states": [],
        "presences": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "afk_timeout": 300,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "system_channel_flags": 0,
        "large": False,
        "unavailable": False,
    }


def message(channel_id: str, content: str, *, id_: str | None = None, guild_id: str | None = None, author: Json | None = None) -> Json:
    """A message as MESSAGE_CREATE and as the answer to sending one have it."""
    held: Json = {
        "id": id_ or snowflake(),
        "channel_id": channel_id,
        "author": author or user(),
        "content": content,
        "timestamp": "2026-08-22T12:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [BOT] if BOT_ID in content else [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "type": 0,
        "flags": 0,
    }
    if guild_id:
        held |= {"guild_id": guild_id, "member": MEMBER}
    return held


def interaction(guild_id: str, data: Json, *, kind: int = SLASH, on: Json | None = None) -> Json:
    """A slash command (`kind` 2) or a tap on a component of the message `on` (3)."""
    id_ = snowflake()
    channel = {
        "id": channel_of(guild_id),
        "type": 0,
        "name": "trade",
        "position": 0,
        "permission_overwrites": [],
        "permissions": EVERYTHING,
    }
    member = {**MEMBER, "user": user(), "permissions": EVERYTHING}
    return {
        "id": id_,
        "application_id": APPLICATION_ID,
        "type": kind,
        "token": f"token-{id_}",
        "version": 1,
        "guild_id": guild_id,
        "channel_id": channel["id"],
        "channel": channel,
        "member": member,
        "app_permissions": EVERYTHING,
        "locale": "en-US",
        "guild_locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": guild_id},
        "context": 0,
        "attachment_size_limit": 10_485_760,
        "data": data,
        **({"message": on} if on else {}),
    }


def slash(name: str, **options: str) -> Json:
    """The data of `/name option:value`."""
    given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    return {"id": "3000", "name": name, "type": 1, "options": given}


def button(custom_id: str) -> Json:
    """The data of a tap on a button."""
    return {"custom_id": custom_id, "component_type": 2}


def row(custom_id: str) -> Json:
    """A row with that button, as the message under which it is tapped has it."""
    return {"type": 1, "id": 1, "components": [{"type": 2, "id": 2, "style": 2, "label": "a button", "custom_id": custom_id}]}
