"""What came of a soak, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass

FLAT = 1.2
"""A revision beside the one before, a picture being drawn."""


@dataclass(frozen=True, slots=True)
class Report:
    """`memory` of the process that is never killed, in MB: at the start, at four points on the way and at the end.

    `shown` are secrets and questions in log or metrics; `kept` and `dropped` are entries of the journal.
    """

    minutes: float
    seed: int
    replies: int
    charts: int
    excused: int
    late: int
    lost: int
    duplicates: int
    hanging: int
    shown: int
    kept: int
    dropped: int
    memory: tuple[float, ...]
    troubles: dict[str, int]
    gateway: dict[str, int]
    exit_code: int
    wrong: tuple[str, ...]

    @property
    def is_flat(self) -> bool:
        """Whether the memory stays about what it was once everything had happened."""
        return max(self.memory) < self.memory[0] * FLAT

    @property
    def holds(self) -> bool:
        return self.lost == self.duplicates == self.hanging == self.shown == self.exit_code == 0

    def __str__(self) -> str:
        held = "all held" if self.holds and self.is_flat else "NOT ALL HELD"
        lines = [
            f"soak of {self.minutes:g} minutes, seed {self.seed}: {held}",
            f"replies {self.replies} · charts {self.charts} · lost {self.lost} · twice {self.duplicates} · hanging {self.hanging}",
            f"not answerable: {self.excused} sent too late or lost with their session or process, {self.late} learnt of too late",
            f"journal: {self.kept} questions kept, {self.dropped} entries lost · secrets or questions in log and metrics: {self.shown}",
            f"memory in MB: {', '.join(f'{each:.0f}' for each in self.memory)} · exit code {self.exit_code}",
            "troubles: " + ", ".join(f"{name} {count}" for name, count in sorted(self.troubles.items())),
            "gateway: " + ", ".join(f"{name} {count}" for name, count in self.gateway.items()),
        ]
        return "\n".join(lines)
