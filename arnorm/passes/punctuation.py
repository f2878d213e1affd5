"""Punctuation: Arabic and ASCII signs, runs, ellipses, dashes; and deleting all of it.

Signs are read in their context: a comma turns Arabic between Arabic words, and stays in 1,234, in "Hello, world",
and in code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import permutations, product
from typing import NamedTuple

from arnorm import core
from arnorm.chars import DIGIT, EASTERN_DIGIT, MARK
from arnorm.core import CharMap, Pass
from arnorm.engine import Runner, fold
from arnorm.errors import UnknownNameError
from arnorm.passes._own import Judge, Rewrite
from arnorm.passes._text import (
    ARABIC_RUN,
    BREAK,
    FOREIGN,
    FOREIGN_RUN,
    LETTERS,
    addresses,
    compiled,
    without_arabic_braces,
)
from arnorm.portable import Around, Chars, Kept, PortableStep, Put, Repeats, Search, Within

__all__ = [
    "unify_punctuation_to_arabic",
    "fold_punctuation_to_ascii",
    "squeeze_punctuation",
    "unify_ellipsis",
    "unify_dashes",
    "strip_punctuation",
]


# --- towards Arabic -------------------------------------------------------------------------------------------

# What looks like code: a tag, an assignment, a call, a list, a key, the end of a statement.
_CODE = (
    r"[{}=<>≠≮≯]|\\[A-Za-z](?![\u0300-\u036f])|\);|[A-Za-z_]\([\"'«]|\[[\"']|[\"']\]|[\"'],[\"']"
    r"|^\s*+\"[^\"]*+\"\s*+:|;\s*+$(?<=[\"')\]];)"
)
_TO_ARABIC = {",": "،", ";": "؛", "?": "؟", "%": "٪"}
_READ = (
    rf"(?P<arabic>{ARABIC_RUN})|(?P<foreign>{FOREIGN_RUN})|(?P<line>[{BREAK}]++)|(?P<entity>(?:&#?|#)[A-Za-z0-9]{{1,31}};)"
    r"|(?P<sign>[,;?%])"
)
# How many Latin words may stand between a sign and the Arabic it belongs to: «يكتب Python, وغيره».
_MOST_FOREIGN = 3


class _Piece(NamedTuple):
    """A run of letters, an address, or a sign."""

    kind: str
    start: int
    end: int


class _Side(NamedTuple):
    """What stands on one side of a sign: the nearest letters, and whether Arabic is there or just behind Latin."""

    kind: str
    near_arabic: bool


def _plan_arabic(text: str) -> Iterator[tuple[int, int, str]]:
    """The signs of Arabic sentences, line by line."""
    kept = addresses(text, code=True)
    at = start = 0
    line: list[_Piece] = []
    for match in compiled(_READ).finditer(text):
        while at < len(kept) and kept[at][1] <= match.start():
            at += 1
        kind = str(match.lastgroup)
        if kind == "line":
            yield from _of_line(text, line, start, match.start())
            line, start = [], match.end()
        elif at < len(kept) and kept[at][0] < match.end():
            if not line or line[-1].start < kept[at][0]:  # the address is one foreign word
                line.append(_Piece("address", *kept[at]))
        elif kind != "entity":
            line.append(_Piece(kind, *match.span()))
    yield from _of_line(text, line, start, len(text))


def _of_line(text: str, line: list[_Piece], start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The signs of a *line* of Arabic, from *start* to *end* of *text*, that turn, by what stands on both sides."""
    if not {"arabic", "sign"} <= {p.kind for p in line} or _is_code(text, line, start, end):
        return
    sides = zip(line, _sides(line), _sides(line[::-1])[::-1], strict=True)
    rows = _is_table(text[start:end])
    for at, (piece, left, right) in enumerate(sides):
        if piece.kind == "sign" and (
            _turns(text, piece.start, left, right, rows) or _ends_question(text, line, at, right)
        ):
            yield piece.start, piece.end, _TO_ARABIC[text[piece.start]]


def _is_code(text: str, line: list[_Piece], start: int, end: int) -> bool:
    """Whether the line, its addresses aside, looks like code."""
    ends = [start, *(piece.end for piece in line if piece.kind == "address")]
    starts = [*(piece.start for piece in line if piece.kind == "address"), end]
    shown = "".join(text[a:b] for a, b in zip(ends, starts, strict=True))
    return compiled(_CODE).search(without_arabic_braces(shown)) is not None


# What makes a clause a question, in the standard language and in dialects; «من» does only at its start.
_ASKING = frozenset(
    "هل ما ماذا متى أين اين كيف لماذا كم أي أليس ألا لم ليش ليه لما شو شنو وش ايش إيش وين فين ازاي إزاي مين".split()
)


def _ends_question(text: str, line: list[_Piece], at: int, right: _Side) -> bool:
    """Whether the sign at *at* of *line* asks an Arabic question that ends in Latin words: «هل تعرف Python?»."""
    after = line[at]
    if text[after.start] != "?" or right.kind == "foreign" or compiled(_CODE_BEHIND).match(text, after.end):
        return False
    foreign, first = 0, ""
    for piece in reversed(line[:at]):
        latin = rf"[ \-.'’+#{DIGIT}]*+" if not first else "(?!)"
        gap = " ++" if piece.kind == "arabic" else latin
        if piece.kind == "sign" or foreign > _MOST_FOREIGN or not compiled(gap).fullmatch(text, piece.end, after.start):
            break
        if piece.kind == "arabic":
            first = text[piece.start : piece.end]
            if foreign and {first, first.removeprefix("و"), first.removeprefix("ف")} & _ASKING:  # «هل», «وهل»
                return True
        else:
            foreign += 1
        after = piece
    return foreign > 0 and first == "من"


_CODE_BEHIND = rf"[{FOREIGN}0-9=&/.\-]"


def _sides(line: list[_Piece]) -> list[_Side]:
    """For each piece, what stands before it in this order."""
    kind, near, foreign = "", False, 0
    sides = []
    for piece in line:
        sides.append(_Side(kind, near))
        if piece.kind == "arabic":
            kind, near, foreign = "arabic", True, 0
        elif piece.kind != "sign":
            foreign += 1
            kind, near = "foreign", near and foreign <= _MOST_FOREIGN
    return sides


def _is_table(line: str) -> bool:
    """Whether commas without spaces make the line a row of values («محمد,القاهرة,25») rather than a sentence."""
    glued = len(compiled(rf"(?<![\s{DIGIT}])[,;](?=[^\s\"'»”)])").findall(line))
    return glued > 0 and line.count(" ") < 3 * glued


def _turns(text: str, at: int, left: _Side, right: _Side, row: bool) -> bool:
    """Whether the sign at *at* belongs to an Arabic sentence."""
    sign, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if sign == "%":
        return _is_arabic_percent(text, at)
    if compiled(f"[{DIGIT}]").match(before) and compiled(f"[{DIGIT}]").match(after):
        return False
    if sign == "?":
        if after and compiled(_CODE_BEHIND).match(after):
            return False
        return left.kind == "arabic"
    if row or not (left.near_arabic and (right.near_arabic or not right.kind)):
        return False
    return "arabic" in (left.kind, right.kind)


def _is_arabic_percent(text: str, at: int) -> bool:
    """«٥٠%», «%٥٠»: the sign follows its digits; beside 50 it stays."""
    digit = compiled(f"[{EASTERN_DIGIT}]")
    before = text[max(0, at - 2) : at].rstrip(" ")[-1:]
    after = text[at + 1 : at + 2]
    if after and compiled(f"[{FOREIGN}0-9]").match(after):
        return False
    return bool(digit.match(before) or (digit.match(after) and not compiled("[0-9]").match(before)))


#: «نعم, ولكن لماذا?» → «نعم، ولكن لماذا؟»; "Hello, world?" and 1,234 stay.
unify_punctuation_to_arabic = core.Judge(
    "unify_punctuation_to_arabic",
    _plan_arabic,
    needles=tuple(_TO_ARABIC),
    lossy=False,
    summary="ASCII , ; ? % to ، ؛ ؟ ٪ where they belong to Arabic words or digits",
    leaves="Signs inside numbers (1,234), beside ASCII digits (50%), between Latin words, a question mark behind one "
    "unless an Arabic question word is before it, any sign after more than three Latin words, or on the border of "
    "Arabic and Latin where either may own them; URLs, e-mails, code, HTML entities, rows of values without spaces.",
    examples=(
        ("نعم, ولكن لماذا?", "نعم، ولكن لماذا؟"),
        ("يكتب Python, وغيرها", "يكتب Python، وغيرها"),
        ("هل جربت Linux?", "هل جربت Linux؟"),
        ("قال: Hello, world?", "قال: Hello, world?"),
        ("نحو 1,234 دينارا", "نحو 1,234 دينارا"),
        ("بنسبة ٥٠%", "بنسبة ٥٠٪"),
    ),
)

#: «نعم، لماذا؟» → «نعم, لماذا?»
fold_punctuation_to_ascii = CharMap(
    "fold_punctuation_to_ascii",
    {
        "\N{ARABIC COMMA}": ",",
        "\N{REVERSED COMMA}": ",",
        "\N{ARABIC SEMICOLON}": ";",
        "\N{REVERSED SEMICOLON}": ";",
        "\N{ARABIC QUESTION MARK}": "?",
        "\N{REVERSED QUESTION MARK}": "?",
        "\N{ARABIC FULL STOP}": ".",
        "\N{ARABIC PERCENT SIGN}": "%",
        "\N{ARABIC DATE SEPARATOR}": "/",
        "\N{ARABIC FIVE POINTED STAR}": "*",
    },
    summary="Arabic punctuation to ASCII: ، ؛ ؟ ۔ ٪ ؍ ٭",
    leaves="The separators of numbers ٫ ٬, which unify_numbers_to_ascii converts with their digits; quotation marks; "
    "ornate parentheses ﴿ ﴾; ؞ and ؝, which have no counterpart.",
    examples=(("نعم، لماذا؟", "نعم, لماذا?"), ("٥٠٪", "٥٠%"), ("١٢٫٥", "١٢٫٥")),
)


# --- runs and ellipses ----------------------------------------------------------------------------------------

_SQUEEZED = (
    "،{2,}+|؛{2,}+|(?<![!?])؟[؟!?]++"
    # Of ASCII signs only what closes a word: not `!!x`, `a ?? b`, `;;` of a shell.
    rf"|(?<=[^\s!?؟])[!?][!؟?]++(?![{FOREIGN}0-9_=(\[$])"
    rf"|(?<=[{LETTERS}] )[!?][!؟?]++(?![{FOREIGN}0-9_=(\[$])"
    rf"|(?<!\S)[!?][!؟?]++(?= *+[{LETTERS}])"
    rf"|(?<=[{LETTERS}])(?:,{{2,}}+|;{{2,}}+)(?=\s|\Z)"
    r"|\.{4,}+|۔{4,}+|…{2,}+"
)


#: What all of it has in it. Two different signs side by side («»,» or «.)») are in every other paragraph of news.
_REPEATED = (
    r"[،؛؟!?,;.۔…](?=[،؛؟!?,;.۔…])"
    r"(?:(?<=،)،|(?<=؛)؛|(?<=[!?؟])[!?؟]|(?<=,),|(?<=;);|(?<=\.)\.{3}|(?<=۔)۔{3}|(?<=…)…)"
)


def _squeeze_steps(around: Around) -> Iterator[PortableStep]:
    """Signs that do not mix, and then runs of question and exclamation marks."""
    for sign, least, most in (("،", 2, 1), ("؛", 2, 1), (".", 4, 3), ("۔", 4, 3), ("…", 2, 1)):
        yield Repeats(Chars(sign), least, most)
    for sign in ",;":
        yield Search(Chars(sign).times(2), Put(sign), behind=Chars(LETTERS), not_ahead=~Chars(r"\s"))
    yield from _mixed_steps(around.markers(4))


def _mixed_steps(markers: tuple[str, ...]) -> Iterator[PortableStep]:
    """A marker before every run to be shortened, and markers for its signs, on which the shortening is done."""
    (start, *signs), mixed, letter = markers, "؟!?", Chars(LETTERS)
    ascii_, more, marked, any_marker = Chars("!?"), Chars(mixed).some, "".join(signs), "".join(markers)
    shown = Within(Chars(mixed), dict(zip(mixed, signs, strict=True)), behind=Chars(any_marker))
    no_code = Chars(rf"{FOREIGN}0-9_=(\[${mixed}")
    yield Search(Put(start), Kept("؟", more), not_behind=Chars(mixed))
    yield Search(Put(start), Kept(ascii_, more), behind=~Chars(rf"\s{mixed}{any_marker}"), not_ahead=no_code)
    yield Search(Kept(" "), Put(start), Kept(ascii_, more), behind=letter, not_ahead=no_code)
    yield Search(Put(start), Kept(ascii_, more, Chars(" ").any), not_behind=~Chars(r"\s"), ahead=letter)
    yield shown
    yield Search(Kept("؟"), Put(start), Kept("؟", more))
    yield shown
    yield Repeats(Chars(marked), 2, 1)
    for one, two in permutations(signs, 2):
        yield Search(start + one + two, Chars(one + two).any, Put(one + two), not_ahead=Chars(any_marker))
    yield {start: "", **dict(zip(signs, mixed, strict=True))}


def _squeezed(match: re.Match[str]) -> str:
    run = match[0]
    if run[0] in ".۔":
        return run[0] * 3
    kinds = [c for i, c in enumerate(run) if i == 0 or run[i - 1] != c]
    return "".join(kinds[:2] if len(set(kinds)) == 2 else kinds)


#: «حقا؟؟؟ نعم!!!» → «حقا؟ نعم!»; «حقا؟!» and «...» stay.
squeeze_punctuation = Rewrite(
    "squeeze_punctuation",
    _SQUEEZED,
    _squeezed,
    steps=_squeeze_steps,
    needles=(*(sign * 2 for sign in "،؛,;…"), *map("".join, product("؟!?", repeat=2)), "....", "۔۔۔۔"),
    hint=_REPEATED,
    summary="one of each sign where it is repeated: ؟؟؟ → ؟, !!! → !, ،، → ،, ؟!؟! → ؟!",
    leaves="An ellipsis of dots (longer ones become three), two dots, the pair ؟!, different signs side by side, and "
    "ASCII signs that may be code: before a letter or digit, or standing alone.",
    examples=(
        ("حقا؟؟؟", "حقا؟"),
        ("نعم!!!", "نعم!"),
        ("!!! تنبيه !!!", "! تنبيه !"),
        ("ماذا؟!؟!", "ماذا؟!"),
        ("ثم...", "ثم..."),
        ("ثم......", "ثم..."),
    ),
)

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def unify_ellipsis(style: str = "character") -> Pass:
    """The ellipsis as one *style*: "character" (… U+2026) or "dots" (three full stops).

    Left alone: two dots and four or more (`squeeze_punctuation` shortens those), and dots that are part of a path or
    of code (``../x``, ``...args``). To dots it is a table and looks at nothing else. Raises `UnknownNameError` for
    another style.

    >>> unify_ellipsis()("نعم... لا")
    'نعم… لا'
    >>> unify_ellipsis("dots")("نعم… لا")
    'نعم... لا'
    """
    args = (("style", style),)
    if style == "dots":
        return CharMap(
            "unify_ellipsis",
            {_ELLIPSIS: "..."},
            lossy=False,
            summary="the character … to three full stops",
            leaves="The two-dot leader ‥ and dots that are there already.",
            examples=(("نعم… لا", "نعم... لا"),),
            args=args,
        )
    if style != "character":
        raise UnknownNameError("style of ellipsis", style, ["character", "dots"])
    return Rewrite.of(
        "unify_ellipsis",
        Search(
            "...",
            Put(_ELLIPSIS),
            not_behind=Chars(rf"./\\{_ELLIPSIS}"),
            not_ahead=Chars(rf"./\\{FOREIGN}0-9_{_ELLIPSIS}"),
        ),
        needles=("...",),
        lossy=False,
        summary="three full stops to the character …",
        leaves="Two dots, four or more, and dots in paths and code.",
        examples=(("نعم... لا", "نعم… لا"), ("نعم.. لا", "نعم.. لا"), ("../x", "../x")),
        args=args,
    )


# --- dashes ---------------------------------------------------------------------------------------------------

_DASHES = "\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}"
_DASH_STYLES = {"em": ("—", "–"), "en": ("–", "–"), "hyphen": ("-", "-")}  # between clauses, between numbers
_YEAR = f"(?:1[0-9]{{3}}|20[0-9]{{2}}|[١۱][{EASTERN_DIGIT}]{{3}}|[٢۲][٠۰][{EASTERN_DIGIT}]{{2}})"
_DASH = (
    # Hyphens that are not ASCII, in words: «كوفيد‑19». The figure dash holds digits together as a hyphen does.
    rf"(?P<hyphen>[\u2010\u2011]|(?<=[{DIGIT}])\u2012(?=[{DIGIT}]))"
    # «1990–1995», «1990 – 1995»
    rf"|(?<=[{DIGIT}])(?P<range>[{_DASHES}])(?=[{DIGIT}])|(?<=[{DIGIT}] )(?P<wide>[{_DASHES}])(?= [{DIGIT}])"
    rf"|(?<![{DIGIT}{FOREIGN}{LETTERS}\-/.:])(?P<first>{_YEAR})-(?P<second>{_YEAR})(?![{DIGIT}{FOREIGN}]|[\-/.:][{DIGIT}])"
    rf"|(?<=[{LETTERS}{FOREIGN}{DIGIT})»”])(?P<glued>[{_DASHES}])(?=[{LETTERS}{FOREIGN}{DIGIT}(«“])"
    # A dash between clauses has a space, or the edge of the line, on one side at least.
    rf"|(?<![^\s])(?P<open>[{_DASHES}\u2012])(?![{DIGIT}{_DASHES}\u2012])"
    rf"|(?P<close>(?<![{DIGIT}{_DASHES}\u2012])[{_DASHES}\u2012](?=[\s،؛؟.,:!؟)»”\]]|\Z))"
    rf"|(?<=[{LETTERS}{DIGIT})»”\"\]؟!،؛:.] )(?P<typed>--?|\u2212)(?= [{LETTERS}«“(\"\[])"
    rf"|(?<=[{LETTERS})»”\"\]؟!،؛:.] )(?P<before>--?|\u2212)(?= [{DIGIT}])"
    # «محمد -رحمه الله- قال»
    rf"|(?<=[{LETTERS}] )-(?P<aside>[{LETTERS}][^\-{_DASHES}\u2012\u2212{BREAK}]{{0,60}}[{LETTERS}])-"
    r"(?=[\s،؛؟.,:!]|\Z)"
)


@dataclass(frozen=True)
class _Dashes:
    """The replacement of a match of ``_DASH``, in *style*."""

    style: str

    def __call__(self, match: re.Match[str]) -> str:
        clause, numbers = _DASH_STYLES[self.style]
        if match["hyphen"]:
            return "-"
        if match["range"] or match["wide"]:
            return numbers
        if match["glued"]:
            return "-" if self.style == "hyphen" else match[0]
        if match["first"]:
            return f"{match['first']}{numbers}{match['second']}" if _ascends(match) else match[0]
        if match["aside"]:
            return f"{clause}{match['aside']}{clause}"
        return clause


def _ascends(match: re.Match[str]) -> bool:
    return int(match["first"]) < int(match["second"])


def unify_dashes(style: str = "em") -> Rewrite:
    """Dashes to one *style*: "em" —, "en" –, or "hyphen" -.

    A dash between clauses (– — ― with a space on one side, the ASCII hyphen in « - » and «--» after an Arabic word,
    both hyphens of «محمد -رحمه الله- قال») takes the style. Between numbers, and between two years with a hyphen, it
    is a range: an en dash, or a hyphen in the style "hyphen". The hyphens U+2010 and U+2011 become ASCII.

    Left alone: hyphenated words, minus signs before numbers, hyphens between other numbers (telephone, ISBN, ISO
    dates), a hyphen at the start of a line (a list), ``---``, hyphens between Latin words, and dashes glued to a word
    on both sides («الرباط–فاس») save in the style "hyphen". Spaces stay as they are. Raises `UnknownNameError` for
    another style. Source: the Unicode Standard, 6.2, Dashes.

    >>> unify_dashes()("قال - وهو يضحك – نعم، 1990-1995")
    'قال — وهو يضحك — نعم، 1990–1995'
    >>> unify_dashes("hyphen")("قال — وهو يضحك — نعم، ص ٥–٧")
    'قال - وهو يضحك - نعم، ص ٥-٧'
    >>> unify_dashes("hyphen")("قطار الرباط–فاس")
    'قطار الرباط-فاس'
    """
    if not isinstance(style, str) or style not in _DASH_STYLES:
        raise UnknownNameError("style of dashes", style, _DASH_STYLES)
    clause, numbers = _DASH_STYLES[style]
    return Rewrite(
        "unify_dashes",
        _DASH,
        _Dashes(style),
        needles=tuple("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"),
        lossy=False,
        summary=f"dashes between clauses to {clause}, between numbers to {numbers}",
        leaves="Hyphenated words, minus signs, telephone and book numbers, ISO dates, list hyphens, dashes glued on "
        "both sides (save to hyphens), hyphens between Latin words; spaces stay.",
        examples=(
            ("نعم – قال", f"نعم {clause} قال"),
            ("نعم — قال", f"نعم {clause} قال"),
            ("من 1990–1995", f"من 1990{numbers}1995"),
            ("كوفيد-19", "كوفيد-19"),
            ("2024-05-01", "2024-05-01"),
        ),
        args=(("style", style),),
    )


# --- deleting -------------------------------------------------------------------------------------------------

# Unicode's categories P*, less those of scripts that Arabic text does not meet. Symbols (+ $ = ^ ~ | < >) stay.
_PUNCTUATION = (
    r"!\"#%&'()*,\-./:;?@\[\\\]_{}¡§«¶·»¿"
    "\u0609\u060a\u060c\u060d\u061b\u061d-\u061f\u066a-\u066d\u06d4\ufd3e\ufd3f"
    "\u2010-\u2027\u2030-\u2043\u2045-\u2051\u2053-\u205e\u2e00-\u2e5d"
    "\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff03\uff05-\uff0a\uff0c-\uff0f\uff1a\uff1b\uff1f\uff20"
)
_WORD = f"{FOREIGN}{DIGIT}"
_RUN = f"[{_WORD}][{_WORD}{MARK}]*+"
# What stays, behind its first character: a number with its sign and separators, a Latin word or identifier with its own
# (12.5 -5 50% COVID-19 don't x.com), and the sign that joins the words of a name.
_STAYS = (
    rf"(?:(?<=[{_WORD}])|(?<=-)(?<![{_WORD}{LETTERS}]-)(?=[{DIGIT}]))[{_WORD}{MARK}]*+"
    rf"(?:[._'’\-]++{_RUN}|(?<=[{DIGIT}])[,:/٫٬][{DIGIT}][{_WORD}]*+)*+(?:(?<=[{DIGIT}]) ?[%٪؉‰])?"
    rf"|(?<=[{LETTERS}{_WORD}]_)(?=[{LETTERS}{_WORD}])"
)
# Both begin with a class, so that everything else is passed over quickly.
_KEPT = rf"[{_WORD}_\-](?:{_STAYS})"
_STRIP = rf"[{_WORD}{_PUNCTUATION}](?:{_STAYS}|(?P<strip>(?:(?!-[{DIGIT}])[{_PUNCTUATION}\t ])*+))"


def _plan_strip(text: str) -> Iterator[tuple[int, int, str]]:
    """Every run of punctuation with the spaces behind it, outside numbers, Latin words and URLs."""
    kept = addresses(text, code=True)
    at = position = 0
    search = compiled(_STRIP).search
    while match := search(text, position):
        start, position = match.span()
        while at < len(kept) and kept[at][1] <= start:
            at += 1
        if at < len(kept) and kept[at][0] <= start:
            position = kept[at][1]
            continue
        if match["strip"] is None:
            continue
        end = position
        if at < len(kept) and kept[at][0] < end:
            end = position = kept[at][0]
        yield start, end, _gap(text, start, end)


def _gap(text: str, start: int, end: int) -> str:
    """A space between two words that only punctuation held apart, else nothing."""
    at_edge = start == 0 or end == len(text) or text[end] in BREAK
    return "" if at_edge or text[start - 1].isspace() else " "


#: Stands for a sign while runs of them are looked for; private, so that no text of words has it.
_SIGN = "\ue000"
# A sign that may stay, or be of an address: it is beside a letter or digit of which that is true.
_BESIDE = rf"{_SIGN}(?:(?<=[{_WORD}{MARK}]{_SIGN})|(?<=[{DIGIT}] {_SIGN})|(?=[{_WORD}]))"
_RUN_OF_SIGNS = rf"{_SIGN}[{_SIGN}\t ]*+"
_PARTING = rf"{_SIGN}(?<=[^\s{_SIGN}]{_SIGN})[{_SIGN}\t ]*+(?=[^{BREAK}])"


@cache
def _as_signs() -> Runner:
    """A function that puts the stand-in for every character of punctuation, what stays among it too."""
    every = re.findall(f"[{_PUNCTUATION}]", "".join(map(chr, range(0x10000))))
    return fold(dict.fromkeys(every, _SIGN))


def _stripped(text: str) -> str | None:
    """What the plan comes to, where there is no address: one sign for all signs is faster to look for."""
    signs = _as_signs()(text)
    if signs is text:
        return text
    if _SIGN in text:
        return None
    if "@" in text or "＠" in text or "`" in text or "_" in text or compiled(_BESIDE).search(signs):
        if addresses(text, code=True):
            return None
        signs = _with_kept(text, signs)
    return compiled(_RUN_OF_SIGNS).sub("", compiled(_PARTING).sub(" ", signs))


def _with_kept(text: str, signs: str) -> str:
    """*signs* with what stays in *text*."""
    pieces: list[str] = []
    at = 0
    for match in compiled(_KEPT).finditer(text):
        start, end = match.span()
        pieces += (signs[at:start], match[0])
        at = end
    return "".join([*pieces, signs[at:]])


#: «قال: «نعم، ١٢٫٥%!»» → «قال نعم ١٢٫٥%»
strip_punctuation = Judge(
    "strip_punctuation",
    _plan_strip,
    quick=_stripped,
    summary="delete punctuation; a space takes its place where it parted two words",
    leaves="What belongs to a number (12.5, 1,234, 10:30, 12/5/2024, -5, 50%); the hyphen, dot, apostrophe and "
    "underscore inside Latin words and identifiers (COVID-19, don't, x.com, اسم_الملف); URLs, e-mails and mentions, "
    "code in backticks, and symbols such as + $ = °.",
    examples=(
        ("قال: «نعم، اذهب!»", "قال نعم اذهب"),
        ("نعم،لا", "نعم لا"),
        ("بلغ ١٢٫٥، أي 50%.", "بلغ ١٢٫٥ أي 50%"),
        ("COVID-19, don't", "COVID-19 don't"),
    ),
)
