"""History: what stands around the one figure of an answer: the years of a partner, the members of a group, two periods."""

from __future__ import annotations

from collections.abc import Sequence

from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import Record
from tradebot.knowledge.snapshot import Knowledge
from tradebot.pictures import bars, lines
from tradebot.pictures.bars import Row
from tradebot.pictures.composed import Composed, foot_of
from tradebot.pictures.frame import title_of
from tradebot.presentation.reply import Reply
from tradebot.presentation.voice import Voice, listening
from tradebot.query import Metric

YEARS = 10
MONTHS = 13
_WHAT = {
    Metric.BALANCE: "balance",
    Metric.IMPORTS: "imports",
    Metric.EXPORTS: "exports",
    Metric.TOTAL_TRADE: "trade",
}


def compose(reply: Reply, knowledge: Knowledge, voice: Voice) -> Composed | None:
    """The picture of an answer about one figure of one area, None where nothing of the record stands around it."""
    now = reply.answer.facts.get("now")
    if not isinstance(now, Figure) or now.period is None or now.metric not in _WHAT:
        return None
    if len({part.partner for part in now.derived_from} - {now.partner}) > 1:
        return of_members(reply, now, voice)
    return of_series(reply, around(knowledge.record, now), voice, asked=now)


def around(record: Record, now: Figure) -> list[Figure]:
    """The ten years, or the thirteen months, that a figure stands in: up to the latest where those hold it."""
    if now.period is None:
        return []
    if now.period.is_month:
        held = record.months(now.partner)
        last = max(now.period.last, min(held.last, now.period.last + MONTHS // 2)) if held else now.period.last
        return record.month_series(now.partner, now.metric, Period(last - MONTHS + 1, last))
    latest = record.latest_year.last_year
    year = min(now.period.last_year, latest)
    last = latest if year > latest - YEARS else year + YEARS // 2
    series = record.series(now.partner, now.metric)
    return [each for each in series if each.period and last - YEARS < each.period.last_year <= last]


def of_series(reply: Reply, series: Sequence[Figure], voice: Voice, asked: Figure | None = None) -> Composed | None:
    """A series as lines, in which the one figure asked for stands out; of two periods as two bars."""
    if len(series) < lines.FEWEST:
        return of_periods(reply, series, voice)
    with listening() as heard:
        what = _about(series, voice)
    composed = lines.compose(series, title_of(reply.card.headline, what), what, foot_of(reply.card), voice, asked)
    return composed.backed_by(tuple(heard)) if composed else None


def of_periods(reply: Reply, series: Sequence[Figure], voice: Voice) -> Composed | None:
    """One bar for each period."""
    with listening() as heard:
        rows = [Row(voice.when(each.period), each, _said(each, series, voice)) for each in series if each.period]
        composed = bars.of_rows(reply, rows, _about(series, voice), voice) if rows else None
    return composed.backed_by(tuple(heard)) if composed else None


def of_members(reply: Reply, whole: Figure, voice: Voice) -> Composed | None:
    """One bar for each member of a group, the largest first."""
    parts = sorted(whole.derived_from, key=lambda part: -abs(part.value))
    with listening() as heard:
        when = f", {voice.when(whole.period)}" if whole.period else ""
        rows = [Row(voice.label(part.partner), part, _said(part, parts, voice)) for part in parts]
        what = f"US goods {_WHAT[Metric(whole.metric)]} by member{when}"
        composed = bars.of_rows(reply, rows, what, voice)
    return composed.backed_by(tuple(heard)) if composed else None


def _said(figure: Figure, among: Sequence[Figure], voice: Voice) -> str:
    """“$58.4 bn”, with its side of zero where the others are on the other one."""
    mixed = figure.metric == Metric.BALANCE and len({each.value < 0 for each in among if each.value}) > 1
    return f"{voice.money(figure)} {voice.gap(figure)}" if mixed and figure.value else voice.money(figure)


def _about(series: Sequence[Figure], voice: Voice) -> str:
    """“US goods imports, exports and balance: Vietnam, 2016–2025”."""
    first, last = series[0].period, series[-1].period
    metric = Metric(series[0].metric)
    three = metric is Metric.BALANCE and len(series) >= lines.FEWEST and lines.lines_of(series)
    what = "imports, exports and balance" if three else _WHAT[metric]
    where = "all partners" if series[0].partner == "WORLD" else voice.label(series[0].partner)
    if first is None or last is None:
        return f"US goods {what}: {where}"
    when = voice.when(Period(first.first, last.last)) if len(series) >= lines.FEWEST else f"{voice.when(first)} and {voice.when(last)}"
    return f"US goods {what}: {where}, {when}"
