"""Papers: what moderators read, as pages that fit a message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from tradebot.answering.ages import date_of, is_past
from tradebot.curation.consent import agreed
from tradebot.curation.draft import Draft
from tradebot.curation.draft_difference import Difference
from tradebot.curation.preview import Change, Kind, Preview
from tradebot.curation.publishing import Published
from tradebot.curation.revisions import Revision
from tradebot.journal.entries import Miss
from tradebot.knowledge.snapshot import Knowledge

PAGE = 1_800
"""Characters of a page; Discord takes 2,000, and the number of the page needs some."""
LONGEST = 600
MISSES_SHOWN, MISS_LENGTH = 4, 150
_KINDS = {
    Kind.BROKEN: "breaks",
    Kind.LOST: "no longer answered",
    Kind.OTHERWISE: "understood otherwise",
    Kind.REWORDED: "says something else",
    Kind.GAINED: "answered now",
}


def pages(blocks: Iterable[str]) -> list[str]:
    """Blocks of text put together to pages; no block is torn apart, one that is longer than a page is shortened."""
    found: list[str] = []
    for block in blocks:
        short = block if len(block) <= PAGE else f"{block[: PAGE - 1]}…"
        if found and len(found[-1]) + len(short) + 1 <= PAGE:
            found[-1] += f"\n{short}"
        else:
            found.append(short)
    return found


def status(draft: Draft, last: Revision, edited: Sequence[str], knowledge: Knowledge, today: dt.date) -> Iterator[str]:
    """What is published, how old it is, and what is not published yet."""
    yield f"**{last.name}**, published on {last.at:%d %b %Y, %H:%M} by {last.by}: {last.why}"
    yield from ages(knowledge, today)
    if edited:
        yield f"Edited by hand and not published: {', '.join(edited)}"
    behind = ", and others published since you began" if draft.is_behind else ""
    yield f"Your draft: {len(draft.edits)} {'edit' if len(draft.edits) == 1 else 'edits'}{behind}."
    yield from (f"- {line}" for line in draft.edits)
    if names := agreed(draft):
        yield f"Agreed by {', '.join(names)}."


def only_read(knowledge: Knowledge, today: dt.date) -> Iterator[str]:
    """What answers where nothing can be edited from the chat, and how old it is."""
    yield f"**{knowledge.revision}** answers, from files that are no git repository: from here they can be read, not edited."
    yield from ages(knowledge, today)


def ages(knowledge: Knowledge, today: dt.date) -> Iterator[str]:
    """The age of every kind of fact; what is due for review first."""
    dated = [(kind, life, date) for kind, life in knowledge.shelf_lives.items() if (date := date_of(knowledge, kind))]
    for due in (True, False):
        for kind, life, date in dated:
            if is_past(knowledge, kind, date, today) is due:
                yield f"- {life.title}: of {date:%d %b %Y}{' · **due for review**' if due else ''}"


def diff(found: Difference) -> Iterator[str]:
    if not found.lines:
        yield "The draft changes nothing."
    yield from (f"- {line}" for line in found.lines)
    yield from (f"⚠ {doubt}" for doubt in found.doubts)


def preview(found: Preview) -> Iterator[str]:
    """The gravest first: the question, and what was and would be said."""
    yield f"**{found.headline}**"
    yield from map(_change, found.changes)


def _change(change: Change) -> str:
    why = f": {change.why}" if change.why else ""
    return f"**{change.question}** ({_KINDS[change.kind]}{why})\n{_quoted('−', change.before)}\n{_quoted('+', change.after)}"


def _quoted(sign: str, text: str) -> str:
    said = " ".join(text.split())
    return f"{sign} {said if len(said) <= LONGEST else f'{said[:LONGEST]}…'}"


def published(done: Published) -> Iterator[str]:
    yield f"**{done.revision} is published.**"
    yield from (f"- {line}" for line in done.difference.lines)
    if done.left_alone:
        yield f"Edited by hand and left alone: {', '.join(done.left_alone)}"


def miss_page(miss: Miss, place: int, count: int) -> str:
    """A kind of question that was asked in vain: what was not understood, how often, and in which words."""
    why = f"{miss.why}: {miss.reason}" if miss.reason else miss.why
    times = "once" if miss.count == 1 else f"{miss.count} times"
    head = f"**{miss.missed}** · asked {times}, last on {miss.last:%d %b %Y} ({why})"
    said = [*(f"- {_short(text)}" for text in miss.texts[:MISSES_SHOWN]), *(f"> {_short(note)}" for note in miss.notes[:MISSES_SHOWN])]
    return "\n".join([head, *said, f"-# {place} of {count}"])


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= MISS_LENGTH else f"{said[:MISS_LENGTH]}…"


def log(revisions: Iterable[Revision]) -> Iterator[str]:
    for each in revisions:
        agreement = f" (agreed: {each.approved_by})" if each.approved_by else ""
        yield "\n".join((f"**{each.name}** {each.at:%d %b %Y, %H:%M}, {each.by}{agreement}: {each.why}", *each.more.splitlines()))
