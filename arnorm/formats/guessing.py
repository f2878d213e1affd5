"""What bytes may be that are no UTF-8: the encoding whose words are Arabic words, or a file that is no text at all.

Every encoding in which Arabic is met is tried, and the share of its words that are common Arabic words is compared.
The right one has half of them or more; a wrong one gives letters too, but hardly a word. What is in none of them is
left to the package charset-normalizer, where it is installed.
"""

from __future__ import annotations

import codecs
import re

from arnorm.formats.errors import FormatError

#: Bytes that are enough to guess by.
ENOUGH = 1 << 16
#: Encodings of Arabic, as Python names them. Where two read a text alike, the first: the letters of MacArabic are
#: those of ISO-8859-6, with more around them.
ENCODINGS = ("cp1256", "iso8859-6", "mac-arabic", "cp720", "utf-16-le", "utf-16-be")
#: Share of words that have to be known; counted on words of the list itself, which is half of running text.
_LEAST = 0.2
#: Bytes from which on the package is believed; of a word or two it says anything.
_TELLING = 256
#: Words that are looked up.
_WORDS = 2000
_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Runs outside ASCII, without the marks and signs at their edges: one rubbish character in a word makes it no word.
_WORD = re.compile("[^\x00-\x7f]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_EDGES = (
    "\xa0\xab\xbb\u060c\u061b\u061f\u0640\u066a\u066b\u066c"
    "\u200c\u200d\u200e\u200f\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
)


def guess(data: bytes) -> str | None:
    """The encoding that *data*, the beginning of a file, is most likely in; None where nothing is likely.

    >>> guess("ذهب الولد إلى المدرسة".encode("cp1256")), guess("ذهب الولد إلى المدرسة".encode("utf-16-be"))
    ('cp1256', 'utf-16-be')
    >>> guess("ذهب".encode()), guess(bytes(range(128, 256)))
    ('utf-8', None)
    """
    data = data[:ENOUGH]
    for signature, codec in _SIGNATURES:
        if data.startswith(signature):
            return codec
    if b"\0" in data and (wide := _wide(data)):
        return wide
    if _decoded(data, "utf-8") is not None:
        return "utf-8"
    texts = {codec: _decoded(data, codec) for codec in ENCODINGS}
    shares = {codec: share_of_words(text) for codec, text in texts.items() if text and not _is_binary(text)}
    best = max(shares, key=shares.__getitem__, default=None)
    if best is not None and shares[best] >= _LEAST:
        return best
    return None if _is_mostly_utf8(data) else _guess_of_others(data)


#: The least share of characters whose higher byte is one of the two, and the most of bytes that are so by chance.
_MOST, _FEW = 0.8, 0.2


def _wide(data: bytes) -> str | None:
    """UTF-16, by every second byte: 0 of spaces, digits and Latin letters, 6 of Arabic ones."""
    high = [sum(data[at::2].count(byte) for byte in (0, 6)) for at in (0, 1)]
    codec = "utf-16-be" if high[0] > high[1] else "utf-16-le"
    sure = max(high) * 2 > _MOST * len(data) and min(high) * 2 < _FEW * len(data)
    text = (_decoded(data, codec) or "") if sure else ""
    return codec if sum(map(str.isalpha, text)) * 4 > len(text) else None


def _decoded(data: bytes, codec: str) -> str | None:
    """*data*, which may be cut within a character; None where it is not in the encoding."""
    try:
        return codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeDecodeError:
        return None


def _is_binary(text: str) -> bool:
    """Whether *text* has control characters in earnest, as UTF-16 has when it is read byte by byte."""
    return len(_CONTROLS.findall(text)) * 100 > len(text)


def share_of_words(text: str) -> float:
    """The share of common Arabic words among the words of *text* that are not in ASCII.

    >>> share_of_words("كتاب في البيت"), share_of_words("ßÊÇÈ")
    (1.0, 0.0)
    """
    from arnorm.passes._lexicon import is_known  # few files need it

    words = [word.strip(_EDGES) for word in _WORD.findall(text)[:_WORDS]]
    words = [word for word in words if word]
    return sum(map(is_known, words)) / max(len(words), 1)


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether *data* is UTF-8 with a fault here and there, which is no reason to take it for something else."""
    text = data.decode("utf-8", "replace")
    return text.count("\ufffd") * 10 < sum(character > "\x7f" for character in text)


def _guess_of_others(data: bytes) -> str | None:
    """What charset-normalizer says of *data*, by Python's name; None where it is missing or is not sure."""
    if len(data) < _TELLING:
        return None
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    best = from_bytes(data).best()
    return None if best is None or best.encoding == "utf_8" else codecs.lookup(best.encoding).name


# --- Files that are no text ----------------------------------------------------------------------------------------

_OFFICE = "save it as plain text, or convert it: pandoc FILE -t plain"
#: How files begin that are no text; what they are, and what to do with them.
_NO_TEXT: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", "name it .pdf, or use --format pdf"),
    (b"PK\x03\x04", "a zip archive", "unpack it first"),
    (b"{\\rtf", "an RTF document", _OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", "save it as plain text first"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)", "read its text first: tesseract -l ara"),
    (b"\xff\xd8\xff", "an image (JPEG)", "read its text first: tesseract -l ara"),
    (b"GIF87a", "an image (GIF)", "read its text first: tesseract -l ara"),
    (b"GIF89a", "an image (GIF)", "read its text first: tesseract -l ara"),
    (b"II*\0", "an image (TIFF)", "read its text first: tesseract -l ara"),
    (b"MM\0*", "an image (TIFF)", "read its text first: tesseract -l ara"),
    (b"\x1f\x8b", "a file packed by gzip", "name it .gz"),
    (b"\xfd7zXZ\0", "a file packed by xz", "name it .xz"),
    (b"\x28\xb5\x2f\xfd", "a file packed by zstd", "name it .zst"),
    (b"BZh91AY&SY", "a file packed by bzip2", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"SQLite format 3\0", "an SQLite database", "export its text first"),
    (b"\x7fELF", "a program", "give a file of text"),
    (b"PAR1\x15", "a Parquet file", "name it .parquet, or use --format parquet"),
    (b"ARROW1\0\0", "an Arrow file", "name it .arrow, or use --format arrow"),
)
#: What a zip archive is that holds such a name near its beginning.
_ZIPPED = (
    (b"word/", "a Word document", "name it .docx, or use --format docx"),
    (b"xl/", "an Excel sheet", "save it as CSV first"),
    (b"ppt/", "a PowerPoint presentation", "save it as plain text first"),
    (b"mimetypeapplication/epub", "an EPUB book", _OFFICE),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file", _OFFICE),
)


def must_be_text(head: bytes, name: str) -> None:
    """Raise `FormatError` where a file that begins with *head* is no text, with what it is and what to do.

    So is UTF-16 without a signature, for who does not expect it: its bytes are good ASCII, half of them controls.

    >>> must_be_text(b"%PDF-1.7", "a.txt")
    Traceback (most recent call last):
    arnorm.formats.errors.FormatError: a.txt: a PDF document, not text; name it .pdf, or use --format pdf
    """
    for beginning, what, advice in _NO_TEXT:
        if head.startswith(beginning):
            zipped = [row[1:] for row in _ZIPPED if what == "a zip archive" and row[0] in head[:ENOUGH]]
            what, advice = (*zipped, (what, advice))[0]
            raise FormatError(f"{name}: {what}, not text; {advice}")
    if b"\0" in head[:ENOUGH] and _wide(head[:ENOUGH]):
        wide = guess(head)
        raise FormatError(f"{name}: every second byte is 0 or 6; it looks like {wide}: pass -e {wide}")
