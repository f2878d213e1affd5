"""A text as sentences of words, and what may stand between two words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from arnorm.words import ARABIC, BLANKS, EXTENDED, MARKS, SILENT, TATWEEL, Word, words

#: A word after one of these does not depend on the word before it.
_STOP = re.compile(r"[.!?؟؛:…\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INHABITED = re.compile(r"\w")
_BLANK = re.compile(f"[{BLANKS}]+")
#: Without any of these, `words` finds all runs of letters.
_FOREIGN = re.compile("[A-Za-z_@#＠＃]")
_LETTERS = re.compile(f"[{ARABIC}{EXTENDED}]+")
_WORD = re.compile(f"([{ARABIC}{EXTENDED}][{ARABIC}{EXTENDED}{MARKS}{TATWEEL}]*)")
_word = partial(tuple.__new__, Word)

APART, TOUCHING, OCCUPIED, STOPPED = range(4)


class Sentence(NamedTuple):
    """Words that depend on each other.

    `joints[i]` says what lies between word i-1 and word i: only spaces (TOUCHING: the two could be one
    word), a tab or punctuation (APART), or a number or foreign word (OCCUPIED).
    """

    words: list[Word]
    joints: list[int]


def repeats(sentence: Sentence) -> bool:
    """Say whether most words of a sentence stand in it twice or more, so that it pays to remember what was worked out.

    >>> [repeats(next(sentences(text))) for text in ("لا " * 9, "ذهب الولد إلى المدرسة")]
    [True, False]
    """
    words = sentence.words
    return len(words) > 2 * len({word.plain for word in words})


def joint(gap: str) -> int:
    """Classify what lies between two words."""
    if gap == " ":
        return TOUCHING
    if _STOP.search(gap):
        return STOPPED
    if _INHABITED.search(gap):
        return OCCUPIED
    return TOUCHING if _BLANK.fullmatch(gap) else APART


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of `text` in order."""
    found, gaps = _glued(text) if _FOREIGN.search(text) else _pure(text)
    joints = [TOUCHING if gap == " " else joint(gap) for gap in gaps]
    first = 0
    for end in [*(i for i, kind in enumerate(joints) if kind == STOPPED), len(found)]:
        if end > first:
            joints[first] = APART
            yield Sentence(found[first:end], joints[first:end])
            first = end


def _glued(text: str) -> tuple[list[Word], list[str]]:
    """Return the words of a text, and what lies before each."""
    found = list(words(text))
    ends = [0, *(word.end for word in found)]
    return found, [text[end : word.start] for end, word in zip(ends, found, strict=False)]


def _pure(text: str) -> tuple[list[Word], list[str]]:
    """Return the same for a text without anything that could make a name of an Arabic word, three times as fast."""
    parts = _WORD.split(text)
    borders = list(accumulate(map(len, parts)))
    plain = _LETTERS.findall(SILENT.sub("", text)) if SILENT.search(text) else parts[1::2]
    return list(map(_word, zip(borders[::2], borders[1::2], plain, strict=False))), parts[:-1:2]
