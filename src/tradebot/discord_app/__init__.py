"""The Discord room: events to questions, replies to messages; the only room that imports discord.

app ─▶ client (events) ─┬▶ conversing, addressed      what is said       ─┐
                        ├▶ tree, commands, options    slash and menu      ├▶ desk_client ─▶ desk ─▶ Reply
                        └▶ buttons, taps, forms       what is tapped     ─┘
Reply ─▶ replies ─▶ message ─┬▶ layout (columns, limits)                     words
                             ├▶ controls (menus, changes, pages, codec)      what can be tapped
                             └▶ charts                                       pictures
"""
