"""Encodings as the command line names them."""

from __future__ import annotations

import codecs
from argparse import ArgumentTypeError

from arnorm.formats.encodings import AUTO, UTF8, BadBytes, Decoder, Encoding

__all__ = ["UTF8", "BadBytes", "Decoder", "Encoding", "input_encoding", "output_encoding"]


def input_encoding(spec: str) -> Encoding:
    """``utf-8``, ``cp1256``, ``utf-8:replace``: the encoding of input, and after the colon what to do with errors.

    ``auto`` is the one that each file looks like.
    """
    name, _, errors = spec.partition(":")
    try:
        codecs.lookup_error(errors or "strict")
        if name == AUTO:
            return Encoding(AUTO, errors or "strict")
        found = codecs.lookup(name)
        if not getattr(found, "_is_text_encoding", True):  # base64 and its like
            raise LookupError(f"not an encoding of text: {name}")
    except (LookupError, ValueError) as error:
        raise ArgumentTypeError(f"{error}; known are auto, utf-8, cp1256, iso8859-6, utf-16 and many more") from error
    codec = found.name
    return Encoding("utf-8" if codec == "utf-8-sig" else codec, errors or "strict")


def output_encoding(spec: str) -> Encoding:
    """The encoding of output: as for input, and ``utf-8-sig``, ``utf-16`` and ``utf-32`` write a signature."""
    encoding = input_encoding(spec)
    if encoding.codec == AUTO:
        raise ArgumentTypeError("auto is for reading; name the encoding to write")
    signed = codecs.lookup(spec.partition(":")[0]).name in ("utf-8-sig", "utf-16", "utf-32")
    return encoding.signed() if signed else encoding
