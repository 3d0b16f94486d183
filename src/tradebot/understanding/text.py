"""A message as tokens: folded for look-up, with what the fold threw away (case, gaps, possessives) kept beside it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

LONGEST_MESSAGE = 2_000
"""Characters; what is longer is refused unread. Discord's own limit for a message without Nitro."""

_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_CJK = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
_TOKEN = re.compile(
    rf"(?P<flag>{_FLAG})"
    r"|(?P<acronym>(?<!\w)[^\W\d_](?:\.[^\W\d_])+\.?(?!\w))"
    rf"|(?P<cjk>{_CJK})"
    r"|(?P<date>\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{4}/\d{1,2}/\d{1,2}(?!\d)|\d{1,2}[/.]\d{1,2}[/.]\d{4}(?!\d))"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*['’]?)"
    r"|(?P<symbol>[%$€£#+&=<>]|[\u2795\u2796\u2797\U0001f300-\U0001faff\u2600-\u27bf])"
)
_APOSTROPHES = re.compile("['’ʼ`´]")
_NO_GAP = ("", " ")
_INVISIBLE = {"Cf", "Cc", "Cs", "Co"}
_URL = re.compile(r"https?://\S+|<[@#:][^>\s]{1,60}>|@(?:everyone|here)\b", re.IGNORECASE)
_BEGINS_URL = re.compile("[/<@]")
_PLAIN_PHRASE = re.compile(r"[a-z]+(?: [a-z]+)*").fullmatch
_PLAIN_SENTENCE = re.compile(r"(?:[A-Za-z]+|\d+)(?: (?:[A-Za-z]+|\d+))*[.!?]?", re.ASCII).fullmatch
_ASKS = r"(?:how|what|which|who|when|why|where|is|are|was|were|did|does|do|has|have|can|and)\b"
"""Words with which the next sentence begins also where somebody writes no capitals; after “approx.” or “Jan.” come others."""
_SENTENCE = re.compile(rf"(?<=[?!\n;])\s*|(?<=[^\W\d_]{{3}}\.)\s+(?=[A-Z]|{_ASKS})|(?<=[\"”]\.)\s+(?=[A-Z]|{_ASKS})|(?<=\d\.)\s+(?=\S)")
_END = re.compile(r"[?!\n;]|\.\s")
"""Without one of these before its last character a message is one sentence."""

LONGEST_SENTENCE = 300
"""Tokens; a sentence of more is a list or a jest, and what goes beyond is one word that nothing explains."""
TOKENS_KEPT = 4_096
"""Words that people use again and again are folded once."""


class Token(NamedTuple):
    """One word, number, flag or sign (a NamedTuple: there is one for every word of every message).

    `text` is folded (lower case, no accents, no apostrophes); `stem` is the text without a possessive ending where
    it had one; `gap` is the punctuation between it and the token before it
    (with its space only in “ -3”, a sign, against “top-10”, a hyphen). Mending may put another `text` there
    (`corrected`), find it `possessive` after all, or note known words that it is `near` to.
    """

    text: str
    raw: str
    kind: str
    stem: str = ""
    gap: str = ""
    possessive: bool = False
    corrected: bool = False
    near: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Lower case without accents: the form in which names and cue words are compared."""
    if text.isascii():
        return text.lower()
    text = (
        text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L").replace("đ", "d").replace("ı", "i")
    )
    decomposed = unicodedata.normalize("NFKD", text)
    if any("\u3040" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7af" for char in text):
        return unicodedata.normalize("NFC", decomposed).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


_ANY_WORD = re.compile(r"\w+")
_GREEK_OR_CYRILLIC = re.compile("[\u0370-\u04ff]")
_LATIN = re.compile("[a-zA-Z]")
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏгтвкмнАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιονρτυχκ",
    "aeopcyxijsdhlrtbkmhABEKMHOPCTYXIJSABEZHIKMNOPTYXaiovptuxk",
)
"""Cyrillic and Greek letters that look like Latin ones: in a word with Latin letters they stand for them."""


def clean(text: str) -> str:
    """The message without what nobody sees: NFKC, no control or format characters, no floods of combining marks."""
    if text.isascii():
        if not text.isprintable():
            text = re.sub(r"[^\S\n]|[\x00-\x09\x0b-\x1f\x7f]", " ", text)
    else:
        text = unicodedata.normalize("NFKC", text)
        if not text.isprintable():
            text = "".join([_visible(char) for char in text])
        if _GREEK_OR_CYRILLIC.search(text):
            text = _ANY_WORD.sub(lambda word: _in_latin(word.group()), text)
        text = re.sub(r"[\u0300-\u036f\u0489]+", "", text)  # accents are part of their letters now; what is left adorns
    return (_URL.sub(" ", text) if _BEGINS_URL.search(text) else text).strip()


def _in_latin(word: str) -> str:
    """“Cаnada” with a Cyrillic а; a word that is all Greek or Cyrillic stays as it is."""
    return word.translate(_LOOKALIKES) if _LATIN.search(word) else word


def _visible(char: str) -> str:
    if char == "\n":
        return char
    if unicodedata.category(char) in _INVISIBLE:
        return "" if unicodedata.category(char) == "Cf" else " "
    return " " if char.isspace() else char


def sentences(text: str) -> list[str]:
    """The message cut where a sentence ends; “U.S. trade” and “1.5 bn” are not cut, a bare number stays with its sentence."""
    if not _END.search(text, 0, len(text) - 1):
        return [text.strip()]
    found: list[str] = []
    for part in _SENTENCE.split(text):
        if re.search(r"[^\W\d_]|[^\x00-\x7f]", part) or not found:
            found.append(part.strip())
        else:
            found[-1] += f" {part.strip()}"
    return found


def tokens(text: str) -> list[Token]:
    """The tokens of cleaned text, in order."""
    if text.count(" ") < LONGEST_SENTENCE and _PLAIN_SENTENCE(text):
        return [_token(word, "number" if word.isdigit() else "word", "") for word in text.rstrip(".!?").split(" ")]
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()]
        gap = "" if between in _NO_GAP else _gap(between)
        if len(found) == LONGEST_SENTENCE:
            found.append(Token(text[match.start() :], text[match.start() :], "rest", gap=gap))
            break
        found.append(_token(match.group(), match.lastgroup or "word", gap))
        end = match.end()
    return found


def _gap(between: str) -> str:
    return " -" if between.lstrip() == "-" and between != "-" else between.strip()


def phrase_key(text: str) -> str:
    """The look-up key of a phrase of the knowledge: its folded tokens with single spaces."""
    lower = text.lower()
    if _PLAIN_PHRASE(lower):
        return lower
    return " ".join(token.text for token in tokens(clean(text)))


@lru_cache(maxsize=TOKENS_KEPT)
def _token(raw: str, kind: str, gap: str) -> Token:
    if kind == "acronym":
        return Token(fold(raw.replace(".", "")), raw.replace(".", ""), "word", gap=gap)
    if kind != "word":
        return Token(fold(raw) if kind == "cjk" else raw, raw, kind, gap=gap)
    folded = fold(raw)
    if raw.isalpha():
        return Token(folded, raw, "word", "", gap)
    text = _APOSTROPHES.sub("", folded)
    stem = ""
    if text != folded and ((folded[-2:-1] in "'’ʼ`´" and folded[-1] == "s") or folded[-1] in "'’"):
        stem = _APOSTROPHES.sub("", folded[:-2] if folded[-1] == "s" else folded)
    return Token(text, raw, "word", stem, gap)
