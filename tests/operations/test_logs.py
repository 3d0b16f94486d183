"""What stands in the log, and what never does."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging

import pytest

from tradebot.operations import logs

SECRET = "-".join(["a", "token", "that", "nobody", "may", "read"])


def logged(*, as_json: bool) -> io.StringIO:
    stream = io.StringIO()
    logs.configure([SECRET], stream=stream, as_json=as_json)
    return stream


def test_a_collector_gets_one_json_object_a_line() -> None:
    stream = logged(as_json=True)
    logging.getLogger("tradebot.discord").info("connected, in %d servers", 3)
    (line,) = stream.getvalue().splitlines()
    held = json.loads(line)
    assert (held["event"], held["level"], held["logger"]) == ("connected, in 3 servers", "info", "tradebot.discord")
    assert held["timestamp"].endswith("Z")


def test_a_terminal_gets_text() -> None:
    stream = logged(as_json=False)
    logging.getLogger("tradebot.discord").warning("mind the gap")
    assert "mind the gap" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


@pytest.mark.parametrize("as_json", [True, False])
def test_a_secret_is_hidden_wherever_it_stands(*, as_json: bool) -> None:
    stream = logged(as_json=as_json)
    try:
        raise ValueError(f"cannot use {SECRET}")
    except ValueError:
        logging.getLogger("tradebot.x").exception("failed with %s", SECRET)
    assert SECRET not in stream.getvalue()
    assert logs.HIDDEN in stream.getvalue()


def test_an_error_says_where_and_not_what_somebody_wrote() -> None:
    stream = logged(as_json=True)
    try:
        try:
            int("deficit with vietnam")
        except ValueError as error:
            raise LookupError("deficit with vietnam") from error
    except LookupError:
        logging.getLogger("tradebot.x").exception("E-7Q2FK: a tap failed")
    told = json.loads(stream.getvalue())
    assert (told["event"], told["exception"].splitlines()[-1]) == ("E-7Q2FK: a tap failed", "ValueError")
    assert "test_logs.py" in told["exception"]
    assert "LookupError" in told["exception"]


def test_what_tells_an_operator_nothing_is_left_out() -> None:
    stream = logged(as_json=True)
    logging.getLogger("discord.client").warning("PyNaCl is not installed, voice will NOT be supported")
    logging.getLogger("alembic.runtime.migration").info("Context impl %s.", "SQLiteImpl")
    logging.getLogger("alembic.runtime.migration").info("Running upgrade  -> 0001")
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["Running upgrade  -> 0001"]


def test_a_librarys_error_is_one_line_and_ours_has_its_traceback() -> None:
    stream = logged(as_json=True)
    for name in ("discord.gateway", "tradebot.desk"):
        try:
            raise ConnectionError("cable\nand more")
        except ConnectionError:
            logging.getLogger(name).exception("it broke")
    library, ours = (json.loads(line) for line in stream.getvalue().splitlines())
    assert library["error"] == "ConnectionError: cable"
    assert "exception" not in library
    assert "Traceback" in ours["exception"]


async def test_an_error_that_nobody_waited_for_is_told_without_what_somebody_wrote() -> None:
    async def fail(written: str) -> None:
        raise LookupError(written)

    stream = logged(as_json=True)
    asyncio.get_running_loop().set_exception_handler(logs.unhandled)
    task = asyncio.create_task(fail("deficit with vietnam"))
    await asyncio.wait([task])
    del task
    gc.collect()
    told = json.loads(stream.getvalue())
    assert (told["event"], told["exception"].splitlines()[-1]) == ("Task exception was never retrieved", "LookupError")
    assert "vietnam" not in stream.getvalue()
