"""What `tests/mutants.py` found that no other test noticed: the search for the best sentence, and small rules."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm.spelling import proposals, realword
from arnorm.spelling.candidates import Candidate
from arnorm.spelling.evidence import weigh
from arnorm.spelling.likelihood import PRICE
from arnorm.spelling.model import context, read
from arnorm.spelling.model.near import Between, near
from arnorm.spelling.model.pairs import END_LOG
from arnorm.spelling.model.shelves import BORDER, OTHER, Shelves
from arnorm.spelling.policy import POLICIES, Policy
from arnorm.spelling.reading import PathStep, Place, decode
from arnorm.spelling.sentence import sentences
from arnorm.spelling.speller import DEFAULT_MODEL, default

# --- the best sentence ------------------------------------------------------------------------------------------------


#: So many ways to a place stay open: of four spellings that end there each may be the one that the next word asks for.
OPEN = 4


class Scores:
    """Pairs of words scored by a table; what it does not have is as likely as the word by itself."""

    def __init__(self, table: dict[tuple[int, int], float]) -> None:
        self._table = table

    def score(self, first: int, second: int, log: float) -> float:
        return self._table.get((first, second), log)

    def flanked(self, left: int, ids: Sequence[int], logs: Sequence[float], right: int, log: float) -> Any:
        return 0.0, 0.0, 0.0

    def behind(self, ways: Sequence[tuple[int, Any]], first: int, log: float) -> tuple[float, Any]:
        return max(((way[0] + self.score(last, first, log), way) for last, way in ways), key=lambda found: found[0])


Row = list[tuple[int, Any]]


def candidate(ids: tuple[int, ...], cost: float) -> Candidate:
    return Candidate(" ".join(map(str, ids)), ids, tuple(-float(i % 5) for i in ids), cost, "class")


def worth(path: Sequence[Candidate], scores: Scores, left: int, right: Candidate | None) -> float:
    """What a path is worth, counted word by word."""
    ids = [i for c in path for i in c.ids]
    logs = [log for c in path for log in c.logs]
    close, log = (BORDER, END_LOG) if right is None else (right.ids[0], right.logs[0])
    steps = zip([left, *ids], [*ids, close], [*logs, log], strict=True)
    return sum(scores.score(a, b, c) for a, b, c in steps) - PRICE * sum(c.cost for c in path)


def paths(rows: Sequence[Row], at: int = 0) -> list[list[Candidate]]:
    """Every way through the lattice."""
    if at == len(rows):
        return [[]]
    return [[c, *rest] for length, c in rows[at] for rest in paths(rows, at + length)]


numbers = st.floats(-9, 0).map(lambda x: round(x, 2))
words = st.integers(3, 8)
pairs = st.dictionaries(st.tuples(st.integers(0, 8), st.integers(0, 8)), numbers, max_size=40)
rights = st.none() | st.builds(lambda i: candidate((i,), 0.0), words)


@given(st.data(), st.integers(1, 4), pairs, st.integers(0, 8), rights)
def test_the_best_way_is_found(
    data: st.DataObject, count: int, table: dict[tuple[int, int], float], left: int, right: Candidate | None
) -> None:
    """Of all ways through a lattice none is worth more, where no more words end at a place than the beam is wide."""
    ends = data.draw(st.lists(words, min_size=OPEN, max_size=OPEN, unique=True))
    rows: list[Row] = []
    for at in range(count):
        one = st.builds(lambda i, cost: (1, candidate((i,), cost)), st.sampled_from(ends), st.floats(0, 3))
        two = st.builds(lambda i, j, cost: (1, candidate((i, j), cost)), words, st.sampled_from(ends), st.floats(0, 3))
        over = st.builds(lambda i, cost: (2, candidate((i,), cost)), st.sampled_from(ends), st.floats(0, 3))
        rest = st.lists(one | two | (over if at + 2 <= count else one), max_size=6)
        rows.append([data.draw(one), *data.draw(rest)])
    scores = Scores(table)
    close, log = (BORDER, END_LOG) if right is None else (right.ids[0], right.logs[0])
    steps = decode(rows, Place(cast(Any, scores), left, close, log))
    assert [step.start for step in steps] == [0, *(step.end for step in steps)][:-1]
    assert steps[-1].end == count
    found = worth([step.candidate for step in steps], scores, left, right)
    assert found == pytest.approx(max(worth(path, scores, left, right) for path in paths(rows)))


@pytest.mark.parametrize("late", range(OPEN))
def test_a_word_that_looks_worse_is_kept_for_what_follows(late: int) -> None:
    """So many ways stay open as the beam is wide, and the last of them may turn out to be the best."""
    first = [(1, candidate((3 + k,), float(k))) for k in range(OPEN)]
    scores = Scores({(3 + late, 20): 50.0})
    steps = decode([first, [(1, candidate((20,), 0.0))]], Place(cast(Any, scores), BORDER, BORDER, END_LOG))
    assert steps[0].candidate.ids == (3 + late,)


# --- words that are right by themselves -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("يدرس", "تدرس"),  # persons
        ("بكتاب", "لكتاب"),  # clitics
        ("وبكتاب", "ولكتاب"),
        ("سيدرس", "ستدرس"),
        ("وسيدرس", "وستدرس"),
        ("كتابه", "كتابي"),  # endings
        ("درسوا", "درسون"),
        ("مهندسون", "مهندسين"),  # vowels of an ending
        ("مكتوبه", "مكتوبك"),
        ("وذاك", "وذلك"),
    ],
)
def test_forms_of_one_word_are_no_rivals(word: str, other: str) -> None:
    [place] = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
    assert realword.inflects(word, place, other[place])
    assert realword.inflects(other, place, word[place])


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("يشكل", "يشكر"),
        ("قلب", "كلب"),
        ("سلام", "سلاح"),  # an ending for what is none
        ("صورت", "صوبت"),  # a vowel for a consonant before an ending
        ("كتان", "كتبن"),
        ("مدين", "مدفن"),
        ("جمال", "جمول"),  # vowels, but before no ending
        ("أداء", "أذاء"),
    ],
)
def test_other_words_are_rivals(word: str, other: str) -> None:
    places = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
    assert not all(realword.inflects(word, place, other[place]) for place in places)


def test_only_words_that_are_frequent_enough_are_rivals() -> None:
    ids = {"قلب": 5, "كلب": 9}
    assert [text for text, _, _ in realword.neighbours("قلب", ids.get, 10)] == ["كلب"]
    assert realword.neighbours("قلب", ids.get, 9) == []


# --- policies ---------------------------------------------------------------------------------------------------------


def test_a_threshold_is_reached_by_what_is_equal_to_it() -> None:
    policy = Policy("own", replace=0.6, suggest=0.4, slips=0.7, sure=0.5, endings=0.9)
    for source, least in (("class", 0.6), ("letter", 0.7), ("lone waw", 0.5), ("tanween", 0.9)):
        assert policy.decide(least, source) == "replace"
        assert policy.decide(least - 0.01, source) == "suggest"
    assert policy.decide(0.4) == "suggest"
    assert policy.decide(0.39) is None


def test_what_is_doubted_is_never_replaced_by_what_is_likelier_wrong() -> None:
    eager = Policy("own", replace=0.1, suggest=0.1, slips=0.1, sure=0.1)
    assert [eager.decide(p, "split") for p in (0.49, 0.5)] == ["suggest", "replace"]
    assert [eager.decide(p, "class") for p in (0.09, 0.1)] == [None, "replace"]


def test_variants_and_names_are_left_to_who_asks_for_them() -> None:
    shy = Policy("own", replace=0.1, suggest=0.1, slips=0.1, sure=0.1, variants=False)
    assert shy.decide(0.99, "variant") == "suggest"
    assert shy._replace(variants=True).decide(0.99, "variant") == "replace"
    assert shy._replace(variants=True).decide(0.99, "name") == "suggest"


# --- numbers beside words ---------------------------------------------------------------------------------------------


def test_a_word_between_digits_stays_glued() -> None:
    assert default().repair("رقم 5سنة6 هنا", "thorough") == "رقم 5سنة6 هنا"


@pytest.mark.parametrize("seed", range(4))
def test_what_is_remembered_of_a_sentence_changes_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word among the same neighbours, but with others further away, in its place among so many, is weighed anew."""
    choose = random.Random(seed)
    few = "المدرسه ان علي الى فى البيت كتبو هذة جمييل القاهره".split()
    lines = [few[:3] * 30, [w for far in few for w in [far] * 6 + few[:3] * 2], choose.choices(few, k=120)]
    text = "\n\n".join(map(" ".join, lines))
    plans = [default().plan(text, policy) for policy in POLICIES]
    monkeypatch.setattr(proposals, "repeats", lambda sentence: False)
    assert [default().plan(text, policy) for policy in POLICIES] == plans
    assert all(plans)


# --- what is near, and what stands around -----------------------------------------------------------------------------


def test_a_letter_of_no_alphabet_lets_nothing_through() -> None:
    """What stands between two letters is no letter that could be put there, and is not left out for it."""
    assert near("بوت", Between.of(["بxت"])) == ["وبت", "بتو"]


def moved(features: Callable[[list[int]], list[int]], count: int) -> list[set[int]]:
    """For each of *count* inputs, which features change when it alone changes."""
    before = features([*range(100, 100 + count)])
    assert len(set(before)) == len(before)
    out = []
    for i in range(count):
        changed = [*range(100, 100 + count)]
        changed[i] = 7
        out.append({k for k, (a, b) in enumerate(zip(before, features(changed), strict=True)) if a != b})
    return out


def test_a_feature_is_made_of_the_neighbours_that_it_is_named_for() -> None:
    a5, a4, a3, a2, a1, b1, b2, b3, b4, b5, s, t = moved(lambda x: context.choice_features(x[:10], x[10:]), 12)
    assert (a1, b1, a2, b2) == ({0, 4, 5}, {1, 4, 6}, {2, 5}, {3, 6})
    assert (s, t) == ({7, 9}, {8, 9})
    assert (a3, a4, a5, b3, b4, b5) == ({10}, {11}, {12}, {13}, {14}, {15})


def test_a_feature_of_an_ending_too() -> None:
    def features(x: list[int]) -> list[int]:
        return context.ending_features(x[:10], x[10:13], x[13], x[14])

    a5, a4, a3, a2, a1, b1, b2, b3, b4, b5, r, s, t, stem, shape = moved(features, 15)
    assert (a1, b1, a2, b2) == ({0, 4, 5, 20, 21}, {1, 4, 6, 22}, {2, 5}, {3, 6})
    assert (r, s, t) == ({10, 23}, {7, 9, 10, 19, 23}, {8, 9, 24})
    assert (stem, shape) == ({17, 21, 22}, {18, 19, 20, 23, 24})
    assert (a3, a4, a5, b3, b4, b5) == ({11}, {12}, {13}, {14}, {15}, {16})


def test_what_ends_a_sentence_and_what_does_not() -> None:
    found = [[word.plain for word in one.words] for one in sentences("ذهب الولد، ثم 5 عاد. نام\tهو")]
    assert found == [["ذهب", "الولد", "ثم", "عاد"], ["نام", "هو"]]


@pytest.mark.parametrize(("known", "expected"), [(OTHER, 0.0), (OTHER + 1, 1.0), (99, 1.0)])
def test_the_first_word_of_a_lexicon_is_as_well_known_as_the_last(known: int, expected: float) -> None:
    written, meant = candidate((known,), 0.0), candidate((7,), 1.0)._replace(text="كتاب")
    one = next(sentences("كتات"))
    step, no_books = PathStep(0, 1, meant), bytes(100)
    bigrams: Any = Scores({})
    found = weigh(one, step, [written], (None, None), [(1, meant)], [], {}, bigrams, no_books, lambda word: 0.0)
    assert found.features[4] == expected


def test_whoever_reads_all_words_leaves_none_behind() -> None:
    shelves = Shelves(read(DEFAULT_MODEL))
    shelves.read_all()
    assert len(shelves.ids) == shelves.count
