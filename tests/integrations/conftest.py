"""Where every package has to be there (``INTEGRATIONS=all``), a skipped test is a failed one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest


def _must_run(report: Any) -> Any:
    if os.environ.get("INTEGRATIONS") == "all" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    return _must_run((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    return _must_run((yield))
