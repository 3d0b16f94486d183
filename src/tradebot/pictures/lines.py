"""Lines over time: imports and exports as lines with the balance as bars about zero, or the one measure that was asked.

    year:   2016 … 2025      month:   Aug 2025 … Jul 2026

Every figure comes from the answer's series: a balance brings the exports and imports it was computed from along. Deficits
hang below the zero line, surpluses stand on it; amounts are written without a sign, as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import MONTHS
from tradebot.pictures import style
from tradebot.pictures.canvas import Canvas, width_of
from tradebot.pictures.composed import Composed, alt_text
from tradebot.pictures.frame import Frame, Key
from tradebot.pictures.scale import Scale, spread
from tradebot.presentation.voice import Voice, listening
from tradebot.query import Metric

HEIGHT = 640
FEWEST = 3
"""Points that make a line; two are bars."""
_AXIS = 56
_LABEL_GAP = 14
_NAMES = {Metric.IMPORTS: "Imports", Metric.EXPORTS: "Exports", Metric.TOTAL_TRADE: "Trade"}
_COLOURS = {Metric.IMPORTS: style.IMPORTS, Metric.EXPORTS: style.EXPORTS, Metric.TOTAL_TRADE: style.PLAIN}


@dataclass(frozen=True, slots=True)
class Line:
    """One measure over the periods; None where a period has no figure."""

    metric: str
    figures: tuple[Figure | None, ...]

    @property
    def last(self) -> Figure | None:
        return self.figures[-1]


def lines_of(series: Sequence[Figure]) -> list[Line]:
    """The imports and exports behind balances, where every balance has just these two; else nothing."""
    pairs = [{operand.metric: operand for operand in figure.derived_from} for figure in series]
    if any(len(figure.derived_from) != 2 or pair.keys() != {"imports", "exports"} for figure, pair in zip(series, pairs, strict=True)):
        return []
    return [Line(metric, tuple(pair[metric] for pair in pairs)) for metric in ("imports", "exports")]


def compose(
    series: Sequence[Figure], title: str, what: str, foot: tuple[str, ...], voice: Voice, asked: Figure | None = None
) -> Composed | None:
    """The picture of a series of one metric, in order of time; None where it is too short.

    `what` is the line under the title; `asked` the one figure that the title speaks of, which stands out where it is not the last.
    """
    if len(series) < FEWEST or not any(figure.value for figure in series):
        return None
    balance = series[0].metric == Metric.BALANCE
    lines = lines_of(series) if balance else [Line(series[0].metric, tuple(series))]
    bars = tuple(series) if balance else ()
    frame = Frame(title, what, foot, _keys(lines, bars))
    with listening() as heard:
        at = next((at for at, figure in enumerate(series[:-1]) if asked and figure.period == asked.period), None)
        canvas = _draw(frame, lines, bars, series, at, voice)
        alt = alt_text("Chart over time", frame, _told(lines, bars, voice))
    return Composed(canvas, frame.title, alt, tuple(heard))


def _keys(lines: Sequence[Line], bars: Sequence[Figure]) -> tuple[Key, ...]:
    keys = [Key(_COLOURS[Metric(line.metric)], _NAMES[Metric(line.metric)]) for line in lines]
    if any(figure.value < 0 for figure in bars):
        keys.append(Key(style.DEFICIT, "US deficit (below zero)"))
    if any(figure.value > 0 for figure in bars):
        keys.append(Key(style.SURPLUS if not lines else style.GREEN, "US surplus"))
    return tuple(keys) if bars else ()


def _draw(frame: Frame, lines: Sequence[Line], bars: Sequence[Figure], series: Sequence[Figure], asked: int | None, voice: Voice) -> Canvas:
    canvas = frame.canvas(HEIGHT + _AXIS)
    values = [figure.value for line in lines for figure in line.figures if figure] + [figure.value for figure in bars]
    scale = Scale.over(values, frame.top + 10, frame.top + HEIGHT)
    ticks = [voice.money(Figure("", "scale", None, tick)) for tick in scale.ticks]
    left = style.MARGIN + max(width_of(tick, style.SMALL) for tick in ticks) + _LABEL_GAP
    labels = _labels(lines, bars if asked is None else (), voice)
    right = style.WIDTH - style.MARGIN - max(width_of(words, style.BODY, bold=True) for words, _, _ in labels) - _LABEL_GAP - 8
    slot = (right - left) / len(series)
    middles = [left + slot * (at + 0.5) for at in range(len(series))]
    _grid(canvas, scale, ticks, (left, right))
    for at, (figure, middle) in enumerate(zip(bars, middles, strict=False)):
        colour = _side(figure, lines) if asked in (None, at) else style.faded(_side(figure, lines))
        canvas.bar((middle - slot * 0.34, scale(0), middle + slot * 0.34, scale(figure.value)), colour, 3)
    for line in lines:
        points = [(middle, scale(figure.value)) for middle, figure in zip(middles, line.figures, strict=True) if figure]
        canvas.line(points, _COLOURS[Metric(line.metric)], 5)
        canvas.dot(points[-1], 9, _COLOURS[Metric(line.metric)])
    if asked is not None:
        _stand_out(canvas, series, asked, middles, scale, voice)
    _say(canvas, labels, scale, right + _LABEL_GAP)
    _times(canvas, [_short(figure, voice) for figure in series], middles, frame.top + HEIGHT + 14, asked)
    return canvas


def _side(balance: Figure, lines: Sequence[Line]) -> str:
    """The colour of a balance; beside lines, sky is the imports'."""
    if balance.value < 0:
        return style.DEFICIT
    return style.GREEN if lines else style.SURPLUS


def _stand_out(canvas: Canvas, series: Sequence[Figure], asked: int, middles: Sequence[float], scale: Scale, voice: Voice) -> None:
    """The figure that was asked for, in words beyond the ends of its bar and of those beside it, or over its point."""
    figure, middle = series[asked], middles[asked]
    words, tall = voice.money(figure), style.BODY * style.LEADING
    half = width_of(words, style.BODY, bold=True) / 2
    near = [scale(each.value) for each, at in zip(series, middles, strict=True) if abs(at - middle) < half + middles[1] - middles[0]]
    below = figure.metric == Metric.BALANCE and figure.value < 0
    top = max(near) + 4 if below else min(near) - tall - 8
    colour = style.INK if figure.metric == Metric.BALANCE else _COLOURS[Metric(figure.metric)]
    if figure.metric != Metric.BALANCE:
        canvas.dot((middle, scale(figure.value)), 9, colour)
    left = min(max(middle, style.MARGIN + half), style.WIDTH - style.MARGIN - half)
    canvas.text((left, min(max(top, scale.top - 10), scale.bottom - tall)), words, style.BODY, colour, bold=True, to="middle")


def _grid(canvas: Canvas, scale: Scale, ticks: Sequence[str], ends: tuple[float, float]) -> None:
    for value, words in zip(scale.ticks, ticks, strict=True):
        height = scale(value)
        canvas.line([(ends[0], height), (ends[1], height)], style.QUIET if value == 0 else style.RULE, 2 if value == 0 else 1)
        canvas.text((ends[0] - _LABEL_GAP, height - style.SMALL * 0.62), words, style.SMALL, style.QUIET, to="right")


def _labels(lines: Sequence[Line], bars: Sequence[Figure], voice: Voice) -> list[tuple[str, float, str]]:
    """The last figures in words, their values and colours."""
    found = [(voice.money(line.last), line.last.value, _COLOURS[Metric(line.metric)]) for line in lines if line.last]
    if bars:
        last = bars[-1]
        found.append((voice.money(last), last.value / 2 if lines else last.value, _side(last, lines)))
    return found


def _say(canvas: Canvas, labels: Sequence[tuple[str, float, str]], scale: Scale, left: float) -> None:
    """Beside the ends of the lines, moved apart where they would touch."""
    tall = style.BODY * style.LEADING
    places = spread([scale(value) - tall / 2 for _, value, _ in labels], tall, scale.top - 10, scale.bottom - tall + 10)
    for (words, _, colour), top in zip(labels, places, strict=True):
        canvas.text((left, top), words, style.BODY, colour, bold=True)


def _times(canvas: Canvas, words: Sequence[str], middles: Sequence[float], top: float, asked: int | None) -> None:
    """As many names of periods as fit: the one asked for always among them, else the last one."""
    wide = max(width_of(word, style.SMALL) for word in words) + 18
    every = next(step for step in range(1, len(words) + 1) if step * (middles[1] - middles[0]) >= wide or step == len(words))
    first = (len(words) - 1 if asked is None else asked) % every
    for at in range(first, len(words), every):
        half = width_of(words[at], style.SMALL) / 2
        middle = min(max(middles[at], style.MARGIN + half), style.WIDTH - style.MARGIN - half)
        canvas.text((middle, top), words[at], style.SMALL, style.INK if at == asked else style.QUIET, to="middle")


def _short(figure: Figure, voice: Voice) -> str:
    """“2025”, “Aug 2025”."""
    if figure.period is None:
        return ""
    said = voice.when(figure.period)
    name = MONTHS[figure.period.first % 12]
    return voice.prose(said.replace(name, name[:3])) if figure.period.is_month else said


def _told(lines: Sequence[Line], bars: Sequence[Figure], voice: Voice) -> list[str]:
    """The first, the largest and the last of each measure in words."""
    told = [f"{_NAMES[Metric(line.metric)]} {_run([each for each in line.figures if each], voice)}" for line in lines]
    if bars:
        told.append(f"balance {_run(bars, voice)}")
    return told


def _run(figures: Sequence[Figure], voice: Voice) -> str:
    largest = max(figures, key=lambda figure: abs(figure.value))
    points = [figures[0], *([largest] if largest not in (figures[0], figures[-1]) else []), figures[-1]]
    return ", ".join(_point(figure, voice) for figure in points)


def _point(figure: Figure, voice: Voice) -> str:
    side = f" {voice.gap(figure)}" if figure.metric == Metric.BALANCE and figure.value else ""
    when = voice.when(figure.period) if figure.period else ""
    return f"{voice.money(figure)}{side} in {when}"
