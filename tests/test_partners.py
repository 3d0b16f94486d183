"""Partners, groups and names: what the files must hold together, and how their mistakes are told."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from tradebot.knowledge.models_partners import Group, Partner, load_groups, load_names, load_partners
from tradebot.knowledge.name_claims import Claims, Named, fold_name, has_words, names_of
from tradebot.knowledge.periods import Period
from tradebot.knowledge.places import Places, load_places
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record import Record
from tradebot.knowledge.record_files import load_record

ROOT = Path(__file__).parents[1]
KNOWLEDGE = ROOT / "knowledge"
Y2024 = Period.year(2024)

REGIONS = ("AFRICA", "ASIA", "CARIBBEAN", "CENTRAL-AMERICA", "EUROPE", "NORTH-AMERICA", "OCEANIA", "SOUTH-AMERICA")
SIZES = {
    "EU": 27,
    "EURO-AREA": 21,
    "USMCA": 2,
    "ASEAN": 11,
    "G7": 6,
    "G20": 18,
    "BRICS": 10,
    "OPEC": 12,
    "OECD": 37,
    "CAFTA-DR": 6,
    "US-FTA": 20,
    "APEC": 20,
    "NATO": 31,
    "ARTICLE10": 10,
    "ASIA5": 5,
}
INSIDE = (
    *(("EURO-AREA", "EU"), ("BALTICS", "EU"), ("BENELUX", "EU"), ("VISEGRAD", "EU"), ("EU", "EUROPE"), ("EFTA", "EUROPE")),
    *(("SCANDINAVIA", "NORDICS"), ("NORDICS", "EUROPE"), ("BALKANS", "EUROPE"), ("USMCA", "NORTH-AMERICA"), ("USMCA", "US-FTA")),
    *(
        ("CACM", "CAFTA-DR"),
        ("CAFTA-DR", "US-FTA"),
        ("CAFTA-DR", "LATIN-AMERICA"),
        ("LAFTA", "LATIN-AMERICA"),
        ("MERCOSUR", "SOUTH-AMERICA"),
    ),
    *(("ASEAN", "ASIA"), ("ASIA5", "ASIA"), ("ASIA5", "ARTICLE10"), ("GCC", "MIDDLE-EAST"), ("G7", "G20"), ("BALTICS", "FORMER-USSR")),
    *(("SUBSAHARAN-AFRICA", "AFRICA"), ("NORTH-AFRICA", "AFRICA"), ("LATIN-AMERICA", "AMERICAS"), ("PALESTINE", "MIDDLE-EAST")),
)
PUBLISHED = (
    *("EU", "EURO-AREA", "USMCA", "ASEAN", "OECD", "CAFTA-DR", "APEC", "NATO", "CACM", "LAFTA", "PACIFIC-RIM", "LATIN-AMERICA"),
    *("AFRICA", "ASIA", "EUROPE", "NORTH-AMERICA", "SOUTH-AMERICA", "OCEANIA", "CENTRAL-AMERICA-CARIBBEAN"),
)
# Members counted differently in the total that the Census publishes for 2024 (see the groups' notes).
LEFT_OUT_BY_CENSUS = {
    "EURO-AREA": ("BG",),
    "ASEAN": ("TL",),
    "OECD": ("CO", "CR", "LT", "LV"),
    "NATO": ("AL", "HR", "ME", "MK"),
}
SPOKEN = {
    "Viet Nam": "VN",
    "VIETNAM": "VN",
    "PRC": "CN",
    "People’s Republic of China": "CN",
    "Republic of China": "TW",
    "S. Korea": "KR",
    "ROK": "KR",
    "Korea, Rep.": "KR",
    "DPRK": "KP",
    "Burma": "MM",
    "Swaziland": "SZ",
    "Cape Verde": "CV",
    "Ivory Coast": "CI",
    "cote d'ivoire": "CI",
    "East Timor": "TL",
    "Holland": "NL",
    "U.K.": "GB",
    "Great Britain": "GB",
    "UAE": "AE",
    "KSA": "SA",
    "Turkiye": "TR",
    "Iran, Islamic Rep.": "IR",
    "Egypt, Arab Rep.": "EG",
    "Venezuela, RB": "VE",
    "Congo, Dem. Rep.": "CD",
    "Congo (Brazzaville)": "CG",
    "Czech Republic": "CZ",
    "Bosnia": "BA",
    "Trinidad": "TT",
    "St Lucia": "LC",
    "Lao PDR": "LA",
    "USSR": "SU",
    "former Yugoslavia": "YU",
    "E.U.": "EU",
    "eurozone": "EURO-AREA",
    "NAFTA": "USMCA",
    "Gulf states": "GCC",
    "Palestine": "PALESTINE",
    "top five Asian partners": "ASIA5",
    "🇪🇺": "EU",
}
NOT_ALONE = ("turkey", "chad", "jordan", "georgia", "guinea", "mali", "niger", "togo", "reunion", "columbia", "emirates", "zaire")


def _read() -> tuple[Mapping[str, Partner], Mapping[str, Group], Places]:
    problems = Problems()
    partners = load_partners(KNOWLEDGE, problems)
    groups = load_groups(KNOWLEDGE, problems, partners)
    places = load_places(KNOWLEDGE, problems, partners, groups)
    load_names(KNOWLEDGE, problems, {**partners, **groups})
    assert [str(problem) for problem in problems] == []
    return partners, groups, places


PARTNERS, GROUPS, PLACES = _read()
CLAIMS = Claims(PARTNERS, GROUPS)


@pytest.fixture(scope="module")
def record() -> Record:
    problems = Problems()
    loaded = load_record(KNOWLEDGE, problems)
    assert list(problems) == []
    return loaded


# -- the shipped files ----------------------------------------------------------------------------------------------


def test_every_partner_of_the_record_has_a_file_and_the_other_way_round(record: Record) -> None:
    assert set(record.partner_ids) == set(PARTNERS)


def test_kinds() -> None:
    former = {key for key, partner in PARTNERS.items() if partner.kind == "former"}
    assert former == {"SU", "YU", "CSHH", "CSXX", "ANHH", "NTHH"}
    assert {key for key, partner in PARTNERS.items() if partner.kind == "unidentified"} == {"UNKNOWN", "INTL"}
    assert len(PARTNERS) == 242


@pytest.mark.parametrize(
    ("partner", "codes"), [("IL", ("5081", "5080")), ("RS", ("4801", "4802")), ("SD", ("7321", "7320")), ("ET", ("7749", "7740"))]
)
def test_a_code_that_changed_stays_with_its_partner(partner: str, codes: tuple[str, ...]) -> None:
    assert PARTNERS[partner].census == codes


def test_former_countries_have_no_figures_after_their_end(record: Record) -> None:
    for key, partner in PARTNERS.items():
        if partner.until is not None:
            later = [record.value(key, "total_trade", Period.year(year)) for year in range(partner.until + 1, 2026)]
            assert not any(figure.value for figure in later if figure), key


def test_regions_partition_the_partners() -> None:
    for partner in PARTNERS.values():
        holders = [region for region in REGIONS if partner.id in GROUPS[region].members]
        assert holders == ([partner.region.upper()] if partner.region else []), partner.id


@pytest.mark.parametrize(("group", "size"), SIZES.items())
def test_sizes(group: str, size: int) -> None:
    assert len(GROUPS[group].members) == size


@pytest.mark.parametrize(("inner", "outer"), INSIDE)
def test_groups_within_groups(inner: str, outer: str) -> None:
    assert set(GROUPS[inner].members) <= set(GROUPS[outer].members)


@pytest.mark.parametrize("group", PUBLISHED)
@pytest.mark.parametrize("metric", ["imports", "exports"])
def test_members_add_up_to_the_published_total(record: Record, group: str, metric: str) -> None:
    """Within the rounding of the addends, a thousandth of a million each."""
    members = set(GROUPS[group].members) - set(LEFT_OUT_BY_CENSUS.get(group, ()))
    figures = [record.value(member, metric, Y2024) for member in members]
    published = record.value(group, metric, Y2024)
    assert published is not None
    assert sum(figure.value for figure in figures if figure) == pytest.approx(published.value, abs=0.04)


def test_codes_of_published_totals_are_those_of_the_record(record: Record) -> None:
    for group in GROUPS.values():
        held = record.aggregates.get(group.id)
        assert set(group.census) == set(held.codes if held else ()), group.id


# -- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "who"), SPOKEN.items())
def test_people_say(said: str, who: str) -> None:
    assert CLAIMS.owner(said) == who


@pytest.mark.parametrize("name", NOT_ALONE)
def test_names_that_are_also_other_things_are_weak(name: str) -> None:
    assert name in {fold_name(weak) for weak in PARTNERS[CLAIMS.owner(name)].weak}


def test_nobody_shares_a_name() -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    everybody: list[Named] = [*PARTNERS.values(), *GROUPS.values()]
    for one in everybody:
        for name in names_of(one):
            holders[fold_name(name)].add(one.id)
    assert {name: ids for name, ids in holders.items() if len(ids) > 1} == {}


def test_no_strong_name_is_two_or_three_small_letters() -> None:
    """Codes belong to `id` and `iso3`; a short alias has to be an abbreviation in capitals."""
    for one in PARTNERS.values():
        assert all(alias.isupper() or not alias.isascii() for alias in one.aliases if len(fold_name(alias)) <= 3 and alias != "BiH"), one.id


def test_flags_and_names_in_text() -> None:
    flags = {key: partner.flag for key, partner in PARTNERS.items() if partner.flag}
    assert flags["VN"] == "🇻🇳"
    assert flags["XK"] == "🇽🇰"
    assert len(set(flags.values())) == len(flags)
    assert not {"SU", "YU", "CSHH", "XG", "XW", "UNKNOWN"} & flags.keys()
    assert PARTNERS["NL"].in_text == "the Netherlands"
    assert GROUPS["ASEAN"].in_text == "ASEAN"


def test_plurals_of_demonyms() -> None:
    assert PARTNERS["CA"].demonym_forms == ("Canadian", "Canadians")
    assert PARTNERS["VN"].demonym_forms == ("Vietnamese",)
    assert "Frenchmans" not in PARTNERS["FR"].demonym_forms


def test_every_country_but_the_smallest_has_a_demonym() -> None:
    shared = {"CD", "CG", "DM", "GN"}
    without = {key for key, partner in PARTNERS.items() if partner.kind == "country" and not partner.demonyms}
    assert without <= shared | {"VA"}


def test_places() -> None:
    assert {"Texas", "Puerto Rico", "District of Columbia"} <= set(PLACES.domestic)
    assert PLACES.parts["Scotland"] == "GB"
    assert {"roast turkey", "gulf of mexico", "french fries"} <= set(PLACES.blocked)
    defaults = {one.id: one.default for one in PLACES.ambiguous}
    assert (defaults["korea"], defaults["congo"], defaults["georgia"]) == ("KR", "", "GE")


def test_names_in_other_languages() -> None:
    names = dict(load_names(KNOWLEDGE, Problems()))
    assert (names["Deutschland"], names["ベトナム"], names["Europäische Union"]) == ("DE", "VN", "EU")
    assert not {fold_name(name) for name in names} & {"chili", "island", "america", "man"}


def test_no_foreign_name_is_somebody_elses() -> None:
    for name, key in load_names(KNOWLEDGE, Problems()):
        assert CLAIMS.owner(name) in ("", key), name


def test_names_in_other_languages_are_what_babel_says() -> None:
    pytest.importorskip("babel")
    spec = importlib.util.spec_from_file_location("cldr_names", ROOT / "tools" / "cldr_names.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    content, _ = tool.make(KNOWLEDGE)
    assert content == (KNOWLEDGE / "names.csv").read_text(encoding="utf-8")


def test_folding() -> None:
    assert fold_name("Côte d’Ivoire") == fold_name("COTE D'IVOIRE") == "cote divoire"
    assert fold_name("U.S.S.R.") == "ussr"
    assert fold_name("Guinea-Bissau") == "guinea bissau"
    assert fold_name("टोगो") != fold_name("टोंगा")
    assert has_words("roast Turkey leg", ["turkey"])
    assert not has_words("romania", ["oman"])
