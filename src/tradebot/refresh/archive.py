"""A workbook as a file, before anything reads its cells: whole, no larger than it may be, and no bomb.

An .xlsx is a zip of XML. Its reader makes room for every cell between the first and the last, so one cell far away
is enough to use up all memory: cells outside the Bureau's columns and rows are refused unread.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from tradebot.knowledge.limits import MAX_MEMBERS, MAX_UNPACKED, MAX_WORKBOOK_BYTES
from tradebot.refresh.faults import RefreshError, TemporaryError

# Any place that is not a plain column up to BZ with a row below 30,000; country.xlsx has 30 columns and 9,000 rows.
_FAR_AWAY = re.compile(rb"""\sr\s*=\s*["'](?!(?:[AB]?[A-Z])?(?:[1-9]\d{0,3}|[12]\d{4})["'])""")


def check_archive(path: Path) -> None:
    """Raises RefreshError when the file is no .xlsx that can be read safely, TemporaryError when it is only part of one."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise RefreshError(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error
    if not start.startswith(b"PK"):
        hint = " It is a web page." if start.lstrip().startswith(b"<") else ""
        raise RefreshError(f"{path.name} is not an Excel workbook (.xlsx).{hint} The Bureau's file is called country.xlsx.")
    if size > MAX_WORKBOOK_BYTES:
        raise RefreshError(f"{path.name} is larger than {MAX_WORKBOOK_BYTES // 1_000_000} MB; that is not the Bureau's file.")
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(path.name, archive)
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise TemporaryError(f"{path.name} is incomplete: the end of the workbook is missing. Download it anew.") from error
    except (NotImplementedError, RuntimeError) as error:  # packed in another way, or encrypted
        raise RefreshError(f"{path.name} cannot be unpacked ({error}). Download it anew.") from error


def _check_members(name: str, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise RefreshError(f"{name} holds {len(members):,} files; that is not the Bureau's file.")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise RefreshError(f"{name} would unpack to more than {MAX_UNPACKED // 1_000_000} MB; that is not the Bureau's file.")
    if "xl/workbook.xml" not in archive.namelist():
        raise RefreshError(f"{name} is not an Excel workbook (.xlsx). The Bureau's file is called country.xlsx.")
    if damaged := archive.testzip():
        raise TemporaryError(f"{name} is damaged ({damaged} does not have the checksum it should). Download it anew.")
    for member in members:
        if member.filename.startswith("xl/worksheets/") and _FAR_AWAY.search(archive.read(member)):
            raise RefreshError(f"{name} has cells far outside the Bureau's columns and rows; that is not the Bureau's file.")
