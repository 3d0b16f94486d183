"""Presidencies: the years of presidents, by the ways people name them.

presidents {obama: 2009/2012, 2013/2016} × terms {left: “when {} left office”} ─▶ {“when obama left office”: 2016}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tradebot.knowledge.periods import Period
from tradebot.knowledge.words import Words

_PLACES = (
    "",
    "and ",
    "and under ",
    "or under ",
    "vs ",
    "vs under ",
    "than under ",
    "in ",
    "during ",
    "under ",
    "in the ",
    "during the ",
    "the ",
)
"""What may stand before a single term (“in Obama's second term”)."""


_HIS = re.compile(r"(?:\b(?:his|her)\s+|^(?:and |the )*)(?P<term>(?:first|second)\s+term)\b", re.IGNORECASE)
_OTHER = re.compile(r"(?:(?:and|what about|how about)\s+)?(?P<name>[a-z .]+?)\s*\??")


def named(words: Words) -> Mapping[str, Period]:
    """Every way of naming a president's years, with the whole years meant."""
    return {
        phrase.format(name): period
        for name, said in words.presidents.items()
        for form, period in _forms([_years(each) for each in said])
        for phrase in _phrases(words, form)
    }


def in_full(message: str, said: str, words: Words) -> str:
    """A message with the president named of whom the period before, as it was `said`, speaks.

    After “under Biden”, “his first term” is Biden's, and “and Trump?” asks for the years under him.
    """
    spoken = f" {said.lower()} "
    name = next((each for each in sorted(words.presidents, key=len, reverse=True) if f" {each} " in spoken.replace("'s ", " ")), "")
    if not name:
        return message
    other = _OTHER.fullmatch(message.strip().lower())
    if other and other["name"].removeprefix("under ") in words.presidents:
        return f"under {other['name'].removeprefix('under ')}"
    return _HIS.sub(lambda match: f"{name}'s {match['term']}", message)


def _years(said: str) -> Period:
    first, last = said.split("/")
    return Period.years(int(first), int(last))


def _forms(terms: Sequence[Period]) -> Iterator[tuple[str, Period]]:
    """What each form of the name stands for; the year of “when … took office” is the first of the span, “before …” the one before it."""
    start = next((at for at in range(len(terms) - 1, 0, -1) if terms[at - 1].last + 1 != terms[at].first), 0)
    whole = Period(terms[start].first, terms[-1].last)
    first, last = Period.year(whole.first_year), Period.year(whole.last_year)
    yield from (("whole", whole), ("began", first), ("left", last), ("before", first.before))
    for form, term in zip(("first", "second"), terms, strict=False):
        yield form, term
        yield f"before {form}", Period.year(term.first_year - 1)


def _phrases(words: Words, form: str) -> Iterator[str]:
    """The phrases of a form; those of a single term with and without what stands before it."""
    before, _, single = form.rpartition(" ")
    for phrase in words.terms.get(single, ()):
        if single not in ("first", "second"):
            yield phrase
        else:
            yield from (f"{place}{phrase}" for place in ((f"{before} ", f"{before} the ") if before else _PLACES))
