"""Premises: what a question takes for granted, held against the figures.

The result names the correction (or confirmation) with which an answer begins; the templates word it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tradebot.answering.wording import sign_of
from tradebot.knowledge.figures import Figure
from tradebot.query import Metric, Order, Query

_JUDGED = frozenset({"best_of", "worst_of"})
_CLOSED = frozenset({"yes_no", "question"})
_OPEN = frozenset(
    {
        "what",
        "who",
        "how",
        "how_much",
        "when",
        "where",
        "why",
        "which_year",
        "which_month",
        "count",
        "ratio",
        "difference",
        "or_word",
        "no_longer",
        "how_fast",
        "due_to",
    }
)
"""Cues of questions that “yes” does not answer, though a verb such as “is” or “did” stands in them."""


_CLAIMS = frozenset({"fact_check", "put_question"})
_SIZES = frozenset({"bigger", "smaller", "compare", "share", "more_than", "world"})
"""Cues of questions about a size: that the side of zero is right does not answer them."""

NEAR = 0.03
"""A claim that lies no further from the figure than this part of it, and than one of its own last digit, is right: “1.2 trillion”
for 1,234.6 bn, “295 billion” for 295.5, but not “155.6 billion” for 153.0."""


FRACTION = 2.0
"""Percentage points by which a share may miss “a third” or “half”."""

STEADY = 5.0
"""Per cent; a figure that moved by less is called stable."""


def judged(query: Query) -> Query:
    """“The worst” balance is the largest deficit, “the best” the largest surplus, unless a side is named."""
    if query.metric is not Metric.BALANCE or query.sign or query.features.isdisjoint(_JUDGED):
        return query
    return replace(query, sign="surplus" if "best_of" in query.features else "deficit", order=Order.TOP)


def asks_yes_no(query: Query) -> bool:
    """Whether “yes” or “no” answers it: “is it …?”, or a claim that is to be checked."""
    closed = query.features >= _CLOSED or bool(query.features & _CLAIMS)
    return closed and not query.features & _OPEN


def claims(query: Query) -> bool:
    """Whether a yes or no is asked for, or a sentence that is no question says what can be right or wrong."""
    stated = "question" not in query.features and not query.features & _OPEN and not query.carried
    return asks_yes_no(query) or (stated and "yes_no" in query.features)


def correction(query: Query, balance: Figure) -> str:
    """For a balance: `other_side`, `partner_yes`, `wrong_sign`, `yes` or nothing to say.

    `other_side`: the partner was given the US's sign. `partner_yes`: the partner's sign was right; `partner_no`: it was, but
    not the amount beside it. `wrong_sign`: a surplus was asked for where there is a deficit, or the other way round. `yes`:
    a yes-or-no question got the sign right.
    `amount_yes`, `amount_no`: an amount or bound that the question names is, or is not, that of the figure (of any metric).
    """
    ours = sign_of([balance])
    premise = query.premise
    if balance.metric != "balance" or not ours:
        return _amount(query, balance)
    if premise is not None and premise.kind == "side":
        said = premise.said or "deficit"
        return "other_side" if said == ours else "partner_no" if _amount(query, balance) == "amount_no" else "partner_yes"
    if query.features >= {"surplus", "deficit", "or_word"}:
        return ""  # “a surplus or a deficit”: neither is taken for granted
    said = premise.said if premise is not None and premise.kind == "sign" else query.sign
    if said and said != ours:
        return "wrong_sign"
    return _amount(query, balance) or ("yes" if said and asks_yes_no(query) and not query.features & _SIZES else "")


def _amount(query: Query, found: Figure) -> str:
    """Whether the figure is as large as the question says, or within its bounds; empty where it says nothing."""
    size, premise, bounds = abs(found.value), query.premise, query.bounds
    if bounds is not None:
        fits = (bounds.low is None or size > bounds.low) and (bounds.high is None or size < bounds.high)
    elif claimed := premise and (premise.amount or (premise.said if premise.kind == "amount" else "")):
        fits = abs(float(claimed) - size) <= min(NEAR * size, _last_digit(claimed))
    else:
        return ""
    return "amount_yes" if fits else "amount_no"


def _last_digit(said: str) -> float:
    """What one of the last digit of a claim is worth: 100,000 for “1.2 trillion” in millions."""
    exponent = Decimal(said).normalize().as_tuple().exponent
    return 10.0**exponent if isinstance(exponent, int) else 0.0


def direction(query: Query, change: Figure | None) -> str:
    """For a change: `yes` or `no` to a question that says which way it went, `unsteady` where it was called stable, else empty."""
    premise, then = query.premise, "than_then" in query.features
    if query.features & {"count", "how_often", "ratio"}:
        return ""  # “how many times did exports fall” takes no course for granted
    if premise is not None and premise.kind == "times" and change is not None:
        return _times(query, change, float(premise.said))
    if premise is not None and premise.kind == "moved" and change is not None:
        return _moved(query, change, premise.said)
    if premise is None or premise.kind != "direction" or change is None or ("bigger" in query.features and not then):
        return ""  # “did the deficit grow more under …”: that it grew is no answer
    went = "flat" if premise.said == "flat" and _steady(change) else "down" if change.value < 0 else "up"
    if went != premise.said:
        return "no" if premise.said != "flat" else "unsteady" if asks_yes_no(query) else ""
    return "yes" if asks_yes_no(query) else ""


def _moved(query: Query, change: Figure, said: str) -> str:
    """Whether a figure moved that way by about so many per cent, or by more or less than them where that is said."""
    way, percent = said.split(" ")
    then = abs(change.derived_from[1].value) if len(change.derived_from) > 1 else 0.0
    if not then or (change.value < 0) != (way == "down"):
        return "no"
    if not asks_yes_no(query):
        return ""
    moved, claimed = abs(change.value) / then * 100, float(percent)
    if "rate_above" in query.features or "rate_below" in query.features:
        right = moved > claimed if "rate_above" in query.features else moved < claimed
    else:
        right = abs(moved - claimed) <= max(NEAR * claimed, 1.0)
    return "yes" if right else "unsteady"


def share_claim(query: Query, share: Figure) -> str:
    """`yes` or `no` to a share that the question names (“under 10 %”, “a fifth” as per cent); empty where it names none."""
    premise = query.premise
    if premise is None or premise.kind != "rate":
        return ""
    claimed = float(premise.said)
    if "fraction" in query.features:  # more than a third is a third and more
        return "yes" if abs(share.value - claimed) <= FRACTION else "no" if share.value < claimed else ""
    if "rate_above" in query.features or "rate_below" in query.features:
        return "yes" if (share.value > claimed) == ("rate_above" in query.features) else "no"
    return "yes" if abs(share.value - claimed) <= max(NEAR * claimed, 0.5) else "no"


def _times(query: Query, change: Figure, factor: float) -> str:
    """Whether a figure has become that many times as large (or, for a half, as small) as the earlier one."""
    stated = not query.features & (_OPEN | {"question"}) and not query.carried  # “trade with China halved”
    if not (claims(query) or stated or "why" in query.features) or len(change.derived_from) < 2 or not change.derived_from[1].value:
        return ""
    grown = change.derived_from[0].value / change.derived_from[1].value
    if (grown >= 1) != (factor > 1):
        return "no"
    return "yes" if (grown >= factor if factor > 1 else grown <= factor) else "unsteady"


def _steady(change: Figure) -> bool:
    """Whether a difference of two figures is small beside the earlier one."""
    then = abs(change.derived_from[1].value) if len(change.derived_from) > 1 else 0.0
    return abs(change.value) < STEADY / 100 * then
