"""Premises: what a question takes for granted, held against the figures.

The result names the correction (or confirmation) with which an answer begins; the templates word it.
"""

from __future__ import annotations

from tradebot.answering.wording import sign_of
from tradebot.knowledge.figures import Figure
from tradebot.query import Query

_CLOSED = frozenset({"yes_no", "question"})
_OPEN = frozenset(
    {"what", "who", "how", "how_much", "when", "where", "why", "which_year", "which_month", "count", "ratio", "difference", "or_word"}
)
"""Cues of questions that “yes” does not answer, though a verb such as “is” or “did” stands in them."""


def asks_yes_no(query: Query) -> bool:
    return query.features >= _CLOSED and not query.features & _OPEN


def correction(query: Query, balance: Figure) -> str:
    """For a balance: `other_side`, `partner_yes`, `wrong_sign`, `yes` or nothing to say.

    `other_side`: the partner was given the US's sign. `partner_yes`: the partner's sign was right. `wrong_sign`: a
    surplus was asked for where there is a deficit, or the other way round. `yes`: a yes-or-no question got the sign right.
    """
    ours = sign_of([balance])
    premise = query.premise
    if balance.metric != "balance" or not ours:
        return ""
    if premise is not None and premise.kind == "side":
        said = premise.said or "deficit"
        return "other_side" if said == ours else "partner_yes"
    said = premise.said if premise is not None and premise.kind == "sign" else query.sign
    if said and said != ours:
        return "wrong_sign"
    return "yes" if said and asks_yes_no(query) else ""


def direction(query: Query, change: Figure | None) -> str:
    """For a change: `yes` or `no` to a question that says which way it went, empty otherwise."""
    premise = query.premise
    if premise is None or premise.kind != "direction" or change is None:
        return ""
    went = "down" if change.value < 0 else "up"
    if went != premise.said:
        return "no"
    return "yes" if asks_yes_no(query) else ""
