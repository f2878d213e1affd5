"""Hypothesis strategies: the texts and pipelines that the laws are tried on."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from arnorm import Composable, Custom, Pipeline, catalogue, passes
from arnorm.chars import ALL_MARKS, HARAKAT

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
PUNCTUATION = "،؛؟.,;:!?…٪٫٬%-–—/()[]{}«»“”„‟‹›‘’‚`'\"″′_#@&"
INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
    "\0\x1b\x85"
)
SPACES = " \t\n\r\u00a0\u2003\u202f\u3000\u2028"
OTHERS = (
    "ٱٲٳٵکگپچژڤیےہھەۀۃ\u0640\u0653\u0654\u0655\u065f\u06d6\u06dd\u08f0ﻼﻷﻵﷲﷺ\ufe71\ufc60ﻣﺮ"
    "😀👨\u200d👩\ufe0f漢éßaBk0\u0301Ù…Ø±ãÑ\ud800\udfff\U0010fffd\ue000\ufffe\uffff"
)

ALL_OF_BMP = (range(0xD800), range(0xE000, 0x10000))
#: The blocks of the BMP that passes speak of, with what is around them.
SPOKEN_OF = (range(0x400), range(0x600, 0x900), range(0x2000, 0x2100), range(0xFB00, 0x10000))

words = st.text(LETTERS, min_size=1, max_size=8)
_vocalized_letters = st.tuples(st.sampled_from(LETTERS), st.text(HARAKAT, max_size=2)).map("".join)
vocalized_words = st.lists(_vocalized_letters, min_size=1, max_size=8).map("".join)
_snippets = st.sampled_from(
    (
        "الله ١٢٫٥ 12.5 1,234 https://example.com/أ?b=1 a@example.com @sara #كرة_القدم `x=أ` &amp; <b> ... ؟؟؟ هههههه "
        '«نص» "نص" COVID19 ١٤٤٣هـ الـBBC 10:30 don\'t Ù…Ø± lvpfh المجالت 5" 3. ، ؛'
    ).split()
)
_one = st.sampled_from(LETTERS + DIGITS + PUNCTUATION + INVISIBLE + SPACES + OTHERS + ALL_MARKS)
#: Arabic text as it comes: words, vocalized words, numbers, web text, and any character this library speaks of.
arabic_text = st.lists(words | vocalized_words | _snippets | _one | st.just(" "), max_size=12).map("".join)
#: Any string at all, lone surrogates included.
any_text = st.text(st.characters(codec=None), max_size=40) | arabic_text


def _upper(text: str) -> str:
    return text.upper()


def ready_made() -> list[Composable]:
    """One pass for every row of the catalogue."""
    return [passes.get(entry.name) for entry in catalogue()]


def all_passes() -> st.SearchStrategy[Composable]:
    """A ready-made pass, or one of a user's."""
    tables = st.dictionaries(_one, st.text(_one, max_size=2), max_size=4)
    from arnorm import CharMap

    charmaps = tables.map(lambda table: CharMap("users_table", table))
    return st.sampled_from(ready_made()) | charmaps | st.just(Custom("upper", _upper))


def pipelines(max_size: int = 5) -> st.SearchStrategy[Pipeline]:
    """A few passes in a row, some of them protecting spans."""
    plain = st.lists(all_passes(), max_size=max_size).map(Pipeline)
    named = st.lists(st.sampled_from(["urls", "emails", "mentions", "hashtags", "code", "numbers"]), max_size=2)
    own = st.just([re.compile("[ابت]+")])
    return (
        plain
        | st.builds(lambda p, what: p.protecting(*what), plain, named | own)
        | st.builds(lambda p, q: p.protecting("urls") | q, plain, plain)
    )
