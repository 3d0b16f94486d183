"""A reply as a Discord message: the headline as its text, everything else in an embed, two questions as buttons.

    Card ──▶ Layout(content, embed, plain)

The headline is plain content, so that a notification and a screen reader have it; `plain` is the whole card as text
for channels where the bot may not embed. Both carry the same facts.
"""

from __future__ import annotations

from dataclasses import dataclass

import discord

from tradebot.discord_app import columns
from tradebot.discord_app.limits import CONTENT, EMBED_DESCRIPTION, EMBED_FOOTER, EMBED_TOTAL, Parts, fit, shorten
from tradebot.presentation.card import Card
from tradebot.presentation.plain import SEPARATOR

COLOUR = 0x2F6F8F


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a message, measured. `plain` stands alone; `content` and `embed` belong together."""

    content: str
    embed: discord.Embed | None
    plain: str


def lay_out(card: Card) -> Layout:
    """The card within Discord's limits, with nothing in it that could ping."""
    headline = shorten(quiet(card.headline), CONTENT)
    parts = _parts(card)
    foot = quiet(SEPARATOR.join(card.foot))
    whole = Parts((headline, *parts.paragraphs), parts.title, parts.table, (*parts.closing, *([f"-# {foot}"] if foot else [])))
    plain = fit(whole, CONTENT)
    if card.outcome != "answer":
        return Layout(plain, None, plain)
    return Layout(headline, _embed(parts, foot), plain)


def quiet(text: str) -> str:
    """The text with every mention broken, and no masked link."""
    return discord.utils.escape_mentions(text).replace("](", "] (")


def _parts(card: Card) -> Parts:
    sheet = card.sheet
    return Parts(
        paragraphs=tuple(quiet(each) for each in card.body),
        title=f"**{quiet(sheet.title)}**" if sheet and sheet.title else "",
        table=tuple(quiet(line).replace("`", "'") for line in columns.lines(sheet)) if sheet and sheet.rows else (),
        closing=(f"*Read as: {quiet(card.read_as)}.*",) if card.read_as else (),
    )


def _embed(parts: Parts, foot: str) -> discord.Embed | None:
    """Both parts within their own limits and within what an embed may hold in all."""
    description = fit(parts, EMBED_DESCRIPTION)
    footer = shorten(foot, min(EMBED_FOOTER, EMBED_TOTAL - len(description)))
    if not description and not footer:
        return None
    embed = discord.Embed(description=description or None, colour=COLOUR)
    return embed.set_footer(text=footer) if footer else embed
