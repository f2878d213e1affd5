"""How Arabic is misspelt and inflected: rules as data, with what they cost. No model, no text, no state.

Here are the spellings that careless writers do not tell apart: skeletons, the numbers that stand for them in tables,
and what a spelling costs whose skeleton is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

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


def skeleton_of(word: str) -> str:
    """Return the class of spellings that *word* belongs to.

    >>> skeleton_of("الأسئلة") == skeleton_of("الاسءله")
    True
    """
    return word.translate(_FOLD)


def skeletons_of(block: str) -> str:
    """`skeleton_of` a long text; a dozen sweeps in C are ten times as fast as `str.translate`."""
    for letter, representative in CLASSES.items():
        block = block.replace(letter, representative)
    return block


def word_hash(skeleton: str) -> int:
    """Return the number that stands for a neighbour."""
    return crc32(skeleton.encode("utf-8", "surrogatepass"))


def word_hashes(skeletons: Iterable[str]) -> Iterator[int]:
    """Return the `word_hash` of each string of letters, none of them empty, several times as fast.

    >>> [*word_hashes(["كتاب", "باب"])] == [word_hash("كتاب"), word_hash("باب")]
    True
    """
    return map(crc32, "\n".join(skeletons).encode("utf-8", "surrogatepass").split(b"\n"))


def shape_hash(skeleton: str) -> int:
    """Return the number that stands for the shape of a neighbour: how it begins and ends."""
    return crc32((skeleton[:2] + "+" + skeleton[-2:]).encode("utf-8", "surrogatepass"))


def spelling_hash(word: str) -> int:
    """Return an odd number that stands for a spelling to choose."""
    return crc32(word.encode("utf-8", "surrogatepass")) | 1


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

#: Any other pair of letters of one class; in nats, and set by hand like all of these.
_OTHER_LETTER = 4.0


def class_cost(observed: str, meant: str) -> float:
    """Return what it costs to have written *observed* for *meant*, two spellings of one skeleton."""
    return sum(
        LETTER_COSTS.get(pair, _OTHER_LETTER) for pair in zip(observed, meant, strict=True) if pair[0] != pair[1]
    )


#: Older spellings beside today's. Both are read as right, so that only an eager policy changes them.
VARIANTS = (
    ("مسئول", "مسؤول"), ("شئون", "شؤون"), ("رءوس", "رؤوس"), ("كئوس", "كؤوس"), ("رءوف", "رؤوف"), ("قرءون", "قرؤون"),
    ("ديموقراط", "ديمقراط"),
)  # fmt: skip
#: What it costs to read one for the other, in the units of `class_cost`.
VARIANT = 0.3


def modern(text: str) -> str:
    """Return *text* with the spellings of today, and «عبد الله» in two words.

    >>> modern("مسئول الشئون عبدالله")
    'مسؤول الشؤون عبد الله'
    """
    return todays(text).replace("عبدال", "عبد ال")


def todays(text: str) -> str:
    """Return *text* with the spellings of today, each word still one.

    >>> todays("الديموقراطيه")
    'الديمقراطيه'
    """
    for old, new in VARIANTS:
        text = text.replace(old, new)
    return text


def is_variant(word: str, text: str) -> bool:
    """Say whether *text* is how one writes *word* today."""
    return any(old in word and word.replace(old, new) == text for old, new in VARIANTS)


#: What it costs more, in nats, to change a case for another, and a spelling of a name for another; set by hand.
_OTHER_CASE, _OTHER_NAME = 2.5, 1.5


def settled(word: str, text: str) -> float:
    """Return what it costs more to change a spelling that exists.

    «شهدائكم» and «شهداءكم» are two cases of a word, «أثيوبيا» and «إثيوبيا» two ways to write a name.
    """
    pairs = [(a, b) for a, b in zip(word, text, strict=True) if a != b]
    if all(a in "ءؤئ" for a, _ in pairs):
        return _OTHER_CASE
    return _OTHER_NAME if all(a in "أإآ" and b in "أإآ" for a, b in pairs) else 0.0


_SPECIAL = frozenset("أإآىةؤئ")


def specials(word: str) -> list[str]:
    """Return the letters of a word that carry hamzas or dots that careless writers leave off."""
    return [] if _SPECIAL.isdisjoint(word) else [letter for letter in word if letter in _SPECIAL]


#: What a hamza or dots cost in a slip, in nats, that the word meant has not, and that only it has; set by hand.
_LOST, _GAINED = 0.6, 0.2


def residue(word: str, meant: str, special: Sequence[str]) -> float:
    """Return what the hamzas and dots add to the cost of a slip, counted roughly because the letters shift.

    *special* are the `specials` of *word*.

    >>> residue("مدرصة", "مدرسه", ["ة"]), residue("الاسلم", "الإسلام", [])
    (0.6, 0.2)
    """
    lost = _LOST * len([c for c in special if c not in meant]) if special else 0.0
    return lost if _SPECIAL.isdisjoint(meant) else lost + _GAINED * len([c for c in specials(meant) if c not in word])
