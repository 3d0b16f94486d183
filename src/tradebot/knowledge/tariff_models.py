"""What the files under knowledge/tariffs hold: pydantic models of the YAML files, frozen values of the CSV rows.

events.csv ─ TariffEvent (whom it binds: Scope)     terms.csv ─ Term      effective_rate.csv ─ DayRate
families.yaml · authorities.yaml · products.yaml · exemptions.yaml · record.yaml · expectations.yaml ─ models
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

_STRICT = ConfigDict(extra="forbid", frozen=True)


class Role(StrEnum):
    """What an event does: only a duty or a quota is charged on goods, the others change or announce one."""

    DUTY = "duty"
    QUOTA = "quota"
    CHANGE = "change"
    EXEMPT = "exempt"
    PAUSE = "pause"
    END = "end"
    RULE = "rule"
    UMBRELLA = "umbrella"
    THREAT = "threat"
    PROBE = "probe"
    PROPOSAL = "proposal"
    DEAL = "deal"
    RULING = "ruling"
    HEARING = "hearing"
    REVIEW = "review"


class Status(StrEnum):
    """The kind of step, as the documents have it."""

    IN_EFFECT = "in_effect"
    ANNOUNCED = "announced"
    PAUSED = "paused"
    MODIFIED = "modified"
    REVOKED = "revoked"
    DEAL = "deal"
    INVESTIGATION = "investigation"
    COURT = "court"
    COURT_STAYED = "court_stayed"
    COURT_FINAL = "court_final"
    PROPOSED = "proposed"
    EXPIRED = "expired"
    EXEMPTED = "exempted"


class How(StrEnum):
    """How an event ended."""

    STRUCK_DOWN = "struck_down"
    EXPIRED = "expired"
    REPLACED = "replaced"
    RAISED = "raised"
    LOWERED = "lowered"
    REMOVED = "removed"
    SUSPENDED = "suspended"
    POSTPONED = "postponed"
    OVERTAKEN = "overtaken"
    CONCLUDED = "concluded"
    CONTINUED = "continued"


class Started(StrEnum):
    """Whether a duty was ever charged."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom an event binds: partner and group ids by name, or everybody `without` some."""

    everybody: bool = False
    named: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    def bond(self, area: frozenset[str]) -> str:
        """“named”, “all” or “” for a partner given as its own id and those of its groups."""
        if self.named & area:
            return "named"
        return "all" if self.everybody and not self.without & area else ""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as it is said, and in per cent as bounds (equal for a single one, None where it is not a percentage)."""

    text: str = ""
    low: float | None = None
    high: float | None = None
    all_in: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """What differs for some partners or products within an event that covers more: another rate, start or end."""

    event: str
    scope: Scope
    products: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    ended_by: str
    how: How | None
    rate: Rate
    note: str = ""


@dataclass(frozen=True, slots=True)
class TariffEvent:
    """One row of events.csv. `end` is the first day on which it no longer held, `ends` that or what its successor says."""

    id: str
    announced: dt.date | None
    effective: dt.date | None
    end: dt.date | None
    scope: Scope
    products: tuple[str, ...]
    authorities: tuple[str, ...]
    family: str
    role: Role
    status: Status
    rate: Rate
    measure: str
    exempt: tuple[str, ...]
    adds_to: str
    ended_by: str
    how: How | None
    started: Started
    confidence: str
    title: str
    url: str
    note: str
    line: int = 0
    ends: dt.date | None = None

    @property
    def known(self) -> dt.date | None:
        """The day from which the public knew of it."""
        return self.announced or self.effective

    @property
    def charged(self) -> bool:
        """Whether it is the kind of event that is charged on goods."""
        return self.role in (Role.DUTY, Role.QUOTA)


@dataclass(frozen=True, slots=True)
class DayRate:
    """The average effective rate of one day in per cent, and its parts by authority (column name → per cent)."""

    day: dt.date
    overall: float
    parts: tuple[tuple[str, float], ...]


class Family(BaseModel):
    """Measures that follow one another: at most one duty of a family is charged on a partner's goods at a time."""

    model_config = _STRICT
    id: str
    label: str
    goods: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.label


class Authority(BaseModel):
    """A law that duties rest on."""

    model_config = _STRICT
    id: str
    name: str
    law: str
    aliases: tuple[str, ...] = ()
    about: str = ""
    outcome: str = ""


class Product(BaseModel):
    """Goods that a measure can name; `own` is false where none does, `tied` where it only names a secondary measure."""

    model_config = _STRICT
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    own: bool = True
    tied: bool = False


class Exemption(BaseModel):
    """What an entry of the column `exempt` means; `against`: a remark that something is not spared."""

    model_config = _STRICT
    id: str
    text: str
    partners: tuple[str, ...] = ()
    against: bool = False


class Unsettled(BaseModel):
    """Something that the sources leave open."""

    model_config = _STRICT
    id: str
    text: str
    partners: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


class NewsletterNote(BaseModel):
    """What the newsletter said about a partner's tariffs and what became of it."""

    model_config = _STRICT
    id: str
    partners: tuple[str, ...]
    text: str


class Expectation(BaseModel):
    """What must come out for a day: the rate of a family (`rates`: family → highest per cent), or what is not in force.

    `partner` with `bloc` (its customs union) or nobody for everybody; `none` names authorities of which no duty may be in
    force; `states` are event ids and the state they must have; `known_on` is the day of the other clock.
    """

    model_config = _STRICT
    on: dt.date
    known_on: dt.date | None = None
    partner: str = ""
    bloc: str = ""
    rates: dict[str, float] = {}
    exempt: dict[str, tuple[str, ...]] = {}
    absent: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    states: dict[str, str] = {}
    why: str = ""


class FamilyFile(BaseModel):
    model_config = _STRICT
    families: tuple[Family, ...]


class AuthorityFile(BaseModel):
    model_config = _STRICT
    authorities: tuple[Authority, ...]


class ProductFile(BaseModel):
    model_config = _STRICT
    products: tuple[Product, ...]


class ExemptionFile(BaseModel):
    model_config = _STRICT
    exemptions: tuple[Exemption, ...]


class ExpectationFile(BaseModel):
    model_config = _STRICT
    expectations: tuple[Expectation, ...]


class RecordFile(BaseModel):
    """record.yaml: how far the record goes, what is open, what the newsletter said."""

    model_config = _STRICT
    source: str
    rate_source: str
    reviewed: dt.date
    first: dt.date
    thin_before: dt.date
    ordinary: str
    ordinary_all_in: str
    reach: str
    unsettled: tuple[Unsettled, ...]
    newsletter: tuple[NewsletterNote, ...]
