"""`/knowledge refresh` against a loopback Bureau, and `/knowledge upload` of its workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from discord_app.moderating.conftest import Office, read
from refresh.bureau import KEY, Bureau, Handler, serve
from tradebot.discord_app.moderating import refreshing

NEWS = Bureau((2026, 10))


def gone(handler: Handler) -> bool:
    handler.send(404, b"no")
    return True


async def test_the_workbook_goes_into_the_draft(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "STEP_SECONDS", 0.0)
    with serve(NEWS, tmp_path) as served:
        monkeypatch.setenv(refreshing.WORKBOOK_URL, f"{served.url}/foreign-trade/balance/country.xlsx")
        said = read(await office.ann.slash(office.channel, "knowledge refresh"))
    assert said.startswith("In your draft: A refresh from census-2026-11: New month: ")
    shown = [request for request in office.env.http_requests if request.method == "PATCH"]
    assert len(shown) > 1, "it says meanwhile how far it is"
    assert "October 2026" in await office.do(office.ann, "diff")


async def test_a_bureau_that_is_away_is_told(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(NEWS, tmp_path) as served:
        served.faults[:] = [gone]
        monkeypatch.setenv(refreshing.WORKBOOK_URL, f"{served.url}/country.xlsx")
        assert "(HTTP 404). Is the address right?" in await office.do(office.ann, "refresh")
    monkeypatch.delenv(refreshing.KEY, raising=False)
    assert "The Census API needs a key" in await office.do(office.ann, "refresh", source="api")
    assert await office.do(office.ann, "diff") == "The draft changes nothing."


async def test_the_workbook_by_hand(office: Office, tmp_path: Path) -> None:
    data = NEWS.workbook(tmp_path / "country.xlsx").read_bytes()
    assert "A refresh from census-2026-" in await office.do(office.ann, "upload", file=("country.xlsx", data))


async def test_the_api_goes_into_the_draft_and_leaves_nothing_behind(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setenv(refreshing.KEY, KEY)
    with serve(Bureau((2026, 9), first=2023), tmp_path) as served:
        monkeypatch.setenv(refreshing.API_URL, served.api)
        said = await office.do(office.ann, "refresh", source="api")
    assert said.startswith("In your draft: A refresh from census-2026-11-api: "), said
    assert not [*cache.rglob("*.json")]
    assert KEY not in str(office.env.http_requests)


async def test_an_older_workbook_is_confirmed_by_typing(office: Office, tmp_path: Path) -> None:
    changed = {("5700", "imports", 2025, 3): 20_500_000_000}
    data = Bureau((2026, 6), changed=changed).workbook(tmp_path / "country.xlsx").read_bytes()
    assert "A refresh from census-2026-08: " in await office.do(office.ann, "upload", file=("country.xlsx", data))
    assert "⚠ Older figures: China, " in await office.do(office.ann, "diff")
    refused = await office.do(office.ann, "publish", why="the old ones")
    assert refused.startswith("**Refused; nothing was published.**\n- Older figures would take the place of newer ones, of ")
    assert "older” to confirm them all." in refused
