"""Finds what changed between two texts, in time linear in both.

Only `arnorm.core.Custom` needs it: every other pass says itself what it replaces. The texts are expected to be
alike; where they differ, the nearest point at which they agree again is looked for within a window. A text
rewritten beyond that is one replacement, which is coarse and still true.
"""

from __future__ import annotations

from arnorm.trace import Replacement

_WINDOW = 48  # how far apart, in characters of both texts together, a difference may reach: some eight words
_AGREE = 3  # this many equal characters count as agreeing again


def replacements_between(before: str, after: str) -> list[Replacement]:
    """Replacements that turn *before* into *after*.

    >>> [r[:3] for r in replacements_between("قال إن", "قال ان")]
    [(4, 5, 'ا')]
    """
    found: list[Replacement] = []
    stop_before, stop_after = _without_common_end(before, after)
    i = j = 0
    while i < stop_before or j < stop_after:
        i, j = _skip_equal(before, i, stop_before, after, j, stop_after)
        next_i, next_j = _agreement(before, i, stop_before, after, j, stop_after)
        found.append(Replacement(i, next_i, after[j:next_j]))
        i, j = next_i, next_j
    return found


def _without_common_end(before: str, after: str) -> tuple[int, int]:
    i, j = len(before), len(after)
    while i and j and before[i - 1] == after[j - 1]:
        i, j = i - 1, j - 1
    return i, j


def _skip_equal(before: str, i: int, stop_i: int, after: str, j: int, stop_j: int) -> tuple[int, int]:
    while i < stop_i and j < stop_j and before[i] == after[j]:
        i, j = i + 1, j + 1
    return i, j


def _agreement(before: str, i: int, stop_i: int, after: str, j: int, stop_j: int) -> tuple[int, int]:
    """The nearest pair of offsets from which the texts agree, or the ends of both."""
    for reach in range(1, _WINDOW):
        for skip in range(reach + 1):
            a, b = i + skip, j + reach - skip
            if a + _AGREE <= stop_i and b + _AGREE <= stop_j and before[a : a + _AGREE] == after[b : b + _AGREE]:
                return a, b
    return stop_i, stop_j
