"""``arnorm repair``."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from arnorm.cli.console import argument
from arnorm.cli.files import add_file_options, run_over_files
from arnorm.cli.pipelines import protected
from arnorm.cli.repairers import add_model_options, add_policy_option, loaded, policy_of
from arnorm.core import Bound, Judge

if TYPE_CHECKING:
    from arnorm.spelling import Policy, Repairer
    from arnorm.spelling.repairer import Note

EXAMPLES = """\
examples:
  arnorm repair article.txt                     the text on standard output, the surest errors repaired
  arnorm repair --diff article.txt              what would change; and, after a ؟, what is only suggested
  arnorm repair --policy balanced < in > out    text as people type it: more errors found, a few too many
  arnorm repair --policy thorough -i notes.txt  most errors found; somebody should look over the result
  arnorm repair --lexicon names.txt news/*.txt  with words of your own that are right
  arnorm repair --json article.txt | jq -c '.suggestions[]'
  arnorm repair --column comment reviews.csv -o repaired.csv --workers 4

Only misspelt Arabic words change. White space, punctuation, digits, Latin letters, URLs, mentions and hashtags come
back as they are, and marks stay on the letters that stay. One line comes out for each line that goes in.

exit codes: 0 fine, 1 --check found something to change, 2 wrong usage, 65 bad data,
70 a package is missing or a worker was lost, 74 cannot read or write"""


def add(commands: Any) -> None:
    """Adds the command to the parser's *commands*."""
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
    add_file_options(parser)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Runs the command."""
    policy = policy_of(args)
    repairer = loaded(args)
    kinds = protected(args)
    changes, hints = repairer.as_pass(policy), _hints(repairer, policy)
    return run_over_files(changes.protecting(*kinds), args, remarks=hints.protecting(*kinds))


def _hints(repairer: Repairer, policy: Policy) -> Judge:
    """A pass that would do what the policy only suggests; its trace says what and where."""
    return Judge("suggest_spelling", Bound(_suggested, (repairer, policy)))


def _suggested(repairer: Repairer, policy: Policy, text: str) -> list[tuple[int, int, str, Note]]:
    from arnorm.spelling.repairer import Note

    return [
        (r.start, r.end, r.text, Note(r.source, round(r.score, 4), r.runner_up))
        for r in repairer.plan(text, policy)
        if r.decision == "suggest"
    ]
