"""The outer loop: a life of the bot after the other until it is told to stop, or until nothing can help.

life() ─raises─▶ hopeless? ─yes─▶ raised on        ─no─▶ one log line, a pause, the next life
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_exponential_jitter

log = logging.getLogger("tradebot.operations")

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
STEADY_SECONDS = 300.0
"""A life that lasted so long was a good one: the next failure starts again with a short pause."""


async def supervise(
    life: Callable[[], Awaitable[None]],
    *,
    hopeless: Callable[[BaseException], bool],
    expected: Callable[[BaseException], bool] = lambda _: True,
    failed: Callable[[], None] = lambda: None,
    first_pause: float = FIRST_PAUSE,
) -> None:
    """Lives until one life ends by itself; raises what is hopeless. `failed` is called after each life that broke.

    What is not `expected` is a fault of the program and is logged with its traceback.
    """
    began = time.monotonic()

    def after(state: RetryCallState) -> None:
        if time.monotonic() - began > STEADY_SECONDS:
            state.attempt_number = 1
        failed()

    async for attempt in AsyncRetrying(
        retry=retry_if_exception(lambda error: isinstance(error, Exception) and not hopeless(error)),
        wait=wait_exponential_jitter(multiplier=first_pause, max=LONGEST_PAUSE, jitter=first_pause),
        after=after,
        before_sleep=lambda state: _tell(state, expected),
        reraise=True,
    ):
        began = time.monotonic()
        with attempt:
            await life()


def _tell(state: RetryCallState, expected: Callable[[BaseException], bool]) -> None:
    error = state.outcome.exception() if state.outcome else None
    pause = state.next_action.sleep if state.next_action else 0.0
    fault = error if error and not expected(error) else None
    log.error("the connection ended (%s); trying again in %.0f s", reason(error), pause, exc_info=fault)


def reason(error: BaseException | None) -> str:
    """The kind of an error and its first line."""
    first = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
