"""Marks and tatweel stay on the letters that stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

from arnorm.chars import MARK, TATWEEL
from arnorm.spelling.arabic.classes import skeleton

_LETTER = re.compile(f"([^{MARK}{TATWEEL}\\s])([{MARK}{TATWEEL}]*)")
FATHA, DAMMA, KASRA, SHADDA, SUKUN = "\u064e", "\u064f", "\u0650", "\u0651", "\u0652"
TANWEEN = "\u064b\u064c\u064d"
#: Whoever writes these means to tell words apart; tanween and shadda are written by everybody.
_VOWELS = re.compile(f"[{FATHA}{DAMMA}{KASRA}{SUKUN}\u0670\u06e1]")
#: Marks that a letter never has on it, by the letter.
_NEVER = {
    "أ": KASRA + TANWEEN[2], "إ": FATHA + DAMMA + SUKUN + TANWEEN, "آ": FATHA + DAMMA + KASRA + SUKUN + TANWEEN,
    "ؤ": KASRA, "ى": SHADDA + KASRA + DAMMA + SUKUN,
}  # fmt: skip
#: Marks that a letter before «ة» never has on it.
_BEFORE_TEH = KASRA + DAMMA + SUKUN + TANWEEN


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
    """Return the marks for each letter of `target`; what is on a letter that goes, goes with it."""
    if len(letters) == len(target):
        return [
            marks if skeleton(letter) == skeleton(new) else ""
            for (letter, marks), new in zip(letters, target, strict=True)
        ]
    head = 0
    while head < min(len(letters), len(target)) and letters[head][0] == target[head]:
        head += 1
    tail = 0
    while tail < min(len(letters), len(target)) - head and letters[-1 - tail][0] == target[-1 - tail]:
        tail += 1
    before = [marks for _, marks in letters[:head]]
    after = [marks for _, marks in letters[len(letters) - tail :]]
    return before + [""] * (len(target) - head - tail) + after


def pointed(written: str) -> bool:
    """Say whether `written` has vowels on its letters, not only the tanween and the shadda that everybody writes.

    >>> pointed("مَدرسة"), pointed("جداً")
    (True, False)
    """
    return _VOWELS.search(written) is not None


def contradict(written: str, meant: str) -> bool:
    """Say whether the marks of `written` tell that it is not `meant`.

    No «ة» stands behind a kasra, damma or sukun, no «ى» has a shadda, no «أ» a kasra, no «إ» a fatha; and the letter
    that carries a tanween ends the word, with an alef behind it at most. No letter with a vowel is one too many.

    >>> contradict("لَفْظِه", "لفظة"), contradict("لَفْظَه", "لفظة"), contradict("اِسلام", "أسلام"), contradict("باباً", "بابي")
    (True, False, True, True)
    """
    letters = _LETTER.findall(written)
    target = [c for c in meant if not c.isspace()]
    marks = _aligned(letters, target)
    if len(letters) > len(target) and _vowels(own for _, own in letters) > _vowels(marks):
        return True
    for i, (letter, own) in enumerate(zip(target, marks, strict=True)):
        if any(mark in _NEVER.get(letter, "") for mark in own):
            return True
        if letter == "ة" and i and any(mark in _BEFORE_TEH for mark in marks[i - 1]):
            return True
    tanween = [(letter, own) for letter, own in letters[-2:] if any(mark in TANWEEN for mark in own)]
    return bool(tanween) and not any(mark in TANWEEN for own in marks[-2:] for mark in own)


def _vowels(marks: Iterable[str]) -> int:
    return len(_VOWELS.findall("".join(marks)))
