"""One view of a text for repair: its letters as Arabic letters, and where each came from.

The same word may be written with composed letters or with hamzas apart («أ»: ا and a combining hamza), in presentation
forms and ligatures («ﻷ»), and with joiners and direction marks strewn in. Repair reads the letters; what it does not
change keeps its bytes.

It may also be typed on a keyboard of another language: «المرة الأولی» for «المرة الأولى». Persian and Urdu have a kaf,
a yeh and a heh of their own, that look as the Arabic ones do. They are read as those where the sentence is surely
Arabic. A yeh at the end stands for «ي» and «ى» alike: the commoner of both words is taken, and the sentence may say
otherwise, as it does for every «ي» that should be a «ى».
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from arnorm import languages
from arnorm.chars import ARABIC, COMPOSING_MARK, LETTER, MARK, TATWEEL, UNSEEN_IN_WORD
from arnorm.spelling.model.lexicon import UNHEARD, Lexicon
from arnorm.spelling.sentence import Sentence, sentences
from arnorm.words import plain

_FORMS = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufdf2\ufdf4-\ufdf9\ufe80-\ufefc"
_SPECIAL = re.compile(
    f"[{UNSEEN_IN_WORD}]+|[{_FORMS}][{MARK}]*|[{LETTER}][{MARK}{TATWEEL}{UNSEEN_IN_WORD}]*?[{COMPOSING_MARK}][{MARK}]*"
)
_SUSPECT = re.compile(f"[{UNSEEN_IN_WORD}{COMPOSING_MARK}{_FORMS}]")
_SILENT = re.compile(f"[{UNSEEN_IN_WORD}]+")
#: Forms whose hamza stands over a yeh without dots have no composed letter: «ىٔ» is «ئ».
_SEATED = re.compile(f"([ىی])(?=[{MARK}]*\u0654)")

#: The kind of a word typed on a keyboard of another language.
KEYBOARD = "keyboard"
#: How sure a word is that exists with the letters of Arabic, that exists with «ي» and with «ى», and that nobody knows.
CERTAIN, EITHER, STRANGE = 0.98, 0.9, 0.5
#: A sentence has to be Arabic by so many nats.
_ARABIC = -4.0
_LETTERS = {"ک": "ك", "ہ": "ه", "ی": "ي"}
_TYPED = re.compile("[کہی]")
_TABLE = str.maketrans(_LETTERS)
_LAST = re.compile(rf"ی(?=[{MARK}{TATWEEL}]*\Z)")
#: Letters that some other language has besides make the word one of its own.
_OURS = re.compile(f"[{ARABIC}کہی]+")


class View(NamedTuple):
    """The letters of a text, and the pieces where they differ from it."""

    text: str
    starts: list[int]  #: of each piece, in the view
    ends: list[int]
    sources: list[tuple[int, int]]  #: start and end of each piece in the text
    unseen: list[str]  #: what of each piece shows nothing

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the text the span of the view stands; a piece is taken whole.

        >>> seen = view("كتاب ﻻ\u200fشك")
        >>> seen.text, seen.place(5, 9), seen.place(0, 4)
        ('كتاب لاشك', (5, 9), (0, 4))
        """
        if not self.starts:
            return start, end
        k = bisect_right(self.starts, start) - 1
        first = self._at(k, start, late=False)
        k = bisect_left(self.starts, end) - 1
        return first, max(first, self._at(k, end, late=True))

    def carry(self, start: int, end: int, meant: str) -> str:
        """Return *meant*, to stand for a span of the view, with the joiners and direction marks of the span in it.

        >>> view("المد\u200fرسه").carry(0, 7, "المدرسة")
        'المد\u200fرسة'
        """
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        strewn = [
            (self.ends[k] - start, self.unseen[k])
            for k in range(first, last)
            if self.unseen[k] and self.ends[k] > start
        ]
        if not strewn:
            return meant
        read = self.text[start:end]
        same = next((i for i, pair in enumerate(zip(read, meant, strict=False)) if pair[0] != pair[1]), len(read))
        parts, at = [], 0
        for place, marks in strewn:
            moved = place if place <= same else max(at, min(len(meant), len(meant) - len(read) + place))
            parts += [meant[at:moved], marks]
            at = moved
        return "".join((*parts, meant[at:]))

    def _at(self, k: int, place: int, *, late: bool) -> int:
        """Return where *place* of the view is in the text, behind change *k*; *late* for the end of a span."""
        if k < 0:
            return place
        low, high = self.sources[k]
        if late and place <= self.ends[k]:
            return low if self.starts[k] == self.ends[k] else high
        if not late and place < self.ends[k]:
            return low
        return high + place - self.ends[k]


def view(text: str) -> View:
    """Return the view of a text, in linear time.

    >>> view("قرأ الأدب").text == view("قرأ الأدب").text
    True
    """
    if text.isascii() or not _SUSPECT.search(text):
        return View(text, [], [], [], [])
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sources: list[tuple[int, int]] = []
    unseen: list[str] = []
    at = length = 0
    for start, end, piece in _pieces(text):
        length += start - at
        parts += [text[at:start], piece]
        starts.append(length)
        length += len(piece)
        ends.append(length)
        sources.append((start, end))
        unseen.append("".join(_SILENT.findall(text[start:end])))
        at = end
    parts.append(text[at:])
    return View("".join(parts), starts, ends, sources, unseen)


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is not written as it is read: from, to, how it is read."""
    for match in _SPECIAL.finditer(text):
        written = match[0]
        read = _SILENT.sub("", written)
        if read:
            read = unicodedata.normalize("NFKC", read) if _is_form(read[0]) else read
            read = unicodedata.normalize("NFC", _SEATED.sub("ي", read))
        if read != written and " " not in read:  # a mark by itself is drawn on a space
            yield *match.span(), read


def _is_form(letter: str) -> bool:
    return letter >= "\ufb50"


def retyped(text: str, lexicon: Lexicon) -> str:
    """Return *text*, letter by letter, with the letters of Arabic in the sentences that are surely Arabic."""
    if not _TYPED.search(text):
        return text
    parts: list[str] = []
    at = 0
    for sentence in sentences(text):
        if _is_arabic(sentence):
            for start, end, word in sentence.words:
                if _TYPED.search(word) and _OURS.fullmatch(word):
                    parts += [text[at:start], _spelled(text[start:end], lexicon)]
                    at = end
    parts.append(text[at:])
    return "".join(parts)


def typed_words(text: str, typed: str, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield the words of *text* that are typed otherwise in *typed*: from, to, and how sure that is."""
    if text is typed:
        return
    for sentence in sentences(typed):
        for start, end, word in sentence.words:
            if text[start:end] != typed[start:end]:
                known = [lexicon.knows(other) for other in (word, word[:-1] + ("ي" if word[-1] == "ى" else "ى"))]
                both = known == [True, True] and word[-1] in "يى" and _LAST.search(text, start, end) is not None
                yield start, end, EITHER if both else CERTAIN if known[0] else STRANGE


def _is_arabic(sentence: Sentence) -> bool:
    found = [word.plain for word in sentence.words]
    typed = any(map(_TYPED.search, found))
    return typed and sum(map(languages.evidence, found)) <= _ARABIC and not any(languages.foreign(found))


def _spelled(written: str, lexicon: Lexicon) -> str:
    """Return a word with the letters of Arabic."""
    yeh, maksura = (_LAST.sub(last, written).translate(_TABLE) for last in "يى")
    if yeh == maksura:
        return yeh
    scores = [lexicon.score(plain(text)) or UNHEARD for text in (yeh, maksura)]
    return maksura if scores[1] > scores[0] else yeh
