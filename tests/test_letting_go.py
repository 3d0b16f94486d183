"""What nobody uses any more leaves the memory, although what is loaded is kept from the garbage collector."""

from __future__ import annotations

import datetime as dt
import gc
import shutil
import weakref
from pathlib import Path

from tradebot.desk import Desk
from tradebot.edition import Edition
from tradebot.knowledge.paths import knowledge_dir, templates_beside

NORWAY = "partners/norway.yaml"


class Circle:
    """Refers to itself, as the errors and connections of a bot do."""

    def __init__(self) -> None:
        self.itself = self


def test_an_edition_goes_with_its_last_reference(tmp_path: Path) -> None:
    root = Path(shutil.copytree(knowledge_dir(), tmp_path / "knowledge"))
    shutil.copytree(templates_beside(knowledge_dir()), tmp_path / "templates")
    desk = Desk(Edition.open(root))
    desk.ask("deficit with vietnam", today=dt.date(2026, 8, 22))
    assert desk.suggest("viet")
    edition = desk.edition
    own = [weakref.ref(part) for part in (edition, edition._reader, edition._reader.chooser)]
    shared = weakref.ref(edition._reader.marker)
    del edition
    gc.disable()
    try:
        desk.swap(Edition.open(root))
        assert [part() for part in own] == [None] * len(own)
        assert shared() is desk.edition._reader.marker, "nothing was saved"
        text = (root / NORWAY).read_text(encoding="utf-8")
        (root / NORWAY).write_text(text.replace("aliases: [", "aliases: [Fjordland, "), encoding="utf-8")
        desk.swap(Edition.open(root))
        assert shared() is None, "made of other names"
    finally:
        gc.enable()


def test_rubbish_does_not_stay_because_a_revision_was_loaded() -> None:
    Edition.open()
    rubbish = weakref.ref(Circle())
    Edition.open()
    assert rubbish() is None
