"""From the order on the page to the order of reading: the bidirectional algorithm (UAX #9) the other way round.

A page shows «بنسبة 18.5%» as «%18.5 ةبسنب», from left to right. Only the part of the algorithm that plain paragraphs
from right to left need is here: what stays together from left to right (Latin, and numbers with the separators
between their digits, rules W4 and N1), and that all else runs from right to left, brackets mirrored.
"""

from __future__ import annotations

import re

from arnorm.chars import DIGIT, LETTER, NONSPACING_MARK
from arnorm.lazy import lazy_pattern

#: Letters of the Arabic script with their presentation forms, and what stands on them. Insides of character classes.
LETTERS = f"{LETTER}\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdfb\ufe70\ufe72\ufe74\ufe76-\ufefc"
MARKS = NONSPACING_MARK
DIGITS = DIGIT
_LATIN = "A-Za-zªµºÀ-ÖØ-öø-\u02af\u0370-\u052f\u1e00-\u1fff"
_NEUTRAL = f'[^{LETTERS}{MARKS}{_LATIN}{DIGITS}\u0640،؛؟«»()\\[\\]{{}}"\n]'

_number = f"[{DIGITS}]+(?:[.,:/٫٬\\u00a0]?[{DIGITS}]+)*+"
# Latin words with what is between them; a number behind them is theirs («Windows 11»), one before them is not (UAX #9,
# W2 and W7: «25 MB» behind an Arabic letter is shown as «MB 25»).
# Digits of Arabic do not join Latin, whichever side they stand on.
_EUROPEAN = "0-9\u06f0-\u06f9"
_join = f"(?:(?!\\s[%‰°]){_NEUTRAL}{{0,2}}|[+#]{{1,2}} |://|\\)\\()"
_words = f"[{_LATIN}{_EUROPEAN}](?:{_join}[{_LATIN}{_EUROPEAN}])*+"
_bracketed = f" (?:\\({_words}\\)|\\[{_words}\\])(?: {_words})?+"
_latin = f"[{_EUROPEAN}]*[{_LATIN}](?:{_join}[{_LATIN}{_EUROPEAN}])*+(?:{_bracketed})*+[/+#]*(?:%[{_EUROPEAN}]+)?"
_piece = lazy_pattern(
    f"(?P<latin>{_latin})|(?P<number>{_number}(?:[-\u2013\u2212]{_number})*+)|(?P<letter>[{LETTERS}\u0640][{MARKS}]*)|.",
    re.DOTALL,
)
_leading = lazy_pattern(f"([{MARKS}]+)([{LETTERS}\u0640])")

MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")

#: Units that stand behind their number: «25 MB» is shown as «MB 25».
_UNITS = frozenset(
    "b kb mb gb tb kib mib gib bit bytes hz khz mhz ghz mm cm m km in ft kg g mg lb ml l v w kw mw kwh ma mah a px pt"
    " dpi ms s sec min h hr mbps gbps kbps fps usd eur gbp sar aed egp".split()
)
_unit = lazy_pattern(f"([A-Za-z]+) ({_number})")
_range = lazy_pattern("[-\u2013\u2212]")


def reading_order(line: str, *, naive: bool = False) -> str:
    """*line*, as it is shown from left to right, in the order in which it is read.

    *naive* lines were not reordered by the algorithm: whole numbers and ranges stand as they were written.

    >>> reading_order(".%18.5 ةبسنب ،2020 ماع")
    'عام 2020، بنسبة 18.5%.'
    """
    out = []
    for found in _piece.finditer(line):
        kind = found.lastgroup
        piece = found[0]
        if kind == "number":
            piece = piece if piece.isdigit() else _numbers(piece, naive)
        elif kind == "latin":
            piece = _with_unit(piece)
        out.append(piece)
    out.reverse()
    return _signs("".join(out))


def _with_unit(piece: str) -> str:
    found = _unit.fullmatch(piece)
    return f"{found[2]} {found[1]}" if found and found[1].lower() in _UNITS else piece


def _numbers(piece: str, naive: bool) -> str:
    """Numbers joined by hyphens: behind Arabic letters the last is shown first."""
    parts = _range.split(piece)
    if len(parts) == 1:
        return piece
    first, last = parts[0], parts[-1]
    if len(parts) == 2:
        if len(first) == len(last) == 4 and first != last:
            turn = first > last  # years
        elif first[0] != last[0] and "0" in (first[0], last[0]) and len(first) > 1 and len(last) > 1:
            turn = last[0] == "0"  # a telephone number with its area
        else:
            turn = not naive
    else:
        turn = not naive
    if not turn:
        return piece
    signs = _range.findall(piece)
    out = [parts[-1]]
    for part, sign in zip(reversed(parts[:-1]), reversed(signs), strict=True):
        out += [sign, part]
    return "".join(out)


# Signs that belong behind what they stood beside: a percent sign before its number, plus signs before «C».
_percent = lazy_pattern(f"(?<![{DIGITS}%٪])([%٪‰°])({_number})(?![%٪])")
_plus = lazy_pattern("(?<![A-Za-z0-9+])(\\+{1,2}|#)([A-Z])(?![A-Za-z0-9])")


def _signs(line: str) -> str:
    if "%" in line or "٪" in line or "‰" in line or "°" in line:
        line = _percent.sub(r"\2\1", line)
    if "+" in line or "#" in line:
        line = _plus.sub(r"\2\1", line)
    return line


def shown_order(line: str) -> str:
    """*line*, whose words are in the order of reading, as a page shows it: Arabic runs turned, the rest kept.

    >>> shown_order("عام")
    'ماع'
    """
    return _runs.sub(_turned, line)


_runs = lazy_pattern(f"[{LETTERS}\u0640][{LETTERS}{MARKS}\u0640]*")
_cluster = lazy_pattern(f".[{MARKS}]*", re.DOTALL)


def _turned(found: re.Match[str]) -> str:
    return "".join(reversed(_cluster.findall(found[0])))


def marks_behind(line: str) -> str:
    """*line* with the marks that stand before their letter behind it: «ُدلو» → «دُلو»."""
    return _leading.sub(r"\2\1", line)
