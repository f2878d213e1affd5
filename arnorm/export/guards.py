"""What a text must hold for a step to change it, for engines that can ask first.

Most steps are for what few texts hold: presentation forms, signs, invisible characters. One search for all that such
steps are for, which costs less than any of them, spares ordinary text all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import groupby, pairwise
from typing import TypeAlias

from arnorm.chars import HARAKAT, SHADDA, SHORT_VOWELS, TANWEEN
from arnorm.engine import fuse
from arnorm.export.sets import CharSet
from arnorm.export.steps import Item, Run, Squeeze, Step, Sub, Table, ToForm

#: What ordinary Arabic text is made of: letters, marks, and all else. A step for none of it is rarely for a text.
_LETTERS, _MARKS = CharSet(((0x621, 0x63A), (0x641, 0x64A))), CharSet.of(HARAKAT)
_OTHER = CharSet.spanning([(0x09, 0x0A), (0x0D, 0x0D), (0x20, 0x7E), (0x660, 0x66A)]) | CharSet.of("،؛؟«»–—‘’“”…")
FREQUENT = _LETTERS | _MARKS | _OTHER
# Starters that NFC leaves alone wherever they stand, in every version of Unicode. Not all there are: blocks that text
# of the Arabic script is full of, written out so that every Python writes the same.
_INERT = CharSet.spanning([(0, 0x2FF), (0x606, 0x60F), (0x61B, 0x64A), (0x660, 0x66F), (0x671, 0x6D5), (0x6DD, 0x6DE),
                           (0x6E5, 0x6E6), (0x6E9, 0x6E9), (0x6EE, 0x6FF), (0x750, 0x77F), (0x200B, 0x2027),
                           (0x202A, 0x205E), (0x20A0, 0x20C0), (0x2190, 0x219A), (0x2500, 0x27FF), (0x3001, 0x3029),
                           (0x4E00, 0x9FEF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF), (0x1F300, 0x1FAFF)])  # fmt: skip
_MARKS_BEFORE_SHADDA = CharSet.of(TANWEEN + SHORT_VOWELS)
# Two marks out of canonical order: their classes, 27 to 34, rise with their code points.
_UNSORTED = tuple((CharSet.of(mark), CharSet.of(HARAKAT.partition(mark)[0])) for mark in HARAKAT[1:])
_MOST_PAIRS = 9  # characters of a `Squeeze` that are asked for one by one


@dataclass(frozen=True)
class Need:
    """What a text holds that a step may change: one of *chars*, or two characters side by side, as *pairs* say."""

    chars: CharSet = field(default_factory=CharSet)
    pairs: tuple[tuple[CharSet, CharSet], ...] = ()

    def __or__(self, other: Need) -> Need:
        return Need(self.chars | other.chars, tuple(dict.fromkeys(self.pairs + other.pairs)))

    def without(self, absent: CharSet) -> Need:
        """The same, of a text that holds none of *absent*."""
        pairs = ((one - absent, two - absent) for one, two in self.pairs)
        return Need(self.chars - absent, tuple((one, two) for one, two in pairs if one and two))

    @property
    def rare(self) -> bool:
        """Whether ordinary text hardly ever holds it."""
        return not self.chars & FREQUENT

    def pattern(self, written: Callable[[CharSet], str]) -> str:
        """A regular expression that finds it; *written* writes a set.

        >>> Need(CharSet.of("a"), ((CharSet.of("b"), CharSet.of("c")),)).pattern(lambda s: s.written(chr))
        '[a]|[b][c]'
        """
        single = [written(self.chars)] if self.chars else []
        return "|".join([*single, *(written(one) + written(two) for one, two in self.pairs)])


@dataclass(frozen=True)
class Guarded:
    """Steps that change no text without what they *need*."""

    need: Need
    parts: tuple[StepOrGuarded, ...]


StepOrGuarded: TypeAlias = Step | Guarded


def guarded(steps: Iterable[Step]) -> list[StepOrGuarded]:
    """*steps*, tables divided, those that ordinary text does not need behind one search for all of them.

    >>> from arnorm.chars import TATWEEL
    >>> for part in guarded([Table("fold", {"ى": "ي", TATWEEL: ""})]):
    ...     print(part.need.chars, part.parts)
    CharSet(ranges=((1600, 1600),)) (Table(name='fold', table={'ـ': ''}),)
    CharSet(ranges=((1609, 1609),)) (Table(name='fold', table={'ى': 'ي'}),)
    """
    parts: list[StepOrGuarded] = []
    for (rare, _), group in groupby(_alone(steps), _kind):
        named = [_joined(same) for _, same in groupby(group, _name)] if rare else [*group]
        parts += [_joined(named)] if rare else named
    return parts


def plain(steps: Iterable[Step]) -> tuple[Need, dict[str, str]] | None:
    """What a text must hold to need more than one table, and that table; None where there is no such table.

    >>> plain([Table("fold", {"ى": "ي"}), Table("strip", {"\u200d": ""})])
    (Need(chars=CharSet(ranges=((8205, 8205),)), pairs=()), {'ى': 'ي'})
    """
    others: list[Guarded] = []
    tables = [dict[str, str]()]
    for part in _alone(steps):
        if not isinstance(part, Guarded):
            return None
        step = part.parts[0]
        if isinstance(step, Table) and not part.need.rare:
            tables.append(dict(step.table))
            continue
        written = CharSet.of("".join(value for table in tables for value in table.values()))
        if written & part.need.chars or (part.need.pairs and len(tables) > 1):
            return None  # what the tables put, or bring side by side, may be for this step
        others.append(part)
    table = fuse(tables)
    return None if writes_keys(table) else (_but_among(others, table), table)


def asked_first(steps: Sequence[Step]) -> tuple[Need, dict[str, str]] | None:
    """What `plain` says, where it pays to ask: there are steps that are no table, and some texts need none of them."""
    found = plain(steps)
    if found is None or found[0] == Need() or all(isinstance(step, Table) for step in steps):
        return None
    return found


def _but_among(parts: Iterable[Guarded], table: Mapping[str, str]) -> Need:
    """What *parts* need, but for what they do among marks that *table* takes out whatever their order and number."""
    gone = CharSet.of(key for key, value in table.items() if not value)
    needs = [(part, _rest(part, gone)) for part in parts]
    rest = reduce(Need.__or__, (need for _, need in needs), Need())
    if any((one | two) & gone for one, two in rest.pairs):  # that order is what brings these side by side
        return reduce(Need.__or__, (part.need for part, _ in needs), Need())
    return rest


def _rest(part: Guarded, gone: CharSet) -> Need:
    """What is needed for the step of *part* to do more than something among the characters of *gone*."""
    match part.parts[0]:
        case ToForm():
            return Need(part.need.chars, tuple((a, b) for a, b in part.need.pairs if not a | b <= gone))
        case Squeeze(chars=chars) if chars <= gone:
            return Need()
        case Sub(items=items) as step if all(item.chars <= gone for item in items):
            written = CharSet.of("".join(new for new in step.template if isinstance(new, str)))
            return Need() if written <= gone else part.need
    return part.need


def living(steps: Iterable[Step]) -> Iterator[Step]:
    """*steps* without what they do to characters that earlier ones have taken out of every text.

    >>> [*living([Table("strip", {"x": ""}), Table("fold", {"x": "y", "a": "b"})])]
    [Table(name='strip', table={'x': ''}), Table(name='fold', table={'a': 'b'})]
    """
    absent = CharSet()
    for step in steps:
        rest = _without(step, absent)
        need = _need(rest)
        if need is None or need.without(absent) != Need():
            yield rest
            absent = absent_behind(rest, absent)


def _alone(steps: Iterable[Step]) -> Iterator[StepOrGuarded]:
    """Each step behind its guard, which looks for nothing that an earlier one has taken out of every text."""
    absent = CharSet()
    for step in steps:
        for part in _divided(step):
            need = _need(part)
            yield part if need is None else Guarded(need.without(absent), (part,))
        absent = absent_behind(step, absent)


def _without(step: Step, absent: CharSet) -> Step:
    """*step* without what it does to characters that no text holds."""
    if not isinstance(step, Table | Run):
        return step
    return replace(step, table={key: value for key, value in step.table.items() if key not in absent})


def absent_behind(step: Step, before: CharSet) -> CharSet:
    """The characters that no text holds behind *step*, of those before it, and those that it replaces."""
    match step:
        case Table():
            return (before | CharSet.of(step.table)) - CharSet.of("".join(step.table.values()))
        case Run():
            return before - CharSet.of("".join(step.table.values()))
        case Sub():
            return before - CharSet.of("".join(part for part in step.template if isinstance(part, str)))
        case ToForm():
            return before & _MARKS if step.form == "NFC" else CharSet()
    return before


def _kind(part: StepOrGuarded) -> tuple[bool, bool]:
    """Whether ordinary text does not need it, and whether vocalized text may, as far as can be said beforehand."""
    return (part.need.rare, bool(part.need.pairs)) if isinstance(part, Guarded) else (False, False)


def _name(part: StepOrGuarded) -> str:
    return _name(part.parts[0]) if isinstance(part, Guarded) else part.name


def _joined(parts: Iterable[StepOrGuarded]) -> StepOrGuarded:
    """Guarded parts as one; those of one pass without guards of their own, for engines keep few patterns at hand."""
    held = [part for part in parts if isinstance(part, Guarded)]
    if len(held) == 1:
        return held[0]
    need = reduce(Need.__or__, (part.need for part in held))
    same = len({_name(part) for part in held}) == 1
    return Guarded(need, tuple(inner for part in held for inner in part.parts) if same else tuple(held))


def _divided(step: Step) -> Iterator[Step]:
    """The part of a table for rare characters, and those for frequent letters, for marks and for all else.

    Before NFC, a shadda and its vowel, as most write them, change places: that is equivalent, and spares it most texts.
    """
    if isinstance(step, ToForm) and step.form == "NFC":
        items = (Item(CharSet.of(SHADDA)), Item(_MARKS_BEFORE_SHADDA))
        yield Sub(f"{step.name}, shadda", None, items, None, (1, 0))
    if not isinstance(step, Table) or writes_keys(step.table):
        yield step
        return
    for kind in (~FREQUENT, _LETTERS, _MARKS, _OTHER):
        table = {key: value for key, value in step.table.items() if key in kind}
        if table:
            yield Table(step.name, table)


def writes_keys(table: Mapping[str, str]) -> bool:
    """Whether a value of *table* holds one of its keys, so that it matters in which order they are replaced."""
    return any(c in table for value in table.values() for c in value)


def _need(step: Step) -> Need | None:
    """What a text must hold, or None for a step that has to look for itself."""
    match step:
        case Table():
            return Need(CharSet.of(step.table))
        case Run():
            return Need(CharSet.of(step.table) & step.chars)
        case ToForm(form="NFC"):
            return Need(~_INERT - _MARKS, _UNSORTED)
        case ToForm():
            return None
        case Squeeze():
            if len(step.chars) > _MOST_PAIRS:
                return Need(step.chars)
            return Need(pairs=tuple((CharSet.of(c), CharSet.of(c)) for c in step.chars))
    return _need_of_sub(step)


def _need_of_sub(step: Sub) -> Need:
    """The rarest of the sets of which every match has a character, or two neighbours."""
    sides = [Item(s.chars) if s and not s.edge else Item(CharSet(), 0) for s in (step.before, step.after)]
    items = [sides[0], *step.items, sides[1]]
    sets = [item.chars for item in items if item.least]
    least = min(sets, key=lambda chars: (len(chars & FREQUENT), len(chars)))
    pairs = [(a.chars, b.chars) for a, b in pairwise(items) if a.least and b.least]
    pairs += [(item.chars, item.chars) for item in items if item.least > 1]
    if not least & FREQUENT or not pairs:
        return Need(least)
    return Need(pairs=(min(pairs, key=lambda pair: len(pair[0]) * len(pair[1])),))
