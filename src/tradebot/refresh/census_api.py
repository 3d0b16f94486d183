"""The Census International Trade API to a Reading.

    imports/hs?get=CTY_CODE,CTY_NAME,GEN_VAL_MO&YEAR=2024&MONTH=12                           one month, every partner
    imports/hs?get=…,I_COMMODITY,GEN_VAL_YR&YEAR=2024&MONTH=12&COMM_LVL=HS2                  one year by HS chapter

and the same for exports (ALL_VAL_MO, E_COMMODITY, ALL_VAL_YR). Answers are lists of lists of text, headings first, in
whole dollars. A month that is not published yet is HTTP 204; *_YR is a year to date, so it is read in December only.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import httpx
from pydantic import SecretStr

from tradebot.knowledge.periods import Period
from tradebot.knowledge.record_figures import EXPORTS, FLOWS, IMPORTS
from tradebot.refresh.faults import RefreshError, TemporaryError
from tradebot.refresh.pages import Page, Pages
from tradebot.refresh.readings import API, NAN, WORLD_CODES, Numbers, Reading
from tradebot.refresh.web import Patience, Told, new_client, refuse_busy, web_errors

FIRST_YEAR = 2010
SIGN_UP = "https://api.census.gov/data/key_signup.html"
_DOLLARS = 1_000_000
MONTH_VALUE = {IMPORTS: "GEN_VAL_MO", EXPORTS: "ALL_VAL_MO"}
YEAR_VALUE = {IMPORTS: "GEN_VAL_YR", EXPORTS: "ALL_VAL_YR"}
COMMODITY = {IMPORTS: "I_COMMODITY", EXPORTS: "E_COMMODITY"}


@dataclass(frozen=True, slots=True)
class Query:
    """One request. `month` 12 with `chapters` asks for the year by HS chapter."""

    flow: str
    year: int
    month: int
    chapters: bool = False

    @property
    def name(self) -> str:
        return f"{self.flow}-{self.year}-HS2" if self.chapters else f"{self.flow}-{self.year}-{self.month:02d}"

    @property
    def label(self) -> str:
        when = str(self.year) if self.chapters else Period.month(self.year, self.month).label
        return f"{self.flow} of {when}{' by HS chapter' if self.chapters else ''}"

    @property
    def columns(self) -> tuple[str, ...]:
        if self.chapters:
            return ("CTY_CODE", "CTY_NAME", COMMODITY[self.flow], YEAR_VALUE[self.flow])
        return ("CTY_CODE", "CTY_NAME", MONTH_VALUE[self.flow])

    @property
    def parameters(self) -> dict[str, str]:
        level = {"COMM_LVL": "HS2"} if self.chapters else {}
        return {"get": ",".join(self.columns), "YEAR": str(self.year), "MONTH": f"{self.month:02d}", **level}


class _Keyed(httpx.BaseTransport):
    """Adds the key to a request as it leaves, so that no request that anything logs or repeats has it."""

    def __init__(self, key: SecretStr) -> None:
        self._key = key
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url.copy_add_param("key", self._key.get_secret_value())
        return self._inner.handle_request(httpx.Request(request.method, url, headers=request.headers, extensions=request.extensions))

    def close(self) -> None:
        self._inner.close()


@dataclass(frozen=True, slots=True)
class CensusApi:
    """The API at an address, with a key; pages that have arrived are not asked for again."""

    key: SecretStr
    pages: Pages
    address: str
    patience: Patience

    def read(self, since: int, today: dt.date, told: Told, progress: Callable[[str, int, int], None]) -> Reading:
        """Everything published from January of `since` on. `progress` hears what comes next, how many are done and of how many."""
        with new_client(_Keyed(self.key), follow=False) as client:
            fetch = _Fetch(self, client, told, progress, expected=_expected(since, today))
            months = fetch.months(since, today)
            if not months:
                raise RefreshError(f"The API has nothing published from {since} on.")
            last = max(months)
            chapters = {(flow, year): fetch.chapters(flow, year) for year in range(since, (last + 1) // 12) for flow in FLOWS}
        return _reading(months, {key: rows for key, rows in chapters.items() if rows}, last, today)


def _expected(since: int, today: dt.date) -> int:
    months = (today.year - since) * 12 + today.month - 1
    return len(FLOWS) * (months + today.year - since)


Rows = list[tuple[str, str, str, float]]
"""(code, name, chapter or nothing, USD million)"""


@dataclass(slots=True)
class _Fetch:
    api: CensusApi
    client: httpx.Client
    told: Told
    progress: Callable[[str, int, int], None]
    expected: int
    done: int = 0

    def months(self, since: int, today: dt.date) -> dict[int, dict[str, Rows]]:
        """Rows by month and flow, up to the last month that has both."""
        found: dict[int, dict[str, Rows]] = {}
        for month in range(since * 12, today.year * 12 + today.month - 1):
            rows = {flow: self.page(Query(flow, month // 12, month % 12 + 1)) for flow in FLOWS}
            both = {flow: each for flow, each in rows.items() if each and _is_published(each)}
            if len(both) < len(FLOWS):
                break
            found[month] = both
        return found

    def chapters(self, flow: str, year: int) -> Rows:
        return self.page(Query(flow, year, 12, chapters=True)) or []

    def page(self, query: Query) -> Rows | None:
        """The rows of one answer; None where nothing is published."""
        self.progress(query.label, self.done, self.expected)
        page = self.api.pages.get(query.name)
        if page is None:
            page = self.api.patience.keep_trying(lambda: _ask(self.client, self.api.address, query), self.told)
            if page is not None:
                self.api.pages.keep(query.name, page)
        self.done += 1
        return None if page is None else _rows(page, query)


def _is_published(rows: Rows) -> bool:
    """Whether the world, or without a row for it anybody, has more than zero."""
    world = [value for code, _, _, value in rows if code == WORLD_CODES[API]]
    return any(value > 0 for value in world or (value for *_, value in rows))


def _ask(client: httpx.Client, address: str, query: Query) -> Page | None:
    """One request. Raises TemporaryError for what may pass, RefreshError with the API's own text for what will not."""
    host = httpx.URL(address).host or address
    with web_errors(host):
        response = client.get(f"{address}/{query.flow}/hs", params=query.parameters)
    refuse_busy(response, host)
    if response.status_code == 204:
        return None
    text = response.text
    if response.has_redirect_location or text.lstrip().startswith("<"):
        raise RefreshError(
            f"{host} answered with a web page instead of figures: it does not accept the key in CENSUS_API_KEY. "
            f"Check it, or ask for a new one at {SIGN_UP}."
        )
    if response.status_code != 200:
        raise RefreshError(f"{host} refused the question for {query.label} (HTTP {response.status_code}): {_short(text)}")
    return _page(text, query, host)


def _page(text: str, query: Query, host: str) -> Page:
    """The list of lists; anything else did not arrive whole."""
    try:
        page = json.loads(text)
    except ValueError as error:
        raise TemporaryError(f"{host} broke off in the middle of {query.label}.") from error
    if not (isinstance(page, list) and page and all(isinstance(row, list) and len(row) == len(page[0]) for row in page)):
        raise RefreshError(f"{host} answered for {query.label} with something that is no table: {_short(text)}")
    if missing := [name for name in query.columns if name not in page[0]]:
        raise RefreshError(f"{host} answered for {query.label} without the column {', '.join(missing)}.")
    return page


def _rows(page: Page, query: Query) -> Rows:
    at = {str(name): place for place, name in enumerate(page[0])}
    code, name, *commodity, value = (at[column] for column in query.columns)
    return [
        (str(row[code]), row[name] or "", f"HS{row[commodity[0]]}" if commodity else "", _millions(row[value], str(row[code]), query))
        for row in page[1:]
    ]


def _millions(cell: str | None, code: str, query: Query) -> float:
    text = str(cell)
    if not (text.isascii() and text.isdigit()):
        raise RefreshError(f"The API's {query.label} for code {code} is “{text}”, not a whole number of dollars.")
    return int(text) / _DOLLARS


def _short(text: str) -> str:
    return " ".join(text.split())[:200] or "an empty answer"


def _reading(months: Mapping[int, Mapping[str, Rows]], chapters: Mapping[tuple[str, int], Rows], last: int, today: dt.date) -> Reading:
    values: dict[tuple[str, int, str], list[float]] = {}
    names: dict[str, str] = {}
    for month, flows in months.items():
        for code, name, flow, value in _both_flows(flows):
            values.setdefault((code, month // 12, flow), [NAN] * 12)[month % 12] = value
            names[code] = names.get(code) or name
    split: dict[tuple[str, int, str], dict[str, float]] = {}
    for (flow, year), rows in chapters.items():
        for code, name, chapter, value in rows:
            names[code] = names.get(code) or name
            split.setdefault((code, year, flow), {})[chapter] = value
    whole = {key: tuple(row) for key, row in values.items()}
    return Reading(API, last, whole, _years(whole), names, split, today)


def _both_flows(flows: Mapping[str, Rows]) -> Iterator[tuple[str, str, str, float]]:
    """A partner that is named on one side only has nothing on the other."""
    named = {code: name for rows in flows.values() for code, name, _, _ in rows}
    for flow, rows in flows.items():
        held = {code: value for code, _, _, value in rows}
        yield from ((code, name, flow, held.get(code, 0.0)) for code, name in named.items())


def _years(months: Mapping[tuple[str, int, str], Numbers]) -> dict[tuple[str, int], Numbers]:
    """(imports, exports) of each code and year, or of its months so far."""
    return {
        (code, year): tuple(round(math.fsum(value for value in months[code, year, flow] if value == value), 6) for flow in FLOWS)  # noqa: PLR0124
        for code, year, _ in months
    }
