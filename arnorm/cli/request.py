"""The options of every command that changes text: which files, in which format, and what to do with the result."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any, Literal

from arnorm.cli.arguments import input_encoding, output_encoding
from arnorm.files.fields import field
from arnorm.files.options import Options
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
