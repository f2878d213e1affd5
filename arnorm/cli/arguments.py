"""Arguments of commands: the types that argparse calls, and what a command takes instead of argparse's namespace."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from arnorm.formats.encodings import Encoding, UnknownEncodingError, encoding_of

T = TypeVar("T")


def taken(kind: type[T], args: Namespace) -> T:
    """The arguments of a command as a *kind* of dataclass, whose fields have the names of the options.

    >>> from arnorm.cli.pipelines import PipelineArguments
    >>> taken(PipelineArguments, Namespace(without=["fold_alef"], another=True)).without
    ['fold_alef']
    """
    given = vars(args)
    return kind(**{each.name: given[each.name] for each in fields(kind) if each.name in given})  # type: ignore[arg-type]


def runs(parser: ArgumentParser | Any, kind: type[T], run: Callable[[T], int]) -> None:
    """Have the command of *parser* run by *run*, with its arguments as a *kind* of dataclass."""
    parser.set_defaults(run=lambda args: run(taken(kind, args)))


def input_encoding(spec: str) -> Encoding:
    """The encoding of input (`encoding_of`), for argparse."""
    return _named(spec, output=False)


def output_encoding(spec: str) -> Encoding:
    """The encoding of output, for argparse."""
    return _named(spec, output=True)


def _named(spec: str, *, output: bool) -> Encoding:
    """The encoding called *spec*; an error that argparse shows where there is none."""
    try:
        return encoding_of(spec, output=output)
    except UnknownEncodingError as error:
        raise ArgumentTypeError(str(error)) from error
