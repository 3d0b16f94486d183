"""Partners and groups of partners: who the United States trades with, and by which names people call them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from tradebot.knowledge.csv_files import Row, read_kept
from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.kept import kept
from tradebot.knowledge.name_claims import Claims
from tradebot.knowledge.problems import Located, Problems, did_you_mean
from tradebot.knowledge.yaml_files import Placed, read_folder, values

Name = Annotated[str, Field(min_length=1, max_length=80)]
PartnerId = Annotated[str, Field(pattern=r"^[A-Z]{2,8}$")]
CensusCode = Annotated[str, Field(pattern=r"^[\dX]{4}$")]
Region = Literal["africa", "asia", "caribbean", "central-america", "europe", "north-america", "oceania", "south-america"]

_FLAG_OFFSET = ord("🇦") - ord("A")
_SAME_IN_PLURAL = ("ese", "ish", "ch", "sh", "s", "z", "ic", "y", "men", "hman")


class Area(FileModel):
    """What partners and groups have in common: their names.

    `aliases` name it alone; `weak` names are also other things and `demonyms` also other words, so both need a word of
    trade beside them. A `name` that is repeated in `weak` is weak itself. `note` is a sentence that goes with answers.
    """

    name: Name
    the: bool = False
    aliases: tuple[Name, ...] = ()
    weak: tuple[Name, ...] = ()
    demonyms: tuple[Name, ...] = ()
    note: str = ""

    @property
    def in_text(self) -> str:
        """The name within a sentence: “the Netherlands”."""
        return f"the {self.name}" if self.the else self.name


class Partner(Area):
    """One trading partner (knowledge/partners).

    `id` is the ISO 3166 alpha-2 code; a former country has its old one where nobody else got it, else the four letters
    of ISO 3166-3. `census` are Schedule C codes, the current one first: the figures of several codes are added. `until`
    is the last year of trade.
    """

    id: PartnerId
    iso3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    census: Annotated[tuple[CensusCode, ...], Field(min_length=1)]
    kind: Literal["country", "territory", "former", "unidentified"]
    region: Region | None = None
    until: Annotated[int, Field(ge=1985, le=2100)] | None = None
    successors: tuple[PartnerId, ...] = ()

    @property
    def flag(self) -> str:
        """The flag's emoji; empty for former countries and for ids that ISO 3166 leaves to its users (but Kosovo)."""
        if self.kind not in ("country", "territory") or (self.id.startswith("X") and self.id != "XK"):
            return ""
        return "".join(chr(ord(letter) + _FLAG_OFFSET) for letter in self.id)

    @property
    def demonym_forms(self) -> tuple[str, ...]:
        """The demonyms and their plurals: Canadian, Canadians; Vietnamese."""
        plurals = (f"{word}s" for word in self.demonyms if not word.lower().endswith(_SAME_IN_PLURAL))
        return (*self.demonyms, *plurals)


class Group(Area):
    """A list of partners that has a name (knowledge/groups): a bloc, a region of the world or any other list.

    Without the United States where it is a member. `members` are those of `as_of`; `census` are the codes of the rows
    in which the Census publishes a total of its own, which may rest on other members. `of_trade`: joined by trade, so that
    a question about its members is one about trade.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Z\d]*(-[A-Z\d]+)*$")]
    kind: Literal["bloc", "region", "list"]
    members: Annotated[tuple[PartnerId, ...], Field(min_length=2)]
    as_of: dt.date
    source: Annotated[str, Field(min_length=1)]
    census: tuple[CensusCode, ...] = ()
    of_trade: bool = False


def load_partners(root: Path, problems: Problems) -> Mapping[str, Partner]:
    """Every partner under `root`/partners, by id."""
    read = read_folder(root / "partners", Partner, problems, root)
    return kept("partners", values(read), lambda found: _partners(read, found), problems)


def _partners(read: Sequence[Placed[Partner]], problems: Problems) -> Mapping[str, Partner]:
    found: dict[str, Placed[Partner]] = {}
    claims = Claims()
    codes: dict[str, str] = {}
    for placed in read:
        partner = placed.value
        if partner.id in found:
            problems.add(placed.problem(f"{partner.id} is also the id in {found[partner.id].file}", "id"))
            continue
        found[partner.id] = placed
        problems.extend(claims.take(partner, placed))
        _take_codes(partner, placed, codes, problems)
    for placed in found.values():
        _check_kind(placed, problems)
        _check_ids(placed.value.successors, "successors", placed, found, problems)
    return MappingProxyType({key: placed.value for key, placed in found.items()})


def load_groups(root: Path, problems: Problems, partners: Mapping[str, Partner]) -> Mapping[str, Group]:
    """Every group under `root`/groups, by id; members and names are checked against the partners."""
    read = read_folder(root / "groups", Group, problems, root)
    return kept("groups", (partners, *values(read)), lambda found: _groups(read, found, partners), problems)


def _groups(read: Sequence[Placed[Group]], problems: Problems, partners: Mapping[str, Partner]) -> Mapping[str, Group]:
    found: dict[str, Group] = {}
    claims = Claims(partners)
    for placed in read:
        group = placed.value
        if group.id.lower() != placed.stem:
            problems.add(placed.problem(f"is “{group.id}”, but the file is called {placed.stem}.yaml", "id"))
        if group.id in partners:
            problems.add(placed.problem(f"{group.id} is the id of a partner", "id"))
        found[group.id] = group
        problems.extend(claims.take(group, placed))
        _check_ids(group.members, "members", placed, partners, problems)
        if group.kind == "region":
            _check_region(group, placed, partners, problems)
    return MappingProxyType(found)


def load_names(root: Path, problems: Problems, known: Mapping[str, object] | None = None) -> tuple[tuple[str, str], ...]:
    """(name, partner or group id) pairs of `root`/names.csv: names in other languages, made by tools/cldr_names.py.

    With `known` (ids of partners and groups) an id that is not among them is a problem.
    """

    def made(rows: Sequence[Row], found: Problems) -> tuple[tuple[str, str], ...]:
        for row in rows if known is not None else ():
            row.one_of("partner", known or (), found, "partner or group")
        return tuple((row["name"], row["partner"]) for row in rows)

    return read_kept(root / "names.csv", ("partner", "language", "name"), made, tuple(known or ()), problems, root)


def _take_codes(partner: Partner, placed: Located, codes: dict[str, str], problems: Problems) -> None:
    for number, code in enumerate(partner.census):
        owner = codes.setdefault(code, partner.id)
        if owner != partner.id:
            problems.add(placed.problem(f"{code} is already the Census code of {owner}", "census", number))


def _check_kind(placed: Placed[Partner], problems: Problems) -> None:
    """A former country says when it ended and who came after; everything but the unidentified lies somewhere."""
    partner = placed.value
    former = partner.kind == "former"
    if former and (partner.until is None or not partner.successors):
        problems.add(placed.problem("a former country needs until (its last year) and successors"))
    if partner.successors and not former:
        problems.add(placed.problem("only a former country has successors", "successors"))
    if (partner.region is None) != (partner.kind == "unidentified"):
        problems.add(placed.problem("every partner but an unidentified one needs a region", "region"))


def _check_ids(ids: tuple[str, ...], field: str, placed: Located, known: Mapping[str, object], problems: Problems) -> None:
    for number, partner in enumerate(ids):
        if partner not in known:
            problems.add(placed.problem(f"unknown partner “{partner}”{did_you_mean(partner, known)}", field, number))
        if partner in ids[:number]:
            problems.add(placed.problem(f"{partner} stands here twice", field, number))


def _check_region(group: Group, placed: Located, partners: Mapping[str, Partner], problems: Problems) -> None:
    """A region of the world holds exactly the partners that say they lie in it."""
    region = group.id.lower()
    for number, member in enumerate(group.members):
        if member in partners and partners[member].region != region:
            problems.add(placed.problem(f"{member} lies in {partners[member].region} by its own file, not in {region}", "members", number))
    missing = sorted(key for key, partner in partners.items() if partner.region == region and key not in group.members)
    if missing:
        problems.add(placed.problem(f"{', '.join(missing)} should be here: the partner's file says region: {region}", "members"))
