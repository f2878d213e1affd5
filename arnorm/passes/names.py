"""Names of people as lists and registers have them: what is written joined or apart, in one form.

They come behind the folding of letters («أبو» is «ابو» by then), and read words between spaces. While they run, three
pause marks of the Qur'an (U+06D6, U+06D7, U+06D8) stand at the edges of words; text that holds these loses them.
"""

from __future__ import annotations

from typing import Any

from arnorm.core import CharMap, Composable, Joined, Pipeline
from arnorm.passes._own import Rewrite
from arnorm.portable import Chars, Kept, Put, Search

__all__ = ["join_abd", "join_kunya", "join_lone_article", "join_compound_names", "fold_ibn", "join_lone_waw"]

# Every word begins behind _START, so that the space before it is free to end the word before: no engine has to look
# at one character for two words.
_START, _MARK = "\u06d6", "\u06d7"
_NO_START, _NO_SPACE, _BLANK = ~Chars(_START), ~Chars(" "), Chars(" ")
# Before the first of several spaces, so that no pattern begins at each of them to walk on to the last.
_SPACES = "\u06d8"
_NO_SPACES, _GAP = ~Chars(_SPACES), Chars(f" {_START}").some


def _pass(name: str, *rules: Search, last: str = "", **about: Any) -> Joined:
    """A pass of *rules* on words; _MARK stands for *last* while they run."""
    parts: list[Composable] = [CharMap(name, {" ": " " + _START, _START: "", _MARK: "", _SPACES: ""})]
    parts += [Rewrite.of(name, rule) for rule in rules]
    parts.append(CharMap(name, {_START: "", _MARK: last, _SPACES: ""}))
    return Joined(name, Pipeline(parts), **about)


join_abd = _pass(
    "join_abd",
    Search(Kept("عب"), "د", Put(_MARK), not_behind=_NO_START, ahead=_BLANK),
    Search(f"{_MARK} {_START}", Put("د"), Kept("ال")),
    Search(f"{_MARK} {_START}", Put("د"), Kept("رب"), not_ahead=_NO_SPACE),
    Search(f"{_MARK} {_START}", Put("د"), Kept("ربه"), not_ahead=_NO_SPACE),
    last="د",
    summary="join «عبد» to the name of God behind it: «عبد الرحمن» → «عبدالرحمن»",
    leaves="«عبد» before a word without an article («عبد مناف»), but for «عبد ربه» and «عبد رب».",
    examples=(
        ("عبد الرحمن", "عبدالرحمن"),
        ("محمد عبد الله", "محمد عبدالله"),
        ("عبد رب النبي", "عبدرب النبي"),
        ("عبد مناف", "عبد مناف"),
    ),
)

join_kunya = _pass(
    "join_kunya",
    Search(Kept("اب"), Chars("ويا"), Put(_MARK), not_behind=_NO_START, ahead=_BLANK),
    Search(f"{_MARK} {_START}", Put("و")),
    last="و",
    summary="join «ابو», whatever its case, to the word behind it: «ابي بكر», «ابا بكر» → «ابوبكر»",
    leaves="Letters with a hamza: it comes behind fold_alef. «ابي», my father, is taken for it too.",
    examples=(("ابي بكر", "ابوبكر"), ("علي ابو زيد", "علي ابوزيد")),
)

join_lone_article = _pass(
    "join_lone_article",
    Search(Kept("ا"), "ل", Put(_MARK), not_behind=_NO_START, ahead=_BLANK),
    Search(f"{_MARK} {_START}", Put("ل")),
    last="ل",
    summary="join «ال» to the word behind it: «ال سعود» → «السعود»",
    leaves="The article joined already. Behind fold_alef it joins «آل», the family, too.",
    examples=(("ال سعود", "السعود"), ("محمد السالم", "محمد السالم")),
)

join_compound_names = _pass(
    "join_compound_names",
    Search(Put(_SPACES), Kept(" "), not_behind=Chars(f" {_START}")),
    Search(Kept("الل"), "ه", Put(_MARK), not_behind=_NO_START, not_ahead=_NO_SPACES),
    Search(_SPACES, _GAP, Kept("الل" + _MARK)),
    Search(Kept("الل"), _MARK, Put("ه")),
    Search(Kept("الدي"), "ن", Put(_MARK), not_behind=_NO_START, not_ahead=_NO_SPACES),
    Search(_SPACES, _GAP, Kept("الدي" + _MARK)),
    last="ن",
    summary="join «الدين» and «الله» to the word before: «نور الدين» → «نورالدين», «فضل الله» → «فضلالله»",
    leaves="Both at the start of a text. Whatever comes before is joined, a verb too: for names, not for sentences.",
    examples=(("نور الدين زنكي", "نورالدين زنكي"), ("فضل الله", "فضلالله"), ("الدين", "الدين")),
)

fold_ibn = _pass(
    "fold_ibn",
    Search("ا", Kept("بن"), not_behind=_NO_START, not_ahead=_NO_SPACE),
    summary="write «ابن» as «بن», the son of",
    leaves="«ابنة», «بنت», and words that only begin so («ابناء»). «إبن» is «ابن» behind fold_alef.",
    examples=(("ابن خلدون", "بن خلدون"), ("علي ابن محمد", "علي بن محمد"), ("ابناء", "ابناء")),
)

join_lone_waw = _pass(
    "join_lone_waw",
    Search("و", Put(_MARK), not_behind=_NO_START, ahead=_BLANK),
    Search(_MARK, _GAP, Put("و")),
    last="و",
    summary="join a «و» that stands apart to the word behind it: «محمد و احمد» → «محمد واحمد»",
    leaves="A «و» at the end of a text.",
    examples=(("محمد و احمد", "محمد واحمد"),),
)
