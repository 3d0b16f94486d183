"""Render: an Answer and its template to text, with proof of every number.

Templates are Jinja2 in a sandbox (moderators edit them). What they print must be text: a bare number, figure, period
or date is refused, so each has to go through a filter of `voice`, which notes the value behind the words.

    Answer.facts ─▶ template ─▶ tidy text ─▶ Rendered(text, spoken)
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import DictLoader, TemplateError, TemplateSyntaxError

from tradebot.answer import Answer
from tradebot.knowledge.limits import MAX_TEMPLATE_BYTES
from tradebot.knowledge.problems import Problem, Problems, name_of
from tradebot.knowledge.source_text import read_text
from tradebot.presentation.sandbox import RenderError, Sandbox, budgeted
from tradebot.presentation.voice import Named, Spoken, Voice, listening

_SPACES = re.compile("  +")
_BEFORE_STOP = re.compile(r" ([.,;:])(?=\s|$)")
_SPACED_STOPS = (" .", " ,", " ;", " :")
_GLUED = re.compile(r"([.!?])(?<=[a-z\d)%”].)(?=[A-Z“])")
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Text whose first line is the headline, and the values behind its numbers."""

    text: str
    spoken: tuple[Spoken, ...]


def read_templates(root: Path, problems: Problems) -> dict[str, str]:
    """Every template under a folder, by its path there (`refusals/not_held.j2`); one that cannot be read is a problem."""
    texts = {path: read_text(path, name_of(path, root), problems, limit=MAX_TEMPLATE_BYTES) for path in sorted(root.rglob("*.j2"))}
    return {path.relative_to(root).as_posix(): text for path, text in texts.items() if text is not None}


class Renderer:
    """The templates of one revision, compiled at first use and kept."""

    def __init__(self, templates: Mapping[str, str], names: Mapping[str, Named]) -> None:
        self.voice = Voice(names)
        self._environment = Sandbox(DictLoader(templates))
        weakref.finalize(self, self._environment.let_go)
        self._environment.filters.update(self.voice.filters())
        self._environment.globals["aged"] = frozenset()

    def mistakes(self, names: Iterable[str] | None = None) -> Iterator[Problem]:
        """Every template (of those named) that cannot be compiled, at the line that is to blame; the others are ready from then on."""
        for name in self._environment.list_templates() if names is None else names:
            try:
                self._environment.get_template(name)
            except TemplateSyntaxError as error:
                yield Problem(f"templates/{error.name or name}", error.lineno, 1, "", error.message or "cannot be read")
            except (RecursionError, SyntaxError, MemoryError):  # of Python's own compiler, on what Jinja made of it
                yield Problem(f"templates/{name}", 1, 1, "", "is nested too deeply")

    def render(self, answer: Answer) -> Rendered:
        """Raises RenderError."""
        return self.render_template(answer.template, {**answer.facts, "aged": answer.aged})

    def render_template(self, template: str, facts: Mapping[str, object]) -> Rendered:
        """`template` is a path under templates/ without its ending. Raises RenderError."""
        try:
            with listening() as heard, budgeted():
                raw = self._environment.get_template(f"{template}.j2").render(facts)
        except RenderError as error:
            raise RenderError(f"templates/{template}.j2: {error}") from None
        except RecursionError:
            raise RenderError(f"templates/{template}.j2: a macro calls itself without end") from None
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
