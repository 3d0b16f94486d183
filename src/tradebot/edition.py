"""An edition: one revision of the knowledge, ready to answer; immutable, so that no answer mixes two revisions.

text ─▶ Reader ─▶ Query ─▶ FAMILIES[…] ─▶ Answer ─▶ Card ─▶ Reply
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from tradebot.answer import Answer, AnswerError
from tradebot.answering import FAMILIES
from tradebot.answering.proof import SHOWN_IN_FULL, prove
from tradebot.answering.refuse import unanswered
from tradebot.knowledge.collecting import uncollected
from tradebot.knowledge.differences import Difference, differences
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.paths import knowledge_dir as default_knowledge
from tradebot.knowledge.paths import templates_beside
from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import KnowledgeError, Problem, Problems
from tradebot.knowledge.snapshot import Knowledge, read
from tradebot.presentation import card as cards
from tradebot.presentation import plain
from tradebot.presentation.card import Card
from tradebot.presentation.render import Renderer, read_templates
from tradebot.presentation.reply import Reply, spoken_figures
from tradebot.presentation.voice import Named
from tradebot.query import NotUnderstood, Query, Understood
from tradebot.understanding.followup import Turn
from tradebot.understanding.reader import Reader
from tradebot.understanding.suggesting import Suggester
from tradebot.understanding.suggesting_times import TimeSuggester
from tradebot.understanding.time_points import When

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_NUMBERED = attrgetter(*(each.name for each in fields(Query) if each.name != "features"))
"""All of a query but its features, a set that has another order in every process."""
_SEVERAL = 2


class Edition:
    """Understands and answers by one knowledge snapshot and its templates; holds nothing of any conversation."""

    def __init__(self, knowledge: Knowledge, templates: Mapping[str, str]) -> None:
        self.knowledge, self.templates = knowledge, templates
        self._reader = Reader(knowledge)
        named: dict[str, Named] = {**knowledge.partners, **knowledge.groups, **knowledge.chapters, **knowledge.sectors}
        self._renderer = Renderer(templates, named)
        self._intents = {intent.id: intent for intent in knowledge.intents}
        self._cited = {
            source.id: {"id": source.id, "title": source.title, "url": source.url, "as_of": source.as_of_id}
            for source in knowledge.sources.values()
        }

    @classmethod
    def open(cls, knowledge_dir: Path | str | None = None, revision: str = "r1") -> Edition:
        """The edition of a knowledge directory (default: the one at hand). Raises KnowledgeError."""
        root, problems = Path(knowledge_dir) if knowledge_dir else default_knowledge(), Problems()
        with uncollected():
            knowledge, templates = read(root, problems, revision), read_templates(templates_beside(root), problems)
            problems.raise_if_any()
            if knowledge is None:  # every reason for it is a problem, so this is only for the type checker
                raise KnowledgeError(problems)
            return cls(knowledge, templates)

    def template_mistakes(self, names: Iterable[str] | None = None) -> Iterator[Problem]:
        """The templates (of those named) that cannot be used; the others are compiled from then on, ready for the first question."""
        return self._renderer.mistakes(names)

    def differences_from(self, before: Edition) -> tuple[Difference, ...]:
        """Every value in which this revision is not like another; none where every answer must be the same."""
        found = (*differences(before.knowledge, self.knowledge), *differences(before.templates, self.templates, "templates"))
        return tuple(each for each in found if each.place != "revision")

    def understand(self, text: str, before: Turn | None, today: dt.date, *, ambient: bool = False) -> Understood:
        """What a message asks, after the turn before it."""
        return self._reader.read(text, before, today=today, ambient=ambient)

    @cached_property
    def suggester(self) -> Suggester:
        """Completions of names, made when somebody first types one into a field."""
        return Suggester(self.knowledge, self._reader.lexicon)

    @cached_property
    def times(self) -> TimeSuggester:
        """Completions of periods and days."""
        return TimeSuggester(self.knowledge, self._reader.when)

    def when(self, text: str, today: dt.date) -> When | None:
        """The one period or day that a text names and nothing else."""
        return self._reader.when(text, today)

    def reply(self, text: str, understood: Understood, today: dt.date, *, said: Sequence[Figure] | None = None) -> Reply:
        """The reply to what a message was understood as.

        `said` are the figures that the turn before it spoke.
        Raises AnswerError where the knowledge or the program has a fault that this question brings to light.
        """
        started = time.perf_counter()
        if not isinstance(understood, Query):
            answer = unanswered(understood, self.knowledge)
        elif understood.intent == "source" and said is not None:
            answer = prove(understood, tuple(said))
        else:
            answer = self._answer(understood, today)
        proved = said or () if answer.query.intent == "source" else ()
        number = _answer_number(self.knowledge.revision, text, understood, proved)
        return self._worded(text, understood, answer, number, started)

    def prove(self, reply: Reply) -> Reply:
        """Where the figures of a reply come from: each with its source and place, or the sum that it is."""
        asked = Query("source", topic="source")
        answer = prove(asked, spoken_figures(reply), SHOWN_IN_FULL)
        return self._worded(reply.question, asked, answer, reply.answer_id, time.perf_counter())

    def _answer(self, query: Query, today: dt.date) -> Answer:
        """What the query's family computes. One question that trips it must not end a run of thousands, or the bot."""
        try:
            return FAMILIES[self._intents[query.intent].family](query, self.knowledge, today)
        except Exception as error:
            raise AnswerError(f"this question made me stumble ({query.intent}: {error!r}); please report it") from error

    def _worded(self, text: str, understood: Query | NotUnderstood, answer: Answer, number: str, started: float) -> Reply:
        silent = answer.outcome == "silent"
        stamps = (self.knowledge.revision, number) if answer.outcome == "answer" else ()
        card = Card("silent", "") if silent else cards.build(answer, self._renderer, self.knowledge.sources, stamps)
        left_out = self._left_out(understood, card) if isinstance(understood, Query) and answer.outcome == "answer" else ()
        if left_out and not silent:
            pointer = self._renderer.render_template("also", {"question": left_out[0]})
            card = replace(card, body=(*card.body, pointer.text), spoken=(*card.spoken, *pointer.spoken))
        query = answer.query if isinstance(understood, Query) else None
        return Reply(
            question=text,
            outcome=answer.outcome,
            intent=understood.intent if isinstance(understood, Query) else None,
            query=query,
            card=card,
            answer=answer,
            answer_id=number,
            revision=self.knowledge.revision,
            partners=self._partners(query, answer) if query else (),
            period=self._period(query, answer) if query else None,
            sources=() if silent else self._sources(answer),
            asked=understood if isinstance(understood, Query) else None,
            elapsed_us=round((time.perf_counter() - started) * 1e6),
        )

    def _left_out(self, query: Query, card: Card) -> tuple[str, ...]:
        """What is to be asked next: further questions of the message, and whoever it named that the answer does not speak of."""
        named = [self.knowledge.partners[each] for each in query.partners if each in self.knowledge.partners]
        if query.also or len(named) < _SEVERAL or query.intent.startswith("tariff"):
            return query.also
        text = plain.text(card)
        return tuple(f"and {each.in_text}?" for each in named if each.name not in text)

    def _partners(self, query: Query, answer: Answer) -> tuple[str, ...]:
        """What the question named, with the partners of a ranking or the members of the groups it came down to."""
        listed = [key for key in answer.keys if key in self.knowledge.partners]
        members = [member for group in query.groups for member in self.knowledge.groups[group].members] if not listed else []
        return tuple(dict.fromkeys((*query.partners, *listed, *members)))

    def _period(self, query: Query, answer: Answer) -> Period | None:
        """The period asked for; where none was, the latest complete year for those kinds of answer that assume it, or the answer's own."""
        assumes = self._intents[query.intent].assumes_latest_year and "period" in query.assumed
        said = answer.facts.get("period")
        return self.knowledge.record.latest_year if assumes else query.period or (said if isinstance(said, Period) else None)

    def _sources(self, answer: Answer) -> tuple[dict[str, str], ...]:
        return tuple([self._cited[name] for name in answer.source_ids() if name in self._cited])


def _answer_number(revision: str, text: str, understood: Query | NotUnderstood, proved: Sequence[Figure]) -> str:
    """A short number that stays the same for the same reading on the same revision, in whatever words it was asked."""
    read: tuple[object, ...] = (text, understood)
    if isinstance(understood, Query):
        read = (*_NUMBERED(understood), sorted(understood.features), [figure.id for figure in proved])
    said = "\0".join(map(str, (revision, *read)))
    digest = hashlib.blake2s(said.encode("utf-8", "replace"), digest_size=4).digest()
    number = int.from_bytes(digest)
    return "A-" + "".join([_DIGITS[number >> shift & 31] for shift in range(25, -5, -5)])
