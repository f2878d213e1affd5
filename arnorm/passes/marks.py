"""Tashkeel and the other marks that sit on letters.

None of these passes touches U+0653–0655: in decomposed text they are the hamza of «سؤال» and the madda of
«آخر», parts of letters and no vowels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arnorm.chars import (
    ALL_MARKS,
    COMPOSING_MARK,
    DAGGER_ALEF,
    DRAWN_MARKS,
    EXTENDED_MARKS,
    FATHATAN,
    HARAKAT,
    HONORIFIC_MARKS,
    KEYCAP,
    LETTER,
    LETTER_PARTS,
    LONE_MARKS,
    MARK,
    OTHER_VOWELS,
    QURANIC_MARKS,
    SHADDA,
    SHORT_VOWELS,
    SUKUN,
    TANWEEN,
    TATWEEL,
    TATWEEL_MARKS,
)
from arnorm.core import CharMap, Judge
from arnorm.passes import _vocalization
from arnorm.passes._own import Rewrite
from arnorm.portable import Around, Chars, Kept, PortableStep, Put, Repeats, Search

__all__ = [
    "strip_tashkeel",
    "strip_dagger_alef",
    "strip_quranic_marks",
    "strip_honorific_marks",
    "strip_extended_marks",
    "strip_all_marks",
    "strip_hamza_marks",
    "strip_decoration_marks",
    "strip_keycaps",
    "strip_shadda",
    "strip_vowels",
    "strip_predictable_marks",
    "strip_case_endings",
    "strip_tanween",
    "strip_tanween_with_alef",
    "squeeze_marks",
    "order_shadda_first",
    "order_tanween_before_alef",
    "order_tanween_after_alef",
]

_HAMZA_STAYS = "The hamza and madda of decomposed text (U+0653–0655) stay: they are parts of letters."


def _strip(name: str, marks: str, summary: str, leaves: str, *examples: tuple[str, str]) -> CharMap:
    return CharMap(name, dict.fromkeys(marks, ""), summary=summary, leaves=leaves, examples=examples)


strip_tashkeel = _strip(
    "strip_tashkeel",
    HARAKAT,
    "delete the eight core harakat, U+064B–0652",
    f"{_HAMZA_STAYS} The dagger alef stays: «الرحمٰن» without it is another spelling; see strip_dagger_alef.",
    ("كِتَابٌ", "كتاب"),
    ("جدًّا", "جدا"),
    ("سُؤَالٌ", "سؤال"),
)

strip_dagger_alef = _strip(
    "strip_dagger_alef",
    DAGGER_ALEF,
    "delete the dagger alef, U+0670",
    "All other marks stay.",
    ("الرحمٰن", "الرحمن"),
)

strip_quranic_marks = _strip(
    "strip_quranic_marks",
    QURANIC_MARKS,
    "delete Quranic annotation, U+06D6–06ED: pauses, end of ayah, sajdah, small letters",
    "Harakat stay.",
    ("ٱلْكِتَـٰبُ لَا رَيْبَ ۛ فِيهِ", "ٱلْكِتَـٰبُ لَا رَيْبَ  فِيهِ"),
)

strip_honorific_marks = _strip(
    "strip_honorific_marks",
    HONORIFIC_MARKS,
    "delete the small words of blessing over names, U+0610–061A",
    "The words written out, and their ligatures such as ﷺ, stay.",
    ("محمد\N{ARABIC SIGN SALLALLAHOU ALAYHE WASSALLAM}", "محمد"),
)

strip_extended_marks = _strip(
    "strip_extended_marks",
    OTHER_VOWELS + EXTENDED_MARKS,
    "delete rarer vowel signs, U+0656–065E, and the marks of Arabic Extended-A, -B and -C",
    f"{_HAMZA_STAYS} Harakat stay.",
    ("ب\N{ARABIC INVERTED DAMMA}", "ب"),
)

strip_all_marks = CharMap(
    "strip_all_marks",
    {**dict.fromkeys(ALL_MARKS + LONE_MARKS, ""), **dict.fromkeys(TATWEEL_MARKS, TATWEEL)},
    summary="delete every mark of the Arabic script that is not part of a letter, marks that are characters included",
    leaves=f"{_HAMZA_STAYS} So does the tatweel of a mark that is set on one.",
    examples=(("ٱلرَّحْمَـٰنِ", "ٱلرحمـن"), ("مﹷن", "مـن"), ("مدﱠ", "مد")),
)

# What NFC has left of them sits on a letter that has no such form («بٔ»): a typing error, or another language.
strip_hamza_marks = _strip(
    "strip_hamza_marks",
    LETTER_PARTS,
    "delete combining hamza and madda, U+0653–0655 and U+065F; put nfc before it",
    "Behind nfc, the hamza of «أ» and «سؤال» is inside its letter and stays; without nfc it is lost.",
    ("بٔ", "ب"),
    ("سؤال", "سؤال"),
)

# «ع̲ي̲د», «س̶ع̶ر̶»: no mark of the Arabic script, and none that its words need.
strip_decoration_marks = _strip(
    "strip_decoration_marks",
    DRAWN_MARKS,
    "delete combining marks that are not of the Arabic script: lines, strokes, tildes, rings drawn over letters; put "
    "nfc before it",
    "Behind nfc, the accents of «é» and its like are inside their letters and stay; an accent on a letter that has no "
    "such form (x̄) goes. Keycaps stay (see strip_keycaps).",
    ("ع\u0332ي\u0332د", "عيد"),
    ("س\u0336عر\u0336 café", "سعر café"),
)

# «ع⃣ي⃣د» is decoration; «1️⃣» is an emoji.
strip_keycaps = Rewrite.of(
    "strip_keycaps",
    Search(Chars(KEYCAP).some, behind=Chars(LETTER)),
    needles=(KEYCAP,),
    summary="delete the keycap, U+20E3, that decorated text draws around Arabic letters",
    leaves="The keycap of a digit, which is an emoji (1️⃣), and of letters of other scripts.",
    examples=(("ع\u20e3يد", "عيد"), ("5\u20e3", "5\u20e3")),
)

# A doubled consonant is often all that tells two words apart: «دَرَس» studied, «درّس» taught.
strip_shadda = _strip("strip_shadda", SHADDA, "delete shadda only", "Vowels, tanween and sukun stay.", ("مُدَرِّس", "مُدَرِس"))

strip_vowels = _strip(
    "strip_vowels",
    HARAKAT.replace(SHADDA, ""),
    "delete vowels, tanween and sukun, keep shadda",
    "Shadda stays, since it changes the word: «درس» and «درّس».",
    ("مُدَرِّسٌ", "مدرّس"),
)

# Partial vocalization, as it is printed: a mark where a reader could take the word for another.
strip_predictable_marks = Judge(
    "strip_predictable_marks",
    _vocalization.predictable,
    needles=tuple(HARAKAT),
    summary="delete the harakat that a reader knows anyway, keep those that tell words apart",
    leaves="Shadda stays, but on a word's first letter, behind the article and in «الذي»; tanween stays. So do the two "
    "vowels of a passive verb, the vowel that says who is meant (قلتُ, قلتَ, لكِ), the fatha of a dual, and where a word "
    "list counted from vocalized text knows another word of the same letters, the mark that decides. What has no marks "
    "gets none. Other marks stay.",
    examples=(
        ("كَتَبَ الطَّالِبُ دَرْسًا", "كتب الطالب درسًا"),
        ("كُتِبَ وَيُكْتَبُ", "كُتِب ويُكتَب"),
        ("قُلْتُ لَكِ إِنَّ المُعَلِّمَيْنِ عَلَّمَا", "قلتُ لكِ إنّ المعلّمَين علّما"),
        ("مَلِكٌ وَمُلْكٌ وَمَلَكٌ", "ملِكٌ ومُلكٌ وملَكٌ"),
    ),
)

_VOWEL = HARAKAT.replace(SHADDA, "")
# The hamza of «قرأَ» stands behind its fatha in decomposed text, and so does the accent of a Latin letter with one.
_BEHIND_VOWEL = f"{COMPOSING_MARK}\u0300-\u036f"
_WORD_END = f"(?![{_BEHIND_VOWEL}]*+[{LETTER}{MARK}])"

# All harakat on one letter, with the hamza or accent among them. Never begins inside such a run, and never gives back:
# linear on any run.
_ON_LETTER = f"[{HARAKAT}{_BEHIND_VOWEL}]"
_CLUSTER = f"(?<!{_ON_LETTER}){_ON_LETTER}++"
_CASE = str.maketrans("", "", _VOWEL)


def _without_ending(match: re.Match[str]) -> str:
    marks = match[0]
    return marks.translate(_CASE) if match.lastgroup == "end" else marks.replace(FATHATAN, "")


# «بيتًا»: its tanween is the case ending too, although an alef follows.
strip_case_endings = Rewrite(
    "strip_case_endings",
    f"(?P<end>{_CLUSTER}{_WORD_END})|(?P<before_alef>{_CLUSTER}(?=[اى]{_ON_LETTER}*+{_WORD_END}))",
    _without_ending,
    needles=tuple(_VOWEL),
    summary="delete the last vowel or tanween of each word, where Arabic marks the case",
    leaves="Shadda stays, and so do vowels inside words. Built-in endings («هٰؤُلَاءِ») go too: no grammar is consulted.",
    examples=(("مُحَمَّدٌ رَسُولُ", "مُحَمَّد رَسُول"), ("قَرَأتُ كِتَابًا", "قَرَأت كِتَابا")),
)

strip_tanween = _strip(
    "strip_tanween",
    TANWEEN + "\N{ARABIC OPEN FATHATAN}\N{ARABIC OPEN DAMMATAN}\N{ARABIC OPEN KASRATAN}",
    "delete tanween only",
    "The alef that carries a fathatan stays: «كتابًا» gives «كتابا».",
    ("كتابًا", "كتابا"),
    ("سُؤَالٌ", "سُؤَال"),
)

_NO_STEPS = "where a word ends it has to look further than one character"

# Undoes an accusative: «كتابًا» → «كتاب». Not for «إذًا» or «معًا», whose alef belongs to the word.
strip_tanween_with_alef = Rewrite(
    "strip_tanween_with_alef",
    f"(?<=[{LETTER}{MARK}])(?<![ا{FATHATAN}])(?:{FATHATAN}({SHADDA}?)ا|ا{FATHATAN}){_WORD_END}",
    r"\1",
    steps=_NO_STEPS,
    needles=(FATHATAN,),
    summary="delete a final fathatan together with the alef that carries it",
    leaves="Fathatan without an alef («مدرسةً»), the other tanween, and alef maksura («هدًى») stay. "
    "A bare «كتابا» is not touched: without its tanween nobody can tell.",
    examples=(("كتابًا", "كتاب"), ("شكراً", "شكر"), ("مدرسةً", "مدرسةً")),
)


def _squeeze_steps(around: Around) -> Iterator[PortableStep]:
    """A marker for the second vowel of each pair that stays; then one of each."""
    kept, vowels = dict(zip(around.markers(3), SHORT_VOWELS, strict=True)), Chars(SHORT_VOWELS)
    yield Repeats(Chars(HARAKAT + DAGGER_ALEF, but=SHORT_VOWELS), 2, 1)
    yield Repeats(vowels, 3, 2)
    alef, accents, no_more = Chars("اى"), Chars(_BEHIND_VOWEL), Chars(LETTER + MARK + _BEHIND_VOWEL)
    # A last alef has no hamza of its own, as that of «أ» has in decomposed text.
    for end in ((alef.maybe,), (accents.some,), (alef, Chars(_BEHIND_VOWEL, but=COMPOSING_MARK), accents.any)):
        for marker, vowel in kept.items():
            yield Search(Kept(vowel), vowel, Put(marker), Kept(Chars(SHADDA).any, *end), not_ahead=no_more)
    yield Repeats(vowels, 2, 1)
    yield kept


# A key held too long, or text vocalized twice: «كِِتاب». At the end of a word a doubled vowel stands for tanween, which
# many do not find on their keyboards: «شكراََ», «سلامُُ».
squeeze_marks = Rewrite(
    "squeeze_marks",
    rf"([{TANWEEN}{SHADDA}{SUKUN}{DAGGER_ALEF}])\1+|([{SHORT_VOWELS}])\2+(?!{SHADDA}*+(?:[اى](?![{COMPOSING_MARK}]))?{_WORD_END})",
    r"\1\2",
    steps=_squeeze_steps,
    lossy=False,
    needles=tuple(mark * 2 for mark in HARAKAT + DAGGER_ALEF),
    hint=rf"([{HARAKAT}{DAGGER_ALEF}])\1",
    summary="keep one of each mark that a letter carries twice in a row: a typing error",
    leaves="A short vowel twice at the end of a word, or before its last alef: it stands for tanween, «شكراََ». "
    "Different marks on one letter, even where they contradict each other: which one is meant? With nfc before it, "
    "equal marks of a letter stand in a row.",
    examples=(("كِِتَاب", "كِتَاب"), ("مدّّة", "مدّة"), ("شكراََ", "شكراََ")),
)


def _shadda_first(match: re.Match[str]) -> str:
    marks = match[0]
    return SHADDA * marks.count(SHADDA) + marks.replace(SHADDA, "")


order_shadda_first = Rewrite(
    "order_shadda_first",
    f"[{HARAKAT}{DAGGER_ALEF}]{{2,}}",
    _shadda_first,
    needles=(SHADDA,),
    lossy=False,
    summary="write shadda before the vowel of its letter, as it is typed and as most resources have it",
    leaves="Canonically equivalent, so it reads the same; NFC orders the other way, so nfc comes before this "
    "pass and not behind it.",
    examples=(("مد\N{ARABIC FATHA}\N{ARABIC SHADDA}", "مد\N{ARABIC SHADDA}\N{ARABIC FATHA}"),),
)

# Where there is one before the alef already («كتابًاً»), two would meet.
order_tanween_before_alef = Rewrite(
    "order_tanween_before_alef",
    # Begins with the alef, so that everything else is passed over quickly.
    f"([اى])({FATHATAN})(?<=[{LETTER}{MARK}]..)(?<!{FATHATAN}..)(?![{LETTER}{MARK}{TATWEEL}])",
    r"\2\1",
    # One step for each alef, so that what is put is a fixed text.
    steps=tuple(
        Search(
            alef + FATHATAN,
            Put(FATHATAN + alef),
            behind=Chars(LETTER + MARK),
            not_behind=Chars(FATHATAN),
            not_ahead=Chars(LETTER + MARK + TATWEEL),
        )
        for alef in "اى"
    ),
    needles=("ا" + FATHATAN, "ى" + FATHATAN),
    lossy=False,
    summary="write fathatan before its final alef: «كتاباً» as «كتابًا»",
    leaves="Both spellings are in use. Alef with hamza («خطأً») carries its own tanween and stays.",
    examples=(("كتاباً", "كتابًا"), ("هدىً", "هدًى"), ("خطأً", "خطأً")),
)

order_tanween_after_alef = Rewrite(
    "order_tanween_after_alef",
    f"{FATHATAN}({SHADDA}?)([اى]){_WORD_END}",
    rf"\1\2{FATHATAN}",
    steps=_NO_STEPS,
    needles=(FATHATAN,),
    lossy=False,
    summary="write fathatan on its final alef: «كتابًا» as «كتاباً»",
    leaves="Both spellings are in use. Fathatan without an alef («مدرسةً») stays.",
    examples=(("كتابًا", "كتاباً"), ("هدًى", "هدىً")),
)
