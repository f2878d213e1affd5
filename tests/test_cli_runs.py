"""Runs that are taken up again, that are looked over before they begin, and that say how they went."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import arnorm
from arnorm import passes
from arnorm.cli import main
from arnorm.cli.exits import Exit
from arnorm.core import Pipeline
from arnorm.files import writing
from arnorm.files.manifest import MANIFEST
from arnorm.files.work import Work

pytestmark = pytest.mark.skipif(os.name != "posix", reason="locks as POSIX has them")

FOLD = ["normalize", "--pass", "fold_alef"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    """Runs the command line in this process, in a folder of its own; exit code, output and messages."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([*FOLD, *args])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two files with three bad records, and one without."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, bad in (("a", 1), ("b", 2), ("c", 0)):
        (folder / f"{name}.jsonl").write_text('{"text": "أ"}\n' + '{"text": 5}\n' * bad, encoding="utf-8")
    return folder


# --- Taken up again ------------------------------------------------------------------------------------------------


def test_a_second_run_is_no_success_where_the_first_was_none(run: Run, corpus: Path) -> None:
    args = ("--resume", "in", "-o", "out")
    code, _, said = run(*args)
    assert code == Exit.DATA
    assert "3 bad records left as they are; the first is in/a.jsonl: line 2" in said
    for _ in range(2):
        code, _, said = run(*args)
        assert code == Exit.DATA
        assert "3 bad records left as they are, 3 of them in files that an earlier run has done" in said
    (corpus / "b.jsonl").write_text('{"text": "ب"}\n', encoding="utf-8")
    code, _, said = run(*args)
    assert (code, "1 bad record left as it is, 1 of them" in said) == (Exit.DATA, True)
    (corpus / "a.jsonl").write_text('{"text": "ب"}\n', encoding="utf-8")
    code, _, said = run(*args)
    assert (code, "bad" in said) == (Exit.OK, False)


def test_records_that_nobody_has_listed_are_listed(run: Run, corpus: Path, tmp_path: Path) -> None:
    """Files that are done are done again if their bad records have still to be listed."""
    args = ("--resume", "in", "-o", "out")
    assert run(*args)[0] == Exit.DATA
    listed = tmp_path / "bad.jsonl"
    for _ in range(2):
        assert run(*args, "--rejects", "bad.jsonl")[0] == Exit.OK
        assert [json.loads(line)["file"] for line in listed.read_text("utf-8").splitlines()] == [
            "in/a.jsonl", "in/b.jsonl", "in/b.jsonl",
        ]  # fmt: skip
    assert run(*args)[0] == Exit.DATA


def test_what_a_killed_run_has_listed_is_not_listed_twice(run: Run, corpus: Path, tmp_path: Path) -> None:
    args = ("--resume", "in", "-o", "out", "--rejects", "bad.jsonl")
    assert run(*args)[0] == Exit.OK
    listed, manifest = tmp_path / "bad.jsonl", tmp_path / "out" / MANIFEST
    before = listed.read_text("utf-8")
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(line for line in lines if b"b.jsonl" not in line))  # killed before b was done
    listed.write_text(before + '{"file": "in/b.j', "utf-8")
    assert run(*args)[0] == Exit.OK
    assert listed.read_text("utf-8") == before


def test_a_file_that_fails_fails_again(run: Run, corpus: Path) -> None:
    (corpus / "d.txt").write_bytes(b"\xff\n")
    for _ in range(2):
        code, _, said = run("--resume", "in", "-o", "out")
        assert (code, "in/d.txt: line 1, byte 0" in said, "1 file given up" in said) == (Exit.DATA, True, True)


# --- Looked over before --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz"])
@pytest.mark.parametrize("workers", ["0", "2"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "iso8859-6"])
def test_nothing_is_done_of_a_file_that_does_not_decode(
    run: Run, tmp_path: Path, name: str, workers: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arnorm.formats.blocks.BLOCK", 1 << 12)
    bad = {"utf-16-le": b"\x00\xdc\x00\x00"}.get(encoding, b"\xff")
    data = ("أهلا\n" * 5000).encode(encoding) + bad + "\n".encode(encoding)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    code, out, said = run("-e", encoding, "--processes", workers, name)
    assert (code, out) == (Exit.DATA, "")
    assert f"{name}: line 5001, byte {len(data) - len(bad) - len(chr(10).encode(encoding))} " in said


def test_one_bad_file_of_many_ends_the_run_before_it_begins(run: Run, tmp_path: Path) -> None:
    """The output would not be kept, after hours of work."""
    for name, data in (("a.txt", b"a\n"), ("b.txt", b"\xff\n"), ("c.txt", b"c\n")):
        (tmp_path / name).write_bytes(data)
    code, _, said = run("a.txt", "b.txt", "missing.txt", "c.txt", "-o", "out", "--progress")
    assert code == Exit.DATA
    assert "b.txt: line 1" in said
    assert "missing.txt: No such file" in said
    assert "0 records" in said
    assert not (tmp_path / "out").exists()


# --- How it went ---------------------------------------------------------------------------------------------------


def test_the_closing_line(run: Run, corpus: Path) -> None:
    said = run("in", "-o", "out")[2].splitlines()
    assert said[-1].startswith("arnorm: 3 files, 3 records, 3 changed, 3 bad records; ")
    assert said[-1].endswith(" s")
    said = run("--resume", "in", "-o", "out")[2].splitlines()
    said = run("--resume", "in", "-o", "out")[2].splitlines()
    assert said[-1].startswith("arnorm: 0 files, 0 records, 0 changed, 3 bad records, 3 files done before; ")
    assert "files" not in run("in", "-o", "out", "--quiet")[2].replace("--rejects FILE", "")
    assert run(stdin=b"a")[2] == ""
    assert run("--progress", stdin=b"a")[2].startswith("arnorm: 1 file, 1 record, 0 changed; 0.")


def test_progress_without_a_terminal(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arnorm.files.telling.EVERY_LINE", 0)
    (tmp_path / "a.txt").write_bytes(b"a\n" * 10)
    said = run("a.txt", "--progress")[2]
    assert "0.0 of 0.0 MB" in said
    assert "\x1b" not in said
    assert "\r" not in said
    assert run("a.txt", "--progress", "--quiet")[0] == Exit.USAGE


def test_a_report_for_programs(run: Run, corpus: Path, tmp_path: Path) -> None:
    (corpus / "d.txt").write_bytes(b"\xff\n")
    code = run("--resume", "in", "-o", "out", "--report", "x.json")[0]
    report: dict[str, Any] = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert report.pop("seconds") >= 0
    assert report.pop("python") == sys.version.split()[0]
    (error,) = report.pop("files_failed").values()
    assert error.startswith("in/d.txt: line 1, byte 0 (0xff) is not utf-8")
    size = sum(path.stat().st_size for path in corpus.glob("*.jsonl"))
    assert report == {
        "arnorm": arnorm.__version__, "command": "normalize", "fingerprint": Pipeline((passes.fold_alef,)).fingerprint,
        "exit": code, "files": 3, "files_done_before": 0, "bytes": size, "records": 3, "changed": 3,
        "bad": 3, "bad_before": 0, "edits": 3, "passes": {"fold_alef": 3}, "repairs": {},
    }  # fmt: skip
    (corpus / "d.txt").unlink()
    assert run("--resume", "in", "-o", "out", "--report", "x.json")[0] == Exit.DATA
    report = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert (report["files"], report["files_done_before"], report["bad_before"], report["exit"]) == (0, 3, 3, 65)


class Bar:
    def __init__(self) -> None:
        self.done = 0

    def update(self, count: int) -> None:
        self.done += count


@pytest.mark.parametrize("processes", [None, 2])
def test_progress_in_python(processes: int | None) -> None:
    bar, counts = Bar(), []
    texts = ["أ"] * 25
    assert [*passes.fold_alef.many(texts, processes=processes, chunk=10, progress=bar)] == ["ا"] * 25
    assert bar.done == 25
    assert [*passes.fold_alef.many(texts, processes=processes, chunk=10, progress=counts.append)] == ["ا"] * 25
    assert sum(counts) == 25
    with pytest.raises(TypeError, match="progress is a function"):
        passes.fold_alef.many(texts, progress=5)


# --- Several fields ------------------------------------------------------------------------------------------------


def records(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A file of *rows* in the format of its name; columns of Parquet and Arrow have a dictionary where it says so."""
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    elif path.suffix == ".csv":
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    else:
        pa = pytest.importorskip("pyarrow")
        columns = {name: pa.array([row[name] for row in rows]) for name in rows[0]}
        if "dictionary" in path.name:
            columns["body"] = columns["body"].dictionary_encode()
        if path.suffix == ".parquet":
            pytest.importorskip("pyarrow.parquet").write_table(pa.table(columns), path, row_group_size=2)
        else:
            pytest.importorskip("pyarrow.feather").write_feather(pa.table(columns), str(path), chunksize=2)
    return path


def rows_of(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if path.suffix == ".csv":
        header, *lines = [line.split(",") for line in path.read_text("utf-8").splitlines()]
        return [dict(zip(header, line, strict=True)) for line in lines]
    if path.suffix == ".parquet":
        found: list[dict[str, Any]] = pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist()
        return found
    return list(pytest.importorskip("pyarrow.feather").read_table(path).to_pylist())


ROWS = [{"title": f"أ{n % 3}", "id": "إ", "body": f"إلى {n % 2}", "last": f"آ{n}"} for n in range(5)]


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.parametrize("workers", ["0", "2"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "dictionary.parquet", "a.arrow", "dictionary.arrow"])
def test_several_fields_in_one_run(run: Run, tmp_path: Path, name: str, workers: str) -> None:
    path = records(tmp_path / name, ROWS)
    for fields in (["title", "body"], ["body", "title"], ["last", "title", "body"], ["id"]):
        records(path, ROWS)
        args = [word for field in fields for word in ("--column", field)]
        assert run("-i", name, *args, "--processes", workers)[0] == Exit.OK
        assert rows_of(path) == [{k: passes.fold_alef(v) if k in fields else v for k, v in row.items()} for row in ROWS]
    records(path, ROWS)
    code, out, _ = run("--json", name, "--column", "title", "--column", "body")
    assert code == Exit.OK
    assert len(out.splitlines()) == 10
    code, _, said = run("-i", name, "--column", "title", "--column", "nonsense")
    assert (code, "is named 'nonsense'; it has title, id, body, last" in said) == (Exit.USAGE, True)


def test_a_field_for_each_format_of_a_folder(run: Run, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.csv", "c.tsv"):
        records(tmp_path / "in" / name, ROWS)
    (tmp_path / "in" / "c.tsv").write_text("title\ttext\nأ\tأ\n", encoding="utf-8")
    fields = ["--field", "body", "--column", "csv:last", "--column", "csv:id", "--column", "tsv:text"]
    assert run("in", "-o", "out", *fields)[0] == Exit.OK
    for name, changing in (("a.jsonl", {"body"}), ("b.csv", {"last", "id"})):
        wanted = [{k: passes.fold_alef(v) if k in changing else v for k, v in row.items()} for row in ROWS]
        assert rows_of(tmp_path / "out" / name) == wanted
    assert (tmp_path / "out" / "c.tsv").read_text(encoding="utf-8") == "title\ttext\nأ\tا\n"
    for wrong, words in (
        (["--field", "parquet:x"], "there is no parquet file"),
        (["--field", "id", "--field", "id"], "given twice"),
        (["--field", "x", "--field", "csv:a", "--field", "tsv:b", "--field", "jsonl:c"], "a field of their own"),
    ):
        code, _, said = run("in", "-o", "out2", *wrong)
        assert (code, words in said) == (Exit.USAGE, True)
        assert not (tmp_path / "out2").exists()


# --- One large file ------------------------------------------------------------------------------------------------


def large(name: str) -> tuple[bytes, bytes]:
    """A file with bad records here and there, and what it becomes."""
    texts = [f"أ{n}" if n % 37 else None for n in range(1, 400)]
    if "json" in name:
        before = [f'{{"text": "{text}"}}' if text else '{"text": 5}' for text in texts]
        return _lines(before), _lines([line.replace("أ", "ا") for line in before])
    if "csv" in name:
        before = ["id,text", *(f'"\nأ",{text}' if text else "أ" for text in texts)]
        after = ["id,text", *(f'"\nأ",ا{text[1:]}' if text else "أ" for text in texts)]
        return b"\xef\xbb\xbf" + _lines(before), b"\xef\xbb\xbf" + _lines(after)
    return _lines([text or "" for text in texts]), _lines([(text or "").replace("أ", "ا") for text in texts])


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.parametrize("workers", ["0", "2"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.jsonl.gz"])
@pytest.mark.parametrize("where", [["-o", "out"], ["-i"]])
def test_a_run_goes_on_within_a_file(
    run: Run, tmp_path: Path, name: str, workers: str, where: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted again and again, it comes to its end; the result and the bad records are those of one run."""
    monkeypatch.setattr("arnorm.formats.blocks.BLOCK", 300)
    monkeypatch.setattr("arnorm.formats.blocks._STEP", 100)
    monkeypatch.setattr("arnorm.files.writing.EVERY", 0)
    before, after = large(name)
    source, target = tmp_path / "in" / name, tmp_path / ("out" if where[0] == "-o" else "in") / name
    source.parent.mkdir()
    source.write_bytes(gzip.compress(before) if name.endswith(".gz") else before)
    put, left = writing._Replacing.take, 0

    def take(self: Any, data: Any, end: int | None) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        put(self, data, end)

    monkeypatch.setattr(writing._Replacing, "take", take)
    args = ("--resume", "in", *where, "--processes", workers, "--rejects", "bad.jsonl")
    runs = []
    while not runs or runs[-1] == Exit.INTERRUPTED:
        assert len(runs) < 60
        left = 4
        runs.append(run(*args)[0])
        if runs[-1] == Exit.INTERRUPTED and where[0] == "-i":
            assert unpacked(source) == before  # the old file is whole until the new one is
    assert len(runs) > 2
    assert runs[-1] == Exit.OK
    assert unpacked(target) == after
    bad = [json.loads(line)["line"] for line in (tmp_path / "bad.jsonl").read_text("utf-8").splitlines()]
    records = range(37, 400, 37)
    rows = [n + (n - n // 37 + 1 if "csv" in name else 0) for n in records]  # a good row of the CSV has two lines
    assert bad == ([] if name == "a.txt" else rows)
    assert {p.name for p in target.parent.iterdir()} == {name, MANIFEST}
    left = 1000
    assert run("--resume", "in", *where, "--processes", workers)[0] == (Exit.DATA if bad else Exit.OK)


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "workers", "where"),
    [("a.parquet", "2", ["-o", "out"]), ("a.arrow", "0", ["-o", "out"]), ("a.parquet", "0", ["-i"])],
)
def test_a_run_goes_on_within_a_file_of_columns(
    run: Run, tmp_path: Path, name: str, workers: str, where: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is done of it is kept apart; in the end it is the file of one run, to the byte."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import ipc, parquet

    monkeypatch.setattr("arnorm.formats.columns.BLOCK", 100)
    values = [f"أ{n}".encode() if n % 37 else b"\xff" for n in range(1, 100)]
    table = pa.table({"id": range(99), "text": pa.array(values, pa.binary()).view(pa.string())})
    (tmp_path / "in").mkdir()
    source, target = tmp_path / "in" / name, tmp_path / ("out" if where[0] == "-o" else "in") / name
    if name.endswith("parquet"):
        parquet.write_table(table, source, row_group_size=30)
    else:
        with ipc.new_file(source, table.schema) as writer:
            writer.write_table(table, max_chunksize=30)
    assert run("in", "-o", "once")[0] == Exit.DATA
    before = source.read_bytes()
    monkeypatch.setattr("arnorm.files.writing.EVERY", 0)
    monkeypatch.setattr("arnorm.files.writing.LEAST", 0)
    put, work, left, worked = writing._Replacing.take, Work.__call__, 0, []

    def take(self: Any, data: Any, end: int | None) -> None:
        nonlocal left
        left -= self._journal is None or not self._journal.replaying
        if left < 0:
            raise KeyboardInterrupt
        put(self, data, end)

    monkeypatch.setattr(writing._Replacing, "take", take)
    monkeypatch.setattr(Work, "__call__", lambda self, piece: worked.append(piece) or work(self, piece))
    args = ("--resume", "in", *where, "--processes", workers, "--rejects", "bad.jsonl")
    runs = []
    while not runs or runs[-1] == Exit.INTERRUPTED:
        assert len(runs) < 60
        left = 3
        runs.append(run(*args)[0])
        if runs[-1] == Exit.INTERRUPTED:
            assert source.read_bytes() == before
            assert len([*target.parent.glob(".*.part")]) == 1
    assert len(runs) > 2
    assert runs[-1] == Exit.OK
    assert target.read_bytes() == (tmp_path / "once" / name).read_bytes()
    bad = [json.loads(line)["line"] for line in (tmp_path / "bad.jsonl").read_text("utf-8").splitlines()]
    assert bad == [*range(37, 100, 37)]
    assert {p.name for p in target.parent.iterdir()} == {name, MANIFEST}
    if workers == "0":  # what was done is not done again, but for what was not yet noted when a run ended
        assert sum(piece is not None and piece.data is not None for piece in worked) < 2 * 16


def test_what_was_begun_of_another_source_goes(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arnorm.formats.blocks.BLOCK", 100)
    monkeypatch.setattr("arnorm.files.writing.EVERY", 0)
    source, out = tmp_path / "in" / "a.txt", tmp_path / "out"
    source.parent.mkdir()
    source.write_bytes(large("a.txt")[0])
    put, taken = writing._Replacing.take, 0

    def take(self: Any, data: Any, end: int | None) -> None:
        nonlocal taken
        taken += 1
        if taken == 5:
            raise KeyboardInterrupt
        put(self, data, end)

    monkeypatch.setattr(writing._Replacing, "take", take)
    assert run("--resume", "in", "-o", "out")[0] == Exit.INTERRUPTED
    assert len([*out.glob(".*.part")]) == 1
    source.write_bytes("إ\n".encode())
    assert run("--resume", "in", "-o", "out")[0] == Exit.OK
    assert (out / "a.txt").read_text("utf-8") == "ا\n"
    assert {p.name for p in out.iterdir()} == {"a.txt", MANIFEST}


@pytest.mark.parametrize("part", ["victim.txt", "../victim.txt", ".arnorm-0123456789abcdef.part"])
def test_a_list_that_names_another_file_for_a_begun_one(run: Run, tmp_path: Path, part: str) -> None:
    """Whoever can write the list cannot have another file taken for what was begun."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("أ\n", "utf-8")
    assert run("--resume", "in", "-o", "out")[0] == Exit.OK
    manifest = tmp_path / "out" / MANIFEST
    row = json.loads(manifest.read_text("utf-8"))
    row |= {"part": part, "offset": 1, "written": 1, "lines": 0, "changed": 0, "bad": 0}
    manifest.write_text(json.dumps(row) + "\n", "utf-8")
    victims = [tmp_path / "out" / "victim.txt", tmp_path / "victim.txt"]
    for victim in victims:
        victim.write_text("old")
    (tmp_path / "out" / ".arnorm-0123456789abcdef.part").symlink_to(victims[1])
    assert run("--resume", "in", "-o", "out")[0] == Exit.OK
    assert (tmp_path / "out" / "a.txt").read_text("utf-8") == "ا\n"
    assert [victim.read_text() for victim in victims] == ["old", "old"]


def test_who_runs_it_in_a_program_is_told_of_records_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "أ"}\n{\n'.encode())
    with caplog.at_level("INFO", "arnorm"):
        main(["normalize", str(path)])
    capfdbinary.readouterr()
    assert [record.name for record in caplog.records] == ["arnorm.files"]
    assert caplog.records[0].getMessage().startswith(f"record skipped: {path}: line 2, ")
