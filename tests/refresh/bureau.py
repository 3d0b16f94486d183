"""A small Census Bureau of the tests' own: its figures, its workbook, its API, and everything that can go wrong with them."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from tradebot.refresh.tables import FILES
from tradebot.refresh.workbook import COLUMNS

KEY = "a-key-of-the-tests"
KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
PARTNERS = {
    "5520": ("Vietnam", "VIETNAM"),
    "5700": ("China", "CHINA"),
    "4280": ("Germany", "GERMANY"),
    "8220": ("Unidentified Countries", None),
}
BASE = {"5520": (15000, 1200), "5700": (20000, 9000), "4280": (13000, 6500), "8220": (2, 40)}
CHAPTERS = ("09", "30", "87")
FILE_OF = {"5520": "vietnam", "5700": "china", "4280": "germany", "8220": "unidentified-countries"}
FLOWS = ("imports", "exports")


def dollars(code: str, flow: str, year: int, month: int) -> int:
    """Whole dollars of one month: a bit more every month, to the dollar."""
    base = BASE[code][FLOWS.index(flow)]
    return base * 1_000_000 + (year - 2000) * 12_345 * base + month * 1_111 * base + 7


@dataclass
class Bureau:
    """What is published: months up to `until` (year, month), with `changed` figures in place of the usual ones."""

    until: tuple[int, int]
    first: int = 2024
    changed: dict[tuple[str, str, int, int], int] = field(default_factory=dict)
    names: dict[str, tuple[str, str | None]] = field(default_factory=lambda: dict(PARTNERS))

    def value(self, code: str, flow: str, year: int, month: int) -> int:
        """Dollars; zero for months that are not published yet. `W` is the world, `A` Asia."""
        if (year, month) > self.until:
            return 0
        if (code, flow, year, month) in self.changed:
            return self.changed[code, flow, year, month]
        if code in "WA":
            return sum(self.value(each, flow, year, month) for each in self.names if code == "W" or each.startswith("5"))
        return dollars(code, flow, year, month) if code in BASE else 1_000_000

    @property
    def years(self) -> range:
        return range(self.first, self.until[0] + 1)

    def rows(self) -> list[list[object]]:
        """The workbook's rows, headings first: names of its own, aggregates numbered 0015 and 0016."""
        listed = {"W": ("0015", "World, Not Seasonally Adjusted"), "A": ("0016", "Asia")}
        listed |= {code: (code, name) for code, (name, _) in self.names.items()}
        rows: list[list[object]] = [["year", "CTY_CODE", "CTYNAME", *COLUMNS["imports"], *COLUMNS["exports"]]]
        for year in self.years:
            for code, (number, name) in listed.items():
                numbers: list[object] = []
                for flow in FLOWS:
                    months = [self.value(code, flow, year, month) / 1e6 for month in range(1, 13)]
                    numbers += [*months, self.changed.get((code, flow, year, 13), round(sum(months) * 1e6)) / 1e6]
                rows.append([str(year), number, name, *numbers])
        return rows

    def workbook(self, path: Path) -> Path:
        return write_xlsx(path, self.rows())

    def answer(self, flow: str, query: Mapping[str, str]) -> list[list[str | None]] | None:
        """The API's list of lists; None for a month that is not published."""
        year, month = int(query["YEAR"]), int(query["MONTH"])
        if (year, month) > self.until or year < 2010:
            return None
        columns = query["get"].split(",")
        listed: dict[str, tuple[str, str | None]] = {"W": ("-", "TOTAL FOR ALL COUNTRIES"), "A": ("5XXX", "ASIA")}
        listed |= {code: (code, name) for code, (_, name) in self.names.items()}
        page: list[list[str | None]] = [[*columns, "YEAR", "MONTH", *(["COMM_LVL"] if "COMM_LVL" in query else [])]]
        for code, (number, name) in listed.items():
            for chapter in CHAPTERS if "COMM_LVL" in query else ("",):
                cells = {"CTY_CODE": number, "CTY_NAME": name, "I_COMMODITY": chapter, "E_COMMODITY": chapter}
                cells |= {column: str(self._cell(code, flow, year, month, chapter, column)) for column in columns if "_VAL_" in column}
                page.append([*(cells[column] for column in columns), query["YEAR"], query["MONTH"], *page[0][len(columns) + 2 :]])
        return page

    def _cell(self, code: str, flow: str, year: int, month: int, chapter: str, column: str) -> int:
        months = [month] if column.endswith("_MO") else range(1, month + 1)
        value = sum(self.value(code, flow, year, each) for each in months)
        if not chapter:
            return value
        part = value // 4
        return value - 2 * part if chapter == CHAPTERS[-1] else part


def write_xlsx(path: Path, rows: list[list[object]], sheet: str = "country") -> Path:
    """A workbook with one sheet, as small as one can be."""
    body = "".join(f"<row>{''.join(_cell(cell) for cell in row)}</row>" for row in rows)
    main, office = "http://schemas.openxmlformats.org", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{main}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{main}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}/spreadsheetml/2006/main" xmlns:r="{office}"><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{main}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return path


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value!r}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def small_knowledge(root: Path) -> Path:
    """A knowledge directory with these partners and an empty record, for the refresh alone (nobody could ask it)."""
    for folder in ("record", "partners"):
        (root / folder).mkdir(parents=True)
    for name in FILE_OF.values():
        shutil.copy(KNOWLEDGE / f"partners/{name}.yaml", root / "partners")
    for name in ("sources.yaml", "record/codes.csv", "record/areas.csv"):
        shutil.copy(KNOWLEDGE / name, root / name)
    (root / "record/vintages.csv").write_text("source,origin\n", encoding="utf-8")
    for name in FILES:
        heading = (KNOWLEDGE / "record" / name).read_text(encoding="utf-8").split("\n", 1)[0]
        (root / "record" / name).write_text(heading + "\n", encoding="utf-8")
    return root


def contents(root: Path) -> dict[str, bytes]:
    """Every file under a directory."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


Fault = Callable[["Handler"], bool]
"""Answers the request itself and returns True, or False to let the Bureau answer."""


class Handler(BaseHTTPRequestHandler):
    """Hands out country.xlsx and the API's answers; `server.faults` are taken first, one per request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        served: Any = self.server
        served.asked.append(self.path)
        fault = served.faults.pop(0) if served.faults else None
        if fault is None or not fault(self):
            self._answer(served.bureau, served.folder)

    def _answer(self, bureau: Bureau, folder: Path) -> None:
        address = urlsplit(self.path)
        if address.path.endswith("country.xlsx"):
            self.send(200, bureau.workbook(folder / "served.xlsx").read_bytes(), {"Last-Modified": "Thu, 05 Nov 2026 13:30:00 GMT"})
            return
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if query.get("key") != KEY:
            self.send(200, b"<html><title>Invalid Key</title><body>A valid key must be included.</body></html>")
            return
        page = bureau.answer(address.path.split("/")[-2], query)
        self.send(204 if page is None else 200, b"" if page is None else json.dumps(page).encode())

    def send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None, length: int | None = None) -> None:
        """An answer; a `length` longer than the body is a connection that breaks off."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        if length is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is http.server's
        """Says nothing."""


@dataclass
class Served:
    """A running server; `asked` are the paths of its requests in order."""

    url: str
    asked: list[str]
    faults: list[Fault | None]

    @property
    def api(self) -> str:
        return f"{self.url}/data/timeseries/intltrade"


@contextmanager
def serve(bureau: Bureau, folder: Path) -> Iterator[Served]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.bureau, server.folder, server.asked, server.faults = bureau, folder, [], []
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_address[1]}", server.asked, server.faults)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
