"""The transform for jiwer, beside jiwer's own."""

from __future__ import annotations

import pytest

import arnorm
from tests.integrations.processes import error_without

jiwer = pytest.importorskip("jiwer")

from arnorm.integrations.jiwer import Normalize  # noqa: E402

REFERENCE, HYPOTHESIS = "سألَ عن المسؤول في المدرسةِ", "سال عن المسئول فى المدرسه"


def wer(*transforms: object) -> float:
    chain = jiwer.Compose([*transforms, jiwer.ReduceToListOfListOfWords()])
    return float(jiwer.wer(REFERENCE, HYPOTHESIS, reference_transform=chain, hypothesis_transform=chain))


def test_errors_that_cannot_be_heard_are_not_counted() -> None:
    assert wer() == 4 / 5
    assert wer(Normalize("asr.v1")) == 1 / 5
    assert wer(Normalize(arnorm.profile("asr") | arnorm.passes.fold_hamza_to_hamza)) == 0


def test_it_takes_what_transforms_take() -> None:
    assert Normalize("search")(["أ", "ة"]) == ["ا", "ه"]
    assert Normalize(repair="safe")("ذهب الى المدرسه") == "ذهب إلى المدرسة"


def test_an_unknown_profile() -> None:
    with pytest.raises(arnorm.UnknownNameError, match="did you mean"):
        Normalize("serach")  # type: ignore[arg-type]


def test_without_jiwer() -> None:
    assert "arnorm[jiwer]" in error_without("jiwer", "jiwer")
