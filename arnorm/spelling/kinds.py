"""The kinds of error, by which candidates, evidence and policies speak of a change. A new kind starts here.

The order is that in which the judge's features and the model's table of rivals number them.
"""

from __future__ import annotations

from typing import NamedTuple

#: Which threshold of a policy holds for a kind: that of all changes; that of changes to letters that differ in sound
#: and shape, where a word that nobody knows may be a name; that of what hardly ever is anything but an error; or none,
#: for what people write either way is only ever suggested.
REPLACE, SLIPS, SURE, NEITHER = "replace", "slips", "sure", "neither"


class Kind(NamedTuple):
    """A kind of error: its name, what it is, and an example: what is written and what is meant."""

    name: str
    what: str
    written: str
    meant: str
    threshold: str = REPLACE
    #: It has to be likelier than not, however eager the policy: another ending of a word that has both, a word cut in
    #: two that may be a name.
    doubted: bool = False
    #: It gives another word altogether, so that the company of words further away is always asked.
    another_word: bool = False
    #: It gives another form of the word, which only the sentence can tell.
    another_form: bool = False
    #: The sentence may speak for it, however frequent the word is that is written: «إنشاء الله».
    likely: bool = False


TABLE = (
    Kind("class", "letters that are taken for each other: ا أ إ آ, ة ه, ى ي", "الاسلام", "الإسلام", likely=True),
    Kind("elongation", "letters drawn out", "جمييييل", "جميل", SURE),
    Kind(
        "waw alef", "the silent alef after the waw of a plural, missing or too many", "كتبو", "كتبوا", another_form=True
    ),
    Kind("tanween", "the alef of tanween, missing or too many", "بناءا", "بناء", SLIPS),
    Kind("hamza", "a hamza on the wrong seat, missing or too many", "دايما", "دائما", SLIPS, another_word=True),
    Kind("shift", "«لا» typed as «ى», one key away", "الىراء", "الآراء", SURE, another_word=True),
    Kind("repeated", "a letter typed twice", "المدررسة", "المدرسة", another_word=True),
    Kind("extra", "a letter too many", "المعلكومات", "المعلومات", SLIPS, another_word=True),
    Kind("transposed", "two letters in each other's place", "المدرةس", "المدرسة", SLIPS, another_word=True),
    Kind("letter", "a letter for another", "الموضفين", "الموظفين", SLIPS, another_word=True),
    Kind("missing", "a letter left out", "المعلوات", "المعلومات", SLIPS, another_word=True),
    Kind("split", "a space left out", "فيالبيت", "في البيت", doubted=True),
    Kind("merge", "a space within a word", "الم درسة", "المدرسة"),
    Kind("lone waw", "«و» apart from its word", "و محمد", "ومحمد", SURE),
    Kind("idiom", "a misspelling that is common as a whole", "لاكن", "لكن", SURE, likely=True),
    Kind(
        "case", "ـون for ـين, or the other way round", "المعلمون", "المعلمين", SLIPS, doubted=True, another_form=True
    ),
    Kind("ending", "ت for ة, and the like, at the end", "حيات", "حياة", SLIPS, another_word=True),
    Kind("variant", "another accepted spelling", "مسئول", "مسؤول"),
    Kind("name", "a name that is written either way", "عبدالله", "عبد الله", NEITHER),
)  # fmt: skip

KINDS = tuple(kind.name for kind in TABLE)

#: What stands for no change.
AS_WRITTEN = "as written"


def having(trait: str, value: object = True) -> frozenset[str]:
    """Return the names of the kinds that have a trait, or a value of it.

    >>> sorted(having("likely")), sorted(having("threshold", NEITHER))
    (['class', 'idiom'], ['name'])
    """
    return frozenset(kind.name for kind in TABLE if getattr(kind, trait) == value)
