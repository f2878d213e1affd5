"""For tests of your own: are two Arabic strings the same, and if not, where do they differ, with what cannot be seen.

>>> assert_same("إلى  المدرسة", "إلى المدرسة")
Traceback (most recent call last):
...
AssertionError: not the same text
    got: إلى␣␣المدرسة
 wanted: إلى␣المدرسة
   diff: إلى[-␣-] المدرسة
  where: U+0020 → nothing
"""

from __future__ import annotations

from arnorm import render
from arnorm.align import replacements_between
from arnorm.core import Joinable
from arnorm.errors import text_of
from arnorm.literals import ProfileName
from arnorm.profiles import normalize
from arnorm.trace import Trace, apply, link, trace_of

__all__ = ["assert_same", "same"]


def same(a: str, b: str, profile: ProfileName | Joinable | None = "search") -> bool:
    """Whether *a* and *b* are the same text once normalized by *profile*; None compares them as they are.

    Raises `UnknownNameError` for a profile that does not exist, `TypeError` for what is no text.

    >>> same("المدرسةُ", "المدرسه"), same("المدرسةُ", "المدرسه", "clean")
    (True, False)
    """
    if profile is None:
        return text_of(a, "same") == text_of(b, "same")
    return normalize(a, profile) == normalize(b, profile)


def assert_same(got: str, wanted: str, profile: ProfileName | Joinable | None = None) -> None:
    """Raise `AssertionError` where the texts differ, showing both, their difference and its code points.

    *profile* normalizes both first, if given. What cannot be seen is drawn: a space as ␣, others by name, ⟨ZWNJ⟩.
    `TypeError` for what is no text.

    >>> assert_same("المدرسةُ", "المدرسه", "search")
    """
    __tracebackhide__ = True
    if profile is not None:
        got, wanted = normalize(got, profile), normalize(wanted, profile)
    if text_of(got, "assert_same") != text_of(wanted, "assert_same"):
        raise AssertionError(_explained(_between(got, wanted)))


def _between(got: str, wanted: str) -> Trace:
    replacements = replacements_between(got, wanted)
    return trace_of(got, apply(got, replacements), link("difference", replacements))


def _explained(trace: Trace) -> str:
    """What the two texts of *trace* look like, and where they differ, with what cannot be seen by its name."""
    changes = render.changes(trace)
    lines = [
        "not the same text",
        f"    got: {render.drawn(trace.source)}",
        f" wanted: {render.drawn(trace.text)}",
        f"   diff: {render.ansi(trace, color=False)}",
        *(f"  where: {_difference(change)}" for change in changes[:_SHOWN]),
    ]
    return "\n".join([*lines, f"and {len(changes) - _SHOWN} more"] if len(changes) > _SHOWN else lines)


def _difference(change: render.Group) -> str:
    before, _, after = render.difference(change).partition(" → ")
    return f"{before or 'nothing'} → {after or 'nothing'}"


#: So many places are explained; more would bury the first.
_SHOWN = 5
