"""Portable steps of a pass (see `arnorm.portable`) as steps of an export, where every engine finds the same matches."""

from __future__ import annotations

from collections.abc import Mapping

from arnorm.export.sets import CharSet
from arnorm.export.steps import Item, Run, Side, Squeeze, Step, Sub, Table
from arnorm.portable import Chars, Kept, NoStepsError, PortableStep, Put, Repeats, Search, Within

#: Groups that a template can name by a digit in every engine.
_MOST_GROUPS = 9


def translated(step: PortableStep, name: str) -> Step:
    """*step* of the pass called *name*. Raises `NoStepsError` where engines could choose between matches.

    >>> translated(Search(Chars("a").some, Put("-"), behind=Chars("x")), "one").template
    ('-',)
    >>> translated(Search(Chars("a").some, not_ahead=Chars("b")), "one")
    Traceback (most recent call last):
    ...
    arnorm.portable.NoStepsError: its pattern can match in more than one way
    """
    match step:
        case Search():
            return _sub(step, name)
        case Repeats():
            return _squeeze(step, name)
        case Within():
            return Run(name, _one_of(step.chars), step.table, _one_of(step.behind), _one_of(step.twice))
        case Mapping():
            return Table(name, step)
    raise NoStepsError(f"{step!r} is no portable step")


def set_of(chars: Chars | None) -> CharSet:
    """The characters of *chars*, whatever their number in a row."""
    if chars is None:
        return CharSet()
    found = CharSet.inside(chars.inside) - CharSet.inside(chars.but)
    found = ~found if chars.negated else found
    if not found:
        raise NoStepsError("a set of it holds no character")
    return found


def _one_of(chars: Chars | None) -> CharSet:
    """The same, of what stands for one character."""
    if chars is not None and (chars.least, chars.most) != (1, 1):
        raise NoStepsError("it looks around for more than one character, or repeats more than one")
    return set_of(chars)


def _squeeze(step: Repeats, name: str) -> Squeeze:
    if not 0 < step.most < step.least:
        raise NoStepsError("it keeps none of what is repeated, or as many as there are")
    return Squeeze(name, _one_of(step.chars), step.least, step.most)


def _sub(step: Search, name: str) -> Sub:
    items: list[tuple[Item, Chars]] = []
    template: list[str | int] = []
    for part in step.parts:
        if isinstance(part, Put):
            template.append(part.text)
            continue
        found = [item for inner in (part.parts if isinstance(part, Kept) else (part,)) for item in _items(inner)]
        if isinstance(part, Kept):
            template += range(len(items), len(items) + len(found))
        items += found
    if not any(item.least for item, _ in items):
        raise NoStepsError("its pattern matches the empty string")
    if sum(isinstance(part, int) for part in template) > _MOST_GROUPS:
        raise NoStepsError(f"its replacement holds more than {_MOST_GROUPS} groups")
    after = _unchosen(items, _side(step.ahead, step.not_ahead))
    put = tuple(part for part in template if part != "")
    return Sub(name, _side(step.behind, step.not_behind), tuple(item for item, _ in items), after, put)


def _items(part: str | Chars) -> list[tuple[Item, Chars]]:
    """The items of *part*, each with what it was."""
    if isinstance(part, Chars):
        return [(Item(set_of(part), part.least, part.most), part)]
    return [(Item(CharSet.of(c)), Chars(c)) for c in part]


def _side(one_of: Chars | None, none_of: Chars | None) -> Side | None:
    if one_of is None and none_of is None:
        return None
    side = (_one_of(one_of) if one_of else ~CharSet()) - _one_of(none_of)
    if not side:
        raise NoStepsError("nothing may stand beside it")
    return Side(side, edge=one_of is None)


def _unchosen(items: list[tuple[Item, Chars]], after: Side | None) -> Side | None:
    """What may stand behind *items*, if an engine that takes the longest match and one that takes the first agree."""
    for at, (item, chars) in enumerate(items):
        if item.fixed:
            continue
        for later, _ in items[at + 1 :]:
            if item.chars & later.chars:
                raise NoStepsError("its pattern can match in more than one way")
            if later.least:
                break
        else:
            if after and after.chars & item.chars:
                if chars.gives_back:
                    raise NoStepsError("its pattern can match in more than one way")
                after = Side(after.chars - item.chars, after.edge)
    return after
