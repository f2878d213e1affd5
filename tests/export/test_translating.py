"""A portable step means in `re`, by its pattern, what it means as a step of an export."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import Rewrite, catalogue, passes
from arnorm.core import Custom, Joined, Judge, Pass, Protected
from arnorm.errors import InvalidPassError
from arnorm.export.sets import CharSet
from arnorm.export.translating import set_of, translated
from arnorm.portable import Around, Chars, Kept, NoStepsError, Put, Repeats, Search, Within
from tests.export import reference


def parts_of(value: Pass) -> Iterator[Pass]:
    if isinstance(value, Joined | Protected):
        for inner in value.inner:
            yield from parts_of(inner)
    else:
        yield value


def steps() -> Iterator[object]:
    """All portable steps of the catalogue."""
    for entry in catalogue():
        for value in parts_of(passes.get(entry.name)):
            if isinstance(value, Rewrite | Judge | Custom) and not isinstance(value.steps, str):
                yield from value.steps(Around(None, "\x01\x02\x03\x04")) if callable(value.steps) else value.steps


def sets_in(value: object) -> Iterator[Chars]:
    if isinstance(value, Chars):
        yield value
    elif isinstance(value, Kept):
        for part in value.parts:
            yield from sets_in(part)
    elif isinstance(value, Search):
        for one in (*value.parts, value.behind, value.not_behind, value.ahead, value.not_ahead):
            yield from sets_in(one)
    elif isinstance(value, Repeats):
        yield value.chars
    elif isinstance(value, Within):
        yield from filter(None, (value.chars, value.behind, value.twice))


# The planes of which sets speak.
SPOKEN_OF = "".join(map(chr, range(0x40100)))


def matched(pattern: str) -> CharSet:
    """The characters that *pattern*, of one, matches, of those that sets speak of."""
    return CharSet.spanning((m.start(), m.end() - 1) for m in re.finditer(f"(?:{pattern})+", SPOKEN_OF))


def read(chars: Chars) -> CharSet:
    """The same, by the reader of sets."""
    return set_of(chars) & CharSet(((0, len(SPOKEN_OF) - 1),))


def test_sets_are_read_as_re_reads_them() -> None:
    inside = {(s.inside, s.but) for step in steps() for s in sets_in(step)}
    assert len(inside) > 50
    for one, but in inside:
        assert read(Chars(one, but)) == matched(Chars(one, but).pattern), (one, but)


@pytest.mark.parametrize(
    "inside",
    ["a-c", r"\s", r"^a\-c", r"\]\[\\", r"\t\n\r", "a-", "-a", "\x00-\U0010ffff", "…", "^", "a]", "[^", r"\\]"],
)
def test_the_notation_of_sets(inside: str) -> None:
    assert read(Chars(inside)) == matched(Chars(inside).pattern)


def test_sets_less_others_and_all_others() -> None:
    for chars in (~Chars("a-c"), Chars("a-c", but="b"), ~Chars("a-c", but="b"), Chars(r"\s", but="\n")):
        assert read(chars) == matched(chars.pattern)
    assert "b" not in set_of(Chars("a-c", but="b"))
    assert "b" in set_of(~Chars("a-c", but="b"))
    everything = set_of(Chars("\x00-\U0010ffff"))
    assert everything.written(lambda n: f"\\U{n:08x}") == r"[\U00000000-\U0010ffff]"
    with pytest.raises(NoStepsError, match="no character"):
        set_of(Chars("b", but="a-c"))


@pytest.mark.parametrize("inside", [r"\w", r"\d", r"\S", r"\b"])
def test_sets_that_grow_with_unicode_are_refused(inside: str) -> None:
    with pytest.raises(NoStepsError, match="Unicode"):
        CharSet.inside(inside)


_chars = st.builds(
    Chars,
    st.sampled_from(["a", "b", "ab", "a-c", "xy", "."]),
    st.sampled_from(["", "", "b"]),
    negated=st.sampled_from([False, False, True]),
).flatmap(lambda one: st.sampled_from([one, one, one.some, one.any, one.maybe, one.times(2), one.times(1, 2)]))
_single = _chars.map(lambda chars: chars.times(1, 1))
_text = st.text("abxy.", min_size=1, max_size=2)
_part = _text | _chars | st.lists(_text | _chars, min_size=1, max_size=2).map(lambda parts: Kept(*parts))
_put = st.sampled_from(["", "-", "1", "\\", r"\1", "x"]).map(Put)
_search = st.builds(
    lambda parts, looks: Search(*parts, **looks),
    st.lists(_part | _put, min_size=1, max_size=4),
    st.dictionaries(st.sampled_from(["behind", "not_behind", "ahead", "not_ahead"]), _single, max_size=2),
)
_repeats = st.builds(Repeats, _single, st.integers(2, 3), st.integers(1, 2))


@given(_search | _repeats, st.lists(st.text("abcxy.1", max_size=12), min_size=20, max_size=20))
def test_a_pattern_does_what_its_step_does(step: Search | Repeats, texts: list[str]) -> None:
    value = Rewrite.of("own", step)
    try:
        made = translated(step, "own")
    except NoStepsError:
        return
    for text in texts:
        assert reference.run([made], text) == value(text)


def test_steps_are_values() -> None:
    assert Search(Kept("a"), Chars("b").some) == Search(Kept("a"), Chars("b").times(1)) != Search("a")
    assert hash(Kept("a")) == hash(Kept("a"))
    assert Kept("a") != Put("a")
    assert repr(Chars("ab").maybe) == "Chars('ab', '', False, 0, 1)"


def test_what_is_made_of_a_search_has_no_flags() -> None:
    with pytest.raises(InvalidPassError, match="no flags"):
        Rewrite.of("own", Search("a"), flags=2)


@pytest.mark.parametrize("steps", [None, 5, [Search("a")]])
def test_what_are_no_steps(steps: object) -> None:
    with pytest.raises(InvalidPassError, match="steps"):
        Rewrite("own", "a", "b", steps=steps)  # type: ignore[arg-type]
