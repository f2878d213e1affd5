"""Number words in a text, and what they are worth.

A number is read from left to right as it is spoken: the scales fall («مليون», «ألف»), and within one the hundreds
come first, then the unit, then the tens. What cannot go on ends it: «خمسة وستة» are two numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from arnorm.chars import ARABIC_LETTER, FOLDED, JOINED, JOINED_TWICE, MARK, TATWEEL
from arnorm.lazy import lazy_pattern
from arnorm.numerals import nouns, tables
from arnorm.numerals.cardinals import SCALES

WordClass = Literal["zero", "one", "unit", "ten", "teen", "tens", "hundred", "scale", "two scales"]

_MARKS = f"{MARK}{TATWEEL}"
#: A word, with what stands between it and the word before.
_TOKEN = lazy_pattern(rf"(?<![\w{_MARKS}])[{ARABIC_LETTER}][{ARABIC_LETTER}{_MARKS}]*+(?![\w@#])")
_SPACES = lazy_pattern("[ \u00a0]+")
# How people write the same number word: «اربعه», «أربعة»; «ميه», «مئة».
_PROCLITICS = (*JOINED_TWICE, *JOINED)


class NumberWord(NamedTuple):
    """A number word: its kind and its value."""

    kind: WordClass
    value: int


_FORMAL = {
    "zero": {0: "صفر"},
    "one": {1: "احد احدي"},
    "unit": {
        1: "واحد واحده",
        2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي تنين اتنين ثنين ثنتين تنتين",
        3: "ثلاثه ثلاث تلاته تلات",
        4: "اربعه اربع",
        5: "خمسه خمس",
        6: "سته ست",
        7: "سبعه سبع",
        8: "ثمانيه ثماني ثمان تمانيه تمنيه تمان تمن",
        9: "تسعه تسع",
    },
    "ten": {10: "عشره عشر"},
    # As they are said in Egypt, the Levant, the Gulf and Iraq.
    "teen": {
        11: "حداشر احداشر حدعشر احدعش حدعش هدعش",
        12: "اتناشر اثناشر اطناشر اثنعشر اتنعشر اثنعش اتنعش اطنعش طنعش ثنعش",
        13: "تلتاشر تلاتاشر ثلتاشر تلطاشر تلطعشر تلتعشر ثلطعش تلطعش ثلاثتعش تلتعش",
        14: "اربعتاشر اربعطاشر اربعتعشر اربعطعشر اربعطعش اربعتعش",
        15: "خمستاشر خمسطاشر خمستعشر خمسطعشر خمسطعش خمستعش",
        16: "ستاشر سطاشر ستعشر سطعشر سطعش ستعش ستطعش ستطعشر",
        17: "سبعتاشر سبعطاشر سبعتعشر سبعطعشر سبعطعش سبعتعش",
        18: "تمنتاشر تمانتاشر تمنطاشر ثمنتاشر تمنتعشر تمنطعشر ثمنطعش تمنطعش ثمنتعش تمنتعش",
        19: "تسعتاشر تسعطاشر تسعتعشر تسعطعشر تسعطعش تسعتعش",
    },
    "tens": {
        20: "عشرون عشرين",
        30: "ثلاثون ثلاثين تلاتين",
        40: "اربعون اربعين",
        50: "خمسون خمسين",
        60: "ستون ستين",
        70: "سبعون سبعين",
        80: "ثمانون ثمانين تمانين",
        90: "تسعون تسعين",
    },
    "hundred": {
        100: "مائه مئه مايه ميه",
        200: "مائتان مائتين مائتا مائتي مئتان مئتين مئتا مئتي ميتين",
    },
}
#: The first parts of «ثلاثمئة» and how they are said: «تلتميه».
_HUNDRED_STEMS = {
    3: "ثلاث تلات ثلث تلت",
    4: "اربع ربع",
    5: "خمس",
    6: "ست",
    7: "سبع",
    8: "ثمان ثماني تمان تمن ثمن",
    9: "تسع",
}


#: 100, folded.
_HUNDRED = ("مائه", "مئه", "مايه", "ميه")
#: Behind three to nine in dialects, before what is counted: «تلتميت جنيه». Alone it is a dead man.
_CONSTRUCT_HUNDRED = "ميت"
#: First parts of a hundred that are parts of one elsewhere: «تلت مية» is 300, «تلت» a third.
_CLIPPED = ("تلت", "ثلث", "ربع", "تمن", "ثمن")


@cache
def vocabulary() -> dict[str, NumberWord]:
    """Every number word, folded (`fold`), with what it is worth."""
    known: dict[str, NumberWord] = {}
    for kind, rows in _FORMAL.items():
        for value, words in rows.items():
            known |= dict.fromkeys(words.split(), NumberWord(kind, value))  # type: ignore[arg-type]
    for unit, stems in _HUNDRED_STEMS.items():
        for stem in stems.split():
            written = (stem + hundred for hundred in (*_HUNDRED, _CONSTRUCT_HUNDRED))
            known |= dict.fromkeys(written, NumberWord("hundred", unit * 100))
    for scale in SCALES:
        one = fold(scale.one)
        known |= dict.fromkeys((one, fold(scale.few), one + "ا"), NumberWord("scale", scale.value))
        known |= {one + ending: NumberWord("two scales", 2 * scale.value) for ending in ("ان", "ين", "ي")}
    known["الاف"] = known["تلاف"] = NumberWord("scale", 1000)  # «تلتلاف» is said in one word, and left alone
    for million in ("بليون", "بلايين"):
        known[million] = NumberWord("scale", 10**9)
    known["تريليون"] = known["ترليون"] = NumberWord("scale", 10**12)
    return known


def fold(word: str) -> str:
    """*word* without marks, and with the letters that writers of numbers exchange made one.

    >>> fold("أَرْبَعَة"), fold("مئة"), fold("مائة")
    ('اربعه', 'مئه', 'مائه')
    """
    return nouns.plain(word).translate(FOLDED)


# How the letters of a folded word may be written.
_WRITTEN = {"ا": "[اأإآ]", "ه": "[هة]", "ي": "[يى]", "ئ": "(?:ئ|ي\u0654)"}


@cache
def hint() -> str:
    """A pattern that matches in every text with a number word: the vocabulary as one tree of letters."""
    tree: dict[str, Any] = {}
    for word in vocabulary():
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return rf"(?<![{ARABIC_LETTER}])(?:{'|'.join(_PROCLITICS)})?(?:{_branches(tree)})(?![{ARABIC_LETTER}])"


def _branches(tree: dict[str, Any]) -> str:
    ways = [f"{_WRITTEN.get(c, c)}[{_MARKS}]*(?:{_branches(after)})" if c else "" for c, after in tree.items()]
    return "|".join(sorted(ways, key=len, reverse=True))


class Token(NamedTuple):
    """A word of the text; ``near`` says that only spaces part it from the word before."""

    start: int
    end: int
    folded: str
    near: bool


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The Arabic words of *text* between two places."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        near = bool(found) and _SPACES.fullmatch(text, found[-1].end, match.start()) is not None
        token = Token(*match.span(), fold(match[0]), near)
        if near and _are_one(found, token.folded):
            before = found.pop()
            token = Token(before.start, token.end, before.folded + token.folded, before.near)
        found.append(token)
    return found


def _are_one(found: Sequence[Token], folded: str) -> bool:
    """Whether *folded* and the word before it are one, written in two: «خمسة و عشرون», «تلت مية»."""
    before = found[-1].folded
    if before == "و":
        known = len(found) > 1 and found[-1].near and _first(found[-2].folded)[1]
        return bool(known) and folded in vocabulary()
    return folded in _HUNDRED and before.removeprefix("و") in _CLIPPED


class Found(NamedTuple):
    """A number in words: tokens *first* to *last* (exclusive), its value in digits, and its proclitics."""

    first: int
    last: int
    digits: str
    proclitics: str
    value: int


@dataclass
class _Reader:
    """Takes words one by one, as long as they make one number."""

    total: int = 0
    group: int = 0
    place: int = 0  # within the group: 1 after hundreds, 2 after a unit, 3 when it is full
    scale: int = 10**18  # of the last scale word: the next is smaller
    open: bool = False  # «أحد», «إحدى» ask for more

    @property
    def value(self) -> int:
        return self.total + self.group

    def take(self, word: NumberWord, joined: bool, after_alef: bool) -> bool:
        """Whether *word* goes on the number; *joined* by «و», as the first word is."""
        kind, value = word
        taken = self._scaled(kind, value, joined, after_alef) if "scale" in kind else self._within(kind, value, joined)
        self.open = kind == "one" if taken else self.open
        return taken

    def _within(self, kind: WordClass, value: int, joined: bool) -> bool:
        """Whether a word of less than a thousand goes on with the number; *joined* by «و», or written beside it."""
        if kind == "ten" and not joined:
            return self._add(value, self.place == 2, 3)
        if kind == "hundred" and not joined:
            # «ثلاث مئة» in two words
            if value != 100 or self.place != 2 or not 3 <= self.group <= 9:
                return False
            self.group, self.place = self.group * 100, 1
            return True
        if not joined or self.scale == 1:
            return False
        if kind == "hundred":
            return self._add(value, self.place == 0, 1)
        if kind in ("unit", "one"):
            return self._add(value, self.place < 2, 2)
        return self._add(value, self.place < (3 if kind == "tens" else 2), 3)

    def _add(self, value: int, fits: bool, place: int) -> bool:
        if fits:
            self.group, self.place = self.group + value, place
        return fits

    def _scaled(self, kind: WordClass, value: int, joined: bool, double: bool) -> bool:
        """Whether a word for a thousand or more does: «مليون وألفين»; each scale is smaller than the one before."""
        scale = value // 2 if kind == "two scales" else value
        if scale >= self.scale:
            return False
        if joined and not self.group:
            self.total += value * (2 if double else 1)
        elif not joined and self.group and kind == "scale":
            self.total += self.group * value
        else:
            return False
        self.group, self.place, self.scale = 0, 0, scale
        return True


def numbers(found: Sequence[Token]) -> Iterator[Found]:
    """The numbers among the words of a text, in order."""
    at = 0
    while at < len(found):
        number = _dialled(found, at) or _number(found, at)
        if number:
            yield number
        at = number.last if number else at + 1


def _dialled(found: Sequence[Token], at: int) -> Found | None:
    """Digits said one by one: a telephone number, a code. A few of them may be counting («واحد اثنان ثلاثة»)."""
    digits, last = "", at
    while last < len(found) and (last == at or found[last].near):
        times = _TIMES.get(found[last].folded, 1)
        digit = _digit(found, last + (times > 1))
        if digit is None:
            break
        digits, last = digits + digit * times, last + 1 + (times > 1)
    if len(digits) < _least_dialled(found, at, digits):
        return None
    plus = at > 0 and found[at].near and found[at - 1].folded == fold("زائد")
    return Found(at - plus, last, "+" * plus + digits, "", int(digits))


def _digit(found: Sequence[Token], at: int) -> str | None:
    word = vocabulary().get(found[at].folded) if at < len(found) else None
    return str(word.value) if word and word.kind in ("unit", "zero") else None


#: The shortest telephone number of a country has seven digits; what begins with a nought is no count.
_LEAST_DIALLED, _LEAST_FROM_NOUGHT = 7, 3
#: «دبل خمسة» is 55: so people say numbers of telephones.
_TIMES = {"دبل": 2, "دوبل": 2, "تريبل": 3, "تربل": 3}


def _least_dialled(found: Sequence[Token], at: int, digits: str) -> int:
    """How many digits make a code here: few behind a noun that has one («الرمز أربعة اثنان سبعة»)."""
    named = at > 0 and found[at].near and found[at - 1].folded in _code_nouns()
    return _LEAST_FROM_NOUGHT if named or digits.startswith("0") else _LEAST_DIALLED


@cache
def _code_nouns() -> frozenset[str]:
    return frozenset(map(fold, tables.CODE_NOUNS))


def _number(found: Sequence[Token], at: int) -> Found | None:
    """The number whose words begin at *at*, with its sign and decimals; None where they are none, or part of one."""
    start = at
    negative = found[at].folded == "سالب" and at + 1 < len(found) and found[at + 1].near
    at += negative
    proclitics, word = _first(found[at].folded)
    if word is None:
        return None if negative else _part_of_scale(found, at)
    if (negative and proclitics) or (not negative and _is_part(found, at, proclitics)):
        return None
    reading = run(found, at, word)
    if reading is None:
        return None
    last, value = reading
    tail, after = _decimals(found, last)
    if not tail:
        tail, after = _parts_of_ten(found, last)
    if not tail:
        value, tail, after = _and_a_part(found, at, last, value)
    return Found(start, after, f"{'-' if negative else ''}{value}{tail}", proclitics, -value if negative else value)


#: Parts that have exact decimals, in hundredths.
_EXACT = {"نصف": 50, "نص": 50, "ربع": 25}
#: From a million on «مليون ونصف» is half a million more; «ألف ونصف», «مئة ونصف» are said of either.
_LEAST_PARTED = 10**6


def _part_of_scale(found: Sequence[Token], at: int) -> Found | None:
    """«نصف مليون» is 500000."""
    folded = found[at].folded
    if not folded.endswith(tuple(_EXACT)):
        return None
    proclitics = next((p for p in ("", *_PROCLITICS) if folded.startswith(p) and folded[len(p) :] in _EXACT), None)
    if proclitics is None or at + 1 == len(found) or not found[at + 1].near:
        return None
    word = vocabulary().get(found[at + 1].folded)
    if word is None or word.kind != "scale" or word.value < _LEAST_PARTED or found[at + 1].folded.endswith("ا"):
        return None
    value = word.value * _EXACT[folded[len(proclitics) :]] // 100
    return Found(at, at + 2, str(value), proclitics, value)


def _and_a_part(found: Sequence[Token], at: int, last: int, value: int) -> tuple[int, str, int]:
    """«ثلاثة ونصف» is 3.5, «مليون ونصف المليون» 1500000; not behind «الساعة», nor «ثلاثة ونصف الرغيف»."""
    nothing = value, "", last
    part = _EXACT.get(_near(found, last).removeprefix("و")) if _near(found, last).startswith("و") else None
    if part is None or (at and found[at].near and found[at - 1].folded.endswith("الساعه")):
        return nothing
    scale = next((scale for scale in SCALES if value % scale.value == 0 and scale.value >= _LEAST_PARTED), None)
    after = _near(found, last + 1)
    if scale and after == "ال" + fold(scale.one):
        return value + scale.value * part // 100, "", last + 2
    if after.startswith("ال"):
        return nothing
    if scale:
        return value + scale.value * part // 100, "", last + 1
    if value >= 100 or _near(found, last) == "ونص":  # «تلاتة ونص» is as often a time
        return nothing
    return value, f".{part}".rstrip("0"), last + 1


def _near(found: Sequence[Token], at: int) -> str:
    """The word at a place, if only spaces part it from the one before; else nothing."""
    return found[at].folded if at < len(found) and found[at].near else ""


def run(found: Sequence[Token], at: int, word: NumberWord | None) -> tuple[int, int] | None:
    """Where the number that begins at *at* ends, and its value."""
    known = vocabulary()
    reader = _Reader()
    best: tuple[int, int] | None = None
    joined = True
    while word is not None and reader.take(word, joined, joined and _is_double(found, at, word)):
        at += 1
        if not reader.open:
            best = at, reader.value
        if at == len(found) or not found[at].near:
            break
        folded = found[at].folded
        joined = folded.startswith("و") and folded[1:] in known  # «وأحد عشر», though «واحد» is one too
        word = known.get(folded[1:] if joined else folded)
    return best


def _first(folded: str) -> tuple[str, NumberWord | None]:
    """The proclitics of a word and the number word behind them: «وبخمسة» is «وب» and 5."""
    known = vocabulary()
    if folded in known:
        return "", known[folded]
    for proclitic in _PROCLITICS:
        if folded.startswith(proclitic) and folded[len(proclitic) :] in known:
            return proclitic, known[folded[len(proclitic) :]]
    return "", None


def _is_double(found: Sequence[Token], at: int, word: NumberWord) -> bool:
    """Whether «ألفا» is the dual: «ألفا دينار» is 2000, «ألفا وخمسمئة دينار» 1500."""
    if word.kind != "scale" or not found[at].folded.endswith(("لفا", "ونا", "ارا")):
        return False
    if at + 1 == len(found) or not found[at + 1].near:
        return False
    return not found[at + 1].folded.startswith("و")


# «الثالث عشر», «ثالث عشر», «الخمسة عشر»: the ten is part of an ordinal or of a definite number.
_ORDINALS = frozenset(
    f"{article}{stem}{ending}"
    for article in ("", "ال", "وال", "بال", "لل", "فال", "كال")
    for stem in ("حادي ثاني ثالث رابع خامس سادس سابع ثامن تاسع احد اثنا اثني ثلاث اربع خمس ست سبع ثماني تسع").split()
    for ending in ("", "ه")
    if article or stem in "حادي ثاني ثالث رابع خامس سادس سابع ثامن تاسع"
)


def _is_part(found: Sequence[Token], at: int, proclitics: str) -> bool:
    """Whether the word belongs to what stands before it: an ordinal, or a day of the week."""
    if not at or not found[at].near:
        return False
    before, folded = found[at - 1].folded, found[at].folded
    if folded in ("عشر", "عشره"):
        return before in _ORDINALS
    return before in ("يوم", "ليله") and folded in ("اثنين", "احد")


def _decimals(found: Sequence[Token], at: int) -> tuple[str, int]:
    """The digits behind «فاصلة»: «خمسة وسبعون» is 75, «صفر خمسة» 05."""
    if at + 1 >= len(found) or found[at].folded != "فاصله" or not (found[at].near and found[at + 1].near):
        return "", at
    after, zeros = at + 1, ""
    while after < len(found) and found[after].folded == "صفر" and found[after].near:
        after, zeros = after + 1, zeros + "0"
    reading = None
    if after < len(found) and found[after].near:
        reading = run(found, after, vocabulary().get(found[after].folded))
    if reading:
        return f".{zeros}{reading[1]}", reading[0]
    return (f".{zeros}", after) if zeros else ("", at)


def _parts_of_ten(found: Sequence[Token], at: int) -> tuple[str, int]:
    """The digits of «وخمسة من عشرة», «وثمانية وثمانون من مئة», as NeMo and `map_numbers_to_words` say decimals."""
    known, nothing = vocabulary(), ("", at)
    word = known.get(_near(found, at).removeprefix("و")) if _near(found, at).startswith("و") else None
    few = run(found, at, word) if word else None
    if few is None or _near(found, few[0]) != "من":
        return nothing
    whole = run(found, few[0] + 1, known.get(_near(found, few[0] + 1)))
    if whole is None or not few[1] < whole[1] or whole[1] not in _TENS or nouns.is_counted(_near(found, whole[0]), 10):
        return nothing
    return "." + str(few[1]).zfill(len(str(whole[1])) - 1), whole[0]


#: What decimals are parts of.
_TENS = frozenset(10**n for n in range(1, 7))

#: Parts, which a number of them does not count: «ثلاثة أرباع» is ¾.
_PARTS = frozenset("اثلاث ارباع اخماس اسداس اسباع اثمان اتساع اعشار".split())
# Number words that are other words too: خُمس a fifth, سِتّ a lady, سَبُع a lion, عُشر a tenth, ألّف wrote, صفر a month.
_DOUBTFUL = frozenset("ثلاث تلات اربع خمس ست سبع ثمان ثماني تسع عشر عشره الف صفر تمن تمان ميه ميتين".split())


#: «ألف مبروك», «مليون شكر».
_WISHES = frozenset("مبروك شكر تحيه سلام سلامه تهنئه مرحبا اهلا حمد".split())


def _is_idiom(found: Sequence[Token], number: Found) -> bool:
    """Whether the number is a manner of speaking («ألف شكر») or of a title («ألف ليلة وليلة»)."""
    if number.value not in (100, 1000, 10**6) or number.last - number.first > 1:
        return False
    following = found[number.last].folded
    return following in _WISHES or (following == "ليله" and _near(found, number.last + 1) == "وليله")


def _is_rate(found: Sequence[Token], at: int) -> bool:
    """Whether «في المئة» or «بالمئة» stands there."""
    first, second = _near(found, at), _near(found, at + 1)
    return any(first == f"بال{hundred}" or (first, second) == ("في", f"ال{hundred}") for hundred in _HUNDRED)


def is_sure(found: Sequence[Token], number: Found) -> bool:
    """Whether the words are a number and nothing else: «خمس سنوات» is, «خمس الإنتاج» (a fifth) is not."""
    following = found[number.last] if number.last < len(found) and found[number.last].near else None
    if following and (following.folded in _PARTS or _is_idiom(found, number)):
        return False
    if number.last - number.first > 1:
        return True
    if _is_guess(found, number):
        return False
    word = found[number.first].folded.removeprefix(number.proclitics)
    if word in ("الاف", "ملايين", "مليارات", "تلاف"):
        return False  # «آلاف السنين»: many
    if word not in _DOUBTFUL or len(found) == 1 or _is_rate(found, number.last):
        return True
    if following is None:
        return False
    return nouns.is_counted(following.folded, number.value) or (word == "عشره" and following.folded in _months())


@cache
def _months() -> frozenset[str]:
    return frozenset(fold(name).split()[0] for name in tables.MONTH_NAMES)


def _is_guess(found: Sequence[Token], number: Found) -> bool:
    """Whether two numbers side by side, one apart, say "about": «خمسة ستة أيام»."""
    first, last = number.first, number.last
    while first and last - first < 3 and found[first].near and _digit(found, first - 1):
        first -= 1
    while last - first < 3 and last < len(found) and found[last].near and _digit(found, last):
        last += 1
    if last - first != 2:
        return False
    low, high = _digit(found, first), _digit(found, last - 1)
    return low is not None and high is not None and int(low) + 1 == int(high)
