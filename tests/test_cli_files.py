"""Files of many formats on the command line: where the result goes, what is said, and what survives a fault."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import pytest

from arnorm.cli import main
from arnorm.cli.exits import Exit
from arnorm.cli.parser import build, taken
from arnorm.cli.request import Request
from arnorm.cli.running import run_over_files
from arnorm.core import Custom
from arnorm.files.manifest import MANIFEST
from arnorm.formats.opening import kind_of

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals, modes and pipes as POSIX has them"),
    # Other tests in this process have made pyarrow start threads; a run of its own forks before that.
    pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning"),
]

ROOT = Path(__file__).parent.parent
FOLD = ("--pass", "fold_alef")
TEXTS = ["أهلا بكم", None, "ب", "إلى المدرسة", "آمال"]
FOLDED = ["اهلا بكم", None, "ب", "الى المدرسة", "امال"]


class Result:
    """What a run of the command line left behind."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code, self.out, self.err = code, out, err.decode()

    @property
    def text(self) -> str:
        return self.out.decode()


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command line in this process."""

    def call(*args: str | Path, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(["normalize", *FOLD, *map(str, args)])
        return Result(code, *capfdbinary.readouterr())

    return call


def program(code: str, *args: str | Path, **options: Any) -> Result:
    """Runs Python *code*, which finds *args* in ``sys.argv``."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", code, *map(str, args)]
    done = subprocess.run(words, capture_output=True, env=environment, timeout=120, **options)
    return Result(done.returncode, done.stdout, done.stderr)


def write(path: Path, texts: list[Any], *, size: int = 1000) -> Path:
    """A file with *texts* in the format of its name."""
    name = path.name.removesuffix(".gz")
    if name.endswith(".parquet"):
        pq = pytest.importorskip("pyarrow.parquet")
        pq.write_table(_table(texts), path, row_group_size=size)
    elif name.endswith(".arrow"):
        feather = pytest.importorskip("pyarrow.feather")
        feather.write_feather(_table(texts), str(path), chunksize=size)
    else:
        path.write_bytes(_plain(name, texts) if path.name == name else gzip.compress(_plain(name, texts), 1))
    return path


def _table(texts: list[Any]) -> Any:
    return pytest.importorskip("pyarrow").table({"id": range(len(texts)), "text": texts})


def _plain(name: str, texts: list[Any]) -> bytes:
    if name.endswith(".jsonl"):
        rows = [json.dumps({"id": n, "text": text}, ensure_ascii=False) for n, text in enumerate(texts)]
    elif name.endswith(".csv"):
        rows = ["id,text", *(f'{n},"{text or ""}"' for n, text in enumerate(texts))]
    else:
        rows = [text or "" for text in texts]
    return "".join(f"{row}\n" for row in rows).encode()


def texts_of(path: Path) -> list[Any]:
    """The texts of a file that `write` wrote."""
    name = path.name.removesuffix(".gz")
    if name.endswith(".parquet"):
        import pyarrow.parquet as pq

        return list(pq.read_table(path)["text"].to_pylist())
    if name.endswith(".arrow"):
        import pyarrow.feather as feather

        return list(feather.read_table(str(path))["text"].to_pylist())
    data = path.read_bytes() if path.name == name else gzip.decompress(path.read_bytes())
    lines = data.decode().splitlines()
    if name.endswith(".jsonl"):
        return [json.loads(line)["text"] for line in lines]
    if name.endswith(".csv"):
        return [line.partition(",")[2].strip('"') or None for line in lines[1:]]
    return [line or None for line in lines]


def wild(path: Path) -> list[str]:
    """What is in a directory besides the file."""
    return sorted(name for name in os.listdir(path.parent) if name != path.name)


NAMES = ["a.txt", "a.jsonl", "a.csv", "a.txt.gz", "a.jsonl.gz", "a.parquet", "a.arrow"]
every_format = pytest.mark.parametrize("name", NAMES)


# --- Every format, every way ---------------------------------------------------------------------------------------


@every_format
@pytest.mark.parametrize("workers", ["0", "2"])
def test_in_place(run: Run, tmp_path: Path, name: str, workers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arnorm.formats.blocks.BLOCK", 64)
    path = write(tmp_path / name, TEXTS * 9, size=7)
    result = run("-i", "--processes", workers, path)
    assert (result.code, result.out, result.err) == (0, b"", "")
    assert texts_of(path) == FOLDED * 9
    before = path.stat()
    assert run("-i", path).code == 0
    assert path.stat() == before  # what does not change is not written
    assert wild(path) == []


@every_format
def test_output(run: Run, tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, TEXTS)
    out = tmp_path / f"out-{name}"
    assert run(path, "-o", out).code == 0
    assert texts_of(out) == FOLDED
    assert texts_of(path) == TEXTS
    stdout = run(path).out
    assert stdout == (gzip.decompress(out.read_bytes()) if name.endswith(".gz") else out.read_bytes())
    plain = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    assert run("--format", kind_of(name).format, stdin=plain).out == stdout


@every_format
@pytest.mark.parametrize("show", ["--json", "--diff", "--check", "--html=-"])
def test_what_would_change(run: Run, tmp_path: Path, name: str, show: str) -> None:
    path = write(tmp_path / name, TEXTS)
    before = path.read_bytes()
    result = run(show, path)
    assert (result.code, result.err) == (Exit.CHANGES if show == "--check" else 0, "")
    if show == "--json":
        texts = [json.loads(line)["text"] for line in result.text.splitlines()]
        assert [text for text in texts if text] == [text for text in FOLDED if text]
    else:
        assert path.name in result.text
    assert path.read_bytes() == before


def test_packed_by_the_name_of_the_output(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXTS)
    assert run(path, "-o", tmp_path / "b.txt.gz").code == 0
    assert texts_of(tmp_path / "b.txt.gz") == FOLDED
    assert run(tmp_path / "b.txt.gz", "-o", tmp_path / "c.txt").code == 0
    assert texts_of(tmp_path / "c.txt") == FOLDED


def test_a_format_that_the_name_does_not_say(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes('{"msg": "أ", "text": "أ"}\n'.encode())
    assert run("--format", "jsonl", "--field", "msg", path).text == '{"msg": "ا", "text": "أ"}\n'
    assert run(path).text == '{"msg": "ا", "text": "ا"}\n'
    table = tmp_path / "b.txt"
    table.write_bytes("x|text\nأ|أ\n".encode())
    assert run("--format", "csv", "--delimiter", "|", table).text == "x|text\nأ|ا\n"
    assert run("--format", "tsv", "--column", "x|text", table).text == "x|text\nا|ا\n"


def test_lines_of_json_files_are_joined(run: Run, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_bytes('\ufeff{"text": "أ"}'.encode())
    assert run(tmp_path / "a.jsonl", tmp_path / "b.jsonl").text == '\ufeff{"text": "ا"}\n{"text": "ا"}'


# --- What is wrong with the command --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "a.arrow"])
def test_a_column_that_is_not_there(run: Run, tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, TEXTS)
    kind = "field" if name == "a.jsonl" else "column"
    result = run("-i", "--column", "txt", path)
    assert result.code == Exit.USAGE
    assert result.err == f"arnorm: {path}: no {kind} is named 'txt'; it has id, text\n"
    assert texts_of(path) == TEXTS


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["a.csv", "b.csv"], "several files of csv do not make one"),
        (["a.csv", "b.csv", "-o", "c.csv"], "use -o DIR, or -i"),
        (["a.parquet", "-o", "a.csv"], "the format stays parquet"),
        (["a.txt", "-o", "a.parquet"], "the format stays text"),
        (["a.parquet", "-o", "a.arrow"], "not converted"),
        (["a.parquet", "--to", "cp1256"], "--to is for text"),
        (["a.txt", "--resume"], "--resume is for directories"),
        (["a.txt", "--resume", "-o", "b.txt"], "--resume is for directories"),
        (["a.txt", "--rejects", "a.txt"], "bad records need a file of their own"),
        (["a.txt", "x/a.txt", "-o", "out/"], "would be one file"),
        (["-", "-o", "out/"], "no name"),
        (["--format", "xml"], "invalid choice"),
        (["--delimiter", ",,"], "invalid character value"),
        (["-i", "x"], "not a regular file"),
    ],
)
def test_what_does_not_go_together(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").mkdir()
    for name in ("a.txt", "x/a.txt", "a.csv", "b.csv"):
        write(tmp_path / name, TEXTS)
    before = sorted(tmp_path.rglob("*"))
    result = run(*args)
    assert (result.code, result.out) == (Exit.USAGE, b"")
    assert words in result.err
    assert sorted(tmp_path.rglob("*")) == before


# --- Bad records ---------------------------------------------------------------------------------------------------

BAD = '{"text": "أ"}\n{"text": \n{"text": "إ"}\n{"text": 7}\n'
KEPT = '{"text": "ا"}\n{"text": \n{"text": "ا"}\n{"text": 7}\n'


def test_bad_records_stay_and_are_counted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(BAD.encode())
    result = run(path)
    assert (result.code, result.text) == (Exit.DATA, KEPT)
    assert result.err == (
        f"arnorm: 2 bad records left as they are; the first is {path}: line 2, byte 15: "
        "not JSON: Expecting value at character 9; list them with --rejects FILE, or stop at the first with --strict\n"
    )
    assert run("-i", path).code == Exit.DATA
    assert path.read_text("utf-8") == KEPT


@pytest.mark.parametrize("workers", ["0", "2"])
def test_bad_records_are_listed(run: Run, tmp_path: Path, workers: str) -> None:
    path, rejects = tmp_path / "a.jsonl", tmp_path / "bad.jsonl"
    path.write_bytes(BAD.encode())
    result = run(path, "--rejects", rejects, "--processes", workers)
    assert (result.code, result.text) == (0, KEPT)
    assert result.err == f"arnorm: 2 bad records left as they are, listed in {rejects}\n"
    rows = [json.loads(line) for line in rejects.read_text("utf-8").splitlines()]
    assert rows == [
        {"file": str(path), "line": 2, "offset": 15, "reason": "not JSON: Expecting value at character 9"},
        {"file": str(path), "line": 4, "offset": 40, "reason": "the field 'text' is a number, not a string"},
    ]
    data = path.read_bytes()
    assert [data[row["offset"] :].split(b"\n")[0] for row in rows] == [b'{"text": ', b'{"text": 7}']


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.csv", "a.jsonl.gz"])
def test_workers_find_the_same_in_the_same_places(
    run: Run, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arnorm.formats.blocks.BLOCK", 300)
    monkeypatch.setattr("arnorm.formats.blocks._STEP", 100)
    path = write(tmp_path / name, TEXTS * 40)
    data = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    lines = data.splitlines(keepends=True)
    for at in (70, 71, 130, 199):
        lines[at] = b"\xff" + lines[at]
    lines[150] = b'"\n'
    packed = b"".join(lines)
    path.write_bytes(gzip.compress(packed) if name.endswith(".gz") else packed)
    for show in ((), ("--json",), ("--diff",), ("--strict",)):
        found = []
        for workers in ("0", "2"):
            rejects = tmp_path / f"bad-{workers}"
            result = run(*show, "--processes", workers, "--rejects", rejects, path)
            found.append((result.code, result.out, result.err.replace(str(rejects), ""), rejects.read_bytes()))
        if show == ("--strict",):  # how much of the good is written before is not said
            found = [(code, b"", err, rejects) for code, _, err, rejects in found]
        assert found[0] == found[1]
        assert (b"200" in found[0][3]) is (show != ("--strict",))


def test_strict_stops_at_the_first(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    path.write_bytes(BAD.encode())
    for args in (("-i",), ("-o", out), ("-i", "--rejects", tmp_path / "bad"), ("-i", "--processes", "2")):
        result = run(*args, "--strict", path)
        assert (result.code, result.out) == (Exit.DATA, b"")
        assert result.err == f"arnorm: {path}: line 2, byte 15: not JSON: Expecting value at character 9\n"
        assert path.read_text("utf-8") == BAD
        assert not out.exists()


def test_lines_of_text_that_do_not_decode(run: Run, tmp_path: Path) -> None:
    path, rejects = tmp_path / "a.txt", tmp_path / "bad.jsonl"
    path.write_bytes("أ\n".encode() + b"\xff\xd8\r\n" + "إ\r\n".encode() + b"\x80")
    before = path.read_bytes()
    assert run("-i", path).code == Exit.DATA  # most likely the wrong encoding, so the file is left alone
    assert path.read_bytes() == before
    assert run("-i", path, "--rejects", rejects).code == 0
    assert path.read_bytes() == "ا\n".encode() + b"\xff\xd8\r\n" + "ا\r\n".encode() + b"\x80"
    rows = [json.loads(line) for line in rejects.read_text("utf-8").splitlines()]
    assert [(row["line"], row["offset"], row["reason"]) for row in rows] == [
        (2, 3, "byte 3 (0xff) is not utf-8"),
        (4, 11, "byte 11 (0x80) is not utf-8"),
    ]
    assert run("--to", "cp1256", "--rejects", rejects, path).code == Exit.DATA  # they have no bytes there


def test_a_bad_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    good, cut = write(tmp_path / "good.jsonl.gz", TEXTS), write(tmp_path / "cut.jsonl.gz", TEXTS)
    data = cut.read_bytes()[:-4]
    cut.write_bytes(data)
    fake = tmp_path / "fake.parquet"
    fake.write_bytes(b"PAR1 and no more")
    result = run("-i", cut, fake, good)
    assert result.code == Exit.DATA
    assert f"arnorm: {cut}: the packed file is cut off; copy or pack it again\n" in result.err
    assert f"arnorm: {fake}: cannot be read as Parquet (" in result.err
    assert "Traceback" not in result.err
    assert (cut.read_bytes(), texts_of(good)) == (data, FOLDED)
    assert sorted(os.listdir(tmp_path)) == ["cut.jsonl.gz", "fake.parquet", "good.jsonl.gz"]


def test_a_packed_file_that_is_cut_off_gives_what_it_has(run: Run, tmp_path: Path) -> None:
    path, out = write(tmp_path / "a.txt.gz", ["أ"] * 1000), tmp_path / "out"
    out.write_text("old")
    path.write_bytes(path.read_bytes()[:-9])
    result = run(path)
    assert result.code == Exit.DATA
    assert result.out
    assert "ا\n".encode() * 1000 == result.out
    assert run(path, "-o", out).code == Exit.DATA
    assert out.read_text() == "old"


# --- Directories ---------------------------------------------------------------------------------------------------


def tree(top: Path) -> Path:
    """A directory with files of many formats."""
    (top / "deep" / "er").mkdir(parents=True)
    for name in ("a.txt", "b.jsonl", "deep/c.csv", "deep/er/d.jsonl.gz"):
        write(top / name, TEXTS)
    (top / "picture.png").write_bytes(b"\x89PNG")
    (top / ".hidden.txt").write_bytes(b"x")
    return top


def all_texts(top: Path) -> dict[str, list[Any]]:
    files = (path for path in top.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(top)): texts_of(path) for path in files if path.suffix != ".png"}


def test_a_directory_is_mirrored(run: Run, tmp_path: Path) -> None:
    top, out = tree(tmp_path / "in"), tmp_path / "out"
    result = run(top, "-o", out)
    assert (result.code, result.out) == (0, b"")
    left_out, closing = result.err.splitlines()
    assert left_out == f"arnorm: {top}: left out a file of another kind, picture.png"
    assert closing.startswith("arnorm: 4 files, 17 records, 12 changed; ")
    assert all_texts(out) == dict.fromkeys(("a.txt", "b.jsonl", "deep/c.csv", "deep/er/d.jsonl.gz"), FOLDED)
    assert all(texts == TEXTS for texts in all_texts(top).values())
    assert not list(out.rglob(".*"))


def test_an_output_within_the_input_is_not_read(run: Run, tmp_path: Path) -> None:
    top = tree(tmp_path / "in")
    for _ in range(2):
        run(top, "-o", top / "out")
    assert not (top / "out" / "out").exists()


def test_files_into_a_directory(run: Run, tmp_path: Path) -> None:
    one, two = write(tmp_path / "a.txt", TEXTS), write(tmp_path / "b.csv", TEXTS)
    assert run(one, two, "-o", f"{tmp_path}/out/").code == 0
    assert all_texts(tmp_path / "out") == {"a.txt": FOLDED, "b.csv": FOLDED}
    (tmp_path / "file").write_text("x")
    result = run(tree(tmp_path / "in"), "-o", tmp_path / "file")
    assert (result.code, "Not a directory" in result.err) == (Exit.IO, True)


@pytest.mark.parametrize("in_place", [False, True])
def test_a_second_run_does_what_is_left(run: Run, tmp_path: Path, in_place: bool) -> None:
    top = tree(tmp_path / "in")
    out = top if in_place else tmp_path / "out"
    args = ("-i", top) if in_place else (top, "-o", out)
    assert run("--resume", *args).code == 0
    rows = [json.loads(line) for line in (out / MANIFEST).read_text("utf-8").splitlines()]
    assert [row["file"] for row in rows] == ["a.txt", "b.jsonl", "deep/c.csv", "deep/er/d.jsonl.gz"]
    first = {path: path.stat().st_mtime_ns for path in out.rglob("*.*")}
    write(top / "b.jsonl", [*TEXTS, "أحمد"])
    write(top / "new.txt", TEXTS)
    assert run("--resume", *args).code == 0
    done = {path.name for path in out.rglob("*.*") if first.get(path) != path.stat().st_mtime_ns}
    assert done == {"b.jsonl", "new.txt", MANIFEST}
    assert texts_of(out / "b.jsonl") == [*FOLDED, "احمد"]
    if not in_place:
        (out / "deep" / "c.csv").unlink()
        assert run("--resume", *args).code == 0
        assert texts_of(out / "deep" / "c.csv") == FOLDED


def test_another_recipe_does_all_again(run: Run, tmp_path: Path) -> None:
    top, out = tree(tmp_path / "in"), tmp_path / "out"
    assert run("--resume", top, "-o", out).code == 0
    assert run("--resume", top, "-o", out, "--pass", "fold_teh_marbuta").code == 0
    assert "المدرسه" in " ".join(filter(None, texts_of(out / "deep" / "c.csv")))


KILLED = """
import os, signal, sys
from arnorm.cli.parser import taken
from arnorm.cli.parser import build
from arnorm.cli.request import Request
from arnorm.cli.running import run_over_files
from arnorm.core import Custom
from arnorm.formats.opening import kind_of

def fold(text):
    if "قف" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    return text.replace("أ", "ا")

sys.exit(run_over_files(Custom("fold", fold), taken(Request, build().parse_args(["normalize", *sys.argv[1:]]))))
"""


def test_a_killed_run_is_taken_up(tmp_path: Path) -> None:
    top, out = tmp_path / "in", tmp_path / "out"
    top.mkdir()
    for name in "abc":
        write(top / f"{name}.txt", ["أ", "قف" if name == "b" else "أ"])
    args = ("--resume", str(top), "-o", str(out))
    assert program(KILLED, *args).code == -signal.SIGKILL
    assert [*all_texts(out)] == ["a.txt"]
    with (out / MANIFEST).open("ab") as file:
        file.write(b'{"file": "b.t')  # as if killed in the middle of a line
    write(top / "b.txt", ["أ"])
    first = (out / "a.txt").stat()
    result = program(KILLED, *args)
    assert result.code == 0
    assert result.err.startswith("arnorm: 2 files, 3 records, 3 changed, 1 file done before; ")
    assert all_texts(out) == {"a.txt": ["ا", "ا"], "b.txt": ["ا"], "c.txt": ["ا", "ا"]}
    assert (out / "a.txt").stat() == first
    assert sorted(os.listdir(out)) == [MANIFEST, "a.txt", "b.txt", "c.txt"]
    assert run_again(args) == first.st_mtime_ns


def run_again(args: tuple[str, ...]) -> int:
    assert program(KILLED, *args).code == 0
    return (Path(args[-1]) / "a.txt").stat().st_mtime_ns


# --- Killed --------------------------------------------------------------------------------------------------------

AT = """
import os, signal, sys
from arnorm.cli import main
moment, args = sys.argv[1], sys.argv[2:]
main(["normalize", "--pass", "fold_alef", args[-1] + ".copy"])  # what it needs is loaded
fsync, replace = os.fsync, os.replace

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def replace_and_die(*names):
    replace(*names)
    die()

if moment == "before fsync":
    os.fsync = die
elif moment == "before replace":
    os.replace = die
else:
    os.replace = replace_and_die
sys.exit(main(["normalize", "--pass", "fold_alef", *args]))
"""


@every_format
@pytest.mark.parametrize("moment", ["before fsync", "before replace", "after replace"])
def test_killed_at_the_end_the_file_is_old_or_new(run: Run, tmp_path: Path, name: str, moment: str) -> None:
    path = write(tmp_path / name, TEXTS)
    write(tmp_path / f"{name}.copy", TEXTS)
    assert program(AT, moment, "-i", path).code == -signal.SIGKILL
    (tmp_path / f"{name}.copy").unlink()
    assert texts_of(path) == (FOLDED if moment == "after replace" else TEXTS)
    left = wild(path)
    assert len(left) == (moment != "after replace")
    result = run("-i", write(path, [*TEXTS, "أ"]))
    assert (
        result.err
        == "".join(f"arnorm: {tmp_path / name}: removed; a run that was killed has left it behind\n" for name in left)
        or "directory" in result.err
    )
    assert texts_of(path) == [*FOLDED, "ا"]


@every_format
@pytest.mark.parametrize("workers", ["0", "2"])
def test_killed_in_the_middle_the_file_is_old(tmp_path: Path, name: str, workers: str) -> None:
    texts = ["أ"] * 5000 + ["قف"] + ["أ"] * 5000
    path = write(tmp_path / name, texts)
    before = path.read_bytes()
    stop = KILLED.replace("os.getpid()", "os.getpid() if sys.argv[2] == '0' else os.getppid()")
    assert program(stop, "--processes", workers, "-i", path).code == -signal.SIGKILL
    assert path.read_bytes() == before
    assert all(name.startswith(".arnorm-") for name in wild(path))


def test_a_file_that_is_being_written_is_no_leftover(run: Run, tmp_path: Path) -> None:
    from arnorm.files.unfinished import created

    name, file = created(str(tmp_path))
    assert run("-i", write(tmp_path / "a.txt", TEXTS)).err == ""
    assert os.path.exists(name)
    file.close()


# --- A worker that dies --------------------------------------------------------------------------------------------


def die_at_stop(text: str) -> str:
    if "قف" in text:
        os._exit(3)
    return text.replace("أ", "ا")


@every_format
def test_a_worker_that_dies(tmp_path: Path, name: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = write(tmp_path / name, ["أ"] * 50 + ["قف"])
    before = path.read_bytes()
    from arnorm import WorkerLostError

    args = build().parse_args(["normalize", "--processes", "2", "-i", str(path)])
    with pytest.raises(WorkerLostError, match="a worker process ended before its work did"):
        run_over_files(Custom("die", die_at_stop), taken(Request, args))
    assert (path.read_bytes(), wild(path)) == (before, [])


# --- Two at once ---------------------------------------------------------------------------------------------------

WAITING = """
import os, sys, time
from arnorm import console
from arnorm.cli.exits import exit_of
from arnorm.cli.parser import taken
from arnorm.cli.parser import build
from arnorm.cli.request import Request
from arnorm.cli.running import run_over_files
from arnorm.core import Custom
from arnorm.formats.opening import kind_of

def fold(text):
    if "قف" in text:
        print("here", flush=True)
        sys.stdin.readline()
    return text.replace("أ", "ا")

try:
    sys.exit(run_over_files(Custom("fold", fold), taken(Request, build().parse_args(["normalize", *sys.argv[1:]]))))
except Exception as error:
    console.complain(error)
    sys.exit(exit_of(error))
"""


def waiting(*args: str | Path) -> subprocess.Popen[bytes]:
    """A run that says «here» at a record with «قف» and waits for a line."""
    words = [sys.executable, "-c", WAITING, *map(str, args)]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen(words, env={**os.environ, "PYTHONPATH": str(ROOT)}, **pipes)


@every_format
def test_two_runs_on_one_file(run: Run, tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, ["أ", "قف"])
    with waiting("-i", path) as first:
        assert first.stdout
        assert first.stdout.readline() == b"here\n"
        before = path.read_bytes()
        result = run("-i", path)
        assert result.code == Exit.IO
        assert result.err == (f"arnorm: {path}: another run is changing it (nothing was changed); run one at a time\n")
        assert path.read_bytes() == before
        assert run(path).code == 0  # reading is no harm
        first.communicate(b"\n")
    assert first.returncode == 0
    assert texts_of(path) == ["ا", "قف"]
    assert run("-i", path).code == 0


def test_a_file_that_an_editor_changes_meanwhile(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", ["أ", "قف"])
    with waiting("-i", path) as first:
        assert first.stdout
        first.stdout.readline()
        path.write_text("mine")
        _, err = first.communicate(b"\n")
    assert first.returncode == Exit.IO
    assert err.decode() == f"arnorm: {path}: changed by another program meanwhile (it stays so); run again\n"
    assert (path.read_text(), wild(path)) == ("mine", [])


def test_two_runs_in_one_directory(run: Run, tmp_path: Path) -> None:
    top, out = tmp_path / "in", tmp_path / "out"
    top.mkdir()
    write(top / "a.txt", ["أ", "قف"])
    with waiting("--resume", top, "-o", out) as first:
        assert first.stdout
        first.stdout.readline()
        result = run("--resume", top, "-o", out)
        assert (result.code, "another run is at work" in result.err) == (Exit.USAGE, True)
        first.communicate(b"\n")
    assert first.returncode == 0
    assert run("--resume", top, "-o", out).code == 0


def test_one_file_named_twice(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXTS)
    (tmp_path / "link.txt").symlink_to(path)
    assert run("-i", path, path, tmp_path / "link.txt").code == 0
    assert texts_of(path) == FOLDED


# --- Disks and pipes -----------------------------------------------------------------------------------------------


def _no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


@every_format
@pytest.mark.parametrize("where", ["-i", "-o"])
def test_a_full_disk(tmp_path: Path, name: str, where: str) -> None:
    texts = [f"أ {os.urandom(60).hex()}" for _ in range(2000)]
    path, out = write(tmp_path / name, texts), tmp_path / f"out-{name}"
    before = path.read_bytes()
    out.write_bytes(b"old")
    words = ["-m", "arnorm", "normalize", *FOLD, *(("-i", path) if where == "-i" else (path, "-o", out))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, *words], capture_output=True, env=environment, preexec_fn=_no_room)
    assert done.returncode == Exit.IO
    named = path if where == "-i" else out
    assert done.stderr.decode() == f"arnorm: {named}: File too large (nothing was changed)\n"
    assert (path.read_bytes(), out.read_bytes()) == (before, b"old")
    assert wild(path) == [out.name]


READ_ONLY = """
import os, sys
from arnorm.cli import main
args = ["normalize", "--pass", "fold_alef"]
assert main([*args, "-i", sys.argv[1], "missing"]) == 74  # loads what it needs while it may read it
if os.geteuid() == 0:
    os.setuid(65534)
sys.exit(main([*args, *sys.argv[2:]]))
"""


@every_format
@pytest.mark.parametrize("where", ["-i", "-o", "-o new"])
def test_a_directory_that_may_not_be_written(tmp_path: Path, name: str, where: str) -> None:
    copy = write(tmp_path / name, TEXTS)
    with tempfile.TemporaryDirectory() as top:  # not below the directories of pytest, which are for their owner only
        path, out = write(Path(top, name), TEXTS), Path(top, f"new/{name}" if where == "-o new" else f"out-{name}")
        os.chmod(path, 0o666)
        os.chmod(top, 0o555)
        end = "/" if where == "-o new" else ""
        args = ["-i", path] if where == "-i" else [path, "-o", f"{out.parent if end else out}{end}"]
        done = program(READ_ONLY, copy, *args)
        os.chmod(top, 0o755)
        assert "Permission denied" in done.err
        assert "Traceback" not in done.err
        assert done.code == Exit.IO
        assert (os.listdir(top), texts_of(path)) == ([name], TEXTS)


@every_format
@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_reader_that_leaves_early(tmp_path: Path, name: str, workers: str) -> None:
    path = write(tmp_path / name, [f"أهلا {n}" * 20 for n in range(20_000)])
    args = [sys.executable, "-m", "arnorm", "normalize", *FOLD, "--processes", workers, str(path)]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(args, env={**os.environ, "PYTHONPATH": str(ROOT)}, **pipes) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


# --- Progress ------------------------------------------------------------------------------------------------------


class Terminal(io.TextIOWrapper):
    """Standard error on a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_for_terminals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    monkeypatch.setattr("arnorm.files.telling.EVERY", 0)
    monkeypatch.setattr("arnorm.formats.blocks.BLOCK", 1000)
    path = write(tmp_path / "a.jsonl", TEXTS * 100)
    data = io.BytesIO()
    stream = (Terminal if terminal else io.TextIOWrapper)(data, encoding="utf-8")
    with redirect_stderr(stream):
        assert main(["normalize", *FOLD, "-i", str(path)]) == 0
    shown = data.getvalue().decode()
    assert bool(shown) is terminal
    if terminal:
        bars = shown.split("\r\x1b[K")[1:]
        assert len(bars) > 10
        assert bars[-1] == ""
        assert bars[-2].startswith("[########################] 100 % ")
        assert all(" MB/s, " in bar and bar.endswith(" left") for bar in bars[:-1])


# --- Memory --------------------------------------------------------------------------------------------------------

# Of this process alone: what the system says of a child counts what its parent had before they parted.
PEAK = """
import re, resource, sys
from arnorm.cli import main
code = main(sys.argv[1:])
with open("/proc/self/status") as status:
    print(re.search(r"VmHWM:\\s*(\\d+)", status.read())[1], resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="asks /proc")
@pytest.mark.parametrize(
    ("name", "workers"),
    [
        ("a.jsonl.gz", "2"),
        ("a.parquet", "0"),
        *(pytest.param(*row, marks=pytest.mark.long) for row in (("a.csv", "2"), ("a.txt.gz", "0"), ("a.arrow", "2"))),
    ],
)
def test_memory_does_not_grow_with_the_file(tmp_path: Path, name: str, workers: str) -> None:
    peaks = []
    for count in (20_000, 100_000):
        path = write(tmp_path / name, [f"كتب الأستاذ إلى أخيه رسالة {n} " * 8 for n in range(count)], size=2000)
        done = program(PEAK, "normalize", *FOLD, "--processes", workers, "-i", path)
        assert done.code == 0
        peaks.append([*map(int, done.text.split())])
    assert all(larger <= 1.3 * smaller for smaller, larger in zip(*peaks, strict=True)), peaks
