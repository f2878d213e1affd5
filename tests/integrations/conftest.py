"""Where every package has to be there (``INTEGRATIONS=all``), a test skipped for want of one is a failed one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest

_WANTING = re.compile("could not import|needs Java|MissingPackageError")


def _must_run(report: Any) -> Any:
    if os.environ.get("INTEGRATIONS") == "all" and report.skipped and _WANTING.search(str(report.longrepr)):
        report.outcome = "failed"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    return _must_run((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    return _must_run((yield))
