"""Components as Discord's own JSON, and the view that discord.py takes for them.

A card has some twenty of them with up to seventy choices. As items of discord.py they would take longer than all words of
the answer, and nothing else is needed of them: a tap finds its way by the id alone (see `controls` and `buttons`). What Discord
takes for granted is not said: not disabled, not chosen, one choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final, TypeAlias

Component: TypeAlias = dict[str, Any]
Row: TypeAlias = list[Component]

_ROW, _BUTTON, _SELECT, _TEXT, _GALLERY, _CONTAINER = 1, 2, 3, 10, 12, 17
_SECONDARY = 2
ROW_WIDTH: Final = 5


class Components:
    """Stands for a view that has been stopped: discord.py sends what it holds and remembers nothing of it.

    `is_card` says that the components are the whole message, without content or embed.
    """

    __discord_ui_view__: ClassVar[bool] = True

    def __init__(self, held: Sequence[Component], *, is_card: bool) -> None:
        self.held = held
        self.is_card = is_card

    def to_components(self) -> list[Component]:
        return list(self.held)

    def has_components_v2(self) -> bool:
        return self.is_card

    @staticmethod
    def is_finished() -> bool:
        return True

    @staticmethod
    def is_dispatchable() -> bool:
        return False


def text(content: str) -> Component:
    return {"type": _TEXT, "content": content}


def gallery(url: str, alt: str) -> Component:
    """One picture."""
    return {"type": _GALLERY, "items": [{"media": {"url": url}, "description": alt}]}


def container(parts: Sequence[Component], colour: int) -> Component:
    return {"type": _CONTAINER, "accent_color": colour, "components": list(parts)}


def row(items: Row) -> Component:
    return {"type": _ROW, "components": items}


def button(label: str, custom_id: str, *, on: bool = True) -> Component:
    made = {"type": _BUTTON, "style": _SECONDARY, "label": label, "custom_id": custom_id}
    return made if on else {**made, "disabled": True}


def select(hint: str, options: Sequence[Component], custom_id: str) -> Component:
    """One of several choices."""
    return {"type": _SELECT, "custom_id": custom_id, "placeholder": hint, "options": list(options)}


def option(label: str, value: str) -> Component:
    return {"label": label, "value": value}


def width(item: Component) -> int:
    """How much of a row it takes, of ROW_WIDTH."""
    return ROW_WIDTH if item["type"] == _SELECT else 1
