"""Card: one reply as parts, from which plain text, the terminal and Discord are each made.

    Answer ─▶ Renderer ─▶ Card(headline, body, sheet, read_as, foot, suggestions)

Everything on a card is words; the figures behind them stay on the Answer and in `spoken`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from tradebot.answer import Answer, Cell, Table
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.models_sources import Source
from tradebot.presentation.render import Renderer
from tradebot.presentation.voice import Spoken, Voice, listening

SIDES = ("deficit", "surplus")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in words.

    `numeric` says which columns are set to the right; `bars` are the sizes of the first column of figures, the largest
    being one, for a surface that draws them (empty where rows hold no figure).
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    bars: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One reply. `body` holds paragraphs; one that begins with “- ” is a list, an item a line.

    `laid` is for a surface, which keeps there how it laid the card out.
    """

    outcome: str
    headline: str
    body: tuple[str, ...] = ()
    sheet: Sheet | None = None
    series: tuple[Figure, ...] = ()
    read_as: str = ""
    foot: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    laid: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)


def build(answer: Answer, renderer: Renderer, sources: Mapping[str, Source], stamps: Sequence[str] = ()) -> Card:
    """The card of an answer; `stamps` close the foot (revision, answer number). Raises RenderError."""
    rendered = renderer.render(answer)
    headline, *body = rendered.text.split("\n\n")
    with listening() as heard:
        sheet = _sheet(answer.table, renderer.voice) if answer.table else None
        read_as = renderer.voice.prose(answer.read_as) if answer.read_as else ""
        foot = (*_sources(answer, sources, renderer.voice), *stamps)
    return Card(
        outcome=answer.outcome,
        headline=headline,
        body=tuple(body),
        sheet=sheet,
        series=answer.series,
        read_as=read_as,
        foot=foot,
        suggestions=answer.suggestions,
        spoken=(*rendered.spoken, *heard),
    )


def _sheet(table: Table, voice: Voice) -> Sheet:
    rows = tuple(tuple(_cell(cell, voice, _told(table.title, row)) for cell in row) for row in table.rows)
    numeric = tuple(all(not isinstance(row[at], str) for row in table.rows) for at in range(len(table.columns)))
    return Sheet(voice.prose(table.title), tuple(voice.label(each) for each in table.columns), rows, numeric, _bars(table))


def _bars(table: Table) -> tuple[float, ...]:
    found = [next((cell for cell in row if isinstance(cell, Figure) and cell.unit is Unit.MONEY), None) for row in table.rows]
    sizes = [abs(figure.value) for figure in found if figure is not None]
    if len(sizes) < len(found) or not any(sizes):
        return ()
    return tuple(size / max(sizes) for size in sizes)


def _told(title: str, row: tuple[Cell, ...]) -> str:
    """The side of zero that the title or the row's own label names."""
    label = row[0] if isinstance(row[0], str) else ""
    return next((side for side in SIDES if side in title or side == label.lower()), "")


def _cell(cell: Cell, voice: Voice, told: str) -> str:
    """A balance whose side the title does not tell carries the word itself."""
    said = voice.cell(cell)
    if _is_balance(cell) and voice.gap(cell) != told:
        return f"{said} {voice.gap(cell)}"
    return said


def _is_balance(cell: Cell) -> TypeGuard[Figure]:
    return isinstance(cell, Figure) and cell.metric == "balance" and cell.unit is Unit.MONEY and cell.value != 0


def _sources(answer: Answer, sources: Mapping[str, Source], voice: Voice) -> tuple[str, ...]:
    """The sources of every figure and statement once, the newest first."""
    known = [sources[each] for each in answer.source_ids() if each in sources]
    known.sort(key=lambda source: source.as_of or dt.date.min, reverse=True)
    return tuple(_cite(source, voice) for source in known)


def _cite(source: Source, voice: Voice) -> str:
    if source.as_of is None or str(source.as_of.year) in source.short:
        return voice.prose(source.short)
    return f"{voice.prose(source.short)}, {voice.day(source.as_of)}"
