"""The common words of Arabic, by which the encoding repairs weigh their evidence; read at the first need."""

from __future__ import annotations

import zlib
from functools import cache
from typing import NamedTuple

from arnorm.chars import FOLDED, TATWEEL, TYPED_MARK
from arnorm.lazy import lazy_pattern

_LAM_ALEF = lazy_pattern("ل([اأإآ])")
_UNVOCALIZED = lazy_pattern(f"[{TYPED_MARK}{TATWEEL}]+")


class EncodingWords(NamedTuple):
    """Word lists; ``sure`` and ``likely`` map a word whose lam-alefs were swapped to the word it was."""

    known: frozenset[str]
    folded: frozenset[str]
    sure: dict[str, str]
    likely: dict[str, str]


@cache
def lexicon() -> EncodingWords:
    """The lists of arnorm/data/encoding_words.z (built by arnorm/data/build_encoding_words.py)."""
    from importlib.resources import files  # takes as long to import as all of arnorm

    packed = (files("arnorm") / "data" / "encoding_words.z").read_bytes()
    known, sure, likely = (part.split("\n") for part in zlib.decompress(packed).decode("iso8859-6").split("\n\n"))
    return EncodingWords(
        frozenset(known),
        frozenset(word.translate(FOLDED) for word in known),
        {swap_lam_alef(word): word for word in sure},
        {swap_lam_alef(word): word for word in likely},
    )


def swap_lam_alef(word: str) -> str:
    """The word as a careless extraction of its lam-alef ligatures gives it.

    >>> swap_lam_alef("الإسلام")
    'اإلسالم'
    """
    return _LAM_ALEF.sub(r"\1ل", word)


def is_known(word: str) -> bool:
    """Whether *word*, marks aside and however its alefs, yeh and teh marbuta are written, is a common word.

    >>> is_known("كِتاب"), is_known("باتك")
    (True, False)
    """
    return _UNVOCALIZED.sub("", word).translate(FOLDED) in lexicon().folded


def is_common(word: str) -> bool:
    """Whether *word* is known, or behind a word of one letter.

    >>> is_common("وقال"), is_common("وباتك")
    (True, False)
    """
    return is_known(word) or (len(word) > _LONGER_THAN and word[0] in "وفبلك" and is_known(word[1:]))


_LONGER_THAN = 3  # letters: of shorter ones too many would be words
