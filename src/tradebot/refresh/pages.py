"""Answers of the API that have arrived, kept in a cache directory until the refresh is done, so that one that was
interrupted goes on where it stopped. After twelve hours they are not used any more: a new release may have come."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

KEPT = 12 * 3600
"""Seconds that a page is good for."""
Page = list[list[str | None]]


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages by name (`imports-2024-12`) in one directory per API address."""

    folder: Path

    @classmethod
    def of(cls, cache: Path, address: str) -> Pages:
        """The pages of an address under the cache directory, without those that are too old."""
        pages = cls(cache / "refresh" / hashlib.sha256(address.encode()).hexdigest()[:16])
        pages.folder.mkdir(parents=True, exist_ok=True)
        for path in pages.folder.iterdir():
            if time.time() - path.stat().st_mtime > KEPT or path.suffix != ".json":
                path.unlink(missing_ok=True)
        return pages

    def __len__(self) -> int:
        return sum(1 for _ in self.folder.glob("*.json"))

    def get(self, name: str) -> Page | None:
        try:
            found: Page = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found

    def keep(self, name: str, page: Page) -> None:
        """Keeps a page; a reader sees all of it or nothing."""
        part = self.folder / f"{name}.part"
        part.write_text(json.dumps(page), encoding="utf-8")
        os.replace(part, self.folder / f"{name}.json")  # noqa: PTH105  as everywhere here: one call, one rename

    def forget(self) -> None:
        """The refresh is done."""
        shutil.rmtree(self.folder, ignore_errors=True)
