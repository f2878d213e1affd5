"""Steps as regular expressions, in the dialect of an engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from arnorm.errors import NotExpressibleError
from arnorm.export.sets import CharSet
from arnorm.export.steps import Item, Run, Side, Squeeze, Sub


def comment(name: str) -> str:
    """*name* as a comment: it is a user's, and ends no line and no string.

    >>> comment("fold\\n$$; DROP")
    'fold____ DROP'
    """
    return re.sub(r"[^\w ,.-]", "_", name, flags=re.ASCII)


@dataclass(frozen=True)
class Dialect:
    """How an engine writes a code point in a class, and in a replacement a literal text and the group of a number."""

    escape: Callable[[int], str]
    literal: Callable[[str], str]
    group: str

    def set(self, chars: CharSet) -> str:
        """A character class."""
        return chars.written(self.escape)

    def item(self, item: Item) -> str:
        """A class and its count."""
        counts = {(1, 1): "", (0, 1): "?", (0, None): "*", (1, None): "+"}
        count = f"{{{item.least},{'' if item.most is None else item.most}}}"
        count = f"{{{item.least}}}" if item.fixed else count
        return self.set(item.chars) + counts.get((item.least, item.most), count)

    def key(self, step: Sub) -> str:
        """The items, those that the replacement speaks of as groups."""
        return "".join(f"({self.item(i)})" if at in step.template else self.item(i) for at, i in enumerate(step.items))

    def behind(self, side: Side | None) -> str:
        """A look at what is before."""
        if side is None:
            return ""
        return f"(?<!{self.set(~side.chars)})" if side.edge else f"(?<={self.set(side.chars)})"

    def ahead(self, side: Side | None) -> str:
        """A look at what follows."""
        if side is None:
            return ""
        return f"(?!{self.set(~side.chars)})" if side.edge else f"(?={self.set(side.chars)})"

    def template(self, step: Sub, first: int = 1) -> str:
        """The replacement, where the first group has the number *first*."""
        used = sorted({part for part in step.template if isinstance(part, int)})
        return "".join(
            self.group.format(used.index(part) + first) if isinstance(part, int) else self.literal(part)
            for part in step.template
        )


def searched(dialect: Dialect, step: Sub) -> tuple[str, str]:
    """Pattern and replacement, for an engine that looks around."""
    return dialect.behind(step.before) + dialect.key(step) + dialect.ahead(step.after), dialect.template(step)


def runs_replaced(dialect: Dialect, step: Run, keep: str = "({})") -> Iterator[tuple[str, str]]:
    r"""Patterns and replacements, a pair for each value, for an engine that has ``\G``, the end of the last match.

    Each match goes from the start of a run, or the match before, to the next key. *keep* is around what stays.
    """
    chars = dialect.set(step.chars)
    other, one = dialect.set(step.chars - step.need), dialect.set(step.need)
    start = dialect.behind(Side(step.before, edge=False)) if step.before else f"(?<!{chars})(?=(?:{other}*{one}){{2}})"
    for value in dict.fromkeys(step.table.values()):
        keys = CharSet.of(key for key, new in step.table.items() if new == value)
        rest = step.chars - keys
        others = keep.format(dialect.set(rest) + "*+" if rest else "")
        new = (dialect.group.format(1) if keep == "({})" else "") + dialect.literal(value)
        yield rf"(?:\G(?!\A)|{start}){others}{dialect.set(keys)}", new


def each_of(step: Squeeze, target: str) -> CharSet:
    """The characters of *step*, for an engine that has to be told each. Raises `NotExpressibleError` for too many."""
    if len(step.chars) > _MOST:
        raise NotExpressibleError(step.name, target, "its class is too large to be written out letter by letter")
    return step.chars


#: Characters of a class that is written out one by one, at most; chosen, so that rules stay of a size to be read.
_MOST = 1000


def pieces(dialect: Dialect, step: Run) -> tuple[str, str]:
    """A pattern that cuts a text into pieces that end with a run, and one that says whether the table is for it."""
    chars, other = dialect.set(step.chars), dialect.set(~step.chars)
    rest, one = dialect.set(step.chars - step.need), dialect.set(step.need)
    chosen = f"{dialect.set(step.before)}{chars}+$" if step.before else f"{one}{rest}*{one}{chars}*$"
    return f"{other}*{chars}+|{other}+", chosen
