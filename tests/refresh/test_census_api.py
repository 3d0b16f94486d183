"""`tradebot refresh --census-api` against a server that answers like the API, and misbehaves like it."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from refresh.bureau import KEY, Bureau, Fault, Handler, Served, contents, dollars, serve
from refresh.conftest import TODAY, Refresh
from refresh.test_workbook import lines, load
from tradebot.knowledge.periods import Period

NEWS = Bureau((2026, 11), changed={("5700", "exports", 2026, 9): 12_000_000_000})


def refreshed(refresh: Refresh, served: Served, *words: str) -> tuple[int, str, str]:
    done = refresh("--census-api", "--api-url", served.api, "--since", "2025", *words)
    return done.exit_code, done.stdout, done.stderr


def test_figures_and_chapters_of_both_flows(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    with serve(NEWS, tmp_path) as served:
        code, said, _ = refreshed(refresh, served, "--yes")
    assert code == 0, said
    assert "New month: October 2026" in said
    assert "New month: November 2026" in said
    assert "New: imports of 2025 by HS chapter, 4 partners." in said
    assert "New: exports of 2025 by HS chapter, 4 partners." in said
    assert "Revised: 4 figures of years" not in said
    record = load(root)
    assert record.to_date.id == "2026-01/2026-11"
    assert record.chapter_years("exports") == (Period.year(2025),)
    cars = record.chapter("CN", "HS87", "exports", Period.year(2025))
    whole = record.value("CN", "exports", Period.year(2025))
    assert cars is not None
    assert whole is not None
    assert (cars.source, cars.place) == ("census-2027-02-api", "exports/hs, chapter 87, code 5700, 2025")
    assert sum(figure.value for figure in record.chapters_of("CN", Period.year(2025), "exports")) == pytest.approx(whole.value)
    assert whole.source == "census-2026-11"
    month = record.value("VN", "imports", Period.month(2026, 11))
    assert month is not None
    assert (month.value, month.place) == (dollars("5520", "imports", 2026, 11) / 1e6, "imports/hs, code 5520, 2026-11")
    assert lines(root, "aggregate_chapters.csv", "ASIA,2025,exports")[0].startswith("ASIA,2025,exports,census-2027-02-api,5XXX,")
    assert "short: Census Bureau, API of 20 Feb 2027" in (root / "sources.yaml").read_text(encoding="utf-8")


def test_again_changes_nothing(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    with serve(NEWS, tmp_path) as served:
        assert refreshed(refresh, served, "--yes")[0] == 0
        before = contents(root)
        code, said, _ = refreshed(refresh, served, "--yes")
    assert (code, said) == (0, "Nothing changes: the record holds all of this already.\n")
    assert contents(root) == before


def test_the_questions_are_those_of_the_api(refresh: Refresh, tmp_path: Path) -> None:
    with serve(NEWS, tmp_path) as served:
        refreshed(refresh, served)
    asked = [(urlsplit(path).path, {name: value[0] for name, value in parse_qs(urlsplit(path).query).items()}) for path in served.asked]
    assert {query.pop("key") for _, query in asked} == {KEY}
    first, last = asked[0], asked[-1]
    assert first[0] == "/data/timeseries/intltrade/imports/hs"
    assert first[1] == {"get": "CTY_CODE,CTY_NAME,GEN_VAL_MO", "YEAR": "2025", "MONTH": "01"}
    assert last[0] == "/data/timeseries/intltrade/exports/hs"
    assert last[1] == {"get": "CTY_CODE,CTY_NAME,E_COMMODITY,ALL_VAL_YR", "YEAR": "2025", "MONTH": "12", "COMM_LVL": "HS2"}
    unpublished = [query for _, query in asked if (query["YEAR"], query["MONTH"]) > ("2026", "11")]
    assert [query["MONTH"] for query in unpublished] == ["12", "12"]


# -- what passes --------------------------------------------------------------------------------------------------


def busy(status: int) -> Fault:
    def fault(handler: Handler) -> bool:
        handler.send(status, b"slow down", {"Retry-After": "0"})
        return True

    return fault


def cut(handler: Handler) -> bool:
    """Half an answer whose length was announced, then the end of the connection."""
    handler.send(200, b'[["CTY_CODE","CTY_NAME"', length=5000)
    return True


def half(handler: Handler) -> bool:
    """Half an answer that pretends to be whole."""
    handler.send(200, b'[["CTY_CODE","CTY_NAME","GEN_VAL_MO"],["-","TOTAL')
    return True


def hang_up(handler: Handler) -> bool:
    handler.close_connection = True
    return True


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (busy(429), "127.0.0.1 asks for fewer requests (HTTP 429). Trying again in 0 s."),
        (busy(503), "127.0.0.1 is out of order for the moment (HTTP 503). Trying again in 0 s."),
        (cut, "127.0.0.1 broke off in the middle of its answer. Trying again in 0 s."),
        (half, "127.0.0.1 broke off in the middle of imports of January 2025. Trying again in 0 s."),
        (hang_up, "127.0.0.1 broke off in the middle of its answer. Trying again in 0 s."),
    ],
    ids=["429", "503", "cut", "half", "hang up"],
)
def test_what_passes_is_tried_again(refresh: Refresh, tmp_path: Path, fault: Fault, said: str) -> None:
    with serve(NEWS, tmp_path) as served:
        served.faults[:] = [fault, fault, None]
        code, _, remarks = refreshed(refresh, served, "--yes")
    assert code == 0, remarks
    assert remarks.count(said) == 2


def test_what_does_not_pass_ends_it(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    before = contents(root)
    with serve(NEWS, tmp_path) as served:
        served.faults[:] = [None, None, *[busy(503)] * 6]
        code, _, remarks = refreshed(refresh, served, "--yes")
        assert (code, len(served.asked)) == (1, 8)
    assert remarks.endswith("127.0.0.1 is out of order for the moment (HTTP 503).\n")
    assert contents(root) == before


def test_a_wait_that_is_asked_for_is_kept(refresh: Refresh, tmp_path: Path) -> None:
    def later(handler: Handler) -> bool:
        handler.send(429, b"", {"Retry-After": "1"})
        return True

    with serve(NEWS, tmp_path) as served:
        served.faults[:] = [later]
        start = time.monotonic()
        _, _, remarks = refreshed(refresh, served, "--dry-run")
    assert "Trying again in 1 s." in remarks
    assert time.monotonic() - start >= 1


# -- what does not ------------------------------------------------------------------------------------------------


def unknown_variable(handler: Handler) -> bool:
    handler.send(400, b"error: unknown variable 'GEN_VAL_MO'")
    return True


def moved(handler: Handler) -> bool:
    handler.send(302, b"", {"Location": "/missing_key.html"})
    return True


def table(*rows: list[object]) -> Fault:
    def fault(handler: Handler) -> bool:
        handler.send(200, json.dumps([["CTY_CODE", "CTY_NAME", "GEN_VAL_MO", "YEAR", "MONTH"], *rows]).encode())
        return True

    return fault


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (unknown_variable, "refused the question for imports of January 2025 (HTTP 400): error: unknown variable 'GEN_VAL_MO'"),
        (moved, "it does not accept the key in CENSUS_API_KEY"),
        (table(["5700", "CHINA", "(D)", "2025", "01"]), "imports of January 2025 for code 5700 is “(D)”, not a whole number of dollars."),
        (table(["5999", "ATLANTIS", "5", "2025", "01"]), "5999  ATLANTIS"),
        (table(["5998", None, "5", "2025", "01"]), "5998  (without a name)"),
        (table(["0010", "NORTH AMERICA", "5", "2025", "01"]), "(census-api,code,area,note)"),
        (table(["5700", "CHINA"]), "with something that is no table"),
        (lambda handler: handler.send(200, b'[["CTY_CODE","CTY_NAME"],["-","X"]]') is None, "without the column GEN_VAL_MO."),
        (lambda handler: handler.send(404, b"not here") is None, "(HTTP 404): not here"),
        (lambda handler: handler.send(204, b"") is None, "The API has nothing published from 2025 on."),
    ],
)
def test_wrong_answers_are_named(root: Path, refresh: Refresh, tmp_path: Path, fault: Fault, said: str) -> None:
    before = contents(root)
    with serve(NEWS, tmp_path) as served:
        served.faults[:] = [fault]
        code, _, remarks = refreshed(refresh, served, "--yes", "--accept")
    assert (code, said in remarks) == (1, True), remarks
    assert contents(root) == before


def test_a_bad_key_comes_as_a_web_page(refresh: Refresh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENSUS_API_KEY", "mistyped")
    with serve(NEWS, tmp_path) as served:
        code, _, remarks = refreshed(refresh, served)
        assert (code, len(served.asked)) == (1, 1)
    assert "it does not accept the key in CENSUS_API_KEY. Check it, or ask for a new one at" in remarks
    assert "mistyped" not in remarks


def test_without_a_key(refresh: Refresh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENSUS_API_KEY", " ")
    done = refresh("--census-api")
    assert done.exit_code == 2
    assert done.stderr.startswith("The Census API needs a key: put it in the environment variable CENSUS_API_KEY.")


def test_chapters_that_do_not_add_up_are_doubtful(refresh: Refresh, tmp_path: Path) -> None:
    class Short(Bureau):
        def answer(self, flow: str, query: object) -> list[list[str | None]] | None:
            page = super().answer(flow, query)  # type: ignore[arg-type]
            return [row for row in page if row[2] != "87"] if page else page

    with serve(Short((2026, 11)), tmp_path) as served:
        code, said, _ = refreshed(refresh, served, "--yes")
    assert code == 1
    assert "- The chapters do not add up: imports, the world, 2025: they make" in said


# -- the key, and an interruption -----------------------------------------------------------------------------------


def test_the_key_is_nowhere(root: Path, refresh: Refresh, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with serve(NEWS, tmp_path) as served, caplog.at_level(logging.DEBUG):
        served.faults[:] = [busy(503), hang_up, unknown_variable]
        _, said, remarks = refreshed(refresh, served)
        _, more, _ = refreshed(refresh, served)
    assert len(caplog.records) > 20
    assert KEY not in caplog.text + said + remarks + more
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


def test_it_goes_on_where_it_was_interrupted(refresh: Refresh, tmp_path: Path) -> None:
    with serve(NEWS, tmp_path) as served:
        served.faults[:] = [*[None] * 10, unknown_variable]
        assert refreshed(refresh, served)[0] == 1
        first = len(served.asked)
        code, _, remarks = refreshed(refresh, served, "--yes")
        assert (code, first) == (0, 11)
        assert "Going on where an earlier run stopped: 10 answers are here already." in remarks
        assert set(served.asked[:10]).isdisjoint(served.asked[11:])
    assert list((tmp_path / "cache/tradebot/refresh").iterdir()) == []


def test_killed_while_it_reads(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    """A process of its own, killed while the server keeps it waiting; the next run asks only for what is missing."""
    before = contents(root)

    def stall(_: Handler) -> bool:
        time.sleep(0.5)
        return True

    with serve(NEWS, tmp_path) as served:
        served.faults[:] = [*[None] * 6, stall]
        words = ["refresh", "--census-api", "--api-url", served.api, "--since", "2025", "--knowledge", str(root), "--today", TODAY, "--yes"]
        running = subprocess.Popen([sys.executable, "-m", "tradebot", *words], env=os.environ.copy())
        while len(served.asked) < 7:
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
        assert contents(root) == before
        code, _, remarks = refreshed(refresh, served, "--yes")
    assert code == 0
    assert "6 answers are here already" in remarks


def test_old_answers_are_not_used(refresh: Refresh, tmp_path: Path) -> None:
    with serve(NEWS, tmp_path) as served:
        assert refreshed(refresh, served, "--dry-run")[0] == 0
        count = len(served.asked)
        for page in (tmp_path / "cache").rglob("*.json"):
            os.utime(page, (time.time() - 13 * 3600,) * 2)
        assert refreshed(refresh, served, "--dry-run")[0] == 0
        assert len(served.asked) == 2 * count
