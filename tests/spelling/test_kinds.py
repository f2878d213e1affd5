"""The table of kinds of error: its examples are what the rules make of them."""

from __future__ import annotations

import pytest

from arnorm.spelling.kinds import NEITHER, TABLE, Kind
from arnorm.spelling.policy import POLICIES, Policy
from arnorm.spelling.speller import default

each = pytest.mark.parametrize("kind", TABLE, ids=[kind.name for kind in TABLE])


@each
def test_the_example_of_a_kind_is_of_that_kind(kind: Kind) -> None:
    reader = default()._proposer.reader
    if " " in kind.written:
        found = {(c.text, c.kind) for _, c in reader.joiner.merges(*kind.written.split())}
    else:
        found = {(row.text, row.kind) for row in reader.candidates.rivals(kind.written)}
    assert (kind.meant, kind.name) in found


@each
def test_a_kind_has_the_threshold_that_the_table_says(kind: Kind) -> None:
    policy = Policy("mine", replace=0.5, suggest=0.1, slips=0.7, sure=0.3)
    least = {"replace": 0.5, "slips": 0.7, "sure": 0.3, NEITHER: 2.0}[kind.threshold]
    for probability in (0.2, 0.4, 0.6, 0.8, 1.0):
        assert (policy.decide(probability, kind.name) == "replace") == (probability >= least)
    eager = POLICIES["thorough"]._replace(replace=0.0, slips=0.0, sure=0.0, endings=0.0)
    assert (eager.decide(0.49, kind.name) == "replace") == (not kind.doubted and kind.threshold != NEITHER)
