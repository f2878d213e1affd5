"""Forms of a word that differ in their ending, «مسؤولون» and «مسؤولين», «يكتبون» and «يكتبوا»."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from arnorm.spelling.arabic.classes import skeleton
from arnorm.spelling.hashes import shape_hash, word_hash


class Form(NamedTuple):
    """A form of a word: its kind of ending, whether it has the fuller ending, and the numbers of its stem."""

    kind: str
    full: bool
    stem: int
    shape: int


def form(word: str, known: Callable[[str, str], bool]) -> Form | None:
    """Return the form that `word` is, or None; `known` says of two words whether both are common enough.

    >>> form("مسلمون", lambda word, other: other == "مسلمين")[:2]
    ('plural', True)
    """
    kind, full, stem = "", False, ""
    if len(word) > 4 and word.endswith("ون"):
        if known(word, word[:-1] + "ا"):
            kind, full, stem = "verb", True, word[:-2]
        elif known(word, word[:-2] + "ين"):
            kind, full, stem = "plural", True, word[:-2]
    elif len(word) > 4 and word.endswith("وا"):
        if known(word, word[:-1] + "ن"):
            kind, stem = "verb", word[:-2]
    elif len(word) > 4 and word.endswith("ين") and known(word, word[:-2] + "ون") and not known(word, word[:-2] + "وا"):
        kind, stem = "plural", word[:-2]
    if not kind:
        return None
    bones = skeleton(stem)
    return Form(kind, full, word_hash(bones), shape_hash(bones))
