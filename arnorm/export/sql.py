"""What PostgreSQL and DuckDB have in common: names, and tables as `translate` and a lookup."""

from __future__ import annotations

from collections.abc import Mapping

from arnorm.errors import InvalidPassError


def identifier(name: str, longest: int | None = None) -> str:
    """*name* as a quoted identifier of at most *longest* bytes.

    >>> print(identifier('my "own" f'))
    "my ""own"" f"
    """
    if not name or any(c == "\0" or "\ud800" <= c <= "\udfff" for c in name):
        raise InvalidPassError(
            f"{name!r} cannot be the name of a function: it is empty, or holds a NUL or a lone surrogate"
        )
    if longest is not None and len(name.encode()) > longest:
        raise InvalidPassError(f"{name!r} cannot be the name of a function: it has more than {longest} bytes")
    return '"' + name.replace('"', '""') + '"'


def parted(table: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The part of *table* that is looked up piece by piece, and the part that `translate` does behind it.

    Words are looked up, letters translated; where a word holds a letter of the table, all of it is looked up.

    >>> parted({"ﻻ": "لا", "ـ": "", "ى": "ي"})
    ({'ﻻ': 'لا'}, {'ـ': '', 'ى': 'ي'})
    """
    words = {key: value for key, value in table.items() if len(value) > 1}
    letters = {key: value for key, value in table.items() if len(value) < 2}
    if any(c in letters for value in words.values() for c in value):
        return dict(table), {}
    return words, letters
