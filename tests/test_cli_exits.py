"""Every way in which a run can end has its exit code, as the table in the documentation says, and its own words."""

from __future__ import annotations

import errno
import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import arnorm
from arnorm.cli import main
from arnorm.cli.exits import MEANING, Exit, exit_of
from arnorm.cli.parser import COMMANDS, module_of
from arnorm.errors import ArnormError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and pipes as POSIX has them")

ROOT = Path(__file__).parent.parent
TEXT = "ذهب الولد إلى المدرسة في الصباح\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    """Runs the command line in this process, in a folder of its own; exit code, output and messages."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(list(args))
        out, err = capfdbinary.readouterr()
        return code, out.decode("utf-8", "surrogateescape"), err.decode()

    return call


# --- The table -----------------------------------------------------------------------------------------------------


def subclasses(kind: type[Exception]) -> Iterator[type[Exception]]:
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def test_every_error_of_arnorm_has_an_exit_code() -> None:
    """Also those of parts that no command loads unless it is asked to."""
    import arnorm.files.jobs
    import arnorm.recipes
    import arnorm.spelling.model  # noqa: F401

    kinds = [kind for kind in subclasses(ArnormError) if kind.__module__.startswith("arnorm.")]
    assert len(kinds) > 12
    for kind in [*kinds, OSError, MemoryError]:
        assert exit_of(kind.__new__(kind)) in set(MEANING) - {Exit.OK, Exit.CHANGES}, kind


def test_the_table_is_the_one_that_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    assert set(MEANING) == set(Exit)
    for code, meaning in MEANING.items():
        assert f"| {code.value} | {meaning} |" in page


def test_what_a_command_says_of_its_exit_codes_is_in_the_table() -> None:
    for command in map(module_of, COMMANDS):
        for said in re.findall(r"exit codes: (.*?)(?:\n\n|\Z)", getattr(command, "EXAMPLES", ""), re.DOTALL):
            assert {int(code) for code in re.findall(r"\b\d+\b", said)} <= {code.value for code in Exit}


FILES: dict[str, bytes] = {
    "good.txt": TEXT.encode(),
    "bad.txt": b"a\n\xff\n",
    "bad.jsonl": b'{"text": 5}\n',
    "scan.txt": b"%PDF-1.4\n",
    "cut.txt.gz": b"\x1f\x8b\x08\x00\x00",
    "a.txt.bz2": b"",
    "fake.model": b"no model",
    "words.txt": b"two words\n",
    "lines.txt": b"a\nb\n",
}
ENDS: list[tuple[Exit, str, list[str]]] = [
    (Exit.OK, "", ["normalize", "good.txt"]),
    (Exit.OK, "", ["--version"]),
    (Exit.OK, "", ["normalize", "--help"]),
    (Exit.OK, "listed in", ["normalize", "bad.jsonl", "--rejects", "r"]),
    (Exit.CHANGES, "", ["normalize", "-p", "search", "--check", "good.txt"]),
    (Exit.USAGE, "invalid choice", ["normalise"]),
    (Exit.USAGE, "usage", []),
    (Exit.USAGE, "did you mean", ["normalize", "-p", "serach", "good.txt"]),
    (Exit.USAGE, "no pass is named", ["normalize", "--pass", "nonsense", "good.txt"]),
    (Exit.USAGE, "not of the form", ["normalize", "--pass", "squeeze_elongation(", "good.txt"]),
    (Exit.USAGE, "no field is named", ["normalize", "--field", "x", "bad.jsonl"]),
    (Exit.USAGE, "--field", ["normalize", "--field", "x", "good.txt"]),
    (Exit.USAGE, "cannot be written for", ["export", "-p", "asr.v1", "--to", "duckdb"]),
    (Exit.USAGE, "is not one Arabic word", ["suggest", "two words"]),
    (Exit.DATA, "line 2, byte 2 (0xff) is not utf-8", ["normalize", "bad.txt"]),
    (Exit.DATA, "1 bad record left", ["normalize", "bad.jsonl"]),
    (Exit.DATA, "not a string", ["normalize", "--strict", "bad.jsonl"]),
    (Exit.DATA, "a PDF document", ["normalize", "scan.txt"]),
    (Exit.DATA, "cut off", ["normalize", "cut.txt.gz"]),
    (Exit.DATA, "cannot be written in ascii", ["normalize", "--to", "ascii", "good.txt"]),
    (Exit.DATA, "no arnorm model", ["repair", "--model", "fake.model", "good.txt"]),
    (Exit.DATA, "not one Arabic word", ["repair", "--lexicon", "words.txt", "good.txt"]),
    (Exit.DATA, "the same lines", ["evaluate", "--source", "lines.txt", "--gold", "good.txt", "--hyp", "good.txt"]),
    (Exit.IO, "No such file", ["normalize", "missing.txt"]),
    (Exit.IO, "Is a directory", ["normalize", "."]),
    (Exit.IO, "No such file", ["normalize", "good.txt", "-o", "missing/out.txt"]),
    (Exit.IO, "No such file", ["repair", "--lexicon", "missing", "good.txt"]),
    (Exit.IO, "Not a directory", ["normalize", "good.txt", "-o", "lines.txt/"]),
    (Exit.IO, "No such file", ["train", "missing.txt", "-o", "m"]),
]


@pytest.mark.parametrize(("code", "words", "args"), ENDS)
def test_how_a_run_ends(run: Run, tmp_path: Path, code: Exit, words: str, args: list[str]) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    found, _, said = run(*args)
    assert (found, "Traceback" in said) == (code, False), said
    assert words in said


def raising(error: BaseException) -> Callable[..., int]:
    def call(*_: object) -> int:
        raise error

    return call


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (MemoryError(), Exit.MEMORY, "arnorm: out of memory; "),
        (KeyboardInterrupt(), Exit.INTERRUPTED, ""),
        (BrokenPipeError(), Exit.OK, ""),
        (arnorm.MissingPackageError("numpy", "train"), Exit.SOFTWARE, "pip install 'arnorm[train]'"),
        (arnorm.WorkerLostError(), Exit.SOFTWARE, "a worker process ended"),
        (OSError(errno.ENOSPC, "No space left on device", "a"), Exit.IO, "arnorm: a: No space left on device"),
        (ZeroDivisionError("x"), Exit.SOFTWARE, "this is a fault of arnorm; please report it"),
    ],
)
def test_errors_from_anywhere(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: Exit, words: str
) -> None:
    """No code is that of `--check`, which a script takes for an answer; a traceback is only of what nobody foresaw."""
    monkeypatch.setattr("arnorm.cli.commands.normalize.run_over_files", raising(error))
    found, _, said = run("normalize")
    assert (found, "Traceback" in said) == (code, isinstance(error, ZeroDivisionError))
    assert words in said


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, Exit.INTERRUPTED), (signal.SIGTERM, Exit.TERMINATED)])
def test_stopped_while_it_waits(number: int, code: Exit) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    args = [sys.executable, "-m", "arnorm", "normalize"]
    with subprocess.Popen(
        args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"x\n")
        process.stdin.flush()
        assert process.stdout.read(2) == b"x\n"  # it is at work, and waits for more
        process.send_signal(number)
        assert process.wait(30) == code
        assert process.stderr.read() == b""


INTERRUPTED_IMPORT = """
import builtins, runpy, sys
real = builtins.__import__
def interrupted(name, *args, **options):
    if name == {0!r} or {0!r} in (args[2] or () if len(args) > 2 else ()):
        raise KeyboardInterrupt
    return real(name, *args, **options)
builtins.__import__ = interrupted
sys.argv = ["arnorm", "normalize"]
"""
AS_MODULE = "import arnorm; runpy.run_module('arnorm', run_name='__main__')"
#: What pip makes of an entry point.
AS_SCRIPT = "from arnorm.cli import main; sys.exit(main())"


def python(code: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, env=environment, stdin=subprocess.DEVNULL, check=False)


@pytest.mark.parametrize(
    ("module", "start"),
    [
        *((module, AS_MODULE) for module in ("arnorm.cli", "parser", "arnorm.profiles")),
        *((module, AS_SCRIPT) for module in ("console", "signal", "arnorm.core", "arnorm.profiles")),
    ],
)
def test_interrupted_while_it_starts(module: str, start: str) -> None:
    done = python(INTERRUPTED_IMPORT.format(module) + start)
    assert (done.returncode, done.stderr) == (Exit.INTERRUPTED, b"")


def test_nothing_is_loaded_before_an_interrupt_is_answered() -> None:
    """What comes before `main` could only end in a traceback."""
    done = python("import sys; before = {*sys.modules}; import arnorm.cli; print(*sorted({*sys.modules} - before))")
    assert done.stdout.split() == [b"__future__", b"arnorm", b"arnorm.cli"]


# --- Encodings, and what is no text --------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", ["cp1256", "iso8859-6", "mac-arabic", "cp720", "utf-16-le", "utf-16-be", "utf-16"])
def test_the_encoding_is_named_and_guessed(run: Run, tmp_path: Path, codec: str) -> None:
    data = (TEXT * 3).encode(codec)
    (tmp_path / "a.txt").write_bytes(data)
    code, out, said = run("normalize", "-p", "search", "a.txt")
    assert (code, out) == (Exit.DATA, "")  # nothing is written
    named = re.search(r"it looks like (\S+): pass -e ([^\s,]+)", said)
    assert named is not None
    assert named[1] == named[2]
    assert data.decode(named[1]) == TEXT * 3
    for encoding in (named[1], "auto"):
        code, out, said = run("normalize", "-p", "search", "-e", encoding, "--to", "utf-8", "a.txt")
        assert (code, said) == (0, "")
        assert out.startswith("ذهب الولد الي المدرسه")


def test_auto_keeps_the_encoding_and_its_signature(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for codec in ("utf-8", "utf-8-sig", "utf-16", "cp1256"):
        path.write_bytes("ذهب إلى المدرسة\n".encode(codec))
        assert run("normalize", "-p", "search", "-i", "-e", "auto", "a.txt")[0] == Exit.OK
        assert path.read_bytes() == "ذهب الي المدرسه\n".encode(codec)
    code, out, _ = run("normalize", "-p", "search", "-e", "auto", stdin="ذهب إلى المدرسة\n".encode("cp1256"))
    assert (code, out.encode("utf-8", "surrogateescape")) == (Exit.OK, "ذهب الي المدرسه\n".encode("cp1256"))
    assert run("normalize", "--to", "auto", stdin=b"a")[0] == Exit.USAGE


def test_utf_8_with_a_fault_is_not_taken_for_anything_else(run: Run) -> None:
    code, _, said = run("normalize", stdin=(TEXT * 3).encode() + b"\xc7\n")
    assert code == Exit.DATA
    assert "looks like" not in said


def test_the_hint_names_the_encoding_that_was_asked_for(run: Run) -> None:
    assert "or -e utf-16-le:replace" in run("normalize", "-e", "utf-16", stdin=b"\x00\xdc")[2]
    said = run("normalize", "-e", "utf-16", stdin="ذهب الولد إلى المدرسة".encode("utf-16") + b"\x00\xdc")[2]
    assert "is not utf-16-le" in said
    assert "looks like" not in said


def test_a_column_in_another_encoding(run: Run, tmp_path: Path) -> None:
    """The header does not decode: that is why no column has the name."""
    (tmp_path / "a.csv").write_bytes(f"رقم,النص\n1,{TEXT}".encode("cp1256"))
    code, _, said = run("normalize", "--column", "النص", "a.csv")
    assert code == Exit.DATA
    assert "line 1, byte 0 (0xd1) is not utf-8; it looks like cp1256: pass -e cp1256" in said
    code, out, said = run("normalize", "-p", "search", "--column", "النص", "-e", "auto", "--to", "utf-8", "a.csv")
    assert (code, out) == (Exit.OK, "رقم,النص\n1,ذهب الولد الي المدرسه في الصباح\n")


def test_records_in_another_encoding(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(f'{{"text": "{TEXT[:-1]}"}}\n'.encode("cp1256") * 3)
    code, _, said = run("normalize", "a.jsonl")
    assert code == Exit.DATA
    assert "3 bad records left as they are (the text looks like cp1256: pass -e cp1256)" in said


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "a PDF document, not text; name it .pdf"),
        (b"PK\x03\x04\x14\x00....word/document.xml", "a Word document, not text; name it .docx"),
        (b"PK\x03\x04\x14\x00....xl/workbook.xml", "an Excel sheet, not text; save it as CSV"),
        (b"PK\x03\x04\x14\x00....a.txt", "a zip archive, not text; unpack it first"),
        (b"\x89PNG\r\n\x1a\n", "an image (PNG), not text"),
        (b"\xff\xd8\xff\xe0", "an image (JPEG), not text"),
        (b"\x1f\x8b\x08\x00", "a file packed by gzip, not text; name it .gz"),
        (b"PAR1\x15\x04", "a Parquet file, not text; name it .parquet"),
    ],
)
def test_what_is_no_text(run: Run, tmp_path: Path, data: bytes, words: str) -> None:
    for name in ("a.txt", "a.jsonl", "a.csv"):
        (tmp_path / name).write_bytes(data)
        code, out, said = run("normalize", "-i", name)
        assert (code, out) == (Exit.DATA, "")
        assert f"arnorm: {name}: {words}" in said
        assert (tmp_path / name).read_bytes() == data


def test_names_of_files_cannot_steer_a_terminal(run: Run, tmp_path: Path) -> None:
    name = "a\x1b[31m\nb.txt"
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert run("normalize", "-p", "search", "--check", name)[1] == "a⟨ESC⟩[31m⟨LF⟩b.txt\n"


# --- Records that are too long -------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_record_that_is_too_long_is_a_bad_record(run: Run, tmp_path: Path, workers: str) -> None:
    long = "أ" * (1 << 20)
    before = f"أ\nب\n{long}\nإ\n"
    (tmp_path / "a.txt").write_text(before, encoding="utf-8")
    args = ["normalize", "-p", "search", "--max-record", "1M", "--processes", workers]
    code, _, said = run(*args, "a.txt", "-o", "out")
    assert code == Exit.DATA
    assert "1 bad record left as it is; the first is a.txt: line 3, byte 6: longer than a record may be" in said
    assert (tmp_path / "out").read_text(encoding="utf-8") == f"ا\nب\n{long}\nا\n"
    code, _, said = run(*args, "--to", "utf-16", "a.txt", "-o", "out16")
    assert code == Exit.DATA
    assert "in its own encoding" in said


@pytest.mark.parametrize("size", ["0", "1000", "5Q", "M", "1MM", "-5M"])
def test_sizes_that_are_none(run: Run, size: str) -> None:
    assert run("normalize", "--max-record", size)[0] == Exit.USAGE
