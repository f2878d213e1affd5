"""Text taken out of documents: from PDF, in the order of the page or in pieces.

How the order is found is in `_extracted`, how a line is turned in `_bidi`, what else is mended in `_mending`; words
are weighed by the spelling model that comes with arnorm, loaded at the first text that needs it.
"""

from __future__ import annotations

from collections.abc import Iterable

from arnorm.core import Judge

__all__ = [
    "repair_extracted_text",
    "join_wrapped_lines",
    "repair_ocr_confusions",
    "repair_ocr_letters",
    "repair_line_end_punctuation",
    "repair_turned_brackets",
]

_Plan = Iterable[tuple[int, int, str]]


def _extracted(text: str) -> _Plan:
    from arnorm.passes._extracted import extracted_text  # with its patterns, not part of `import arnorm`

    return extracted_text(text)


def _wrapped_lines(text: str) -> _Plan:
    from arnorm.passes._lines import wrapped_lines

    return wrapped_lines(text)


def _misrecognized(text: str) -> _Plan:
    from arnorm.passes._ocr import misrecognized

    return misrecognized(text)


def _misread_letters(text: str) -> _Plan:
    from arnorm.passes._ocr import misread_letters

    return misread_letters(text)


def _misplaced_ends(text: str) -> _Plan:
    from arnorm.passes._lines import misplaced_ends

    return misplaced_ends(text)


def _turned_brackets(text: str) -> _Plan:
    from arnorm.passes._lines import turned_brackets

    return turned_brackets(text)


_LEAVES = (
    "Text in the order of reading, and text of which the order cannot be told: single words that are words either way, "
    "other languages in Arabic script. Lines that an extraction put in the wrong place. Letters that the font of the "
    "file maps wrongly."
)

# A PDF holds glyphs, not text. What programs make of them is reversed by letters, by words, or in pieces:
# «باتكلا ىلع», «الكتاب على», «في2020  الكتاب صدر».
repair_extracted_text = Judge(
    "repair_extracted_text",
    _extracted,
    whole=True,
    lossy=False,
    summary="text as programs take it out of PDF: its order found for the whole document and put right, with numbers, "
    "brackets, marks, presentation forms and spaces",
    leaves=_LEAVES,
    examples=(
        ("ةسردملا ىلإ دلولا بهذ", "ذهب الولد إلى المدرسة"),
        (".%18.5 ةبسنب 2024 ماع راعسألا تعفترا", "ارتفعت الأسعار عام 2024 بنسبة 18.5%."),
        ("ذهب الولد إلى المدرسة", "ذهب الولد إلى المدرسة"),
    ),
)

# Text of a page ends its lines where the page was full: a search for two words misses those on two lines.
join_wrapped_lines = Judge(
    "join_wrapped_lines",
    _wrapped_lines,
    whole=True,
    needles=("\n",),
    lossy=False,
    summary="the lines of a paragraph, broken where the page was full, to one line; words broken between two lines too",
    leaves="Short lines (headings, verse), lines that end a sentence, empty lines, items of lists, lines longer than a "
    "page is wide; page numbers and running heads, which stay lines of their own where they are short.",
    examples=(
        (
            "خرج المعلم من المدرسة بعد الظهر وذهب إلى السوق ليشتري\nكتابا جديدا لأولاده.",
            "خرج المعلم من المدرسة بعد الظهر وذهب إلى السوق ليشتري كتابا جديدا لأولاده.",
        ),
    ),
)

# A fifth of what Tesseract gets wrong in Arabic print is the comma: «فرنسا،» is read as «فرنساء» or «فرنسا,».
repair_ocr_confusions = Judge(
    "repair_ocr_confusions",
    _misrecognized,
    lossy=False,
    summary="what text recognition takes for something else: commas, digits in words, letters in numbers, split words",
    leaves="What may be a word as it stands, and letters taken for others: for those, repair. Full stops.",
    examples=(
        ("سافر إلى فرنساء ثم عاد", "سافر إلى فرنسا، ثم عاد"),
        ("كتاب الدرا سات", "كتاب الدراسات"),
        ("السماء صافية", "السماء صافية"),
    ),
)

# What is left behind the profile ocr, where a reader may look over it: «انتبى» for «انتهى», «الكابة» for «الكتابة».
repair_ocr_letters = Judge(
    "repair_ocr_letters",
    _misread_letters,
    lossy=False,
    summary="words that recognition misread by a letter: taken for one that looks like it, dropped, or doubled",
    leaves="What is a word, words of less than four letters, words with marks, and those that may have been several; "
    "names that are no words of the list and look like none.",
    examples=(("انتبى العمل في المساء", "انتهى العمل في المساء"), ("سافر غوتيريش", "سافر غوتيريش")),
)

# Subtitles are typed in programs that show every line from left to right: «انتظر لحظة!» is stored as «!انتظر لحظة».
repair_line_end_punctuation = Judge(
    "repair_line_end_punctuation",
    _misplaced_ends,
    whole=True,
    needles=tuple("!؟?.،,؛:…"),
    lossy=False,
    summary="the signs that end a line from its start to its end, in texts where most stand so: «!انتظر» → «انتظر!»",
    leaves="Lines that end in such a sign too, texts in which more lines end as they should, an ellipsis or a dash of "
    "dialogue at the start, lines without Arabic letters.",
    examples=(("!انتظر لحظة", "انتظر لحظة!"), ("؟(ألم تسمع (اسمي", "ألم تسمع (اسمي)؟"), ("-من هناك؟", "-من هناك؟")),
)

# A copy from a left-to-right program, or an extraction that keeps the shapes of brackets: «أحمد )كحيل(».
repair_turned_brackets = Judge(
    "repair_turned_brackets",
    _turned_brackets,
    needles=("(", "[", "«", "{"),
    lossy=False,
    summary="pairs of brackets and guillemets that close before a word and open behind it turned round: «)كحيل(»",
    leaves="A bracket without its partner («1) أولا»), and one inside other brackets of its kind.",
    examples=(("سافر )وحده( ليلا", "سافر (وحده) ليلا"), ("انظر ]3[", "انظر [3]"), ("1) أولا", "1) أولا")),
)
