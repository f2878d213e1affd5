"""A text in sentences and in words, by offsets: for chunks, subtitles, readers aloud.

Nothing is changed and nothing is lost: the spans index the text as it is, in code points.
"""

from __future__ import annotations

import re
from functools import cache

from arnorm.chars import DIGIT, MARK, TATWEEL
from arnorm.trace import Span

# What may stand behind the sign that ends a sentence and still belongs to it: quotes and brackets that close.
_CLOSING = "\"'»”’›)\\]}＂"
# With a blank before it only what cannot open: «انتهى . »
_ENDING = re.compile(rf"(?:[.!?؟؛…۔]+[{_CLOSING}]*(?:[ \u00a0][»)\]}}]+)*|\n)(?:\s+|\Z)|\n")
# Behind a question or a call in quotes the sentence goes on with who said it: «هل تسمعني؟» سأل الطبيب.
_SAID = re.compile(
    r"(?:ي|ت)?(?:قال|قول|سأل|صاح|صيح|هتف|أجاب|جيب|رد|همس|صرخ|تساءل|أضاف|علق|نادى|تمتم)(?:ت|وا|نا|تا)?(?:ه|ها|هم|ني|لي)?(?!\w)"
)
_WORD = re.compile(rf"[{DIGIT}]+(?:[.,٫٬:/-][{DIGIT}]+)*[%٪]?|(?:[\w{MARK}{TATWEEL}]|(?<=\w)['’-](?=[A-Za-z]))+")
#: What ends in a full stop and goes on: titles, references, eras. Source: the lists of abbreviations in Arabic style
#: guides (المجمع) and those that the press uses.
_ABBREVIATIONS = frozenset(
    "د أ م ص ج ط ت ق ه هـ س ع ب ر ك أ.د م.م ص.ب ق.م ب.م ش.م.م ذ.م.م د.إ ر.س ج.م د.ك ت.م Dr Mr Mrs Ms Prof St vs No "
    "Jr Sr".split()
)


@cache
def _token_before() -> re.Pattern[str]:
    return re.compile(rf"([\w.{MARK}{TATWEEL}]+)\Z")


def split_sentences(text: str, *, lines: bool = True) -> list[Span]:
    """The sentences of *text* as spans ``(start, end)`` in code points, without the blanks between them; linear.

    A sentence ends at . ! ? ؟ ؛ … ۔ and the quotes and brackets that close behind it, and, if *lines*, at a line end
    (else at an empty line). A full stop in a number (٣.٥), an address (example.com), an initial or an abbreviation
    («د. أحمد», «ص.ب. ٥») ends none, and «و», with which Arabic strings its clauses, parts none. Raises `TypeError` for
    what is no text.

    >>> text = "قال د. أحمد: «انتهى». ثم عاد! بلغ السعر ٣.٥ دينار"
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['قال د. أحمد: «انتهى».', 'ثم عاد!', 'بلغ السعر ٣.٥ دينار']
    """
    if not isinstance(text, str):
        raise TypeError(f"split_sentences takes a str, not {type(text).__name__}")
    spans: list[Span] = []
    start = 0
    for match in _ENDING.finditer(text):
        if not _ends(text, match, lines):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _ends(text: str, match: re.Match[str], lines: bool) -> bool:
    """Whether the sign that *match* found ends a sentence; with *lines*, whether a line end does.

    It does not where speech goes on behind it («أين؟» سألت), nor behind an abbreviation («د. أحمد»).
    """
    sign = match[0]
    if sign[0] == "\n":
        return lines or sign.count("\n") > 1
    if not lines and "\n" in sign and sign.strip() == "":
        return False
    if sign[0] in "!?؟" and sign.rstrip()[-1] in '»”"':
        return _SAID.match(text, match.end()) is None
    if not sign.startswith(".") or sign.startswith(".."):
        return True
    before = _token_before().search(text, max(0, match.start() - 30), match.start())
    if before is None:
        return True
    token = before[1].strip(".")
    return token not in _ABBREVIATIONS and token.removeprefix("و") not in _ABBREVIATIONS


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        spans.append((start + left, start + right))


def split_words(text: str) -> list[Span]:
    """The words and numbers of *text* as spans ``(start, end)`` in code points; linear.

    A word keeps its marks, tatweel and proclitics («وَبِالكِتَابِ» is one); a number its separators and percent sign
    (١٢٫٥٪). Punctuation and blanks lie between. Raises `TypeError` for what is no text.

    >>> text = "وَصَلَ ٢٥٪ من الطلاب، وغاب الباقي."
    >>> [text[a:b] for a, b in split_words(text)]
    ['وَصَلَ', '٢٥٪', 'من', 'الطلاب', 'وغاب', 'الباقي']
    """
    if not isinstance(text, str):
        raise TypeError(f"split_words takes a str, not {type(text).__name__}")
    return [match.span() for match in _WORD.finditer(text)]


__all__ = ["split_sentences", "split_words"]
