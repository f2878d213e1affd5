"""Small cases that tell the engine, the joining of links and the finding of spans from slightly wrong ones.

The wrong ones are in mutants.py. Most of them break a law of test_laws.py too, but only on texts that are seldom drawn.
"""

from __future__ import annotations

import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import CharMap, Custom, Form, Judge, Pipeline, Rewrite, engine, forms, passes, spans
from arnorm.align import replacements_between
from arnorm.trace import Link, Replacement, apply, compose, join, link

# The engine

TABLES = [
    {"أ": "xy"},  # a key that every alphabet has, with a value that is a word
    {"أ": "\ufffe"},  # values that mean something to a codec, or where a text is split
    {"أ": "\uffff"},
    {"أ": "\uffff", "ب": "أ"},
    {"ب": "\ufffe", "أ": "ب"},
    {"\uffff": "xyz"},
    {"\ufffe": "xyz", "\0": "ا"},
    {"ا": "ب", "ب": "ا"},
    {"😀": "ا", "ا": "😀", "ب": ""},
    {"x": "ab", "a": "c", "b": "a"},
    {"أ": "ا", **{chr(point): chr(point + 1) for point in range(0x700, 0x740)}},
]


@pytest.mark.parametrize("table", TABLES, ids=ascii)
@pytest.mark.parametrize("between", ["", "😀", "\ufffe", "\uffff", "漢" * 300, "\ud800"], ids=ascii)
def test_any_table_on_any_mixture(table: dict[str, str], between: str) -> None:
    for length in (1, 2, 3):
        for characters in itertools.product(["أ", "ب", "a", "x", "\0"], repeat=length):
            text = between.join(characters) + between
            expected = "".join(table.get(c, c) for c in text)
            assert engine.fold(table)(text) == expected
            if engine.is_closed(table):
                assert engine.replaces(table)(text) == expected


def test_a_value_with_a_key_inside_is_not_closed() -> None:
    assert not engine.is_closed({"x": "ab", "a": "c"})
    assert engine.is_closed({"x": "ab", "a": ""}) is False
    assert engine.is_closed({"x": "ab", "y": ""})


def test_the_first_table_to_speak_of_a_character_has_it() -> None:
    assert engine.fuse([{"a": "b"}, {"a": "c"}]) == {"a": "b"}
    assert engine.fuse([{"a": "b"}, {"b": "c", "a": "x"}, {"c": ""}]) == {"a": "", "b": "", "c": ""}


def test_steps_run_in_order() -> None:
    assert engine.chain([lambda text: text + "1", lambda text: text + "2", lambda text: text + "3"])("") == "123"


def test_what_has_to_be_in_a_text() -> None:
    for needles in (("ab", "c"), ("ab", "cd", "ef", "gh", "ij", "k]"), ("a", "]", "^", "-", "\\", "[", "z")):
        may = engine.may_match(needles, "")
        assert all(may(f"x{needle}x") for needle in needles)
        assert not any(may(text) for text in ("", "b", "_", "x", "jk", "Z"))
    long = "كتاب وقلم\0 " * 40
    for characters in ("0٣۵½/", "-\ufffe]^", "\U0001f600\U0001f601", "".join(map(chr, range(0x4E00, 0x4F00)))):
        may = engine.may_match(tuple(characters + "abcdef"), "")
        without = long.replace("\0", "")  # which a codec takes for one of them
        assert all(may(text + character) for character in characters for text in ("", long, without))
        assert not may(without)
        assert not may("")
    assert engine.may_match((), "a+b")("xaab")
    assert not engine.may_match((), "a+b")("xa")


@pytest.mark.parametrize("extra", [-1, 0, 1, 2])
def test_edges_of_chunks_and_pieces(extra: int) -> None:
    fold = engine.fold({"أ": "ا", "\N{ARABIC FATHA}": ""})
    for size in (engine._PIECE, engine._SPARSE, engine._CHUNK, 2 * engine._CHUNK):
        for last in ("أ", "😀", "😀أ", "أ😀", "\N{ARABIC FATHA}"):
            text = "ب" * (size + extra - len(last)) + last
            expected = text.replace("أ", "ا").replace("\N{ARABIC FATHA}", "")
            assert fold(text) == expected
            assert fold(last + text) == fold(last) + expected


def test_batches_of_texts() -> None:
    fold = engine.fold({"أ": "ا"})
    texts = ["أ" * 7] * (engine._CHUNK // 4) + ["أ\uffff", "\uffff", ""]
    assert list(engine.fold_many(fold, texts)) == [fold(text) for text in texts]
    assert list(engine.fold_many(fold, [])) == []


# Passes


def test_tables_before_another_pass_do_not_run_again_after_it() -> None:
    p = CharMap("p", {"a": "aa"}) | passes.nfc | CharMap("q", {"x": "y"}) | passes.nfc | CharMap("r", {"b": "bb"})
    assert p("axb") == "aaybb"


def test_what_changes_nothing_is_no_replacement() -> None:
    assert Rewrite("p", "a|b", "a").replacements("ab") == [Replacement(1, 2, "a")]
    assert Judge("p", _everything).replacements("xa") == [Replacement(0, 1, "a")]


def _everything(text: str) -> list[tuple[int, int, str]]:
    return [(i, i + 1, "a") for i in range(len(text))]


def test_protecting_nothing_is_the_pipeline_itself() -> None:
    assert passes.fold_alef.protecting() == Pipeline([passes.fold_alef])


def test_passes_that_differ_in_name_alone_or_in_what_they_do_alone() -> None:
    assert CharMap("p", {"a": "b"}) != CharMap("q", {"a": "b"})
    assert CharMap("p", {"a": "b"}) != CharMap("p", {"a": "c"})
    assert CharMap("p", {"a": "b"}) != CharMap("p", {"a": "b"}, lossy=False)
    assert CharMap("p", {"a": "b"}) == CharMap("p", {"a": "b"}, summary="other words")


# Joining links


def some_replacements(length: int) -> st.SearchStrategy[list[Replacement]]:
    """Ascending disjoint replacements in a text of *length*, insertions among them."""

    def made(cuts: list[int], sizes: list[int]) -> list[Replacement]:
        cuts = sorted(cuts)
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        # no two empty ones at one place, and none that does nothing
        kept = {pair: size for pair, size in zip(pairs, sizes, strict=False) if pair[0] < pair[1] or size}
        return [Replacement(start, end, "x" * size) for (start, end), size in kept.items()]

    places = st.lists(st.integers(0, length), max_size=12)
    return st.builds(made, places, st.lists(st.integers(0, 3), min_size=6, max_size=6))


def groups(first: list[Link], second: list[Link]) -> list[tuple[str, ...]]:
    """What `join` has to put together, found the slow way: links join where they overlap, over and over."""
    found = [(low, high, names, ()) for _, _, low, high, names in first]
    found += [(low, high, (), names) for low, high, _, _, names in second]
    merged = True
    while merged:
        merged = False
        for a, b in itertools.combinations(found, 2):
            if a[0] < b[1] and b[0] < a[1]:
                found.remove(a)
                found.remove(b)
                found.append((min(a[0], b[0]), max(a[1], b[1]), a[2] + b[2], a[3] + b[3]))
                merged = True
                break
    found.sort(key=lambda group: (group[0], group[1]))
    return [(*sorted(made), *sorted(remade)) for _, _, made, remade in found]


def named(sign: str, replacements: list[Replacement]) -> list[Link]:
    links = link("", replacements)
    return [(*each[:4], (f"{sign}{number:02}",)) for number, each in enumerate(links)]


@given(st.data())
def test_links_join_where_they_overlap_and_only_there(data: st.DataObject) -> None:
    text = "abcdefghij"
    first = data.draw(some_replacements(len(text)))
    between = apply(text, first)
    second = data.draw(some_replacements(len(between)))
    out = apply(between, second)
    one, two = named("1-", first), named("2-", second)
    joined = join(one, two)
    assert apply(text, [Replacement(i[0], i[1], out[i[2] : i[3]]) for i in joined]) == out
    # Where two empty links stand at one place, which comes first does not matter.
    assert sorted(i[4] for i in joined) == sorted(groups(one, two))
    for before, after in itertools.pairwise(joined):
        assert before[1] <= after[0]
        assert before[3] <= after[2]


def test_three_steps_and_more_join_as_if_one_by_one() -> None:
    tables = [{"a": "bb"}, {"b": "cc"}, {"c": ""}, {"-": "ddd"}, {"d": "e"}, {"x": ""}, {"e": "ff"}]
    for count in range(1, len(tables) + 1):
        p = Pipeline([CharMap(f"p{i}", table) for i, table in enumerate(tables[:count])])
        text = "x-a-x-aa"
        trace = p.trace(text)
        assert trace.text == p(text) == apply(text, [Replacement(*e.span, e.after) for e in trace.edits])
        names = [name for edit in trace.edits for name in edit.passes]
        assert set(names) == {f"p{i}" for i in range(count)}


def test_composing_nothing() -> None:
    assert list(compose([])) == list(compose([[], []])) == []


def test_a_change_that_grows_the_text_before_others() -> None:
    first, second = [(4, 5, 4, 5, ("p",))], [(0, 1, 0, 3, ("q",))]
    assert join(first, second) == [(0, 1, 0, 3, ("q",)), (4, 5, 6, 7, ("p",))]


def test_bounds_of_changes_seen_from_both_sides() -> None:
    trace = CharMap("p", {"*": "abc", "-": ""}).trace("x*-y")
    assert trace.text == "xabcy"
    assert [trace.to_source((i, i + 1)) for i in range(5)] == [(0, 1), (1, 2), (1, 2), (1, 3), (3, 4)]
    assert [trace.to_output((i, i + 1)) for i in range(4)] == [(0, 1), (1, 4), (4, 4), (4, 5)]
    assert trace.to_source((4, 4)) == (3, 3)


def test_units_on_both_sides_after_a_change_of_length() -> None:
    edits = CharMap("p", {"ﷲ": "الله", "-": ""}).trace("😀ﷲ-😀-").as_dict("utf-16")["edits"]
    assert [(edit["start"], edit["end"], edit["output"]) for edit in edits] == [
        (2, 3, [2, 6]),
        (3, 4, [6, 6]),
        (6, 7, [8, 8]),
    ]


# Forms


FORMED = [
    "가\u11a7",
    "ᄀ\u1175\u11c2",
    "가\u11a8",
    "\u09c7\u09be",
    "x\u0340\u0323\n\u0301",
    "\n\u0301",
    "ａ\u0323\u0301",
]
FORMED += ["ﾊﾟ", "ا\u0655\u0654", "بَّ", "لّٰ", "\u0651\u064e\u0323", "\u0344" * 80 + "\u0323", "\u0301\u0323" * 80]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("text", FORMED, ids=ascii)
def test_forms_and_their_edits(form: forms.FormName, text: str) -> None:
    p, expected = Form("p", form), unicodedata.normalize(form, f"ا{text}ب")
    assert p(f"ا{text}ب") == expected
    edits = p.replacements(f"ا{text}ب")
    assert apply(f"ا{text}ب", edits) == expected


def test_edits_of_a_form_leave_out_what_is_alike_at_both_ends() -> None:
    assert [r[:3] for r in forms.replacements("NFC", "ب\u0651\u064e")] == [(1, 3, "\u064e\u0651")]
    assert [r[:3] for r in forms.replacements("NFD", "ابأ")] == [(2, 3, "ا\u0654")]
    assert [r[:3] for r in forms.replacements("NFKC", "ab①cd")] == [(2, 3, "1")]


def test_text_in_its_form_is_the_same_object() -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        for text in ("نص", "ب\u064e\u0651", "ب\u0654", "漢 abc"):  # hamza above: "maybe", says the quick check
            assert Form("p", form)(text) is text  # type: ignore[arg-type]


# Spans


def test_spans_that_touch_nest_or_overlap_are_one() -> None:
    def found(*patterns: str) -> list[tuple[int, int]]:
        return spans.find([re.compile(p) for p in patterns], "abcdef")

    assert found("b", "c") == [(1, 3)]
    assert found("c", "b") == [(1, 3)]
    assert found("abcd", "b") == [(0, 4)]
    assert found("bc", "cd", "f") == [(1, 4), (5, 6)]
    assert found("x*") == []


def test_signs_that_stand_for_spans() -> None:
    text = "\ue000a\ue001b"
    masked = spans.mask(text, [(1, 2), (3, 4)])
    assert [r.text for r in masked] == ["\ue002", "\ue003"]
    out = apply(text, masked)
    assert apply(out, spans.unmask(out, text, masked) or []) == text
    for wrong in ("\ue002", "\ue003\ue003", "\ue002\ue003\ue003", "\ue002\ue002\ue003", ""):
        assert spans.unmask(wrong, text, masked) is None
    assert spans.unmask("\ue004\ue003\ue002", text, masked) == [Replacement(1, 2, "b"), Replacement(2, 3, "a")]


def test_protected_spans_that_are_lost_or_doubled_by_a_pass() -> None:
    text = "أَ `أ` أَُ `ب` ـأَ `ت` أَ"
    for name, function in (("doubles", _doubled), ("drops", _emptied), ("reverses", _reversed)):
        p = (passes.strip_tashkeel | Custom(name, function) | passes.fold_alef).protecting("code")
        out = p(text)
        assert [out.count(f"`{letter}`") for letter in "أبت"] == [1, 1, 1]
        trace = p.trace(text)
        assert trace.text == out == apply(text, [Replacement(*e.span, e.after) for e in trace.edits])
        assert [out[slice(*e.output)] for e in trace.edits] == [e.after for e in trace.edits]


def test_stretches_between_protected_spans_that_a_pass_lost() -> None:
    p = (Custom("drops", _without_private) | passes.strip_tashkeel | passes.fold_alef).protecting("code")
    assert p("أَ `أ` أَُ `ب` ـأَ `ت` أَ") == "ا `أ` ا `ب` ـا `ت` ا"


def _without_private(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) != "Co")


def _doubled(text: str) -> str:
    return text * 2


def _emptied(text: str) -> str:
    return ""


def _reversed(text: str) -> str:
    return text[::-1]


# Finding what changed


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abc", "xbc", [(0, 1, "x")]),
        ("abc", "abx", [(2, 3, "x")]),
        ("abc", "", [(0, 3, "")]),
        ("", "abc", [(0, 0, "abc")]),
        ("b", "ab", [(0, 0, "a")]),
        ("abcdefgh", "abXcdefg", [(2, 2, "X"), (7, 8, "")]),
        ("abXcdefg", "abcdefgh", [(2, 3, ""), (8, 8, "h")]),
        ("one two three!", "one 2 three?", [(4, 7, "2"), (13, 14, "?")]),
        ("ab12345cdefghi", "abXcdefghj", [(2, 7, "X"), (13, 14, "j")]),
        ("xaaayaaaz", "aaaqaaaw", [(0, 1, ""), (4, 5, "q"), (8, 9, "w")]),
    ],
)
def test_replacements_found_by_comparing(before: str, after: str, expected: list[tuple[int, int, str]]) -> None:
    assert [r[:3] for r in replacements_between(before, after)] == expected


@given(st.text("abc", max_size=30), st.text("abc", max_size=30))
def test_replacements_found_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    found = replacements_between(before, after)
    assert apply(before, found) == after
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(before[r.start : r.end] != r.text for r in found)


def test_where_two_pieces_change_places_the_second_is_put_in_first() -> None:
    """Of two alignments as near as each other the one that puts in comes first, the same every time."""
    found = replacements_between("abcxyz", "xyzabc")
    assert [(r.start, r.end, r.text) for r in found] == [(0, 0, "xyz"), (3, 6, "")]
