"""Digits, and numbers with the signs they are written with: 12.5 ↔ ١٢٫٥, 1,234 ↔ ١٬٢٣٤, 50% ↔ ٥٠٪.

The `map_digits_*` tables are blind and fast. The `unify_numbers_*` passes read what a number is before they touch
it: towards ASCII they take the separators along, towards Arabic they change only plain numbers in Arabic text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from arnorm.chars import DIGIT, FIRST_DIGIT
from arnorm.core import CharMap, Judge
from arnorm.errors import UnknownNameError
from arnorm.passes._own import Rewrite
from arnorm.passes._text import ARABIC_RUN, BREAK, FOREIGN, FOREIGN_RUN, LETTERS, addresses, compiled
from arnorm.trace import Span

__all__ = [
    "map_digits_to_ascii",
    "map_digits_to_arabic",
    "map_digits_to_persian",
    "map_percent_signs_to_ascii",
    "map_digits",
    "unify_numbers_to_ascii",
    "unify_numbers_to_arabic",
    "unify_numbers_to_persian",
    "unify_numbers",
    "fold_number_grouping",
]

_DIGITS = {"ascii": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}
# U+066B and U+066C stand in numbers only, and there beside Arabic digits only: they go with their digits, or
# «١٢٫٥» would become «12٫5», which neither a reader nor a parser of numbers accepts.
_SEPARATORS = {"\N{ARABIC DECIMAL SEPARATOR}": ".", "\N{ARABIC THOUSANDS SEPARATOR}": ","}
_PERCENT = {
    "\N{ARABIC PERCENT SIGN}": "%",
    "\N{ARABIC-INDIC PER MILLE SIGN}": "\N{PER MILLE SIGN}",
    "\N{ARABIC-INDIC PER TEN THOUSAND SIGN}": "\N{PER TEN THOUSAND SIGN}",
}


def _table(source: str, target: str) -> dict[str, str]:
    """Digits of *source* (a key of ``_DIGITS``, or "any") to those of *target*, separators along to ASCII."""
    sources = [name for name in _DIGITS if name != target] if source == "any" else [source]
    table = {a: b for name in sources for a, b in zip(_DIGITS[name], _DIGITS[target], strict=True)}
    return table | (_SEPARATORS if target == "ascii" and source != "ascii" else {})


def _known(kind: str, name: str, known: Iterable[str]) -> str:
    known = list(known)
    if name not in known:
        raise UnknownNameError(kind, name, known)
    return name


#: «١٢ كتابا» → «12 كتابا», «۱۲» → «12»; ٫ and ٬ go along, so «١٢٫٥» becomes 12.5 and never 12٫5.
map_digits_to_ascii = CharMap(
    "map_digits_to_ascii",
    _table("any", "ascii"),
    lossy=False,
    summary="Arabic-Indic ٠-٩ and Persian ۰-۹ digits to ASCII, with the number separators ٫ and ٬",
    leaves="The percent sign ٪ and the Arabic comma. It does not look around: an ٫ outside numbers becomes a full "
    "stop; unify_numbers_to_ascii leaves that one, and digits in URLs.",
    examples=(("١٢ كتابا", "12 كتابا"), ("۱۲٫۵", "12.5"), ("١٬٢٣٤٫٥٦", "1,234.56"), ("COVID19", "COVID19")),
)

#: «12 كتابا» → «١٢ كتابا»; blind: 12.5 becomes ١٢.٥ and COVID19 COVID١٩.
map_digits_to_arabic = CharMap(
    "map_digits_to_arabic",
    _table("any", "arabic"),
    lossy=False,
    summary="ASCII and Persian ۰-۹ digits to Arabic-Indic ٠-٩, wherever they are",
    leaves="Separators, since a table cannot tell a decimal point from a full stop. It does change COVID19 and URLs: "
    "unify_numbers_to_arabic does not.",
    examples=(("12 كتابا", "١٢ كتابا"), ("۴۵", "٤٥"), ("10:30", "١٠:٣٠")),
)

#: «12 کتاب» → «۱۲ کتاب»; blind, as `map_digits_to_arabic` is.
map_digits_to_persian = CharMap(
    "map_digits_to_persian",
    _table("any", "persian"),
    lossy=False,
    summary="ASCII and Arabic-Indic ٠-٩ digits to Persian ۰-۹, wherever they are",
    leaves="Separators, since a table cannot tell a decimal point from a full stop. It does change COVID19 and URLs: "
    "unify_numbers_to_persian does not.",
    examples=(("12 کتاب", "۱۲ کتاب"), ("٤٥", "۴۵")),
)


#: «٢٠٪» → «20%», with the digits; blind, as the tables of digits are.
map_percent_signs_to_ascii = CharMap(
    "map_percent_signs_to_ascii",
    _PERCENT,
    lossy=False,
    summary="the Arabic signs for percent, per mille and per ten thousand to those of Latin: ٪ ؉ ؊ → % ‰ ‱",
    leaves="Digits and separators (map_digits_to_ascii). It does not look around.",
    examples=(("٢٠٪", "٢٠%"), ("؉", "‰")),
)


def map_digits(source: str = "any", target: str = "ascii") -> CharMap:
    """A table from the digits of *source* ("any", "ascii", "arabic", "persian") to those of *target*.

    To ASCII, the separators ٫ and ٬ go along. Raises `UnknownNameError` for another name. Leaves every other
    character alone and does not look around. Source of the tables: Unicode, blocks Basic Latin and Arabic.

    >>> map_digits("arabic", "persian")("٤٥ 45")
    '۴۵ 45'
    """
    _known("set of digits", source, ["any", *_DIGITS])
    _known("set of digits", target, _DIGITS)
    return CharMap(
        "map_digits",
        _table(source, target),
        lossy=False,
        summary=f"digits ({source}) to {target} digits, wherever they are",
        leaves="Separators, save to ASCII; all other digits and characters.",
        examples=((_DIGITS["arabic" if source == "any" else source][4:6], _DIGITS[target][4:6]),),
        args=(("source", source), ("target", target)),
    )


def _outside(matches: Iterable[re.Match[str]], kept: Sequence[Span]) -> Iterator[re.Match[str]]:
    """The *matches* that overlap no span of *kept*; both ascend."""
    at = 0
    for match in matches:
        while at < len(kept) and kept[at][1] <= match.start():
            at += 1
        if at == len(kept) or kept[at][0] >= match.end():
            yield match


# «١٤،٥٠٠٫٥٥»: the comma parts thousands, as the decimal sign behind it tells.
_COMMA_GROUPED = f"[{DIGIT}]{{1,3}}(?:،[{DIGIT}]{{3}})++٫[{DIGIT}]++"
# A number as far as ASCII needs it: «٪٥٠» «٫٥» «١٬٢٣٤٫٥٦» «٥٠ ٪». A leading ٫ only where no letter or digit is before.
_TO_ASCII = (
    f"(?<![{DIGIT}،٫٬]){_COMMA_GROUPED}(?![،٫٬]?[{DIGIT}])|"
    f"[٪؉؊]?(?:(?<![{LETTERS}{FOREIGN}{DIGIT}])٫(?=[{DIGIT}]))?"
    f"[{DIGIT}]++(?:[٫٬][{DIGIT}]++)*+(?:[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]?[٪؉؊])?"
)
_ASCII = str.maketrans(_table("any", "ascii") | _PERCENT)


@cache
def _to_ascii() -> re.Pattern[str]:
    return re.compile(_TO_ASCII)


def _plan_ascii(text: str) -> Iterator[tuple[int, int, str]]:
    """Every number, in ASCII; outside URLs and the like."""
    for match in _outside(_to_ascii().finditer(text), addresses(text, code=True)):
        yield match.start(), match.end(), match[0].translate(_ASCII).replace("،", ",")


# Towards Arabic: what is a plain number. Groups of three with one kind of sign; a decimal part; or an integer.
_GROUPED = rf"[{DIGIT}]{{1,3}}(?:[,٬][{DIGIT}]{{3}})+(?:[.٫][{DIGIT}]+)?"
_PLAIN = rf"{_GROUPED}|{_COMMA_GROUPED}|[{DIGIT}]+(?:[.٫][{DIGIT}]+)?"
_DATE = rf"[{DIGIT}]{{1,4}}(?:/[{DIGIT}]{{1,4}}){{1,2}}|[{DIGIT}]{{1,2}}(?::[{DIGIT}]{{2}}){{1,2}}"
# «5-7», «1990-1995»: from one to a greater one, of three digits at most, or years; 123-4567 is a telephone number.
_FIRST = f"[{FIRST_DIGIT}]"
_YEAR = rf"(?:[1١۱][{DIGIT}]|[2٢۲][0٠۰])[{DIGIT}]{{2}}"
_RANGE = rf"({_FIRST}[{DIGIT}]{{0,2}})-({_FIRST}[{DIGIT}]{{0,2}})|({_YEAR})-({_YEAR})"
# «23.000», «12.500»: as likely thousands, in the fashion of the Maghreb and of Europe, as a decimal part.
_DOTTED = rf"[{FIRST_DIGIT}][{DIGIT}]{{0,2}}\.[{DIGIT}]{{2}}[0٠۰]"
# Digits with all that may hold them together; whether that is a number is for `_is_number` to say.
_TOKEN = (
    rf"(?P<arabic>{ARABIC_RUN})|(?P<foreign>{FOREIGN_RUN})|(?P<line>[{BREAK}]++)"
    rf"|(?P<number>(?<![{DIGIT}،٫٬]){_COMMA_GROUPED}(?![،٫٬]?[{DIGIT}])|[{DIGIT}]++(?:[.,٫٬:/_+*=^×÷\-−][{DIGIT}]++)*+)"
)
# Beside a number these make it an expression, an amount, a reference or part of a name: «+966», «$50», «#5», «x=5».
_BLOCKING = "+-−±×÷*=^~<>≤≥|&$€£¥#@_\\/°`"
_OPERATORS = "+−±×÷*=^<>≤≥"
_STRUCK = {"≠": "=", "≮": "<", "≯": ">"}  # what decomposed text shows of them first
# From a Latin word to a number of its own: «iPhone 15», «Covid-19», «5 km», «501(c)(3)».
_JOINING = r"[ \t\N{NO-BREAK SPACE}\-_./:'’&+]*+|\)?\(?"
_BESIDE = r"[ \t\N{NO-BREAK SPACE}]*+"


class _Piece(NamedTuple):
    """A run of letters, a number or a line end."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class _ToArabic:
    """Plans the numbers of a text in *digits*, "arabic" or "persian"."""

    digits: str
    dates: bool

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        table = self._table()
        for line, alone in _lines(text):
            for number in _numbers(text, line, alone):
                if self._is_number(text[number.start : number.end]):
                    start, end = _with_percent(text, number)
                    yield start, end, self._written(text[start:end], table)

    def _table(self) -> dict[int, str]:
        percent = {sign: arabic for arabic, sign in _PERCENT.items()}
        return str.maketrans(_table("any", self.digits) | percent | {".": "٫", ",": "٬", "،": "٬"})

    def _written(self, number: str, table: dict[int, str]) -> str:
        return number.translate(table)

    def _is_number(self, token: str) -> bool:
        """Whether *token* is a number, and no version or code: «12.5» and «1990-2000» are, «1.2.3» and «0123» not."""
        if self.dates and compiled(_DATE).fullmatch(token):
            return True
        if bounds := compiled(_RANGE).fullmatch(token):
            low, high = filter(None, bounds.groups())
            return int(low) < int(high)
        if not compiled(_PLAIN).fullmatch(token):
            return False
        if compiled(_DOTTED).fullmatch(token):
            return False
        return any(c in token for c in ".,٫٬") or not _is_identifier(token)


def _is_identifier(token: str) -> bool:
    """0501234567, 007, and anything as long as a telephone or book number."""
    return compiled(f"[{DIGIT}]{{10,}}|[0٠۰][{DIGIT}]{{2,}}").fullmatch(token) is not None


def _lines(text: str) -> Iterator[tuple[list[_Piece], bool]]:
    """The pieces of each line that has a number, and whether a line without letters counts as Arabic."""
    kept = addresses(text, code=True)
    alone = not compiled(f"[{FOREIGN}]").search(text)
    line: list[_Piece] = []
    at = 0
    for match in compiled(_TOKEN).finditer(text):
        while at < len(kept) and kept[at][1] <= match.start():
            at += 1
        kind = str(match.lastgroup)
        if kind == "line":
            yield line, alone
            line = []
        elif at == len(kept) or kept[at][0] >= match.end():
            line.append(_Piece(kind, *match.span()))
        elif text[kept[at][0]] == "`":  # «`x` 5»: code claims what is beside it, an address does not
            line.append(_Piece("foreign", *match.span()))
    yield line, alone


def _numbers(text: str, line: list[_Piece], alone: bool) -> Iterator[_Piece]:
    """The numbers of *line* that stand in Arabic, and beside nothing that claims them."""
    arabic = any(piece.kind == "arabic" for piece in line)
    if not (arabic or alone):
        return
    ahead = _nearest_letters(reversed(line))[::-1]
    before = _nearest_letters(line)
    claimed = _claimed(text, line)
    for piece, left, right, taken in zip(line, before, ahead, claimed, strict=True):
        if piece.kind == "number" and not taken and ("arabic" in (left, right) or not (left or right)):
            yield piece


def _nearest_letters(line: Iterable[_Piece]) -> list[str]:
    """For each piece, the kind of the nearest letters before it in this order."""
    nearest, kinds = "", []
    for piece in line:
        kinds.append(nearest)
        nearest = nearest if piece.kind == "number" else piece.kind
    return kinds


def _claimed(text: str, line: list[_Piece]) -> list[bool]:
    """For each piece, whether it is foreign, or a number that belongs to something else beside it."""
    forward = _spread(text, line, line, after=True)
    backward = _spread(text, line, line[::-1], after=False)[::-1]
    return [a or b for a, b in zip(forward, backward, strict=True)]


def _spread(text: str, line: list[_Piece], order: list[_Piece], *, after: bool) -> list[bool]:
    """`_claimed`, one way: what a Latin word or a sign claims, it claims along a row of numbers (+966 50 1234)."""
    claimed: list[bool] = []
    for index, piece in enumerate(order):
        taken = piece.kind == "foreign"
        if piece.kind == "number":
            blocked = _is_blocked(text, piece.start, -1) if after else _is_blocked(text, piece.end, 1)
            taken = blocked or _is_identifier(text[piece.start : piece.end])
            if not taken and index and claimed[-1]:
                low, high = sorted((order[index - 1], piece), key=lambda p: p.start)
                gap = _JOINING if order[index - 1].kind == "foreign" else _BESIDE
                taken = bool(compiled(gap).fullmatch(text, low.end, high.start))
        claimed.append(taken)
    return claimed


def _is_blocked(text: str, at: int, way: int) -> bool:
    """Whether what stands at the edge *at* of a number, seen *way* (-1 or 1) from it, makes it no plain number."""
    near = text[at : at + 2] if way > 0 else text[max(0, at - 2) : at][::-1]
    if not near:
        return False
    if way > 0:
        near = "".join(_STRUCK.get(sign, sign) for sign in near)
    if near[0] == "%" and near[1:] != "" and compiled(f"[{DIGIT}{FOREIGN}]").match(near[1]):
        return True  # «%20», not a percentage
    if near[0] == " ":
        return near[1:] != "" and near[1] in _OPERATORS
    if way > 0 and near[0] in "-/":  # «5- البند», «5/ البند» are numbered items
        return near[1:] != "" and near[1] not in " \t\N{NO-BREAK SPACE}" and not _is_letter(near[1])
    return near[0] in _BLOCKING


def _is_letter(character: str) -> bool:
    return bool(compiled(f"[{LETTERS}]").match(character))


def _with_percent(text: str, number: _Piece) -> Span:
    """The span of *number* together with its percent sign, before or after it."""
    start, end = number.start, number.end
    spaced = end + (text[end : end + 1] in (" ", "\N{NO-BREAK SPACE}") and text[end + 1 : end + 2] != "")
    for place in (end, spaced):
        if text[place : place + 1] in _SIGNS and not compiled(f"[{FOREIGN}{DIGIT}]").match(text, place + 1):
            return start, place + 1
    if text[start - 1 : start] in _SIGNS and (start == 1 or text[start - 2] in " (\n[«"):
        return start - 1, end
    return start, end


_SIGNS = tuple("%\N{PER MILLE SIGN}\N{PER TEN THOUSAND SIGN}٪؉؊")

_NUMBER_LEAVES = (
    "In URLs, e-mail addresses, mentions and code, and beside Latin words and signs (COVID19, A4, mp3, iPhone 15, "
    "v1.2.3, +966, $50, 2 + 2 = 4, 192.168.1.1, ISBN, dates, times) digits stay; so do 12,5, "
    "which may be a list, and 23.000, which may be thousands."
)


def _ascii(name: str, **about: object) -> Judge:
    """The pass, called *name*, that writes numbers in ASCII."""
    return Judge(
        name,
        _plan_ascii,
        needles=(*_DIGITS["arabic"], *_DIGITS["persian"], *_SEPARATORS, *_PERCENT),
        lossy=False,
        summary="numbers to ASCII with their separators and percent sign: ١٬٢٣٤٫٥٦ → 1,234.56, ٥٠٪ → 50%",
        leaves="URLs, e-mail addresses, mentions and code; ٫ ٬ ٪ outside numbers; the Arabic comma, even between "
        "digits, where it may part a list.",
        examples=(("١٢٫٥ مليون", "12.5 مليون"), ("١٬٢٣٤٫٥٦", "1,234.56"), ("٥٠٪", "50%"), ("نعم ٫ لا", "نعم ٫ لا")),
        **about,  # type: ignore[arg-type]
    )


def _arabic(name: str, digits: str, dates: bool, **about: object) -> Judge:
    """The pass, called *name*, that writes plain numbers in Arabic text in *digits*; with *dates*, those too."""
    plan = _ToArabic(digits, dates)
    shown = [plan._written(n, plan._table()) for n in ("12.5", "1,234.56", "50%")]
    return Judge(
        name,
        plan,
        needles=tuple("".join(_DIGITS.values())),
        lossy=False,
        summary=f"plain numbers in Arabic text to {digits} digits, with their separators and percent sign",
        leaves=_NUMBER_LEAVES,
        examples=(
            ("بلغ 12.5 مليون", f"بلغ {shown[0]} مليون"),
            ("نحو 1,234.56 دينار", f"نحو {shown[1]} دينار"),
            ("نسبة 50%", f"نسبة {shown[2]}"),
            ("فيروس COVID19", "فيروس COVID19"),
        ),
        **about,  # type: ignore[arg-type]
    )


#: «بلغ ١٢٫٥ مليون، أي ٥٠٪» → «بلغ 12.5 مليون، أي 50%».
unify_numbers_to_ascii = _ascii("unify_numbers_to_ascii")

#: «بلغ 12.5 مليون، أي 50%» → «بلغ ١٢٫٥ مليون، أي ٥٠٪»; «iPhone 15» stays.
unify_numbers_to_arabic = _arabic("unify_numbers_to_arabic", "arabic", False)

#: «حدود 12.5 درصد» → «حدود ۱۲٫۵ درصد».
unify_numbers_to_persian = _arabic("unify_numbers_to_persian", "persian", False)


def unify_numbers(digits: str = "ascii", dates: bool = False) -> Judge:
    """Numbers in one set of *digits* ("ascii", "arabic" or "persian"), with the separators those are written with.

    *dates* lets 12/5/2024 and 10:30 take Arabic or Persian digits too, in Arabic text; towards ASCII they always do.
    A telephone number, a version, an address of the Internet, a book number and an amount with its currency sign
    stay, and so does a number beside a Latin word. Raises `UnknownNameError` for another set of digits.
    Source: Unicode Standard, 9.2 (U+066A–066C); CLDR's number symbols for ar and fa.

    >>> unify_numbers("arabic", dates=True)("في 12/5/2024 بنسبة 3.5%")
    'في ١٢/٥/٢٠٢٤ بنسبة ٣٫٥٪'
    >>> unify_numbers("ascii")("في ١٢/٥/٢٠٢٤ بنسبة ٣٫٥٪")
    'في 12/5/2024 بنسبة 3.5%'
    """
    args = (("digits", digits), ("dates", dates))
    if _known("set of digits", digits, _DIGITS) == "ascii":
        return _ascii("unify_numbers", args=args)
    return _arabic("unify_numbers", digits, dates, args=args)


def _ungrouped(match: re.Match[str]) -> str:
    return compiled("[,٬ ]").sub("", match[0])


#: «1,000» → «1000», «50 %» → «50%».
fold_number_grouping = Rewrite(
    "fold_number_grouping",
    rf"(?<![{DIGIT}.,٫٬/:_-])[{DIGIT}]{{1,3}}(?:[,٬][{DIGIT}]{{3}})+(?![,٬]?[{DIGIT}])|(?<=[{DIGIT}]) ++(?=[%٪])",
    _ungrouped,
    needles=(",", "٬", " %", " ٪"),
    summary="delete what groups the digits of a number, and the space before a percent sign: 1,000 → 1000, 50 % → 50%",
    leaves="Commas that part a list (12,5 and 1,22), decimal parts, spaces and full stops between digits, which may "
    "part two numbers.",
    examples=(
        ("نحو 1,234,567.5", "نحو 1234567.5"),
        ("بنسبة 50 %", "بنسبة 50%"),
        ("الأرقام 1,22,333", "الأرقام 1,22,333"),
    ),
)
