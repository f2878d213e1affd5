"""Running a pipeline over files: the one place that every command which changes text goes through.

A command adds the options with `add_file_options`, builds its pipeline, and returns ``run_over_files(pipeline, args)``.

A command that has remarks on what it leaves as it is gives a second pass, *remarks*, that would change it: its edits
are shown by ``--diff`` and ``--json``, and never made.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from arnorm import render
from arnorm.cli import console
from arnorm.cli.encodings import UTF8, Encoding, input_encoding, output_encoding
from arnorm.cli.exits import Exit, UnencodableOutputError, UsageError, exit_of
from arnorm.cli.inputs import Batch, batches
from arnorm.cli.outputs import NewFile, Sink, must_be_regular, sink
from arnorm.core import Composable, Rewrite
from arnorm.trace import Edit, Trace, Unit

# What keeps "one line out for each line in" true whatever a pass makes of a lone carriage return or U+2028.
ONE_LINE = Rewrite("one_line", r"\n", " ", needles=("\n",), lossy=False, summary="keeps a line one line")

#: Unchanged characters shown on each side of a change in a terminal diff.
CONTEXT = 60
#: Unchanged characters shown on each side of a remark.
NEARBY = 24


def add_file_options(parser: ArgumentParser) -> None:
    """The options that say which files, in which encoding, and what to do with the result."""
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="files to read; - or none: stdin")
    where = parser.add_argument_group("where the result goes")
    where.add_argument("-o", "--output", metavar="OUT", help="write to OUT, at the end and at once, not to stdout")
    where.add_argument("-i", "--in-place", action="store_true", help="change the files; each as a whole or not at all")
    shown = parser.add_argument_group("what to show instead of the text").add_mutually_exclusive_group()
    shown.add_argument("--diff", action="store_true", help="the changed lines, with what was there and what is now")
    shown.add_argument("--json", action="store_true", help="a JSON object for each line, with every edit")
    shown.add_argument("--html", metavar="FILE", help="write an HTML page with the changed lines to FILE")
    checks = parser.add_argument_group("checking")
    checks.add_argument(
        "--check", action="store_true", help="list the files that would change, and exit 1 if any would"
    )
    details = parser.add_argument_group("details")
    details.add_argument(
        "-e", "--encoding", type=input_encoding, default=UTF8, metavar="ENC",
        help="encoding of the files: utf-8 (default), cp1256, utf-16 ...; ENC:replace marks bad bytes with U+FFFD",
    )  # fmt: skip
    details.add_argument(
        "--to", type=output_encoding, metavar="ENC", help="encoding to write; by default that of input"
    )
    details.add_argument(
        "--unit", choices=("codepoint", "utf-8", "utf-16"), default="codepoint", help="unit of the offsets in --json"
    )
    details.add_argument("--workers", type=_count, default=0, metavar="N", help="use N processes; for very large files")
    add_color_option(details)


def add_color_option(parser: Any) -> None:
    """``--color``, for what prints diffs."""
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colours; auto: on a terminal"
    )


def _count(text: str) -> int:
    number = int(text)  # ValueError is argparse's sign for a wrong value
    if number < 0:
        raise ValueError
    return number


_count.__name__ = "number"  # argparse prints it: "invalid number value: 'x'"


def run_over_files(transform: Composable, args: Namespace, remarks: Composable | None = None) -> int:
    """Runs *transform* over the lines of the files of *args*, does with the result what *args* say; the exit code.

    The edits that *remarks* would make to a line are shown beside the changes, and count for nothing else.
    """
    _agree(args)
    run = _Run(transform | ONE_LINE, args, remarks if args.diff or args.json else None)
    if args.in_place:
        _rewrite(run)
    elif args.html is not None:
        with sink(args.html) as out:
            _send(out, render.page(_rows(run), title=f"arnorm {args.command}"))
            _finish(run, out)
    else:
        with sink(args.output) as out:
            if args.diff:
                _send(out, _diffs(run, console.colored(args.color if not args.output else _never(args.color))))
            elif args.json:
                _send(out, _objects(run))
            elif args.check:
                _send(out, _names(run))
            else:
                _copy(run, out)
            _finish(run, out)
    if run.status is Exit.OK and args.check and run.changed:
        return Exit.CHANGES
    return run.status


def _never(wish: str) -> str:
    return "never" if wish == "auto" else wish


def _agree(args: Namespace) -> None:
    """Refuses options that do not go together."""
    shows = [f"--{name}" for name in ("diff", "json", "check") if getattr(args, name)] + ["--html"] * bool(args.html)
    if args.in_place:
        if args.output is not None or shows:
            raise UsageError(f"-i changes the files; it does not go with {shows[0] if shows else '-o'}")
        for path in args.files:
            must_be_regular(path)
    if args.output is None and not args.in_place:
        for path in filter(console.is_appending_to, args.files):
            raise UsageError(f"{path} is both input and output; write with -o, or use -i")
    if args.html is not None and args.output is not None:
        raise UsageError("--html FILE names the output; it does not go with -o")
    if args.to and shows:
        raise UsageError(f"--to is for text; {shows[0]} writes UTF-8")


# --- The run -------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """One line and what became of it."""

    path: str
    number: int
    trace: Trace
    remarks: Trace | None


class _Run:
    """The lines of the files and what became of them; counts changes and errors on the way."""

    def __init__(self, transform: Composable, args: Namespace, remarks: Composable | None) -> None:
        self.transform, self.args, self.remarks = transform, args, remarks
        self.status = Exit.OK
        self.changed = 0  #: lines

    def outputs(self) -> Iterator[tuple[Batch, list[str]]]:
        """Each batch with its lines normalized."""
        for batch, lines in self._over(_Outputs(self.transform)):
            self.changed += lines != batch.lines
            yield batch, lines

    def traces(self, *, all_lines: bool = False) -> Iterator[_Line]:
        """Every line that is changed or has remarks; with *all_lines* the others too."""
        for batch, traces in self._over(_Traces(self.transform, self.remarks)):
            for number, (line, (trace, remarks)) in enumerate(zip(batch.lines, traces, strict=True), batch.number):
                self.changed += trace is not None
                if trace is not None or remarks is not None or all_lines:
                    yield _Line(batch.path, number, trace or Trace(line, line, ()), remarks)

    def _over(self, work: Callable[[list[str]], list[Any]]) -> Iterator[tuple[Batch, list[Any]]]:
        waiting: deque[Batch] = deque()

        def lines() -> Iterator[list[str]]:
            for batch in batches(self.args.files, self.args.encoding):
                waiting.append(batch)
                yield batch.lines

        for result in self._mapped(work, lines()):
            batch = waiting.popleft()
            yield batch, result
            if batch.error is not None:
                self.fail(batch.error)

    def _mapped(self, work: Callable[[list[str]], list[Any]], lines: Iterable[list[str]]) -> Iterator[list[Any]]:
        if not self.args.workers:
            return map(work, lines)
        from arnorm.parallel import ordered_map

        return ordered_map(work, lines, self.args.workers, chunk=1)  # a batch is a chunk, of bytes instead of lines

    def fail(self, error: Exception) -> None:
        """Reports an error of one file; the others go on, and the first error gives the exit code."""
        console.flush()
        console.complain(error)
        self.status = self.status or exit_of(error)


@dataclass(frozen=True)
class _Outputs:
    transform: Composable

    def __call__(self, lines: list[str]) -> list[str]:
        return list(map(self.transform, lines))


@dataclass(frozen=True)
class _Traces:
    transform: Composable
    remarks: Composable | None

    def __call__(self, lines: list[str]) -> list[tuple[Trace | None, Trace | None]]:
        """A trace for each line that changes, and one for each that has remarks."""
        return [(_changes(self.transform, line), _changes(self.remarks, line)) for line in lines]


def _changes(transform: Composable | None, line: str) -> Trace | None:
    """The trace of a line that changes: tracing costs many times what finding that out does."""
    return None if transform is None or transform(line) == line else transform.trace(line)


# --- Text ----------------------------------------------------------------------------------------------------------


class _Writer:
    """Writes lines in an encoding, the signature first."""

    def __init__(self, out: Sink, encoding: Encoding) -> None:
        self.out, self.encoding = out, encoding
        out.write(encoding.signature)

    def write(self, batch: Batch, lines: list[str]) -> None:
        text = "".join([part for pair in zip(lines, batch.ends, strict=True) for part in pair])
        try:
            data = self.encoding.encode(text)
        except UnicodeEncodeError as error:
            line = batch.number + text.count("\n", 0, error.start)
            raise UnencodableOutputError(batch.name, self.encoding.codec, line, text[error.start]) from None
        self.out.write(data)


def _copy(run: _Run, out: Sink) -> None:
    """All files to one output. The encoding is the first file's; a file without a last line feed gets one if
    another follows, so that no two lines become one."""
    writer: _Writer | None = None
    unfinished: Batch | None = None
    for batch, lines in run.outputs():
        if writer is None and batch.encoding is not None:
            writer = _Writer(out, run.args.to or batch.encoding.for_output())
        if writer is not None and lines:
            if unfinished is not None:
                writer.write(Batch(unfinished.path, ends=["\n"]), [""])
            writer.write(batch, lines)
            unfinished = batch if not batch.ends[-1] else None
        out.flush()


def _rewrite(run: _Run) -> None:
    """Each file in its own place."""
    file: _Replacing | None = None
    try:
        for batch, lines in run.outputs():
            if file is None and batch.encoding is not None:
                file = _Replacing(run, batch)
            if file is not None:
                file.take(batch, lines)
            if batch.last and file is not None:
                file.close(batch)
                file = None
    finally:
        if file is not None:
            file.abandon()


class _Replacing:
    """One file being rewritten. An error of it is reported, and the old file stays."""

    def __init__(self, run: _Run, batch: Batch) -> None:
        assert batch.encoding is not None
        self.run, self.failed, self.changed = run, False, False
        self.encoding: Encoding = run.args.to or batch.encoding.for_output()
        self.changed = (
            self.encoding.codec != batch.encoding.codec or self.encoding.signature != batch.encoding.signature
        )
        self.out = NewFile(batch.path)
        self.writer: _Writer | None = None
        self._guarded(self._begin)

    def _begin(self) -> None:
        self.out.__enter__()
        self.writer = _Writer(self.out, self.encoding)

    def take(self, batch: Batch, lines: list[str]) -> None:
        self.changed = self.changed or lines != batch.lines
        if self.writer is not None and not self.failed:
            self._guarded(self.writer.write, batch, lines)

    def close(self, batch: Batch) -> None:
        if self.changed and not self.failed and batch.error is None:
            self._guarded(self.out.commit)
        self.abandon()

    def abandon(self) -> None:
        self.out.__exit__(None, None, None)

    def _guarded(self, call: Callable[..., None], *args: Any) -> None:
        try:
            call(*args)
        except (OSError, UnencodableOutputError) as error:
            self.failed = True
            self.run.fail(error)


def _finish(run: _Run, out: Sink) -> None:
    """Keeps what was written, unless a file could not be read: then -o leaves the old file."""
    if run.status is Exit.OK:
        out.commit()
    else:
        out.flush()


# --- Reports -------------------------------------------------------------------------------------------------------


def _send(out: Sink, pieces: Iterable[str]) -> None:
    for piece in pieces:
        out.write(piece.encode("utf-8", "surrogateescape"))
        out.flush()


def _place(run: _Run, path: str, number: int) -> str:
    """``FILE:LINE``, or the line alone when the only input is standard input."""
    return (
        str(number) if run.args.files == ["-"] else f"{'<stdin>' if path == '-' else console.argument(path)}:{number}"
    )


def _diffs(run: _Run, color: bool) -> Iterator[str]:
    for path, number, trace, remarks in run.traces():
        passes = ", ".join(f"{name} ×{count}" if count > 1 else name for name, count in trace.counts().items())
        place = render.safe(f"{_place(run, path, number)}: {passes or 'only suggested'}", breaks=False)
        yield f"{render.paint(place, 'note', color=color)}\n"
        if trace.edits:
            yield f"{render.ansi(trace, color=color, context=CONTEXT)}\n"
        for edit in remarks.edits if remarks is not None else ():
            yield f"  {render.paint(_remark(trace.source, edit), 'note', color=color)}\n"


def _remark(line: str, edit: Edit) -> str:
    """«؟ ان → إن .62 | قال ان الكتاب»: what is not done, how likely it is right, and where."""
    start, end = edit.source
    before, after = line[max(start - NEARBY, 0) : start], line[end : end + NEARBY]
    # Whole words: half a word would be joined into another shape.
    before = before if start <= NEARBY else before[before.find(" ") + 1 :]
    after = after if end + NEARBY >= len(line) else after[: after.rfind(" ") + 1]
    scores = "".join(f" {share(note.score)}" for note in edit.notes if hasattr(note, "score"))
    where = render.safe(f"{before}{edit.before}{after}".strip(), breaks=False)
    return f"؟ {render.drawn(edit.before)} → {render.drawn(edit.after)}{scores} | {where}"


def share(score: float) -> str:
    """A probability in two digits, as tables of figures print it.

    >>> share(0.624), share(0.998), share(1)
    ('.62', '.99', '1.0')
    """
    return f"{int(score * 100) / 100:.2f}".removeprefix("0") if score < 1 else "1.0"


def _objects(run: _Run) -> Iterator[str]:
    for path, number, trace, remarks in run.traces(all_lines=True):
        row = {"file": console.argument(path), "line": number, **trace.as_dict(run.args.unit)}
        if run.remarks is not None:
            row["suggestions"] = [*_suggestions(remarks, run.args.unit)] if remarks is not None else []
        line = json.dumps(row, ensure_ascii=False)
        # A lone surrogate has no UTF-8: it goes as \\udxxx, and comes back as it was.
        yield (line if line.isascii() or _encodable(line) else json.dumps(row)) + "\n"


def _suggestions(remarks: Trace, unit: Unit) -> Iterator[dict[str, Any]]:
    """The edits of *remarks*, without what only edits have that are made."""
    for edit in remarks.as_dict(unit)["edits"]:
        yield {key: edit[key] for key in ("source", "before", "after", "notes") if key in edit}


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _rows(run: _Run) -> Iterator[tuple[str, Trace]]:
    for line in run.traces():
        yield _place(run, line.path, line.number), line.trace


def _names(run: _Run) -> Iterator[str]:
    changed = False
    for batch, lines in run.outputs():
        changed = changed or lines != batch.lines
        if batch.last:
            if changed:
                yield f"{console.argument(batch.path)}\n"
            changed = False
