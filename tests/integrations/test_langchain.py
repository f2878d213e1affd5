"""The loader of PDFs for LangChain."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from arnorm.documents import UnreadablePdfError
from tests.integrations.processes import error_without
from tests.pdf import pdf_of

pytest.importorskip("langchain_core")
pytest.importorskip("pypdf")

from arnorm.integrations.langchain import ArabicPdfLoader

PDF = pdf_of(".ةسردملا ىلإ 2024 ماع دلولا بهذ\nةقيدحلا يف بعلو", "ةعمجلا موي ةيرقلا ىلإ ملعملا رفاس")


def test_pages_come_as_documents_in_the_order_of_reading(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(PDF)
    first, second = ArabicPdfLoader(path).load()
    assert first.page_content == "ذهب الولد عام 2024 إلى المدرسة.\nولعب في الحديقة"
    assert first.metadata == {"source": str(path), "page": 0}
    assert second.page_content == "سافر المعلم إلى القرية يوم الجمعة"
    assert second.metadata["page"] == 1
    assert asyncio.run(ArabicPdfLoader(str(path)).aload()) == [first, second]
    assert ArabicPdfLoader(path, "search").load()[1].page_content == "سافر المعلم الي القريه يوم الجمعه"


def test_what_is_no_pdf_is_said(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"no pdf")
    with pytest.raises(UnreadablePdfError):
        ArabicPdfLoader(path).load()


def test_without_langchain() -> None:
    assert "arnorm[langchain]" in error_without("langchain_core", "langchain")
