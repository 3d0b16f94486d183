"""Coverage-guided fuzzing of the desk: text, turns and slash-command slots; nothing may raise, hang, or take too long.

    make fuzz MINUTES=5

A finding is written as `crash-…` or `slow-…` into the working directory, and ends the run with its traceback.
"""

from __future__ import annotations

import datetime as dt
import gc
import sys
import time

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

with atheris.instrument_imports(include=["tradebot"]):
    from tradebot.desk import Desk
    from tradebot.understanding.text import LONGEST_MESSAGE

TODAY = dt.date(2026, 11, 23)
SLOWEST = 0.050
"""Seconds of one answer, after a second try: the first may have been held up by something else."""
INSTRUMENTED = 4.0
"""How much slower everything is while its branches are counted."""

WORDS = (
    "deficit surplus balance imports exports trade with from to Vietnam China Korea Congo EU ASEAN us top 5 bottom ten largest since 2018 "
    "2025-03 last year ytd Q2 $80bn more than between and except tariff on steel 145 % section 301 today why how compare vs it those next "
    "number 3 of the 🇻🇳 ドイツ Côte d'Ivoire s. korea sri lnaka phillipines {{7*7}} \u202e \u0301 ß ﬁ @everyone http://x.y ? ! , - ' \n"
).split(" ")
DESK = Desk.open()


def one_input(data: bytes) -> None:
    provider = atheris.FuzzedDataProvider(data)
    turns = [_text(provider) for _ in range(provider.ConsumeIntInRange(1, 3))]
    conversation = "fuzz" if len(turns) > 1 else None
    DESK.forget("fuzz")
    for turn in turns:
        ambient = provider.ConsumeBool()
        if min(_seconds(turn, conversation, ambient=ambient) for _ in range(2)) > SLOWEST * INSTRUMENTED:
            raise TimeoutError(f"{turn!r} takes more than {SLOWEST * 1e3:.0f} ms")
    DESK.suggest(turns[0][:100])


def _seconds(text: str, conversation: str | None, *, ambient: bool) -> float:
    started = time.perf_counter()
    reply = DESK.ask(text, conversation, TODAY, ambient=ambient)
    taken = time.perf_counter() - started
    if reply.outcome != "silent" and not reply.text:
        raise AssertionError(f"{text!r} is answered with nothing")
    return taken


def _text(provider: atheris.FuzzedDataProvider) -> str:
    """Words of the vocabulary, misspelt here and there, or anything at all."""
    if provider.ConsumeIntInRange(0, 4) == 0:
        return str(provider.ConsumeUnicode(LONGEST_MESSAGE + 1))
    words = [provider.PickValueInList(WORDS) for _ in range(provider.ConsumeIntInRange(0, 24))]
    if words and provider.ConsumeBool():
        at = provider.ConsumeIntInRange(0, len(words) - 1)
        words[at] += provider.ConsumeUnicodeNoSurrogates(3)
    return " ".join(words)


def main() -> None:
    one_input(b"\x02deficit with the phillipnes")  # reads the list of English words, which only the first answer pays for
    gc.collect()
    gc.freeze()
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
