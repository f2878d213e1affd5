"""The passes of this package that run a function, or look around too much for one step, as steps that do the same.

Where a step has to remember a place for a later one, it puts a marker there: a control character that an earlier
table has taken out of the text, so that no other is like it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import permutations
from typing import TypeAlias

from arnorm import chars
from arnorm.chars import TATWEEL
from arnorm.core import Pass, Rewrite
from arnorm.export import parsing
from arnorm.export.sets import CharSet
from arnorm.export.steps import Item, Run, Side, Squeeze, Step, Sub, Table
from arnorm.passes import _seats, encoding, letters, marks, punctuation, spacing
from arnorm.passes._text import BREAK, FOREIGN, LETTERS
from arnorm.shapes import INITIAL, LIGATURES, MEDIAL

#: The markers there are.
MARKERS = "\x01\x02\x03\x04"

Items: TypeAlias = tuple[Item, ...]
Template: TypeAlias = tuple[str | int, ...]
Builder = Callable[[Pass | None, str], Iterable[Step]]


@cache
def builders() -> Mapping[Pass, Builder]:
    """For each such pass, a function from the pass behind it, and the markers that the text cannot hold, to its steps.

    >>> from arnorm import passes
    >>> [step.name for step in builders()[passes.strip_zwj](None, "")]
    ['strip_zwj']
    """
    return {
        encoding.unify_cut_forms: _cut_forms,
        encoding.unify_word_ligatures: _word_ligatures,
        encoding.unify_phrase_signs: _phrase_signs,
        encoding.unify_isolated_marks: _isolated_marks,
        encoding.strip_zwj: _zwj,
        encoding.strip_spaces_under_marks: _spaces_under_marks,
        letters.strip_inner_tatweel: _inner_tatweel,
        letters.fold_hamza_carriers: _hamza_carriers,
        marks.squeeze_marks: _doubled_marks,
        spacing.strip_line_edges: _line_edges,
        spacing.squeeze_newlines(1): partial(_newlines, 1),
        spacing.squeeze_newlines(2): partial(_newlines, 2),
        marks.order_tanween_before_alef: _tanween_before_alef,
        punctuation.squeeze_punctuation: _punctuation,
    }


def _class(inside: str) -> CharSet:
    """The set that the inside of a character class, as the passes write it, stands for."""
    step = parsing.read(Rewrite("class", f"[{inside}]", ""))
    assert isinstance(step, Sub)
    return step.items[0].chars


_LETTERS = _class(encoding._LETTERS)
_MARKS = _class(encoding._MARKS)
_STROKE = CharSet.of(TATWEEL)


def _cut_forms(following: Pass | None, _: str) -> Iterator[Step]:
    """A tatweel behind the form and its marks; the form itself is left to the table that comes behind."""
    if following == encoding.unify_presentation_forms:
        yield from _cut(_class(INITIAL), _class(MEDIAL), None)
        return
    letters: dict[str, str] = {}
    for form in INITIAL + MEDIAL:
        letter = encoding.unify_presentation_forms(form)
        letters[letter] = letters.get(letter, "") + form
    for letter, forms in letters.items():
        both = CharSet.of(forms)
        yield from _cut(both & _class(INITIAL), both & _class(MEDIAL), letter)


def _cut(initial: CharSet, medial: CharSet, letter: str | None) -> Iterator[Step]:
    """Those forms, where they are cut, to *letter*, if any, and a tatweel.

    No joined letter, and no stroke, stands before an initial form and its marks.
    """
    name = encoding.unify_cut_forms.name
    letters = _LETTERS | _class(LIGATURES)
    after = Side(~(letters | _STROKE | CharSet.of("\N{ZERO WIDTH JOINER}") | _MARKS), edge=True)
    before = Side(~(_class(encoding._JOINED) | _MARKS), edge=True)
    marks = Item(_MARKS, 0, None)
    if medial:
        yield Sub(name, None, (Item(medial), marks), after, (0 if letter is None else letter, 1, TATWEEL))
    if initial:
        new = (0, 1 if letter is None else letter, 2, TATWEEL)
        yield Sub(name, before, (marks, Item(initial), marks), after, new)


def _word_ligatures(_: Pass | None, absent: str) -> Iterator[Step]:
    """A marker behind every sign, so that the sign before is still seen as one when it has been spelled out."""
    name = encoding.unify_word_ligatures.name
    marker, kept, wasla = tuple(_markers(absent, 3))
    sign = "ﷲ"
    alefs, marks, at_sign = "اٱ", Item(_MARKS, 0, None), Side(CharSet.of(sign), edge=False)
    held = dict(zip((kept, wasla), alefs, strict=True))
    for stand_in, letter in held.items():
        first = (Item(CharSet.of("يمل")), Item(_MARKS, 0, 1), Item(CharSet.of(letter)))
        yield Sub(name, None, (*first, marks), at_sign, (0, 1, stand_in, 3))
    yield Sub(name, None, (Item(CharSet.of(alefs)), marks, Item(CharSet.of(sign))), None, (0, 1, "لله" + marker))
    yield Table(name, {**held, sign: sign + marker})
    before = Side(~(_LETTERS | _MARKS | CharSet.of(sign)), edge=True)
    items = (Item(CharSet.of("وف"), 0, 1), marks, Item(CharSet.of("ل")), marks, Item(CharSet.of(sign)))
    yield Sub(name, before, items, None, (0, 1, 2, 3, "له"))
    yield Table(name, {**encoding._WORDS, marker: ""})


def _phrase_signs(_: Pass | None, absent: str) -> Iterator[Step]:
    """Each phrase between two markers; a space where it meets another, or a word."""
    name = encoding.unify_phrase_signs.name
    opening, closing = tuple(_markers(absent, 2))
    yield Table(name, {sign: f"{opening}{phrase}{closing}" for sign, phrase in encoding._PHRASES.items()})
    first, last = Item(CharSet.of(opening)), Item(CharSet.of(closing))
    yield Sub(name, None, (last, first), None, (" ",))
    joined = _class(encoding._JOINED_BEFORE.pattern[1:-1])
    yield Sub(name, Side(joined, edge=False), (first,), None, (" ",))
    yield Sub(name, None, (last,), Side(_class(encoding._JOINED_AFTER.pattern[1:-1]), edge=False), (" ",))
    yield Table(name, {opening: "", closing: ""})


def _isolated_marks(_: Pass | None, __: str) -> Iterator[Step]:
    """A tatweel before the first sign that brings its own, where nothing carries it; then all that are carried."""
    name = encoding.unify_isolated_marks.name
    lone, stroked = CharSet.of(encoding._LONE), CharSet.of(encoding._ON_TATWEEL)
    signs, carriers = lone | stroked, _LETTERS | _MARKS | _STROKE
    alone = Side(~(carriers | signs), edge=True)
    yield Sub(name, alone, (Item(lone, 0, None), Item(stroked)), None, (0, TATWEEL, 1))
    marks = encoding._LONE | {sign: shown[1:] for sign, shown in encoding._ON_TATWEEL.items()}
    yield Run(name, signs, marks, before=carriers)
    tail = CharSet.of(encoding._TAIL)
    seen = Side(_class("سشصضﺱ-ﻀ"), edge=False)
    yield Sub(name, seen, (Item(tail, 1, None),), None, ())


def _zwj(_: Pass | None, __: str) -> Iterator[Step]:
    joiner = "\N{ZERO WIDTH JOINER}"
    chars = _LETTERS | _MARKS | _STROKE | CharSet.of(joiner)
    yield Run(encoding.strip_zwj.name, chars, {joiner: ""}, need=_LETTERS)


_LETTER, _MARK, _VOWEL = _class(chars.LETTER), _class(chars.MARK), _class(chars.VOWEL)
_HAMZA, _OTHER_MARK = _class(chars.HAMZA_MARK), _class(chars.MARK_BUT_HAMZA)


def _spaces_under_marks(_: Pass | None, absent: str) -> Iterator[Step]:
    """A marker for the space before each mark; then the space behind the last mark."""
    name = encoding.strip_spaces_under_marks.name
    marker = _markers(absent, 1)[0]
    spaces = Item(CharSet.of(encoding._THIN), 1, None)
    yield Sub(name, Side(_LETTER | _MARK, edge=False), (spaces,), Side(_MARK, edge=False), (marker,))
    yield Sub(name, None, (Item(CharSet.of(marker)), Item(_MARK, 1, None), spaces), None, (0, 1))
    yield Table(name, {marker: ""})


def _inner_tatweel(_: Pass | None, absent: str) -> Iterator[Step]:
    """A marker for each stroke that stays: those with a hamza, and those whose marks would mix with others."""
    name = letters.strip_inner_tatweel.name
    kept, voiced, marked = tuple(_markers(absent, 3))
    stroke, strokes, harakat = Item(_STROKE), Item(_STROKE, 0, None), _class(chars.HARAKAT)
    yield Sub(name, None, (stroke, Item(_OTHER_MARK, 0, None), Item(_HAMZA)), None, (kept, 1, 2))
    yield Sub(name, None, (stroke,), Side(_VOWEL, edge=False), (voiced,))
    yield Sub(name, None, (stroke,), Side(_MARK - _VOWEL, edge=False), (marked,))
    shadda = Item(CharSet.of(chars.SHADDA), 0, 1)
    yield Sub(name, None, (Item(_VOWEL), shadda, strokes, Item(CharSet.of(voiced))), None, (0, 1, 2, kept))
    yield Sub(name, None, (Item(_MARK - harakat), strokes, Item(CharSet.of(voiced + marked))), None, (0, 1, kept))
    yield Table(name, dict.fromkeys((voiced, marked), TATWEEL))
    beside = Side(_LETTER | _MARK, edge=False)
    yield Sub(name, beside, (Item(_STROKE, 1, None),), beside, ())
    yield Table(name, {kept: TATWEEL})


def _doubled_marks(_: Pass | None, absent: str) -> Iterator[Step]:
    """A marker for the second vowel of each pair that stays; then one of each."""
    name = marks.squeeze_marks.name
    vowels = CharSet.of(chars.SHORT_VOWELS)
    kept = dict(zip(_markers(absent, 3), vowels, strict=True))
    yield Squeeze(name, CharSet.of(chars.HARAKAT + chars.DAGGER_ALEF) - vowels, 2, 1)
    yield Squeeze(name, vowels, 3, 2)
    end, shadda, alef = Side(~(_LETTER | _MARK), edge=True), Item(CharSet.of(chars.SHADDA), 0, None), CharSet.of("اى")
    rest = (shadda, Item(alef, 0, 1), Item(_class(marks._BEHIND_VOWEL), 0, None))
    for marker, vowel in kept.items():
        one = Item(CharSet.of(vowel))
        yield Sub(name, None, (one, one, *rest), end, (0, marker, 2, 3, 4))
    yield Squeeze(name, vowels, 2, 1)
    yield Table(name, kept)


def _hamza_carriers(_: Pass | None, absent: str) -> Iterator[Step]:
    """Markers for a hamza on a stroke, on a yeh, and with madda; decided as `_seats` does, in the same order."""
    name = letters.fold_hamza_carriers.name
    seat, on_yeh, with_madda = tuple(_markers(absent, 3))
    low, hamza, strokes = Item(_OTHER_MARK, 0, None), Item(_HAMZA), CharSet.of(_seats.STROKE)
    for marker, carrier in ((on_yeh, CharSet.of(_seats.YEH)), (seat, strokes)):
        yield Sub(name, None, (Item(carrier), low, hamza), None, (marker, 1, 2))
        yield Sub(name, None, (Item(CharSet.of(marker)), low, hamza), None, (0, 1))
    yield Sub(name, None, (Item(strokes, 1, None), Item(CharSet.of(seat))), None, (1,))
    for before, items, after, template in _hamza_seats(seat, on_yeh, with_madda):
        yield Sub(name, before, items, after, template)
    yield Table(name, {seat: "ئ", on_yeh: "ئ", with_madda: "آ"})


def _hamza_seats(seat: str, on_yeh: str, with_madda: str) -> Iterator[tuple[Side | None, Items, Side | None, Template]]:
    here, alef = Item(CharSet.of(seat)), Item(CharSet.of("ا"))
    any_marks, own_marks = Item(_MARK, 0, None), Item(_OTHER_MARK, 0, None)
    fatha, fathatan, damma, kasra, sukun, yeh = (
        Item(CharSet.of(c))
        for c in (_seats.FATHA, _seats.FATHATAN, _seats.DAMMA, _seats.KASRA, _seats.SUKUN, _seats.LIKE_YEH + on_yeh)
    )
    no_vowel, high, madda = Item(_MARK - _VOWEL, 0, None), Item(damma.chars | kasra.chars), Item(CharSet.of(with_madda))
    not_high, no_fathatan, no_fatha = (Item(_OTHER_MARK - item.chars, 0, None) for item in (high, fathatan, fatha))
    start = Side(~(_LETTER | _MARK), edge=True)
    word = (Item(CharSet.of(_seats.CONJUNCTION), 0, 1), any_marks, Item(CharSet.of(_seats.PREPOSITION)))
    yield None, (yeh, sukun, here, fatha), Side(CharSet.of("س"), edge=False), (0, 1, "أ", 3)
    yield None, (yeh, any_marks, here), None, (0, 1, "ئ")
    yield None, (here, not_high, high), None, ("ئ", 1, 2)
    yield None, (fatha, no_vowel, here, no_fathatan, fathatan, own_marks, alef), None, (0, 1, 2, 3, 4, 5)
    yield None, (fatha, no_vowel, here, no_fathatan, fathatan), None, (0, 1, "أ", 3, 4)
    yield None, (here, no_fathatan, fathatan), None, ("ئ", 1, 2)
    yield start, (*word, no_vowel, kasra, no_vowel, here, own_marks, alef), None, (0, 1, 2, 3, 4, 5, with_madda, 7, 8)
    yield None, (kasra, no_vowel, here), None, (0, 1, "ئ")
    yield None, (damma, no_vowel, here), None, (0, 1, "ؤ")
    yield None, (here, own_marks, alef), None, (with_madda, 1, 2)
    yield None, (madda, no_fatha, fatha), None, (0, 1)
    yield None, (madda, own_marks, alef), None, (0, 1)
    yield None, (fatha, no_vowel, here), None, (0, 1, "أ")
    yield None, (here, no_fatha, fatha), None, ("أ", 1, 2)


def _line_edges(_: Pass | None, __: str) -> Iterator[Step]:
    name = spacing.strip_line_edges.name
    blank = CharSet.of(" \t")
    edge = Side(_class(BREAK), edge=True)
    yield Sub(name, edge, (Item(blank, 1, None),), None, ())
    yield Sub(name, None, (Item(blank, 1, None),), edge, ())


def _newlines(most: int, _: Pass | None, absent: str) -> Iterator[Step]:
    """Each line end as one character; a marker behind the first few of a block; then the rest of the block off."""
    name = "squeeze_newlines"
    crlf, again, cut, gone = tuple(_markers(absent, 4))
    end, blank = Item(CharSet.of("\n" + crlf)), Item(CharSet.of(" \t"), 0, None)
    yield Sub(name, None, (Item(CharSet.of("\r")), Item(CharSet.of("\n"))), None, (crlf,))
    yield Sub(name, None, (end, *(blank, end) * most), None, (0, again * (most - 1) + cut))
    for same in ("\n", crlf) * (most - 1):
        yield Sub(name, None, (Item(CharSet.of(same)), Item(CharSet.of(again))), None, (same * 2,))
    yield Run(name, end.chars | blank.chars, {"\n": gone, crlf: gone}, before=CharSet.of(cut))
    yield Sub(name, None, (Item(blank.chars, 1, None),), Side(CharSet.of(gone), edge=False), ())
    yield Table(name, {cut: "", gone: "", crlf: "\r\n"})


def _tanween_before_alef(_: Pass | None, __: str) -> Iterator[Step]:
    """One step for each alef, so that what is put is a fixed text."""
    step = parsing.read(marks.order_tanween_before_alef)
    assert isinstance(step, Sub)
    alef, tanween = step.items
    for letter in alef.chars:
        new = "".join(tanween.chars) + letter
        yield Sub(step.name, step.before, (Item(CharSet.of(letter)), tanween), step.after, (new,))


def _punctuation(_: Pass | None, absent: str) -> Iterator[Step]:
    """Signs that do not mix, and then runs of question and exclamation marks."""
    name = punctuation.squeeze_punctuation.name
    for sign, least, most in (("،", 2, 1), ("؛", 2, 1), (".", 4, 3), ("۔", 4, 3), ("…", 2, 1)):
        yield Squeeze(name, CharSet.of(sign), least, most)
    for sign in ",;":
        at_end = Side(_class(r"\s"), edge=True)
        yield Sub(name, Side(_class(LETTERS), edge=False), (Item(CharSet.of(sign), 2, None),), at_end, (sign,))
    yield from _mixed_punctuation(name, _markers(absent, 4))


def _mixed_punctuation(name: str, markers: str) -> Iterator[Step]:
    """A marker before every run to be shortened, and markers for its signs, on which the shortening is done."""
    start, signs = markers[0], markers[1:]
    mixed, ascii_ = CharSet.of("؟!?"), Item(CharSet.of("!?"))
    arabic, more = Item(CharSet.of("؟")), Item(mixed, 1, None)
    marked = Run(name, mixed, dict(zip("؟!?", signs, strict=True)), before=CharSet.of(markers))
    after = Side(~(_class(rf"{FOREIGN}0-9_=(\[$") | mixed), edge=True)
    word = Side(~(_class(r"\s") | mixed | CharSet.of(markers)), edge=False)
    yield Sub(name, Side(~mixed, edge=True), (arabic, more), None, (start, 0, 1))
    yield Sub(name, word, (ascii_, more), after, (start, 0, 1))
    letter = Side(_class(LETTERS), edge=False)
    yield Sub(name, letter, (Item(CharSet.of(" ")), ascii_, more), after, (0, start, 1, 2))
    blank = Side(_class(r"\s"), edge=True)
    yield Sub(name, blank, (ascii_, more, Item(CharSet.of(" "), 0, None)), letter, (start, 0, 1, 2))
    yield marked
    yield Sub(name, None, (arabic, arabic, more), None, (0, start, 1, 2))
    yield marked
    yield Squeeze(name, CharSet.of(signs), 2, 1)
    for one, two in permutations(signs, 2):
        first = [Item(CharSet.of(marker)) for marker in (start, one, two)]
        pair = (*first, Item(CharSet.of(one + two), 0, None))
        yield Sub(name, None, pair, Side(~CharSet.of(markers), edge=True), (one + two,))
    yield Table(name, {start: "", **dict(zip(signs, "؟!?", strict=True))})


def _markers(absent: str, count: int) -> str:
    if len(absent) < count:
        raise parsing.UnreadableError(
            "it needs characters that no text holds: put strip_control_characters before it, as the profiles do"
        )
    return absent[:count]
