"""Words that are right by themselves and wrong in their place: «يشكل ملك المغرب» for «يشكر ملك المغرب».

Every known word with known words one key, sound or dot away from it is asked whether one of those fits its
surroundings better: by the pairs of words that the language model has, and by the classes of nouns (see
`classes`) found within two words before, two words after, and up to ten words around. How often each word has
each class in each of these zones is counted, and stored where it differs from what any word has. A forest, trained
on such errors made in clean text, says how far to believe all this. It is believed enough to suggest, never to replace.
"""

from __future__ import annotations

import random
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import exp, log
from typing import Any, NamedTuple

from arnorm.spelling import classes
from arnorm.spelling.boost import Forest
from arnorm.spelling.candidates import DOUBTFUL
from arnorm.spelling.confusion import SUBSTITUTION, skeleton
from arnorm.spelling.decoder import END_LOG
from arnorm.spelling.language import Bigrams
from arnorm.spelling.lexicon import BORDER, RESERVED, Lexicon
from arnorm.spelling.model import Packed

SOURCE = "real word"
SECTION = "real_words"
KINDS = len(classes.NAMES)
#: The zones around a word, and the place from it that belongs to which: the word after it, the two after that,
#: the same before it, and all others up to ten words away.
ZONES = ("next", "after", "last", "before", "around")
_PLACES = {1: 0, 2: 1, 3: 1, -1: 2, -2: 3, -3: 3}
REACH = 10
#: How much a nat of each zone is worth beside a nat of the language model, and a nat of frequency.
WORTH = (0.75, 0.9, 0.7, 0.7, 0.6)
FREQUENT = 1.0
WIDTH = len(ZONES) * KINDS
#: Log-odds are stored in halves of a nat.
UNIT = 1 / 2
#: A word must be this frequent to have its company counted, and be one that a rarer one may stand for.
LEAST, MOST = 250, 40_000
_CAP = 20_000
#: Observations that speak for the background.
_PRIOR = 15.0
#: Company counts where it differs from the background by so many standard deviations.
_SIGNIFICANT = 1.5


class Scope(NamedTuple):
    """What is looked at: findings above `floor`, words that their neighbours speak for by less than `fits` nats,
    and rivals that the language model puts above `hopeless`."""

    floor: float
    fits: float
    hopeless: float


#: The forest learns from more than it is asked about: what is outside `USUAL` it hardly ever believes.
WIDE = Scope(1.0, 4.0, -7.0)
USUAL = Scope(2.0, 2.0, -1.5)
FEATURES = (
    "total", *ZONES, "left_new", "left_old", "right_new", "right_old",
    "log_new", "log_old", "cost", "length", "words", "lead",
)  # fmt: skip
_KEYS: dict[str, str] = {}
for _a, _b in SUBSTITUTION:
    _KEYS[_a] = _KEYS.get(_a, "") + _b
_PERSONS, _CLITICS = frozenset("يتناأ"), frozenset("وفبلكسيتناأ")
_VOWELS, _ENDS = frozenset("اوي"), frozenset("هيكنتاومءةى")


class Finding(NamedTuple):
    """Word `place` of a sentence, what it may have been meant to be, and the evidence."""

    place: int
    text: str
    features: tuple[float, ...]


def inflects(word: str, i: int, letter: str) -> bool:
    """Say whether `letter` at place `i` gives another form of `word` rather than another word.

    >>> inflects("يكتب", 0, "ت"), inflects("وتكتب", 1, "ي"), inflects("يشكل", 3, "ر")
    (True, True, False)
    """
    old, last = word[i], len(word) - 1
    return (
        (i == 0 and old in _CLITICS and letter in _CLITICS)
        or (i == 1 and word[0] in "وفسلأ" and old in _CLITICS and letter in _CLITICS)
        or (i == 2 and word[:2] in ("وس", "فس", "ول") and old in _PERSONS and letter in _PERSONS)
        or (i == last and old in _ENDS and letter in _ENDS)
        or (i == last - 1 and old in _VOWELS and letter in _VOWELS and word[-1] in "نهكات")
    )


def neighbours(word: str, ids: Mapping[str, int], end: int) -> list[tuple[str, int, float]]:
    """Return the words with an id under `end` that `word` may be written for: (word, id, cost)."""
    found: list[tuple[str, int, float]] = []
    if len(word) < 3:
        return found
    bones = skeleton(word)
    for i, old in enumerate(word):
        for letter in _KEYS.get(old, ""):
            text = word[:i] + letter + word[i + 1 :]
            number = ids.get(text, end)
            if number < end and not inflects(word, i, letter) and skeleton(text) != bones:
                found.append((text, number, SUBSTITUTION[old, letter]))
    return found


#: What each class in each zone adds if it is there, and what each zone starts from.
Row = tuple[dict[int, float], list[float]]


class Company:
    """Which classes the frequent words keep: log-odds against any word."""

    def __init__(self, packed: Packed) -> None:
        self._table = zlib.decompress(packed.blob("company"))
        background = packed.numbers("company_background", "H")
        self._background = [max(value, 1) / 65536 for value in background]
        #: Words with an id under this are in the table.
        self.end = len(self._table) // WIDTH + len(RESERVED)
        self._absent: dict[tuple[int, int], float] = {}
        self._rows: dict[int, Row] = {}

    def row(self, number: int) -> Row:
        """Return what each class in each zone adds if it is there, and what a zone starts from."""
        found = self._rows.get(number)
        if found is None:
            found = self._rows[number] = self._decode(number)
        return found

    def _decode(self, number: int) -> Row:
        present: dict[int, float] = {}
        base = [0.0] * len(ZONES)
        if number < self.end:
            start = (number - len(RESERVED)) * WIDTH
            values = array("b", self._table[start : start + WIDTH])
            absent = self._absent
            for i, value in enumerate(values):
                if value:
                    gone = absent.get((i, value))
                    if gone is None:
                        p = self._background[i]
                        gone = absent[i, value] = log((1 - min(p * exp(value * UNIT), 0.95)) / (1 - p))
                    base[i // KINDS] += gone
                    present[i] = value * UNIT - gone
        return present, base

    def evidence(self, number: int, masks: Sequence[int]) -> list[float]:
        """Return for each zone how far the classes in it, `masks`, speak for the word of that number."""
        present, base = self.row(number)
        out = list(base)
        for zone, mask in enumerate(masks):
            at = zone * KINDS
            while mask:
                low = mask & -mask
                found = present.get(at + low.bit_length() - 1)
                if found:
                    out[zone] += found
                mask ^= low
        return out


class RealWords:
    """Finds known words that another known word would fit much better than."""

    def __init__(self, lexicon: Lexicon, bigrams: Bigrams, company: Company, protected: frozenset[str]) -> None:
        self._lexicon = lexicon
        self._bigrams = bigrams
        self._company = company
        self._protected = protected
        self._rivals: dict[str, list[tuple[str, int, float]]] = {}
        self._classes: dict[str, int] = {}

    def rivals(self, word: str) -> list[tuple[str, int, float]]:
        """Return the neighbours of `word` if it is itself known well enough not to be looked at as a slip."""
        found = self._rivals.get(word)
        if found is None:
            frequency = self._lexicon.score(word)
            known = frequency is not None and frequency >= DOUBTFUL and word not in self._protected
            found = neighbours(word, self._lexicon.ids, self._company.end) if known else []
            if len(self._rivals) >= 100_000:
                self._rivals.clear()
            self._rivals[word] = found
        return found

    def __call__(self, words: Sequence[str], scope: Scope = USUAL) -> Iterator[Finding]:
        """Yield what may be meant, for the words of a sentence as they were read."""
        masks: list[int] = []
        ids: list[int] = []
        lexicon, score = self._lexicon, self._bigrams.score
        logs = lexicon.logs
        last = len(words) - 1
        for k, word in enumerate(words):
            rivals = self.rivals(word)
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
            zones: list[int] = []
            base: list[float] = []
            best: tuple[float, str, tuple[float, ...]] | None = None
            second = -99.0
            for text, number, cost in rivals:
                new_log = logs[number]
                left_new = score(left, number, new_log) - new_log
                right_new = score(number, right, right_log) - right_log
                total = left_new + right_new - left_old - right_old + FREQUENT * (new_log - old_log)
                if total < scope.hopeless:
                    continue
                if not zones:
                    masks = masks or [self._class(w) for w in words]
                    zones = _zones(masks, k)
                    base = self._company.evidence(own, zones)
                gains = [new - old for new, old in zip(self._company.evidence(number, zones), base, strict=True)]
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
                yield Finding(k, text, (total, *rest, float(len(word)), float(last + 1), min(total - second, 20.0)))

    def _class(self, word: str) -> int:
        found = self._classes.get(word)
        if found is None:
            if len(self._classes) >= 100_000:
                self._classes.clear()
            found = self._classes[word] = classes.of(word)
        return found


def _zones(masks: Sequence[int], k: int) -> list[int]:
    """Return which classes are in each zone around place `k`."""
    zones = [0] * len(ZONES)
    low = max(k - REACH, 0)
    for place, mask in enumerate(masks[low : k + REACH + 1], low - k):
        if mask and place:
            zones[_PLACES.get(place, 4)] |= mask
    return zones


def fit(text: Any, words: Sequence[str], counts: Any, *, seed: int = 5) -> dict[str, bytes]:
    """Count the company of the frequent words that have neighbours, in the running text, a `counting.Stream`."""
    import numpy as np

    first = len(RESERVED)
    end = first + min(int((counts[first:] >= LEAST).sum()), MOST)
    ids = {word: i for i, word in enumerate(words) if i >= first}
    size = end - first
    masks = np.array([0] * first + [classes.of(word) for word in words[first:]], dtype=np.uint64)
    keep = np.zeros(len(words), dtype=np.float32)
    for i in range(first, len(words)):
        if i < end or counts[i] >= 20:
            for _, j, _ in neighbours(words[i], ids, end):
                keep[j] = min(1.0, _CAP / counts[j])
                if i < end:
                    keep[i] = min(1.0, _CAP / counts[i])
    look = partial(_company, keep=keep, masks=masks, size=size)
    table, seen = text.summed(look, np.random.default_rng(seed))
    background = np.clip((table.sum(1) + 1) / (seen.sum() + 1000), 1e-4, 0.95)
    background = np.maximum(np.rint(background * 65536), 1)
    p = (background / 65536)[:, None]
    expected = seen * p
    odds = np.log((table + _PRIOR * p) / (expected + _PRIOR * p))
    odds[np.abs(table - expected) < _SIGNIFICANT * np.sqrt(expected * (1 - p) + 1)] = 0
    steps = np.clip(np.rint(odds / UNIT), -24, 24).astype(np.int8)
    return {
        "company": zlib.compress(steps.T.tobytes(), 9),
        "company_background": background.astype("<u2").tobytes(),
    }


def _company(stream: Any, low: int, high: int, rng: Any, *, keep: Any, masks: Any, size: int) -> tuple[Any, Any]:
    """Count each class in each zone around words from place `low` to `high`, and those words; both by word."""
    import numpy as np

    table = np.zeros((WIDTH, size))
    seen = np.zeros(size)
    for start in range(low, high, 4_000_000):
        part = stream[start : min(start + 4_000_000, high)]
        at = start + np.flatnonzero(keep[part] > rng.random(len(part), dtype=np.float32))
        row = stream[at] - len(RESERVED)
        seen += np.bincount(row, minlength=size)
        found = np.zeros((len(ZONES), len(at)), dtype=np.uint64)
        for side in (1, -1):
            free = np.ones(len(at), dtype=bool)
            for distance in range(1, REACH + 1):
                there = stream[at + side * distance]
                free &= there != BORDER
                zone = _PLACES.get(side * distance, 4)
                found[zone] |= np.where(free, masks[there], np.uint64(0))
        for zone in range(len(ZONES)):
            for kind in range(KINDS):
                has = (found[zone] >> np.uint64(kind) & np.uint64(1)).astype(bool)
                table[zone * KINDS + kind] += np.bincount(row[has], minlength=size)
    return table, seen


def mistake(words: Sequence[str], real: RealWords, rng: random.Random) -> tuple[int, str] | None:
    """Choose a word of a sentence and a known word to write for it by mistake; None if there is none."""
    for place in rng.sample(range(len(words)), min(len(words), 6)):
        slips = [(text, cost) for text, _, cost in real.rivals(words[place])]
        if slips:
            text = rng.choices([t for t, _ in slips], [8.0 - cost for _, cost in slips])[0]
            if any(back == words[place] for back, _, _ in real.rivals(text)):
                return place, text
    return None


def train(real: RealWords, lines: Sequence[Sequence[str]], seed: int, progress: Callable[[float], None]) -> Forest:
    """Make mistakes in clean sentences, and learn which findings restore what was meant."""
    from arnorm.spelling.boost import fit as grow

    rng = random.Random(seed)
    rows: list[Sequence[float]] = []
    labels: list[bool] = []
    for number, words in enumerate(lines):
        if number % 500 == 0:
            progress(number / len(lines))
        chosen = mistake(words, real, rng)
        for finding in real(words, WIDE):
            rows.append(finding.features)
            labels.append(False)
        if chosen is not None:
            place, text = chosen
            for finding in real([*words[:place], text, *words[place + 1 :]], WIDE):
                if finding.place == place:
                    rows.append(finding.features)
                    labels.append(finding.text == words[place])
    if sum(labels) < 50:
        return Forest(-20.0, 1, [0], [0.0], [0.0, 0.0])
    return grow(rows, labels, trees=TREES)


TREES = 100
