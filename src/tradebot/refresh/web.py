"""HTTP with patience: what fails for a moment is tried again, longer apart each time; what will fail again is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from tradebot.refresh.faults import RefreshError, TemporaryError

T = TypeVar("T")
Told = Callable[[str], None]
BUSY = frozenset({429, 500, 502, 503, 504})
LONGEST_ASKED = 300.0
"""Seconds: a longer Retry-After is not waited for in one go."""
_TIMEOUT = httpx.Timeout(60.0, connect=15.0)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to try: seconds before the second try, doubled for each after it up to `longest`."""

    tries: int = 6
    first: float = 1.0
    longest: float = 60.0

    def keep_trying(self, fetch: Callable[[], T], told: Told) -> T:
        """What `fetch` returns. Raises its RefreshError when it is none that may pass, or after the last try."""
        retrying = Retrying(
            retry=retry_if_exception_type(TemporaryError),
            stop=stop_after_attempt(self.tries),
            wait=self._wait,
            before_sleep=lambda state: told(_said(state)),
            reraise=True,
        )
        return retrying(fetch)

    def _wait(self, state: RetryCallState) -> float:
        usual = wait_random_exponential(multiplier=self.first, max=self.longest)(state)
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, TemporaryError) else 0.0
        return max(usual, min(asked, LONGEST_ASKED))


def _said(state: RetryCallState) -> str:
    error = state.outcome.exception() if state.outcome else None
    pause = state.next_action.sleep if state.next_action else 0.0
    return f"{error} Trying again in {pause:.0f} s."


@contextmanager
def web_errors(host: str) -> Iterator[None]:
    """Turns what a connection can do wrong into sentences; none of them repeats an address, which may hold a key."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise TemporaryError(f"{host} did not answer in time.") from error
    except httpx.RemoteProtocolError as error:
        raise TemporaryError(f"{host} broke off in the middle of its answer.") from error
    except httpx.TransportError as error:
        raise TemporaryError(f"{host} cannot be reached.") from error
    except (httpx.InvalidURL, httpx.TooManyRedirects) as error:
        raise RefreshError(f"{host} is not an address that leads anywhere.") from error


def new_client(transport: httpx.BaseTransport | None = None, *, follow: bool) -> httpx.Client:
    """A client that says who it is."""
    return httpx.Client(transport=transport, timeout=_TIMEOUT, follow_redirects=follow, headers={"user-agent": "tradebot-refresh"})


def refuse_busy(response: httpx.Response, host: str) -> None:
    """Raises TemporaryError for an answer that says: later."""
    if response.status_code in BUSY:
        asked = response.headers.get("retry-after", "")
        reason = "asks for fewer requests" if response.status_code == 429 else "is out of order for the moment"
        raise TemporaryError(f"{host} {reason} (HTTP {response.status_code}).", float(asked) if asked.isdigit() else 0.0)


def published_on(response: httpx.Response) -> dt.date | None:
    """The day of Last-Modified, None without one."""
    try:
        return parsedate_to_datetime(response.headers.get("last-modified", "")).date()
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that arrived whole. `published` is the day the server says it changed, None if it does not."""

    path: Path
    published: dt.date | None


def download(
    url: str, path: Path, check: Callable[[Path], None], patience: Patience, told: Told, progress: Callable[[int, int], None]
) -> Downloaded:
    """The file at a URL, whole and passing `check`. `progress` hears bytes so far and of how many (0: not said)."""
    host = httpx.URL(url).host or url

    def once() -> Downloaded:
        with web_errors(host), new_client(follow=True) as client, client.stream("GET", url) as response:
            refuse_busy(response, host)
            if response.status_code != 200:
                raise RefreshError(f"{host} does not hand out {url} (HTTP {response.status_code}). Is the address right?")
            _save(response, path, progress)
        check(path)
        return Downloaded(path, published_on(response))

    return patience.keep_trying(once, told)


def _save(response: httpx.Response, path: Path, progress: Callable[[int, int], None]) -> None:
    expected = int(response.headers.get("content-length", "0"))
    with path.open("wb") as file:
        for chunk in response.iter_bytes(65536):
            file.write(chunk)
            progress(response.num_bytes_downloaded, expected)
    if expected and response.num_bytes_downloaded != expected:
        raise TemporaryError(f"The download broke off after {response.num_bytes_downloaded:,} of {expected:,} bytes.")
