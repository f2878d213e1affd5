"""What a pass does in words that other engines have too: the algebra in which a pass tells its portable steps.

Engines differ in what their patterns can say, and in how they choose between matches. So a pass that is to be exported
says what it does in less than a regular expression: `Search` (characters in a row, some kept, some replaced, with what
may stand beside them), `Repeats` (the same character several times), `Within` (a table for some runs of characters),
and a plain mapping, which is a table. The pattern for `re` is made of a search too (`arnorm.core.Rewrite.of`), so that
there is one source; `arnorm.export` translates it, and refuses what an engine cannot do exactly.

A pass whose function does more than one of them can carries several, one after another, as its ``steps``: a tuple of
them, or a function of where it stands (`Around`). A pass that has none may say why, as a string.

>>> from arnorm import Rewrite
>>> from arnorm.export import export
>>> year = Rewrite.of("strip_year_space", Search(Kept(Chars("0-9٠-٩")), Chars(" ").some, Kept("هـ")), lossy=False)
>>> year("سنة ١٤٤٣ هـ")
'سنة ١٤٤٣هـ'
>>> print(export(year, "icu"))
# strip_year_space
[\\u0030-\\u0039\\u0660-\\u0669] { [\\u0020]+ ([\\u0647]) ([\\u0640]) > $1 $2;
<BLANKLINE>
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

# Plain classes, for every pass imports them, and making seven dataclasses takes as long as all of letters.py.


class _Value:
    """What is equal to another of its class when all its slots are."""

    __slots__: tuple[str, ...] = ()

    def _slots(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return self._slots() == other._slots() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._slots())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._slots()))})"


class Chars(_Value):
    """A character of a set; *inside* is the inside of a character class, as `arnorm.chars` has them.

    That is: characters and ranges, ``\\s`` for white space, and a backslash before a sign that a class reads otherwise.
    Those of *but* are none of it, and with *negated*, or behind ``~``, it is all others. *least* and *most* say how
    many of them in a row, as many as there are; None is no limit.

    >>> Chars("a-z").some.pattern, (~Chars(r"\\s")).pattern, Chars("a-z", "x").any.pattern
    ('[a-z]+', '[^\\\\s]', '(?:(?![x])[a-z])*+')
    """

    __slots__ = ("inside", "but", "negated", "least", "most")  # noqa: RUF023  (in the order of the arguments)
    inside: str
    but: str
    negated: bool
    least: int
    most: int | None

    def __init__(
        self, inside: str, but: str = "", *, negated: bool = False, least: int = 1, most: int | None = 1
    ) -> None:
        self.inside, self.but, self.negated, self.least, self.most = inside, but, negated, least, most

    def __invert__(self) -> Chars:
        return Chars(self.inside, self.but, negated=not self.negated, least=self.least, most=self.most)

    def times(self, least: int, most: int | None = None) -> Chars:
        """At least *least* of them in a row, and at most *most*."""
        return Chars(self.inside, self.but, negated=self.negated, least=least, most=most)

    @property
    def some(self) -> Chars:
        """One of them, or more in a row."""
        return self.times(1)

    @property
    def any(self) -> Chars:
        """As many as there are, or none."""
        return self.times(0)

    @property
    def maybe(self) -> Chars:
        """One of them, or none."""
        return self.times(0, 1)

    @property
    def gives_back(self) -> bool:
        """Whether `re` would take fewer of them than there are where what comes behind needs it: as its ``+`` does."""
        return self.least != self.most and (self.most is not None or self.least == 1)

    @property
    def pattern(self) -> str:
        """The set and its count, for `re`."""
        inside, but = _class(self.inside), _class(self.but)
        one = _literal(self.inside) if len(self.inside) == 1 else f"[{inside}]"
        if self.negated:
            one = f"(?:[{but}]|[^{inside}])" if but else f"[^{inside}]"
        elif but:
            one = f"(?:(?![{but}]){one})"
        return one + self._count

    @property
    def _count(self) -> str:
        least, most = self.least, self.most
        if most is None:
            return "*+" if not least else "+" if least == 1 else f"{{{least},}}+"
        if least == most:
            return "" if least == 1 else f"{{{least}}}"
        return "?" if (least, most) == (0, 1) else f"{{{least},{most}}}"


def _class(inside: str) -> str:
    """*inside* for `re`, which takes a «^» before it and brackets within it for signs of its own."""
    if "[" in inside or "]" in inside:
        inside = re.sub(r"(\\.)|([\[\]])", lambda found: found[1] or "\\" + found[2], inside, flags=re.DOTALL)
    return "\\" + inside if inside[:1] == "^" else inside


def _literal(text: str) -> str:
    r"""*text* as a pattern.

    >>> print(_literal("a.b"))
    a\.b
    """
    return "".join(f"\\{c}" if c in r".^$*+?{}[]\|()" else c for c in text)


def _sequence(parts: Iterable[str | Chars]) -> str:
    return "".join(_literal(part) if isinstance(part, str) else part.pattern for part in parts)


class Kept(_Value):
    """A part of a `Search` that stays: texts and `Chars`."""

    __slots__ = ("parts",)
    parts: tuple[str | Chars, ...]

    def __init__(self, *parts: str | Chars) -> None:
        self.parts = parts


class Put(_Value):
    """A text that is put where it stands in a `Search`."""

    __slots__ = ("text",)
    text: str

    def __init__(self, text: str) -> None:
        self.text = text


class Search(_Value):
    """What is looked for, part by part, and what becomes of it: `Kept` parts stay, `Put` texts are put, the rest goes.

    A part is a text, which stands for itself, or `Chars`. Beside a match stands a character of *behind* and none of
    *not_behind*, one of *ahead* and none of *not_ahead*; the edge of the text is a character of no set.

    >>> hamza = Search("ء", Put("أ"), Kept(Chars("\u064b-\u0652").any), not_ahead=Chars("ا"))
    >>> print(hamza.pattern.encode("ascii", "backslashreplace").decode(), hamza.template)
    \\u0621([\\u064b-\\u0652]*+)(?!\\u0627) أ\\1
    """

    __slots__ = ("parts", "behind", "not_behind", "ahead", "not_ahead")  # noqa: RUF023  (in the order of the pattern)
    parts: tuple[str | Chars | Kept | Put, ...]
    behind: Chars | None
    not_behind: Chars | None
    ahead: Chars | None
    not_ahead: Chars | None

    def __init__(
        self,
        *parts: str | Chars | Kept | Put,
        behind: Chars | None = None,
        not_behind: Chars | None = None,
        ahead: Chars | None = None,
        not_ahead: Chars | None = None,
    ) -> None:
        self.parts = parts
        self.behind, self.not_behind, self.ahead, self.not_ahead = behind, not_behind, ahead, not_ahead

    @property
    def pattern(self) -> str:
        """The pattern, for `re`."""
        found = f"(?<={self.behind.pattern})" if self.behind else ""
        if self.not_behind:
            found += f"(?<!{self.not_behind.pattern})"
        for part in self.parts:
            if isinstance(part, Kept):
                found += f"({_sequence(part.parts)})"
            elif not isinstance(part, Put):
                found += _literal(part) if isinstance(part, str) else part.pattern
        if self.ahead:
            found += f"(?={self.ahead.pattern})"
        return found + (f"(?!{self.not_ahead.pattern})" if self.not_ahead else "")

    @property
    def template(self) -> str:
        """The replacement, for `re`."""
        new, groups = [], 0
        for part in self.parts:
            if isinstance(part, Kept):
                groups += 1
                new.append(f"\\{groups}")
            elif isinstance(part, Put) and part.text:
                if new and "0" <= part.text[0] <= "9":  # behind «\\1» a digit would be one of its number
                    new[-1] = re.sub(r"^\\(\d+)$", r"\\g<\1>", new[-1])
                new.append(part.text.replace("\\", "\\\\"))
        return "".join(new)


class Repeats(_Value):
    """*least* or more of the same character of *chars* in a row, of which *most* stay.

    >>> Repeats(Chars("ab"), 3, 2).pattern, Repeats(Chars("ab"), 3, 2).template
    ('([ab])\\\\1{2,}', '\\\\1\\\\1')
    """

    __slots__ = ("chars", "least", "most")
    chars: Chars
    least: int
    most: int

    def __init__(self, chars: Chars, least: int, most: int) -> None:
        self.chars, self.least, self.most = chars, least, most

    @property
    def pattern(self) -> str:
        """The pattern, for `re`."""
        return rf"({self.chars.pattern})\1" + ("+" if self.least == 2 else f"{{{self.least - 1},}}")

    @property
    def template(self) -> str:
        """The replacement, for `re`."""
        return r"\1" * self.most


class Within(_Value):
    """A table for the longest runs of *chars*: those behind a character of *behind*, or with two of *twice* at least.

    No value holds a character of *chars*. With *behind*, values are characters of it, or all the same; with *twice*,
    keys are none of it, and values empty. So it does not matter in which order the characters of a run are replaced.
    """

    __slots__ = ("chars", "table", "behind", "twice")  # noqa: RUF023  (in the order of the arguments)
    chars: Chars
    table: Mapping[str, str]
    behind: Chars | None
    twice: Chars | None

    def __init__(
        self, chars: Chars, table: Mapping[str, str], *, behind: Chars | None = None, twice: Chars | None = None
    ) -> None:
        self.chars, self.table, self.behind, self.twice = chars, table, behind, twice


class NoStepsError(ValueError):
    """A pass has no portable steps where it stands; the message says why."""


class Around:
    """Where a pass stands in the pipeline that is exported: the pass *following* it, and markers for it to use.

    A marker is a character that no text holds there, for an earlier pass has taken it out. A step puts it where a later
    one has to find a place again, and the last takes it out.
    """

    __slots__ = ("_absent", "following")
    following: Any
    _absent: str

    def __init__(self, following: Any = None, absent: str = "") -> None:
        self.following, self._absent = following, absent

    def markers(self, count: int) -> tuple[str, ...]:
        """As many markers as *count*. Raises `NoStepsError` where there are fewer.

        >>> Around(None, "\\x01\\x02").markers(1)
        ('\\x01',)
        """
        if len(self._absent) < count:
            raise NoStepsError(
                "it needs characters that no text holds: put strip_control_characters before it, as the profiles do"
            )
        return tuple(self._absent[:count])


PortableStep: TypeAlias = Search | Repeats | Within | Mapping[str, str]
#: The portable steps of a pass, or why it has none; "" leaves it to the kind of pass to say.
Steps: TypeAlias = "tuple[PortableStep, ...] | Callable[[Around], Iterable[PortableStep]] | str"
