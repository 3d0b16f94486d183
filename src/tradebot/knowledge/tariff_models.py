"""What the YAML files under knowledge/tariffs hold: families, laws, products, exemptions, expectations, the record itself."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict

_STRICT = ConfigDict(extra="forbid", frozen=True)


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
