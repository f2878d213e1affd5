"""The rules that bring the spelling of the Qur'an's Uthmani text to ordinary spelling, one small pass each, in order.

What the rules are is in any primer of the mushaf's orthography; that they suffice was counted on the whole text. An
exception is a rule too, with its word as the reason. Each rule is one table or one simple pattern, so that every engine
of `arnorm.export` can do it.
"""

from __future__ import annotations

from arnorm.chars import DAGGER_ALEF, HARAKA, LETTER, MARK, TATWEEL
from arnorm.core import CharMap, Pass
from arnorm.passes._own import Rewrite
from arnorm.passes.letters import fold_hamza_carriers
from arnorm.portable import Chars, Kept, Put, Search

_SMALL_WAW, _SMALL_YEH, _HIGH_YEH, _HIGH_NOON = "\u06e5", "\u06e6", "\u06e7", "\u06e8"
_SILENT = "\u06df"
_FATHA, _DAMMA, _KASRA, _SHADDA, _SUKUN, _MADDAH = "\u064e\u064f\u0650\u0651\u0652\u0653"
# What a word is made of, and the marks between its letters.
_WORD, _MARKS = Chars(LETTER + MARK), Chars(HARAKA).any
_YEH, _ALEF = Chars("يى"), Chars(f"ا{DAGGER_ALEF}")


def _rule(*parts: str | Chars | Kept | Put, ahead: str = "") -> Pass:
    """What becomes of *parts*, before *ahead*, if anything."""
    return Rewrite.of("fold_uthmani", Search(*parts, ahead=Chars(ahead) if ahead else None))


def _first(*parts: str | Chars | Kept | Put, ahead: str = "") -> Pass:
    """The same, at the start of a word."""
    return Rewrite.of("fold_uthmani", Search(*parts, not_behind=_WORD, ahead=Chars(ahead) if ahead else None))


def _last(*parts: str | Chars | Kept | Put) -> Pass:
    """The same, at the end of a word."""
    return Rewrite.of("fold_uthmani", Search(*parts, not_ahead=_WORD))


def _without_alef(*words: str) -> list[Pass]:
    """Ordinary spelling has no letter for the small alef of *words*, in which «ٰ» shows its place."""
    rules = []
    for word in words:
        before, after = ([part for letter in half for part in (letter, _MARKS)] for half in word.split(DAGGER_ALEF))
        rules.append(_rule(Kept(*before), DAGGER_ALEF, Kept(_MARKS, *after[:-1])))
    return rules


_signs = CharMap(
    "fold_uthmani",
    {
        # how another edition encodes the same marks
        "\u06e1": "\u0652", "\u06e4": _MADDAH, "\u08f0": "\u064b", "\u08f1": "\u064c", "\u08f2": "\u064d",
        "\u08f3": _SMALL_WAW, "\u06cc": "ي", "\u06d2": "ي",
        # pauses, parts, and the way a nasal is spoken
        **dict.fromkeys(map(chr, [*range(0x6D6, 0x6DF), 0x6E0, 0x6E2, 0x6E3, *range(0x6E9, 0x6EE)]), ""),
    },
)  # fmt: skip
_strokes = CharMap("fold_uthmani", {TATWEEL: "", _MADDAH: ""})

# Pauses are gone behind `_signs`, so this one is free to part two words until a space is put for it. A space at once
# would be seen by a rule that looks for the start of a word.
_BREAK = "\u06d6"
_parted = CharMap("fold_uthmani", {_BREAK: " "})
_DAMMATAN, _HAMZA_ABOVE, _HAMZA_BELOW = "\u064c", "\u0654", "\u0655"

_SAW = _last(Kept("ر" + _FATHA, Chars(_SHADDA).maybe), "ء", Chars(_FATHA).maybe, Chars("اآ"), Put("أى"))  # «رَءَا»

RULES: tuple[Pass, ...] = (
    # «وَيَبْصُۜطُ»: a sad that is spoken as a seen, and written so by others.
    _rule("ص", Put("س"), Kept(_MARKS, "\u06dc")),
    _signs,
    _last(Kept(f"ن{_FATHA}{TATWEEL}{_FATHA}{_HAMZA_ABOVE}"), Chars("اآ"), Put("ى")),  # «نَـَٔا»
    fold_hamza_carriers,
    _strokes,
    _rule("و", Put("ؤ"), Kept(_MARKS, _HAMZA_BELOW)),
    _rule(Kept("ؤ", _MARKS), _HAMZA_BELOW),
    # Two words joined: «يَـٰقَوْمِ», «وَيَـٰٓأَيُّهَا», «هَـٰٓأَنتُمْ».
    _first(Kept(Chars("وفأ").maybe, _MARKS, "ي" + _FATHA), DAGGER_ALEF, Put("ا" + _BREAK), ahead=LETTER),
    _first(Kept("ه" + _FATHA), DAGGER_ALEF, Put("ا" + _BREAK), ahead="أ"),
    _parted,
    # «ٱلرِّبَوٰا۟»: one of its three signs is spoken.
    _rule(f"و{DAGGER_ALEF}ا", Chars(_SILENT).maybe, Put("ا")),
    # Letters that are written and never spoken: «يَا۟يْـَٔسُ», «لِشَا۟ىْءٍ», «وَثَمُودَا۟», «سَأُو۟رِيكُمْ», «بِأَيْي۟دٍ»; but ordinary
    # spelling has that of «مِا۟ئَة» too. And «وَمَلَإِي۟هِۦ» is «وملئه».
    _rule(Kept("ا"), _SILENT, Kept("ئ")),
    _rule(Kept(Chars(_FATHA + _KASRA)), "ا" + _SILENT),
    _rule(Kept("أ" + _DAMMA), "و" + _SILENT, Kept("ر")),
    _rule("إ" + _KASRA, _YEH, _SILENT, Put("ئ"), Kept("ه")),
    _rule(_YEH, _SILENT),
    # «شُرَكَـٰٓؤُا۟» is «شركاء», «ٱلْمَلَؤُا۟» «الملأ», «نَبَؤٌا۟» «نبأ», «ٱمْرُؤٌا۟» «امرؤ».
    _rule(Kept(_ALEF), "ؤ", Put("ء"), Kept(_MARKS, "ا" + _SILENT)),
    _rule("ؤ", Put("أ"), Kept(f"{_DAMMA}ا{_SILENT}")),
    _rule(Kept(_FATHA), "ؤ", Put("أ"), Kept(f"{_DAMMATAN}ا{_SILENT}")),
    _rule(Kept(Chars("ءأؤ"), _MARKS), "ا" + _SILENT),
    CharMap("fold_uthmani", {_SILENT: ""}),
    # Small letters: a yeh or waw of the word, or the length of a pronoun's vowel, which is not written («بِهِۦ», «لَهُۥ»).
    _last(Kept(_YEH, _MARKS), _SMALL_YEH, Put("ي")),
    _last(Chars(_SMALL_WAW + _SMALL_YEH)),
    CharMap("fold_uthmani", {_SMALL_WAW: "و", _SMALL_YEH: "ي", _HIGH_YEH: "ي", _HIGH_NOON: "ن"}),
    # «يُحْىِ», whose second yeh falls before an article.
    _last(Kept(Chars("ينتأم"), f"{_DAMMA}ح{_SUKUN}", _YEH, _KASRA), Put("ي")),
    # Words that ordinary spelling writes without an alef.
    *_without_alef("ذٰلك", "هٰذ", "هٰكذ", "هٰؤ", "رحمٰن", "لٰكن", "إلٰه", "أءلٰه", "أولٰئ"),
    # A hamza by itself: «رَءَا», «تَرَٰٓءَا»; «ءَامَنَ», «قُرْءَٰن»; «ءَأَنتُمْ», «أَءِذَا»; «أَرَءَيْتَ»; «رُءْيَا»; «يَسْتَهْزِءُونَ»,
    # «إِسْرَٰٓءِيل»; and after an alef the other way round: «بِلِقَآئِ», «أَسَـٰٓـُٔوا۟», «تَبُوٓأَ».
    _SAW,
    _last(Kept(f"ر{_FATHA}{DAGGER_ALEF}ء{_FATHA}"), "ا", Put("ى")),
    _rule("ء", Chars(_FATHA).maybe, _ALEF, Put("آ")),
    _rule("أ", Chars(_FATHA).maybe, _ALEF, Put("آ")),
    # «ءَآللَّهُ»; only there, or one hamza after the other would go: «ءءآ»
    _first("ء", Chars(_FATHA).maybe, "آ", Put("آ")),
    _SAW,  # once more, for the «آ» that has just been made of «ءا»
    _first("ء", Put("أ"), ahead=_FATHA),
    _first(Kept("أ" + _FATHA), "ء", Put("أ")),
    # twice: «َءَءَ» shares its middle, and not every engine can look ahead
    *[_rule(Kept(_FATHA), "ء", Put("أ"), Kept(_FATHA))] * 2,
    _rule(Kept(Chars(_DAMMA + _SHADDA)), "ء", Put("ؤ"), Kept(_SUKUN)),
    _rule(Kept(_KASRA), "ء", Put("ئ")),
    _rule("ء", Put("ئ"), Kept(_KASRA, _YEH)),
    _last(Kept(Chars(f"اآأإٱ{DAGGER_ALEF}"), _MARKS), "ئ", Put("ء"), Kept(_MARKS)),
    _rule(Kept(DAGGER_ALEF), "ئ", Put("ء"), Kept(_DAMMA)),
    _last(Kept(_DAMMA + "و"), "أ", Put("ء"), Kept(_MARKS)),
    # The small alef: in the place of a waw or yeh («ٱلصَّلَوٰة», «هُدَىٰهُمْ»), beside one («عَلَىٰ»), or by itself («ٱلْكِتَـٰب»).
    _rule(Chars("وى"), DAGGER_ALEF, Put("ا"), Kept(Chars(LETTER))),
    _rule(Kept("ى"), DAGGER_ALEF),
    CharMap("fold_uthmani", {DAGGER_ALEF: "ا"}),
    # One lam for two: «ٱلَّيْل», «ٱلَّـٰتِى», «ٱلَّـٰٓـِٔى»; of those who are two, «ٱلَّذَيْنِ».
    _rule(Kept("ٱل", Chars(_FATHA).maybe, _SHADDA), Put("ل"), Kept(Chars("يا"))),
    _rule(Kept("ٱل", _MARKS), Put("ل"), Kept("ذ" + _FATHA, Chars("يا"))),
    # Single words: «فَسْـَٔلْ», «لْـَٔيْكَة», «يَبْنَؤُمَّ»; and a last alef for a yeh, «أَقْصَا», «طَغَا», «تَتْرَا».
    _first(Kept(Chars("وف"), _FATHA), Put("ا"), Kept(f"س{_SUKUN}أ")),
    _first(Put("ا"), Kept(f"ل{_SUKUN}أ")),
    _first(f"ي{_FATHA}ب{_SUKUN}ن{_FATHA}ؤ", Put(f"يا{_BREAK}ابن{_BREAK}أ")),
    _parted,
    _last(Kept(f"ق{_SUKUN}ص{_FATHA}"), "ا", Put("ى")),
    _last(Kept(f"ط{_FATHA}غ{_FATHA}"), "ا", Put("ى")),
    _last(Kept(f"ت{_FATHA}ت{_SUKUN}ر{_FATHA}"), "ا", Put("ى")),
)

#: On letters without marks: an alef behind a last waw, «ءا» for «آ», and «شائ» for «شاء», where marks that stood behind
#: the hamza hid the end of the word from the rule above.
BARE_RULES: tuple[Pass, ...] = (
    Rewrite.of("fold_silent_alef", Search(Kept("ا"), "ئ", Put("ء"), not_ahead=_WORD)),
    Rewrite.of("fold_silent_alef", Search(Chars("ء").some, Kept("ا"))),
    Rewrite.of("fold_silent_alef", Search(Kept("و"), "ا", not_ahead=_WORD)),
)
