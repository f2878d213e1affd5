"""What recognition of printed Arabic takes for something else: commas, digits, letters that look alike; split words."""

from __future__ import annotations

from collections.abc import Iterator

from arnorm.chars import ARABIC_DIGIT, ARTICLES
from arnorm.lazy import lazy_pattern
from arnorm.passes import _order
from arnorm.passes._bidi import LETTERS, MARKS

_Plan = Iterator[tuple[int, int, str]]

_word = lazy_pattern(f"[{LETTERS}{MARKS}{ARABIC_DIGIT}]+")
_letter = lazy_pattern(f"[{LETTERS}]")
_digit = lazy_pattern(f"[{ARABIC_DIGIT}]")
#: Digits that are drawn like a letter.
_LOOK = str.maketrans("٥١٠", "ها.")
# Latin letters between digits that are drawn like one.
_number = lazy_pattern("(?<=[0-9])[OolI](?=[0-9])|(?<=[0-9][0-9])[Oo](?![A-Za-z])")
_NUMBER = str.maketrans("OolI", "0011")
_comma = lazy_pattern(rf"(?<=[{LETTERS}{MARKS}])[ ]?,(?=[ \n]|\Z)")
_closing = lazy_pattern(f"(?<=[{LETTERS}{MARKS}])»(?=[ \n])")
_letters = lazy_pattern(f"[{LETTERS}{MARKS}]+")
_PARTS = frozenset(ARTICLES)


def misrecognized(text: str) -> _Plan:
    """The replacements, in order."""
    found = [*_commas(text), *_words(text), *_numbers(text), *_split(text)]
    end = 0
    for start, stop, new in sorted(found):
        if start >= end:
            yield start, stop, new
            end = stop


def _commas(text: str) -> _Plan:
    """Commas that were read as a Latin comma, or as a guillemet that closes nothing."""
    for m in _comma.finditer(text):
        yield m.start(), m.end(), "،"
    for m in _closing.finditer(text):
        line = text[text.rfind("\n", 0, m.start()) + 1 : m.start()]
        before = text[: m.start()] if "«" in text else ""
        if "«" not in line and before.count("«") <= before.count("»"):
            yield m.start(), m.end(), "،"


def _words(text: str) -> _Plan:
    """Commas read as a hamza behind a word, and digits read for letters: where only so a word comes out."""
    for m in _word.finditer(text):
        word = m[0]
        if word[-1] == "ء" and len(word) > 3:
            letters = _order.plain(word)
            if not _order.known(letters) and _order.known(letters[:-1]):
                yield m.end() - 1, m.end(), "،"
        elif _digit.search(word) and len(_letter.findall(word)) > 2:
            new = word.translate(_LOOK)
            if not _digit.search(new) and _order.known(_order.plain(new)):
                yield m.start(), m.end(), new


def _numbers(text: str) -> _Plan:
    for m in _number.finditer(text):
        yield m.start(), m.end(), m[0].translate(_NUMBER)


def _split(text: str) -> _Plan:
    """Words that a space splits, of which one part is hardly a word: «الدرا سات»."""
    joined: list[tuple[str, int, int]] = []  # what the words so far are, each with its place
    for m in _letters.finditer(text):
        now = (m[0], m.start(), m.end())
        while joined and _is_one(text, joined[-1], now):
            last = joined.pop()
            yield last[2], now[1], ""
            now = (last[0] + now[0], last[1], now[2])
        joined.append(now)


def _is_one(text: str, last: tuple[str, int, int], first: tuple[str, int, int]) -> bool:
    between = text[last[2] : first[1]]
    return between != "" and not between.strip(" ") and _order.is_one_word(last[0], first[0], _PARTS)
