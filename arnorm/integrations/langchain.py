"""LangChain: a loader of PDFs whose text is in the order of reading.

from arnorm.integrations.langchain import ArabicPdfLoader

documents = ArabicPdfLoader("report.pdf").load()
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from os import PathLike
from typing import TYPE_CHECKING

from arnorm.core import Composable
from arnorm.documents import read_pdf
from arnorm.extras import require
from arnorm.literals import ProfileName

if TYPE_CHECKING:
    from langchain_core.document_loaders import BaseLoader
    from langchain_core.documents import Document
else:
    BaseLoader = require("langchain_core.document_loaders", "langchain").BaseLoader
    Document = require("langchain_core.documents", "langchain").Document

__all__ = ["ArabicPdfLoader"]


class ArabicPdfLoader(BaseLoader):  # type: ignore[misc]
    """The pages of the PDF at *path* as documents, their text in the order of reading and normalized by *profile*.

    The metadata of a page are those of LangChain's own loaders: ``source`` and ``page``, from 0. A page without text
    comes with an empty one. What `arnorm.read_pdf` raises is raised when the first page is asked for.
    """

    def __init__(self, path: str | PathLike[str], profile: ProfileName | Composable = "pdf") -> None:
        self.path = path
        self.profile = profile

    def lazy_load(self) -> Iterator[Document]:
        """The pages, one by one; ``load``, ``aload`` and ``alazy_load`` are built on it."""
        source = os.fspath(self.path)
        for page in read_pdf(self.path, self.profile):
            yield Document(page_content=page.text, metadata={"source": source, "page": page.number - 1})
