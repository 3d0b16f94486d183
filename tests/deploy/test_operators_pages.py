"""What the pages for operators and developers list is what there is: every variable, option, exit code and dependency."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import click

from tradebot.cli import commands
from tradebot.discord_app.line import endings

ROOT = Path(__file__).parents[2]
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r"(?:TRADEBOT|CENSUS)(?:_[A-Z]+)+")


def table(page: str, heading: str) -> list[list[str]]:
    """The rows of the table whose header begins so, as cells."""
    lines = page.partition(f"\n| {heading} ")[2].splitlines()[2:]
    rows = iter(lines)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in iter(lambda: next(rows, ""), "")]


def variables_in(source: Path) -> set[str]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {text for text in texts if VARIABLE.fullmatch(text)}


def test_every_variable_is_told_of_and_no_other() -> None:
    used = set().union(*(variables_in(source) for source in (ROOT / "src").rglob("*.py")))
    told = {name for row in table(OPERATING, "variable, option") for name in VARIABLE.findall(row[0])}
    assert told == used


def test_every_option_of_the_bot_is_told_of() -> None:
    options = {option for each in commands.commands["bot"].params if isinstance(each, click.Option) for option in each.opts}
    assert {option for option in options if option not in OPERATING} == set()


def test_every_exit_code_is_told_of() -> None:
    codes = {endings.STOPPED, endings.FAILED, *endings.SENTENCES}
    assert {int(row[0]) for row in table(OPERATING, "code")} == codes


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[\[<>=]", each)[0].casefold() for each in project["dependencies"]}
    given = {name.strip().casefold() for row in table(README, "dependency") for name in row[0].split(",") if row[1]}
    assert given == needed
