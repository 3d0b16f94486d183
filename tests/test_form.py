"""Numbers and days as readers of other languages write them: the same facts, nothing unbacked, English untouched."""

from __future__ import annotations

import re

import pytest

from tradebot import checks
from tradebot.desk import Desk
from tradebot.presentation.card import Card
from tradebot.presentation.form import Form, form
from tradebot.presentation.render import unbacked

LOCALES = ("de", "es-ES", "es-419", "fr", "pt-BR", "ja", "ko", "zh-CN", "zh-TW", "vi", "tr", "hi", "sv-SE", "no")
SHOWN = ("de", "fr", "ja", "vi")
"""Those whose every card is looked at: they differ in points and commas, spaces, days, and where the $ stands."""


def formed(locale: str) -> Form:
    found = form(locale)
    assert found, locale
    return found


@pytest.mark.parametrize(
    ("locale", "english", "said"),
    [
        ("de", "$178.3 bn", "178,3 bn $"),
        ("de", "$1,234.6 bn", "1.234,6 bn $"),
        ("de", "$43,000", "43.000 $"),
        ("de", "up 44 % from $123.5 bn in 2024.", "up 44 % from 123,5 bn $ in 2024."),
        ("de", "9.3 %, 7.2 percentage points, 1.09 times", "9,3 %, 7,2 percentage points, 1,09 times"),
        ("de", "since 24 Jul 2026", "since 24.07.2026"),
        ("de", "record of 1 October 2026", "record of 01.10.2026"),
        ("de", "January–July 2026, Q2 2026, 2018–2021, March 2025", "January–July 2026, Q2 2026, 2018–2021, March 2025"),
        ("de", "code 8471.30, HTS 9903.01.25", "code 8471.30, HTS 9903.01.25"),
        ("de", "Section 301, A-2F4K67, third, 230", "Section 301, A-2F4K67, third, 230"),
        ("de", "31 Feb 2026", "31 Feb 2026"),
        ("fr", "$1,234.6 bn", "1 234,6 bn $"),
        ("fr", "4 Jul 2026", "4 juil. 2026"),
        ("pt-BR", "$178.3 bn", "$ 178,3 bn"),
        ("pt-BR", "9.3 %", "9,3%"),
        ("es-419", "$1,234.6 bn (9.3 %)", "$1,234.6 bn (9.3%)"),
        ("es-ES", "nearly $500 bn", "nearly 500 bn $"),
        ("ja", "$1,234.6 bn on 4 Jul 2026", "$1,234.6 bn on 2026/07/04"),
        ("ko", "9.3 % on 4 Jul 2026", "9.3% on 2026. 7. 4."),
        ("zh-CN", "4 Jul 2026", "2026年7月4日"),
        ("zh-TW", "4 Jul 2026", "2026年7月4日"),
        ("vi", "$1,234.6 bn", "1.234,6 bn $"),
        ("tr", "+44 %", "+%44"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_its_reader_writes_it(locale: str, english: str, said: str) -> None:
    assert re.sub("[\u00a0\u202f]", " ", formed(locale).text(english)) == said


@pytest.mark.parametrize("locale", [None, "", "en", "en-US", "en-GB", "xx", "tlh-QQ", "../etc", "de_" * 50])
def test_english_and_what_is_no_language_are_left_alone(locale: str | None) -> None:
    assert form(locale) is None


def numbers(text: str) -> list[str]:
    """Every number's digits, whatever stands between them."""
    return sorted(re.sub(r"\D", "", found) for found in re.findall(r"\d[\d.,\u00a0\u202f]*\d|\d", text))


def words(card: Card) -> str:
    sheet = [card.sheet.title, *card.sheet.columns, *(cell for row in card.sheet.rows for cell in row)] if card.sheet else []
    return "\n".join([card.headline, *card.body, *sheet, card.read_as, *card.foot[:-2]])


@pytest.mark.parametrize("locale", SHOWN)
def test_every_answer_is_backed_in_every_form_and_suggests_the_same(desk: Desk, locale: str) -> None:
    for test in (test for intent in desk.knowledge.intents for test in intent.tests):
        card = checks.ask(desk, test).card
        shown = formed(locale).card(card)
        assert unbacked(words(shown), shown.spoken) == [], words(shown)
        assert shown.suggestions == card.suggestions


def test_german_has_the_same_digits_in_the_same_order(desk: Desk) -> None:
    without_days = re.compile(r"\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d\d\.\d\d\.\d{4}")
    for test in (test for intent in desk.knowledge.intents for test in intent.tests):
        card = checks.ask(desk, test).card
        before, after = (without_days.sub("", words(each)) for each in (card, formed("de").card(card)))
        assert numbers(before) == numbers(after), card.headline


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_of_discord_that_is_served_has_a_form(locale: str) -> None:
    assert re.sub(r"\D", "", formed(locale).text("$1,234.6 bn")) == "12346"
