"""Cards in a terminal, and without one."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.presentation import plain, terminal

SERIES = tuple(Figure("CN", "balance", Period.year(2000 + at), -float(at)) for at in range(5))


def shown(desk: Desk, question: str, *, is_terminal: bool, plainly: bool = False, width: int = 80) -> str:
    paper = io.StringIO()
    terminal.show(desk.ask(question, today=TODAY).card, Console(file=paper, force_terminal=is_terminal, width=width), plainly)
    return paper.getvalue()


@pytest.mark.parametrize(("is_terminal", "plainly"), [(False, False), (True, True)])
def test_no_colour_and_no_drawing_where_nobody_looks_or_it_is_asked_for(desk: Desk, is_terminal: bool, plainly: bool) -> None:
    text = shown(desk, "five largest deficits", is_terminal=is_terminal, plainly=plainly)
    assert "\x1b" not in text
    assert "█" not in text
    assert text == plain.text(desk.ask("five largest deficits", today=TODAY).card, suggestions=True) + "\n"


def test_a_ranking_has_bars_and_a_series_a_line(desk: Desk) -> None:
    assert "█" * 16 in shown(desk, "five largest deficits", is_terminal=True)
    assert "2015 ▂" in shown(desk, "deficit with Vietnam since 2015", is_terminal=True)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_figure_of_the_plain_text_is_on_the_screen(desk: Desk, width: int) -> None:
    screen = shown(desk, "top 10 deficits", is_terminal=True, width=width)
    card = desk.ask("top 10 deficits", today=TODAY).card
    assert card.sheet is not None
    assert [cell for row in card.sheet.rows for cell in row if cell not in screen] == []


def test_a_line_of_bars_runs_from_nothing_to_the_largest() -> None:
    assert terminal.spark_line(SERIES) == "2000 ▁▃▅▇█ 2004"


@pytest.mark.parametrize(("size", "drawn"), [(0.0, ""), (0.001, "▏"), (0.5, "█" * 8), (1.0, "█" * 16)])
def test_what_is_not_nothing_has_a_bar(size: float, drawn: str) -> None:
    assert terminal.bar(size) == drawn
