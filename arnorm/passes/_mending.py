"""What an extraction breaks besides the order: presentation forms, brackets, digits, marks, spaces, lam-alefs.

Each is judged by the whole document: which way its brackets stand, whether its marks come before their letters. How
much proves it is chosen on the pages of `arnorm.passes._extracted`.
"""

from __future__ import annotations

import re

from arnorm.chars import ARABIC_DIGIT, ARABIC_LETTER, ARTICLES, DIGIT
from arnorm.lazy import lazy_pattern
from arnorm.passes import _order
from arnorm.passes._bidi import LETTERS, MARKS
from arnorm.passes._glyphs import exchanges, hamzas_joined, pairs_put_right
from arnorm.passes._visual import swapped_lam_alefs
from arnorm.passes.encoding import unify_presentation_forms


def mended(text: str, *, digits: bool) -> str:
    """*text*, in reading order, the rest of its damage undone; with *digits* Arabic numbers may stand backwards."""
    text = unify_presentation_forms(_hijri.sub("هـ", text))
    if digits:
        text = _numbers(text)
    text = _brackets(text)
    text = _marks(text)
    text = _spaces(text)
    return _split_words(pairs_put_right(_unfilled(lam_alefs(hamzas_joined(text)))))


# The Hijri sign is set as the initial form of heh: «١٤٤٣ﻫ». Other cut forms are parts of broken words here.
_hijri = lazy_pattern(f"(?<=[{DIGIT}])ﻫ(?![{LETTERS}])")

# ---- numbers in Arabic digits, turned with the letters ----

_number = lazy_pattern(f"[{ARABIC_DIGIT}]+(?:[:/.,٫٬ -]?[{ARABIC_DIGIT}]+)*")
_digits = lazy_pattern(f"[{ARABIC_DIGIT}]{{2,}}")


def _numbers(text: str) -> str:
    """Numbers in Arabic digits turned round, where more of them read likelier so."""
    odd = 0
    for found in _digits.finditer(text):
        here, there = _oddness(found[0]), _oddness(found[0][::-1])
        odd += here - there
    return _number.sub(lambda m: m[0][::-1], text) if odd > 0 else text


def _oddness(number: str) -> int:
    """How unlikely a number is as written: one that begins with a zero, or four digits that are no year."""
    return (number[0] == "٠") + (len(number) == 4 and number[:2] not in ("١٩", "٢٠", "١٨", "١٤", "١٣"))


# ---- brackets ----

_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ("{", "}"))


def _brackets(text: str) -> str:
    """Brackets that open where they should close turned round, line by line, the doubtful as most of the document."""
    for opening, closing in _PAIRS:
        if opening not in text and closing not in text:
            continue
        lines = text.split("\n")
        stands = [_stands(line, opening, closing) for line in lines]
        whole = sum(stands)
        if whole >= 0 and min(stands) >= 0:
            continue
        swap = str.maketrans(opening + closing, closing + opening)
        text = "\n".join(
            line.translate(swap) if (s < 0 or (s == 0 and whole < 0)) else line
            for line, s in zip(lines, stands, strict=True)
        )
    return text


def _stands(line: str, opening: str, closing: str) -> int:
    """1 if the brackets of *line* open and then close, -1 if they close and then open, 0 if that cannot be told."""
    good = bad = 0
    for found in re.finditer(f"[{re.escape(opening + closing)}]", line):
        at = found.start()
        outer = line[at - 1 : at] in ("", " ", "(", "[", "«")
        inner = line[at + 1 : at + 2]
        if found[0] == opening:
            good += outer and inner.strip() != ""
            bad += not outer and (inner == "" or not inner.isalnum())
        else:
            bad += outer and inner.strip() != ""
            good += not outer and (inner == "" or not inner.isalnum())
    return (good > bad) - (good < bad)


# ---- marks ----

_lone_line = lazy_pattern(f"^[ \t\f]*[{MARKS}][{MARKS} \t\f\u0640]*$", re.MULTILINE)
_behind = lazy_pattern(f"(?<![{LETTERS}{MARKS}\u0640])[{MARKS}]+[{LETTERS}]")
_final = lazy_pattern(f"[{LETTERS}][{MARKS}]+(?![{LETTERS}{MARKS}\u0640])")
_shadda_on_alef = lazy_pattern("[اىأإآ]\u0651")
_lead = lazy_pattern(f"([{MARKS}]+)([{LETTERS}])")
# «منبر ِ الحق» and «منبر ِالحق»: the mark belongs before the space.
_space_mark = lazy_pattern(f"(?<=[{LETTERS}{MARKS}])( +)([{MARKS}]+)(?=([{LETTERS}])?)")


def _marks(text: str) -> str:
    """*text* with each mark on the letter that it was drawn on, and once."""
    if not re.search(f"[{MARKS}]", text):
        return text
    text = _lone_line.sub("", text)
    lines = text.split("\n")
    for k, line in enumerate(lines):
        if re.search(f"[{MARKS}]", line):
            lines[k] = _line_marks(line)
    return "\n".join(lines)


def _line_marks(line: str) -> str:
    leading = len(_behind.findall(line)) + len(_shadda_on_alef.findall(line))
    final = len(_final.findall(line))
    if leading > final:
        line = _space_mark.sub(r"\2", line)
        return _lead.sub(r"\2\1", line)
    return _space_mark.sub(lambda m: m[2] + (m[1] if m[3] else ""), line)


# ---- spaces ----

_glued = lazy_pattern(f"(?<=[{LETTERS}{MARKS}]{{2}})(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[{LETTERS}]{{2}})")


def _spaces(text: str) -> str:
    """A space between a word and a number that touch: «عام2020» is «عام 2020» in a text taken out of pieces."""
    return _glued.sub(" ", text)


# ---- lam-alefs whose letters were swapped ----

#: No word begins so: an article before a lam-alef that was turned round. So many prove that the document was.
_PROOFS = ("األ", "اإل", "اآل")
_PROVEN = 3
#: «لا» turned round is an article without a word; the proof holds only where no «لا» stands in order.
_NO, _NO_TURNED = (" لا ", " ولا "), lazy_pattern(f" و?ال (?=[{ARABIC_LETTER}]{{2}})")
_word = lazy_pattern(f"[{LETTERS}{MARKS}]+")
_ALEF_LAM = lazy_pattern("[اأإآ]ل")
#: What has to speak, in nats, for the other reading of a word in a document of which the lam-alefs are swapped.
_LIKELIER = 1.0


def swaps(text: str) -> bool:
    """Whether the lam-alefs of *text* are proven to stand the wrong way round."""
    proofs = sum(map(text.count, _PROOFS))
    if (" ال " in text or " وال " in text) and not any(word in text for word in _NO):
        proofs += len(_NO_TURNED.findall(text))
    return proofs >= _PROVEN


#: Letters that no word has beside each other so: an alef and its hamza, an alef maksura before the last letter. Each
#: must not stand in a text of Arabic more often than by a slip.
_PARTED = ("الاأ", "الاإ", "عىل", "إىل")
_SLIPS = 2


def parted_letters(text: str) -> bool:
    """Whether *text* proves that its font drew two letters as one, or one as two."""
    return sum(map(text.count, _PARTED)) > _SLIPS


def lam_alefs(text: str) -> str:
    """Lam-alefs put right: the sure ones, and in a document that proves damaged those that read likelier so."""
    proven = swaps(text)
    planned = [*swapped_lam_alefs(text)]
    if not planned and not proven:
        return text
    out: list[str] = []
    at = 0
    for start, end, new in planned:
        out += text[at:start], new
        at = end
    text = "".join([*out, text[at:]])
    return "\n".join(map(_likelier, text.split("\n"))) if proven else text


def _likelier(line: str) -> str:
    """*line* with each word that holds «ال» read as the words beside it say: «ال» may be a lam-alef, «لا»."""
    found = list(_word.finditer(line))
    words = [m[0] for m in found]
    out: list[str] = []
    at = 0
    for k, m in enumerate(found):
        if len(words[k]) <= _order.LONGEST and _ALEF_LAM.search(words[k]):
            around = words[k - 1] if k else "", words[k + 1] if k + 1 < len(words) else ""
            new = _order.likeliest(around[0], _readings(words[k]), around[1], _LIKELIER)
            if new != words[k]:
                out += line[at : m.start()], new
                at, words[k] = m.end(), new
    return "".join([*out, line[at:]])


def _readings(word: str) -> list[str]:
    """*word* as it stands, and with each of its alefs and lams exchanged."""
    places = [m.start() for m in _ALEF_LAM.finditer(word)]
    return [word, *(word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places)]


# ---- words that the space between two glyphs split ----

_two = lazy_pattern(f"(?<![{LETTERS}{MARKS}])([{LETTERS}{MARKS}]+) (?=([{LETTERS}{MARKS}]+))")
_ARTICLES = frozenset(ARTICLES)


def _split_words(text: str) -> str:
    """Words joined again of which one part is hardly a word: «استثمار ية»."""
    return _two.sub(lambda m: m[1] if _order.is_one_word(m[1], m[2], _ARTICLES) else m[0], text)


# ---- letters that a font's table gives for the stroke that lengthens another ----

_fill = lazy_pattern(rf"(?<=[سشصض])([{ARABIC_LETTER}])\1*")
#: So many words that are none with the letter, and words without it, prove what the font's table says.
_FILLED = 6
#: By so much, in nats, the likeliest word has to lead.
_CLEAR = 2.0


def _unfilled(text: str) -> str:
    """Words without a letter that only lengthens «سشصض»: «القاضتتي» is «القاضي» where many words say so."""
    found = (m[0] for m in _word.finditer(text) if len(m[0]) <= _order.LONGEST)
    words = {w for w in found if _fill.search(w) and not _order.known(_order.plain(w))}
    votes: dict[str, int] = {}
    # «ستأله» may be «تسأله», two letters exchanged, as well as «سأله»: it speaks for neither.
    for word in (w for w in words if not exchanges(w)):
        for letter in {m[1] for m in _fill.finditer(word)}:
            votes[letter] = votes.get(letter, 0) + (_without(word, letter) != word)
    letter = max(votes, key=votes.__getitem__, default="")
    if votes.get(letter, 0) < _FILLED:
        return text
    fixed = {word: new for word in words if (new := _without(word, letter)) != word}
    return _word.sub(lambda m: fixed.get(m[0], m[0]), text)


def _without(word: str, letter: str) -> str:
    """*word* with fewer of *letter* behind «سشصض», if that is a word: the likeliest."""
    options = [word]
    for m in reversed([m for m in _fill.finditer(word) if m[1] == letter][:4]):
        options = [o[: m.start()] + keep + o[m.end() :] for o in options for keep in dict.fromkeys((m[0], letter, ""))]
    known = {o: _order.log(_order.plain(o)) for o in options[1:] if _order.known(_order.plain(o))}
    best = max(known, key=known.__getitem__, default=word)
    doubtful = any(o != best and log > known[best] - _CLEAR for o, log in known.items())
    return word if doubtful else best
