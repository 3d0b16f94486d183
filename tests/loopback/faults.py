"""What goes wrong on the REST side, as data: the next requests that fit it fail the way it says."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from aiohttp import web

from loopback.payloads import Json
from loopback.responses import answer

UNAVAILABLE = frozenset({500, 502, 503, 504})


@dataclass(slots=True)
class Fault:
    """`times` requests whose “METHOD path” holds `where` get `status`.

    `afterwards`: the request is carried out first, and only its answer is lost. `drop` closes the connection instead of
    answering. `retry_after` (seconds) and `everywhere` (the global limit) belong to 429.
    """

    status: int = 503
    where: str = ""
    times: int = 1
    afterwards: bool = False
    drop: bool = False
    retry_after: float = 1.0
    everywhere: bool = False

    def answer(self) -> web.Response:
        if self.status == 429:
            return self._limited()
        return web.Response(status=self.status, text="<html>upstream trouble</html>", content_type="text/html")

    def _limited(self) -> web.Response:
        body: Json = {"message": "You are being rate limited.", "retry_after": self.retry_after, "global": self.everywhere}
        headers = {
            "Via": "1.1 loopback",
            "Retry-After": str(self.retry_after),
            "X-RateLimit-Scope": "global" if self.everywhere else "user",
        }
        if self.everywhere:
            headers["X-RateLimit-Global"] = "true"
        return answer(body, 429, headers)


class Faults:
    """The faults still to come; safe to add to from another thread."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()

    @property
    def is_empty(self) -> bool:
        return not self._waiting

    def take(self, request: str) -> Fault | None:
        """The fault that this “METHOD path” runs into, used up by one."""
        with self._lock:
            for fault in self._waiting:
                if fault.where in request:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._waiting.remove(fault)
                    return fault
        return None
