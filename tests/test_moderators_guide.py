"""The moderators' guide, each page tried as it is written: its commands print what it says, its edits pass the check."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from curation.conftest import light
from refresh.bureau import Bureau, small_knowledge
from tradebot.checks import TODAY
from tradebot.cli import commands
from tradebot.discord_app.moderating.commands import KNOWLEDGE
from tradebot.discord_app.moderating.forms import FORMS
from tradebot.refresh.plan import plan_refresh
from tradebot.refresh.workbook import read_workbook

__all__ = ["light"]

GUIDE = Path(__file__).parents[1] / "docs" / "moderators"
PAGES = sorted(path for path in GUIDE.glob("*.md"))
_BLOCK = re.compile(r"^```(console|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_is_right(page: Path, light: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = refreshed_once(tmp_path) if page.stem == "refresh" else Path(shutil.copytree(light, tmp_path / "trade", symlinks=True))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRADEBOT_KNOWLEDGE", str(top / "knowledge"))
    monkeypatch.setenv("TRADEBOT_MODERATOR", "ann")
    for kind, block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "diff":
            apply(top, block)
            continue
        for command, expected in steps(block):
            done = CliRunner().invoke(commands, shlex.split(command)[1:])
            assert matches(expected, done.output), f"{command}\n{done.output}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_its_commands_and_links_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"`/knowledge (\w+)", text)) <= {command.name for command in KNOWLEDGE.commands}
    assert set(re.findall(r"/knowledge set kind:(\w+)", text)) <= FORMS.keys()
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (page.parent / link).is_file(), link


def test_the_first_page_leads_to_all_others() -> None:
    first = (GUIDE / "README.md").read_text(encoding="utf-8")
    assert all(f"({page.name})" in first for page in PAGES if page.name != "README.md")


def refreshed_once(folder: Path) -> Path:
    """A small knowledge up to September, and the Bureau's workbook of a month later beside it."""
    root = small_knowledge(folder / "small" / "knowledge")
    plan_refresh(root, read_workbook(Bureau((2026, 9)).workbook(folder / "country.xlsx")), None, TODAY).write()
    Bureau((2026, 10)).workbook(folder / "country.xlsx")
    return root.parent


def apply(top: Path, block: str) -> None:
    """An edit as the page shows it: the file, then what goes and what comes."""
    name, *lines = block.splitlines()
    old = "\n".join(line[1:] for line in lines if line.startswith("-"))
    new = "\n".join(line[1:] for line in lines if line.startswith("+"))
    path = top / name.strip()
    text = path.read_text(encoding="utf-8")
    assert old in text, name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def steps(block: str) -> Iterator[tuple[str, str]]:
    """(command, what it prints) of a block."""
    for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, printed = step.partition("\n")
        yield command, printed


def matches(expected: str, printed: str) -> bool:
    """Whether the beginning of what was printed is what the page says; “…” stands for anything, at the end for more lines."""
    wanted, lines = expected.rstrip("\n").split("\n"), [line.rstrip() for line in printed.splitlines()]
    if wanted[-1] == "…":
        wanted.pop()
    patterns = [re.escape(line).replace("…", ".*") for line in wanted]
    return len(lines) >= len(wanted) and all(re.fullmatch(pattern, line) for pattern, line in zip(patterns, lines, strict=False))
