"""What is on the letters and between them: marks and tatweel, which stay on the letters that stay.

And slips that no reading of the words tells of: words drawn out with tatweel, numbers glued to words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from arnorm.chars import ARABIC, ARABIC_DIGIT, BLANKS, MARK, TATWEEL
from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.sentence import Sentence
from arnorm.words import Word

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
_ENDED = re.compile(f"{_VOWELS.pattern}|[{TANWEEN}]")
#: Letters that are not written for another where a vowel stands on them: «أَجِب» is no «اجب», «كلّمهُ» no «كلمة».
_NEVER_MEANT = frozenset((("أ", "ا"), ("ئ", "ا"), ("ؤ", "ا"), ("ه", "ة"), ("ة", "ه"), ("ؤ", "أ")))
#: Hamzas on a seat: behind a kasra that is a yeh, and behind a fatha, without a vowel of its own, an alef.
_SEATED = "أؤئ"
#: Marks that a letter before «ة» never has on it.
_BEFORE_TEH = KASRA + DAMMA + SUKUN + TANWEEN


def carry(written: str, meant: str) -> str:
    """Return *meant*, without marks so far, with the marks that *written* has on the letters they share.

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
    """Return the marks for each letter of *target*; what is on a letter that goes, goes with it."""
    if len(letters) == len(target):
        return [
            marks if skeleton_of(letter) == skeleton_of(new) else ""
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
    """Say whether *written* has vowels on its letters, not only the tanween and the shadda that everybody writes.

    >>> pointed("مَدرسة"), pointed("جداً")
    (True, False)
    """
    return _VOWELS.search(written) is not None


def contradict(written: str, meant: str) -> bool:
    """Say whether the marks of *written* tell that it is not *meant*.

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
    if len(letters) == len(target) and any(
        (old, new) in _NEVER_MEANT and _ENDED.search(own) for (old, own), new in zip(letters, target, strict=True)
    ):
        return True
    if len(letters) == len(target) and any(
        _unseated(before, own, old, new)
        for ((_, before), (old, own)), new in zip(pairwise(letters), target[1:], strict=True)
    ):
        return True
    for i, (letter, own) in enumerate(zip(target, marks, strict=True)):
        if any(mark in _NEVER.get(letter, "") for mark in own):
            return True
        if letter == "ة" and i and any(mark in _BEFORE_TEH for mark in marks[i - 1]):
            return True
    tanween = [(letter, own) for letter, own in letters[-2:] if any(mark in TANWEEN for mark in own)]
    return bool(tanween) and not any(mark in TANWEEN for own in marks[-2:] for mark in own)


def _unseated(before: str, own: str, old: str, new: str) -> bool:
    """Say whether a hamza gets a seat that the marks before it and on it speak against: «تُقرِئ», «يَأْثر»."""
    if old not in _SEATED or new not in _SEATED or old == new:
        return False
    return (KASRA in before and new != "ئ") or (FATHA in before and SUKUN in own and new != "أ")


def _vowels(marks: Iterable[str]) -> int:
    return len(_VOWELS.findall("".join(marks)))


#: Between two letters tatweel is ornament; before a mark it carries it, as in «الرحمـٰن», and at an end it is meant.
_STRETCH = re.compile(f"(?<=[{ARABIC}{MARK}]){TATWEEL}+(?=[{ARABIC}])")
#: A single tatweel after the article sets the word off from it: «الـتوجيه», as in «الـBBC».
_ARTICLE = re.compile(f"[وفبك]?ال{TATWEEL}(?=[{ARABIC}])")
#: «لـالكسور» sets the preposition off from the article, with which it would be «للكسور»; «لـالتزام» does not.
_SET_OFF = re.compile("[وف]?لال")
#: Ornament is no error to who edits with care, so that only an eager policy takes it away.
STRETCHED = 0.85
#: «50سنة» hardly ever is a name, «كوفيد19» often is.
NUMBER_BEFORE, NUMBER_AFTER = 0.8, 0.5
#: The lam-alef of old extractions of PDF, with its letters swapped in the one word that is never meant so.
GOD = {"اهلل": "الله", "هللا": "الله"}
_GODS = {head + written: head + meant for head in ("", "و", "ب", "ف", "ت", "يا") for written, meant in GOD.items()}
#: After praise the swapped word is «لله»; elsewhere «هلل» may be a verb.
_PRAISE = frozenset(("الحمد", "والحمد", "فالحمد", "حمدا", "الشكر", "والشكر", "شكرا", "الملك", "الأمر"))
_PRAISED = "هلل"
#: How sure that is.
_SWAPPED = 0.99
_DIGITS = f"0-9{ARABIC_DIGIT}"
#: What a text has that one of the slips is in.
_SUSPECT = re.compile(f"{TATWEEL}|لل|[{_DIGITS}][{ARABIC}]|[{ARABIC}{MARK}][{_DIGITS}]")
_DIGIT = frozenset("0123456789٠١٢٣٤٥٦٧٨٩")
#: A word cut at a line end: «المدر⏎سة». It is only suggested, and this likely.
CUT = 0.6
#: The whole is as frequent as this; the rarer half is so many nats less so; what the lexicon lacks is as rare as this.
_CUT_WORD, _RARER, _UNKNOWN = -15.0, 1.5, -99.0
#: A word beside a number has to be as frequent as this.
_FREQUENT = -13.0


class Slip(NamedTuple):
    """Code points `start` to `end` of a text should read `text`."""

    start: int
    end: int
    text: str
    kind: str
    probability: float


def unstretched(written: str) -> str:
    """Return *written* without the tatweel between its letters.

    >>> unstretched("أكــــبر"), unstretched("١٤٤٣هـ"), unstretched("الـتوجيه")
    ('أكبر', '١٤٤٣هـ', 'الـتوجيه')
    """
    if TATWEEL not in written:
        return written
    article = _ARTICLE.match(written)
    kept = article.end() if article else 0
    return written[:kept] + _STRETCH.sub("", written[kept:])


def bounds(text: str, sentence: Sentence) -> tuple[int, int]:
    """Return where a sentence starts and ends, with the digits that touch it.

    >>> from arnorm.spelling.sentence import sentences
    >>> bounds("في 50سنة", next(sentences("في 50سنة"))), bounds("50سنة", next(sentences("50سنة")))
    ((0, 8), (1, 5))
    """
    start, end = sentence.words[0].start, sentence.words[-1].end
    return start - (text[start - 1 : start] in _DIGIT), end + (text[end : end + 1] in _DIGIT)


def suspicious(text: str, sentence: Sentence) -> bool:
    """Say, quickly, whether a sentence may have one of the slips."""
    words = sentence.words
    return _SUSPECT.search(text, max(words[0].start - 1, 0), words[-1].end + 1) is not None


def is_god(word: str) -> bool:
    """Say whether *word* is «الله» with its letters swapped, alone or with a particle.

    >>> is_god("اهلل"), is_god("باهلل"), is_god("أهل")
    (True, True, False)
    """
    return word in _GODS


def slips(text: str, sentence: Sentence, lexicon: Lexicon) -> Iterator[Slip]:
    """Yield what is to be done to words of a sentence that keep their letters."""
    before_it = ""
    for start, end, plain in sentence.words:
        meant = _GODS.get(plain) or ("لله" if plain == _PRAISED and before_it in _PRAISE else None)
        before_it = plain
        if meant is not None:
            yield Slip(start, end, carry(text[start:end], meant), "shift", _SWAPPED)
            continue
        if TATWEEL in text[start:end]:
            drawn = unstretched(text[start:end])
            if len(drawn) < end - start and (lexicon.knows(plain) or not _SET_OFF.match(drawn)):
                yield Slip(start, end, drawn, "elongation", STRETCHED)
        before, after = text[start - 1 : start] in _DIGIT, text[end : end + 1] in _DIGIT
        if before != after and len(plain) >= 3 and (lexicon.score(plain) or _FREQUENT - 1) > _FREQUENT:
            if before:
                yield Slip(start, end, " " + text[start:end], "split", NUMBER_BEFORE)
            else:
                yield Slip(start, end, text[start:end] + " ", "split", NUMBER_AFTER)


def cuts(text: str, words: Sequence[Word], lexicon: Lexicon) -> Iterator[Slip]:
    """Yield words that a line end cuts in two, of which one half is hardly a word; the line ends behind them then."""
    for before, after in pairwise(words):
        gap = text[before.end : after.start]
        if gap.count("\n") == 1 and gap.isspace():
            joined = before.plain + after.plain
            whole, *halves = (lexicon.score(word) or _UNKNOWN for word in (joined, before.plain, after.plain))
            if whole > _CUT_WORD and min(halves) < whole - _RARER:
                written = text[before.start : before.end] + text[after.start : after.end]
                yield Slip(before.start, after.end, written + gap.strip(BLANKS), "merge", CUT)
