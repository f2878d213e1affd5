"""Hugging Face ``datasets``: a function for ``Dataset.map`` whose results its cache finds again.

>>> from arnorm.integrations.datasets import Normalize
>>> Normalize("text", "search.v1")({"text": ["مَدْرَسَةٌ", None], "id": [1, 2]})
{'text': ['مدرسه', None]}

``datasets`` keeps what a function gave under a hash of the function's pickle. A `Normalize` pickles to what it does:
equal ones hash alike in every process, and another profile, policy, model or list of columns hashes differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from arnorm.core import Composable, Pass, Pipeline
from arnorm.errors import NotSerializableError, UnknownNameError
from arnorm.extras import require
from arnorm.integrations import pipeline_of
from arnorm.literals import PolicyName, ProfileName
from arnorm.recipes import dumps, loads

if TYPE_CHECKING:
    from arnorm.spelling import Policy

require("datasets", "datasets")

__all__ = ["Normalize"]


class Normalize:
    """Normalizes columns of examples or batches: ``dataset.map(Normalize("text"), batched=True)``.

    *columns* is a name, several names, or a mapping from each column to the one to write, so that the source can be
    kept: ``Normalize({"text": "normalized"})``. *profile* is a name or any pass or pipeline, *repair* a policy to
    repair spelling by before it. Values are strings, lists of them (tokens), or None, which stays None.

    Raises `arnorm.UnknownNameError` for a profile, a policy or, when it runs, a column that does not exist;
    `TypeError` for a value that is no text.

    >>> Normalize({"text": "plain"}, "search.v1")({"text": "أَهْلًا"})
    {'plain': 'اهلا'}
    """

    def __init__(
        self,
        columns: str | Iterable[str] | Mapping[str, str] = "text",
        profile: ProfileName | Composable = "clean",
        repair: PolicyName | Policy | None = None,
    ) -> None:
        names = [columns] if isinstance(columns, str) else columns
        self.columns = dict(names) if isinstance(names, Mapping) else {name: name for name in names}
        self.pipeline = pipeline_of(profile, repair)

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """The columns to write for a *batch*, a mapping of columns to lists, or for one example."""
        if not isinstance(batch, Mapping):
            raise TypeError(
                f"a batch is a mapping of columns, not {type(batch).__name__}: use dataset.with_format(None)"
            )
        return {to: self._normalized(_column(batch, name)) for name, to in self.columns.items()}

    def _normalized(self, value: Any) -> Any:
        """*value* normalized: a text, None, or a list, at any depth, of those. Raises `TypeError` for no text."""
        if value is None:
            return None
        if isinstance(value, str):
            return self.pipeline(value)
        if not isinstance(value, Iterable) or isinstance(value, bytes | Mapping):
            raise TypeError(f"a column of text holds strings, lists of them or None, not {type(value).__name__}")
        values = list(value)
        if all(isinstance(item, str) for item in values):
            return list(self.pipeline.many(values))
        return [self._normalized(item) for item in values]

    def __reduce__(self) -> tuple[object, ...]:
        # The fingerprint speaks for tables, patterns and the model, which recipes only name.
        steps = [_recipe(step) for step in self.pipeline.passes]
        return _restored, (list(self.columns.items()), steps, self.pipeline.fingerprint)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Normalize):
            return NotImplemented
        return (self.columns, self.pipeline) == (other.columns, other.pipeline)

    def __hash__(self) -> int:
        return hash((tuple(self.columns.items()), self.pipeline))

    def __repr__(self) -> str:
        return f"Normalize({self.columns!r}, {self.pipeline!r})"


def _column(batch: Mapping[str, Any], name: str) -> Any:
    try:
        return batch[name]
    except KeyError:
        raise UnknownNameError("column", name, batch.keys()) from None


def _recipe(step: Pass) -> str | Pass:
    """A pass as JSON, because equal objects need not pickle to equal bytes; one that holds code, as it is."""
    try:
        return dumps(step)
    except NotSerializableError:
        return step


def _restored(columns: list[tuple[str, str]], steps: list[str | Pass], fingerprint: str) -> Normalize:
    passes = [loads(step) if isinstance(step, str) else step for step in steps]
    return Normalize(dict(columns), Pipeline(passes))
