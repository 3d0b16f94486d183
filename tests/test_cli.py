"""The command line as a person and a program use it: words, JSON, exit codes, and input that is not what it should be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tradebot import __version__
from tradebot.cli import commands
from tradebot.cli.lines import MAX_LINE
from tradebot.knowledge.paths import packaged

TRADEBOT = [sys.executable, "-m", "tradebot"]
TODAY = ["--today", "2026-11-23"]
KEYS = {
    "question", "outcome", "intent", "query", "text", "figures", "sources", "suggestions", "answer_id", "knowledge", "elapsed_us",
}  # fmt: skip


def run(*args: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(commands, list(args), input=given)


def ask_lines(*lines: object) -> list[dict[str, object]]:
    """The objects that come out for lines that go in: bytes as they are, anything else as JSON."""
    given = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    result = run("ask", "--jsonl", *TODAY, given=given)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_answer_comes_first() -> None:
    result = run("ask", *TODAY, "deficit", "with", "vietnam")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("The US ran a $178.3 bn goods deficit with Vietnam in 2025")


def test_json_is_the_contract() -> None:
    result = run("ask", "--json", *TODAY, "deficit with vietnam")
    reply = json.loads(result.stdout)
    assert set(reply) >= KEYS
    assert (reply["question"], reply["outcome"], reply["intent"]) == ("deficit with vietnam", "answer", "partner_balance")
    assert reply["query"]["partners"] == ["VN"]
    assert reply["query"]["period"] | {"said": ""} == {"from": "2025-01", "to": "2025-12", "said": ""}
    figure = next(figure for figure in reply["figures"] if figure["id"] == "VN.balance.2025")
    assert figure["value"] == pytest.approx(-178_276, abs=1)
    assert (figure["partner"], figure["metric"], figure["period"], figure["unit"]) == ("VN", "balance", "2025", "USD million")
    known = {other["id"] for other in reply["figures"]}
    assert set(figure["derived_from"]) <= known
    assert {source["id"] for source in reply["sources"]} >= {"census-2026-10"}
    assert all(set(source) == {"id", "title", "url", "as_of"} for source in reply["sources"])


def test_json_lines_keep_order_conversations_and_turns() -> None:
    first, own, other, turns = ask_lines(
        {"id": "q1", "question": "deficit with vietnam", "conversation": "c1", "expect": "anything"},
        {"id": 2, "question": "deficit with canada", "conversation": "c2"},
        {"id": "q3", "question": "and japan?", "conversation": "c1"},
        {"question": "", "turns": ["imports from vietnam in 2024", "and japan?"]},
    )
    assert [reply["id"] for reply in (first, own, other, turns)] == ["q1", 2, "q3", None]
    assert [_partners(reply) for reply in (first, own, other, turns)] == [["VN"], ["CA"], ["JP"], ["JP"]]
    assert turns["question"] == "and japan?"
    assert _query(turns)["metric"] == "imports"
    assert _query(other)["metric"] == "balance"


def _query(reply: dict[str, object]) -> dict[str, object]:
    query = reply["query"]
    assert isinstance(query, dict), reply
    return query


def _partners(reply: dict[str, object]) -> object:
    return _query(reply)["partners"]


def test_what_is_said_in_the_channel_gets_no_answer() -> None:
    (reply,) = ask_lines({"question": "see you at lunch then", "ambient": True})
    assert (reply["outcome"], reply["text"], reply["figures"]) == ("silent", "", [])


BAD_LINES: tuple[tuple[object, str], ...] = (
    (b"garbage", "not JSON: expecting value (column 1)"),
    (b'{"question": "\xff"}', "not UTF-8 text (byte 15)"),
    (b"[" * 100_000, "not JSON that can be read: nested too deep, or a number too long"),
    (b"1" * 10_000, "not JSON that can be read: nested too deep, or a number too long"),
    (b'{"question": "' + b"x" * MAX_LINE + b'"}', f"the line is longer than {MAX_LINE:,} bytes"),
    (["deficit"], "a line must be a JSON object with a “question”"),
    ({"id": 7}, "“question” is missing"),
    ({"id": 7, "question": 5}, "“question” must be text"),
    ({"id": 7, "turns": []}, "“turns” must be a list of texts"),
    ({"id": 7, "turns": ["a", 1]}, "“turns” must be a list of texts"),
    ({"id": 7, "question": "hi", "conversation": 1}, "“conversation” must be text"),
    ({"id": 7, "question": "hi", "ambient": "no"}, "“ambient” must be true or false"),
    ({"id": {}, "question": "hi"}, "“id” must be text or a number"),
)


def test_a_bad_line_is_told_and_the_run_goes_on() -> None:
    *bad, after = ask_lines(*(line for line, _ in BAD_LINES), b"", {"id": "next", "question": "deficit with vietnam"})
    ids = [7 if isinstance(line, dict) and line["id"] == 7 else None for line, _ in BAD_LINES]
    assert bad == [{"id": id_, "line": line, "error": error} for line, (id_, (_, error)) in enumerate(zip(ids, BAD_LINES, strict=True), 1)]
    assert (after["id"], after["outcome"]) == ("next", "answer")


def test_half_characters_and_nul_do_not_end_the_run() -> None:
    half, nul = ask_lines(b'{"question": "a \\ud83d b"}', b'{"question": "deficit\\u0000 vietnam"}')
    assert half["question"] == "a \ud83d b"
    assert nul["question"] == "deficit\0 vietnam"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("ask",), "What is the question?"),
        (("ask", "--jsonl", "deficit with vietnam"), "leave out QUESTION and --json"),
        (("ask", "--jsonl", "--json"), "leave out QUESTION and --json"),
        (("ask", "--today", "2026-13-01", "deficit"), "'2026-13-01' is not a date; write it as 2026-07-24"),
        (("ask", "--knowledge", "nowhere", "deficit"), "'nowhere' does not exist"),
        (("ask", "half \ud83d"), "not valid text"),
        (("guess",), "No such command 'guess'"),
    ],
)
def test_wrong_usage_is_exit_2(args: tuple[str, ...], said: str) -> None:
    result = run(*args)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert result.stdout == ""


def test_a_refused_question_is_exit_1() -> None:
    result = run("ask", *TODAY, "best laptop under 500")
    assert result.exit_code == 1
    assert result.stdout.strip()


def test_invalid_knowledge_is_exit_1_with_every_problem(tmp_path: Path) -> None:
    shutil.copytree(packaged() / "knowledge", tmp_path / "knowledge")
    for name in ("census-basis", "balance-of-trade"):
        file = tmp_path / "knowledge" / "definitions" / f"{name}.yaml"
        file.write_text(file.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    for args in (["ask", "deficit with vietnam"], ["check"], ["chat"]):
        result = run(*args, "--knowledge", str(tmp_path / "knowledge"))
        assert (result.exit_code, result.stdout) == (1, "")
        *problems, count = result.stderr.splitlines()
        assert [line.split(":")[0] for line in problems] == [
            "knowledge/definitions/balance-of-trade.yaml",
            "knowledge/definitions/census-basis.yaml",
        ]
        assert all("unknown field “colour”" in line for line in problems)
        assert count == "2 problems in 2 files."


def test_check_passes_on_what_is_shipped() -> None:
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, ""), result.stderr


def test_chat_without_a_terminal_answers_line_by_line() -> None:
    result = run("chat", *TODAY, given=b"deficit with vietnam\n\nand japan?\n\xff\n/quit\ndeficit with canada\n")
    assert result.exit_code == 0
    vietnam, japan = result.stdout.index("with Vietnam in 2025"), result.stdout.index("$64.4 bn")
    assert vietnam < japan
    assert "Canada in 2025" not in result.stdout
    assert result.stderr == "Line 4 is not UTF-8 text.\n"


def test_the_bot_needs_a_token(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("TRADEBOT_")}
    done = subprocess.run([*TRADEBOT, "bot"], capture_output=True, text=True, check=False, env=bare, cwd=tmp_path, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert "TRADEBOT_TOKEN" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    line = json.dumps({"question": "deficit with vietnam"}) + "\n"
    process = subprocess.Popen(
        [*TRADEBOT, "ask", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    with process.stdin as given, process.stderr as errors:
        given.write(line.encode())
        given.flush()
        assert json.loads(process.stdout.readline())["outcome"] == "answer", "each line is answered before the next is read"
        process.stdout.close()
        given.write(line.encode())
        given.flush()
        assert process.wait(timeout=60) != 0
        assert errors.read() == b""


def test_an_ascii_terminal_gets_escapes_instead_of_a_traceback(tmp_path: Path) -> None:
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*TRADEBOT, "ask", *TODAY, "deficit with vietnam"], capture_output=True, check=False, env=ascii_only, cwd=tmp_path, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"The US ran a $178.3 bn goods deficit with Vietnam in 2025")


def test_version() -> None:
    assert run("--version").stdout == f"tradebot, version {__version__}\n"
