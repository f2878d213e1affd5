"""Text taken out of documents: from PDF, in the order of the page or in pieces.

How the order is found is in `_extracted`, how a line is turned in `_bidi`, what else is mended in `_mending`; words
are weighed by the spelling model that comes with arnorm, loaded at the first text that needs it.
"""

from __future__ import annotations

from collections.abc import Iterable

from arnorm.core import Judge

__all__ = ["repair_extracted_text"]

_Plan = Iterable[tuple[int, int, str]]


def _extracted(text: str) -> _Plan:
    from arnorm.passes._extracted import extracted_text  # with its patterns, not part of `import arnorm`

    return extracted_text(text)


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
