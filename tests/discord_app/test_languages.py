"""What people who use Discord in another language are shown: every name and description, in words that Discord takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from discord_app.world import World, response, said
from tradebot.discord_app.moderating.commands import KNOWLEDGE
from tradebot.discord_app.translation import FOLDER, Languages, load
from tradebot.knowledge.problems import KnowledgeError

ASKED_FOR = {"de", "es-ES", "es-419", "fr", "pt-BR", "ja", "ko", "zh-CN", "zh-TW", "vi"}
LONGEST_COMMAND = 8_000
Payload = dict[str, Any]


async def registered(world: World) -> list[Payload]:
    """What Discord is told of every command, the message menu and what only moderators use among them."""
    tree = world.bot.tree
    assert tree.translator
    return [await command.get_translated_payload(tree, tree.translator) for command in (*tree.get_commands(), KNOWLEDGE)]


def parts(payload: Payload) -> Iterator[tuple[str, Payload]]:
    """Everything in a payload that people read, with its path."""
    yield payload["name"], payload
    for held in (*payload.get("options", ()), *payload.get("choices", ())):
        yield from ((f"{payload['name']} {path}", each) for path, each in parts(held))


def test_there_is_a_file_for_every_language_asked_for() -> None:
    assert {locale.value for locale in Languages().locales} == ASKED_FOR


async def test_every_command_option_and_choice_has_a_name_and_a_description_in_every_language(world: World) -> None:
    for payload in await registered(world):
        for path, part in parts(payload):
            assert set(part.get("name_localizations") or {}) == ASKED_FOR, path
            if part.get("description"):
                assert set(part.get("description_localizations") or {}) == ASKED_FOR, path
                assert 10 < len(part["description"]) <= 100, path
                assert max(map(len, part["description_localizations"].values())) <= 100, path


async def test_no_two_commands_and_no_two_options_of_a_command_share_a_name(world: World) -> None:
    payloads = await registered(world)
    below = [each.get("options") or [] for payload in payloads for _, each in parts(payload)]
    for siblings in (payloads, *below):
        for locale in ASKED_FOR:
            names = [each["name_localizations"][locale] for each in siblings]
            assert len(names) == len(set(names)), (locale, names)


async def test_no_command_is_longer_than_discord_takes(world: World) -> None:
    for payload in await registered(world):
        assert sum(longest(each) for _, each in parts(payload)) <= LONGEST_COMMAND, payload["name"]


def longest(part: Payload) -> int:
    """Characters as Discord counts them: of each text the longest language."""
    texts = [(part.get(name, ""), *(part.get(f"{name}_localizations") or {}).values()) for name in ("name", "description", "value")]
    return sum(max(map(len, map(str, each))) for each in texts)


async def test_no_language_file_has_words_for_what_is_not_there(world: World) -> None:
    payloads = await registered(world)
    every = [(path, each) for payload in payloads for path, each in parts(payload)]
    commands = {path for path, each in every if "description" in each and "required" not in each}
    options = {(path.rpartition(" ")[0], each["name"]) for path, each in every if "required" in each}
    names = {name for _, name in options} | {f"{command}.{name}" for command, name in options}
    choices = {each["name"] for _, each in every if "value" in each}
    for file, language in load().items():
        assert set(language.commands) == commands, file
        assert set(language.options) <= names, file
        assert set(language.choices) == choices, file
        assert set(language.menus) == {each["name"] for each in payloads if each["type"] != 1}, file


async def test_a_command_works_for_who_reads_another_language(world: World) -> None:
    answer = response(await world.alice.slash(world.channel, "deficit", country="vietnam"))
    assert "178.3 bn" in said(answer)


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("  ask: {name: Fragen, description: x}", "lower case"),
        ("  ask: {name: fra gen, description: x}", "commands.ask.name"),
        (f"  ask: {{name: fragen, description: {'x' * 101}}}", "commands.ask.description"),
        ("  ask: {name: fragen}", "description"),
    ],
)
def test_a_mistake_in_a_language_file_is_told_with_its_place(tmp_path: Path, line: str, mistake: str) -> None:
    text = (FOLDER / "de.yaml").read_text(encoding="utf-8").split("\n")
    (tmp_path / "de.yaml").write_text("\n".join([text[0], line, *text[2:]]), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"de\.yaml:2:") as told:
        load(tmp_path)
    assert mistake in str(told.value)
