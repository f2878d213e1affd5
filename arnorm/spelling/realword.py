"""Words that are right by themselves and wrong in their place: «يشكل ملك المغرب» for «يشكر ملك المغرب».

Every known word with known words one key, sound or dot away from it is asked whether one of those fits its
surroundings better: by the pairs of words that the language model has, and by the company that each of them keeps
up to ten words around it (see `company`). A forest, trained on such errors made in clean text, says how far to
believe all this. It is believed enough to suggest, never to replace.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from arnorm.lazy import Cache
from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.arabic.slips import SUBSTITUTION
from arnorm.spelling.likelihood import DOUBTFUL
from arnorm.spelling.model.company import ZONES, Company
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.model.pairs import END_LOG, Bigrams
from arnorm.spelling.model.shelves import BORDER

KIND = "real word"
SECTION = "real_words"
#: How much a nat of each zone is worth beside a nat of the language model, and a nat of frequency.
WORTH = (1.0, 1.35, 0.75, 1.3, 1.3)
FREQUENT = 1.2

#: Below any total, in nats, and how far ahead of the second a finding is at most: more tells the forest no more.
_NO_SECOND, _FAR_AHEAD = -99.0, 20.0
#: So many words are remembered with what they may stand for.
_REMEMBERED = 60_000


class Scope(NamedTuple):
    """Which words are looked at; all in nats."""

    floor: float  #: findings above it
    fits: float  #: words that their neighbours speak for by less
    hopeless: float  #: rivals that the language model puts above it


#: Words that the forest learns from, and those that it is asked about. It is trained on more, so that it has seen what
#: is just outside; of that it hardly ever finds a word wrong.
WIDE = Scope(1.0, 4.0, -7.0)
USUAL = Scope(2.5, 2.0, -0.5)
FEATURES = (
    "total", *ZONES, "left_new", "left_old", "right_new", "right_old",
    "log_new", "log_old", "cost", "length", "words", "lead",
)  # fmt: skip
_KEYS: dict[str, str] = {}
for _a, _b in SUBSTITUTION:
    _KEYS[_a] = _KEYS.get(_a, "") + _b
_PERSONS, _CLITICS = frozenset("يتناأ"), frozenset("وفبلكسيتناأ")
#: Two forms of one word: «ذاك» is as right as «ذلك», with whatever stands before it.
_THAT = frozenset(("ذاك", "ذلك"))
_VOWELS, _ENDS = frozenset("اوي"), frozenset("هيكنتاومءةى")


class Finding(NamedTuple):
    """Word `place` of a sentence, what it may have been meant to be, and the evidence."""

    place: int
    text: str
    features: tuple[float, ...]


def inflects(word: str, i: int, letter: str) -> bool:
    """Say whether *letter* at place *i* gives another form of *word* rather than another word.

    >>> inflects("يكتب", 0, "ت"), inflects("وتكتب", 1, "ي"), inflects("وذاك", 2, "ل"), inflects("يشكل", 3, "ر")
    (True, True, True, False)
    """
    old, last = word[i], len(word) - 1
    return (
        (i == 0 and old in _CLITICS and letter in _CLITICS)
        or (i == 1 and word[0] in "وفسلأ" and old in _CLITICS and letter in _CLITICS)
        or (i == 2 and word[:2] in ("وس", "فس", "ول") and old in _PERSONS and letter in _PERSONS)
        or (i == last and old in _ENDS and letter in _ENDS)
        or (i == last - 1 and word[-3:] in _THAT and word[-3] + letter + word[-1] in _THAT)
        or (i == last - 1 and old in _VOWELS and letter in _VOWELS and word[-1] in "نهكات")
    )


def neighbours(word: str, number: Callable[[str], int | None], end: int) -> list[tuple[str, int, float]]:
    """Return the words with an id under *end* that *word* may be written for: (word, id, cost)."""
    found: list[tuple[str, int, float]] = []
    if len(word) < 3:
        return found
    skeleton = skeleton_of(word)
    for i, old in enumerate(word):
        for letter in _KEYS.get(old, ""):
            text = word[:i] + letter + word[i + 1 :]
            other = number(text)
            if other is not None and other < end and not inflects(word, i, letter) and skeleton_of(text) != skeleton:
                found.append((text, other, SUBSTITUTION[old, letter]))
    return found


class RealWords:
    """Finds known words that another known word would fit much better than."""

    def __init__(self, lexicon: Lexicon, bigrams: Bigrams, company: Company, protected: frozenset[str]) -> None:
        self._lexicon = lexicon
        self._bigrams = bigrams
        self._company = company
        self._protected = protected
        #: The words that a word may stand for by mistake, with ids and costs.
        self.rivals = Cache(self._work_out_rivals, _REMEMBERED)

    def _work_out_rivals(self, word: str) -> list[tuple[str, int, float]]:
        """Return the neighbours of *word* if it is itself known well enough not to be looked at as a slip."""
        frequency = self._lexicon.score(word)
        known = frequency is not None and frequency >= DOUBTFUL and word not in self._protected
        return neighbours(word, self._lexicon.words.number, self._company.end) if known else []

    def __call__(self, words: Sequence[str], scope: Scope = USUAL) -> Iterator[Finding]:
        """Yield what may be meant, for the words of a sentence as they were read."""
        ids: list[int] = []
        lexicon, score, company = self._lexicon, self._bigrams.score, self._company
        logs = lexicon.logs
        last = len(words) - 1
        found = self.rivals
        for k, word in enumerate(words):
            rivals = found[word]
            if not rivals:
                continue
            if not ids:
                ids = [lexicon.id(w) for w in words]
            own = ids[k]
            old_log = logs[own]
            left = ids[k - 1] if k else BORDER
            right, right_log = (ids[k + 1], logs[ids[k + 1]]) if k < last else (BORDER, END_LOG)
            left_old = score(left, own, old_log) - old_log
            right_old = score(own, right, right_log) - right_log
            if left_old + right_old > scope.fits:
                continue
            zones: list[tuple[int, array[int]]] = []
            base: list[float] = []
            best: tuple[float, str, tuple[float, ...]] | None = None
            second = _NO_SECOND
            for text, number, cost in rivals:
                new_log = logs[number]
                left_new = score(left, number, new_log) - new_log
                right_new = score(number, right, right_log) - right_log
                total = left_new + right_new - left_old - right_old + FREQUENT * (new_log - old_log)
                if total < scope.hopeless:
                    continue
                if not zones:
                    zones = company.zones(words, k)
                    base = company.evidence(word, zones)
                gains = [new - old for new, old in zip(company.evidence(text, zones), base, strict=True)]
                for gain, worth in zip(gains, WORTH, strict=True):
                    total += gain * worth
                if best is None or total > best[0]:
                    second = second if best is None else best[0]
                    best = total, text, (
                        *gains, left_new, left_old, right_new, right_old, new_log, old_log, cost,
                    )  # fmt: skip
                elif total > second:
                    second = total
            if best is not None and best[0] > scope.floor:
                total, text, rest = best
                yield Finding(
                    k, text, (total, *rest, float(len(word)), float(last + 1), min(total - second, _FAR_AHEAD))
                )
