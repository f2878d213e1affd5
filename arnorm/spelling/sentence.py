"""A text as sentences of words, and what may stand between two words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from arnorm.words import Word, words

#: A word after one of these does not depend on the word before it.
_STOP = re.compile(r"[.!?؟؛:…\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INHABITED = re.compile(r"\w")

APART, TOUCHING, OCCUPIED, STOPPED = range(4)


class Sentence(NamedTuple):
    """Words that depend on each other.

    `joints[i]` says what lies between word i-1 and word i: only spaces (TOUCHING: the two could be one
    word), other punctuation (APART), or a number or foreign word (OCCUPIED).
    """

    words: list[Word]
    joints: list[int]


def joint(gap: str) -> int:
    """Classify what lies between two words."""
    if gap == " ":
        return TOUCHING
    if _STOP.search(gap):
        return STOPPED
    if _INHABITED.search(gap):
        return OCCUPIED
    return TOUCHING if gap.isspace() else APART


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of `text` in order."""
    held: list[Word] = []
    joints: list[int] = []
    end = 0
    for word in words(text):
        between = joint(text[end : word.start]) if held else APART
        if between == STOPPED:
            yield Sentence(held, joints)
            held, joints, between = [], [], APART
        held.append(word)
        joints.append(between)
        end = word.end
    if held:
        yield Sentence(held, joints)
