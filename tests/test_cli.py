"""The command line, in this process and, where signals, pipes and locales count, in one of its own."""

from __future__ import annotations

import io
import json
import os
import random
import re
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arnorm
from arnorm.cli import main
from arnorm.cli.exits import Exit, exit_of
from arnorm.cli.inputs import batches
from arnorm.cli.parser import input_encoding
from arnorm.cli.running import run_over_files
from arnorm.core import CharMap, Custom
from arnorm.errors import WorkerLostError
from arnorm.files.work import ONE_LINE
from arnorm.formats.blocks import BLOCK
from arnorm.formats.encodings import UTF8, BadBytes, Decoder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals, modes and pipes as POSIX has them")

ROOT = Path(__file__).parent.parent
FOLD = ("--pass", "fold_alef")


class Result:
    """What a run of the command line left behind."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code, self.out, self.err = code, out, err.decode()

    @property
    def text(self) -> str:
        return self.out.decode()


def environment(**changes: str) -> dict[str, str]:
    unwanted = {"NO_COLOR", "TERM"}  # and what sets how Python buffers and encodes
    kept = {k: v for k, v in os.environ.items() if k not in unwanted and not k.startswith("PYTHON")}
    return {**kept, "PYTHONPATH": str(ROOT), **changes}


def program(*args: str, stdin: bytes = b"", env: dict[str, str] | None = None, **options: Any) -> Result:
    """Runs the command line as a program."""
    done = subprocess.run(
        [sys.executable, "-m", "arnorm", *args], input=stdin, capture_output=True, env=env or environment(), **options
    )
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Result]:
    """Runs the command line in this process."""

    def call(*args: str | Path, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(arg) for arg in args])
        return Result(code, *capfdbinary.readouterr())

    return call


# --- Lines ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "out"),
    [
        ("", ""),
        ("أ", "ا"),
        ("أ\n", "ا\n"),
        ("أ\r\nإ\nأ", "ا\r\nا\nا"),
        ("\n\n\r\n", "\n\n\r\n"),
        ("أ\rإ\n", "ا\rا\n"),
        ("أ\r", "ا\r"),
        ("أ\r\r\n", "ا\r\r\n"),
        ("أ\u2028إ\u0085أ\x0bأ\x0cأ\x1cأ\n", "ا\u2028ا\u0085ا\x0bا\x0cا\x1cا\n"),
        ("أ\x00إ\n", "ا\x00ا\n"),
    ],
)
def test_line_ends_stay(run: Callable[..., Result], source: str, out: str) -> None:
    assert run("normalize", *FOLD, stdin=source.encode()).text == out


@pytest.mark.parametrize("text", ["أ\u2028ب\rت\x0bث\n", "أ\r\rب\n", "أ\u2029ب\x85ت", "أ\n\n\r\nب\n"])
def test_one_line_out_for_each_line_in(run: Callable[..., Result], text: str) -> None:
    # pdf reads a document, whose lines end where Unicode says so
    for profile in (p for p in arnorm.all_profiles() if p.name != "pdf"):
        assert run("normalize", "-p", profile.full_name, stdin=text.encode()).text.count("\n") == text.count("\n")


def test_a_pass_that_makes_lines_keeps_them_one(run: Callable[..., Result], tmp_path: Path) -> None:
    split = Custom("split", lambda text: text.replace("/", "\n"))
    assert (split | ONE_LINE)("أ/ب") == "أ ب"


@given(st.lists(st.text(alphabet="أب\r ", max_size=5)), st.sampled_from(["", "\n", "\r\n"]), st.integers(1, 9))
def test_any_block_size_gives_the_same_lines(lines: list[str], end: str, size: int) -> None:
    data = ("\n".join(lines) + end).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("arnorm.formats.blocks.BLOCK", size)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        read = list(batches(["-"], UTF8))
    whole = [line[:-1] if end and line.endswith("\r") else line for line, end in _split(data.decode())]
    assert [line for b in read for line in b.lines] == whole
    assert [b.last for b in read] == [False] * (len(read) - 1) + [True]
    numbers = [b.number for b in read if b.lines]
    assert numbers == [1 + sum(len(b.lines) for b in read if b.lines and b.number < n) for n in numbers]


def _split(text: str) -> list[tuple[str, bool]]:
    """Each line, and whether a line feed ends it."""
    *lines, last = text.split("\n")
    return [(line, True) for line in lines] + [(last, False)] * bool(last)


def test_a_line_of_many_blocks(run: Callable[..., Result]) -> None:
    letters = "أ" * BLOCK
    assert run("normalize", *FOLD, stdin=f"{letters}\nب".encode()).text == "ا" * BLOCK + "\nب"


def test_files_are_joined_as_lines(run: Callable[..., Result], tmp_path: Path) -> None:
    for name, text in (("a", "أ"), ("b", ""), ("c", "ب\n"), ("d", "ت")):
        (tmp_path / name).write_bytes(text.encode())
    paths = [tmp_path / name for name in "abcd"]
    assert run("normalize", *FOLD, *paths).text == "ا\nب\nت"
    assert run("normalize", *FOLD, paths[3], "-", stdin="أ\n".encode()).text == "ت\nا\n"


# --- Encodings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6", "utf-16-le", "utf-16-be", "utf-32-le", "utf-7", "cp864"])
def test_encodings_come_back_as_they_are(run: Callable[..., Result], encoding: str) -> None:
    source = "باب\nثلج" if encoding != "cp864" else "123\n"
    assert run("normalize", *FOLD, "-e", encoding, stdin=source.encode(encoding)).out == source.encode(encoding)
    assert run("normalize", *FOLD, "-e", encoding, "--to", "utf-8", stdin=source.encode(encoding)).text == source


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("order", ["-le", "-be"])
def test_signatures_are_kept(run: Callable[..., Result], encoding: str, order: str) -> None:
    codec = encoding if encoding == "utf-8" else encoding + order
    data = "\ufeffأب\nأ".encode(codec)
    assert run("normalize", *FOLD, "-e", encoding, stdin=data).out == "\ufeffاب\nا".encode(codec)
    assert run("normalize", *FOLD, "-e", codec, stdin=data).out == "\ufeffاب\nا".encode(codec)
    assert run("normalize", *FOLD, "-e", encoding, "--to", "utf-8", stdin=data).text == "اب\nا"


def test_without_a_signature_utf_16_is_little_endian_and_gets_none(run: Callable[..., Result]) -> None:
    data = "أب\n".encode("utf-16-le")
    assert run("normalize", *FOLD, "-e", "utf-16", stdin=data).out == "اب\n".encode("utf-16-le")


def test_signatures_of_later_files_do_not_get_into_the_text(run: Callable[..., Result], tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes("\ufeffأ\n".encode())
    assert run("normalize", *FOLD, tmp_path / "a", tmp_path / "b").out == "\ufeffا\nا\n".encode()


@pytest.mark.parametrize(
    ("to", "signature"), [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-32", "utf-32-le")]
)
def test_signatures_are_written_on_request(run: Callable[..., Result], to: str, signature: str) -> None:
    assert run("normalize", *FOLD, "--to", to, stdin="أ".encode()).out == "\ufeffا".encode(signature)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\xef\xbb", b"\xef"])
def test_a_signature_alone_or_in_part(run: Callable[..., Result], data: bytes) -> None:
    result = run("normalize", stdin=data)
    assert (result.code, result.out) == ((0, data) if len(data) == 3 else (65, b""))


def test_bad_bytes_can_be_marked_or_carried(run: Callable[..., Result]) -> None:
    data = "أ".encode() + b"\xff\n"
    assert run("normalize", *FOLD, "-e", "utf-8:replace", stdin=data).text == "ا\ufffd\n"
    assert run("normalize", *FOLD, "-e", "utf-8:surrogateescape", stdin=data).out == "ا".encode() + b"\xff\n"
    row = json.loads(run("normalize", *FOLD, "-e", "utf-8:surrogateescape", "--json", stdin=data).text)
    assert row["text"] == "ا\udcff"
    shown = run("normalize", *FOLD, "-e", "utf-8:surrogateescape", "--diff", stdin=data)
    assert shown.text == "1: fold_alef\n[-أ-]{+ا+}⟨U+DCFF⟩\n"


@pytest.mark.parametrize("spec", ["nonsense", "base64", "utf-8:nonsense", ""])
@pytest.mark.parametrize("option", ["-e", "--to"])
def test_encodings_that_are_none(run: Callable[..., Result], option: str, spec: str) -> None:
    result = run("normalize", option, spec)
    assert result.code == Exit.USAGE
    assert "many more" in result.err


def test_a_character_that_the_encoding_lacks(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("باب\nعلی\n".encode())
    for target in (("-i",), ("-o", tmp_path / "out")):
        result = run("normalize", "--to", "iso8859-6", *target, path)
        assert result.code == Exit.DATA
        assert f"{path}: line 2: U+06CC cannot be written in iso8859-6" in result.err
    assert path.read_bytes() == "باب\nعلی\n".encode()
    assert os.listdir(tmp_path) == ["a.txt"]
    assert run("normalize", "--to", "iso8859-6:replace", path).out == "باب\nعل?\n".encode("iso8859-6")


# --- Bytes that do not decode --------------------------------------------------------------------------------------


@given(
    before=st.text(alphabet="أب\nx𐍈", max_size=30),
    after=st.text(alphabet="أب\n", max_size=10),
    bad=st.sampled_from([b"\xff", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\x80"]),
    size=st.integers(1, 7),
)
def test_bad_bytes_are_placed(before: str, after: str, bad: bytes, size: int) -> None:
    data = before.encode() + bad + b"\n" + after.encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("arnorm.formats.blocks.BLOCK", size)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        *_, last = read = list(batches(["-"], UTF8))
    error = last.error
    assert isinstance(error, arnorm.UndecodableInputError)
    assert (error.offset, error.byte) == (len(before.encode()), bad[0])
    assert error.line == 1 + before.count("\n")
    lines = [line for b in read for line in b.lines]
    assert lines == before.split("\n")[:-1]  # whatever was whole before it has been read


def _decode(decoder: Decoder, data: bytes, size: int, into: list[str]) -> None:
    for at in range(0, len(data), size):
        into.append(decoder.decode(data[at : at + size]))
    decoder.decode(b"", final=True)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "gb18030", "shift_jis", "utf-7", "ascii", "iso8859-6"])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_bad_bytes_of_other_encodings(encoding: str, size: int) -> None:
    bad = {"utf-16": b"\x00\xdc", "utf-16-be": b"\xdc\x00", "utf-7": b"\x80", "ascii": b"\x80"}.get(
        encoding, b"\xff\xff"
    )
    good = "ab\ncd\ne".encode(encoding.replace("utf-16", "utf-16-le") if encoding == "utf-16" else encoding)
    decoder = Decoder(input_encoding(encoding).of(b""))
    data = good + bad + "\nxyz".encode(encoding if encoding != "utf-16" else "utf-16-le")
    text: list[str] = []
    with pytest.raises(BadBytes) as caught:
        _decode(decoder, data, size, text)
    assert "".join(text) + caught.value.text == "ab\ncd\ne"
    assert caught.value.offset == len(good)
    assert caught.value.byte == bad[0]


def test_bad_bytes_after_a_block_boundary(run: Callable[..., Result]) -> None:
    data = b"x" * (BLOCK - 1) + "أ\n".encode() + b"ok \xc3(\n"
    result = run("normalize", *FOLD, stdin=data)
    assert result.code == Exit.DATA
    assert f"<stdin>: line 2, byte {BLOCK + 5} (0xc3) is not utf-8" in result.err
    assert result.out == b"x" * (BLOCK - 1) + "ا\n".encode()


def test_input_cut_in_a_character(run: Callable[..., Result]) -> None:
    result = run("normalize", stdin="أب\nت".encode()[:-1])
    assert (result.code, result.text) == (Exit.DATA, "أب\n")
    assert "line 2, byte 5 (0xd8)" in result.err


def test_offsets_count_the_signature(run: Callable[..., Result]) -> None:
    assert "line 1, byte 4 (0xff)" in run("normalize", stdin=b"\xef\xbb\xbfa\xff").err


def test_a_bad_file_does_not_stop_the_others(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff")
    (tmp_path / "b").write_bytes("أ\n".encode())
    result = run("normalize", *FOLD, tmp_path / "missing", tmp_path / "a", tmp_path / "b")
    assert (result.code, result.text) == (Exit.IO, "ا\n")
    assert f"arnorm: {tmp_path / 'missing'}: No such file or directory\n" in result.err
    assert f"arnorm: {tmp_path / 'a'}: line 1, byte 0 (0xff)" in result.err


def test_a_directory(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("normalize", tmp_path)
    assert (result.code, result.err) == (Exit.IO, f"arnorm: {tmp_path}: Is a directory; name the files in it\n")


# --- Output and in place -------------------------------------------------------------------------------------------


def test_output(run: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    result = run("normalize", *FOLD, "-o", out, stdin="أ\n".encode())
    assert (result.code, result.out, out.read_text("utf-8")) == (0, b"", "ا\n")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~umask
    assert run("normalize", "-o", "-", stdin=b"x").out == b"x"


def test_output_may_be_the_input(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes("أ\n".encode())
    assert run("normalize", *FOLD, path, "-o", path).code == 0
    assert path.read_text("utf-8") == "ا\n"


def test_output_stays_whole_on_errors(run: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("old")
    assert run("normalize", "-o", out, stdin=b"new\n\xff").code == Exit.DATA
    assert out.read_text() == "old"
    assert os.listdir(tmp_path) == ["out"]


def test_output_to_a_device(run: Callable[..., Result]) -> None:
    assert run("normalize", "-o", "/dev/null", stdin=b"x").code == 0
    assert os.path.exists("/dev/null")


def test_output_in_no_directory(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("normalize", "-o", tmp_path / "none" / "out", stdin=b"x")
    assert result.code == Exit.IO
    assert "none/out: No such file or directory" in result.err


def test_in_place(run: Callable[..., Result], tmp_path: Path) -> None:
    changed, same = tmp_path / "changed", tmp_path / "same"
    changed.write_bytes("أ\r\nب".encode())
    same.write_bytes("ب\n".encode())
    changed.chmod(0o640)
    before = same.stat()
    result = run("normalize", *FOLD, "-i", changed, same)
    assert (result.code, result.out, result.err) == (0, b"", "")
    assert changed.read_bytes() == "ا\r\nب".encode()
    assert stat.S_IMODE(changed.stat().st_mode) == 0o640
    assert (same.stat().st_ino, same.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert sorted(os.listdir(tmp_path)) == ["changed", "same"]


def test_in_place_through_a_link(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a", tmp_path / "link"
    target.write_bytes("أ".encode())
    link.symlink_to(target)
    assert run("normalize", *FOLD, "-i", link).code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8") == "ا"


def test_in_place_leaves_a_file_that_does_not_decode(run: Callable[..., Result], tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abc"]
    for path, data in zip(paths, ("أ".encode(), "أ\n".encode() + b"\xff", "أ".encode()), strict=True):
        path.write_bytes(data)
    assert run("normalize", *FOLD, "-i", *paths).code == Exit.DATA
    assert [p.read_bytes() for p in paths] == ["ا".encode(), "أ\n".encode() + b"\xff", "ا".encode()]
    assert sorted(os.listdir(tmp_path)) == ["a", "b", "c"]


def test_in_place_to_another_encoding(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes("باب\n".encode("cp1256"))
    assert run("normalize", "-i", "-e", "cp1256", "--to", "utf-8", path).code == 0
    assert path.read_text("utf-8") == "باب\n"


READ_ONLY = """
import os, sys
from arnorm.cli import main
args = ["normalize", "--pass", "fold_alef", "-i"]
assert main([*args, sys.argv[1], "missing"]) == 74  # loads what it needs while it may read it
if os.geteuid() == 0:
    os.setuid(65534)
sys.exit(main([*args, sys.argv[2]]))
"""


@pytest.mark.parametrize(("of_directory", "of_file"), [(0o555, 0o666), (0o777, 0o444)])
def test_in_place_where_writing_is_not_allowed(tmp_path: Path, of_directory: int, of_file: int) -> None:
    with tempfile.TemporaryDirectory() as name:  # not below the directories of pytest, which are for their owner only
        for path in (tmp_path / "a", Path(name, "a")):
            path.write_bytes("أ".encode())
        os.chmod(f"{name}/a", of_file)
        os.chmod(name, of_directory)
        args = [sys.executable, "-c", READ_ONLY, str(tmp_path / "a"), f"{name}/a"]
        done = subprocess.run(args, capture_output=True, env=environment())
        os.chmod(name, 0o755)
        assert done.stderr.decode().endswith(f"arnorm: {name}/a: Permission denied (nothing was changed)\n")
        assert done.returncode == Exit.IO
        assert os.listdir(name) == ["a"]
        assert Path(name, "a").read_bytes() == "أ".encode()


def test_in_place_needs_files(run: Callable[..., Result], tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for args in ((), ("-",), (tmp_path,), (fifo,)):
        assert run("normalize", "-i", *args).code == Exit.USAGE
    assert run("normalize", "-i", tmp_path / "missing").code == Exit.IO


@pytest.mark.parametrize("workers", ["0", "2"])
def test_killed_in_the_middle_the_file_is_whole(tmp_path: Path, workers: str) -> None:
    path = tmp_path / "a"
    data = "أهلا بكم في المكتبة\n".encode() * 600_000
    path.write_bytes(data)
    args = [sys.executable, "-m", "arnorm", "normalize", *FOLD, "-i", "--processes", workers, str(path)]
    with subprocess.Popen(args, env=environment()) as process:
        deadline = time.monotonic() + 30
        while not any(p.suffix == ".tmp" and p.stat().st_size for p in tmp_path.iterdir()):
            assert process.poll() is None, "it was over before it could be killed"
            assert time.monotonic() < deadline
        process.kill()
    assert path.read_bytes() == data


@pytest.mark.parametrize("workers", ["0", "2"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_stopped_in_the_middle_nothing_is_left_behind(
    tmp_path: Path, number: signal.Signals, code: int, workers: str
) -> None:
    fifo, out = tmp_path / "in", tmp_path / "out"
    os.mkfifo(fifo)
    args = [sys.executable, "-m", "arnorm", "normalize", "--processes", workers, "-o", str(out), str(fifo)]

    def heed_ctrl_c() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs are started deaf to it

    pipes: dict[str, Any] = {"stderr": subprocess.PIPE, "start_new_session": True, "preexec_fn": heed_ctrl_c}
    with (
        subprocess.Popen(args, env=environment(), **pipes) as process,
        # For reading too: that never waits, not even for a process that has died before it opened its end.
        os.fdopen(os.open(fifo, os.O_RDWR), "wb") as feed,
    ):
        feed.write(b"x\n")
        feed.flush()
        deadline = time.monotonic() + 30
        while not list(tmp_path.glob(".arnorm-*.tmp")):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(0.3)
        os.killpg(process.pid, number)  # as Ctrl-C does: the workers get it too
        assert process.stderr
        assert process.stderr.read() == b""
    assert process.returncode == code
    assert os.listdir(tmp_path) == ["in"]


# --- Check, diff, JSON, HTML ---------------------------------------------------------------------------------------


def test_check(run: Callable[..., Result], tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(40)]
    for n, path in enumerate(paths):
        path.write_bytes(("أ\n" if n % 3 == 0 else "ب\n").encode())
    result = run("normalize", *FOLD, "--check", *paths)
    assert result.code == Exit.CHANGES
    assert result.text.splitlines() == [str(p) for n, p in enumerate(paths) if n % 3 == 0]
    result = run("normalize", *FOLD, "--check", *(p for n, p in enumerate(paths) if n % 3))
    assert (result.code, result.out) == (0, b"")
    assert all(path.read_bytes() == ("أ\n" if n % 3 == 0 else "ب\n").encode() for n, path in enumerate(paths))


def test_check_standard_input(run: Callable[..., Result]) -> None:
    result = run("normalize", *FOLD, "--check", stdin="ب\nأ".encode())
    assert (result.code, result.out) == (Exit.CHANGES, b"-\n")


def test_an_error_outranks_a_change(run: Callable[..., Result]) -> None:
    assert run("normalize", *FOLD, "--check", stdin="أ\n".encode() + b"\xff").code == Exit.DATA


@pytest.mark.parametrize("show", ["--diff", "--json", "--html=-"])
def test_check_goes_with_what_is_shown(run: Callable[..., Result], show: str) -> None:
    assert run("normalize", *FOLD, "--check", show, stdin="أ".encode()).code == Exit.CHANGES
    assert run("normalize", *FOLD, "--check", show, stdin="ب".encode()).code == 0
    assert run("normalize", *FOLD, show, stdin="أ".encode()).code == 0


def test_diff(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("ب\nيا أأ\nب\nإ\n".encode())
    result = run("normalize", *FOLD, "--diff", path)
    assert result.text == f"{path}:2: fold_alef ×2\nيا [-أأ-]{{+اا+}}\n{path}:4: fold_alef\n[-إ-]{{+ا+}}\n"
    assert run("normalize", *FOLD, "--diff", stdin="أ".encode()).text == "1: fold_alef\n[-أ-]{+ا+}\n"


def test_diff_shows_a_change_of_a_long_line_only(run: Callable[..., Result]) -> None:
    result = run("normalize", *FOLD, "--diff", stdin=f"{'ب ' * 5000}أ{' ت' * 5000}".encode())
    assert len(result.text) < 250


def test_diff_of_hostile_text(run: Callable[..., Result]) -> None:
    result = run("normalize", *FOLD, "--diff", stdin="أ\x1b[2J\x07\u202eب\n".encode())
    assert result.text == "1: fold_alef\n[-أ-]{+ا+}⟨ESC⟩[2J⟨U+0007⟩⟨RLO⟩ب\n"


def test_color_on_request(run: Callable[..., Result]) -> None:
    assert "\x1b[31;9m" in run("normalize", *FOLD, "--diff", "--color=always", stdin="أ".encode()).text
    assert "\x1b" not in run("normalize", *FOLD, "--diff", "--color=never", stdin="أ".encode()).text
    assert "\x1b" not in run("normalize", *FOLD, "--diff", stdin="أ".encode()).text


@pytest.mark.parametrize(
    ("variables", "colored"),
    [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_color_on_a_terminal(variables: dict[str, str], colored: bool) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    args = [sys.executable, "-m", "arnorm", "explain", *FOLD, "أ"]
    with subprocess.Popen(args, stdout=theirs, stderr=theirs, env=environment(**variables)) as process:
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 4096):
                shown += data
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0
    assert ("ا".encode() in shown, b"\x1b[" in shown) == (True, colored)


def test_json(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("ب\u2028\n😀أ\n".encode())
    for unit, span in (("codepoint", [1, 2]), ("utf-8", [4, 6]), ("utf-16", [2, 3])):
        result = run("normalize", *FOLD, "--json", "--unit", unit, path)
        first, second = map(json.loads, result.text.rstrip("\n").split("\n"))
        assert (first["file"], first["line"], first["edits"], first["unit"]) == (str(path), 1, [], unit)
        assert (first["source"], first["text"]) == ("ب\u2028", "ب\u2028")
        (edit,) = second["edits"]
        told = {key: edit.pop(key) for key in ("kind", "score", "decision", "runner_up")}
        assert told == {"kind": "", "score": 1.0, "decision": "replace", "runner_up": ""}
        places = {"start": span[0], "end": span[1], "output": span}
        assert edit == {"passes": ["fold_alef"], "before": "أ", "after": "ا", **places}


def rows_of(page: str) -> list[dict[str, Any]]:
    """What a page of --html has to decide."""
    rows: list[dict[str, Any]] = json.loads(page.partition('id="rows">')[2].partition("</script>")[0])
    return rows


def test_html(run: Callable[..., Result], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("normalize", *FOLD, "--html", page, stdin="ب\nأ<b>\n".encode()).out == b""
    text = page.read_text("utf-8")
    [row] = rows_of(text)
    assert (row["line"], row["source"]) == (2, "أ<b>")
    assert [(each["before"], each["after"]) for each in row["found"]] == [("أ", "ا")]
    assert "<b>" not in text
    assert run("normalize", "--html", "-", stdin=b"x").text.startswith("<!doctype html>")


def test_reports_are_utf_8_whatever_the_input(run: Callable[..., Result]) -> None:
    for show in ("--diff", "--json", "--html=-"):
        assert "أ" in run("normalize", *FOLD, show, "-e", "cp1256", stdin="أ".encode("cp1256")).text


@pytest.mark.parametrize(
    "args",
    [
        ("-i", "--check", "a"),
        ("-i", "--diff", "a"),
        ("-i", "-o", "b", "a"),
        ("--html", "x", "-o", "b", "a"),
        ("--json", "--diff", "a"),
        ("--diff", "--to", "cp1256", "a"),
        ("--processes", "-1", "a"),
        ("--processes", "two", "a"),
        ("--unit", "bytes", "a"),
        ("--nonsense",),
    ],
)
def test_options_that_do_not_go_together(run: Callable[..., Result], args: tuple[str, ...]) -> None:
    result = run("normalize", *args)
    assert (result.code, result.out) == (Exit.USAGE, b"")
    assert "Traceback" not in result.err
    assert result.err


# --- Which pipeline ------------------------------------------------------------------------------------------------


def test_the_default_profile_is_clean(run: Callable[..., Result]) -> None:
    text = "ﻣﺮﺣﺒــﺎ بِكُم"
    assert run("normalize", stdin=text.encode()).text == arnorm.normalize(text) != text
    assert run("normalize", "-p", "clean.v1", stdin=text.encode()).text == arnorm.normalize(text)


def test_passes_in_order(run: Callable[..., Result]) -> None:
    assert run("normalize", "--pass", "strip_tashkeel", *FOLD, stdin="أَ".encode()).text == "ا"


def test_passes_with_arguments(run: Callable[..., Result]) -> None:
    for spec in ("mask_urls(token='<u>')", "mask_urls( token = '<u>' )"):
        args = spec if "token" in arnorm.passes.get("mask_urls").args[0] else spec.replace("token", _first_argument())
        assert run("normalize", "--pass", args, stdin="انظر https://example.com".encode()).text == "انظر <u>"


def _first_argument() -> str:
    return str(arnorm.passes.get("mask_urls").args[0][0])


@pytest.mark.parametrize(
    "spec", ["mask_urls(", "mask_urls('x')", "mask_urls(no=1)", "mask_urls(token=x)", "fold_alef(a=1)", "f()()"]
)
def test_passes_with_wrong_arguments(run: Callable[..., Result], spec: str) -> None:
    result = run("normalize", "--pass", spec)
    assert result.code == Exit.USAGE
    assert result.err.startswith("arnorm: ")


def test_without_and_protect(run: Callable[..., Result]) -> None:
    both = ("--pass", "strip_tashkeel", *FOLD)
    assert run("normalize", *both, "--without", "fold_alef", stdin="أَ".encode()).text == "أ"
    assert run("normalize", *FOLD, "--protect", "hashtags,urls", stdin="#أب أ".encode()).text == "#أب ا"


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("-p", "clen"), "did you mean 'clean.v1'?"),
        (("--pass", "fold_alf"), "did you mean 'fold_alef'?"),
        (("--protect", "url"), "did you mean 'urls'?"),
        (("--pass", "fold_alef", "--without", "fold_alf"), "did you mean 'fold_alef'?"),
    ],
)
def test_names_that_are_none(run: Callable[..., Result], args: tuple[str, ...], hint: str) -> None:
    for command in (("normalize",), ("explain", "أ")):
        result = run(*command, *args)
        assert (result.code, result.out) == (Exit.USAGE, b"")
        assert hint in result.err


def test_a_pipeline_of_another_command() -> None:
    """What a later command does: its own pass, the same options."""
    from arnorm.cli.parser import Parser, taken
    from arnorm.cli.request import Request, add_file_options

    parser = Parser(prog="arnorm other")
    add_file_options(parser)
    args = parser.parse_args(["--json"])
    args.command = "other"
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.setattr(sys, "stdin", io.StringIO("أ"))
        assert run_over_files(CharMap("mine", {"أ": "X"}), taken(Request, args)) == 0
    assert json.loads(out.getvalue())["counts"] == {"mine": 1}


# --- Workers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("show", [(), ("--diff",), ("--json",), ("--check",), ("--html", "-")])
def test_workers_change_nothing_of_the_result(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, show: tuple[str, ...]
) -> None:
    monkeypatch.setattr("arnorm.formats.blocks.BLOCK", 1000)  # for many batches in small files
    rng = random.Random(7)
    paths = []
    for n in range(3):
        paths.append(tmp_path / f"{n}.txt")
        text = "".join(rng.choices("أإآبت \n", k=10_000 if n < 2 else 0)) + "أ"
        paths[-1].write_bytes(text.encode())
    alone, together = run("normalize", *FOLD, *show, *paths), run("normalize", *FOLD, "--processes", "2", *show, *paths)
    assert (alone.code, alone.out) == (together.code, together.out)
    assert alone.out


def test_workers_and_bad_bytes(run: Callable[..., Result]) -> None:
    data = ("أ" * 9 + "\n").encode() * 40_000 + b"\xff"
    alone, together = run("normalize", *FOLD, stdin=data), run("normalize", *FOLD, "--processes", "2", stdin=data)
    assert (alone.code, alone.out, alone.err) == (together.code, together.out, together.err)
    assert alone.code == Exit.DATA
    assert len(alone.out) == len(data) - 1


# --- Pipes and locales ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("show", [(), ("--json",), ("--diff",), ("--processes", "2")])
def test_a_reader_that_leaves_early(show: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes("أهلا بكم\n".encode() * 100_000)
    args = [sys.executable, "-m", "arnorm", "normalize", *FOLD, *show, str(path)]
    with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("args", [("passes",), ("passes", "--json"), ("normalize", "--help"), ("explain", "أ")])
def test_a_reader_that_never_reads(args: tuple[str, ...]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "arnorm", *args]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env=environment()) as process:
        os.close(theirs)
        assert process.stderr
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize(
    "args", [("normalize",), ("normalize", "--json"), ("passes",), ("normalize", "-o", "/dev/full")]
)
def test_a_full_disk(args: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "arnorm", *args],
            input=b"x\n",
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
        )
    assert done.returncode == Exit.IO
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.parametrize(
    ("redirect", "message"), [("<&-", "standard input is closed"), (">&-", "standard output is closed")]
)
def test_closed_streams(redirect: str, message: str) -> None:
    command = f'exec "$0" -m arnorm normalize {redirect}'
    done = subprocess.run(["sh", "-c", command, sys.executable], input=b"x", capture_output=True, env=environment())
    assert done.returncode == Exit.IO
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_appending_to_the_input_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x\n")
    with path.open("ab") as out:
        done = subprocess.run(
            [sys.executable, "-m", "arnorm", "normalize", str(path)],
            stdout=out,
            stderr=subprocess.PIPE,
            env=environment(),
        )
    assert done.returncode == Exit.USAGE
    assert b"both input and output" in done.stderr
    assert path.read_bytes() == b"x\n"


def test_an_answer_for_every_line_at_once() -> None:
    args = [sys.executable, "-m", "arnorm", "normalize", *FOLD]
    with subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), bufsize=0) as process:
        assert process.stdin
        assert process.stdout
        guard = threading.Timer(30, process.kill)
        guard.start()
        for question, answer in (("أ\n", "ا\n"), ("إلى\n", "الى\n"), ("أ\nإ\n", "ا\nا\n")):
            process.stdin.write(question.encode())
            assert process.stdout.read(len(answer.encode())).decode() == answer
        process.stdin.close()
        assert process.wait() == 0
        guard.cancel()


LOCALES: list[dict[str, str]] = [
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LC_ALL": "C.UTF-8"},
    {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "cp1256:strict"},
    {"PYTHONIOENCODING": "utf-16"},
    {"PYTHONUTF8": "1"},
]


@pytest.mark.parametrize("variables", LOCALES, ids=lambda v: " ".join(f"{a}={b}" for a, b in v.items()))
def test_utf_8_whatever_the_locale(variables: dict[str, str], tmp_path: Path) -> None:
    env = environment(**variables)
    assert program("normalize", *FOLD, stdin="أ😀\n".encode(), env=env).text == "ا😀\n"
    assert "U+0623 ARABIC LETTER ALEF WITH HAMZA ABOVE" in program("explain", *FOLD, "أ", env=env).text
    assert "«" in program("passes", env=env).text
    assert "أهـــلًا" in program("explain", "--help", env=env).text
    assert "أزرق" in program("normalize", "-p", "أزرق", env=env).err
    path = tmp_path / "مقال.txt"
    path.write_bytes("أ".encode())
    assert program("normalize", *FOLD, "--check", str(path), env=env).out == os.fsencode(path) + b"\n"


def test_an_argument_in_a_latin_locale() -> None:
    """An ISO-8859-1 locale, without needing to have one."""
    code = (
        "import os, sys; os.fsencode = lambda s: s.encode('latin-1');"
        "from arnorm.cli import main;"
        "sys.exit(main(['explain', '--pass', 'fold_alef', 'أ'.encode().decode('latin-1')]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment())
    assert "U+0623" in done.stdout.decode()


# --- Explain, passes, profiles -------------------------------------------------------------------------------------


def test_explain(run: Callable[..., Result]) -> None:
    result = run("explain", "--pass", "strip_tashkeel", *FOLD, "--pass", "strip_tatweel", "أَبَ")
    assert result.code == 0
    lines = result.text.splitlines()
    assert lines[0] == "أَبَ"
    assert "  [-أَبَ-]{+أب+}" in lines
    assert "  deleted ◌\u064e (U+064E ARABIC FATHA) ×2, at 1, 3" in lines
    assert "  أ (U+0623 ARABIC LETTER ALEF WITH HAMZA ABOVE) → ا (U+0627 ARABIC LETTER ALEF), at 0" in lines
    assert lines[-1] == "nothing to change for: strip_tatweel"


def test_explain_names_the_passes_within_a_protected_pipeline(run: Callable[..., Result]) -> None:
    assert "at 0 [fold_alef]" in run("explain", *FOLD, "--protect", "urls", "أ https://example.com").text


def test_explain_from_standard_input(run: Callable[..., Result]) -> None:
    assert run("explain", *FOLD, "-", stdin="\ufeffأ\r\n".encode()).text.splitlines()[0] == "أ"
    result = run("explain", "-", stdin=b"a\nb\xff")
    assert (result.code, "line 2, byte 3 (0xff)" in result.err) == (Exit.DATA, True)


def test_explain_what_does_not_change(run: Callable[..., Result]) -> None:
    looked = "looked at 3 characters: ب (U+0628 ARABIC LETTER BEH) ×2, ا (U+0627 ARABIC LETTER ALEF)"
    assert run("explain", *FOLD, "باب").text == f"باب\n\nnothing to change for: fold_alef\n{looked}\n"
    assert run("explain", *FOLD, "").text.endswith("\nlooked at 0 characters\n")
    assert "and 4 others" in run("explain", *FOLD, "ابجدهوزحطي").text
    assert run("explain", *FOLD, "").code == 0


def test_explain_of_bytes_that_are_not_text() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "arnorm", "explain", b"\xff\x1b"], capture_output=True, env=environment()
    )
    assert (done.returncode, done.stdout.decode().splitlines()[0]) == (0, "⟨U+DCFF⟩⟨ESC⟩")


def test_passes(run: Callable[..., Result]) -> None:
    text = run("passes").text
    for entry in arnorm.catalogue():
        assert re.search(rf"^  {'[*]' if entry.lossy else ' '} {entry.name} ", text, re.MULTILINE)


def test_passes_as_json(run: Callable[..., Result]) -> None:
    rows = {row["name"]: row for row in json.loads(run("passes", "--json").text)}
    assert list(rows) == [entry.name for entry in arnorm.catalogue()]
    assert rows["fold_alef"]["lossy"] is True
    assert rows["fold_alef"]["table"]["أ"] == "ا"
    assert rows["fold_alef"]["factory"] is None


def test_passes_by_name(run: Callable[..., Result]) -> None:
    text = run("passes", "fold_alef", "strip_tatweel").text
    assert "U+0623 ARABIC LETTER ALEF WITH HAMZA ABOVE (أ) → ا" in text
    assert "U+0640 ARABIC TATWEEL" in text
    result = run("passes", "fold_alf")
    assert (result.code, "did you mean 'fold_alef'?" in result.err) == (Exit.USAGE, True)


def test_profiles(run: Callable[..., Result]) -> None:
    text = run("profiles").text
    for profile in arnorm.all_profiles():
        assert f"{profile.full_name}: {profile.summary}\n  Destroys: {profile.destroys}" in text
    shown = run("profiles", "clean").text
    assert all(f" {name}: " in shown for name in arnorm.profile("clean").names)
    rows = json.loads(run("profiles", "--json").text)
    assert [row["name"] for row in rows] == [profile.full_name for profile in arnorm.all_profiles()]
    assert rows[0]["fingerprint"] == arnorm.profile("clean.v1").fingerprint
    assert run("profiles", "clen").code == Exit.USAGE


# --- The rest ------------------------------------------------------------------------------------------------------


def test_version_and_help(run: Callable[..., Result]) -> None:
    assert run("--version").text == f"arnorm {arnorm.__version__}\n"
    for args in (("--help",), ("normalize", "--help"), ("explain", "--help"), ("passes", "-h"), ("profiles", "-h")):
        result = run(*args)
        assert (result.code, result.err) == (0, "")
        assert result.text.startswith("usage: arnorm")
    result = run()
    assert (result.code, result.out) == (Exit.USAGE, b"")
    assert "normalize" in result.err
    assert run("nonsense").code == Exit.USAGE


def test_as_a_module() -> None:
    assert program("--version").text == f"arnorm {arnorm.__version__}\n"


def test_into_a_stream_of_text() -> None:
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(["profiles", "clean"]) == 0
    assert out.getvalue().startswith("clean.v1: ")


def test_from_a_stream_of_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("أ"))
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(["normalize", *FOLD]) == 0
    assert out.getvalue() == "ا"


def test_signal_handlers_are_put_back(run: Callable[..., Result]) -> None:
    before = signal.getsignal(signal.SIGTERM)
    run("profiles")
    assert signal.getsignal(signal.SIGTERM) is before


def test_in_a_thread() -> None:
    codes: list[int] = []
    out = io.StringIO()
    with redirect_stdout(out):
        thread = threading.Thread(target=lambda: codes.append(main(["profiles"])))
        thread.start()
        thread.join()
    assert codes == [0]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (WorkerLostError(), Exit.SOFTWARE),
        (arnorm.MissingPackageError("emoji", "emoji"), Exit.SOFTWARE),
        (PermissionError(13, "no"), Exit.IO),
        (ValueError("a bug"), Exit.OK),
    ],
)
def test_exit_codes_of_errors(error: Exception, code: Exit) -> None:
    assert exit_of(error) is code


def test_a_mistake_of_ours_is_not_hidden(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> int:
        raise RuntimeError("a bug")

    monkeypatch.setattr("arnorm.cli.commands.listing._profiles", broken)
    result = run("profiles")
    assert (result.code, result.out) == (Exit.SOFTWARE, b"")
    assert "RuntimeError: a bug\n" in result.err


@pytest.mark.parametrize(
    "text", ["أ" * 1_000_000, "\u064e" * 1_000_000, " " * 1_000_000, "\x00\r" * 1000, "ab" * 500_000]
)
def test_huge_and_strange_lines(run: Callable[..., Result], text: str) -> None:
    assert run("normalize", "-p", "clean", stdin=text.encode()).text == arnorm.normalize(text)


def test_messages_cannot_steer_the_terminal(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("normalize", tmp_path / "\x1b[2J")
    assert (result.code, "\x1b" in result.err) == (Exit.IO, False)


def test_import_stays_light() -> None:
    code = "import sys, arnorm.cli; print(sorted(m for m in sys.modules if 'argparse' in m or m.startswith('arnorm.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), text=True)
    assert "argparse" not in done.stdout
    assert "arnorm.passes" not in done.stdout
    assert "arnorm.render" not in done.stdout


#: The most memory that the run took, in kilobytes, as the system counts it for this program alone: the `ru_maxrss` of a
#: child begins with what its parent had when it forked.
_TELLING_ITS_PEAK = """
import sys
from arnorm.cli import main
code = main(sys.argv[2:])
with open("/proc/self/status") as status, open(sys.argv[1], "w") as peak:
    peak.write(next(line for line in status if line.startswith("VmHWM")).split()[1])
sys.exit(code)
"""


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell what a process took")
@pytest.mark.parametrize("show", [(), ("--check",), ("--diff",), ("-i",), ("--processes", "2")])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, show: tuple[str, ...]) -> None:
    path = tmp_path / "a"
    line = ("كتب الأستاذ إلى أخيه رسالة طويلة " * 10 + "\n").encode()
    with path.open("wb") as file:
        for _ in range(20_000_000 // len(line)):
            file.write(line)
    peak = tmp_path / "peak"
    args = [sys.executable, "-c", _TELLING_ITS_PEAK, str(peak), "normalize", *FOLD, *show, str(path)]
    done = subprocess.run(args, stdout=subprocess.DEVNULL, env=environment())
    assert done.returncode in (0, 1)
    assert int(peak.read_text()) < 80_000
