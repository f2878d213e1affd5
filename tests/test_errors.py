"""Errors: what they say, what they carry, that they survive a process boundary."""

from __future__ import annotations

import pickle
import re

import pytest

import arnorm
from arnorm import (
    ArnormError,
    InvalidPassError,
    MissingPackageError,
    UndecodableInputError,
    UnknownNameError,
    WorkerLostError,
    normalize,
    passes,
    profile,
    spelling,
)
from arnorm.cli import main
from arnorm.passes._aliases import ALIASES

ERRORS = [
    UnknownNameError("profile", "serch", ["search.v1", "clean.v1"]),
    UnknownNameError("profile", "zzz", ["search.v1"]),
    MissingPackageError("emoji", "emoji"),
    UndecodableInputError("a.txt", "utf-8", 3, 41, 0xFF),
    WorkerLostError(),
]


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_errors_pickle_whole(error: ArnormError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_unknown_names_suggest_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"no profile is named 'serch.v1'; did you mean 'search.v1'\?") as caught:
        profile("serch.v1")
    assert isinstance(caught.value, KeyError)
    with pytest.raises(UnknownNameError, match="known: clean.v1, search.v1"):
        normalize("نص", "zzzzzz")
    with pytest.raises(UnknownNameError, match="did you mean 'fold_alef'"):
        passes.get("fold_alif")


def test_what_others_call_it_is_understood() -> None:
    known = {entry.name for entry in arnorm.catalogue()}
    assert set(ALIASES) <= known
    names = [alias for aliases in ALIASES.values() for alias in aliases.split()]
    assert len(names) == len(set(names))
    assert not known & {*names}
    for ask in (passes.get, lambda name: arnorm.pipeline([name])):
        for alias, name in (("remove_diacritics", "strip_tashkeel"), ("normalize_alef_ar", "fold_alef")):
            with pytest.raises(UnknownNameError, match=f"did you mean '{name}'"):
                ask(alias)
    for name, other in (
        ("remove_diacritics", "passes.strip_tashkeel"),
        ("fold_alef", "passes.fold_alef"),
        ("index", "search"),
    ):
        with pytest.raises(UnknownNameError, match=f"did you mean '{other}'"):
            profile(name)  # type: ignore[arg-type]
    with pytest.raises(AttributeError, match="has no pass 'dediac_ar'; did you mean 'strip_tashkeel'"):
        passes.dediac_ar  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match="did you mean passes.fold_alef"):
        arnorm.fold_alef  # type: ignore[attr-defined]  # noqa: B018


def test_completion_shows_the_public_names() -> None:
    assert {*dir(arnorm)} == {*arnorm.__all__}
    assert {*dir(passes)} == {entry.name for entry in arnorm.catalogue()} | {"Entry", "catalogue", "get"}
    assert {*dir(spelling)} == {*spelling.__all__}
    for module in (arnorm, passes, spelling):
        assert all(hasattr(module, name) for name in dir(module))


def test_a_name_that_is_no_text_is_unknown_too() -> None:
    with pytest.raises(UnknownNameError):
        profile(["clean"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "args"), [("fold_alef", {"x": 1}), ("mask_urls", {"tokn": "x"}), ("squeeze_elongation", {"most": 3})]
)
def test_arguments_a_factory_does_not_take(name: str, args: dict[str, object]) -> None:
    with pytest.raises(InvalidPassError, match=name):
        passes.get(name, **args)


def test_every_error_is_public_and_one_of_ours() -> None:
    public = [getattr(arnorm, name) for name in arnorm.__all__ if name.endswith("Error")]
    assert all(issubclass(error, ArnormError) for error in public)


def test_the_package_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        arnorm.nonsense  # noqa: B018
    assert "normalize" in dir(arnorm)


WRONG = [None, b"x", 5, 1.5, ["a", "b", "c"], object(), {}]
TRACE = passes.fold_alef.trace("أب")
CALLS = {
    "normalize": normalize,
    "normalize with": lambda wrong: normalize("x", wrong),
    "profile": profile,
    "repair": arnorm.repair,
    "repair by": lambda wrong: arnorm.repair("x", wrong),
    "get": passes.get,
    "CharMap": lambda wrong: arnorm.CharMap("own", wrong or None),
    "Pipeline": lambda wrong: arnorm.Pipeline(wrong or None),
    "many": lambda wrong: [*passes.fold_alef.many(wrong or None)],
    "trace": passes.fold_alef.trace,
    "without": profile("clean").without,
    "loads": lambda wrong: arnorm.loads(wrong or None),
    "to_source": TRACE.to_source,
    "to_output": TRACE.to_output,
    "unify_quotes": lambda wrong: passes.get("unify_quotes", style=wrong),
}


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: type(wrong).__name__)
@pytest.mark.parametrize("call", CALLS)
def test_a_wrong_thing_is_named_for_what_it_is(call: str, wrong: object) -> None:
    """One of our errors, or a `TypeError` in our words; none from inside."""
    if call == "many" and isinstance(wrong, list):
        wrong = [wrong]
    with pytest.raises((ArnormError, TypeError)) as caught:
        CALLS[call](wrong)  # type: ignore[operator]
    inside = "object is not|has no|not supported between|unhashable|unpack|unsupported operand|expected"
    assert not re.search(inside, str(caught.value))


@pytest.mark.parametrize("command", ["normalize", "repair", "suggest", "explain"])
def test_a_wrong_option_shows_the_usage_of_its_command(command: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([command, "--nosuch", "x"]) == 2
    said = capfdbinary.readouterr().err.decode()
    assert said.startswith(f"usage: arnorm {command} ")
    assert f"arnorm {command}: error: unrecognized arguments: --nosuch" in said
