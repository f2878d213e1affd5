"""Which Arabic letter a Farsi yeh stands for, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arnorm.chars import ARTICLES, LETTER, MARK, OTHERS_LETTER, TATWEEL
from arnorm.lazy import lazy_pattern
from arnorm.passes._words import fold, is_word, words

_FARSI, _YEH, _MAKSURA = "یيى"
_word = lazy_pattern(f"[{LETTER}][{LETTER}{MARK}{TATWEEL}]*+")
_marks = lazy_pattern(f"[{MARK}{TATWEEL}]+")
# Letters that Arabic has not, and the joiner that Persian words have inside.
_foreign = lazy_pattern(f"[{OTHERS_LETTER}\u200c]")
_ARABIC = str.maketrans("کی", "كي")
_PREFIXES = (*ARTICLES, "و", "ف")
# What Arabic spelling has, and its neighbours hardly; and common words that only they have.
_own = lazy_pattern("[ةأإىيك]")
_OTHERS = frozenset("است این که را از برای می یک بیر بو های کی ایلا ایکی اولان دیر لر".split())


def farsi_yehs(text: str) -> Iterator[tuple[int, int, str]]:
    """The Farsi yehs to write otherwise, in lines that are Arabic."""
    at = 0
    for line in text.split("\n"):
        if _FARSI in line and not _foreign.search(line) and _is_arabic(line):
            for match in _word.finditer(line):
                if _FARSI in match[0]:
                    yield from _of_word(match[0], at + match.start())
        at += len(line) + 1


def _is_arabic(line: str) -> bool:
    """Whether most of its letters are in common Arabic words, with a sign that only Arabic has, and none of others."""
    shown = [_marks.sub("", word) for word in _word.findall(line)]
    if not _OTHERS.isdisjoint(shown):
        return False
    found = [word.translate(_ARABIC) for word in shown]
    known = [word for word in found if is_word(word)]
    sign = _own.search(line) or any(word.startswith(("ال", "وال", "بال", "لل")) and len(word) > 4 for word in known)
    return bool(sign) and 10 * sum(map(len, known)) >= 7 * sum(map(len, found))


def _of_word(word: str, at: int) -> Iterator[tuple[int, int, str]]:
    bare = _marks.sub("", word)
    last = _last(bare.translate(_ARABIC)[:-1]) if bare.endswith(_FARSI) and len(bare) > 1 else None
    final = word.rfind(_FARSI) if bare.endswith(_FARSI) else -1
    for found in re.finditer(_FARSI, word):
        new = last if found.start() == final else _YEH
        if new:
            yield at + found.start(), at + found.end(), new


def _last(stem: str) -> str | None:
    """The letter with which *stem*, or what is left of it without a prefix, is surely a word."""
    for one in [stem, *(stem[len(prefix) :] for prefix in _PREFIXES if stem.startswith(prefix))]:
        if one + _MAKSURA in words().in_alef_maksura:
            return _MAKSURA
        if one + _YEH in words().in_yeh:
            return _YEH
        if len(one) < 2 or fold(one + _YEH) in words().folded:
            return None  # both are words
    return None
