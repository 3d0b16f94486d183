"""Files that people edited in the working tree, taken into a draft, so that they become a revision with a reason."""

from __future__ import annotations

import shutil
from pathlib import Path

from tradebot.curation.draft import Edit
from tradebot.curation.faults import CurationError
from tradebot.curation.repository import Repository


def take(repository: Repository) -> Edit:
    """All of them; the working tree stays as it is."""

    def edit(root: Path) -> str:
        names = repository.edited()
        if not names:
            raise CurationError("No file was edited by hand since the last publish.")
        for name in names:
            there, here = repository.top / name, root.parent / name
            if there.is_file():
                here.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(there, here)
            else:
                here.unlink(missing_ok=True)
        return f"Edited by hand: {', '.join(name.removeprefix('knowledge/') for name in names)}"

    return edit
