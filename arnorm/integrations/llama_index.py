"""LlamaIndex: a reader of PDFs whose text is in the order of reading.

from arnorm.integrations.llama_index import ArabicPdfReader

documents = ArabicPdfReader().load_data("report.pdf")
documents = SimpleDirectoryReader("reports", file_extractor={".pdf": ArabicPdfReader()}).load_data()
"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arnorm.core import Composable
from arnorm.documents import read_pdf
from arnorm.extras import require
from arnorm.literals import ProfileName

if TYPE_CHECKING:
    from llama_index.core.readers.base import BaseReader
    from llama_index.core.schema import Document
else:
    BaseReader = require("llama_index.core.readers.base", "llama-index").BaseReader
    Document = require("llama_index.core.schema", "llama-index").Document

__all__ = ["ArabicPdfReader"]


class ArabicPdfReader(BaseReader):  # type: ignore[misc]
    """Reads PDFs page by page, their text in the order of reading and normalized by *profile*.

    The metadata of a page are those of LlamaIndex's own reader: ``file_name`` and ``page_label``, from "1". A page
    without text comes with an empty one. What `arnorm.read_pdf` raises is raised when the first page is asked for.
    """

    def __init__(self, profile: ProfileName | Composable = "pdf") -> None:
        self.profile = profile

    def lazy_load_data(
        self, file: str | PathLike[str], extra_info: dict[str, Any] | None = None, **_: Any
    ) -> Iterator[Document]:
        """The pages of *file*, one by one, with *extra_info* in their metadata; ``load_data`` is built on it.

        A file system that is given is not used: *file* is of this machine.
        """
        name = Path(file).name
        for page in read_pdf(file, self.profile):
            metadata = {"file_name": name, "page_label": str(page.number), **(extra_info or {})}
            yield Document(text=page.text, metadata=metadata)
