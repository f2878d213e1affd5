"""``arnorm explain``: each pass in turn, and what it changed, by the names of the characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from arnorm import console, render
from arnorm.cli.parser import input_encoding, runs
from arnorm.cli.pipelines import PipelineArguments, add_pipeline_options, chosen
from arnorm.cli.request import add_color_option
from arnorm.core import Pass, Pipeline
from arnorm.files.telling import VISUAL
from arnorm.files.work import leaves_visual_lines
from arnorm.formats.encodings import BadBytes, Decoder
from arnorm.shapes import visual_lines
from arnorm.trace import Change, Trace

EXAMPLES = """\
examples:
  arnorm explain "أهـــلًا"                      what the default profile does with it
  arnorm explain -p search "إلى المدرسةِ"
  arnorm explain --pass fold_alef "أب"
  arnorm explain - < sentence.txt               the text from standard input"""

#: Positions listed for one kind of change, and characters named of one string.
POSITIONS, CHARACTERS = 5, 6


def add(commands: Any) -> None:
    """Add the command to the parser's *commands*."""
    parser = commands.add_parser(
        "explain", help="show what each pass does to a text", epilog=EXAMPLES,
        description="Shows what each pass of a profile changes in a text, with the names of the characters.",
    )  # fmt: skip
    parser.add_argument("text", metavar="TEXT", help="the text; - reads it from standard input")
    add_pipeline_options(parser)
    add_color_option(parser)
    runs(parser, ExplainArguments, run)


@dataclass(frozen=True)
class ExplainArguments(PipelineArguments):
    """What is asked of the command."""

    text: str = "-"
    color: str = "auto"


def run(args: ExplainArguments) -> int:
    """Run the command."""
    pipeline = chosen(args)
    text = _from_stdin() if args.text == "-" else console.argument(args.text)
    for line in explained(pipeline, text, color=console.colored(args.color)):
        console.say(line)
    return 0


def _from_stdin() -> str:
    """Standard input as one text, less its last line end. Raises `UndecodableInputError`."""
    encoding = input_encoding("utf-8")
    data = console.stdin().read()
    found = encoding.of(data)
    data = data[len(found.signature) :]
    try:
        text = Decoder(found).decode(data, final=True)
    except BadBytes as bad:
        raise bad.error("<stdin>", found, 1 + bad.text.count("\n")) from None
    return text.removesuffix("\n").removesuffix("\r")


def explained(pipeline: Pipeline, text: str, *, color: bool) -> Iterator[str]:
    """The lines of the explanation."""
    yield render.safe(text)
    given, idle = text, []
    for value in pipeline.passes:
        trace = value.trace(text)
        if trace.edits:
            yield from _step(value, trace, color)
        else:
            idle.append(value.name)
        text = trace.text
    if idle:
        yield f"\nnothing to change for: {', '.join(dict.fromkeys(idle))}"
    if text == given:
        yield _looked_at(text)
    if leaves_visual_lines(pipeline) and visual_lines(text):
        yield f"\n{VISUAL}"


def _looked_at(text: str) -> str:
    """The characters of a *text* in which nothing changes, the most frequent first, by their names."""
    found = Counter(text).most_common()
    shown = [_named(c) + (f" ×{count}" if count > 1 else "") for c, count in found[:CHARACTERS]]
    more = [f"and {len(found) - CHARACTERS} others"] if len(found) > CHARACTERS else []
    size = f"{len(text):,} character{'' if len(text) == 1 else 's'}"
    return f"looked at {size}" + (f": {', '.join(shown + more)}" if found else "")


def _step(value: Pass, trace: Trace, color: bool) -> Iterator[str]:
    yield f"\n{value.name}" + (f": {value.summary}" if value.summary else "")
    yield f"  {render.ansi(trace, color=color)}"
    for (before, after, passes), places in _kinds(trace.edits).items():
        shown = ", ".join(map(str, places[:POSITIONS])) + (", …" if len(places) > POSITIONS else "")
        times = f" ×{len(places)}" if len(places) > 1 else ""
        by = f" [{', '.join(passes)}]" if passes != (value.name,) else ""
        yield f"  {_change(before, after)}{times}, at {shown}{by}"


def _kinds(edits: tuple[Change, ...]) -> dict[tuple[str, str, tuple[str, ...]], list[int]]:
    """Where each kind of edit was made, in code points of the text before the pass."""
    places: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for edit in edits:
        places.setdefault((edit.before, edit.after, edit.passes), []).append(edit.start)
    return places


def _change(before: str, after: str) -> str:
    if not after:
        return f"deleted {_named(before)}"
    return f"inserted {_named(after)}" if not before else f"{_named(before)} → {_named(after)}"


def _named(text: str) -> str:
    """«ة (U+0629 ARABIC LETTER TEH MARBUTA)» for one character, the text and all the names for more."""
    names = [render.name_of(c) for c in text[:CHARACTERS]] + ["…"] * (len(text) > CHARACTERS)
    shown = render.drawn(text[: 2 * CHARACTERS]).replace("\n", "")
    return f"{shown} ({' + '.join(names)})"
