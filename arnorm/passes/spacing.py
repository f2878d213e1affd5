"""Spaces and line ends: runs, edges, the space around punctuation, and between words and numbers.

Only U+0020 (and the tab, at the edge of a line) is ever removed: other spaces are for `unify_spaces`. No pass joins
or splits lines, save `squeeze_newlines`, which drops empty ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arnorm.chars import ARTICLES, DIGIT, LETTER, MARK, MARK_BUT_HAMZA, TATWEEL
from arnorm.core import Bound, CharMap, Judge
from arnorm.errors import InvalidPassError
from arnorm.lazy import lazy_pattern
from arnorm.passes._own import Rewrite
from arnorm.passes._text import BREAK, FOREIGN, LETTERS, addresses, compiled, without_arabic_braces
from arnorm.portable import Around, Chars, Kept, PortableStep, Put, Search, Within

__all__ = [
    "squeeze_spaces",
    "unify_tabs",
    "strip_edges",
    "squeeze_newlines",
    "strip_line_edges",
    "space_punctuation",
    "space_words_and_numbers",
    "fold_lone_waw",
]


#: «نعم   لا» → «نعم لا»
squeeze_spaces = Rewrite.of(
    "squeeze_spaces",
    Search(Chars(" ").times(2), Put(" "), behind=~Chars(rf" \t{BREAK}")),
    needles=("  ",),
    lossy=False,
    summary="runs of spaces inside a line to one space",
    leaves="Newlines, tabs (they part columns), the indentation of a line (code, lists, verse), and spaces other than "
    "U+0020, which unify_spaces turns into it.",
    examples=(("نعم   لا", "نعم لا"), ("أ\n\n  ب", "أ\n\n  ب"), ("أ\t\tب", "أ\t\tب")),
)


#: More in a row are not meant; and a pattern grows with it.
_MOST_LINE_ENDS = 100


unify_tabs = CharMap(
    "unify_tabs",
    {"\t": " "},
    lossy=False,
    summary="tabs to spaces",
    leaves="Everything else. Columns that tabs part are lost; squeeze_spaces, which leaves tabs, keeps them.",
    examples=(("نعم\tلا", "نعم لا"),),
)


def _has_space_at_edges(text: str) -> bool:
    return text[:1].isspace() or text[-1:].isspace()


strip_edges = Rewrite(
    "strip_edges",
    r"\A\s++|(?<!\s)\s++\Z",
    "",
    steps="it looks for the start and the end of the whole text",
    hint=_has_space_at_edges,
    lossy=False,
    summary="delete white space at the start and the end of the text, line ends too",
    leaves="Everything between the first and the last character that is seen.",
    examples=((" \nنعم  لا\n", "نعم  لا"),),
)


def _newline_steps(most: int, around: Around) -> Iterator[PortableStep]:
    """Each line end as one character; a marker behind the first few of a block; then the rest of the block off."""
    crlf, again, cut, gone = around.markers(4)
    end, blank = Chars("\n" + crlf), Chars(" \t").any
    yield Search("\r\n", Put(crlf))
    yield Search(Kept(end), *(blank, end) * most, Put(again * (most - 1) + cut))
    for same in ("\n", crlf) * (most - 1):
        yield Search(same + again, Put(same * 2))
    yield Within(Chars(f"\n{crlf} \t"), {"\n": gone, crlf: gone}, behind=Chars(cut))
    yield Search(Chars(" \t").some, ahead=Chars(gone))
    yield {cut: "", gone: "", crlf: "\r\n"}


def squeeze_newlines(most: int = 2) -> Rewrite:
    """At most *most* line ends in a row: with 2, at most one empty line between two paragraphs.

    Lines of nothing but spaces and tabs count as empty. The line ends that stay are as the first of them was
    (``\\n`` or ``\\r\\n``), and the indentation of the next line stays. Raises `InvalidPassError` when *most* is
    below 1 or above 100.

    >>> squeeze_newlines()("أ\\n\\n \\n\\nب")
    'أ\\n\\nب'
    >>> squeeze_newlines(1)("أ\\n\\nب")
    'أ\\nب'
    """
    if type(most) is not int or not 1 <= most <= _MOST_LINE_ENDS:
        raise InvalidPassError(
            f"squeeze_newlines: most is 1 to {_MOST_LINE_ENDS}, not {most!r}; lines are never joined"
        )
    return Rewrite(
        "squeeze_newlines",
        rf"(\r?\n)(?:[ \t]*+\r?\n){{{most},}}+",
        r"\1" * most,
        steps=Bound(_newline_steps, (most,)),
        needles=("\n",),
        lossy=False,
        summary=f"at most {most} line ends in a row",
        leaves="Indentation, single line ends, and other separators (U+2028, form feed).",
        examples=(("أ" + "\n" * (most + 2) + "ب", "أ" + "\n" * most + "ب"), ("أ\nب", "أ\nب")),
        args=(("most", most),),
    )


_edge_at_break = lazy_pattern(rf"[{BREAK}](?:(?=[ \t])|(?<=[ \t][{BREAK}]))")


def _has_edges(text: str) -> object:
    """Whether a line of *text* begins or ends with a blank."""
    # What is printable has no line ends; that is asked in half the time.
    return text[:1] in _BLANKS or text[-1:] in _BLANKS or (not text.isprintable() and _edge_at_break.search(text))


_BLANKS = (" ", "\t")

#: «  نعم  » → «نعم», on every line.
strip_line_edges = Rewrite(
    "strip_line_edges",
    # Begins with the blank, so that everything else is passed over quickly; then looks whether it was the first
    # of its line, or is the first of the run at its end.
    rf"[ \t](?:(?<![^{BREAK}][ \t])[ \t]*+|(?<![ \t]{{2}})[ \t]*+(?![^{BREAK}]))",
    "",
    steps=(
        Search(Chars(" \t").some, not_behind=~Chars(BREAK)),
        Search(Chars(" \t").some, not_ahead=~Chars(BREAK)),
    ),
    hint=_has_edges,
    lossy=False,
    summary="delete spaces and tabs at the start and the end of every line",
    leaves="Line ends, also of empty lines, and everything inside a line. Indentation goes: not for code.",
    examples=(("  نعم \n\tلا  ", "نعم\nلا"), ("أ\n\nب", "أ\n\nب")),
)


# --- around punctuation ---------------------------------------------------------------------------------------

# What looks like code; its spaces are its own.
_CODE = (
    r"[{}=<>≠≮≯`|]|\\[A-Za-z](?![\u0300-\u036f])|\);|[A-Za-z_]\([\"']|\[[\"']|[\"']\]|[\"'],[\"']"
    r"|^\s*+\"[^\"]*+\"\s*+:|^ {4}|^\t"
)
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”"}
_CLOSERS = {closing: opening for opening, closing in _PAIRS.items()}
_ENDS = rf"{LETTERS}{FOREIGN}{DIGIT})\]»”\"'’%٪"
_MARKS = r"(?<! ) *+(?P<mark>[،؛؟!?.:;,…۔]++)(?P<after> *+)"
_LONGEST_WORD = 40  # characters, marks and tatweel counted
# «نعم :)» «نعم ;-(»: a face, not a colon.
_FACE = rf"[:;]['’]?-?(?:[)(\[\]DPpOo3*/\\|]|(?<=[:;]) \))(?![{LETTERS}{FOREIGN}{DIGIT}])"


def _plan_punctuation(text: str) -> Iterator[tuple[int, int, str]]:
    """Spaces to delete and to add at the signs of each line of prose; none in lines of code."""
    fences = list(compiled(r"```[\s\S]*?```").finditer(text)) if "```" in text else []
    at = 0
    for line in compiled(rf"[^{BREAK}]++").finditer(text):
        while at < len(fences) and fences[at].end() <= line.start():
            at += 1
        fenced = at < len(fences) and fences[at].start() < line.end()
        if not fenced and _is_prose(line[0]):
            for start, end, new in sorted({*_inner(line[0]), *_marks(line[0]), *_parted(line[0])}):
                yield start + line.start(), end + line.start(), new


def _is_prose(line: str) -> bool:
    if not compiled(f"[{LETTERS}]").search(line):
        return False
    return not compiled(_CODE).search(without_arabic_braces(line))


def _inner(line: str) -> Iterator[tuple[int, int, str]]:
    """The spaces just inside brackets and quotes that are paired; of a kind that is not, none."""
    for opening, closing in _PAIRS.items():
        if f"{opening} " in line or f" {closing}" in line:
            yield from _inside(line, opening, closing)


def _inside(line: str, opening: str, closing: str) -> Iterator[tuple[int, int, str]]:
    """Spaces to delete within brackets; none in a *line* whose brackets do not pair, as in «1)» and «:)»."""
    depth = 0
    found = []
    for match in compiled(rf"{re.escape(opening)}(?P<open> *+)|(?<! )(?P<close> *+){re.escape(closing)}").finditer(
        line
    ):
        if match["open"] is None:
            depth -= 1
            start, end = match.start(), match.end() - 1
            filled = line[start - 1 : start] not in ("", *_PAIRS, ":", ";", "-")
        else:
            depth += 1
            start, end = match.start() + 1, match.end()
            face = line[start - 2 : start - 1] in (":", ";", "-")  # «:( ثم», or a bracket
            filled = line[end : end + 1] not in ("", *_CLOSERS) and not face
        if depth < 0:  # «1)», «:)», or typed the wrong way round
            return
        if filled and end > start:
            found.append((start, end, ""))
            found += _misplaced(line, match)
    if not depth:
        yield from found


def _misplaced(line: str, match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """«قال« نعم »ثم»: the space that stands inside a bracket or quote, where one is wanting outside it."""
    if match["open"]:
        word = compiled(rf"[{LETTERS}]*+\Z").search(line, max(0, match.start() - _LONGEST_WORD), match.start())
        if word and _is_full(word[0], _CLOSE_BEFORE):
            yield match.start(), match.start(), " "
    elif compiled(f"[{LETTERS}]{{2}}").match(line, match.end()):
        yield match.end(), match.end(), " "


# «٥٠%من», and words of their own between two brackets or quotes: «(أ)و(ب)», «(أ)أو(ب)».
_PARTED = (
    rf"(?<=[{DIGIT}][%٪])(?=[{LETTER}])"
    r"|(?<=[)\]}»”])(?P<word>و|(?:أ|ا\u0654)[وم]|ثم|بل|(?:إ|ا\u0655)لى)(?=[(\[{«“])"
)


# «القاهرة(عاصمة مصر)وما حولها»; but «مهندس(ة)», «طالب(ات)» and «(ال)كتاب», in which a part of the word is in brackets.
_GLUED = (
    rf"(?<=[{LETTERS}])(?P<open>[(«“])(?=[{LETTERS}]{{3}}[^()«»“”]*+[)»”])"
    rf"|(?<=[{LETTERS}]{{3}})(?P<close>[)»”])(?=[{LETTERS}]{{3}})"
)


def _parted(line: str) -> Iterator[tuple[int, int, str]]:
    """Where a space is wanting between a percentage and a word, a word and brackets, and brackets that a word joins."""
    kept = addresses(line, code=False)
    for match in compiled(rf"{_PARTED}|{_GLUED}").finditer(line):
        if any(start < match.end() and match.start() < end for start, end in kept):
            continue
        if match["open"]:
            word = compiled(rf"[{LETTERS}]*+\Z").search(line, max(0, match.start() - _LONGEST_WORD), match.start())
            if word and _is_full(word[0], _CLOSE_BEFORE) and not word[0].endswith(TATWEEL):
                yield match.start(), match.start(), " "
        elif match["close"]:
            yield match.end(), match.end(), " "
        else:
            yield match.start(), match.start(), " "
            if match["word"] and match["word"] != "و":
                yield match.end(), match.end(), " "


def _marks(line: str) -> Iterator[tuple[int, int, str]]:
    """The spaces before and behind each mark of the line, outside URLs."""
    kept = addresses(line, code=False)
    at = 0
    for match in compiled(_MARKS).finditer(line):
        while at < len(kept) and kept[at][1] <= match.start():
            at += 1
        if at < len(kept) and kept[at][0] < match.end():
            continue
        start, end = match.span("mark")
        if match.start() < start and _is_loose(line, match.start(), start, end):
            yield match.start(), start, ""
        if not match["after"] and _is_tight(line, match.start(), start, end):
            yield end, end, " "


def _is_one(mark: str) -> bool:
    """A single mark, or «؟!» and the like; not an ellipsis and not a mixture."""
    return (len(mark) == 1 and mark != "…") or not mark.strip("؟!?")


def _is_ellipsis(mark: str) -> bool:
    return mark in ("…", "...")


def _is_loose(line: str, before: int, start: int, end: int) -> bool:
    """Whether the spaces at *before* : *start* do not belong before the mark."""
    mark, last, following = line[start:end], line[before - 1 : before], line[end : end + 1]
    if not before or not compiled(f"[{_ENDS}]").match(last):
        return False
    if _is_ellipsis(mark):  # «نعم … ثم»: it stands for what the word before it would lead to
        return following in ("", " ") and compiled(f"[{LETTERS}]").match(last) is not None
    if not _is_one(mark):
        return False
    if compiled(rf"[{DIGIT}]").match(following) or compiled(_FACE).match(line, start):
        return False  # «3 .5», and «عام ،2024», whose comma belongs behind the number
    ahead = _ahead(line, end)
    if compiled(r"[.…،؛؟!?:;,]").match(ahead):
        return False  # « . . . », an ellipsis of a kind
    if compiled(f"[{DIGIT}]").match(last) and compiled(f"[{DIGIT}]").match(ahead):
        return mark in "،؛"  # «5 ، 6», but «10 : 30», «3 . 5»
    if mark in "،؛؟":
        return True
    if following and not compiled(rf"[ )\]»”\"{LETTERS}{'(«“' if mark == ':' else ''}]").match(following):
        return False  # «.com», «:-)»
    if mark == "." and _is_abbreviated(line, before, end):
        return False
    return not compiled(f"[{FOREIGN}]").match(last) or not ahead or compiled(f"[{LETTERS}]").match(ahead) is not None


def _ahead(line: str, at: int) -> str:
    """The first character from *at* on that is no space."""
    found = compiled(r" *+([^ ])").match(line, at)
    return found[1] if found else ""


def _is_abbreviated(line: str, before: int, end: int) -> bool:
    """Whether the full stop between *before* and *end* may part an abbreviation: «ص . ب», «إس . إم . إس»."""
    short = rf"(?:[{LETTER}][{MARK}{TATWEEL}]*+)"
    behind = line[max(0, before - 40) : before]
    if compiled(rf"(?:\A|[^{LETTERS}]){short}\Z").search(behind):
        return end < len(line)
    chained = compiled(rf"\. *{short}{{1,3}}\Z").search(behind)
    return bool(chained or compiled(rf" *+{short}{{1,3}}+ *+\.").match(line, end))


def _is_tight(line: str, before: int, start: int, end: int) -> bool:
    """Whether a space is wanting behind the mark."""
    mark, last, following = line[start:end], line[before - 1 : before] if before else "", line[end : end + 1]
    if not last or not _is_one(mark) or mark in ",;":  # «أ,ب» may be a row of values
        return False
    if following in ("(", "«", "“"):
        return mark in "،؛؟:" and not compiled(_FACE).match(line, start)
    if following == '"':
        return mark == ":" and compiled(f"[{LETTERS}]").match(last) is not None and _opens(line, end)
    if compiled(f"[{DIGIT}]").match(following):
        return mark in "،؛؟" and before == start and compiled(f"[{LETTERS}]").match(last) is not None
    if mark in ("،", "؛", "؟"):
        return compiled(f"[{LETTER}{FOREIGN}]").match(following) is not None
    if not (compiled(f"[{LETTER}]").match(following) and compiled(f"[{_ENDS}]").match(last)):
        return False
    return mark not in (".", "۔") or _is_sentence_end(line, before, end)


def _opens(line: str, at: int) -> bool:
    return compiled(f"[{LETTERS}{FOREIGN}{DIGIT}]").match(line, at + 1) is not None


def _is_sentence_end(line: str, before: int, end: int) -> bool:
    """«انتهى.ثم», but not «أ.د.محمد», «ق.م», «ج.م.ع»: words of three letters before, two behind, and no dot nearby."""
    word = compiled(rf"(?<![.{LETTERS}])(?:[{LETTER}][{MARK}{TATWEEL}]*+){{3,40}}+[)\]»”\"]?\Z")
    then = compiled(rf"(?:[{LETTER}][{MARK}{TATWEEL}]*+){{2}}[{LETTERS}]*+(?!\.[{LETTERS}])")
    return word.search(line[max(0, before - 60) : before]) is not None and then.match(line, end) is not None


#: «قال ( نعم ) ،ثم مضى .» → «قال (نعم)، ثم مضى.»
space_punctuation = Judge(
    "space_punctuation",
    _plan_punctuation,
    needles=tuple("،؛؟!?.:;,۔…%٪()[]{}«»“”"),
    lossy=False,
    summary="in Arabic lines: no space before ، ؛ ؟ . : ! … and one behind, none just inside ( ) [ ] { } « » “ ”, "
    "one behind a percentage",
    leaves="Numbers, times, URLs, e-mails, file names, abbreviations (3.5, 10:30, أ.د., ص . ب), ellipses, faces :), "
    "rows of values, brackets without their like, lines without an Arabic letter, lines that look like code, "
    "and every line end.",
    examples=(
        ("قال ( نعم ) ،ثم مضى .", "قال (نعم)، ثم مضى."),
        ("لماذا ؟لا أدري", "لماذا؟ لا أدري"),
        ("قال« نعم »ثم سكت …", "قال «نعم» ثم سكت…"),
        ("30%من (أ)و(ب)", "30% من (أ) و(ب)"),
        ("بلغ 3.5 في 10:30", "بلغ 3.5 في 10:30"),
        ("انظر https://x.com/a.b :)", "انظر https://x.com/a.b :)"),
    ),
)


# --- between words and numbers --------------------------------------------------------------------------------

_PIECE = (
    rf"(?P<word>[{LETTERS}]++)|(?P<number>[{DIGIT}]++(?:[.,٫٬:/][{DIGIT}]++)*+[%٪]?)"
    rf"|(?P<name>[{FOREIGN}_#@][{FOREIGN}_#@\-]*+)"
)
# Of three letters and more: proclitics before a number («بال50», «وال3»), units with an exponent («متر2»), and
# measures and eras that may stand close behind it («5كلم», «500هـ»).
_CLOSE_BEFORE = frozenset([*(one for one in ARTICLES if len(one) > 2), "متر", "كلم", "ملم", "سنتيمتر", "كيلومتر"])
_CLOSE_BEHIND = frozenset(["كلم", "ملم", "ملغ", "كغم"])


def _plan_words_and_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a word and a number touch and are to be parted: «عام2024», and not «COVID19» or «#عام2024»."""
    kept = addresses(text, code=False)
    at, last, touched = 0, None, False
    for match in compiled(_PIECE).finditer(text):
        while at < len(kept) and kept[at][1] <= match.start():
            at += 1
        touches = last is not None and last.end() == match.start()
        touched = touches and touched  # to a Latin name, «#هاشتاق2024», «عام_2024»
        if match.lastgroup == "name" or (at < len(kept) and kept[at][0] < match.end()):
            touched = True
        elif touches and not touched and last is not None and _parts(text, last, match):
            yield match.start(), match.start(), " "
        last = match


def _parts(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Whether a space is wanting between the two, of which one is a word and one a number."""
    if left.lastgroup == "word":
        return _is_full(left[0], _CLOSE_BEFORE) and not left[0].endswith(TATWEEL)
    following = text[right.end() : right.end() + 1]
    if following and compiled(f"[{FOREIGN}_#@]").match(following):
        return False
    return left[0][-1] in "%٪" or _is_full(right[0], _CLOSE_BEHIND)


def _is_full(word: str, but: frozenset[str]) -> bool:
    """Whether *word* is more than a proclitic or an abbreviation: three letters, marks not counted."""
    letters = compiled(f"[{MARK}{TATWEEL}]").sub("", word)
    return len(letters) > 2 and letters not in but and letters.removeprefix("و") not in but


#: «عام2024» → «عام 2024»; «١٤٤٣هـ», «ب50», COVID19 stay.
space_words_and_numbers = Judge(
    "space_words_and_numbers",
    _plan_words_and_numbers,
    needles=(*"0123456789", *"٠١٢٣٤٥٦٧٨٩", *"۰۱۲۳۴۵۶۷۸۹"),
    lossy=False,
    summary="a space between an Arabic word and the number it is glued to",
    leaves="Words of one or two letters, which are proclitics, eras, units or page marks (ب50, و3, الـ20, ١٤٤٣هـ, 5كم, "
    "ص5), Latin words (COVID19), hashtags, mentions, names with an underscore, URLs.",
    examples=(
        ("عام2024", "عام 2024"),
        ("50مليون", "50 مليون"),
        ("١٤٤٣هـ", "١٤٤٣هـ"),
        ("ب50 و3", "ب50 و3"),
        ("COVID19", "COVID19"),
    ),
)


def _close(match: re.Match[str]) -> str:
    return match[0].rstrip(" ")


#: «محمد و أحمد» → «محمد وأحمد»
fold_lone_waw = Rewrite(
    "fold_lone_waw",
    rf"و(?<![{LETTERS}{FOREIGN}{DIGIT}]و)[{MARK_BUT_HAMZA}]*+ ++(?=[{LETTER}{FOREIGN}{DIGIT}])",
    _close,
    needles=("و",),
    hint=rf"و[{MARK_BUT_HAMZA}]*+ ",  # what is before it is asked of these only
    summary="join «و» that stands alone to the word behind it",
    leaves="A «و» at the end of a line or before a sign. The letter by its name («حرف و في») is taken for the word.",
    examples=(("محمد و أحمد", "محمد وأحمد"), ("نحو و وردة", "نحو ووردة"), ("البند و.", "البند و.")),
)
