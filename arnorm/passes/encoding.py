"""One way to encode a text: normalization forms, presentation forms, invisible characters, white space, entities.

What has to be judged (mojibake, reversed lines, swapped ligatures, the wrong keyboard) is in
`arnorm.passes.encoding_repair`.

Character sets are written out or are generated from `unicodedata` over ranges in which every character has been
assigned, and so cannot change, since Unicode 4.0.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import cast

from arnorm.chars import ARABIC_DIGIT, DRAWN_MARKS, LETTER, LONE_MARKS, MARK, TATWEEL_MARKS
from arnorm.core import CharMap, Form, Joined, Judge, Pass
from arnorm.lazy import lazy_pattern
from arnorm.passes._own import Rewrite
from arnorm.portable import Around, Chars, Kept, PortableStep, Put, Search, Within
from arnorm.shapes import ALL_SHAPES, INITIAL, LIGATURES, MEDIAL, SHAPED_LETTER, VisualLines, shaped

__all__ = [
    "nfc",
    "nfd",
    "nfkc",
    "nfkd",
    "unify_cut_forms",
    "unify_presentation_forms",
    "unify_word_ligatures",
    "unify_phrase_signs",
    "unify_isolated_marks",
    "unify_forms_in_order",
    "strip_zero_width",
    "strip_zwnj",
    "strip_zwj",
    "strip_all_zwj",
    "strip_bidi_marks",
    "strip_bidi_controls",
    "strip_control_characters",
    "strip_spaces_under_marks",
    "unify_spaces",
    "unescape_html",
]

_TATWEEL = "\N{ARABIC TATWEEL}"
_ZWJ = "\N{ZERO WIDTH JOINER}"
# The letters, as presentation forms too.
_LETTERS = SHAPED_LETTER
_MARKS = MARK

# One code point for what can be written as one: «ا» + hamza above → «أ».
nfc = Form(
    "nfc",
    "NFC",
    lossy=False,
    summary="Unicode normalization form C: letters and their marks as one character where there is one",
    leaves="Presentation forms, ligatures and full-width characters: they are compatibility variants (see nfkc).",
    examples=(("ا\N{ARABIC HAMZA ABOVE}", "أ"), ("ﷺ", "ﷺ")),
)

# The hamza and madda of «أ آ» as marks of their own: «أ» → «ا» + hamza above.
nfd = Form(
    "nfd",
    "NFD",
    lossy=False,
    summary="Unicode normalization form D: letters and their marks apart",
    leaves="Presentation forms, ligatures and full-width characters: they are compatibility variants (see nfkd).",
    examples=(("آن", "ا\N{ARABIC MADDAH ABOVE}ن"),),
)

_NFK_LEAVES = (
    "Nothing: beyond Arabic it turns ① into 1, ﬁ into fi, ² into 2 and full-width letters into ASCII, and an isolated "
    "mark into a space and the mark. For Arabic forms alone take unify_presentation_forms."
)

# Merges more than Arabic forms: «م²» becomes «م2», and «①» a plain 1.
nfkc = Form(
    "nfkc",
    "NFKC",
    summary="Unicode normalization form KC: compatibility variants folded, then composed",
    leaves=_NFK_LEAVES,
    examples=(("ﻛﺘﺎﺏ ①", "كتاب 1"),),
)
nfkd = Form(
    "nfkd",
    "NFKD",
    summary="Unicode normalization form KD: compatibility variants folded, and taken apart",
    leaves=_NFK_LEAVES,
    examples=(("ﺁﻥ", "ا\N{ARABIC MADDAH ABOVE}ن"),),
)


def _decomposed(characters: Iterable[str]) -> dict[str, str]:
    """The compatibility decompositions of *characters*, without the space that carries a lone mark."""
    return {c: unicodedata.normalize("NFKC", c).lstrip(" ") for c in characters}


# What is joined to something, and has no initial form behind it where the letters stand in the order of reading.
_JOINED = _TATWEEL + _ZWJ + shaped(ALL_SHAPES, "<initial>", "<medial>", "<final>")
_CUT = f"([{_MARKS}]*+)(?![{_LETTERS}{LIGATURES}{_TATWEEL}{_ZWJ}])"


def _with_stroke(match: re.Match[str]) -> str:
    before, initial, marks, medial, more_marks = match.groups("")
    return before + unicodedata.normalize("NFKC", initial + medial) + marks + more_marks + _TATWEEL


def _cut_steps(around: Around) -> Iterator[PortableStep]:
    """A tatweel behind the form and its marks; the form itself is left to the table that comes behind."""
    if around.following == unify_presentation_forms:
        yield from _cut(INITIAL, MEDIAL, None)
        return
    letters: dict[str, str] = {}
    for form in INITIAL + MEDIAL:
        letter = unify_presentation_forms(form)
        letters[letter] = letters.get(letter, "") + form
    for letter, forms in letters.items():
        initial, medial = ("".join(form for form in forms if form in kind) for kind in (INITIAL, MEDIAL))
        yield from _cut(initial, medial, letter)


def _cut(initial: str, medial: str, letter: str | None) -> Iterator[Search]:
    """Those forms, where they are cut, to *letter*, if any, and a tatweel."""
    marks, no_letter = Chars(_MARKS).any, Chars(f"{_LETTERS}{LIGATURES}{_TATWEEL}{_ZWJ}{_MARKS}")
    for forms, before in ((medial, None), (initial, Chars(_JOINED + _MARKS))):
        if forms:
            kept = (Kept(Chars(forms), marks),) if letter is None else (Chars(forms), Put(letter), Kept(marks))
            marks_before = (Kept(marks),) if before else ()
            yield Search(*marks_before, *kept, Put(_TATWEEL), not_behind=before, not_ahead=no_letter)


# Typesetters write the Hijri sign as the initial form of heh: «١٤٤٣ﻫ». Its letter alone would be another shape.
# An initial form right behind a joined one ends a word whose letters were turned round, «ﻦﻣ» for «ﻣﻦ» (or a word that
# was cut, and reads well without a stroke): a tatweel would keep the word from being turned back.
unify_cut_forms = Rewrite(
    "unify_cut_forms",
    f"(?<![{_JOINED}{_MARKS}])([{_MARKS}]*+)([{INITIAL}]){_CUT}|([{MEDIAL}]){_CUT}",
    _with_stroke,
    revision=2,
    steps=_cut_steps,
    needles=tuple(INITIAL + MEDIAL),
    lossy=False,
    summary="an initial or medial form that no letter follows, to its letter and a tatweel: it keeps its shape",
    leaves="Forms inside words, and final and isolated ones: unify_presentation_forms, which comes behind it. An "
    "initial form right behind a joined one, as in «ﻦﻣ»: the word may stand in visual order (see "
    "repair_visual_order).",
    examples=(("١٤٤٣ﻫ", "١٤٤٣هـ"), ("ﻣﺮﺣﺒﺎ", "ﻣﺮﺣﺒﺎ"), ("ﻦﻣ", "ﻦﻣ")),
)

# «ﻣﺮﺣﺒﺎ» → «مرحبا», «ﻵﻥ» → «لآن» (never «لان»: the lam-alefs keep their hamza or madda).
unify_presentation_forms = CharMap(
    "unify_presentation_forms",
    _decomposed(
        chr(number)
        for block in (
            range(0xFB50, 0xFBB2),  # letters of Persian, Urdu, Sindhi ...
            range(0xFBD3, 0xFC5E),  # ... and ligatures of two letters
            range(0xFC64, 0xFCF2),
            range(0xFCF5, 0xFD3E),
            range(0xFD50, 0xFD90),  # ligatures of three letters
            range(0xFD92, 0xFDC8),
            range(0xFE80, 0xFEFD),  # the letters of Arabic, and lam-alef
        )
        for number in block
    ),
    lossy=False,
    summary="presentation forms A and B, and their ligatures, to the letters they show",
    leaves="Word ligatures such as ﷲ and ﷺ, lone marks, and everything outside the Arabic blocks: ①, ﬁ, full-width.",
    examples=(("ﻣﺮﺣﺒﺎ", "مرحبا"), ("ﻵ ﻷ ﻹ ﻻ", "لآ لأ لإ لا"), ("① ﬁ Ａ ﷺ", "① ﬁ Ａ ﷺ")),
)

# The spelling is Unicode's decomposition, written out: it can never change.
_WORDS = {
    "\N{ARABIC LIGATURE SALLA USED AS KORANIC STOP SIGN ISOLATED FORM}": "صلے",
    "\N{ARABIC LIGATURE QALA USED AS KORANIC STOP SIGN ISOLATED FORM}": "قلے",
    "\N{ARABIC LIGATURE ALLAH ISOLATED FORM}": "الله",
    "\N{ARABIC LIGATURE AKBAR ISOLATED FORM}": "اكبر",
    "\N{ARABIC LIGATURE MOHAMMAD ISOLATED FORM}": "محمد",
    "\N{ARABIC LIGATURE SALAM ISOLATED FORM}": "صلعم",
    "\N{ARABIC LIGATURE RASOUL ISOLATED FORM}": "رسول",
    "\N{ARABIC LIGATURE ALAYHE ISOLATED FORM}": "عليه",
    "\N{ARABIC LIGATURE WASALLAM ISOLATED FORM}": "وسلم",
    "\N{ARABIC LIGATURE SALLA ISOLATED FORM}": "صلى",
}


def _word(match: re.Match[str]) -> str:
    # With the preposition the alef goes: «لـ» + «الله» is «لله».
    if match["before"]:
        return match["before"] + "له"
    return match["alef"] + "لله" if match["alef"] else _WORDS[match[0]]


def _word_steps(around: Around) -> Iterator[PortableStep]:
    """A marker behind every sign, so that the sign before is still seen as one when it has been spelled out."""
    marker, kept, wasla = around.markers(3)
    sign, marks = "ﷲ", Chars(_MARKS)
    for stand_in, alef in ((kept, "ا"), (wasla, "ٱ")):
        yield Search(Kept(Chars("يمل"), marks.maybe), alef, Put(stand_in), Kept(marks.any), ahead=Chars(sign))
    yield Search(Kept(Chars("اٱ"), marks.any), sign, Put("لله" + marker))
    yield {kept: "ا", wasla: "ٱ", sign: sign + marker}
    with_preposition = Kept(Chars("وف").maybe, marks.any, "ل", marks.any)
    yield Search(with_preposition, sign, Put("له"), not_behind=Chars(_LETTERS + _MARKS + sign))
    yield {**_WORDS, marker: ""}


# ﷲ is one word drawn as one sign; a search for «الله» must find it. Prefixes join it: «وﷲ» → «والله». Many fonts
# draw it without its alef, which is then typed before it: «اﷲ», «ٱﷲ». Not the alef of «يا», «ما», «لا».
unify_word_ligatures = Rewrite(
    "unify_word_ligatures",
    f"(?<![{_LETTERS}{_MARKS}])(?P<before>[وف]?[{_MARKS}]*+ل[{_MARKS}]*+)ﷲ"
    f"|(?<![يمل])(?<![يمل][{_MARKS}])(?P<alef>[اٱ][{_MARKS}]*+)ﷲ|[{''.join(_WORDS)}]",
    _word,
    steps=_word_steps,
    needles=tuple(_WORDS),
    lossy=False,
    summary="ligatures of one word (ﷲ ﷴ ﷶ ...) spelled out",
    leaves="Signs that stand for a phrase (ﷺ, see unify_phrase_signs), and ﷼, which is a currency sign as $ is.",
    examples=(("ﷲ", "الله"), ("بإذن اﷲ", "بإذن الله"), ("لﷲ", "لله"), ("لِﷲ", "لِله"), ("ﷴ ﷺ", "محمد ﷺ")),
)

_PHRASES = {
    "\ufd40": "رحمه الله",
    "\ufd41": "رضي الله عنه",
    "\ufd42": "رضي الله عنها",
    "\ufd43": "رضي الله عنهم",
    "\ufd44": "رضي الله عنهما",
    "\ufd45": "رضي الله عنهن",
    "\ufd46": "صلى الله عليه وآله",
    "\ufd47": "عليه السلام",
    "\ufd48": "عليهم السلام",
    "\ufd49": "عليهما السلام",
    "\ufd4a": "عليه الصلاة والسلام",
    "\ufd4b": "قدس سره",
    "\ufd4c": "صلى الله عليه وآله وسلم",
    "\ufd4d": "عليها السلام",
    "\ufd4e": "تبارك وتعالى",
    "\ufd4f": "رحمهم الله",
    "\ufdcf": "سلامه علينا",
    "ﷺ": "صلى الله عليه وسلم",
    "ﷻ": "جل جلاله",
    "﷽": "بسم الله الرحمن الرحيم",
    "\ufdfe": "سبحانه وتعالى",
    "\ufdff": "عز وجل",
}
# What a phrase is set off from by a space, where it stands before it and behind it.
_TYPED_BEFORE = f"{_LETTERS}{_MARKS}0-9A-Za-z{ARABIC_DIGIT}،؛؟.,:;!?)»"
_TYPED_BEHIND = f"{_LETTERS}0-9A-Za-z{ARABIC_DIGIT}(«"
_JOINED_BEFORE, _JOINED_AFTER = lazy_pattern(f"[{_TYPED_BEFORE}]"), lazy_pattern(f"[{_TYPED_BEHIND}]")


def _phrase(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    before = " " if _JOINED_BEFORE.match(text, start - 1 if start else len(text)) else ""
    after = " " if _JOINED_AFTER.match(text, end) else ""
    return before + " ".join(_PHRASES[sign] for sign in match[0]) + after


def _phrase_steps(around: Around) -> Iterator[PortableStep]:
    """Each phrase between two markers; a space where it meets another, or a word."""
    opening, closing = around.markers(2)
    yield {sign: f"{opening}{phrase}{closing}" for sign, phrase in _PHRASES.items()}
    yield Search(closing + opening, Put(" "))
    yield Search(opening, Put(" "), behind=Chars(_TYPED_BEFORE))
    yield Search(closing, Put(" "), ahead=Chars(_TYPED_BEHIND))
    yield {opening: "", closing: ""}


# A phrase is several words, so it is set off from the word it is typed against: «محمدﷺ» → «محمد صلى ...».
unify_phrase_signs = Rewrite(
    "unify_phrase_signs",
    f"[{''.join(_PHRASES)}]+",
    _phrase,
    steps=_phrase_steps,
    needles=tuple(_PHRASES),
    lossy=False,
    summary="signs that stand for a phrase (ﷺ ﷻ ﷽ and the honorifics of Unicode 14) spelled out",
    leaves="Ligatures of one word (see unify_word_ligatures), and the superscript honorifics, which are marks.",
    examples=(("محمدﷺ", "محمد صلى الله عليه وسلم"), ("الله ﷻ.", "الله جل جلاله.")),
)

# The mark or marks each lone form shows. Forms on a tatweel: FE71, FE77 ... and FCF2-FCF4.
_LONE, _ON_TATWEEL = _decomposed(LONE_MARKS), _decomposed(TATWEEL_MARKS)
_TAIL = "\N{ARABIC TAIL FRAGMENT}"
_CARRIERS = f"{_LETTERS}{_MARKS}{_TATWEEL}"
_CARRIER = lazy_pattern(f"[{_CARRIERS}]")
_TAILED = "سشصضﺱ-ﻀ"  # whose tail it is


def _marks(match: re.Match[str]) -> str:
    """A run of signs that show a mark alone, as marks: on the letter before, if there is one, else on a tatweel."""
    if match[0][0] == _TAIL:
        return ""
    out = []
    carried = bool(match.start()) and _CARRIER.match(match.string, match.start() - 1) is not None
    for sign in match[0]:
        if sign in _ON_TATWEEL:
            out.append(_ON_TATWEEL[sign][1:] if carried else _ON_TATWEEL[sign])
            carried = True
        else:
            out.append(_LONE.get(sign, sign) if carried else sign)
    return "".join(out)


def _mark_steps(_: Around) -> Iterator[PortableStep]:
    """A tatweel before the first sign that brings its own, where nothing carries it; then all that are carried."""
    run = LONE_MARKS + TATWEEL_MARKS + DRAWN_MARKS
    first = Kept(Chars(LONE_MARKS + DRAWN_MARKS).any)
    yield Search(first, Put(_TATWEEL), Kept(Chars(TATWEEL_MARKS)), not_behind=Chars(_CARRIERS + run))
    shown = _LONE | {sign: marks.removeprefix(_TATWEEL) for sign, marks in _ON_TATWEEL.items()}
    yield Within(Chars(run), shown, behind=Chars(_CARRIERS))
    yield Search(Chars(_TAIL).some, behind=Chars(_TAILED))


# Old fonts set a vowel as a character of its own: «ﻣﹷﻦ» is «مَن», not «م َن» with the space of its decomposition.
unify_isolated_marks = Rewrite(
    "unify_isolated_marks",
    # Accents may stand between a letter and its marks.
    f"(?<![{DRAWN_MARKS}])(?:[{DRAWN_MARKS}]*+[{LONE_MARKS}{TATWEEL_MARKS}])++|(?<=[{_TAILED}]){_TAIL}++",
    _marks,
    steps=_mark_steps,
    needles=(*_LONE, *_ON_TATWEEL, _TAIL),
    lossy=False,
    summary="marks encoded as characters of their own become marks of the letter before, without a stray space",
    leaves="A lone mark with no letter before it: it is shown for itself. On a tatweel it keeps the tatweel.",
    examples=(("مﹷن", "مَن"), ("مدﱠ", "مدَّ"), ("علامة ﹶ", "علامة ﹶ"), ("ﹷ", "ـَ")),
)


def _needles_of(value: Pass) -> Iterable[str]:
    return value.table if isinstance(value, CharMap) else value.needles  # type: ignore[attr-defined]


_decode = unify_cut_forms | unify_presentation_forms | unify_word_ligatures | unify_isolated_marks
# Text that a program took out of a PDF as it is shown, «ﻡﻼﺳ ﻦﻣ» for «من سلام»: its forms are what proves its order, and
# letters without them can hardly be told from words. repair_extracted_text turns such lines, and decodes them.
unify_forms_in_order = Joined(
    "unify_forms_in_order",
    _decode.protecting(cast("re.Pattern[str]", VisualLines())),
    needles=tuple(dict.fromkeys(c for value in _decode for c in _needles_of(value))),
    portable=_decode,  # lines in visual order are decoded as they stand
    lossy=False,
    summary="presentation forms, cut ones, ligatures of one word and isolated marks to letters, save in visual order",
    leaves="Lines whose forms prove that they are in visual order, which repair_extracted_text and the profile pdf put "
    "right; signs that stand for a phrase (ﷺ).",
    examples=(("ﻣﻦ ﺳﻼﻡ", "من سلام"), ("ﻡﻼﺳ ﻦﻣ", "ﻡﻼﺳ ﻦﻣ"), ("اﷲ", "الله")),
)

# What is invisible and joins or parts nothing that a reader sees: «كتا\u200bب» looks like «كتاب» and is not found.
strip_zero_width = CharMap(
    "strip_zero_width",
    dict.fromkeys(
        [
            "\N{SOFT HYPHEN}",
            "\N{MONGOLIAN VOWEL SEPARATOR}",
            "\N{ZERO WIDTH SPACE}",
            "\N{WORD JOINER}",
            "\N{FUNCTION APPLICATION}",
            "\N{INVISIBLE TIMES}",
            "\N{INVISIBLE SEPARATOR}",
            "\N{INVISIBLE PLUS}",
            *map(chr, range(0x206A, 0x2070)),  # deprecated: symmetric swapping, Arabic form shaping, digit shapes
            "\N{ZERO WIDTH NO-BREAK SPACE}",
        ],
        "",
    ),
    lossy=False,
    summary="byte order marks, zero width spaces, word joiners, soft hyphens and invisible operators off",
    leaves="ZWNJ and ZWJ, which shape letters (strip_zwnj, strip_zwj), and direction marks (strip_bidi_marks).",
    examples=(("\ufeffكتا\u200bب", "كتاب"), ("می\u200cخواهم", "می\u200cخواهم")),
)

# In Arabic it is mostly left over from a Persian keyboard or a PDF; in Persian it is spelling: «می‌خواهم».
strip_zwnj = CharMap(
    "strip_zwnj",
    {"\N{ZERO WIDTH NON-JOINER}": ""},
    summary="zero width non-joiners off",
    leaves="Nothing, so not for Persian, Urdu or Kurdish, where it parts the morphemes of a word.",
    examples=(("كتاب\u200cها", "كتابها"),),
)


def _unjoined(match: re.Match[str]) -> str:
    run = match[0]
    several = len(_LETTER.findall(run)) > 1
    return run.replace(_ZWJ, "") if several else run


_LETTER = lazy_pattern(f"[{_LETTERS}]")

# Inside a word letters join anyway. Alone it shapes an abbreviation: «١٤٤٣ ه‍» (hijri) shows an initial heh.
strip_zwj = Rewrite(
    "strip_zwj",
    f"[{_LETTERS}{_MARKS}{_TATWEEL}{_ZWJ}]+",
    _unjoined,
    steps=(Within(Chars(f"{_LETTERS}{_MARKS}{_TATWEEL}{_ZWJ}"), {_ZWJ: ""}, twice=Chars(_LETTERS)),),
    needles=(_ZWJ,),
    lossy=False,
    summary="zero width joiners off in and around Arabic words of two letters or more",
    leaves="Emoji sequences and other scripts, and a single letter that it shapes: the abbreviation «ه‍» for hijri.",
    examples=(("كت\u200dاب", "كتاب"), ("١٤٤٣ ه\u200d", "١٤٤٣ ه\u200d"), ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧")),
)

strip_all_zwj = CharMap(
    "strip_all_zwj",
    {_ZWJ: ""},
    summary="zero width joiners off, wherever they stand",
    leaves="Nothing: emoji of several parts fall apart, and «ه\u200d» is a final heh again.",
    examples=(("ه\u200d", "ه"), ("كتا\u200dب", "كتاب")),
)

# Invisible, and only tell a display how to order what has no direction of its own: «C++\u200f» is «C++».
strip_bidi_marks = CharMap(
    "strip_bidi_marks",
    dict.fromkeys(["\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}", "\N{ARABIC LETTER MARK}"], ""),
    lossy=False,
    summary="left-to-right, right-to-left and Arabic letter marks off",
    leaves="Embeddings, overrides and isolates (strip_bidi_controls).",
    examples=(("لغة C++\u200f!", "لغة C++!"),),
)

# Pairs that open and close a direction: «\u202bكتاب\u202c» → «كتاب».
strip_bidi_controls = CharMap(
    "strip_bidi_controls",
    dict.fromkeys(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]), ""),
    lossy=False,
    summary="bidirectional embeddings, overrides and isolates off",
    leaves="The single marks LRM, RLM and ALM (strip_bidi_marks). The order of the letters is not changed.",
    examples=(("\u202bكتاب\u202c", "كتاب"), ("\u2067سلام\u2069", "سلام")),
)

# Those that end a line or page; deleting them would glue two words.
_BREAKS = "\v\f\x1c\x1d\x1e\x85"

# A NUL or an escape is never part of a text: «كتا\0ب» → «كتاب».
strip_control_characters = CharMap(
    "strip_control_characters",
    {
        **dict.fromkeys(map(chr, [*range(0x20), *range(0x7F, 0xA0)]), ""),
        "\t": "\t",
        "\n": "\n",
        "\r": "\r",
        **dict.fromkeys(_BREAKS, "\n"),
        "\x1f": " ",
    },
    lossy=False,
    summary="control characters off; those that break a line or page become a newline, a unit separator a space",
    leaves="Newline, carriage return and tab.",
    examples=(("كتا\x00ب", "كتاب"), ("سطر\nآخر", "سطر\nآخر"), ("صفحة\fصفحة", "صفحة\nصفحة")),
)

_THIN = "\u200a"


def _unspaced(match: re.Match[str]) -> str:
    return match[0].translate(dict.fromkeys(map(ord, _THIN)))


def _unspaced_steps(around: Around) -> Iterator[PortableStep]:
    """A marker for the space before each mark; then the space behind the last mark."""
    (marker,), spaces, marks = around.markers(1), Chars(_THIN).some, Chars(MARK)
    yield Search(spaces, Put(marker), behind=Chars(LETTER + MARK), ahead=marks)
    yield Search(Kept(marker, marks.some), spaces)
    yield {marker: ""}


# A search for «١٠ كم» must find it with the no-break space that a word processor put in.
unify_spaces = CharMap(
    "unify_spaces",
    {
        **dict.fromkeys(map(chr, [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x1F]), " "),
        **dict.fromkeys(["\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}", *_BREAKS], "\n"),
    },
    lossy=False,
    summary="every kind of space to U+0020, every other kind of line end to a newline",
    leaves="Tabs, newlines and carriage returns, and the number of spaces. Zero width spaces are not spaces.",
    examples=(("١٠\u00a0كم", "١٠ كم"), ("بيت\u2028شعر", "بيت\nشعر")),
)

# One edition of the Qur'an sets its small alef free between hair spaces: «ذَ\u200aٰلِكَ» is one word.
strip_spaces_under_marks = Rewrite(
    "strip_spaces_under_marks",
    f"(?<=[{LETTER}{MARK}])[{_THIN}]+(?:[{MARK}]++[{_THIN}]*+)++",
    _unspaced,
    steps=_unspaced_steps,
    needles=tuple(_THIN),
    lossy=False,
    summary="hair spaces inside a word that only carry a mark, as in one edition of the Qur'an, off",
    leaves="Plain and no-break spaces with a mark behind them, which show it by itself, and spaces between words.",
    examples=(("ذَ\u200aٰلِكَ", "ذَٰلِكَ"), ("ب\u200aت", "ب\u200aت")),
)

_ENTITY_CHARACTERS = "0-9A-Za-z#&;"
_LONGEST_ENTITY = 34  # &CounterClockwiseContourIntegral;


def _entity(body: str) -> str | None:
    """What ``&body;`` stands for; None when it is no entity, or stands for what is no text."""
    import html
    from html.entities import html5

    if body.startswith("#"):
        if not re.fullmatch("#(?:[0-9]{1,8}|[xX][0-9A-Fa-f]{1,7})", body):
            return None
        character = html.unescape(f"&{body};")
        printable = (character > "\x1f" and not "\x7f" <= character <= "\x9f") or character in "\t\n\r"
        return character if character and character != "\ufffd" and printable else None
    return html5.get(f"{body};")


def _unescaped(run: str) -> str:
    """*run* with its entities resolved until none is left; every step shortens what is before it."""
    out: list[str] = []
    for character in run:
        out.append(character)
        while out and out[-1] == ";":
            at = next(
                (i for i in range(len(out) - 2, max(len(out) - _LONGEST_ENTITY - 2, -1), -1) if out[i] == "&"), -1
            )
            found = _entity("".join(out[at + 1 : -1])) if at >= 0 else None
            if found is None:
                break
            out[at:] = found
    return "".join(out)


def _entities(text: str) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(f"[{_ENTITY_CHARACTERS}]+", text):
        if "&" in match[0] and ";" in match[0]:
            yield match.start(), match.end(), _unescaped(match[0])


# Text taken from a page's source, or escaped once too often: «&#1605;&#1585;&#1581;&#1576;&#1575;» → «مرحبا».
unescape_html = Judge(
    "unescape_html",
    _entities,
    needles=("&",),
    lossy=False,
    summary="HTML entities to the characters they stand for, however often they were escaped: «&amp;amp;lt;» → «<»",
    leaves="An ampersand without the semicolon («?a=1&copy=2» is a URL), unknown names, and control characters.",
    examples=(
        ("&#1605;&#1585;&#1581;&#1576;&#1575;", "مرحبا"),
        ("&laquo;نعم&raquo;", "«نعم»"),
        ("?a=1&copy=2", "?a=1&copy=2"),
    ),
)
