"""The grammar of the templates: what may be written in one. Everything that it does not name is refused at its line.

Words and values, `if`, `for`, `set`, macros of the same or another template, and the filters of `voice`: no methods,
no formatting, no functions of Jinja's own, so that nothing in a template reaches Python.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jinja2 import nodes

FILTERS = ("length", "list", "map", "rejectattr", "selectattr", "unique")
"""Filters of Jinja itself; the others are those of `voice`."""
TESTS = ("defined", "equalto")
METHODS = ("endswith",)
MAX_NESTING = 3
"""`for` inside `for`; two are in use."""

_KNOWN: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.NSRef, nodes.Const, nodes.List, nodes.Tuple),
    *(nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Filter, nodes.Test, nodes.Call, nodes.Keyword),
    *(nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Neg),
    *(nodes.Concat, nodes.Add, nodes.Mul, nodes.For, nodes.Assign, nodes.AssignBlock, nodes.FilterBlock, nodes.Macro),
    *(nodes.Import, nodes.FromImport),
)
_WORDS = {"Pow": "“**”", "Mod": "“%”", "Div": "“/”", "FloorDiv": "“//”", "Sub": "“-” between two values", "Include": "“include”"}

Mistake = tuple[int, str]


def mistakes(template: nodes.Template, filters: Collection[str], tests: Collection[str]) -> Iterator[Mistake]:
    """(line, sentence) for everything that may not be written, in the order of the template."""
    parts = {node.target for node in template.find_all(nodes.Import)}
    callable_names = {node.name for node in template.find_all(nodes.Macro)} | {"namespace"}
    for names in (node.names for node in template.find_all(nodes.FromImport)):
        callable_names |= {name if isinstance(name, str) else name[1] for name in names}
    pending: list[tuple[nodes.Node, int]] = [(template, 0)]
    while pending:
        node, loops = pending.pop()
        loops += isinstance(node, nodes.For)
        sentence = _refused(node, loops) or _unknown(node, filters, tests) or _uncallable(node, callable_names, parts)
        if sentence:
            yield node.lineno, sentence
        else:
            pending.extend((child, loops) for child in reversed(list(node.iter_child_nodes())))


def _refused(node: nodes.Node, loops: int) -> str:
    """A kind of expression that is never allowed."""
    if not isinstance(node, _KNOWN):
        kind = type(node).__name__
        return f"{_WORDS.get(kind, kind.lower())} is not allowed in a template"
    if isinstance(node, nodes.For) and (node.recursive or loops > MAX_NESTING):
        return "a “for” that calls itself is not allowed" if node.recursive else f"more than {MAX_NESTING} “for” inside each other"
    if isinstance(node, nodes.Import | nodes.FromImport) and not isinstance(node.template, nodes.Const):
        return "the template to import must be named, in quotes"
    return ""


def _unknown(node: nodes.Node, filters: Collection[str], tests: Collection[str]) -> str:
    """A name that leads out of the sandbox, or nowhere."""
    if isinstance(node, nodes.Filter) and node.name not in filters:
        return f"there is no filter “{node.name}”"
    if isinstance(node, nodes.Test) and node.name not in tests:
        return f"there is no test “is {node.name}”"
    name = node.attr if isinstance(node, nodes.Getattr) else node.name if isinstance(node, nodes.Name) else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        name = str(node.arg.value)
    return f"“{name}” is not allowed: names do not begin with _" if name.startswith("_") else ""


def _uncallable(node: nodes.Node, macros: Collection[str], parts: Collection[str]) -> str:
    """Only macros are called: of this template, imported by name, or of an imported part (`say.duties(…)`)."""
    if not isinstance(node, nodes.Call):
        return ""
    called = node.node
    if isinstance(called, nodes.Name):
        return "" if called.name in macros else f"“{called.name}” cannot be called: there is no macro of this name here"
    if isinstance(called, nodes.Getattr):
        of_part = isinstance(called.node, nodes.Name) and called.node.name in parts
        return "" if of_part or called.attr in METHODS else f"“{called.attr}” cannot be called"
    return "this cannot be called"
