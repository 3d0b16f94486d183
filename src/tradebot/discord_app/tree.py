"""All commands as Discord is told of them: where they can be used, in which languages, and what is said when one fails."""

from __future__ import annotations

import discord
from discord import app_commands

from tradebot.discord_app import conversing, trouble
from tradebot.discord_app.commands import COMMANDS, answer_this
from tradebot.discord_app.desk_client import DeskClient
from tradebot.discord_app.options import BadOption, Interaction, quoted
from tradebot.discord_app.privacy import privacy
from tradebot.discord_app.server_settings import settings

MENU = "Answer this"
_QUESTIONS = frozenset({MENU, *(command.name for command in COMMANDS)})


class Tree(app_commands.CommandTree[DeskClient]):
    """Every command, for servers and for people, wherever Discord lets it be used."""

    def __init__(self, client: DeskClient) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        for command in COMMANDS:
            self.add_command(command)
        self.add_command(settings)
        self.add_command(privacy)
        self.add_command(app_commands.ContextMenu(name=MENU, callback=answer_this))

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """A question has to wait where there were many; settings, moderators' work and suggestions while somebody types have not."""
        command = interaction.command if interaction.type is discord.InteractionType.application_command else None
        return command is None or command.qualified_name not in _QUESTIONS or await conversing.may_ask(interaction)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """An option that cannot be read is the person's to mend; anything else gets a number that is in the log."""
        await trouble.tell(interaction, _sentence(interaction, error))


def _sentence(interaction: Interaction, error: app_commands.AppCommandError) -> str:
    if isinstance(error, BadOption):
        return str(error)
    if isinstance(error, app_commands.TransformerError):
        return f"{quoted(str(error.value))} is none of the choices there: pick one from the list."
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    name = interaction.command.name if interaction.command else "a command"
    return trouble.report(cause, f"/{name}")
