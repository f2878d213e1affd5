"""Patterns that are compiled at their first use, so that importing a hundred passes compiles none."""

from __future__ import annotations

import re
from typing import Any, cast


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile(source, flags)`` gives, compiled when something is first asked of it.

    For arnorm's own patterns: a mistake in one shows at its first use. Once used it is as fast as any pattern.

    >>> lazy_pattern("[اأ]").sub("ا", "أحمد")
    'احمد'
    """
    return cast("re.Pattern[str]", _Lazy(source, flags))


class _Lazy:
    def __init__(self, source: str, flags: int) -> None:
        self._given = source, flags

    def __getattr__(self, name: str) -> Any:
        if name == "_given":  # not there while it is copied or unpickled
            raise AttributeError(name)
        value = getattr(re.compile(*self._given), name)
        setattr(self, name, value)  # and is not asked for here again
        return value
