"""Words by which passes judge: the common ones, and those whose last letter is ى, or ي, beyond doubt."""

from __future__ import annotations

import zlib
from functools import cache
from typing import NamedTuple

from arnorm.chars import ARTICLES, ENCLITICS, FOLDED, JOINED

_PREFIXES = (*ARTICLES, *JOINED, "س")
_SUFFIXES = (*ENCLITICS, "ون", "ين", "ات", "وا", "ة", "ت", "ا")


class CommonWords(NamedTuple):
    """``folded`` are the common words without hamza on alef and with ي and ه for ى and ة."""

    folded: frozenset[str]
    in_alef_maksura: frozenset[str]
    in_yeh: frozenset[str]


@cache
def words() -> CommonWords:
    """The lists of arnorm/data/words.z (built by arnorm/data/build_words.py)."""
    from importlib.resources import files  # takes as long to import as all of arnorm

    packed = (files("arnorm") / "data" / "words.z").read_bytes()
    known, maksura, yeh = (part.split("\n") for part in zlib.decompress(packed).decode("iso8859-6").split("\n\n"))
    return CommonWords(frozenset(word.translate(FOLDED) for word in known), frozenset(maksura), frozenset(yeh))


def fold(word: str) -> str:
    """*word* as `CommonWords.folded` has it."""
    return word.translate(FOLDED)


def is_word(word: str) -> bool:
    """Whether *word*, without marks, is a common one, or one with a prefix or a suffix or both.

    >>> is_word("جميلها"), is_word("جمييل")
    (True, False)
    """
    word = fold(word)
    known = words().folded
    if word in known:
        return True
    bare = [word, *(word[len(p) :] for p in _PREFIXES if word.startswith(p))]
    stems = (stem[: len(stem) - len(s)] for stem in bare for s in ("", *_SUFFIXES) if stem.endswith(s))
    return any(len(stem) > 2 and stem in known for stem in stems)
