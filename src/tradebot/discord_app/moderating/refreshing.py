"""`/knowledge refresh`: the Bureau's figures into a draft, telling meanwhile how far it is."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path

import discord
import platformdirs
from pydantic import SecretStr

from tradebot.curation.edits.uploads import refreshed
from tradebot.curation.faults import CurationError
from tradebot.discord_app.moderating.showing import Asked
from tradebot.refresh.archive import check_archive
from tradebot.refresh.census_api import SIGN_UP, CensusApi
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.pages import Pages
from tradebot.refresh.readings import Reading
from tradebot.refresh.web import Patience, download
from tradebot.refresh.workbook import read_workbook

KEY, API_URL, WORKBOOK_URL = "CENSUS_API_KEY", "CENSUS_API_URL", "CENSUS_WORKBOOK_URL"
API = "https://api.census.gov/data/timeseries/intltrade"
WORKBOOK = "https://www.census.gov/foreign-trade/balance/country.xlsx"
YEARS_BACK = 3
"""The API is read again from three years back: so far do the revisions of each June reach."""
STEP_SECONDS = 2.0
"""Discord takes five edits of a message in five seconds."""


Found = tuple[Reading, Callable[[], None]]
"""What was read, and what throws away the answers that were kept in case the reading was interrupted."""


class Progress:
    """Says in the moderator's message how far the reading is; called from the reading thread."""

    def __init__(self, interaction: discord.Interaction[discord.Client]) -> None:
        self._interaction = interaction
        self._loop = asyncio.get_running_loop()
        self._last = 0.0
        self._shown: list[Future[None]] = []

    def remark(self, sentence: str) -> None:
        self._say(sentence)

    def step(self, what: str, done: int, of: int) -> None:
        if time.monotonic() - self._last >= STEP_SECONDS:
            self._say(f"Reading {what}: {done * 100 // of} %" if of else f"Reading {what} …")

    def _say(self, text: str) -> None:
        self._last = time.monotonic()
        self._shown.append(asyncio.run_coroutine_threadsafe(self._show(text), self._loop))

    async def over(self) -> None:
        """Waits until all of it was shown, so that none of it overtakes what is said next."""
        await asyncio.gather(*map(asyncio.wrap_future, self._shown))

    async def _show(self, text: str) -> None:
        with suppress(discord.HTTPException):
            await self._interaction.edit_original_response(content=text[:1_900])


async def refresh_draft(asked: Asked, source: str) -> str:
    """Reads what the Bureau published and puts it into the draft; what changed. Raises CurationError."""
    progress = Progress(asked.interaction)
    read = partial(_from_api, progress, asked.client.today) if source == "api" else partial(_from_workbook, progress)
    try:
        reading, forget = await asyncio.to_thread(read)
    except RefreshError as error:
        raise CurationError(str(error)) from error
    finally:
        await progress.over()
    said = await asked.workshop.apply(asked.who, refreshed(reading, asked.client.today))
    await asyncio.to_thread(forget)
    return said


def _from_workbook(progress: Progress) -> Found:
    address = os.environ.get(WORKBOOK_URL, WORKBOOK)
    with tempfile.TemporaryDirectory(prefix="tradebot-") as folder:
        path = Path(folder) / "country.xlsx"
        found = download(address, path, check_archive, Patience(), progress.remark, partial(progress.step, "country.xlsx"))
        return read_workbook(path, found.published), _nothing


def _from_api(progress: Progress, today: dt.date) -> Found:
    key = SecretStr(os.environ.get(KEY, "").strip())
    if not key.get_secret_value():
        raise RefreshError(f"The Census API needs a key, which the operator puts into {KEY}. Keys are free: {SIGN_UP}")
    address = os.environ.get(API_URL, API).rstrip("/")
    pages = Pages.of(platformdirs.user_cache_path("tradebot", appauthor=False), address)
    api = CensusApi(key, pages, address, Patience())
    return api.read(today.year - YEARS_BACK, today, progress.remark, progress.step), pages.forget


def _nothing() -> None:
    """A workbook leaves nothing behind."""
