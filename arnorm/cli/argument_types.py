"""Types of arguments: what argparse calls with a string and shows the error of."""

from __future__ import annotations

from argparse import ArgumentTypeError

from arnorm.formats.encodings import Encoding, UnknownEncodingError, encoding_of

__all__ = ["input_encoding", "output_encoding"]


def input_encoding(spec: str) -> Encoding:
    """The encoding of input (`encoding_of`), for argparse."""
    return _named(spec, output=False)


def output_encoding(spec: str) -> Encoding:
    """The encoding of output, for argparse."""
    return _named(spec, output=True)


def _named(spec: str, *, output: bool) -> Encoding:
    try:
        return encoding_of(spec, output=output)
    except UnknownEncodingError as error:
        raise ArgumentTypeError(str(error)) from error
