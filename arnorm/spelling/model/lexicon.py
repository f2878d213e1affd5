"""Which words exist, how frequent they are, which share a skeleton, and what a word looks like at all."""

from __future__ import annotations

from collections.abc import Sequence

from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.model import Packed
from arnorm.spelling.model.near import Between
from arnorm.spelling.model.shelves import RESERVED, UNKNOWN, Shelves, Wider, Words

#: Scores are stored in twelfths of a nat.
STEP = 1 / 12

#: How frequent a word of the user's own is taken to be: about one in 50,000.
_OWN_LOG = -11.0
#: Below any log-probability of a word: of one that the lexicon lacks, where nothing better is known of it.
UNHEARD = -99.0
#: The log-probabilities of the counts of a model, a byte each; and all that a word of a lexicon may have.
_SCALE = [-STEP * value for value in range(256)]
LOGS = [*_SCALE, _OWN_LOG]


class Lexicon:
    """Words by frequency, so that ids of frequent words are small.

    `number` gives the id of a word, `logs` has the log-probability of an id, `books` twelve times the logarithm of how
    often edited text has it; `siblings` are the words of a skeleton, and `between` knows which letters stand between
    which in skeletons.
    """

    def __init__(self, words: Words, logs: Sequence[float], books: bytes, letters: Letters, between: Between) -> None:
        self.words = words
        self.logs = logs
        self.books = books
        self.letters = letters
        self.between = between
        #: Words with an id under this were counted; the language model knows no other.
        self.counted = len(books)
        #: The words of a skeleton.
        self.siblings = words.siblings

    @classmethod
    def load(cls, packed: Packed, shelves: Shelves | None = None) -> Lexicon:
        """Read the lexicon of a model, whose words may have been read before."""
        shelves = shelves or Shelves(packed)
        unigrams = packed.blob("unigrams")
        if shelves.count + len(RESERVED) != len(unigrams):
            raise ValueError("the words and their counts differ in number")
        logs = [*map(_SCALE.__getitem__, unigrams)]
        return cls(shelves, logs, packed.blob("books"), Letters(packed), Between.load(packed))

    def knowing(self, words: frozenset[str]) -> Lexicon:
        """Return a lexicon with *words* added."""
        new = sorted(word for word in words if not self.knows(word))
        logs = [*self.logs, *[_OWN_LOG] * len(new)]
        between = self.between.with_more(map(skeleton_of, new))
        return Lexicon(Wider(self.words, new, len(self.logs)), logs, self.books, self.letters, between)

    def __bool__(self) -> bool:
        """Whether there are words at all."""
        return len(self.logs) > len(RESERVED)

    def knows(self, word: str) -> bool:
        """Say whether there is such a word."""
        return self.words.number(word) is not None

    def score(self, word: str) -> float | None:
        """Return the log-probability of a word, or None if the lexicon lacks it."""
        i = self.words.number(word)
        return None if i is None else self.logs[i]

    def log(self, word: str) -> float:
        """Return the log-probability of a word that the lexicon has."""
        i = self.words.number(word)
        assert i is not None
        return self.logs[i]

    def id(self, word: str) -> int:
        """Return the id that the language model knows *word* by."""
        i = self.words.number(word)
        return UNKNOWN if i is None or i >= self.counted else i


#: The letters of the trigrams; the first place is the border of the word, the last any other letter.
LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_PLACES = {letter: i + 1 for i, letter in enumerate(LETTERS)}
_BASE = len(LETTERS) + 2
#: One running word in sixty is not in the lexicon.
_UNSEEN = -4.0


class Letters:
    """Trigrams of letters: how much a string looks like an Arabic word."""

    def __init__(self, packed: Packed) -> None:
        self._table = packed.blob("letters")
        if len(self._table) != _BASE**3:
            raise ValueError("the table of letters is not whole")

    def log(self, word: str) -> float:
        """Return the log-probability of *word* as a word that the lexicon lacks."""
        table, total, a, b = self._table, 0, 0, 0
        for letter in word:
            c = _PLACES.get(letter, _BASE - 1)
            total += table[(a * _BASE + b) * _BASE + c]
            a, b = b, c
        return _UNSEEN - STEP * (total + table[(a * _BASE + b) * _BASE])
