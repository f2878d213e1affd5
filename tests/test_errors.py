"""Errors: what they say, what they carry, that they survive a process boundary."""

from __future__ import annotations

import pickle

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
)

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
