"""Glyphs that a font's table does not name, or names wrongly, read by what words they make.

pdfminer and what is built on it write such a glyph as «(cid:449)», and others take one letter for another throughout.
The words of a document say which letter it must be; what they do not say stays. How many have to is chosen on the pages
of `arnorm.passes._extracted`.
"""

from __future__ import annotations

import re
from collections import Counter

from arnorm.lazy import lazy_pattern
from arnorm.passes import _order
from arnorm.passes._bidi import LETTERS, MARKS

_cid = lazy_pattern(r"\(cid:([0-9]{1,5})\)")
#: Stands for glyph number 0; all numbers of five digits have a place in plane 15 or 16.
_FIRST = 0xF0000
_MOST = 0xFFFD
_OWN = lazy_pattern("[\U000f0000-\U0010fffd]")
_word = lazy_pattern(f"[{LETTERS}{MARKS}\u0640\U000f0000-\U0010fffd]+")
#: What a glyph may stand for: a stroke, which is no letter; a letter; lam with another, which many fonts draw as one.
_LETTERS = ("", *"ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ", "لا", "لأ", "لإ", "لم", "لل", "لى", "لي", "في")
#: So many words have to be words with the letter, by so much more than with any other one.
_WORDS, _LEAD = 3, 1.5
#: Glyphs that are read, the frequent first, and words that are looked at for each.
_GLYPHS, _SAMPLE = 80, 200


def hidden(text: str) -> str:
    """*text* with one private character for each «(cid:449)»; as it is where it holds such characters of its own."""
    if "(cid:" not in text or _OWN.search(text):
        return text
    return _cid.sub(_as_one, text)


def _as_one(found: re.Match[str]) -> str:
    number = int(found[1])
    return chr(_FIRST + number) if number <= _MOST else found[0]


def shown(text: str) -> str:
    """The inverse of `hidden`."""
    return _OWN.sub(lambda found: f"(cid:{ord(found[0]) - _FIRST})", text)


def read(text: str) -> str:
    """*text* with the hidden glyphs that its words tell as letters, in whichever order the letters stand."""
    counted: dict[str, int] = {}
    for glyph in _OWN.findall(text):
        counted[glyph] = counted.get(glyph, 0) + 1
    if not counted:
        return text
    words = {_order.plain(w) for w in _word.findall(text) if len(w) <= _order.LONGEST and _OWN.search(w)}
    found: dict[str, str] = {}
    for glyph in sorted(counted, key=counted.__getitem__, reverse=True)[:_GLYPHS]:
        letters = _letters_of(glyph, words)
        if letters is not None:
            found[glyph] = letters
            words = {w.replace(glyph, letters) for w in words}
    return _OWN.sub(lambda m: found.get(m[0], m[0]), text)


def _letters_of(glyph: str, words: set[str]) -> str | None:
    """What *glyph* stands for in *words*, if they tell."""
    sample = sorted(w for w in words if glyph in w and len(set(_OWN.findall(w))) == 1 and len(w) > 2)[:_SAMPLE]
    votes = {letters: sum(_is_word(w.replace(glyph, letters)) for w in sample) for letters in _LETTERS}
    first, second = sorted(votes, key=votes.__getitem__, reverse=True)[:2]
    told = votes[first] >= _WORDS and votes[first] * 2 >= len(sample) and votes[first] >= _LEAD * votes[second]
    return first if told else None


def _is_word(letters: str) -> bool:
    """Whether *letters* are a word in one order or the other; two letters may be one by chance."""
    return len(letters) > 2 and (_order.known(letters) or _order.known(letters[::-1]))


# ---- one alef for all ----

#: A font that draws the hamza apart names a plain alef «أ»: where there are so many, and more than plain ones, of which
#: Arabic has six times as many.
_ENOUGH = 30
_initial = lazy_pattern(f"(?<![{LETTERS}{MARKS}])((?:[وف]?[بلك]?(?:ال)?|[وف]?لل))ا(?=[{LETTERS}{MARKS}]*)")


def one_alef(text: str) -> bool:
    """Whether the alefs of *text* are named wrongly: most of them bear a hamza."""
    many = text.count("أ")
    return many >= _ENOUGH and text.count("ا") < many


def with_hamzas(text: str) -> str:
    """*text*, whose alefs are all plain, with the hamzas that its words have where they begin."""
    return "\n".join(map(_line_with_hamzas, text.split("\n")))


_letters = lazy_pattern(f"[{LETTERS}{MARKS}]+")


def _line_with_hamzas(line: str) -> str:
    """A *line* with «أ» or «إ» for «ا» where a known word has it and the words beside it say so."""
    found = list(_letters.finditer(line))
    words = [m[0] for m in found]
    for k, word in enumerate(words):
        if "ا" not in word or len(word) > _order.LONGEST:
            continue
        start = _initial.match(word)
        options = [word, *(word[:i] + "أ" + word[i + 1 :] for i, letter in enumerate(word) if letter == "ا")]
        if start:
            options.append(start[1] + "إ" + word[start.end() :])
        options = [o for o in options if _order.known(_order.plain(o))]
        if options:
            around = words[k - 1] if k else "", words[k + 1] if k + 1 < len(words) else ""
            words[k] = _order.likeliest(around[0], options, around[1], 0.0)
    out: list[str] = []
    at = 0
    for m, word in zip(found, words, strict=True):
        out += line[at : m.start()], word
        at = m.end()
    return "".join([*out, line[at:]])


_twice = lazy_pattern("ا([أإ])|([أإ])ا")


def hamzas_joined(text: str) -> str:
    """Words put right in which an alef and its hamza, two glyphs, became two letters: «أامس», «الاأمل»."""
    words = {m[0] for m in _letters.finditer(text) if len(m[0]) <= _order.LONGEST and _twice.search(m[0])}
    fixed = {w: _twice.sub(lambda m: m[1] or m[2], w) for w in words if not _order.known(_order.plain(w))}
    fixed = {w: new for w, new in fixed.items() if _order.known(_order.plain(new))}
    return _letters.sub(lambda m: fixed.get(m[0], m[0]), text) if len(fixed) >= _WORDS else text


# ---- two letters that are one glyph, and stand the wrong way round ----


def pairs_put_right(text: str) -> str:
    """*text* with words put right in which two letters stand the wrong way round, as several words say of the two.

    «عىل», «إىل» are «على», «إلى» from a font that draws «لى» as one.
    """
    words = Counter(m[0] for m in _letters.finditer(text) if 2 < len(m[0]) <= _order.LONGEST)
    votes: dict[str, int] = {}
    fixed: dict[str, tuple[str, str]] = {}
    for word, times in words.items():
        if _order.known(_order.plain(word)):
            continue
        known = exchanges(word)
        if len(known) == 1:
            fixed[word] = known[0]
            votes[known[0][0]] = votes.get(known[0][0], 0) + times
    right = {word: new for word, (pair, new) in fixed.items() if votes[pair] >= _WORDS}
    return _letters.sub(lambda m: right.get(m[0], m[0]), text) if right else text


def exchanges(word: str) -> list[tuple[str, str]]:
    """The words that *word* is with two letters beside each other exchanged, behind the two as they stand."""
    options = [(word[i : i + 2], word[:i] + word[i + 1] + word[i] + word[i + 2 :]) for i in range(len(word) - 1)]
    return [o for o in options if _order.known(o[1])]
