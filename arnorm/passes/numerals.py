"""Numbers as words and words as numbers: «٢٥ كتابا» ↔ «خمسة وعشرون كتابا».

What a number counts decides its form, and the words around it decide its case; where neither is sure, it stays. The
grammar is in `arnorm.numerals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from arnorm.chars import MARK
from arnorm.core import Judge
from arnorm.errors import UnknownNameError
from arnorm.lazy import lazy_pattern
from arnorm.passes._own import Rewrite
from arnorm.passes._text import compiled, reads_composed
from arnorm.spans import PATTERNS

if TYPE_CHECKING:
    from arnorm.numerals import clock, from_words
    from arnorm.numerals.cardinals import Gender, Hundred
    from arnorm.numerals.in_words import Months

__all__ = ["map_numbers_to_words", "map_words_to_numbers", "map_signs_to_words", "map_addresses_to_words"]


def _known(kind: str, name: str, *known: str) -> None:
    if name not in known:
        raise UnknownNameError(kind, name, known)


def map_numbers_to_words(
    gender: Gender = "masculine",
    case: Literal["auto", "nominative", "oblique"] = "auto",
    hundred: Hundred = "مائة",
    months: Months = "gulf",
    point: str = "فاصلة",
    decimals: Literal["point", "parts"] = "point",
    unsure: Literal["leave", "read"] = "leave",
) -> Judge:
    """Numbers in digits as they are read aloud: cardinals, decimals, percentages, dates, times, amounts, measures.

    The counted noun decides gender and state («٣ سيارات» → «ثلاث سيارات», «٢٠٠ دينار» → «مائتا دينار»); *gender*
    ("masculine", "feminine") is for numbers that count nothing. *case* is "auto" (the genitive after a preposition and
    in a construct, else the nominative), "nominative" or "oblique" (as is spoken). *hundred* is "مائة" or "مئة";
    *months* "gulf" (يناير) or "levant" (كانون الثاني); *decimals* "point" («ثلاثة فاصلة خمسة»,
    with *point* as the word for it) or "parts" («ثلاثة وخمسة من عشرة»). *unsure* is "leave"
    (what depends on a noun of unknown gender stays in digits) or "read" (it takes *gender*).

    Numbers beside Latin words, versions, sums, URLs and code stay, and so do numbers beyond 10^15. Raises
    `UnknownNameError` for another option. Rules: Wright, *A Grammar of the Arabic Language*, I 318-328, II 96-107.

    >>> map_numbers_to_words()("بعد ١٥ يوما مع ٢٥ عضوا")
    'بعد خمسة عشر يوما مع خمسة وعشرين عضوا'
    >>> map_numbers_to_words(hundred="مئة")("٣ كتب و٣ سيارات بمبلغ 1200 SAR")
    'ثلاثة كتب وثلاث سيارات بمبلغ ألف ومئتي ريال سعودي'
    """
    from arnorm.numerals import tables
    from arnorm.numerals.in_words import NumberReader  # the grammar is a third of all that is imported, and few need it

    _known("gender", gender, "masculine", "feminine")
    _known("case", case, "auto", "nominative", "oblique")
    _known("spelling of 100", hundred, "مائة", "مئة")
    _known("tradition of months", months, "gulf", "levant")
    _known("reading of decimals", decimals, "point", "parts")
    _known("answer to what is unsure", unsure, "leave", "read")
    args = (
        *(("gender", gender), ("case", case), ("hundred", hundred), ("months", months), ("point", point)),
        *(("decimals", decimals), ("unsure", unsure)),
    )
    return Judge(
        "map_numbers_to_words",
        reads_composed(NumberReader(gender, case, hundred, months, point, decimals, unsure)),
        needles=(*"".join(tables.DIGITS.values()), *"½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"),
        lossy=True,
        summary="numbers in digits as words, by the grammar of what they count: ٣ كتب → ثلاثة كتب",
        leaves="Numbers beside Latin words (COVID19, iPhone 15), versions, sums, addresses of the Internet and code; "
        "a number whose form depends on a noun of unknown gender, unless told to read it; numbers beyond 10^15.",
        examples=(
            ("٣ كتب و٣ سيارات", "ثلاثة كتب وثلاث سيارات"),
            ("مع 25 عضوا", "مع خمسة وعشرين عضوا"),
            ("القرن 19", "القرن التاسع عشر"),
            ("فيروس COVID19", "فيروس COVID19"),
        )
        if (case, hundred) == ("auto", "مائة")
        else (),
        args=args,
    )


@dataclass(frozen=True)
class _Writer:
    """Plans the digits for the number words of a text."""

    digits: str
    least: int
    times: bool

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        from arnorm.numerals import from_words, tables

        table = str.maketrans(
            tables.DIGITS["ascii"] + ".", tables.DIGITS[self.digits] + ("." if self.digits == "ascii" else "٫")
        )
        hint = f"الساع[{MARK}]*[ةه]|{from_words.hint()}" if self.times else from_words.hint()
        for start, end in _stretches(text, compiled(hint)):
            found = from_words.tokens(text, start, end)
            for first, last, digits, proclitics in self._read(found):
                yield found[first].start, found[last - 1].end, _after(proclitics) + digits.translate(table)

    def _read(self, found: list[from_words.Token]) -> Iterator[tuple[int, int, str, str]]:
        """The numbers of a line that are to be written, and its times, if asked for."""
        from arnorm.numerals import from_words

        clocks = [*_times(found)] if self.times else []
        taken = {token for first, last, _ in clocks for token in range(first, last)}
        numbers = [
            (number.first, number.last, number.digits, number.proclitics)
            for number in from_words.numbers(found)
            if number.first not in taken
            and (abs(number.value) >= self.least or "." in number.digits)
            and from_words.is_sure(found, number)
        ]
        return iter(sorted([*numbers, *((first, last, digits, "") for first, last, digits in clocks)]))


def _times(found: list[from_words.Token]) -> Iterator[clock.Time]:
    from arnorm.numerals import clock

    for at, token in enumerate(found):
        if token.folded.lstrip("وف").removeprefix("ب") in ("الساعه", "لساعه") and at + 1 < len(found):
            time = clock.time_at(found, at + 1)
            if time:
                yield time


#: Characters around number words in which lie the words that decide: two before, and three behind.
_REACH = 60


def _stretches(text: str, hint: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The stretches of *text* around number words, cut at blanks, each within a line."""
    start = end = 0
    for match in hint.finditer(text):
        first, last = _around(text, *match.span())
        if end and first <= end:
            end = max(end, last)
            continue
        if end:
            yield start, end
        start, end = first, last
    if end:
        yield start, end


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The words around a place, as far as `_REACH` and the line go."""
    first, last = max(0, start - _REACH), end + _REACH
    begin = text.rfind("\n", first, start) + 1
    if not begin and first:
        begin = text.find(" ", first, start) + 1 or start
    stop = text.find("\n", end, last)
    if stop < 0:
        stop = len(text) if last >= len(text) else max(text.rfind(" ", end, last), end)
    return begin, stop


def _after(proclitics: str) -> str:
    """«بـ5», as the press writes it, but «و5»."""
    return proclitics + "\N{ARABIC TATWEEL}" if proclitics and proclitics[-1] in "بلك" else proclitics


def map_words_to_numbers(digits: str = "ascii", least: int = 2, times: bool = False) -> Judge:
    """Number words as digits, formal and as they are said: «ألفين وأربعة وعشرين» → 2024, «خمسطاشر» → 15.

    *digits* is "ascii", "arabic" or "persian"; numbers below *least* stay words («واحد منهم»). «سالب» before a number
    and «فاصلة» in it are read. Ordinals («الثالث عشر»), definite numbers, days («يوم الاثنين»), parts («ثلاثة أرباع»)
    and words that are other words too («خمس الإنتاج», «ألف الكتاب», «آلاف السنين») stay, unless what they count
    follows. With *times*, what follows «الساعة» is written as a time of 24 hours. Raises `UnknownNameError` for another
    set of digits.

    >>> map_words_to_numbers()("بعد مئة وخمسين يوما اشترى ثلاثة آلاف سهم")
    'بعد 150 يوما اشترى 3000 سهم'
    >>> map_words_to_numbers("arabic")("خمسة فاصلة سبعة وعشرون")
    '٥٫٢٧'
    >>> map_words_to_numbers(times=True)("نلتقي الساعة تلاتة ونص العصر")
    'نلتقي الساعة 15:30'
    """
    from arnorm.numerals import from_words, tables

    _known("set of digits", digits, *tables.DIGITS)
    return Judge(
        "map_words_to_numbers",
        reads_composed(_Writer(digits, least, times)),
        hint=f"الساع[{MARK}]*[ةه]|{from_words.hint()}" if times else from_words.hint(),
        lossy=True,
        summary="number words as digits, formal and spoken: مئة وخمسون → 150",
        leaves="One («واحد منهم»), ordinals and definite numbers («الثالث عشر», «الخمسة»), parts («ثلاثة أرباع»), and "
        "words that are other words too («خمس الإنتاج», «آلاف السنين»).",
        examples=(
            ("بعد مئة وخمسين يوما", "بعد 150 يوما"),
            ("خمس سنوات", "5 سنوات"),
            ("خمس الإنتاج", "خمس الإنتاج"),
            ("القرن الثالث عشر", "القرن الثالث عشر"),
        )
        if digits == "ascii"
        else (),
        args=(("digits", digits), ("least", least), ("times", times)),
    )


#: Abbreviations and signs as they are read; an abbreviation stands before a blank or a line end, behind no letter.
_ABBREVIATIONS = {
    "أ.د.": "الأستاذ الدكتور",
    "أ. د.": "الأستاذ الدكتور",
    "د.": "الدكتور",
    "ص.ب.": "صندوق بريد",
    "ص.ب": "صندوق بريد",
    "ق.م.": "قبل الميلاد",
    "ق.م": "قبل الميلاد",
    "إلخ.": "إلى آخره",
    "إلخ": "إلى آخره",
    "الخ.": "إلى آخره",
    "ش.م.م.": "شركة مساهمة محدودة",
    "ش.م.م": "شركة مساهمة محدودة",
    "ذ.م.م.": "ذات مسؤولية محدودة",
    "ذ.م.م": "ذات مسؤولية محدودة",
}
_SIGNS = {"&": "و", "=": "يساوي", "+": "زائد", "×": "في", "÷": "على", "≈": "نحو", "≤": "أصغر من أو يساوي"} | {
    "≥": "أكبر من أو يساوي",
    "<": "أصغر من",
    ">": "أكبر من",
}


def _said(match: re.Match[str]) -> str:
    return _ABBREVIATIONS.get(match[0]) or _SIGNS[match[0]]


#: «وصل د. خالد + أ.د. منى» → «وصل الدكتور خالد زائد الأستاذ الدكتور منى».
map_signs_to_words = Rewrite(
    "map_signs_to_words",
    rf"(?<![\w.{MARK}])(?:{'|'.join(sorted(map(re.escape, _ABBREVIATIONS), key=len, reverse=True))})(?![\w.{MARK}])"
    rf"|(?<= )[{re.escape(''.join(_SIGNS))}](?= )",
    _said,
    needles=(".", "لخ", *_SIGNS),
    lossy=True,
    summary="abbreviations and signs as they are read: د. خالد → الدكتور خالد",
    leaves="Signs that touch a word or a digit, and abbreviations with more than one meaning (م. may be an engineer, a "
    "metre or a year).",
    examples=(("وصل د. خالد", "وصل الدكتور خالد"), ("كتب وأقلام إلخ", "كتب وأقلام إلى آخره"), ("2+2", "2+2")),
)


#: What stands in an address, as it is read; the scheme is not.
_IN_ADDRESSES = {
    ".": "نقطة",
    "@": "آت",
    "/": "شرطة مائلة",
    "-": "شرطة",
    "_": "شرطة سفلية",
    ":": "نقطتان",
    "?": "علامة استفهام",
    "=": "يساوي",
    "&": "و",
    "#": "شباك",
    "+": "زائد",
}
_LETTER_NAMES = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "إيه بي سي دي إي إف جي إتش آي جيه كيه إل إم إن أو بي كيو آر إس تي يو في دبليو إكس واي زد".split(),
        strict=True,
    )
)


def map_addresses_to_words(letters: Literal["keep", "spell"] = "keep") -> Rewrite:
    """URLs and e-mail addresses as they are read: «info@example.com» is «info آت example نقطة com».

    With *letters* "keep" the words of an address stay in Latin, for a voice that reads both; with "spell" each letter
    is named («إيه», «بي») and each digit said. The scheme («https://») is left out, as readers do. Put it before the
    profile `tts`, which leaves addresses alone. Raises `UnknownNameError` for another option.

    >>> map_addresses_to_words()("زوروا www.example.com/a-b اليوم")
    'زوروا www نقطة example نقطة com شرطة مائلة a شرطة b اليوم'
    >>> map_addresses_to_words("spell")("ab1@x.io")
    'إيه بي واحد آت إكس نقطة آي أو'
    """
    _known("reading of letters", letters, "keep", "spell")
    return Rewrite(
        "map_addresses_to_words",
        rf"{PATTERNS['urls']}|{PATTERNS['emails']}",
        _spelled_address if letters == "spell" else _said_address,
        needles=("://", "."),
        lossy=True,
        summary="URLs and e-mail addresses as they are read: a@b.com → a آت b نقطة com",
        leaves="The names in an address, unless told to spell them, and its escapes (%20).",
        examples=(("راسلنا على info@example.com.", "راسلنا على info آت example نقطة com."),)
        if letters == "keep"
        else (),
        args=(("letters", letters),),
    )


_SCHEME = lazy_pattern("(?i:https?|ftp)://")
_PIECES = lazy_pattern(f"[{re.escape(''.join(_IN_ADDRESSES))}]|[^{re.escape(''.join(_IN_ADDRESSES))}]+")

_DIGITS = frozenset("0123456789")
#: Latin letters, digits and signs one by one; what is in another script, or has an accent, together.
_SIGN = re.escape("".join(_IN_ADDRESSES))
_LETTERS = lazy_pattern(
    rf"[A-Za-z0-9{_SIGN}](?![\u0300-\u036f])|(?:[A-Za-z0-9{_SIGN}][\u0300-\u036f]+|[^A-Za-z0-9{_SIGN}])+"
)


def _said_address(match: re.Match[str]) -> str:
    return " ".join(_IN_ADDRESSES.get(piece, piece) for piece in _PIECES.findall(_SCHEME.sub("", match[0], 1)))


def _spelled_address(match: re.Match[str]) -> str:
    from arnorm.numerals import cardinal

    said = (
        _IN_ADDRESSES.get(c) or _LETTER_NAMES.get(c.lower()) or (cardinal(int(c)) if c in _DIGITS else c)
        for c in _LETTERS.findall(_SCHEME.sub("", match[0], 1))
    )
    return " ".join(said)
