"""What the YAML files under knowledge/tariffs hold: families, laws, products, exemptions, expectations, the record itself."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from tradebot.knowledge.file_model import FileModel, Table


class Family(FileModel):
    """Measures that follow one another: at most one duty of a family is charged on a partner's goods at a time."""

    id: str
    label: str
    goods: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.label


class Authority(FileModel):
    """A law that duties rest on."""

    id: str
    name: str
    law: str
    aliases: tuple[str, ...] = ()
    about: str = ""
    outcome: str = ""


class Product(FileModel):
    """Goods that a measure can name; `own` is false where none does, `tied` where it only names a secondary measure."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    own: bool = True
    tied: bool = False


class Exemption(FileModel):
    """What an entry of the column `exempt` means; `against`: a remark that something is not spared."""

    id: str
    text: str
    partners: tuple[str, ...] = ()
    against: bool = False


class Unsettled(FileModel):
    """Something that the sources leave open."""

    id: str
    text: str
    partners: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


class NewsletterNote(FileModel):
    """What the newsletter said about a partner's tariffs and what became of it."""

    id: str
    partners: tuple[str, ...]
    text: str


class Expectation(FileModel):
    """What must come out for a day: the rate of a family (`rates`: family → highest per cent), or what is not in force.

    `partner` with `bloc` (its customs union) or nobody for everybody; `none` names authorities of which no duty may be in
    force; `states` are event ids and the state they must have; `known_on` is the day of the other clock.
    """

    on: dt.date
    known_on: dt.date | None = None
    partner: str = ""
    bloc: str = ""
    rates: Table[str, float] = Field(default_factory=dict, validate_default=True)
    exempt: Table[str, tuple[str, ...]] = Field(default_factory=dict, validate_default=True)
    absent: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    states: Table[str, str] = Field(default_factory=dict, validate_default=True)
    why: str = ""


class FamilyFile(FileModel):
    families: tuple[Family, ...]


class AuthorityFile(FileModel):
    authorities: tuple[Authority, ...]


class ProductFile(FileModel):
    products: tuple[Product, ...]


class ExemptionFile(FileModel):
    exemptions: tuple[Exemption, ...]


class ExpectationFile(FileModel):
    expectations: tuple[Expectation, ...]


class RecordFile(FileModel):
    """record.yaml: how far the record goes, what is open, what the newsletter said."""

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
