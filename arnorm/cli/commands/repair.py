"""``arnorm repair``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from arnorm import console
from arnorm.cli.exits import Exit
from arnorm.cli.parser import runs
from arnorm.cli.pipelines import RepairerArguments, add_model_options, add_policy_option, loaded, protected
from arnorm.cli.request import Request, add_file_options
from arnorm.cli.running import run_over_files
from arnorm.console import argument
from arnorm.core import Bound, Judge
from arnorm.files.errors import UsageError
from arnorm.repairer import Repairer
from arnorm.review import Decisions
from arnorm.trace import Note

EXAMPLES = """\
examples:
  arnorm repair article.txt                     the text on standard output, the surest errors repaired
  arnorm repair --diff article.txt              what would change; and, after a ؟, what is only suggested
  arnorm repair --policy balanced < in > out    text as people type it: more errors found, a few too many
  arnorm repair --policy thorough -i notes.txt  most errors found; somebody should look over the result
  arnorm repair --lexicon names.txt news/*.txt  with words of your own that are right
  arnorm repair --json article.txt | jq -c '.suggestions[]'
  arnorm repair --json article.txt > review.jsonl    to decide on: set "decision" to "replace" or "keep"
  arnorm repair --apply review.jsonl -i article.txt  does what was decided, and nothing else
  arnorm repair --column comment reviews.csv -o repaired.csv --processes 4

Only misspelt Arabic words change. White space, punctuation, digits, Latin letters, URLs, mentions and hashtags come
back as they are, and marks stay on the letters that stay. One line comes out for each line that goes in.

exit codes: 0 fine, 1 --check found something to change, 2 wrong usage, 65 bad data,
70 a package is missing or a worker was lost, 74 cannot read or write"""


def add(commands: Any) -> None:
    """Add the command to the parser's *commands*."""
    parser = commands.add_parser(
        "repair", help="repair the spelling of files, or of standard input", epilog=EXAMPLES,
        description="Repairs misspelt Arabic words by their context, offline, line by line.",
    )  # fmt: skip
    add_policy_option(parser)
    add_model_options(parser)
    parser.add_argument(
        "--protect", action="append", default=[], type=argument, metavar="KINDS",
        help="leave these byte for byte too: code, numbers, urls, emails, mentions, hashtags; joined by commas",
    )  # fmt: skip
    parser.add_argument(
        "--apply", metavar="DECISIONS",
        help="make the changes that somebody decided on, in the JSON that --json writes or in a table; needs no model",
    )  # fmt: skip
    add_file_options(parser)
    runs(parser, RepairArguments, run)


@dataclass(frozen=True)
class RepairArguments(Request, RepairerArguments):
    """What is asked of the command."""

    protect: Sequence[str] = ()  #: kinds of span, joined by commas
    apply: str | None = None  #: a file of decisions


def run(args: RepairArguments) -> int:
    """Run the command."""
    if args.apply is not None:
        return _apply(args.apply, args)
    repairer, kinds = loaded(args), protected(args.protect)
    hints = Judge("suggest_spelling", Bound(_suggested, (repairer,)))
    return run_over_files(repairer.protecting(*kinds), args, remarks=hints.protecting(*kinds))


def _suggested(repairer: Repairer, text: str) -> list[tuple[int, int, str, Note]]:
    """What the policy only suggests, as changes that a pass would make; its trace says what and where."""
    plan = repairer.plan(text)
    return [(c.start, c.end, c.after, Note(c.kind, c.score, c.runner_up)) for c in plan if c.decision == "suggest"]


def _apply(path: str, args: RepairArguments) -> int:
    """Do what was decided, in the file at *path*.

    Texts of the decisions that are not in the files are an error: they have changed since.
    """
    other = {
        "policy": args.policy,
        "model": args.model,
        "lexicon": args.lexicon,
        "protect": args.protect,
        "processes": args.processes,
    }
    for option, given in other.items():
        if given:
            raise UsageError(f"--apply does what was decided; it does not go with --{option}")
    decisions = Decisions.read(path)
    status = run_over_files(Judge("apply_decisions", Bound(_decided, (decisions,))), args)
    if missing := decisions.unused:
        more = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
        console.complain(f"{path}: not in the text, which may have changed since: {missing[0][:80]!r}{more}")
    return Exit.DATA if missing and status in (Exit.OK, Exit.CHANGES) else status


def _decided(decisions: Decisions, text: str) -> list[tuple[int, int, str]]:
    return [(start, end, after) for start, end, after, *_ in decisions.of(text)]
