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

from arnorm.chars import ARTICLES, JOINED_TWICE
from arnorm.spelling.arabic import VARIANTS
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


class Habit(NamedTuple):
    """How many writers have it, and how often they and the others make the error.

    The first is a share of writers, the others are shares of opportunities.
    """

    writers: float
    rate: float
    seldom: float


#: Habits by name; set by hand after the corrections of readers' comments and students' essays, and drawn in this order,
#: so that the same seed gives the same writer.
HABITS = {
    "bare_alef": Habit(0.65, 0.8, 0.15),  # «احمد» for «أحمد»
    "wrong_alef": Habit(0.15, 0.08, 0.006),  # «أستخدم» for «استخدم»
    "other_alef": Habit(0.3, 0.25, 0.04),  # «إحمد» for «أحمد»
    "heh": Habit(0.25, 0.5, 0.04),  # «مدرسه»
    "teh": Habit(0.05, 0.1, 0.003),  # «كتابة» for «كتابه»
    "yeh": Habit(0.12, 0.7, 0.015),  # «علي» for «على»
    "maksura": Habit(0.08, 0.6, 0.003),  # «فى» for «في»
    "lone_waw": Habit(0.22, 0.7, 0.006),  # «و محمد»
    "glue_particle": Habit(0.3, 0.3, 0.03),  # «ياأحمد»
    "glue": Habit(0.25, 0.012, 0.002),  # a space left out elsewhere
    "cut": Habit(0.2, 0.02, 0.003),  # «الم درسة»
    "article": Habit(0.2, 0.05, 0.005),  # «لشعب» for «للشعب»
    "nisba": Habit(0.3, 0.4, 0.04),  # «المصرين» for «المصريين»
    "tanween": Habit(0.4, 0.25, 0.07),  # «جد» for «جدا»
    "noon": Habit(0.1, 0.3, 0.01),  # «جدن», where the alef of tanween goes
    "waw_alef": Habit(0.45, 0.6, 0.06),  # «كتبو»
    "seat": Habit(0.3, 0.25, 0.05),  # «دايما», «مسوول»
    "final_hamza": Habit(0.3, 0.2, 0.02),  # «شي» for «شيء»
    "sound": Habit(0.25, 0.015, 0.002),  # letters that sound alike, and endings by ear
    "dialect": Habit(0.12, 0.4, 0.005),  # «تلاتة» for «ثلاثة»
    "dad": Habit(0.1, 0.4, 0.003),  # «ضهر» for «ظهر»
    "emphatic": Habit(0.06, 0.1, 0.001),  # «صورة» for «سورة»
    "plural": Habit(0.2, 0.05, 0.003),  # «المعلومت» for «المعلومات»
    "slip": Habit(0.6, 0.022, 0.005),  # a slip of the finger, of a word
    "case": Habit(0.4, 0.45, 0.1),  # «المعلمين» for «المعلمون»
    "idiom": Habit(0.2, 0.2, 0.02),  # «لاكن»
    "old": Habit(0.3, 0.8, 0.1),  # «مسئول», «عبدالله»
    "stretch": Habit(0.05, 0.02, 0.0005),  # «جمييييل»
}
#: The share of writers who are careful, and how much of others' rare errors they make.
_CAREFUL, _OF_THE_CAREFUL = 0.25, 0.1
#: Of whom has a habit, how often by the least and how much more by the most: people are not alike.
_LEAST, _SPREAD = 0.6, 0.8
#: Shares of a habit, set by hand, of what goes the other way or in another place than the habit is of: «ـون» for
#: «ـين»; an alef behind any «و»; «لال» for «لل», not «ل»; «بلشعب»; an alef behind the fourth letter; «إ» for «أ»;
#: «ت» for «ة»; «و» for «ه» at an end; a first letter that is left off.
_OTHER_CASE, _OTHER_ALEF = 0.15, 0.15
_TWO_LAMS, _JOINED_ARTICLE = 0.4, 0.3
_INSIDE, _OTHER_SIDE = 0.7, 0.3
_OPEN_TEH, _WAW, _FIRST = 0.7, 0.5, 0.4
#: What becomes of a word with a slip, in parts of 86.
_SLIPS = {"missing": 30, "extra": 10, "near": 16, "doubled": 22, "transposed": 8}
#: So many times is a letter drawn out, at least and at most.
_DRAWN = 2, 6


class Misspeller:
    """Somebody's habits: how often they make each kind of error, for each opportunity."""

    def __init__(self, random: Random) -> None:
        self.random = random
        draw = random.random
        careful = draw() < _CAREFUL

        def rate(habit: Habit) -> float:
            if careful:
                return habit.seldom * _OF_THE_CAREFUL
            return habit.rate * (_LEAST + _SPREAD * draw()) if draw() < habit.writers else habit.seldom

        self.rates = {name: rate(habit) for name, habit in HABITS.items()}

    def _does(self, habit: str, share: float = 1.0) -> bool:
        """Say whether this writer makes an error this time, or makes it in the share of opportunities."""
        return self.random.random() < self.rates[habit] * share

    def sentence(self, words: Sequence[str]) -> list[Chunk]:
        """Write *words* the way this writer would."""
        chunks: list[Chunk] = []
        draw = self.random.random
        i = 0
        while i < len(words):
            word = words[i]
            written = self.word(word)
            phrase = " ".join(words[i : i + 2])
            if i + 1 < len(words) and phrase in _IDIOMS and self._does("idiom"):
                chunks.append(Chunk((word, words[i + 1]), (self.random.choice(_IDIOMS[phrase]),)))
                i += 2
                continue
            glue = (
                self.rates["old"]
                if word == "عبد"
                else self.rates["glue_particle"]
                if word in PARTICLES
                else self.rates["glue"]
            )
            if i + 1 < len(words) and draw() < glue:
                chunks.append(Chunk((word, words[i + 1]), (written + self.word(words[i + 1]),)))
                i += 2
                continue
            if word.startswith("و") and len(word) > 2 and self._does("lone_waw"):
                chunks.append(Chunk((word,), ("و", written[1:] or written)))
            elif len(written) >= 4 and self._does("cut"):
                at = self.random.randrange(1, len(written))
                chunks.append(Chunk((word,), (written[:at], written[at:])))
            else:
                chunks.append(Chunk((word,), (written,)))
            i += 1
        return chunks

    def word(self, word: str) -> str:
        """Write one word."""
        if word in _IDIOMS and self._does("idiom"):
            return self.random.choice(_IDIOMS[word])
        if self._does("old"):
            for new_seat, old_seat in _OLD:
                word = word.replace(new_seat, old_seat)
        if len(word) > 4:
            word = self._affixes(word)
        letters = [self._letter(word, i, c) for i, c in enumerate(word)]
        text = "".join(letters)
        if len(text) > 3:
            if (text.endswith("وا") and self._does("waw_alef")) or (
                text.endswith("ا") and word[-2] not in "هن" and self._does("tanween")
            ):
                text = text[:-1] + ("ن" if text[-2] != "و" and self._does("noon") else "")
            elif len(text) > 4 and text.endswith("ون") and self._does("case"):
                text = text[:-2] + (self.random.choice(("وا", "و")) if text.lstrip("وفسل")[:1] in ("ي", "ت") else "ين")
            elif len(text) > 4 and text.endswith("ين") and self._does("case", _OTHER_CASE):
                text = text[:-2] + "ون"
            elif text.endswith("و") and self._does("waw_alef", _OTHER_ALEF):
                text += "ا"
        if len(text) >= 3 and self._does("slip"):
            text = self._slip(text)
        if self._does("stretch"):
            at = self.random.randrange(len(text))
            text = text[:at] + text[at] * self.random.randint(*_DRAWN) + text[at:]
        return text or word

    def _affixes(self, word: str) -> str:
        """Slip at an article or at an ending: «لشعب», «لالشعب», «بلشعب», «المصرين», «المعلومت»."""
        draw = self.random.random
        at = word.startswith(JOINED_TWICE)
        if word[at:].startswith("لل"):
            if self._does("article"):
                word = word.replace("لل", "لال" if draw() < _TWO_LAMS else "ل", 1)
        elif (
            len(word) > 5
            and word[at:].startswith(("بال", "وال", "فال", "كال"))
            and self._does("article", _JOINED_ARTICLE)
        ):
            word = word.replace("ال", "ل", 1)
        if word.endswith(("يين", "يون")) and self._does("nisba"):
            word = word[:-3] + word[-2:]
        if word.endswith("ات") and self._does("plural"):
            word = word[:-2] + word[-1:]
        return word.replace("ؤو", "ؤ") if "ؤو" in word and self._does("seat") else word

    def _letter(self, word: str, i: int, c: str) -> str:
        """Return letter *c*, the one at *i* of a *word*, as somebody may write it: «ه» for «ة», «ظ» for «ض»."""
        last = i == len(word) - 1
        if c in "أإآ":
            if self._does("bare_alef", 1.0 if i < 4 else _INSIDE):
                return "ا"
            if c != "آ" and self._does("other_alef", _OTHER_SIDE):
                return "إ" if c == "أ" else "أ"
            return "أ" if c == "آ" and self._does("other_alef") else c
        if c == "ا" and not last and (i == 0 or (i < 4 and word[i - 1] == "ل")) and self._does("wrong_alef"):
            return self.random.choice("أأإ")
        if last:
            heard = c == "ت" or not word.startswith(ARTICLES)  # «سيارت أبي», but not «السيارت»
            if c in "ةت" and heard and len(word) > 3 and self._does("sound", _OPEN_TEH):
                return "ت" if c == "ة" else self.random.choice("ةه")
            if c == "ه" and self._does("sound", _WAW):
                return "و"
            if c == "ة":
                return "ه" if self._does("heh") else c
            if c == "ه":
                return "ة" if self._does("teh") else c
            if c == "ى":
                return "ي" if self._does("yeh") else "ا" if self._does("sound") else c
            if c == "ي":
                return "ى" if self._does("maksura") else c
            if c == "ا" and len(word) in (3, 4) and self._does("sound"):
                return "ى"
            if c == "ء" and self._does("final_hamza"):
                return ""
        if c in "ئؤء" and self._does("seat"):
            return self.random.choice({"ئ": "ييءؤأ", "ؤ": "وئءأ", "ء": "ئئؤأ"}[c])
        if c in "ذثظ" and self._does("dialect"):
            return c.translate(_DIALECT)
        if c in "ضظ" and self._does("dad"):
            return "ظ" if c == "ض" else "ض"
        if c in "سصتط" and self._does("emphatic"):
            return c.translate(_EMPHATIC)
        if self._does("sound") and c in _SOUND:
            return self.random.choice(_SOUND[c])
        return c

    def _slip(self, text: str) -> str:
        """Return *text* with one slip of the finger: a letter left out, doubled, added or exchanged."""
        random = self.random
        i = random.randrange(len(text))
        kind = random.choices([*_SLIPS], [*_SLIPS.values()])[0]
        if kind == "missing" and (i or random.random() < _FIRST):
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
