"""The map: every partner in the colour of its balance (or imports, exports, trade) with the US, and the largest in words.

Small partners that the shapes leave out are dots. The title counts what the map shows; both come from the same order of
partners that rankings use.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.standing import only_some_held, standing
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.pictures import style
from tradebot.pictures.canvas import Canvas, width_of
from tradebot.pictures.composed import Composed, alt_text
from tradebot.pictures.frame import Frame, Key
from tradebot.pictures.shapes import World, world
from tradebot.presentation.voice import Voice, listening
from tradebot.query import Metric

THRESHOLDS = (1_000.0, 10_000.0, 50_000.0)
"""USD million a year between the four steps of a colour; spans under half a year have a tenth of them."""
LISTED = 3
_US = ("US", "PR")
_SHORT_SPAN = 6
_STEP = 54
_SHAPES = "shapes: Natural Earth"


@dataclass(frozen=True, slots=True)
class Side:
    """One scale of colours: what it shows, its steps from small to large, and the partners on it, the largest first."""

    name: str
    steps: tuple[str, ...]
    figures: tuple[Figure, ...]


def compose(knowledge: Knowledge, metric: Metric, period: Period, voice: Voice) -> Composed | None:
    """The map of a measure in a period, None where the record holds nobody for it."""
    sides = _sides(knowledge, metric, period)
    if not any(side.figures for side in sides):
        return None
    thresholds = tuple(each / 10 for each in THRESHOLDS) if period.length < _SHORT_SPAN else THRESHOLDS
    with listening() as heard:
        title = _title(sides, metric, period, voice)
        few = only_some_held(knowledge, period)
        held = Figure("", "held", period, float(few), Unit.COUNT)
        what = f"of the {voice.count(held)} partners whose figures are held" if few else ""
        frame = Frame(title, what, _foot(knowledge, sides, voice), (Key(style.BESIDE, "US"), Key(style.LAND, "nothing recorded")))
        canvas = _draw(frame, sides, thresholds, voice)
        alt = alt_text("World map", frame, [row for side in sides for row in _largest(side, voice, 5)])
    return Composed(canvas, title, alt, tuple(heard))


def _sides(knowledge: Knowledge, metric: Metric, period: Period) -> tuple[Side, ...]:
    if metric is not Metric.BALANCE:
        name = "trade" if metric is Metric.TOTAL_TRADE else str(metric)
        return (Side(name, style.SIZES, standing(knowledge, metric, period).places),)
    deficits, surpluses = (standing(knowledge, metric, period, sign).places for sign in ("deficit", "surplus"))
    return Side("deficit", style.DEFICITS, deficits), Side("surplus", style.SURPLUSES, surpluses)


def _title(sides: Sequence[Side], metric: Metric, period: Period, voice: Voice) -> str:
    """What the map shows, counted."""
    counts = [voice.count(arithmetic.count(side.figures, "ranked", period)) for side in sides]
    first = next(side.figures[0] for side in sides if side.figures)
    largest = f"{voice.name(first.partner)}: {voice.money(first)}"
    when = voice.when(period)
    if metric is not Metric.BALANCE:
        noun, link = {"imports": ("imports", "from"), "exports": ("exports", "to")}.get(str(metric), ("trade", "with"))
        return f"US goods {noun} {link} {counts[0]} partners in {when}, most {link} {largest}"
    side = sides[0].name if sides[0].figures else sides[1].name
    both = f"goods deficits with {counts[0]} partners and surpluses with {counts[1]}"
    return f"The US ran {both} in {when}; the largest {side} is with {largest}"


def _largest(side: Side, voice: Voice, most: int) -> list[str]:
    word = f" {side.name}" if side.name in ("deficit", "surplus") else ""
    return [f"{voice.label(each.partner)} {voice.money(each)}{word}" for each in side.figures[:most]]


def _foot(knowledge: Knowledge, sides: Sequence[Side], voice: Voice) -> tuple[str, ...]:
    used = {source for side in sides for figure in side.figures for source in knowledge.record.vintage(figure)}
    known = sorted(
        (knowledge.sources[each] for each in used if each in knowledge.sources), key=lambda source: source.as_of_id, reverse=True
    )
    return (*(voice.prose(source.short or source.title) for source in known), _SHAPES, voice.prose(knowledge.revision))


def _draw(frame: Frame, sides: Sequence[Side], thresholds: Sequence[float], voice: Voice) -> Canvas:
    sheet = world()
    width = style.WIDTH - 2 * style.MARGIN
    tall = width * sheet.height
    rows = LISTED + 1
    canvas = frame.canvas(tall + 24 + len(sides) * _STEP + style.SMALL + 40 + rows * style.BODY * style.LEADING)
    colours = {figure.partner: _colour(side, figure, thresholds) for side in sides for figure in side.figures}
    _land(canvas, sheet, colours, (style.MARGIN, frame.top), width)
    below = _legend(canvas, sides, thresholds, frame.top + tall + 24, voice)
    for at, side in enumerate(sides):
        left = style.MARGIN + at * width / 2
        what = {"deficit": "Largest deficits", "surplus": "Largest surpluses"}.get(side.name, "Largest partners")
        top = canvas.lines((left, below), [what], style.SMALL, style.QUIET)
        for figure in side.figures[:LISTED]:
            said = f"{voice.label(figure.partner)} {voice.money(figure)}"
            size = style.BODY if width_of(said, style.BODY) < width / 2 - 12 else style.SMALL
            top = canvas.lines((left, top), [said], size)
    return canvas


def _colour(side: Side, figure: Figure, thresholds: Sequence[float]) -> str:
    return side.steps[bisect_right(thresholds, abs(figure.value))]


def _land(canvas: Canvas, sheet: World, colours: Mapping[str, str], at: tuple[float, float], width: float) -> None:
    for name, rings in sheet.shapes.items():
        colour = style.BESIDE if name in _US else colours.get(name, style.LAND)
        for ring in rings:
            canvas.polygon([(at[0] + x * width, at[1] + y * width) for x, y in ring], colour, style.GROUND)
    for name, (x, y) in sheet.points.items():
        if name in colours:
            canvas.dot((at[0] + x * width, at[1] + y * width), 5, colours[name])


def _legend(canvas: Canvas, sides: Sequence[Side], thresholds: Sequence[float], top: float, voice: Voice) -> float:
    """A row of steps for each side, the amounts between them written under the last one, and what has no colour."""
    width = style.WIDTH - 2 * style.MARGIN
    names = max(width_of(side.name, style.SMALL) for side in sides) + 20
    step = (width - names) / len(sides[0].steps)
    left = style.MARGIN + names
    for side in sides:
        canvas.text((style.MARGIN, top + 6), side.name, style.SMALL, style.QUIET)
        for at, colour in enumerate(side.steps):
            canvas.bar((left + at * step + 2, top + 4, left + (at + 1) * step - 2, top + _STEP - 8), colour)
        top += _STEP
    for at, amount in enumerate(thresholds, 1):
        words = voice.money(Figure("", "threshold", None, amount))
        canvas.text((left + at * step, top - 4), words, style.SMALL, style.QUIET, to="middle")
    return top + style.SMALL + 28
