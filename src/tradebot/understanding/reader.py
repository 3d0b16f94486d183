"""The door of understanding: a message and what was said before → a Query, or the reason why not."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import NotUnderstood, Query, Understood
from tradebot.understanding import clauses, completing, filling, followup, fragments, presidencies, refusing, text, thresholds, times
from tradebot.understanding.choosing import Chooser, Chosen
from tradebot.understanding.followup import Turn
from tradebot.understanding.frame import Frame
from tradebot.understanding.framing import Setting, build, resolve
from tradebot.understanding.marks import marker
from tradebot.understanding.time_points import Calendar, When
from tradebot.understanding.vocabulary import Vocabulary

SENTENCES_READ = 12
"""Sentences of one message that are looked at; a longer message has its question in the first or last of them."""


_SURE = frozenset({"domain", "term", "newsletter", "source"})
"""Features without which a sentence is only a question when the rest of the message is explained too."""


_QUOTING = re.compile(r"https?:|www\.|[“”\"].+[“”\"]|^\s*>")
"""Marks of talk about something written elsewhere: a link, a title in quotation marks, a quoted line."""

LONGEST_TIME = 100
"""Characters of a text that may name a period."""

QUOTED = 80
"""Characters of a second question that are repeated to its asker."""


LED_UP, LONG = 7, 20
"""Marks from which a sentence may hold more than its question: words that nothing explains, a story that it ends."""

_PLACED = frozenset({"area", "limit", "nth", "largest", "smallest", "world", "who"})
_MEASURES = frozenset(
    {"deficit", "surplus", "balance", "imports", "exports", "total_trade", "trade", "tariff", "supplier", "market", "buy", "sell"}
)


def _topics(frame: Frame) -> frozenset[str]:
    return frozenset(frame.features & _MEASURES)


class Reading(NamedTuple):
    """One sentence read as a question: its frame (with what was carried over), the intent chosen, the frame as it was said."""

    frame: Frame
    chosen: Chosen
    origin: Frame
    carried: tuple[str, ...] = ()


class Reader:
    """Reads messages by one knowledge snapshot."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.marker = marker(Vocabulary.of(knowledge))
        self.lexicon = self.marker.lexicon
        self._free = frozenset((*knowledge.words.free, *knowledge.words.domain))
        self._lead_ins = clauses.LeadIns(knowledge.words.lead_ins)
        self.chooser = Chooser(knowledge.intents, self._free, frozenset(knowledge.words.unasked))
        self._setting = Setting.of(knowledge.words, knowledge.groups)
        self._calendar = times.calendar(knowledge)
        self._defaults = {ambiguity.id: ambiguity.default for ambiguity in knowledge.places.ambiguous if ambiguity.default}

    def read(
        self,
        message: str,
        before: Turn | None = None,
        *,
        today: dt.date,
        ambient: bool = False,
        tolerated: int = thresholds.UNEXPLAINED_STRONG,
    ) -> Understood:
        """The query a message asks, or why there is none. Never raises for any text.

        `tolerated` words of a sentence may stay unexplained; only measuring asks for others than the usual.
        """
        if len(message) > text.LONGEST_MESSAGE:
            return _silent_if(ambient, NotUnderstood("refuse", "too_long"))
        cleaned = text.clean(message)
        if not cleaned:
            return _silent_if(ambient, NotUnderstood("refuse", "empty"))
        calendar = self._on(today)
        if before is not None and before.query.period_said:
            cleaned = presidencies.in_full(cleaned, before.query.period_said, self.knowledge.words)
        sentences = text.sentences(cleaned)
        frames = [frame for sentence in _ends(sentences, SENTENCES_READ) for frame in self._frames(sentence, calendar)]
        for frame, following in itertools.pairwise(frames):
            followup.point_back(following, frame)
        readings = [reading for frame in frames if (reading := self._reading(frame, before)) is not None]
        complete = [reading for reading in readings if len(reading.chosen.unexplained) <= tolerated]
        complete = [one for one in complete if not one.frame.features.isdisjoint(_SURE) or not self._beside(one, readings, frames)]
        complete = [reading for reading in complete if not reading.chosen.intent.chatter] or complete
        if ambient and _QUOTING.search(message):
            return NotUnderstood("silent", "silent")
        if ambient:
            return self._ambient(complete, frames, calendar)
        if not complete:
            return refusing.refuse(frames, readings[0].chosen if readings else None, self.knowledge, self._free, before)
        return self._answered(complete, before, calendar)

    def when(self, said: str, today: dt.date) -> When | None:
        """The one period or day that a text names and nothing else (“mar 2025”, “since 2018”); None for any other text."""
        if len(said) > LONGEST_TIME:
            return None
        calendar = self._on(today)
        frame = self._frame(f"in {text.clean(said)}", calendar)
        if len(frame.whens) != 1 or not frame.used.issuperset(range(1, len(frame.marks))):
            return None
        return frame.whens[0]._replace(period=filling.periods(frame, calendar)[0] or frame.whens[0].period)

    def _on(self, today: dt.date) -> Calendar:
        calendar = self._calendar
        if calendar.today != today:
            self._calendar = calendar = replace(calendar, today=today)
        return calendar

    def _frame(self, sentence: str, calendar: Calendar) -> Frame:
        marks = self.marker.mark(text.tokens(sentence))
        frame = build(marks, calendar, self._setting, sentence)
        resolve(frame, self._defaults)
        return frame

    def _frames(self, sentence: str, calendar: Calendar) -> list[Frame]:
        """The frame of a sentence, or of its two halves when “and” joins two questions that are each complete."""
        for parts in clauses.halves(sentence):
            halves = [self._frame(part, calendar) for part in parts]
            listed = not halves[1].marks or halves[1].marks[0].key.split(" ")[0] not in clauses.ASKING  # “the main imports and exports of”
            if listed and not all("area" in half.features for half in halves):
                continue
            followup.point_back(halves[1], halves[0])  # “the deficit with China and what tariffs do they pay”
            if self._stands_alone(halves[0]) and self._stands_alone(halves[1], linked=True) and _topics(halves[0]) != _topics(halves[1]):
                halves[1].is_question = halves[0].is_question = True
                return halves
        whole = self._frame(sentence, calendar)
        return [self._core(whole, calendar) if len(whole.marks) >= LED_UP and whole.features & _MEASURES else whole]

    def _core(self, whole: Frame, calendar: Calendar) -> Frame:
        """The question within a sentence whose other words nothing explains (“I was reading and wondered how large …”): the shortest.

        A sentence that is explained as a whole is a long story only where a question word begins again within it.
        """
        chosen = self.chooser.choose(whole)
        explained = chosen is not None and not chosen.unexplained
        if explained and len(whole.marks) < LONG:
            return whole
        for core in self._lead_ins.cores(whole.text):
            if explained and core.split(" ", 1)[0].lower() not in clauses.ASKING:
                continue
            frame = self._frame(core, calendar)
            if self._stands_alone(frame):
                frame.is_question = True
                return frame
        return whole

    def _stands_alone(self, frame: Frame, *, linked: bool = False) -> bool:
        """Whether it is a whole question; `linked`: what it points back to is named in the half before it."""
        chosen = self.chooser.choose(frame) if frame.features & _PLACED and _topics(frame) else None
        return chosen is not None and not chosen.unexplained and (linked or not followup.points_back(frame))

    def _reading(self, frame: Frame, before: Turn | None) -> Reading | None:
        frame = frame if before is None else fragments.of_list(frame, before.query)
        alone = self.chooser.choose(frame)
        if before is not None and followup.leans(frame, alone, before.query):
            merged, carried = followup.merge(frame, before)
            chosen = self.chooser.choose(merged)
            if chosen and carried and (alone is None or followup.prefers(chosen, alone)):
                return Reading(merged, chosen, frame, carried)
        return Reading(frame, alone, frame) if alone else None

    def _beside(self, reading: Reading, readings: Sequence[Reading], frames: Sequence[Frame]) -> bool:
        """Whether the rest of the message holds words that nothing explains."""
        read = [other.origin for other in readings if not other.chosen.unexplained]
        return any(
            frame is not reading.origin and not any(frame is one for one in read) and frame.unexplained(self._free) for frame in frames
        )

    def _answered(self, complete: Sequence[Reading], before: Turn | None, calendar: Calendar) -> Understood:
        asked = [reading for reading in complete if reading.frame.is_question and "domain" in reading.frame.features]
        best = asked[0] if len(asked) > 1 else max(complete, key=lambda reading: reading.chosen.score + reading.frame.is_question)
        ambiguous = best.frame.ambiguous
        if ambiguous and "partner" in self.chooser.takes[best.chosen.intent.id]:
            return refusing.which_one(best.frame, self.knowledge)
        trouble = refusing.trouble(best.frame, best.chosen, self.knowledge)
        if trouble is not None:
            return trouble
        others = (reading for reading in asked if reading is not best)
        also = tuple(dict.fromkeys(other.origin.text.strip()[:QUOTED] for other in others))
        query = self._query(best, before, calendar)
        return replace(query, also=also) if also else query

    def _query(self, reading: Reading, before: Turn | None, calendar: Calendar) -> Query:
        query = filling.fill(reading.frame, reading.chosen.intent, calendar, reading.carried)
        return completing.complete(query, reading.frame, before)

    def _ambient(self, complete: Sequence[Reading], frames: Sequence[Frame], calendar: Calendar) -> Understood:
        """Said to nobody: only a whole, single question with a trade word in it is answered."""
        silent = NotUnderstood("silent", "silent")
        if len(frames) != 1 or not complete:
            return silent
        reading = complete[0]
        features = reading.frame.features
        asks = reading.frame.is_question and "domain" in features and bool(features & {"area", "limit"})
        if not asks or reading.chosen.score < thresholds.AMBIENT_SCORE or reading.chosen.intent.family == "refuse":
            return silent
        answered = self._answered(complete, None, calendar)
        return answered if isinstance(answered, Query) else silent


def _ends(sentences: Sequence[str], count: int) -> Sequence[str]:
    """So many of them, from the beginning and the end."""
    return sentences if len(sentences) <= count else [*sentences[: count // 2], *sentences[-(count // 2) :]]


def _silent_if(ambient: bool, otherwise: NotUnderstood) -> NotUnderstood:
    return NotUnderstood("silent", "silent") if ambient else otherwise
