"""What PostgreSQL and DuckDB have in common: names."""

from __future__ import annotations

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
