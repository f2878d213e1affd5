"""Arrow columns, of every type that holds text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import CharMap, Composable, UnknownNameError
from tests.integrations.columns import (
    SENTENCES,
    Counted,
    columns,
    knowing,
    plainly,
    profiles,
    repaired,
    text_of,
)

pa = pytest.importorskip("pyarrow")
arrow = pytest.importorskip("arnorm.integrations.arrow")
_arrow = pytest.importorskip("arnorm.integrations._arrow")

TYPES = [pa.string(), pa.large_string()]
if int(pa.__version__.partition(".")[0]) >= 20:  # older ones cannot cast it
    TYPES.append(pa.string_view())
DICTIONARIES = [pa.dictionary(pa.int8(), pa.string()), pa.dictionary(pa.uint32(), pa.large_string(), ordered=True)]
every_type = pytest.mark.parametrize("kind", TYPES + DICTIONARIES, ids=str)


def array_of(values: list[str | None], kind: Any) -> Any:
    if not pa.types.is_dictionary(kind):
        return pa.array(values, kind)
    entries = list(dict.fromkeys(v for v in values if v is not None))
    indices = pa.array([None if v is None else entries.index(v) for v in values], kind.index_type)
    return pa.DictionaryArray.from_arrays(indices, pa.array(entries, kind.value_type), ordered=kind.ordered)


@st.composite
def chunked(draw: st.DrawFn, kind: Any) -> Any:
    """A chunked array, some chunks empty, some slices of longer ones."""
    chunks = []
    for values in draw(st.lists(columns, max_size=4)):
        start = draw(st.integers(0, len(values)))
        chunks.append(array_of(values, kind)[start:])
    return pa.chunked_array(chunks, kind)


@every_type
@given(data=st.data(), profile=profiles)
def test_an_array_is_what_plain_calls_give(kind: Any, data: st.DataObject, profile: str | Composable) -> None:
    array = array_of(data.draw(columns), kind)
    array = array[data.draw(st.integers(0, len(array))) :]
    out = arrow.normalize(array, profile)
    out.validate(full=True)
    assert isinstance(out, pa.Array)
    assert out.type == kind
    assert out.to_pylist() == plainly(array.to_pylist(), profile)


@every_type
@given(data=st.data(), profile=profiles)
def test_chunks_are_kept(kind: Any, data: st.DataObject, profile: str | Composable) -> None:
    column = data.draw(chunked(kind))
    out, trace = arrow.normalize(column, profile), arrow.trace(column, profile)
    out.validate(full=True)
    trace.validate(full=True)
    assert isinstance(out, pa.ChunkedArray)
    assert (out.type, trace.type) == (kind, arrow.TRACE)
    lengths = [len(chunk) for chunk in column.chunks]
    assert [len(chunk) for chunk in out.chunks] == [len(chunk) for chunk in trace.chunks] == lengths
    assert out.to_pylist() == plainly(column.to_pylist(), profile)
    assert list(map(text_of, trace.to_pylist(), column.to_pylist())) == out.to_pylist()


@every_type
def test_a_column_in_which_nothing_changes_is_the_same_object(kind: Any) -> None:
    array = array_of(["نص", None, "نص"], kind)
    assert arrow.normalize(array) is array
    column = pa.chunked_array([array, array])
    assert arrow.normalize(column) is column
    assert arrow.normalize(array[:0]).type == kind


@every_type
def test_equal_values_are_computed_once_over_all_chunks(kind: Any) -> None:
    counted = Counted()
    array = array_of(["ab", None, "ab", "أ"], kind)
    out = arrow.normalize(pa.chunked_array([array, array[1:]]), counted.upper)
    assert out.to_pylist() == ["AB", None, "AB", "أ", None, "AB", "أ"]
    assert sorted(counted.seen) == ["ab", "أ"]


@given(values=columns, profile=profiles, block=st.integers(1, 200), start=st.integers(1, 12))
def test_a_long_column_goes_in_blocks(
    values: list[str | None], profile: str | Composable, block: int, start: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_arrow, "_BLOCK", block)
        patch.setattr(_arrow, "_START", start)
        assert arrow.normalize(pa.array(values, pa.string()), profile).to_pylist() == plainly(values, profile)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
def test_far_offsets_are_copied(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_arrow, "_FAR", 1)
    column = pa.chunked_array([["أ", "ب"], ["إلى"]], kind)
    assert arrow.normalize(column, "search").to_pylist() == ["ا", "ب", "الي"]


def test_dictionary_entries_that_become_equal_become_one() -> None:
    array = array_of(["أ", "ب", "ا", None, "إ"], DICTIONARIES[1])
    out = arrow.normalize(array, "search")
    assert out.dictionary.to_pylist() == ["ا", "ب"]
    assert out.indices.to_pylist() == [0, 1, 0, None, 0]


def test_a_dictionary_may_hold_null() -> None:
    array = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None], pa.int8()), pa.array(["أ", None, "ا"]))
    assert arrow.normalize(array, "search").to_pylist() == ["ا", None, "ا", None]
    assert [t and t["text"] for t in arrow.trace(array, "search").to_pylist()] == ["ا", None, "ا", None]


def test_nothing_but_null() -> None:
    assert arrow.normalize(pa.nulls(3)) == pa.nulls(3)
    assert arrow.normalize(pa.nulls(3, pa.string()), "search") == pa.nulls(3, pa.string())


@pytest.mark.parametrize("array", [[1, 2], [b"a"], [["a"]]])
def test_a_column_of_something_else_is_an_error(array: list[object]) -> None:
    for function in (arrow.normalize, arrow.trace, arrow.repair):
        with pytest.raises(TypeError, match="a column of text is needed, not of "):
            function(pa.array(array))


def test_repair_and_its_trace() -> None:
    array = pa.array(SENTENCES)
    assert arrow.repair(array).to_pylist() == repaired(SENTENCES)
    assert arrow.repair(array, "balanced").to_pylist() == repaired(SENTENCES, "balanced")
    assert arrow.repair(array, lexicon=knowing().lexicon)[0].as_py() == knowing().repair(SENTENCES[0] or "")
    edit = arrow.trace(array, knowing())[0].as_py()["edits"][0]
    assert (edit["before"], edit["after"], edit["kind"]) == ("احمد", "أحمد", "class")
    assert 0.9 < edit["score"] <= 1


@pytest.mark.parametrize("make", [pa.table, pa.RecordBatch.from_pydict])
def test_the_columns_of_a_table(make: Any) -> None:
    table = make({"n": [1, 2], "a": ["أَب", None], "b": pa.array(["إلى", "ة"]).dictionary_encode()})
    table = table.replace_schema_metadata({"own": "kept"})
    out = arrow.normalize(table, "search")
    assert type(out) is type(table)
    assert out.schema.equals(table.schema, check_metadata=True)
    assert out.to_pydict() == {"n": [1, 2], "a": ["اب", None], "b": ["الي", "ه"]}
    assert arrow.normalize(table, "search", columns=["b"]).to_pydict()["a"] == ["أَب", None]
    assert arrow.repair(table, columns=["a"]).to_pydict()["b"] == ["إلى", "ة"]
    assert arrow.trace(table, "search").schema.field("a").type == arrow.TRACE
    with pytest.raises(KeyError, match="no column 'title'; the columns are 'n', 'a', 'b'"):
        arrow.normalize(table, columns=["title"])
    with pytest.raises(TypeError, match="not of int64"):
        arrow.normalize(table, columns=["n"])


def test_a_scalar_gives_a_scalar() -> None:
    for scalar in (pa.scalar("أَب"), pa.scalar(None, pa.large_string()), pa.array(["أَب"]).dictionary_encode()[0]):
        out = arrow.normalize(scalar, "search")
        assert out.type == scalar.type
        assert out.as_py() == ("اب" if scalar.is_valid else None)


@pytest.mark.parametrize("data", [["أب"], "أب", None, 5])
def test_what_is_not_arrow_is_an_error_that_says_what_is_taken(data: Any) -> None:
    for function in (arrow.normalize, arrow.trace, arrow.repair):
        with pytest.raises(TypeError, match="Array, ChunkedArray, Table, RecordBatch or Scalar is needed, not"):
            function(data)
    with pytest.raises(TypeError, match="columns are those of a Table"):
        arrow.normalize(pa.array(["أ"]), columns=["a"])


def test_an_unknown_name_has_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="search.v1"):
        arrow.normalize(pa.array(["أ"]), "serch")
    with pytest.raises(UnknownNameError, match="did you mean 'safe'"):
        arrow.repair(pa.array(["أ"]), "saef")


def test_a_result_that_arrow_cannot_hold_is_an_error() -> None:
    with pytest.raises(UnicodeEncodeError):
        arrow.normalize(pa.array(["أ"]), CharMap("to_surrogate", {"أ": "\ud800"}))
