"""Artificial errors, in the proportions in which people make them.

The judge is trained on clean text that is spoilt here; the rates follow a count of the corrections in
readers' comments and students' essays. People differ: one leaves off every hamza, another puts a space
after every «و», so each sentence gets a writer with habits of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import NamedTuple

from arnorm.chars import JOINED_TWICE
from arnorm.spelling.arabic.classes import VARIANTS
from arnorm.spelling.arabic.rules import IDIOMS
from arnorm.spelling.arabic.slips import ALIKE, ALPHABET, EMPHATIC, KEYBOARD, STOPS

#: What is glued to the next word when text is spoilt: what learners of typing glue, prepositions among them.
PARTICLES = frozenset(("يا", "لا", "ما", "ولا", "وما", "لو", "إن", "أن", "كل", "غير", "عبد", "فلا", "من", "في", "أو"))
_SWAPS = [(pair[0], pair[1]) for pair in ALIKE] + [(pair[1], pair[0]) for pair in ALIKE]
_SOUND: dict[str, str] = {}
for _a, _b in _SWAPS:
    _SOUND[_a] = _SOUND.get(_a, "") + _b
_NEAR: dict[str, str] = {}
for _row in KEYBOARD:
    for _a, _b in pairwise(_row):
        _NEAR[_a] = _NEAR.get(_a, "") + _b
        _NEAR[_b] = _NEAR.get(_b, "") + _a
_DIALECT = str.maketrans({meant: written for written, meant in STOPS})
_EMPHATIC = str.maketrans({meant: written for written, meant in EMPHATIC})


_IDIOMS: dict[str, list[str]] = {}
for _wrong, _right in IDIOMS.items():
    _IDIOMS.setdefault(_right, []).append(_wrong)


_OLD = [(new, old) for old, new in VARIANTS]


class Chunk(NamedTuple):
    """Words that were meant, and what the writer made of them."""

    meant: tuple[str, ...]
    written: tuple[str, ...]


#: The share of writers who are careful, and how much of others' rare errors they make.
_CAREFUL, _OF_THE_CAREFUL = 0.25, 0.1


class Misspeller:
    """Somebody's habits: how often they make each kind of error, for each opportunity.

    Three numbers say how people are with a kind of error: the share of writers who have the habit, how often one who
    has it makes the error (a share of the opportunities, times 0.6 to 1.4 from writer to writer), and how often one
    makes it who has not. A quarter of the writers are careful, and make a tenth of the latter. All are set by hand.
    """

    def __init__(self, random: Random) -> None:
        self.random = random
        draw = random.random
        careful = draw() < _CAREFUL

        def habit(often: float, rate: float, seldom: float) -> float:
            if careful:
                return seldom * _OF_THE_CAREFUL
            return rate * (0.6 + 0.8 * draw()) if draw() < often else seldom

        self.bare_alef = habit(0.65, 0.8, 0.15)
        self.wrong_alef = habit(0.15, 0.08, 0.006)
        self.other_alef = habit(0.3, 0.25, 0.04)
        self.heh = habit(0.25, 0.5, 0.04)
        self.teh = habit(0.05, 0.1, 0.003)
        self.yeh = habit(0.12, 0.7, 0.015)
        self.maksura = habit(0.08, 0.6, 0.003)
        self.lone_waw = habit(0.22, 0.7, 0.006)
        self.glue_particle = habit(0.3, 0.3, 0.03)
        self.glue = habit(0.25, 0.012, 0.002)
        self.cut = habit(0.2, 0.02, 0.003)
        self.article = habit(0.2, 0.05, 0.005)
        self.nisba = habit(0.3, 0.4, 0.04)
        self.tanween = habit(0.4, 0.25, 0.07)
        self.noon = habit(0.1, 0.3, 0.01)
        self.waw_alef = habit(0.45, 0.6, 0.06)
        self.seat = habit(0.3, 0.25, 0.05)
        self.final_hamza = habit(0.3, 0.2, 0.02)
        self.sound = habit(0.25, 0.015, 0.002)
        self.dialect = habit(0.12, 0.4, 0.005)
        self.dad = habit(0.1, 0.4, 0.003)
        self.emphatic = habit(0.06, 0.1, 0.001)
        self.slip = habit(0.6, 0.022, 0.005)
        self.case = habit(0.4, 0.45, 0.1)
        self.idiom = habit(0.2, 0.2, 0.02)
        self.old = habit(0.3, 0.8, 0.1)
        self.stretch = habit(0.05, 0.02, 0.0005)

    def sentence(self, words: Sequence[str]) -> list[Chunk]:
        """Write `words` the way this writer would."""
        chunks: list[Chunk] = []
        draw = self.random.random
        i = 0
        while i < len(words):
            word = words[i]
            written = self.word(word)
            phrase = " ".join(words[i : i + 2])
            if i + 1 < len(words) and phrase in _IDIOMS and draw() < self.idiom:
                chunks.append(Chunk((word, words[i + 1]), (self.random.choice(_IDIOMS[phrase]),)))
                i += 2
                continue
            glue = self.old if word == "عبد" else self.glue_particle if word in PARTICLES else self.glue
            if i + 1 < len(words) and draw() < glue:
                chunks.append(Chunk((word, words[i + 1]), (written + self.word(words[i + 1]),)))
                i += 2
                continue
            if word.startswith("و") and len(word) > 2 and draw() < self.lone_waw:
                chunks.append(Chunk((word,), ("و", written[1:] or written)))
            elif len(written) >= 4 and draw() < self.cut:
                at = self.random.randrange(1, len(written))
                chunks.append(Chunk((word,), (written[:at], written[at:])))
            else:
                chunks.append(Chunk((word,), (written,)))
            i += 1
        return chunks

    def word(self, word: str) -> str:
        """Write one word."""
        if word in _IDIOMS and self.random.random() < self.idiom:
            return self.random.choice(_IDIOMS[word])
        if self.random.random() < self.old:
            for new_seat, old_seat in _OLD:
                word = word.replace(new_seat, old_seat)
        if len(word) > 4:
            word = self._affixes(word)
        letters = [self._letter(word, i, c) for i, c in enumerate(word)]
        text = "".join(letters)
        draw = self.random.random
        if len(text) > 3:
            if (text.endswith("وا") and draw() < self.waw_alef) or (
                text.endswith("ا") and word[-2] not in "هن" and draw() < self.tanween
            ):
                text = text[:-1] + ("ن" if text[-2] != "و" and draw() < self.noon else "")
            elif len(text) > 4 and text.endswith("ون") and draw() < self.case:
                text = text[:-2] + (self.random.choice(("وا", "و")) if text.lstrip("وفسل")[:1] in ("ي", "ت") else "ين")
            elif len(text) > 4 and text.endswith("ين") and draw() < self.case * 0.15:
                text = text[:-2] + "ون"
            elif text.endswith("و") and draw() < self.waw_alef * 0.15:
                text += "ا"
        if len(text) >= 3 and draw() < self.slip:
            text = self._slip(text)
        if draw() < self.stretch:
            at = self.random.randrange(len(text))
            text = text[:at] + text[at] * self.random.randint(2, 6) + text[at:]
        return text or word

    def _affixes(self, word: str) -> str:
        """Slip at an article or at an ending of origin: «لشعب», «لالشعب», «بلشعب», «المصرين»."""
        draw = self.random.random
        at = word.startswith(JOINED_TWICE)
        if word[at:].startswith("لل"):
            if draw() < self.article:
                word = word.replace("لل", "لال" if draw() < 0.4 else "ل", 1)
        elif len(word) > 5 and word[at:].startswith(("بال", "وال", "فال", "كال")) and draw() < self.article * 0.3:
            word = word.replace("ال", "ل", 1)
        if word.endswith(("يين", "يون")) and draw() < self.nisba:
            word = word[:-3] + word[-2:]
        return word.replace("ؤو", "ؤ") if "ؤو" in word and draw() < self.seat else word

    def _letter(self, word: str, i: int, c: str) -> str:
        draw = self.random.random
        last = i == len(word) - 1
        if c in "أإآ":
            if draw() < (self.bare_alef if i < 4 else self.bare_alef * 0.7):
                return "ا"
            if c != "آ" and draw() < self.other_alef * 0.3:
                return "إ" if c == "أ" else "أ"
            return "أ" if c == "آ" and draw() < self.other_alef else c
        if c == "ا" and not last and (i == 0 or (i < 4 and word[i - 1] == "ل")) and draw() < self.wrong_alef:
            return self.random.choice("أأإ")
        if last:
            if c in "ةت" and len(word) > 3 and draw() < self.sound * 0.7:
                return "ت" if c == "ة" else self.random.choice("ةه")
            if c == "ه" and draw() < self.sound * 0.5:
                return "و"
            if c == "ة":
                return "ه" if draw() < self.heh else c
            if c == "ه":
                return "ة" if draw() < self.teh else c
            if c == "ى":
                return "ي" if draw() < self.yeh else "ا" if draw() < self.sound else c
            if c == "ي":
                return "ى" if draw() < self.maksura else c
            if c == "ا" and len(word) in (3, 4) and draw() < self.sound:
                return "ى"
            if c == "ء" and draw() < self.final_hamza:
                return ""
        if c in "ئؤء" and draw() < self.seat:
            return self.random.choice({"ئ": "ييءؤأ", "ؤ": "وئءأ", "ء": "ئئؤأ"}[c])
        if c in "ذثظ" and draw() < self.dialect:
            return c.translate(_DIALECT)
        if c in "ضظ" and draw() < self.dad:
            return "ظ" if c == "ض" else "ض"
        if c in "سصتط" and draw() < self.emphatic:
            return c.translate(_EMPHATIC)
        if draw() < self.sound and c in _SOUND:
            return self.random.choice(_SOUND[c])
        return c

    def _slip(self, text: str) -> str:
        random = self.random
        i = random.randrange(len(text))
        kind = random.choices(("missing", "extra", "near", "doubled", "transposed"), (30, 10, 16, 22, 8))[0]
        if kind == "missing" and (i or random.random() < 0.4):
            return text[:i] + text[i + 1 :]
        if kind == "extra":
            return text[:i] + random.choice(ALPHABET) + text[i:]
        if kind == "near" and text[i] in _NEAR:
            return text[:i] + random.choice(_NEAR[text[i]]) + text[i + 1 :]
        if kind == "doubled":
            return text[:i] + text[i] + text[i:]
        if kind == "transposed" and i + 1 < len(text):
            return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
        return text
