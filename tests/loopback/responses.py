"""JSON over HTTP as Discord sends it: without a charset, or discord.py takes it for text."""

from __future__ import annotations

import json
from collections.abc import Mapping

from aiohttp import web


def answer(payload: object, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.Response(body=json.dumps(payload).encode(), status=status, content_type="application/json", headers=headers)


def refusal(status: int, code: int, message: str) -> web.Response:
    """Discord's error body."""
    return answer({"message": message, "code": code}, status)
