"""What is noted can be read again, on both databases."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt

import pytest

from journal.happenings import LONG_AGO, NOW, asked, posted, wrong
from tradebot.journal import journal as room
from tradebot.journal.entries import Deleted, JournalError
from tradebot.journal.journal import Journal
from tradebot.journal.settings import DEFAULTS, ServerSettings

HOUR_BEFORE = NOW - dt.timedelta(hours=1)


async def test_an_answer_can_be_rendered_again(journal: Journal) -> None:
    journal.note(asked("deficit with Chile", before_json='{"intent":"help"}'))
    kept = await journal.answer("A-234567")
    assert kept
    assert (kept.text, kept.revision, kept.today) == ("deficit with Chile", "r1", NOW.date())
    assert (kept.asked_json, kept.before_json) == ('{"intent":"partner_balance"}', '{"intent":"help"}')
    assert kept.asked_at == NOW
    assert await journal.answer("A-777777") is None


async def test_misses_are_clustered_by_what_was_not_understood(journal: Journal) -> None:
    journal.note(asked("deficit with Freedonia", "refuse", missed="Freedonia", reason="unknown_words"))
    journal.note(asked("FREEDONIA imports", "refuse", missed="FREEDONIA ", asked_at=NOW + dt.timedelta(minutes=1)))
    journal.note(asked("tariffs on unobtainium", "clarify", missed="unobtainium"))
    journal.note(asked("what", "refuse"))
    journal.note(asked("deficit with Chile"))
    journal.note(asked("deficit with Atlantis", "refuse", missed="atlantis", asked_at=LONG_AGO))
    journal.note(wrong(7))
    await journal.flush()
    found = await journal.misses(HOUR_BEFORE, 10)
    assert [(miss.missed, miss.why, miss.count) for miss in found] == [
        ("freedonia", "refuse", 2),
        ("deficit with chile", "wrong", 1),
        ("unobtainium", "clarify", 1),
        ("what", "refuse", 1),
    ]
    assert found[0].texts == ("FREEDONIA imports", "deficit with Freedonia")
    assert (found[0].first, found[0].last) == (NOW, NOW + dt.timedelta(minutes=1))
    assert found[0].reason == "unknown_words"
    assert found[1].notes == ("old figure",)
    assert [miss.missed for miss in await journal.misses(HOUR_BEFORE, 1)] == ["freedonia"]


async def test_a_settled_miss_is_gone_until_it_is_missed_again(journal: Journal) -> None:
    journal.note(asked("Freedonia", "refuse", missed="Freedonia"))
    journal.note(wrong(7))
    await journal.flush()
    await journal.settle("freedonia")
    await journal.settle("deficit with chile")
    assert await journal.misses(HOUR_BEFORE) == []
    journal.note(asked("Freedonia", "refuse", missed="Freedonia"))
    await journal.flush()
    assert [miss.count for miss in await journal.misses(HOUR_BEFORE)] == [1]


async def test_what_is_asked_most(journal: Journal) -> None:
    for text in ("deficit with Chile", "Deficit with chile", "top 5", "imports of cars", "imports of cars", "imports of cars"):
        journal.note(asked(text))
    for _ in range(9):
        journal.note(asked("and Peru?", before_json="{}"))
        journal.note(asked("and Bolivia?", asked_json='{"intent":"partner_balance","carried":["metric"]}'))
    journal.note(asked("freedonia", "refuse"))
    await journal.flush()
    first, second = await journal.most_asked(2)
    assert (first, second.lower()) == ("imports of cars", "deficit with chile")
    assert await journal.most_asked(9, at_least=3) == ["imports of cars"]


async def test_messages_by_the_facts_they_rest_on(journal: Journal) -> None:
    journal.note(posted(10, {"CL.balance.2025": -1.5, "CL.imports.2025": 9.0}))
    journal.note(posted(11, {"PE.balance.2025": 2.0}))
    journal.note(posted(12, {"CL.balance.2025": -1.5}, at=LONG_AGO))
    journal.note(posted(13, {"CL.balance.2025": -1.5}))
    journal.note(Deleted(13))
    await journal.flush()
    (found,) = await journal.using(["CL.balance.2025", "CL.imports.2025", "XX.balance.2025"], HOUR_BEFORE)
    assert (found.message_id, found.channel_id, found.facts) == (10, 2, {"CL.balance.2025": -1.5, "CL.imports.2025": 9.0})


async def test_a_message_is_corrected_once_until_it_is_posted_anew(journal: Journal) -> None:
    journal.note(posted(10, {"CL.balance.2025": -1.5}))
    await journal.flush()
    (message,) = await journal.using(["CL.balance.2025"], HOUR_BEFORE)
    assert await journal.revisions(HOUR_BEFORE) == ["r1"]
    claims = await asyncio.gather(*(journal.corrected(message, "r2", 9) for _ in range(5)))
    assert sorted(claims) == [False, False, False, False, True]
    assert not await journal.corrected(dataclasses.replace(message, message_id=99), "r2", 9)
    assert await journal.revisions(HOUR_BEFORE) == []
    assert await journal.using(["CL.balance.2025"], HOUR_BEFORE) == []
    journal.note(posted(10, {"CL.balance.2025": -1.7}, revision="r2"))
    await journal.flush()
    (found,) = await journal.using(["CL.balance.2025"], HOUR_BEFORE)
    assert (found.revision, found.facts) == ("r2", {"CL.balance.2025": -1.7})


async def test_a_server_has_its_limit_of_a_day_whoever_counts(journal: Journal, url: str) -> None:
    for number in (10, 11, 12):
        journal.note(posted(number, {"CL.balance.2025": -1.5}))
    await journal.flush()
    first, second, third = await journal.using(["CL.balance.2025"], HOUR_BEFORE)
    assert not await journal.corrected(first, "r2", 0)
    assert await journal.corrected(first, "r2", 2)
    after_a_restart = await Journal.open(url)
    assert await after_a_restart.corrected(second, "r2", 2)
    assert not await after_a_restart.corrected(third, "r2", 2)
    assert await after_a_restart.corrected(third, "r2", 3)
    await after_a_restart.close()


async def test_thousands_of_figures(journal: Journal) -> None:
    facts = {f"P{number}.balance.2025": float(number) for number in range(2_000)}
    journal.note(posted(10, facts))
    await journal.flush()
    (found,) = await journal.using(facts, HOUR_BEFORE)
    assert found.facts == facts


async def test_server_settings(journal: Journal, url: str) -> None:
    assert await journal.server(None) == DEFAULTS
    assert await journal.server(5) == DEFAULTS
    chosen = ServerSettings((7, 2**62), mentions=False, numbers="de", quiet_from=dt.time(22), quiet_to=dt.time(6, 30), corrections=0)
    await journal.save_server(5, chosen)
    assert await journal.server(5) == chosen
    assert await journal.server(6) == DEFAULTS
    other = await Journal.open(url)
    assert await other.server(5) == chosen
    await other.close()


async def test_a_server_is_greeted_once(journal: Journal) -> None:
    await journal.save_server(5, ServerSettings(charts=True))
    claims = await asyncio.gather(*(journal.greet(guild) for guild in (5, 5, 6, 6)))
    assert sorted(claims) == [False, False, True, True]
    assert (await journal.server(5)).charts


async def test_what_is_kept_about_a_person_can_be_seen_and_forgotten(journal: Journal) -> None:
    journal.note(wrong(7, "first"))
    journal.note(wrong(8, "somebody else's"))
    journal.note(wrong(7, "second"))
    assert [each.note for each in await journal.shown(7)] == ["first", "second"], "also what is not written yet"
    journal.note(wrong(7, "third"))
    assert await journal.forget(7) == 3
    assert await journal.shown(7) == []
    assert len(await journal.shown(8)) == 1


async def test_what_is_old_is_forgotten(url: str) -> None:
    journal = await Journal.open(url, keep_days=30)
    for at in (NOW, LONG_AGO):
        journal.note(asked("top 5", asked_at=at))
        journal.note(wrong(7, at=at))
        journal.note(posted(at.toordinal(), {"CL.balance.2025": 1.0}, at=at))
    await journal.flush()
    assert await journal.prune(NOW) == 3
    assert await journal.prune(NOW) == 0
    assert len(await journal.shown(7)) == 1
    assert len(await journal.using(["CL.balance.2025"], LONG_AGO)) == 1
    await journal.close()


async def test_it_forgets_by_itself(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await Journal.open(url)
    first.note(wrong(7, at=LONG_AGO))
    await first.close()
    monkeypatch.setattr(room, "PRUNE_FIRST", 0.01)
    second = await Journal.open(url, keep_days=30)
    for _ in range(100):
        if not await second.shown(7):
            break
        await asyncio.sleep(0.02)
    assert await second.shown(7) == []
    await second.close()


@pytest.mark.parametrize("text", ["nul \0 inside", "half a pair \ud83c", "🇨🇱 智利", "x" * 100_000, "'; drop table questions; --"])
async def test_any_text_is_kept(journal: Journal, text: str) -> None:
    journal.note(asked(text, "refuse"))
    journal.note(wrong(7, text))
    assert await journal.flush()
    assert journal.lost == 0
    assert len(await journal.misses(HOUR_BEFORE)) == 2


async def test_one_entry_that_no_database_takes_does_not_take_others_with_it(journal: Journal, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(20):
        journal.note(posted(number, {}))
    journal.note(posted(2**70, {"CL.balance.2025": 1.0}))
    journal.note(posted(21, {"CL.balance.2025": 1.0}))
    assert await journal.flush()
    assert journal.lost == 1
    assert [each.message_id for each in await journal.using(["CL.balance.2025"], HOUR_BEFORE)] == [21]
    assert "could not be kept" in caplog.text


async def test_closing_keeps_what_is_pending(url: str) -> None:
    journal = await Journal.open(url)
    for number in range(1_200):
        journal.note(asked(f"question {number}"))
    assert journal.pending == 1_200
    await journal.close()
    assert (journal.pending, journal.lost) == (0, 0)
    again = await Journal.open(url)
    assert len(await again.most_asked(5_000)) == 1_200
    await again.close()


async def test_without_a_database_everything_is_a_default_and_counted() -> None:
    journal = Journal()
    journal.note(asked("top 5"))
    assert (journal.lost, journal.pending) == (1, 0)
    assert await journal.answer("A-234567") is None
    assert await journal.misses(NOW) == []
    assert await journal.server(5) == DEFAULTS
    with pytest.raises(JournalError, match="keep no journal"):
        await journal.save_server(5, ServerSettings(charts=True))
    await journal.close()


@pytest.mark.parametrize(
    ("start", "end", "clock", "quiet"),
    [(22, 6, 23, True), (22, 6, 5, True), (22, 6, 6, False), (22, 6, 12, False), (9, 17, 12, True), (9, 17, 17, False), (9, 9, 9, False)],
)
def test_quiet_hours_are_of_the_servers_clock(start: int, end: int, clock: int, quiet: bool) -> None:
    settings = ServerSettings(quiet_from=dt.time(start), quiet_to=dt.time(end), time_zone="Asia/Tokyo")
    assert settings.is_quiet(dt.datetime(2026, 7, 1, clock, tzinfo=dt.timezone(dt.timedelta(hours=9)))) is quiet
    assert not DEFAULTS.is_quiet(NOW)
