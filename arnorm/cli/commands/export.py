"""``arnorm export``: a pipeline for another engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from arnorm import console
from arnorm.cli.exits import Exit
from arnorm.cli.parser import runs
from arnorm.cli.pipelines import PipelineArguments, add_pipeline_options, chosen
from arnorm.files.errors import UsageError
from arnorm.files.outputs import sink

EXAMPLES = """\
examples:
  arnorm export -p lucene.v1 --to elasticsearch > settings.json
  arnorm export -p search.v1 --to postgresql --name fold_arabic | psql
  arnorm export -p clean --portable --to icu -o clean.txt
  arnorm export --pass strip_tashkeel --pass fold_alef --to icu -o fold.txt

What is written does what the pipeline does, on every text. Where the target cannot do that, each pass that is in the
way is named, with the reason, and nothing is written. With --portable, passes that look at whole lines (in clean)
are written as they are for text in logical order; arnorm.export.portable gives the same pipeline in Python.

exit codes: 0 fine, 2 wrong usage or a pass that cannot be written for the target, 74 cannot write"""

#: Targets in which what is written is not called anything.
NAMELESS = ("icu", "tokenizers")


def add(commands: Any) -> None:
    """Add the command to the parser's *commands*."""
    from arnorm.export import TARGETS

    parser = commands.add_parser(
        "export", help="write a profile for Elasticsearch, ICU, PostgreSQL, DuckDB or tokenizers", epilog=EXAMPLES,
        description="Writes a profile, or passes, as settings, rules or a function of another engine.",
    )  # fmt: skip
    add_pipeline_options(parser)
    parser.add_argument("--to", required=True, choices=TARGETS, help="what to write for")
    parser.add_argument(
        "--name", type=console.argument, metavar="NAME",
        help="the name of the analyzer, function or macro (arnorm)",
    )  # fmt: skip
    parser.add_argument(
        "--no-lowercase", action="store_true", help="for elasticsearch: an analyzer that leaves case alone",
    )  # fmt: skip
    parser.add_argument(
        "--portable", action="store_true", help="decode lines in visual order like all others: no engine can tell them",
    )  # fmt: skip
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE, not to standard output")
    runs(parser, ExportArguments, run)


@dataclass(frozen=True, kw_only=True)
class ExportArguments(PipelineArguments):
    """What is asked of the command."""

    to: str
    name: str | None = None
    no_lowercase: bool = False
    portable: bool = False
    output: str | None = None


def run(args: ExportArguments) -> int:
    """Run the command."""
    from arnorm.export import export, portable, refused

    if args.name is not None and args.to in NAMELESS:
        raise UsageError(f"what is written for {args.to} has no name; leave out --name")
    if args.no_lowercase and args.to != "elasticsearch":
        raise UsageError(f"what is written for {args.to} folds the case of nothing; leave out --no-lowercase")
    pipeline = portable(chosen(args)) if args.portable else chosen(args)
    errors = refused(pipeline, args.to)
    for error in errors:
        console.complain(error)
    if errors:
        return Exit.USAGE
    with sink(args.output) as out:
        name = "arnorm" if args.name is None else args.name
        out.write(export(pipeline, args.to, name=name, lowercase=not args.no_lowercase).encode("utf-8"))
        out.commit()
    return Exit.OK
