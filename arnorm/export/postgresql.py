"""A function of PostgreSQL 13 or newer, for a database in UTF-8: for queries, generated columns and indexes.

It is IMMUTABLE, so an index can be built on it; build that anew when PostgreSQL's version of Unicode rises and the
pipeline normalizes Unicode. Text in PostgreSQL holds no NUL and no lone surrogate, so nothing is said of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from arnorm.core import Composable
from arnorm.errors import NotExpressibleError
from arnorm.export.guards import Guarded, StepOrGuarded, asked_first, guarded, writes_keys
from arnorm.export.lowering import lowered
from arnorm.export.patterns import Dialect, comment, pieces, searched
from arnorm.export.sets import CharSet
from arnorm.export.sql import identifier
from arnorm.export.steps import Run, Squeeze, Step, Sub, Table, ToForm

__all__ = ["function", "written"]

_HEAD = """\
CREATE OR REPLACE FUNCTION {name}(t text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS {quote}
DECLARE
  s text COLLATE "C" := t;{loop}
BEGIN
"""
_TAIL = """\
  RETURN s;
END
{quote};
"""
#: Bytes of a name; PostgreSQL cuts a longer one short, and two names may become one.
_LONGEST_NAME = 63


def function(pipeline: Composable, name: str = "arnorm") -> str:
    """The statement that makes a function called *name*, from text to text, in ASCII. Raises `NotExpressibleError`.

    >>> from arnorm import passes
    >>> print(function(passes.fold_teh_marbuta | passes.strip_tatweel, "fold"))
    CREATE OR REPLACE FUNCTION "fold"(t text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $arnorm$
    DECLARE
      s text COLLATE "C" := t;
    BEGIN
      IF s ~ E'[\\\\u0640]' THEN
        -- fold_teh_marbuta, strip_tatweel
        s := replace(s, E'\\u0640', E'');
      END IF;
      IF s ~ E'[\\\\u0629]' THEN
        -- fold_teh_marbuta, strip_tatweel
        s := replace(s, E'\\u0629', E'\\u0647');
      END IF;
      RETURN s;
    END
    $arnorm$;
    <BLANKLINE>
    """
    body = "".join(f"  {line}\n" for line in _asked_first(lowered(pipeline, "postgresql")))
    quote = _quote(body)
    loop = '\n  k text COLLATE "C";' if "  FOR k IN" in body else ""
    return _HEAD.format(name=identifier(name, _LONGEST_NAME), quote=quote, loop=loop) + body + _TAIL.format(quote=quote)


written = function


def _quote(body: str) -> str:
    """What stands around *body*: a tag that nothing in it is, for a table of a user may hold any.

    >>> _quote("RETURN s;"), _quote("translate(s, 'x', '$arnorm$; DROP TABLE x; --')")
    ('$arnorm$', '$arnorm1$')
    """
    tags = (f"$arnorm{number or ''}$" for number in count())
    return next(tag for tag in tags if tag not in body)


def _asked_first(steps: Sequence[Step]) -> Iterator[str]:
    """*steps*, but for ordinary text the table that is enough for it."""
    found = asked_first(steps)
    if found is None:
        yield from (line for part in guarded(steps) for line in _lines(part))
        return
    need, table = found
    yield f"IF s ~ {_text(need.pattern(_ARE.set))} THEN"
    yield from (f"  {line}" for part in guarded(steps) for line in _lines(part))
    if table:
        yield "ELSE"
        yield from (f"  {line}" for part in guarded([Table("ordinary text", table)]) for line in _lines(part))
    yield "END IF;"


def _lines(part: StepOrGuarded) -> Iterator[str]:
    if isinstance(part, Guarded):
        yield f"IF s ~ {_text(part.need.pattern(_ARE.set))} THEN"
        yield from (f"  {line}" for inner in part.parts for line in _lines(inner))
        yield "END IF;"
    else:
        yield f"-- {comment(part.name)}"
        yield from _statements(part)


def _statements(step: Step) -> Iterator[str]:
    match step:
        case Table():
            yield from _table(step)
        case ToForm():
            yield f"IF s IS NOT {step.form} NORMALIZED THEN s := normalize(s, {step.form}); END IF;"
        case Squeeze():
            pattern = f"({_ARE.set(step.chars)})\\1{{{step.least - 1},}}"
            yield _replace(pattern, r"\1" * step.most)
        case Run():
            pattern, chosen = pieces(_ARE, step)
            new = f"CASE WHEN p[1] ~ {_text(chosen)} THEN {_translated('p[1]', step.table)} ELSE p[1] END"
            yield from _each_piece(_ARE.set(CharSet.of(step.table)), pattern, new)
        case Sub():
            yield _held(step, _replace(*searched(_ARE, step)))


def _replace(pattern: str, new: str) -> str:
    return f"s := regexp_replace(s, {_text(pattern)}, {_text(new)}, 'g');"


def _held(step: Sub, statement: str) -> str:
    """*statement*, where the text has a character that every match holds: PostgreSQL keeps few patterns compiled."""
    needed = min((item.chars for item in step.items if item.least), key=len)
    if len(needed) > _FEW:
        return statement
    return f"IF {' OR '.join(f'strpos(s, {_text(c)}) > 0' for c in needed)} THEN {statement} END IF;"


#: Characters that are looked for one by one, at most; chosen, since each is a search of its own.
_FEW = 4


def _each_piece(guard: str, pattern: str, new: str) -> Iterator[str]:
    """Cut the text by *pattern*, where it has a match of *guard*, and join what *new* makes of each piece."""
    yield f"IF s ~ {_text(guard)} THEN"
    yield f"  s := (SELECT string_agg({new}, '' ORDER BY n)"
    yield f"    FROM regexp_matches(s, {_text(pattern)}, 'g') WITH ORDINALITY AS m(p, n));"
    yield "END IF;"


def _table(step: Table) -> Iterator[str]:
    """`replace` for a few characters, or for those of many that the text has; `translate` scans its list for each."""
    table = {key: value for key, value in step.table.items() if _storable(key)}
    if not all(map(_storable, table.values())):
        raise NotExpressibleError(step.name, "postgresql", "it writes a NUL, which no text holds")
    if writes_keys(table):
        keys = CharSet.of(table)
        yield from _each_piece(_ARE.set(keys), f"{_ARE.set(keys)}|{_ARE.set(~keys)}+", _looked_up("p[1]", table))
    elif len(table) <= _FEW_KEYS:
        yield from (f"s := replace(s, {_text(key)}, {_text(value)});" for key, value in table.items())
    else:
        yield from _many(table)


_FEW_KEYS = 12  # a `replace` takes as long as `translate` for one character of its list, and a search a quarter of it


def _many(table: Mapping[str, str]) -> Iterator[str]:
    deleted = CharSet.of(key for key, value in table.items() if not value)
    new = {key: value for key, value in table.items() if value}
    if deleted:
        yield _replace(_ARE.set(deleted) + "+", "")
    if new:
        found = f"regexp_matches(s, {_text(_ARE.set(CharSet.of(new)))}, 'g')"
        yield f"FOR k IN SELECT DISTINCT m[1] FROM {found} AS m LOOP"
        yield f"  s := replace(s, k, {_looked_up('k', new)});"
        yield "END LOOP;"


def _looked_up(key: str, table: Mapping[str, str]) -> str:
    return f"coalesce({_text(json.dumps(table, ensure_ascii=False))}::jsonb ->> {key}, {key})"


def _translated(text: str, table: Mapping[str, str]) -> str:
    for key in [key for key, value in table.items() if len(value) > 1]:
        text = f"replace({text}, {_text(key)}, {_text(table[key])})"
    ordered = sorted((p for p in table.items() if len(p[1]) < 2), key=lambda pair: not pair[1])  # deleted: at the end
    return f"translate({text}, {_text(''.join(k for k, _ in ordered))}, {_text(''.join(v for _, v in ordered))})"


def _storable(text: str) -> bool:
    return "\0" not in text


def _text(text: str) -> str:
    """A literal in ASCII, the same whatever the server's settings."""
    return "E'" + "".join(map(_in_literal, text)) + "'"


def _in_literal(c: str) -> str:
    if c in "\\'":
        return c * 2
    return c if " " <= c <= "~" else _escape(ord(c))


def _escape(n: int) -> str:
    return f"\\u{n:04x}" if n < 0x10000 else f"\\U{n:08x}"


_ARE = Dialect(escape=_escape, literal=lambda text: text.replace("\\", "\\\\"), group="\\{}")
