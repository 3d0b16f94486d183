"""Partners and groups of partners: who the United States trades with, and by which names people call them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from tradebot.knowledge.csv_files import read_csv
from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.name_claims import Claims
from tradebot.knowledge.problems import Problems, did_you_mean
from tradebot.knowledge.yaml_files import Node, Placed, read_placed

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
    found: dict[str, Placed[Partner]] = {}
    claims = Claims()
    codes: dict[str, str] = {}
    for path in sorted((root / "partners").glob("*.yaml")):
        placed = read_placed(path, Partner, problems, root)
        if placed is None:
            continue
        partner, node = placed.value, placed.node
        if partner.id in found:
            problems.add(node.problem(f"{partner.id} is also the id in {found[partner.id].node.file}", "id"))
            continue
        found[partner.id] = placed
        problems.extend(claims.take(partner, node))
        _take_codes(partner, node, codes, problems)
    for placed in found.values():
        _check_kind(placed, problems)
        _check_ids(placed.value.successors, "successors", placed.node, found, problems)
    return MappingProxyType({key: placed.value for key, placed in found.items()})


def load_groups(root: Path, problems: Problems, partners: Mapping[str, Partner]) -> Mapping[str, Group]:
    """Every group under `root`/groups, by id; members and names are checked against the partners."""
    found: dict[str, Group] = {}
    claims = Claims(partners)
    for path in sorted((root / "groups").glob("*.yaml")):
        placed = read_placed(path, Group, problems, root)
        if placed is None:
            continue
        group, node = placed.value, placed.node
        if group.id.lower() != path.stem:
            problems.add(node.problem(f"is “{group.id}”, but the file is called {path.name}", "id"))
        if group.id in partners:
            problems.add(node.problem(f"{group.id} is the id of a partner", "id"))
        found[group.id] = group
        problems.extend(claims.take(group, node))
        _check_ids(group.members, "members", node, partners, problems)
        if group.kind == "region":
            _check_region(group, node, partners, problems)
    return MappingProxyType(found)


def load_names(root: Path, problems: Problems, known: Mapping[str, object] | None = None) -> tuple[tuple[str, str], ...]:
    """(name, partner or group id) pairs of `root`/names.csv: names in other languages, made by tools/cldr_names.py.

    With `known` (ids of partners and groups) an id that is not among them is a problem.
    """
    rows = read_csv(root / "names.csv", ("partner", "language", "name"), problems, root)
    if known is not None:
        for row in rows:
            row.one_of("partner", known, problems, "partner or group")
    return tuple((row["name"], row["partner"]) for row in rows)


def _take_codes(partner: Partner, node: Node, codes: dict[str, str], problems: Problems) -> None:
    for number, code in enumerate(partner.census):
        owner = codes.setdefault(code, partner.id)
        if owner != partner.id:
            problems.add(node.problem(f"{code} is already the Census code of {owner}", "census", number))


def _check_kind(placed: Placed[Partner], problems: Problems) -> None:
    """A former country says when it ended and who came after; everything but the unidentified lies somewhere."""
    partner, node = placed.value, placed.node
    former = partner.kind == "former"
    if former and (partner.until is None or not partner.successors):
        problems.add(node.problem("a former country needs until (its last year) and successors"))
    if partner.successors and not former:
        problems.add(node.problem("only a former country has successors", "successors"))
    if (partner.region is None) != (partner.kind == "unidentified"):
        problems.add(node.problem("every partner but an unidentified one needs a region", "region"))


def _check_ids(ids: tuple[str, ...], field: str, node: Node, known: Mapping[str, object], problems: Problems) -> None:
    for number, partner in enumerate(ids):
        if partner not in known:
            problems.add(node.problem(f"unknown partner “{partner}”{did_you_mean(partner, known)}", field, number))
        if partner in ids[:number]:
            problems.add(node.problem(f"{partner} stands here twice", field, number))


def _check_region(group: Group, node: Node, partners: Mapping[str, Partner], problems: Problems) -> None:
    """A region of the world holds exactly the partners that say they lie in it."""
    region = group.id.lower()
    for number, member in enumerate(group.members):
        if member in partners and partners[member].region != region:
            problems.add(node.problem(f"{member} lies in {partners[member].region} by its own file, not in {region}", "members", number))
    missing = sorted(key for key, partner in partners.items() if partner.region == region and key not in group.members)
    if missing:
        problems.add(node.problem(f"{', '.join(missing)} should be here: the partner's file says region: {region}", "members"))
