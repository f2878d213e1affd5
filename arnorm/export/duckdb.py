"""A scalar macro of DuckDB 1.3 or newer.

DuckDB's regular expressions (RE2) cannot look around: what stands beside a match is matched and put back. A pass is
refused where that could hide one match from another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby
from typing import TypeAlias

from arnorm.core import Composable
from arnorm.errors import NotExpressibleError
from arnorm.export.guards import Guarded, Need, StepOrGuarded, asked_first, guarded, writes_keys
from arnorm.export.lowering import lowered
from arnorm.export.patterns import Dialect, comment, each_of, pieces
from arnorm.export.sets import CharSet
from arnorm.export.sql import identifier
from arnorm.export.steps import Run, Side, Squeeze, Step, Sub, Table, ToForm

__all__ = ["macro", "written"]


def macro(pipeline: Composable, name: str = "arnorm") -> str:
    """The statement that makes a macro called *name*, of one text. Raises `NotExpressibleError`.

    >>> from arnorm import passes
    >>> print(macro(passes.fold_teh_marbuta, "fold"))
    CREATE OR REPLACE MACRO "fold"(t) AS
      list_transform([t::VARCHAR],
      lambda s: CASE WHEN regexp_matches(s, '[\\x{629}]') THEN
        translate(s, 'ة', 'ه') -- fold_teh_marbuta
      ELSE s END)[1];
    <BLANKLINE>
    """
    steps = lowered(pipeline, "duckdb")
    whole, found = guarded(steps), asked_first(steps)
    body = _asked_first("t::VARCHAR", whole, *found) if found else _chain("t::VARCHAR", whole, "\n  ")
    return f"CREATE OR REPLACE MACRO {identifier(name)}(t) AS\n  {body};\n"


written = macro

#: What stands before and behind a text in an expression of it.
BeforeAndAfter: TypeAlias = tuple[str, str]


def _asked_first(text: str, whole: Sequence[StepOrGuarded], need: Need, table: Mapping[str, str]) -> str:
    """*text* through *whole* where it holds what *need* says, else through *table* alone, as ordinary text goes."""
    line = "\n      "
    inner = _chain("s", whole, line).rstrip() + line
    short = _chain("s", [Table("ordinary text", table)], line).rstrip() + (line if table else " ")
    asked = f"CASE WHEN {_found('s', need.pattern(_RE2.set))} THEN{line}{inner}ELSE {short}END"
    start, end = _of_s(asked, "\n  ")
    return start + text + end


def _chain(text: str, parts: Sequence[StepOrGuarded], line: str, *, guarded: bool = False) -> str:
    """*text* through *parts*; of one that is *guarded* already, only several steps get a guard of their own."""
    for part in parts:
        if isinstance(part, Guarded) and guarded and len(part.parts) == 1:
            text = _chain(text, part.parts, line, guarded=True)
        elif isinstance(part, Guarded):
            inner = _chain("s", part.parts, line + "  ", guarded=True).rstrip() + line
            start, end = _of_s(
                f"CASE WHEN {_found('s', part.need.pattern(_RE2.set))} THEN{line}  {inner}ELSE s END", line
            )
            text = start + text + end
        else:
            for start, end in _around(part):
                text = f"{start}{text}{end} -- {comment(part.name)}{line}"
    return text


def _of_s(expression: str, line: str = " ") -> BeforeAndAfter:
    """A function of a list of one text, so that what speaks of s more than once does not do twice what was before."""
    return "list_transform([", f"],{line}lambda s: {expression})[1]"


def _found(text: str, pattern: str) -> str:
    return f"regexp_matches({text}, {_text(pattern)})"


def _around(step: Step) -> Iterator[BeforeAndAfter]:
    match step:
        case Table():
            yield from _table(step)
        case ToForm(form="NFC"):
            # It takes a NUL for the end of the text; nothing composes with one.
            each = "lambda p: nfc_normalize(p)"
            yield "array_to_string(list_transform(string_split(", f", chr(0)), {each}), chr(0))"
        case ToForm():
            raise NotExpressibleError(step.name, "duckdb", f"it normalizes to NFC only, not to {step.form}")
        case Squeeze():
            runs = "|".join(f"{_RE2.set(CharSet.of(c))}{{{step.least},}}" for c in each_of(step, "duckdb"))
            pattern = f"{runs}|{_RE2.set(step.chars)}|{_RE2.set(~step.chars)}+"
            short = f"CASE WHEN {_found('p', f'^(?:{runs})$')} THEN left(p, {step.most}) ELSE p END"
            yield _each_piece(f"({runs})", pattern, short)
        case Run():
            pattern, chosen = pieces(_RE2, step)
            new = f"CASE WHEN {_found('p', chosen)} THEN {'p'.join(_translated(step.table))} ELSE p END"
            yield _each_piece(_RE2.set(CharSet.of(step.table)), pattern, new)
        case Sub():
            yield from [_replaced(_consuming(step), _template(step))] * _times(step)


def _replaced(pattern: str, new: str) -> BeforeAndAfter:
    return "regexp_replace(", f", {_text(pattern)}, {_text(new)}, 'g')"


def _consuming(step: Sub) -> str:
    """The pattern, with what stands beside it as groups."""
    return _beside(step.before, "^") + _RE2.key(step) + _beside(step.after, "$")


def _beside(side: Side | None, edge: str) -> str:
    if side is None:
        return ""
    return f"({edge}|{_RE2.set(side.chars)})" if side.edge else f"({_RE2.set(side.chars)})"


def _template(step: Sub) -> str:
    first = 1 + bool(step.before)
    groups = len({part for part in step.template if isinstance(part, int)})
    before = "\\1" if step.before else ""
    after = f"\\{first + groups}" if step.after else ""
    return before + _RE2.template(step, first) + after


def _times(step: Sub) -> int:
    """How often to replace, so that a match whose neighbour belongs to the match before it is found: once or twice.

    Once, where no neighbour can belong to two matches. Twice, where the second turn finds nothing that was no match
    before: what the first has put can be no part of a match, nor turn what is beside it into one.
    """
    before = step.before.chars if step.before else CharSet()
    after = step.after.chars if step.after else CharSet()
    # The next match may begin right behind this one, with what stands behind it, or one character further on.
    beside = bool(step.last & before or not step.before) and bool(after & step.first or not step.after)
    if not (beside and (step.before or step.after)) and not after & before:
        return 1
    key = CharSet()
    for item in step.items:
        key |= item.chars
    if not step.before or key & before or not _is_final(step, key, before, after):
        raise NotExpressibleError(step.name, "duckdb", "it looks around, and one match may hide the next from RE2")
    return 2


def _is_final(step: Sub, key: CharSet, before: CharSet, after: CharSet) -> bool:
    """Whether what is put can be no match: nothing, where none can follow; or a text that parts what stays."""
    if not step.template:
        return not after & step.first
    head, new, tail = step.kept
    if not new or CharSet.of(new) & key or new[-1] in before:
        return False
    return head + tail == 0 or (head + tail == len(step.items) and (tail > 0 or new[0] not in after))


def _table(step: Table) -> Iterator[BeforeAndAfter]:
    """A search for all characters of one value, where they are many; the others by `translate` or looked up."""
    table = dict(step.table)
    if not writes_keys(table):
        for value in dict.fromkeys(table.values()):
            same = CharSet.of(key for key in table if table[key] == value)
            if len(same) > _FEW:
                yield _replaced(_RE2.set(same), _RE2.literal(value))
                table = {key: new for key, new in table.items() if new != value}
        if sum(len(value) > 1 for value in table.values()) <= _FEW:
            if table:
                yield _translated(table)
            return
    keys = CharSet.of(table)
    yield _each_piece(_RE2.set(keys), f"{_RE2.set(keys)}|{_RE2.set(~keys)}+", f"coalesce({_looked_up(table)}, p)")


_FEW = 12  # literals and calls of one step: each is an expression, which every query plans anew


def _looked_up(table: Mapping[str, str]) -> str:
    """The value of the piece p, which is a key or holds none; keys and values are one literal each."""
    between = next(_not_in("".join(table.values())))
    return f"string_split({_text(between.join(table.values()))}, {_text(between)})[strpos({_text(''.join(table))}, p)]"


def _not_in(text: str) -> Iterator[str]:
    """Characters that can be seen and are not in *text*."""
    return (c for c in map(chr, count(ord("!"))) if c not in text and c not in _UNSEEN)


def _each_piece(guard: str, pattern: str, new: str) -> BeforeAndAfter:
    """Cut the text by *pattern*, where it has a match of *guard*, and join what *new* makes of each piece."""
    cut = f"regexp_extract_all(s, {_text(pattern)})"
    joined = f"array_to_string(list_transform({cut}, lambda p: {new}), '')"
    return _of_s(f"CASE WHEN {_found('s', guard)} THEN {joined} ELSE s END")


def _translated(table: Mapping[str, str]) -> BeforeAndAfter:
    longer = {key: value for key, value in table.items() if len(value) > 1}
    start, end = "replace(" * len(longer), "".join(f", {_text(key)}, {_text(new)})" for key, new in longer.items())
    ordered = sorted((p for p in table.items() if len(p[1]) < 2), key=lambda pair: not pair[1])  # deleted: at the end
    if not ordered:
        return start, end
    new = _text("".join(value for _, value in ordered))
    return f"translate({start}", f"{end}, {_text(''.join(key for key, _ in ordered))}, {new})"


def _text(text: str) -> str:
    """A literal; what cannot be seen in one is written as a number, by way of a stand-in where it comes often."""
    unseen = "".join(dict.fromkeys(c for c in text if c in _UNSEEN))
    if sum(c in unseen for c in text) > _FEW > len(unseen):
        stand_ins = dict(zip(unseen, _not_in(text), strict=False))
        shown = "".join(stand_ins.get(c, c) for c in text)
        return f"translate({_text(shown)}, {_text(''.join(stand_ins.values()))}, {_text(unseen)})"
    parts: list[str] = []
    for hidden, run in groupby(text, lambda c: c in _UNSEEN):
        found = "".join(run)
        parts += [f"chr({ord(c)})" for c in found] if hidden else ["'" + found.replace("'", "''") + "'"]
    return f"({' || '.join(parts)})" if len(parts) > 1 else "".join(parts) or "''"


# Written out, so that every Python writes the same: controls, spaces, what is invisible or turns the direction.
_UNSEEN = CharSet.spanning([(0, 0x1F), (0x7F, 0xA0), (0xAD, 0xAD), (0x61C, 0x61C), (0x1680, 0x1680), (0x180E, 0x180E),
                            (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x3000, 0x3000),
                            (0xD800, 0xDFFF), (0xFEFF, 0xFEFF)])  # fmt: skip
_RE2 = Dialect(escape=lambda n: f"\\x{{{n:x}}}", literal=lambda text: text.replace("\\", "\\\\"), group="\\{}")
