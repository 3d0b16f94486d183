"""Reply: what a person gets, and what stands behind it for programs: the contract of `tradebot ask --json`."""

from __future__ import annotations

from dataclasses import dataclass

from tradebot.answer import Answer
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.presentation import plain
from tradebot.presentation.card import Card
from tradebot.query import Query


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person gets, and what stands behind it.

    `partners` are the ids of the partners that the question named, or else of those it came down to: the members of a
    group, the partners of a ranking. `period` is the one asked for, or the one that was assumed. `query` is the question as
    it was answered, `asked` as it was understood: answered again on the same revision and day, it gives the same reply.
    """

    question: str
    outcome: str
    intent: str | None
    query: Query | None
    card: Card
    answer: Answer
    answer_id: str
    revision: str
    partners: tuple[str, ...] = ()
    period: Period | None = None
    sources: tuple[dict[str, str], ...] = ()
    asked: Query | None = None
    elapsed_us: int = 0

    @property
    def text(self) -> str:
        """What a person reads, plain; empty for silence."""
        return "" if self.outcome == "silent" else plain.text(self.card)

    @property
    def suggestions(self) -> tuple[str, ...]:
        return self.card.suggestions

    def to_json(self) -> dict[str, object]:
        """The object of the command line's contract."""
        return {
            "question": self.question,
            "outcome": self.outcome,
            "intent": self.intent,
            "query": _query_json(self.query, self.partners, self.period),
            "text": self.text,
            "figures": [_figure_json(figure) for figure in self.answer.figures()] if self.outcome == "answer" else [],
            "sources": list(self.sources),
            "suggestions": list(self.suggestions),
            "answer_id": self.answer_id,
            "knowledge": self.revision,
            "elapsed_us": self.elapsed_us,
        }


def spoken_figures(reply: Reply) -> tuple[Figure, ...]:
    """The figures that a reply says in words, in the order it says them."""
    return tuple(said.backing for said in reply.card.spoken if isinstance(said.backing, Figure))


def _query_json(query: Query | None, partners: tuple[str, ...], spoken: Period | None) -> dict[str, object] | None:
    if query is None:
        return None
    flow = str(query.metric) if query.metric in ("imports", "exports") else None
    period = {"from": spoken.from_month, "to": spoken.to_month, "said": query.period_said or spoken.label} if spoken else None
    return {
        "partners": list(partners),
        "groups": list(query.groups),
        "sectors": list(query.sectors),
        "metric": str(query.metric),
        "flow": flow,
        "period": period,
        "limit": query.limit,
        "order": str(query.order) if query.order else None,
        "assumed": list(query.assumed),
        "carried": list(query.carried),
        "exclude": list(query.exclude),
        "date": query.date.isoformat() if query.date else None,
    }


def _figure_json(figure: Figure) -> dict[str, object]:
    return {
        "id": figure.id,
        "partner": figure.partner,
        "metric": figure.metric,
        "period": figure.period.id if figure.period else None,
        "value": figure.value,
        "unit": str(figure.unit),
        "source": figure.source,
        "hedge": str(figure.hedge),
        "derived_from": [operand.id for operand in figure.derived_from],
        "formula": figure.formula,
    }
