"""Numerals: bare numbers to bare text, with the rounding every reply shares. Only `voice` and the report of a refresh call these."""

from __future__ import annotations

CARDINALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


def money(millions: float) -> str:
    """USD million to “$178.3 bn”, “$97.0 mn”, “$0.43 mn”, “$43,000”; sums stated in whole billions stay whole."""
    size = abs(millions)
    if size >= 999.95:
        return _billions(size / 1000)
    if size >= 9.95:
        return f"${size:.1f} mn"
    if size >= 0.0995:
        return f"${size:.2f} mn"
    return f"${size * 1e6:,.0f}"


def _billions(size: float) -> str:
    if size >= 1000 and size % 100 == 0:
        return f"${size / 1000:g} tn"
    if size == int(size):
        return f"${size:,.0f} bn"
    return f"${size:,.1f} bn"


def percent(value: float, *, fine: bool = False, stated: bool = False) -> str:
    """“44 %”, below ten “7.2 %”; `fine` keeps a decimal, `stated` the ones a source gave (12.5)."""
    size = abs(value)
    if stated and size and size == round(size, 2):
        return f"{size:g} %"
    if size >= 9.95 and not (fine and size < 100):
        return f"{size:,.0f} %"
    if size >= 0.095 or size == 0:
        return f"{size:.1f} %"
    return f"{size:.2g} %" if size >= 0.001 else "0.0 %"


def ratio(value: float) -> str:
    """“6.4 times”; near one the second decimal is what matters."""
    size = abs(value)
    if size < 2:
        return f"{size:.2f} times"
    return f"{size:.1f} times" if size < 20 else f"{size:,.0f} times"


def cardinal(value: int) -> str:
    return CARDINALS[value] if 0 <= value < len(CARDINALS) else f"{value:,}"


def ordinal(value: int) -> str:
    if 0 < value < len(ORDINALS):
        return ORDINALS[value]
    suffix = "th" if value % 100 in (11, 12, 13) else _SUFFIXES.get(value % 10, "th")
    return f"{value}{suffix}"


def plain_number(value: float) -> str:
    """Any other number as it was stated: “1.2”, “90”, “1,500”."""
    return f"{value:,.10g}"
