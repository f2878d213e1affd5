"""No option of any command is ever ignored: with each that is given the outcome is another one, or it is refused.

Every two options (three under the `long` marker) are given together, for files of each kind. Unless that is refused,
with exit code 2 and a message, each of the two has to make a difference, on one text at least, to what is printed,
to what is written, or to the exit code.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from arnorm.cli import main, parser
from arnorm.cli.exits import Exit
from arnorm.literals import PolicyName
from arnorm.repairer import Repairer

pytestmark = pytest.mark.skipif(os.name != "posix", reason="directories and locks as POSIX has them")

#: Records: changed by all, by `clean`, outside hashtags, within them, by `search`, and among its letters or not, by
#: `clean` where it is JSON, by none; two have nothing left to change in the other field. None cannot be read.
TEXTS = [
    "أهْلًا #أحمـد إلى ﻻ عـــام 5",
    "عـــام",
    "#أحمد ﻻ أب",
    "#أحمــد",
    "#سﻻم",
    "أهْلا",
    "١",
    "سـلام",
    "ـ",
    "\\u0639\\u0640\\u0640\\u0627",
    "ب",
]
#: What is read: plain text, records with a name that says so and with one that does not, all of them in a folder.
KINDS = ["a.txt", "folder"]
MORE_KINDS = ["part-00000", "a.csv", "a.jsonl", "a.json", "a.tsv", "a.parquet", "-"]

#: The options for files, each with a value that is not its default.
OF_FILES: dict[str, list[str]] = {
    "-o FILE": ["-o", "out"],
    "-o DIR": ["-o", "out/"],
    "-i": ["-i"],
    "--resume": ["--resume"],
    "--diff": ["--diff"],
    "--json": ["--json"],
    "--html": ["--html", "page.html"],
    "--report": ["--report", "report.html"],
    "--check": ["--check"],
    "--field": ["--field", "body"],
    "--delimiter": ["--delimiter", ";"],
    "-e": ["-e", "iso8859-6"],
    "--to": ["--to", "utf-16"],
    "--rejects": ["--rejects", "rejects.jsonl"],
    "--strict": ["--strict"],
    "--unit": ["--unit", "utf-8"],
    "--color": ["--color", "always"],
    "--language": ["--language", "ar"],
}
OF_NORMALIZE = {
    "-p": ["-p", "search"],
    "--pass": ["--pass", "map_arabic_to_latin"],
    "--without": ["--without", "strip_tatweel"],
    "--protect": ["--protect", "hashtags"],
}

#: How they are named, where that is not by their kind. There are two, for one would end at a bad line in any case.
ARGUMENTS = {
    "a.txt": ["a.txt", "b.txt"],
    "part-00000": ["part-00000", "part-00001"],
    "a.json": ["a.json", "b.json"],
    "a.jsonl": ["a.jsonl", "b.jsonl"],
    "a.csv": ["a.csv", "b.csv", "-o", "made/"],
    "a.tsv": ["a.tsv", "b.tsv", "-i"],
    "a.parquet": ["a.parquet", "b.parquet", "-i"],
    "folder": ["folder", "-o", "made/"],
}
#: Formats that the name of a file does not say.
FORMATS = {"part-00000": "jsonl", "-": "jsonl", "a.json": "jsonl", "a.jsonl": "text", "a.csv": "text", "a.tsv": "text"}

Files = dict[str, bytes]
Outcome = tuple[int, bytes, bytes, Files]
Options = dict[str, list[str]]


@cache
def contents(kind: str) -> list[Files]:
    """Files of a kind, each time other ones: a record alone, with a bad one, in another encoding."""
    alone: list[list[str | None]] = [[text] for text in TEXTS]
    found = [files_of(kind, texts) for texts in (*alone, *([None, *text] for text in alone), [*TEXTS])]
    return found + [files_of(kind, texts, "iso8859-6") for texts in alone]


def files_of(kind: str, texts: list[str | None], encoding: str = "utf-8") -> Files:
    """What `ARGUMENTS` name, with *texts*."""
    folder = ["folder/a.txt", "folder/b.jsonl", "folder/c.csv"]
    names = folder if kind == "folder" else ARGUMENTS.get(kind, [kind])[:2]
    return {name: in_format(name, texts, encoding) for name in names}


def in_format(name: str, texts: list[str | None], encoding: str = "utf-8") -> bytes:
    """A file of *texts* in the field ``text``, and in ``body`` of them without one tatweel."""
    if name.endswith(".parquet"):
        pa, out = pytest.importorskip("pyarrow"), io.BytesIO()
        table = pa.table({"text": strings(pa, texts), "body": strings(pa, [text and bare(text) for text in texts])})
        pytest.importorskip("pyarrow.parquet").write_table(table, out)
        return out.getvalue()
    if "json" in name or name.startswith(("-", "part")):
        rows = [f'{{"text": "{text}", "body": "{bare(text)}"}}' if text else '{"text": \udcff' for text in texts]
    elif name.endswith("sv"):
        cell = "," if name.endswith(".csv") else "\t"
        rows = [f"text{cell}body", *(f"{text}{cell}{bare(text)}" if text else "\udcff" for text in texts)]
    else:
        rows = [text or "\udcff" for text in texts]
    lines = "".join(f"{row}\n" for row in rows)
    if encoding == "utf-8":
        return lines.encode(errors="surrogateescape")
    return lines.replace("ﻻ", "لا").replace("١", "1").encode(encoding)


def strings(pa: Any, texts: list[str | None]) -> Any:
    """A column of *texts*; what cannot be read is a byte that is no UTF-8, which Parquet takes without a look."""
    return pa.array([b"\xff" if text is None else text.encode() for text in texts], type=pa.binary()).view(pa.string())


def bare(text: str | None) -> str:
    """*text* without a tatweel: in some texts fewer passes find something then, in others as many."""
    return (text or "").replace("ـ", "", 1)


@pytest.fixture
def outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[[Files, list[str]], Outcome]:
    """What a command leaves behind where there are some files; remembered."""
    known: dict[tuple[int, tuple[str, ...]], Outcome] = {}
    folder = tmp_path / "run"

    def call(files: Files, args: list[str]) -> Outcome:
        key = id(files), tuple(args)
        if key not in known:
            folder.mkdir()
            for name, data in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
            monkeypatch.chdir(folder)
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(files.get("-", b""))))
            code = main(args)
            found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
            # A manifest holds times.
            left = {name: b"" if "manifest" in name else p.read_bytes() for name, p in found.items()}
            known[key] = (code, *capfdbinary.readouterr(), left)
            shutil.rmtree(folder)
        return known[key]

    return call


def ignored(
    outcome: Callable[[Files, list[str]], Outcome],
    commands: list[list[str]],
    cases: list[Files],
    options: Options,
    many: int,
) -> Iterator[str]:
    """Sets of so *many* options, each with one of them that makes no difference in any of the *cases* to any of the
    *commands*."""
    for names in itertools.combinations(options, many):
        given = [*itertools.chain(*(options[name] for name in names))]
        first = outcome(cases[0], [*commands[0], *given])
        if first[0] == Exit.USAGE:
            assert first[2].startswith((b"arnorm: ", b"usage: ")), names
            assert first[1] == b"", names
            continue
        for name in names:
            rest = [*itertools.chain(*(options[other] for other in names if other != name))]
            if not any(
                outcome(files, [*command, *given]) != outcome(files, [*command, *rest])
                for files in cases
                for command in commands
            ):
                yield f"{name} in {names}"


@pytest.mark.parametrize("many", [1, 2, pytest.param(3, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", [*KINDS, *(pytest.param(kind, marks=pytest.mark.long) for kind in MORE_KINDS)])
def test_no_option_of_normalize_is_ignored(
    outcome: Callable[[Files, list[str]], Outcome], kind: str, many: int
) -> None:
    command = ["normalize", *ARGUMENTS.get(kind, [kind])]
    options = {name: given for name, given in (OF_NORMALIZE | OF_FILES).items() if name not in command}
    if kind in FORMATS:
        options |= {"--format": ["--format", FORMATS[kind]]}
    if kind == "-":
        del options["--strict"]  # text ends at what cannot be read in any case, and there is no second file
    assert "\n".join(ignored(outcome, [command], contents(kind), options, many)) == ""


#: The same for repair: changed by all policies, by an eager one, in code, where a word is not known, by none.
MISSPELT = [
    *("ذهب الى المدرسه فى القاهره", "كان المدير مسئولا عن ذلك", "قال `ذهب الى` ثم سافر"),
    *("في المدرسه الجديدة", "في القاهره الجديدة", "سافر الولد مع أبيه"),
]
OF_MODELS = {"--model": ["--model", "own.model"], "--lexicon": ["--lexicon", "own.txt"]}
OF_REPAIR = {
    "--policy": ["--policy", "thorough"],
    "--protect": ["--protect", "code"],
    "--apply": ["--apply", "review.json"],
    **OF_MODELS,
}
FIRST = {"start": 0, "end": 1, "after": "أ", "decision": "replace"}
OWN: Files = {
    "own.txt": "المدرسه\n".encode(),
    "own.model": b"",
    "review.json": json.dumps(
        [{"source": text, "changes": [{**FIRST, "before": text[0]}]} for text in MISSPELT]
    ).encode(),
}


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another model than the one that comes with arnorm: it knows «القاهره» too."""
    load = Repairer.load

    def loaded(model: str | None = None, policy: PolicyName = "safe", words: Iterable[str] = ()) -> Repairer:
        return load(None, policy, [*words, "القاهره"] if model else words)

    monkeypatch.setattr(Repairer, "load", loaded)


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize("many", [1, 2])
@pytest.mark.parametrize("kind", ["a.csv", *(pytest.param(kind, marks=pytest.mark.long) for kind in KINDS)])
def test_no_option_of_repair_is_ignored(outcome: Callable[[Files, list[str]], Outcome], kind: str, many: int) -> None:
    options = OF_REPAIR | OF_FILES
    if kind in FORMATS:
        options |= {"--format": ["--format", FORMATS[kind]]}
    alone: list[list[str | None]] = [[text] for text in MISSPELT]
    cases = [OWN | files_of(kind, row) for row in ([*MISSPELT], *alone, [None, *MISSPELT])]
    cases += [OWN | files_of(kind, row, "iso8859-6") for row in alone]
    command = ["repair", *ARGUMENTS.get(kind, [kind])]
    assert "\n".join(ignored(outcome, [command], cases, options, many)) == ""


GOLD = {"typed.txt": "\n".join(MISSPELT).encode(), "gold.txt": "ذهب إلى المدرسة في القاهرة\nأ\nب\nج\nد\nه".encode()}
#: Of the other commands: how each is called, its options, and the files that it reads.
OTHERS: dict[str, tuple[list[list[str]], Options, Files]] = {
    "explain": (
        [["explain", "أهْلًا #أحمـد"], ["explain", "#أحمـد عـــام"]],
        {**OF_NORMALIZE, "--config": ["--config", "c.toml"], "--color": ["--color", "always"]},
        {"c.toml": b'passes = ["fold_alef"]\n'},
    ),
    "suggest": (
        [["suggest", word] for word in ("ان", "المدرسه", "القاهره")],
        {
            **OF_MODELS,
            "--before": ["--before", "قال"],
            "--after": ["--after", "الكتاب مفيد"],
            "--limit": ["--limit", "1"],
            "--json": ["--json"],
        },
        OWN,
    ),
    "passes": ([["passes"]], {"NAME": ["fold_alef"], "--json": ["--json"]}, {}),
    "profiles": ([["profiles"]], {"NAME": ["search.v1"], "--json": ["--json"]}, {}),
    "export": (
        [["export", "--to", target] for target in ("elasticsearch", "icu")],
        {
            "-p": ["-p", "lucene"],
            "--pass": ["--pass", "fold_alef"],
            "--without": ["--without", "lucene_arabic"],
            "--config": ["--config", "c.toml"],
            "--protect": ["--protect", "hashtags"],
            "--name": ["--name", "own"],
            "--no-lowercase": ["--no-lowercase"],
            "-o": ["-o", "made"],
        },
        {"c.toml": b'passes = ["fold_alef"]\n'},
    ),
    "evaluate": (
        [["evaluate", "--source", "typed.txt", "--gold", "gold.txt"]],
        {
            **OF_MODELS,
            "--policy": ["--policy", "thorough"],
            "--hyp": ["--hyp", "typed.txt"],
            "-e": ["-e", "iso8859-6"],
            "--json": ["--json"],
        },
        OWN | GOLD,
    ),
}


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize("many", [1, 2, 3])
@pytest.mark.parametrize("name", OTHERS)
def test_no_option_of_another_command_is_ignored(
    outcome: Callable[[Files, list[str]], Outcome], name: str, many: int
) -> None:
    commands, options, files = OTHERS[name]
    other = OWN | {file: data.decode().encode("iso8859-6") for file, data in files.items() if file in GOLD}
    assert "\n".join(ignored(outcome, commands, [files, other], options, many)) == ""


def test_every_option_of_every_command_is_tried() -> None:
    """Those of `train`, which takes minutes, by what they tell the trainer."""
    tried = {
        "normalize": OF_NORMALIZE | OF_FILES,
        "repair": OF_REPAIR | OF_FILES,
        **{k: v[1] for k, v in OTHERS.items()},
    }
    elsewhere = {
        "normalize": ELSEWHERE | {"--config"},
        "repair": ELSEWHERE,
        "export": {"--portable"},  # tests/export/test_cli.py
        "train": {"-o", "--hold-out", "--engine"},
    }
    (choice,) = (action for action in parser.build()._actions if isinstance(action, argparse._SubParsersAction))
    for name, command in choice.choices.items():
        asked = {action.option_strings[0] for action in command._actions if action.option_strings} - {"-h"}
        needed = {action.option_strings[0] for action in command._actions if action.required and action.option_strings}
        here = {option.split(" ")[0] for option in tried.get(name, {})} | elsewhere.get(name, set())
        assert asked - here - needed == set(), name


#: What has tests of its own: what is said on the way, how many processes, whether links are followed, how long a
#: record may be, what a file's format is, and whether changes are tracked (tests/test_documents.py).
ELSEWHERE = {"--progress", "--quiet", "--processes", "--follow-links", "--max-record", "--format", "--track-changes"}


def test_no_option_of_train_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, float]] = []

    def trainer(engine: str) -> Callable[..., None]:
        def train(corpus: list[str], model: Path, *, progress: object, hold_out: float) -> None:
            told.append((engine, hold_out))
            model.write_bytes(b"model")

        return train

    monkeypatch.setattr("arnorm.cli.commands.train._trainer", trainer)
    out = tmp_path / "own.model"
    for engine, fraction in itertools.product(["local", "spark"], ["0", "0.5"]):
        given = ["--engine", engine, "--hold-out", fraction]
        assert main(["train", "a.txt", "-o", str(out), *given]) == Exit.OK
    assert told == [("local", 0), ("local", 0.5), ("spark", 0), ("spark", 0.5)]
    assert out.read_bytes() == b"model"


@pytest.mark.parametrize("option", ["-p", "--color", "-o", "--html", "--unit", "--processes"])
def test_an_option_given_twice(capsys: pytest.CaptureFixture[str], option: str) -> None:
    value = {"--processes": "0", "--color": "never", "--unit": "utf-8"}.get(option, "a")
    assert main(["normalize", option, value, option, value]) == Exit.USAGE
    assert "given twice" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["normalize", "--protect", ","], "names nothing"),
        (["repair", "--protect", ""], "names nothing"),
        (["export", "--to", "icu", "--name", "a"], "no name"),
        (["export", "--to", "tokenizers", "--name", "arnorm"], "no name"),
        (["normalize", "--unit", "utf-8"], "--unit is of the offsets in --json"),
        (["normalize", "--color", "never"], "--color is for --diff"),
        (["normalize", "--field", "body"], "standard input: --field needs records"),
        (["normalize", "--delimiter", ";", "--format", "jsonl"], "--delimiter is for csv and tsv; this is jsonl"),
        (["normalize", "-e", "cp1256", "--format", "arrow"], "-e is for text"),
        (["normalize", "-e", "cp1256", "--format", "docx"], "-e is for text"),
        (["normalize", "--max-record", "2M", "--format", "parquet"], "--max-record is for lines"),
        (["normalize", "--max-record", "2M", "--format", "html"], "--max-record is for lines"),
        (["normalize", "--field", "x", "--format", "subtitles"], "--field is for records"),
    ],
)
def test_options_without_effect(capsys: pytest.CaptureFixture[str], args: list[str], words: str) -> None:
    assert main(args) == Exit.USAGE
    assert words in capsys.readouterr().err


def test_a_field_is_never_dropped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing says of which format a file is, all of it would be changed in place of its field."""
    data = '{"id": "أ", "body": "إلى"}\n'.encode()
    for name in ("x.json", "part-00000", "part.gz", "x.txt"):
        path = tmp_path / name
        path.write_bytes(data)
        assert main(["normalize", "-p", "search", "-i", "--field", "body", str(path)]) == Exit.USAGE
        assert path.read_bytes() == data
        assert "format" in capsys.readouterr().err or name == "x.txt"
    path = tmp_path / "x.json"
    assert main(["normalize", "-p", "search", "-i", "--field", "body", "--format", "jsonl", str(path)]) == Exit.OK
    assert path.read_text(encoding="utf-8") == '{"id": "أ", "body": "الي"}\n'


@pytest.mark.parametrize(
    ("line", "among"),
    [
        ("arnorm nor", {"normalize "}),
        ("arnorm normalize --fo", {"--format", "--follow-links"}),
        ("arnorm normalize -p sea", {"search.v1 "}),
        ("arnorm normalize --pass strip_tat", {"strip_tatweel "}),
        ("arnorm repair --policy sa", {"safe "}),
        ("arnorm normalize --format par", {"parquet "}),
    ],
)
def test_the_shell_completes(tmp_path: Path, line: str, among: set[str]) -> None:
    """As bash asks for it: https://kislyuk.github.io/argcomplete."""
    pytest.importorskip("argcomplete")
    answer = tmp_path / "answer"
    wish = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)), "COMP_TYPE": "9"}
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "_ARGCOMPLETE_STDOUT_FILENAME": str(answer)}
    done = subprocess.run([sys.executable, "-m", "arnorm"], env=environment | wish, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (Exit.OK, b"")
    assert set(answer.read_text(encoding="utf-8").split("\013")) == among


@pytest.mark.parametrize("command", ["normalize", "repair"])
def test_options_that_do_not_go_together_show_the_usage_of_the_command(
    command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--unit", "utf-8", os.devnull]) == Exit.USAGE
    said = capfd.readouterr().err
    assert said.startswith(f"usage: arnorm {command} ")
    assert said.endswith("arnorm: --unit is of the offsets in --json; it does not go without it\n")
