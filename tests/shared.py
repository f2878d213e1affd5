"""What takes long to make, made once for all workers of a run that tests side by side."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder *name* as *make* has filled it: the first worker to ask makes it, and the others wait for it."""
    base = factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done = shared.with_suffix(".done")
    try:
        shared.mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.1)
    else:
        try:
            make(shared)
        finally:
            done.touch()
    return shared
