"""Encodings of files, and decoding that knows where it is.

A signature (byte order mark) at the start of a file is part of its encoding, not of its text: it is not shown to any
pass, and is written again when the same encoding is written.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from functools import cache

from arnorm.errors import ArnormError, UndecodableInputError

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
#: The name of no encoding: the one of the file is to be guessed.
AUTO = "auto"
# Without a signature little-endian, as on every computer that is likely to have written the file.
_UNSIGNED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
#: Bytes that are waited for before an encoding is guessed.
ENOUGH_TO_GUESS = 1 << 12
# These mend what they have let in: bytes that were not text come out as they were.
_BOTH_WAYS = {"surrogateescape", "surrogatepass"}
# Here the meaning of a byte depends on those before it, though each of the 256 gives a character.
_ESCAPING = ("iso2022", "hz", "unicode", "raw")


@dataclass(frozen=True)
class Encoding:
    """A codec, what to do with bytes it does not know, and the signature before the text."""

    codec: str
    errors: str = "strict"
    signature: bytes = b""

    def of(self, head: bytes) -> Encoding:
        """This encoding as it is in a file that begins with *head* (or is *head*); a guess where it is `AUTO`."""
        if self.codec == AUTO:
            from arnorm.formats.guessing import guess  # few files need it

            return replace(self, codec=guess(head) or "utf-8").of(head)
        for signature, codec in _SIGNATURES.get(self.codec, []):
            if head.startswith(signature):
                return replace(self, codec=codec, signature=signature)
        return replace(self, codec=_UNSIGNED.get(self.codec, self.codec), signature=b"")

    def may_begin(self, head: bytes) -> bool:
        """Whether *head* is the beginning of a signature, or too little to guess by."""
        if self.codec == AUTO:
            return len(head) < ENOUGH_TO_GUESS
        return any(len(head) < len(mark) and mark.startswith(head) for mark, _ in _SIGNATURES.get(self.codec, []))

    def for_output(self) -> Encoding:
        """This encoding for writing: strict, unless its way with errors is good for both directions."""
        return self if self.errors in _BOTH_WAYS else replace(self, errors="strict")

    def signed(self) -> Encoding:
        """This encoding with a signature, and a byte order."""
        return self.of(_SIGNATURES[self.codec][0][0])

    @property
    def by_line(self) -> bool:
        """Whether the bytes of a line can be decoded without those before it, and 0x0A is a line feed and no more.

        True of UTF-8 and of encodings of one byte a character.

        >>> [Encoding(codec).by_line for codec in ("utf-8", "cp1256", "utf-16-le", "utf-7", "gb18030")]
        [True, True, False, False, False]
        """
        return self.codec in ("utf-8", AUTO) or _one_byte_a_character(self.codec)

    @property
    def takes_all_bytes(self) -> bool:
        """Whether every byte is a character, so that nothing can fail to decode.

        >>> [Encoding(codec).takes_all_bytes for codec in ("utf-8", "cp1256", "iso8859-6")]
        [False, True, False]
        """
        return self.codec != AUTO and _one_byte_a_character(self.codec) and _takes_all_bytes(self.codec)

    def encode(self, text: str) -> bytes:
        """*text* in this encoding, without the signature."""
        return text.encode(self.codec, self.errors)


UTF8 = Encoding("utf-8")


@cache
def _one_byte_a_character(codec: str) -> bool:
    every = bytes(range(256))
    decoded = every.decode(codec, "replace")
    return len(decoded) == 256 and decoded[10] == "\n" and not codec.startswith(_ESCAPING)


@cache
def _takes_all_bytes(codec: str) -> bool:
    return "\ufffd" not in bytes(range(256)).decode(codec, "replace")


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


class BadBytes(Exception):  # noqa: N818  (never seen by a user: who knows the line makes the error)
    """Bytes that do not decode: the text before them, their offset, and the first of them."""

    def __init__(self, text: str, offset: int, byte: int) -> None:
        super().__init__(text, offset, byte)
        self.text, self.offset, self.byte = text, offset, byte

    def error(self, name: str, encoding: Encoding, line: int, sample: bytes = b"") -> UndecodableInputError:
        """The error for the user, with what *sample*, bytes of the file, looks like."""
        return UndecodableInputError(name, encoding.codec, line, self.offset, self.byte, likely(sample, encoding))


def likely(sample: bytes, encoding: Encoding) -> str:
    """Which encoding *sample* is likely in, if in another than *encoding*; else nothing."""
    from arnorm.formats.guessing import guess  # only on the way to an error

    found = guess(sample) or ""
    return "" if encoding.signature or found == encoding.codec else found


def encoding_of(spec: str, *, output: bool = False) -> Encoding:
    """``utf-8``, ``cp1256``, ``utf-8:replace``: an encoding, and after the colon what to do with errors.

    Of input ``auto`` is the one that each file looks like; of *output* ``utf-8-sig``, ``utf-16`` and ``utf-32`` write a
    signature. Raises `UnknownEncodingError` for another name.
    """
    name, _, errors = spec.partition(":")
    try:
        codecs.lookup_error(errors or "strict")
        if name == AUTO and not output:
            return Encoding(AUTO, errors or "strict")
        if name == AUTO:
            raise UnknownEncodingError("auto is for reading; name the encoding to write")
        found = codecs.lookup(name)
    except (LookupError, ValueError) as error:
        raise UnknownEncodingError(f"{error}; {_KNOWN}") from error
    if not getattr(found, "_is_text_encoding", True):  # base64 and its like
        raise UnknownEncodingError(f"not an encoding of text: {name}; {_KNOWN}")
    encoding = Encoding("utf-8" if found.name == "utf-8-sig" else found.name, errors or "strict")
    return encoding.signed() if output and found.name in ("utf-8-sig", "utf-16", "utf-32") else encoding


_KNOWN = "known are auto, utf-8, cp1256, iso8859-6, utf-16 and many more"


class UnknownEncodingError(ArnormError, ValueError):
    """A name of no encoding of text."""
