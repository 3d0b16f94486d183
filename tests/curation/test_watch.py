"""Live files: saved, checked, answering, while questions go on; and what is wrong answers nothing."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tradebot.checks import TODAY
from tradebot.curation.news import Live, News, Refused
from tradebot.curation.watch import PATIENCE_SECONDS, Watch
from tradebot.desk import Desk
from tradebot.edition import Edition
from tradebot.knowledge.paths import knowledge_dir, templates_beside

QUESTION = "deficit with vietnam"
STALL_SECONDS = 0.25
"""The longest that a question may wait for a reload: 50 ms on a machine of its own; the tests share theirs."""


class Life:
    """A desk over files of its own, watched."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.desk = Desk(Edition.open(top / "knowledge"))
        self.news: asyncio.Queue[News] = asyncio.Queue()
        self.watch = Watch(self.desk, top / "knowledge", self.news.put_nowait)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.top / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def ask(self, question: str = QUESTION) -> str:
        return self.desk.ask(question, today=TODAY).text

    async def heard(self, seconds: float = 90) -> News:
        return await asyncio.wait_for(self.news.get(), seconds)


@pytest.fixture(scope="module")
def packaged_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("files")
    shutil.copytree(knowledge_dir(), top / "knowledge")
    shutil.copytree(templates_beside(knowledge_dir()), top / "templates")
    return top


@asynccontextmanager
async def living(top: Path) -> AsyncIterator[Life]:
    life = Life(top)
    task = asyncio.create_task(life.watch.run())
    await asyncio.sleep(2.0)  # until the folders are watched
    try:
        yield life
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def life(packaged_files: Path, tmp_path: Path) -> AsyncIterator[Life]:
    async with living(Path(shutil.copytree(packaged_files, tmp_path / "top"))) as life:
        yield life


async def test_a_saved_alias_answers_and_says_what_changed(life: Life) -> None:
    life.edit("knowledge/partners/vietnam.yaml", "aliases: [", "aliases: [Vietland, ")
    started = time.perf_counter()
    news = await life.heard()
    assert isinstance(news, Live)
    print(f"live after {time.perf_counter() - started:.2f} s")
    assert news.changes == ("Vietnam: aliases + “Vietland”",)
    assert news.revision.startswith("r1+")
    assert life.ask("deficit with vietland").startswith("The US ran a $178.3 bn goods deficit with Vietnam in 2025")


async def test_a_saved_template_answers(life: Life) -> None:
    life.edit("templates/about_thanks.j2", "", "Most ")
    assert str(await life.heard()).endswith("is live.\n- templates, about_thanks.j2: 1 value changed")
    assert life.ask("thanks").startswith("Most ")


async def test_a_mistake_is_told_at_its_place_and_answers_nothing(life: Life) -> None:
    before = life.ask()
    life.edit("knowledge/partners/vietnam.yaml", "kind: country", "kind: land")
    life.edit("templates/measure.j2", "\n", "\n{{ ''.__class__ }}\n")
    news = await life.heard()
    assert isinstance(news, Refused)
    assert str(news).startswith("The saved files cannot be used; r1 keeps answering.\n")
    assert "\nknowledge/partners/vietnam.yaml:5:7: kind: must be one of country" in str(news)
    assert life.ask() == before
    life.edit("knowledge/partners/vietnam.yaml", "kind: land", "kind: country")
    hostile = await life.heard()
    assert isinstance(hostile, Refused)
    assert "templates/measure.j2:2:1: “__class__” is not allowed: names do not begin with _" in str(hostile)
    life.edit("templates/measure.j2", "{{ ''.__class__ }}\n", "")
    assert str(await life.heard()) == "r1 is live."


async def test_an_edit_that_breaks_a_test_is_refused(life: Life) -> None:
    life.edit("knowledge/intents/thanks.yaml", "tests:", "tests:\n  - {ask: thanks, outcome: refuse}")
    news = await life.heard()
    assert isinstance(news, Refused)
    (problem,) = news.problems
    assert (problem.file, problem.field) == ("knowledge/intents/thanks.yaml", "tests[0]")
    assert problem.line > 1
    assert "“thanks” gives greet (thanks), wanted refuse" in problem.sentence


async def test_a_save_by_halves_is_waited_out(life: Life) -> None:
    path = life.top / "knowledge/tariffs/events.csv"
    whole = path.read_bytes()
    with path.open("wb") as file:
        for at in range(0, len(whole), len(whole) // 8):
            file.write(whole[at : at + len(whole) // 8])
            file.flush()
            await asyncio.sleep(PATIENCE_SECONDS / 4)
    path.with_suffix(".tmp").write_bytes(whole)
    path.with_suffix(".tmp").replace(path)
    with pytest.raises(TimeoutError):
        await life.heard(4)
    assert life.desk.knowledge.revision == "r1"


async def test_a_reload_keeps_nobody_waiting(life: Life) -> None:
    """A question a millisecond, while everything is loaded and checked beside it."""
    gaps: list[float] = []

    async def ask_on() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.001)
            life.ask()
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    asking = asyncio.create_task(ask_on())
    life.edit("knowledge/record/annual.csv", "VN,2025,census-2026-10,5520,193879.3", "VN,2025,census-2026-10,5520,193879.4")
    news = await life.heard()
    asking.cancel()
    print(f"longest wait {max(gaps) * 1000:.0f} ms of {len(gaps)} questions; {news}"[:300])
    assert max(gaps) < STALL_SECONDS


def test_a_change_that_nobody_told_of_is_seen_by_size_or_time(packaged_files: Path, tmp_path: Path) -> None:
    """As on network drives; a file of this moment may change again unseen, so it is always read."""
    life = Life(Path(shutil.copytree(packaged_files, tmp_path / "top")))
    file, template = life.top / "knowledge/chapters.yaml", life.top / "templates/measure.j2"
    file.touch()
    assert life.watch._moved()
    assert life.watch._moved()
    for path in (path for path in life.top.rglob("*") if path.is_file()):
        os.utime(path, (1e9, 1e9))
    assert life.watch._moved()
    assert not life.watch._moved()
    os.utime(file, (1.1e9, 1.1e9))
    assert life.watch._moved()
    template.write_bytes(template.read_bytes() + b"\n")
    os.utime(template, (1e9, 1e9))
    assert life.watch._moved()
    template.unlink()
    assert life.watch._moved()
    assert not life.watch._moved()


def test_no_answer_mixes_two_revisions(packaged_files: Path, tmp_path: Path) -> None:
    """Questions in flight on four threads while two revisions take turns: each reply is wholly of the one it names."""
    other = Path(shutil.copytree(packaged_files, tmp_path / "other"))
    for name, old, new in (("record/annual.csv", "VN,2025,census-2026-10,5520,193879.3", "VN,2025,census-2026-10,5520,293879.3"),):
        path = other / "knowledge" / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    measure = other / "templates/measure.j2"
    measure.write_text(measure.read_text(encoding="utf-8") + "\nBy the second revision.\n", encoding="utf-8")
    editions = [Edition.open(packaged_files / "knowledge", "r1"), Edition.open(other / "knowledge", "r2")]
    questions = (QUESTION, "top 5 deficits", "rank of vietnam", "vietnam vs china")
    expected = {
        (edition.knowledge.revision, question): Desk(edition).ask(question, today=TODAY).text
        for edition in editions
        for question in questions
    }
    assert len(set(expected.values())) == 8
    desk, wrong, stop = Desk(editions[0]), [], threading.Event()
    counts = [0, 0, 0, 0]

    def ask_on(number: int) -> None:
        while not stop.is_set():
            question = questions[counts[number] % len(questions)]
            reply = desk.ask(question, today=TODAY)
            counts[number] += 1
            if reply.text != expected[reply.revision, question]:
                wrong.append((reply.revision, question))

    threads = [threading.Thread(target=ask_on, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 4
    swaps = 0
    while time.monotonic() < deadline:
        desk.swap(editions[swaps % 2])
        swaps += 1
        time.sleep(0.001)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert sum(counts) > 500
    assert swaps > 20
