"""Every public callable, given a wrong value for each of its parameters: an error in arnorm's words, or none.

An error from inside is one that arnorm did not raise itself: the innermost frame is somebody else's, or its line does
not say ``raise``.
"""

from __future__ import annotations

import importlib.util
import inspect
import linecache
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import arnorm
from arnorm import ArnormError, Change, Composable, Repairer, passes, render, testing, words
from arnorm.recipes import schema
from arnorm.review import Decisions

ROOT = Path(arnorm.__file__).parent
WRONG = [None, b"x", 5, -1, 1.5, True, "nosuch", ["a", "b", "c"], (), {}, {"a": 3}, object(), Path("nosuch")]
TEXT = "سألت احمد عن https://example.com والمدرسه ١٢"
FOLD = passes.fold_alef | passes.fold_teh_marbuta
TRACE = FOLD.trace("أب ة")
REVIEW = Repairer().review(TEXT)
PROFILE = arnorm.profile("clean")

#: Right values, by the name of the parameter.
RIGHT: dict[str, Any] = {
    "text": TEXT, "profile": "clean", "policy": "safe", "lexicon": ["زيدون"],
    "word": "الاسلام", "before": "قال", "after": "ذلك",
    "name": "own", "a": "أ",
    "b": "ا", "got": "أ", "wanted": "أ", "recipe": ["clean"], "custom": {}, "span": (0, 1), "unit": "utf-8",
    "texts": ["أ"], "table": {"أ": "ا"},
    "pattern": "أ", "replacement": "ا", "form": "NFC", "function": str.upper,
    "plan": lambda text: [], "passes": [passes.nfc], "pipeline": FOLD, "limit": 3,
    "accept": [], "path": None, "indent": None,
    "processes": None, "chunk": 10, "progress": None, "what": "urls", "edits": TRACE.edits[0],
    "value": passes.nfc, "model": None,
    "rows": [], "trace": TRACE, "line": "أب",
    "color": True, "context": 5, "title": "x", "file": None, "probability": 0.5,
}  # fmt: skip

#: Where the name of a parameter says another thing than elsewhere.
OTHERWISE: dict[str, dict[str, Any]] = {
    "profile": {"name": "clean"}, "get": {"name": "fold_alef"}, "Pipeline.without": {"name": "fold_alef"},
    "Pipeline.replacing": {"name": "fold_alef"}, "loads": {"text": '{"arnorm": 1, "passes": []}'},
    "Repairer.load": {"model": None},
}  # fmt: skip

#: What makes a value and is not called by users; and what is documented to take what it is given as it is.
NOT_CALLED = {"Change", "Note", "Trace", "Review", "Suggestion", "Composable", "Profile"}
NOT_CALLED |= {"read_pdf", "__version__", "passes"}

#: What a kind of pass is made of, and which those who call it have checked.
WITHIN = {"links", "replacements", "recipe"}


def callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    for name in arnorm.__all__:
        value = getattr(arnorm, name)
        if callable(value) and name not in NOT_CALLED and not name.endswith("Error"):
            yield name, value
    yield from (("get", passes.get), ("assert_same", testing.assert_same), ("Decisions", Decisions))
    yield from (
        ("render.ansi", render.ansi),
        ("render.html", render.html),
        ("words", words.words),
        ("plain", words.plain),
    )
    for value in (FOLD, PROFILE, Repairer(), TRACE, REVIEW, passes.fold_alef):
        for name in sorted({n for kind in type(value).__mro__ for n in vars(kind) if not n.startswith("_")}):
            if name not in WITHIN and inspect.ismethod(method := getattr(value, name)):
                yield f"{type(value).__name__}.{name}", method
    yield "__call__", FOLD
    for entry in arnorm.catalogue():
        if entry.factory:
            yield f"passes.{entry.name}", getattr(passes, entry.name)


def bridges() -> Iterator[tuple[str, Callable[..., Any]]]:
    """What the bridges to other packages offer, where those are installed."""
    from arnorm.integrations import pipeline_of

    yield "pipeline_of", pipeline_of
    if installed("pandas"):
        pd = importlib.import_module("pandas")
        importlib.import_module("arnorm.integrations.pandas")

        accessor = pd.Series(["أ", None]).arnorm
        yield from ((f"pandas.{name}", getattr(accessor, name)) for name in ("normalize", "repair"))
    if installed("polars"):
        pl = importlib.import_module("polars")
        importlib.import_module("arnorm.integrations.polars")

        space = pl.Series(["أ", None]).arnorm
        yield from ((f"polars.{name}", getattr(space, name)) for name in ("normalize", "repair", "trace"))
    if installed("pyarrow"):
        from arnorm.integrations import arrow

        array = importlib.import_module("pyarrow").array(["أ", None])
        yield from (
            (f"arrow.{name}", partial(getattr(arrow, name), array)) for name in ("normalize", "repair", "trace")
        )
    if installed("sklearn"):
        from arnorm.integrations.sklearn import ArabicNormalizer

        yield "sklearn", lambda profile="clean", repair=None: ArabicNormalizer(profile, repair).fit_transform(["أ"])
    if installed("tokenizers"):
        from arnorm.integrations import tokenizers

        yield "tokenizers.custom", tokenizers.custom
    if installed("jiwer"):
        from arnorm.integrations.jiwer import Normalize

        yield "jiwer", Normalize


def installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


CALLABLES = dict(callables()) | dict(bridges())


def cases() -> Iterator[Any]:
    for name, function in CALLABLES.items():
        for parameter in inspect.signature(function).parameters.values():
            if parameter.kind is not parameter.VAR_KEYWORD:
                yield pytest.param(name, parameter.name, id=f"{name}-{parameter.name}")


def given(name: str, function: Callable[..., Any], wrong_for: str, wrong: object) -> tuple[list[Any], dict[str, Any]]:
    """The arguments of a call: right ones, but for one."""
    values, more = [], {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            continue
        if parameter.name == wrong_for:
            value = wrong
        elif parameter.default is not parameter.empty:
            continue
        else:
            value = OTHERWISE.get(name, {}).get(parameter.name, RIGHT[parameter.name])
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.VAR_POSITIONAL):
            values.append(value)
        else:
            more[parameter.name] = value
    return values, more


def said_by_arnorm(error: BaseException) -> bool:
    frame = error.__traceback__
    assert frame is not None
    while frame.tb_next is not None:
        frame = frame.tb_next
    place = frame.tb_frame.f_code.co_filename
    return Path(place).is_relative_to(ROOT) and linecache.getline(place, frame.tb_lineno).strip().startswith("raise")


def used(made: Any) -> None:
    """What was made is used once: a wrong value is not to come up at the first text."""
    if isinstance(made, Composable):
        made(TEXT)
    elif isinstance(made, Iterator):
        list(made)


@pytest.mark.parametrize(("name", "parameter"), list(cases()))
def test_a_wrong_value_is_no_error_from_inside(name: str, parameter: str) -> None:
    inside = []
    for wrong in WRONG:
        values, more = given(name, CALLABLES[name], parameter, wrong)
        try:
            used(CALLABLES[name](*values, **more))
        except (ArnormError, TypeError, ValueError, AssertionError, FileNotFoundError) as error:
            if not said_by_arnorm(error) and not isinstance(error, FileNotFoundError):
                inside.append(f"{wrong!r}: {type(error).__name__}: {error}")
    assert not inside, "\n".join(inside)


def test_the_table_is_whole() -> None:
    """Of each kind there is something in it."""
    assert {"normalize", "repair", "suggest", "pipeline", "same", "Pipeline.many", "Repairer.review", "Trace.undo"} <= {
        *CALLABLES
    }
    assert {f"passes.{entry.name}" for entry in arnorm.catalogue() if entry.factory} <= {*CALLABLES}
    assert isinstance(REVIEW.changes[0], Change)
    assert schema()
