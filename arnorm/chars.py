"""The Arabic script: its letters, marks, digits and joiners, what is joined to words, by name. Data only.

Each set stands here once, with what it is for; passes, spans, words and spelling take it from here.

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
#: The key that is drawn around a digit or a letter; with a digit it is an emoji.
KEYCAP = "\N{COMBINING ENCLOSING KEYCAP}"
#: Marks that old encodings set as characters of their own, with nothing under them and on a tatweel.
LONE_MARKS = _span(0xFC5E, 0xFC63) + "\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e"
TATWEEL_MARKS = _span(0xFCF2, 0xFCF4) + "\ufe71\ufe77\ufe79\ufe7b\ufe7d\ufe7f"

ALL_MARKS = HARAKAT + DAGGER_ALEF + OTHER_VOWELS + HONORIFIC_MARKS + QURANIC_MARKS + EXTENDED_MARKS

# The insides of character classes, for patterns. A class that two modules need stands here, under one name.

# --- digits ---

#: The digits of the three sets in which Arabic is written: European, Arabic-Indic, Persian (Eastern Arabic-Indic).
DIGIT = "0-9٠-٩۰-۹"
#: Those that begin a number that is not zero.
FIRST_DIGIT = "1-9١-٩۱-۹"
#: Those of the Arabic block, which a Latin text does not have.
EASTERN_DIGIT = "٠-٩۰-۹"
#: Those of Arabic itself.
ARABIC_DIGIT = "٠-٩"

# --- letters ---

#: Letters of Arabic as it is typed: hamza to ghain, feh to yeh. No wasla, which only the Qur'an has.
ARABIC_LETTER = "\u0621-\u063a\u0641-\u064a"
#: Letters of Arabic as it is written in Arabic, the wasla of the Qur'an too.
ARABIC = f"{ARABIC_LETTER}\u0671"
#: All letters of the Arabic script, those of other languages too: a word with one of them is a word, though seldom ours
#: to judge. No tatweel, no marks, no digits, no presentation forms.
LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
)
#: Those of the Arabic block, by which a line is known to be in Arabic script.
BLOCK_LETTER = "\u0620-\u063f\u0641-\u064a\u0671-\u06d3"
#: Letters that Persian, Urdu, Kurdish and others have and Arabic has not; ک and ی, which Arabic is typed with on their
#: keyboards, are not among them.
OTHERS_LETTER = "\u0679-\u06a8\u06ab-\u06bf\u06c0-\u06c3\u06c5-\u06cb\u06cd-\u06d3"

# --- marks ---

#: The eight core harakat; and those that a letter inside a word can have, which is no tanween.
HARAKA = "\u064b-\u0652"
INNER_HARAKA = "\u064e-\u0652"
#: Madda and hamza in a mark of their own, as decomposed text has them: NFC composes them with their letter.
COMPOSING_MARK = "\u0653-\u0655"
#: The marks that are typed: those of U+064B-065F, and the dagger alef.
TYPED_MARK = "\u064b-\u065f\u0670"
_RARER_MARK = "\u0670\u0610-\u061a\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff"
#: All marks that sit on a letter, letters' parts included.
MARK = "\u064b-\u065f" + _RARER_MARK
#: Those that have no width and no direction, as Unicode's bidi classes have it: all but the small waw and yeh (U+06E5,
#: U+06E6), which are letters there.
NONSPACING_MARK = MARK.replace("\u06df-\u06e8", "\u06df-\u06e4\u06e7\u06e8")
#: The hamza above and below and the wavy hamza, as marks.
HAMZA_MARK = "\u0654\u0655\u065f"
#: All other marks.
MARK_BUT_HAMZA = "\u064b-\u0653\u0656-\u065e" + _RARER_MARK
#: What a letter has one of: the short vowels, tanween and sukun, in the signs of the mushaf too (U+06E1, U+08F0-08F2).
VOWEL = "\u064b-\u0650\u0652\u06e1\u08f0-\u08f2"

# --- signs ---

#: Signs that are another with the stroke U+0338 over it in decomposed text: «≠» is «=» with one.
STRUCK = (
    "\u219a\u219b\u21ae\u21cd-\u21cf\u2204\u2209\u220c\u2224\u2226\u2241\u2244\u2247\u2249\u2260\u2262"
    "\u226d-\u2271\u2274\u2275\u2278\u2279\u2280\u2281\u2284\u2285\u2288\u2289\u22ac-\u22af\u22e0-\u22e3"
    "\u22ea-\u22ed"
)

# --- what is not seen ---

#: The controls that embed or isolate a direction.
BIDI_CONTROL = "\u202a-\u202e\u2066-\u2069"
#: Soft hyphen, joiners, direction marks and their like: between the characters of a name they belong to it.
UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
#: Those between letters that part no word, and the variation selectors; a zero width space does part one.
UNSEEN_IN_WORD = f"\u00ad\u061c\u200c-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff{BIDI_CONTROL}"
#: What may stand between two words that could be one; a tab or a line end parts cells and lines.
BLANKS = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

# --- letters that writers exchange ---

#: Hamza on alef, the wasla, ى and ة: what careless spelling leaves off. Word lists are asked so, however a word is
#: written.
FOLDED = str.maketrans("أإآٱىة", "اااايه")

# --- clitics and particles ---
# What Arabic writes together with the next word or the one before: any grammar has them (Wright I, §§ 182-188, 356-366;
# II, §§ 37-38). The lists differ by what they are for; what one has and another lacks is said where it is added.

#: The words of one letter that are joined to the next word: "and", "so", "in", "for", "like".
PREPOSITIONS = ("ب", "ل", "ك")
JOINED = ("و", "ف", *PREPOSITIONS)
#: Two of them in a row.
JOINED_TWICE = ("وب", "ول", "وك", "فب", "فل")
#: The article, and with one of them before it; «لل» has lost its alef.
ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل")
#: The pronouns that are joined to the word before.
ENCLITICS = ("ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ي", "ني")
#: What may be taken off the beginning of a word to find it in a list, «س» of the future and «أ» of a question too. The
#: last two have the person of a verb in them, «ليكتب».
PROCLITICS = (
    "و", "ف", "ب", "ل", "ك", "س", "أ", "ال", "وال", "بال", "لل", "كال", "فال", "وبال", "ولل",
    "وب", "ول", "وس", "وك", "فب", "فل", "فس", "لي", "سي",
)  # fmt: skip
#: Of those, what stands before a noun.
NOUN_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "ال", "وال", "بال", "لل", "فال")
#: Particles that people write onto the next word, «يارب», «لابد», «ماشاء».
GLUED_PARTICLES = ("يا", "لا", "ما", "ولا", "وما", "فلا", "فما", "ويا")
