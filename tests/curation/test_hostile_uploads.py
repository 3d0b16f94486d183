"""What somebody uploads to break the bot, through the moderators' door: refused and named within a second, and nothing of it stays."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from curation.conftest import ANN
from hostile.test_files import MILLION, WORKBOOKS, YAMLS, bomb, many, within_a_second
from tradebot.curation.draft import Draft
from tradebot.curation.edits.uploads import upload
from tradebot.curation.faults import CurationError
from tradebot.curation.repository import Repository
from tradebot.knowledge.limits import MAX_BYTES, MAX_ROWS
from tradebot.knowledge.problems import KnowledgeError
from tradebot.knowledge.tariffs import EVENT_COLUMNS

TODAY = dt.date(2026, 11, 23)
YEARS = b"area,year,source,code,imports,exports\n"
EVENTS = ",".join(EVENT_COLUMNS).encode() + b"\n"
EVENT = b"E1,,2018-07-06,,CN,,S301,china-301-1,duty,in_effect,25 %,25,25,,x,,,,,,high,c,,\n"


@pytest.fixture(scope="module")
def kept(light: Path, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    draft = Draft(Repository.open(Path(shutil.copytree(light, tmp_path_factory.mktemp("hostile") / "trade", symlinks=True))), ANN)
    with pytest.raises(KnowledgeError):  # the first edit also reads the whole knowledge, which a bot has read at its start
        draft.apply(upload("norway.yaml", b"id: NO\n", TODAY))
    return draft


def _zipped(make: Callable[[Path], None]) -> Callable[[Path], bytes]:
    def made(folder: Path) -> bytes:
        make(folder / "country.xlsx")
        return (folder / "country.xlsx").read_bytes()

    return made


def _yaml(case: str) -> Callable[[Path], bytes]:
    return lambda _: YAMLS[case]().encode()


CASES: dict[str, tuple[str, Callable[[Path], bytes], str]] = {
    **{f"YAML: {case}": ("norway.yaml", _yaml(case), "norway.yaml") for case in YAMLS},
    **{f"workbook: {make.__name__}": ("country.xlsx", _zipped(make), said) for make, said in WORKBOOKS.items() if make in (bomb, many)},
    "50 MB": ("annual.csv", lambda _: b"x" * 50 * MILLION, "annual.csv has 50 MB"),
    "a partner a line": ("annual.csv", lambda _: YEARS + b"".join(b"A%d,2025,a,1,1,1\n" % n for n in range(350_000)), "annual.csv:30001:1"),
    "one line, again and again": ("annual.csv", lambda _: YEARS + b"VN,2025,a,1,1,1\n" * 430_000, "annual.csv:30001:1"),
    "names of nobody": ("names.csv", lambda _: b"partner,language,name\n" + b"XX,de,name\n" * 600_000, "names.csv:10001:1"),
    "one event, again and again": ("events.csv", lambda _: EVENTS + EVENT * (MAX_ROWS - 1), "events.csv:3:1: id: “E1” is given twice"),
    "too many events": ("events.csv", lambda _: EVENTS + EVENT * 90_000, "events.csv:10001:1"),
    "no world": ("annual.csv", lambda _: YEARS + b"VN,2025,a,1,1,1\n", "annual.csv:1:1: imports: WORLD has none"),
    "a template that wants out": ("rank.j2", lambda _: b"{{ ''.__class__.__mro__ }}", "templates/rank.j2:1:1: “__mro__” is not allowed"),
}


@pytest.mark.parametrize("case", CASES)
def test_refused_within_a_second_and_named(kept: Draft, case: str, tmp_path: Path) -> None:
    name, make, said = CASES[case]
    data = make(tmp_path)
    with within_a_second(), pytest.raises((CurationError, KnowledgeError)) as caught:
        kept.apply(upload(name, data[: MAX_BYTES - 1] if said[-1].isdigit() else data, TODAY))
    assert said in str(caught.value)
    assert kept.edits == []
    assert kept.git("status", "--porcelain") == ""
