"""Letters: tatweel, alef and hamza variants, alef maksura, teh marbuta, letters of other languages.

No table here has a Latin letter in it, so Latin words, code and URLs in Latin stay. For URLs and hashtags with
Arabic letters in them there is ``pipeline.protecting("urls", "hashtags")``.
"""

from __future__ import annotations

from collections.abc import Iterator

from arnorm.chars import HAMZA_MARK, HARAKAT, LETTER, MARK, MARK_BUT_HAMZA, SHADDA, TATWEEL, VOWEL
from arnorm.core import CharMap, Judge
from arnorm.lazy import lazy_pattern
from arnorm.passes import _decorated, _seats
from arnorm.passes._lexicon import is_known
from arnorm.passes._own import Rewrite
from arnorm.portable import Around, Chars, Kept, PortableStep, Put, Search

__all__ = [
    "strip_tatweel",
    "strip_inner_tatweel",
    "fold_hamza_carriers",
    "fold_alef",
    "fold_alef_extended",
    "fold_hamza_seats",
    "fold_hamza_to_hamza",
    "strip_hamza",
    "fold_alef_maksura",
    "fold_teh_marbuta",
    "fold_teh_marbuta_to_teh",
    "fold_keheh",
    "fold_farsi_yeh",
    "unify_farsi_yeh",
    "fold_persian_letters",
    "fold_heh_variants",
    "fold_decorated_letters",
    "strip_filler_heh",
    "map_letters_to_persian",
    "fold_latin_case",
    "lucene_arabic",
    "leaderboard_arabic_asr",
]

strip_tatweel = CharMap(
    "strip_tatweel",
    {TATWEEL: ""},
    summary="delete tatweel (kashida), U+0640, everywhere",
    leaves="Nothing: «١٤٤٣هـ» becomes «١٤٤٣ه». strip_inner_tatweel keeps such abbreviations.",
    examples=(("جميـــل", "جميل"), ("١٤٤٣هـ", "١٤٤٣ه")),
)


def _inner_steps(around: Around) -> Iterator[PortableStep]:
    """A marker for each stroke that stays: those with a hamza, and those whose marks would mix with others."""
    kept, voiced, marked = around.markers(3)
    strokes, beside = Chars(TATWEEL), Chars(LETTER + MARK)
    yield Search(TATWEEL, Put(kept), Kept(Chars(MARK_BUT_HAMZA).any, Chars(HAMZA_MARK)))
    yield Search(TATWEEL, Put(voiced), ahead=Chars(VOWEL))
    yield Search(TATWEEL, Put(marked), ahead=Chars(MARK, but=VOWEL))
    yield Search(Kept(Chars(VOWEL), Chars(SHADDA).maybe, strokes.any), voiced, Put(kept))
    yield Search(Kept(Chars(MARK, but=HARAKAT), strokes.any), Chars(voiced + marked), Put(kept))
    yield dict.fromkeys((voiced, marked), TATWEEL)
    yield Search(strokes.some, behind=beside, ahead=beside)
    yield {kept: TATWEEL}


# «هـ» is the Hijri year, «بـ» a preposition before a number, «الـ» the article before a Latin word or a quote:
# there the stroke is spelling, and it is never followed by an Arabic letter. A stroke with a hamza over it is the
# seat of that hamza, a letter of its own in the spelling of the Qur'an; nfc would join the hamza to the letter before.
# And where both the letter and the stroke have marks that would mix («كُـَ»), the stroke is what keeps them apart.
strip_inner_tatweel = Rewrite(
    "strip_inner_tatweel",
    # Begins with the stroke, so that everything else is passed over quickly.
    f"{TATWEEL}(?:(?<=[{LETTER}{MARK}]{TATWEEL}){TATWEEL}*(?=[{LETTER}])"
    f"|(?<=[{LETTER}{HARAKAT}]{TATWEEL})(?:(?<![{VOWEL}]{TATWEEL})(?<![{VOWEL}]{SHADDA}{TATWEEL}){TATWEEL}*"
    f"|{TATWEEL}*(?![{VOWEL}]))(?=[{MARK}])(?![{MARK_BUT_HAMZA}]*+[{HAMZA_MARK}]))",
    "",
    steps=_inner_steps,
    needles=(TATWEEL,),
    lossy=False,
    summary="delete tatweel inside words, where it only stretches them",
    leaves="Tatweel that carries a hamza («يَسْـَٔلُ»), or a vowel where the letter before has its own. Tatweel at the "
    "start or end of a word stays, as it is part of what is meant: «١٤٤٣هـ», «الـBBC», «بـ50», the suffix «ـها».",
    examples=(
        ("جميـــل", "جميل"),
        ("الرحمـٰن", "الرحمٰن"),
        ("يَسْـَٔلُ", "يَسْـَٔلُ"),
        ("١٤٤٣هـ", "١٤٤٣هـ"),
        ("الـBBC", "الـBBC"),
    ),
)

# Not lossless: what the vowels do not say is guessed, and a yeh that only carries a hamza becomes part of it.
fold_hamza_carriers = Rewrite(
    "fold_hamza_carriers",
    _seats.PATTERN,
    _seats.seated,
    steps=_seats.steps,
    needles=("\N{ARABIC HAMZA ABOVE}", "\N{ARABIC HAMZA BELOW}", "\N{ARABIC WAVY HAMZA BELOW}"),
    summary="write a hamza that is set on a tatweel, or on ى or ی, with the letter of ordinary spelling: أ, آ, ؤ, ئ",
    leaves="Hamza on other letters, and by itself. Without vowels it is آ before an alef, and ئ elsewhere.",
    examples=(("يَسْـَٔلُ", "يَسْأَلُ"), ("ٱلْـَٔاخِرَةِ", "ٱلْآخِرَةِ"), ("شَيْـًٔا", "شَيْئًا"), ("رىٔيس", "رئيس")),
)

_DECOMPOSED = "Decomposed text keeps its hamza signs: put nfc before."

fold_alef = CharMap(
    "fold_alef",
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا"},
    summary="merge alef with hamza or madda, and alef wasla, into bare alef",
    leaves=f"Hamza on waw and yeh, and by itself, stay. {_DECOMPOSED}",
    examples=(("أحمد إلى آخر", "احمد الى اخر"), ("ٱلكتاب", "الكتاب"), ("سؤال", "سؤال")),
)

fold_alef_extended = CharMap(
    "fold_alef_extended",
    {"ٲ": "ا", "ٳ": "ا", "ٵ": "ا"},
    summary="merge the alefs with wavy or high hamza of other languages into bare alef",
    leaves="What Arabic itself writes is left to fold_alef.",
    examples=(("ٲب", "اب"),),
)

fold_hamza_seats = CharMap(
    "fold_hamza_seats",
    {"ؤ": "و", "ئ": "ي"},
    summary="drop the hamza from waw and yeh: ؤ → و, ئ → ي",
    leaves=f"Hamza on alef and by itself stay. {_DECOMPOSED}",
    examples=(("مؤمن قائل", "مومن قايل"),),
)

# «مسؤول» and «مسئول», «شؤون» and «شئون»: one word, two schools of spelling.
fold_hamza_to_hamza = CharMap(
    "fold_hamza_to_hamza",
    {"ؤ": "ء", "ئ": "ء"},
    summary="merge hamza on waw and yeh into hamza by itself, so that «مسؤول» and «مسئول» meet",
    leaves=f"Hamza on alef stays: see fold_alef. {_DECOMPOSED}",
    examples=(("مسؤول", "مسءول"), ("مسئول", "مسءول")),
)

strip_hamza = CharMap(
    "strip_hamza",
    {"ء": ""},
    summary="delete hamza written by itself",
    leaves="Hamza on a letter stays.",
    examples=(("سماء", "سما"), ("سؤال", "سؤال")),
)

fold_alef_maksura = CharMap(
    "fold_alef_maksura",
    {"ى": "ي"},
    summary="merge alef maksura into yeh: ى → ي",
    leaves="Never towards alef: «سلمى» gives «سلمي», not «سلما».",
    examples=(("سلمى", "سلمي"), ("على", "علي")),
)

fold_teh_marbuta = CharMap(
    "fold_teh_marbuta",
    {"ة": "ه"},
    summary="merge teh marbuta into heh: ة → ه",
    leaves="Heh stays, so «مدرسة» and «مدرسه» meet.",
    examples=(("مدرسة", "مدرسه"),),
)

# The letter it becomes before a suffix: «مدرسة», «مدرستنا».
fold_teh_marbuta_to_teh = CharMap(
    "fold_teh_marbuta_to_teh",
    {"ة": "ت"},
    summary="merge teh marbuta into teh: ة → ت",
    leaves="A final heh typed for teh marbuta stays: telling them apart is repair.",
    examples=(("مدرسة", "مدرست"),),
)

fold_keheh = CharMap(
    "fold_keheh",
    {"ک": "ك"},
    summary="write Persian keheh as Arabic kaf: ک → ك",
    leaves="gaf stays: see fold_persian_letters.",
    examples=(("کتاب", "كتاب"),),
)

# A final «ی» can stand for ي or for ى («علی»): merging loses which, so this is lossy.
fold_farsi_yeh = CharMap(
    "fold_farsi_yeh",
    {"ی": "ي", "ے": "ي"},
    summary="write Farsi yeh and yeh barree as Arabic yeh: ی ے → ي",
    leaves="Does not decide whether a final ی was ى; a text that needs to know asks repair.",
    examples=(("علی", "علي"), ("ایران", "ايران")),
)


def _farsi_yehs(text: str) -> Iterator[tuple[int, int, str]]:
    from arnorm.passes._yeh import farsi_yehs  # its words are not part of `import arnorm`

    return farsi_yehs(text)


# «مستشفی» is «مستشفى» and «کرسی» «كرسي», which no table can tell; «علی» may be either.
unify_farsi_yeh = Judge(
    "unify_farsi_yeh",
    _farsi_yehs,
    needles=("ی",),
    lossy=False,
    summary="write Farsi yeh in Arabic text as ي, and at the end of a word as ى or ي, by a list of words",
    leaves="A last ی where both are words («علی») or neither is known, and every line with a letter that only other "
    "languages have, or that is not mostly in common Arabic words: Persian keeps its own.",
    examples=(
        ("ذهب إلی المستشفی", "ذهب إلى المستشفى"),
        ("رأیت علیا فی البیت", "رأيت عليا في البيت"),
        ("می‌روم", "می‌روم"),
    ),
)

fold_persian_letters = CharMap(
    "fold_persian_letters",
    {"گ": "ك", "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف"},
    summary="write letters for sounds that Arabic lacks with the nearest Arabic one: گ پ چ ژ ڤ → ك ب ج ز ف",
    leaves="Changes Persian and Urdu words for good; for Arabic text with foreign names.",
    examples=(("پاريس", "باريس"), ("ڤيينا", "فيينا")),
)

fold_heh_variants = CharMap(
    "fold_heh_variants",
    {"ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۂ": "ه", "ۃ": "ة"},
    summary="write the hehs of Urdu, Kurdish and Uyghur as Arabic heh, and teh marbuta goal as teh marbuta",
    leaves="Changes Kurdish, where ە is a vowel; for Arabic text typed on such keyboards.",
    examples=(("ھذا", "هذا"), ("مدرسۃ", "مدرسة")),
)

fold_decorated_letters = CharMap(
    "fold_decorated_letters",
    {letter: arabic for letter, (arabic, _) in _decorated.LETTERS.items()},
    summary="write letters of other languages that decorated text takes for their shape as the Arabic letter: ڪ ڼ ۆ → "
    "ك ن و",
    leaves="What fold_heh_variants, fold_keheh and fold_farsi_yeh fold; گ پ چ ژ ڤ and the like, which stand for sounds "
    "of their own (see fold_persian_letters); letters that could be two (ٮ, ٽ, ڽ). Changes the words of the languages "
    "that own the letters for good; for Arabic text.",
    examples=(("ڪل عام", "كل عام"), ("جمېݪ ۆڑدة", "جميل وردة"), ("گلاس", "گلاس")),
)

_FILLER = "ہ"


# Heh goal joins on both sides and is drawn as a small wave, so that it fills a line as a tatweel does.
_WORD = lazy_pattern(f"[{LETTER}{MARK}{TATWEEL}]++")
_FEWEST_FILLERS = 2  # one alone is more likely a letter: «شہر» is a word of Urdu, and of Arabic typed on its keyboard
_SILENT = lazy_pattern(f"[{MARK}{TATWEEL}]+")
_SHORT = 2  # letters: so short a word is known whatever it is


def _without_filler(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _WORD.finditer(text):
        word = match[0]
        if word.count(_FILLER) < _FEWEST_FILLERS or is_known(word.replace(_FILLER, "ه")):
            continue
        bare = word.replace(_FILLER, "")
        if len(_SILENT.sub("", bare)) > _SHORT and is_known(bare):
            yield match.start(), match.end(), bare


strip_filler_heh = Judge(
    "strip_filler_heh",
    _without_filler,
    needles=(_FILLER,),
    summary="delete the hehs goal (ہ) that decorate a word between its letters: «مہحہمہد» → «محمد»",
    leaves="Words with one ہ, and words that are not in the list of common words without theirs, or are with them: "
    "there ہ is a letter.",
    examples=(("مہحہمہد", "محمد"), ("شہہر", "شہہر"), ("بہت", "بہت")),
)

map_letters_to_persian = CharMap(
    "map_letters_to_persian",
    {"ك": "ک", "ي": "ی", "ى": "ی"},
    summary="write kaf, yeh and alef maksura as Persian text has them: ك ي ى → ک ی ی",
    leaves="For Persian text typed on an Arabic keyboard; in Arabic text it is wrong.",
    examples=(("كتابي", "کتابی"),),
)

fold_latin_case = CharMap(
    "fold_latin_case",
    dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", strict=True)),
    summary="write ASCII capitals small: A → a",
    leaves="Accented and other letters stay: str.casefold knows them. Arabic has no case.",
    examples=(("قناة BBC", "قناة bbc"),),
)

# Lucene's ArabicNormalizer, character for character: org.apache.lucene.analysis.ar.ArabicNormalizer.
# It knows U+064B–0652 and U+0640, three alefs (not the wasla), ى and ة, and nothing else.
lucene_arabic = CharMap(
    "lucene_arabic",
    {
        **dict.fromkeys("ًٌٍَُِّْ" + TATWEEL, ""),
        **dict.fromkeys("آأإ", "ا"),
        "ى": "ي",
        "ة": "ه",
    },
    summary="exactly Lucene's ArabicNormalizer, for an index that Lucene, Solr or Elasticsearch built",
    leaves="As Lucene does: alef wasla, dagger alef, decomposed hamza and presentation forms stay.",
    examples=(("إلى المَدْرَسةِ", "الي المدرسه"), ("ٱلكتاب", "ٱلكتاب")),
)

# The Open Universal Arabic ASR Leaderboard normalizes both sides so before it counts errors: calculate_wer of
# https://github.com/Natural-Language-Processing-Elm/open_universal_arabic_asr_leaderboard. It knows ASCII punctuation
# and three Arabic signs, U+064B–0652, and digits of one set.
leaderboard_arabic_asr = CharMap(
    "leaderboard_arabic_asr",
    {
        **dict.fromkeys("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~،؛؟ًٌٍَُِّْء", ""),
        **dict.fromkeys("آأإ", "ا"),
        **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
        "پ": "ب",
        "ڤ": "ف",
        "ؤ": "و",
        "ئ": "ي",
    },
    summary="exactly what the Open Universal Arabic ASR Leaderboard does to a text, save the white space at its edges",
    leaves="As the leaderboard does: ى, ة, tatweel, dagger alef, alef wasla, «», … and –, Persian digits, Latin "
    "capitals, spaces left by punctuation, and decomposed hamza. strip_edges does the rest.",
    examples=(("سُئل المؤمن: ٥٠%؟", "سيل المومن 50"), ("سماء المدرسة", "سما المدرسة"), ("«نعم»", "«نعم»")),
)
