"""Which words exist, how frequent they are, which share a skeleton, and what a word looks like at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arnorm.spelling.confusion import skeletons
from arnorm.spelling.model import Packed

#: Ids that are not words: the border of a sentence, any unknown word, any number or foreign word.
BORDER, UNKNOWN, OTHER = 0, 1, 2
RESERVED = ["", "\x01", "\x02"]

#: Scores are stored in twelfths of a nat.
STEP = 1 / 12

_CHUNK = 20_000

#: How frequent a word of the user's own is taken to be: about one in 50,000.
_OWN_LOG = -11.0


class Skeletons:
    """Which words have a skeleton, their own name first.

    Seven of ten words are the only one of their skeleton and its own name, and are found among the words.
    """

    def __init__(self, ids: dict[str, int]) -> None:
        self._ids = ids
        self._others: dict[str, str | tuple[str, ...]] = {}

    def __bool__(self) -> bool:
        return len(self._ids) > len(RESERVED)

    def __contains__(self, bones: str) -> bool:
        return bones in self._others or self._ids.get(bones, 0) > OTHER

    def __getitem__(self, bones: str) -> tuple[str, ...]:
        found = self._others.get(bones)
        if found is None:
            return (bones,) if self._ids.get(bones, 0) > OTHER else ()
        return (found,) if isinstance(found, str) else found

    def file(self, words: Sequence[str]) -> None:
        """Take in words that have their ids, some thousand at a time to keep memory low."""
        others = self._others
        for start in range(0, len(words), _CHUNK):
            chunk = words[start : start + _CHUNK]
            for word, bones in zip(chunk, skeletons("\n".join(chunk)).split("\n"), strict=True):
                if word != bones:
                    if bones in others:
                        others[bones] = (*self[bones], word)
                    else:
                        others[bones] = (bones, word) if self._ids.get(bones, 0) > OTHER else word
                elif bones in others and word not in self[bones]:
                    others[bones] = (word, *self[bones])

    def copy(self, ids: dict[str, int]) -> Skeletons:
        """Return the same over a larger table of words."""
        wider = Skeletons(ids)
        wider._others.update(self._others)
        return wider


class Lexicon:
    """Words by frequency, so that ids of frequent words are small.

    `ids` maps a word to its id, `logs` an id to its log-probability, `books` to twelve times the logarithm of
    how often edited text has it; `skeletons` knows which words share their letters.
    """

    def __init__(
        self, ids: dict[str, int], logs: list[float], books: bytes, letters: Letters, known: Skeletons | None = None
    ) -> None:
        self.ids = ids
        self.logs = logs
        self.books = books
        self.letters = letters
        self.skeletons = known.copy(ids) if known else Skeletons(ids)
        #: The words of a skeleton.
        self.siblings = self.skeletons.__getitem__

    @classmethod
    def load(cls, packed: Packed) -> Lexicon:
        """Read the lexicon of a model."""
        block = packed.text("words")
        words = block.split("\n") if block else []
        ids = dict(zip([*RESERVED, *words], range(len(words) + 3), strict=True))
        scale = [-STEP * value for value in range(256)]
        logs = [scale[value] for value in packed.blob("unigrams")]
        del block
        lexicon = cls(ids, logs, packed.blob("books"), Letters(packed))
        lexicon.skeletons.file(words)
        return lexicon

    def knowing(self, words: frozenset[str]) -> Lexicon:
        """Return a lexicon with `words` added."""
        new = sorted(word for word in words if word not in self.ids)
        ids = {**self.ids, **{word: i for i, word in enumerate(new, len(self.logs))}}
        wider = Lexicon(ids, self.logs + [_OWN_LOG] * len(new), self.books, self.letters, self.skeletons)
        wider.skeletons.file(new)
        return wider

    def score(self, word: str) -> float | None:
        """Return the log-probability of a word, or None if the lexicon lacks it."""
        i = self.ids.get(word)
        return None if i is None else self.logs[i]

    def id(self, word: str) -> int:
        """Return the id that the language model knows `word` by."""
        i = self.ids.get(word, UNKNOWN)
        return i if i < len(self.books) else UNKNOWN


#: The letters of the trigrams; the first place is the border of the word, the last any other letter.
_ORDER = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_PLACES = {letter: i + 1 for i, letter in enumerate(_ORDER)}
_BASE = len(_ORDER) + 2
#: One running word in sixty is not in the lexicon.
_UNSEEN = -4.0
#: Words rarer than this are what unseen words look like.
_RARE = 1000


class Letters:
    """Trigrams of letters: how much a string looks like an Arabic word."""

    def __init__(self, packed: Packed) -> None:
        self._table = packed.blob("letters")
        if len(self._table) != _BASE**3:
            raise ValueError("the table of letters is not whole")

    def log(self, word: str) -> float:
        """Return the log-probability of `word` as a word that the lexicon lacks."""
        table, total, a, b = self._table, 0, 0, 0
        for letter in word:
            c = _PLACES.get(letter, _BASE - 1)
            total += table[(a * _BASE + b) * _BASE + c]
            a, b = b, c
        return _UNSEEN - STEP * (total + table[(a * _BASE + b) * _BASE])


def fit_letters(words: Sequence[str], counts: Any) -> bytes:
    """Count the trigrams of the rarer words; `counts` has the three reserved ids first."""
    import numpy as np

    triples = np.zeros((_BASE,) * 3)
    for word, count in zip(words, counts[3:], strict=True):
        if count < _RARE:
            a = b = 0
            for letter in [*(_PLACES.get(x, _BASE - 1) for x in word), 0]:
                triples[a, b, letter] += 1
                a, b = b, letter
    single = (triples.sum((0, 1)) + 1) / (triples.sum() + _BASE)
    pair = (triples.sum(0) + 20 * single) / (triples.sum((0, 2))[:, None] + 20)
    p = (triples + 20 * pair[None]) / (triples.sum(2, keepdims=True) + 20)
    table: bytes = np.clip(np.rint(-np.log(p) / STEP), 0, 255).astype(np.uint8).tobytes()
    return table
