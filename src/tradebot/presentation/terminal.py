"""Terminal: a card drawn with rich, with small charts in text. Without a terminal it is the plain text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from tradebot.knowledge.figures import Figure
from tradebot.presentation import plain
from tradebot.presentation.card import Card, Sheet

_LEVELS = "▁▂▃▄▅▆▇█"
_INDENT = (0, 0, 0, 2)
_PART = (1, 0, 0, 2)
_LONGEST_BAR = 16
_ROOM_FOR_BARS = 64
_LEAST_BAR = 1 / 8


def show(card: Card, console: Console, plainly: bool = False) -> None:
    """Prints a card; plain text when asked for or when nobody is looking at a screen."""
    if plainly or not console.is_terminal:
        console.print(Text(plain.text(card, suggestions=True)), soft_wrap=True)
        return
    console.print(Text(card.headline, style="bold"))
    for paragraph in card.body:
        console.print()
        console.print(Text(paragraph))
    if card.sheet:
        console.print(Padding(Text(card.sheet.title, style="italic"), _PART, expand=False))
        console.print(Padding(_table(card.sheet, console.width >= _ROOM_FOR_BARS), _INDENT, expand=False))
    if len(card.series) > 2:
        console.print(Padding(Text(spark_line(card.series), style="cyan"), _PART, expand=False))
    _small_print(card, console)


def spark_line(series: Sequence[Figure]) -> str:
    """“2015 ▁▂▅█ 2025”: sizes between zero and the largest, first and last period at the ends."""
    sizes = [abs(figure.value) for figure in series]
    highest = max(sizes) or 1.0
    bars = "".join(_LEVELS[min(len(_LEVELS) - 1, int(size / highest * len(_LEVELS)))] for size in sizes)
    first, last = (figure.period.label if figure.period else "" for figure in (series[0], series[-1]))
    return f"{first} {bars} {last}"


def _table(sheet: Sheet, with_bars: bool) -> RichTable:
    table = RichTable(box=None, pad_edge=False)
    for heading, right in zip(sheet.columns, sheet.numeric, strict=True):
        table.add_column(Text(heading, style="dim"), justify="right" if right else "left", no_wrap=right)
    bars = sheet.bars if with_bars and len(sheet.rows) > 1 else ()
    if bars:
        table.add_column("", no_wrap=True)
    for at, row in enumerate(sheet.rows):
        drawn = [Text(bar(bars[at]), style="cyan")] if bars else []
        table.add_row(*(Text(cell) for cell in row), *drawn)
    return table


def bar(size: float) -> str:
    """A bar for a size from nought to one, in eighths of a character; what is not nothing shows."""
    eighths = round(max(size * _LONGEST_BAR, _LEAST_BAR if size else 0.0) * 8)
    whole, part = divmod(eighths, 8)
    return "█" * whole + (" ▏▎▍▌▋▊▉"[part] if part else "")


def _small_print(card: Card, console: Console) -> None:
    if card.read_as:
        console.print()
        console.print(Text(f"Read as: {card.read_as}.", style="italic dim"))
    if card.foot:
        console.print(Text(plain.SEPARATOR.join(card.foot), style="dim"))
    if card.suggestions:
        asks = Text("Ask next: ", style="dim")
        asks.append(plain.SEPARATOR.join(f"“{each}”" for each in card.suggestions), style="cyan")
        console.print(asks)
