"""Runs over files from Python: what `arnorm.files` returns, raises, and leaves alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import arnorm
import arnorm.files
from arnorm import passes
from arnorm.files.errors import UsageError
from arnorm.formats.encodings import UnknownEncodingError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="locks as POSIX has them")


def test_a_file_to_another(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("أحمد\nباب\n", encoding="utf-8")
    done = arnorm.files.normalize(tmp_path / "a.txt", "search", output=tmp_path / "b.txt")
    assert (done.files, done.records, done.changed, done.bad, done.failed) == (1, 2, 1, 0, {})
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == "احمد\nباب\n"
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "أحمد\nباب\n"


def test_a_folder_is_taken_up_again(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in "ab":
        (source / f"{name}.txt").write_text("إلى", encoding="utf-8")
    assert arnorm.files.normalize(source, "search", output=out, resume=True).files == 2
    (source / "b.txt").write_text("أب", encoding="utf-8")
    assert arnorm.files.normalize(source, "search", output=out, resume=True).files == 1
    assert (out / "b.txt").read_text(encoding="utf-8") == "اب"


def test_repair_in_place(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,comment\n1,ذهب الى المدرسه\n", encoding="utf-8")
    done = arnorm.files.repair(tmp_path / "a.csv", fields=["comment"], in_place=True)
    assert done.changed == 1
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "id,comment\n1,ذهب إلى المدرسة\n"


def test_encodings_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("أب".encode("cp1256"))
    arnorm.files.transform(passes.fold_alef, tmp_path / "a.txt", in_place=True, encoding="cp1256", to="utf-8-sig")
    assert (tmp_path / "a.txt").read_bytes() == b"\xef\xbb\xbf" + "اب".encode()


def test_the_first_error_is_raised_and_nothing_is_lost(tmp_path: Path) -> None:
    bad, good = tmp_path / "a.txt", tmp_path / "b.txt"
    bad.write_bytes(b"\xff\xfe\xfa")
    good.write_text("أ", encoding="utf-8")
    with pytest.raises(arnorm.UndecodableInputError):
        arnorm.files.normalize([bad, good], "search", in_place=True)
    assert bad.read_bytes() == b"\xff\xfe\xfa"
    done = arnorm.files.normalize([bad, good], "search", in_place=True, strict=False)
    assert (done.files, list(done.failed)) == (1, [str(bad)])
    assert good.read_text(encoding="utf-8") == "ا"


def test_bad_records_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "أ"}\nnone\n', encoding="utf-8")
    done = arnorm.files.normalize(path, "search", in_place=True, strict=False)
    assert (done.records, done.bad) == (1, 1)
    assert path.read_text(encoding="utf-8") == '{"text": "ا"}\nnone\n'


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({}, UsageError),
        ({"output": "x.txt", "encoding": "utf-88"}, UnknownEncodingError),
        ({"output": "x.txt", "fields": ["text"]}, UsageError),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path, how: dict[str, object], error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").write_text("أ", encoding="utf-8")
    with pytest.raises(error):
        arnorm.files.normalize("a", "search", **how)
    assert os.listdir() == ["a"]


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("أ", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\xfa")
    arnorm.files.normalize([tmp_path / "a.txt", tmp_path / "b.txt"], "search", in_place=True, strict=False)
    assert capfd.readouterr() == ("", "")
