"""Which words exist, how frequent they are, and which share a skeleton."""

from __future__ import annotations

from arnorm.spelling.confusion import skeletons
from arnorm.spelling.model import Packed

#: Ids that are not words: the border of a sentence, any unknown word, any number or foreign word.
BORDER, UNKNOWN, OTHER = 0, 1, 2
_RESERVED = ["", "\x01", "\x02"]

#: Scores are stored in twelfths of a nat.
STEP = 1 / 12


class Lexicon:
    def __init__(self, packed: Packed) -> None:
        block = packed.text("words")
        self.words = _RESERVED + block.split("\n")
        self.ids = {word: i for i, word in enumerate(self.words)}
        self.unigrams = packed.blob("unigrams")
        self.logs = [-STEP * value for value in self.unigrams]
        self.letters = Letters(packed)
        self.books = packed.blob("book")
        self.by_skeleton: dict[str, list[str]] = {}
        classes = self.by_skeleton
        all_bones = skeletons(block).split("\n")
        self.skeletons = frozenset(all_bones)
        for word, bones in zip(self.words[3:], all_bones, strict=True):
            if word != bones:
                if bones in classes:
                    classes[bones].append(word)
                else:
                    classes[bones] = [word]

    def siblings(self, bones: str) -> list[str]:
        """Return the words of the skeleton `bones`."""
        found = self.by_skeleton.get(bones, [])
        return [bones, *found] if bones in self.ids else found

    def score(self, word: str) -> float | None:
        i = self.ids.get(word)
        return None if i is None else self.logs[i]

    def unseen(self, word: str) -> float:
        """Return the log-probability of a spelling that the lexicon lacks, letter by letter."""
        return self.letters.log(word)


#: The letters of the trigrams; the first place is the border of the word, the last any other letter.
_ORDER = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_PLACES = {letter: i + 1 for i, letter in enumerate(_ORDER)}
_BASE = len(_ORDER) + 2
#: One running word in sixty is not in the lexicon.
_UNSEEN = -4.0


class Letters:
    """Trigrams of letters: how much a string looks like an Arabic word."""

    def __init__(self, packed: Packed) -> None:
        self.table = packed.blob("letters")

    def log(self, word: str) -> float:
        table, total, a, b = self.table, 0, 0, 0
        for letter in word:
            c = _PLACES.get(letter, _BASE - 1)
            total += table[(a * _BASE + b) * _BASE + c]
            a, b = b, c
        return _UNSEEN - STEP * (total + table[(a * _BASE + b) * _BASE])


def fit_letters(words, counts) -> bytes:
    """Count the trigrams of the rarer words, which unseen words resemble."""
    import numpy as np

    tri = np.zeros((_BASE,) * 3)
    for word, count in zip(words, counts[3:], strict=True):
        if count < 1000:
            a = b = 0
            for letter in [*(_PLACES.get(x, _BASE - 1) for x in word), 0]:
                tri[a, b, letter] += 1
                a, b = b, letter
    uni = (tri.sum((0, 1)) + 1) / (tri.sum() + _BASE)
    bi = (tri.sum(0) + 20 * uni) / (tri.sum((0, 2))[:, None] + 20)
    p = (tri + 20 * bi[None]) / (tri.sum(2, keepdims=True) + 20)
    return np.clip(np.rint(-np.log(p) / STEP), 0, 255).astype(np.uint8).tobytes()
