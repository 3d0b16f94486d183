"""Templates: no number but through a filter, no variable that is not there, tidy text."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from tradebot.answer import Answer, Table
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.paths import knowledge_dir, templates_beside
from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import Problems
from tradebot.presentation import card as cards
from tradebot.presentation import plain
from tradebot.presentation.render import Rendered, Renderer, read_templates, tidy, unbacked
from tradebot.presentation.sandbox import RenderError
from tradebot.presentation.voice import Spoken
from tradebot.query import Query

TEMPLATES = templates_beside(knowledge_dir())
DEFICIT = Figure("VN", "balance", Period.year(2025), -178254.3)
SURPLUS = Figure("NL", "balance", Period.year(2025), 58979.0)


def render(source: str, **facts: object) -> Rendered:
    return Renderer({"page.j2": source}, {}).render_template("page", facts)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.j2")), ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_digit_stands_in_the_text_of_a_template(path: Path) -> None:
    tokens = Environment(autoescape=True).lex(path.read_text(encoding="utf-8"))
    literal = [
        (line, text) for line, kind, text in tokens if kind == "data" or (kind == "string" and not text.strip("\"'").endswith(".j2"))
    ]
    assert [(line, text) for line, text in literal if any(char.isdigit() for char in text)] == []


@pytest.mark.parametrize(
    "source", ["{{ number }}", "{{ figure }}", "{{ figure.value }}", "{{ figure.period }}", "{{ none }}", "{{ true }}"]
)
def test_a_bare_value_is_refused(source: str) -> None:
    with pytest.raises(RenderError, match="must go through a filter"):
        render(source, number=3, figure=DEFICIT)


@pytest.mark.parametrize(
    "source", ["{{ absent }}", "{{ figure.absent }}", "{{ ''.__class__ }}", "{% include 'other' %}", "{{ figure|money"]
)
def test_a_broken_or_hostile_template_is_one_error_that_names_it(source: str) -> None:
    with pytest.raises(RenderError, match=r"templates/page\.j2: "):
        render(source, figure=DEFICIT)


def test_a_number_that_slips_past_the_filters_is_found() -> None:
    honest = render("{{ figure|money }} in {{ figure.period|when }}", figure=DEFICIT)
    assert unbacked(honest.text, honest.spoken) == []
    sly = render("{{ figure|money }} and {{ figure.value ~ '' }}", figure=DEFICIT)
    assert unbacked(sly.text, sly.spoken) == ["-178254.3"]


def test_a_word_at_the_head_of_a_sentence_is_still_backed() -> None:
    assert unbacked("The EU-27 has it", (Spoken("the EU-27", "the EU-27"),)) == []


def test_tidy_keeps_the_headline_joins_lines_and_lists_bullets() -> None:
    raw = "\n  Head .  \nfirst\nline\n\n\n- one\n- two\nlast  words"
    assert tidy(raw) == "Head.\n\nfirst line\n\n- one\n- two last words"
    assert (
        tidy("Head.\n\nIt rose.It fell by 4 %.Then in the U.S. nothing.") == "Head.\n\nIt rose. It fell by 4 %. Then in the U.S. nothing."
    )


def answer(table: Table) -> Answer:
    return Answer(Query("x"), "page", {"figure": DEFICIT}, table=table, read_as="goods deficit, 2025", suggestions=("imports",))


def test_a_table_tells_the_side_of_a_balance_once_or_in_the_cell() -> None:
    renderer = Renderer({"page.j2": "{{ figure|money }}."}, {})
    rows = (("Vietnam", DEFICIT), ("Netherlands", SURPLUS), ("Nowhere", None))
    told = cards.build(answer(Table(("Partner", "2025"), rows, title="US goods deficit")), renderer, {})
    assert told.sheet is not None
    assert [row[1] for row in told.sheet.rows] == ["$178.3 bn", "$59.0 bn surplus", "–"]
    untold = cards.build(answer(Table(("Partner", "2025"), rows, title="US goods balance")), renderer, {})
    assert untold.sheet is not None
    assert untold.sheet.rows[0][1] == "$178.3 bn deficit"


def test_plain_text_fits_a_phone_and_cuts_nothing() -> None:
    renderer = Renderer({"page.j2": "{{ figure|money }}."}, {})
    long_name = "electrical machinery and electronic equipment"
    card = cards.build(answer(Table(("HS chapter", "2025"), ((long_name, DEFICIT),), title="Imports")), renderer, {}, ("r1",))
    text = plain.text(card, suggestions=True)
    assert text.splitlines()[0] == "$178.3 bn."
    assert card.sheet is not None
    lines = plain.sheet_text(card.sheet).splitlines()
    assert max(map(len, lines)) <= plain.PHONE_WIDTH
    assert " ".join(" ".join(line.split("  ")[0] for line in lines[2:]).split()) == long_name
    assert text.endswith("r1\n\nAsk next: “imports”")
    assert unbacked(text, card.spoken) == ["r1"]


def test_every_template_compiles() -> None:
    assert list(Renderer(read_templates(TEMPLATES, Problems()), {}).mistakes()) == []
