"""What a repairer found in a text, for somebody to decide on; and files of decisions, which carry them out.

A file of decisions is what ``arnorm repair --json`` writes, or `Review.decisions`, with another word in ``decision``
where the reviewer thinks otherwise: "replace" makes a change, "keep" leaves it, and so does "suggest", which nobody
decided on. What is to be put there is ``after``, which may be changed too. No model is needed to carry them out.
``docs/reference/decisions.md`` describes the format.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from arnorm.errors import InvalidDecisionsError, text_of
from arnorm.render import fragment
from arnorm.trace import Change, Link, Replacement, Unit, apply, as_dicts, fit, link, shortened, trace_of

Accept: TypeAlias = (
    "Callable[[Change], object] | Iterable[int] | Mapping[int, str] | Decisions | str | os.PathLike[str] | None"
)


@dataclass(frozen=True)
class Review:
    """What `Repairer.review` found in a text, *source*: *changes* that it is sure enough of, and *suggestions*.

    >>> import arnorm
    >>> review = arnorm.Repairer("safe").review("سألت احمد عن المسئول هناك")
    >>> review.text
    'سألت أحمد عن المسئول هناك'
    >>> [(change.start, change.before, change.after) for change in review.suggestions]
    [(13, 'المسئول', 'المسؤول')]
    >>> review.apply(accept=[13])
    'سألت احمد عن المسؤول هناك'
    """

    source: str
    changes: tuple[Change, ...]
    suggestions: tuple[Change, ...]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Review {shortened(self.source)}: {len(self.changes)} changes, {len(self.suggestions)} suggestions>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the text with its changes and suggestions marked."""
        links: list[Link] = []
        for change, (start, end, low, high, _) in zip(self.all, link("", _made(self.all)), strict=True):
            links.append((start, end, low, high, ((change.decision, None),)))
        return fragment(trace_of(self.source, apply(self.source, _made(self.all)), links))

    @property
    def text(self) -> str:
        """The source with the changes made."""
        return self.apply()

    @property
    def changed(self) -> bool:
        """Whether the text is another than the source."""
        return bool(self.changes)

    @property
    def all(self) -> tuple[Change, ...]:
        """Changes and suggestions, by their place."""
        return tuple(sorted((*self.changes, *self.suggestions), key=lambda change: change.span))

    def apply(self, accept: Accept = None) -> str:
        """The source with those changes and suggestions made that *accept* names, and no others.

        *accept* is a function that is asked of each; or the ``start`` of each, by which a review knows it; or a
        mapping from ``start`` to what to put there instead; or a file of decisions, by its path or as `Decisions`.
        Without it, what the policy decided. Raises `InvalidDecisionsError` for a start at which there is nothing to
        decide, and for a file that is none.

        >>> import arnorm
        >>> review = arnorm.Repairer("safe").review("سألت احمد عن المسئول هناك")
        >>> review.apply(accept=lambda change: change.score > 0.5)
        'سألت أحمد عن المسؤول هناك'
        >>> review.apply(accept={5: "حمد"})
        'سألت حمد عن المسئول هناك'
        """
        if isinstance(accept, str | os.PathLike):
            accept = Decisions.read(accept)
        if isinstance(accept, Decisions):
            return accept(self.source)
        return apply(
            self.source, [Replacement(c.start, c.end, after) for c, after in self._decided(accept) if after is not None]
        )

    def decisions(self, accept: Accept = None) -> list[dict[str, Any]]:
        """What `apply` would do with the same *accept*, line by line, as JSON: a file of decisions for this text.

        A line on which there was nothing to decide is left out.

        >>> import arnorm
        >>> [line] = arnorm.Repairer("safe").review("السطر الأول\\nسألت احمد").decisions()
        >>> line["line"], line["source"], line["changes"][0]["start"], line["changes"][0]["decision"]
        (2, 'سألت احمد', 5, 'replace')
        """
        rows: dict[int, dict[str, Any]] = {}
        for change, after in self._decided(accept):
            start = self.source.rfind("\n", 0, change.start) + 1
            number = self.source.count("\n", 0, start) + 1
            text = self.source[start:].partition("\n")[0]
            row = rows.setdefault(number, {"line": number, "source": text, "changes": []})
            decided = {"decision": "keep"} if after is None else {"decision": "replace", "after": after}
            shown = change.as_dict() | decided | {"start": change.start - start, "end": change.end - start}
            del shown["output"]  # which depends on what the others become
            row["changes"].append(shown)
        return [*rows.values()]

    def as_dict(self, unit: Unit = "codepoint") -> dict[str, Any]:
        """Plain data for JSON, with places in *unit*, as `arnorm.Trace.as_dict` has them.

        >>> import arnorm
        >>> shown = arnorm.Repairer("safe").review("سألت احمد").as_dict("utf-8")
        >>> [(change["start"], change["end"], change["after"]) for change in shown["changes"]]
        [(9, 17, 'أحمد')]
        """
        listed = {
            name: as_dicts(changes, self.source, self.text, unit)
            for name, changes in (("changes", self.changes), ("suggestions", self.suggestions))
        }
        return {"source": self.source, "text": self.text, "unit": unit, **listed}

    def _decided(self, accept: Accept) -> Iterator[tuple[Change, str | None]]:
        """Everything that there is to decide, each with what is to be put there, or None."""
        if accept is None:
            accept = {change.start: change.after for change in self.changes}
        elif isinstance(accept, Decisions | str | os.PathLike):
            raise TypeError("decisions are made from a function or from starts, not from decisions")
        elif callable(accept):
            accept = {change.start: change.after for change in self.all if accept(change)}
        elif not isinstance(accept, Mapping):
            if isinstance(accept, bytes) or not isinstance(accept, Iterable):
                raise TypeError(f"accept is a function, starts, or a file of decisions, not {type(accept).__name__}")
            after = {change.start: change.after for change in self.all}
            accept = {start: after.get(start, "") for start in accept}
        if unknown := sorted(map(str, {*accept} - {change.start for change in self.all})):
            raise InvalidDecisionsError(f"there is nothing to decide at {', '.join(unknown)}")
        return ((change, accept.get(change.start)) for change in self.all)


def _made(changes: Iterable[Change]) -> list[Replacement]:
    return [Replacement(change.start, change.end, change.after) for change in changes]


class Decisions:
    """Decisions that somebody made: for each text what to put where. Called with a text, it carries them out.

    A text that it does not know it takes line by line, and a line that it does not know stays. ``used`` are the
    texts that it was asked for.

    >>> row = {"source": "سألت احمد", "changes": [
    ...     {"start": 5, "end": 9, "before": "احمد", "after": "أحمد", "decision": "replace"}]}
    >>> Decisions([row])("سألت احمد\\nكما ترى")
    'سألت أحمد\\nكما ترى'
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]], name: str = "decisions") -> None:
        self.used: set[str] = set()
        self._of: dict[str, list[Replacement]] = {}
        for number, row in enumerate(_listed(rows, name)):
            source, made = _read_row(row, f"{name}[{number}]")
            if self._of.setdefault(source, made) != made:
                raise InvalidDecisionsError(f"{name}[{number}]: two decisions on one text: {source!r:.80}")

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Decisions:
        """The decisions of a file: JSON, JSON lines, or a table (.csv, .tsv) with a row for each change.

        Raises `InvalidDecisionsError`, which says where, for a file that is none.
        """
        name = os.fspath(path)
        with open(path, encoding="utf-8-sig", newline="") as file:
            try:
                text = file.read()
            except UnicodeDecodeError as error:
                raise InvalidDecisionsError(f"{name} is not UTF-8 ({error.reason})") from error
        try:
            return cls(_parsed(name, text), name)
        except (json.JSONDecodeError, csv.Error, RecursionError) as error:
            raise InvalidDecisionsError(f"{name}: {error}") from error

    @property
    def unused(self) -> list[str]:
        """The texts with something to change that it was not asked for."""
        return [text for text, made in self._of.items() if made and text not in self.used]

    def __call__(self, text: str) -> str:
        if text_of(text, "decisions") in self._of or "\n" not in text:
            return apply(text, self.of(text))
        return "\n".join(apply(line, self.of(line)) for line in text.split("\n"))

    def of(self, text: str) -> list[Replacement]:
        """What to put where in *text*."""
        self.used.add(text)
        return self._of.get(text, [])


def _parsed(name: str, text: str) -> Any:
    """The decisions in *text*, of a file whose *name* says what it is: a table, JSON lines, or JSON of either kind."""
    if name.endswith((".csv", ".tsv")):
        return _from_table(csv.DictReader(io.StringIO(text), delimiter="\t" if name.endswith(".tsv") else ","))
    if name.endswith((".jsonl", ".ndjson")):
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    try:
        return json.loads(text)
    except json.JSONDecodeError:  # of `arnorm repair --json > decisions.json`, unless it is one line long
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2:
            raise
        try:
            return [json.loads(line) for line in lines]
        except json.JSONDecodeError:
            pass
        raise


def _from_table(rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    texts: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        change: dict[str, Any] = {**row}
        change |= {key: int(value) for key in ("start", "end") if (value := row.get(key) or "").isdigit()}
        texts.setdefault(row.get("source") or "", []).append(change)
    return [{"source": source, "changes": changes} for source, changes in texts.items()]


def _listed(rows: Any, name: str) -> Iterable[Any]:
    rows = [rows] if isinstance(rows, Mapping) else rows
    if isinstance(rows, str | bytes) or not isinstance(rows, Iterable):
        raise InvalidDecisionsError(f"{name}: decisions are a list of texts with their changes, not {rows!r:.80}")
    return rows


def _read_row(row: Any, place: str) -> tuple[str, list[Replacement]]:
    """A text, and what to put where in it; checked against the text, so that nothing is put in the wrong place."""
    if not isinstance(row, Mapping) or not isinstance(row.get("source"), str):
        raise InvalidDecisionsError(f"{place}: a text is given as its source with its changes, not {row!r:.80}")
    if row.get("unit", "codepoint") != "codepoint":
        raise InvalidDecisionsError(f"{place}: places are counted in code points, not {row['unit']!r:.80}")
    source = row["source"]
    decided: dict[tuple[int, int], str | None] = {}
    for key in ("changes", "suggestions"):
        changes = row.get(key, [])
        if not isinstance(changes, list | tuple):
            raise InvalidDecisionsError(f"{place}.{key} is a list, not {changes!r:.80}")
        for number, change in enumerate(changes):
            span, after = _read_change(change, source, f"{place}.{key}[{number}]")
            if decided.setdefault(span, after) != after:
                raise InvalidDecisionsError(f"{place}.{key}[{number}]: two decisions on one place")
    made = [Replacement(*span, after) for span, after in sorted(decided.items()) if after is not None]
    if not fit(made, 0, len(source)):
        raise InvalidDecisionsError(f"{place}: two of the changes to be made overlap")
    return source, made


_MADE = {"replace": True, "keep": False, "suggest": False}


def _read_change(change: Any, source: str, place: str) -> tuple[tuple[int, int], str | None]:
    """The place of a change, and what is to be put there, if it is to be made."""
    if not isinstance(change, Mapping):
        raise InvalidDecisionsError(f"{place}: a change is an object, not {change!r:.80}")
    for key, kind in (("start", int), ("end", int), ("before", str), ("after", str), ("decision", str)):
        if type(change.get(key)) is not kind:
            raise InvalidDecisionsError(f"{place}: {key!r} is of type {kind.__name__}, not {change.get(key)!r:.80}")
    start, end, before, after, decision = (change[key] for key in ("start", "end", "before", "after", "decision"))
    if decision not in _MADE:
        raise InvalidDecisionsError(f"{place}: a decision is {', '.join(_MADE)}; not {decision!r:.80}")
    if not 0 <= start <= end or source[start:end] != before:
        raise InvalidDecisionsError(
            f"{place}: at {start} to {end} there is {source[start:end]!r:.80}, not {before!r:.80}"
        )
    return (start, end), after if _MADE[decision] else None
