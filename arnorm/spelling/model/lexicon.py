"""Which words exist, how frequent they are, which share a skeleton, and what a word looks like at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import compress

from arnorm.spelling.arabic.classes import skeleton, skeletons
from arnorm.spelling.model import Packed
from arnorm.spelling.model.near import Between
from arnorm.words import ARABIC

#: Ids that are not words: the border of a sentence, any unknown word, any number or foreign word.
BORDER, UNKNOWN, OTHER = 0, 1, 2
RESERVED = ["", "\x01", "\x02"]
#: Two ids fit into one number of 40 bits, as which pairs are remembered.
MOST_IDS = 1 << 20
_WORDS = re.compile(rf"(?:[{ARABIC}]++(?:\n(?!\Z))?)*+")

#: Scores are stored in twelfths of a nat.
STEP = 1 / 12

#: How frequent a word of the user's own is taken to be: about one in 50,000.
_OWN_LOG = -11.0

#: What `kin` says of a word: that it is its own skeleton, that no other such word has its skeleton, or that one has.
_SAME, _SINGLE, _ONE_OF_MANY = range(3)


def kin(words: Sequence[str], bones: Sequence[str]) -> bytes:
    """Return a byte for each word, which tells `Skeletons` how to file it, given the skeletons of the words."""
    crowds = Counter(other for word, other in zip(words, bones, strict=True) if word != other)
    return bytes(
        _SAME if word == other else _SINGLE if crowds[other] == 1 else _ONE_OF_MANY
        for word, other in zip(words, bones, strict=True)
    )


class Skeletons:
    """Which words have a skeleton, their own name first.

    Seven of ten words are the only one of their skeleton and its own name, and are found among the words.
    """

    def __init__(self, ids: dict[str, int], others: dict[str, str | tuple[str, ...]]) -> None:
        self._ids = ids
        self._others = others

    @classmethod
    def load(cls, ids: dict[str, int], words: Sequence[str], kin: bytes) -> Skeletons:
        """File words whose `kin` is known."""
        singles = list(compress(words, map(_SINGLE.__eq__, kin)))
        bones = skeletons("\n".join(singles)).split("\n")
        found = cls(ids, dict(zip(bones, singles, strict=True)) if singles else {})
        found.file(list(compress(words, map(_ONE_OF_MANY.__eq__, kin))))
        return found

    def file(self, words: Sequence[str]) -> None:
        """Take in words that have their ids."""
        if not words:
            return
        others = self._others
        for word, bones in zip(words, skeletons("\n".join(words)).split("\n"), strict=True):
            if bones != word:
                found = others.get(bones)
                others[bones] = word if found is None else (found, word) if isinstance(found, str) else (*found, word)

    def with_more(self, ids: dict[str, int], words: Sequence[str]) -> Skeletons:
        """Return the same over a larger table of words, with `words` filed too."""
        wider = Skeletons(ids, dict(self._others))
        wider.file(words)
        return wider

    def __bool__(self) -> bool:
        return len(self._ids) > len(RESERVED)

    def __contains__(self, bones: str) -> bool:
        return bones in self._others or self._ids.get(bones, 0) > OTHER

    def __getitem__(self, bones: str) -> tuple[str, ...]:
        found = self._others.get(bones)
        if self._ids.get(bones, 0) <= OTHER:
            return () if found is None else (found,) if isinstance(found, str) else found
        return (bones,) if found is None else (bones, found) if isinstance(found, str) else (bones, *found)

    def among(self, texts: list[str]) -> set[str]:
        """Return those of `texts`, none of them empty, that are skeletons of words, given that all are skeletons."""
        return (self._ids.keys() & texts) | (self._others.keys() & texts)


class Lexicon:
    """Words by frequency, so that ids of frequent words are small.

    `ids` maps a word to its id, `words` an id to its word, `logs` an id to its log-probability, `books` to twelve times
    the logarithm of how often edited text has it; `skeletons` knows which words share their letters, and `between`
    which letters stand between which in them.
    """

    def __init__(
        self,
        ids: dict[str, int],
        words: list[str],
        logs: list[float],
        books: bytes,
        letters: Letters,
        skeletons: Skeletons,
        between: Between,
    ) -> None:
        self.ids = ids
        self.words = words
        self.logs = logs
        self.books = books
        self.letters = letters
        self.skeletons = skeletons
        self.between = between
        #: Words with an id under this were counted; the language model knows no other.
        self.counted = len(books)
        #: The words of a skeleton.
        self.siblings = self.skeletons.__getitem__

    @staticmethod
    def words_of(packed: Packed) -> list[str]:
        """Return the words of a model in the order of their ids, without the reserved ones."""
        block = packed.text("words")
        if block.count("\n") + bool(block) + len(RESERVED) != len(packed.blob("unigrams")):
            raise ValueError("the words and their counts differ in number")
        if block.count("\n") >= MOST_IDS - len(RESERVED) or not _WORDS.fullmatch(block):
            raise ValueError("the words are too many, or some are no Arabic words")
        return block.split("\n") if block else []

    @classmethod
    def load(cls, packed: Packed) -> Lexicon:
        """Read the lexicon of a model."""
        words = cls.words_of(packed)
        kin = packed.blob("kin")
        if len(kin) != len(words):
            raise ValueError("the kin of the words is not whole")
        names = [*RESERVED, *words]
        ids = dict(zip(names, range(len(names)), strict=True))
        if len(ids) != len(names):
            raise ValueError("some of the words are there twice")
        scale = [-STEP * value for value in range(256)]
        logs = [scale[value] for value in packed.blob("unigrams")]
        known = Skeletons.load(ids, words, kin)
        return cls(ids, names, logs, packed.blob("books"), Letters(packed), known, Between.load(packed))

    def knowing(self, words: frozenset[str]) -> Lexicon:
        """Return a lexicon with `words` added."""
        new = sorted(word for word in words if word not in self.ids)
        ids = {**self.ids, **{word: i for i, word in enumerate(new, len(self.logs))}}
        logs = self.logs + [_OWN_LOG] * len(new)
        known = self.skeletons.with_more(ids, new)
        between = self.between.with_more(map(skeleton, new))
        return Lexicon(ids, self.words + new, logs, self.books, self.letters, known, between)

    def score(self, word: str) -> float | None:
        """Return the log-probability of a word, or None if the lexicon lacks it."""
        i = self.ids.get(word)
        return None if i is None else self.logs[i]

    def id(self, word: str) -> int:
        """Return the id that the language model knows `word` by."""
        i = self.ids.get(word, UNKNOWN)
        return i if i < self.counted else UNKNOWN


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
        """Return the log-probability of `word` as a word that the lexicon lacks."""
        table, total, a, b = self._table, 0, 0, 0
        for letter in word:
            c = _PLACES.get(letter, _BASE - 1)
            total += table[(a * _BASE + b) * _BASE + c]
            a, b = b, c
        return _UNSEEN - STEP * (total + table[(a * _BASE + b) * _BASE])
