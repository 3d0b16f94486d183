"""Lives of the bot: which are followed by another, and what the log says of each."""

from __future__ import annotations

import logging

import pytest

from tradebot.operations.supervisor import supervise


class Lives:
    """Each life ends as the list says; None is a good end."""

    def __init__(self, *ends: BaseException | None) -> None:
        self.ends = list(ends)

    async def __call__(self) -> None:
        end = self.ends.pop(0)
        if end:
            raise end


def no(_: BaseException) -> bool:
    return False


async def test_it_lives_again_after_each_failure_and_ends_when_a_life_does(caplog: pytest.LogCaptureFixture) -> None:
    lives, failures = Lives(ConnectionError("cable"), TimeoutError(), None), []
    await supervise(lives, hopeless=no, failed=lambda: failures.append(1), first_pause=0.001)
    assert lives.ends == []
    assert len(failures) == 2
    said = [record.getMessage() for record in caplog.records]
    assert said[0].startswith("the connection ended (ConnectionError: cable); trying again in")
    assert said[1].startswith("the connection ended (TimeoutError); trying again in")


async def test_what_is_hopeless_is_raised_at_once() -> None:
    lives = Lives(PermissionError("never"), None)
    with pytest.raises(PermissionError):
        await supervise(lives, hopeless=lambda error: isinstance(error, PermissionError), first_pause=0.001)
    assert len(lives.ends) == 1


async def test_a_fault_of_the_program_comes_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    await supervise(
        Lives(KeyError("x"), OSError("y"), None), hopeless=no, expected=lambda error: isinstance(error, OSError), first_pause=0.001
    )
    fault, network = caplog.records
    assert fault.exc_info
    assert not network.exc_info
    assert {fault.levelno, network.levelno} == {logging.ERROR}
