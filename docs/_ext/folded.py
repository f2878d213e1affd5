"""Search that folds: what stands in the pages and what is asked for meet by arnorm's own profile `search`.

The index is made with it; the page has the same as a table of letters. Then the article goes, with what is written
together with it, and words that readers use for one thing become one word.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

import arnorm

#: The letters that the table has: Arabic script and its presentation forms.
BLOCKS = ((0x0600, 0x0700), (0x0750, 0x0780), (0x0870, 0x0900), (0xFB50, 0xFE00), (0xFE70, 0xFF00))
#: «والتشكيل», «للتشكيل»: what stands before three letters or more. Written so that Python and JavaScript read it alike.
ARTICLE = "^(?:[وف]?[بك]?ال|[وف]?لل)(?=...)"
#: One word for what is called by several, as they stand after folding.
SYNONYMS = {
    "tashkeel": "diacritics diacritic harakat haraka tashkil vowels vowel vocalization marks mark",
    "cite": "citation citing bibtex reference",
    "stopwords": "stopword stop",
    "spelling": "misspelling misspelled misspelt typo typos spellcheck spellchecker orthography",
    "license": "licence licences licenses licensing",
    "normalize": "normalise normalization normalisation normalizing",
    "playground": "demo online editor desk",
    "تشكيل": "حركات حركه شكل",
    "املاء": "تصويب تصحيح تدقيق",
    "ترخيص": "رخصه رخص",
    "تثبيت": "تنصيب",
}
MEANT = {word: meant for meant, words in SYNONYMS.items() for word in words.split()}


@cache
def table() -> dict[str, str]:
    """What each letter becomes; only those that become something else."""
    fold = arnorm.profile("search")
    letters = (chr(code) for first, end in BLOCKS for code in range(first, end))
    folded = {letter: fold(letter) for letter in letters}
    # A mark by itself may stay where one on a letter would go.
    marks = {letter: fold(f"ب{letter}ب")[1:-1] for letter in folded if fold(f"ب{letter}ب") == "بب"}
    return {letter: new for letter, new in (folded | marks).items() if new != letter}


class FoldedSearch(SearchEnglish):
    """English as Sphinx has it, and Arabic folded."""

    @property
    def js_splitter_code(self) -> str:  # type: ignore[override]
        return SCRIPT % tuple(json.dumps(each, ensure_ascii=False) for each in (table(), ARTICLE, MEANT))

    def split(self, text: str) -> list[str]:
        return super().split(folded(text))

    def stem(self, word: str) -> str:
        word = re.sub(ARTICLE, "", folded(word.lower()))
        return MEANT.get(word) or super().stem(word)


def folded(text: str) -> str:
    """*text* letter by letter, as the page folds what is asked for."""
    return text.translate(str.maketrans(table()))


SCRIPT = r"""
const FOLDED = %s;
const ARTICLE = new RegExp(%s, "u");
const MEANT = new Map(Object.entries(%s));
const folded = text => Array.from(text, letter => FOLDED[letter] ?? letter).join("");
const English = window.Stemmer;
window.Stemmer = class {
  constructor() {
    this.english = new English();
  }
  stemWord(word) {
    const bare = folded(word).replace(ARTICLE, "");
    return MEANT.get(bare) ?? this.english.stemWord(bare);
  }
};
var splitQuery = query => folded(query).split(/[^\p{Letter}\p{Number}_\p{Emoji_Presentation}]+/gu).filter(Boolean);
"""


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_search_language(FoldedSearch)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
