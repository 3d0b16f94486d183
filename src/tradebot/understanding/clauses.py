"""Clauses: where one sentence holds its question, beside what leads up to it, why it is asked, and a second question.

“my boss asked me | what we export to Peru | because he is going there”, “the deficit with Japan | and what do we import from there”
"""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Iterator, Sequence

ASKING = frozenset({"what", "whats", "how", "who", "whos", "which", "when", "why", "where", "is", "are", "do", "does", "did"})
JOINTS_TRIED = 2
CORES_TRIED = 5

_JOINT = re.compile(
    r" (?:and|but|plus|also) (?:also )?(?=(?:what|whats|what's|how|who|who's|which|when|why|where|is|are|do|does|did"
    r"|(?:the |our )?(?:tariffs?|deficit|surplus|imports|exports|balance|trade))\b)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"[,;]? (?:because|bc|cuz|since|as|so that|so) (?:i|we|he|she|they|it|my|our|someone|people)\b.{2,200}$", re.IGNORECASE
)


def halves(sentence: str) -> Iterator[tuple[str, str]]:
    """The sentence cut in two where “and” may join two questions."""
    for joint in itertools.islice(_JOINT.finditer(sentence), JOINTS_TRIED):
        yield sentence[: joint.start()].rstrip(",;"), sentence[joint.end() :]


class LeadIns:
    """Finds a question behind what leads up to it and before the reason for it."""

    def __init__(self, phrases: Sequence[str]) -> None:
        """`phrases` are the last words of what leads up to a question (“wondering”, “told me that”)."""
        said = "|".join(re.escape(phrase) for phrase in phrases)
        self._before = re.compile(rf"^.{{0,400}}?\b(?:{said})\b[:,]?(?: (?:me|us|you|if|that|about|on|whether)\b[:,]?)*\s+", re.IGNORECASE)

    def cores(self, sentence: str) -> Iterator[str]:
        """What may be the question itself, the shortest first."""
        sentence = " ".join(sentence.split())
        reason = _REASON.search(sentence)
        core = sentence[: reason.start()] if reason else sentence
        found = deque([core] if reason and core.strip() else [], maxlen=CORES_TRIED)
        while (before := self._before.match(core)) is not None and before.end() < len(core):
            core = core[before.end() :]
            found.append(core)
        return reversed(found)
