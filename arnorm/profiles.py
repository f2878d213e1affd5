"""Named, versioned pipelines. A version never changes what it does: people build indexes on it.

``search.v1`` is a name with its version; ``search`` means the newest. A change of output is a new version, and
the old one stays; the fingerprints in the tests hold it to that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from arnorm.core import Composable, Joinable, Pipeline
from arnorm.errors import UnknownNameError
from arnorm.literals import ProfileName
from arnorm.passes import (
    digits,
    documents,
    encoding,
    letters,
    marks,
    names,
    numerals,
    punctuation,
    quran,
    social,
    spacing,
)


class Profile(Pipeline):
    """A pipeline with a name and a promise.

    ``name`` and ``version`` make ``full_name`` ("search.v1"); ``summary`` says what it is for, ``destroys`` what
    of the text cannot be got back, in words. A version never changes what it gives.

    >>> chosen = profile("search.v1")
    >>> chosen.name, chosen.version, chosen("إِلَى المَدْرَسَةِ")
    ('search', 1, 'الي المدرسه')
    """

    name: str
    version: int
    summary: str
    destroys: str

    def __init__(self, full_name: str, passes: Joinable, *, summary: str, destroys: str) -> None:
        super().__init__((passes,))
        name, _, version = full_name.partition(".v")
        self.__dict__.update(name=name, version=int(version), summary=summary, destroys=destroys)

    @property
    def full_name(self) -> str:
        """Name and version: "search.v1"."""
        return f"{self.name}.v{self.version}"

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """The profile by its name and version, for Django's migrations.

        >>> profile("search").deconstruct()
        ('arnorm.profile', ('search.v1',), {})
        """
        return "arnorm.profile", (self.full_name,), {}

    def __reduce__(self) -> tuple[object, ...]:
        return profile, (self.full_name,)

    def __repr__(self) -> str:
        return f"<Profile {self.full_name}>"


# Marks are sorted and letters composed first, so that decomposed text takes the same way; and once more behind what
# deletes, because a deleted character may have stood between a letter and its hamza, or between two marks. What is
# deleted at all is deleted before a pass looks at neighbours. Tables stand side by side where they can: they run as
# one.
# No profile repairs mojibake: what it deletes afterwards could bring new pairs together, and it would not be
# idempotent. Whoever has such text joins the repair before it.
_UNSEEN_OFF = (
    encoding.strip_zero_width
    | encoding.strip_control_characters
    | encoding.strip_spaces_under_marks
    | encoding.unify_spaces
)
_ONE_SPELLING = encoding.nfc | letters.strip_inner_tatweel | encoding.nfc | marks.squeeze_marks

# Lines in visual order keep their forms: without these nobody can tell that they are.
_SAME_TEXT = encoding.nfc | _UNSEEN_OFF | encoding.unify_forms_in_order | _ONE_SPELLING

# What is to be read or learned from has no forms at all.
_DECODED = (
    encoding.nfc
    | encoding.unify_cut_forms
    | encoding.unify_presentation_forms
    | _UNSEEN_OFF
    | encoding.unify_word_ligatures
    | encoding.unify_isolated_marks
    | _ONE_SPELLING
)

# One encoding of letters and marks, without anything between them.
_UNPARTED = (
    encoding.nfc
    | encoding.unify_cut_forms
    | encoding.unify_presentation_forms
    | encoding.strip_zero_width
    | encoding.strip_zwnj
    | encoding.strip_bidi_marks
    | encoding.strip_bidi_controls
    | encoding.strip_control_characters
    | encoding.strip_spaces_under_marks
    | encoding.unify_spaces
    | encoding.unify_word_ligatures
    | encoding.unify_phrase_signs
    | encoding.unify_isolated_marks
)

# Letters only, without anything on or between them.
_UNMARKED = (
    marks.strip_all_marks
    | marks.strip_decoration_marks
    | letters.strip_tatweel
    | marks.strip_keycaps
    | encoding.strip_zwj
    | encoding.unify_isolated_marks
    | encoding.nfc
    | marks.strip_hamza_marks
    | encoding.nfc
)

_BARE = _UNPARTED | letters.fold_hamza_carriers | _UNMARKED

# What Arabic writers exchange for one another, and the digits of all three scripts. Tables and patterns only, which
# every engine can do (see `arnorm.export`).
_FOLDS = (
    letters.fold_heh_variants
    | letters.fold_decorated_letters
    | letters.fold_alef
    | letters.fold_alef_extended
    | letters.fold_alef_maksura
    | letters.fold_teh_marbuta
    | letters.fold_keheh
    | letters.fold_farsi_yeh
    | digits.map_digits_to_ascii
    | digits.map_percent_signs_to_ascii
)
_FOLDED = _BARE | _FOLDS

_TIDY = social.repair_elongation | punctuation.squeeze_punctuation | spacing.squeeze_spaces | spacing.strip_line_edges


#: What makes each profile, in order.
_MAKERS: dict[str, Callable[[], Profile]] = {}
_Passes = Callable[[], Composable]


def _written(full_name: str, *, summary: str, destroys: str) -> Callable[[_Passes], _Passes]:
    """Keep a function that joins the passes of a profile; it runs when somebody asks for the profile."""

    def keep(passes: _Passes) -> _Passes:
        _MAKERS[full_name] = cache(lambda: Profile(full_name, passes(), summary=summary, destroys=destroys))
        return passes

    return keep


@_written(
    "clean.v1",
    summary="the same text in one encoding: nothing that a reader would miss is lost (the default)",
    destroys="Nothing that a reader sees. Which of several encodings of the same letters, spaces and "
    "invisible characters it was is not kept, nor are strokes that only stretch a word.",
)
def _clean() -> Composable:
    return _SAME_TEXT


@_written(
    "search.v1",
    summary="for indexes and queries: what people write in different ways meets in one form",
    destroys="All marks, hamza on alef, the difference of ى and ي, of ة and ه, of Arabic and Persian letters "
    "and those of other languages that look like them, and of the digits of three scripts; tatweel, invisible "
    "characters. Words that differ only so become one: «علي» and «على», «كرة» and «كره».",
)
def _search() -> Composable:
    return _FOLDED


@_written(
    "quran.v1",
    summary="for indexes and queries of the Qur'an: the mushaf's spelling meets ordinary spelling",
    destroys="All that search.v1 does, and the mushaf's spelling: small letters, silent letters, where a word "
    "is joined; the alef behind a last waw, so that «يدعو» and «يدعوا» become one.",
)
def _quran() -> Composable:
    return (
        _UNPARTED
        | encoding.nfc
        | quran.fold_uthmani
        | _UNMARKED
        | _FOLDS
        | quran.fold_silent_alef
        | spacing.squeeze_spaces
        | spacing.strip_line_edges
    )


@_written(
    "names.v1",
    summary="for matching names of people: what registers write joined or apart, with hamza or without, is one",
    destroys="All that search.v1 does, and every hamza, «ابن» and «بن», the case of «أبو», spaces in compound "
    "names. «آل سعود» and «السعود» become one, «رائد» and «رايد», «علاء» and «علا»; sentences lose spaces too.",
)
def _names() -> Composable:
    return (
        _FOLDED
        | encoding.strip_all_zwj  # of a letter that stands alone too, for a name may be joined to it
        | letters.fold_hamza_seats
        | letters.strip_hamza
        | letters.fold_latin_case
        | spacing.squeeze_spaces
        | spacing.strip_line_edges
        | names.join_lone_waw
        | names.join_lone_article
        | names.join_abd
        | names.join_compound_names
        | names.fold_ibn
        | names.join_kunya
    )


@_written(
    "ml.v1",
    summary="for training text: readable, every letter and vowel kept, noise of the web taken off",
    destroys="Layout made with spaces and empty lines, emphasis by repeated letters and signs, direction "
    "controls, HTML entities. Letters, marks, digits, quotes and punctuation stay as written.",
)
def _ml() -> Composable:
    return (
        encoding.unescape_html
        | encoding.strip_bidi_marks
        | encoding.strip_bidi_controls
        | _DECODED
        | marks.order_tanween_before_alef
        | encoding.nfc
        | marks.squeeze_marks
        | _TIDY
        | spacing.squeeze_newlines(2)
        | encoding.nfc
    )


@_written(
    "asr.v1",
    summary="for scoring speech recognition: only what can be heard counts",
    destroys="All that search.v1 does, and punctuation, Latin capitals, the commas of 1,000, and whether «و» "
    "stands apart. Numbers in digits stay digits: whether «٢٠» or «عشرون» was written is not reconciled.",
)
def _asr() -> Composable:
    return (
        _FOLDED
        | letters.fold_latin_case
        | digits.fold_number_grouping
        | punctuation.strip_punctuation
        | spacing.unify_tabs
        | spacing.squeeze_spaces
        | spacing.fold_lone_waw
        | encoding.strip_zwj  # «و» joins a letter that stood alone
        | spacing.strip_line_edges
    )


@_written(
    "social.v1",
    summary="for posts and comments: who and where masked, emphasis evened out, letters and emoji kept",
    destroys="URLs, e-mail addresses and user names (a token stands for them), hashtag signs, all marks, "
    "tatweel, the length of elongations and of runs of punctuation; letters of other languages that decorated "
    "text takes for Arabic ones. No other letters are folded.",
)
def _social() -> Composable:
    return (
        encoding.unescape_html
        | _BARE
        | letters.strip_filler_heh
        | letters.fold_heh_variants
        | letters.fold_decorated_letters
        # «@#sara» is a mention when the sign is off, what joined the sign joins the word, and «#أحمد» behind a
        # user name is a hashtag when a token stands for the name.
        | social.mask_urls()
        | social.fold_hashtags_to_words
        | encoding.strip_zwj
        | social.mask_emails()
        | social.mask_mentions()
        | social.fold_hashtags_to_words
        | spacing.unify_tabs
        | _TIDY
        | encoding.nfc
    )


@_written(
    "tts.v1",
    summary="for reading aloud: numbers, dates, amounts and abbreviations in words, vowels kept",
    destroys="Digits and signs that are read as words, emoji, emphasis by repeated letters, layout made with "
    "spaces. Numbers beside Latin words, versions and addresses stay as written.",
)
def _tts() -> Composable:
    return (
        encoding.strip_bidi_marks
        | encoding.strip_bidi_controls
        | social.strip_emoji
        | _DECODED
        | numerals.map_signs_to_words
        | numerals.map_numbers_to_words(unsure="read")
        | marks.squeeze_marks
        | _TIDY
        | encoding.nfc
    )


@_written(
    "lucene.v1",
    summary="exactly Lucene's ArabicNormalizer, for indexes that Lucene, Solr or Elasticsearch built",
    destroys="The eight core harakat, tatweel, hamza and madda on alef, the difference of ى and ي and of ة "
    "and ه. As Lucene does, and unlike every other profile, it treats decomposed text differently.",
)
def _lucene() -> Composable:
    return letters.lucene_arabic


@_written(
    "arabic_asr_leaderboard.v1",
    summary="exactly the normalizer of the Open Universal Arabic ASR Leaderboard, for scores beside its own",
    destroys="ASCII punctuation and ، ؛ ؟, the eight core harakat, hamza (by itself it goes, on a letter the "
    "letter stays), پ and ڤ. «٥٠٪» and «50%» stay different, as do ى and ي, ة and ه; so does decomposed text.",
)
def _arabic_asr_leaderboard() -> Composable:
    return letters.leaderboard_arabic_asr | spacing.strip_edges


@_written(
    "ocr.v1",
    summary="for recognised text (Tesseract and others): commas, digits and split words put right",
    destroys="Layout made with spaces. A hamza, a digit or a space that made no word of what stood there is not kept.",
)
def _ocr() -> Composable:
    return (
        _SAME_TEXT
        | documents.repair_ocr_confusions
        | _SAME_TEXT  # a space that goes brings marks and forms together
        | spacing.squeeze_spaces
        | spacing.strip_line_edges
    )


@_written(
    "pdf.v1",
    summary="for text taken out of PDF, the whole of it at once: reversed, in pieces or in presentation forms",
    destroys="Layout made with spaces. The order in which the letters, words and pieces of a line came is not "
    "kept where it was not the order of reading, nor are marks that lost their letter.",
)
def _pdf() -> Composable:
    return (
        encoding.nfc
        | _UNSEEN_OFF
        | encoding.unify_isolated_marks
        | _ONE_SPELLING
        | documents.repair_extracted_text
        | _SAME_TEXT
        | spacing.squeeze_spaces
        | spacing.strip_line_edges
        | documents.repair_extracted_text  # which sees letters now where signs were that show words
        | _SAME_TEXT
        | spacing.squeeze_spaces
        | spacing.strip_line_edges
    )


def all_profiles() -> tuple[Profile, ...]:
    """Every profile of every version, in order.

    >>> " ".join(p.name for p in all_profiles())
    'clean search quran names ml asr social tts lucene arabic_asr_leaderboard ocr pdf'
    """
    return tuple(make() for make in _MAKERS.values())


@cache
def _by_name() -> dict[str, Callable[[], Profile]]:
    versions = sorted(_MAKERS, key=lambda full_name: int(full_name.partition(".v")[2]))
    return {**{full_name.partition(".v")[0]: _MAKERS[full_name] for full_name in versions}, **_MAKERS}


def profile(name: ProfileName) -> Profile:
    """The profile called *name*; without a version, the newest.

    Raises `UnknownNameError`, with a suggestion, when there is none.

    >>> profile("search").full_name
    'search.v1'
    """
    try:
        make = _by_name()[name]
    except (KeyError, TypeError):
        raise UnknownNameError("profile", name, _MAKERS, _meant(name)) from None
    return make()


#: What people look for by another name.
_ALIASES = {
    "default": "clean", "light": "clean", "index": "search", "query": "search", "aggressive": "search",
    "arabic": "lucene", "elasticsearch": "lucene", "bert": "ml", "embeddings": "ml", "llm": "ml", "rag": "ml",
    "tweets": "social", "twitter": "social", "speech": "asr", "wer": "asr", "scan": "ocr", "koran": "quran",
}  # fmt: skip


def _meant(name: object) -> str | None:
    from arnorm import passes  # all of them; only on the way to an error
    from arnorm.passes._aliases import meant

    if not isinstance(name, str) or name.lower() in _ALIASES:
        return _ALIASES.get(name.lower()) if isinstance(name, str) else None
    made = name if name in passes.__all__ else meant(name)
    return f"passes.{made}" if made else None


def normalize(text: str, profile: ProfileName | Joinable = "clean") -> str:
    """*text* normalized by a *profile*, given by name or as any pass or pipeline.

    The default, ``clean``, loses nothing that a reader would miss; whatever does is asked for by name. Comes
    back as the same object when there is nothing to change. Never raises on a ``str``; raises
    `UnknownNameError` for a profile that does not exist.

    >>> normalize("ﺳﻼم")
    'سلام'
    >>> normalize("أَحْمَدُ", "search.v1")
    'احمد'
    """
    if isinstance(profile, str):
        return _named(profile)(text)
    if not isinstance(profile, Composable):
        if not callable(profile):
            raise TypeError(f"a profile is a name, a pass or a pipeline, not {type(profile).__name__}")
        profile = Pipeline((profile,))
    return profile(text)


_named = profile

__all__ = ["Profile", "all_profiles", "normalize", "profile"]
