"""``arnorm normalize``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from arnorm.cli.parser import runs
from arnorm.cli.pipelines import PipelineArguments, add_pipeline_options, chosen
from arnorm.cli.request import Request, add_file_options
from arnorm.cli.running import run_over_files

EXAMPLES = """\
examples:
  arnorm normalize article.txt                  the text on standard output, cleaned
  arnorm normalize -p search < in > out         folded for a search index, line for line
  arnorm normalize --diff article.txt           what would change, and by which pass
  arnorm normalize --check corpus/*.txt         which files would change; exit code 1 if any
  arnorm normalize -i corpus/*.txt              change them
  arnorm normalize -e cp1256 --to utf-8 old.txt
  arnorm normalize --pass strip_tashkeel --pass fold_alef --protect urls,hashtags tweets.txt
  arnorm normalize --json article.txt | jq .counts
  arnorm normalize --field body.text -i news.jsonl.gz    only that field; also .csv, .parquet, .arrow with --column
  arnorm normalize --resume corpus/ -o clean/            many files; once more, and it does what is left

One line comes out for each line that goes in, and line ends stay as they are. Text is UTF-8 whatever the
locale. Bytes that do not decode are an error that names file, line and byte. Records of JSON, CSV, Parquet and
Arrow files that cannot be read stay as they are, and are counted.

exit codes: 0 fine, 1 --check found something to change, 2 wrong usage, 65 bad data,
70 a package is missing or a worker was lost, 74 cannot read or write"""


def add(commands: Any) -> None:
    """Add the command to the parser's *commands*."""
    parser = commands.add_parser(
        "normalize", help="normalize files, or standard input, by a profile", epilog=EXAMPLES,
        description="Normalizes Arabic text line by line, by a profile (see: arnorm profiles) or by passes.",
    )  # fmt: skip
    add_pipeline_options(parser)
    add_file_options(parser)
    runs(parser, NormalizeArguments, run)


@dataclass(frozen=True)
class NormalizeArguments(Request, PipelineArguments):
    """What is asked of the command."""


def run(args: NormalizeArguments) -> int:
    """Run the command."""
    return run_over_files(chosen(args), args)
