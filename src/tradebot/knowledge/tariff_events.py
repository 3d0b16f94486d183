"""Events of the tariff record: the rows of events.csv, terms.csv and effective_rate.csv as frozen values.

TariffEvent (whom it binds: Scope; how much: Rate) · Term (what differs for some) · DayRate
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


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
        if not self.named.isdisjoint(area):
            return "named"
        return "all" if self.everybody and self.without.isdisjoint(area) else ""


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
    line: int = field(default=0, compare=False)
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
