"""Showing what would change instead of the text: a diff, JSON, HTML, or the names of the files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from arnorm import console, render
from arnorm.files.outputs import Sink
from arnorm.files.run import FileRun, Line, named
from arnorm.review import Review
from arnorm.trace import Change, Trace, Unit

#: Unchanged characters shown on each side of a change in a terminal diff; chosen, about half a line.
CONTEXT = 60
#: Unchanged characters shown on each side of a remark.
NEARBY = 24


def send(out: Sink, pieces: Iterable[str]) -> None:
    """Write *pieces* in UTF-8, each as soon as it is there."""
    for piece in pieces:
        out.write(piece.encode("utf-8", "surrogateescape"))
        out.flush()


def _lines(run: FileRun) -> Iterator[Line]:
    for result in run.results():
        yield from result.lines


def _place(run: FileRun, path: str, number: int) -> str:
    """``FILE:LINE``, or the line alone when the only input is standard input."""
    return str(number) if [*run.options.files] == ["-"] else f"{named(path)}:{number}"


def diffs(run: FileRun, color: bool) -> Iterator[str]:
    """The changed records, and remarks on others."""
    for path, number, trace, remarks in _lines(run):
        passes = ", ".join(f"{name} ×{count}" if count > 1 else name for name, count in trace.counts().items())
        place = render.safe(f"{_place(run, path, number)}: {passes or 'only suggested'}", breaks=False)
        yield f"{render.paint(place, 'note', color=color)}\n"
        if trace.edits:
            yield f"{render.ansi(trace, color=color, context=CONTEXT)}\n"
        for edit in remarks.edits if remarks is not None else ():
            yield f"  {render.paint(_remark(trace.source, edit, terminal=color), 'note', color=color)}\n"


def _remark(line: str, edit: Change, *, terminal: bool) -> str:
    """«؟ ان → إن .62 | قال ان الكتاب»: what is not done, how likely it is right, and where.

    In a *terminal* each piece of Arabic is isolated: the line then runs from the left, as its arrow points, whether the
    terminal lays out Arabic or not.
    """
    alone = render.isolated if terminal else str
    start, end = edit.span
    before, after = line[max(start - NEARBY, 0) : start], line[end : end + NEARBY]
    # Whole words: half a word would be joined into another shape.
    before = before if start <= NEARBY else before[before.find(" ") + 1 :]
    after = after if end + NEARBY >= len(line) else after[: after.rfind(" ") + 1]
    score = f" {share(edit.score)}" if edit.kind else ""
    where = render.safe(f"{before}{edit.before}{after}".strip(), breaks=False)
    before, after = alone(render.drawn(edit.before)), alone(render.drawn(edit.after))
    return f"{alone('؟')} {before} → {after}{score} | {alone(where)}"


def share(score: float) -> str:
    """A probability in two digits, as tables of figures print it.

    >>> share(0.624), share(0.998), share(1)
    ('.62', '.99', '1.0')
    """
    return f"{int(score * 100) / 100:.2f}".removeprefix("0") if score < 1 else "1.0"


def objects(run: FileRun, unit: Unit) -> Iterator[str]:
    """A JSON object for each record; its offsets are in *unit*."""
    for path, number, trace, remarks in _lines(run):
        shown = trace if run.work.remarks is None else _review(trace, remarks)
        row = {"file": console.argument(path), "line": number, **shown.as_dict(unit)}
        line = json.dumps(row, ensure_ascii=False)
        # A lone surrogate has no UTF-8: it goes as \\udxxx, and comes back as it was.
        yield (line if line.isascii() or _encodable(line) else json.dumps(row)) + "\n"


def _review(trace: Trace, remarks: Trace | None) -> Review:
    """What was changed, and what the edits of *remarks* only suggest."""
    found = remarks.edits if remarks is not None else ()
    hints = [replace(edit, decision="suggest", output=trace.to_output(edit.span)) for edit in found]
    return Review(trace.source, trace.edits, tuple(hints))


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def rows(run: FileRun) -> Iterator[dict[str, Any]]:
    """The records with something to decide, for a page."""
    from arnorm.report.findings import beside

    for path, number, trace, remarks in _lines(run):
        name = "" if [*run.options.files] == ["-"] else render.safe(named(path), breaks=False)
        yield {"file": name, "line": number, "source": trace.source, "found": beside(trace, remarks)}


def names(run: FileRun) -> Iterator[str]:
    """The files that would change."""
    for result in run.results():
        if result.ended and result.file.changed:
            yield f"{render.safe(console.argument(result.file.job.path), breaks=False)}\n"
