"""Arabic of one code page that was read as another: «ãÑÍÈÇ» for «مرحبا». Finds what is beyond doubt, by its words.

A pair says what the bytes were and what they were taken for; to know another one is to add it to `PAIRS`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from arnorm.chars import ARABIC_LETTER, HARAKA, TATWEEL
from arnorm.lazy import lazy_pattern
from arnorm.passes._lexicon import is_common
from arnorm.passes._text import BREAK
from arnorm.trace import Replacement, apply


class Pair(NamedTuple):
    """Bytes in the encoding *was*, shown as the characters of *read*; several names are tried one after the other."""

    was: str
    read: tuple[str, ...]


_WESTERN = ("latin-1", "cp1252")  # browsers read the bytes that cp1252 leaves undefined as latin-1 does
PAIRS = (
    Pair("cp1256", _WESTERN),
    Pair("mac_arabic", _WESTERN),  # before ISO-8859-6, whose letters it has, with digits and a space of its own
    Pair("iso8859_6", _WESTERN),
    Pair("cp720", _WESTERN),
    Pair("cp864", _WESTERN),
    Pair("cp1256", ("cp1254",)),
    Pair("cp1256", ("cp1250",)),
    Pair("cp1256", ("cp1251",)),
    Pair("cp1256", ("cp850",)),
    Pair("cp1256", ("cp437",)),
)


class _Found(NamedTuple):
    """A stretch, what it reads as, the letters of it in common words, and whether that is sure or only likely."""

    evidence: int
    start: int
    end: int
    decoded: str
    sure: bool


@cache
def _table(pair: Pair) -> dict[int, str]:
    """What each character was."""
    table: dict[int, str] = {}
    for byte in range(0x80, 0x100):
        meant = bytes([byte]).decode(pair.was, "ignore")
        meant = unicodedata.normalize("NFKC", meant) if "\ufe70" <= meant <= "\ufefc" else meant
        for codec in pair.read:
            shown = bytes([byte]).decode(codec, "ignore")
            if shown and meant:
                table[ord(shown)] = meant.strip() or meant[:1]
    return table


@cache
def _runs(pair: Pair) -> re.Pattern[str]:
    """A pattern of stretches without a letter of ASCII or of another script, from one Arabic character to another."""
    table = _table(pair)
    arabic = "".join(re.escape(chr(c)) for c, meant in table.items() if "\u0600" <= meant[0] <= "\u06ff")
    shown = "".join(re.escape(chr(c)) for c in table)
    return re.compile(rf"[{arabic}](?:[{shown}\t\x20-@\[-`{{-~\u00a0\u2010-\u203a]*[{arabic}])?")


@cache
def _hint(pair: Pair) -> re.Pattern[str]:
    """Two letters of Arabic side by side, as *pair* shows them."""
    letters = "".join(re.escape(chr(c)) for c, meant in _table(pair).items() if "\u0621" <= meant[0] <= "\u064a")
    return re.compile(f"[{letters}]{{2}}")


# What a line shows before any pair is tried: two characters in a row that are neither ASCII nor of the Arabic block.
HINT = "[\u00a1-\u04ff\u2500-\u25ff]{2}"


_MOST_ROUNDS = 8  # of a line that went through several accidents, piece by piece


def misread(text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of Arabic that were read in the wrong code page; likely ones only beside sure ones."""
    lines = [m for m in re.finditer(rf"[^{BREAK}]+", text) if re.search(HINT, m[0])]
    found = [(line, [*_best(_in_line(line[0]))]) for line in lines]
    if any(one.sure for _, ones in found for one in ones):
        for line, ones in found:
            if ones:
                start = line.start()
                yield from ((r.start + start, r.end + start, r.text) for r in _settled(line[0], ones))


def _settled(line: str, found: list[_Found]) -> list[Replacement]:
    """The replacements of *found*; of the whole line where more is found then: another run finds nothing."""
    made = [Replacement(one.start, one.end, one.decoded) for one in found]
    out = apply(line, made)
    for rounds in range(_MOST_ROUNDS):
        more = [*_best(_in_line(out))] if re.search(HINT, out) else []
        if not more:
            return [Replacement(0, len(line), out)] if rounds else made
        out = apply(out, [Replacement(one.start, one.end, one.decoded) for one in more])
    return []


def _in_line(line: str) -> Iterator[_Found]:
    """What each pair makes of the line."""
    for pair in PAIRS:
        if not _hint(pair).search(line):
            continue
        for match in _runs(pair).finditer(line):
            if not _touches_letter(line, match.start(), match.end()):
                decoded = match[0].translate(_table(pair))
                evidence, sure = _weighed(match[0], decoded, pair)
                if evidence:
                    yield _Found(evidence, *match.span(), decoded, sure)


def _best(found: Iterator[_Found]) -> Iterator[_Found]:
    """Of readings that overlap, the sure one with the most letters in common words."""
    best: _Found | None = None
    reach = 0
    for one in sorted(found, key=lambda one: one.start):
        if best and one.start >= reach:
            yield best
            best = None
        reach = max(reach, one.end)
        if best is None or (one.sure, one.evidence) > (best.sure, best.evidence):
            best = one
    if best:
        yield best


def _touches_letter(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()


_WORDS = lazy_pattern(f"[{ARABIC_LETTER}{TATWEEL}{HARAKA}]+")


def _weighed(shown: str, decoded: str, pair: Pair) -> tuple[int, bool]:
    """How many letters of a stretch are in common words (0: it is no Arabic), and whether that is enough by itself."""
    words = _WORDS.findall(decoded)
    letters = sum(map(len, words))
    known = [word for word in words if len(word) > 1 and is_common(word)]
    evidence = sum(map(len, known))
    foreign = sum(c.isalpha() and not "\u0600" <= c <= "\u06ff" for c in decoded)
    if foreign * 10 > letters or 3 * evidence < letters:
        return 0, False
    return evidence, _is_telling(known, evidence, letters, shown, pair)


def _is_telling(known: list[str], evidence: int, letters: int, shown: str, pair: Pair) -> bool:
    longest = max(map(len, known), default=0)
    if pair.read == ("cp1251",):  # whole words of Cyrillic are no accident; capitals inside them are
        return 2 * evidence >= letters and evidence > 5 and 4 * len(_MIXED.findall(shown)) >= len(known)
    if sum(len(word) > 2 for word in known) > 1 or longest > 3:
        return True
    # No language writes three letters of a word, and no other, with accents.
    return pair.read == _WESTERN and longest == 3 and 2 * evidence >= letters


_MIXED = lazy_pattern("[а-я][А-Я]")
