"""Writes what `tradebot.discord_app.card.codec` shortens questions by: their cues and their other words, the most frequent last.

    intents' own tests ─▶ queries ─▶ cues, words by how often they occur ─▶ cues_2.txt, codec_2.txt

Only for a new version of the codec: ids that were written with another dictionary can no longer be read. Run it from the
checkout: `.venv/bin/python tools/codec_words.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tradebot import checks
from tradebot.desk import Desk
from tradebot.query import Query

CARD = Path(__file__).parents[1] / "src" / "tradebot" / "discord_app" / "card"
WIDTH = 150
CUES = 256
"""As many as a byte can tell apart."""

FRAME = (
    '"sectors":["HS87"],"exclude":["within":"EU","against":{"date":"2025-04-02","date_to":"2026-","order":"bottom","order":"top",'
    '"limit":10,"of_top":"nth":3,"offset":10,"bounds":{"low":"high":"products":["authorities":["topic":"source":"newsletter",'
    '"premise":{"kind":"rank","said":"rate","said":"20"},"carried":["metric","shape","product","partner"],"also":["groups":["EU",'
    '"sign":"surplus","metric":"total_trade","metric":"exports","metric":"imports","sign":"deficit","terms":["tariff"],'
    '"terms":["trade-deficit"],"metrics":["imports","exports"],"years":[{"features":["period_said":"since 2015","period_said":"2018",'
    '"assumed":["named_period"],"assumed":["period"],"assumed":["period","metric"],'
    '"period":{"first":24300,"last":24311},"period":{"first":24312,"last":24318},"partners":["'
)
"""How the JSON of a query is put together: what nearly all share stands last, where a match is cheapest."""


def main() -> None:
    queries = list(_queries(Desk.open()))
    words = [
        *_by_frequency(each for query in queries for each in (*query.sectors, *query.products)),
        *_by_frequency(query.topic for query in queries if query.topic),
        *_by_frequency(each for query in queries for each in (*query.terms, *query.groups)),
    ]
    intents = "".join(f'"intent":"{each}",' for each in _by_frequency(query.intent for query in queries))
    cues = _by_frequency(cue for query in queries for cue in query.features)
    rare, common = cues[:-CUES], cues[-CUES:]
    text = "".join(f'"{each}",' for each in words) + intents + "".join(f'"{each}",' for each in rare) + FRAME
    (CARD / "codec_2.txt").write_text("\n".join(_lines(text)) + "\n", encoding="utf-8")
    (CARD / "cues_2.txt").write_text("\n".join(common) + "\n", encoding="ascii")


def _queries(desk: Desk) -> Iterable[Query]:
    """The questions of the intents' own tests, as understood."""
    replies = (checks.ask(desk, test) for intent in desk.knowledge.intents for test in intent.tests)
    return (reply.asked for reply in replies if reply.asked)


def _by_frequency(words: Iterable[str]) -> list[str]:
    """Each once, the most frequent last; equals by name."""
    counted = Counter(words)
    return sorted(counted, key=lambda word: (counted[word], word))


def _lines(text: str) -> Iterable[str]:
    """The text in lines, which the codec joins again."""
    return (text[at : at + WIDTH] for at in range(0, len(text), WIDTH))


if __name__ == "__main__":
    main()
