"""The README's conversation, word for word, in Discord.

It stands in a fenced block “```conversation”: lines that begin with “> ” are questions, what follows is the answer.
"""

from __future__ import annotations

import re
from pathlib import Path

from discord_app.world import World, said

README = Path(__file__).parents[2] / "README.md"
_BLOCK = re.compile(r"^```conversation\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_TURN = re.compile(r"^> (.+)\n((?:(?!> ).*\n)*)", re.MULTILINE)


def conversation() -> list[tuple[str, str]]:
    """(question, answer) in the README's order."""
    (block,) = _BLOCK.findall(README.read_text(encoding="utf-8"))
    return [(question.strip(), answer.strip()) for question, answer in _TURN.findall(block)]


async def test_the_readme_is_answered_word_for_word(world: World) -> None:
    turns = conversation()
    assert len(turns) >= 3
    for question, answer in turns:
        reply = await world.ask(question)
        words = " ".join(re.sub(r"[*`]|^-# ", "", said(reply), flags=re.MULTILINE).split())
        for paragraph in answer.split("\n\n"):
            assert " ".join(paragraph.split()) in words
