"""Between discord.py and Discord: where Discord is, and patience with it.

    HTTPClient.request, webhook adapter ─▶ patient ─▶ Discord

discord.py gives up at once where Discord says 503 or hangs up in the middle of an answer. Asking again is safe: a new
message carries a nonce that Discord enforces, an interaction takes one first answer only, and all else is idempotent.
"""

from __future__ import annotations

import asyncio
import contextvars
import functools
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar, cast

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route, handle_message_parameters
from discord.webhook.async_ import AsyncWebhookAdapter, async_context
from tenacity import AsyncRetrying, retry_if_exception, stop_after_delay, wait_exponential_jitter

log = logging.getLogger("tradebot.discord")

PATIENCE = 90.0
FIRST_WAIT, LONGEST_WAIT = 0.25, 10.0
"""Seconds. The first answer to an interaction has three in all, so the first attempts come quickly."""

Request = TypeVar("Request", bound=Callable[..., Awaitable[Any]])


def rest_is_at(api: str) -> None:
    """Sends every REST request to this base, “https://discord.com/api/v10”: a shared rate-limit proxy, or a test."""
    Route.BASE = api.rstrip("/")


def gateway_is_at(url: str) -> None:
    """Opens every gateway connection at this address, which is what /gateway/bot names."""
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)


def make_patient(client: discord.Client) -> None:
    """Lets the requests of this client be tried again, those of its interactions included."""
    client.http.request = patient(client.http.request)  # type: ignore[method-assign]


def answer_interactions_patiently() -> contextvars.Token[AsyncWebhookAdapter]:
    """For this task and all that it starts."""
    adapter = AsyncWebhookAdapter()  # type: ignore[no-untyped-call]
    adapter.request = patient(adapter.request)  # type: ignore[method-assign]
    return async_context.set(adapter)


async def post(client: discord.Client, channel: int, reference: discord.MessageReference | None = None, **made: Any) -> int:
    """Sends a message, and gives its id: as a channel of discord.py would, which makes an object of each component that comes back."""
    replied = reference.to_message_reference_dict() if reference else discord.utils.MISSING
    mentions, nonce = client.allowed_mentions, secrets.randbits(64)
    with handle_message_parameters(message_reference=replied, allowed_mentions=mentions, nonce=nonce, **made) as params:
        return int((await client.http.send_message(channel, params=params))["id"])


def patient(request: Request) -> Request:
    """The request, tried again with backoff while Discord is not there; where it is, this costs nothing."""

    @functools.wraps(request)
    async def asked(route: Route, *args: Any, **more: Any) -> Any:
        try:
            return await request(route, *args, **more)
        except Exception as error:
            if not is_passing(error):
                raise
            _again(route, error, more)
        await asyncio.sleep(FIRST_WAIT)
        retrying = AsyncRetrying(
            retry=retry_if_exception(is_passing),
            wait=wait_exponential_jitter(multiplier=FIRST_WAIT, max=LONGEST_WAIT, jitter=FIRST_WAIT),
            stop=stop_after_delay(PATIENCE),
            before_sleep=lambda state: _again(route, state.outcome.exception() if state.outcome else None, more),
            reraise=True,
        )
        return await retrying(request, route, *args, **more)

    return cast("Request", asked)


def is_passing(error: BaseException) -> bool:
    """Whether the same request may well succeed in a moment."""
    return isinstance(error, (discord.DiscordServerError, aiohttp.ClientConnectionError, TimeoutError))


def _again(route: Route, error: BaseException | None, more: Mapping[str, Any]) -> None:
    for file in more.get("files") or ():
        file.reset(seek=True)
    log.warning("%s %s failed (%s), trying again", route.method, route.path, type(error).__name__)
