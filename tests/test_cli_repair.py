"""The commands of spelling repair: ``repair``, ``suggest``, ``evaluate``, ``train``."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import arnorm
from arnorm import Change
from arnorm.cli import main
from arnorm.cli.commands import train
from arnorm.cli.exits import Exit
from arnorm.cli.views import share
from arnorm.core import CharMap
from arnorm.files.telling import bar
from arnorm.spelling.speller import DEFAULT_MODEL

pytestmark = pytest.mark.skipif(os.name != "posix", reason="names and modes of files as POSIX has them")

ROOT = Path(__file__).parent.parent
WRONG, RIGHT = "سافر احمد الى القاهره", "سافر أحمد إلى القاهرة"
SOUND = "سافر الولد مع أبيه"
#: «مسئول» is as right as «مسؤول»: safe only suggests it, balanced changes it.
VARIANT = "كان المدير مسئولا عن ذلك"


class Result:
    """What a run of the command line left behind."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code, self.out, self.err = code, out, err.decode()

    @property
    def text(self) -> str:
        return self.out.decode()


Run = Callable[..., Result]


def program(*args: str | Path, stdin: bytes = b"", **options: Any) -> Result:
    """Runs the command line as a program."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "arnorm", *map(str, args)]
    done = subprocess.run(words, input=stdin, capture_output=True, env=environment, **options)
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command line in this process."""

    def call(*args: str | Path, stdin: str | bytes = b"") -> Result:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        code = main([str(arg) for arg in args])
        return Result(code, *capfdbinary.readouterr())

    return call


def written(path: Path, *lines: str) -> Path:
    path.write_bytes("".join(f"{line}\n" for line in lines).encode())
    return path


# --- repair --------------------------------------------------------------------------------------------------------


def test_repair(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", WRONG, "", SOUND, VARIANT)
    assert run("repair", path).text.splitlines() == [RIGHT, "", SOUND, VARIANT]
    assert run("repair", stdin=f"{WRONG}\r\n{SOUND}").text == f"{RIGHT}\r\n{SOUND}"


def test_policies(run: Run) -> None:
    assert run("repair", "--policy", "safe", stdin=VARIANT).text == VARIANT
    assert run("repair", "--policy", "balanced", stdin=VARIANT).text == "كان المدير مسؤولا عن ذلك"


def test_the_rest_of_a_line_comes_back(run: Run) -> None:
    line = "\t3.5 % «الى» @الى_اين https://example.com/الى #الاردن Google\u200f  !"
    assert run("repair", "--policy", "thorough", stdin=line).text == line.replace("«الى»", "«إلى»")


def test_lines_stay_lines(run: Run) -> None:
    text = "انشاء الله\rالى\u2028الى\x0bالى\n\n\r\nالى"
    out = run("repair", "--policy", "thorough", stdin=text).text
    assert out != text
    assert out.count("\n") == text.count("\n")


def test_in_place_and_output(run: Run, tmp_path: Path) -> None:
    path, sound = written(tmp_path / "a.txt", WRONG), written(tmp_path / "b.txt", SOUND)
    before = sound.stat().st_ino
    assert run("repair", "-o", tmp_path / "out", path).code == 0
    assert (tmp_path / "out").read_text("utf-8") == RIGHT + "\n"
    assert run("repair", "-i", path, sound).code == 0
    assert path.read_text("utf-8") == RIGHT + "\n"
    assert sound.stat().st_ino == before


def test_other_encodings(run: Run) -> None:
    assert run("repair", "-e", "cp1256", stdin=WRONG.encode("cp1256")).out == RIGHT.encode("cp1256")
    assert run("repair", stdin=WRONG.encode("cp1256")).code == Exit.DATA


def test_check_is_about_changes_only(run: Run, tmp_path: Path) -> None:
    wrong, hinted = written(tmp_path / "a", WRONG), written(tmp_path / "b", VARIANT)
    result = run("repair", "--check", wrong, hinted)
    assert (result.code, result.text) == (Exit.CHANGES, f"{wrong}\n")
    for show in ((), ("--diff",), ("--json",), ("--html=-",)):
        assert run("repair", "--check", *show, hinted).code == 0


def test_diff_shows_what_is_only_suggested(run: Run, tmp_path: Path) -> None:
    result = run("repair", "--diff", written(tmp_path / "a", SOUND, f"{VARIANT}، و{WRONG}", VARIANT))
    lines = result.text.splitlines()
    assert lines[0] == f"{tmp_path / 'a'}:2: repair_spelling ×3"
    assert "[-احمد-]{+أحمد+}" in lines[1]
    assert "مسؤولا" not in lines[1]
    assert lines[2].startswith("  ؟ مسئولا → مسؤولا .")
    assert lines[2].endswith("| كان المدير مسئولا عن ذلك، وسافر احمد الى")
    assert lines[3] == f"{tmp_path / 'a'}:3: only suggested"
    assert lines[4].startswith("  ؟ مسئولا → مسؤولا .")
    assert len(lines) == 5


def test_diff_shows_where_in_a_long_line(run: Run) -> None:
    line = f"{'قال الرجل كلاما جميلا. ' * 50}{VARIANT}. {'قال الرجل كلاما جميلا. ' * 50}"
    shown = run("repair", "--diff", stdin=line).text.splitlines()[1]
    assert shown.partition("| ")[2] == "جميلا. كان المدير مسئولا عن ذلك. قال الرجل"


def test_diff_of_hostile_text(run: Run) -> None:
    out = run("repair", "--diff", stdin=f"\x1b[2J\u202e{VARIANT}\x07").text
    assert "مسؤولا" in out
    assert not set("\x1b\u202e\x07") & set(out)


def test_suggestions_are_dim_on_a_terminal(run: Run) -> None:
    shown = run("repair", "--diff", "--color=always", stdin=VARIANT).text
    assert "\x1b[2m\u2068؟\u2069 \u2068مسئولا\u2069 → \u2068مسؤولا\u2069 ." in shown


def test_normalize_has_no_suggestions(run: Run) -> None:
    assert "suggestions" not in json.loads(run("normalize", "--json", stdin=VARIANT).text)
    assert run("normalize", "--diff", stdin=VARIANT).text == ""


def test_json(run: Run) -> None:
    rows = [json.loads(line) for line in run("repair", "--json", stdin=f"😀 {WRONG}\n{VARIANT}\n\n").text.splitlines()]
    assert [row["text"] for row in rows] == [f"😀 {RIGHT}", VARIANT, ""]
    assert [change["passes"] for change in rows[0]["changes"]] == [["repair_spelling"]] * 3
    change = rows[0]["changes"][1]
    assert (change["after"], change["kind"]) == ("إلى", "class")
    assert 0.97 <= change["score"] <= 1
    assert change["runner_up"]
    assert rows[0]["suggestions"] == rows[2]["suggestions"] == []
    (hint,) = rows[1]["suggestions"]
    assert VARIANT[hint["start"] : hint["end"]] == hint["before"] == "مسئولا"
    assert hint["after"] == "مسؤولا"
    assert (hint["kind"], hint["decision"], change["decision"]) == ("variant", "suggest", "replace")
    assert {*hint} == {*change} == {field.name for field in fields(Change)}


def test_json_in_other_units(run: Run) -> None:
    (hint,) = json.loads(run("repair", "--json", "--unit=utf-16", stdin=f"😀 {VARIANT}").text)["suggestions"]
    start, end = hint["start"], hint["end"]
    assert f"😀 {VARIANT}".encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "مسئولا"


def test_html(run: Run) -> None:
    """Changes and suggestions, in the language that was asked for."""
    page = run("repair", "--html", "-", stdin=f"{WRONG}\n{SOUND}\n{VARIANT}\n").text
    rows = json.loads(page.partition('id="rows">')[2].partition("</script>")[0])
    assert [row["line"] for row in rows] == [1, 3]
    assert {each["decision"] for each in rows[0]["found"]} == {"change"}
    assert [(each["before"], each["decision"], each["kind"]) for each in rows[1]["found"]] == [
        ("مسئولا", "suggest", "variant")
    ]
    assert '<html lang="en" dir="ltr">' in page
    assert '<html lang="ar" dir="rtl">' in run("repair", "--html", "-", "--language", "ar", stdin=WRONG).text


def test_protect(run: Run) -> None:
    line = f"انظر `{WRONG}، {VARIANT}` الى النهاية"
    assert run("repair", "--protect=code", stdin=line).text == line.replace("` الى", "` إلى")
    assert json.loads(run("repair", "--protect=code", "--json", stdin=line).text)["suggestions"] == []
    assert json.loads(run("repair", "--json", stdin=line).text)["suggestions"] != []
    assert run("repair", "--protect=codes", stdin=line).code == Exit.USAGE


def test_workers(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "a", *[WRONG, VARIANT, SOUND] * 20)
    plain = run("repair", "--json", path)
    result = program("repair", "--json", "--processes", "2", path)
    assert (result.code, result.err) == (0, "")
    assert result.out == plain.out


@pytest.mark.parametrize(("policy", "hint"), [("saef", "did you mean 'safe'"), ("x", "known: safe, balanced")])
@pytest.mark.parametrize("command", [["repair"], ["evaluate", "--source=a", "--gold=b"]])
def test_unknown_policies(run: Run, command: list[str], policy: str, hint: str) -> None:
    result = run(*command, "--policy", policy)
    assert (result.code, result.out) == (Exit.USAGE, b"")
    assert f"arnorm: no policy is named '{policy}'; {hint}" in result.err


# --- Lexicon and model ---------------------------------------------------------------------------------------------


def test_lexicon(run: Run, tmp_path: Path) -> None:
    words = written(tmp_path / "words.txt", "# أسماء شركات", "", "القاهره   # هكذا تُكتب", "احمد")
    assert run("repair", "--policy=balanced", "--lexicon", words, stdin=WRONG).text == "سافر احمد إلى القاهره"
    written(words, "# لا شيء")
    assert run("repair", "--lexicon", words, stdin=WRONG).text == RIGHT


def test_lexicon_with_a_signature(run: Run, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_bytes("\ufeffالقاهره\r\n".encode())
    assert run("repair", "--lexicon", tmp_path / "words.txt", stdin=WRONG).text == "سافر أحمد إلى القاهره"


@pytest.mark.parametrize("line", ["عبد الله", "iPhone", "كلمة، أخرى", "@خالد", "12"])
def test_a_lexicon_has_one_word_a_line(run: Run, tmp_path: Path, line: str) -> None:
    path = written(tmp_path / "words.txt", "أحمد", line)
    result = run("repair", "--lexicon", path, stdin=WRONG)
    assert (result.code, result.out) == (Exit.DATA, b"")
    assert f"{path}: line 2: {line!r} is not one Arabic word" in result.err


def test_a_lexicon_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    result = run("repair", "--lexicon", path, stdin=WRONG)
    assert (result.code, result.err) == (Exit.IO, f"arnorm: {path}: No such file or directory\n")
    path.write_bytes(b"\xd8\xa3\n\xff\n")
    result = run("repair", "--lexicon", path, stdin=WRONG)
    assert (result.code, result.err) == (
        Exit.DATA,
        f"arnorm: {path}: line 2, byte 3 (0xff) is not UTF-8; convert it first\n",
    )


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _damaged(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _foreign(data: bytes) -> bytes:
    return "ليس هذا نموذجا".encode() * 20


def _other_version(data: bytes) -> bytes:
    return data[:8] + b"\xfe" + data[9:]


def _empty(data: bytes) -> bytes:
    return b""


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_cut, "ends after"),
        (_damaged, "does not match its checksum"),
        (_foreign, "is not an arnorm model"),
        (_other_version, "has model format 254"),
        (_empty, "0 bytes are no arnorm model"),
    ],
)
@pytest.mark.parametrize("command", ["repair", "suggest"])
def test_unsound_models(run: Run, tmp_path: Path, spoil: Callable[[bytes], bytes], words: str, command: str) -> None:
    path, text = tmp_path / "own.model", written(tmp_path / "a.txt", WRONG)
    path.write_bytes(spoil(DEFAULT_MODEL.read_bytes()))
    result = (
        run("repair", "-i", text, "--model", path) if command == "repair" else run("suggest", "ان", "--model", path)
    )
    assert (result.code, result.out) == (Exit.DATA, b"")
    assert words in result.err
    assert result.err.count("\n") == 1
    assert text.read_text("utf-8") == WRONG + "\n"


def test_a_missing_model(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.model"
    result = run("repair", "--model", path, stdin=WRONG)
    assert (result.code, result.err) == (Exit.IO, f"arnorm: {path}: No such file or directory\n")


def test_as_a_program() -> None:
    result = program("repair", stdin=f"{WRONG}\n".encode())
    assert (result.code, result.text, result.err) == (0, RIGHT + "\n", "")


# --- suggest -------------------------------------------------------------------------------------------------------


def test_suggest(run: Run) -> None:
    lines = run("suggest", "الاسلام").text.splitlines()
    assert lines[0].split("  ")[1:] == ["الإسلام", "class"]
    assert run("suggest", "الاِسلام", "--limit", "1").text.splitlines() == lines[:1]


def test_suggest_reads_the_neighbours(run: Run) -> None:
    def best(*args: str) -> str:
        return str(json.loads(run("suggest", "ان", "--json", *args).text)[0]["text"])

    assert best("--before", "قال", "--after", "الكتاب مفيد") == "إن"
    assert best("--before", "يجب", "--after", "يذهب") == "أن"


def test_suggest_json(run: Run) -> None:
    found = json.loads(run("suggest", "ان", "--json", "--limit=2").text)
    assert len(found) == 2
    assert set(found[0]) == {"text", "kind", "score"}
    assert 1 >= found[0]["score"] >= found[1]["score"] >= 0


def test_suggest_with_a_lexicon(run: Run, tmp_path: Path) -> None:
    words = written(tmp_path / "words.txt", "زنقطار")
    found = json.loads(run("suggest", "زنقطارر", "--json", "--lexicon", words).text)
    assert "زنقطار" in {reading["text"] for reading in found}
    assert [reading["text"] for reading in json.loads(run("suggest", "زنقطارر", "--json").text)] == ["زنقطارر"]


@pytest.mark.parametrize("word", ["", "ا ن", "word", "ان،", "\x1b[2J"])
def test_suggest_wants_one_word(run: Run, word: str) -> None:
    result = run("suggest", word)
    assert result.code == Exit.USAGE
    assert "is not one Arabic word" in result.err
    assert "\x1b" not in result.err


@pytest.mark.parametrize("limit", ["0", "-1", "x"])
def test_suggest_wants_a_limit(run: Run, limit: str) -> None:
    assert run("suggest", "ان", "--limit", limit).code == Exit.USAGE


def test_shares_never_round_up_to_certainty() -> None:
    assert [share(n) for n in (0, 0.005, 0.5, 0.999999, 1.0)] == [".00", ".00", ".50", ".99", "1.0"]


# --- evaluate ------------------------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    return {
        "source": written(tmp_path / "source.txt", WRONG, SOUND),
        "gold": written(tmp_path / "gold.txt", RIGHT, SOUND),
        "hyp": written(tmp_path / "hyp.txt", "سافر أحمد إلى القاهره", "سافر الولد مع أبية"),
    }


def test_evaluate_a_hypothesis(run: Run, files: dict[str, Path]) -> None:
    args = [f"--{name}={path}" for name, path in files.items()]
    figures = json.loads(run("evaluate", *args, "--json").text)
    assert {k: figures[k] for k in ("right", "proposed", "gold")} == {"right": 2, "proposed": 3, "gold": 3}
    assert figures["precision"] == figures["recall"] == figures["f05"] == figures["f1"] == round(2 / 3, 4)
    assert figures["kinds"]["hamza"]["recall"] == 1
    assert figures["kinds"]["teh marbuta"]["right"] == 0
    lines = run("evaluate", *args).text.splitlines()
    assert lines[0].split() == ["right", "made", "gold", "P", "R", "F1", "F0.5"]
    assert lines[1].split() == ["all", "edits", "2", "3", "3", ".66", ".66", ".66", ".66"]
    assert lines[2].split() == ["hamza", "2", "2", "2", "1.0", "1.0", "1.0", "1.0"]
    assert len(lines) == 2 + len(figures["kinds"])


def test_evaluate_the_repairer(run: Run, files: dict[str, Path]) -> None:
    args = ["evaluate", "--json", f"--source={files['source']}", f"--gold={files['gold']}"]
    figures = json.loads(run(*args).text)
    assert (figures["right"], figures["proposed"], figures["gold"]) == (3, 3, 3)
    words = written(files["gold"].with_name("words.txt"), "احمد")
    assert json.loads(run(*args, "--lexicon", words).text)["right"] == 2
    written(files["source"], VARIANT)
    written(files["gold"], VARIANT.replace("ئ", "ؤ"))
    assert json.loads(run(*args).text)["right"] == 0
    assert json.loads(run(*args, "--policy=balanced").text)["right"] == 1


def test_evaluate_empty_files(run: Run, tmp_path: Path) -> None:
    empty = written(tmp_path / "empty")
    assert run("evaluate", "--source", empty, "--gold", empty).text.splitlines()[1].split()[2:5] == ["0", "0", "0"]


@pytest.mark.parametrize("short", ["gold", "hyp"])
def test_evaluate_files_of_different_length(run: Run, files: dict[str, Path], short: str) -> None:
    written(files[short], RIGHT)
    result = run("evaluate", *(f"--{name}={path}" for name, path in files.items()))
    assert (result.code, result.out) == (Exit.DATA, b"")
    assert f"{files['source']} has 2 lines and {files[short]} 1;" in result.err


def test_evaluate_what_cannot_be_read(run: Run, files: dict[str, Path]) -> None:
    files["gold"].write_bytes(b"a\n\xff\n")
    args = [f"--{name}={path}" for name, path in files.items()]
    result = run("evaluate", *args)
    assert result.code == Exit.DATA
    assert f"{files['gold']}: line 2, byte 2 (0xff) is not utf-8" in result.err
    files["source"].unlink()
    assert run("evaluate", *args).code == Exit.IO


@pytest.mark.parametrize("option", ["--policy=safe", "--model=m", "--lexicon=w"])
def test_evaluate_a_hypothesis_needs_no_repairer(run: Run, files: dict[str, Path], option: str) -> None:
    result = run("evaluate", *(f"--{name}={path}" for name, path in files.items()), option)
    assert result.code == Exit.USAGE
    assert f"it does not go with {option.partition('=')[0]}" in result.err


def test_evaluate_wants_both_files(run: Run) -> None:
    assert run("evaluate", "--source", "a").code == Exit.USAGE


# --- train ---------------------------------------------------------------------------------------------------------


def corpus(count: int) -> str:
    """Sentences enough to learn from."""
    rng = random.Random(5)
    verbs, names = "رجع خرج أسرع أقبل انتقل".split(), "أحمد إبراهيم ليلى فاطمة".split()
    places = "المدرسة القرية الحديقة المكتبة الأسواق".split()
    rows = (
        f"{rng.choice(verbs)} {rng.choice(names)} إلى {rng.choice(places)} مع {rng.choice(names)}."
        for _ in range(count)
    )
    return "\n".join(rows) + "\n"


def test_train(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    (tmp_path / "a.txt").write_text(corpus(2000), encoding="utf-8")
    (tmp_path / "b.txt.xz").write_bytes(lzma.compress(corpus(500).encode()))
    model = tmp_path / "own.model"
    model.write_bytes(b"the old one")
    result = run("train", "--hold-out", "0.02", tmp_path / "a.txt", tmp_path / "b.txt.xz", "-o", model)
    assert (result.code, result.out, result.err) == (0, b"", "")
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "b.txt.xz", "own.model"]
    out = run("repair", "--model", model, "--policy=balanced", stdin="رجع احمد الى المدرسه").text
    assert out == "رجع أحمد إلى المدرسة"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", "نص\n".encode() * 9 + b"\xff\n", "not UTF-8 (invalid start byte); convert it first"),
        ("a.txt", b"no text at all\n", "there is no Arabic text in the given files"),
        ("a.txt", b"", "there is no Arabic text in the given files"),
        ("a.gz", b"not packed", "cannot be unpacked"),
        ("a.gz", gzip.compress("نص\n".encode() * 99, mtime=0)[:-9], "cannot be unpacked"),
        ("a.xz", lzma.compress("نص\n".encode() * 99)[:-9], "cannot be unpacked"),
        ("a.xz", b"not packed", "cannot be unpacked"),
    ],
)
def test_a_corpus_that_is_none(run: Run, tmp_path: Path, name: str, data: bytes, words: str) -> None:
    pytest.importorskip("numpy")
    written(tmp_path / "empty.txt")
    (tmp_path / name).write_bytes(data)
    model = tmp_path / "own.model"
    model.write_bytes(b"the old one")
    result = run("train", tmp_path / "empty.txt", tmp_path / name, "-o", model)
    assert result.code == Exit.DATA
    assert words in result.err
    assert "no Arabic" in words or result.err.startswith(f"arnorm: {tmp_path / name}: ")
    assert model.read_bytes() == b"the old one"
    assert sorted(os.listdir(tmp_path)) == sorted([name, "empty.txt", "own.model"])


def test_a_corpus_that_is_missing(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    path = tmp_path / "none.txt"
    result = run("train", path, "-o", tmp_path / "own.model")
    assert (result.code, result.err) == (Exit.IO, f"arnorm: {path}: No such file or directory\n")
    assert os.listdir(tmp_path) == []


def test_a_model_does_not_replace_its_corpus(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", SOUND)
    assert run("train", path, "-o", path).code == Exit.USAGE
    assert path.read_text("utf-8") == SOUND + "\n"


def test_a_model_that_cannot_be_written_is_not_trained(run: Run, tmp_path: Path) -> None:
    result = run("train", written(tmp_path / "a.txt", SOUND), "-o", tmp_path / "none" / "own.model")
    assert result.code == Exit.IO
    assert "own.model: No such file or directory" in result.err


@pytest.mark.parametrize("package", ["numpy", "zstandard"])
def test_training_names_the_extra(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    if package != "numpy":
        pytest.importorskip("numpy")
    monkeypatch.setitem(sys.modules, package, None)
    result = run("train", written(tmp_path / "a.zst", SOUND), "-o", tmp_path / "own.model")
    assert result.code == Exit.SOFTWARE
    assert f"needs the package '{package}': pip install 'arnorm[train]'" in result.err
    assert os.listdir(tmp_path) == ["a.zst"]


@pytest.mark.parametrize("fraction", ["1", "-0.1", "nan", "x"])
def test_hold_out_is_a_fraction(run: Run, fraction: str) -> None:
    assert run("train", "a", "-o", "b", "--hold-out", fraction).code == Exit.USAGE


class Terminal(io.TextIOWrapper):
    """Standard error on a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, shown in ((Terminal, True), (io.TextIOWrapper, False)):
        data = io.BytesIO()
        monkeypatch.setattr(sys, "stderr", kind(data, encoding="utf-8"))
        progress = train._Progress(["a.txt", "b.txt"])
        for stage, done in (("count", 0.0), ("count", 0.5), ("context", 0.0), ("judge", 0.75), ("done", 1.0)):
            progress(stage, done)
        progress.clear()
        out = data.getvalue().decode()
        assert bool(out) is shown
        if shown:
            bars = out.split("\r\x1b[K")[1:]
            begin, part = train.STAGES["judge"]
            assert bars == [
                f"{bar(0)} count a.txt",
                f"{bar(train.STAGES['count'][1] / 2)} count b.txt",
                f"{bar(train.STAGES['context'][0])} context",
                f"{bar(begin + 0.75 * part)} judge",
                "",
            ]


# --- The hook ------------------------------------------------------------------------------------------------------


def test_remarks_of_any_pass(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    from arnorm.cli.parser import build, taken
    from arnorm.cli.request import Request
    from arnorm.cli.running import run_over_files

    path = written(tmp_path / "a", "أه", "ه", "ب")
    change, remark = CharMap("change", {"أ": "ا"}), CharMap("remark", {"ه": "ة"})
    asked = [taken(Request, build().parse_args(["normalize", *show, str(path)])) for show in (["--diff"], [])]
    assert run_over_files(change, asked[0], remarks=remark) == 0
    assert capfdbinary.readouterr().out.decode() == (
        f"{path}:1: change\n[-أه-]{{+اه+}}\n  ؟ ه → ة | أه\n{path}:2: only suggested\n  ؟ ه → ة | ه\n"
    )
    assert run_over_files(change, asked[1], remarks=remark) == 0
    assert capfdbinary.readouterr().out.decode() == "اه\nه\nب\n"


def test_the_bar_of_training_knows_every_stage() -> None:
    source = (Path(arnorm.__file__).parent / "spelling" / "training" / "fitting.py").read_text(encoding="utf-8")
    told = set(re.findall(r'tell\("([a-z ]+)"', source)) - {"done"}
    assert told == set(train.STAGES)
    ends = [begin + part for begin, part in train.STAGES.values()]
    assert [begin for begin, _ in train.STAGES.values()] == pytest.approx([0.0, *ends[:-1]])
    assert ends[-1] == pytest.approx(1)
