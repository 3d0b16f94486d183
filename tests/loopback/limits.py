"""Rate limits as Discord applies them: a bucket per route and channel, told in headers, 429 for whoever does not listen."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass

from aiohttp import web

from loopback.responses import answer

_ID = re.compile(r"/\d+")


@dataclass(slots=True)
class _Bucket:
    left: int
    until: float


class Limits:
    """`count` requests a bucket in `seconds`; count None: no limits. `hits` counts the requests that overstepped."""

    def __init__(self, count: int | None = None, seconds: float = 1.0) -> None:
        self.count = count
        self.seconds = seconds
        self.hits = 0
        self._buckets: dict[str, _Bucket] = {}

    def refuse(self, request: web.Request) -> web.Response | None:
        """429 where the bucket is empty; else the request is counted."""
        if self.count is None or "/interactions/" in request.path:
            return None
        bucket = self._bucket(request)
        if bucket.left <= 0:
            self.hits += 1
            wait = max(bucket.until - time.monotonic(), 0.05)
            headers = {"Via": "1.1 loopback", "Retry-After": f"{wait:.3f}", **self._headers(request)}
            return answer({"message": "You are being rate limited.", "retry_after": wait, "global": False}, 429, headers)
        bucket.left -= 1
        return None

    def tell(self, request: web.Request, response: web.StreamResponse) -> None:
        """Puts the state of the bucket into the headers."""
        if self.count is not None and "/interactions/" not in request.path:
            response.headers.update(self._headers(request))

    def _bucket(self, request: web.Request) -> _Bucket:
        now = time.monotonic()
        bucket = self._buckets.get(request.method + request.path)
        if bucket is None or bucket.until <= now:
            bucket = self._buckets[request.method + request.path] = _Bucket(self.count or 0, now + self.seconds)
        return bucket

    def _headers(self, request: web.Request) -> dict[str, str]:
        bucket = self._bucket(request)
        left = max(bucket.until - time.monotonic(), 0.0)
        route = f"{request.method} {_ID.sub('/id', request.path)}"
        return {
            "X-RateLimit-Limit": str(self.count),
            "X-RateLimit-Remaining": str(bucket.left),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:16],
        }
