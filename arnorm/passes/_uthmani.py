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

_SMALL_WAW, _SMALL_YEH, _HIGH_YEH, _HIGH_NOON = "\u06e5", "\u06e6", "\u06e7", "\u06e8"
_SILENT = "\u06df"
_FATHA, _DAMMA, _KASRA, _SHADDA, _SUKUN, _MADDAH = "\u064e\u064f\u0650\u0651\u0652\u0653"
_START = f"(?<![{LETTER}{MARK}])"
_END = f"(?![{LETTER}{MARK}])"


def _rule(pattern: str, new: str) -> Pass:
    return Rewrite("fold_uthmani", pattern, new)


def _without_alef(*words: str) -> list[Pass]:
    """Ordinary spelling has no letter for the small alef of *words*, in which «ٰ» shows its place."""
    rules = []
    for word in words:
        before, after = word.split(DAGGER_ALEF)
        spelled = [f"{letter}[{HARAKA}]*+" for letter in before]
        ahead = "".join(f"{letter}[{HARAKA}]*+" for letter in after[:-1]) + after[-1]
        rules.append(_rule(f"({''.join(spelled)}){DAGGER_ALEF}([{HARAKA}]*+{ahead})", r"\1\2"))
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

_SAW = _rule(f"(ر{_FATHA}{_SHADDA}?)ء{_FATHA}?[اآ]{_END}", r"\1أى")  # «رَءَا»

RULES: tuple[Pass, ...] = (
    # «وَيَبْصُۜطُ»: a sad that is spoken as a seen, and written so by others.
    _rule(f"ص([{HARAKA}]*+\u06dc)", r"س\1"),
    _signs,
    _rule(f"(ن{_FATHA}{TATWEEL}{_FATHA}{_HAMZA_ABOVE})[اآ]{_END}", r"\1ى"),  # «نَـَٔا»
    fold_hamza_carriers,
    _strokes,
    _rule(f"و([{HARAKA}]*+{_HAMZA_BELOW})", r"ؤ\1"),
    _rule(f"(ؤ[{HARAKA}]*+){_HAMZA_BELOW}", r"\1"),
    # Two words joined: «يَـٰقَوْمِ», «وَيَـٰٓأَيُّهَا», «هَـٰٓأَنتُمْ».
    _rule(f"{_START}([وفأ]?[{HARAKA}]*+ي{_FATHA}){DAGGER_ALEF}(?=[{LETTER}])", rf"\1ا{_BREAK}"),
    _rule(f"{_START}(ه{_FATHA}){DAGGER_ALEF}(?=أ)", rf"\1ا{_BREAK}"),
    _parted,
    # «ٱلرِّبَوٰا۟»: one of its three signs is spoken.
    _rule(f"و{DAGGER_ALEF}ا{_SILENT}?", "ا"),
    # Letters that are written and never spoken: «يَا۟يْـَٔسُ», «لِشَا۟ىْءٍ», «وَثَمُودَا۟», «سَأُو۟رِيكُمْ», «بِأَيْي۟دٍ»; but ordinary
    # spelling has that of «مِا۟ئَة» too. And «وَمَلَإِي۟هِۦ» is «وملئه».
    _rule(f"(ا){_SILENT}(ئ)", r"\1\2"),
    _rule(f"([{_FATHA}{_KASRA}])ا{_SILENT}", r"\1"),
    _rule(f"(أ{_DAMMA})و{_SILENT}(ر)", r"\1\2"),
    _rule(f"إ{_KASRA}[يى]{_SILENT}(ه)", r"ئ\1"),
    _rule(f"[يى]{_SILENT}", ""),
    # «شُرَكَـٰٓؤُا۟» is «شركاء», «ٱلْمَلَؤُا۟» «الملأ», «نَبَؤٌا۟» «نبأ», «ٱمْرُؤٌا۟» «امرؤ».
    _rule(f"([ا{DAGGER_ALEF}])ؤ([{HARAKA}]*+ا{_SILENT})", r"\1ء\2"),
    _rule(f"ؤ({_DAMMA}ا{_SILENT})", r"أ\1"),
    _rule(f"({_FATHA})ؤ({_DAMMATAN}ا{_SILENT})", r"\1أ\2"),
    _rule(f"([ءأؤ][{HARAKA}]*+)ا{_SILENT}", r"\1"),
    CharMap("fold_uthmani", {_SILENT: ""}),
    # Small letters: a yeh or waw of the word, or the length of a pronoun's vowel, which is not written («بِهِۦ», «لَهُۥ»).
    _rule(f"([يى][{HARAKA}]*+){_SMALL_YEH}{_END}", r"\1ي"),
    _rule(f"[{_SMALL_WAW}{_SMALL_YEH}]{_END}", ""),
    CharMap("fold_uthmani", {_SMALL_WAW: "و", _SMALL_YEH: "ي", _HIGH_YEH: "ي", _HIGH_NOON: "ن"}),
    # «يُحْىِ», whose second yeh falls before an article.
    _rule(f"([ينتأم]{_DAMMA}ح{_SUKUN}[يى]{_KASRA}){_END}", r"\1ي"),
    # Words that ordinary spelling writes without an alef.
    *_without_alef("ذٰلك", "هٰذ", "هٰكذ", "هٰؤ", "رحمٰن", "لٰكن", "إلٰه", "أءلٰه", "أولٰئ"),
    # A hamza by itself: «رَءَا», «تَرَٰٓءَا»; «ءَامَنَ», «قُرْءَٰن»; «ءَأَنتُمْ», «أَءِذَا»; «أَرَءَيْتَ»; «رُءْيَا»; «يَسْتَهْزِءُونَ»,
    # «إِسْرَٰٓءِيل»; and after an alef the other way round: «بِلِقَآئِ», «أَسَـٰٓـُٔوا۟», «تَبُوٓأَ».
    _SAW,
    _rule(f"(ر{_FATHA}{DAGGER_ALEF}ء{_FATHA})ا{_END}", r"\1ى"),
    _rule(f"ء{_FATHA}?[ا{DAGGER_ALEF}]", "آ"),
    _rule(f"أ{_FATHA}?[ا{DAGGER_ALEF}]", "آ"),
    # «ءَآللَّهُ»; only there, or one hamza after the other would go: «ءءآ»
    _rule(f"{_START}ء{_FATHA}?آ", "آ"),
    _SAW,  # once more, for the «آ» that has just been made of «ءا»
    _rule(f"{_START}ء(?={_FATHA})", "أ"),
    _rule(f"{_START}(أ{_FATHA})ء", r"\1أ"),
    # twice: «َءَءَ» shares its middle, and not every engine can look ahead
    *[_rule(f"({_FATHA})ء({_FATHA})", r"\1أ\2")] * 2,
    _rule(f"([{_DAMMA}{_SHADDA}])ء({_SUKUN})", r"\1ؤ\2"),
    _rule(f"({_KASRA})ء", r"\1ئ"),
    _rule(f"ء({_KASRA}[يى])", r"ئ\1"),
    _rule(f"([اآأإٱ{DAGGER_ALEF}][{HARAKA}]*+)ئ([{HARAKA}]*+){_END}", r"\1ء\2"),
    _rule(f"({DAGGER_ALEF})ئ({_DAMMA})", r"\1ء\2"),
    _rule(f"({_DAMMA}و)أ([{HARAKA}]*+){_END}", r"\1ء\2"),
    # The small alef: in the place of a waw or yeh («ٱلصَّلَوٰة», «هُدَىٰهُمْ»), beside one («عَلَىٰ»), or by itself («ٱلْكِتَـٰب»).
    _rule(f"[وى]{DAGGER_ALEF}([{LETTER}])", r"ا\1"),
    _rule(f"(ى){DAGGER_ALEF}", r"\1"),
    CharMap("fold_uthmani", {DAGGER_ALEF: "ا"}),
    # One lam for two: «ٱلَّيْل», «ٱلَّـٰتِى», «ٱلَّـٰٓـِٔى»; of those who are two, «ٱلَّذَيْنِ».
    _rule(f"(ٱل{_FATHA}?{_SHADDA})([يا])", r"\1ل\2"),
    _rule(f"(ٱل[{HARAKA}]*+)(ذ{_FATHA}[يا])", r"\1ل\2"),
    # Single words: «فَسْـَٔلْ», «لْـَٔيْكَة», «يَبْنَؤُمَّ»; and a last alef for a yeh, «أَقْصَا», «طَغَا», «تَتْرَا».
    _rule(f"{_START}([وف]{_FATHA})(س{_SUKUN}أ)", r"\1ا\2"),
    _rule(f"{_START}(ل{_SUKUN}أ)", r"ا\1"),
    _rule(f"{_START}ي{_FATHA}ب{_SUKUN}ن{_FATHA}ؤ", f"يا{_BREAK}ابن{_BREAK}أ"),
    _parted,
    _rule(f"(ق{_SUKUN}ص{_FATHA})ا{_END}", r"\1ى"),
    _rule(f"(ط{_FATHA}غ{_FATHA})ا{_END}", r"\1ى"),
    _rule(f"(ت{_FATHA}ت{_SUKUN}ر{_FATHA})ا{_END}", r"\1ى"),
)

#: On letters without marks: an alef behind a last waw, «ءا» for «آ», and «شائ» for «شاء», where marks that stood behind
#: the hamza hid the end of the word from the rule above.
BARE_RULES: tuple[Pass, ...] = (
    Rewrite("fold_silent_alef", f"(ا)ئ{_END}", r"\1ء"),
    Rewrite("fold_silent_alef", "ء+(ا)", r"\1"),
    Rewrite("fold_silent_alef", f"(و)ا{_END}", r"\1"),
)
