"""Render: an Answer and its template to text, with proof of every number.

Templates are Jinja2 in a sandbox (moderators edit them). What they print must be text: a bare number, figure, period
or date is refused, so each has to go through a filter of `voice`, which notes the value behind the words.

    Answer.facts ─▶ template ─▶ tidy text ─▶ Rendered(text, spoken)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tradebot.answer import Answer, AnswerError
from tradebot.presentation.voice import Named, Spoken, Voice, listening

_SPACES = re.compile("  +")
_BEFORE_STOP = re.compile(r" ([.,;:])(?=\s|$)")
_SPACED_STOPS = (" .", " ,", " ;", " :")
_GLUED = re.compile(r"([.!?])(?<=[a-z\d)%”].)(?=[A-Z“])")
_DIGITS = re.compile(r"\d")


class RenderError(AnswerError):
    """A template that cannot be rendered: unknown variable, bare number, forbidden expression."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Text whose first line is the headline, and the values behind its numbers."""

    text: str
    spoken: tuple[Spoken, ...]


def read_templates(root: Path) -> dict[str, str]:
    """Every template under a folder, by its path there (`refusals/not_held.j2`)."""
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.j2"))}


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which asks once whether an attribute of a type is safe: it looks at nothing but the type and the name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        key = (type(obj), attr)
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]


class Renderer:
    """The templates of one revision, compiled at first use and kept."""

    def __init__(self, templates: Mapping[str, str], names: Mapping[str, Named]) -> None:
        self.voice = Voice(names)
        self._environment = _Sandbox(
            loader=DictLoader(templates),
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_only_text,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.filters.update(self.voice.filters())
        self._environment.globals["aged"] = frozenset()

    def render(self, answer: Answer) -> Rendered:
        """Raises RenderError."""
        return self.render_template(answer.template, {**answer.facts, "aged": answer.aged})

    def render_template(self, template: str, facts: Mapping[str, object]) -> Rendered:
        """`template` is a path under templates/ without its ending. Raises RenderError."""
        try:
            with listening() as heard:
                raw = self._environment.get_template(f"{template}.j2").render(facts)
        except RenderError as error:
            raise RenderError(f"templates/{template}.j2: {error}") from None
        except (TemplateError, TypeError, AttributeError, ValueError) as error:
            raise RenderError(f"templates/{template}.j2: {error}") from error
        return Rendered(tidy(raw), tuple(heard))


def tidy(raw: str) -> str:
    """The headline on a line of its own, paragraphs unwrapped, bullets one a line, no stray blanks."""
    headline, *lines = [line.strip() for line in _punctuated(raw).strip().split("\n")]
    paragraphs = [headline]
    joined = False
    for line in lines:
        if not line:
            joined = False
        elif joined and not line.startswith("- "):
            paragraphs[-1] += " " + line
        elif line.startswith("- ") and paragraphs[-1].startswith("- "):
            paragraphs[-1] += "\n" + line
            joined = True
        else:
            paragraphs.append(line)
            joined = True
    return "\n\n".join(paragraphs)


def _punctuated(raw: str) -> str:
    raw = _SPACES.sub(" ", raw.replace("\t", " "))
    if any(stop in raw for stop in _SPACED_STOPS):
        raw = _BEFORE_STOP.sub(r"\1", raw)
    return _GLUED.sub(r"\1 ", raw)


def unbacked(text: str, spoken: tuple[Spoken, ...]) -> list[str]:
    """The words of a text that hold a number nothing spoken backs: empty for an honest reply."""
    for said in sorted({each.text for each in spoken if _DIGITS.search(each.text)}, key=len, reverse=True):
        text = text.replace(said, "¤")
        text = text.replace(said[:1].upper() + said[1:], "¤")
    return [word for word in text.split() if _DIGITS.search(word)]


def _only_text(value: object) -> object:
    """Jinja's finalize: what a template prints must already be words."""
    if isinstance(value, (str, Undefined)):
        return value
    raise RenderError(f"a bare {type(value).__name__} ({value!r}) must go through a filter such as money, when or count")
