"""What recognition of printed Arabic takes for something else: commas, digits, letters that look alike; split words.

Numbers without an origin of their own are chosen on pages in three fonts that Tesseract read
(docs/how-to/documents.md), beside sound news, of which hardly a word may change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from arnorm.chars import ARABIC_DIGIT, ARABIC_LETTER, ARTICLES
from arnorm.lazy import lazy_pattern
from arnorm.passes import _order
from arnorm.passes._bidi import LETTERS, MARKS

_Plan = Iterator[tuple[int, int, str]]

_word = lazy_pattern(f"[{LETTERS}{MARKS}{ARABIC_DIGIT}]+")
_letter = lazy_pattern(f"[{LETTERS}]")
_digit = lazy_pattern(f"[{ARABIC_DIGIT}]")
#: Digits that are drawn like a letter.
_LOOK = str.maketrans("٥١٠", "ها.")
# Latin letters between digits that are drawn like one.
_number = lazy_pattern("(?<=[0-9])[OolI](?=[0-9])|(?<=[0-9][0-9])[Oo](?![A-Za-z])")
_NUMBER = str.maketrans("OolI", "0011")
_comma = lazy_pattern(rf"(?<=[{LETTERS}{MARKS}])[ ]?,(?=[ \n]|\Z)|(?<=[0-9)»\"\]]),(?=[ \n]+[{LETTERS}«(])")
_closing = lazy_pattern(f"(?<=[{LETTERS}{MARKS}0-9)»])»(?=[ \n])")
_letters = lazy_pattern(f"[{LETTERS}{MARKS}]+")
_PARTS = frozenset(ARTICLES)


def misrecognized(text: str) -> _Plan:
    """The replacements, in order."""
    found = [
        *_commas(text),
        *_colons(text),
        *_words(text),
        *_hamzas(text),
        *_dots(text),
        *_numbers(text),
        *_split(text),
    ]
    end = 0
    for start, stop, new in sorted(found):
        if start >= end:
            yield start, stop, new
            end = stop


def _commas(text: str) -> _Plan:
    """Commas that were read as a Latin comma, or as a guillemet that closes nothing."""
    for m in _comma.finditer(text):
        yield m.start(), m.end(), "،"
    at = opened = 0  # guillemets that are open so far
    line = last = -1  # where the line begins, and the last one that opens
    for m in _closing.finditer(text):
        line, last = max(line, text.rfind("\n", at, m.start())), max(last, text.rfind("«", at, m.start()))
        opened += text.count("«", at, m.start()) - text.count("»", at, m.start())
        at = m.start()
        if last <= line and opened <= 0:
            yield m.start(), m.end(), "،"


#: In fonts where a comma looks like two dots, so many colons stand between words, and more than commas.
_COLONS = 5
_colon = lazy_pattern(f"(?<![{LETTERS}{MARKS}])([{LETTERS}{MARKS}]++):(?=[ \n]+[{LETTERS}])")
#: What a colon stands behind.
_SPEECH = frozenset(
    "قال قالت قالوا يقول تقول قائلا قائلة وقال وقالت فقال فقالت وأضاف أضاف مضيفا وأضافت سأل سألته أجاب فأجاب وأجاب كتب"
    " نادى مثل منها وهي هي وهو هما وهما هم التالي التالية الآتي الآتية يلي ملاحظة أولا ثانيا ثالثا رابعا خامسا".split()
)


def _colons(text: str) -> _Plan:
    """Commas that were read as colons, where colons outnumber commas."""
    found = list(_colon.finditer(text))
    misread = [m for m in found if m[1] not in _SPEECH]
    if len(misread) < _COLONS or len(misread) <= text.count("،") + text.count(","):
        return
    for m in misread:
        yield m.end(1), m.end(), "،"


_stroke = lazy_pattern(f'(?<![^\\s«"(])[!|](?=([{LETTERS}]{{2,}}))')


def _hamzas(text: str) -> _Plan:
    """«!سرائيل» for «إسرائيل»: an alef with its hamza below read as a sign, where only so a word comes out."""
    for m in _stroke.finditer(text):
        letters = _order.plain(m[1])
        if len(letters) < _order.LONGEST and not _order.known(letters) and _order.known("إ" + letters):
            yield m.start(), m.end(), "إ"


#: So many nats likelier is a word with the dots of its last letter than without; and so many words of a text end in
#: dots for one that lost them, or the text is of a country that prints none.
_DOTTED, _PRINTED = 4.0, 2
_last_yeh = lazy_pattern(f"(?<![{LETTERS}{MARKS}])[{LETTERS}{MARKS}]+([ىي])(?![{LETTERS}{MARKS}])")


def _dots(text: str) -> _Plan:
    """«التى» for «التي»: the dots of a last yeh that were not seen, where others of the text were."""
    lost = []
    dotted = 0
    for m in _last_yeh.finditer(text):
        if m[1] == "ي":
            dotted += 1
        elif m.end() - m.start() < _order.LONGEST:
            letters = _order.plain(m[0])
            likelier = letters[:-1] + "ي"
            if _order.known(likelier) and _order.log(likelier) - _order.log(letters) > _DOTTED:
                lost.append(m)
    if dotted >= _PRINTED * len(lost):
        for m in lost:
            yield m.end() - 1, m.end(), "ي"


def _words(text: str) -> _Plan:
    """Commas read as a hamza behind a word, and digits read for letters: where only so a word comes out."""
    for m in _word.finditer(text):
        word = m[0]
        if word[-1] == "ء" and len(word) > 3:
            letters = _order.plain(word)
            if not _order.known(letters) and _order.known(letters[:-1]):
                yield m.end() - 1, m.end(), "،"
        elif _digit.search(word) and len(_letter.findall(word)) > 2:
            new = word.translate(_LOOK)
            if not _digit.search(new) and _order.known(_order.plain(new)):
                yield m.start(), m.end(), new


def _numbers(text: str) -> _Plan:
    for m in _number.finditer(text):
        yield m.start(), m.end(), m[0].translate(_NUMBER)
    for m in _range.finditer(text):
        if m[1] > m[3]:
            yield m.start(), m.end(), m[3] + m[2] + m[1]


#: Years, the later first: recognition reads a range as the page shows it.
_range = lazy_pattern(r"(?<![0-9\-])(1[5-9][0-9]{2}|20[0-9]{2})([-\u2013])(1[5-9][0-9]{2}|20[0-9]{2})(?![0-9\-])")


def _split(text: str) -> _Plan:
    """Words that a space splits, of which one part is hardly a word: «الدرا سات»."""
    joined: list[tuple[str, int, int]] = []  # what the words so far are, each with its place
    for m in _letters.finditer(text):
        now = (m[0], m.start(), m.end())
        while joined and _is_one(text, joined[-1], now):
            last = joined.pop()
            yield last[2], now[1], ""
            now = (last[0] + now[0], last[1], now[2])
        joined.append(now)


def _is_one(text: str, last: tuple[str, int, int], first: tuple[str, int, int]) -> bool:
    between = text[last[2] : first[1]]
    return between != "" and not between.strip(" ") and _order.is_one_word(last[0], first[0], _PARTS)


# ---- letters taken for others ----

#: Letters that recognition takes for each other: by their dots, by their bowl, by a loop.
_ALIKE = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "هب", "حع", "مه")
#: Letters that it drops inside a word, where they are a short stroke or a small loop.
_DROPPED = "ملتهن"
_taken = {letter: group.replace(letter, "") for group in reversed(_ALIKE) for letter in group}
_taken |= {"ه": "بم", "ب": "تثنيه", "ح": "جخع", "ع": "غح"}
#: A word's letters; what it was is at least one in 300,000 words, so much likelier than what was read, and than any
#: other word, in nats.
_SHORTEST, _LONGEST = 4, 14
_COMMON, _GAIN, _LEAD = -12.5, 8.0, 3.0
_bare = lazy_pattern(rf"(?<![^\s«\"'(])[{ARABIC_LETTER}]+(?![^\s»\"').،؛:؟!])")


#: The same where a text has shown so often, in words that are sure, that this letter is taken for that one in it.
_SHOWN, _COMMON_THERE, _GAIN_THERE, _LEAD_THERE = 3, -15.5, 6.5, 2.5
#: What is likelier than this is a word, and is not looked at.
_RARE = -12.5


def misread_letters(text: str) -> _Plan:
    """Words that are none, where one letter read otherwise, dropped or doubled makes the one word it can be."""
    found = list(_bare.finditer(text))
    words = [m[0] for m in found]
    sure: dict[int, _Mend] = {}
    open_: dict[int, list[_Mend]] = {}
    for k, word in enumerate(words):
        if len(word) > _LONGEST or (_order.known(word) and _order.log(word) > _RARE):
            continue
        mends = _mends(word)
        if len(word) >= _SHORTEST and not _order.known(word):
            mend = _outstanding(words, k, mends, _LEAD)
            if mend and _order.log(mend.word) > _COMMON and _order.log(mend.word) - _order.log(word) > _GAIN:
                sure[k] = mend
                continue
        if mends:
            open_[k] = mends
    shown = Counter(mend.kind for mend in sure.values())
    for k, mends in open_.items():
        mend = _outstanding(words, k, [m for m in mends if shown[m.kind] >= _SHOWN], _LEAD_THERE)
        own = _order.log(words[k])
        if mend and _order.log(mend.word) > _COMMON_THERE and _order.log(mend.word) - own > _GAIN_THERE:
            rivals = [m for m in mends if m.word != mend.word and _order.log(m.word) > _order.log(mend.word)]
            if not rivals:
                sure[k] = mend
    for k in sorted(sure):
        yield found[k].start(), found[k].end(), sure[k].word


class _Mend(NamedTuple):
    """A word that recognition may have read otherwise, and what it took for what: «هب», «م» dropped, «لل» doubled."""

    word: str
    kind: str


def _outstanding(words: list[str], k: int, mends: list[_Mend], lead: float) -> _Mend | None:
    before = words[k - 1] if k else ""
    behind = words[k + 1] if k + 1 < len(words) else ""
    word = _order.outstanding(before, [mend.word for mend in mends], behind, lead)
    return next((mend for mend in mends if mend.word == word), None)


def _mends(word: str) -> list[_Mend]:
    """The words that recognition may have read as *word*."""
    made = [
        _Mend(word[:i] + letter + word[i + 1 :], letter + read)
        for i, read in enumerate(word)
        for letter in _taken.get(read, "")
    ]
    made += [_Mend(word[:i] + word[i + 1 :], word[i] * 2) for i in range(1, len(word)) if word[i] == word[i - 1]]
    made += [_Mend(word[:i] + letter + word[i:], letter) for i in range(1, len(word)) for letter in _DROPPED]
    return [mend for mend in dict.fromkeys(made) if _order.known(mend.word)]
