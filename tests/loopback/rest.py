"""The REST side: who the bot is, its commands, messages, interactions; every request may run into a fault or a limit.

request ─▶ Faults ─▶ Limits ─▶ Rest ─▶ posts, interactions, registered
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator

from aiohttp import BodyPartReader, web

from loopback import payloads
from loopback.faults import Faults
from loopback.limits import Limits
from loopback.payloads import Json
from loopback.records import TOKEN_SECONDS, Interaction, Post
from loopback.responses import answer, refusal

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LIMIT = 2_000


class Rest:
    """What Discord keeps of a bot. `sent` is called with each new message, as the gateway would tell of it."""

    def __init__(self, faults: Faults, limits: Limits, sent: Callable[[Json], None]) -> None:
        self.faults = faults
        self.limits = limits
        self.accepts = True
        self.posts: dict[str, Post] = {}
        self.interactions: dict[str, Interaction] = {}
        self.registered: list[Json] = []
        self.requests = 0
        self.sent = 0
        self._sent = sent
        self._nonces: dict[tuple[str, str], Json] = {}

    def routes(self) -> Iterator[web.RouteDef]:
        yield web.get("/api/users/@me", self._user)
        yield web.post("/api/users/@me/channels", self._direct)
        yield web.get("/api/oauth2/applications/@me", self._application)
        yield web.put("/api/applications/{id}/commands", self._register)
        yield web.post("/api/channels/{channel}/messages", self._send)
        yield web.post("/api/channels/{channel}/typing", self._nothing)
        yield web.patch("/api/channels/{channel}/messages/{message}", self._edit)
        yield web.delete("/api/channels/{channel}/messages/{message}", self._delete)
        yield web.post("/api/interactions/{id}/{token}/callback", self._callback)
        yield web.post("/api/webhooks/{id}/{token}", self._follow_up)
        yield web.get("/api/webhooks/{id}/{token}/messages/{message}", self._shown)
        yield web.patch("/api/webhooks/{id}/{token}/messages/{message}", self._edit_response)
        yield web.delete("/api/webhooks/{id}/{token}/messages/{message}", self._delete_response)

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Lets the request through, or into the fault that waits for it."""
        if not request.path.startswith("/api/"):
            return await handler(request)
        self.requests += 1
        fault = self.faults.take(f"{request.method} {request.path}")
        if fault is None:
            limited = self.limits.refuse(request)
            response = limited or await handler(request)
            self.limits.tell(request, response)
            return response
        if fault.afterwards:
            await handler(request)
        if fault.drop and request.transport:
            request.transport.abort()
        return fault.answer()

    async def _user(self, _: web.Request) -> web.Response:
        return answer(payloads.BOT) if self.accepts else refusal(401, 0, "401: Unauthorized")

    async def _direct(self, request: web.Request) -> web.Response:
        return answer({"id": payloads.snowflake(), "type": 1, "recipients": [payloads.user((await request.json())["recipient_id"])]})

    async def _application(self, _: web.Request) -> web.Response:
        return answer(payloads.application())

    async def _register(self, request: web.Request) -> web.Response:
        self.registered = await request.json()
        extra = {"application_id": payloads.APPLICATION_ID, "version": "1", "description": ""}
        return answer([{**extra, **each, "id": str(at)} for at, each in enumerate(self.registered, 4000)])

    async def _nothing(self, _: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _send(self, request: web.Request) -> web.Response:
        """Once per nonce, as Discord does where `enforce_nonce` is set."""
        channel = request.match_info["channel"]
        payload, files = await _read(request)
        if len(payload.get("content") or "") > LIMIT:
            return refusal(400, 50035, "Invalid Form Body")
        key = (channel, str(payload.get("nonce")))
        if payload.get("enforce_nonce") and key in self._nonces:
            return answer(self._nonces[key])
        shown = self._keep(channel, payload, files)
        self._nonces[key] = shown
        self._sent(shown)
        return answer(shown)

    def _keep(self, channel: str, payload: Json, files: tuple[tuple[str, int], ...]) -> Json:
        shown = payloads.message(channel, payload.get("content") or "", author=payloads.BOT)
        self.sent += 1
        self.posts[shown["id"]] = Post(shown["id"], channel, payload, files)
        return {**shown, "nonce": payload.get("nonce"), "flags": payload.get("flags", 0)}

    async def _edit(self, request: web.Request) -> web.Response:
        post = self.posts.get(request.match_info["message"])
        if post is None or post.deleted:
            return refusal(404, 10008, "Unknown Message")
        post.edits.append((await _read(request))[0])
        return answer(payloads.message(post.channel_id, post.edits[-1].get("content") or "", id_=post.id, author=payloads.BOT))

    async def _delete(self, request: web.Request) -> web.Response:
        post = self.posts.get(request.match_info["message"])
        if post is None or post.deleted:
            return refusal(404, 10008, "Unknown Message")
        post.deleted = True
        return web.Response(status=204)

    async def _callback(self, request: web.Request) -> web.Response:
        """The first answer to an interaction: within three seconds, and only one."""
        held = self.interactions.get(request.match_info["token"])
        code = held.refusal() if held else 10062
        if held is None or code is not None:
            if held:
                held.refused += 1
            return refusal(404 if code == 10062 else 400, code or 0, "Unknown interaction" if code == 10062 else "Already acknowledged")
        payload, files = await _read(request)
        held.callbacks.append(payload)
        held.files += files
        shown = payloads.message("0", (payload.get("data") or {}).get("content") or "", author=payloads.BOT)
        about = {"id": held.id, "type": 2, "response_message_id": shown["id"], "response_message_loading": False}
        return answer({"interaction": about, "resource": {"type": payload["type"], "message": shown}})

    async def _follow_up(self, request: web.Request) -> web.Response:
        held = self._still_open(request)
        if held is None:
            return refusal(404, 10015, "Unknown Webhook")
        held.follow_ups.append((await _read(request))[0])
        return answer(payloads.message("0", held.follow_ups[-1].get("content") or "", author=payloads.BOT))

    async def _shown(self, request: web.Request) -> web.Response:
        held = self._still_open(request)
        return answer(payloads.message("0", "", author=payloads.BOT)) if held else refusal(404, 10015, "Unknown Webhook")

    async def _edit_response(self, request: web.Request) -> web.Response:
        held = self._still_open(request)
        if held is None:
            return refusal(404, 10015, "Unknown Webhook")
        payload, files = await _read(request)
        held.edits.append(payload)
        held.files += files
        return answer(payloads.message("0", held.edits[-1].get("content") or "", author=payloads.BOT))

    async def _delete_response(self, request: web.Request) -> web.Response:
        held = self._still_open(request)
        if held is None:
            return refusal(404, 10015, "Unknown Webhook")
        held.deleted = True
        return web.Response(status=204)

    def _still_open(self, request: web.Request) -> Interaction | None:
        held = self.interactions.get(request.match_info["token"])
        return held if held and held.callbacks and held.seconds <= TOKEN_SECONDS else None


async def _read(request: web.Request) -> tuple[Json, tuple[tuple[str, int], ...]]:
    """The JSON of a request, alone or beside files."""
    if not request.content_type.startswith("multipart/"):
        return await request.json(), ()
    payload: Json = {}
    files = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "payload_json":
            payload = json.loads(await part.text())
        else:
            files.append((part.filename or "", len(await part.read())))
    return payload, tuple(files)
