"""Named code points and sets of the Arabic script. Data only.

The sets are written out rather than asked of `unicodedata`, so that a versioned profile does the same on every
Python: a newer one knows more characters. Block names are Unicode's.
"""

from __future__ import annotations

TATWEEL = "\N{ARABIC TATWEEL}"
SHADDA = "\N{ARABIC SHADDA}"
SUKUN = "\N{ARABIC SUKUN}"
FATHATAN = "\N{ARABIC FATHATAN}"
DAGGER_ALEF = "\N{ARABIC LETTER SUPERSCRIPT ALEF}"

TANWEEN = FATHATAN + "\N{ARABIC DAMMATAN}\N{ARABIC KASRATAN}"
SHORT_VOWELS = "\N{ARABIC FATHA}\N{ARABIC DAMMA}\N{ARABIC KASRA}"
#: The eight core marks, U+064B–0652.
HARAKAT = TANWEEN + SHORT_VOWELS + SHADDA + SUKUN

#: U+0653–0655 and the wavy hamza: parts of letters (آ أ إ in decomposed text), no vowels. No pass strips them
#: from a letter they can compose with.
LETTER_PARTS = "\N{ARABIC MADDAH ABOVE}\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}\N{ARABIC WAVY HAMZA BELOW}"


def _span(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


#: Small words of blessing over names, and small high letters: «محمدؐ».
HONORIFIC_MARKS = _span(0x0610, 0x061A)
#: Pauses, end of ayah, place of sajdah, small letters of the mushaf.
QURANIC_MARKS = _span(0x06D6, 0x06ED)
#: Subscript alef, inverted damma and kin, in the Arabic block behind the core harakat.
OTHER_VOWELS = _span(0x0656, 0x065E)
#: Marks of Arabic Extended-A, -B and -C: African and South-East Asian orthographies, and the mushaf.
EXTENDED_MARKS = _span(0x0897, 0x089F) + _span(0x08CA, 0x08FF) + _span(0x10EFC, 0x10EFF)

#: Combining marks of no script in particular: accents, and the lines, strokes, rings and ties that are drawn over
#: letters. Not U+20E3, which makes an emoji of a digit.
DRAWN_MARKS = (
    _span(0x0300, 0x036F)
    + _span(0x0483, 0x0489)
    + _span(0x1AB0, 0x1ACE)
    + _span(0x1DC0, 0x1DFF)
    + _span(0x20D0, 0x20E2)
    + _span(0x20E4, 0x20F0)
    + _span(0xFE20, 0xFE2F)
)
#: Marks that old encodings set as characters of their own, with nothing under them and on a tatweel.
LONE_MARKS = _span(0xFC5E, 0xFC63) + "\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e"
TATWEEL_MARKS = _span(0xFCF2, 0xFCF4) + "\ufe71\ufe77\ufe79\ufe7b\ufe7d\ufe7f"

ALL_MARKS = HARAKAT + DAGGER_ALEF + OTHER_VOWELS + HONORIFIC_MARKS + QURANIC_MARKS + EXTENDED_MARKS

# The insides of character classes, for patterns.

#: Letters of the Arabic script (no tatweel, no marks, no digits, no presentation forms).
LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
)
_RARER_MARK = "\u0670\u0610-\u061a\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff"
#: All marks that sit on a letter, letters' parts included.
MARK = "\u064b-\u065f" + _RARER_MARK
#: The hamza above and below and the wavy hamza, as marks.
HAMZA_MARK = "\u0654\u0655\u065f"
#: All other marks.
MARK_BUT_HAMZA = "\u064b-\u0653\u0656-\u065e" + _RARER_MARK
#: What a letter has one of: the short vowels, tanween and sukun, in the signs of the mushaf too (U+06E1, U+08F0-08F2).
VOWEL = "\u064b-\u0650\u0652\u06e1\u08f0-\u08f2"
