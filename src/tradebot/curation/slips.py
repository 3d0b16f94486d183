"""Numbers outside the record that may be a slip: a figure of the newsletter or a tariff rate that jumps tenfold or turns its sign.

(Knowledge, Knowledge) ─▶ numbers by whose they are ─▶ those of both that are far apart ─▶ Doubt, confirmed by typing the number
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tradebot.knowledge.figures import Unit
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_events import Rate
from tradebot.presentation.numerals import money
from tradebot.refresh.doubts import JUMP, Doubt, Kind

_SAID = {Kind.SIGNS: "Another sign", Kind.JUMPS: "A jump"}


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    unit: Unit

    def __str__(self) -> str:
        if self.unit is Unit.MONEY:
            return f"{'−' if self.value < 0 else ''}{money(self.value)}"
        return f"{self.value:g}{' %' if self.unit is Unit.PERCENT else ''}".replace("-", "−")


def slips(old: Knowledge, new: Knowledge) -> Iterator[Doubt]:
    """Each number that both have, and that moved as no revision moves it."""
    for numbers in (_facts, _rates):
        before = numbers(old)
        for name, now in numbers(new).items():
            was = before.get(name)
            if was and was.unit is now.unit and (how := _moved(was.value, now.value)):
                yield Doubt(how, f"{_SAID[how]}: {name}: {was} held, {now} now.", now.value)


def _moved(was: float, now: float) -> Kind | None:
    if was * now < 0:
        return Kind.SIGNS
    small, large = sorted((abs(was), abs(now)))
    return Kind.JUMPS if small and large >= JUMP * small else None


def _facts(known: Knowledge) -> Mapping[str, _Number]:
    figures = {fact.id: fact.figure for fact in known.article.facts}
    return {f"the newsletter's {name}": _Number(figure.value, figure.unit) for name, figure in figures.items() if figure}


def _rates(known: Knowledge) -> Mapping[str, _Number]:
    rates: dict[str, Rate] = {f"tariff event {name}": event.rate for name, event in known.tariffs.by_id.items()}
    for name, terms in known.tariffs.terms.items():
        rates |= {f"tariff event {name}, term {place}": term.rate for place, term in enumerate(terms, start=1)}
    return {name: _Number(rate.high, Unit.PERCENT) for name, rate in rates.items() if rate.high is not None}
