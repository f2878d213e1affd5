"""The options of every command that changes text: which files, in which format, and what to do with the result.

An option that has no effect is a mistake of who wrote it, and often a costly one: a ``--field`` that is dropped changes
every field. So nothing is ignored; what cannot be done is refused, before any file is opened for writing.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any, Literal

from arnorm import console
from arnorm.cli.parser import input_encoding, output_encoding
from arnorm.files.errors import UsageError
from arnorm.files.options import Options, field
from arnorm.formats.opening import FORMATS
from arnorm.trace import Unit


@dataclass(frozen=True)
class Request(Options):
    """What is asked of a run on the command line: besides the files, what is shown instead of the text."""

    command: str = ""
    diff: bool = False
    json: bool = False
    html: str | None = None
    language: Literal["en", "ar"] | None = None  #: of the pages
    unit: Unit | None = None
    color: str | None = None

    @property
    def shows(self) -> bool:
        """Whether something is shown instead of the text."""
        return bool(self.diff or self.json or self.html)


def add_file_options(parser: ArgumentParser) -> None:
    """The options that say which files, in which format, and what to do with the result."""
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="files to read; - or none: stdin")
    _add_output_options(parser)
    _add_format_options(parser)
    details = parser.add_argument_group("details")
    details.add_argument(
        "--unit", choices=("codepoint", "utf-8", "utf-16"), help="unit of the offsets in --json (codepoint)"
    )
    details.add_argument(
        "--processes", type=_count, default=0, metavar="N", help="use N processes; for very large files"
    )
    add_color_option(details, default=None)


def _add_output_options(parser: ArgumentParser) -> None:
    """Where the result goes, what is shown instead of it, and what the run tells."""
    where = parser.add_argument_group("where the result goes")
    where.add_argument(
        "-o", "--output", metavar="OUT",
        help="write to OUT, at the end and at once, not to stdout; each file to its own if OUT is a directory",
    )  # fmt: skip
    where.add_argument("-i", "--in-place", action="store_true", help="change the files; each as a whole or not at all")
    where.add_argument(
        "--resume", action="store_true",
        help="with directories and -o DIR or -i: note which files are done, and leave out those that are",
    )  # fmt: skip
    where.add_argument(
        "--follow-links", action="store_true",
        help="with -i and directories: go where symbolic links lead, though it be out of the directory",
    )  # fmt: skip
    shown = parser.add_argument_group("what to show instead of the text").add_mutually_exclusive_group()
    shown.add_argument("--diff", action="store_true", help="the changed lines, with what was there and what is now")
    shown.add_argument("--json", action="store_true", help="a JSON object for each line, with every edit")
    shown.add_argument("--html", metavar="FILE", help="write an HTML page to FILE, in which to decide word by word")
    where.add_argument(
        "--report", metavar="FILE",
        help="write an HTML page to FILE: counts, frequent changes, samples; or, if it is called .json, the counts and "
        "what went wrong as JSON; tracing what changes takes time",
    )  # fmt: skip
    where.add_argument(
        "--language", choices=("en", "ar"), help="of the pages of --html and --report: English (default) or Arabic",
    )  # fmt: skip
    told = parser.add_argument_group("how the run goes").add_mutually_exclusive_group()
    told.add_argument(
        "--progress", action="store_true",
        help="say on standard error how far the run has come, without a terminal too, and at the end what was done",
    )  # fmt: skip
    told.add_argument("--quiet", action="store_true", help="say nothing but errors, and how many records are bad")
    checks = parser.add_argument_group("checking")
    checks.add_argument(
        "--check", action="store_true", help="list the files that would change, and exit 1 if any would"
    )


def _add_format_options(parser: ArgumentParser) -> None:
    """In which format and encoding the files are, and what happens to records that cannot be read."""
    how = parser.add_argument_group("what the files are")
    how.add_argument(
        "--format",
        choices=[*FORMATS],
        help="by default what the name says: .txt .jsonl .csv ..., packed too: .gz .xz .zst",
    )
    how.add_argument(
        "--field", "--column", type=field, action="append", metavar="NAME",
        help="the field of JSON lines (a.b: b in a), or the column, that holds the text (text); repeat for more; "
        "csv:NAME for files of that format alone",
    )  # fmt: skip
    how.add_argument("--delimiter", type=_character, metavar="C", help="between cells; by default what the header has")
    how.add_argument(
        "--track-changes", action="store_true",
        help="in Word files: write what changes as tracked changes, to be accepted or rejected there",
    )  # fmt: skip
    how.add_argument(
        "-e", "--encoding", type=input_encoding, metavar="ENC",
        help="encoding of the files: utf-8 (default), cp1256, utf-16 ..., or auto: what each looks like; "
        "ENC:replace marks bad bytes with U+FFFD",
    )  # fmt: skip
    how.add_argument("--to", type=output_encoding, metavar="ENC", help="encoding to write; by default that of input")
    how.add_argument(
        "--rejects", metavar="FILE", help="list in FILE the records that cannot be read; they stay as they are"
    )
    how.add_argument(
        "--max-record", type=_size, metavar="SIZE",
        help="a longer line or row of text is a bad record: 64M (default), 1G ...; it never takes more memory",
    )  # fmt: skip
    how.add_argument("--strict", action="store_true", help="end the run at the first record that cannot be read")


def add_color_option(parser: Any, default: str | None = "auto") -> None:
    """``--color``, for what prints diffs; a *default* of None tells who did not ask from who did."""
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default=default, help="colours of a diff; auto: on a terminal"
    )


def _count(text: str) -> int:
    number = int(text)  # ValueError is argparse's sign for a wrong value
    if number < 0:
        raise ValueError
    return number


def _size(text: str) -> int:
    """Bytes, at least a megabyte: ``1000000``, ``100M``, ``2G``, ``64MB``."""
    digits = text.upper().removesuffix("B").rstrip("KMGT")
    unit = text.upper().removesuffix("B")[len(digits) :]
    number: int = int(digits) * 1024 ** " KMGT".index(unit or " ")
    if number < 1 << 20 or len(unit) > 1:
        raise ValueError
    return number


def _character(text: str) -> str:
    text = {"\\t": "\t", "tab": "\t"}.get(text, text)
    if len(text) != 1 or not text.isascii() or text in '"\r\n':
        raise ValueError
    return text


_count.__name__ = "number"  # argparse prints it: "invalid number value: 'x'"
_size.__name__ = "size"
_character.__name__ = "character"


def agree(request: Request) -> None:
    """Refuse options that do not go together. Raises `UsageError`."""
    wished = {"--diff": request.diff, "--json": request.json, "--check": request.check, "--html": request.html}
    shows = [option for option, wish in wished.items() if wish]
    if request.unit and not request.json:
        raise UsageError("--unit is of the offsets in --json; it does not go without it")
    if request.language and request.html is None and request.report is None:
        raise UsageError("--language is for the pages of --html and --report")
    if request.color and not request.diff:
        raise UsageError("--color is for --diff; nothing else has colours")
    if request.in_place and (request.output is not None or shows):
        raise UsageError(f"-i changes the files; it does not go with {shows[0] if shows else '-o'}")
    if request.output is None and not request.in_place:
        for path in filter(console.is_appending_to, request.files):
            raise UsageError(f"{path} is both input and output; write with -o, or use -i")
    if request.html is not None and request.output is not None:
        raise UsageError("--html FILE names the output; it does not go with -o")
    if request.to and shows:
        raise UsageError(f"--to is for text; {shows[0]} writes UTF-8")
    if request.resume and (shows or not (request.in_place or request.output)):
        raise UsageError("--resume is for directories, with -o DIR or with -i")
    others = (*request.files, request.output, request.html)
    if request.rejects is not None and _is_one_of(request.rejects, *others):
        raise UsageError(f"{console.argument(request.rejects)}: bad records need a file of their own")
    if request.report is not None and _is_one_of(request.report, "-", *others, request.rejects):
        raise UsageError(f"{console.argument(request.report)}: the report needs a file of its own")


def _is_one_of(path: str, *others: str | None) -> bool:
    """Whether *path* names the same file as one of *others*, however that is spelt."""
    return os.path.realpath(path) in [os.path.realpath(other) for other in others if other is not None]
