"""The shape of the newsletter's files: its facts, and where it and the record differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from tradebot.knowledge.figures import Hedge
from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.periods import Period

FactUnit = Literal["USD bn", "percent", "rank", "count", "million vehicles", "days"]
_UNIT_OF: Mapping[str, FactUnit] = {
    **dict.fromkeys(("balance", "imports", "exports", "total_trade", "goal"), "USD bn"),
    **dict.fromkeys(("share", "change", "tariff_rate"), "percent"),
    **dict.fromkeys(("rank", "partner_rank", "sector_deficit", "sector_surplus"), "rank"),
    "count": "count",
    "vehicles": "million vehicles",
    "talks": "days",
}
"""What each measure is counted in; one that is not here may have any unit."""
Standing = Literal["preferred", "normal", "deprecated"]


def _period(text: str) -> str:
    Period.parse(text)
    return text


def _clause(text: str) -> str:
    if text.endswith((".", "!", "?")):
        raise ValueError("is a clause that follows “The newsletter says that” or “The record is preferred:”: leave out the full stop")
    return text


def _sentence(text: str) -> str:
    if text and not text.endswith("."):
        raise ValueError("is a whole sentence: end it with a full stop")
    return text


PeriodText = Annotated[str, AfterValidator(_period)]
Clause = Annotated[str, Field(min_length=8), AfterValidator(_clause)]
Sentence = Annotated[str, AfterValidator(_sentence)]


class FactEntry(FileModel):
    """One thing the newsletter says, in our words.

    `value` is in `unit`, a deficit negative; `rounded_to` is the step it was rounded to, in the same unit. `said` is how the
    newsletter words the time, `period` what that means. `careful` is shown with the fact; `scope` says what exactly is
    counted. `partners` are the ones it speaks of, where these are not just the partner of the file.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.\-]*$")]
    partners: tuple[str, ...] = ()
    group: str = ""
    section: str = ""
    metric: str
    value: float | None = None
    unit: FactUnit | None = None
    rounded_to: Annotated[float, Field(gt=0)] | None = None
    period: PeriodText | None = None
    said: str
    hedge: Hedge = Hedge.EXACT
    rank: Standing = "normal"
    reason: Sentence = ""
    text: Clause
    topics: Annotated[tuple[str, ...], Field(min_length=1)]
    scope: str = ""
    careful: Sentence = ""
    goods: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.value is None) != (self.unit is None):
            raise ValueError("a value needs a unit, and a unit a value")
        if self.unit and self.unit != _UNIT_OF.get(self.metric, self.unit):
            raise ValueError(f"{self.metric} is counted in {_UNIT_OF[self.metric]}, not in {self.unit}")
        if self.value is None and (self.hedge is not Hedge.EXACT or self.rounded_to):
            raise ValueError("a hedge and a rounding need a value")
        if (self.rank == "deprecated") != bool(self.reason):
            raise ValueError("a deprecated fact needs a reason, and only a deprecated one has it")
        return self


class FactFile(FileModel):
    """The facts about one partner, or about the world."""

    partner: str
    section: str
    facts: tuple[FactEntry, ...]


class AboutFile(FileModel):
    """article/about.yaml: what the newsletter is called, when it was written, which source it is."""

    source: str
    called: str
    written: str
    note: Sentence


class OtherFigure(FileModel):
    """A third figure for the same thing, from yet another source."""

    value: float
    unit: FactUnit
    source: str
    what: str


class Compared(FileModel):
    """The figure of the record to look at, where it is not the one the newsletter speaks of."""

    metric: Literal["balance", "imports", "exports", "total_trade"]
    period: PeriodText


class DisagreementEntry(FileModel):
    """One thing on which the newsletter and the record differ, with what to say about it."""

    id: str
    partners: Annotated[tuple[str, ...], Field(min_length=1)]
    metric: str
    period: PeriodText
    facts: Annotated[tuple[str, ...], Field(min_length=1)]
    own_rows: tuple[str, ...] = ()
    record: Literal["value", "total", "change", "none"]
    compare: Compared | None = None
    preferred: Literal["record", "newsletter"]
    other: OtherFigure | None = None
    why: Clause


class DisagreementFile(FileModel):
    """disagreements.yaml."""

    disagreements: tuple[DisagreementEntry, ...]
