"""Wording of what stands beside an answer: “Read as …”, table titles, follow-up questions. Sentences are templates."""

from __future__ import annotations

from collections.abc import Iterable

from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

SUGGESTIONS_SHOWN = 3
_NOUNS = {
    Metric.IMPORTS: "goods imports",
    Metric.EXPORTS: "goods exports",
    Metric.TOTAL_TRADE: "goods trade",
    Metric.BALANCE: "goods balance",
}
_LINKS = {Metric.IMPORTS: "from", Metric.EXPORTS: "to", Metric.TOTAL_TRADE: "with", Metric.BALANCE: "with"}
_PLURALS = {"deficit": "goods deficits", "surplus": "goods surpluses", "": "goods balances"}
_CARRIED = "from your last question"


def called(knowledge: Knowledge, area: str) -> str:
    """The name in running text: “Vietnam”, “the Netherlands”, “the world”."""
    if area == WORLD:
        return "the world"
    found = knowledge.partners.get(area) or knowledge.groups.get(area)
    return found.in_text if found else area


def listed(knowledge: Knowledge, areas: Iterable[str]) -> str:
    """“Mexico, Canada and the UK”."""
    names = [called(knowledge, area) for area in areas]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def noun(metric: Metric, sign: str = "") -> str:
    """“goods imports”, “goods deficit”, “goods balance”."""
    return f"goods {sign}" if metric is Metric.BALANCE and sign else _NOUNS[metric]


def nouns(metric: Metric, sign: str = "") -> str:
    """As the title of a ranking: “goods deficits”, “goods imports”."""
    return _PLURALS[sign] if metric is Metric.BALANCE else _NOUNS[metric]


def sign_of(figures: Iterable[Figure | None]) -> str:
    """“deficit” or “surplus” if all balances agree, otherwise empty."""
    values = [figure.value for figure in figures if figure is not None and figure.value]
    if values and all(value < 0 for value in values):
        return "deficit"
    return "surplus" if values and all(value > 0 for value in values) else ""


def subject(knowledge: Knowledge, metric: Metric, areas: Iterable[str], sign: str = "") -> str:
    """“goods deficit with Japan”, “goods imports from Mexico and Canada”, “total goods exports”."""
    areas = tuple(areas)
    if areas in ((), (WORLD,)):
        return f"total {noun(metric, sign)}"
    return f"{noun(metric, sign)} {_LINKS[metric]} {listed(knowledge, areas)}"


def title(metric: Metric, figures: Iterable[Figure | None]) -> str:
    """The title of a table: it says which side the balances are on."""
    text = noun(metric, sign_of(figures))
    return f"US {text}"


def read_as(query: Query, phrase: str, *periods: Period) -> str:
    """How the question was read; empty where nothing was assumed or carried over."""
    if not (query.assumed or query.carried or query.period is None):
        return ""
    when = " and ".join(period.label for period in periods)
    source = f" ({_CARRIED})" if query.carried else ""
    return f"{phrase}, {when}{source}" if when else f"{phrase}{source}"


def suggestions(*questions: str) -> tuple[str, ...]:
    """The first few that are not empty, each once."""
    return tuple(dict.fromkeys(each for each in questions if each))[:SUGGESTIONS_SHOWN]


def decade_ago(knowledge: Knowledge) -> str:
    """The year that suggestions of a series begin with (“… since 2015”): ten before the latest."""
    return Period.year(knowledge.record.latest_year.first_year - 10).label


def short(knowledge: Knowledge, area: str) -> str:
    """The name in a table: “Netherlands”, “All partners”."""
    found = knowledge.partners.get(area) or knowledge.groups.get(area)
    if area == WORLD:
        return "All partners"
    return found.name if found else area
