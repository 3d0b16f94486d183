"""The Discord room: events to questions, replies to messages; the only room that imports discord.

app (settings, registration) ─▶ client (events) ─▶ addressed, commands, questions, buttons ─▶ desk_client
                                               replies ─▶ layout (columns, limits) ─▶ message
"""
