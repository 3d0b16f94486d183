"""Telling Discord which commands there are: a step of its own, taken only when they changed.

Discord allows 200 new commands a day and server, so the payload's hash is kept in the state folder, one file per
application, and the same payload is not sent twice.
"""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

from discord import app_commands

log = logging.getLogger("tradebot.discord")

Tree = app_commands.CommandTree[Any]


async def fingerprint(tree: Tree) -> str:
    """A hash of everything that registering sends, in every language."""
    payload = [
        await command.get_translated_payload(tree, tree.translator) if tree.translator else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    payload.sort(key=lambda each: (each["type"], each["name"]))
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


async def register(tree: Tree, state: Path) -> int:
    """Registers all commands and returns how many. Raises discord.HTTPException."""
    registered = await tree.sync()
    _remember(tree, state, await fingerprint(tree))
    return len(registered)


async def register_if_changed(tree: Tree, state: Path) -> None:
    """Registers the commands if they are not the ones last registered from this folder.

    Where the folder cannot be written it leaves that to the operator, or every start would register again.
    """
    if _remembered(tree, state) == await fingerprint(tree):
        return
    if not _remember(tree, state, ""):
        log.warning("the commands may have changed and %s cannot be written: run `tradebot bot --sync` once", state)
        return
    log.info("registered %d commands", await register(tree, state))


def _note(tree: Tree, state: Path) -> Path:
    return state / f"commands-{tree.client.application_id}.sha256"


def _remembered(tree: Tree, state: Path) -> str:
    try:
        return _note(tree, state).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _remember(tree: Tree, state: Path, text: str) -> bool:
    """Notes what is registered; False where the folder cannot be written."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        _note(tree, state).write_text(text, encoding="ascii")
    except OSError:
        return False
    return True
