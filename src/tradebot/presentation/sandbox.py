"""The sandbox of the templates: moderators write them, so a template may word an answer and nothing else.

    text ─▶ grammar (what may be written) ─▶ code ─▶ Budget (how much may be done and said in one answer)

Loops, calls and joined texts are counted while a template runs, so that one that behaved in every test cannot stop
the bot or fill its memory later.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import CodeType
from typing import cast

from jinja2 import BaseLoader, BytecodeCache, StrictUndefined, TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from tradebot.answer import AnswerError
from tradebot.presentation.grammar import FILTERS, TESTS, mistakes

MAX_STEPS = 50_000
"""Turns of loops and calls in one answer; of the packaged templates' the longest takes 2,000."""
MAX_SAID = 100_000
"""Characters in one answer; Discord shows 4,000."""
MAX_NUMBER = 1e15
CODES_KEPT = 500


class RenderError(AnswerError):
    """A template that cannot be rendered: unknown variable, bare number, forbidden expression, more than an answer may take."""


class Budget:
    """What is left for one answer."""

    def __init__(self) -> None:
        self.steps, self.said = MAX_STEPS, MAX_SAID

    def step(self, count: int = 1) -> None:
        self.steps -= count
        if self.steps < 0:
            raise RenderError("it goes round and round: an answer has too many loops or calls")

    def say(self, length: int) -> None:
        self.said -= length
        if self.said < 0:
            raise RenderError("it never ends: an answer has too much text")


_budget: ContextVar[Budget] = ContextVar("budget")


@contextmanager
def budgeted() -> Iterator[None]:
    """One answer's budget for everything that is rendered inside the block."""
    token = _budget.set(Budget())
    try:
        yield
    finally:
        _budget.reset(token)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 with the grammar and the budget; a template that breaks the grammar raises TemplateSyntaxError at its line."""

    intercepted_binops = frozenset({"+", "*"})

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_only_text,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_CODES,
        )
        self._safe: dict[tuple[type, str], bool] = {}
        self.filters = {name: self.filters[name] for name in FILTERS} | {"counted": _counted, "joined": _joined}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.globals = {"namespace": Namespace}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Asked once for each type and name, for nothing else decides it."""
        key = (type(obj), attr)
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]

    def call(self, context: Context, obj: object, /, *args: object, **kwargs: object) -> object:
        """A macro is called at once: it needs no search for what it wants to be given."""
        _budget.get().step()
        return obj(*args) if type(obj) is Macro and not kwargs else super().call(context, obj, *args, **kwargs)

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """One plain dictionary: every rendering copies it, and a chain of maps is slow to copy."""
        return {**self.globals, **(d or {})}

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        if operator == "*" and not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise RenderError("only numbers can be multiplied")
        result: object = super().call_binop(context, operator, left, right)
        if isinstance(result, str | list | tuple):
            _budget.get().say(len(result))
        elif isinstance(result, int | float) and abs(result) > MAX_NUMBER:
            raise RenderError("a number grew too large")
        return result

    def let_go(self) -> None:
        """Takes apart what refers to itself, the functions of templates and macros: it would keep an old revision in memory."""
        for template in list((self.cache or {}).values()):
            template.root_render_func.__globals__.clear()
            for part in vars(template._module or template).values():
                if isinstance(part, Macro):
                    part._func = None  # type: ignore[assignment]
        self.cache = None

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for line, sentence in mistakes(template, self.filters, self.tests):
            raise TemplateSyntaxError(sentence, line, name, filename)
        return _measured(template)


def _measured(template: nodes.Template) -> nodes.Template:
    """The template with every loop's list counted, and every joined text."""
    for loop in template.find_all(nodes.For):
        loop.iter = _filtered(cast("nodes.Expr", loop.iter), "counted")
    for join in template.find_all(nodes.Concat):
        join.nodes = [_filtered(nodes.List(join.nodes, lineno=join.lineno), "joined")]
    return template


def _filtered(node: nodes.Expr, name: str) -> nodes.Expr:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


@pass_context  # keeps Jinja from computing it when the template is compiled
def _counted(_: Context, items: Sequence[object]) -> Sequence[object]:
    held = items if isinstance(items, list | tuple) else list(items)
    _budget.get().step(len(held))
    return held


@pass_context
def _joined(_: Context, parts: Sequence[object]) -> str:
    text = "".join(map(str, parts))
    _budget.get().say(len(text))
    return text


def _only_text(value: object) -> object:
    """Jinja's finalize: what a template prints must already be words."""
    if isinstance(value, str):
        _budget.get().say(len(value))
        return value
    if isinstance(value, Undefined):
        return value
    raise RenderError(f"a bare {type(value).__name__} ({value!r}) must go through a filter such as money, when or count")


class _Codes(BytecodeCache):
    """Compiled templates by their text: a new revision compiles only those that changed, half a second less for all of them."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self._codes) >= CODES_KEPT:
            self._codes.clear()
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


_CODES = _Codes()
