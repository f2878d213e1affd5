"""scikit-learn: the transformer keeps the conventions that its users and its tools rely on."""

from __future__ import annotations

import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import arnorm
from arnorm import passes

pytest.importorskip("sklearn")

import joblib
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils import estimator_checks
from sklearn.utils.validation import check_is_fitted

from arnorm.integrations.sklearn import ArabicNormalizer
from tests.integrations.processes import error_without
from tests.strategies import any_text

TEXTS = ["إِلَى المَدْرَسَةِ", "إلى المدرسه", "أحمد", "احمد"]
PLAIN = ["الي المدرسه", "الي المدرسه", "احمد", "احمد"]

# Those of scikit-learn's own checks that do not feed numbers; `check_estimator` leaves out text transformers.
CHECKS = """
    check_estimator_cloneable check_estimator_tags_renamed check_valid_tag_types check_estimator_repr
    check_no_attributes_set_in_init check_parameters_default_constructible check_get_params_invariance check_set_params
    check_mixin_order check_estimator_sparse_tag
""".split()


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
def test_checks_of_scikit_learn(name: str) -> None:
    check = getattr(estimator_checks, name, None)
    if check is None:
        pytest.skip(f"this scikit-learn has no {name}")
    check("ArabicNormalizer", ArabicNormalizer("search.v1"))


@given(st.lists(any_text, max_size=5))
def test_does_what_the_profile_does(texts: list[str]) -> None:
    assert ArabicNormalizer("ml.v1").transform(texts).tolist() == [arnorm.normalize(t, "ml.v1") for t in texts]


def containers() -> dict[str, Any]:
    found = {
        "list": TEXTS,
        "tuple": tuple(TEXTS),
        "iterator": iter(TEXTS),
        "array of objects": np.array(TEXTS, dtype=object),
        "array of strings": np.array(TEXTS),
    }
    try:
        import pandas as pd

        found |= {
            "Series": pd.Series(TEXTS, index=[4, 3, 2, 1], name="body"),
            "string Series": pd.Series(TEXTS, dtype="string"),
            "categories": pd.Series(TEXTS, dtype="category"),
        }
    except ModuleNotFoundError:
        pass
    return found


@pytest.mark.parametrize("name", containers())
def test_what_a_vectorizer_takes(name: str) -> None:
    transformer = ArabicNormalizer("search.v1")
    out = transformer.fit_transform(containers()[name])
    assert (out.dtype, out.tolist()) == (object, PLAIN)
    assert transformer.get_feature_names_out().tolist() == ["x0"]


def test_a_table_keeps_its_shape_and_names() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"title": TEXTS, "body": TEXTS[::-1]}, index=[3, 1, 4, 2])
    transformer = ArabicNormalizer("search.v1").fit(frame)
    assert transformer.transform(frame).tolist() == [list(row) for row in zip(PLAIN, PLAIN[::-1], strict=True)]
    assert transformer.get_feature_names_out().tolist() == ["title", "body"]
    assert transformer.n_features_in_ == 2
    one = transformer.set_output(transform="pandas").fit_transform(frame[["body"]])
    assert one.to_dict("list") == {"body": PLAIN[::-1]}
    assert one.index.tolist() == [3, 1, 4, 2]
    for nameless in (frame.to_numpy(), frame.set_axis([0, 1], axis=1)):
        assert transformer.fit(nameless).get_feature_names_out().tolist() == ["x0", "x1"]
    assert frame["body"].tolist() == TEXTS[::-1]


def test_missing_values_stay() -> None:
    out = ArabicNormalizer("search.v1").transform(["أ", None, float("nan"), np.float32("nan"), ""])
    assert out[[0, 1, 4]].tolist() == ["ا", None, ""]
    assert np.isnan(out[2])
    assert np.isnan(out[3])
    pd = pytest.importorskip("pandas")
    out = ArabicNormalizer("search.v1").transform(pd.Series(["أ", pd.NA], dtype="string"))
    assert out[0] == "ا"
    assert out[1] is pd.NA


@pytest.mark.parametrize("value", [1, 2.5, b"text", ["nested"], np.float64(1)], ids=repr)
def test_what_is_no_text_is_refused(value: Any) -> None:
    texts = np.empty(2, dtype=object)
    texts[:] = ["أ", value]
    with pytest.raises(TypeError, match=f"value 1 is {type(value).__name__}, not str"):
        ArabicNormalizer("search.v1").transform(texts)


def test_mistakes_are_named_when_fitted() -> None:
    with pytest.raises(ValueError, match="put it into a list"):
        ArabicNormalizer("search.v1").transform("نص")
    with pytest.raises(ValueError, match="3 dimensions"):
        ArabicNormalizer("search.v1").transform([[["نص"]]])
    with pytest.raises(arnorm.UnknownNameError, match="search.v1"):
        ArabicNormalizer("serch").fit(TEXTS)
    with pytest.raises(arnorm.UnknownNameError, match="balanced"):
        ArabicNormalizer(repair="balance").fit(TEXTS)


def test_nothing_has_to_be_fitted() -> None:
    check_is_fitted(ArabicNormalizer("search.v1"))
    assert ArabicNormalizer("search.v1").transform(TEXTS).tolist() == PLAIN


def test_parameters_and_clones() -> None:
    fold = passes.fold_alef | passes.strip_tashkeel
    one = ArabicNormalizer(fold, repair="safe")
    assert one.get_params() == {"profile": fold, "repair": "safe"}
    assert clone(one).get_params() == one.get_params()
    assert one.set_params(profile="ml.v1", repair=None).transform(["أَ"]).tolist() == ["أَ"]


def test_spelling_is_repaired_before_the_profile_folds() -> None:
    out = ArabicNormalizer("clean", repair="balanced").transform(["ذهب الى المدرسه", None])
    assert out.tolist() == ["ذهب إلى المدرسة", None]


def model() -> Any:
    return Pipeline(
        [
            ("normalize", ArabicNormalizer("search.v1")),
            ("count", TfidfVectorizer(token_pattern=r"\S+")),
            ("decide", LogisticRegression()),
        ]
    )


def test_before_a_vectorizer() -> None:
    words = make_pipeline(ArabicNormalizer("search.v1"), TfidfVectorizer()).fit(TEXTS)
    assert words.get_feature_names_out().tolist() == ["احمد", "المدرسه", "الي"]
    found = words.transform(["أَحْمَدُ"]).toarray()[0].tolist()
    assert found == [1.0, 0.0, 0.0]


def test_a_column_of_a_frame() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"body": TEXTS, "n": [1, 2, 3, 4]})
    text = make_pipeline(ArabicNormalizer("search.v1"), TfidfVectorizer())
    both = ColumnTransformer([("text", text, "body"), ("n", "passthrough", ["n"])]).fit(frame)
    assert both.get_feature_names_out().tolist() == ["text__احمد", "text__المدرسه", "text__الي", "n__n"]


def test_profiles_are_searched_over_by_two_processes(tmp_path: Path) -> None:
    # Read words are marked, asked ones are not: only a profile that strips marks makes them meet.
    read, asked = ["كِتَابٌ", "دَرْسٌ"] * 6, ["كتاب", "درس"] * 6
    cuts = [(np.arange(12), np.arange(12, 24))]
    grid = {"normalize__profile": ["clean", "search.v1"]}
    search = GridSearchCV(model(), grid, cv=cuts, n_jobs=2).fit(read + asked, [0, 1] * 12)
    assert search.best_params_ == {"normalize__profile": "search.v1"}
    assert search.best_score_ == 1.0
    joblib.dump(search.best_estimator_, tmp_path / "model.joblib")
    again = joblib.load(tmp_path / "model.joblib")
    assert again.predict(asked[:2]).tolist() == [0, 1]
    assert again["normalize"].get_params() == search.best_estimator_["normalize"].get_params()


def test_pickles_with_what_it_does() -> None:
    one = ArabicNormalizer(passes.fold_alef | arnorm.Repairer.load()).fit(TEXTS)
    assert pickle.loads(pickle.dumps(one)).transform(["ذهب الى"]).tolist() == one.transform(["ذهب الى"]).tolist()


def test_without_the_package_the_extra_is_named() -> None:
    assert "pip install 'arnorm[sklearn]'" in error_without("sklearn", "sklearn")


class _CalledNan:
    def __str__(self) -> str:
        return "nan"


@pytest.mark.parametrize("value", [_CalledNan(), Decimal("nan"), 1.5, b"nan"])
def test_what_is_only_called_nan_is_not_missing(value: object) -> None:
    with pytest.raises(TypeError, match="value 1 is"):
        ArabicNormalizer("search.v1").transform(["أ", value])


def test_what_is_missing_stays() -> None:
    pandas = pytest.importorskip("pandas")
    missing = [None, float("nan"), np.float32("nan"), pandas.NA]
    out = ArabicNormalizer().transform(missing)
    assert [new is old for new, old in zip(out, missing, strict=True)] == [True] * 4
