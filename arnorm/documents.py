"""Documents as text: PDF page by page, in the order of reading.

    import arnorm

    for page in arnorm.read_pdf("report.pdf"):
        index.add(page.text, number=page.number)

Needs ``pip install 'arnorm[documents]'``. The pages are read by pypdf in its layout mode: of eleven ways to take
text out of PDF it leaves the fewest errors once arnorm has put the order right.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from arnorm.errors import ArnormError, InvalidPassError
from arnorm.literals import ProfileName

if TYPE_CHECKING:
    from arnorm.core import Composable

__all__ = ["Page", "UnreadablePdfError", "in_reading_order", "read_pdf"]

_PAGE = "\f"


class Page(NamedTuple):
    """A page of a document: its number, from 1, and its text.

    >>> Page(1, "نص الصفحة").text
    'نص الصفحة'
    """

    number: int
    text: str


class UnreadablePdfError(ArnormError, ValueError):
    """A file that is no PDF, is damaged, or needs a password."""


def read_pdf(path: str | PathLike[str] | BinaryIO, profile: ProfileName | Composable = "pdf") -> Iterator[Page]:
    """The pages of the PDF at *path* (or an open binary file), in the order of reading and normalized by *profile*.

    The order is judged for the whole document before the first page comes, so it is read whole. A page that holds
    no text (a scan) comes with an empty one. Raises `OSError` for a file that cannot be opened, `UnreadablePdfError`
    for one that is no sound PDF, and `MissingPackageError` without pypdf.
    """
    from arnorm.profiles import normalize

    pages = pages_of(Path(path).read_bytes() if isinstance(path, str | PathLike) else path.read())
    return (Page(number, normalize(text, profile)) for number, text in enumerate(pages, 1))


def pages_of(data: bytes) -> list[str]:
    """The text of each page of the PDF that *data* is, in the order of reading."""
    from arnorm import passes
    from arnorm.extras import require

    pypdf = require("pypdf", "documents")
    try:
        shown = [page.extract_text(extraction_mode="layout") or "" for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    except Exception as error:  # of whatever kind, by what the file holds
        raise UnreadablePdfError(f"not a sound PDF ({type(error).__name__}: {error})") from error
    text = f"\n{_PAGE}".join(page.replace(_PAGE, "\n") for page in shown)
    text = passes.repair_extracted_text(text)
    return [passes.squeeze_spaces(page).strip("\n") for page in text.split(_PAGE)]


#: The orders that a text may be in.
ORDERS = ("letters", "words", "each word", "pieces", "quoted pieces")


def in_reading_order(text: str, order: str = "letters") -> str:
    """*text*, of which you know in which *order* it is, in the order of reading; nothing is judged.

    *order* is ``letters`` (each line stands backwards), ``words`` (its words do, their letters do not), ``each word``
    (the letters of each word do), ``pieces`` (the pieces between numbers and Latin stand in the order of the page) or
    ``quoted pieces`` (quotes part them too). Lines without Arabic letters stay. Twice gives another text than once:
    where you do not know, take ``passes.repair_extracted_text``. Raises `InvalidPassError` for another order.

    >>> in_reading_order("المدرسة إلى الولد ذهب", "words")
    'ذهب الولد إلى المدرسة'
    """
    if order not in ORDERS:
        raise InvalidPassError(f"in_reading_order: an order is one of {', '.join(ORDERS)}, not {order!r}")
    from arnorm.passes._extracted import repaired

    return repaired(text, order)
