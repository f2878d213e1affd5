"""Text whose bytes were read in the wrong encoding: finds the runs that are beyond doubt, and decodes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from arnorm.chars import ARABIC_LETTER, HARAKA, TATWEEL
from arnorm.lazy import lazy_pattern
from arnorm.passes._lexicon import is_common
from arnorm.passes._words import is_word
from arnorm.trace import Replacement, apply

_Plan = Iterator[tuple[int, int, str]]


_WINDOWS = frozenset(["cp1250", "cp1251", "cp1252", "cp1254", "cp1256"])


@cache
def _bytes_of(codec: str) -> dict[str, int]:
    """The byte of each character that stands for one above 0x7F; what a codec leaves undefined is a C1 control.

    Browsers read the undefined bytes 81 8D 8F 90 9D of cp1252 that way, and so does latin-1 all of 80-9F.
    """
    table: dict[str, int] = {chr(byte): byte for byte in range(0x80, 0xA0)} if codec in _WINDOWS else {}
    return table | {bytes([byte]).decode(codec, "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}


def _class(codec: str, *bounds: int) -> str:
    """The characters of the bytes from ``bounds[0]`` to ``bounds[1]``, as a character class."""
    low, high = bounds
    return "[" + "".join(re.escape(c) for c, byte in _bytes_of(codec).items() if low <= byte <= high) + "]"


@cache
def _utf8_runs(codec: str) -> re.Pattern[str]:
    """A pattern of UTF-8 sequences, one after the other, as *codec* shows them."""
    tail = _class(codec, 0x80, 0xBF)
    two = _class(codec, 0xC2, 0xDF) + tail
    three = _class(codec, 0xE0, 0xEF) + tail * 2
    four = _class(codec, 0xF0, 0xF4) + tail * 3
    return re.compile(f"(?:{four}|{three}|{two})+")


def _decode(run: str, codec: str) -> str | None:
    """*run* as the UTF-8 it is; None where it is not."""
    table = _bytes_of(codec)
    try:
        return bytes(table[c] for c in run).decode("utf-8")
    except UnicodeDecodeError:
        return None


# What people write. A run that decodes to anything else (Syriac, NKo, phonetic signs ...) is a coincidence.
_WRITTEN = lazy_pattern(
    "[\u0080-\u017f\u0192\u02c6\u02dc\u0370-\u052f\u0590-\u06ff\u0750-\u077f\u0900-\u0dff\u0e00-\u0e7f\u10d0-\u10ff\u1e00-\u1fff\u200b-\u2044"
    "\u20a0-\u20bf\u2100-\u22ff\u2460-\u27bf\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\ufb50-\ufdff\ufe0f\ufe70-\ufeff\uff00-\uffef"
    "\U0001f000-\U0001faff]*"
)
_ARABIC = lazy_pattern("[\u0600-\u06ff]")
# Punctuation and signs that follow a capital letter in sound text: «OÙ…», «SPAß», «MAÇÃ»».
_FOLLOWING = frozenset("…’”»–—“‘›‹«°·\u00a0©®™€£¿¡•†‡„‚²³¹§ªº½¼¾\u00ad")
_SMALL = lazy_pattern("[a-z]")


class _Reading(NamedTuple):
    """A codec that UTF-8 is known to be misread in, and what makes a run in it sure."""

    codec: str
    hint: re.Pattern[str]
    is_sure: Callable[[str, str, str, int], bool]


_IDEOGRAPH = lazy_pattern("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def _sure_latin(run: str, decoded: str, text: str, start: int) -> bool:
    """cp1252 and latin-1. Two sequences in a row do not happen by chance; one only if it is telling."""
    if len(decoded) == 1 and _IDEOGRAPH.match(decoded):  # «êèå¬ Ëå», Arabic of a Macintosh, holds the bytes of one
        return False
    if len(decoded) > 1 or len(run) > 2:
        return True
    before, after = text[start - 1 : start], text[start + 2 : start + 3]
    if run[0] in "ØÙ":  # ØŒ is an Arabic comma, Ùˆ the word «و»; OÙ… and Ø° may be themselves
        return run[1] not in _FOLLOWING and not (before.isalpha() or after.isalpha())
    in_word = _SMALL.match(before) or (_SMALL.match(after) and not before.strip())
    return run[0] == "Ã" and bool(in_word)  # cafÃ©


def _beside_others(run: str, codec: str, text: str, start: int) -> bool:
    """A short run in a text that holds sure ones of Arabic: «Â·», «ظپظٹ» for «في», or «Ø«» at the end of a line."""
    return (codec != "cp1252" or run[0] in "ÂÃØÙ") and not text[start - 1 : start].isalpha()


def _sure_cp1256(run: str, decoded: str, text: str, start: int) -> bool:
    """cp1256. Its second bytes are signs nine times of ten; a run of letters only is a word of Persian or Urdu."""
    signs = len(_SIGNS.findall(run))
    return len(_ARABIC.findall(decoded)) >= 2 and 3 * signs >= len(decoded)


_SIGNS = lazy_pattern("[€‚ƒ„…†‡ˆ‰‹Œ‘’“”•–—™›œ¢£¤¥¦§¨©«¬\u00ad®¯°±²³´µ¶·¸¹»¼½¾\x80-\x9f\u200c\u200d]")


def _sure_mac_roman(run: str, decoded: str, text: str, start: int) -> bool:
    """Mac Roman. No language puts ÿ and Ÿ at every second place."""
    return len(_ARABIC.findall(decoded)) >= 3


def _sure_words(run: str, decoded: str, text: str, start: int) -> bool:
    """Code pages of other alphabets and of DOS, whose signs draw boxes: three Arabic letters, and little else."""
    letters = len(_ARABIC_LETTER.findall(decoded))
    return letters >= 3 and 2 * letters >= len(decoded)


_ARABIC_LETTER = lazy_pattern(f"[{ARABIC_LETTER}]")
_READINGS = (
    _Reading("cp1252", re.compile("[Â-ô][\x80-¿Œ-Ÿ\u0160-\u017eƒˆ˜–-™]"), _sure_latin),
    _Reading("cp1256", re.compile(rf"[طظعغ][^{ARABIC_LETTER}{TATWEEL}{HARAKA}\s!-~][^\x00-\x7f]"), _sure_cp1256),
    _Reading("mac_roman", re.compile("[ÿŸ][\x80-\uffff]"), _sure_mac_roman),
    _Reading("cp437", re.compile("[╪┘][\x80-\uffff][╪┘]"), _sure_words),
    _Reading("cp850", re.compile("[Ï┘][\x80-\uffff][Ï┘]"), _sure_words),
    _Reading("cp1250", re.compile("[ŘŮ][\x80-\uffff][ŘŮ]"), _sure_words),
    _Reading("cp1251", re.compile("[ШЩ][\x80-\uffff][ШЩ]"), _sure_words),
    _Reading("cp1254", re.compile("[ØÙ][\x80-\uffff][ØÙ]"), _sure_words),
)


_MOST_ROUNDS = 8  # mojibake of mojibake is common, a fourth round unheard of


def utf8_misread(text: str) -> _Plan:
    """Runs of UTF-8 that were read as cp1252, latin-1, cp1256 or Mac Roman, once or several times over.

    Repeats until nothing is left to decode; where that takes suspiciously long, all is left as it was.
    """
    out = text
    for _ in range(_MOST_ROUNDS):
        found = _round(out)
        if not found:
            return _between_ascii(text, out)
        out = apply(out, found)
    return iter(())


_ascii_free = lazy_pattern(r"[^\x00-\x7f]+")


def _between_ascii(text: str, out: str) -> _Plan:
    """What changed from *text* to *out*. ASCII is the same in both, so the stretches between it pair up."""
    if out is text:
        return
    for before, after in zip(_ascii_free.finditer(text), _ascii_free.finditer(out), strict=True):
        if before[0] != after[0]:
            yield before.start(), before.end(), after[0]


def _round(text: str) -> list[Replacement]:
    found: list[Replacement] = []
    for reading in _READINGS:
        if reading.hint.search(text):
            found += _in_reading(text, reading)
    # Several code pages share their signs: the one that reads on the longest is the one.
    return [*_disjoint(sorted(found, key=lambda one: (one.start, -one.end)))]


def _disjoint(found: Iterable[Replacement]) -> Iterator[Replacement]:
    last = 0
    for replacement in found:
        if replacement.start >= last:
            yield replacement
            last = replacement.end


def _in_reading(text: str, reading: _Reading) -> list[Replacement]:
    """What *text* holds of UTF-8 that was read in another encoding, and what that says.

    A run that is not sure alone is taken where others stand beside it. Of all runs together a few letters are no proof
    («Ã©» may stand in a page about mojibake): then only the sure ones go.
    """
    sure: list[Replacement] = []
    single: list[Replacement] = []
    for match in _utf8_runs(reading.codec).finditer(text):
        run, decoded = match[0], _decode(match[0], reading.codec)
        if decoded is None or not _WRITTEN.fullmatch(decoded):
            continue
        if reading.is_sure(run, decoded, text, match.start()):
            sure.append(Replacement(*match.span(), decoded))
        elif _beside_others(run, reading.codec, text, match.start()):
            single.append(Replacement(*match.span(), decoded))
    letters = [len(_ARABIC.findall(found.text)) for found in sure]
    if max(letters, default=0) <= 2 and sum(letters) <= 5:
        return sure
    return sure + single + [*_with_lost_bytes(text, reading.codec)]


# What an editor or a web form takes away: U+00AD, half of «ح», and the bytes that a code page leaves undefined: of the
# second halves of D9 those of «ف», in cp1250 of «ك» and «و» too.
_LOST = {"cp1252": ("ح", "ف"), "cp1254": ("ح", "ف"), "cp1250": ("ح", "فكو"), "cp1251": ("ح", "")}
_MOST_LOST = 4  # letters of a word of which half was lost


@cache
def _lossy_runs(codec: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of words as *codec* shows their UTF-8, and of each letter.

    Some first bytes have no second one there; the signs behind a word are part of the match.
    """
    tail = _class(codec, 0x80, 0xBF)
    signs = "|".join(_class(codec, byte, byte) for byte in (0x8C, 0x9B, 0x9F))  # the second halves of «،», «؛», «؟»
    whole = rf"(?!{_class(codec, 0xD8, 0xD8)}(?:{signs})){_class(codec, 0xD8, 0xDB)}{tail}"
    lost = rf"{_class(codec, 0xD8, 0xD9)}(?!{tail})\ufffd?"
    behind = f"{_class(codec, 0xD8, 0xDB)}{tail}"
    return re.compile(rf"((?:{whole}|{lost})+)((?:{behind})*)"), re.compile(rf"{whole}|(?P<lost>{lost})")


def _with_lost_bytes(text: str, codec: str) -> Iterator[Replacement]:
    """Words of which bytes were lost, in a text of mojibake: those that one way to fill them makes a word."""
    if codec not in _LOST:
        return
    words, letters = _lossy_runs(codec)
    first = {character: byte for character, byte in _bytes_of(codec).items() if byte in (0xD8, 0xD9)}
    for match in words.finditer(text):
        parts = [
            _LOST[codec][first[part[0][0]] - 0xD8] if part["lost"] else _decode(part[0], codec) or ""
            for part in letters.finditer(match[1])
        ]
        lost = sum(bool(part["lost"]) for part in letters.finditer(match[1]))
        if not 0 < lost <= min(_MOST_LOST, len(parts) - 1):
            continue
        ways = [*map("".join, product(*parts))]
        found = [*filter(is_common, ways)] or [*filter(is_word, ways)]
        if len(found) == 1:
            yield Replacement(*match.span(), found[0] + (_decode(match[2], codec) or match[2]))
