"""Passes and pipelines as values: joining, changing, protecting, errors."""

from __future__ import annotations

import pickle
import pydoc
import re
import types
from typing import Any

import pytest

from arnorm import (
    CharMap,
    Custom,
    Form,
    InvalidPassError,
    Judge,
    Pipeline,
    Rewrite,
    UnknownNameError,
    catalogue,
    normalize,
    passes,
    spans,
)
from arnorm.core import Bound

FOLD = passes.strip_tashkeel | passes.fold_alef | passes.fold_teh_marbuta


def shout(text: str) -> str:
    return text.upper()


def drop_private(text: str) -> str:
    return "".join(c for c in text if not "\ue000" <= c <= "\uf8ff")


def plan_nothing(text: str) -> list[tuple[int, int, str]]:
    return [(0, 1, text[:1])] if text else []


def initial(match: re.Match[str]) -> str:
    return match[0][0]


def test_without_and_replacing_give_new_pipelines() -> None:
    assert FOLD.without("fold_alef").names == ("strip_tashkeel", "fold_teh_marbuta")
    assert FOLD.replacing("fold_alef", passes.fold_alef_maksura | passes.fold_keheh).names == (
        "strip_tashkeel",
        "fold_alef_maksura",
        "fold_keheh",
        "fold_teh_marbuta",
    )
    assert FOLD.names == ("strip_tashkeel", "fold_alef", "fold_teh_marbuta")


def test_without_and_replacing_reach_into_protected_pipelines() -> None:
    p = FOLD.protecting("urls") | passes.fold_keheh
    assert p.without("fold_alef")("أک") == "أك"
    assert p.replacing("fold_alef", passes.fold_persian_letters)("أگک") == "أكك"


def test_an_unknown_pass_of_a_pipeline_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'fold_alef'") as caught:
        FOLD.without("fold_alif")
    assert caught.value.suggestion == "fold_alef"


def test_pipelines_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="gives? a new one"):
        FOLD.passes = ()  # type: ignore[misc]
    with pytest.raises(AttributeError):
        passes.fold_alef.name = "x"  # type: ignore[misc]


def test_pipelines_are_values() -> None:
    same = passes.strip_tashkeel | passes.fold_alef | passes.fold_teh_marbuta
    assert len({FOLD, same}) == 1
    assert len(FOLD) == len(list(FOLD)) == 3
    assert passes.fold_alef != FOLD
    assert passes.fold_alef != passes.fold_teh_marbuta
    assert passes.fold_alef != 1
    assert FOLD.lossy
    assert not Pipeline().lossy
    assert Pipeline()("نص") == "نص"
    assert Pipeline([FOLD, passes.fold_keheh]).names[-1] == "fold_keheh"


def test_reprs_name_the_passes() -> None:
    assert repr(FOLD) == "<Pipeline strip_tashkeel | fold_alef | fold_teh_marbuta>"
    assert repr(Pipeline()) == "<Pipeline (empty)>"
    assert repr(passes.fold_alef) == "<CharMap fold_alef>"
    assert repr(passes.mask_urls("<u>")) == "<Rewrite mask_urls(token='<u>')>"


@pytest.mark.parametrize("wrong", ["fold_alef", None, 3])
def test_only_passes_join(wrong: Any) -> None:
    with pytest.raises(TypeError):
        passes.fold_alef | wrong
    with pytest.raises(InvalidPassError, match="a pipeline is made of passes and functions, not "):
        Pipeline([wrong])


def test_functions_join() -> None:
    both = str.upper | passes.fold_alef | str.strip
    assert both.names == ("upper", "fold_alef", "strip")
    assert both(" أab ") == "اAB"
    assert both.passes[0] == Custom("upper", str.upper)
    assert Pipeline([passes.nfc, str.upper])("a") == "A"
    assert normalize("aأ", str.upper) == "Aأ"


def test_a_factory_stands_for_its_default() -> None:
    assert passes.fold_alef | passes.mask_urls == passes.fold_alef | passes.mask_urls()
    assert passes.mask_urls | passes.fold_alef == Pipeline([passes.mask_urls, passes.fold_alef])
    assert normalize("https://a.b أ", passes.mask_urls) == passes.mask_urls()("https://a.b أ")
    with pytest.raises(TypeError, match="mine: the function returned CharMap, not str"):
        (passes.fold_alef | mine)("x")


def mine(text: str = "") -> Any:
    return CharMap("mine", {"a": "b"})


def test_a_pass_says_what_it_does() -> None:
    """`help` of a pass is about that pass; of its kind, about the kind."""
    shown = pydoc.plain(pydoc.render_doc(passes.fold_alef))
    for part in (passes.fold_alef.summary, "U+0623 'أ' → 'ا'", passes.fold_alef.leaves[:30], "'سؤال' → 'سؤال'"):
        assert part in shown
    assert (CharMap.__doc__ or "").startswith("A table from single characters")
    assert "A table from single" in pydoc.plain(pydoc.render_doc(CharMap))
    assert len(passes.unify_presentation_forms.about()) < 3000
    for entry in catalogue():
        made = passes.get(entry.name)
        assert (made.__doc__ or "").startswith(f"{made.name}: {made.summary}")


def test_one_pass_answers_as_a_pipeline_does() -> None:
    assert passes.fold_alef.names == ("fold_alef",)
    assert passes.fold_alef.fingerprint == Pipeline([passes.fold_alef]).fingerprint


def test_protecting_shows_what_is_inside() -> None:
    p = (passes.fold_alef | passes.nfc).protecting("urls", re.compile("x+")) | passes.strip_tatweel
    assert repr(p) == "<Pipeline protecting(urls, 'x+': fold_alef | nfc) | strip_tatweel>"
    assert repr(p.passes[0]) == "<Protected protecting(urls, 'x+': fold_alef | nfc)>"


def test_a_table_as_str_translate_takes_it() -> None:
    table = str.maketrans("أب", "ات", "ة")
    assert (
        CharMap("own", table)
        == CharMap("own", {"أ": "ا", "ب": "ت", "ة": ""})
        == CharMap("own", {"أ": "ا", "ب": "ت", "ة": None})
    )
    assert CharMap("own", {ord("أ"): ord("ا")})("أ") == "ا"


@pytest.mark.parametrize("table", [{-1: "x"}, {"a": 1.5}, {0x110000: "x"}, {"a": -1}, {True: "x"}])
def test_what_is_no_table(table: Any) -> None:
    with pytest.raises(InvalidPassError, match="own: a table maps one character to a string"):
        CharMap("own", table)


@pytest.mark.parametrize("wrong", [b"bytes", None, 3, ["a"]])
def test_only_text_is_taken(wrong: Any) -> None:
    for p in (FOLD, passes.fold_alef, Form("nfc", "NFC")):
        with pytest.raises(TypeError, match="a pass takes a str"):
            p(wrong)
        with pytest.raises(TypeError, match="a pass takes a str"):
            p.trace(wrong)


def test_bytes_are_told_to_be_decoded() -> None:
    with pytest.raises(TypeError, match="decode it first"):
        FOLD(b"abc")  # type: ignore[arg-type]


@pytest.mark.parametrize("table", [{"ab": "c"}, {"": "c"}, {"a": b"c"}, {1.0: "a"}])
def test_a_table_that_is_none_is_refused(table: Any) -> None:
    with pytest.raises(InvalidPassError, match="maps one character to a string"):
        CharMap("wrong", table)


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidPassError, match="broken: "):
        Rewrite("broken", "(", "")


def test_a_table_is_read_only_and_drops_what_changes_nothing() -> None:
    p = CharMap("p", {"a": "a", "b": "c"})
    assert dict(p.table) == {"b": "c"}
    with pytest.raises(TypeError):
        p.table["x"] = "y"  # type: ignore[index]
    assert CharMap("empty", {}).trace("abc").edits == ()


def test_rewrites_look_for_their_needles_first() -> None:
    p = Rewrite("p", "a+", "b", needles=("aa",))
    assert p("xax") == "xax"
    assert p("aax") == "bx"
    assert p.trace("xax").edits == ()
    assert Rewrite("f", "a+", initial)("aaxaa") == "axa"
    assert [e.after for e in Rewrite("g", "(a)(b)", r"\2\1").trace("ab").edits] == ["ba"]


@pytest.mark.parametrize(
    "planned", [[(0, 2, "x"), (1, 3, "y")], [(2, 3, "x"), (0, 1, "y")], [(0, 9, "x")], [(-2, 1, "x")], [(2, 1, "x")]]
)
def test_a_judge_that_breaks_the_law_of_plans_is_named(planned: list[tuple[int, int, str]]) -> None:
    p = Judge("broken", lambda text: planned)
    for run in (p, p.trace, p.replacements, p | Judge("d", plan_nothing)):
        with pytest.raises(InvalidPassError, match="broken: the function planned"):
            run("abc")


@pytest.mark.parametrize("template", [r"\2", r"\g<name>", r"\q", "\\"])
def test_a_template_that_the_pattern_cannot_fill_is_refused_at_once(template: str) -> None:
    with pytest.raises(InvalidPassError, match="p: "):
        Rewrite("p", "(a)", template)


def test_one_string_is_not_many() -> None:
    for wrong in ("نص", b"x", None, 5):
        with pytest.raises(TypeError, match="many takes an iterable of str"):
            CharMap("p", {"a": "b"}).many(wrong)  # type: ignore[arg-type]


def test_judges_look_for_their_needles_first() -> None:
    p = Judge("p", plan_nothing, needles=("q",))
    assert p("abc") == "abc"
    assert p("q") == "q"
    assert p.trace("q").edits == ()


def test_kinds_and_fingerprints() -> None:
    kinds = [CharMap("a", {"x": "y"}), Rewrite("b", "x", "y"), Rewrite("b", "x", initial), Form("c", "NFC")]
    kinds += [Judge("d", plan_nothing), Judge("d", plan_nothing, revision=2), Custom("e", shout)]  # type: ignore[list-item]
    kinds += [*CharMap("a", {"x": "y"}).protecting("urls", re.compile("z"))]
    assert [p.kind for p in kinds][:4] == ["charmap", "rewrite", "rewrite", "form"]
    prints = {Pipeline([p]).fingerprint for p in kinds}
    assert len(prints) == len(kinds)
    assert all(re.fullmatch("[0-9a-f]{16}", p) for p in prints)


def test_fingerprints_of_factories_with_functions_are_stable() -> None:
    one, other = Pipeline([passes.mask_emoji("<e>")]), Pipeline([passes.mask_emoji("<x>")])
    assert one.fingerprint == Pipeline([passes.mask_emoji("<e>")]).fingerprint != other.fingerprint
    assert "0x" not in str(one.passes[0].recipe())


def test_replacements_of_a_protected_pipeline() -> None:
    [p] = passes.fold_alef.protecting("urls")
    assert [r[:3] for r in p.replacements("أ https://example.com/أ أ")] == [(0, 1, "ا"), (24, 25, "ا")]


def test_a_fingerprint_does_not_depend_on_documentation() -> None:
    assert (
        Pipeline([CharMap("a", {"x": "y"}, summary="1")]).fingerprint
        == Pipeline([CharMap("a", {"x": "y"})]).fingerprint
    )


def test_pickling_leaves_built_parts_behind() -> None:
    p = FOLD.protecting("urls", re.compile("x")) | Custom("shout", shout)
    p("أَ")
    assert pickle.loads(pickle.dumps(p)) == p
    assert pickle.loads(pickle.dumps(p))("أَ https://x.org/أ") == p("أَ https://x.org/أ")


# Protection


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("urls", "أنظر https://example.com/أَ؟ أو", "انظر https://example.com/أَ؟ او"),
        ("emails", "أ info@example.com أ", "ا info@example.com ا"),
        ("mentions", "أ @أحمد أ", "ا @أحمد ا"),
        ("hashtags", "أ #أُسرة أ", "ا #أُسرة ا"),
        ("code", "أ `أ == ة` و\n```\nأ\n``` أ", "ا `أ == ة` و\n```\nأ\n``` ا"),
        ("numbers", "أ ١٢٫٥٪ أ", "ا ١٢٫٥٪ ا"),
    ],
)
def test_protected_spans_stay_byte_for_byte(kind: str, text: str, expected: str) -> None:
    p = (FOLD | passes.map_digits_to_ascii).protecting(kind)
    assert p(text) == p.trace(text).text == expected


def test_protected_spans_are_seen_as_context() -> None:
    p = Rewrite("trim", " +$", "").protecting("urls")
    assert p("زوروا https://example.com  ") == "زوروا https://example.com"
    assert p("زوروا  https://example.com") == "زوروا  https://example.com"


def test_protection_of_own_patterns_that_overlap() -> None:
    p = passes.fold_alef.protecting(re.compile("أب"), re.compile("بأ"), re.compile("x*"))
    assert p("أبأ أ") == "أبأ ا"
    assert passes.fold_alef.protecting()("أ") == "ا"


def test_protection_survives_passes_that_drop_its_signs() -> None:
    p = (Custom("drop", drop_private) | passes.fold_alef).protecting(re.compile("أ+ب"))
    text = "أ أأب أ أب"
    assert p(text) == p.trace(text).text == "ا أأب ا أب"
    assert p.trace(text).undo() == text


def test_protection_of_text_full_of_private_characters() -> None:
    text = "أ " + "".join(map(chr, range(0xE000, 0xF900))) + " `أ`"
    assert passes.fold_alef.protecting("code")(text) == "ا" + text[1:]


def test_unknown_spans_are_refused_at_once() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'urls'"):
        passes.fold_alef.protecting("url")
    with pytest.raises(InvalidPassError, match="a name or a compiled pattern"):
        passes.fold_alef.protecting(3)  # type: ignore[arg-type]


def test_more_spans_than_private_characters_are_still_protected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spans, "_PRIVATE", (range(0xE000, 0xE002),))
    p = passes.fold_alef.protecting("code")
    assert p("أ `أ` أ `أ` أ `أ`") == "ا `أ` ا `أ` ا `أ`"


def test_many_keeps_order_and_is_lazy() -> None:
    texts = iter(["أب", "إلى", "آخر"])
    out = passes.fold_alef.many(texts)
    assert next(out) == "اب"
    assert next(texts) == "إلى"
    assert list(out) == ["اخر"]


@pytest.mark.parametrize(
    "p", [FOLD, passes.fold_alef, Pipeline(), FOLD | passes.nfc, FOLD | CharMap("b", {"\uffff": "x"})]
)
def test_many_of_a_list_are_as_one_by_one(p: Any) -> None:
    texts = ["أَب", "", "نص", "x" * 30_000, "😀أ", "أ\uffffأ", "\ud800", *(f"أ{i}" for i in range(9_000))]
    out = list(p.many(texts))
    assert out == [p(text) for text in texts]
    assert list(p.many(tuple(texts))) == out
    assert list(p.many([])) == []


def test_many_wants_texts() -> None:
    with pytest.raises(TypeError, match="a pass takes a str"):
        list(FOLD.many(["أ", None]))  # type: ignore[list-item]


def test_many_with_processes() -> None:
    texts = [f"أ{i}" for i in range(50)]
    assert list(passes.fold_alef.many(iter(texts), processes=2, chunk=7)) == [f"ا{i}" for i in range(50)]


def elsewhere(value: Any) -> Any:
    """A copy of the same function that says it stands in another file, under another name."""
    copy = types.FunctionType(value.__code__, value.__globals__)
    copy.__module__, copy.__qualname__ = "arnorm.passes.elsewhere", "Moved.renamed"
    return copy


@pytest.mark.parametrize(
    "make",
    [
        lambda f, **more: Custom("own", f, **more),
        lambda f, **more: Judge("own", f, **more),
        lambda f, **more: Rewrite("own", "x", f, **more),
        lambda f, **more: Judge("own", Bound(f, ("a",)), **more),
        lambda f, **more: Pipeline([Rewrite("own", "x", f, **more)]).protecting("urls"),
    ],
)
def test_a_fingerprint_does_not_depend_on_where_a_function_stands_but_on_its_revision(make: Any) -> None:
    prints = [Pipeline([make(f)]).fingerprint for f in (initial, elsewhere(initial))]
    assert prints[0] == prints[1] != Pipeline([make(initial, revision=2)]).fingerprint


def test_a_fingerprint_depends_on_what_a_function_was_given() -> None:
    prints = {Pipeline([Judge("own", Bound(plan_nothing, given))]).fingerprint for given in (("a",), ("b",), ("a", 1))}
    assert len(prints) == 3


def test_a_template_says_all_and_needs_no_revision() -> None:
    one, two = (Pipeline([Rewrite("own", "x", "y", revision=n)]).fingerprint for n in (1, 2))
    assert one == two
