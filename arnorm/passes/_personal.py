"""Telephone, account and national numbers: what is sure to be one, by form, check digits and the word before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from arnorm.chars import DIGIT, TATWEEL
from arnorm.lazy import lazy_pattern
from arnorm.trace import Span

_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
# What makes digits part of something longer: a URL, a decimal, a date, a time, an identifier; not a preposition on a
# stroke, «بـ0551234567».
_NOT_BEFORE = rf"(?:(?<![\w{DIGIT}@#=&/.,٫٬%$€£_-])(?<![{DIGIT}]:)|(?<=[بل]{TATWEEL}))"
_NOT_BEHIND = rf"(?![\w{DIGIT}@#=&/%٪_]|[.,٫٬:-][{DIGIT}])"


def ascii_digits(text: str) -> str:
    """The digits of *text*, in ASCII, and nothing else."""
    return re.sub("[^0-9]", "", text.translate(_ASCII))


# -- telephone numbers ---------------------------------------------------------------------------------------------

# Groups of two digits and more, one sign between two of them; the plus may stand behind, as it does where a number
# was typed from right to left.
_GROUP = rf"[ \u00a0\-]?(?:\(?[{DIGIT}]{{2,12}}\)?|\([{DIGIT}]\))"
# Behind a plus or its «00» the code of an area may have one digit: «+971 4 123 4567».
_AREA = rf"(?:\+ ?|00|٠٠|۰۰)[{DIGIT}]{{1,3}}[ \u00a0\-][{DIGIT}](?=[ \u00a0\-])"
_PHONE = lazy_pattern(
    rf"{_NOT_BEFORE}\(?(?:{_AREA}|(?:\+ ?)?\(?[{DIGIT}]{{1,4}}\)?)(?:{_GROUP}){{1,6}}\+?(?<![ (]){_NOT_BEHIND}"
)
_ABROAD = lazy_pattern(r"\+[1-9][0-9]{8,14}|00[1-9][0-9]{8,14}")
# Mobile numbers, as they are dialled at home and with the country's number but no sign for it: Saudi Arabia, the
# Emirates, Palestine, Morocco, Algeria (05, 06, 07), Jordan and Iraq (07), Syria, Libya and Sudan (09), Egypt (010,
# 011, 012, 015). From the numbering plans that the International Telecommunication Union lists.
_MOBILE = lazy_pattern(
    r"0[5679][0-9]{8}|07[0-9]{9}|01[0125][0-9]{8}"
    r"|(?:9665|9715|9705|9627|212[67]|213[567])[0-9]{8}|9647[0-9]{9}|201[0125][0-9]{8}"
)
_PHONE_WORD = lazy_pattern(
    r"(?:ه[اوـ]*اتف\w*|تل[يـ]*فون\w*|جوال\w*|موبا[يـ]*ل\w*|محمول\w*|فاكس\w*|وات[سـ]*[ \-]?اب|واتس|اتصل(?:وا)?|للاتصال|"
    r"(?i:tel|phone|mobile|whats ?app|fax|call))"
    r"[ :.\-–(\u00a0]*(?:(?:على|ب|بـ|الرقم|رقم|بالرقم|رقمها?|هو)[ :.\-–(\u00a0]*)*\Z"
)
_LONGEST_CONTEXT = 40  # characters before a number in which its word is looked for


def phone_numbers(text: str) -> Iterator[Span]:
    """Telephone numbers: international ones, mobile ones of Arab countries, and any that its word names."""
    for match in _PHONE.finditer(text):
        digits = ascii_digits(match[0])
        marked = "+" + digits if "+" in match[0] else digits
        named = 6 <= len(digits) <= 15 and _named(_PHONE_WORD, text, match.start())
        if named or _ABROAD.fullmatch(marked) or (_MOBILE.fullmatch(digits) and not _is_book(text, match.start())):
            yield match.span()


def _named(word: re.Pattern[str], text: str, start: int) -> bool:
    return word.search(text, max(0, start - _LONGEST_CONTEXT), start) is not None


def _is_book(text: str, start: int) -> bool:
    return _named(_BOOK_WORD, text, start)


_BOOK_WORD = lazy_pattern(r"(?:ISBN|ISSN|ردمك)[ :\-0-9]*\Z")


# -- account numbers -----------------------------------------------------------------------------------------------

# Lengths by country, from the IBAN registry (ISO 13616).
_IBAN_LENGTHS = {
    15: "NO",
    16: "BE",
    18: "DK FI FO GL NL SD",
    19: "MK SI",
    20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA",
    23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST",
    26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HU LB NI PL SV",
    29: "BR EG PS QA UA",
    30: "JO KW MU YE",
    31: "MT SC",
    32: "LC",
    33: "RU",
}
_LENGTH_OF = {country: length for length, countries in _IBAN_LENGTHS.items() for country in countries.split()}
_IBAN = lazy_pattern(r"(?<![A-Za-z0-9])([A-Za-z]{2})[0-9]{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,29}")
_LONGEST_IBAN = 33 * 2  # with a space behind every character


def ibans(text: str) -> Iterator[Span]:
    """International bank account numbers whose length and check digits are right."""
    at = 0
    while match := _IBAN.search(text, at):
        at = match.start() + 2
        length = _LENGTH_OF.get(match[1].upper(), 0)
        places = [m.start() for m in re.finditer("[A-Za-z0-9]", text[match.start() : match.start() + _LONGEST_IBAN])]
        if not length or len(places) < length:
            continue
        end = match.start() + places[length - 1] + 1
        number = re.sub("[^A-Za-z0-9]", "", text[match.start() : end]).upper()
        if not text[end : end + 1].isalnum() and _is_iban(number):
            yield match.start(), end
            at = end


def _is_iban(number: str) -> bool:
    """ISO 7064, mod 97-10: letters count from 10."""
    return int("".join(str(int(c, 36)) for c in number[4:] + number[:4])) % 97 == 1


# -- national numbers ----------------------------------------------------------------------------------------------

_DASHED = rf"[7٧۷][8٨۸][4٤۴]([ -])[{DIGIT}]{{4}}\1[{DIGIT}]{{7}}\1[{DIGIT}]"  # 784-1984-1234567-4
_ID = lazy_pattern(rf"{_NOT_BEFORE}(?:[{DIGIT}]{{8,18}}|{_DASHED}){_NOT_BEHIND}")
_ID_WORD = lazy_pattern(
    r"(?:هوي[ةه]|هويت[يهك]\w?|[إا]قام[ةه]|[إا]قامت[يهك]\w?|الرقم (?:القومي|الوطني|المدني|الشخصي)|السجل المدني|"
    r"البطاق[ةه] (?:المدني[ةه]|الوطني[ةه]|الشخصي[ةه])|بطاق[ةه] (?:التعريف|الهوي[ةه])(?: الوطني[ةه])?|"
    r"(?i:national id|id no))[ :.\-–(\u00a0]*(?:(?:الوطني[ةه]|رقم|رقمها?|هو|هي)[ :.\-–(\u00a0]*)*\Z"
)
# Digits of the national numbers of Arab states: Tunisia 8, Bahrain and Oman 8 to 9, Saudi Arabia and Jordan 10, Qatar
# and Syria 11, Kuwait, Iraq, Libya and Lebanon 12, Egypt 14, the Emirates 15, Algeria 18.
_ID_LENGTHS = frozenset([8, 9, 10, 11, 12, 14, 15, 18])


def national_ids(text: str) -> Iterator[Span]:
    """National numbers: those that their dates and check digits prove, and those that their word names."""
    for match in _ID.finditer(text):
        digits = ascii_digits(match[0])
        named = len(digits) in _ID_LENGTHS and _named(_ID_WORD, text, match.start())
        if named or _is_egyptian(digits) or _is_kuwaiti(digits) or _is_emirati(digits):
            yield match.span()


def _is_egyptian(digits: str) -> bool:
    """Century, date of birth, governorate (01 to 35, or 88 for abroad), four digits and one to check."""
    if len(digits) != 14 or digits[0] not in "23":
        return False
    return _is_date(digits[:7]) and (1 <= int(digits[7:9]) <= 35 or digits[7:9] == "88")


def _is_kuwaiti(digits: str) -> bool:
    """Century, date of birth, four digits, and one to check by the weights of the civil number, mod 11."""
    if len(digits) != 12 or digits[0] not in "23" or not _is_date(digits[:7]):
        return False
    weights = (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return 11 - sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11 == int(digits[11])


def _is_emirati(digits: str) -> bool:
    """784, year of birth, seven digits, and one to check by Luhn's rule."""
    return len(digits) == 15 and digits.startswith(("78419", "78420")) and _passes_luhn(digits)


def _passes_luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


def _is_date(digits: str) -> bool:
    """Whether a century (2 for 1900, 3 for 2000) and six digits are a day."""
    try:
        date(1700 + 100 * int(digits[0]) + int(digits[1:3]), int(digits[3:5]), int(digits[5:7]))
    except ValueError:
        return False
    return True


def replaced(spans: Iterable[Span], token: str) -> Iterator[tuple[int, int, str]]:
    """*token* for each of *spans*."""
    return ((start, end, token) for start, end in spans)
