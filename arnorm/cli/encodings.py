"""Encodings as the command line names them, and decoding that knows where it is.

A signature (byte order mark) at the start of a file is part of its encoding, not of its text: it is not shown to any
pass, and is written again when the same encoding is written.
"""

from __future__ import annotations

import codecs
from argparse import ArgumentTypeError
from dataclasses import dataclass, replace

from arnorm.errors import UndecodableInputError

_UTF16_LE, _UTF16_BE = (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")
_UTF32_LE, _UTF32_BE = (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")
_SIGNATURES = {
    "utf-8": [(codecs.BOM_UTF8, "utf-8")],
    "utf-16": [_UTF16_LE, _UTF16_BE],
    "utf-16-le": [_UTF16_LE],
    "utf-16-be": [_UTF16_BE],
    "utf-32": [_UTF32_LE, _UTF32_BE],
    "utf-32-le": [_UTF32_LE],
    "utf-32-be": [_UTF32_BE],
}
# Without a signature little-endian, as on every computer that is likely to have written the file.
_UNSIGNED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
# These mend what they have let in: bytes that were not text come out as they were.
_BOTH_WAYS = {"surrogateescape", "surrogatepass"}


@dataclass(frozen=True)
class Encoding:
    """A codec, what to do with bytes it does not know, and the signature before the text."""

    codec: str
    errors: str = "strict"
    signature: bytes = b""

    def of(self, head: bytes) -> Encoding:
        """This encoding as it is in a file that begins with *head* (or is *head*)."""
        for signature, codec in _SIGNATURES.get(self.codec, []):
            if head.startswith(signature):
                return replace(self, codec=codec, signature=signature)
        return replace(self, codec=_UNSIGNED.get(self.codec, self.codec), signature=b"")

    def may_begin(self, head: bytes) -> bool:
        """Whether *head* is the beginning of a signature, and no more."""
        return any(len(head) < len(mark) and mark.startswith(head) for mark, _ in _SIGNATURES.get(self.codec, []))

    def for_output(self) -> Encoding:
        """This encoding for writing: strict, unless its way with errors is good for both directions."""
        return self if self.errors in _BOTH_WAYS else replace(self, errors="strict")

    def encode(self, text: str) -> bytes:
        """*text* in this encoding, without the signature."""
        return text.encode(self.codec, self.errors)


UTF8 = Encoding("utf-8")


def input_encoding(spec: str) -> Encoding:
    """``utf-8``, ``cp1256``, ``utf-8:replace``: the encoding of input, and after the colon what to do with errors."""
    name, _, errors = spec.partition(":")
    try:
        found = codecs.lookup(name)
        codecs.lookup_error(errors or "strict")
        if not getattr(found, "_is_text_encoding", True):  # base64 and its like
            raise LookupError(f"not an encoding of text: {name}")
    except (LookupError, ValueError) as error:
        raise ArgumentTypeError(f"{error}; known are utf-8, cp1256, iso8859-6, utf-16 and many more") from error
    codec = found.name
    return Encoding("utf-8" if codec == "utf-8-sig" else codec, errors or "strict")


def output_encoding(spec: str) -> Encoding:
    """The encoding of output: as for input, and ``utf-8-sig``, ``utf-16`` and ``utf-32`` write a signature."""
    encoding = input_encoding(spec)
    signed = codecs.lookup(spec.partition(":")[0]).name in ("utf-8-sig", "utf-16", "utf-32")
    return encoding.of(_SIGNATURES[encoding.codec][0][0]) if signed else encoding


class Decoder:
    """Decodes a file block by block, and says of bytes that do not decode where in the file they are."""

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding.codec)(encoding.errors)
        self._offset = len(encoding.signature)

    def decode(self, data: bytes, *, final: bool = False) -> str:
        """The text of *data*. Raises `BadBytes`, with the text before the bytes at fault."""
        state = self._decoder.getstate()
        try:
            text = self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            at = error.start - len(state[0])  # bytes kept from the block before count as this one's
            self._decoder.setstate(state)
            good = self._decoder.decode(data[:at]) if at > 0 else ""
            raise BadBytes(good, self._offset + at, error.object[error.start]) from None
        self._offset += len(data)
        return text


class BadBytes(Exception):  # noqa: N818  (never seen by a user: `inputs` makes the error, knowing the line)
    """Bytes that do not decode: the text before them, their offset, and the first of them."""

    def __init__(self, text: str, offset: int, byte: int) -> None:
        super().__init__(text, offset, byte)
        self.text, self.offset, self.byte = text, offset, byte

    def error(self, name: str, encoding: Encoding, line: int) -> UndecodableInputError:
        """The error for the user."""
        return UndecodableInputError(name, encoding.codec, line, self.offset, self.byte)
