"""``arnorm train``: a model of one's own."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from arnorm import console
from arnorm.cli.parser import runs
from arnorm.errors import ArnormError
from arnorm.files.errors import DataError, UsageError
from arnorm.files.outputs import sink
from arnorm.files.telling import bar, on_terminal, show

EXAMPLES = """\
examples:
  arnorm train news.txt.xz books.txt.gz -o my.model
  arnorm train --hold-out 0.02 corpus.txt -o my.model    the first 2 % of the lines kept for measuring
  arnorm train --engine spark hdfs:///news/*.txt -o my.model
  arnorm repair --model my.model article.txt

A corpus is plain UTF-8 text, one paragraph a line, or the same packed as .gz, .xz or .zst. Needs numpy, and zstandard
for .zst: pip install 'arnorm[train]'. A gigabyte takes some minutes and some gigabytes of memory. The same text gives
the same bytes. The model holds words and counts, no text.

exit codes: 0 fine, 2 wrong usage, 65 bad data, 70 a package is missing, 74 cannot read or write"""

#: Where each stage begins and what part of the whole it takes, on a hundred million words.
STAGES = {
    "count": (0.0, 0.08), "clean": (0.08, 0.01), "bigrams": (0.09, 0.02), "rivals": (0.11, 0.06),
    "context": (0.17, 0.02), "endings": (0.19, 0.01), "company": (0.2, 0.32), "judge": (0.52, 0.4),
    "real words": (0.92, 0.08),
}  # fmt: skip


def add(commands: Any) -> None:
    """Add the command to the parser's *commands*."""
    parser = commands.add_parser(
        "train", help="train a model for repair on text of your own", epilog=EXAMPLES,
        description="Builds a model for spelling repair from plain text.",
    )  # fmt: skip
    parser.add_argument("corpus", nargs="+", metavar="CORPUS", help="text to learn from")
    parser.add_argument("-o", "--output", required=True, metavar="MODEL", help="write the model to MODEL, at the end")
    parser.add_argument(
        "--hold-out", type=_fraction, default=0.0, metavar="F",
        help="leave out the first F of each file's lines, such as 0.02, to measure on",
    )  # fmt: skip
    parser.add_argument(
        "--engine", choices=("local", "spark"), default="local",
        help="where to count: here, or by Spark, on the cluster that its configuration names",
    )  # fmt: skip
    runs(parser, TrainArguments, run)


def _fraction(text: str) -> float:
    number = float(text)
    if not 0 <= number < 1:
        raise ValueError
    return number


_fraction.__name__ = "fraction"  # argparse prints it: "invalid fraction value: '2'"


@dataclass(frozen=True)
class TrainArguments:
    """What is asked of the command."""

    corpus: list[str]
    output: str
    hold_out: float = 0.0  #: the share of each file's lines
    engine: str = "local"


def run(args: TrainArguments) -> int:
    """Run the command."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    _must_differ(args)
    progress = _Progress(args.corpus)
    with sink(args.output) as out, TemporaryDirectory(prefix="arnorm-") as folder:
        model = Path(folder, "spelling.model")
        try:
            _train(args, model, progress)
        finally:
            progress.clear()
        out.write(model.read_bytes())
        out.commit()
    return 0


def _must_differ(args: TrainArguments) -> None:
    for path in args.corpus:
        if os.path.exists(path) and os.path.exists(args.output) and os.path.samefile(path, args.output):
            raise UsageError(f"{console.argument(path)} is both corpus and output; write to another file with -o")


def _train(args: TrainArguments, model: os.PathLike[str], progress: _Progress) -> None:
    """Trains; what goes wrong while a file is read is said to be of that file."""
    try:
        _trainer(args.engine)(args.corpus, model, progress=progress, hold_out=args.hold_out)
    except gzip.BadGzipFile as error:
        raise progress.at_fault(error) from error
    except (ArnormError, OSError):
        raise
    except Exception as error:  # bytes that are not UTF-8, or that their packer did not write, each in its own way
        if type(error).__module__.startswith(("pyspark.", "py4j.")):
            raise DataError(f"Spark: {str(error).splitlines()[0]}") from error
        if progress.stage != "count":
            raise
        raise progress.at_fault(error) from error


def _trainer(engine: str) -> Callable[..., None]:
    if engine == "spark":
        from arnorm.integrations.spark_training import train_on_spark

        return train_on_spark
    from arnorm.spelling.training import train

    return train


class _Progress:
    """Shows how far training has come, on a terminal; elsewhere it only remembers."""

    def __init__(self, corpus: list[str]) -> None:
        self.corpus, self.stage, self.done = corpus, "", 0.0
        self._shown = on_terminal()

    def __call__(self, stage: str, done: float) -> None:
        self.stage, self.done = stage, done
        if self._shown and stage in STAGES:
            begin, part = STAGES[stage]
            show(f"{bar(begin + part * done)} {self._words()}")

    def _words(self) -> str:
        return f"count {console.argument(self._file)}" if self.stage == "count" else self.stage

    @property
    def _file(self) -> str:
        return self.corpus[min(round(self.done * len(self.corpus)), len(self.corpus) - 1)]

    def at_fault(self, error: Exception) -> DataError:
        """The error for the user, with the file that was being read."""
        if isinstance(error, UnicodeDecodeError):
            return DataError(f"{console.argument(self._file)}: not UTF-8 ({error.reason}); convert it first")
        if type(error) is ValueError:  # the trainer's own, and about all the files
            return DataError(str(error))
        return DataError(f"{console.argument(self._file)}: cannot be unpacked ({error}); pack or copy it again")

    def clear(self) -> None:
        """Take the bar away."""
        if self._shown:
            show("")
