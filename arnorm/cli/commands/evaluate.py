"""``arnorm evaluate``: how good a correction is, in precision, recall and F over word edits."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arnorm import console
from arnorm.cli.parser import input_encoding, runs
from arnorm.cli.pipelines import RepairerArguments, add_model_options, add_policy_option, loaded
from arnorm.cli.views import share
from arnorm.files.errors import DataError, UsageError
from arnorm.formats.encodings import UTF8, Encoding

if TYPE_CHECKING:
    from arnorm.spelling.scoring import Count, Score

EXAMPLES = """\
examples:
  arnorm evaluate --source typed.txt --gold corrected.txt                     arnorm's repair, under safe
  arnorm evaluate --source typed.txt --gold corrected.txt --policy thorough
  arnorm evaluate --source typed.txt --gold corrected.txt --hyp other.txt     what somebody else made of it

The files have a sentence or a paragraph a line, the same in each. An edit is a span of words and what it becomes;
it is right if the gold has the same. This is stricter than MaxMatch (m2score).

exit codes: 0 fine, 2 wrong usage, 65 bad data or files of different length, 74 cannot read"""


def add(commands: Any) -> None:
    """Add the command to the parser's *commands*."""
    parser = commands.add_parser(
        "evaluate", help="measure a correction against a gold one", epilog=EXAMPLES,
        description="Measures a correction: precision, recall, F1 and F0.5 over word edits, in all and by kind.",
    )  # fmt: skip
    parser.add_argument("--source", required=True, metavar="A", help="the text as it was typed")
    parser.add_argument("--gold", required=True, metavar="B", help="the text as it should be")
    parser.add_argument("--hyp", metavar="C", help="the correction to measure; by default arnorm makes it")
    add_policy_option(parser)
    add_model_options(parser)
    parser.add_argument(
        "-e", "--encoding", type=input_encoding, default=UTF8, metavar="ENC", help="encoding of the files (utf-8)"
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    runs(parser, EvaluateArguments, run)


@dataclass(frozen=True, kw_only=True)
class EvaluateArguments(RepairerArguments):
    """What is asked of the command."""

    source: str
    gold: str
    hyp: str | None = None  #: None is what arnorm makes of the source
    encoding: Encoding = UTF8
    json: bool = False


def run(args: EvaluateArguments) -> int:
    """Run the command."""
    from arnorm.spelling.scoring import evaluate

    given = {"policy": args.policy, "model": args.model, "lexicon": args.lexicon}
    ours = [name for name, value in given.items() if value is not None]
    if args.hyp is not None and ours:
        raise UsageError(f"--hyp is a correction that is there already; it does not go with --{ours[0]}")
    repairer = loaded(args) if args.hyp is None else None
    source, gold = _lines(args.source, args.encoding), _lines(args.gold, args.encoding)
    _must_be_as_long(args.source, source, args.gold, gold)
    if args.hyp is not None:
        made = _lines(args.hyp, args.encoding)
        _must_be_as_long(args.source, source, args.hyp, made)
    else:
        assert repairer is not None
        made = list(map(repairer, source))
    score = evaluate(source, gold, made)
    console.say(json.dumps(_as_dict(score), ensure_ascii=False, indent=2) if args.json else _table(score))
    return 0


def _lines(path: str, encoding: Encoding) -> list[str]:
    """The lines of the file at *path*. Raises what is wrong with it."""
    from arnorm.cli.inputs import batches

    lines: list[str] = []
    for batch in batches([path], encoding):
        lines += batch.lines
        if batch.error is not None:
            raise batch.error
    return lines


def _must_be_as_long(name: str, lines: list[str], other_name: str, others: list[str]) -> None:
    if len(lines) != len(others):
        raise DataError(
            f"{console.argument(name)} has {len(lines)} lines and {console.argument(other_name)} {len(others)}; "
            "they must have the same lines, before and after"
        )


def _as_dict(score: Score) -> dict[str, Any]:
    return {**_figures(score.total), "kinds": {kind: _figures(count) for kind, count in score.kinds.items()}}


def _figures(count: Count) -> dict[str, float]:
    from arnorm.spelling.scoring import figures

    names = ("precision", "recall", "f1", "f05")
    return {**count._asdict(), **{k: round(v, 4) for k, v in zip(names, figures(count), strict=True)}}


def _table(score: Score) -> str:
    """A line for all edits and one for each kind, the kinds with the most gold edits first."""
    kinds = sorted(score.kinds.items(), key=lambda row: (-row[1].gold, -row[1].proposed, row[0]))
    width = max(len(kind) for kind in ("all edits", *score.kinds))
    head = f"{'':<{width}}  {'right':>7}  {'made':>7}  {'gold':>7}  {'P':>4}  {'R':>4}  {'F1':>4}  {'F0.5':>4}"
    return "\n".join([head, *(_row(kind, count, width) for kind, count in [("all edits", score.total), *kinds])])


def _row(kind: str, count: Count, width: int) -> str:
    from arnorm.spelling.scoring import figures

    shown = "  ".join(f"{share(value):>4}" for value in figures(count))
    return f"{kind:<{width}}  {count.right:>7}  {count.proposed:>7}  {count.gold:>7}  {shown}"
