"""The YAML parser's complaints, said for people who do not write parsers."""

from __future__ import annotations

from yaml.error import MarkedYAMLError

from tradebot.knowledge.limits import MAX_DEPTH

_BY_PROBLEM = {
    "mapping values are not allowed in this context": "text with “: ” in it must be in quotes (or a line above is not finished)",
    "did not find expected alphabetic or numeric character": "text that begins with * or & must be in quotes",
    "found unexpected end of stream": "a quoted text is not closed",
    "found unexpected document indicator": "a quoted text is not closed before ---",
    "found undefined tag handle": "text that begins with ! must be in quotes",
    "did not find expected ',' or ']'": "a list in [ ] is not closed, or lacks a comma",
    "did not find expected ',' or '}'": "a block in { } is not closed or lacks a comma; text that begins with { must be in quotes",
    "did not find expected '-' indicator": "this line does not fit the list above it; check the indentation",
    "did not find expected node content": "a list in [ ] is not finished; text that begins with a comma or bracket must be in quotes",
    "did not find expected key": "this line does not fit the block above it; check indentation, and quotes around the whole text",
    "did not find expected comment or line break": "the text after | or > begins on the next line",
    "could not find expected ':'": "a field is written “name: value”; the colon is missing",
    "exceeded maximum nesting depth": f"more than {MAX_DEPTH} levels deep",
    "found unknown escape character": "a backslash in double quotes; use single quotes",
}


def plain_sentence(error: MarkedYAMLError, text: str) -> str:
    """What to change, from the parser's error; its own words where none of ours fit."""
    problem = error.problem or ""
    if "cannot start any token" in problem and error.problem_mark:
        return _forbidden_start(text, error.problem_mark.line, error.problem_mark.column)
    if "directive" in (error.context or ""):
        return "text that begins with % must be in quotes"
    return _BY_PROBLEM.get(problem, problem or "not readable as YAML")


def _forbidden_start(text: str, line: int, column: int) -> str:
    rest = text.split("\n")[line][column:]
    if rest.startswith("\t"):
        return "a tab; indent with spaces"
    return f"text that begins with {rest[:1]} must be in quotes"
