"""tradebot answers questions about US goods trade from files its moderators own.

    question ─▶ understanding ─▶ Query ─▶ answering ─▶ Answer ─▶ presentation ─▶ Reply
                      ▲                       ▲                       ▲
                  knowledge: one immutable snapshot of knowledge/  templates/

`desk` is the one door: it leads a question through the rooms. `cli` and `discord_app` stand before it, `checks` runs
what the knowledge says of itself, `refresh` brings the record up to date. Imports go one way, from the door inwards.
"""

__version__ = "0.1.0"
