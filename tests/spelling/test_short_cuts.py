"""What is quick gives the same as what is plain."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.model.forest import Forest
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.sentence import _FOREIGN, _glued, _pure
from tests.spelling.test_laws import noisy
from tests.spelling.test_small_models import packed
from tests.strategies import any_text

TREES, DEPTH, FEATURES = 45, 3, 4
numbers = st.floats(-3, 3)


def walked(forest: Forest, row: list[float]) -> float:
    """The sum of the leaves, found node by node."""
    total = forest.base
    for features, cuts, leaves in forest.trees:
        node = 0
        while node < len(features):
            node = 2 * node + 1 + (row[features[node]] > cuts[node])
        total += leaves[node - len(features)]
    return total


@given(st.integers(0, 10**6), st.lists(st.lists(numbers, min_size=FEATURES, max_size=FEATURES), min_size=1))
def test_compiled_trees_add_up_to_what_one_walks(seed: int, rows: list[list[float]]) -> None:
    random = Random(seed)
    inner = TREES * (2**DEPTH - 1)
    features = [random.randrange(FEATURES) for _ in range(inner)]
    cuts = [random.choice((-1e30, -1.0, 0.0, 0.5, 1e30)) for _ in range(inner)]
    leaves = [random.uniform(-1, 1) for _ in range(TREES * 2**DEPTH)]
    forest = Forest(0.1, DEPTH, features, cuts, leaves)
    for row in [*rows, [0.0] * FEATURES]:
        assert forest.log_odds(row) == walked(forest, row)


@given(noisy | any_text)
def test_words_of_pure_text_are_those_of_any_text(text: str) -> None:
    pure = _FOREIGN.sub("", text)
    assert _pure(pure) == _glued(pure)


@given(st.lists(st.text("اأإىيهةبت", min_size=1, max_size=4), unique=True), st.frozensets(st.text("اأيىب", min_size=1)))
def test_skeletons_have_their_words(words: list[str], own: frozenset[str]) -> None:
    lexicon = Lexicon.load(packed(*words)).knowing(own)
    known = [*words, *sorted(own - set(words))]
    assert bool(lexicon) == bool(known)
    for skeleton in {skeleton_of(word) for word in known} | {"", "اي", "ه"}:
        expected = [word for word in known if skeleton_of(word) == skeleton]
        assert list(lexicon.siblings(skeleton)) == sorted(expected, key=lambda word: word != skeleton)
        assert lexicon.words.has(skeleton) == bool(expected)
