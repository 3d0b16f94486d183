"""`/knowledge`: every answer is for the moderator alone; who is none is told so, whatever rights a server gives them."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

import discord
from discord import app_commands

from tradebot.curation import consent
from tradebot.curation.edits.uploads import upload as uploaded
from tradebot.curation.people import Moderator
from tradebot.discord_app import trouble
from tradebot.discord_app.moderating import forms, papers, reviewing
from tradebot.discord_app.moderating.showing import Asked, Blocks, Interaction, allowed, answer, show, worked
from tradebot.journal.entries import JournalError
from tradebot.knowledge.limits import MAX_BYTES, MAX_WORKBOOK_BYTES

KNOWLEDGE = app_commands.Group(name="knowledge", description="For moderators: look after what the bot knows")
Kind = Literal["figure", "alias", "event", "observation", "card", "phrase", "gap"]
Why = app_commands.Range[str, 3, 200]
WHOSE = "Whose draft (yours if empty); for who is asked to agree to it"


@KNOWLEDGE.command(description="What is published, how old it is, and what your draft holds")
async def status(interaction: Interaction) -> None:
    await show(interaction, "status")


@KNOWLEDGE.command(description="Everything that is wrong with your draft, at its line")
async def check(interaction: Interaction) -> None:
    await show(interaction, "check")


@KNOWLEDGE.command(description="What your draft changes, in words")
@app_commands.describe(moderator=WHOSE)
async def diff(interaction: Interaction, moderator: discord.User | None = None) -> None:
    await show(interaction, "diff", of=moderator.id if moderator else 0)


@KNOWLEDGE.command(description="Every answer that your draft changes, before and after; what breaks comes first")
@app_commands.describe(moderator=WHOSE)
async def preview(interaction: Interaction, moderator: discord.User | None = None) -> None:
    await show(interaction, "preview", of=moderator.id if moderator else 0)


@KNOWLEDGE.command(description="Who published what, when and why")
async def log(interaction: Interaction) -> None:
    await show(interaction, "log")


@KNOWLEDGE.command(description="What people asked in vain, most asked first, and what each of it becomes")
async def review(interaction: Interaction) -> None:
    await reviewing.review(interaction)


@KNOWLEDGE.command(name="set", description="Change one thing in your draft, through a form")
@app_commands.describe(kind="What to set")
async def set_(interaction: Interaction, kind: Kind) -> None:
    if await allowed(interaction):
        await interaction.response.send_modal(forms.modal(kind))


@KNOWLEDGE.command(description="Put a file into your draft: YAML, CSV, a template, or the Bureau's country.xlsx")
@app_commands.describe(file="The file to put there", place="Where it belongs, such as partners/norway.yaml (found by its name if empty)")
async def upload(interaction: Interaction, file: discord.Attachment, place: str = "") -> None:
    asked = await allowed(interaction)
    if asked is None:
        return
    limit = MAX_WORKBOOK_BYTES if file.filename.lower().endswith(".xlsx") else MAX_BYTES
    if file.size > limit:
        await trouble.tell(interaction, f"{file.filename[:60]} has {file.size // 1_000_000} MB; at most {limit // 1_000_000} are read.")
        return

    async def put() -> str:
        return await asked.workshop.apply(asked.who, uploaded(place or file.filename, await file.read(), asked.client.today))

    await answer(asked, worked(put()))


@KNOWLEDGE.command(description="Bring the figures of your draft up to date from the Census Bureau")
@app_commands.describe(source="The Bureau's workbook, or its API (slower, with products)")
async def refresh(interaction: Interaction, source: Literal["workbook", "api"] = "workbook") -> None:
    from tradebot.discord_app.moderating.refreshing import refresh_draft  # noqa: PLC0415 - its HTTP client is 8 MB that few bots use

    asked = await allowed(interaction)
    if asked is not None:
        await answer(asked, worked(refresh_draft(asked, source)))


@KNOWLEDGE.command(description="Take the answers of the preview as right: tests that fail over a figure say the new one")
async def accept(interaction: Interaction) -> None:
    asked = await allowed(interaction)
    if asked is not None:
        often = await asked.client.often_asked()
        await answer(asked, worked(asked.workshop.accept(asked.who, often)))


@KNOWLEDGE.command(description="Make your draft the next revision")
@app_commands.describe(why="Why; the log keeps it", typed="Doubtful numbers, typed again to confirm them")
async def publish(interaction: Interaction, why: Why, typed: str = "") -> None:
    asked = await allowed(interaction)
    if asked is not None:
        await answer(asked, _published(asked, why, typed))


@KNOWLEDGE.command(description="Undo one revision, and keep those after it")
@app_commands.describe(why="Why; the log keeps it", revision="Which one: r37 (the last if empty)")
async def rollback(interaction: Interaction, why: Why, revision: str = "") -> None:
    asked = await allowed(interaction)
    if asked is not None:
        await answer(asked, _rolled_back(asked, why, revision))


@KNOWLEDGE.command(description="Be the second to agree to another moderator's draft as it is now")
@app_commands.describe(moderator="Whose draft")
async def agree(interaction: Interaction, moderator: discord.User) -> None:
    asked = await allowed(interaction)
    if asked is not None:
        await answer(asked, _agreed(asked, Moderator(str(moderator.id), moderator.display_name)))


@KNOWLEDGE.command(description="Forget every edit of your draft")
async def discard(interaction: Interaction) -> None:
    asked = await allowed(interaction)
    if asked is not None:
        await answer(asked, _discarded(asked))


async def _published(asked: Asked, why: str, typed: str) -> Blocks:
    done = await asked.workshop.publish(asked.who, why, typed)
    with suppress(JournalError):  # it was logged; what people asked in vain is shown once more
        for missed in done.settles:
            await asked.client.journal.settle(missed)
    return papers.published(done)


async def _rolled_back(asked: Asked, why: str, revision: str) -> Blocks:
    return papers.published(await asked.workshop.roll_back(asked.who, why, revision))


async def _agreed(asked: Asked, owner: Moderator) -> Blocks:
    await asked.workshop.work(lambda: consent.agree(asked.workshop.draft(owner), asked.who))
    return [f"You agree to the draft of {owner.called} as it is now; an edit of it would need your consent again."]


async def _discarded(asked: Asked) -> Blocks:
    await asked.workshop.work(lambda: asked.workshop.draft(asked.who).discard())
    return ["Your draft is empty."]
