"""One value of a YAML file changed, everything else as it was: comments, order, quotes.

file ─▶ ruamel.yaml's round trip ─▶ the block changes the document ─▶ file
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from tradebot.curation.faults import CurationError

_WIDE = 1 << 16
"""Lines are never folded: a list of aliases stays on its line."""


@contextmanager
def edited(path: Path) -> Iterator[Any]:
    """The document of a file, to be changed in place; written when the block ends without an error."""
    yaml = _yaml()
    try:
        document = yaml.load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CurationError(f"There is no file {path.name} in {path.parent.name}.") from error
    except YAMLError as error:
        raise CurationError(f"{path.name} cannot be read as YAML; tradebot check says where.") from error
    yield document
    path.write_text(text_of(document), encoding="utf-8")


def text_of(document: object) -> str:
    """A document as the shipped files are laid out."""
    stream = io.StringIO()
    _yaml().dump(document, stream)
    return stream.getvalue()


def append(document: CommentedMap, field: str, value: object, *, before: str = "") -> None:
    """Adds to a list, which is made (ahead of the field `before`, if that is there) where there is none yet."""
    if field not in document:
        at = list(document).index(before) if before in document else len(document)
        document.insert(at, field, in_line([]))
    items: CommentedSeq = document[field]
    items.append(value)
    _keep_gap(items)


def in_line(value: object) -> object:
    """A list or fields on one line: `[a, b]`, `{ask: …}`."""
    if isinstance(value, dict):
        mapping = CommentedMap({key: in_line(each) for key, each in value.items()})
        mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, (list, tuple)):
        items = CommentedSeq([in_line(each) for each in value])
        items.fa.set_flow_style()
        return items
    return value


def _keep_gap(items: CommentedSeq) -> None:
    """A blank line or comment that followed the last item now follows the new one."""
    last = len(items) - 1
    comments = items.ca.items
    if last - 1 in comments and last not in comments and not items.fa.flow_style():
        comments[last] = comments.pop(last - 1)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
