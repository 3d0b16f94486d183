"""A Discord on loopback sockets, spoken to by the real discord.py: what simcord cannot have, wires that break.

    test ─▶ Loopback ─▶ Gateway (sessions, dispatch, resume) ─▶ the bot
               │                                                 │
               └─▶ Rest (messages, interactions, faults) ◀───────┘

The server runs in a thread of its own, so that a test, a subprocess and a blocked event loop are all served alike.
"""

from loopback.faults import Fault
from loopback.records import Interaction, Post
from loopback.server import Loopback

__all__ = ["Fault", "Interaction", "Loopback", "Post"]
