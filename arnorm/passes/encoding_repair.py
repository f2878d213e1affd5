"""Repairs of damaged encodings. Each judges, and each has to be sure: sound text comes back untouched.

What counts as evidence is in `_mojibake`, `_visual` and `_layout`; the common words it is weighed by are in
`arnorm/data/encoding_words.z`.
"""

from __future__ import annotations

from collections.abc import Iterable

from arnorm.core import Judge

__all__ = [
    "repair_utf8_mojibake",
    "repair_codepage_mojibake",
    "repair_visual_order",
    "repair_lam_alef_order",
    "repair_keyboard_layout",
    "repair_keyboard_layout_to_latin",
]


_Plan = Iterable[tuple[int, int, str]]

# Each judge is imported at its first text: their patterns and words are not part of `import arnorm`.


def _utf8_misread(text: str) -> _Plan:
    from arnorm.passes._mojibake import utf8_misread

    return utf8_misread(text)


def _codepage_misread(text: str) -> _Plan:
    from arnorm.passes._codepages import misread

    return misread(text)


def _reversed_lines(text: str) -> _Plan:
    from arnorm.passes._visual import reversed_lines

    return reversed_lines(text)


def _swapped_lam_alefs(text: str) -> _Plan:
    from arnorm.passes._visual import swapped_lam_alefs

    return swapped_lam_alefs(text)


def _arabic_in_latin(text: str) -> _Plan:
    from arnorm.passes._layout import arabic_in_latin

    return arabic_in_latin(text)


def _latin_in_arabic(text: str) -> _Plan:
    from arnorm.passes._layout import latin_in_arabic

    return latin_in_arabic(text)


# The commonest accident of all: «مرحبا» saved as UTF-8 and opened as Windows-1252 shows as «Ù…Ø±Ø­Ø¨Ø§».
repair_utf8_mojibake = Judge(
    "repair_utf8_mojibake",
    _utf8_misread,
    # The first bytes of UTF-8 as cp1252, latin-1 and Mac Roman show them; and as cp1256 does, where they are common
    # letters, with a second byte and more behind them.
    hint=r"[Â-ôÿŸŘŮ╪┘ШЩ][\x80-\uffff]|[طظعغ][\x80-¿€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u200c\u200dں،ھ؛؟][^\x00-\x7f]",
    lossy=False,
    summary="UTF-8 that was read as cp1252, latin-1, cp1250, cp1251, cp1254, cp1256, cp437, cp850 or Mac Roman, once "
    "or several times over",
    leaves=(
        "Sound text: a single pair that may be itself («OÙ…», «Ø°», «MAÇÃ»»), and runs that decode to nothing people "
        "write. Lost bytes stay lost. Text whose accents were taken apart (NFD) has to be composed first."
    ),
    examples=(
        ("Ù…Ø±Ø\xadØ¨Ø§", "مرحبا"),
        ("قال: Ù†Ø¹Ù…", "قال: نعم"),
        ("ظ…ط±ط\xadط¨ط§", "مرحبا"),
        ("┘à╪▒╪¡╪¿╪º.txt", "مرحبا.txt"),
        ("OÙ… est-il ?", "OÙ… est-il ?"),
    ),
)

# Pages of before 2005 are in Windows-1256; opened as Windows-1252, «مرحبا» shows as «ãÑÍÈÇ».
repair_codepage_mojibake = Judge(
    "repair_codepage_mojibake",
    _codepage_misread,
    hint="[\u00a1-\u04ff\u2500-\u25ff]{2}",
    lossy=False,
    summary="Arabic in Windows-1256, ISO-8859-6, MacArabic, cp720 or cp864 that was read as Windows-1252 or latin-1, "
    "and in Windows-1256 that was read as cp1250, cp1251, cp1254, cp437 or cp850",
    leaves=(
        "A stretch that touches ASCII letters (French, German, Icelandic, Portuguese words), and one of which less "
        "than a third is in common Arabic words, two of three letters or one of four; less sure stretches are read "
        "beside sure ones. Of Cyrillic, half, and capitals inside words."
    ),
    examples=(
        ("ãÑÍÈÇ Èßã", "مرحبا بكم"),
        ("ÇäÓäÇå Ùäêãå", "السلام عليكم"),
        ("гСНИЗ Игя", "гСНИЗ Игя"),
        ("Où est l'été à Orléans ?", "Où est l'été à Orléans ?"),
    ),
)

# A PDF holds glyphs from left to right: its «مرحبا بالعالم الجديد» may come out as «ديدجلا ملاعلاب ابحرم».
repair_visual_order = Judge(
    "repair_visual_order",
    _reversed_lines,
    lossy=False,
    summary="lines in visual order turned round; numbers and Latin keep theirs, brackets are mirrored",
    leaves=(
        "A line that reads as well forwards, lines of fewer than three common words unless a word begins with ة or ى, "
        "which none does, or its presentation forms stand in reverse. The order of lines is not changed."
    ),
    examples=(
        ("ةسردملا ىلإ دلولا بهذ", "ذهب الولد إلى المدرسة"),
        ("ﺎﺒﺣﺮﻣ", "ﻣﺮﺣﺒﺎ"),
        ("ذهب الولد إلى المدرسة", "ذهب الولد إلى المدرسة"),
    ),
)

# The ligature لا is one glyph; an extraction that turns its letters round makes «المجالت» of «المجلات».
repair_lam_alef_order = Judge(
    "repair_lam_alef_order",
    _swapped_lam_alefs,
    lossy=False,
    summary="lam-alefs whose letters were swapped, «االسالم» → «الاسلام», where the word cannot be another",
    leaves=(
        "Words that are words either way («السالم» and «السلام», «ثالث» and «ثلاث»), unless the whole text proves "
        "damaged: three such words beyond doubt, and not one lam-alef in order. Rare words."
    ),
    examples=(("المجالت", "المجلات"), ("االسالم", "الاسلام"), ("الجمع السالم", "الجمع السالم")),
)

# «مرحبا» typed with the keyboard set to English gives «lvpfh».
repair_keyboard_layout = Judge(
    "repair_keyboard_layout",
    _arabic_in_latin,
    lossy=False,
    summary="Arabic that was typed on the English layout, «lvpfh» → «مرحبا» (Arabic 101 keyboard)",
    leaves=(
        "A stretch of Latin with one word in it that may be one of some language, an identifier, a URL, a name or "
        "Arabizi; single words of fewer than five letters. Only common Arabic words are recognized."
    ),
    examples=(("lvpfh", "مرحبا"), ("hgsghl ugd;l", "السلام عليكم"), ("the lvpfh key", "the lvpfh key")),
)

# «hello» typed with the keyboard set to Arabic gives «اثممخ».
repair_keyboard_layout_to_latin = Judge(
    "repair_keyboard_layout_to_latin",
    _latin_in_arabic,
    lossy=False,
    summary="English that was typed on the Arabic layout, «اثممخ» → «hello» (Arabic 101 keyboard)",
    leaves="Runs with a word that is Arabic, or that is not one of a thousand common English words; short words alone.",
    examples=(("اثممخ", "hello"), ("لخخي ةخقىهىل", "good morning"), ("السلام عليكم", "السلام عليكم")),
)
