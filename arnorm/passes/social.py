"""Social and web text: elongation, URLs, mentions, hashtags, emoji, HTML tags.

What a URL or a mention is, `arnorm.spans` says. To leave such spans alone while the rest is normalized, use
``pipeline.protecting("urls", "mentions")`` instead of a pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from arnorm.chars import DIGIT, LETTER, UNSEEN
from arnorm.core import Bound, Judge
from arnorm.errors import InvalidPassError, MissingPackageError
from arnorm.passes import _personal as _personal_numbers
from arnorm.passes._html import without_tags
from arnorm.passes._own import Rewrite
from arnorm.portable import Chars, Repeats
from arnorm.spans import PATTERNS
from arnorm.trace import Span

__all__ = [
    "squeeze_elongation",
    "repair_elongation",
    "strip_urls",
    "mask_urls",
    "strip_emails",
    "mask_emails",
    "strip_mentions",
    "mask_mentions",
    "strip_hashtags",
    "mask_hashtags",
    "mask_phone_numbers",
    "mask_ibans",
    "mask_ids",
    "fold_hashtags_to_words",
    "strip_emoji",
    "mask_emoji",
    "name_emoji",
    "strip_html_tags",
]

Plan = Iterator[tuple[int, int, str]]


# Anything three times in a row: looking for that alone takes less than half the time of asking for letters.
_THREE = r"(.)\1\1"
_TO_TWO = Repeats(Chars(LETTER), 3, 2)


def squeeze_elongation(most: int = 2) -> Rewrite:
    """Shorten a letter repeated three times or more to *most* (1 or 2).

    Two is sure: no letter stands three times in a row in an Arabic word, and two may be right («ممتاز»,
    «تتابع»). One reads better («رائع») and is wrong where the double was meant; the lams of «الله», «اللغة»
    are kept double even so.

    >>> squeeze_elongation(1)("رااااائع والله")
    'رائع والله'
    >>> squeeze_elongation(2)("مممممتاز 1000000")
    'ممتاز 1000000'
    """
    if most not in (1, 2):
        raise InvalidPassError(f"squeeze_elongation: most is 1 or 2, not {most!r}")
    return Rewrite(
        "squeeze_elongation",
        _TO_TWO.pattern,
        _TO_TWO.template if most == 2 else _to_one,
        steps=(_TO_TWO,) if most == 2 else "",
        hint=_THREE,
        summary="shorten a letter repeated three times or more",
        leaves="Doubles, digits, punctuation and Latin letters stay; the double lam of «الله» and «اللغة» too.",
        examples=(("جميييييل", "جمييل" if most == 2 else "جميل"), ("اللللله", "الله"), ("1000000", "1000000")),
        args=(("most", most),),
    )


def _to_one(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 1) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    double = match[1] == "ل" and (before == "ا" or after == "ه")  # الليل, لله
    return match[1] * 2 if double else match[1]


def _elongations(text: str) -> Plan:
    from arnorm.passes._elongation import elongations  # its words are not part of `import arnorm`

    return elongations(text)


repair_elongation = Judge(
    "repair_elongation",
    _elongations,
    hint=_THREE,
    summary="shorten a letter repeated three times or more to what the word has, by a list of words: «رااائع» → «رائع»",
    leaves="Doubles, and triples that are words: a prefix before a verb as in «تتتابع», a doubled root as in «بتتت». "
    "Where no word is known, a long vowel and a last letter stay once, others twice. Letters with marks between them.",
    examples=(("جميييل جدااا", "جميل جدا"), ("مممتاز", "ممتاز"), ("تتتابع", "تتتابع"), ("هههههه", "هه")),
)


_NO_STEPS = "what an address or a name is, and where it ends, its pattern says in alternatives"

# What may touch the word before a span that is gone: «شكرا @sara!» is «شكرا!». Anything else keeps the space between
# them: «نص #كورونا-19» is «نص -19», not a new word «نص-19».
_CLOSING = rf"\s.,:;!?…،؛؟۔)\]}}>≯»”’'\"*_{UNSEEN}"
_SIGNS = {"urls": ("://", "w.", "W."), "emails": ("@",), "mentions": ("@", "＠"), "hashtags": ("#", "＃")}


def _stripping(kind: str, what: str) -> Rewrite:
    """The pass that deletes spans of *kind*."""
    span = f"(?>{PATTERNS[kind]})"  # as a whole: what follows a shorter one is the rest of the address
    return Rewrite(
        f"strip_{kind}",
        f"[ \\t]{span}(?![^{_CLOSING}])|{span}",
        "",
        steps=_NO_STEPS,
        needles=_SIGNS[kind],
        summary=f"delete {what}, each with one space before it",
        leaves="Punctuation behind the span stays, as it belongs to the sentence. So does the space before the span "
        "where anything else follows at once, which would be joined to the word before.",
        examples=_EXAMPLES[kind][:1],
    )


def _masking(kind: str, what: str, token: str) -> Rewrite:
    """The pass that puts *token* for spans of *kind*. Raises `InvalidPassError` for one that would be found again."""
    if not isinstance(token, str) or re.search(PATTERNS[kind], token):
        raise InvalidPassError(f"mask_{kind}: the token has to be a string that is not itself one of the {kind}")
    return Rewrite(
        f"mask_{kind}",
        PATTERNS[kind],
        token.replace("\\", r"\\"),
        steps=_NO_STEPS,
        needles=_SIGNS[kind],
        summary=f"put a token for {what}",
        leaves="Punctuation behind the span stays, as it belongs to the sentence.",
        examples=((_EXAMPLES[kind][0][0], _EXAMPLES[kind][1][0].replace("%", token)),),
        args=(("token", token),),
    )


_EXAMPLES: dict[str, tuple[tuple[str, str], tuple[str]]] = {
    "urls": (("اقرأ https://example.com/a?b=1، ثم عد", "اقرأ، ثم عد"), ("اقرأ %، ثم عد",)),
    "emails": (("راسلنا على info@example.com.", "راسلنا على."), ("راسلنا على %.",)),
    "mentions": (("شكرا @sara_90!", "شكرا!"), ("شكرا %!",)),
    "hashtags": (("فوز كبير #كرة_القدم", "فوز كبير"), ("فوز كبير %",)),
}

strip_urls = _stripping("urls", "URLs")
strip_emails = _stripping("emails", "e-mail addresses")
strip_mentions = _stripping("mentions", "mentions")
strip_hashtags = _stripping("hashtags", "hashtags with their words")


def mask_urls(token: str = "[رابط]") -> Rewrite:
    """Put *token* for each URL.

    >>> mask_urls("<url>")("انظر https://example.com.")
    'انظر <url>.'
    """
    return _masking("urls", "each URL", token)


def mask_emails(token: str = "[بريد]") -> Rewrite:
    """Put *token* for each e-mail address.

    >>> mask_emails()("راسل info@example.com")
    'راسل [بريد]'
    """
    return _masking("emails", "each e-mail address", token)


def mask_mentions(token: str = "[مستخدم]") -> Rewrite:
    """Put *token* for each mention of a user.

    >>> mask_mentions("<user>")("شكرا @sara")
    'شكرا <user>'
    """
    return _masking("mentions", "each mention", token)


def mask_hashtags(token: str = "[وسم]") -> Rewrite:
    """Put *token* for each hashtag. To keep its words, see `fold_hashtags_to_words`.

    >>> mask_hashtags()("فوز #كرة_القدم")
    'فوز [وسم]'
    """
    return _masking("hashtags", "each hashtag", token)


def _personal(kind: str, find: Callable[[str], Iterator[Span]], token: str, **about: Any) -> Judge:
    if not isinstance(token, str) or [*find(token)]:
        raise InvalidPassError(f"mask_{kind}: the token has to be a string that is not itself one of them")
    return Judge(
        f"mask_{kind}", Bound(_masked_spans, (find, token)), hint=f"[{DIGIT}]{{2}}", args=(("token", token),), **about
    )


def _masked_spans(find: Callable[[str], Iterator[Span]], token: str, text: str) -> Plan:
    return _personal_numbers.replaced(find(text), token)


def mask_phone_numbers(token: str = "[هاتف]") -> Judge:
    """Put *token* for each telephone number.

    International numbers (+ or 00), mobile numbers of Arab countries as they are dialled at home, and whatever has six
    digits and more behind a word for telephone; in digits of any of the three scripts, with spaces, hyphens or
    brackets between. Left alone are all other numbers: years, prices, dates, verses, book numbers. Raises
    `InvalidPassError` for a token that is a telephone number. Source of the forms: ITU-T E.164 and the numbering plans
    of the countries.

    >>> mask_phone_numbers()("اتصل على 0555 123 456 قبل 2025")
    'اتصل على [هاتف] قبل 2025'
    """
    return _personal(
        "phone_numbers",
        _personal_numbers.phone_numbers,
        token,
        summary="put a token for each telephone number",
        leaves="Years, prices, dates, numbers of verses and books, and numbers that only the reader knows to be one: "
        "eight digits without a word for telephone before them.",
        examples=(("راسلني +966 50 123 4567", f"راسلني {token}"), ("هاتف: 22334455", f"هاتف: {token}")),
    )


def mask_ibans(token: str = "[حساب]") -> Judge:
    """Put *token* for each international bank account number whose length and check digits are right.

    With or without spaces. Left alone is what fails the check (ISO 7064, mod 97-10) or has not the length that the
    registry of ISO 13616 says. Raises `InvalidPassError` for a token that is such a number.

    >>> mask_ibans()("حسابي SA03 8000 0000 6080 1016 7519 فقط")
    'حسابي [حساب] فقط'
    """
    return _personal(
        "ibans",
        _personal_numbers.ibans,
        token,
        summary="put a token for each international bank account number (IBAN)",
        leaves="What fails the check digits or has another length; account numbers of other kinds.",
        examples=(("إلى SA0380000000608010167519", f"إلى {token}"), ("SA0480000000608010167519",) * 2),
    )


def mask_ids(token: str = "[هوية]") -> Judge:
    """Put *token* for each national number of a person.

    Those of Egypt (by date and governorate), Kuwait (date and check digit) and the Emirates (check digit) prove
    themselves; those of other Arab countries are masked behind a word for them («الهوية», «الرقم الوطني», «الإقامة»).
    Left alone are other numbers. Raises `InvalidPassError` for a token that is a national number.

    >>> mask_ids()("رقم الهوية: 1098765432، والسنة 1445")
    'رقم الهوية: [هوية]، والسنة 1445'
    """
    return _personal(
        "ids",
        _personal_numbers.national_ids,
        token,
        summary="put a token for each national number",
        leaves="Numbers of any other kind, and those that no word names and no check digit proves.",
        examples=(("784-1984-1234567-4", token), ("الرقم الوطني 9871012345", f"الرقم الوطني {token}")),
    )


def _words_of(match: re.Match[str]) -> str:
    return re.sub("[#＃_]+", " ", match[0]).strip()


fold_hashtags_to_words = Rewrite(
    "fold_hashtags_to_words",
    PATTERNS["hashtags"],
    _words_of,
    needles=_SIGNS["hashtags"],
    summary="write a hashtag as the words in it: «#كرة_القدم» as «كرة القدم»",
    leaves="Words run together without an underscore stay together; numbers such as «#1» are no hashtags.",
    examples=(("فوز #كرة_القدم", "فوز كرة القدم"), ("المركز #1", "المركز #1")),
)


@cache
def _emoji() -> Any:
    """An emoji with all that belongs to it: skin tone, joined partners, flags, keycaps."""
    import regex  # only emoji need it, so only they wait for its import

    # A picture that Unicode draws as text unless U+FE0F follows (❤ ☀ ☎) is an emoji to everybody, unless U+FE0E says
    # that it is text. A sign of writing (© ™ ‼ → ▪ 1 #) is one only with U+FE0F.
    picture = r"(?=[\u2300-\u23FF\u2600-\u27BF\U0001F000-\U0001FFFF])\p{Emoji}(?!\uFE0E)"
    one = rf"(?:(?:\p{{Emoji_Presentation}}|{picture})\uFE0F?|\p{{Emoji}}\uFE0F)\p{{Emoji_Modifier}}?\u20E3?"
    part = rf"(?:{one}|\p{{Emoji}}\p{{Emoji_Modifier}})[\U000E0020-\U000E007F]*"
    # What selectors are left behind it go along: they would make an emoji of the digit before it.
    return regex.compile(rf"(?:\p{{RI}}\p{{RI}}|{part}(?:\u200D(?:{part}|\p{{Emoji}}))*)\uFE0F*+")


def _emoji_replaced(text: str, new: Callable[[str], str]) -> Plan:
    if text.isascii():
        return
    for match in _emoji().finditer(text):
        yield match.start(), match.end(), new(match[0])


def _constant(token: str, _: str) -> str:
    return token


def _masked_emoji(token: str, text: str) -> Plan:
    return _emoji_replaced(text, Bound(_constant, (token,)))


strip_emoji = Judge(
    "strip_emoji",
    Bound(_masked_emoji, ("",)),
    summary="delete emoji, whole sequences at a time",
    leaves="Signs of writing (©, ™, ‼, arrows, squares, digits, # and *) stay unless U+FE0F makes them emoji, and "
    "pictures that U+FE0E makes text. CJK, mathematical and other symbols (★) stay.",
    examples=(("مبروك 🎉👨‍👩‍👧 ❤", "مبروك  "), ("© ٢٠٢٤ 漢字 #1 ★", "© ٢٠٢٤ 漢字 #1 ★")),
)


def mask_emoji(token: str = "[رمز]") -> Judge:
    """Put *token* for each emoji (a whole sequence counts as one).

    >>> mask_emoji()("مبروك 🎉")
    'مبروك [رمز]'
    """
    if not isinstance(token, str) or _emoji().search(token):
        raise InvalidPassError("mask_emoji: the token has to be a string without emoji")
    return Judge(
        "mask_emoji",
        Bound(_masked_emoji, (token,)),
        summary="put a token for each emoji",
        leaves=strip_emoji.leaves,
        examples=(("مبروك 🎉", f"مبروك {token}"),),
        args=(("token", token),),
    )


#: In which the package `emoji` has names; it makes the name of a file of what it is given.
_EMOJI_LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "id", "it", "ja", "ko", "pt", "ru", "tr", "zh")


def name_emoji(language: str = "ar") -> Judge:
    """Write each emoji as its CLDR name between colons, in *language* ("ar", "en", "fa", …).

    Needs the extra ``emoji``; raises `MissingPackageError` without it, at the first emoji, and `InvalidPassError`
    for a language that it has no names in. Emoji that the package does not know stay.

    >>> name_emoji()("مبروك 🎉")
    'مبروك :فرقعة_حفلة:'
    """
    if language not in _EMOJI_LANGUAGES:
        raise InvalidPassError(f"name_emoji: language is one of {', '.join(_EMOJI_LANGUAGES)}, not {language!r}")
    return Judge(
        "name_emoji",
        Bound(_named_emoji, (language,)),
        summary="write each emoji as its name between colons",
        leaves="Emoji without a known name, and all that strip_emoji leaves, stay.",
        args=(("language", language),),
    )


def _named_emoji(language: str, text: str) -> Plan:
    return _emoji_replaced(text, Bound(_name_of, (language,)))


def _name_of(language: str, sequence: str) -> str:
    try:
        import emoji
    except ImportError as error:
        raise MissingPackageError("emoji", "emoji") from error
    parts = [sequence] if len(sequence) <= _LONGEST_EMOJI else sequence.split("\N{ZERO WIDTH JOINER}")
    named = (emoji.demojize(p, language=language) if len(p) <= _LONGEST_EMOJI else p for p in parts)
    return "\N{ZERO WIDTH JOINER}".join(named)


# No emoji has a longer name-giving sequence, and `demojize` takes time quadratic in one.
_LONGEST_EMOJI = 64


strip_html_tags = Judge(
    "strip_html_tags",
    without_tags,
    needles=("<",),
    summary="delete HTML tags and comments, scripts and styles, keep the text: a line for each block, a space between "
    "cells",
    leaves="Entities stay (see unescape_html), so do comparisons such as «a < b», and tags inside what would be a tag "
    "without them. Inline tags part no words. No parser: a script without its end loses its tag only.",
    examples=(
        ("<p>أهلا <b>بكم</b></p>", "أهلا بكم"),
        ("<li>شاي</li><li>بن</li>", "شاي\nبن"),
        ("<td>٣</td><td>٤</td>", "٣ ٤"),
        ("الـ<em>كتا</em>ب<script>f(1)</script>", "الـكتاب"),
        ("٣ < ٥ و 7 > 2", "٣ < ٥ و 7 > 2"),
    ),
)
