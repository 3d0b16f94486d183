"""The cheapest bot there is: says back what it is told when it is mentioned. The measure for cost.py."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

import discord
from discord.http import Route


class Echo(discord.Client):
    async def on_message(self, message: discord.Message) -> None:
        if self.user and not message.author.bot and self.user.mentioned_in(message):
            await message.channel.send(message.content, reference=message)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """With a file of so many bytes where the button says so."""
        size = int((interaction.data or {}).get("custom_id") or 0)
        if size:
            await interaction.response.send_message("echo", file=discord.File(io.BytesIO(bytes(size)), "echo.png"))
        else:
            await interaction.response.send_message("echo")


def main() -> None:
    api, gateway = sys.argv[1:]
    Route.BASE = api
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = discord.gateway.yarl.URL(gateway)
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    Echo(intents=intents).run(os.environ["TRADEBOT_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
