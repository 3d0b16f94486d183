"""The desk: the one door between a question and its reply, for the terminal, Discord and the tests.

text ─▶ what was said before ─▶ (said already today?) ─▶ Edition (understand, answer, word) ─▶ Reply
"""

from __future__ import annotations

import datetime as dt
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tradebot.answering import FAMILIES
from tradebot.edition import Edition
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.snapshot import Knowledge
from tradebot.presentation.reply import Reply, spoken_figures
from tradebot.query import Choice, Query, Understood
from tradebot.understanding import offers
from tradebot.understanding.english import english_words
from tradebot.understanding.followup import Turn

__all__ = ["Desk", "Reply"]

CONVERSATIONS_KEPT = 5_000
CONVERSATION_SECONDS = 15 * 60
"""A follow-up an hour later is a new question: people have forgotten what came before, and so does the desk."""


@dataclass(frozen=True, slots=True)
class _Last:
    """The last answered turn of a conversation, the figures it spoke, and what a question back has offered since.

    `at` is when it was, in monotonic seconds.
    """

    at: float
    turn: Turn | None
    figures: tuple[Figure, ...] = ()
    offered: tuple[Choice, ...] = ()


class Desk:
    """Answers questions by the edition that is current when they come; remembers each conversation's last turn for a while.

    `kept` is how many replies are kept for whoever asks the same on the same day, after the same turn, and a tenth as many for whoever
    goes on tapping on a card: for processes that answer many people.
    """

    def __init__(self, edition: Edition, kept: int = 0) -> None:
        self.edition = edition
        self._reply = lru_cache(maxsize=kept)(_reply)
        self._answered = lru_cache(maxsize=kept // 10)(Edition.reply)
        self._turns: OrderedDict[str, _Last] = OrderedDict()
        self._listeners: list[Callable[[], None]] = []

    @classmethod
    def open(cls, knowledge_dir: Path | str | None = None) -> Desk:
        """The desk over a knowledge directory (default: the one at hand). Raises KnowledgeError."""
        return cls(Edition.open(knowledge_dir))

    @property
    def knowledge(self) -> Knowledge:
        """The snapshot of the current edition."""
        return self.edition.knowledge

    def swap(self, edition: Edition) -> None:
        """Answers every later question by another edition; a question in flight is answered by the one it began with."""
        self.edition = edition
        self._reply.cache_clear()
        self._answered.cache_clear()
        for listener in self._listeners:
            listener()

    def on_swap(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Calls it after every swap, in the thread that swaps; what is returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @staticmethod
    def warm() -> None:
        """Reads what would otherwise be read at the first misspelt word (0.1 s) and at the first question of each kind: for
        processes that answer many people."""
        english_words()
        tuple(FAMILIES.values())

    def ask(self, text: str, conversation: str | None = None, today: dt.date | None = None, *, ambient: bool = False) -> Reply:
        """The reply to one message, whatever its text. `conversation` ties turns together.

        Raises AnswerError where the knowledge or the program has a fault that this question brings to light.
        """
        started = time.perf_counter()
        edition = self.edition
        today = today or _today()
        last = self._last(conversation)
        question = offers.taken(text, last.offered) if last and last.offered else ""
        turn = last.turn if last else None
        understood, reply = self._reply(edition, text, question or text, turn, today, ambient)
        if last and turn and reply.intent == "source":
            reply = edition.reply(text, understood, today, said=last.figures)
        reply = _timed(reply, started)
        if conversation is not None and reply.outcome == "answer" and reply.intent != "source":
            self._remember(conversation, reply)
        elif conversation is not None and (choices := offers.offered(understood)):
            about = offers.spoken_of(understood)
            turn = turn or (Turn(Query("partner_summary", about)) if about else None)
            self._keep(conversation, _Last(time.monotonic(), turn, last.figures if last else (), choices))
        return reply

    def ask_many(self, questions: Iterable[str], conversation: str | None = None, today: dt.date | None = None) -> Iterator[Reply]:
        """Replies to several messages, in order, each as soon as it is there."""
        return (self.ask(question, conversation, today) for question in questions)

    def answer(self, query: Query, text: str = "", conversation: str | None = None, today: dt.date | None = None) -> Reply:
        """The reply to a question that is understood already: one that a card's controls changed, or one of long ago.

        `text` is the question as it was asked. Raises AnswerError as `ask` does.
        """
        started = time.perf_counter()
        reply = _timed(self._answered(self.edition, text, query, today or _today()), started)
        if conversation is not None and reply.outcome == "answer":
            self._remember(conversation, reply)
        return reply

    def prove(self, reply: Reply) -> Reply:
        """Where the figures of a reply come from."""
        return self.edition.prove(reply)

    def suggest(self, typed: str, limit: int = 25) -> list[tuple[str, str]]:
        """(name, id) of partners and groups for autocompletion."""
        return self.edition.suggester.suggest(typed, limit)

    def forget(self, conversation: str) -> None:
        self._turns.pop(conversation, None)

    def _last(self, conversation: str | None) -> _Last | None:
        last = self._turns.get(conversation) if conversation is not None else None
        return last if last and time.monotonic() - last.at < CONVERSATION_SECONDS else None

    def _remember(self, conversation: str, reply: Reply) -> None:
        """The turn for follow-ups: the query as it was answered, what it listed, and the figures it spoke."""
        query, keys = reply.answer.query, reply.answer.keys
        last = self._last(conversation)
        turn = last.turn.followed(query, keys) if last and last.turn else Turn(query, keys)
        self._keep(conversation, _Last(time.monotonic(), turn, spoken_figures(reply)))

    def _keep(self, conversation: str, last: _Last) -> None:
        self._turns[conversation] = last
        self._turns.move_to_end(conversation)
        while len(self._turns) > CONVERSATIONS_KEPT:
            self._turns.popitem(last=False)


def _reply(edition: Edition, text: str, question: str, turn: Turn | None, today: dt.date, ambient: bool) -> tuple[Understood, Reply]:
    """All that a reply depends on, so that it can be kept; a proof also depends on the figures said before."""
    understood = edition.understand(question, turn, today, ambient=ambient)
    return understood, edition.reply(text, understood, today)


def _timed(reply: Reply, started: float) -> Reply:
    """The reply with the time since then, in perf_counter's seconds."""
    return replace(reply, elapsed_us=round((time.perf_counter() - started) * 1e6))


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()
