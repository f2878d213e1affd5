"""Text typed with the keyboard set to the other language: the Arabic (101) and the US English layout."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from arnorm.chars import ARABIC_LETTER, COMPOSING_MARK
from arnorm.lazy import lazy_pattern
from arnorm.passes._lexicon import is_known, lexicon

_Plan = Iterator[tuple[int, int, str]]

# Key by key, as on the keyboard: unshifted rows, then the shifted keys that give letters.
_ROWS = (
    ("`qwertyuiop[]", "ذضصثقفغعهخحجد"),
    ("asdfghjkl;'", "شسيبلاتنمكط"),
    ("zxcvnm,./", "ئءؤرىةوزظ"),
    ("YHN", "إأآ"),
)
_TO_ARABIC = {
    **{latin: arabic for row, letters in _ROWS for latin, arabic in zip(row, letters, strict=True)},
    "b": "لا",
    "T": "لإ",
    "G": "لأ",
    "B": "لآ",
    "?": "؟",
}
_TO_LATIN = {arabic: latin for latin, arabic in _TO_ARABIC.items()}
_ORDINALS = str.maketrans(_TO_ARABIC)

# One line's stretch of printable ASCII, from letter to letter; and what it is cut into.
_latin_run = lazy_pattern(r"[\x20-\x7e]+")
_typed = lazy_pattern(r"[a-zYHNTGB;',./`\[\]?]+")
_edge = "'\"`.,;/[]?!():-"


def arabic_in_latin(text: str) -> _Plan:
    """Stretches of Latin letters that are Arabic typed on the wrong layout."""
    for match in _latin_run.finditer(text):
        if not _touches_letter(text, match.start(), match.end()):
            for start, new in _as_arabic(match[0]):
                at = match.start() + start
                yield at, at + len(new[0]), new[1]


def _touches_letter(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()


# A word between quotes or brackets is code or a name: 'hrm', (lvpfh).
_quoted = lazy_pattern(r"""(['"`])[^\s'"`]*\1|\([^\s()]*\)|[={}<>_@#$%^&*|\\~+]""")


def _as_arabic(run: str) -> list[tuple[int, tuple[str, str]]]:
    """The words of *run*, each with what was meant; none when the run may be what it seems."""
    if not re.search("[a-z]{2}|[a-z][;',.\\[]", run):
        return []
    if _quoted.search(run):
        return []
    made: list[tuple[int, tuple[str, str]]] = []
    letters = known = longest = vowels = unknown = 0
    for match in re.finditer(r"\S+", run):
        token = match[0]
        if not re.search("[A-Za-z]", token):
            if re.search(r"[^0-9\s.,:!?()\"-]", token):
                return []
            continue
        word = _word_of(token)
        if word is None:
            return []
        offset, latin, arabic, is_word = word
        if latin in english():
            return []
        made.append((match.start() + offset, (latin, arabic)))
        letters += len(arabic)
        if is_word:
            known += len(arabic)
            longest = max(longest, len(arabic))
            vowels += _pronounceable(latin)
        elif _pronounceable(latin):
            return []
        unknown += not is_word
    if unknown * 4 > len(made):
        return []
    return made if _enough(len(made), letters, known, longest, vowels) else []


def _enough(words: int, letters: int, known: int, longest: int, vowels: int) -> bool:
    if words == 1:
        return known == letters and longest >= 5 and not vowels
    return known * 10 >= letters * 7 and longest >= 4 and vowels * 2 <= words and letters >= 3 * words


# Latin words have a vowel in every three to four letters, and few letters that stand doubled at the start.
_VOWEL = lazy_pattern("[aeiouyAEIOUY]")
_CLUSTER = lazy_pattern("[b-df-hj-np-tv-xz]{4}|^([b-df-hj-np-tv-xz])\\1")


def _pronounceable(latin: str) -> bool:
    """Whether someone may have written *latin* as a word of some language with Latin letters."""
    bare = re.sub("[^A-Za-z]", "", latin)
    if len(bare) != len(latin) and re.search(r"[A-Za-z][;,.\[\]/][A-Za-z]", latin):
        return False
    return _VOWEL.search(bare) is not None and not _CLUSTER.search(bare)


def _word_of(token: str) -> tuple[int, str, str, bool] | None:
    """Offset, letters as typed, letters as meant, and whether that is a common word; None if it cannot be Arabic.

    Punctuation at an edge may be a letter: «hgd,l;» is «اليومك»; whichever reading is a common word is taken.
    """
    for inner in dict.fromkeys((token, token.rstrip(_edge), token.lstrip(_edge), token.strip(_edge))):
        if inner and _typed.fullmatch(inner) and _is_word(arabic := inner.translate(_ORDINALS)):
            return token.index(inner), inner, arabic, True
    inner = token.strip(_edge)
    if not _typed.fullmatch(inner) or not re.search("[a-z]", inner):
        return None
    return token.index(inner), inner, inner.translate(_ORDINALS), False


@cache
def _words() -> frozenset[str]:
    return frozenset(word.translate(_PLAIN_ALEFS) for word in lexicon().known)


_PLAIN_ALEFS = str.maketrans("أإآ", "ااا")


def _is_word(arabic: str) -> bool:
    """Whether it is a common word. Typists leave hamzas out, but ة and ه, ى and ي have keys of their own."""
    return arabic.translate(_PLAIN_ALEFS) in _words()


# ---- and back: «اثممخ» for «hello» ----

# With hamza and madda as marks of their own, so that NFD text is read alike.
_arabic_run = lazy_pattern(f"[{ARABIC_LETTER}][{ARABIC_LETTER}{COMPOSING_MARK}؟ ]*")
_lam_alefs = lazy_pattern("ل[اأإآ]|.", re.DOTALL)


_LONGEST = 40  # longer is no English word


def latin_in_arabic(text: str) -> _Plan:
    """Words of Arabic letters that are English typed on the wrong layout."""
    for match in _arabic_run.finditer(text):
        run = match[0].rstrip()
        if _touches_mark(text, match.start(), match.end()):
            continue
        words = [
            (m.start(), m[0], _typed_latin(unicodedata.normalize("NFC", m[0][:_LONGEST])))
            for m in re.finditer(f"[{ARABIC_LETTER}{COMPOSING_MARK}]+", run)
        ]
        if _is_english([(arabic, latin) for _, arabic, latin in words]):
            for start, arabic, latin in words:
                yield match.start() + start, match.start() + start + len(arabic), latin


def _touches_mark(text: str, start: int, end: int) -> bool:
    around = text[start - 1 : start] + text[end : end + 1]
    return any(c.isalpha() or "\u0640" <= c <= "\u0670" for c in around)


def _typed_latin(word: str) -> str:
    """The keys that were struck. The b key gives «لا», so that pair is read as b wherever g and h make no word."""
    one = "".join(_TO_LATIN.get(unit, unit) for unit in _lam_alefs.findall(word))
    two = "".join(_TO_LATIN.get(unit, unit) for unit in word)
    return two if two in english() and one not in english() else one


def _is_english(words: list[tuple[str, str]]) -> bool:
    """Whether all words are English, and none but short ones could be Arabic."""
    if not words or not all(latin in english() for _, latin in words):
        return False
    if any(is_known(arabic) for arabic, _ in words if len(arabic) > 2):
        return False
    longest = max(len(latin) for _, latin in words)
    return longest >= 5 or (len(words) >= 2 and longest >= 4)


@cache
def english() -> frozenset[str]:
    """Common English words, chosen by hand: what people type."""
    return frozenset(_ENGLISH.split())


_ENGLISH = """
a about above access account across action active actually add address after again against age ago agree air all allow
almost alone along already also although always am among an and animal another answer any anyone anything app apple
are area arm around arrive art article as ask at attach available away baby back bad bank base be beautiful because
become bed been before begin behind believe below best better between big bill black blue board body book both box
boy break bring brother brown browser build building business but button buy by call camera can cancel car card care
case cat catch center change charge cheap check child children choose city class clean clear click close cloud coffee
cold college color come comment common company complete computer connect contact control cool copy correct cost could
country course create credit customer cut daily dark data date day dear death deep delete design desk detail
development did different difficult digital dinner do doctor document does dog dollar done door down download draw
dream drink drive during each early earth easy eat edit education effect eight either email empty end energy engine
english enjoy enough enter error even evening event ever every everyone everything example excellent exit expect
experience explain export eye face facebook fact family famous far fast father favorite feel few field fight file
fill film final find fine finish fire first fish five floor fly folder follow food foot football for force forget form
forward found four free fresh friday friend friends from front full fun future game garden general get gift girl give
glass go goal gold good goodbye google government great green ground group grow guess guest guide had hair half hand
happen happy hard has have he head health hear heart heavy hello help her here high him his history hit hold holiday
home hope hospital hot hotel hour house how however human hundred husband i idea if image important in include
increase information inside install instead interest internet into is island issue it item its january job join july
june just keep key keyboard kind king kitchen know language laptop large last late later laugh law lead learn leave
left lesson let letter level library life light like line link list listen little live local location login logout
london long look lost lot love low lunch machine mail main make man manager many map march market master match matter
may maybe me mean meeting member memory menu message method middle might mind minute miss mobile model moment monday
money month more morning most mother mountain mouse move movie much music must my name nature near need network never
new news next nice night nine no normal north not note nothing now number object of off office often oil old on once
one online only open option or orange order other our out outside over own page paper parent park part party pass
password past pay payment people perfect person phone photo picture place plan plane plant play please point police
popular possible power practice present press price print private problem process product program project public pull
push put question quick quickly quiet rain read ready real really reason receive red register remember remove reply
report request rest result return rich right river road room rule run safe sale same saturday save say school science
screen search season second secret section security see sell send sentence september server service set seven several
share she shop short should show sign simple since sister sit site six size sleep slow small smart so social software
some someone something sometimes son song soon sorry sound south space speak special speed sport spring start state
station stay step still stop store story street strong student study subject such summer sun sunday support sure
system table take talk tea teacher team technology tell ten test text than thank thanks that the their them then
there these they thing things think third this those three through thursday time to today together tomorrow tonight
too top total touch town trade train training translate travel tree true try tuesday turn two type under understand
university until up update upload us use user usually value version very video view visit voice wait walk wall want
war warm was wash watch water way we weather web website wednesday week weekend welcome well were west what when where
which while white who why wife will wind window windows winter with without woman women wonderful word words work
world would write wrong year yellow yes yesterday yet you young your youtube
"""
