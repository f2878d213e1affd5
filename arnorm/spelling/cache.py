"""A cache of bounded size, for what is worked out again and again."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Cache(dict[Key, Value]):
    """What `work` returned for the latest keys, no more than `most` of them; ``cache[key]`` works out what is missing.

    When it is full the older half goes, so that what is frequent is soon back and nothing stops for long.

    >>> lengths = Cache(len, 2)
    >>> [lengths[word] for word in ("a", "bb", "a", "ccc")], sorted(lengths), lengths.missed
    ([1, 2, 1, 3], ['bb', 'ccc'], 3)
    """

    def __init__(self, work: Callable[[Key], Value], most: int) -> None:
        super().__init__()
        self._work = work
        self._most = most
        #: How often something had to be worked out.
        self.missed = 0

    def __missing__(self, key: Key) -> Value:
        found = self._work(key)
        self.missed += 1
        if len(self) >= self._most:
            for old in list(islice(self, (self._most + 1) // 2)):
                self.pop(old, None)
        self[key] = found
        return found
