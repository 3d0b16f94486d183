"""Form: a card's amounts, percentages, decimals and days as a reader of another language writes them.

    Card ─▶ Form("de").card ─▶ the same Card: “$1,234.6 bn” → “1.234,6 bn $” · “9.3 %” → “9,3 %” · “4 Jul 2026” → “04.07.2026”

A finished card is rewritten, so that English costs nothing and one reply can be shown in several forms. Words stay English,
names of months in periods among them, and so do the suggestions, which are asked again as they stand.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from tradebot.knowledge.periods import MONTHS
from tradebot.presentation.card import Card, Sheet
from tradebot.presentation.voice import Spoken

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONTH = "|".join((*MONTHS, *(month[:3] for month in MONTHS)))
_TOKEN = re.compile(
    rf"(?<![\w.,])(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH}) (?P<year>\d{{4}})"
    rf"|\$(?P<money>{_NUMBER})(?P<unit> (?:bn|mn|tn|million|billion|trillion)\b)?"
    rf"|(?P<percent>{_NUMBER}) ?%"
    rf"|(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}\.\d+))(?!\w|[.,]\d)"
)
"""Numbers as `voice` says them. A year, a count and a code of four digits and a point (8471.30) stay as they are."""

_DIGITS = re.compile(r"[#0][#0,.]*")


class Form:
    """The number form of one locale."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self._money = _around(str(locale.currency_formats["standard"].pattern))
        self._percent = _around(str(locale.percent_formats[None].pattern))

    def card(self, card: Card) -> Card:
        """The card with everything on it in this form, and what backs it."""
        return replace(
            card,
            headline=self.text(card.headline),
            body=tuple(map(self.text, card.body)),
            sheet=self._sheet(card.sheet) if card.sheet else None,
            read_as=self.text(card.read_as),
            foot=tuple(map(self.text, card.foot)),
            spoken=tuple(Spoken(self.text(said.text), said.backing) for said in card.spoken),
        )

    def text(self, text: str) -> str:
        return _TOKEN.sub(self._token, text)

    def _sheet(self, sheet: Sheet) -> Sheet:
        return replace(
            sheet,
            title=self.text(sheet.title),
            columns=tuple(map(self.text, sheet.columns)),
            rows=tuple(tuple(map(self.text, row)) for row in sheet.rows),
        )

    def _token(self, match: re.Match[str]) -> str:
        if match["day"]:
            return self._day(int(match["day"]), match["month"], int(match["year"])) or match[0]
        if match["money"]:
            before, after = self._money
            return f"{before.replace('¤', '$')}{self._number(match['money'])}{match['unit'] or ''}{after.replace('¤', '$')}"
        if match["percent"]:
            before, after = self._percent
            return f"{before}{self._number(match['percent'])}{after}"
        return self._number(match["number"])

    def _day(self, day: int, month: str, year: int) -> str:
        """Empty for a day that there is not."""
        number = next(at for at, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))
        try:
            return format_date(dt.date(year, number, day), "medium", locale=self.locale)
        except ValueError:
            return ""

    def _number(self, said: str) -> str:
        """With as many decimals as were said."""
        decimals = len(said.partition(".")[2])
        return format_decimal(Decimal(said.replace(",", "")), f"#,##0.{'0' * decimals}" if decimals else "#,##0", self.locale)


def _around(pattern: str) -> tuple[str, str]:
    """What a pattern has before and after its digits."""
    before, after = _DIGITS.split(pattern.partition(";")[0], maxsplit=1)
    return before, after


@lru_cache(maxsize=64)
def form(locale: str | None) -> Form | None:
    """The form of a locale as Discord or a person names it (“de”, “pt-BR”); None for English, and where it is unknown."""
    name = (locale or "en").replace("-", "_")
    if name.partition("_")[0] == "en":  # for which not even the tables of locales need be read
        return None
    try:
        found = Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return None
    return None if found.language == "en" else Form(found)
