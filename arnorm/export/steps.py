"""What an exported pipeline is made of: five kinds of step, each of which every engine does exactly alike.

Engines differ in what their patterns can say and in how they choose between matches. A step therefore says less than
a regular expression: one table, one normalization form, or a search whose match no engine can choose differently.
`arnorm.export.lowering` turns passes into steps, or refuses; the other modules write steps for one engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from arnorm.export.sets import CharSet
from arnorm.forms import FormName


@dataclass(frozen=True)
class Table:
    """Every character of *table* to its string, all at once."""

    name: str
    table: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True)
class ToForm:
    """A Unicode normalization form."""

    name: str
    form: FormName


@dataclass(frozen=True)
class Item:
    """A run of at least *least* and at most *most* characters of a set, as many as there are; None is no limit."""

    chars: CharSet
    least: int = 1
    most: int | None = 1

    @property
    def fixed(self) -> bool:
        """Whether its length is known beforehand."""
        return self.least == self.most


@dataclass(frozen=True)
class Side:
    """What may stand beside a match: one of *chars*, or the *edge* of the text."""

    chars: CharSet
    edge: bool


@dataclass(frozen=True)
class Sub:
    """Every match of *items* between *before* and *after*, replaced by *template*: strings, and numbers of items.

    An item of variable length shares no character with what may follow it, so that there is one way to match.
    """

    name: str
    before: Side | None
    items: tuple[Item, ...]
    after: Side | None
    template: tuple[str | int, ...]

    @property
    def first(self) -> CharSet:
        """What a match may begin with."""
        found = CharSet()
        for item in self.items:
            found |= item.chars
            if item.least:
                break
        return found

    @property
    def last(self) -> CharSet:
        """What a match may end with."""
        found = CharSet()
        for item in reversed(self.items):
            found |= item.chars
            if item.least:
                break
        return found

    @property
    def kept(self) -> tuple[int, str, int]:
        """How many leading items stay, the string in place of the others, how many trailing items stay.

        (-1, "", -1) when the template is not of that form.
        """
        numbers = [part for part in self.template if isinstance(part, int)]
        head = next((i for i, part in enumerate(self.template) if part != i), len(self.template))
        tail = len(numbers) - head
        text = "".join(str(part) for part in self.template[head : len(self.template) - tail])
        whole = (*range(head), *((text,) if text else ()), *range(len(self.items) - tail, len(self.items)))
        once = head + tail <= len(self.items)  # "ab" to "a-ab" keeps the a twice
        return (head, text, tail) if once and whole == self.template else (-1, "", -1)


@dataclass(frozen=True)
class Run:
    """A table, applied in some of the longest runs of *chars*.

    In those behind a character of *before*, or in those that hold *need* two times at least. No value holds a
    character of *chars*. With *before*, values are characters of it, or all the same; with *need*, keys are none of it,
    and values empty. So it does not matter in which order the characters of a run are replaced.
    """

    name: str
    chars: CharSet
    table: Mapping[str, str] = field(hash=False)
    before: CharSet = field(default_factory=CharSet)
    need: CharSet = field(default_factory=CharSet)


@dataclass(frozen=True)
class Squeeze:
    """*least* or more of the same character of *chars* in a row become *most*."""

    name: str
    chars: CharSet
    least: int
    most: int


Step: TypeAlias = Table | ToForm | Sub | Run | Squeeze
