"""What is delivered: a wheel that finds its data, locks that name no host, layers that are checked, files of readable length."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tradebot.knowledge.paths import ENVIRONMENT, knowledge_dir, packaged, templates_beside

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
MAX_LINES = 300
MAX_FUNCTION = 60


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as `make wheel` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (made,) = folder.glob("tradebot-*.whl")
    return made


def test_the_wheel_holds_knowledge_and_templates(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("knowledge", "templates"):
        wanted = {f"tradebot/_data/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert wanted
        assert wanted - inside == set()
    assert "tradebot/py.typed" in inside
    assert [name for name in inside if not name.startswith("tradebot")] == []


def test_the_wheel_answers_in_an_empty_directory(wheel: Path, tmp_path: Path) -> None:
    """Unpacked somewhere else, with nothing of the checkout on the path."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "empty").mkdir()
    env = {name: value for name, value in os.environ.items() if name != ENVIRONMENT} | {"PYTHONPATH": str(tmp_path / "site")}
    where = "import tradebot; print(tradebot.__file__)"
    asked = [sys.executable, "-m", "tradebot", "ask", "--today", "2026-11-23", "deficit with vietnam"]
    found = subprocess.run(
        [sys.executable, "-c", where], capture_output=True, text=True, check=True, env=env, cwd=tmp_path / "empty", timeout=60
    )
    assert Path(found.stdout.strip()).is_relative_to(tmp_path)
    done = subprocess.run(asked, capture_output=True, text=True, check=False, env=env, cwd=tmp_path / "empty", timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "$178.3 bn" in done.stdout


def test_paths(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    assert packaged() == ROOT
    assert knowledge_dir() == ROOT / "knowledge"
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "knowledge"))
    assert knowledge_dir() == tmp_path / "knowledge"
    assert templates_beside(knowledge_dir()) == ROOT / "templates", "without templates of its own it uses ours"
    (tmp_path / "templates").mkdir()
    assert templates_beside(knowledge_dir()) == tmp_path / "templates"


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_is_hashed_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="ascii")
    assert not re.search(r"://|^\s*--(?!hash)|file:|\bindex\b", text, re.MULTILINE)
    pins = re.split(r"\n(?=\S)", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE).strip())
    assert pins
    assert [pin for pin in pins if not re.match(r"[\w.-]+==\S+[^\n]*\\\n +--hash=sha256:", pin)] == []


def test_the_locks_hold_every_direct_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    for name, wanted in (
        ("requirements.lock", project["project"]["dependencies"]),
        ("requirements-dev.lock", project["project"]["dependencies"] + extras["dev"]),
        ("requirements-build.lock", project["dependency-groups"]["build"]),
    ):
        pinned = set(re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(encoding="ascii"), re.MULTILINE))
        asked = {re.split(r"[\[<>=]", line)[0].lower().replace(".", "-").replace("_", "-") for line in wanted}
        assert asked - pinned == set(), name


def test_every_room_is_in_the_layers() -> None:
    """A new room or module beside the others must find its place in the one-way order."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = {room for layer in contracts[0]["layers"] for room in layer.split(" | ")}
    here = ROOT / "src" / "tradebot"
    found = {path.stem for path in here.glob("*.py")} | {path.parent.name for path in here.glob("*/__init__.py")}
    assert {f"tradebot.{name}" for name in found - {"__init__", "__main__"}} == layers
    assert [contract["type"] for contract in contracts].count("forbidden") >= 2


def test_files_and_functions_stay_readable() -> None:
    import ast  # noqa: PLC0415

    for path in (ROOT / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= MAX_LINES, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                assert (node.end_lineno or 0) - node.lineno < MAX_FUNCTION, f"{path}: {node.name}"


def test_the_console_script_exists() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    module, function = scripts["tradebot"].split(":")
    assert callable(getattr(importlib.import_module(module), function))


def test_asking_needs_neither_discord_nor_the_line_editor() -> None:
    """A cold `tradebot ask` in a pipe stays quick because it imports little."""
    code = "import sys, tradebot.cli.asking; print(*{'discord', 'prompt_toolkit', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == ""
