"""The tariff record: every event, its families, products and authorities, how far it goes and what it leaves open.

knowledge/tariffs/* ─ load_tariffs ─▶ TariffRecord ─ bonds ─▶ what binds a partner ─ tariff_clock ─▶ what held on a day, as known on a day
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar

from tradebot.knowledge.remembering import Remembering
from tradebot.knowledge.tariff_events import DayRate, How, Rate, Role, Started, TariffEvent, Term
from tradebot.knowledge.tariff_models import Authority, Exemption, Expectation, Family, NewsletterNote, Product, RecordFile, Unsettled

_NOT_ALONE = (Role.UMBRELLA, Role.END)
"""Events that stand for others, or only end them."""


@dataclass(frozen=True, slots=True)
class Bond:
    """An event that binds a partner, with all of it that no day changes.

    `own`: it names the partner. `end`, `how` and `ended_by` are the partner's, `told` is the day from which the end was known (None:
    at once). `terms` are other rates within it that can be the partner's, `pauses` what may have put it off.
    """

    event: TariffEvent
    known: dt.date
    own: bool
    end: dt.date | None
    how: How | None
    ended_by: str
    told: dt.date | None
    terms: tuple[Term, ...]
    pauses: tuple[TariffEvent, ...]

    def rate(self, day: dt.date, product: str = "") -> Rate:
        """The partner's rate on a day and a product."""
        term = closest(self.terms, day, product) if self.terms else None
        return term.rate if term else self.event.rate


@dataclass(frozen=True)
class TariffRecord(Remembering):
    """All of knowledge/tariffs. `events` stand in the order of the file; ids are unique everywhere."""

    REMEMBERED: ClassVar[int] = 768
    """What stands for a partner on a day is some 10 KB; the tests of all intents ask for 480 of them."""

    events: tuple[TariffEvent, ...]
    by_id: Mapping[str, TariffEvent]
    families: Mapping[str, Family]
    products: Mapping[str, Product]
    laws: Mapping[str, Authority]
    exemptions: Mapping[str, Exemption]
    terms: Mapping[str, tuple[Term, ...]]
    day_rates: tuple[DayRate, ...]
    expectations: tuple[Expectation, ...]
    about: RecordFile
    _remembered: dict[Hashable, object] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def reviewed(self) -> dt.date:
        """The day up to which the events were looked through."""
        return self.about.reviewed

    @property
    def authorities(self) -> Mapping[str, Authority | Family]:
        """What a question can name as the ground of a duty."""
        return named_authorities(self.laws, self.families)

    def bonds(self, area: frozenset[str]) -> Mapping[str, Bond]:
        """What binds a partner (its id and those of its groups; an empty area: anybody) by event id, in the order of the file."""
        return self.remember(TariffRecord._bonds, area)

    def _bonds(self, area: frozenset[str]) -> Mapping[str, Bond]:
        bonds = (bond for event in self.events if (bond := self._bond(event, area)))
        return MappingProxyType({bond.event.id: bond for bond in bonds})

    def _bond(self, event: TariffEvent, area: frozenset[str]) -> Bond | None:
        bond = event.scope.bond(area) if area else "all"
        if not bond or event.known is None or event.role in _NOT_ALONE:
            return None
        early = self._early_end(event, area)
        end, how, ended_by = (early.end, early.how, early.ended_by) if early else (event.ends, event.how, event.ended_by)
        cause = self.by_id.get(ended_by)
        told = cause.known if cause else None
        return Bond(event, event.known, bond == "named", end, how, ended_by, told, self._terms(event, area), self._pauses(event, area))

    def _terms(self, event: TariffEvent, area: frozenset[str]) -> tuple[Term, ...]:
        """The rates within an event that are others for a partner; an empty area: for all."""
        terms = (term for term in self.terms.get(event.id, ()) if term.rate.text)
        return tuple(term for term in terms if term.scope.bond(area) or (not area and term.scope.everybody))

    def _pauses(self, event: TariffEvent, area: frozenset[str]) -> tuple[TariffEvent, ...]:
        """What can have put off a duty that did not start on its day."""
        if event.started is Started.YES or not event.charged or event.known is None:
            return ()
        whom = (area or event.scope.named) & event.scope.named
        pauses = (each for each in self.events if each.role is Role.PAUSE and each.family == event.family and each.scope.named & whom)
        return tuple(each for each in pauses if each.known and event.known <= each.known)

    def _early_end(self, event: TariffEvent, area: frozenset[str]) -> Term | None:
        """The end that an event had for a partner alone; for anybody the last of those that together cover all whom it names."""
        ended = [term for term in self.terms.get(event.id, ()) if term.end]
        if area:
            return next((term for term in ended if term.scope.bond(area)), None)
        covered = frozenset[str]().union(*(term.scope.named for term in ended))
        whole = ended and event.scope.named and event.scope.named <= covered
        return max(ended, key=lambda term: term.end or dt.date.min) if whole else None

    def rate(self, event: TariffEvent, area: frozenset[str], day: dt.date, product: str = "") -> Rate:
        """The rate of an event for a partner and product on a day."""
        term = closest(self._terms(event, area), day, product)
        return term.rate if term else event.rate

    @cached_property
    def annexed(self) -> frozenset[str]:
        """Ids of the events for which an umbrella event stands: rows of its annex."""
        umbrellas: dict[object, set[str]] = {}
        for each in self.events:
            if each.role is Role.UMBRELLA:
                umbrellas.setdefault((each.family, each.announced), set()).add(each.id)
        return frozenset(each.id for each in self.events if umbrellas.get((each.family, each.announced), set()) - {each.id})

    def covered(self, product: str) -> frozenset[str]:
        """A product and everything it includes or is included in: ids of products.yaml."""
        found = {product}
        found.update(self.products[product].includes if product in self.products else ())
        found.update(each.id for each in self.products.values() if product in each.includes)
        return frozenset(found)

    def on_product(self, product: str) -> Iterator[TariffEvent]:
        """The events that name a product, in the order of the file."""
        wanted = self.covered(product)
        return (event for event in self.events if wanted.intersection(event.products))

    def under(self, authority: str) -> Iterator[TariffEvent]:
        """The events under a law or of a family."""
        return (event for event in self.events if authority in event.authorities or event.family == authority)

    def exemption_texts(self, event: TariffEvent, area: frozenset[str], *, against: bool = False) -> tuple[str, ...]:
        """What an event does not fall on, as far as it matters to a partner (an empty area: to anybody)."""
        found = (self.exemptions[each] for each in event.exempt)
        return tuple(
            each.text for each in found if each.against is against and (not area or not each.partners or area & set(each.partners))
        )

    def unsettled(
        self, *, partners: frozenset[str] = frozenset(), families: frozenset[str] = frozenset(), product: str = ""
    ) -> tuple[Unsettled, ...]:
        """What is open about partners, families or a product."""
        return tuple(
            each
            for each in self.about.unsettled
            if partners.intersection(each.partners) or families.intersection(each.families) or product in each.products
        )

    def newsletter(self, partner: str) -> tuple[NewsletterNote, ...]:
        """What the newsletter said of a partner's tariffs."""
        return tuple(each for each in self.about.newsletter if partner in each.partners)

    def day_rate(self, day: dt.date) -> DayRate | None:
        """The average effective rate of a day, or None outside the series."""
        first = self.day_rates[0].day if self.day_rates else day
        place = (day - first).days
        found = self.day_rates[place] if 0 <= place < len(self.day_rates) else None
        return found if found and found.day == day else None


def named_authorities(laws: Mapping[str, Authority], families: Mapping[str, Family]) -> Mapping[str, Authority | Family]:
    """The laws, and the families that have names of their own."""
    return {**laws, **{each.id: each for each in families.values() if each.aliases}}


def closest(terms: Iterable[Term], day: dt.date, product: str = "") -> Term | None:
    """Of the rates within an event the one that fits a day and a product best."""
    fits = [term for term in terms if (not term.products or product in term.products) and (term.start is None or term.start <= day)]
    return max(fits, key=lambda term: (bool(term.scope.named), bool(term.products)), default=None)
