"""What there is to decide in a text, word by word: what the playground and the pages of ``--html`` show.

A finding is a plain dictionary, ready for JSON: ``start`` and ``end`` in the text, ``before``, ``after``, ``kind`` (of
a repair, or "pass"), ``decision`` ("change" or "suggest"), ``score``, ``other`` (the next best reading),
``passes`` and ``codes``. Offsets count UTF-16 units, as browsers do.

>>> from arnorm import passes
>>> [(f["before"], f["after"]) for f in of_trace(passes.strip_tatweel.trace("كتـــاب"))]
[('كتـــاب', 'كتاب')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

from arnorm import render
from arnorm.profiles import profile
from arnorm.repairer import Repairer
from arnorm.trace import Change, Replacement, Trace, apply

#: The kind of a finding that passes made, not a repairer.
PASS = "pass"


class _Group(NamedTuple):
    """A stretch of the cleaned text: its edits, and what is proposed within it."""

    start: int
    end: int
    edits: list[Change]
    plan: list[Change]


def of_trace(trace: Trace) -> list[dict[str, Any]]:
    """The findings of a *trace*: its edits, those of one word together."""
    place = places(trace.source)
    return [_of_change(trace, change, place) for change in render.changes(trace)]


def beside(trace: Trace, suggestions: Trace | None) -> list[dict[str, Any]]:
    """The findings of a *trace*, and where nothing is changed those of another of the same text, as *suggestions*."""
    made = of_trace(trace)
    more = [] if suggestions is None else of_trace(suggestions)
    free = [each for each in more if not any(m["start"] < each["end"] and each["start"] < m["end"] for m in made)]
    return sorted(made + [each | {"decision": "suggest"} for each in free], key=lambda each: each["start"])


def reviewed(text: str, repairer: Repairer) -> list[dict[str, Any]]:
    """What cleaning and repair would change in *text*, and what is only suggested."""
    trace = _clean().trace(text)
    return planned(trace, repairer.plan(trace.text))


@cache
def _clean() -> Any:
    return profile("clean.v1")


def planned(trace: Trace, plan: Sequence[Change]) -> list[dict[str, Any]]:
    """The findings of a text that was first cleaned, as *trace* tells, and for which there is a *plan* then."""
    place = places(trace.source)
    out, grown = [], 0
    for group in _groups(trace, plan):
        start = group.start + grown
        grown += sum(len(edit.before) - len(edit.after) for edit in group.edits)
        out.append(_of_group(trace, group, start, group.end + grown, place))
    return out


def _groups(trace: Trace, plan: Sequence[Change]) -> list[_Group]:
    """Changes and what repair plans for the cleaned text, joined where they overlap: one finding for each."""
    items = [_Group(*change.output, list(change.edits), []) for change in render.changes(trace)]
    items += [_Group(r.start, r.end, [], [r]) for r in plan]
    groups: list[_Group] = []
    for item in sorted(items, key=lambda item: item[:2]):
        if groups and item.start < groups[-1].end:
            last = groups.pop()
            item = _Group(last.start, max(last.end, item.end), last.edits + item.edits, last.plan + item.plan)
        groups.append(item)
    return groups


def _of_group(trace: Trace, group: _Group, start: int, end: int, place: Callable[[int], int]) -> dict[str, Any]:
    """What is shown of a *group*, from *start* to *end* in the source; *place* gives the offsets asked for."""
    clean = trace.text[group.start : group.end]
    before = trace.source[start:end]
    made = [r for r in group.plan if r.decision == "replace"]
    meant = _applied(clean, group.plan, group.start)
    after = meant if made == group.plan or not group.edits else _applied(clean, made, group.start)
    reason = next(iter(made or group.plan), None)
    decision = "change" if made or group.edits else "suggest"
    passes = _passes(group.edits)
    if reason is None:
        return _finding(place(start), place(end), before, after, passes=passes, codes=_codes(group.edits))
    return _finding(
        place(start), place(end), before, after, kind=reason.kind, decision=decision, score=round(reason.score, 4),
        other=meant if meant != after else reason.runner_up if len(group.plan) == 1 else "", passes=passes,
    )  # fmt: skip


def _applied(clean: str, plan: Iterable[Change], start: int) -> str:
    """The cleaned words, which begin at *start*, with all of a *plan*, also what is only suggested."""
    return apply(clean, [Replacement(r.start - start, r.end - start, r.after) for r in plan])


def _of_change(trace: Trace, change: render.Group, place: Callable[[int], int]) -> dict[str, Any]:
    """What is shown of a *change*: by the repair that judged it, or by the passes that made it."""
    (start, end), output = change.source, slice(*change.output)
    judged = next((edit for edit in change.edits if edit.kind), None)
    kind, score, other = (judged.kind, judged.score, judged.runner_up) if judged else (PASS, None, "")
    codes = "" if judged else _codes(change.edits)
    return _finding(
        place(start), place(end), trace.source[start:end], trace.text[output], kind=kind, score=score, other=other,
        passes=_passes(change.edits), codes=codes,
    )  # fmt: skip


def _finding(start: int, end: int, before: str, after: str, **about: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"kind": PASS, "decision": "change", "score": None, "other": "", "passes": [], "codes": ""}
    return {"start": start, "end": end, "before": before, "after": after, **usual, **about}


def _passes(edits: Iterable[Change]) -> list[str]:
    return list(dict.fromkeys(name for edit in edits for name in edit.passes))


def _codes(edits: Sequence[Change]) -> str:
    """The characters of the first edit: of one or two the names, of more the numbers."""
    if not edits:
        return ""
    more = " …" if len(edits) > 1 else ""
    return f"{_named(edits[0].before)} → {_named(edits[0].after)}{more}"


def _named(text: str) -> str:
    if not text:
        return "nothing"
    return " + ".join(map(render.name_of, text)) if len(text) <= 2 else render.codes(text, 6)


def places(text: str) -> Callable[[int], int]:
    """Where a code point of *text* begins in UTF-16."""
    if text.isascii() or max(text) <= "\uffff":
        return int
    return [0, *accumulate(1 + (character > "\uffff") for character in text)].__getitem__
