"""Which clitics and endings a word may have, and which forms of it differ in their ending.

The affixes that a word begins or ends with depend on four of its letters, and are remembered by those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from arnorm.chars import ENCLITICS, PROCLITICS
from arnorm.spelling.arabic import shape_hash, skeleton_of, word_hash

#: No Arabic word is longer; longer strings are not analysed, so that time stays linear.
LONGEST = 24
#: So many beginnings or ends of words are remembered.
_REMEMBERED = 8_192

#: The shortest stem between clitics.
LEAST = 3

#: Proclitics with the person of a verb in them: «سيكتب» is known by «كتب»; «سيأنه» is not by «أنه».
_VERBAL = ("لي", "سي")

#: Endings of gender, number and origin, and what the word ends in without them.
_ENDINGS = (
    ("ة", ("",)), ("ت", ("", "ة")), ("ات", ("", "ة")), ("ون", ("",)), ("ين", ("",)), ("ان", ("",)), ("تان", ("ة",)),
    ("تين", ("ة",)), ("وا", ("",)), ("ا", ("",)), ("تم", ("",)), ("ية", ("", "ة", "ا")), ("يات", ("", "ة")),
    ("يون", ("",)), ("يين", ("",)), ("ي", ("",)),
)  # fmt: skip


def beginnings(affixes: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return what says, of the first four letters of a word, which of *affixes* it begins with, in their order.

    >>> beginnings(("", "و", "وال"))("والكتب"[:4])
    ('', 'و', 'وال')
    """

    @lru_cache(_REMEMBERED)
    def found(letters: str) -> tuple[str, ...]:
        return tuple(affix for affix in affixes if letters.startswith(affix))

    return found


def ends(affixes: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return the same of the last four letters and what a word ends in."""

    @lru_cache(_REMEMBERED)
    def found(letters: str) -> tuple[str, ...]:
        return tuple(affix for affix in affixes if letters.endswith(affix))

    return found


_proclitics = beginnings(("", *PROCLITICS))
_enclitics = ends(("", *ENCLITICS))


def analyses(word: str) -> Iterator[tuple[str, str, str]]:
    """Yield (proclitic, stem, enclitic) for stems of three letters or more, one of the clitics at least.

    >>> ("و", "كتاب", "هم") in set(analyses("وكتابهم"))
    True
    """
    count = len(word)
    if count > LONGEST:
        return
    tails = _enclitics(word[-4:])
    for head in _proclitics(word[:4]):
        rest = word[len(head) :]
        if len(rest) < LEAST:
            continue
        verbal = head[-2:] in _VERBAL
        for tail in tails:
            stem = rest[: len(rest) - len(tail)]
            if len(stem) >= LEAST and (head or tail) and not (verbal and stem[0] in "اأإآ"):
                yield head, stem, tail
                if head.endswith("لل"):
                    yield head, "ال" + stem, tail


@lru_cache(_REMEMBERED)
def _endings(letters: str) -> tuple[tuple[int, str], ...]:
    """Return how many letters may be an ending, and what stands without it in their place."""
    return tuple((len(end), other) for end, others in _ENDINGS if letters.endswith(end) for other in others)


#: Endings that only verbs have, but «ت» for a careless «ة».
_OF_VERBS = ("ت", "وا", "تم")


def bases(word: str, head: str = "") -> list[str]:
    """Return what *word* may be a form of: «متعايش» for «متعايشة». A noun has no endings of verbs.

    It is one for its article, which may be in the proclitic *head*.

    >>> sorted(set(bases("مستفيدات")))
    ['مستفيد', 'مستفيدا', 'مستفيداة', 'مستفيدة']
    >>> bases("مدرست"), bases("مدرست", "ال")
    (['مدرس', 'مدرسة'], [])
    """
    count = len(word)
    noun = word.startswith("ال") or head.endswith(("ال", "لل"))
    if noun and word.endswith(_OF_VERBS) and not word.endswith("ات"):
        return []
    return [word[: count - size] + other for size, other in _endings(word[-4:]) if count - size >= LEAST]


def parts(word: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield (proclitic, stem, what follows it, what it ends in by itself) for clitics, and for endings between them.

    >>> found = set(parts("ومتعاونات"))
    >>> ("و", "متعاونات", "", "") in found, ("و", "متعاونة", "ات", "ة") in found, ("", "ومتعاون", "ات", "") in found
    (True, True, True)
    """
    for head, stem, tail in analyses(word):
        yield head, stem, tail, ""
    for head, stem, tail in (("", word, ""), *analyses(word)):
        count = len(stem)
        for size, other in _endings(stem[-4:]):
            if size > 1 and count - size >= LEAST:
                yield head, stem[: count - size] + other, stem[count - size :] + tail, other


class WordForm(NamedTuple):
    """A form of a word: its kind of ending, whether it has the fuller ending, and the numbers of its stem."""

    kind: str
    full: bool
    stem: int
    shape: int


def word_form(word: str, known: Callable[[str, str], bool]) -> WordForm | None:
    """Return the form that *word* is, or None; *known* says of two words whether both are common enough.

    >>> word_form("مسلمون", lambda word, other: other == "مسلمين")[:2]
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
    skeleton = skeleton_of(stem)
    return WordForm(kind, full, word_hash(skeleton), shape_hash(skeleton))
