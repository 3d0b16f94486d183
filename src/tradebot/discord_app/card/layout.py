"""A card in words, measured: for a message of components, for an embed, and as plain text that stands alone.

    Card ─▶ Pieces(headline, parts, foot) ─▶ texts (components) · embed (headline as content) · text

All three carry the same facts: what does not fit is left out by rule, and said.
"""

from __future__ import annotations

from dataclasses import dataclass

import discord

from tradebot.discord_app.card import columns
from tradebot.discord_app.card.limits import CARD_TEXT, CONTENT, EMBED_DESCRIPTION, EMBED_FOOTER, EMBED_TOTAL, Parts, fit, shorten
from tradebot.presentation.card import Card
from tradebot.presentation.plain import SEPARATOR

COLOUR = 0x2F6F8F
_QUARTER = CARD_TEXT // 4
"""What a headline or a foot may take of a card, so that half of it is left for what stands between."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The card's words, with nothing in them that could ping."""

    headline: str
    parts: Parts
    foot: str


def pieces(card: Card, *, place: str = "", note: str = "") -> Pieces:
    """The words of a card; `place` says which rows of a longer table these are, `note` what else the reader must know."""
    sheet = card.sheet
    read_as = [f"*Read as: {quiet(card.read_as)}.*"] if card.read_as else []
    parts = Parts(
        paragraphs=tuple(quiet(each) for each in card.body),
        title=f"**{quiet(sheet.title)}**" if sheet and sheet.title else "",
        table=tuple(quiet(line).replace("`", "'") for line in columns.lines(sheet)) if sheet and sheet.rows else (),
        closing=(*([f"-# {place}"] if place else []), *([quiet(note)] if note else []), *read_as),
    )
    return Pieces(quiet(card.headline), parts, quiet(SEPARATOR.join(card.foot)))


def as_texts(of: Pieces) -> tuple[str, ...]:
    """Headline, middle and foot of a card of components, within what its texts may hold together."""
    headline, foot = f"**{shorten(of.headline, _QUARTER)}**", _small(of.foot)
    middle = fit(of.parts, CARD_TEXT - len(headline) - len(foot))
    return tuple(text for text in (headline, middle, foot) if text)


def as_embed(of: Pieces) -> tuple[str, discord.Embed | None]:
    """The headline as content, for notifications and screen readers, and all else within what an embed may hold."""
    description = fit(of.parts, EMBED_DESCRIPTION)
    footer = shorten(of.foot, min(EMBED_FOOTER, EMBED_TOTAL - len(description)))
    if not description and not footer:
        return shorten(of.headline, CONTENT), None
    embed = discord.Embed(description=description or None, colour=COLOUR)
    return shorten(of.headline, CONTENT), embed.set_footer(text=footer) if footer else embed


def as_text(of: Pieces) -> str:
    """Everything as the text of one message."""
    foot = [_small(of.foot)] if of.foot else []
    headline = shorten(of.headline, CONTENT)
    return fit(Parts((headline, *of.parts.paragraphs), of.parts.title, of.parts.table, (*of.parts.closing, *foot)), CONTENT)


def quiet(text: str) -> str:
    """The text with every mention broken, and no masked link."""
    safe = discord.utils.escape_mentions(text) if "@" in text else text
    return safe.replace("](", "] (")


def _small(text: str) -> str:
    return f"-# {shorten(text, _QUARTER)}" if text else ""
