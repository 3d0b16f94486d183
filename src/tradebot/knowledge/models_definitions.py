"""The shape of a definition card."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_STRICT = ConfigDict(extra="forbid", frozen=True)


def _ends(text: str) -> str:
    if not text.rstrip().endswith((".", "?")):
        raise ValueError("is made of whole sentences: end it with a full stop")
    return " ".join(text.split())


class View(BaseModel):
    """What somebody holds, where opinions differ: “{who} hold that {says}”, so `says` is a clause."""

    model_config = _STRICT

    who: str
    says: str


class Example(BaseModel):
    """A figure of the record that makes a card concrete: the latest year's, or the year to date's."""

    model_config = _STRICT

    partner: str
    metric: Literal["balance", "imports", "exports", "total_trade"]
    to_date: bool = False


class DefinitionFile(BaseModel):
    """definitions/*.yaml.

    `terms` name the card wherever they stand; `weak` names are ordinary trade words that mean the card only where somebody asks
    for a meaning (“what is a tariff”). `text` answers in its first sentence; `see` are questions to go on with.
    """

    model_config = _STRICT

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9\-]*$")]
    title: str
    terms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    text: Annotated[str, Field(min_length=40), AfterValidator(_ends)]
    views: tuple[View, ...] = ()
    example: Example | None = None
    see: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
