"""The desk: the one door between a question and its reply, for the terminal, Discord and the tests.

text ─▶ Reader ─▶ Query ─▶ FAMILIES[…] ─▶ Answer ─▶ Card ─▶ Reply
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tradebot.answer import Answer
from tradebot.answering import FAMILIES
from tradebot.knowledge.paths import knowledge_dir as default_knowledge
from tradebot.knowledge.paths import templates_beside
from tradebot.knowledge.snapshot import Knowledge
from tradebot.presentation import card as cards
from tradebot.presentation import plain
from tradebot.presentation.card import Card
from tradebot.presentation.render import Renderer, read_templates
from tradebot.query import NotUnderstood, Query
from tradebot.understanding.followup import Turn
from tradebot.understanding.reader import Reader
from tradebot.understanding.suggesting import Suggester

CONVERSATIONS_KEPT = 5_000
CONVERSATION_SECONDS = 15 * 60
"""A follow-up an hour later is a new question: people have forgotten what came before, and so does the desk."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person gets, and what stands behind it."""

    question: str
    outcome: str
    intent: str | None
    query: Query | None
    card: Card
    answer: Answer
    text: str
    answer_id: str
    revision: str
    sources: tuple[dict[str, str], ...] = ()
    elapsed_us: int = 0

    @property
    def suggestions(self) -> tuple[str, ...]:
        return self.card.suggestions

    def to_json(self) -> dict[str, object]:
        """The object of the command line's contract."""
        return {
            "question": self.question,
            "outcome": self.outcome,
            "intent": self.intent,
            "query": _query_json(self.query),
            "text": self.text,
            "figures": [_figure_json(figure) for figure in self.answer.figures()] if self.outcome == "answer" else [],
            "sources": list(self.sources),
            "suggestions": list(self.suggestions),
            "answer_id": self.answer_id,
            "knowledge": self.revision,
            "elapsed_us": self.elapsed_us,
        }


class Desk:
    """Answers questions by one knowledge snapshot; remembers each conversation's last turn for a while."""

    def __init__(self, knowledge: Knowledge, templates: Path) -> None:
        self.knowledge = knowledge
        self._reader = Reader(knowledge)
        named = {**knowledge.partners, **knowledge.groups, **knowledge.chapters, **knowledge.sectors}
        self._renderer = Renderer(read_templates(templates), named)
        self._intents = {intent.id: intent for intent in knowledge.intents}
        self._suggester = Suggester(knowledge, self._reader.lexicon)
        self._turns: OrderedDict[str, tuple[float, Turn]] = OrderedDict()

    @classmethod
    def open(cls, knowledge_dir: Path | str | None = None) -> Desk:
        """The desk over a knowledge directory (default: the one at hand). Raises KnowledgeError."""
        root = Path(knowledge_dir) if knowledge_dir else default_knowledge()
        return cls(Knowledge.load(root), templates_beside(root))

    def ask(self, text: str, conversation: str | None = None, today: dt.date | None = None, *, ambient: bool = False) -> Reply:
        """The reply to one message; never raises for any text. `conversation` ties turns together."""
        started = time.perf_counter()
        today = today or dt.date.today()
        before = self._before(conversation)
        understood = self._reader.read(text, before, today=today, ambient=ambient)
        if isinstance(understood, Query):
            intent = self._intents[understood.intent]
            answer = FAMILIES[intent.family](understood, self.knowledge, today)
            self._remember(conversation, Turn(understood, answer.keys))
        else:
            answer = self._unanswered(understood)
        return self._reply(text, understood, answer, started)

    def ask_many(self, questions: Iterable[str], conversation: str | None = None, today: dt.date | None = None) -> Iterator[Reply]:
        """Replies to several messages, in order, each as soon as it is there."""
        return (self.ask(question, conversation, today) for question in questions)

    def suggest(self, typed: str, limit: int = 25) -> list[tuple[str, str]]:
        """(name, id) of partners and groups for autocompletion."""
        return self._suggester.suggest(typed, limit)

    def forget(self, conversation: str) -> None:
        self._turns.pop(conversation, None)

    def _before(self, conversation: str | None) -> Turn | None:
        if conversation is None or conversation not in self._turns:
            return None
        at, turn = self._turns[conversation]
        return turn if time.monotonic() - at < CONVERSATION_SECONDS else None

    def _remember(self, conversation: str | None, turn: Turn) -> None:
        if conversation is None:
            return
        self._turns[conversation] = (time.monotonic(), turn)
        self._turns.move_to_end(conversation)
        while len(self._turns) > CONVERSATIONS_KEPT:
            self._turns.popitem(last=False)

    def _unanswered(self, reason: NotUnderstood) -> Answer:
        record = self.knowledge.record
        facts = {
            "said": reason.said,
            "partners": reason.partners,
            "choices": reason.choices,
            "latest": record.latest_year,
            "to_date": record.to_date,
            "first": record.first_year,
            "reviewed": self.knowledge.tariffs.reviewed,
        }
        suggestions = tuple(choice.question for choice in reason.choices)
        return Answer(Query(intent=""), f"refusals/{reason.reason}", facts, outcome=reason.outcome, suggestions=suggestions)

    def _reply(self, text: str, understood: Query | NotUnderstood, answer: Answer, started: float) -> Reply:
        silent = answer.outcome == "silent"
        number = _answer_number(self.knowledge.revision, text, understood)
        stamps = (self.knowledge.revision, number) if answer.outcome == "answer" else ()
        card = Card("silent", "") if silent else cards.build(answer, self._renderer, self.knowledge.sources, stamps)
        query = understood if isinstance(understood, Query) else None
        return Reply(
            question=text,
            outcome=answer.outcome,
            intent=query.intent if query else None,
            query=query,
            card=card,
            answer=answer,
            text="" if silent else plain.text(card),
            answer_id=number,
            revision=self.knowledge.revision,
            sources=() if silent else self._sources(answer),
            elapsed_us=round((time.perf_counter() - started) * 1e6),
        )

    def _sources(self, answer: Answer) -> tuple[dict[str, str], ...]:
        used = dict.fromkeys([figure.source for figure in answer.figures() if figure.source] + list(answer.sources))
        known = (self.knowledge.sources[id] for id in used if id in self.knowledge.sources)
        return tuple(
            {"id": source.id, "title": source.title, "url": source.url, "as_of": source.as_of.isoformat() if source.as_of else ""}
            for source in known
        )


def _answer_number(revision: str, text: str, understood: Query | NotUnderstood) -> str:
    """A short number that stays the same for the same reading of the same question on the same revision."""
    digest = hashlib.blake2s(f"{revision}\0{text}\0{understood!r}".encode("utf-8", "replace"), digest_size=5).digest()
    return "A-" + base64.b32encode(digest).decode()[:6]


def _query_json(query: Query | None) -> dict[str, object] | None:
    if query is None:
        return None
    flow = str(query.metric) if query.metric in ("imports", "exports") else None
    period = {"from": query.period.from_month, "to": query.period.to_month, "said": query.period_said} if query.period else None
    return {
        "partners": list(query.partners),
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


def _figure_json(figure: object) -> dict[str, object]:
    from tradebot.knowledge.figures import Figure  # noqa: PLC0415

    assert isinstance(figure, Figure)
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
