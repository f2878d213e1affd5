"""What a number counts: its gender, and whether it is a noun at all.

A list counted from text says it of common words (arnorm/data/counted_nouns.z); endings say it of others.
"""

from __future__ import annotations

import unicodedata
import zlib
from functools import cache
from typing import NamedTuple

from arnorm.chars import FOLDED, MARK, TATWEEL
from arnorm.lazy import lazy_pattern
from arnorm.numerals.cardinals import SCALES, Case, Gender, Hundred, cardinal, dual
from arnorm.numerals.tables import FEMININE, MASCULINE, MEN, NO_NOUNS, PLURALS, SINGULAR, Noun

_SILENT = lazy_pattern(f"[{MARK}{TATWEEL}]+")


class Lists(NamedTuple):
    """Plurals by the gender of their singular, and singulars."""

    masculine: frozenset[str]
    feminine: frozenset[str]
    singular: frozenset[str]


@cache
def lists() -> Lists:
    """The lists of arnorm/data/counted_nouns.z (built by arnorm/data/build_counted_nouns.py), and those of `tables`."""
    from importlib.resources import files  # takes as long to import as all of arnorm

    packed = (files("arnorm") / "data" / "counted_nouns.z").read_bytes()
    masculine, feminine, singular = (
        frozenset(part.split("\n")) for part in zlib.decompress(packed).decode("iso8859-6").split("\n\n")
    )
    own_men, own_women = PLURALS["masculine"], PLURALS["feminine"]
    # «٥ آلاف», «٢٥ مليون»: the scales are counted like other nouns, and the builder takes them for numbers
    return Lists(
        (masculine - own_women) | own_men | {scale.few for scale in SCALES},
        (feminine - own_men) | own_women,
        singular | SINGULAR | {scale.one for scale in SCALES},
    )


@cache
def _folded() -> tuple[frozenset[str], frozenset[str]]:
    known = lists()
    return _fold(known.masculine | known.feminine), _fold(known.singular)


def _fold(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.translate(FOLDED) for word in words)


def is_counted(folded: str, number: int) -> bool:
    """Whether the word (folded as number words are) is one that *number* counts: «سنوات» by 5, «كتابا» by 15."""
    few, single = _folded()
    if 3 <= number % 100 <= 10:
        return folded in few
    return folded in single or folded.removesuffix("ا") in single


def is_known(word: str) -> bool:
    """Whether *word* is a noun that numbers count, by the lists or by its teh marbuta."""
    known = lists()
    return word.endswith("ة") or word in known.singular or word in known.masculine or word in known.feminine


def plain(word: str) -> str:
    """*word* composed, without marks and tatweel."""
    return _SILENT.sub("", unicodedata.normalize("NFC", word))


def is_noun(word: str, number: int) -> bool:
    """Whether *word* behind *number* may be what it counts: no particle, not definite."""
    return not (word in NO_NOUNS or (word.startswith(("ال", "وال", "بال", "لل", "و")) and word not in _with_waw()))


@cache
def _with_waw() -> frozenset[str]:
    known = lists()
    return frozenset(w for w in known.masculine | known.feminine | known.singular if w.startswith("و"))


def is_doubled(word: str) -> bool:
    """Whether *word* is the singular of something counted, whose dual is its stem and an ending: «كتاب», «سيارة»."""
    known = word in lists().singular or (word.endswith("ة") and word not in MASCULINE)
    return known and not word.endswith(("ى", "ا", "اء"))


def gender_of(word: str, number: int) -> Gender | None:
    """The gender of the singular of what *number* counts, None where nothing tells it.

    >>> gender_of("سيارات", 3), gender_of("كتب", 3), gender_of("طالبة", 11), gender_of("كتابا", 15)
    ('feminine', 'masculine', 'feminine', 'masculine')
    """
    return _of_plural(word) if 3 <= number % 100 <= 10 else _of_singular(word)


def _of_plural(word: str) -> Gender | None:
    """The gender of the thing that the plural *word* counts, by its singular; None where it is not known.

    The number agrees with the singular: «ثلاثة جوازات», for «جواز» is masculine though its plural is in -at.
    """
    known = lists()
    if word in known.masculine:
        return "masculine"
    if word in known.feminine:
        return "feminine"
    if word.endswith("ات"):
        stem = word[:-2]
        if stem + "ة" in known.singular or stem in MEN or stem + "ين" in known.masculine:
            return "feminine"  # «مهندسات», for there are «مهندسين»
        return "masculine" if stem in known.singular else None
    # «مهندسين»: the sound plural of men; of other words in -in nothing is known
    return "masculine" if len(word) > 4 and word.endswith(("ون", "ين")) else _of_singular(word)


def _of_singular(word: str) -> Gender | None:
    bare = word.removesuffix("ا") if word not in lists().singular else word
    if bare in FEMININE:
        return "feminine"
    if word.endswith("ة"):
        return "masculine" if word in MASCULINE else "feminine"
    # «٢٥ مهندسا»: the alef is that of the accusative, and nearly all feminines end in teh marbuta
    return "masculine" if bare in lists().singular or (word != bare and len(bare) > 2) else None


def counted(number: int, noun: Noun, case: Case, hundred: Hundred = "مائة", behind: str = "") -> str:
    """*number* and what it counts, in words; *behind* follows the noun unchanged («في الساعة»).

    >>> riyal = Noun("ريال", "ريالات", adjective="سعودي")
    >>> counted(2, riyal, "nominative"), counted(5, riyal, "nominative"), counted(12, riyal, "oblique")
    ('ريالان سعوديان', 'خمسة ريالات سعودية', 'اثني عشر ريالا سعوديا')
    >>> counted(101, riyal, "nominative"), counted(200, Noun("ليلة", "ليال", "feminine"), "oblique")
    ('مائة ريال وريال سعودي', 'مائتي ليلة')
    """
    size, rest = abs(number), abs(number) % 100
    if size > 100 and rest in (1, 2):
        # «مائة ريال وريالان»: the noun is said twice, as the grammars have it
        first = cardinal(number - (rest if number > 0 else -rest), "masculine", case, construct=True, hundred=hundred)
        last = _one_or_two(rest, noun, case, behind, alone=False)
        return f"{first} {noun.one} و{last}"
    if size in (1, 2):
        return ("سالب " if number < 0 else "") + _one_or_two(size, noun, case, behind, alone=True)
    words = cardinal(number, noun.gender, case, construct=True, hundred=hundred)
    if 3 <= rest <= 10:
        return _joined(words, noun.few, agreeing(noun, "few", case), behind)
    if rest > 10:
        return _joined(words, _accusative(noun.one), agreeing(noun, "many", case), behind)
    return _joined(words, noun.one, agreeing(noun, "one", case), behind)


def _one_or_two(number: int, noun: Noun, case: Case, behind: str, *, alone: bool) -> str:
    if number == 2:
        return _joined(dual(noun.one, case), agreeing(noun, "two", case), behind)
    one = {"masculine": "واحد", "feminine": "واحدة"}[noun.gender] if alone else ""
    return _joined(noun.one, agreeing(noun, "one", case), one, behind)


def _joined(*words: str) -> str:
    return " ".join(filter(None, words))


def _accusative(noun: str) -> str:
    """«ريالا», but «سنة» and «يورو» as they are."""
    return noun if noun.endswith(("ة", "ى", "ا", "و")) else noun + "ا"


def agreeing(noun: Noun, form: str, case: Case) -> str:
    """The adjective of *noun* beside "one" of it, "two", "few" (3 to 10) or "many" (11 to 99)."""
    adjective = noun.adjective
    if not adjective:
        return ""
    if form == "few" or (noun.gender == "feminine" and form != "two"):
        return adjective + "ة"  # things in the plural take the feminine
    if form == "two":
        return dual(adjective + ("ة" if noun.gender == "feminine" else ""), case)
    return _accusative(adjective) if form == "many" else adjective
