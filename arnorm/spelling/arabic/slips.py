"""Slips of the finger and the ear: which letter is written for which, and what that costs, in nats."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from arnorm.spelling.arabic import skeleton_of

#: The rows of the Arabic keyboard; neighbours in a row are neighbours under the fingers.
KEYBOARD = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ")

#: Letters that sound alike in speech or differ by a dot.
ALIKE = (
    "ضظ", "دذ", "ذز", "ثت", "سص", "ثس", "تط", "قغ", "قك", "حخ", "جح", "دض", "زظ", "قء", "عغ", "رز", "شس",
    "بت", "بن", "بي", "تن", "فق", "صض", "طظ", "جخ", "ثب", "يت", "نت",
)  # fmt: skip

#: What is written by ear for what: «هدا» for «هذا», «متل» for «مثل», «ضهر» for «ظهر», «بعظ» for «بعض», and what that
#: costs, from how often it is written in place of a letter: «د» for «ذ» in one of forty, «ذ» for «د» in one of 700.
INTERDENTAL = {
    ("د", "ذ"): 2.0, ("ض", "ظ"): 2.0, ("ت", "ث"): 2.5, ("ظ", "ض"): 2.5, ("ز", "ذ"): 3.0, ("س", "ث"): 3.0,
    ("ذ", "د"): 3.0, ("ث", "ت"): 3.5,
}  # fmt: skip

#: Of those the ones that whole dialects say: what is written, and what is meant.
STOPS = (("د", "ذ"), ("ت", "ث"), ("ض", "ظ"))

#: The same with the emphatic consonants: «صياحة» for «سياحة».
EMPHATIC = {("س", "ص"): 4.0, ("ص", "س"): 4.0, ("ت", "ط"): 4.0, ("ط", "ت"): 4.0}

#: The same, by the letter that is written.
_HEARD: dict[str, str] = {}
for _written, _meant in INTERDENTAL | EMPHATIC:
    _HEARD[_written] = _HEARD.get(_written, "") + _meant
#: What it costs to hear a letter the same way again in a word.
AGAIN = 1.0

#: What it costs, in nats, to write a letter that sounds or looks alike, and to hit the key beside; set by hand.
SOUND, NEXT_KEY = 5.0, 5.5


def _pairs() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for row in KEYBOARD:
        for left, right in pairwise(row):
            costs[left, right] = costs[right, left] = NEXT_KEY
    for pair in ALIKE:
        costs[pair[0], pair[1]] = costs[pair[1], pair[0]] = SOUND
    return costs | EMPHATIC | INTERDENTAL


#: What it costs to have written the first letter for the second.
SUBSTITUTION = _pairs()
OTHER_SUBSTITUTION = 7.0
EXTRA, MISSING, DOUBLED, TRANSPOSED = 7.0, 5.0, 4.0, 5.0
#: To leave off one of two letters that are the same: «الاعب» for «اللاعب».
SINGLE = 4.0
#: Changing a clitic or an inflection gives another sound word, not a repair: «يكتب» and «تكتب».
INFLECTION = 3.0
ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"


def sounds(word: str) -> Iterator[tuple[str, float]]:
    """Yield what *word* may be where it was written by ear: also where that is a word too, for the sentence to decide.

    >>> list(sounds("ضل")), [text for text, _ in sounds("تلاتة")]
    ([('ظل', 2.0)], ['ثلاتة', 'طلاتة', 'تلاثة', 'تلاطة', 'ثلاثة', 'طلاطة'])
    """
    for i, c in enumerate(word):
        for d in _HEARD.get(c, ""):
            yield word[:i] + d + word[i + 1 :], SUBSTITUTION[c, d]
    for c in set(word) & _HEARD.keys():
        if word.count(c) > 1:  # who writes «تلاتة» takes every ث for a ت
            for d in _HEARD[c]:
                yield word.replace(c, d), SUBSTITUTION[c, d] + AGAIN


#: Endings that sound alike: «مجرا» for «مجرى».
_ENDS_ALIKE = frozenset((("ا", "ى"), ("ى", "ا")))


def heard(word: str, meant: str) -> bool:
    """Say whether *word* is how a speaker of a dialect that lacks «ث», «ذ» or «ظ» writes *meant*, or sounds the same.

    >>> heard("كتير", "كثير"), heard("المنضمة", "المنظمة"), heard("السورة", "الصورة")
    (True, True, False)
    """
    return len(word) == len(meant) and all(
        pair in INTERDENTAL or pair in _ENDS_ALIKE or skeleton_of(pair[0]) == skeleton_of(pair[1])
        for pair in zip(word, meant, strict=True)
    )


#: Letters that may be a clitic or a person where a word begins, and an inflection where it ends.
_LEADING = frozenset("وفبلكسيتنا")
_INFLECTING = frozenset("هيكنتاومء")
#: What a slip at the first letter costs more, in nats, where that is no clitic.
_FIRST = 2.0
#: «لادمار» is mostly «لا دمار», and «الدمار» where the words around say so: «مع لاوقت».
_NEGATION = 3.0


def price(skeleton: str, text: str) -> tuple[float, str]:
    """Return what it costs to have written *skeleton* for *text*, one slip away, and what kind of slip it is.

    The first letter, where it may be a clitic or a person, and endings are dearer: they give another sound word.
    """
    more = len(text) - len(skeleton)
    i = 0
    for a, b in zip(skeleton, text, strict=False):
        if a != b:
            break
        i += 1
    if more > 0:
        return _left_off(skeleton, text[i], i), "missing"
    if more < 0:
        return _too_many(skeleton, i)
    if skeleton[i + 1 :] == text[i + 1 :]:
        cost = SUBSTITUTION.get((skeleton[i], text[i]), OTHER_SUBSTITUTION)
        return cost + (_edge(skeleton, i) if cost > SOUND else 0.0), "letter"
    negation = skeleton[i : i + 2] == "لا" and skeleton[:i] in ("", "و", "ف")
    return TRANSPOSED + _FIRST * (i == 0) + _NEGATION * negation, "transposed"


#: The least that `price` asks where letters are too many, as many, or too few.
LEAST = {-1: DOUBLED, 0: min(SUBSTITUTION.values()), 1: SINGLE}


def _edge(skeleton: str, i: int) -> float:
    """Return what a slip at place *i* costs more."""
    if i == 0:
        return INFLECTION if skeleton[0] in _LEADING else _FIRST
    return INFLECTION if i == len(skeleton) - 1 and skeleton[i] in _INFLECTING else 0.0


def _left_off(skeleton: str, letter: str, i: int) -> float:
    """Return the least it costs to have left off *letter* before place *i* or before an earlier one of its run."""
    count = len(skeleton)
    cost = _edge(skeleton, i) if i < count else INFLECTION if letter in _INFLECTING else 0.0
    if not i or skeleton[i - 1] != letter:
        return MISSING + cost
    while i and skeleton[i - 1] == letter:
        i -= 1
        cost = min(cost, _edge(skeleton, i))
    return SINGLE + cost


def _too_many(skeleton: str, i: int) -> tuple[float, str]:
    """Return the same for the letter at place *i* that is too many, or an earlier one of its run."""
    if i and skeleton[i - 1] == skeleton[i]:
        return DOUBLED, "repeated"
    return EXTRA + _edge(skeleton, i), "extra"
