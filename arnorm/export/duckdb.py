"""A scalar macro of DuckDB 1.3 or newer.

DuckDB's regular expressions (RE2) cannot look around: what stands beside a match is matched and put back. A pass is
refused where that could hide one match from another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arnorm.core import Composable
from arnorm.errors import NotExpressibleError
from arnorm.export.lowering import lowered
from arnorm.export.patterns import Dialect, comment, each_of, pieces
from arnorm.export.sets import CharSet
from arnorm.export.sql import identifier, parted
from arnorm.export.steps import Run, Side, Squeeze, Step, Sub, Table, ToForm

__all__ = ["macro", "written"]


def macro(pipeline: Composable, name: str = "arnorm") -> str:
    """The statement that makes a macro called *name*, of one text. Raises `NotExpressibleError`.

    >>> from arnorm import passes
    >>> print(macro(passes.fold_teh_marbuta, "fold"))
    CREATE OR REPLACE MACRO "fold"(t) AS
      list_transform(list_transform([t::VARCHAR],
      -- fold_teh_marbuta
      lambda s: translate(s, 'ة', 'ه')),
      lambda s: s)[1];
    <BLANKLINE>
    """
    lines = []
    for step in lowered(pipeline, "duckdb"):
        for expression in _expressions(step):
            lines.append(f"  -- {comment(step.name)}\n  lambda s: {expression}),\n")
    start = "  " + "list_transform(" * (len(lines) + 1) + "[t::VARCHAR],\n"
    return f"CREATE OR REPLACE MACRO {identifier(name)}(t) AS\n{start}{''.join(lines)}  lambda s: s)[1];\n"


written = macro


def _expressions(step: Step) -> Iterator[str]:
    match step:
        case Table():
            yield from _table(step)
        case ToForm(form="NFC"):
            # It takes a NUL for the end of the text; nothing composes with one.
            yield "array_to_string(list_transform(string_split(s, chr(0)), lambda p: nfc_normalize(p)), chr(0))"
        case ToForm():
            raise NotExpressibleError(step.name, "duckdb", f"it normalizes to NFC only, not to {step.form}")
        case Squeeze():
            runs = "|".join(f"{_RE2.set(CharSet.of(c))}{{{step.least},}}" for c in each_of(step, "duckdb"))
            pattern = f"{runs}|{_RE2.set(step.chars)}|{_RE2.set(~step.chars)}+"
            short = f"CASE WHEN regexp_matches(p, {_text('^(?:' + runs + ')$')}) THEN left(p, {step.most}) ELSE p END"
            yield _each_piece(f"({runs})", pattern, short)
        case Run():
            pattern, chosen = pieces(_RE2, step)
            new = f"CASE WHEN regexp_matches(p, {_text(chosen)}) THEN {_translated('p', step.table)} ELSE p END"
            yield _each_piece(_RE2.set(CharSet.of(step.table)), pattern, new)
        case Sub():
            yield from _sub(step)


def _sub(step: Sub) -> Iterator[str]:
    replaced = f"regexp_replace(s, {_text(_consuming(step))}, {_text(_template(step))}, 'g')"
    yield from [replaced] * _times(step)


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
    if not step.last & before and not after & (before if step.before else step.first):
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


def _table(step: Table) -> Iterator[str]:
    words, letters = parted(step.table)
    if words:
        keys = CharSet.of(words)
        pairs = ", ".join(f"{_text(key)}: {_text(value)}" for key, value in words.items())
        lookup = f"coalesce(element_at(MAP {{{pairs}}}, p)[1], p)"
        yield _each_piece(_RE2.set(keys), f"{_RE2.set(keys)}|{_RE2.set(~keys)}+", lookup)
    if letters:
        yield _translated("s", letters)


def _each_piece(guard: str, pattern: str, new: str) -> str:
    """Cuts the text by *pattern*, where it has a match of *guard*, and joins what *new* makes of each piece."""
    cut = f"regexp_extract_all(s, {_text(pattern)})"
    joined = f"array_to_string(list_transform({cut}, lambda p: {new}), '')"
    return f"CASE WHEN regexp_matches(s, {_text(guard)}) THEN {joined} ELSE s END"


def _translated(text: str, table: Mapping[str, str]) -> str:
    for key in [key for key, value in table.items() if len(value) > 1]:
        text = f"replace({text}, {_text(key)}, {_text(table[key])})"
    ordered = sorted((p for p in table.items() if len(p[1]) < 2), key=lambda pair: not pair[1])  # deleted: at the end
    return f"translate({text}, {_text(''.join(k for k, _ in ordered))}, {_text(''.join(v for _, v in ordered))})"


def _text(text: str) -> str:
    """A literal; what cannot be seen in one is written as a number."""
    parts: list[str] = []
    plain = ""
    for c in text:
        if c not in _UNSEEN:
            plain += c.replace("'", "''")
        else:
            parts += ([f"'{plain}'"] if plain else []) + [f"chr({ord(c)})"]
            plain = ""
    parts += [f"'{plain}'"] if plain or not parts else []
    return parts[0] if len(parts) == 1 else f"({' || '.join(parts)})"


# Written out, so that every Python writes the same: controls, spaces, what is invisible or turns the direction.
_UNSEEN = CharSet.spanning([(0, 0x1F), (0x7F, 0xA0), (0xAD, 0xAD), (0x61C, 0x61C), (0x1680, 0x1680), (0x180E, 0x180E),
                            (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x3000, 0x3000),
                            (0xD800, 0xDFFF), (0xFEFF, 0xFEFF)])  # fmt: skip
_RE2 = Dialect(escape=lambda n: f"\\x{{{n:x}}}", literal=lambda text: text.replace("\\", "\\\\"), group="\\{}")
