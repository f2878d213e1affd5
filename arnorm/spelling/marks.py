"""Marks and tatweel stay on the letters that stay."""

from __future__ import annotations

import re

from arnorm.words import MARKS, TATWEEL

_LETTER = re.compile(f"([^{MARKS}{TATWEEL}\\s])([{MARKS}{TATWEEL}]*)")


def carry(written: str, meant: str) -> str:
    """Return `meant`, without marks so far, with the marks that `written` has on the letters they share.

    >>> carry("مَدرَسه", "مدرسة"), carry("الـىراء", "الآراء"), carry("لاكِنّ", "لكن")
    ('مَدرَسة', 'الـآراء', 'لكِنّ')
    """
    letters = _LETTER.findall(written)
    if not any(marks for _, marks in letters):
        return meant
    target = [c for c in meant if not c.isspace()]
    marks = _aligned(letters, target)
    rest = iter(marks)
    return "".join(c if c.isspace() else c + next(rest) for c in meant)


def _aligned(letters: list[tuple[str, str]], target: list[str]) -> list[str]:
    """Return the marks for each letter of `target`."""
    if len(letters) == len(target):
        return [marks for _, marks in letters]
    head = 0
    while head < min(len(letters), len(target)) and letters[head][0] == target[head]:
        head += 1
    tail = 0
    while tail < min(len(letters), len(target)) - head and letters[-1 - tail][0] == target[-1 - tail]:
        tail += 1
    before = [marks for _, marks in letters[:head]]
    after = [marks for _, marks in letters[len(letters) - tail :]]
    return before + [""] * (len(target) - head - tail) + after
