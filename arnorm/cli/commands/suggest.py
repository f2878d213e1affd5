"""``arnorm suggest``: the readings of one word."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from arnorm import console, render
from arnorm.cli.parser import runs
from arnorm.cli.pipelines import RepairerArguments, add_model_options, loaded
from arnorm.cli.views import share
from arnorm.files.errors import UsageError
from arnorm.words import is_word

EXAMPLES = """\
examples:
  arnorm suggest الاسلام                        its readings, the likeliest first
  arnorm suggest ان --before قال --after "الكتاب مفيد"
  arnorm suggest --json ان | jq -r .[0].text

Each reading comes with its share among the readings and the kind of error it takes the word for; "as written" is
the word itself. Text before and after the word decides between words that are all right: إن, أن."""


def add(commands: Any) -> None:
    """Add the command to the parser's *commands*."""
    parser = commands.add_parser(
        "suggest", help="list what a word may be meant for", epilog=EXAMPLES,
        description="Lists the readings of an Arabic word, the likeliest first.",
    )  # fmt: skip
    parser.add_argument("word", type=console.argument, metavar="WORD", help="one Arabic word")
    parser.add_argument("--before", type=console.argument, default="", metavar="TEXT", help="what stands before it")
    parser.add_argument("--after", type=console.argument, default="", metavar="TEXT", help="what stands after it")
    parser.add_argument("--limit", type=_count, default=5, metavar="N", help="list N at most (5)")
    add_model_options(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")
    runs(parser, SuggestArguments, run)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


_count.__name__ = "number"  # argparse prints it: "invalid number value: '0'"


@dataclass(frozen=True, kw_only=True)
class SuggestArguments(RepairerArguments):
    """What is asked of the command."""

    word: str
    before: str = ""
    after: str = ""
    limit: int = 5
    json: bool = False


def run(args: SuggestArguments) -> int:
    """Run the command."""
    word = args.word.strip()
    if not is_word(word):
        raise UsageError(f"{args.word!r} is not one Arabic word; give its neighbours with --before and --after")
    found = loaded(args).suggest(word, args.before, args.after, args.limit)
    if args.json:
        console.say(json.dumps([reading.as_dict() for reading in found], ensure_ascii=False, indent=2))
        return 0
    for reading in found:
        console.say(f"{share(reading.score)}  {render.drawn(reading.text)}  {reading.kind}")
    return 0
