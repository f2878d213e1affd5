"""Which marks of a vocalized word tell it from others that are spelled with the same letters.

A letter with what is on it is a `Unit`. What a rule keeps is also what it knows the word by, so that a word with only
the kept marks on it is judged in the same way: «كُتِبَ» gives «كُتِب», which stays.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from arnorm.chars import (
    ARTICLES,
    COMPOSING_MARK,
    ENCLITICS,
    JOINED,
    JOINED_TWICE,
    LETTER,
    MARK,
    SHADDA,
    SUKUN,
    TANWEEN,
    TATWEEL,
)
from arnorm.lazy import lazy_pattern

_SHORT = {"\u064e": "a", "\u064f": "u", "\u0650": "i", SUKUN: "."}
_VOWELS = _SHORT | dict.fromkeys(TANWEEN, "n")
_SHORT_MARKS = "".join(_SHORT)
_word = lazy_pattern(f"[{LETTER}][{LETTER}{MARK}{TATWEEL}]*+")
_unit = lazy_pattern(f"([{LETTER}])([{MARK}{TATWEEL}]*)")
_PARTS = lazy_pattern(f"[{COMPOSING_MARK}]")
_LONGEST = 24  # letters; no word is longer, and a longer run is left as it is

_SUN = frozenset("تثدذرزسشصضطظلن")
_ARTICLES = (*ARTICLES, "وبال")
#: «الّذي» and its kin have the shadda of an article that is part of them.
_RELATIVE = lazy_pattern("[وفبكأ]{0,2}ال(?:ذي|تي|ذين)")
HEADS = (*JOINED, "س", *JOINED_TWICE, "وس", "فس")
_VERBAL_TAILS = ("ون", "ين", "ان", "وا", "ن", *ENCLITICS)


class Unit(NamedTuple):
    """A letter, its vowel, and whether it has a shadda; the vowel is "a", "u", "i", "." for sukun, "n" for tanween."""

    letter: str
    vowel: str
    doubled: bool


class VowelReading(NamedTuple):
    """The vowels of a word's letters but the last (see `marked`), and whether it was met as a noun."""

    vowels: str
    noun: bool


class VowelReadings(NamedTuple):
    """The ways in which the letters of a word are read with vowels, as counted in vocalized text."""

    known: dict[str, tuple[VowelReading, ...]]  #: all readings of a spelling, shaddas in it
    usual: dict[str, VowelReading]  #: the reading that needs no mark
    like_verbs: frozenset[str]  #: nouns that begin as verbs do
    like_persons: frozenset[str]  #: nouns that end as verbs do


@cache
def readings() -> VowelReadings:
    """The lists of arnorm/data/readings.z (built by arnorm/data/build_readings.py)."""
    from importlib.resources import files  # takes as long to import as all of arnorm

    packed = (files("arnorm") / "data" / "readings.z").read_bytes()
    counted, verbs, persons = (part.split("\n") for part in zlib.decompress(packed).decode("utf-8").split("\n\n"))
    known, usual = {}, {}
    for key, *shown in (line.split(" ") for line in counted):
        found = [VowelReading(one.rstrip("n!"), "n" in one) for one in shown]
        known[key] = tuple(found)
        if shown[0].endswith("!"):
            usual[key] = found[0]
    return VowelReadings(known, usual, frozenset(verbs), frozenset(persons))


def predictable(text: str) -> Iterator[tuple[int, int, str]]:
    """The harakat to delete, as replacements."""
    for match in _word.finditer(text):
        word = match[0]
        for start, end, left in _remembered(word) if len(word) < _SHORT_WORD else _in_word(word):
            yield match.start() + start, match.start() + end, left


_SHORT_WORD = 64  # characters, marks included


def _in_word(word: str) -> tuple[tuple[int, int, str], ...]:
    found = list(_unit.finditer(word))
    marks = [one[2] for one in found]
    if len(found) > _LONGEST or not any(marks):
        return ()
    left = _stripped("".join(one[1] for one in found), marks)
    spans = [one.span(2) for one in found]
    return tuple((*span, new) for span, old, new in zip(spans, marks, left, strict=True) if old != new)


_remembered = lru_cache(16_384)(_in_word)  # most words of a text are among so many


def _stripped(letters: str, marks: list[str]) -> list[str]:
    """The marks that stay on each of *letters*."""
    while True:
        units = [unit(letter, own) for letter, own in zip(letters, marks, strict=True)]
        plain = predictable_shaddas(units)
        kept = kept_vowels([one._replace(doubled=False) if i in plain else one for i, one in enumerate(units)])
        gone = [("" if i in kept else _SHORT_MARKS) + (SHADDA if i in plain else "") for i in range(len(units))]
        left = ["".join(m for m in own if m not in away) for own, away in zip(marks, gone, strict=True)]
        if left == marks:
            return left
        marks = left  # once more, so that what is left is what the rules would leave of it


def unit(letter: str, marks: str) -> Unit:
    """What a letter and its marks say; a hamza in a mark of its own is part of the letter.

    >>> unit("ب", "\u0650\u0651")
    Unit(letter='ب', vowel='i', doubled=True)
    """
    parts = "".join(_PARTS.findall(marks))
    vowels = [_VOWELS[mark] for mark in marks if mark in _VOWELS]
    return Unit(unicodedata.normalize("NFC", letter + parts)[:1], vowels[0] if vowels else "", SHADDA in marks)


def spelled(units: Sequence[Unit]) -> str:
    """The word without marks."""
    return "".join(one.letter for one in units)


def key(units: Sequence[Unit]) -> str:
    """The word with its shaddas only, but for that of its last letter: under this its readings are counted."""
    return "".join(u.letter + SHADDA * u.doubled for u in units)


def marked(units: Sequence[Unit]) -> str:
    """The vowel of each letter but the last, whose vowel is its case.

    "?" where nothing is written; "." where there is no vowel, or one that the long vowel behind it says already.

    >>> marked([Unit("ع", "i", False), Unit("ل", ".", False), Unit("م", "u", False)])
    'i.'
    """
    shown = []
    told = len(units) - 2 if units[-1].letter == "ت" else -1  # «كتبَت»: by the vowel that «كتبتُ» keeps
    for place, (one, after) in enumerate(pairwise(units)):
        long = {"a": "اى", "u": "و", "i": "ي"}.get(one.vowel, "")
        if one.letter in "اىآ" or one.vowel in ("", "n") or place == told:
            shown.append("?")
        else:
            shown.append("." if after.letter in long and after.letter and not after.doubled else one.vowel)
    return "".join(shown)


def article(units: Sequence[Unit]) -> int:
    """How many letters the article and what is joined to it have; 0 where there is none."""
    word = spelled(units)
    for one in _ARTICLES:
        if word.startswith(one) and len(word) > len(one) + 1 and not units[len(one) - 1].doubled:
            return len(one)
    return 0


def predictable_shaddas(units: Sequence[Unit]) -> set[int]:
    """Where a shadda says nothing: on a sun letter behind the article, on a word's first letter, in «الّذي», «للّه»."""
    word = spelled(units)
    found = {0}
    for one in _ARTICLES:
        behind = len(one)
        if word.startswith(one) and len(word) > behind and word[behind] in _SUN and not units[behind - 1].doubled:
            found.add(behind)
    if _RELATIVE.fullmatch(word):
        found.add(word.index("ل"))
    if word in ("لله", "ولله", "فلله"):
        found.add(len(word) - 2)
    return found


def kept_vowels(units: Sequence[Unit]) -> set[int]:
    """The places of letters whose vowel is needed."""
    kept = _by_rule(units)
    at, known = _looked_up(units)
    if not known:
        return kept
    seen = marked(units[at:])
    noun = bool(article(units)) or any(one.vowel == "n" for one in units)
    found = [one for one in readings().known[known] if one.noun or not noun]
    usual = found[0] if len(found) == 1 else readings().usual.get(known)
    if usual and _agree(seen, usual.vowels):
        return kept
    rivals = [one.vowels for one in found if not _agree(seen, one.vowels)]
    return kept | {at + place for place in telling(seen, rivals, {place - at for place in kept})}


def _by_rule(units: Sequence[Unit]) -> set[int]:
    """The letters of a word that keep their marks by a rule of grammar: dual, passive, person of the verb."""
    kept = dual(units)
    if article(units):
        return kept
    word, starts = spelled(units), _starts(units)
    verb = passive_perfect(units)
    if not verb and not any(word[at:] in readings().like_verbs for at in starts):
        verb = passive_imperfect(units)
    end = person(units)
    if not any(word[at : end + 1] in readings().like_persons for at in starts):
        kept.add(end)
    return (kept | verb) - {-1}


#: Of two marks that tell as much, the one that readers expect less.
_TELLING = {".": 0, "a": 1, "u": 2, "i": 2}


def _agree(seen: str, reading: str) -> bool:
    return all(one in ("?", other) for one, other in zip(seen, reading, strict=False))


def telling(seen: str, rivals: Sequence[str], had: set[int]) -> set[int]:
    """The fewest places, roughly, that tell *seen* from each of *rivals*, beside those that it *had* already.

    None can be spared: without it one of the rivals would fit.

    >>> telling("i.", ["a.", "ai"], set())
    {0}
    """
    differing = [{i for i, (a, b) in enumerate(zip(seen, one, strict=False)) if a not in ("?", b)} for one in rivals]

    def weight(at: int) -> tuple[int, int]:
        silent = sum(one[at : at + 1] == "." for one in rivals)
        return _TELLING[seen[at]], silent  # «علَم» rather than «عَلم», of which the lam could still be silent

    left = [places for places in differing if places and not places & had]
    chosen: set[int] = set()
    open_ = left
    while open_:
        best = max(sorted(set().union(*open_)), key=lambda at: (sum(at in one for one in open_), weight(at)))
        chosen.add(best)
        open_ = [places for places in open_ if best not in places]
    for place in sorted(chosen, key=weight):
        if all(places & (chosen - {place}) for places in left):
            chosen.discard(place)
    return chosen


def _looked_up(units: Sequence[Unit]) -> tuple[int, str]:
    """Where the word begins of which readings are known, and its key: the whole, or without what is joined to it."""
    known = readings().known
    for at in _starts(units):
        for end in (len(units), *_ends(units, at, ENCLITICS)):
            found = key(units[at:end])
            if found in known:
                return at, found
    return 0, ""


def _starts(units: Sequence[Unit]) -> list[int]:
    word = spelled(units)
    heads = [len(head) for head in HEADS if word.startswith(head) and len(word) > len(head) + 2]
    return [0, *([article(units)] if article(units) else heads)]


def _ends(units: Sequence[Unit], start: int, tails: Sequence[str]) -> list[int]:
    word = spelled(units[start:])
    return [start + len(word) - len(t) for t in tails if word.endswith(t) and len(word) >= len(t) + _ROOT]


def _stem(units: Sequence[Unit], letters: str) -> int:
    """Where a verb begins behind «و» or «ف», and behind one of *letters*: «وَسَيُكتَب»."""
    at = 1 if units[0].letter in "وف" and units[0].vowel in ("", "a") and len(units) > _ROOT else 0
    return at + 1 if units[at].letter in letters and units[at].vowel != "u" and len(units) > at + _ROOT else at


_ROOT = 3  # letters that a verb has at least


def passive_perfect(units: Sequence[Unit]) -> set[int]:
    """The two vowels by which a verb of the past is known to be passive: «كُتِب», «أُرسِل», «استُعمِل»."""
    at = _stem(units, "")
    word = units[at:]
    if len(word) < _ROOT:
        return set()
    joined = word[0].letter in "اٱ"
    damma = 2 if joined else 0
    between = 1 if joined or word[0].letter == "أ" else 0  # letters without a vowel that may stand before the kasra
    if len(word) <= damma + 2 or word[damma].vowel != "u":
        return set()
    kasra = damma + 1
    if between and word[kasra].vowel in ("", ".") and word[kasra].letter not in "اوي":
        kasra += 1
    if kasra >= len(word) - 1 or word[kasra].vowel != "i":
        return set()
    # «يُريد», «نُحِبّ», «مُدير», «مُهِمّ» are active.
    active = word[0].letter in "يتنم" and (word[kasra + 1].letter == "ي" or word[-1].doubled)
    return set() if active else {at + damma, at + kasra}


def passive_imperfect(units: Sequence[Unit]) -> set[int]:
    """The two vowels, or the one, by which a verb of the present is known to be passive: «يُكتَب», «يُقال»."""
    at = _stem(units, "سل")
    if len(units) - at < _ROOT or units[at].letter not in "يتنأ" or units[at].vowel != "u":
        return set()
    if any(one.vowel == "i" for one in units[at + 1 : -1]):
        return set()
    for end in (len(units), *_ends(units, at, _VERBAL_TAILS)):
        last, before = units[end - 1], units[end - 2]
        if end - at < _ROOT:
            continue
        if last.letter == "ى" or before.letter == "ا":
            return {at}
        if before.vowel == "a":
            return {at, end - 2}
    return set()


def person(units: Sequence[Unit]) -> int:
    """Where the vowel is that says who is meant, as «قلتُ», «قلتَ», «لكِ» do; -1 where there is none."""
    if len(units) > 1 and units[-1][:2] == ("ك", "i"):
        return len(units) - 1
    for end in (len(units), *_ends(units, 0, ENCLITICS)):
        last, before = units[end - 1], units[end - 2]
        silent = before.vowel in ("", ".") and before.letter not in "اآ"
        if end >= _ROOT and last.letter == "ت" and last.vowel in ("a", "u", "i") and silent:
            return end - 1
    return -1


def dual(units: Sequence[Unit]) -> set[int]:
    """The fatha by which «معلّمَين», two, are not «معلّمين», more."""
    place = len(units) - _ROOT
    pair = (
        place > 1 and units[place].vowel == "a" and units[-1].letter == "ن" and units[-2][:2] in (("ي", ""), ("ي", "."))
    )
    return {place} if pair and not units[-2].doubled else set()
