"""Text that a careless extraction left in the order of its glyphs: reversed lines, swapped lam-alefs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from arnorm.chars import ARABIC_LETTER, BLOCK_LETTER, COMPOSING_MARK, TATWEEL, TYPED_MARK
from arnorm.lazy import lazy_pattern
from arnorm.passes._bidi import MIRROR, reading_order
from arnorm.passes._lexicon import is_known, lexicon

_Plan = Iterator[tuple[int, int, str]]

_LETTERS = f"{BLOCK_LETTER}\ufb50-\ufbb1\ufbd3-\ufc5d\ufc64-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf2\ufe80-\ufefc"
_MARKS = TYPED_MARK
_FORMS = "\ufb50-\ufbb1\ufbd3-\ufc5d\ufc64-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufe80-\ufefc"
_word = lazy_pattern(f"[{_LETTERS}{_MARKS}ـ]+")
_forms = lazy_pattern(f"[{_FORMS}]")

# No Arabic word begins with a teh marbuta or an alef maksura, and few end with a lam-alef that is not one of
# «لا إلا أولا»: without a sign like these a line is not looked at more closely.
_hint = lazy_pattern(
    f"(?<![{_LETTERS}{_MARKS}ـ])[ةى][{_LETTERS}]|ل[اإأآ][{COMPOSING_MARK}]?(?![{_LETTERS}{_MARKS}ـ])|[{_FORMS}]"
)
_impossible = lazy_pattern(f"(?<![{_LETTERS}{_MARKS}ـ])[ةى][{_LETTERS}]")


class _Score(NamedTuple):
    """Letters in common words as the line stands, and as it would be read backwards; and all its letters."""

    forward: int
    backward: int
    letters: int
    words: int


def reversed_lines(text: str) -> _Plan:
    """The lines that are in visual order, turned round."""
    if not _hint.search(text):
        return
    at = 0
    for shown in text.split("\n"):
        line = _marks_behind(shown)
        if _hint.search(line) and _is_reversed(line):
            body = line.strip(" \t\r")
            start = at + line.index(body)
            yield start, start + len(body), _turned(body, _swaps(line))
        at += len(line) + 1


# Where marks were turned round with the letters, they come before theirs: «ُدلولا» for «الولدُ».
_leading = lazy_pattern(f"(?<![{_LETTERS}{_MARKS}ـ])[{_MARKS}]++[{_LETTERS}]")
_before = lazy_pattern(f"(?<![{_MARKS}])([{_MARKS}]++)([{_LETTERS}])")


def _marks_behind(line: str) -> str:
    """*line* with its marks behind their letters; itself unless a word of it begins with a mark, as none should."""
    return _before.sub(lambda found: found[2] + found[1][::-1], line) if _leading.search(line) else line


def _is_reversed(line: str) -> bool:
    """Whether the letters of *line* stand backwards: by the shapes of letters, if it has any, else by its words.

    Unsure means no: three words that are only words backwards, or one and a sign that no Arabic word can have there
    («ة» first).
    """
    line = _composed(line)
    if _forms.search(line) and (shaped := _shape_evidence(line)):
        return shaped > 0
    if _reads_forwards(line[:_GLANCE]):
        return False
    score = _score(line, swaps=_swaps(line))
    if score.forward * 5 > score.backward or score.backward * 2 < score.letters:
        return False
    return score.words >= 3 or (score.words >= 1 and _impossible.search(line) is not None)


def _composed(line: str) -> str:
    """*line* in NFC; only what composes in Arabic text, so that its time is linear whatever marks it holds."""
    for pair, letter in _PAIRS:
        line = line.replace(pair, letter)
    return line


_PAIRS = [(unicodedata.normalize("NFD", letter), letter) for letter in "آأإؤئ"]


#: Characters of a line that are looked at to tell whether it reads forwards; chosen, for lines may be of any length.
_GLANCE = 200


def _reads_forwards(line: str) -> bool:
    """Whether half of it is in common words as it stands: the answer for nearly every line, at a glance."""
    words = [word for word in _word.findall(line) if len(word) > 2]
    known = sum(len(word) for word in words if is_known(word))
    return 2 * known > sum(map(len, words))


@cache
def _position(character: str) -> str:
    """Where in a word a presentation form stands: initial, medial, final, isolated; "" for other characters."""
    tag = unicodedata.decomposition(character).partition(" ")[0]
    return tag[1:-1] if tag[:1] == "<" else ""


# Neighbouring forms that only one order allows. Initial and final may also meet where two joined groups meet.
_LOGICAL = {("initial", "medial"), ("medial", "final")}


def _shape_evidence(line: str) -> int:
    """How many more pairs of presentation forms ask for visual than for logical order; 0 when it is not clear."""
    visual = logical = 0
    for word in _word.findall(line):
        places = [_position(c) for c in word if not unicodedata.combining(c)]
        for pair in pairwise(places):
            logical += pair in _LOGICAL
            visual += pair[::-1] in _LOGICAL
    if visual >= 2 and not logical:
        return visual
    return -logical if logical > visual else 0


def _score(line: str, swaps: bool) -> _Score:
    """How many letters of *line* are in words that are known as they stand, and in words that are known backwards."""
    forward = backward = letters = words = 0
    for word in _word.findall(line):
        letters += len(word)
        if len(word) < 3:
            continue
        known, turned = (_ways if len(word) < _LONG else _ways.__wrapped__)(word, swaps)
        forward += len(word) * known
        backward += len(word) * turned
        words += turned
    return _Score(forward, backward, letters, words)


@lru_cache(2_000)  # a line is scored three times, and text is of few words
def _ways(word: str, swaps: bool) -> tuple[bool, bool]:
    """Whether *word* is a common word as it stands, and whether it is read from its end."""
    plain = unicodedata.normalize("NFKC", word) if _forms.search(word) else word
    return is_known(plain), is_known(_backward(word, swaps))


#: No word of text has so many characters, and what is no text is not to be remembered.
_LONG = 60


def _backward(word: str, swaps: bool) -> str:
    """*word* read from its end, in plain letters."""
    turned = _turn_word(word, swaps)
    return unicodedata.normalize("NFKC", turned) if _forms.search(turned) else turned


_units_swapping = lazy_pattern(f"ل[{_MARKS}]*[اأإآ][{_MARKS}]*|.[{_MARKS}]*", re.DOTALL)
_units_article = lazy_pattern(f"ل[{_MARKS}]*[اأإآ][{_MARKS}]*+(?![وفبك]{{0,2}}\\Z)|.[{_MARKS}]*", re.DOTALL)
_units_plain = lazy_pattern(f".[{_MARKS}]*", re.DOTALL)


def _turn_word(word: str, swaps: bool) -> str:
    """*word* from its end to its start.

    With *swaps*, a lam-alef was one glyph and its letters are in order; but «لا» may also be an article read
    backwards, so the reading that is a common word is taken, and at the end of a word the article.
    """
    if not swaps or "ل" not in word:
        return "".join(reversed(_units_plain.findall(word)))
    ways = ["".join(reversed(units.findall(word))) for units in (_units_article, _units_swapping, _units_plain)]
    return next(filter(is_known, ways), ways[0])


def _swaps(line: str) -> bool:
    """Whether the line was written from ligatures: more of its words are known with lam-alef left in order."""
    line = _composed(line)
    if not re.search("ل[اأإآ]", line):
        return False
    return _score(line, swaps=True).backward > _score(line, swaps=False).backward


def _turned(line: str, swaps: bool) -> str:
    """*line* in the order of reading; brackets as they open and close."""
    turned = reading_order(line)
    if swaps:
        turned = _word.sub(lambda m: _turn_word(_turn_word(m[0], swaps=False), swaps), turned)
    mirrored = turned.translate(MIRROR)
    return mirrored if _balance(mirrored) >= _balance(turned) else turned


def _balance(line: str) -> int:
    """How many brackets open before they close, less those that close before they open."""
    return sum(
        (line.find(a) <= line.rfind(b)) - (line.find(a) > line.find(b)) for a, b in ("()", "[]", "«»") if a in line
    )


# ---- lam-alef: «المجالت» for «المجلات» ----

# With their marks, so that «عالجات» is not seen in «المُعالجات».
_arabic_words = lazy_pattern(f"[{ARABIC_LETTER}{TATWEEL}{_MARKS}]+")
# No word begins with «األ», «اإل» or «اآل»: an article before a swapped lam-alef. «اال» is also a slip of the finger.
_article = lazy_pattern(f"(?:[وف]?[بك]?)ا([أإآ]ل(?=[{ARABIC_LETTER}]{{2}})|ال)")
_swap_hint = lazy_pattern(f"[اأإآ][{COMPOSING_MARK}]?ل")
_swapped = lazy_pattern("([اأإآ])ل")
_lam_alef = lazy_pattern("ل[اأإآ]")


def swapped_lam_alefs(text: str) -> _Plan:
    """Words whose lam-alefs an extraction turned round; the doubtful only where the whole text proves damaged.

    And the name of God, whose two lams and heh are one glyph too: «اهلل» for «الله».
    """
    plan = [*_names_of_god(text), *_lam_alef_words(text)] if "هلل" in text else _lam_alef_words(text)
    yield from sorted(plan)


# «اهلل» and «هللا» are no words, and no word but a name ends so: «نصراهلل»; «هلل» is also a verb, "he cheered".
_god = lazy_pattern(
    f"(?<![{ARABIC_LETTER}{TATWEEL}{_MARKS}])"
    f"(?:((?:[أوف]?[بكت]?|[وفبل]?عبي?د|[وف]?جار|[وف]?سعد|[وف]?حزب)(?:اهلل|هللا)|[{ARABIC_LETTER}]{{3,8}}+(?<=اهلل))|([وف]?)هلل)"
    f"(م?)(?![{ARABIC_LETTER}{TATWEEL}{_MARKS}])"
)
_TO_GOD = frozenset(
    "الحمد والحمد فالحمد حمدا الشكر والشكر شكرا وشكرا إنا وإنا المجد العزة الملك والملك الفضل الأمر والأمر البقاء المنة"
    " خالصا خالصة خالصين وقفا نذرا نذر نذرت توبة سجد سجدوا ساجدا ساجدين أسلم أسلمت شاكرا حامدا قربة تقربا طاعة"
    " حبا".split()
)
_OF_GOD = frozenset(
    "الحمد والحمد والشكر الأمر در درك درها دره ملك المشرق المثل الأسماء الواحد وحده تعالى سبحانه عز جنود".split()
)
_typed_marks = lazy_pattern(f"[{_MARKS}]")
_neighbour = lazy_pattern(f"[{ARABIC_LETTER}]+")


def _names_of_god(text: str) -> _Plan:
    found = list(_god.finditer(text))
    proven = any(m[2] is None for m in found)
    for m in found:
        if m[2] is None:
            yield m.start(), m.end(), m[1][:-4] + "الله" + m[3]
        elif not m[3] and (proven or _speaks_of_god(text, m)):
            yield m.start(), m.end(), m[2] + "لله"


def _speaks_of_god(text: str, found: re.Match[str]) -> bool:
    """Whether the words on either side go with «لله»: «الحمد لله»."""
    before = _typed_marks.sub("", text[max(0, found.start() - 20) : found.start()]).split()
    behind = _neighbour.match(text, found.end() + 1)
    return (bool(before) and before[-1] in _TO_GOD) or (behind is not None and behind[0] in _OF_GOD)


def _lam_alef_words(text: str) -> _Plan:
    """Words whose lam-alef was turned around, as they were: «اإلسالم» for «الإسلام».

    Where three such words and no sound lam-alef show that the whole text is so, also words that may be either.
    """
    if not _swap_hint.search(text):
        return
    words = [(m, _composed(m[0])) for m in _arabic_words.finditer(text) if _swap_hint.search(m[0])]
    fixed = {m.start(): new for m, word in words if (new := _unswapped(word)) != word}
    if len(set(fixed.values())) >= 3 and not _lam_alef.search(text):
        likely = lexicon().likely
        fixed = {m.start(): fixed.get(m.start()) or likely.get(word, m[0]) for m, word in words}
    for match, _ in words:
        if match.start() in fixed:
            yield match.start(), match.end(), fixed[match.start()]


def _unswapped(word: str) -> str:
    """The word that *word* must have been; itself when it may be sound."""
    if found := lexicon().sure.get(word):
        return found
    match = _article.match(word)
    if not match or _lam_alef.search(word, match.start(1)):
        return word
    at = match.start(1)
    first = word[:at] + "ل" + word[at] + word[at + 2 :]
    every = word[:at] + _swapped.sub(r"ل\1", word[at:])
    if word[at] == "ا" and word[:at] + word[at + 1 :] in lexicon().known:
        return word  # «االله» is «الله»
    for candidate in (every, first):
        if _is_word_but_for_hamza(candidate, at + 1):
            return candidate
    doubtful = word[at] == "ا" or first != every
    return word if doubtful else first


def _is_word_but_for_hamza(word: str, at: int) -> bool:
    """Whether *word* is common, however the alef at *at* is written: «الاسلام» for «الإسلام»."""
    return any(f"{word[:at]}{alef}{word[at + 1 :]}" in lexicon().known for alef in "اأإآ")
