"""The tariff record: every event, its families, products and authorities, how far it goes and what it leaves open.

knowledge/tariffs/* ─ load_tariffs ─▶ TariffRecord ─ tariff_clock ─▶ what held on a day, as known on a day
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tradebot.knowledge.tariff_events import DayRate, Rate, TariffEvent, Term
from tradebot.knowledge.tariff_models import Authority, Exemption, Expectation, Family, NewsletterNote, Product, RecordFile, Unsettled


@dataclass(frozen=True, slots=True)
class TariffRecord:
    """All of knowledge/tariffs. `events` stand in the order of the file; ids are unique everywhere."""

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

    @property
    def reviewed(self) -> dt.date:
        """The day up to which the events were looked through."""
        return self.about.reviewed

    @property
    def authorities(self) -> Mapping[str, Authority | Family]:
        """What a question can name as the ground of a duty."""
        return named_authorities(self.laws, self.families)

    def term(self, event: TariffEvent, area: frozenset[str], day: dt.date, product: str = "") -> Term | None:
        """The rate within an event that is another for a partner (an empty area: for all) or a product; the closest fit."""
        fits = [
            term
            for term in self.terms.get(event.id, ())
            if term.rate.text
            and (term.scope.bond(area) or (not area and term.scope.everybody))
            and (not term.products or product in term.products)
            and (term.start is None or term.start <= day)
        ]
        return max(fits, key=lambda term: (bool(term.scope.named), bool(term.products)), default=None)

    def rate(self, event: TariffEvent, area: frozenset[str], day: dt.date, product: str = "") -> Rate:
        """The rate of an event for a partner and product on a day."""
        term = self.term(event, area, day, product)
        return term.rate if term else event.rate

    def early_end(self, event: TariffEvent, area: frozenset[str]) -> Term | None:
        """The end that an event had for a partner alone; for anybody the last of those that together cover all whom it names."""
        ended = [term for term in self.terms.get(event.id, ()) if term.end]
        if area:
            return next((term for term in ended if term.scope.bond(area)), None)
        covered = frozenset[str]().union(*(term.scope.named for term in ended))
        return (
            max(ended, key=lambda term: term.end or dt.date.min) if ended and event.scope.named and event.scope.named <= covered else None
        )

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
