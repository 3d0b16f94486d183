"""`tradebot refresh https://…/country.xlsx`: a download that breaks off, a server that is busy, an address that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from refresh.bureau import Bureau, Fault, Handler, contents, serve
from refresh.conftest import Refresh
from refresh.test_census_api import busy, hang_up
from refresh.test_workbook import load

NEWS = Bureau((2026, 10))


def test_a_workbook_from_its_address(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    with serve(NEWS, tmp_path) as served:
        done = refresh(f"{served.url}/foreign-trade/balance/country.xlsx", "--yes")
    assert done.exit_code == 0, done.output
    assert load(root).to_date.id == "2026-01/2026-10"
    assert "census-2026-11-05,country.xlsx" in (root / "record/vintages.csv").read_text(encoding="utf-8")
    assert "as_of: 2026-11-05\n" in (root / "sources.yaml").read_text(encoding="utf-8")
    assert not list((tmp_path / "cache").rglob("*.xlsx"))


def _whole(folder: Path) -> bytes:
    return NEWS.workbook(folder / "whole.xlsx").read_bytes()


def _announced(handler: Handler) -> bool:
    """Half the file, whose length was announced."""
    data = _whole(Path(handler.server.folder))  # type: ignore[attr-defined]
    handler.send(200, data[: len(data) // 2], length=len(data))
    return True


def _unannounced(handler: Handler) -> bool:
    """Half the file, with nothing to tell it by but the file itself."""
    data = _whole(Path(handler.server.folder))  # type: ignore[attr-defined]
    handler.send(200, data[: len(data) // 2])
    return True


@pytest.mark.parametrize("fault", [_announced, _unannounced, busy(429), busy(503), hang_up])
def test_what_passes_is_tried_again(root: Path, refresh: Refresh, tmp_path: Path, fault: Fault) -> None:
    with serve(NEWS, tmp_path) as served:
        served.faults[:] = [fault, fault]
        done = refresh(f"{served.url}/country.xlsx", "--yes")
        assert (done.exit_code, len(served.asked)) == (0, 3), done.output
    assert done.stderr.count("Trying again") == 2
    assert load(root).to_date.id == "2026-01/2026-10"


@pytest.mark.parametrize(
    ("fault", "tries", "said"),
    [
        (_unannounced, 6, "country.xlsx is incomplete: the end of the workbook is missing."),
        (lambda handler: handler.send(404, b"no") is None, 1, "(HTTP 404). Is the address right?"),
        (lambda handler: handler.send(200, b"<html>Sign in</html>") is None, 1, "is not an Excel workbook (.xlsx). It is a web page."),
    ],
)
def test_what_does_not_pass_ends_it(root: Path, refresh: Refresh, tmp_path: Path, fault: Fault, tries: int, said: str) -> None:
    before = contents(root)
    with serve(NEWS, tmp_path) as served:
        served.faults[:] = [fault] * 6
        done = refresh(f"{served.url}/country.xlsx", "--yes")
        assert (done.exit_code, len(served.asked)) == (1, tries)
    assert said in done.stderr
    assert contents(root) == before


def test_nobody_is_there(refresh: Refresh) -> None:
    done = refresh("http://127.0.0.1:9/country.xlsx")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (1, "127.0.0.1 cannot be reached.")
