"""The newsletter: what it says, about whom and how firmly, and where the record says otherwise.

    article/*.yaml, disagreements.yaml  ─▶  load_article  ─▶  Article(facts, disagreements)

Its facts are figures of one source among others: hedged as it hedges them, dated as it means them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.kept import kept
from tradebot.knowledge.models_article import AboutFile, DisagreementEntry, DisagreementFile, FactEntry, FactFile
from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import Problems, did_you_mean
from tradebot.knowledge.yaml_files import Placed, read_folder, read_model, read_placed, values

_ABOUT = "about.yaml"
_UNITS = {
    "USD bn": (Unit.MONEY, 1000.0),
    "percent": (Unit.PERCENT, 1.0),
    "rank": (Unit.RANK, 1.0),
    "count": (Unit.COUNT, 1.0),
    "million vehicles": (Unit.VEHICLES, 1.0),
    "days": (Unit.DAYS, 1.0),
}
_ORDER = {"preferred": 0, "normal": 1, "deprecated": 2}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the newsletter says.

    `about` is the partner (or WORLD) under which it stands, `partners` the ones it speaks of. `text` is a clause that follows
    “The newsletter says that”, `careful` a sentence to show with it, `figure` its number, if it has one.
    """

    id: str
    about: str
    partners: tuple[str, ...]
    metric: str
    period: Period | None
    said: str
    section: str
    standing: str
    reason: str
    text: str
    topics: tuple[str, ...]
    scope: str
    careful: str
    goods: tuple[str, ...]
    companies: tuple[str, ...]
    figure: Figure | None

    @property
    def is_current(self) -> bool:
        return self.standing != "deprecated"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The newsletter and the record on one thing.

    `theirs` is the newsletter's figure, None for a claim without one. `record` says how the record's side is had: `value`,
    `total` of the partners, `change` on the year before, or `none`; `metric` and `period` say of what (`compare_*` where
    the record answers with another figure). `own_rows` are the newsletter's figures that add up to something else than
    it says; `other` is a third source's figure, called `other_is`.
    """

    id: str
    partners: tuple[str, ...]
    metric: str
    period: Period
    facts: tuple[Fact, ...]
    theirs: Figure | None
    own_rows: tuple[Figure, ...]
    record: str
    compare_metric: str
    compare_period: Period
    preferred: str
    why: str
    other: Figure | None = None
    other_is: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The newsletter as a whole; `called` and `written` are how answers name and date it."""

    source: str
    called: str
    written: str
    note: str
    facts: tuple[Fact, ...]
    disagreements: tuple[Disagreement, ...]

    def fact(self, fact_id: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.id == fact_id), None)

    def facts_for(self, partner: str, *topics: str, deprecated: bool = False) -> tuple[Fact, ...]:
        """What it says of a partner (or WORLD), of any of the topics if some are given, in the order of the file."""
        return tuple(
            fact
            for fact in self.facts
            if fact.about == partner and (deprecated or fact.is_current) and (not topics or set(topics) & set(fact.topics))
        )

    def figure_for(self, partner: str, metric: str, period: Period | None = None) -> Fact | None:
        """Its best fact with a number for a measure of a partner as a whole; None where it has none.

        Facts with a scope (pharmaceuticals, crude oil) are parts of a measure and never stand for it.
        """
        found = [fact for fact in self.facts if (fact.about, fact.metric, fact.partners) == (partner, metric, (partner,)) and fact.figure]
        whole = [fact for fact in found if not fact.scope and (period is None or fact.period == period)]
        return min(whole, key=lambda fact: _ORDER[fact.standing], default=None)

    def disagreement(self, partner: str | Iterable[str], metric: str, period: Period) -> Disagreement | None:
        """Where it differs from the record on a measure of one partner, or of exactly these together."""
        partners = {partner} if isinstance(partner, str) else set(partner)
        return next(
            (each for each in self.disagreements if set(each.partners) == partners and each.metric == metric and each.period == period),
            None,
        )


def load_article(root: Path, problems: Problems) -> Article | None:
    """The newsletter below a knowledge folder; None if its head cannot be read."""
    folder = root / "article"
    about = read_model(folder / _ABOUT, AboutFile, problems, root)
    if about is None:
        return None
    read = read_folder(folder, FactFile, problems, root, (_ABOUT,))
    told = read_placed(root / "disagreements.yaml", DisagreementFile, problems, root)
    of = (about, *values(read), told.value if told else None)
    return kept("article", of, lambda found: _article(about, read, told, found), problems)


def _article(about: AboutFile, read: Sequence[Placed[FactFile]], told: Placed[DisagreementFile] | None, problems: Problems) -> Article:
    facts: dict[str, Fact] = {}
    for placed in read:
        for number, entry in enumerate(placed.value.facts):
            if entry.id in facts:
                problems.add(placed.problem(f"the id “{entry.id}” is taken by another fact", "facts", number, "id"))
            else:
                facts[entry.id] = _fact(entry, placed.value, about)
    disagreements = _disagreements(told, facts, problems) if told else ()
    return Article(about.source, about.called, about.written, about.note, tuple(facts.values()), disagreements)


def _fact(entry: FactEntry, file: FactFile, about: AboutFile) -> Fact:
    partners = entry.partners or (file.partner,)
    section = entry.section or file.section
    return Fact(
        id=entry.id,
        about=file.partner,
        partners=partners,
        metric=entry.metric,
        period=Period.parse(entry.period) if entry.period else None,
        said=entry.said,
        section=section,
        standing=entry.rank,
        reason=entry.reason,
        text=entry.text,
        topics=entry.topics,
        scope=entry.scope,
        careful=entry.careful,
        goods=entry.goods,
        companies=entry.companies,
        figure=_figure(entry, entry.group or (partners[0] if len(partners) == 1 else file.partner), section, about.source),
    )


def _figure(entry: FactEntry, area: str, section: str, source: str) -> Figure | None:
    if entry.value is None or entry.unit is None:
        return None
    unit, scale = _UNITS[entry.unit]
    return Figure(
        partner=area,
        metric=entry.metric,
        period=Period.parse(entry.period) if entry.period else None,
        value=round(entry.value * scale, 6),
        unit=unit,
        source=source,
        hedge=entry.hedge,
        read_at=f"section “{section}”",
        named=f"newsletter.{entry.id}",
        step=(entry.rounded_to or 0.0) * scale,
    )


def _disagreements(placed: Placed[DisagreementFile], facts: dict[str, Fact], problems: Problems) -> tuple[Disagreement, ...]:
    found: list[Disagreement] = []
    for number, entry in enumerate(placed.value.disagreements):
        unknown = [each for each in (*entry.facts, *entry.own_rows) if each not in facts]
        if unknown:
            sentence = f"the newsletter has no fact “{unknown[0]}”{did_you_mean(unknown[0], facts)}"
            problems.add(placed.problem(sentence, "disagreements", number, "facts"))
        else:
            found.append(_disagreement(entry, facts))
    return tuple(found)


def _disagreement(entry: DisagreementEntry, facts: dict[str, Fact]) -> Disagreement:
    said = tuple(facts[each] for each in entry.facts)
    period = Period.parse(entry.period)
    return Disagreement(
        id=entry.id,
        partners=entry.partners,
        metric=entry.metric,
        period=period,
        facts=said,
        theirs=said[0].figure,
        own_rows=tuple(figure for each in entry.own_rows if (figure := facts[each].figure)),
        record=entry.record,
        compare_metric=entry.compare.metric if entry.compare else entry.metric,
        compare_period=Period.parse(entry.compare.period) if entry.compare else period,
        preferred=entry.preferred,
        why=entry.why,
        other=_other(entry, period),
        other_is=entry.other.what if entry.other else "",
    )


def _other(entry: DisagreementEntry, period: Period) -> Figure | None:
    if entry.other is None:
        return None
    unit, scale = _UNITS[entry.other.unit]
    return Figure(
        partner=entry.partners[0],
        metric=entry.metric,
        period=period,
        value=round(entry.other.value * scale, 6),
        unit=unit,
        source=entry.other.source,
        named=f"disagreement.{entry.id}.other",
    )
