"""Arabic letters as Latin ones and back, one to one: Buckwalter's scheme and its kin, and Habash-Soudi-Buckwalter.

Tables for exchange with tools and corpora that keep Arabic in ASCII. Readers and libraries are served by ISO 233 and
ALA-LC, which write the vowels that the text leaves out and are no tables: they need a diacritizer first, and then ICU.
"""

from __future__ import annotations

from arnorm.core import CharMap
from arnorm.errors import UnknownNameError

__all__ = ["map_arabic_to_latin", "map_latin_to_arabic"]

_ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْٰٱپچڤگ"
#: Letter by letter in the order of ``_ARABIC``. Buckwalter: Tim Buckwalter, "Arabic Transliteration" (2002); its
#: variants and HSB: Habash, *Introduction to Arabic Natural Language Processing* (2010), 2.3.
_SCHEMES = {
    "buckwalter": "'|>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{PJVG",
    "xml-buckwalter": "'|OWI}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{PJVG",
    "safe-buckwalter": "CMOWIQAbptvjHxdVrzscSDTZEg_fqklmnhwYyFNKaui~oeLPJBG",
    "hsb": "'ĀÂŵĂŷAbħtθjHxdðrzsšSDTĎςγ_fqklmnhwýyãũĩaui~.áÄpcvg",
}


#: SATTS writes letters, no vowels, and one sign for what looks alike in Morse: ه and ة, ي and ى, and ا with or without
#: madda. A hamza follows its seat («AE», «WE», «IE»). Standard Arabic Technical Transliteration System, as the
#: teleprinters had it.
_SATTS = dict(zip("ءابةتثجحخدذرزسشصضطظعغفقكلمنهوىي", 'EAB?TCJHODZR;S:XVUY"GFQKLMN?WII', strict=True)) | {
    "آ": "A", "أ": "AE", "إ": "AE", "ؤ": "WE", "ئ": "IE", **dict.fromkeys("ـًٌٍَُِّْ", ""),
}  # fmt: skip


def _table(scheme: str) -> dict[str, str]:
    if scheme == "satts":
        return _SATTS
    return dict(zip(_ARABIC, _letters(scheme, "satts"), strict=True))


def _letters(scheme: str, *others: str) -> str:
    if not isinstance(scheme, str) or scheme not in _SCHEMES:
        raise UnknownNameError("scheme of transliteration", scheme, (*_SCHEMES, *others))
    return _SCHEMES[scheme]


def map_arabic_to_latin(scheme: str = "buckwalter") -> CharMap:
    """A table from Arabic letters and vowels to the Latin ones of a *scheme*.

    *scheme* is "buckwalter", "xml-buckwalter" (without < > &), "safe-buckwalter" (letters only), "hsb"
    (Habash-Soudi-Buckwalter) or "satts". `map_latin_to_arabic` is its exact inverse on text of these letters, but for
    SATTS, which drops vowels and writes one sign for ه and ة, ي and ى. Digits, punctuation and other letters stay;
    Latin text that was there before cannot be told from transliterated text afterwards. Raises `UnknownNameError` for
    another scheme.

    >>> map_arabic_to_latin()("قرأتُ كتابًا"), map_arabic_to_latin("hsb")("ذهب إلى")
    ('qr>tu ktAbFA', 'ðhb Ălý')
    """
    return CharMap(
        "map_arabic_to_latin",
        _table(scheme),
        lossy=True,
        summary=f"Arabic letters to Latin ones, one to one ({scheme})",
        leaves="Digits, punctuation and letters of other languages; text should be in NFC.",
        examples=(("كتاب", "ktAb"), ("مدرسة", "mdrsp")) if scheme == "buckwalter" else (),
        args=(("scheme", scheme),),
    )


def map_latin_to_arabic(scheme: str = "buckwalter") -> CharMap:
    """The inverse of `map_arabic_to_latin`, for text that is in that *scheme* throughout.

    Blind: every letter of the scheme becomes Arabic, so that Latin words in the text turn to nonsense: protect them.
    Raises `UnknownNameError` for another scheme, and for "satts", which has no inverse.

    >>> map_latin_to_arabic()("qr>tu ktAbFA")
    'قرأتُ كتابًا'
    """
    return CharMap(
        "map_latin_to_arabic",
        dict(zip(_letters(scheme), _ARABIC, strict=True)),
        lossy=True,
        summary=f"Latin letters of a transliteration back to Arabic ({scheme})",
        leaves="Nothing of the scheme: Latin words, and signs that stand for letters, become Arabic. Digits stay.",
        examples=(("ktAb", "كتاب"), ("mdrsp", "مدرسة")) if scheme == "buckwalter" else (),
        args=(("scheme", scheme),),
    )
