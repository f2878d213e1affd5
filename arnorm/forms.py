"""Unicode normalization forms in linear time, and what they change.

`unicodedata.normalize` sorts the marks of one letter by insertion, so a letter with a hundred thousand marks
takes minutes. Here long runs of marks are sorted before it sees them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal, TypeAlias, get_args

from arnorm.engine import COMMON, OTHERS, Runner
from arnorm.trace import Replacement

FormName: TypeAlias = Literal["NFC", "NFD", "NFKC", "NFKD"]
FORMS: tuple[FormName, ...] = get_args(FormName)

_RANGE = range(0x80, 0x1F000)  # all that is a mark, composes, or stands for such a character
_LONG = 64  # a run of marks longer than this is sorted here; no word has so many


def normalizer(form: FormName) -> Runner:
    """A function that brings a text into *form*; the same object when it is in it.

    >>> normalizer("NFC")("ا\N{ARABIC MADDAH ABOVE}") == "آ"
    True
    """

    def run(text: str) -> str:
        # On unsorted marks the quick check says "no" at once; on sorted ones sorting is linear.
        return text if unicodedata.is_normalized(form, text) else _normalize(form, text)

    def run_nfc(text: str) -> str:
        if unicodedata.is_normalized("NFC", text):
            return text
        for typed, composed in _COMMON:
            if typed in text:
                text = text.replace(typed, composed)
        return run(text)

    return run_nfc if form == "NFC" else run


# What Arabic text that is not in NFC nearly always has: shadda typed before its vowel, and hamza or madda as a
# mark. Each pair is canonically equivalent, so replacing it first is right whatever else there is; it saves most
# texts from `unicodedata.normalize`, which takes 150 ns a character of vocalized text, ten times as long.
_COMMON = [
    *(("\N{ARABIC SHADDA}" + vowel, vowel + "\N{ARABIC SHADDA}") for vowel in "\u064e\u064f\u0650\u064b\u064c\u064d"),
    *((unicodedata.normalize("NFD", letter), letter) for letter in "أإآؤئ"),
]


@cache
def signs(form: FormName) -> frozenset[str]:
    """Of which one is in every text that is not in *form*: what moves or changes, and all that is unusual.

    >>> "أ" in signs("NFC"), "أ" in signs("NFD"), "\N{ARABIC HAMZA ABOVE}" in signs("NFC")
    (False, True, True)
    """
    return frozenset(c for c in COMMON if unicodedata.combining(c) or unicodedata.normalize(form, c) != c) | {OTHERS}


def replacements(form: FormName, text: str) -> list[Replacement]:
    """What *form* changes in *text*, letter by letter with its marks.

    >>> [r[:3] for r in replacements("NFC", "قرا\N{ARABIC HAMZA ABOVE}")]
    [(2, 4, 'أ')]
    """
    if unicodedata.is_normalized(form, text):
        return []
    found = []
    for match in _letters(form.replace("C", "D")).finditer(text):
        before = match[0]
        after = _normalize(form, before)
        if before != after:
            head = _common(before, after)
            tail = _common(before[:head:-1], after[:head:-1])
            new = after[head : len(after) - tail]
            found.append(Replacement(match.start() + head, match.end() - tail, new))
    return found


def _common(a: str, b: str) -> int:
    """How many characters *a* and *b* begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _normalize(form: FormName, text: str) -> str:
    if _maybe_long_run(text):
        text = re.sub(f"[{_marks()}]{{{_LONG},}}", _sorted_run, text)
    return unicodedata.normalize(form, text)


# Nothing that is neither of a word nor white space runs on like this in real text; most of it is marks.
_maybe_long_run = re.compile(rf"[^\w\s]{{{_LONG}}}").search


def _sorted_run(match: re.Match[str]) -> str:
    marks = "".join([unicodedata.normalize("NFD", mark) for mark in match[0]])
    return "".join(sorted(marks, key=unicodedata.combining))


@cache
def _marks() -> str:
    """All characters that canonical ordering moves, as the inside of a character class."""
    return "".join(filter(unicodedata.combining, map(chr, _RANGE)))  # none of them is special inside a class


@cache
def _letters(form: Literal["NFD", "NFKD"]) -> re.Pattern[str]:
    """A pattern of a character with all that follows it and might be sorted or composed with it.

    That is: marks, and the second halves of pairs that compose (vowel signs of Indic scripts, Hangul jamo).
    """
    pairs = (unicodedata.decomposition(c).split() for c in map(chr, _RANGE))
    seconds = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and pair[0][0] != "<"}
    joining = seconds | set(_marks()) | set(map(chr, [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]))
    # ... and what only stands for such a character
    joining |= {c for c in map(chr, _RANGE) if unicodedata.normalize(form, c)[0] in joining}
    inside = re.sub(r"([\\\]^-])", r"\\\1", "".join(joining))
    return re.compile(f"[^{inside}]?[{inside}]*", re.DOTALL)
