"""Names and descriptions of commands, options and choices in other languages: one file a language, none of them in code.

    languages/de.yaml ─▶ Language ─▶ Languages.translate ─▶ what is registered with Discord

A file is called as Discord calls the language; one without a region (`es.yaml`) serves all of its regions. Answers are
English everywhere.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from discord import Locale
from discord.app_commands import Choice, Command, ContextMenu, Group, Parameter, TranslationContextLocation, Translator, locale_str
from discord.app_commands.translator import TranslationContextTypes
from pydantic import AfterValidator, Field

from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.yaml_files import read_model

FOLDER = Path(__file__).parent / "languages"


_NAME = re.compile(r"[-_\w]{1,32}")


def _name(name: str) -> str:
    """Checked here: as a pattern of pydantic, letters of all languages thirty-two times over take four megabytes."""
    if not _NAME.fullmatch(name) or name != name.lower():
        raise ValueError("Discord takes names of 1 to 32 letters, digits, “-” and “_”, in lower case only")
    return name


Name = Annotated[str, AfterValidator(_name)]
Description = Annotated[str, Field(min_length=1, max_length=100)]
Label = Annotated[str, Field(min_length=1, max_length=100)]
MenuName = Annotated[str, Field(min_length=1, max_length=32)]


class Words(FileModel):
    """What a command or an option is called, and what it does."""

    name: Name
    description: Description


class Language(FileModel):
    """One file. `options` are by name, or by “command.name” where one command's option is described in other words."""

    commands: dict[str, Words]
    options: dict[str, Words]
    choices: dict[str, Label]
    menus: dict[str, MenuName]

    def said(self, context: TranslationContextTypes) -> str | None:
        """The words for what Discord is told; None where the file has none."""
        if isinstance(context.data, Choice):
            return self.choices.get(context.data.name)
        if isinstance(context.data, ContextMenu):
            return self.menus.get(context.data.name)
        words = self._words(context.data)
        if words is None:
            return None
        return words.name if context.location in _NAMES else words.description

    def _words(self, data: Command[Group, ..., object] | Group | Parameter) -> Words | None:
        if isinstance(data, Parameter):
            return self.options.get(f"{data.command.qualified_name}.{data.name}") or self.options.get(data.name)
        return self.commands.get(data.qualified_name)


_NAMES = frozenset(
    {TranslationContextLocation.command_name, TranslationContextLocation.group_name, TranslationContextLocation.parameter_name}
)


class Languages(Translator):
    """Every language there is a file for, by the names that Discord has for it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        held = load(folder)
        self._by_locale = {
            locale: language
            for locale in Locale
            for name, language in held.items()
            if locale.value == name or locale.value.startswith(f"{name}-")
        }

    @property
    def locales(self) -> frozenset[Locale]:
        return frozenset(self._by_locale)

    async def translate(self, _: locale_str, locale: Locale, context: TranslationContextTypes) -> str | None:
        language = self._by_locale.get(locale)
        return language.said(context) if language else None


def load(folder: Path = FOLDER) -> dict[str, Language]:
    """The languages of a folder by file name. Raises KnowledgeError with every mistake of every file."""
    problems = Problems()
    found = {path.stem: read_model(path, Language, problems, folder) for path in sorted(folder.glob("*.yaml"))}
    problems.raise_if_any()
    return {name: language for name, language in found.items() if language}
