"""The reader of PDFs for LlamaIndex."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integrations.processes import error_without
from tests.pdf import pdf_of

core = pytest.importorskip("llama_index.core")
pytest.importorskip("pypdf")

from arnorm.integrations.llama_index import ArabicPdfReader  # noqa: E402

PDF = pdf_of(".ةسردملا ىلإ 2024 ماع دلولا بهذ\nةقيدحلا يف بعلو", "ةعمجلا موي ةيرقلا ىلإ ملعملا رفاس")


def test_pages_come_as_documents_in_the_order_of_reading(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(PDF)
    first, second = ArabicPdfReader().load_data(path, {"year": 2024})
    assert first.text == "ذهب الولد عام 2024 إلى المدرسة.\nولعب في الحديقة"
    assert first.metadata == {"file_name": "report.pdf", "page_label": "1", "year": 2024}
    assert second.text == "سافر المعلم إلى القرية يوم الجمعة"
    assert ArabicPdfReader("search").load_data(str(path))[1].text == "سافر المعلم الي القريه يوم الجمعه"


def test_a_directory_is_read_with_it(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(PDF)
    reader = core.SimpleDirectoryReader(str(tmp_path), file_extractor={".pdf": ArabicPdfReader()})
    assert [d.metadata["page_label"] for d in reader.load_data()] == ["1", "2"]
    assert "إلى المدرسة" in reader.load_data()[0].text


def test_without_llama_index() -> None:
    assert "arnorm[llama-index]" in error_without("llama_index", "llama_index")
