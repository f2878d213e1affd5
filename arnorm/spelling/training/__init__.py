"""Build a model from plain text: counts, weights and judge.

    arnorm train a.txt.xz b.txt.gz -o my.model

Needs numpy (``pip install arnorm[train]``). The same text gives the same bytes. `fitting` has the stages in order;
each of the other modules fits what the module of the same name in `arnorm.spelling.model` asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike

from arnorm.errors import MissingPackageError


def train(
    paths: Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    progress: Callable[[str, float], None] | None = None,
    hold_out: float = 0.0,
    least: int = 6,
) -> None:
    """Train on *paths* (plain, .gz, .xz or .zst text, one paragraph a line) and write the model to *out*.

    A word must occur *least* times to be known. The first *hold_out* of each file's lines are left out,
    to measure on. *progress* is called with the name of the stage and how much of it is done.
    """
    try:
        import numpy  # noqa: F401
    except ImportError:
        raise MissingPackageError("numpy", "train") from None
    from arnorm.spelling.training.fitting import Local, fit

    tell = progress or (lambda stage, done: None)
    fit(Local(paths, hold_out, tell), out, tell, least)
