"""Standing: partners in order of size, and the place of one among them.

Only countries and territories stand in an order; organisations, unidentified and former countries do not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tradebot.answering.figures.areas import RANKED_KINDS
from tradebot.answering.figures.arithmetic import too_close
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric

FEW_HELD = 0.5
"""A period for which fewer than half the year's partners are held is a ranking of those only, and says so."""


@dataclass(frozen=True)
class Standing:
    """Figures of one measure and period, largest first; for balances only one side of zero."""

    metric: Metric
    period: Period
    sign: str
    places: tuple[Figure, ...]

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Where in `places` each partner stands."""
        return {figure.partner: index for index, figure in enumerate(self.places)}

    def place(self, partner: str) -> int | None:
        """1 for the largest; partners of equal size share a place."""
        at = self.index.get(partner)
        if at is None:
            return None
        while at and abs(self.places[at - 1].value) == abs(self.places[at].value):
            at -= 1
        return at + 1

    def figure(self, partner: str) -> Figure | None:
        at = self.index.get(partner)
        return None if at is None else self.places[at]

    def rank(self, partner: str) -> Figure | None:
        """The place as a figure, counted among all that stand here."""
        place, found = self.place(partner), self.figure(partner)
        return None if place is None or found is None else _rank(found, place, len(self.places), self.metric, self.sign)

    def could_swap(self, partner: str) -> bool:
        """Whether rounding could change the place of a partner."""
        at = self.index.get(partner)
        if at is None:
            return False
        beside = self.places[max(0, at - 1) : at + 2]
        return any(too_close(one, other) for one, other in pairwise(beside))

    def close_pairs(self, shown: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Neighbours, at least one of them shown, that rounding could swap."""
        pairs = zip(self.places, self.places[1:], strict=False)
        return tuple(
            (one.partner, other.partner) for one, other in pairs if {one.partner, other.partner} & set(shown) and too_close(one, other)
        )


def standing(
    knowledge: Knowledge, metric: Metric, period: Period, sign: str = "", pool: Collection[str] | None = None, exclude: Collection[str] = ()
) -> Standing:
    """The order of all partners, or of those in a pool, without the excluded ones. Nothing traded has no place."""
    everyone = knowledge.remember(_of_everyone, metric, period, sign)
    if pool is None and not exclude:
        return everyone
    placed = [each for each in everyone.places if each.partner not in exclude and (pool is None or each.partner in pool)]
    return Standing(everyone.metric, everyone.period, everyone.sign, tuple(placed))


def rank_in(
    knowledge: Knowledge, metric: Metric, year: Period, sign: str, partner: str, pool: Collection[str] | None, exclude: Collection[str]
) -> Figure | None:
    """As `standing(…).rank(partner)`, for a year whose other figures nobody asks for: forty years of them take a while to make."""
    among = sizes(knowledge, metric, year, sign, pool, exclude)
    own, found = among.get(partner), knowledge.record.value(partner, metric, year)
    if own is None or found is None:
        return None
    return _rank(found, 1 + sum(size > own for size in among.values()), len(among), metric, sign if metric is Metric.BALANCE else "")


def sizes(
    knowledge: Knowledge, metric: Metric, year: Period, sign: str, pool: Collection[str] | None = None, exclude: Collection[str] = ()
) -> Mapping[str, float]:
    """How large each one's figure of a year is that would have a place in its order, USD million, without making the figures."""
    deficits = metric is Metric.BALANCE and sign == "deficit"
    return {
        area: abs(size)
        for area, size in knowledge.remember(_sizes, metric, year).items()
        if (size < 0 if deficits else size > 0) and area not in exclude and (pool is None or area in pool)
    }


def _rank(found: Figure, place: int, among: int, metric: Metric, sign: str) -> Figure:
    what = f"{sign} " if sign else ""
    return place_figure(found, place, f"place among {among} partners by {what}{metric}", sign or metric)


def place_figure(found: Figure, place: int, formula: str, among: str) -> Figure:
    """The place of a figure as a figure; `among` names the order it stands in."""
    return Figure(
        partner=found.partner,
        metric="rank",
        period=found.period,
        value=float(place),
        unit=Unit.RANK,
        derived_from=(found,),
        formula=formula,
        named=f"{found.partner}.rank.{among}.{found.period.id if found.period else ''}",
    )


def _sizes(knowledge: Knowledge, metric: Metric, year: Period) -> Mapping[str, float]:
    """The numbers of those that stand in orders."""
    partners = knowledge.partners
    return {area: size for area, size in knowledge.record.sizes(metric, year).items() if partners[area].kind in RANKED_KINDS}


def _of_everyone(knowledge: Knowledge, metric: Metric, period: Period, sign: str) -> Standing:
    deficits = metric is Metric.BALANCE and sign == "deficit"
    ranked = knowledge.record.ranking(metric, period)
    places = [figure for figure in reversed(ranked) if figure.value < 0] if deficits else [figure for figure in ranked if figure.value > 0]
    partners = knowledge.partners
    placed = tuple([figure for figure in places if (found := partners.get(figure.partner)) and found.kind in RANKED_KINDS])
    return Standing(metric, period, sign if metric is Metric.BALANCE else "", placed)


def only_some_held(knowledge: Knowledge, period: Period) -> int:
    """How many partners a period has, where that is far fewer than its year; 0 where it is (nearly) all."""
    latest = knowledge.record.latest_year
    year = Period.year(min(period.last_year, latest.first_year))
    held = len(knowledge.record.ranking(Metric.IMPORTS, period))
    return held if held < FEW_HELD * len(knowledge.record.ranking(Metric.IMPORTS, year)) else 0
