"""The preview: a furnished server that the real bot answers in, shown on a page of this machine alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from simcord import Env

from discord_app.preview import PEOPLE, furnish


async def test_the_sample_server_shows_questions_with_their_answers(simcord_env: Env) -> None:
    sample = await furnish(simcord_env)
    async with simcord_env.preview(sample.channel, viewers=sample.people, layout="channel") as preview:
        assert preview.url.startswith("http://127.0.0.1:")
        shown = await preview.snapshot()
        authors = {message["author"]["username"] for message in shown["messages"].values()}
    assert authors == {*PEOPLE, "tradebot"}
    assert len(shown["messages"]) >= 10
    assert not simcord_env.errors


def test_make_preview_serves_a_page_on_this_machine_alone() -> None:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen([sys.executable, "-m", "discord_app.preview"], env=environ, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout
        said = next((line.strip() for line in serving.stdout if "http" in line), "it ended")
        serving.terminate()
    assert said.startswith("http://127.0.0.1:")
