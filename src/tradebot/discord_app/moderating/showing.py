"""From a moderator's request to pages that only the moderator sees: rights, the work, and what stops it in a sentence.

interaction ─▶ allowed ─▶ defer ─▶ PAPERS[what](workshop, who) ─▶ page ─▶ buttons to the pages beside it
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import discord

from tradebot.curation.draft_difference import difference
from tradebot.curation.faults import CurationError, RefusedError
from tradebot.curation.people import Moderator
from tradebot.discord_app import trouble
from tradebot.discord_app.moderating import papers
from tradebot.discord_app.moderating.library import Library
from tradebot.discord_app.moderating.workshop import Moderated, Workshop
from tradebot.knowledge.problems import KnowledgeError

Interaction: TypeAlias = discord.Interaction[Any]
Blocks = Iterable[str]

NOT_YOURS = "`/knowledge` is for those who look after what I know; the bot's operator names them."
ONLY_READ = (
    "From here what I know can only be read (`/knowledge status`, `check` and `review`): it is no git repository. "
    "The operator makes one of it with `tradebot knowledge init DIR`, and then it can be edited from here as well."
)
READABLE = frozenset({"status", "check"})
"""Papers for which no repository is needed."""
REFUSED = "**Refused; nothing was published.**"
LOGGED = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A moderator's request, rights checked."""

    interaction: Interaction
    client: Moderated
    library: Library
    who: Moderator

    @property
    def workshop(self) -> Workshop:
        """Where it is edited. Raises CurationError where nothing can be."""
        if not isinstance(self.library, Workshop):
            raise CurationError(ONLY_READ)
        return self.library


async def allowed(interaction: Interaction, *, reading: bool = False) -> Asked | None:
    """The request, if the person may make it; otherwise they are told why not. `reading` asks for no repository."""
    client: Moderated = interaction.client
    library = client.library
    if library is None or not library.moderators.include(interaction.user):
        await trouble.tell(interaction, NOT_YOURS)
        return None
    if not reading and not isinstance(library, Workshop):
        await trouble.tell(interaction, ONLY_READ)
        return None
    return Asked(interaction, client, library, Moderator(str(interaction.user.id), interaction.user.display_name))


async def show(interaction: Interaction, what: str, page: int = 1, of: int = 0) -> None:
    """One of the PAPERS, at a page; `of` is whose draft it is about, where that is somebody else's."""
    asked = await allowed(interaction, reading=what in READABLE)
    if asked is not None:
        about = replace(asked, who=Moderator(str(of), str(of))) if of else asked
        await answer(asked, PAPERS[what](about), what, page, of)


async def answer(asked: Asked, work: Awaitable[Blocks], what: str = "", page: int = 1, of: int = 0) -> None:
    """Does the work while Discord waits, and shows what comes of it; `what` is the paper whose pages can be turned, see show."""
    turning = asked.interaction.message is not None and asked.interaction.type is discord.InteractionType.component
    await asked.interaction.response.defer(ephemeral=True, thinking=not turning)
    try:
        found = papers.pages(await work)
    except RefusedError as error:
        found, what = papers.pages([REFUSED, *(f"- {reason}" for reason in error.reasons)]), ""
    except (CurationError, KnowledgeError) as error:
        found, what = papers.pages(str(error).splitlines()), ""
    at = min(max(page, 1), len(found))
    text = f"{found[at - 1]}\n-# Page {at} of {len(found)}" if len(found) > 1 else "".join(found)
    await asked.interaction.edit_original_response(content=text, view=_turns(what, at, len(found), of))


def _turns(what: str, page: int, count: int, of: int) -> discord.ui.View | None:
    if not what or count < 2:
        return None
    view = discord.ui.View(timeout=None)
    for label, to in (("◀", page - 1), ("▶", page + 1)):
        view.add_item(discord.ui.Button(label=label, custom_id=page_id(what, to, of), disabled=not 1 <= to <= count))
    return view


def page_id(what: str, page: int, of: int = 0) -> str:
    """The custom_id of a button that turns to a page; `of` is whose draft, as in show."""
    return f"kn:page:{what}:{page}{f':{of}' if of else ''}"


async def _status(asked: Asked) -> Blocks:
    client = asked.client
    if not isinstance(asked.library, Workshop):
        return papers.only_read(client.desk.knowledge, client.today)
    workshop = asked.library

    def read() -> list[str]:
        repository, draft = workshop.repository, workshop.draft(asked.who)
        return list(papers.status(draft, repository.log(1)[0], repository.edited(), client.desk.knowledge, client.today))

    return await workshop.work(read)


async def _check(asked: Asked) -> Blocks:
    problems = await asked.library.check(asked.who)
    return [f"- {problem}" for problem in problems] or ["Every file can be read, every test passes."]


async def _diff(asked: Asked) -> Blocks:
    return await asked.workshop.work(lambda: list(papers.diff(difference(asked.workshop.draft(asked.who)))))


async def _preview(asked: Asked) -> Blocks:
    return papers.preview(await asked.workshop.preview(asked.who, await asked.client.often_asked()))


async def _log(asked: Asked) -> Blocks:
    return papers.log(await asked.workshop.work(lambda: asked.workshop.repository.log(LOGGED)))


PAPERS: dict[str, Callable[[Asked], Awaitable[Blocks]]] = {
    "status": _status,
    "check": _check,
    "diff": _diff,
    "preview": _preview,
    "log": _log,
}


async def worked(work: Awaitable[str]) -> Blocks:
    """An edit of the draft, as a page."""
    return [f"In your draft: {await work}", "-# Next: `/knowledge diff`, `/knowledge preview`, `/knowledge publish`"]
