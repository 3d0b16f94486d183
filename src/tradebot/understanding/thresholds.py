"""Every number that decides whether to answer, with the measurement that set it."""

SHORTEST_TYPO = 4
"""Letters of a word that may be a misspelling (chna, inda)."""

SHORTEST_TARGET = 5
"""Letters of a word that a misspelling may be corrected to; four-letter names (Iran, Iraq, Mali, Cuba, Chad) are
one edit from too many others."""

TWO_EDITS_FROM = 8
"""Letters from which two edits are recognised in any word."""

TWO_EDITS_NAME_FROM = 6
"""Letters from which two edits are recognised in a name that stands where a partner is named."""

SHORTEST_PHRASE = 7
"""Letters (spaces left out) from which a name of several words is recognised as a whole."""


def phrase_edits_allowed(letters: int) -> int:
    return 2 if letters >= 9 else 1


UNEXPLAINED_STRONG = 0
"""Content words that nothing explains and that an answer still tolerates in one clause. Zero: with one allowed, the
questions that have nothing to do with trade but name a country and a trade word began to be answered."""

AMBIENT_SCORE = 5.0
"""Score from which a question that was said to nobody is answered at all; a bare name never reaches it."""
