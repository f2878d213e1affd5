"""A whole number in words.

Three things decide the form of an Arabic number: the gender of what is counted (3 to 10 take the opposite one:
«ثلاثة كتب», «ثلاث سيارات»), its case (seen in «عشرون/عشرين», «مئتان/مئتين», «اثنان/اثنين»), and whether the noun
follows at once (then a dual loses its nun: «مئتا كتاب», «ألفا دينار»).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal, NamedTuple

Gender = Literal["masculine", "feminine"]
Case = Literal["nominative", "oblique"]
Hundred = Literal["مائة", "مئة"]

#: The largest number that is read: a thousand million million.
LARGEST = 10**15

_ZERO = "صفر"
_UNITS = {
    "masculine": ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"),
    "feminine": ("", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر"),
}
_TENS = ("", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")
_HUNDREDS = ("", "", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")


class Scale(NamedTuple):
    """A power of a thousand: a masculine noun, counted like others."""

    value: int
    one: str
    few: str  # after 3 to 10
    many: str  # after 11 to 99, in the accusative


#: From large to small. «بليون» is «مليار» in older books; the press writes مليار and تريليون.
SCALES = (
    Scale(10**15, "كوادريليون", "كوادريليونات", "كوادريليونا"),
    Scale(10**12, "تريليون", "تريليونات", "تريليونا"),
    Scale(10**9, "مليار", "مليارات", "مليارا"),
    Scale(10**6, "مليون", "ملايين", "مليونا"),
    Scale(10**3, "ألف", "آلاف", "ألفا"),
)


def cardinal(
    number: int,
    gender: Gender = "masculine",
    case: Case = "nominative",
    *,
    construct: bool = False,
    hundred: Hundred = "مائة",
) -> str:
    """*number* in words; *gender* is that of what is counted.

    *construct* says that the counted noun follows: a dual loses its nun. *hundred* is the spelling of 100. Numbers
    below zero begin with «سالب». Raises `ValueError` beyond ±10^15.

    >>> cardinal(125), cardinal(3, "feminine"), cardinal(25, case="oblique")
    ('مائة وخمسة وعشرون', 'ثلاث', 'خمسة وعشرين')
    >>> cardinal(2200, construct=True, hundred="مئة"), cardinal(11, "feminine")
    ('ألفان ومئتا', 'إحدى عشرة')
    """
    units, thousands, joined = _shelves(gender, case, hundred, construct)
    above, rest = divmod(number, 1000)
    if not above:
        return units[rest]
    if 0 < above < 1000:
        return f"{joined[above]} و{units[rest]}" if rest else thousands[above]
    if abs(number) > LARGEST:
        raise ValueError(f"{number} is beyond 10^15")
    if number < 0:
        return f"سالب {cardinal(-number, gender, case, construct=construct, hundred=hundred)}"
    said = [units[rest]] if rest else []
    construct, scale = construct and not rest, _THOUSAND
    while above:
        above, times = divmod(above, 1000)
        if times:
            said.append(_scaled(times, scale, case, hundred, construct))
            construct = False
        scale -= 1
    return " و".join(reversed(said))


#: The last of `SCALES`.
_THOUSAND = len(SCALES) - 1


class _Shelf(dict[int, str]):
    """Words by number, each made when it is first asked for: there are few, and every number of a text has some."""

    def __init__(self, write: Callable[[int], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, number: int) -> str:
        words = self[number] = self._write(number)
        return words


@cache
def _shelves(gender: Gender, case: Case, hundred: Hundred, construct: bool) -> tuple[_Shelf, _Shelf, _Shelf]:
    """Numbers below a thousand, thousands with nothing behind them, and thousands that go on."""
    speller = _Speller(gender, case, hundred)
    return (
        _Shelf(lambda number: " و".join(speller.parts(number, construct)) or _ZERO),
        _Shelf(lambda times: _scaled(times, _THOUSAND, case, hundred, construct)),
        _Shelf(lambda times: _scaled(times, _THOUSAND, case, hundred, False)),
    )


def _group(number: int, gender: Gender, case: Case, hundred: Hundred, construct: bool) -> str:
    """A number below a thousand."""
    return _shelves(gender, case, hundred, construct)[0][number]


@cache
def _scaled(times: int, number: int, case: Case, hundred: Hundred, construct: bool) -> str:
    """So many of a scale, which has its *number* among `SCALES`: «ثلاثة آلاف», «ألفان»."""
    scale = SCALES[number]
    if times == 1:
        return scale.one
    if times == 2:
        return dual(scale.one, case, construct=construct)
    return f"{_group(times, 'masculine', case, hundred, True)} {_after(times, scale, construct)}"


class _Speller(NamedTuple):
    gender: Gender
    case: Case
    hundred: Hundred

    def parts(self, number: int, construct: bool) -> Iterator[str]:
        """The words of a number below a thousand that «و» joins."""
        hundreds, rest = divmod(number, 100)
        if hundreds == 1:
            yield self.hundred
        elif hundreds == 2:
            yield self._dual(self.hundred, construct and not rest)
        elif hundreds:
            yield _HUNDREDS[hundreds] + self.hundred
        if rest:
            yield self._below_hundred(rest, self.gender, construct)

    def _below_hundred(self, number: int, gender: Gender, construct: bool) -> str:
        """1 to 99 before a noun of *gender*, which units from three on oppose: «ثلاث وعشرون سيارة»."""
        if number <= 10:
            return self._unit(number, gender, construct)
        if number < 20:
            return self._teen(number - 10, gender)
        tens, unit = divmod(number, 10)
        word = _TENS[tens] + ("ون" if self.case == "nominative" else "ين")
        if not unit:
            return word
        # «إحدى وعشرون سيارة», and not «واحدة»: so the grammars and the press
        first = "إحدى" if (unit, gender) == (1, "feminine") else self._unit(unit, gender, construct=False)
        return f"{first} و{word}"

    def _unit(self, number: int, gender: Gender, construct: bool) -> str:
        word = _UNITS[gender][number]
        if number == 2:
            return word if self.case == "nominative" else word.removesuffix("ان") + "ين"
        if (number, gender, construct) == (8, "feminine", True):
            return "ثماني"  # «ثماني سيارات», but «جاءت ثمانٍ»
        return word

    def _teen(self, unit: int, gender: Gender) -> str:
        ten = "عشر" if gender == "masculine" else "عشرة"
        if unit == 1:
            return f"{'أحد' if gender == 'masculine' else 'إحدى'} {ten}"
        if unit == 2:
            stem = "اثن" if gender == "masculine" else "اثنت"
            return f"{stem}{'ا' if self.case == 'nominative' else 'ي'} {ten}"
        return f"{self._unit(unit, gender, construct=True)} {ten}"

    def _dual(self, word: str, construct: bool) -> str:
        return dual(word, self.case, construct=construct)


def _after(count: int, scale: Scale, construct: bool) -> str:
    """The scale as its own number asks for it: «ثلاثة آلاف», «أحد عشر ألفا» but «أحد عشر ألف دينار», «مائة ألف»."""
    rest = count % 100
    if 3 <= rest <= 10:
        return scale.few
    return scale.many if rest > 10 and not construct else scale.one


def dual(noun: str, case: Case, *, construct: bool = False) -> str:
    """Two of *noun*; *construct* drops the nun, as before what is counted: «مئتا كتاب».

    >>> dual("سيارة", "nominative"), dual("ألف", "oblique"), dual("مستشفى", "nominative")
    ('سيارتان', 'ألفين', 'مستشفيان')
    """
    stem = noun[:-1] + "ت" if noun.endswith("ة") else noun[:-1] + "ي" if noun.endswith("ى") else noun
    ending = "ا" if case == "nominative" else "ي"
    return stem + ending + ("" if construct else "ن")


_FIRST = ("أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر")


def ordinal(number: int, gender: Gender = "masculine", case: Case = "nominative", *, hundred: Hundred = "مائة") -> str:
    """The definite ordinal of *number*, from 1 to 999 and the round thousands, agreeing with its noun's *gender*.

    Raises `ValueError` for others: nobody reads them so.

    >>> ordinal(13), ordinal(1, "feminine"), ordinal(25, "feminine", "oblique")
    ('الثالث عشر', 'الأولى', 'الخامسة والعشرين')
    """
    if number in (1000, 10**6, 10**9):
        return "ال" + next(scale.one for scale in SCALES if scale.value == number)
    if not 1 <= number <= 999:
        raise ValueError(f"{number} has no ordinal here")
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _ordinal_below_hundred(rest, gender, case)
    count = "ال" + _group(hundreds * 100, "masculine", case, hundred, False)
    return f"{count} و{_ordinal_below_hundred(rest, gender, case)}" if rest else count


def _ordinal_below_hundred(number: int, gender: Gender, case: Case) -> str:
    """The ordinal of 1 to 99, definite: «الحادي عشر»; oblique and feminine «الثانية والعشرين»."""
    teh = "ة" if gender == "feminine" else ""
    if number == 1:
        return "الأولى" if teh else "الأول"
    if number <= 10:
        return f"ال{_FIRST[number - 1]}{teh}"
    tens, unit = divmod(number, 10)
    # «الحادي عشر», «الحادية والعشرون»: one is not «الأول» in compounds
    first = f"ال{'حادي' if unit == 1 else _FIRST[unit - 1]}{teh}" if unit else ""
    if tens == 1:
        return f"{first} عشر{teh}"
    word = f"ال{_TENS[tens]}{'ون' if case == 'nominative' else 'ين'}"
    return f"{first} و{word}" if first else word
