"""Tariff events: one line of events.csv added or changed, and the day up to which the record was reviewed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping
from pathlib import Path

from tradebot.curation.draft import Edit
from tradebot.curation.edits.yaml_edit import edited
from tradebot.curation.faults import CurationError
from tradebot.knowledge.problems import did_you_mean

_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,19}")


def set_event(event: str, cells: Mapping[str, str]) -> Edit:
    """Cells of the event of that id, by column; a new id is a new event, and `new` takes the next free one."""

    def edit(root: Path) -> str:
        path = root / "tariffs/events.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        columns = next(csv.reader([lines[0]]))
        if strange := [name for name in cells if name not in columns or name == "id"]:
            raise CurationError(f"Events have no column “{strange[0]}”{did_you_mean(strange[0], columns)}; they are {', '.join(columns)}.")
        found = {line.partition(",")[0]: place for place, line in enumerate(lines)}
        name = _free(found) if event == "new" else event
        if not _ID.fullmatch(name):
            raise CurationError("An event's id is made of letters and digits, such as E210; “new” takes the next free one.")
        held = dict(zip(columns, next(csv.reader([lines[found[name]]])), strict=True)) if name in found else {"id": name}
        changed = {**held, **{column: " ".join(said.split()) for column, said in cells.items()}}
        line = _line([changed.get(column, "") for column in columns])
        if name in found:
            lines[found[name]] = line
        else:
            lines.append(line)
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return f"Tariff event {name} {'is changed' if name in found else 'is new'}: {changed.get('measure') or changed.get('title', '')}"

    return edit


def set_reviewed(day: dt.date) -> Edit:
    """Somebody went through the tariff record and found it complete up to this day."""

    def edit(root: Path) -> str:
        with edited(root / "tariffs/record.yaml") as document:
            document["reviewed"] = day
        return f"Tariffs reviewed up to {day.isoformat()}"

    return edit


def _free(found: Mapping[str, int]) -> str:
    numbers = [int(name[1:]) for name in found if re.fullmatch(r"E\d+", name)]
    return f"E{max(numbers, default=0) + 1:03d}"


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
