"""What the bridges to columns share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import Composable, UnknownNameError
from arnorm.integrations import pipeline_of
from arnorm.integrations._columns import changes, each, each_once
from tests.integrations.columns import columns, plainly, without
from tests.strategies import any_text, pipelines

IMPORT = """
import arnorm
try:
    import arnorm.integrations.{bridge}
except arnorm.MissingPackageError as error:
    print(error.extra, error)
"""


@given(columns | st.lists(any_text), pipelines())
def test_lists_are_what_plain_calls_give(values: list[str | None], pipeline: Composable) -> None:
    assert each(pipeline, values) == each_once(pipeline, values) == plainly(values, pipeline)
    done, differs = changes(pipeline, values)
    assert done == plainly(values, pipeline)
    assert differs == [old != new for old, new in zip(values, done, strict=True)]


def test_an_unknown_profile_has_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'search.v1'"):
        pipeline_of("serch")


def test_what_is_no_profile_is_said_so() -> None:
    with pytest.raises(TypeError, match="a profile is a name, a pass or a pipeline, not int"):
        pipeline_of(5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bridge", "package", "extra"),
    [
        ("arrow", "pyarrow", "arrow"),
        ("pandas", "pandas", "pandas"),
        ("polars", "polars", "polars"),
        ("duckdb", "duckdb", "duckdb"),
    ],
)
def test_a_missing_package_names_its_extra(bridge: str, package: str, extra: str) -> None:
    said = without(package, IMPORT.format(bridge=bridge))
    assert said == f"{extra} this needs the package {package!r}: pip install 'arnorm[{extra}]'\n"


def test_duckdb_without_pyarrow_names_the_extra_that_has_both() -> None:
    pytest.importorskip("duckdb")
    assert without("pyarrow", IMPORT.format(bridge="duckdb")).startswith("duckdb this needs the package 'pyarrow'")
