"""How well letters and words read in one order or the other, weighed by the words of the spelling model.

Evidence is in nats: the logarithm of how many times likelier one reading is. The bounds on it are chosen on the pages
of `arnorm.passes._extracted`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from arnorm.chars import ARABIC_LETTER, COMPOSING_MARK, DIGIT
from arnorm.lazy import lazy_pattern
from arnorm.passes._bidi import LETTERS, MARKS
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.model.pairs import Bigrams
from arnorm.spelling.model.shelves import BORDER, OTHER

word = lazy_pattern(f"[{LETTERS}\u0640{MARKS}]+")
_marks = lazy_pattern(f"[{MARKS}\u0640]+")
_foreign = lazy_pattern(f"[^{ARABIC_LETTER}]")
_units = lazy_pattern("ل[اأإآ]|.", re.DOTALL)
_LAM_ALEF = lazy_pattern("ل[اأإآ]")
_TURNED_LAM_ALEF = lazy_pattern("[اأإآ]ل")
_PARTS = lazy_pattern(f"[{COMPOSING_MARK}]")
_FORMS = lazy_pattern("[\ufb50-\ufdfb\ufe70-\ufefc]")

#: What is longer is no word.
LONGEST = 40
#: One word may say so much, in nats, and no more: a list of names is no proof.
MOST = 9.0
MOST_UNKNOWN = 1.5
#: No word begins with ة or ى.
IMPOSSIBLE = 4.0
#: The same for two words that follow each other.
MOST_PAIR = 4.0


class _Language(NamedTuple):
    lexicon: Lexicon
    bigrams: Bigrams


@cache
def _language() -> _Language:
    from arnorm.spelling.speller import default

    proposer = default()._proposer
    return _Language(proposer.lexicon, proposer._bigrams)


@lru_cache(50_000)
def plain(text: str) -> str:
    """*text* in letters of the main block, without marks and tatweel."""
    if _PARTS.search(text):
        text = unicodedata.normalize("NFC", text)
    if _FORMS.search(text):
        text = unicodedata.normalize("NFKC", text)
    return _marks.sub("", text)


@lru_cache(50_000)
def log(letters: str) -> float:
    """The log-probability of a word in plain letters, known or not."""
    lexicon = _language().lexicon
    found = lexicon.words.number(letters)
    return lexicon.letters.log(letters) if found is None else lexicon.logs[found]


@lru_cache(50_000)
def known(letters: str) -> bool:
    """Whether the model has the word."""
    return _language().lexicon.knows(letters)


def foreign(letters: str) -> bool:
    """Whether a word has letters that Arabic does not have."""
    return _foreign.search(letters) is not None


class BackwardsGain(NamedTuple):
    """What speaks for reading a word backwards, with its lam-alefs turned too, and with them kept."""

    plain: float
    kept: float


@lru_cache(50_000)
def backwards(letters: str) -> BackwardsGain:
    """How much better *letters* (plain, as they stand) read from their end; 0 for a word of one letter or foreign."""
    if not 2 <= len(letters) <= LONGEST or _foreign.search(letters):
        return BackwardsGain(0.0, 0.0)
    gain = _gain(letters, letters[::-1])
    if not _LAM_ALEF.search(letters):
        return BackwardsGain(gain, gain)
    return BackwardsGain(gain, max(_gain(letters, way) for way in ways(letters)))


def _gain(here: str, there: str) -> float:
    """What speaks for the word *there* where *here* stands; little, where only its letters look like a word's."""
    if not known(there):
        return max(-MOST, min(MOST_UNKNOWN, log(there) - log(here)))
    gain = max(-MOST, min(MOST, log(there) - log(here)))
    return gain + IMPOSSIBLE if here[0] in "ةى" and len(here) > 2 else gain


#: So many lam-alefs of a word may each be one glyph or two; further ones are one.
_MOST_LAM_ALEFS = 4


def ways(letters: str) -> list[str]:
    """*letters* from their end with lam-alefs kept: all of them first, and then all but one or more.

    «الانفصال» is shown as «لاصفنلاا» by a program that keeps the letters of a glyph in order, of which only one is one.
    """
    units = _units.findall(letters)
    places = [at for at, unit in enumerate(units) if len(unit) == 2][-_MOST_LAM_ALEFS:]
    made = []
    for turned in product((False, True), repeat=len(places)):
        split = {at for at, turn in zip(places, turned, strict=True) if turn}
        made.append("".join(unit[::-1] if at in split else unit for at, unit in reversed([*enumerate(units)])))
    return made


_tokens = lazy_pattern(f"[{LETTERS}\u0640{MARKS}]+|[A-Za-z{DIGIT}][^\\s{LETTERS}«»()،؛]*|[.!؟?،؛:]")


#: Log-probability of the end of a sentence, and of a word that is not Arabic: each as frequent as one word in twenty.
_FREQUENT = -3.0


def follows(text: str) -> float:
    """How well the words of *text* follow each other, numbers and foreign words as such; in nats."""
    lexicon, bigrams = _language()
    total, last = 0.0, -1
    for found in _tokens.finditer(text):
        token = found[0]
        if token in "،؛:":
            last = -1
            continue
        if token in ".!؟?":
            here, unigram = BORDER, _FREQUENT
        elif word.match(token):
            token = plain(token)
            here, unigram = lexicon.id(token), log(token)
        else:
            here, unigram = OTHER, _FREQUENT
        if last >= 0:
            pair = bigrams.score(last, here, _ABSENT)
            total += pair - unigram if pair < 0 else _UNSEEN
        last = here
    return total


def pairs(words: list[str], enough: float = math.inf) -> float:
    """How much better *words* (plain) follow each other than they would from the last to the first; in nats.

    No more of them are weighed once they say *enough*.
    """
    lexicon, bigrams = _language()
    find, logs, score = lexicon.words.number, lexicon.logs, bigrams.score
    most = len(lexicon.books)  # the words that the pairs know
    total, last = 0.0, 0
    for token in words:
        here = find(token) or 0
        if here >= most:
            here = 0
        if last and here and last != here:
            forward = score(last, here, _ABSENT)
            backward = score(here, last, _ABSENT)
            if forward < 0 or backward < 0:
                gain = forward - logs[here] if forward < 0 else _UNSEEN
                gain -= backward - logs[last] if backward < 0 else _UNSEEN
                total += MOST_PAIR if gain > MOST_PAIR else -MOST_PAIR if gain < -MOST_PAIR else gain
                if total >= enough:
                    break
        last = here
    return total


_ABSENT = 1000.0  # no log-probability
#: What a pair that the model did not count says for itself.
_UNSEEN = -1.0


def likeliest(before: str, options: list[str], behind: str, margin: float) -> str:
    """Which of *options* stands between two words; the first, unless another is likelier by *margin* nats."""
    scores = [_between(before, option, behind) for option in options]
    scores[0] += margin
    return options[scores.index(max(scores))]


def outstanding(before: str, options: list[str], behind: str, lead: float) -> str:
    """The one of *options* that is likelier between two words than any other by *lead* nats; "" if there is none."""
    scored = sorted(((_between(before, option, behind), option) for option in options), reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < lead):
        return ""
    return scored[0][1]


def _between(before: str, here: str, behind: str) -> float:
    """How likely *here* is between its neighbours, in nats: by its pairs with them, or by its own frequency."""
    lexicon, bigrams = _language()
    letters = plain(here)
    own = log(letters)
    this, last, following = (lexicon.words.number(w) or 0 for w in (letters, plain(before), plain(behind)))
    most = len(lexicon.books)
    if this >= most or not this:
        return own
    total = own
    if 0 < last < most:
        pair = bigrams.score(last, this, _ABSENT)
        total += pair - own if pair < 0 else _UNSEEN
    if 0 < following < most:
        pair = bigrams.score(this, following, _ABSENT)
        total += pair - lexicon.logs[following] if pair < 0 else _UNSEEN
    return total


#: So much likelier, in nats, has a whole word to be than its parts, of which one is hardly a word.
ONE_WORD, HARDLY = 8.0, -10.0


def is_one_word(last: str, first: str, parts_of_words: frozenset[str] = frozenset()) -> bool:
    """Whether *last* and *first* are the parts of one word: one of them is hardly any, or of *parts_of_words*."""
    if len(last) + len(first) > 2 * LONGEST:  # marks and all
        return False
    last, first = plain(last), plain(first)
    if not known(last + first):
        return False
    parts = log(last), log(first)
    if not (min(parts) < HARDLY or last in parts_of_words):
        return False
    return log(last + first) - parts[0] - max(parts[1], _behind(last, first)) > ONE_WORD


def _behind(last: str, first: str) -> float:
    """The log-probability of the word *first* behind *last*, if the model has seen the two: «كيب تاون»."""
    lexicon, bigrams = _language()
    before, behind = (lexicon.words.number(word) or 0 for word in (last, first))
    if not (0 < before < len(lexicon.books) and 0 < behind < len(lexicon.books)):
        return -math.inf
    pair = bigrams.score(before, behind, _ABSENT)
    return pair if pair < 0 else -math.inf
