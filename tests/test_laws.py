"""The laws of the algebra, over all passes, all profiles and random pipelines."""

from __future__ import annotations

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import CharMap, Composable, Pipeline, all_profiles, dumps, engine, loads, passes
from arnorm.trace import apply
from tests.strategies import all_passes, any_text, arabic_text, pipelines, ready_made

READY = ready_made()
PROFILES = all_profiles()
#: These do what another program does, which treats decomposed text differently.
AS_OTHERS_DO = ("lucene", "arabic_asr_leaderboard")
every = pytest.mark.parametrize("p", [*READY, *PROFILES], ids=lambda p: getattr(p, "name", repr(p)))


@every
@given(text=any_text)
def test_applying_the_edits_gives_the_output(p: Composable, text: str) -> None:
    assert apply(text, p.trace(text).edits) == p(text)


@every
@given(text=any_text)
def test_a_trace_has_the_output_and_undoes_to_the_source(p: Composable, text: str) -> None:
    trace = p.trace(text)
    assert trace.text == p(text)
    assert trace.undo() == text == trace.source


@every
@given(text=any_text)
def test_a_pass_run_twice_changes_nothing_more(p: Composable, text: str) -> None:
    once = p(text)
    assert p(once) == once


@every
@given(text=arabic_text)
def test_what_is_normal_comes_back_as_the_same_object(p: Composable, text: str) -> None:
    once = p(text)
    assert p(once) is once


@pytest.mark.parametrize("p", [p for p in PROFILES if p.name not in AS_OTHERS_DO], ids=lambda p: p.name)
@given(text=any_text)
def test_a_profile_does_the_same_for_composed_and_decomposed_text(p: Composable, text: str) -> None:
    composed, decomposed = p(unicodedata.normalize("NFC", text)), p(unicodedata.normalize("NFD", text))
    assert unicodedata.normalize("NFC", composed) == unicodedata.normalize("NFC", decomposed)


#: Passes that read what stands beside a sign. Each has to see «é» in one character and in two, with a fatha on it too.
_READERS = (
    "unify_numbers_to_arabic unify_numbers_to_ascii unify_numbers_to_persian unify_punctuation_to_arabic unify_quotes "
    "squeeze_punctuation unify_dashes map_numbers_to_words map_words_to_numbers space_punctuation strip_punctuation "
    "mask_urls mask_emails mask_mentions mask_hashtags mask_phone_numbers strip_case_endings squeeze_marks "
    "strip_html_tags fold_lone_waw"
).split()
_beside = st.lists(
    st.sampled_from(
        [
            *"uéüắñÅçўάאاأبؤ\u0301\u0300\u0327\u064e\u0654\u0653",
            *'@#،,?؟;:.-–«»"()%٪/{}_!&=<> \n',
            "≠",
            "≯",
            *"12 ٣ 2020 1,000 http://a.b www.é.com x@y.com `x` نعم هل Python \u200d".split(" "),
            *"km كتب سيارات مئة وعشرون آباء آلاف \u0651 \u064e\u064e \u06dc \u0338 <b> </p> و".split(" "),
        ]
    ),
    min_size=2,
    max_size=9,
).map("".join)


@pytest.mark.parametrize("name", _READERS)
@given(text=_beside)
def test_what_is_beside_a_sign_is_the_same_composed_or_not(name: str, text: str) -> None:
    value = getattr(passes, name)
    p = value if isinstance(value, Composable) else value()
    composed, decomposed = p(unicodedata.normalize("NFC", text)), p(unicodedata.normalize("NFD", text))
    assert unicodedata.normalize("NFC", composed) == unicodedata.normalize("NFC", decomposed)


@given(pipelines(), any_text)
def test_pipelines_keep_the_laws_of_passes(p: Pipeline, text: str) -> None:
    trace = p.trace(text)
    assert trace.text == p(text) == apply(text, p.trace(text).edits)
    assert trace.undo() == text


@given(pipelines(3), pipelines(3), any_text)
def test_joining_is_running_in_turn(p: Pipeline, q: Pipeline, text: str) -> None:
    assert (p | q)(text) == q(p(text))


@given(pipelines(2), pipelines(2), pipelines(2))
def test_joining_is_associative(p: Pipeline, q: Pipeline, r: Pipeline) -> None:
    assert (p | q) | r == p | (q | r)


charmaps = all_passes().filter(lambda p: isinstance(p, CharMap))


@given(st.lists(charmaps, max_size=6), any_text)
def test_fused_tables_do_what_the_tables_do(tables: list[CharMap], text: str) -> None:
    expected = text
    for table in tables:
        expected = "".join(table.table.get(c, c) for c in expected)
    assert Pipeline(tables)(text) == expected


@given(charmaps, any_text, any_text)
def test_tables_are_homomorphisms(p: CharMap, a: str, b: str) -> None:
    assert p(a + b) == p(a) + p(b)


@given(pipelines(), any_text)
def test_alignment_is_monotone_in_range_and_exact_between_edits(p: Pipeline, text: str) -> None:
    trace = p.trace(text)
    ways = ((trace.to_source, trace.text, trace.source), (trace.to_output, trace.source, trace.text))
    for carry, here, there in ways:
        before = 0
        for i in range(len(here)):
            start, end = carry((i, i + 1))
            assert 0 <= start <= end <= len(there)
            assert start >= before
            before = start
        assert carry((0, len(here))) == (0, len(there))
    last = 0
    for edit in trace.edits:
        low, high = edit.span
        assert trace.source[low:high] == edit.before != edit.after == trace.text[slice(*edit.output)]
        for i in range(last, low):  # untouched: the same character, both ways
            j = trace.to_output((i, i + 1))[1] - 1
            j -= sum(edit.output[1] - edit.output[0] for edit in trace.edits if edit.span == (i + 1, i + 1))
            assert trace.text[j] == trace.source[i]
            assert trace.to_source((j, j + 1))[0] == (i if j else 0)
        last = high


@given(pipelines(4))
def test_pickle_and_json_give_an_equal_pipeline(p: Pipeline) -> None:
    again = pickle.loads(pickle.dumps(p))
    assert again == p
    assert hash(again) == hash(p)
    assert again.fingerprint == p.fingerprint
    if "upper" not in p._all_names():
        assert loads(dumps(p)) == p


@given(st.dictionaries(st.characters(), st.text(max_size=2), max_size=8), any_text)
def test_every_way_through_the_engine_gives_the_same(table: dict[str, str], text: str) -> None:
    expected = "".join(table.get(c, c) for c in text)
    assert engine.fold(table)(text) == expected
    assert engine.translated(table)(text) == expected
    if engine.is_closed(table):
        assert engine.replaces(table)(text) == expected
