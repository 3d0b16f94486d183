"""What people do: ask, use commands, tap whatever is under an answer, and talk to each other."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from loopback import Interaction, Loopback
from soak.ledger import Ledger

QUESTIONS = (
    "deficit with vietnam", "and japan?", "top 5 deficits", "tariffs on canada", "imports from mexico since 2018", "what is a tariff",
    "share of china in the deficit", "compare exports to india and brazil", "why is france third", "best laptop under 500", "help", "",
)  # fmt: skip
COMMANDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("deficit", {"country": "Vietnam"}),
    ("trend", {"country": "Japan"}),
    ("tariff", {"country": "China"}),
    ("ask", {"question": "who is our biggest deficit with?"}),
    ("help", {}),
)
LATE_SECONDS = (4.0, 16 * 60.0)
"""Past the three seconds for an answer; past the quarter of an hour for everything after it."""


class People:
    """One thing at a time, by the same seed the same things."""

    def __init__(self, loopback: Loopback, ledger: Ledger, seed: int) -> None:
        self._loopback = loopback
        self._ledger = ledger
        self._random = random.Random(seed + 1)  # noqa: S311 - to be repeated, not to be secret

    def do_something(self) -> None:
        self._random.choices((self._ask, self._command, self._tap, self._talk), (5, 3, 2, 2))[0]()

    def _guild(self) -> int:
        return self._random.randrange(len(self._loopback.guilds))

    def _times(self) -> int:
        return 2 if self._random.random() < 0.1 else 1

    def _ask(self) -> None:
        guild = self._guild()
        message = self._loopback.say(self._random.choice(QUESTIONS), guild=guild, times=self._times())
        self._ledger.asked(message, guild)
        if not self._loopback.is_heard(guild):
            self._ledger.excuse(message)

    def _command(self) -> None:
        name, options = self._random.choice(COMMANDS)
        self._interact(lambda guild, age, times: self._loopback.use(name, guild=guild, age=age, times=times, **options))

    def _tap(self) -> None:
        """Any control under any of the latest answers."""
        ids = [each for post in self._loopback.posts[-20:] for each in _custom_ids(post.payload)]
        if ids:
            self._interact(lambda guild, age, times: self._loopback.tap(self._random.choice(ids), guild=guild, age=age, times=times))

    def _interact(self, act: Callable[[int, float, int], Interaction]) -> None:
        """Now and then one that comes too late to be answered."""
        guild, late = self._guild(), self._random.random() < 0.05
        held = act(guild, self._random.choice(LATE_SECONDS) if late else 0.0, self._times())
        self._ledger.used(held, guild)
        if late or not self._loopback.is_heard(guild):
            self._ledger.excuse(held.id)

    def _talk(self) -> None:
        self._loopback.say("did you see the match?", guild=self._guild(), to_bot=False)


def _custom_ids(node: object) -> Iterator[str]:
    """The ids of all buttons in a message."""
    if isinstance(node, dict):
        if node.get("type") == 2 and isinstance(node.get("custom_id"), str):
            yield node["custom_id"]
        for value in node.values():
            yield from _custom_ids(value)
    elif isinstance(node, list):
        for each in node:
            yield from _custom_ids(each)
