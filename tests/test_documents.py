"""Documents: subtitles, web pages, Word and PDF, read and written by the command line and from Python."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import arnorm
from arnorm import passes
from arnorm.cli import main
from arnorm.documents import UnreadablePdfError, in_reading_order, read_pdf
from arnorm.errors import InvalidPassError
from arnorm.formats.base import Piece
from arnorm.formats.docx import Paragraphs
from tests.pdf import pdf_of

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>!أسرعوا الآن</i>
؟أين ذهب أخوك

2
00:00:03,000 --> 00:00:04,000
20

"""
SRT_DONE = SRT.replace("!أسرعوا الآن", "أسرعوا الآن!").replace("؟أين ذهب أخوك", "أين ذهب أخوك؟")


def normalized(path: Path, *options: str) -> bytes:
    out = path.with_name("out" + path.suffix)
    assert main(["normalize", *options, "-o", str(out), str(path)]) == 0
    return out.read_bytes()


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_subtitles_keep_numbers_times_and_tags(tmp_path: Path) -> None:
    path = written(tmp_path, "film.srt", SRT.replace("\n", "\r\n").encode())
    assert normalized(path, "--pass", "repair_line_end_punctuation").decode() == SRT_DONE.replace("\n", "\r\n")


def test_subtitles_that_are_not_utf8_are_windows_1256(tmp_path: Path) -> None:
    path = written(tmp_path, "film.srt", SRT.encode("cp1256"))
    assert normalized(path, "--pass", "repair_line_end_punctuation").decode("cp1256") == SRT_DONE


def test_a_pass_that_joins_lines_leaves_subtitles_alone(tmp_path: Path) -> None:
    path = written(tmp_path, "film.srt", SRT.encode())
    assert normalized(path, "--pass", "join_wrapped_lines") == SRT.encode()


def test_subtitles_of_other_kinds(tmp_path: Path) -> None:
    ass = (
        "[Script Info]\nTitle: !عنوان\n[Events]\nFormat: Layer, Start, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\an8}!توقف\\N!الآن\n"
    )
    path = written(tmp_path, "film.ass", ass.encode())
    expected = ass.replace("!توقف", "توقف!").replace("!الآن", "الآن!")
    assert normalized(path, "--pass", "repair_line_end_punctuation").decode() == expected
    vtt = "WEBVTT\n\nNOTE !ملاحظة\n\n00:01.000 --> 00:02.000\n<v سامي>!أهلا\n"
    path = written(tmp_path, "film.vtt", vtt.encode())
    assert normalized(path, "--pass", "repair_line_end_punctuation").decode() == vtt.replace("!أهلا", "أهلا!")


def test_of_a_page_only_what_is_read_is_changed(tmp_path: Path) -> None:
    page = '<p class="كتـاب">كتـاب &amp; <b>قلـم</b><script>"كتـاب"</script><!-- كتـاب --></p>'
    path = written(tmp_path, "page.html", page.encode())
    expected = page.replace(">كتـاب &amp;", ">كتاب &amp;").replace("قلـم", "قلم")
    assert normalized(path).decode() == expected


def test_a_file_is_one_text_to_a_repair_that_judges_all_of_it(tmp_path: Path) -> None:
    text = "ماق\nديدج باتك ةسردملا ةبتكم يف\nةعمجلا موي ةيرقلا ىلإ ملعملا رفاس\n"
    path = written(tmp_path, "page.txt", text.encode())
    expected = "قام\nفي مكتبة المدرسة كتاب جديد\nسافر المعلم إلى القرية يوم الجمعة\n"
    assert normalized(path, "-p", "pdf").decode() == expected
    assert normalized(path, "--pass", "strip_tashkeel", "--pass", "repair_extracted_text").decode() == expected


def word_file(*runs: tuple[str, bool]) -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, bold in runs:
        paragraph.add_run(text).bold = bold
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "خليـة"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def runs_of(data: bytes) -> list[tuple[str, Any]]:
    docx = pytest.importorskip("docx")
    return [(run.text, run.bold) for p in docx.Document(io.BytesIO(data)).paragraphs for run in p.runs]


def test_word_keeps_its_runs(tmp_path: Path) -> None:
    path = written(tmp_path, "letter.docx", word_file(("الكتـ", False), ("ــاب ", True), ("الجديـد", False)))
    done = normalized(path)
    assert runs_of(done) == [("الكت", False), ("اب ", True), ("الجديد", False)]
    docx = pytest.importorskip("docx")
    assert docx.Document(io.BytesIO(done)).tables[0].cell(0, 0).text == "خلية"


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file_of(*paragraphs: str) -> bytes:
    """A Word file of paragraphs given in the XML of its format."""
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    document = docx.Document()
    for inner in paragraphs:
        document.element.body.insert(0, parse_xml(f"<w:p {WORD}>{inner}</w:p>"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def body_of(data: bytes) -> str:
    """The paragraphs of a Word file in the XML of its format."""
    docx = pytest.importorskip("docx")
    from docx.opc.oxml import serialize_part_xml

    body = docx.Document(io.BytesIO(data)).element.body
    parts = [serialize_part_xml(child).decode() for child in body if child.tag.endswith("}p")]
    return "".join(re.sub(r"<\?xml[^>]*>\s*|</?w:p\b[^>]*>", "", part) for part in parts)


def accepted(xml: str) -> str:
    return re.sub("<[^>]*>", "", re.sub("<w:(del|moveFrom) .*?</w:\\1>", "", xml))


def rejected(xml: str) -> str:
    return re.sub("<[^>]*>", "", re.sub('<w:ins [^>]*w:author="arnorm"[^>]*>.*?</w:ins>', "", xml))


def test_what_a_tracked_change_deletes_stays_and_what_it_inserts_is_text(tmp_path: Path) -> None:
    xml = (
        '<w:r><w:t xml:space="preserve">{} </w:t></w:r>'
        '<w:del w:id="7" w:author="سامي"><w:r><w:delText>القديـم</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="8" w:author="سامي"><w:r><w:t>المنقـول</w:t></w:r></w:moveFrom>'
        '<w:ins w:id="9" w:author="سامي"><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:ins>'
    )
    path = written(tmp_path, "letter.docx", word_file_of(xml.format("الكتـاب", "الجديـد")))
    assert body_of(normalized(path)) == xml.format("الكتاب", "الجديد")


def test_tabs_line_breaks_and_pictures_stay_where_they_are(tmp_path: Path) -> None:
    xml = (
        '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
        '<w:r><w:tab/><w:t xml:space="preserve">خا</w:t><w:tab/><w:t xml:space="preserve">صة</w:t><w:br/>'
        '<w:t xml:space="preserve">كتاب{}</w:t><w:noBreakHyphen/><w:t>قلم</w:t></w:r>'
    )
    path = written(tmp_path, "letter.docx", word_file_of(xml.format("\u0640")))
    assert body_of(normalized(path, "--pass", "join_wrapped_lines", "--pass", "strip_tatweel")) == xml.format("")
    spaced = '<w:r><w:t xml:space="preserve">خا </w:t><w:tab/><w:t xml:space="preserve"> صة</w:t></w:r>'
    path = written(tmp_path, "letter.docx", word_file_of(spaced))
    assert "<w:tab/>" in body_of(normalized(path, "-p", "ocr"))


def test_notes_and_headers_of_every_kind_are_text(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = docx.Document()
    document.add_paragraph("متـن")
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "رأس الصفحـة الأولى"
    section.footer.paragraphs[0].text = "ذيـل"
    notes = f"<w:footnotes {WORD}><w:footnote><w:p><w:r><w:t>حاشيـة</w:t></w:r></w:p></w:footnote></w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    out = io.BytesIO()
    document.save(out)
    done = normalized(written(tmp_path, "letter.docx", out.getvalue()))
    with zipfile.ZipFile(io.BytesIO(done)) as packed:
        text = "".join(packed.read(name).decode() for name in packed.namelist() if name.startswith("word/"))
    assert [word for word in ("متن", "رأس الصفحة الأولى", "ذيل", "حاشية") if word not in text] == []
    assert "ـ" not in text


def test_changes_may_be_tracked(tmp_path: Path) -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    xml = (
        f'<w:r>{bold}<w:tab/><w:t xml:space="preserve">قرأ الكتـاب </w:t><w:br/></w:r>'
        '<w:ins w:id="41" w:author="سامي"><w:r><w:t xml:space="preserve">ثم القصـة كلها</w:t></w:r></w:ins>'
    )
    path = written(tmp_path, "letter.docx", word_file_of(xml))
    done = body_of(normalized(path, "--track-changes"))
    assert accepted(done) == "قرأ الكتاب ثم القصة كلها"
    assert rejected(done) == "قرأ الكتـاب ثم القصـة كلها"
    old = f'<w:r>{bold}<w:delText xml:space="preserve">الكتـاب</w:delText></w:r>'
    new = f'<w:r>{bold}<w:t xml:space="preserve">الكتاب</w:t></w:r>'
    assert f'<w:del w:id="42" w:author="arnorm">{old}</w:del><w:ins w:id="43" w:author="arnorm">{new}</w:ins>' in done
    # What somebody else inserted stays theirs, before the change and behind it, and no insertion holds another.
    assert done.count('w:author="سامي"') == 3
    assert not re.search("<w:ins (?:(?!</w:ins>).)*<w:ins ", done)
    assert done.count("<w:tab/>") == done.count("<w:br/>") == 1
    assert body_of(normalized(written(tmp_path, "again.docx", normalized(path, "--track-changes")))) == done


def test_only_word_files_hold_tracked_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "page.txt", b"")
    assert main(["normalize", "--track-changes", str(path)]) == 2
    assert "--track-changes is for docx; this is text" in capsys.readouterr().err


@settings(max_examples=max(8, settings().max_examples // 3))
@given(
    st.lists(st.text("كتبـ ا<", min_size=1, max_size=4), min_size=1, max_size=5), st.text("كتبـ ا\u064e", max_size=12)
)
@example(["ب"], "")
def test_tracked_changes_accepted_are_the_new_text_and_rejected_the_old(runs: list[str], after: str) -> None:
    before = "".join(runs)
    data = word_file_of("".join(f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs))
    piece, codec = Piece(Paragraphs(tracked=True), data), Paragraphs(tracked=True)
    done = body_of(codec.restore(piece, codec.read(piece), [after]))
    assert unescape(accepted(done)) == after
    assert unescape(rejected(done)) == before
    plain = body_of(Paragraphs().restore(piece, codec.read(piece), [after]))
    assert unescape(re.sub("<[^>]*>", "", plain)) == after


def test_what_is_no_word_file_is_an_error_of_that_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("docx")
    path = written(tmp_path, "letter.docx", b"not a zip")
    assert main(["normalize", "-o", str(tmp_path / "out.docx"), str(path)]) == 65
    assert "letter.docx: not a Word document" in capsys.readouterr().err


def pdf_file(folder: Path) -> Path:
    """A PDF of one page that holds no text, as a scan."""
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    path = folder / "scan.pdf"
    with path.open("wb") as file:
        writer.write(file)
    return path


def test_a_page_without_text_comes_empty(tmp_path: Path) -> None:
    assert [*read_pdf(pdf_file(tmp_path))] == [(1, "")]
    assert arnorm.read_pdf is read_pdf


def test_what_a_page_shows_is_read_in_order() -> None:
    pytest.importorskip("pypdf")
    shown = ".ةسردملا ىلإ 2024 ماع دلولا بهذ\nةقيدحلا يف بعلو", "(1) ةعمجلا موي ةيرقلا ىلإ ملعملا رفاس"
    assert [page.text for page in read_pdf(io.BytesIO(pdf_of(*shown)))] == [
        "ذهب الولد عام 2024 إلى المدرسة.\nولعب في الحديقة",
        "سافر المعلم إلى القرية يوم الجمعة (1)",
    ]


def test_what_is_no_pdf_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pypdf")
    path = written(tmp_path, "report.pdf", b"%PDF-1.4 cut off")
    with pytest.raises(UnreadablePdfError, match="not a sound PDF"):
        read_pdf(path)
    assert main(["normalize", str(path)]) == 65
    assert "report.pdf: not a sound PDF" in capsys.readouterr().err


def test_a_pdf_is_written_as_text_beside_its_name(tmp_path: Path) -> None:
    path = pdf_file(tmp_path)
    assert main(["normalize", "-o", f"{tmp_path / 'out'}/", str(path)]) == 0
    assert (tmp_path / "out" / "scan.pdf.txt").exists()


def test_a_pdf_is_not_changed_in_place(tmp_path: Path) -> None:
    path = pdf_file(tmp_path)
    before = path.read_bytes()
    assert main(["normalize", "-i", str(path)]) == 2
    assert path.read_bytes() == before


def test_a_text_known_to_stand_backwards_is_turned_unjudged() -> None:
    assert passes.repair_extracted_text("ملق") == "ملق"
    assert in_reading_order("ملق") == "قلم"
    with pytest.raises(InvalidPassError, match="an order is one of letters, words"):
        in_reading_order("قلم", "upside down")


def test_passes_run_before_and_behind_a_profile_as_they_are_given(tmp_path: Path) -> None:
    page = "ةعمجلا موي ىلإ حابصلا نم ءاقدصألا عم ةديعبلا ةريبكلا ةقيدحلا يف دالوألا بعل\n.ةسردملا دعب ةليوط ةعاس\n"
    path = written(tmp_path, "page.txt", page.encode())
    whole = "لعب الأولاد في الحديقة الكبيرة البعيدة مع الأصدقاء من الصباح إلى يوم الجمعة"
    behind = normalized(path, "-p", "pdf", "--pass", "join_wrapped_lines").decode()
    assert behind == f"{whole} ساعة طويلة بعد المدرسة.\n"
    before = normalized(path, "--pass", "strip_tatweel", "-p", "pdf").decode()
    assert before == f"{whole}\nساعة طويلة بعد المدرسة.\n"
    folder = tmp_path / "folder"
    folder.mkdir()
    written(folder, "page.txt", page.encode())
    assert (
        main(["normalize", "-p", "pdf", "--pass", "join_wrapped_lines", "-o", str(tmp_path / "texts"), str(folder)])
        == 0
    )
    assert (tmp_path / "texts" / "page.txt").read_text(encoding="utf-8") == behind


def test_a_profile_is_given_once_and_not_with_a_recipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "page.txt", b"")
    assert main(["normalize", "-p", "pdf", "-p", "clean", str(path)]) == 2
    assert "given twice" in capsys.readouterr().err
    assert main(["normalize", "--config", str(path), "--pass", "nfc", str(path)]) == 2
    assert "not with -p or --pass" in capsys.readouterr().err
