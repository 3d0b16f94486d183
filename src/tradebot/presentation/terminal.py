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


def show(card: Card, console: Console, plainly: bool = False) -> None:
    """Prints a card; plain text when asked for or when nobody is looking at a screen."""
    if plainly or not console.is_terminal:
        console.print(Text(plain.text(card, suggestions=True)), soft_wrap=True)
        return
    console.print(Text(card.headline, style="bold"))
    for paragraph in card.body:
        console.print(Padding(Text(paragraph), (1, 0, 0, 0)))
    if card.sheet:
        console.print(Padding(_table(card.sheet), (1, 0, 0, 2)))
    if len(card.series) > 2:
        console.print(Padding(Text(spark_line(card.series), style="cyan"), (1, 0, 0, 2)))
    _small_print(card, console)


def spark_line(series: Sequence[Figure]) -> str:
    """“2015 ▁▂▅█ 2025”: sizes between zero and the largest, first and last period at the ends."""
    sizes = [abs(figure.value) for figure in series]
    highest = max(sizes) or 1.0
    bars = "".join(_LEVELS[min(len(_LEVELS) - 1, int(size / highest * len(_LEVELS)))] for size in sizes)
    first, last = (figure.period.label if figure.period else "" for figure in (series[0], series[-1]))
    return f"{first} {bars} {last}"


def _table(sheet: Sheet) -> RichTable:
    table = RichTable(title=sheet.title or None, title_justify="left", title_style="italic", box=None, pad_edge=False)
    for heading, right in zip(sheet.columns, sheet.numeric, strict=True):
        table.add_column(Text(heading, style="dim"), justify="right" if right else "left", no_wrap=right)
    for row in sheet.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _small_print(card: Card, console: Console) -> None:
    if card.read_as:
        console.print(Padding(Text(f"Read as: {card.read_as}.", style="italic dim"), (1, 0, 0, 0)))
    if card.foot:
        console.print(Text(plain.SEPARATOR.join(card.foot), style="dim"))
    if card.suggestions:
        asks = Text("Ask next: ", style="dim")
        asks.append(plain.SEPARATOR.join(f"“{each}”" for each in card.suggestions), style="cyan")
        console.print(Padding(asks, _INDENT) if not card.foot else asks)
