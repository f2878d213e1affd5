"""Times of day in words: «الساعة تلاتة ونص العصر» is 15:30.

Only behind «الساعة», which no other number follows: elsewhere «ثلاثة ونصف» is three and a half.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from arnorm.numerals.from_words import Token, run, vocabulary

_HOURS = "الواحده الثانيه الثالثه الرابعه الخامسه السادسه السابعه الثامنه التاسعه العاشره الحاديه".split()
_TWENTY = ("والعشرون", "والعشرين")
_PARTS = {
    30: "نصف نص نصفا النصف النص",
    15: "ربع ربعا الربع",
    20: "ثلث تلت ثلثا الثلث التلت",
}
_PART_OF = {word: minutes for minutes, words in _PARTS.items() for word in words.split()}
_EXCEPT = ("الا", "غير")
_MINUTES = frozenset("دقيقه دقائق دقايق دقيقتان دقيقتين".split())
_SECONDS = frozenset("ثانيه ثوان ثواني ثانيتان ثانيتين".split())
_ONE_OR_TWO = {"دقيقه": 1, "دقيقتان": 2, "دقيقتين": 2, "ثانيه": 1, "ثانيتان": 2, "ثانيتين": 2}
# Hours after noon by the part of the day: the first hour that is of the afternoon.
_MORNING = frozenset("صباحا الصبح الصباح صباح فجرا الفجر بالصبح".split())
_AFTERNOON = frozenset("ظهرا الظهر عصرا العصر مساء المساء المسا مغرب المغرب العشاء".split())
_NIGHT = frozenset("ليلا الليل بالليل".split())


class Time(NamedTuple):
    """A time in words: the tokens *first* to *last* (exclusive), and how digits write it."""

    first: int
    last: int
    digits: str


def time_at(found: Sequence[Token], at: int) -> Time | None:
    """The time whose hour is the token *at*, which stands behind «الساعة»; None where there is none."""
    hour = _hour(found, at)
    if hour is None:
        return None
    last, value = hour
    last, minutes = _minutes(found, last)
    last, seconds = _seconds(found, last)
    end, value = _in_the_day(found, last, value)
    value, minutes = divmod(value * 60 + minutes, 60)
    if not value and end == last:
        value = 12  # «الواحدة إلا ربعا», and nothing says that it is night
    return Time(at, end, f"{value % 24:02}:{minutes:02}" + ("" if seconds is None else f":{seconds:02}"))


def _word(found: Sequence[Token], at: int) -> str:
    return found[at].folded if at < len(found) and found[at].near else ""


def _hour(found: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Where the words of an hour that begin at *at* end, and the hour; None where there is none.

    Ordinals are hours up to 23 («الحادية عشرة», «العشرون»); a cardinal is at most twelve, for «الساعة أربعة وعشرة» is
    ten past four.
    """
    word = _word(found, at)
    if word in _HOURS:
        value = _HOURS.index(word) + 1
        following = _word(found, at + 1)
        if following == "عشره" and value not in (1, 10):
            return at + 2, 11 if value == 11 else value + 10
        if following in _TWENTY and value in (2, 3, 11):
            return at + 2, 21 if value == 11 else value + 20
        return None if value == 11 else (at + 1, value)
    if word in ("العشرون", "العشرين"):
        return at + 1, 20
    number = run(found, at, vocabulary().get(word)) if word else None
    # «أربعة وعشرة» behind «الساعة» is ten past four
    while number and number[1] > 12:
        number = _shorter(found, at, number[0])
    return number if number and number[1] > 0 else None


def _shorter(found: Sequence[Token], at: int, last: int) -> tuple[int, int] | None:
    return run(found[: last - 1], at, vocabulary().get(found[at].folded)) if last - 1 > at else None


def _minutes(found: Sequence[Token], at: int) -> tuple[int, int]:
    """The minutes that follow the hour, which may be several steps: «ونص إلا خمسة»."""
    minutes = 0
    while True:
        word = _word(found, at)
        if word in _EXCEPT:
            step, sign = _step(found, at + 1, _word(found, at + 1)), -1
        elif word.startswith("و"):
            step, sign = _step(found, at, word[1:]), 1
        else:
            return at, minutes
        if step is None:
            return at, minutes
        at, minutes = step[0], minutes + sign * step[1]


def _step(found: Sequence[Token], at: int, word: str) -> tuple[int, int] | None:
    """Where the words of minutes that begin at *at* end, and how many; None where there are none.

    A bare number is one of minutes if it is of five at a time («وعشر»); another needs its noun («وسبع دقائق»).
    """
    if word in _PART_OF:
        return at + 1, _PART_OF[word]
    named = _counted(found, at, word, _MINUTES)
    if named:
        return named
    number = run(found, at, vocabulary().get(word)) if word else None
    if number is None or not 0 < number[1] < 60 or number[1] % 5 or _word(found, number[0]) in _SECONDS:
        return None
    return number


def _seconds(found: Sequence[Token], at: int) -> tuple[int, int | None]:
    word = _word(found, at)
    counted = _counted(found, at, word[1:], _SECONDS) if word.startswith("و") else None
    return counted or (at, None)


def _counted(found: Sequence[Token], at: int, word: str, of: frozenset[str]) -> tuple[int, int] | None:
    """Where so many minutes or seconds end, and how many they are: «ودقيقتان», «وخمس ثوان», «وصفر دقيقة»."""
    if word in _ONE_OR_TWO and word in of:
        return at + 1 + (_word(found, at + 1) == "واحده"), _ONE_OR_TWO[word]
    number = run(found, at, vocabulary().get(word)) if word else None
    if word == "صفر":
        number = at + 1, 0
    if number is None or number[1] >= 60 or _word(found, number[0]) not in of:
        return None
    return number[0] + 1, number[1]


def _in_the_day(found: Sequence[Token], at: int, hour: int) -> tuple[int, int]:
    """Where the words for the time of day at *at* end, and *hour* in 24 hours by them: «الثالثة عصرا» is 15."""
    word = _word(found, at)
    if word in ("بعد", "قبل") and _word(found, at + 1) in ("الظهر", "العصر", "المغرب"):
        afternoon = word == "بعد" or _word(found, at + 1) != "الظهر"
        return at + 2, hour % 12 + 12 * afternoon
    if word in _MORNING:
        return at + 1, hour % 12
    if word in _AFTERNOON:
        # «الحادية عشرة ظهرا» is before noon
        return at + 1, hour if hour == 12 or (hour == 11 and "ظهر" in word) else hour + 12
    if word in _NIGHT:
        return at + 1, hour % 12 + (12 if 5 < hour < 12 else 0)
    return at, hour
