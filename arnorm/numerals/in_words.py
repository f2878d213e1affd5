"""What in a text is a number, and how it is read aloud.

One scan finds the numbers with what they are written with (dates, times, amounts, measures, percentages, ranges,
codes); the words beside a number say what it counts and in which case it stands. What is not sure stays in digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from arnorm import spans
from arnorm.chars import ARABIC_LETTER, DIGIT, FIRST_DIGIT, MARK, PREPOSITIONS, TATWEEL
from arnorm.lazy import lazy_pattern
from arnorm.numerals import nouns, tables
from arnorm.numerals.cardinals import LARGEST, Case, Gender, Hundred, cardinal, dual, ordinal
from arnorm.numerals.tables import Currency, Noun

_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫−", "01234567890123456789.-", "٬,")
_D = DIGIT
_SPACE = "[ \u00a0\u202f]"
_MARK = f"{MARK}{TATWEEL}\u0300-\u036f"  # the accents of decomposed Latin letters too
_WORD = f"[{ARABIC_LETTER}][{ARABIC_LETTER}{_MARK}]*+"
_INTEGER = rf"(?:[{_D}]{{1,3}}(?:[,٬][{_D}]{{3}})++|[{_D}]++)"
_NUMBER = rf"{_INTEGER}(?:[.٫][{_D}]++)?"
#: Beside a sign «7,5» is seven and a half: «7,5 %».
_AMOUNT = rf"(?:[{_D}]++,[{_D}]{{1,2}}(?![{_D},.])|{_NUMBER})"
_MONTHS = "|".join(map(re.escape, tables.MONTH_NAMES))
_LATIN_UNITS = "|".join(sorted(map(re.escape, tables.UNITS), key=len, reverse=True))
_SIGNS = "|".join(sorted(map(re.escape, tables.CURRENCY_SIGNS), key=len, reverse=True))
_CODES = "|".join(tables.CURRENCIES)
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_END = rf"(?![\w{_MARK}])"
#: «+966 50 123 4567», «050-123-4567», «04-3337788»: groups, of which the first has a plus or a nought.
_GROUPED = rf"(?:\+[{_D}]{{1,3}}|[0٠۰][{_D}]{{1,3}})(?:[ \u00a0-][{_D}]{{1,10}}){{1,5}}"

#: What may stand between a number and the next one that belongs to it; up to its first digit, and no further.
_ON = rf"(?:[^\W{_D}]|[.,/:-])*+"

_READABLE = rf"""
    (?P<phone>(?<![\w.,/:-])(?=(?:[ \u00a0+-]?[{_D}]){{7}})(?:\+[{_D}]{{7,15}}|{_GROUPED})(?!{_ON}[{_D}]))
  | (?P<date>(?P<y1>[{_D}]{{4}})(?P<s1>[-/])(?P<m1>[{_D}]{{1,2}})(?P=s1)(?P<d1>[{_D}]{{1,2}})
      |(?P<d2>[{_D}]{{1,2}})(?P<s2>[-/.])(?P<m2>[{_D}]{{1,2}})(?P=s2)(?P<y2>[{_D}]{{4}}))(?![/:.-]*+[{_D}])
      (?:{_SPACE}?(?P<era2>هـ|هجرية|هجري|ه){_END})?
  | (?P<monthly>(?P<m4>[0٠۰]?[{_D}]|[1١۱][0-2٠-٢۰-۲])[-/]
      (?P<y4>(?:1[3-9]|١[٣-٩]|۱[۳-۹]|20|٢٠|۲۰)[{_D}]{{2}}))(?![/:.-]*+[{_D}])
  | (?P<named>(?P<d3>[{_D}]{{1,2}}){_SPACE}(?:من{_SPACE})?(?P<month>{_MONTHS}){_END}
      (?:{_SPACE}(?:(?:سنة|عام){_SPACE})?(?P<y3>[{_D}]{{4}})(?![.,/:-]*+[{_D}])(?:{_SPACE}?(?P<era>هـ|ه|م){_END})?)?)
  | (?P<time>(?P<hour>[{_D}]{{1,2}}):(?P<minute>[{_D}]{{2}})(?::(?P<second>[{_D}]{{2}}))?)(?!:*+[{_D}])
  | (?P<money>(?:(?P<sign1>{_SIGNS}){_SPACE}?|(?<![A-Za-z])(?P<code1>{_CODES}){_SPACE}?)(?P<n1>{_AMOUNT})
      |(?P<n2>{_AMOUNT}){_SPACE}?(?:(?P<sign2>{_SIGNS}){_END}|(?P<code2>{_CODES}){_END}|(?P<sign3>[$€£])))
  | (?P<percent>(?P<n3>{_AMOUNT}){_SPACE}?(?P<rate>[%٪‰؉])|(?P<rate2>[%٪])(?P<n4>{_AMOUNT}))(?![{_D}])
  | (?P<measure>(?P<n5>{_AMOUNT}){_SPACE}?(?P<unit>{_LATIN_UNITS}){_END})
  | (?P<range>(?P<low>{_INTEGER})(?:-|–|{_SPACE}[-–]{_SPACE})(?P<high>{_INTEGER})(?!{_ON}[{_D}])
      (?:{_SPACE}?(?P<rate3>[%٪]))?)
  | (?P<mixed>(?:(?P<whole>[{_D}]{{1,3}}){_SPACE}?)?(?P<part>[{_VULGAR}]))
  | (?P<fraction>(?:(?P<ones>[{_D}]{{1,3}}){_SPACE})?
      (?P<top>[{_D}])[/⁄](?P<bottom>[{_D}]{{1,2}}))(?![{_D}/]|{_SPACE}[{_D}])
  | (?P<dated>(?P<year>[{_D}]{{3,4}}){_SPACE}?(?P<age>هـ|ه|م){_END})
  | (?P<number>{_NUMBER})
    """


@cache
def _readable() -> re.Pattern[str]:
    """Everything that is read, compiled at the first text with a digit: nobody waits for it at the import."""
    return re.compile(_READABLE, re.VERBOSE)


_FRACTIONS = dict(
    zip(
        _VULGAR,
        "نصف;ثلث;ثلثان;ربع;ثلاثة أرباع;خمس;خمسان;ثلاثة أخماس;أربعة أخماس;سدس;خمسة أسداس;ثمن;ثلاثة أثمان;خمسة أثمان;"
        "سبعة أثمان".split(";"),
        strict=True,
    )
)
_RATES = {"%": "hundred", "٪": "hundred", "‰": "الألف", "؉": "الألف"}
_BEFORE = lazy_pattern(rf"(?:(?:(?<![\w{_MARK}])({_WORD}){_SPACE})?({_WORD}))?({_SPACE}*)\Z")
_NEXT = lazy_pattern(rf"{_SPACE}({_WORD})(?![\w@])(?:{_SPACE}({_WORD}))?")
# A proclitic parted from its number by a tatweel may have a blank behind that: «الـ 10», «بـ 30 دولارا».
_GLUED = lazy_pattern(rf"(?<![\w{_MARK}])((?:[وف]?(?:[بلك]|ال|بال|كال|لل)?)(?:[{_MARK}]*|\u0640+{_SPACE}))\Z")
_PARTED = lazy_pattern(rf"\u0640{_SPACE}\Z")
_LETTER = lazy_pattern(rf"[\w{_MARK}]")
_LETTER_AT_END = lazy_pattern(rf"[\w{_MARK}]\Z")
_ADDRESSES = ("urls", "emails", "mentions", "code")
_MAY_HOLD_ADDRESSES = lazy_pattern("//|[@＠`]|[wW]\\.")
# «12.500»: as likely thousands, in the fashion of the Maghreb and of Europe, as a decimal part.
_DOTTED = lazy_pattern(rf"[{FIRST_DIGIT}][{_D}]{{0,2}}\.[{_D}]{{2}}[0٠۰]")
_REACH = 40  # characters looked at on either side: no Arabic word is longer

Months = Literal["gulf", "levant"]


class Context(NamedTuple):
    """What stands around a number."""

    glued: str  # proclitics written against it: «ب» of «بـ٢٥»
    before: str  # the word before
    after: str  # the word behind
    after_end: int
    governor: str = ""  # the word before the word before
    joined: Case | None = None  # the case of the number before, if «و» joins this one to it
    second: str = ""  # the word behind the word behind
    shared: Gender | None = None  # the gender of a noun that stands behind the next number: «من ٥ إلى ١٠ سنوات»


@dataclass(frozen=True)
class NumberReader:
    """Plans the words for the numbers of a text; the options are those of `map_numbers_to_words`."""

    gender: Gender
    case: Literal["auto", "nominative", "oblique"]
    hundred: Hundred
    months: Months
    point: str
    decimals: Literal["point", "parts"]
    unsure: Literal["leave", "read"]

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        kept = spans.find(map(spans.compiled, _ADDRESSES), text) if _MAY_HOLD_ADDRESSES.search(text) else []
        at = done = 0
        last: tuple[int, Case] = (0, "nominative")
        for match in _readable().finditer(text):
            start, end = match.span()
            while at < len(kept) and kept[at][1] <= start:
                at += 1
            if start < done or (at < len(kept) and kept[at][0] < end) or _is_claimed(text, start, end):
                continue
            minus = _is_negative(text, start)
            context = _context(text, start - minus, end)
            if context and _is_joined(text, last[0], start - minus, context):
                context = context._replace(joined=last[1])
            planned = self._planned(match, context, minus)
            if planned:
                done = planned[1]
                last = done, self._case(context)  # type: ignore[arg-type]
                yield planned

    def _planned(self, match: re.Match[str], context: Context | None, minus: bool) -> tuple[int, int, str] | None:
        """Where a number that *match* found stands with what is glued to it, and its words; None where it stays.

        The proclitics stay as they are written («بـ٣» → «بثلاثة»); the article of the words goes where one is glued on.
        """
        start, end = match.span()
        start -= minus
        kind = _kind(match)
        if context is None or (minus and kind not in _SIGNED):
            return None
        reading = getattr(self, f"_{kind}")(match, context)
        if reading is None:
            return None
        words, taken = ("سالب " if minus else "") + reading[0], reading[1]
        glued = context.glued.rstrip("\u0640 ")
        if glued.endswith(("ال", "لل")):
            words = words if words.startswith("ال") else _definite(words)
            words = words[2:]  # the article stands already
        return start - len(context.glued), max(end, taken), glued + words

    # One method for each way of writing. Each gives the words, and how far they reach (0: as far as the match).

    def _number(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        """The words of a bare number: a decimal, digits one by one where it names something, else a cardinal."""
        digits = match["number"].translate(_ASCII)
        whole, _, decimals = digits.partition(".")
        if decimals:
            # «12.500» is as likely thousands, as the Maghreb writes them
            ambiguous = _DOTTED.fullmatch(match["number"]) or not _fits(whole)
            return None if ambiguous else (self._decimal(whole, decimals, self._case(context), self.gender), 0)
        if _is_code(match["number"]) or self._is_named_code(match["number"], context):
            return (_spelled(digits), 0) if 3 <= len(digits) <= 20 else None
        if not _fits(digits):
            return None
        return self._counting(int(digits), context)

    def _is_named_code(self, written: str, context: Context) -> bool:
        """«رقم الحساب 12345678»: nobody reads it as millions, unless something is counted."""
        after = context.after
        if not written.isdecimal() or (after and (nouns.is_known(after) or nouns.is_known(after.removesuffix("ا")))):
            return False
        before, governor = _bare(context.before), _bare(context.governor)
        if not tables.SECRET_NOUNS.isdisjoint((before, governor)):
            return len(written) >= _LEAST_SECRET
        if before in tables.CODE_NOUNS:
            return len(written) >= _LEAST_CODE
        return governor in tables.CODE_NOUNS and len(written) >= _LEAST_LONG_CODE

    def _counting(self, number: int, context: Context) -> tuple[str, int] | None:
        """The words of a whole number by what stands beside it.

        Behind the article and behind a noun that is numbered («الفصل 3») an ordinal, else a year, else a cardinal that
        agrees with the noun behind it.
        """
        case = self._case(context)
        if context.glued.rstrip("\u0640 ").endswith(("ال", "لل")):
            return self._definite_counting(number, context, case), 0
        by_noun = tables.ORDINAL_NOUNS.get(_bare(context.before)) if not context.glued else None
        if by_noun and _counts_in_calendar(number, context):
            by_noun = None
        if by_noun and 1 <= number <= 100:
            case = self._case_before(context)
            is_hour = _bare(context.before) == "الساعة"
            return (_hour(number, case) if is_hour else ordinal(number, by_noun, case, hundred=self.hundred)), 0
        year = self._year(number, context)
        if year:
            return year, 0
        word = context.after
        if number and word and nouns.is_noun(word, number):
            return self._with_noun(number, word, context, case)
        return self._cardinal(number, context.shared or self.gender, case), 0

    def _year(self, number: int, context: Context) -> str:
        """«في العام ٢٠١٩» and «مايو ٢٠١٩» have their year in the genitive, as «عام ٢٠١٩» has; else nothing."""
        before = _bare(context.before)
        named = before in tables.MONTH_NAMES or f"{_bare(context.governor)} {before}" in tables.MONTH_NAMES
        if not (named and number in _CALENDAR) and not (before in _YEARS and number > 99):
            return ""
        # «السنة ٣٦٥ يوما»
        if number not in _CALENDAR and context.after and nouns.is_noun(context.after, number):
            return ""
        gender: Gender = "feminine" if before.endswith("سنة") else "masculine"
        return self._cardinal(number, gender, "oblique" if self.case == "auto" else self.case)

    def _definite_counting(self, number: int, context: Context, case: Case) -> str:
        """«القرن الـ21» is «القرن الحادي والعشرون», «الدول الـ28» «الدول الثماني والعشرون»."""
        before = _bare(context.before) if context.glued[0] == "ا" else ""
        by_noun = _is_one_definite(before)
        if by_noun and 1 <= number <= 999:
            return ordinal(number, by_noun, self._case_before(context), hundred=self.hundred)
        gender = nouns.gender_of(before[2:], 3) if before.startswith("ال") else None
        if gender is None and context.after and nouns.is_noun(context.after, number):
            gender = nouns.gender_of(context.after, number)  # «الـ48 ساعة الماضية»
        return self._cardinal(number, gender or self.gender, case)

    def _with_noun(self, number: int, word: str, context: Context, case: Case) -> tuple[str, int] | None:
        """The words of a number before *word*, which it counts; None where it shows a gender that is not known."""
        rest = number % 100
        if number in (1, 2):
            return self._one_or_two(number, word, context, case)
        if rest in (1, 2):
            return self._hundreds_and(number, rest, word, context, case)
        gender = nouns.gender_of(word, number)
        if gender is None:
            if _shows_gender(number) and self.unsure == "leave":
                return None
            gender = self.gender
        # «مائتا كتاب», «ألف كتاب», but «مائتان قال»: a dual loses its nun before a noun only
        construct = 3 <= rest <= 10 or (not rest and nouns.is_known(word))
        return cardinal(number, gender, case, construct=construct, hundred=self.hundred), 0

    def _one_or_two(self, number: int, word: str, context: Context, case: Case) -> tuple[str, int] | None:
        """«١ كتاب» is «كتاب واحد», «٢ كتاب» «كتابان»: the noun itself is changed, so it has to be known."""
        if nouns.is_doubled(word):
            if number == 2:
                # «مليارا دولار»
                construct = word in _SCALE_WORDS and nouns.is_known(context.second)
                return dual(word, case, construct=construct), context.after_end
            one = "واحدة" if nouns.gender_of(word, 11) == "feminine" else "واحد"
            return f"{word} {one}", context.after_end
        if number == 2 and len(word) > 4 and word.endswith(("ان", "ين")):
            return word, context.after_end  # «٢ كتابان»
        return None if self.unsure == "leave" else (self._cardinal(number, self.gender, case), 0)

    def _hundreds_and(self, number: int, rest: int, word: str, context: Context, case: Case) -> tuple[str, int] | None:
        """«١٠٢ صفحة» is «مائة صفحة وصفحتان»: the noun is said twice."""
        if nouns.is_doubled(word):
            first = cardinal(number - rest, case=case, construct=True, hundred=self.hundred)
            return f"{first} {word} و{word if rest == 1 else dual(word, case)}", context.after_end
        return None if self.unsure == "leave" else (self._cardinal(number, self.gender, case), 0)

    def _measure(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        noun, behind = tables.UNITS[match["unit"]]
        return self._amount(match["n5"], noun, self._case(context), behind)

    def _amount(self, written: str, noun: Noun, case: Case, behind: str) -> tuple[str, int] | None:
        whole, _, decimals = _ascii(written).partition(".")
        if not _fits(whole):
            return None
        if decimals.strip("0"):
            one = f"{noun.one} {nouns.agreeing(noun, 'one', case)}".rstrip()
            return " ".join(filter(None, (self._decimal(whole, decimals, case), one, behind))), 0
        return nouns.counted(int(whole), noun, case, self.hundred, behind), 0

    def _money(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        """The words of an amount of money; a scale between amount and currency stays there: «خمسة ملايين دولار»."""
        code = match["code1"] or match["code2"]
        sign = match["sign1"] or match["sign2"] or match["sign3"]
        currency = tables.CURRENCIES[code] if code else tables.CURRENCY_SIGNS[sign]
        digits = _ascii(match["n1"] or match["n2"])
        case = self._case(context)
        # «$ 5 مليون»: the scale word comes between the amount and the currency
        scale = _SCALE_WORDS.get(context.after)
        if scale and _fits(digits.partition(".")[0]):
            number = self._number_alone(digits, case)
            return f"{number} {context.after} {currency.main.one}", context.after_end
        return self._currency(digits, currency, case)

    def _number_alone(self, digits: str, case: Case) -> str:
        whole, _, decimals = digits.partition(".")
        return self._decimal(whole, decimals, case) if decimals else self._cardinal(int(whole), "masculine", case)

    def _currency(self, digits: str, currency: Currency, case: Case) -> tuple[str, int] | None:
        """An amount in the main unit and its parts; None where it has more decimals than the currency has."""
        whole, _, decimals = digits.partition(".")
        places = len(str(currency.parts)) - 1
        if not _fits(whole) or len(decimals) > places:
            return None
        parts = int(decimals.ljust(places, "0")) if decimals else 0
        said = []
        if int(whole) or not parts:
            said.append(nouns.counted(int(whole), currency.main, case, self.hundred))
        if parts:
            said.append(nouns.counted(parts, currency.part, case, self.hundred))
        return " و".join(said), 0

    def _percent(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        """The words of a rate: «خمسون في المئة»."""
        written = match["n3"] or match["n4"]
        whole, _, decimals = _ascii(written).partition(".")
        if not _fits(whole):
            return None
        case = self._case(context)
        number = self._decimal(whole, decimals, case) if decimals else self._cardinal(int(whole), "masculine", case)
        rate = _RATES[match["rate"] or match["rate2"]]
        return f"{number} في {'ال' + self.hundred if rate == 'hundred' else rate}", 0

    def _range(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        """The words of a range, by «إلى»; None where it does not rise.

        The last number agrees with the noun behind it, the first one follows its gender.
        """
        low, high = (match[name].translate(_ASCII) for name in ("low", "high"))
        if not (_fits(low) and _fits(high)) or int(low) >= int(high) or _is_code(match["low"]):
            return None
        case = self._case(context)
        if match["rate3"]:
            parts = self._cardinal(int(low), "masculine", case), self._cardinal(int(high), "masculine", "oblique")
            return f"{' إلى '.join(parts)} في ال{self.hundred}", 0
        if int(low) in _CALENDAR and int(high) in _CALENDAR and self.case == "auto":
            case = "oblique"  # «الفترة ٢٠١٠-٢٠١٥»: years
        last = self._counting(int(high), context._replace(before="إلى", glued=""))
        if last is None:
            return None
        gender = self.gender
        if context.after and nouns.is_noun(context.after, int(high)):
            gender = nouns.gender_of(context.after, int(high)) or self.gender
        return f"{self._cardinal(int(low), gender, case)} إلى {last[0]}", last[1]

    def _date(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        year, month, day = (int((match[f"{name}1"] or match[f"{name}2"]).translate(_ASCII)) for name in ("y", "m", "d"))
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return self._day(day, self._month(month, year), year, match["era2"], context), 0

    def _monthly(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        """«05/2023» is May of a year, «12-2019» no range."""
        month, year = (int(match[name].translate(_ASCII)) for name in ("m4", "y4"))
        if not 1 <= month <= 12:
            return None
        return f"{self._month(month, year)} عام {self._cardinal(year, 'masculine', 'oblique')}", 0

    def _month(self, month: int, year: int) -> str:
        # years of the Hijra are below 1700, those of the calendars in use above
        return _HIJRI[month - 1] if year < 1700 else tables.MONTHS[self.months][month - 1]

    def _named(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        day = int(match["d3"].translate(_ASCII))
        if not 1 <= day <= 31:
            return None
        year = int(match["y3"].translate(_ASCII)) if match["y3"] else None
        return self._day(day, match["month"], year, match["era"], context), 0

    def _dated(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        """«سنة ١٤٤٥هـ»; elsewhere «م» may be a metre."""
        before = _bare(context.before)
        if before not in _YEARS:
            return None
        teh = "ة" if before.endswith("سنة") else ""
        era = {"م": "ميلادي"}.get(match["age"], "هجري")
        gender: Gender = "feminine" if teh else "masculine"
        return f"{self._cardinal(int(match['year'].translate(_ASCII)), gender, 'oblique')} {era}{teh}", 0

    def _day(self, day: int, month: str, year: int | None, era: str | None, context: Context) -> str:
        words = f"{ordinal(day, 'masculine', self._case(context))} من {month.replace('ذو ', 'ذي ')}"
        if year is None:
            return words
        if not era:
            return f"{words} عام {self._cardinal(year, 'masculine', 'oblique')}"
        return f"{words} سنة {self._cardinal(year, 'feminine', 'oblique')} {'ميلادية' if era == 'م' else 'هجرية'}"

    def _time(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        """The words of a time of day; twenty and fifteen minutes before the next hour by that: «الثالثة إلا ربعا»."""
        hour, minute = (int(match[name].translate(_ASCII)) for name in ("hour", "minute"))
        if hour > 24 or minute > 59:
            return None
        case = self._case_before(context) if _bare(context.before) == "الساعة" else self._case(context)
        second = match["second"] and int(match["second"].translate(_ASCII))
        said = _MINUTES.get(minute) if not second else None
        if said is None:
            said = "".join(
                f" و{nouns.counted(n, noun, case, self.hundred)}"
                for n, noun in ((minute, _MINUTE), (second, _SECOND))
                if n
            )
        hour = hour + 1 if said.startswith(" إلا") else hour
        return _hour((hour - 1) % 12 + 1 if hour in (0, 24, 25) else hour, case) + said, 0

    def _mixed(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        part = _FRACTIONS[match["part"]]
        if self._case(context) == "oblique":
            part = part.replace("ان", "ين") if part.endswith("ان") else part
        if not match["whole"]:
            return part, 0
        return f"{self._cardinal(int(match['whole'].translate(_ASCII)), self.gender, self._case(context))} و{part}", 0

    def _fraction(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        """«1 1/2» is «واحد ونصف», «3/4 المساحة» «ثلاثة أرباع المساحة»; a fraction of nothing may be a date."""
        top, bottom = (int(match[name].translate(_ASCII)) for name in ("top", "bottom"))
        if not 0 < top < bottom <= 10 or not (match["ones"] or _has_parts(context)):
            return None
        part, few = _PARTS[bottom]
        case = self._case(context)
        two = dual(part, case, construct=not match["ones"])
        said = {1: part, 2: two}.get(top) or f"{self._cardinal(top, 'masculine', case)} {few}"
        if not match["ones"]:
            return said, 0
        return f"{self._cardinal(int(match['ones'].translate(_ASCII)), self.gender, case)} و{said}", 0

    def _phone(self, match: re.Match[str], context: Context) -> tuple[str, int] | None:
        written = match["phone"].translate(_ASCII)
        digits = "".join(filter(str.isdigit, written))
        if not 7 <= len(digits) <= 15:  # ITU-T E.164: at most 15, with the country's
            return None
        return ("زائد " if written[0] == "+" else "") + _spelled(digits), 0

    def _cardinal(self, number: int, gender: Gender, case: Case) -> str:
        return cardinal(number, gender, case, hundred=self.hundred)

    def _decimal(self, whole: str, decimals: str, case: Case, gender: Gender = "masculine") -> str:
        """«ثلاثة فاصلة خمسة»; zeros that lead the decimals are said, and more than three are said one by one."""
        if self.decimals == "parts" and len(decimals) < len(_PARTS_OF) and int(decimals):
            part = self._cardinal(int(decimals), "masculine", case)
            ones = f"{self._cardinal(int(whole), gender, case)} و" if int(whole) else ""
            return f"{ones}{part} من {_PARTS_OF[len(decimals)].format(hundred=self.hundred)}"
        zeros = len(decimals) - len(decimals.lstrip("0"))
        rest = decimals[zeros:]
        if len(decimals) > 3 or not rest:
            tail = _spelled(decimals)
        else:
            tail = " ".join(["صفر"] * zeros + [self._cardinal(int(rest), gender, "nominative")])
        return f"{self._cardinal(int(whole), gender, case)} {self.point} {tail}"

    def _case(self, context: Context) -> Case:
        """The case of a number: the genitive where a preposition or a construct before it says so."""
        if self.case != "auto":
            return self.case
        if context.glued.lstrip("وف").startswith(PREPOSITIONS):
            return "oblique"
        if context.joined:
            return context.joined
        before = _bare(context.before)
        if context.before in tables.GOVERNING or before in tables.GOVERNING:
            return "oblique"
        if context.glued:
            return self._case_before(context) if before.startswith("ال") else "nominative"
        if _bare(context.governor) in tables.EXTENT and (before.startswith("ال") or before.endswith(("ه", "ها"))):
            return "oblique"  # «تبعد المدينة ٨٥ كيلومترا», «بلغ عمره ٦٠ عاما»
        return "oblique" if before in tables.CONSTRUCT_NOUNS or _is_construct(before) else "nominative"

    def _case_before(self, context: Context) -> Case:
        """The case of an ordinal is that of its noun: «في القرن الحادي والعشرين», «نهاية القرن», «بالمادة»."""
        if self.case != "auto":
            return self.case
        governor = _bare(context.governor)
        governed = governor in tables.PREPOSITIONS or governor in tables.CONSTRUCT_NOUNS or _is_construct(governor)
        noun = context.before.removeprefix("و")
        return "oblique" if governed or noun.startswith(("بال", "لل", "كال")) else "nominative"


#: Years of the calendars in use that may stand behind a month.
_CALENDAR = range(1000, 2200)
#: Digits without grouping that are a code if the word before says so («رقم», «هاتف»): «رقم 1250» is read as a number.
_LEAST_CODE = 5
#: The same one word further on: «الرقم الوطني 9871234567».
_LEAST_LONG_CODE = 9
#: The same behind a noun that announces nothing else: «رمز التحقق 4821».
_LEAST_SECRET = 3
_SIGNED = frozenset(("number", "measure", "percent", "money"))
_KINDS = frozenset("phone date monthly named time money percent measure range mixed fraction dated number".split())
_YEARS = frozenset(("عام", "العام", "سنة", "السنة"))
_CALENDAR_NOUNS = frozenset("اليوم الأسبوع الشهر السنة العام الليلة الساعة الدقيقة الفصل".split())
_MINUTE, _SECOND = Noun("دقيقة", "دقائق", "feminine"), Noun("ثانية", "ثوان", "feminine")
#: One part and several, by how many make a whole.
_PARTS = {
    n: (one, few)
    for n, one, few in zip(
        range(2, 11),
        "نصف ثلث ربع خمس سدس سبع ثمن تسع عشر".split(),
        "أنصاف أثلاث أرباع أخماس أسداس أسباع أثمان أتساع أعشار".split(),
        strict=True,
    )
}
#: What stands behind a date rather than behind a part («1/2 الماضي»), and before one («يوم 1/2»).
_OF_A_DATE = frozenset("ماضي ماضية مقبل مقبلة قادم قادمة جاري حالي موافق عام سنة يوم شهر صباحا مساء الساعة".split())
_BEFORE_A_DATE = frozenset("يوم اليوم تاريخ بتاريخ منذ حتى الموافق ليلة مساء صباح".split())


def _has_parts(context: Context) -> bool:
    """Whether one says «ثلاثة أرباع» of what follows: «المساحة», «السكان», «ساعة», «كيلو»."""
    word = context.after
    bare = word.removeprefix("ال")
    if word in _OF_A_DATE or bare in _OF_A_DATE or _bare(context.before) in _BEFORE_A_DATE:
        return False
    return len(word) > len("ال") + 2 if word != bare else bare in tables.MEASURED or bare in nouns.lists().singular


def _counts_in_calendar(number: int, context: Context) -> bool:
    """Whether it says how many there are in a day, a month …: «في اليوم ٢٤ ساعة», while «اليوم ٣» is the third."""
    word = context.after
    if _bare(context.before) not in _CALENDAR_NOUNS or not nouns.is_noun(word, number):
        return False
    known = nouns.lists()
    if 3 <= number % 100 <= 10:
        return word in known.masculine or word in known.feminine or word.endswith("ات")
    return word.endswith(("ا", "ة")) and (word in known.singular or word.removesuffix("ا") in known.singular)


def _is_one_definite(word: str) -> Gender | None:
    """The gender of a definite noun in the singular: «الذكرى», «اليوم»; None for «الدول», «الطلبة», and for no noun."""
    if word in tables.ORDINAL_NOUNS:
        return tables.ORDINAL_NOUNS[word]
    bare = word.removeprefix("ال")
    known = nouns.lists()
    if bare == word or bare in known.masculine or bare in known.feminine:
        return None
    return nouns.gender_of(bare, 11) if bare in known.singular or bare.endswith("ة") else None


#: By the number of decimals.
_PARTS_OF = ("", "عشرة", "{hundred}", "ألف", "عشرة آلاف", "{hundred} ألف", "مليون")
_MINUTES = {0: "", 15: " والربع", 20: " والثلث", 30: " والنصف", 40: " إلا ثلثا", 45: " إلا ربعا"}
_HIJRI = "محرم;صفر;ربيع الأول;ربيع الآخر;جمادى الأولى;جمادى الآخرة;رجب;شعبان;رمضان;شوال;ذي القعدة;ذي الحجة".split(";")
_SCALE_WORDS = dict.fromkeys("ألف آلاف مليون ملايين مليار مليارات بليون تريليون".split(), True)


def _hour(hour: int, case: Case) -> str:
    """The hour of a clock: one o'clock is «الواحدة», while «الأولى» is the first of several hours."""
    return "الواحدة" if hour == 1 else ordinal(hour, "feminine", case)


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _KINDS if match[kind] is not None)


def _ascii(amount: str) -> str:
    """An amount in plain digits; a comma before one or two digits is a point."""
    return amount.replace(",", "." if "," in amount[-3:] else "").translate(_ASCII)


def _fits(digits: str) -> bool:
    return len(digits) <= 16 and int(digits) <= LARGEST


def _is_code(written: str) -> bool:
    """«0501234567», «007»: said digit by digit. Grouped digits are a number, however long."""
    digits = written.translate(_ASCII)
    return len(digits) > 1 and digits[0] == "0" and "," not in written and "٬" not in written


def _spelled(digits: str) -> str:
    return " ".join(cardinal(int(digit)) for digit in digits)


def _shows_gender(number: int) -> bool:
    """Whether the two genders differ: not in «عشرون», «مائة», «ألف»."""
    return number % 10 > 0 or number % 100 == 10


# What makes a number part of a name, a version, a sum or a score: «iPhone 15», «v1.2.3», «2+2», «3-1».
_SIGN = "°%٪‰؉$€£"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_CLAIMING = lazy_pattern(rf"(?:[{_LATIN}_#@&][ -]?|[+=≠*×÷<>≮≯~^\\/] ?|[-−–]|[{_D}{_VULGAR}{_SIGN}][.,:٫٬])\Z")
_CLAIMING_BEHIND = lazy_pattern(
    rf"{_SPACE}?[{_LATIN}_@+=≠*×÷<>≮≯~^\\]|[/&]|{_SPACE}[{_D}]{{1,3}}[/⁄][{_D}]{{1,3}}(?![/⁄.{_D}])"
    rf"|(?<=[{_D}{_VULGAR}{_SIGN}])[.,:٫٬-][{_D}{_VULGAR}{_SIGN}{_LATIN}]"
)
_BEFORE_MINUS = lazy_pattern(r"(?:^|[\s(\[«])[-−]\Z")


# «بعد ٣ أيام و٢٠ ساعة»: what the first number counts may stand between the two, and an adjective.
_BETWEEN = lazy_pattern(rf"(?:{_SPACE}{_WORD}){{0,2}}{_SPACE}\Z")


def _is_joined(text: str, end: int, start: int, context: Context) -> bool:
    """Whether «و» alone joins the number at *start* to the one that ends at *end*, whose case it then has."""
    if not end or context.glued.rstrip("\u0640") != "و":
        return False
    return _BETWEEN.fullmatch(text, end, start - len(context.glued)) is not None


def _is_claimed(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 2) : start]
    if _CLAIMING.search(before) and not _is_negative(text, start):
        return True
    return _CLAIMING_BEHIND.match(text, end) is not None


def _is_negative(text: str, start: int) -> bool:
    """Whether a minus sign stands before the number and belongs to nothing else."""
    return _BEFORE_MINUS.search(text[max(0, start - 2) : start]) is not None


def _context(text: str, start: int, end: int) -> Context | None:
    """What stands around the number; None where letters that are no proclitic touch it."""
    left = text[max(0, start - _REACH) : start]
    glued = ""
    if left and (_LETTER_AT_END.search(left) or _PARTED.search(left)):
        match = _GLUED.search(left)
        if not match or not match[1]:
            return None
        glued = match[1]
        left = left[: len(left) - len(glued)]
    right = text[end : end + _REACH]
    if right and _LETTER.match(right):
        return None
    before = _BEFORE.search(left)
    after = _NEXT.match(right)
    return Context(
        glued,
        nouns.plain(before[2]) if before and before[2] else "",
        nouns.plain(after[1]) if after else "",
        end + after.end(1) if after else 0,
        nouns.plain(before[1]) if before and before[1] else "",
        second=nouns.plain(after[2]) if after and after[2] else "",
        shared=None if after and not _TO.match(right) else _shared(right, before[2] if before else None),
    )


# «من ٥ إلى ١٠ سنوات», «٥ أو ٦ سنوات», «بين ٥ و١٠ سنوات»: one noun behind two numbers.
_TO = lazy_pattern(f"{_SPACE}(?:إلى|الى|أو|او|حتى|و)")
_SHARED = lazy_pattern(
    rf"{_SPACE}(?:(?:إلى|الى|أو|او|حتى){_SPACE}|(و){_SPACE}?)([{_D}]{{1,6}}){_SPACE}({_WORD})(?![\w@])"
)


def _shared(right: str, before: str | None) -> Gender | None:
    match = _SHARED.match(right)
    if not match or (match[1] and before != "بين"):
        return None
    number, word = int(match[2].translate(_ASCII)), nouns.plain(match[3])
    return nouns.gender_of(word, number) if nouns.is_noun(word, number) else None


def _bare(word: str) -> str:
    """*word* without «و», «ف» and a preposition before its article: «وبالمادة» is «المادة»."""
    for proclitic in ("و", "ف"):
        word = word[1:] if word.startswith(proclitic) and len(word) > 3 else word
    if word.startswith(("بال", "كال")):
        return word[1:]
    return "ال" + word[2:] if word.startswith("لل") else word


# Verbal nouns by their form, which no verb shares: «إطلاق», «تدريب», «استقبال», «انتخاب», and what ends in teh marbuta.
_L = f"[{ARABIC_LETTER}]"
_CONSTRUCT = lazy_pattern(f"[بل]?(?:إ{_L}{{2,}}ا{_L}|ت{_L}{{2}}ي{_L}|ا{_L}{{3,4}}ا{_L}|{_L}{{3,}}ة)")


def _is_construct(word: str) -> bool:
    """Whether *word* is a noun without article, so that a number behind it is its genitive: «بمشاركة ٢٠ دولة»."""
    return not word.startswith("ال") and _CONSTRUCT.fullmatch(word) is not None


def _definite(words: str) -> str:
    """The article before a number: on its first word, and on each that «و» joins: «الخمسة والعشرون»."""
    return re.sub(r"ثمان(?= |\Z)", "ثماني", "ال" + words.replace(" و", " وال"))
