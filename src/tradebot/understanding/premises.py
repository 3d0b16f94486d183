"""Premises: what a question takes for granted, which the answer confirms or corrects."""

from __future__ import annotations

from tradebot.query import Premise
from tradebot.understanding.frame import Frame

_OUR_LARGEST = frozenset({"why", "largest", "us", "partner"})
_OF_GOODS_OR_TIME = frozenset({"products", "chapter", "product", "period", "peak", "which_year", "which_month", "buy", "sell"})
"""Cues with which “largest” is not said of the partner (“why is our largest import from Ireland pharma”)."""
_TIMES_AS_MUCH = {"doubled": 2.0, "tripled": 3.0, "quadrupled": 4.0, "halved": 0.5}
"""Cues that say how many times as much a figure has become."""
_FRACTIONS = {"two thirds": "66.7", "third": "33.3", "1/3": "33.3", "half": "50", "quarter": "25", "fifth": "20", "tenth": "10"}
_MOST = "50"


def premise(frame: Frame) -> Premise | None:
    if frame.trade.side:
        return Premise("side", frame.trade.side, "" if frame.amounts.money is None else f"{frame.amounts.money:.15g}")
    if frame.amounts.percent is not None:
        return _of_percent(frame.features, frame.amounts.percent, frame.amounts.beyond)
    if "fraction" in frame.features and (part := _fraction(frame)):
        return Premise("rate", part)
    if frame.amounts.money is not None and frame.features & {"measure", "owe"}:
        return Premise("amount", f"{frame.amounts.money:.15g}")
    if "why" in frame.features and frame.amounts.nth is not None:
        return Premise("rank", str(frame.amounts.nth))
    if frame.features >= _OUR_LARGEST and not frame.features & _OF_GOODS_OR_TIME:
        return Premise("largest")
    return _of_change(frame.features) or (Premise("sign", "surplus") if only_surplus(frame.features) else None)


def _fraction(frame: Frame) -> str:
    """“a third of our imports”: the part that is claimed, in per cent."""
    said = next((mark.key for mark in frame.marks if mark.is_("fraction")), "")
    if "most_of" in frame.features:
        return _MOST
    return next((percent for word, percent in _FRACTIONS.items() if word in said), "")


def _of_percent(features: set[str], percent: float, beyond: str) -> Premise | None:
    """A rate or a share that is claimed, or by how many per cent a figure is said to have moved."""
    moved = {"change", "measure"} <= features and ("share" not in features or beyond == "by")
    said = f"{percent:g}"
    if not moved:
        return Premise("rate", said)
    way = _of_change(features)
    return Premise("moved", f"{way.said} {said}") if way is not None and way.said in ("up", "down") else way


def _of_change(features: set[str]) -> Premise | None:
    """Which way, or how many times over, a figure is said to have gone."""
    times = next((name for name in _TIMES_AS_MUCH if name in features), None)
    if times is not None and "change" in features:
        return Premise("times", f"{_TIMES_AS_MUCH[times]:g}")
    if "steady" in features:
        return Premise("direction", "flat")
    if "falling" in features and "growing" not in features:
        return Premise("direction", "down")
    if "growing" in features and "falling" not in features:
        return Premise("direction", "up")
    if "than_then" in features:
        return Premise("direction", "down" if "smaller" in features else "up")
    return None


def only_surplus(features: set[str]) -> bool:
    return "surplus" in features and "deficit" not in features
