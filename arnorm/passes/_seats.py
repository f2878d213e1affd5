"""The letters that ordinary spelling has for a hamza that is set on a stroke or on a yeh without dots.

The spelling of the Qur'an has no letter for such a hamza: it floats over a tatweel between its neighbours,
«يَسْـَٔلُ», or over or under a yeh, «أُو۟لَـٰٓىِٕكَ». Ordinary spelling picks the letter by the vowels around it, as any
grammar has the rules. Where schools differ, «مسئول» and «مسؤول», it is the tooth, which is what the eye sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arnorm.chars import HAMZA_MARK, LETTER, MARK, MARK_BUT_HAMZA, TATWEEL, VOWEL
from arnorm.portable import Around, Chars, Kept, PortableStep, Put, Search

#: The letters that a hamza makes ئ of; and those behind which it is ئ.
YEH = "يىی"
LIKE_YEH = YEH + "ئ"
FATHA, FATHATAN = "\u064e", "\u064b\u08f0"
DAMMA, KASRA = "\u064f\u064c\u08f1", "\u0650\u064d\u08f2"
SUKUN = "\u0652\u06e1"
#: What a hamza is set on: strokes, or the joiner that some editions have instead.
STROKE = f"{TATWEEL}\u200d"
CONJUNCTION, PREPOSITION = "وف", "بل"

PATTERN = (
    f"(?P<yeh>[{YEH}][{MARK_BUT_HAMZA}]*+)[{HAMZA_MARK}]"
    f"|[{STROKE}]++(?P<low>[{MARK_BUT_HAMZA}]*+)[{HAMZA_MARK}](?P<high>[{MARK_BUT_HAMZA}]*+)(?P<alef>ا?)"
)

_mark, _letter, _vowel = (re.compile(f"[{inside}]").match for inside in (MARK, LETTER, VOWEL))


def seated(match: re.Match[str]) -> str:
    """The letter for a hamza and its seat, with the marks that were on them."""
    if match["yeh"]:
        return "ئ" + match["yeh"][1:]
    marks, alef = match["low"] + match["high"], match["alef"]
    letter = _seat(match, marks)
    if letter == "آ":
        return letter + marks.replace(FATHA, "", 1)
    carried = letter == "أ" and _hold(marks, FATHATAN)  # «خَطَـًٔا» is «خَطَأً»
    return letter + marks + ("" if carried else alef)


def _seat(match: re.Match[str], own: str) -> str:
    """By the letter before, by the vowel of the hamza, by the vowel before: in this order."""
    text, end = match.string, match.start()
    at = _before_marks(text, end)
    marks = text[at + 1 : end]
    vowel = next(filter(_vowel, reversed(marks)), "-")
    if at >= 0 and text[at] in LIKE_YEH:  # «شَيْـًٔا», «سَيِّـَٔات»; but the root of «يَيْـَٔسُ»
        despair = marks in list(SUKUN) and own == FATHA and text.startswith("س", match.end())
        return "أ" if despair else "ئ"
    if _hold(own, KASRA + DAMMA):  # «أَفْـِٔدَة», «مَسْـُٔول»
        return "ئ"
    if _hold(own, FATHATAN):  # «خَطَـًٔا», «عِبْـًٔا»
        return "أ" if vowel == FATHA else "ئ"
    if vowel in KASRA:  # «خَاطِـَٔة»; but the kasra of a preposition does not count, «بِـَٔايَات»
        return "آ" if match["alef"] and _is_preposition(text, at) else "ئ"
    if vowel in DAMMA:
        return "ؤ"
    if match["alef"]:  # «مَـَٔاب»
        return "آ"
    return "أ" if vowel == FATHA or FATHA in own else "ئ"


def _hold(marks: str, wanted: str) -> bool:
    return not set(marks).isdisjoint(wanted)


def _before_marks(text: str, end: int) -> int:
    """Where the character stands that the marks before *end* are on; -1 where there is none."""
    at = end - 1
    while at >= 0 and _mark(text[at]):
        at -= 1
    return at


def _is_preposition(text: str, at: int) -> bool:
    """Whether the letter at *at* is «ب» or «ل» at the start of a word, or behind «و» or «ف» there."""
    if at < 0 or text[at] not in PREPOSITION:
        return False
    before = _before_marks(text, at)
    if before < 0 or not _letter(text[before]):
        return True
    return text[before] in CONJUNCTION and (not before or not re.match(f"[{LETTER}{MARK}]", text[before - 1]))


def steps(around: Around) -> Iterator[PortableStep]:
    """Markers for a hamza on a stroke, on a yeh, and with madda; decided as `_seat` does, in the same order."""
    seat, on_yeh, with_madda = around.markers(3)
    low, hamza, strokes = Chars(MARK_BUT_HAMZA).any, Chars(HAMZA_MARK), Chars(STROKE)
    for marker, carrier in ((on_yeh, Chars(YEH)), (seat, strokes)):
        yield Search(carrier, Put(marker), Kept(low, hamza))
        yield Search(Kept(marker, low), hamza)
    yield Search(strokes.some, Kept(seat))
    yield from _by_what_is_before(seat, Chars(LIKE_YEH + on_yeh), with_madda)
    yield {seat: "ئ", on_yeh: "ئ", with_madda: "آ"}


def _by_what_is_before(seat: str, yeh: Chars, with_madda: str) -> Iterator[Search]:
    fatha, fathatan, damma, kasra, sukun = map(Chars, (FATHA, FATHATAN, DAMMA, KASRA, SUKUN))
    marks, own, no_vowel = Chars(MARK).any, Chars(MARK_BUT_HAMZA).any, Chars(MARK, but=VOWEL).any
    not_high, no_fathatan, no_fatha = (Chars(MARK_BUT_HAMZA, but=o).any for o in (DAMMA + KASRA, FATHATAN, FATHA))
    preposition = (Chars(CONJUNCTION).maybe, marks, Chars(PREPOSITION), no_vowel, kasra, no_vowel)
    yield Search(Kept(yeh, sukun), seat, Put("أ"), Kept(fatha), ahead=Chars("س"))
    yield Search(Kept(yeh, marks), seat, Put("ئ"))
    yield Search(seat, Put("ئ"), Kept(not_high, Chars(DAMMA + KASRA)))
    yield Search(Kept(fatha, no_vowel, seat, no_fathatan, fathatan, own), "ا")
    yield Search(Kept(fatha, no_vowel), seat, Put("أ"), Kept(no_fathatan, fathatan))
    yield Search(seat, Put("ئ"), Kept(no_fathatan, fathatan))
    yield Search(Kept(*preposition), seat, Put(with_madda), Kept(own, "ا"), not_behind=Chars(LETTER + MARK))
    yield Search(Kept(kasra, no_vowel), seat, Put("ئ"))
    yield Search(Kept(damma, no_vowel), seat, Put("ؤ"))
    yield Search(seat, Put(with_madda), Kept(own, "ا"))
    yield Search(Kept(with_madda, no_fatha), fatha)
    yield Search(Kept(with_madda, own), "ا")
    yield Search(Kept(fatha, no_vowel), seat, Put("أ"))
    yield Search(seat, Put("أ"), Kept(no_fatha, fatha))
