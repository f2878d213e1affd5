"""The table of rivals in the model says what the rules say."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from arnorm.spelling.candidates import Candidates
from arnorm.spelling.kinds import KINDS
from arnorm.spelling.lexicon import RESERVED, Lexicon
from arnorm.spelling.model import Packed, read
from arnorm.spelling.repairer import DEFAULT_MODEL, default
from arnorm.spelling.table import Row, Table, dump

#: So many words of the model are worked out again; all of them would take more than a minute.
SAMPLE = 400


def test_the_table_of_the_model_is_that_of_the_rules() -> None:
    """If it is not, the rules or the lexicon have changed: ``python -m arnorm.spelling.tabulate`` on the model."""
    packed = read(DEFAULT_MODEL)
    lexicon = Lexicon.load(packed)
    table, candidates = Table(packed, lexicon.words), Candidates(lexicon)
    random = Random(12)
    frequent = random.sample(range(len(RESERVED), 30_000), SAMPLE // 2)
    stale = [
        lexicon.words[number]
        for number in frequent + random.sample(range(len(RESERVED), len(lexicon.words)), SAMPLE // 2)
        if table[number] != candidates.rows(lexicon.words[number])
    ]
    assert not stale


rows = st.builds(
    Row, st.sampled_from(["كتب", "كتاب", "لا شيء", "ما زال"]), st.floats(0, 9), st.sampled_from(KINDS), st.booleans()
)


@given(st.lists(st.lists(rows, max_size=4), min_size=5, max_size=600))
def test_what_is_put_into_a_table_comes_out(rivals: list[list[Row]]) -> None:
    words = [*RESERVED, "كتب", "كتاب", *map(str, range(len(rivals)))][: len(rivals)]
    table = Table(Packed(dump(rivals, {word: i for i, word in enumerate(words)}), {}), words)
    assert [table[number] for number in range(len(rivals))] == rivals


def test_words_of_your_own_have_rivals_that_no_table_knows() -> None:
    repairer = default()
    assert repairer.with_lexicon(["زغنبوط"]).repair("رأيت زغنبط", "thorough") == "رأيت زغنبوط"
    assert repairer.repair("رأيت زغنبط", "thorough") == "رأيت زغنبط"
