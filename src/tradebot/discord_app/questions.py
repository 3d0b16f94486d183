"""Slash options as the plain question they stand for, so that a command and a sentence get the same answer."""

from __future__ import annotations

PLURALS = {"deficit": "deficits", "surplus": "surpluses"}


def deficit(country: str, period: str | None) -> str:
    return _words("deficit with", country, period)


def country(name: str, period: str | None) -> str:
    return _words(name, period)


def ranking(measure: str, count: int | None, among: str | None, period: str | None) -> str:
    """“top 5 deficits in ASEAN 2018”."""
    number = str(count) if count else None
    return _words("top", number, PLURALS.get(measure, f"partners by {measure}"), among and f"in {among}", period)


def compare(names: list[str], measure: str, period: str | None) -> str:
    """“compare imports from china and mexico 2024”."""
    *first, last = names
    return _words("compare", measure, _preposition(measure), f"{', '.join(first)} and {last}", period)


def trend(name: str | None, measure: str, period: str | None) -> str:
    """“trend of exports to japan since 2015”; the total without a country."""
    return _words("trend of", measure, *((_preposition(measure), name) if name else ()), period)


def tariff(name: str, on: str | None) -> str:
    return _words("tariffs on", name, on and f"on {on}")


def _preposition(measure: str) -> str:
    return {"imports": "from", "exports": "to"}.get(measure, "with")


def _words(*parts: str | None) -> str:
    return " ".join(part.strip() for part in parts if part and part.strip())
