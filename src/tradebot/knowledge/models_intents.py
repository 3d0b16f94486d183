"""The shape of the files that say how questions are understood: intents and words."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from tradebot.knowledge.file_model import FileModel, Table

Outcome = Literal["answer", "clarify", "refuse", "help", "greet", "silent"]


class When(FileModel):
    """One way a sentence can be this intent.

    `needs` must all be in the sentence, at least one of `any` and none of `lacks`; `only` demands that nothing else is
    asked about. The way with the highest score wins.
    """

    model_config = ConfigDict(populate_by_name=True)

    needs: tuple[str, ...] = Field(default=(), alias="if")
    any: tuple[str, ...] = ()
    lacks: tuple[str, ...] = Field(default=(), alias="not")
    only: bool = False
    score: Annotated[float, Field(gt=0, le=30)] = 5.0


class IntentTest(FileModel):
    """A question (or the turns of a conversation) and what the last reply must be and say.

    `says` and `not_says` are texts, or patterns between slashes, that the reply must and must not contain; `slots`
    are fields of the query.
    """

    ask: str = ""
    turns: tuple[str, ...] = ()
    outcome: Outcome = "answer"
    intent: str = ""
    slots: Table[str, object] = Field(default_factory=dict, validate_default=True)
    says: tuple[str, ...] = ()
    not_says: tuple[str, ...] = ()
    today: dt.date | None = None
    ambient: bool = False


class Intent(FileModel):
    """One kind of question: what makes a sentence this kind, what computes the answer and what words it.

    `family` is a module of answering/, `template` a file under templates/. `takes`
    lists the slots it can use; a sentence that names anything else is not this intent.

    `whole`: a question of its own, whatever was asked before it. `own_voice`: its answers do not hang on who trades with
    whom. `chatter`: what people say beside a question. `assumes_latest_year`: without a period it speaks of that year.
    """

    id: str
    family: str
    template: str = ""
    about: str = ""
    when: tuple[When, ...] = ()
    takes: tuple[str, ...] = ()
    defaults: Table[str, str] = Field(default_factory=dict, validate_default=True)
    whole: bool = False
    own_voice: bool = False
    chatter: bool = False
    assumes_latest_year: bool = False
    phrases: tuple[str, ...] = ()
    tests: tuple[IntentTest, ...] = ()


class CueFile(FileModel):
    """A file of words/: ideas and the phrases that name them."""

    cues: Table[str, tuple[str, ...]]


class Grammar(FileModel):
    """words/grammar.yaml: function words, number words, months, days with names, scales."""

    fillers: tuple[str, ...]
    soft: tuple[str, ...]
    numbers: Table[str, float]
    ordinals: Table[str, float]
    scales: Table[str, float]
    months: Table[str, float]
    days: Table[str, dt.date] = Field(default_factory=dict, validate_default=True)
    spans: Table[str, Annotated[str, Field(pattern=r"^\d{4}(-\d{2})?(/\d{4}-\d{2})?$")]] = Field(
        default_factory=dict, validate_default=True
    )
    presidents: Table[str, tuple[Annotated[str, Field(pattern=r"^\d{4}/\d{4}$")], ...]] = Field(default_factory=dict, validate_default=True)
    terms: Table[str, tuple[str, ...]] = Field(default_factory=dict, validate_default=True)
    domain: tuple[str, ...]
    free: tuple[str, ...]
    context: tuple[str, ...]
    unasked: tuple[str, ...]
    us: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    lead_ins: tuple[str, ...]
