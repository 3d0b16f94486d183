"""The Discord room: events to questions, replies to messages; the only room that imports discord.

app ─▶ client (events) ─┬▶ conversing, addressed      what is said       ─┐
                        ├▶ tree, commands, options    slash and menu      ├▶ desk_client ─▶ desk ─▶ Reply ─▶ replies ─▶ card
                        └▶ taps                       what is tapped     ─┘

card: what a reply looks like and what can be tapped on it · line: staying connected · moderating: /knowledge
"""
