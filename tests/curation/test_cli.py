"""`tradebot knowledge` as a moderator types it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tradebot.cli import commands
from tradebot.curation.repository import Repository
from tradebot.journal.entries import Asked
from tradebot.journal.journal import Journal

Run = Callable[..., Result]


@pytest.fixture
def run(repository: Repository) -> Run:
    """As Ann, with exit code and both streams."""

    def command(*words: str, name: str = "ann", given: str | None = None) -> Result:
        return CliRunner().invoke(commands, ["knowledge", "--knowledge", str(repository.knowledge), "--as", name, *words], input=given)

    return command


def test_from_an_edit_to_the_log(run: Run, repository: Repository) -> None:
    assert run("set", "name", "vietnam", "Namland").output == "In your draft: Vietnam: “Namland” is another name (aliases)\n"
    status = run("status").output
    assert status.startswith("r1, published on ")
    assert status.endswith("Your draft (ann): 1 edits\n- Vietnam: “Namland” is another name (aliases)\n")
    assert run("diff").output == "Vietnam: aliases + “Namland”\n"
    assert run("publish", "-m", "people say so").output == "r2 is published:\n- Vietnam: aliases + “Namland”\n"
    asked = CliRunner().invoke(commands, ["ask", "deficit with Namland", "--knowledge", str(repository.knowledge)])
    assert " · r2 · A-" in asked.output
    assert run("rollback", "-m", "no").output == "r3 is published:\n- Vietnam: aliases − “Namland”\n"
    assert [line.split()[0] for line in run("log").output.splitlines() if line.startswith("r")] == ["r3", "r2", "r1"]


def test_a_user_without_a_name_as_in_a_container_can_edit(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME", "TRADEBOT_MODERATOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    said = CliRunner().invoke(commands, ["knowledge", "--knowledge", str(repository.knowledge), "status"]).output
    assert "Your draft (operator)" in said


def test_what_a_figure_changes(run: Run) -> None:
    run("set", "figure", "Andorra", "imports", "2025", "97 million")
    assert run("diff").output.splitlines() == [
        "Andorra imports, 2025: $6.90 mn → $97.0 mn, revised",
        "Andorra balance, 2025: $1.30 mn → −$88.8 mn, revised",
        "Doubtful: A jump: imports, 2025, Andorra: $6.90 mn held, $97.0 mn now.",
        "Doubtful: The balance with Andorra in 2025 turns from a $1.30 mn surplus to a $88.8 mn deficit.",
    ]
    refused = run("publish", "-m", "x")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Refused, nothing was published:\n- A jump: ")
    shown = run("preview", "--page", "1").output
    assert "[newsletter: does not say '94']\n- By the record the US had goods deficits with 94 partners" in shown
    assert "\n+ By the record the US had goods deficits with 95 partners" in shown
    assert run("accept").output == "In your draft: 1 test says now what the draft answers\n"
    assert run("agree", "ann", name="bo").output == "You agree to the draft of ann.\n"
    assert run("status").output.endswith("Agreed by bo.\n")
    assert run("discard", given="y\n").output.endswith("Your draft is empty.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "event", "E104", "confidence=medium"), "In your draft: Tariff event E104 is changed: "),
        (("set", "event", "E104", "confidence"), "has no =; write rate=“25 %”."),
        (("set", "reviewed", "2026-09-01"), "In your draft: Tariffs reviewed up to 2026-09-01"),
        (("set", "reviewed", "1 Sep"), "'1 Sep' is not a date"),
        (("set", "fact", "vietnam", "vietnam.cost", "said=in spring"), "In your draft: The newsletter on vietnam: vietnam.cost is changed"),
        (("set", "card", "rank", "--term", "how ranks work"), "In your draft: The card rank: how ranks work name it, too"),
        (("set", "card", "rank"), "What shall change?"),
        (("set", "phrase", "forecast", "crystal ball please"), "In your draft: “crystal ball please” asks for forecast"),
        (("set", "gap", "freight rates", "Freight rates are not held here."), "In your draft: A known gap: freight rates"),
        (("set", "figure", "Nowhere", "imports", "2025", "1"), "I know no partner or group called “Nowhere”."),
        (("set", "name", "Vietnam", "Germany"), "aliases[2]: “Germany” is already a name of DE"),
        (("publish", "-m", "x"), "There is nothing to publish"),
        (("rollback", "r9"), "There is no revision “r9”"),
        (("init", "."), "is not empty"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_every_command_says_what_it_did(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert said in done.output
    assert (done.exit_code == 0) == said.startswith("In your draft")


def test_init_and_where_there_is_none(run: Run, tmp_path: Path) -> None:
    assert "is at r1. Use it with --knowledge" in run("init", str(tmp_path / "new")).output
    bare = CliRunner().invoke(commands, ["knowledge", "--knowledge", str(tmp_path), "status"])
    assert bare.exit_code == 1
    assert "is no repository of knowledge: make one with tradebot knowledge init" in bare.stderr


def test_review_of_what_was_missed(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEBOT_JOURNAL", f"sqlite:///{tmp_path}/journal.sqlite")
    asyncio.run(missed(f"sqlite:///{tmp_path}/journal.sqlite", ["deficit with namland"] * 2 + ["freight rates from Peru"]))
    words = ["review", "--knowledge", str(repository.knowledge), "--as", "ann"]
    given = "s\nnamland\nVietnam\nn\nfreight rates\nFreight rates are not held here.\n"
    done = CliRunner().invoke(commands, words, input=given)
    assert done.stdout.splitlines() == [
        "2 kinds of questions were missed.",
        "",
        "“namland”: 2 times, last on 2026-11-23 (refuse, unknown_partner)",
        "  deficit with namland",
        "In your draft: Vietnam: “namland” is another name (aliases), and a test: “deficit with namland”",
        "",
        "“freight rates”: once, last on 2026-11-23 (refuse, unknown_partner)",
        "  freight rates from Peru",
        "In your draft: A known gap: freight rates, and a test: “freight rates from Peru”",
        "Your draft has 2 edits. Next: tradebot knowledge preview, then publish.",
    ]
    assert CliRunner().invoke(commands, words).stdout.startswith("Nothing was missed.")
    curating = ["knowledge", "--knowledge", str(repository.knowledge), "--as", "ann"]
    CliRunner().invoke(commands, [*curating, "discard", "--yes"])
    assert CliRunner().invoke(commands, words, input=given).stdout.startswith("2 kinds of questions were missed.")
    assert "r2 is published" in CliRunner().invoke(commands, [*curating, "publish", "--why", "asked in vain"]).output
    assert CliRunner().invoke(commands, words).stdout.startswith("Nothing was missed.")


async def missed(url: str, questions: list[str]) -> None:
    journal = await Journal.open(url)
    for question in questions:
        part = question.removeprefix("deficit with ").removesuffix(" from Peru")
        day = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
        journal.note(Asked(day, 1, "mention", question, "refuse", None, part, "A-X", "r1", day.date(), reason="unknown_partner"))
    await journal.close()
