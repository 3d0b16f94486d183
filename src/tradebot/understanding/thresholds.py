"""Every number that decides whether to answer, with the measurement that set it."""

SHORTEST_TYPO = 4
"""Letters of a word that may be a misspelling (chna, inda)."""

SHORTEST_TARGET = 5
"""Letters of a word that a misspelling may be corrected to; four-letter names (Iran, Iraq, Mali, Cuba, Chad) are
one edit from too many others."""

SHORTEST_FOREIGN_TARGET = 6
"""The same for names in other languages, which are nearer to English words and made-up places (Catan, Catar)."""

TWO_EDITS_FROM = 8
"""Letters from which two edits are recognised in any word. Of names of eight letters with two random edits 96 % are nearest to
themselves alone and 1 % to another name; of names of five letters 68 %, the rest being ties and other names."""

TWO_EDITS_NAME_FROM = 6
"""Letters from which two edits are recognised in a name that stands where a partner is named. With eight as everywhere
else, 69 % of all names with two random edits were read rightly and 0.9 % wrongly; with six 87 % and 0.2 %. With five,
countries that do not exist (Panem, Qumar) would become Panama and Qatar."""

SHORTEST_PHRASE = 7
"""Letters (spaces included) from which a name of several words is recognised as a whole."""


def phrase_edits_allowed(letters: int) -> int:
    """Edits of a whole name, spaces included: of names with one random edit 99 % are read rightly and 0.06 % wrongly."""
    return 2 if letters >= 9 else 1


UNEXPLAINED_STRONG = 0
"""Content words that nothing explains and that an answer still tolerates in one clause. Zero: on the
project's own 2,200 questions, one allowed word answers 0.5 % more of those on trade and 18 % of those on anything else
(benchmarks/results/curve.md and .png)."""

AMBIENT_SCORE = 5.0
"""Score from which a question that was said to nobody is answered at all; a bare name never reaches it."""
