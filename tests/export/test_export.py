"""Exported pipelines do in each engine what they do here: over all of the BMP, and over random Arabic text."""

from __future__ import annotations

import json
import pickle
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import arnorm
from arnorm import CharMap, Custom, Pipeline, Rewrite, catalogue, passes
from arnorm.chars import ALL_MARKS
from arnorm.errors import InvalidPassError, NotExpressibleError, UnknownNameError
from arnorm.export import TARGETS, export, portable, refused
from arnorm.export import tokenizers as for_tokenizers
from arnorm.export.lowering import lowered
from arnorm.portable import Chars, Kept, Put, Repeats, Search
from tests.export import reference
from tests.export.engines import Engines, Run
from tests.strategies import ALL_OF_BMP, SPOKEN_OF, arabic_text

every_target = pytest.mark.parametrize("target", TARGETS)

#: What of each profile can be written; the table in the docs is made of the same call.
PROFILES = {
    "clean.v1": (),
    "search.v1": (),
    "quran.v1": (),
    "names.v1": (),
    "ml.v1": ("unescape_html", "repair_elongation"),
    "asr.v1": ("fold_number_grouping", "strip_punctuation", "fold_lone_waw"),
    "lucene.v1": (),
}


def writable(name: str) -> Pipeline:
    pipeline = portable(arnorm.profile(name))
    for missing in PROFILES[name]:
        pipeline = pipeline.without(missing)
    return pipeline


@cache
def exportable(target: str) -> tuple[Pipeline, ...]:
    """Every ready-made pass that *target* can do, some behind the pass that they need before them."""
    found = []
    for entry in catalogue():
        for pipeline in (Pipeline([passes.get(entry.name)]), passes.strip_control_characters | passes.get(entry.name)):
            if not refused(pipeline, target):
                found.append(pipeline)
                break
    return tuple(found)


# --- texts ------------------------------------------------------------------------------------------------------------

#: What the passes look around for, thick.
_tricky = st.text(
    "".join(passes.unify_isolated_marks.needles) + "ﷲﷺﷻ﷽ﷴلوفسشءأذهرـيیى\u0670\u06df\u06e5\u06e6\u06e7\u06d6"
    "\u0654\u0652\u0650\u064b\u200d\u064e\u0651\u064bابىﺑﻫﻣﻤﻦﺩ\ufc94 \t\n\r،؛,;.…۔؟!?xA5)\0😀",
    max_size=16,
)


def storable(text: str) -> str:
    """*text* without lone surrogates, which are not Unicode text: no other engine holds them."""
    return text.encode("utf-8", "ignore").decode("utf-8")


some_text = (_tricky | arabic_text).map(storable)
some_texts = st.lists(some_text, min_size=20, max_size=40)


def bmp(blocks: Iterable[range]) -> Iterator[str]:
    """Every code point of *blocks* by itself, between letters and behind one, many to a text."""
    points = [chr(n) for block in blocks for n in block]
    for start in range(0, len(points), 128):
        for shown in ("{}", "ب{}ب", "ﻣ{0}{0}ﷲ"):
            yield "\n".join(shown.format(c) for c in points[start : start + 128])


def test_the_blocks_are_those_that_passes_speak_of() -> None:
    points = {ord(c) for entry in catalogue() for c in (entry.table or ()) if c < "\uffff"}
    assert len([n for n in points if any(n in block for block in SPOKEN_OF)]) > 0.9 * len(points)


def unnormalized(target: str, engines: Engines) -> str:
    """The marks that only one of the two, the engine and this Python, knows: of a younger Unicode than the other's.

    Such a mark stands between a letter and its hamza, or is passed over; and it keeps its place among others, or not.
    """
    run = engines.run(target, export(passes.nfc, target))
    marks = sorted({*ALL_MARKS, *(c for c in map(chr, range(0x300, 0x10000)) if unicodedata.combining(c))})
    probes = ("ا{}\N{ARABIC HAMZA ABOVE}", "ب{}\N{ARABIC FATHATAN}", "ب\N{ARABIC FATHATAN}{}")
    texts = {probe.replace("{}", mark): mark for probe in probes for mark in marks}
    outs = zip(texts, run([*texts]), strict=True)
    return "".join({texts[text] for text, out in outs if out != passes.nfc(text)})


def different(run: Run, pipeline: Pipeline, texts: list[str]) -> list[tuple[str, str, str, str]]:
    """The first text that *run* treats in another way than *pipeline*, with both results and the pipeline."""
    outs = zip(texts, run(texts), strict=True)
    return [(repr(pipeline), text, out, pipeline(text)) for text, out in outs if out != pipeline(text)][:1]


def fitting(text: str, target: str, unknown: str = "") -> str:
    dropped = unknown + ("\0" if target == "postgresql" else "")
    return text.translate(dict.fromkeys(map(ord, dropped)))


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    started = Engines()
    yield started
    started.close()


# --- the same everywhere ----------------------------------------------------------------------------------------------


@given(st.data(), some_texts)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_steps_do_what_the_pipeline_does(data: st.DataObject, texts: list[str]) -> None:
    profiles = st.sampled_from([*PROFILES]).map(writable)
    pipeline = data.draw(profiles | st.sampled_from(exportable("elasticsearch")))
    steps = lowered(pipeline, "steps")
    for text in texts:
        assert reference.run(steps, text) == pipeline(text)


@every_target
@pytest.mark.parametrize(
    "name",
    ["search.v1", "lucene.v1", *(pytest.param(n, marks=pytest.mark.long) for n in ("clean.v1", "ml.v1", "asr.v1"))],
)
@pytest.mark.parametrize("blocks", [SPOKEN_OF, pytest.param(ALL_OF_BMP, marks=pytest.mark.long)], ids=["some", "all"])
def test_all_of_the_bmp(engines: Engines, target: str, name: str, blocks: tuple[range, ...]) -> None:
    pipeline = writable(name)
    run = engines.run(target, export(pipeline, target))
    assert not different(run, pipeline, [fitting(text, target) for text in bmp(blocks)])


@every_target
@pytest.mark.parametrize("name", PROFILES)
def test_random_arabic(engines: Engines, target: str, name: str) -> None:
    pipeline = writable(name)
    run = engines.run(target, export(pipeline, target))
    unknown = unnormalized(target, engines)
    run = engines.run(target, export(pipeline, target))

    @given(some_texts)
    @settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    def the_same(texts: list[str]) -> None:
        assert not different(run, pipeline, [fitting(text, target, unknown) for text in texts])

    the_same()


@every_target
def test_every_pass_that_can_be_written(engines: Engines, target: str) -> None:
    unknown = unnormalized(target, engines)
    assert len(exportable(target)) > 50

    @given(some_texts)
    @settings(max_examples=2, suppress_health_check=list(HealthCheck))
    def the_same(texts: list[str]) -> None:
        texts = [fitting(text, target, unknown) for text in texts]
        for pipeline in exportable(target):
            assert not different(engines.run(target, export(pipeline, target)), pipeline, texts)

    the_same()


#: Matches that share what stands between them: an engine that takes the one must not miss the next.
NEIGHBOURS = (
    "ابو عبد عبد الله و ابن ابن ال ال نور الدين  الدين و و احمد ابي ابا بكر  عبد  الله الله ",
    "ـ\u064e\u0654ـ\u064e\u0654ا ب\u0650ـ\u064e\u0654ا وب\u0650ـ\u064e\u0654ا سب\u0650ـ\u064e\u0654ا",
    "يـ\u0654ـ\u0654س ي\u0652ـ\u064e\u0654س ب\u064eـ\u064b\u0654اب\u064eـ\u064b\u0654ا ب\u064f\u0651ـ\u0654ا",
    "ب\u064e\u0651ــ\u0654ـ\u0650\u0654 ب\u064eـ\u064eـ\u064eب\u0651ـ\u064eـ\u0651ـب",
    "ب\u064e\u064eب\u064e\u064e ب\u064e\u064e\u064e\u0651ا ب\u064f\u064f\u064f\u064f ب\u0650\u0650ا\u0650\u0650ى",
    "اﷲاﷲ ياﷲ ي\u064eاﷲ وااﷲ لاﷲ لﷲاﷲ مااﷲ",
    "بـبـبــبـب بـ ـب",
    "ل !!ل !!ل ??ل ؟!؟!ل؟؟!!x!!؟؟؟ !!A??ب",
    "ب\u064e\u064e\u0300ب ب\u064e\u064e\u0300 ب\u064e\u064eا\u0300ب ب\u064e\u064e\u0651\u0300\u0651ب",
    "ب\u064e\u064eا\u0654 ب\u064e\u064eا\u0300\u0654 ب\u064e\u064eا\u0300 ب\u064e\u064eا\u0300\u064eب",
    "\u064e\u064e\u0654 ب\u064e\u064eأ ب\u064f\u064fا\u0653 ب\u064f\u064f\u0654ا",
    "ﷺﷺ بﷺﷺب ﷲلﷲولﷲوﷲلﷲﷴ",
    "سﹳﹳﹷﹶ ﹶﹷﹶﹷ ﱠﱠ سﱠﹳ",
    "\u064e\u0301\ufe76\u0301ﱠ ب\u0300\ufe71\u0307\ufcf3 a\u0301\ufe71\u0301\ufe76 \u0301\ufe76\ufe77\u0301\ufe77ب",
    "ه\u200d ه\u200dه\u200d\u200dه \u200dه\u064e\u200d هه\u200d",
    "ﻫﻫ ﻫ\u064e\u064e ﻫـ ﻫ\u200d",
    "اًىً باًى بىً باً\nاً",
    "  ب  ب   \n \t\n\n ب\r\n\r\n \r\n\r\n\n ب \r \n\n\n\n\n",
    "ب,,,, ب;;\nب.... ۔۔۔۔۔ …… ،، ؛؛؛",
)


@every_target
def test_matches_that_touch(engines: Engines, target: str) -> None:
    for pipeline in (*(writable(name) for name in PROFILES), *exportable(target)):
        assert not different(engines.run(target, export(pipeline, target)), pipeline, list(NEIGHBOURS))


@every_target
@pytest.mark.parametrize("most", [1, 2, 3, 5])
def test_line_ends_of_any_number(engines: Engines, target: str, most: int) -> None:
    pipeline = passes.strip_control_characters | passes.squeeze_newlines(most)
    run = engines.run(target, export(pipeline, target))
    texts = [
        f"ب{end * count}{blank}ب" for end in ("\n", "\r\n", "\n \t") for count in range(8) for blank in ("", " ", "\r")
    ]
    assert not different(run, pipeline, [*texts, *NEIGHBOURS])


@every_target
def test_empty_text_and_characters_outside_the_bmp(engines: Engines, target: str) -> None:
    pipeline = writable("search.v1") | CharMap("own", {"😀": "🙂", "x": "😀$1\\1'\"", "$": "\\", "\\": "'"})
    texts = ["", "😀x$\\'\U00010efc ب😀", "'", '"']
    assert engines.run(target, export(pipeline, target))(texts) == list(map(pipeline, texts))


@pytest.mark.parametrize("target", ["elasticsearch", "icu", "postgresql", "duckdb"])
def test_a_table_that_exchanges_characters(engines: Engines, target: str) -> None:
    pipeline = CharMap("swap", {"ا": "ب", "ب": "ا", "ج": "اب", "د": ""})
    assert engines.run(target, export(pipeline, target))(["ابجد"]) == ["بااب"]


_X, _Y, _XY = Chars("x"), Chars("y"), Chars("xy")


@every_target
@pytest.mark.parametrize(
    "step",
    [
        Search(_X.some, Put("-"), behind=Chars("ab"), ahead=Chars("cd")),
        Search(Kept("x"), Put("<"), Kept(_Y.any), not_behind=Chars("ab")),
        Search((~Chars(r"a-z\s")).times(2), Put("$")),
        Search(Kept(_X.times(1, 2)), "y", Put("1")),
        Search(Chars("a-d", but="bc").some, Put("-"), not_ahead=Chars("x-z", but="y")),
        Repeats(_XY, 2, 1),
        Repeats(_XY, 3, 2),
        Search("x", Put("|"), not_ahead=~Chars("\n")),
        Search(_Y.some, Put("-"), behind=~_X),
        Search("yy", Put("-"), not_behind=~_X, not_ahead=~_X),
        Search(Kept("y"), _Y.some, Put("-"), behind=~_XY, ahead=~_XY),
        Search("yy", Put("-"), not_behind=_X),
        Search("a", Chars("b").maybe, "c", Put("'\\")),
    ],
    ids=lambda step: step.pattern,
)
def test_rewrites_of_a_user(engines: Engines, target: str, step: Search | Repeats) -> None:
    pipeline = Pipeline([Rewrite.of("own", step)])
    if refused(pipeline, target):
        pytest.skip("not for this target")
    run = engines.run(target, export(pipeline, target))

    @given(st.lists(st.text("abcdxyz \n$\uffff", max_size=10) | st.text("xy", max_size=6), min_size=60, max_size=60))
    @settings(max_examples=4)
    def the_same(texts: list[str]) -> None:
        assert run(texts) == list(map(pipeline, texts))

    the_same()


@every_target
def test_names_of_a_user_are_quoted(engines: Engines, target: str) -> None:
    name = "f\"$arnorm$ 'ب"
    evil = CharMap("own\n$arnorm$; DROP TABLE x; -- ::Any-Remove; 'ب", {"x": "y"})
    assert engines.run(target, export(evil, target, name=name), name)(["xz"]) == ["yz"]


# --- what is refused --------------------------------------------------------------------------------------------------

REFUSED = {
    "a judge": (passes.get("unify_quotes"), "Python function"),
    "a custom pass": (Custom("upper", str.upper), "Python function"),
    "protected spans": (passes.fold_alef.protecting("urls"), "protected"),
    "a function": (Rewrite("own", "x", lambda match: "y"), "its replacement is a Python function"),
    "a pattern": (Rewrite("own", "x", "y"), "Rewrite.of"),
    "a reason of its own": (Rewrite("own", "x", "y", steps="it asks the moon"), "asks the moon"),
    "no step": (Rewrite("own", "x", "y", steps=("x",)), "no portable step"),  # type: ignore[arg-type]
    "letters": (Rewrite.of("own", Search(Chars(r"\w"))), r"\w"),
    "a choice": (Rewrite.of("own", Search(Chars("ab").some, "a")), "more than one way"),
    "a choice at the end": (Rewrite.of("own", Search(Chars("a").some, not_ahead=Chars("b"))), "more than one way"),
    "the empty match": (Rewrite.of("own", Search(Chars("x").any, Put("y"))), "empty string"),
    "all that is repeated": (Rewrite.of("own", Repeats(Chars("x"), 2, 2)), "as many as there are"),
    "a look at many": (Rewrite.of("own", Search("x", ahead=Chars("y").some)), "more than one character"),
    "many repeated": (Rewrite.of("own", Repeats(Chars("y").some, 2, 1)), "more than one"),
    "nothing beside": (Rewrite.of("own", Search("x", ahead=Chars("y"), not_ahead=Chars("y"))), "nothing may stand"),
    "many groups": (Rewrite.of("own", Search(Kept("abcdefghij"), "x")), "more than 9 groups"),
    "no marker": (passes.unify_word_ligatures, "strip_control_characters"),
}


@every_target
@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_written_is_refused(target: str, case: str) -> None:
    pipeline, reason = REFUSED[case]
    with pytest.raises(NotExpressibleError) as caught:
        export(passes.fold_alef | pipeline, target)
    assert caught.value.pass_name in Pipeline([pipeline]).names
    assert caught.value.target == target
    assert reason in caught.value.reason
    assert caught.value.pass_name in str(caught.value)


@pytest.mark.parametrize(
    ("target", "own", "reason"),
    [
        ("duckdb", passes.nfkc, "NFC only"),
        ("duckdb", Search("x", behind=_X, ahead=_XY), "may hide"),
        ("duckdb", Search(Kept("x"), Put("-"), ahead=_X), "may hide"),
        ("duckdb", Search("xa", Put("y"), behind=Chars("a"), ahead=Chars("a")), "may hide"),
        ("duckdb", Search("x", behind=Chars("ab"), ahead=Chars("ax")), "may hide"),
        ("duckdb", Search("x", Put("x"), behind=Chars("ab"), ahead=Chars("ac")), "may hide"),
        ("icu", Search("y", behind=_X), "looks behind"),
        ("icu", Search("y", Put("x"), behind=_X), "looks behind"),
        ("icu", Search((~Chars("a-z")).times(2)), r"U\+FFFF"),
        ("icu", Repeats(~Chars("a-z"), 2, 1), "too large"),
        ("duckdb", Repeats(~Chars("a-z"), 2, 1), "too large"),
        ("postgresql", CharMap("own", {"x": "\0"}), "NUL"),
        ("postgresql", CharMap("own", {"x": "\ud800"}), "surrogate"),
        ("tokenizers", CharMap("own", {"x": "y", "y": "x"}), "exchanges"),
        ("tokenizers", Search(Kept("x"), Put("1"), "z", Put("2"), Kept("y")), "moves"),
    ],
)
def test_what_one_engine_cannot_do(target: str, own: arnorm.Composable | Search | Repeats, reason: str) -> None:
    pipeline = Rewrite.of("own", own) if isinstance(own, Search | Repeats) else own
    with pytest.raises(NotExpressibleError, match=reason):
        export(pipeline, target)


def test_refused_names_every_pass_once() -> None:
    assert [e.pass_name for e in refused(arnorm.profile("asr.v1"), "icu")] == list(PROFILES["asr.v1"])


@every_target
@pytest.mark.parametrize("name", PROFILES)
def test_what_of_the_profiles_is_refused(target: str, name: str) -> None:
    assert [error.pass_name for error in refused(portable(arnorm.profile(name)), target)] == list(PROFILES[name])


def test_the_error_can_be_pickled_and_is_a_value_error() -> None:
    error = NotExpressibleError("p", "icu", "because")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert isinstance(error, ValueError)


def test_an_unknown_target_has_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'postgresql'"):
        export(passes.nfc, "postgres")


@pytest.mark.parametrize("target", ["postgresql", "duckdb"])
@pytest.mark.parametrize("name", ["", "a\0b"])
def test_a_name_that_sql_cannot_hold(target: str, name: str) -> None:
    with pytest.raises(InvalidPassError):
        export(passes.fold_alef, target, name=name)


# --- what is left out, and what it costs ------------------------------------------------------------------------------


@given(some_text | st.lists(st.sampled_from("ﻣﻦ ﺳﻼﻡ ﻡﻼﺳ ﻦﻣ اﷲ مدﱠ نعم \n".split(" ")), max_size=8).map(" ".join))
def test_the_portable_form_of_clean_differs_in_lines_in_visual_order_only(text: str) -> None:
    seen = arnorm.normalize(text, "clean")
    lines = "".join(a + b for a, b in zip(seen.split("\n"), passes.unify_forms_in_order(seen).split("\n"), strict=True))
    if not any("\ufb50" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufefc" for c in lines):
        assert portable(arnorm.profile("clean"))(text) == seen


def test_a_line_in_visual_order_is_what_the_portable_form_decodes() -> None:
    clean = arnorm.profile("clean")
    assert clean("ﻡﻼﺳ ﻦﻣ\nﻣﻦ ﺳﻼﻡ") == "ﻡﻼﺳ ﻦﻣ\nمن سلام"
    assert portable(clean)("ﻡﻼﺳ ﻦﻣ\nﻣﻦ ﺳﻼﻡ") == "ملاس نم\nمن سلام"
    assert portable(clean.protecting("urls"))("ﻣﻦ http://a.b/ﺳﻼﻡ") == "من http://a.b/ﺳﻼﻡ"
    assert portable(passes.fold_alef) == Pipeline([passes.fold_alef])
    assert refused(clean, "icu")[0].reason.endswith("(`portable`, --portable) does not")


@given(some_text)
def test_without_what_judges_ml_differs_in_entities_and_elongations_only(text: str) -> None:
    text = passes.squeeze_elongation(2)(arnorm.normalize(text.replace("&", "")))
    assert writable("ml.v1")(text) == arnorm.normalize(text, "ml.v1")


# --- the documents ----------------------------------------------------------------------------------------------------


def test_settings_of_elasticsearch_are_an_analyzer() -> None:
    analysis = json.loads(export(writable("search.v1"), "elasticsearch", name="fold"))["settings"]["analysis"]
    analyzer = analysis["analyzer"]["fold"]
    assert analyzer["char_filter"] == list(analysis["char_filter"])
    assert {made["type"] for made in analysis["char_filter"].values()} == {
        "mapping",
        "pattern_replace",
        "icu_normalizer",
    }


@every_target
def test_what_is_written_is_the_same_every_time(target: str) -> None:
    assert export(writable("ml.v1"), target) == export(writable("ml.v1"), target)
    if target != "duckdb":
        assert export(writable("ml.v1"), target).isascii()


@pytest.mark.parametrize("name", ["search.v1", "clean.v1"])
def test_what_makes_one_grapheme_with_a_key_is_kept(engines: Engines, name: str) -> None:
    """The map of tokenizers takes a grapheme of less than six bytes as a whole where it begins with a key."""
    pipeline = writable(name)
    run = engines.run("tokenizers", export(pipeline, "tokenizers"))
    joining = "\u0301\u064e\u0670\u0654\u200d\ufe0f\u20e3\u0e33\u0903🏽"
    starts = "أﺃﻻٱ۝\u0600\u064e\u00a0\u200f٪,a\0\x01\r"
    texts = [f"{first}{second}{third}ب" for first in starts for second in joining for third in ("", *joining, "\n")]
    assert not different(run, pipeline, [*texts, "\r\n", "\r\r\n", *starts, *joining])


def test_a_table_of_many_values_is_one_map() -> None:
    made = for_tokenizers.document(writable("search.v1"))["normalizers"]
    assert sum(one["type"] == "Precompiled" for one in made) == 2
    assert len(made) < 150


def test_the_document_for_tokenizers_is_plain_data() -> None:
    document = for_tokenizers.document(writable("lucene.v1"))
    assert json.loads(json.dumps(document)) == document
    assert document["type"] == "Sequence"
