"""The table of rivals in the model says what the rules say."""

from __future__ import annotations

from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from arnorm import repair
from arnorm.spelling.candidates import Candidates
from arnorm.spelling.kinds import KINDS
from arnorm.spelling.model import Packed, read
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.model.shelves import RESERVED, Shelves, shelve, unshelved
from arnorm.spelling.model.table import RivalTable, Row, dump
from arnorm.spelling.speller import DEFAULT_MODEL
from arnorm.spelling.training.tabulate import COMMON, careless

#: So many words of the model are worked out again; all of them would take more than a minute.
SAMPLE = 400


def test_the_table_of_the_model_is_that_of_the_rules() -> None:
    """If not, rules or lexicon have changed: run ``python -m arnorm.spelling.training.tabulate`` on the model."""
    packed = read(DEFAULT_MODEL)
    known, shelves = unshelved(packed), Shelves(packed)
    table, candidates = RivalTable(packed, shelves), Candidates(Lexicon.load(packed, shelves))
    random = Random(12)
    common = known[:COMMON]
    words = random.sample(common, SAMPLE // 2) + random.sample(known, SAMPLE // 4)
    words += random.sample(careless(common, {*known}), SAMPLE // 4)
    assert [word for word in words if table.find(word, shelves.number(word)) != candidates.rivals(word)] == []


rows = st.builds(
    Row, st.sampled_from(["كتب", "كتاب", "لا شيء", "ما زال"]), st.floats(0, 9), st.sampled_from(KINDS), st.booleans()
)


@given(st.lists(st.lists(rows, max_size=4), min_size=6, max_size=600))
def test_what_is_put_into_a_table_comes_out(rivals: list[list[Row]]) -> None:
    known = ["كتب", "كتاب", *map("".join, product("بتثجح", repeat=4))][: len(rivals) - 1 - len(RESERVED)]
    words, misspelt = RESERVED + known, ["اسلام"]
    sections, places = shelve(known)
    packed = Packed(sections | dump(rivals, places, misspelt), {})
    table = RivalTable(packed, Shelves(packed))
    assert [table.find(word, words.index(word) if word in words else None) for word in words + misspelt] == rivals
    assert table.find("سلام", None) is None


def test_words_of_your_own_have_rivals_that_no_table_knows() -> None:
    assert repair("رأيت زغنبط", "thorough", ["زغنبوط"]) == "رأيت زغنبوط"
    assert repair("رأيت زغنبط", "thorough") == "رأيت زغنبط"
