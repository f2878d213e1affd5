"""Words of names that the model knows badly or not at all: countries, cities, languages, surnames, brands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

#: What may stand before a name.
_HEADS = ("و", "ب", "ل", "ف", "ك", "وب", "ول")


#: Terms of two words that are no Arabic words by themselves.
_TERMS = {("واي", "فاي"), ("هاي", "فاي"), ("واي", "ماكس"), ("باي", "بال"), ("تي", "في"), ("جي", "ميل"), ("سي", "دي")}


@cache
def _names() -> frozenset[str]:
    import zlib
    from importlib.resources import files

    return frozenset(zlib.decompress((files("arnorm") / "data" / "names.z").read_bytes()).decode().split("\n"))


def is_name(word: str) -> bool:
    """Say whether `word`, perhaps with a preposition or «و», is in the list of arnorm/data/names.z.

    >>> is_name("إريتريا"), is_name("بإريتريا"), is_name("كتاب")
    (True, True, False)
    """
    names = _names()
    return word in names or any(
        word.startswith(head) and len(word) - len(head) >= 4 and word[len(head) :] in names for head in _HEADS
    )


def in_term(words: Sequence[str], place: int) -> bool:
    """Say whether a word belongs to a foreign term of two words: «واي فاي».

    >>> in_term(["شبكة", "واي", "فاي"], 1), in_term(["شبكة", "واي", "فاي"], 0)
    (True, False)
    """
    return tuple(words[place : place + 2]) in _TERMS or (place > 0 and tuple(words[place - 1 : place + 1]) in _TERMS)
