"""An earlier answer by its number: exactly as it was given, and what is different today.

A-7Q2F4K ─▶ journal ─▶ question, query, revision, day ─┬▶ that revision's edition ─▶ the reply of then
                                                      └▶ today's desk ─▶ the same, or what it says instead and why
"""

from __future__ import annotations

from dataclasses import replace

from tradebot.answer import AnswerError
from tradebot.curation.corrections import TOLD, moved
from tradebot.desk import Reply
from tradebot.discord_app.desk_client import DeskClient
from tradebot.edition import Edition
from tradebot.journal.entries import Kept
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

NO_JOURNAL = "I keep no journal here, so I cannot look up earlier answers. Ask the question again with `/ask`."
UNKNOWN = "I have kept no answer with the number {number}. It stands at the foot of an answer, and I keep it for a limited time."
SAME = "Asked again today, the answer is the same."


class NotKeptError(Exception):
    """There is nothing to show; the text is the sentence for the person."""


async def again(client: DeskClient, number: str) -> Reply:
    """The reply of then with a note on today's. Raises NotKeptError."""
    if not client.journal.keeps:
        raise NotKeptError(NO_JOURNAL)
    kept = await client.journal.answer(number)
    query = _query(kept)
    if kept is None or query is None:
        raise NotKeptError(UNKNOWN.format(number=number))
    now = client.answer(query, question=kept.text)
    edition = await client.edition(kept.revision)
    then = _then(kept, query, edition, number) if edition else None
    if then is None:
        return _noted(now, f"{number} was answered on revision {kept.revision}, which I no longer hold; this is today's answer.")
    return _noted(then, _today(kept, then, now, client.desk.knowledge))


def _query(kept: Kept | None) -> Query | None:
    """The query as it was understood; None where it was kept by a version that wrote it otherwise."""
    try:
        return Query.from_json(kept.asked_json) if kept and kept.asked_json else None
    except ValueError:
        return None


def _then(kept: Kept, query: Query, edition: Edition, number: str) -> Reply | None:
    """The reply of then; None where this version of the program words another one, or none."""
    try:
        reply = edition.reply(kept.text, query, kept.today)
    except AnswerError:
        return None
    return reply if reply.answer_id == number else None


def _today(kept: Kept, then: Reply, now: Reply, knowledge: Knowledge) -> str:
    if _facts(now) == _facts(then):
        return SAME
    reasons = [f"the knowledge is now {now.revision}, then it was {kept.revision}"] if now.revision != kept.revision else []
    reasons += list(moved({figure.id: figure.value for figure in then.answer.figures()}, now, knowledge))[:TOLD]
    reasons = reasons or [f"some of it depends on the day, and it was asked on {kept.today.day} {kept.today:%b %Y}"]
    return f"Asked again today, the answer begins: {now.card.headline} ({'; '.join(reasons)})"


def _facts(reply: Reply) -> tuple[object, ...]:
    """All that an answer says, without its foot."""
    return (reply.card.headline, reply.card.body, reply.card.sheet)


def _noted(reply: Reply, note: str) -> Reply:
    return replace(reply, card=replace(reply.card, body=(*reply.card.body, note)))
