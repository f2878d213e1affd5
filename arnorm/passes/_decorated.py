"""Letters that decorated text writes for an Arabic letter, and whose they are.

People who decorate their names («ڪل عام», «جمېل») take letters of other languages for their shape. A
letter is in the table where it is an Arabic letter with something added that Arabic does not know (a ring, a bar, a
small v or tah, one dot below), by its name in Unicode and by its entry in the confusables of UTS #39, or where it is
the same letter in another hand. It is not where the addition makes it like two Arabic letters (ٹ aside, whose base
Urdu tells), where it stands for a sound that Arabic dialects write with it (گ پ چ ژ ڤ ڥ ڨ ڭ ݣ ڠ: see
`fold_persian_letters`), or where it has no dots and could be several (ٮ).
"""

from __future__ import annotations

import unicodedata

#: Letter: the Arabic letter that it stands for, and the languages that own it.
LETTERS: dict[str, tuple[str, str]] = {
    "\u0773": ("ا", "Burushaski"),
    "\u0774": ("ا", "Burushaski"),
    "\u067b": ("ب", "Sindhi"),
    "\u0680": ("ب", "Sindhi"),
    "\u0755": ("ب", "languages of Africa"),
    "\u0679": ("ت", "Urdu, Punjabi, Kashmiri"),
    "\u067a": ("ت", "Sindhi"),
    "\u067c": ("ت", "Pashto"),
    "\u0681": ("ح", "Pashto"),
    "\u0772": ("ح", "Torwali"),
    "\u0688": ("د", "Urdu, Punjabi, Kashmiri"),
    "\u0689": ("د", "Pashto"),
    "\u068a": ("د", "Sindhi"),
    "\u068b": ("د", "Lahnda"),
    "\u068d": ("د", "Sindhi"),
    "\u06ee": ("د", "Parkari"),
    "\u075a": ("د", "Saraiki"),
    "\u0691": ("ر", "Urdu, Punjabi, Kashmiri"),
    "\u0692": ("ر", "Kurdish, in an older spelling"),
    "\u0693": ("ر", "Pashto"),
    "\u0694": ("ر", "Kurdish, in an older spelling"),
    "\u0695": ("ر", "Kurdish"),
    "\u06ef": ("ر", "Parkari"),
    "\u075b": ("ر", "languages of Africa"),
    "\u076c": ("ر", "Ormuri"),
    "\u08aa": ("ر", "Rohingya"),
    "\u0696": ("ز", "Pashto"),
    "\u069b": ("س", "Arabic manuscripts, where the dots say that it is no sheen"),
    "\u0770": ("س", "Khowar"),
    "\u077d": ("س", "Burushaski"),
    "\u077e": ("س", "early Persian"),
    "\u06fa": ("ش", "languages of Africa"),
    "\u069d": ("ص", "Turkic languages"),
    "\u06fb": ("ض", "languages of Africa"),
    "\u06fc": ("غ", "languages of Africa"),
    "\u06a1": ("ف", "Arabic manuscripts, without dots"),
    "\u06a2": ("ف", "Arabic of the Maghreb, where feh has its dot below"),
    "\u06a3": ("ف", "Ingush"),
    "\u08bb": ("ف", "Arabic of the Maghreb: the Warsh reading of the Qur'an"),
    "\u066f": ("ق", "Arabic manuscripts, without dots"),
    "\u06a7": ("ق", "Arabic of the Maghreb, where qaf has one dot; Unicode's confusables see its shape, ف"),
    "\u08bc": ("ق", "Arabic of the Maghreb: the Warsh reading of the Qur'an"),
    "\u06aa": ("ك", "Sindhi; in Arabic a swash form of the same letter"),
    "\u06ab": ("ك", "Pashto"),
    "\u08b4": ("ك", "Arwi"),
    "\u06b5": ("ل", "Kurdish"),
    "\u06b6": ("ل", "Kurdish, in an older spelling"),
    "\u06b7": ("ل", "Kurdish, in an older spelling"),
    "\u06b8": ("ل", "no living language: an old Unicode letter"),
    "\u076a": ("ل", "Marwari"),
    "\u08a6": ("ل", "languages of Africa"),
    "\u08c7": ("ل", "Punjabi"),
    "\u0765": ("م", "Maba"),
    "\u0766": ("م", "Maba"),
    "\u08a7": ("م", "languages of Africa"),
    "\u06b9": ("ن", "no living language: an old Unicode letter"),
    "\u06ba": ("ن", "Urdu, Punjabi"),
    "\u06bb": ("ن", "Sindhi"),
    "\u06bc": ("ن", "Pashto"),
    "\u0768": ("ن", "Saraiki"),
    "\u0769": ("ن", "Gojri"),
    "\u08bd": ("ن", "Arabic of the Maghreb: the Warsh reading of the Qur'an"),
    "\u06ff": ("ه", "Parkari"),
    "\u06c4": ("و", "Kashmiri"),
    "\u06c5": ("و", "Kyrgyz"),
    "\u06c6": ("و", "Kurdish, Uyghur, Kazakh"),
    "\u06c7": ("و", "Uyghur, Kyrgyz, Azerbaijani"),
    "\u06c8": ("و", "Uyghur"),
    "\u06c9": ("و", "Kyrgyz, Kazakh"),
    "\u06ca": ("و", "Kurdish"),
    "\u06cb": ("و", "Uyghur, Kazakh"),
    "\u06cf": ("و", "Malay"),
    "\u0778": ("و", "Burushaski"),
    "\u0779": ("و", "Burushaski"),
    "\u08ab": ("و", "Rohingya"),
    "\u08b1": ("و", "Tatar, Bashkir"),
    "\u0676": ("ؤ", "Kazakh"),
    "\u0677": ("ؤ", "Kazakh"),
    "\u0620": ("ي", "Kashmiri"),
    "\u063d": ("ي", "early Persian, Azerbaijani"),
    "\u063e": ("ي", "early Persian, Azerbaijani"),
    "\u063f": ("ي", "early Persian, Azerbaijani"),
    "\u06cd": ("ي", "Pashto, Sindhi"),
    "\u06ce": ("ي", "Kurdish"),
    "\u06d0": ("ي", "Pashto, Uyghur"),
    "\u06d1": ("ي", "Mende"),
    "\u0775": ("ي", "Burushaski"),
    "\u0776": ("ي", "Burushaski"),
    "\u0777": ("ي", "Kashmiri"),
    "\u077a": ("ي", "Burushaski"),
    "\u077b": ("ي", "Burushaski"),
    "\u0678": ("ئ", "Kazakh"),
    "\u06d3": ("ئ", "Urdu"),
}


def _mathematical() -> dict[str, tuple[str, str]]:
    """The letters of Unicode's Arabic Mathematical Alphabetic Symbols: initial, tailed, looped, doubled, stretched.

    Each is the Arabic letter of its compatibility decomposition; one without dots is what the same letter is above, and
    a beh without dots could be several and stays, as «ٮ» does.
    """
    found = {}
    for symbol in map(chr, range(0x1EE00, 0x1EEBC)):
        letter = unicodedata.normalize("NFKC", symbol)
        letter = LETTERS.get(letter, (letter, ""))[0]
        if "\u0621" <= letter <= "\u064a":
            found[symbol] = letter, "mathematics"
    return found


LETTERS |= _mathematical()
