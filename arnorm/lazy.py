"""What is worked out when it is first asked for.

Patterns, so that importing a hundred passes compiles none, and values by their key, of which the latest are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Any, TypeVar, cast

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


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


class Cache(dict[_Key, _Value]):
    """What `work` returned for the latest keys, no more than `most` of them; ``cache[key]`` works out what is missing.

    When it is full the older half goes, so that what is frequent is soon back and nothing stops for long.

    >>> lengths = Cache(len, 2)
    >>> [lengths[word] for word in ("a", "bb", "a", "ccc")], sorted(lengths), lengths.missed
    ([1, 2, 1, 3], ['bb', 'ccc'], 3)
    """

    def __init__(self, work: Callable[[_Key], _Value], most: int) -> None:
        super().__init__()
        self._work = work
        self._most = most
        #: How often something had to be worked out.
        self.missed = 0

    def __missing__(self, key: _Key) -> _Value:
        found = self._work(key)
        self.missed += 1
        if len(self) >= self._most:
            for old in list(islice(self, (self._most + 1) // 2)):
                self.pop(old, None)
        self[key] = found
        return found
