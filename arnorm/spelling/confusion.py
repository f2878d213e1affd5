"""How people mistype Arabic: orthographic classes, keyboard, sound. Data and tiny functions only."""

from __future__ import annotations

#: Letters that careless spelling does not tell apart, each with the one that stands for its class.
#: «احمد» for «أحمد», «الي» for «إلى», «مدرسه» for «مدرسة», «مسئول» for «مسؤول»; Persian keyboards give «ی» and «ک».
CLASSES = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
    "ى": "ي", "ی": "ي",
    "ة": "ه",
    "ؤ": "ء", "ئ": "ء",
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
    "ضظ", "دذ", "ذز", "ثت", "سص", "ثس", "تط", "قغ", "قك", "حه", "حخ", "جح", "دض", "زظ", "قء", "عغ", "رز", "شس",
    "بت", "بن", "بي", "تن", "فق", "صض", "طظ", "جخ", "ثب", "يت", "نت",
)  # fmt: skip

#: A key with and without Shift: «الىراء» for «الآراء».
SHIFT = (("ى", "آ"), ("ا", "أ"), ("غ", "إ"), ("ل", "لأ"), ("ف", "لإ"), ("لا", "لآ"))


#: What dialects and careless hands write for the interdentals: «هدا» for «هذا», «متل» for «مثل», «ضهر» for «ظهر».
INTERDENTAL = {("د", "ذ"), ("ذ", "د"), ("ت", "ث"), ("ض", "ظ"), ("ظ", "ض"), ("ث", "ت"), ("ز", "ذ"), ("س", "ث")}


def _pairs() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for row in KEYBOARD:
        for left, right in zip(row, row[1:], strict=False):
            costs[left, right] = costs[right, left] = 7.5
    for left, right in ALIKE:
        costs[left, right] = costs[right, left] = 6.5
    for pair in INTERDENTAL:
        costs[pair] = 4.0
    return costs


#: What it costs to have written the first letter for the second.
SUBSTITUTION = _pairs()
OTHER_SUBSTITUTION = 10.0
EXTRA, MISSING, DOUBLED, TRANSPOSED = 8.0, 7.0, 4.5, 7.0
#: Changing a clitic or an inflection gives another sound word, not a repair: «يكتب» and «تكتب».
INFLECTION = 4.0
ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
#: Letters that do not join to the next, so that a missing space does not show: «سورياالعروبة».
NON_JOINING = frozenset("اأإآٱدذرزوؤىةء")
