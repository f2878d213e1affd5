"""Which repairer: a model, with words of the user's own, and how sure it has to be."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from arnorm.console import argument
from arnorm.errors import InvalidLexiconError, UndecodableInputError
from arnorm.files.errors import DataError
from arnorm.formats.encodings import UTF8
from arnorm.repairer import Repairer


@dataclass(frozen=True)
class RepairerArguments:
    """Which repairer: the arguments that `add_model_options` and `add_policy_option` add."""

    policy: Any = None  #: the name of one; `Repairer` looks it up
    model: str | None = None
    lexicon: str | None = None  #: a file of words


def add_model_options(parser: ArgumentParser | Any) -> None:
    """The options that choose a repairer; `loaded` reads them."""
    parser.add_argument("--model", metavar="M", help="a model that `arnorm train` wrote, instead of arnorm's own")
    parser.add_argument(
        "--lexicon", metavar="FILE", help="words to know and leave alone: UTF-8, one a line, # begins a comment"
    )


def add_policy_option(parser: ArgumentParser | Any) -> None:
    """``--policy``; `loaded` reads it."""
    parser.add_argument(
        "--policy", type=argument, metavar="P", help="how sure to be: safe (default), balanced or thorough"
    )


def loaded(args: RepairerArguments) -> Repairer:
    """The repairer that *args* ask for.

    Raises `UnknownNameError` for a policy that does not exist, a `ModelError` for a file that is no sound model,
    `DataError` for a lexicon that is none, and `OSError` where there is nothing to read.
    """
    words = [*_lexicon(args.lexicon)] if args.lexicon is not None else []
    return Repairer.load(args.model, args.policy or "safe", words)


def _lexicon(path: str) -> Iterator[str]:
    from arnorm.cli.inputs import batches
    from arnorm.words import entry

    for batch in batches([path], UTF8):
        for number, line in enumerate(batch.lines, batch.number):
            try:
                yield entry(line)
            except InvalidLexiconError as error:
                place = f"{batch.name}: line {number}"
                raise DataError(f"{place}: {error.entry!r} is not one Arabic word; write one word a line") from None
        if isinstance(batch.error, UndecodableInputError):
            bad = batch.error
            place = f"{bad.name}: line {bad.line}, byte {bad.offset}"
            looks = f" (it looks like {bad.guess})" if bad.guess else ""
            raise DataError(f"{place} (0x{bad.byte:02x}) is not UTF-8{looks}; convert it first")
        if batch.error is not None:
            raise batch.error
