"""Patterns of `Rewrite`, read as steps where every engine would find the same matches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from re import _constants as sre  # type: ignore[attr-defined]  # the one parser of what `re` accepts
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from arnorm.core import Rewrite
from arnorm.export.sets import CharSet
from arnorm.export.steps import Item, Side, Squeeze, Step, Sub

# Unicode's white space is the same since version 6.3; letters and digits grow with every version.
_SPACE = CharSet.spanning([(9, 13), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
                           (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)])  # fmt: skip
#: Groups that a template can name by a digit in every engine.
_MOST_GROUPS = 9


class UnreadableError(ValueError):
    """The pattern says more than a step can; the message says what."""


def read(value: Rewrite) -> Step:
    """The step that *value* is. Raises `UnreadableError`.

    >>> read(Rewrite("one", "(?<=x)a+(?=b)", "-")).template
    ('-',)
    >>> read(Rewrite("one", "a+(?!b)", "-"))
    Traceback (most recent call last):
    ...
    arnorm.export.parsing.UnreadableError: its pattern can match in more than one way
    """
    if not isinstance(value.replacement, str):
        raise UnreadableError("its replacement is a Python function")
    compiled = re.compile(value.pattern, value.flags)
    if compiled.flags & ~(re.VERBOSE | re.DOTALL | re.UNICODE):
        raise UnreadableError("it has flags other than VERBOSE and DOTALL")
    parsed = list(_parser.parse(value.pattern, value.flags))
    return _squeeze(value, parsed) or _Reader(value.name, value.replacement, compiled.groupindex).sub(parsed)


def _squeeze(value: Rewrite, parsed: list[Any]) -> Squeeze | None:
    """``([class])\\1{n,}``, to that character once or more."""
    if [op for op, _ in parsed] != [sre.SUBPATTERN, sre.MAX_REPEAT]:
        return None
    (_, (group, _, _, inner)), (_, (least, most, repeated)) = parsed
    times, rest = divmod(len(str(value.replacement)), 2)
    equal = list(repeated) == [(sre.GROUPREF, group)] and most == sre.MAXREPEAT and least
    if not equal or rest or len(inner) != 1 or value.replacement != rf"\{group}" * times or not 0 < times <= least + 1:
        return None
    return Squeeze(value.name, _set(*inner[0]), least + 1, times)


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, name: str, replacement: str, names: Mapping[str, int]) -> None:
        self.name, self.replacement, self.names = name, replacement, names
        self.items: list[Item] = []
        self.greedy: list[bool] = []
        self.groups: dict[int, tuple[int, int]] = {}
        self.sides: dict[int, Side] = {}

    def sub(self, parsed: list[Any]) -> Sub:
        self._sequence(parsed)
        if not any(item.least for item in self.items):
            raise UnreadableError("its pattern matches the empty string")
        self._check_choice()
        template = tuple(self._template(self.replacement))
        if len({part for part in template if isinstance(part, int)}) > _MOST_GROUPS:
            raise UnreadableError(f"its replacement holds more than {_MOST_GROUPS} groups")
        return Sub(self.name, self.sides.get(-1), tuple(self.items), self.sides.get(1), template)

    def _sequence(self, parsed: list[Any]) -> None:
        for op, argument in parsed:
            if op in (sre.ASSERT, sre.ASSERT_NOT):
                self._look(*argument, negated=op is sre.ASSERT_NOT)
            elif 1 in self.sides:
                raise UnreadableError("its pattern looks ahead before its end")
            elif op is sre.SUBPATTERN:
                group, added, dropped, inner = argument
                if added or dropped:
                    raise UnreadableError("its pattern switches flags")
                start = len(self.items)
                self._sequence(list(inner))
                self.groups[group] = (start, len(self.items))
            elif op in (sre.MAX_REPEAT, sre.POSSESSIVE_REPEAT):
                least, most, inner = argument
                self._add(_only(inner), least, None if most == sre.MAXREPEAT else int(most), op is sre.MAX_REPEAT)
            else:
                self._add(_set(op, argument), 1, 1, greedy=False)

    def _add(self, chars: CharSet, least: int, most: int | None, greedy: bool) -> None:
        self.items.append(Item(chars, least, most))
        self.greedy.append(greedy)

    def _look(self, way: int, inner: Any, *, negated: bool) -> None:
        if way < 0 and self.items:
            raise UnreadableError("its pattern looks behind after its start")
        chars = _only(inner)
        old = self.sides.get(way, Side(~CharSet(), edge=True))
        self.sides[way] = Side(old.chars & (~chars if negated else chars), old.edge and negated)

    def _check_choice(self) -> None:
        """An engine that takes the longest match and one that takes the first must have nothing to choose."""
        for at, item in enumerate(self.items):
            if item.fixed:
                continue
            for later in self.items[at + 1 :]:
                if item.chars & later.chars:
                    raise UnreadableError("its pattern can match in more than one way")
                if later.least:
                    break
            else:
                self._end_with(item, self.greedy[at])

    def _end_with(self, item: Item, greedy: bool) -> None:
        after = self.sides.get(1)
        if after and after.chars & item.chars:
            if greedy or item.most is not None:
                raise UnreadableError("its pattern can match in more than one way")
            self.sides[1] = Side(after.chars - item.chars, after.edge)

    def _template(self, template: str) -> list[str | int]:
        parts: list[str | int] = []
        for found in re.finditer(r"\\g<(\w+)>|\\([1-9]\d?)|\\(.)|([^\\]+)", template, re.DOTALL):
            name, number, escaped, text = found.groups()
            if text or escaped:
                new = text or {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}.get(escaped)
                if new is None:
                    raise UnreadableError(f"its replacement holds \\{escaped}")
                parts.append(new)
                continue
            group = int(number or (name if name.isdecimal() else self.names[name]))
            start, end = self.groups.get(group, (0, len(self.items)))
            parts += range(start, end)
        return parts


def _only(inner: Any) -> CharSet:
    """The set that *inner* is, when it is one character."""
    if len(inner) != 1:
        raise UnreadableError("its pattern repeats, or looks around for, more than one character")
    return _set(*inner[0])


def _set(op: Any, argument: Any) -> CharSet:
    if op is sre.LITERAL:
        return CharSet(((argument, argument),))
    if op is sre.NOT_LITERAL:
        return ~CharSet(((argument, argument),))
    if op is sre.RANGE:
        return CharSet((tuple(argument),))
    if op is sre.CATEGORY and argument in (sre.CATEGORY_SPACE, sre.CATEGORY_NOT_SPACE):
        return _SPACE if argument is sre.CATEGORY_SPACE else ~_SPACE
    if op is sre.CATEGORY:
        raise UnreadableError(r"\w and \d mean what the Unicode version of each engine says")
    if op is sre.IN:
        negated = argument[0][0] is sre.NEGATE
        found = CharSet()
        for part in argument[negated:]:
            found |= _set(*part)
        return ~found if negated else found
    raise UnreadableError(f"its pattern holds {_SPOKEN.get(op, str(op).lower())}")


_SPOKEN = {
    sre.ANY: "a full stop",
    sre.BRANCH: "alternatives",
    sre.GROUPREF: "a reference to a group",
    sre.AT: "an anchor",
    sre.MIN_REPEAT: "a reluctant repetition",
    sre.MAX_REPEAT: "a repetition of a group",
    sre.POSSESSIVE_REPEAT: "a repetition of a group",
    sre.SUBPATTERN: "a repeated group",
}
