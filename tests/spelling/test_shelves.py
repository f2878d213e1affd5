"""What is put on shelves and into parts comes out, whatever is asked for first."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.model import Packed, in_planes, pack, pairs
from arnorm.spelling.model import shelves as shelving
from arnorm.spelling.model.shelves import ID_BYTES, RESERVED, UNKNOWN, Shelves, Wider, shelve, unshelved

words = st.lists(st.text("اأإىيهةبلتٱ", min_size=1, max_size=5), unique=True, max_size=30)


def singly(shelves: Shelves) -> None:
    """Leave every shelf to be read when it is asked for."""


@pytest.mark.parametrize("read", [singly, Shelves.read_all], ids=["singly", "at once"])
@given(known=words, others=words, width=st.integers(1, 5))
def test_words_have_their_ids_places_and_siblings(
    read: Callable[[Shelves], None], known: list[str], others: list[str], width: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelving, "_WIDTH", width)
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
    assert [Wider(shelves, every, 99).number(word) for word in known] == [*map(shelves.number, known)]
    assert [wider.number(word) for word in every] == [*range(len(RESERVED), len(RESERVED) + len(every))]
    for skeleton in map(skeleton_of, every):
        expected = [word for word in every if skeleton_of(word) == skeleton]
        assert list(wider.siblings(skeleton)) == sorted(expected, key=lambda word: word != skeleton)
        assert wider.has(skeleton)
        assert wider.among([skeleton, "ء"]) >= {skeleton}


@pytest.mark.parametrize("block", [b"\n", b"A\n\nB", b"A\n\tB", b"A\t\nB", b"A\t\tB", b"\tA", b"A\t"])
def test_words_of_no_letters_are_refused(block: bytes) -> None:
    rows = block.split(b"\t")
    count = sum(row.count(b"\n") + 1 for row in rows)
    steps = array("I", [len(RESERVED)] + [1] * (count - 1)).tobytes()
    keys = "\n".join(map(str, range(len(rows)))).encode()
    sections = {"words": pack(block), "words_shelves": pack(keys), "words_steps": pack(in_planes(steps, 4, ID_BYTES))}
    with pytest.raises(ValueError, match="no Arabic words"):
        Shelves(Packed(sections, {}))


def test_more_words_than_a_pair_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = Packed(shelve(["باب", "بيت"])[0], {})
    assert Shelves(packed).count == 2
    monkeypatch.setattr(shelving, "MOST_IDS", len(RESERVED) + 2)
    with pytest.raises(ValueError, match="too many"):
        Shelves(packed)


def packed_pairs(rows: Sequence[int], ids: Sequence[int], scores: bytes, backoff: bytes) -> Packed:
    return Packed(pairs.dump(rows, array("I", ids), scores) | {"backoff": backoff}, {})


@given(
    st.lists(st.dictionaries(st.integers(1, 40), st.integers(0, 255), max_size=12), min_size=1, max_size=20), st.data()
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
    assert all(bigrams.part(number)[0] for number in range(len(bigrams.firsts)))
    for first, row in enumerate(rows):
        for second in range(1, 41):
            known = second in row and second != UNKNOWN
            expected = -row[second] / 12 if known else -9.0 - 1.0
            assert bigrams.score(first, second, -9.0) == pytest.approx(expected)


def test_no_part_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "_PART", 1)
    assert pairs.Bigrams(packed_pairs([0, 0, 3, 3], [4, 5, 6], bytes(3), bytes(3))).firsts == [0]


@given(st.data())
def test_rows_of_words_are_scored_pair_by_pair(data: st.DataObject) -> None:
    count = data.draw(st.integers(3, 8))
    rows = data.draw(st.lists(st.dictionaries(st.integers(2, count), st.integers(0, 255)), min_size=9, max_size=9))
    backoff = bytes(data.draw(st.lists(st.integers(0, 255), min_size=9, max_size=9)))
    starts = [*accumulate(map(len, rows), initial=0)]
    ids = [second for row in rows for second in sorted(row)]
    scores = bytes(row[second] for row in rows for second in sorted(row))
    bigrams = pairs.Bigrams(packed_pairs(starts, ids, scores, backoff))
    word = st.integers(2, count)
    left, middle, right = data.draw(word), data.draw(st.lists(word, min_size=1, max_size=3)), data.draw(word)
    logs = [-float(i) for i in middle]
    steps = [*zip([left, *middle], [*middle, right], [*logs, -7.5], strict=True)]
    single = [bigrams.score(first, second, log) for first, second, log in steps]
    assert bigrams.along(left, middle, logs, right, -7.5) == pytest.approx(sum(single))
    expected = sum(single), single[0] - logs[0], single[-1] + 7.5
    assert bigrams.flanked(left, middle, logs, right, -7.5) == pytest.approx(expected)
    ways: list[Any] = [(last, (0.5 * last, None, 0, 0, None)) for last in middle]
    best = max(0.5 * last + bigrams.score(last, right, -7.5) for last in middle)
    found, way = bigrams.behind(ways, right, -7.5)
    assert found == pytest.approx(best)
    assert way is not None
    assert any(way is one and bigrams.score(last, right, -7.5) + one[0] == pytest.approx(best) for last, one in ways)


def test_hostile_pairs_are_refused_or_find_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    place, absent = pairs._PLACE.pack, -9.0
    ids = array("I", [4, 5, 6])
    part = pack(in_planes(ids.tobytes(), 4, ID_BYTES) + bytes(3))

    def sections(rows: Sequence[int], places: bytes, parts: bytes) -> Packed:
        packed = {"bigram_rows": pack(array("I", rows).tobytes()), "bigram_places": places, "bigram_parts": parts}
        return Packed(packed | {"backoff": bytes(len(rows) - 1)}, {})

    good = sections([0, 3, 3, 3], place(0, len(part)), part)
    assert pairs.Bigrams(good).score(0, 5, absent) == 0.0
    outside = pairs.Bigrams(sections([0, 3, 99, 3], place(0, len(part)), part))
    assert outside.score(1, 5, absent) == outside.score(2, 5, absent) == absent
    short = pack(in_planes(ids[:2].tobytes(), 4, ID_BYTES) + bytes(2))
    assert pairs.Bigrams(sections([0, 3, 3, 3], place(0, len(short)), short)).score(0, 5, absent) == absent
    with pytest.raises(ValueError, match="out of order"):
        pairs.Bigrams(sections([0, 3, 6, 3], place(0, 4) + place(2, len(part)), part))
    monkeypatch.setattr(pairs, "_MOST_PAIRS", 2)
    with pytest.raises(ValueError, match="too many"):
        pairs.Bigrams(good)
