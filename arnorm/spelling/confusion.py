"""How people mistype Arabic: orthographic classes, keyboard, sound. Data and tiny functions only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

#: Letters that careless spelling does not tell apart, each with the one that stands for its class.
#: «احمد» for «أحمد», «الي» for «إلى», «مدرسه» for «مدرسة», «مسئول» for «مسؤول»; Persian keyboards give «ی» and «ک».
CLASSES = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ة": "ه",
    "ؤ": "ء",
    "ئ": "ء",
    "ک": "ك",
}

_FOLD = str.maketrans(CLASSES)


def skeleton(word: str) -> str:
    """Return the class of spellings that `word` belongs to.

    >>> skeleton("الأسئلة") == skeleton("الاسءله")
    True
    """
    return word.translate(_FOLD)


def skeletons(block: str) -> str:
    """`skeleton` of a long text; a dozen sweeps in C are ten times as fast as `str.translate`."""
    for letter, representative in CLASSES.items():
        block = block.replace(letter, representative)
    return block


#: What a spelling inside its class costs, in nats: what is left off is far more often missing than what is
#: written is superfluous («ا» for «أ», «ه» for «ة», «ي» for «ى»).
RESTORED = 0.3
LETTER_COSTS = {
    ("ا", "أ"): RESTORED, ("ا", "إ"): RESTORED, ("ا", "آ"): 0.6,
    ("أ", "ا"): 2.0, ("إ", "ا"): 2.0, ("آ", "ا"): 3.0,
    ("أ", "إ"): 1.5, ("إ", "أ"): 1.5, ("أ", "آ"): 1.5, ("إ", "آ"): 3.0, ("آ", "أ"): 2.5, ("آ", "إ"): 4.0,
    ("ه", "ة"): RESTORED, ("ة", "ه"): 1.5,
    ("ي", "ى"): 0.6, ("ى", "ي"): 0.4, ("ی", "ي"): 0.1, ("ی", "ى"): 0.1, ("ک", "ك"): 0.0,
    ("ٱ", "ا"): 0.1,
    ("ئ", "ؤ"): 0.7, ("ؤ", "ئ"): 3.0, ("ء", "ئ"): 0.7, ("ء", "ؤ"): 0.7, ("ئ", "ء"): 1.5, ("ؤ", "ء"): 3.0,
}  # fmt: skip


def class_cost(observed: str, meant: str) -> float:
    """Return what it costs to have written `observed` for `meant`, two spellings of one skeleton."""
    return sum(LETTER_COSTS.get(pair, 4.0) for pair in zip(observed, meant, strict=True) if pair[0] != pair[1])


#: The rows of the Arabic keyboard; neighbours in a row are neighbours under the fingers.
KEYBOARD = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ")

#: Letters that sound alike in speech or differ by a dot.
ALIKE = (
    "ضظ", "دذ", "ذز", "ثت", "سص", "ثس", "تط", "قغ", "قك", "حخ", "جح", "دض", "زظ", "قء", "عغ", "رز", "شس",
    "بت", "بن", "بي", "تن", "فق", "صض", "طظ", "جخ", "ثب", "يت", "نت",
)  # fmt: skip

#: A key with and without Shift: «الىراء» for «الآراء».
SHIFT = (("ى", "آ"), ("ا", "أ"), ("غ", "إ"), ("ل", "لأ"), ("ف", "لإ"), ("لا", "لآ"))


#: What is written by ear for what: «هدا» for «هذا», «متل» for «مثل», «ضهر» for «ظهر», «بعظ» for «بعض», and what that
#: costs, from how often it is written in place of a letter: «د» for «ذ» in one of forty, «ذ» for «د» in one of 700.
INTERDENTAL = {
    ("د", "ذ"): 2.0, ("ض", "ظ"): 2.0, ("ت", "ث"): 2.5, ("ظ", "ض"): 2.5, ("ز", "ذ"): 3.0, ("س", "ث"): 3.0,
    ("ذ", "د"): 3.0, ("ث", "ت"): 3.5,
}  # fmt: skip

#: The same with the emphatic consonants: «صياحة» for «سياحة».
EMPHATIC = {("س", "ص"): 4.0, ("ص", "س"): 4.0, ("ت", "ط"): 4.0, ("ط", "ت"): 4.0}

#: The same, by the letter that is written.
_HEARD: dict[str, str] = {}
for _written, _meant in INTERDENTAL | EMPHATIC:
    _HEARD[_written] = _HEARD.get(_written, "") + _meant
#: What it costs to hear a letter the same way again in a word.
AGAIN = 1.0

SOUND = 5.0


def _pairs() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for row in KEYBOARD:
        for left, right in pairwise(row):
            costs[left, right] = costs[right, left] = 5.5
    for pair in ALIKE:
        costs[pair[0], pair[1]] = costs[pair[1], pair[0]] = SOUND
    return costs | EMPHATIC | INTERDENTAL


#: What it costs to have written the first letter for the second.
SUBSTITUTION = _pairs()
OTHER_SUBSTITUTION = 7.0
EXTRA, MISSING, DOUBLED, TRANSPOSED = 7.0, 5.0, 4.0, 5.0
#: Changing a clitic or an inflection gives another sound word, not a repair: «يكتب» and «تكتب».
INFLECTION = 3.0
ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
#: Letters that do not join to the next, so that a missing space does not show: «سورياالعروبة».
NON_JOINING = frozenset("اأإآٱدذرزوؤىةء")

#: Older spellings beside today's. Both are read as right, so that only an eager policy changes them.
VARIANTS = (
    ("مسئول", "مسؤول"), ("شئون", "شؤون"), ("رءوس", "رؤوس"), ("كئوس", "كؤوس"), ("رءوف", "رؤوف"), ("قرءون", "قرؤون"),
    ("ديموقراط", "ديمقراط"),
)  # fmt: skip
VARIANT = 0.3


def modern(text: str) -> str:
    """Return `text` with the spellings of today, and «عبد الله» in two words.

    >>> modern("مسئول الشئون عبدالله")
    'مسؤول الشؤون عبد الله'
    """
    return todays(text).replace("عبدال", "عبد ال")


def todays(text: str) -> str:
    """Return `text` with the spellings of today, each word still one.

    >>> todays("الديموقراطيه")
    'الديمقراطيه'
    """
    for old, new in VARIANTS:
        text = text.replace(old, new)
    return text


def is_variant(word: str, text: str) -> bool:
    """Say whether `text` is how one writes `word` today."""
    return any(old in word and word.replace(old, new) == text for old, new in VARIANTS)


#: An idiom of the closed list.
IDIOM = 0.5
#: A tanween alef left off: «كان واضح» for «كان واضحا».
TANWEEN = 2.0


def is_seam(left: str, right: str) -> bool:
    """Say whether no word has the end of `left` before the start of `right`: «إلىالبيت», «عندمااستيقظ».

    >>> is_seam("خضرة", "وماء"), is_seam("مكا", "ن")
    (True, False)
    """
    return left[-1] in "ىة" or (left[-1] == "ا" and right[0] in "اأإآ")


def glue(left: str) -> float:
    """Return what it costs to have left out the space after `left`.

    A space does not show after letters that do not join, and «ى» and «ة» end a word anyway.
    """
    if left[-1] in "ىة":
        return 0.5
    return 3.5 if left[-1] in NON_JOINING else 5.0


def settled(word: str, text: str) -> float:
    """Return what it costs more to change a spelling that exists.

    «شهدائكم» and «شهداءكم» are two cases of a word, «أثيوبيا» and «إثيوبيا» two ways to write a name.
    """
    pairs = [(a, b) for a, b in zip(word, text, strict=True) if a != b]
    if all(a in "ءؤئ" for a, _ in pairs):
        return 2.5
    return 1.5 if all(a in "أإآ" and b in "أإآ" for a, b in pairs) else 0.0


_SPECIAL = frozenset("أإآىةؤئ")


def specials(word: str) -> list[str]:
    """Return the letters of a word that carry hamzas or dots that careless writers leave off."""
    return [] if _SPECIAL.isdisjoint(word) else [letter for letter in word if letter in _SPECIAL]


def residue(word: str, meant: str, special: Sequence[str]) -> float:
    """Return what the hamzas and dots add to the cost of a slip, counted roughly because the letters shift.

    `special` are the `specials` of `word`.

    >>> residue("مدرصة", "مدرسه", ["ة"]), residue("الاسلم", "الإسلام", [])
    (0.6, 0.2)
    """
    lost = 0.6 * len([c for c in special if c not in meant]) if special else 0.0
    return lost if _SPECIAL.isdisjoint(meant) else lost + 0.2 * len([c for c in specials(meant) if c not in word])


def certain_endings(word: str) -> Iterator[tuple[str, float]]:
    """Yield spellings of a word that nobody knows: no possessive stands after «ال», no «ى» inside a word."""
    stem = word.removeprefix("و").removeprefix("ف").removeprefix("ب").removeprefix("ك")
    if word.endswith("ه") and len(word) > 4 and (stem.startswith(("ال", "لل")) or word.endswith("يه")):
        yield word[:-1] + "ة", RESTORED
    if word[-1] not in "ىة" and "ى" in word:
        yield word.replace("ى", "ي"), 1.0
    if len(word) > 3 and word.endswith("آ"):  # «جدآ» for «جدا»: a madda drawn for the tanween
        yield word[:-1] + "ا", RESTORED


def rules(word: str) -> Iterator[tuple[str, float, str]]:
    """Yield spellings that are commonly one letter off: (spelling, cost, source)."""
    yield from _endings(word)
    if len(word) > 4:
        yield from _cases(word)
        yield from _articles(word)
        yield from _nisbas(word)
    yield from _hamzas(word)


def _endings(word: str) -> Iterator[tuple[str, float, str]]:
    last = word[-1]
    if last == "و":
        yield word + "ا", 1.0, "waw alef"  # «كتبو» for «كتبوا»
        yield word[:-1] + "ه", 4.0, "ending"  # «عندو» for «عنده»
    elif word.endswith("وا"):
        yield word[:-1], 3.5, "waw alef"  # «أرجوا» for «أرجو»
    elif len(word) >= 3:
        if last == "ا":
            yield word[:-1], 5.0, "tanween"
            yield word + "ء", 4.0, "hamza"  # «سما» for «سماء»
            yield word[:-1] + "ى", 2.5, "letter"  # «حتا» for «حتى»
        elif last == "ى":
            yield word[:-1] + "ا", 2.5, "letter"  # «دعى» for «دعا»
        elif last not in "ةه" and not word.endswith(("هم", "كم")):
            yield word + "ا", TANWEEN, "tanween"
        if last == "ن":
            yield word[:-1] + "ا", 3.5, "ending"  # «شكرن» for «شكرا»
        if last in "تةه":
            for end in "ت" if last != "ت" else "ةه":
                yield word[:-1] + end, 3.5, "ending"  # «حيات» for «حياة»
        if word.endswith("اء"):
            yield word[:-1], 6.0, "hamza"
        elif word.endswith("اءا"):
            yield word[:-1], 0.5, "tanween"  # «بناءا» for «بناء»


def _articles(word: str) -> Iterator[tuple[str, float, str]]:
    """«لشعب» for «للشعب»."""
    at = word[:1] in ("و", "ف")
    if word[at : at + 1] == "ل" and word[at + 1] not in "ليتن":
        yield word[: at + 1] + "ل" + word[at + 1 :], 4.0, "missing"


def _nisbas(word: str) -> Iterator[tuple[str, float, str]]:
    """«الفلسطينين» for «الفلسطينيين», «السودانون» for «السودانيون»."""
    if word.endswith(("ين", "ون")) and word[-3] != "ي":
        yield word[:-2] + "ي" + word[-2:], 3.0, "missing"


def articles(word: str) -> Iterator[tuple[str, float, str]]:
    """Yield «بالقلم» for «بلقلم» and «للناس» for «لالناس»: an article whose alef was heard, or was not.

    >>> list(articles("وبلقلم"))
    [('وبالقلم', 3.0, 'missing')]
    """
    at = word[:1] in ("و", "ف") and word[1:2] in ("ب", "ل", "ك")
    head, rest = word[: at + 1], word[at + 1 :]
    if head[-1:] == "ل":
        if rest.startswith("ال"):
            yield head + rest[1:], 1.0, "extra"
    elif head[-1:] in ("و", "ف", "ب", "ك") and rest.startswith("ل") and len(rest) > 3:
        yield head + "ا" + rest, 3.0, "missing"


def _cases(word: str) -> Iterator[tuple[str, float, str]]:
    verb = word.lstrip("وفسل")[:1] in ("ي", "ت")
    if word.endswith("ون"):
        yield word[:-2] + "ين", 3.0, "case"
        yield word[:-1] + "ا", 3.0, "case"  # «لن يكتبون» for «لن يكتبوا»
    elif word.endswith("ين"):
        yield word[:-2] + "ون", 3.0, "case"
    elif word.endswith("وا") and verb:
        yield word[:-1] + "ن", 3.0, "case"  # «هم يكتبوا» for «يكتبون»
    elif word.endswith("و") and verb:
        yield word + "ن", 1.5, "case"  # «هم يكتبو», for one hears no «ن»


def _hamzas(word: str) -> Iterator[tuple[str, float, str]]:
    if word[-1] == "ئ":
        yield word[:-1] + "يء", 1.0, "hamza"  # «شئ» for «شيء»
    elif word[-2:] in ("يء", "ىء"):
        sound = "ا" not in word.replace("ال", "", 1)  # «مباديء» for «مبادئ», but «مليء» is right
        yield word[:-2] + "ئ", 3.0 if sound else 1.0, "hamza"
    elif word[-1] == "ي":
        yield word + "ء", 5.0, "hamza"
        yield word[:-1] + "ئ", 3.0, "hamza"  # «شاطي» for «شاطئ»
    last = len(word) - 1
    for i in range(1, len(word)):
        c, left, right = word[i], word[:i], word[i + 1 :]
        if c == "ي" and i < last:
            yield left + "ئ" + right, 2.0, "hamza"  # «دايما» for «دائما»
        elif c == "و":
            yield left + "ؤ" + right, 2.0, "hamza"
        elif c in "ئؤأإء":
            for seat in "ئؤأء":
                if seat != c:
                    yield left + seat + right, 1.5, "hamza"
            if c == "ئ":
                yield left + "ي" + right, 4.0, "hamza"
            elif c == "ؤ" and right[:1] not in ("و", ""):
                yield left + "ؤو" + right, 0.5, "hamza"  # «رؤس» for «رؤوس»
            elif c == "ء" and i < last and word[i - 1] in "ويى":
                yield left[:-1] + ("ؤ" if word[i - 1] == "و" else "ئ") + right, 1.5, "hamza"  # «سوءال» for «سؤال»
        elif c == "ى" and i < last:  # never inside a word
            yield left + "آ" + right, 1.0, "shift"  # «الىراء» for «الآراء»
            yield left + "ئ" + right, 1.5, "hamza"


def sounds(word: str) -> Iterator[tuple[str, float]]:
    """Yield what `word` may be where it was written by ear: also where that is a word too, for the sentence to decide.

    >>> list(sounds("ضل")), [text for text, _ in sounds("تلاتة")]
    ([('ظل', 2.0)], ['ثلاتة', 'طلاتة', 'تلاثة', 'تلاطة', 'ثلاثة', 'طلاطة'])
    """
    for i, c in enumerate(word):
        for d in _HEARD.get(c, ""):
            yield word[:i] + d + word[i + 1 :], SUBSTITUTION[c, d]
    for c in set(word) & _HEARD.keys():
        if word.count(c) > 1:  # who writes «تلاتة» takes every ث for a ت
            for d in _HEARD[c]:
                yield word.replace(c, d), SUBSTITUTION[c, d] + AGAIN
