"""The pictures of the benchmarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import matplotlib as mpl
from matplotlib import pyplot as plt

mpl.use("Agg")
OWN, OTHER, FALSE = "#0b6e4f", "#8a94a6", "#c0392b"


class Measured(Protocol):
    name: str
    p50: float
    right_short: float
    right_long: float
    false: float


def speed_and_accuracy(rows: Sequence[Measured], path: Path) -> None:
    """Microseconds on the left (logarithmic), right and false answers on the right."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 0.55 * len(rows) + 1.6), sharey=True)
    places = range(len(rows))
    left.barh(places, [row.p50 for row in rows], color=[OWN if row.name == "tradebot" else OTHER for row in rows], height=0.6)
    left.set(xscale="log", xlabel="median µs per short question (logarithmic)", yticks=list(places), yticklabels=[row.name for row in rows])
    left.set_xlim(left=10, right=max(row.p50 for row in rows) * 4)
    for place, row in zip(places, rows, strict=True):
        left.text(row.p50 * 1.1, place, f"{row.p50:,.0f}", va="center", fontsize=9)
    for shift, (label, color, value) in enumerate(
        (("right, short", OWN, "right_short"), ("right, long", "#7fb8a4", "right_long"), ("false answers", FALSE, "false"))
    ):
        right.barh(
            [place + 0.27 * (shift - 1) for place in places], [getattr(row, value) for row in rows], height=0.25, color=color, label=label
        )
    right.set(xlim=(0, 100), xlabel="per cent")
    right.legend(loc="upper center", bbox_to_anchor=(0.5, 1.12), ncols=3, frameon=False, fontsize=9)
    left.invert_yaxis()
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="x", alpha=0.3)
        axes.set_axisbelow(True)
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def risk_and_coverage(points: Sequence[Mapping[str, float]], path: Path) -> None:
    """False answers against refusals, a point for each number of tolerated words."""
    figure, axes = plt.subplots(figsize=(6.5, 4.5))
    refused, false = [100 * point["refused"] for point in points], [100 * point["false"] for point in points]
    axes.plot(refused, false, color=OTHER, zorder=1)
    for point, x, y in zip(points, refused, false, strict=True):
        chosen = point["tolerated"] == 0
        axes.scatter([x], [y], color=OWN if chosen else FALSE, s=70 if chosen else 35, zorder=2)
        words = "no unexplained word (what tradebot does)" if chosen else f"{point['tolerated']:.0f}"
        style = {"fontsize": 9, "ha": "right" if chosen else "left", "va": "center"}
        axes.annotate(words, (x, y), xytext=(-9, 0) if chosen else (8, 4 * (point["tolerated"] - 3)), textcoords="offset points", **style)
    axes.set(xlabel="questions on trade that are refused, %", ylabel="other questions that are answered, %")
    axes.set_title("Unexplained words tolerated in a sentence", fontsize=11)
    axes.set_ylim(bottom=-0.5)
    axes.margins(x=0.25)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)
