"""scikit-learn: a transformer in front of a vectorizer.

>>> from arnorm.integrations.sklearn import ArabicNormalizer
>>> ArabicNormalizer("search.v1").fit_transform(["المَدْرَسَة", "المدرسه"]).tolist()
['المدرسه', 'المدرسه']
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from arnorm.core import Composable
from arnorm.extras import require
from arnorm.integrations import pipeline_of
from arnorm.literals import PolicyName, ProfileName

if TYPE_CHECKING:
    from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin

    from arnorm.spelling import Policy
else:
    base = require("sklearn.base", "sklearn")
    BaseEstimator, OneToOneFeatureMixin = base.BaseEstimator, base.OneToOneFeatureMixin
    TransformerMixin = base.TransformerMixin
np = require("numpy", "sklearn")

__all__ = ["ArabicNormalizer"]


class ArabicNormalizer(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Normalizes Arabic text, for a scikit-learn ``Pipeline``.

    *profile* is a name or any pass or pipeline, *repair* a policy to repair spelling by before it; both can be
    searched over. Takes what a vectorizer takes (a list, an array, a Series, any iterable of strings), or a table of
    text columns (DataFrame, two-dimensional array), and gives an array of objects of the same shape. Nothing is
    learned from the data: it may be used without fitting.

    Missing values (None, NaN, ``pandas.NA``) stay, as in scikit-learn's own preprocessing; its vectorizers reject
    them, so fill them before. Raises `TypeError` for any other value that is no string, `ValueError` for a single
    string, and `arnorm.UnknownNameError` for a profile or policy that does not exist: when fitted or used, not when
    made, as is the custom there.

    >>> ArabicNormalizer("clean", repair="safe").transform(["ذهب الى المدرسه", None]).tolist()
    ['ذهب إلى المدرسة', None]
    """

    def __init__(self, profile: ProfileName | Composable = "clean", repair: PolicyName | Policy | None = None) -> None:
        self.profile = profile
        self.repair = repair

    def fit(self, X: Any, y: Any = None) -> ArabicNormalizer:  # noqa: N803
        """Check the parameters, and note the names of the columns of *X*; *y* is not looked at.

        >>> ArabicNormalizer("search").fit(["المدرسة"]).n_features_in_
        1
        """
        pipeline_of(self.profile, self.repair)
        shape: tuple[int, ...] = _array(X).shape if hasattr(X, "__len__") else ()  # an iterator is left for `transform`
        self.n_features_in_ = shape[1] if len(shape) == 2 else 1
        names = list(getattr(X, "columns", ()))
        if names and all(isinstance(name, str) for name in names):
            self.feature_names_in_ = np.asarray(names, dtype=object)
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_  # of an earlier fit
        return self

    def transform(self, X: Any) -> Any:  # noqa: N803
        """The texts of *X* normalized: an array of objects of the same shape.

        >>> ArabicNormalizer("search").transform([["أب", "إب"]]).tolist()
        [['اب', 'اب']]
        """
        out = _array(X).copy()
        places = list(_texts(out.ravel()))
        texts = [text for _, text in places]
        if places:
            out.flat[[place for place, _ in places]] = list(pipeline_of(self.profile, self.repair).many(texts))
        return out

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.input_tags.string = tags.input_tags.one_d_array = tags.input_tags.allow_nan = True
        tags.input_tags.two_d_array = False
        return tags


def _array(values: Any) -> Any:
    if isinstance(values, str | bytes):
        raise ValueError("expected an iterable of texts, not a single one: put it into a list")
    array = np.asarray(values if hasattr(values, "__len__") else list(values), dtype=object)
    if array.ndim not in (1, 2):
        raise ValueError(f"expected texts, or dense rows of them (no sparse matrix), not {array.ndim} dimensions")
    return array


def _texts(values: Any) -> Iterator[tuple[int, str]]:
    """The strings among *values*, with their places; what is missing is passed over."""
    for place, value in enumerate(values):
        if isinstance(value, str):
            yield place, value
        elif not _is_missing(value):
            raise TypeError(f"value {place} is {type(value).__name__}, not str; only text can be normalized")


def _is_missing(value: Any) -> bool:
    """Whether it is None, a float that is no number, or the NA of pandas, which need not be installed."""
    kind = type(value)
    return (
        value is None
        or (isinstance(value, float | np.floating) and bool(np.isnan(value)))
        or (kind.__name__ == "NAType" and kind.__module__.startswith("pandas."))
    )
