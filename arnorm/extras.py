"""Packages that only some need: imported when asked for, with an error that names the extra."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from arnorm.errors import MissingPackageError

__all__ = ["require"]


def require(package: str, extra: str) -> Any:
    """The imported *package*, or `arnorm.MissingPackageError` that names *extra*.

    >>> require("json", "nothing").dumps("س", ensure_ascii=False)
    '"س"'
    >>> require("no_such_package", "spark")
    Traceback (most recent call last):
    ...
    arnorm.errors.MissingPackageError: this needs the package 'no_such_package': pip install 'arnorm[spark]'
    """
    try:
        return import_module(package)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != package.split(".")[0]:
            raise  # the package is there; something that it needs is not
        raise MissingPackageError(package, extra) from None
