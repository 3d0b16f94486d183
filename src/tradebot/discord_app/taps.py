"""What a tap does: the question out of the control's id, changed, answered anew, shown in place or to the person alone.

    custom_id ─▶ codec ─▶ Query ─▶ changes, pages ─▶ desk ─▶ replies.show

Only the person who asked, or a moderator, changes a public card; anybody else gets a copy of their own. A card of an older
revision is answered from today's, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

import discord

from tradebot.discord_app import notes, trouble
from tradebot.discord_app.card import changes, codec, forms, menus, pages
from tradebot.discord_app.card.buttons import UNKNOWN, tag
from tradebot.discord_app.card.codec import Tapped
from tradebot.discord_app.card.controls import BACK, CHART, DELETE, MAP, ON, PICTURES, POST, SAY, SIDE, SOURCES, WRONG, Shown
from tradebot.discord_app.card.layout import as_text, pieces, quiet
from tradebot.discord_app.replies import QUIET, Interaction, conversation, may_attach, show
from tradebot.pictures import pictured
from tradebot.query import Query

FORGOTTEN = "I no longer know which question this card answered; please ask it again with `/ask`."
NO_CHOICE = "That is none of the choices I gave; please pick another one."
NO_READING = "I cannot read “{said}” as a partner, a measure or a period."
NO_FILES = "I may not attach files in this channel, so I cannot show a picture here."
NOT_YOURS = "Only the person who asked, or a moderator, can delete this answer."
LAST_PAGE = "There is no further page: the record has changed since this card was made."

Values: TypeAlias = tuple[str, ...]


async def tapped(interaction: Interaction, custom_id: str, values: Values = ()) -> None:
    """Does what a control of a card, or a form that it opened, asks for."""
    try:
        tap = codec.unpack(custom_id)
    except codec.CodecError:
        return await trouble.tell(interaction, UNKNOWN)
    if tap.verb in _OF_THE_MESSAGE:
        return await _OF_THE_MESSAGE[tap.verb](interaction, tap, values)
    query = await _query(interaction, tap)
    if query is None:
        return await trouble.tell(interaction, FORGOTTEN)
    if missing := changes.unknown(query, interaction.client.desk.knowledge):
        return await trouble.tell(interaction, f"This card asks about “{missing}”, which is not in today's record.")
    if tap.verb not in _OF_THE_QUESTION:
        return await trouble.tell(interaction, UNKNOWN)
    return await _OF_THE_QUESTION[tap.verb](interaction, tap, query, values)


def may_change(interaction: Interaction, asker: int) -> bool:
    """Whether the person may change or delete the message they tapped."""
    alone = interaction.message is not None and interaction.message.flags.ephemeral
    moderates = interaction.guild_id is not None and interaction.permissions.manage_messages
    return alone or interaction.user.id == asker or moderates


def outdated(interaction: Interaction, revision: str) -> str:
    """What is said where a card of another revision was tapped."""
    current = interaction.client.desk.knowledge.revision
    return "" if tag(revision) == tag(current) else f"The card that was tapped is of revision {revision}; this answer is of {current}."


async def _query(interaction: Interaction, tap: Tapped) -> Query | None:
    return tap.about if isinstance(tap.about, Query) else await notes.query_of(interaction.client, tap.about)


async def _change(interaction: Interaction, tap: Tapped, query: Query, values: Values) -> None:
    """A select: the partner, the measure or the period."""
    value = values[0] if values else ""
    if value == menus.OTHER:
        return await forms.ask_change(interaction, tap)
    try:
        changed = changes.changed(query, tap.verb, value, interaction.client.desk.knowledge)
    except ValueError:
        return await trouble.tell(interaction, NO_CHOICE)
    return await _answer(interaction, tap, changed)


async def _say(interaction: Interaction, tap: Tapped, query: Query, values: Values) -> None:
    """The form for a change in words: “Japan”, “2018”, “imports since 2015”, read as a follow-up of the card's question."""
    client, said_in = interaction.client, conversation(interaction.channel_id, interaction.user.id)
    client.answer(query, said_in)
    said = "".join(values)
    reply = client.ask(f"and {said}", said_in)
    if reply.asked is None:
        return await trouble.tell(interaction, NO_READING.format(said=quiet(said)))
    return await _answer(interaction, tap, reply.asked)


async def _turn(interaction: Interaction, tap: Tapped, query: Query, _: Values) -> None:
    turning = pages.turning(interaction.client.answer(query), tap.page)
    page = turning.back if tap.verb == BACK else turning.on
    if page is None:
        return await trouble.tell(interaction, LAST_PAGE)
    return await _answer(interaction, tap, page.query, page.number)


async def _picture(interaction: Interaction, tap: Tapped, query: Query, _: Values) -> None:
    if not may_attach(interaction):
        return await trouble.tell(interaction, NO_FILES)
    kind = next(kind for kind, verb in PICTURES.items() if verb == tap.verb)
    return await _answer(interaction, replace(tap, picture=None if tap.picture is kind else kind), query, tap.page)


async def _side(interaction: Interaction, tap: Tapped, query: Query, _: Values) -> None:
    seen = changes.has_other_side(interaction.client.answer(query))
    return await _answer(interaction, tap, changes.other_side(query) if seen else query)


async def _sources(interaction: Interaction, tap: Tapped, query: Query, _: Values) -> None:
    """Every figure with its source, place or sum: for the person alone, so that no channel fills with footnotes."""
    proof = interaction.client.desk.prove(interaction.client.answer(query))
    await show(interaction, Shown(proof, interaction.user.id, private=True, note=outdated(interaction, tap.revision)))


async def _post(interaction: Interaction, tap: Tapped, query: Query, _: Values) -> None:
    """A private answer for everybody, by the hand of who had it."""
    client = interaction.client
    if (await client.journal.server(interaction.guild_id)).is_quiet(discord.utils.utcnow()):
        return await trouble.tell(interaction, QUIET)
    reply = client.answer(query, conversation(interaction.channel_id, interaction.user.id))
    charted = pictured(reply, tap.picture) if may_attach(interaction) else None
    note = outdated(interaction, tap.revision)
    return await show(interaction, Shown(reply, interaction.user.id, tap.page, charted, note=note, kept=client.journal.keeps))


async def _answer(interaction: Interaction, tap: Tapped, query: Query, page: int = 0) -> None:
    """The question as changed, in place or as a copy of one's own; one that has no answer leaves the card as it is."""
    client = interaction.client
    reply = client.answer(query, conversation(interaction.channel_id, interaction.user.id))
    if reply.outcome != "answer":
        return await trouble.tell(interaction, as_text(pieces(reply.card)))
    in_place = may_change(interaction, tap.asker)
    private = not in_place or (interaction.message is not None and interaction.message.flags.ephemeral)
    asker = tap.asker if in_place else interaction.user.id
    charted = pictured(reply, tap.picture) if may_attach(interaction) else None
    note = outdated(interaction, tap.revision)
    shown = Shown(reply, asker, page, charted=charted, private=private, note=note, kept=client.journal.keeps)
    return await show(interaction, shown, in_place=in_place)


async def _wrong(interaction: Interaction, tap: Tapped, values: Values) -> None:
    """Opens the form; or, sent with it, takes the note to the journal."""
    if not values:
        return await forms.ask_wrong(interaction, tap)
    number = tap.about if isinstance(tap.about, str) else ""
    said = await notes.wrong(interaction.client, number, values[0], interaction.user.id, interaction.guild_id)
    return await trouble.tell(interaction, said)


async def _delete(interaction: Interaction, tap: Tapped, _: Values) -> None:
    if not may_change(interaction, tap.asker):
        return await trouble.tell(interaction, NOT_YOURS)
    await interaction.response.defer()
    await interaction.delete_original_response()
    return None


_OF_THE_MESSAGE: dict[str, Callable[[Interaction, Tapped, Values], Awaitable[None]]] = {WRONG: _wrong, DELETE: _delete}
_OF_THE_QUESTION: dict[str, Callable[[Interaction, Tapped, Query, Values], Awaitable[None]]] = {
    menus.PARTNER: _change,
    menus.MEASURE: _change,
    menus.PERIOD: _change,
    SAY: _say,
    BACK: _turn,
    ON: _turn,
    CHART: _picture,
    MAP: _picture,
    SIDE: _side,
    SOURCES: _sources,
    POST: _post,
}
