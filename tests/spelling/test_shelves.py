"""What is put on shelves and into parts comes out, whatever is asked for first."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.model import Packed, pairs
from arnorm.spelling.model.shelves import RESERVED, Shelves, Wider, shelve, unshelved

words = st.lists(st.text("اأإىيهةبلتٱ", min_size=1, max_size=5), unique=True, max_size=30)


def singly(shelves: Shelves) -> None:
    """Leave every shelf to be read when it is asked for."""


@pytest.mark.parametrize("read", [singly, Shelves.read_all], ids=["singly", "at once"])
@given(known=words, others=words)
def test_words_have_their_ids_places_and_siblings(
    read: Callable[[Shelves], None], known: list[str], others: list[str]
) -> None:
    sections, places = shelve(known)
    packed = Packed(sections, {})
    shelves = Shelves(packed)
    read(shelves)
    assert shelves.count == len(known)
    ids = {word: number for number, word in enumerate(known, len(RESERVED))}
    skeletons = {skeleton_of(word) for word in known}
    for word in [*others, *known]:
        assert shelves.number(word) == ids.get(word)
        assert shelves.has(skeleton_of(word)) == (skeleton_of(word) in skeletons)
        expected = [other for other in known if skeleton_of(other) == skeleton_of(word)]
        found = list(shelves.siblings(skeleton_of(word)))
        assert found == sorted(expected, key=lambda other: other != skeleton_of(word))
    assert [shelves.at(places[word]) for word in known] == known
    asked = [skeleton_of(word) for word in known + others]
    assert Shelves(packed).among(asked) == shelves.among(asked) == skeletons & {*asked}
    assert unshelved(packed) == known


@given(known=words, own=words)
def test_words_of_ones_own_stand_behind_those_of_the_model(known: list[str], own: list[str]) -> None:
    new = sorted({*own} - {*known})
    shelves = Shelves(Packed(shelve(known)[0], {}))
    wider = Wider(shelves, new, len(RESERVED) + len(known))
    every = known + new
    assert [wider.number(word) for word in every] == [*range(len(RESERVED), len(RESERVED) + len(every))]
    for skeleton in map(skeleton_of, every):
        expected = [word for word in every if skeleton_of(word) == skeleton]
        assert list(wider.siblings(skeleton)) == sorted(expected, key=lambda word: word != skeleton)
        assert wider.has(skeleton)
        assert wider.among([skeleton, "ء"]) >= {skeleton}


@given(
    st.lists(st.dictionaries(st.integers(2, 40), st.integers(0, 255), max_size=12), min_size=1, max_size=20), st.data()
)
def test_pairs_come_out_of_their_parts(rows: list[dict[int, int]], data: st.DataObject) -> None:
    ids = array("I", [second for row in rows for second in sorted(row)])
    scores = bytes(row[second] for row in rows for second in sorted(row))
    starts = [*accumulate(map(len, rows), initial=0)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "_PART", data.draw(st.integers(1, 40)))
        sections = pairs.dump(starts, ids, scores)
    packed = Packed(sections | {"backoff": bytes([12]) * len(rows)}, {})
    assert [list(part) for part in pairs.undumped(packed)] == [starts, list(ids), list(scores)]
    bigrams: Any = pairs.Bigrams(packed)
    for first, row in enumerate(rows):
        for second in range(2, 41):
            expected = -row[second] / 12 if second in row else -9.0 - 1.0
            assert bigrams.score(first, second, -9.0) == pytest.approx(expected)
