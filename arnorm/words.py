"""What an Arabic word is: the one definition.

A word is a run of Arabic letters. Marks (tashkeel, small Qur'anic signs) and tatweel may stand between
and after the letters and belong to the word, but not to its spelling::

    >>> [(w.start, w.end, w.plain) for w in words("قال: كِتَابٌ، مـــا اسمه؟")]
    [(0, 3, 'قال'), (5, 12, 'كتاب'), (14, 19, 'ما'), (20, 24, 'اسمه')]

Words inside URLs, e-mail addresses, mentions and hashtags (see `arnorm.spans`) are names of things, not text, and so
are letters glued to Latin letters or underscores; `words` leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from arnorm import spans
from arnorm.chars import BLANKS, LETTER, MARK, TATWEEL
from arnorm.errors import InvalidLexiconError, text_of
from arnorm.lazy import lazy_pattern
from arnorm.trace import Span

#: What belongs to a word without belonging to its spelling.
SILENT = lazy_pattern(f"[{MARK}{TATWEEL}]+")

#: What no repair of a word may add or take away: digits, Latin, signs, line ends.
FOREIGN = lazy_pattern(f"[^{LETTER}{MARK}{TATWEEL}{BLANKS}]")
_WORD = f"[{LETTER}][{LETTER}{MARK}{TATWEEL}]*"

# The first branch is for most words, between blanks. The next ones swallow what is no word: what is nearly a span
# («user@الى.com», «@الى@اين», «#1»), and letters glued to others («abcالى»).
_TOKEN = lazy_pattern(
    rf"(?<!\S)([{LETTER}]++)(?!\S)"
    rf"|[@#＠＃][\w{MARK}{TATWEEL}]+"
    rf"|(?<![\w{MARK}{TATWEEL}])[\w.+-]+@[\w-]+\.\S+"
    rf"|[\w{MARK}{TATWEEL}]*[A-Za-z_][\w{MARK}{TATWEEL}]*"
    rf"|([{LETTER}]++)(?![{MARK}{TATWEEL}])"
    rf"|({_WORD})"
)
# «https://x.com/الى», «@الى_اين», «#الاردن»: without its signs there is no span of a kind.
_SIGNS = {"urls": "//|[wW]\\.", "emails": "@", "mentions": "[@＠]", "hashtags": "[#＃]"}
_PATTERNS = {name: lazy_pattern(signs) for name, signs in _SIGNS.items()}
_ANY = lazy_pattern("|".join(_SIGNS.values()))


#: The last group of the pattern that matches a word without marks and tatweel.
_BARE = 2


class Word(NamedTuple):
    """A word of a text: where it stands, and how it is spelled without marks and tatweel."""

    start: int
    end: int
    plain: str


def words(text: str) -> Iterator[Word]:
    """Yield the Arabic words of *text* in order, in linear time."""
    kept = _spans(text) if _ANY.search(text_of(text, "words")) else []
    at = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastindex
        if not kind:
            continue
        start, end = match.span()
        while at < len(kept) and kept[at][1] <= start:
            at += 1
        if at == len(kept) or end <= kept[at][0]:
            yield Word(start, end, match[0] if kind <= _BARE else plain(match[0]))


def _spans(text: str) -> list[Span]:
    """The spans of *text* whose words are names."""
    return spans.find([spans.compiled(name) for name, signs in _PATTERNS.items() if signs.search(text)], text)


def plain(word: str) -> str:
    """Return *word* without marks and tatweel: its spelling.

    >>> plain("مَدْرَسَـــة")
    'مدرسة'
    """
    try:
        return SILENT.sub("", word)
    except TypeError:  # asked for afterwards, for every word of a text comes through here
        return text_of(word, "plain")


def is_word(text: str) -> bool:
    """Whether *text* is one Arabic word and nothing else.

    >>> is_word("كِتَاب"), is_word("عبد الله"), is_word("iPhone")
    (True, False, False)
    """
    return [(word.start, word.end) for word in words(text)] == [(0, len(text))]


def entry(line: str) -> str:
    """The spelling of the word on a line of a lexicon, empty where there is but a comment.

    Raises `InvalidLexiconError` where there is something else.

    >>> entry("زَيدون  # a name")
    'زيدون'
    """
    word = text_of(line, "a lexicon").partition("#")[0].strip()
    if word and not is_word(word):
        raise InvalidLexiconError(word)
    return plain(word)
