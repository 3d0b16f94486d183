"""Whole files from a moderator: YAML, CSV and templates to the place they belong, country.xlsx through a refresh.

(name, bytes) ─▶ which file it is ─▶ small enough, text, no path of its own ─▶ replaced in the draft
country.xlsx ─▶ Reading ─▶ plan_refresh ─▶ the record of the draft
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path

from tradebot.curation.draft import Edit
from tradebot.curation.faults import CurationError
from tradebot.knowledge.limits import MAX_BYTES, MAX_WORKBOOK_BYTES
from tradebot.refresh.doubts import Kind
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.plan import plan_refresh
from tradebot.refresh.readings import Reading
from tradebot.refresh.workbook import read_workbook

_PLAIN = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*){0,3}", re.ASCII)
AS_OF = "tradebot refresh --as-of takes it with the day on which it was published."
_BOM = b"\xef\xbb\xbf"


def upload(name: str, data: bytes, today: dt.date) -> Edit:
    """The file as it was sent; a `name` without folders must be that of one file that is there."""
    if name.lower().endswith(".xlsx"):
        return _workbook(name, data, today)

    def edit(root: Path) -> str:
        path = _place(root, name)
        if len(data) > MAX_BYTES:
            raise CurationError(f"{name[:60]} has {len(data) / 1e6:.0f} MB; files of the knowledge have at most {MAX_BYTES // 1_000_000}.")
        content = data.removeprefix(_BOM).replace(b"\r\n", b"\n") if path.suffix == ".csv" else data
        was_there = path.exists()
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return f"{path.relative_to(root.parent).as_posix()} is {'replaced' if was_there else 'new'}"

    return edit


def refreshed(reading: Reading, today: dt.date, as_of: dt.date | None = None) -> Edit:
    """What the Census Bureau published, in the record of the draft."""

    def edit(root: Path) -> str:
        try:
            plan = plan_refresh(root, reading, as_of, today)
            if not plan.changes:
                raise CurationError("Nothing changes: the record holds all of this already.")
            if not plan.goes_back and (older := [doubt for doubt in plan.doubts if doubt.kind is Kind.OLDER]):
                raise CurationError(f"{older[0]} But its release counts as newer, so that a draft could not tell: {AS_OF}")
            plan.write()
        except RefreshError as error:
            raise CurationError(str(error)) from error
        return f"A refresh from {plan.vintage.id}: {plan.changes[0]}"

    return edit


def _workbook(name: str, data: bytes, today: dt.date) -> Edit:
    def edit(root: Path) -> str:
        if len(data) > MAX_WORKBOOK_BYTES:
            raise CurationError(f"{name[:60]} has {len(data) / 1e6:.0f} MB; that is not the Bureau's country.xlsx.")
        with tempfile.TemporaryDirectory(prefix="tradebot-") as folder:
            path = Path(folder) / "country.xlsx"
            path.write_bytes(data)
            try:
                reading = read_workbook(path)
            except RefreshError as error:
                raise CurationError(str(error)) from error
        return refreshed(reading, today)(root)

    return edit


def _place(root: Path, name: str) -> Path:
    """Where a file belongs. Raises CurationError where that is not clear, or outside the knowledge and its templates."""
    name = name.removeprefix("knowledge/")
    if not _PLAIN.fullmatch(name) or ".." in name:
        raise CurationError(f"“{name[:60]}” is no name of a file here; it looks like partners/norway.yaml.")
    folders = {".yaml": root, ".csv": root, ".j2": root.parent / "templates"}
    suffix = Path(name).suffix
    if suffix not in folders:
        raise CurationError(f"{name[:60]} is neither YAML, CSV, a template (.j2) nor country.xlsx.")
    name = name.removeprefix("templates/") if suffix == ".j2" else name
    if (folders[suffix] / name).parent.is_dir() and (folders[suffix] / name).exists():
        return folders[suffix] / name
    found = sorted(folders[suffix].rglob(name)) if "/" not in name else []
    if len(found) == 1:
        return found[0]
    if "/" in name and (folders[suffix] / name).parent.is_dir():
        return folders[suffix] / name
    hint = f"there are {len(found)} of that name" if found else "no file has that name"
    raise CurationError(
        f"Where does {name[:60]} belong? {hint[:1].upper()}{hint[1:]}; write the folder before it, as in partners/norway.yaml."
    )
