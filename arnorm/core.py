"""The kinds of pass, and the pipeline that joins them: the file to read first.

A **pass** is an immutable value that is called with a string and returns one. Five kinds:

- `CharMap`: a table from a character to a string. Neighbouring tables run as one (see `arnorm.engine`).
- `Rewrite`: a pattern and a replacement, with the strings without which it cannot match.
- `Form`: a Unicode normalization form, with a quick check.
- `Judge`: a function that reads a text and lists the replacements to make; for what needs judging.
- `Custom`: a function of yours, ``str`` to ``str``; what it changed is found by comparing.

Passes are joined with ``|`` to a `Pipeline`, which is called the same way and is a value too. Each kind drives
both ways of running from one datum: the fast way (``p(text)``) and the explained way (``p.trace(text)``) read
the same table, pattern or list of replacements.

>>> from arnorm import passes
>>> fold = passes.strip_tashkeel | passes.fold_alef
>>> fold("أَهْلًا")
'اهلا'
>>> [edit.before for edit in fold.trace("أَهْلًا").edits] == ["أ", "َ", "ْ", "ً"]
True
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import groupby
from types import MappingProxyType
from typing import Any, Self, TypeAlias

from arnorm import engine, forms, spans
from arnorm.align import replacements_between
from arnorm.errors import InvalidPassError, UnknownNameError, text_of, texts_of
from arnorm.forms import FormName
from arnorm.literals import SpanName
from arnorm.portable import Repeats, Search, Steps
from arnorm.trace import Link, Note, Replacement, Span, Trace, apply, compose, link, trace_of

#: What can be joined with ``|``: a function from ``str`` to ``str`` becomes a `Custom`, and one of `arnorm.passes` that
#: makes a pass stands for what it makes by default.
Joinable: TypeAlias = "Composable | Callable[[str], str] | Callable[..., Pass]"

Replacer: TypeAlias = "str | Callable[[re.Match[str]], str]"


class Composable:
    """What every pass and every pipeline can do: run, be joined with ``|``, and explain itself.

    >>> from arnorm import passes
    >>> both = passes.strip_tatweel | passes.fold_alef
    >>> both("أهـــلا"), both.names, both.trace("أهـلا").counts()
    ('اهلا', ('strip_tatweel', 'fold_alef'), {'fold_alef': 1, 'strip_tatweel': 1})
    """

    @cached_property
    def _runner(self) -> engine.Runner:
        """The fast way, built at the first call."""
        raise NotImplementedError

    def __call__(self, text: str) -> str:
        """*text* normalized; the same object when there is nothing to change. Never raises on a ``str``.

        What is no ``str`` is a `TypeError`, None among it: bridges to columns keep what is missing.
        """
        # Asking for the class first saves a call, which counts on single words.
        if text.__class__ is str or isinstance(text, str):
            return self._runner(text)
        return text_of(text, "a pass")

    def links(self, text: str) -> tuple[str, Sequence[Link]]:
        """The output of *text*, and the spans that changed: a `Link` for each, in order (see `arnorm.trace`).

        What `trace` is made of; for who writes a kind of pass.

        >>> from arnorm import passes
        >>> passes.fold_alef.links("أب")
        ('اب', [(0, 1, 0, 1, (('fold_alef', None),))])
        """
        raise NotImplementedError

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the passes, in order; of a single pass, its own."""
        return tuple(value.name for value in _passes(self))

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that say what it does; keep them beside an index built with it.

        They are the same for the same passes, arguments, tables and patterns, in every process and on every Python.
        What a function does cannot be read off it: a pass that runs one counts by its name, its arguments and its
        ``revision``, which rises when the function gives something else. Where in the source a function stands does
        not count.
        """
        import hashlib  # these two cost a quarter of the start-up, and few ask for a fingerprint
        import json

        recipe = json.dumps([value.recipe() for value in _passes(self)], ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(recipe.encode("ascii")).hexdigest()[:16]

    def trace(self, text: str) -> Trace:
        """The output together with every edit that led to it; linear in the text.

        Takes longer than a call (5 to 40 times on vocalized text, by the number of edits): call for the text,
        trace to explain. Raises `TypeError` for what is no ``str``.

        >>> from arnorm import passes
        >>> [(edit.span, edit.before, edit.after) for edit in passes.fold_teh_marbuta.trace("مدرسة").edits]
        [((4, 5), 'ة', 'ه')]
        """
        out, links = self.links(text_of(text, "a pass"))
        return trace_of(text, out, links)

    def many(
        self,
        texts: Iterable[str],
        *,
        processes: int | None = None,
        chunk: int = 1000,
        progress: Callable[[int], object] | Any = None,
    ) -> Iterator[str]:
        """The outputs of *texts*, in order, as an iterator that reads *texts* as it goes.

        *processes* runs that many worker processes, on *chunk* texts at a time, a few chunks ahead; worth it
        from some hundred megabytes on, or when a pass judges. *progress* is told how many texts were done since it
        was last told: a function of that number, or a bar with an ``update`` such as tqdm's.

        >>> from arnorm import passes
        >>> list(passes.fold_alef.many(["أب", "إلى"]))
        ['اب', 'الى']
        """
        texts = texts_of(texts, "many")
        for name, number in (("processes", processes), ("chunk", chunk)):
            if number is not None and type(number) is not int:
                raise TypeError(f"many: {name} is a number, not {type(number).__name__}")
        if not processes:
            return _telling(progress, self._each_of(texts))
        from arnorm.parallel import ordered_map  # imports multiprocessing, which few need

        return _telling(progress, ordered_map(self, texts, processes, chunk))

    def _each_of(self, texts: Iterable[str]) -> Iterator[str]:
        return map(self, texts)

    def __or__(self, other: Joinable) -> Pipeline:
        return Pipeline((self, other)) if callable(other) else NotImplemented

    def __ror__(self, other: Joinable) -> Pipeline:
        return Pipeline((other, self)) if callable(other) else NotImplemented

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """How to make this again, for Django's migrations: a callable by its path, and what it takes.

        Raises `NotSerializableError` where there is a function of yours.

        >>> from arnorm import passes
        >>> passes.fold_alef.deconstruct()
        ('arnorm.loads', ('{"arnorm": 1, "passes": ["fold_alef"]}',), {})
        """
        from arnorm.recipes import dumps  # which imports this

        return "arnorm.loads", (dumps(self),), {}

    def protecting(self, *what: SpanName | re.Pattern[str]) -> Pipeline:
        """This, leaving alone every span named or matched: each stays as it is, byte for byte.

        *what* are names ("urls", "emails", "mentions", "hashtags", "code", "numbers") or compiled patterns.
        While the rest is normalized a protected span stands for one unknown character, so what is around it
        is still seen in its context. Where spans overlap they are protected together. A pattern of yours takes the
        time that `re` takes for it; take patterns from those whom you trust.

        >>> from arnorm import passes
        >>> passes.fold_teh_marbuta.protecting("hashtags")("مدرسة #مدرسة")
        'مدرسه #مدرسة'
        """
        inner = Pipeline(_passes(self))
        return Pipeline((Protected(inner, what),)) if what else inner


def _telling(progress: Any, results: Iterator[str]) -> Iterator[str]:
    """*results*, and each is told to *progress*, if there is one."""
    if progress is None:
        return results
    tell = getattr(progress, "update", progress)
    if not callable(tell) or isinstance(progress, Mapping):
        raise TypeError(f"progress is a function of a number, or has one called update; not {progress!r}")
    return _each_told(tell, results)


def _each_told(tell: Callable[[int], object], results: Iterator[str]) -> Iterator[str]:
    for result in results:
        tell(1)
        yield result


def _passes(value: object) -> tuple[Pass, ...]:
    """What joins a pipeline as *value*: a pass, those of a pipeline, a factory's default, or any function of str."""
    if isinstance(value, Pipeline):
        return value.passes
    if isinstance(value, Pass):
        return (value,)
    if callable(value):
        made = value() if _is_factory(value) else Custom(getattr(value, "__name__", type(value).__name__), value)
        return (made,)
    hint = f"; {value!r} is given by passes.get or arnorm.profile" if isinstance(value, str) else ""
    raise InvalidPassError(f"a pipeline is made of passes and functions, not {type(value).__name__}{hint}")


def _is_factory(value: Callable[..., Any]) -> bool:
    """Whether *value* is one of `arnorm.passes`, such as `mask_urls`, which stands for what it makes by default."""
    return str(getattr(value, "__module__", "")).startswith("arnorm.passes.")


class _Doc:
    """What ``help`` shows: of a kind of pass its docstring, of a pass what it does."""

    def __init__(self, of_kind: str) -> None:
        self.of_kind = of_kind

    def __get__(self, value: Pass | None, kind: type[Pass]) -> str:
        return self.of_kind if value is None else value.about()


@dataclass(frozen=True, eq=False)
class Pass(Composable):
    """What all kinds of pass have in common.

    ``lossy`` says whether letters or marks that a reader may want are merged or dropped. ``summary`` is one
    line; ``leaves`` says what the pass leaves alone, and why; ``examples`` are pairs of input and output,
    which the tests run and the docs print; ``args`` are the arguments of the factory that made it, if one did.
    ``whole`` says that it judges a document: a file of plain text is one text to it, not one a line.
    """

    name: str
    lossy: bool = field(default=True, kw_only=True)
    summary: str = field(default="", kw_only=True)
    leaves: str = field(default="", kw_only=True)
    examples: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    args: tuple[tuple[str, Any], ...] = field(default=(), kw_only=True)
    whole: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise InvalidPassError(f"the name of a pass is a str, not {type(self.name).__name__}")
        needles = getattr(self, "needles", ())
        if not isinstance(needles, tuple) or not all(isinstance(needle, str) for needle in needles):
            raise InvalidPassError(f"{self.name}: needles are a tuple of strings, not {needles!r}")
        if not isinstance(hint := getattr(self, "hint", ""), str) and not callable(hint):
            given = type(hint).__name__
            raise InvalidPassError(f"{self.name}: a hint is a pattern, as a str, or a function, not {given}")
        steps = getattr(self, "steps", "")
        if not isinstance(steps, tuple | str) and not callable(steps):
            given = type(steps).__name__
            raise InvalidPassError(f"{self.name}: steps are a tuple, a function of an Around, or a reason, not {given}")
        for role in ("plan", "function"):
            if not callable(vars(self).get(role, str)):
                given = type(vars(self)[role]).__name__
                raise InvalidPassError(f"{self.name}: what it runs is a function, not {given}")

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.__doc__ = _Doc(cls.__doc__ or "")  # type: ignore[assignment]

    def replacements(self, text: str) -> list[Replacement]:
        """What to replace in *text*, ascending and disjoint; replacements that change nothing are left out.

        >>> from arnorm import passes
        >>> [(start, end, new) for start, end, new, *_ in passes.fold_alef.replacements("أب")]
        [(0, 1, 'ا')]
        """
        raise NotImplementedError

    def links(self, text: str) -> tuple[str, Sequence[Link]]:
        replacements = self.replacements(text)
        return apply(text, replacements), link(self.name, replacements)

    def recipe(self) -> dict[str, Any]:
        """What the pass does, as plain data: the base of its fingerprint and of equality.

        >>> from arnorm import passes
        >>> passes.strip_tatweel.recipe()
        {'charmap': 'strip_tatweel', 'table': {'ـ': ''}}
        """
        raise NotImplementedError

    def _of_function(self, function: Callable[..., Any]) -> dict[str, Any]:
        """What a pass that runs *function* is told by: what it was given, and the revision. Never where it stands."""
        given = function.args if isinstance(function, Bound) else ()
        args = {key: _shown(value) for key, value in self.args}
        return {"args": args, "given": [*map(_shown, given)], "revision": self.revision}  # type: ignore[attr-defined]

    @property
    def _signs(self) -> engine.Signs:
        """What must be in a text for this to change anything: something of one of its needles."""
        needles = getattr(self, "needles", ())
        return frozenset(map(engine.sign_of, needles)) if needles and all(needles) else None

    def about(self) -> str:
        """What the pass does, what it leaves alone, its table and examples, as ``help`` shows them.

        >>> from arnorm import passes
        >>> print(passes.fold_latin_case.about().partition(chr(10))[0])
        fold_latin_case: write ASCII capitals small: A → a
        """
        lines = [f"{self.name}: {self.summary}" if self.summary else self.name, ""]
        lossy = "Lossy: letters or marks that a reader may want are merged or dropped."
        lines += [lossy if self.lossy else "Lossless."]
        lines += [f"Leaves alone: {self.leaves}"] if self.leaves else []
        lines += self._shown()
        lines += ["", *(f"{before!r} → {after!r}" for before, after in self.examples)] if self.examples else []
        return "\n".join(lines)

    def _shown(self) -> list[str]:
        """The lines of `about` on what a pass is made of."""
        return []

    @property
    def brief(self) -> str:
        """How a pipeline shows it: by its name, and what it stands around."""
        return self.name

    @property
    def kind(self) -> str:
        """The kind of pass, in lower case."""
        return type(self).__name__.lower()

    @cached_property
    def _key(self) -> tuple[object, ...]:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Pass) or self.kind != other.kind:
            return NotImplemented
        return (self.name, self.lossy, self.args, self._key) == (other.name, other.lossy, other.args, other._key)

    def __hash__(self) -> int:
        return hash((self.name, self._key))

    def __getstate__(self) -> dict[str, Any]:
        kept = {f.name for f in fields(self)}  # what is built on demand stays behind: it may hold closures
        return {key: value for key, value in self.__dict__.items() if key in kept}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def __repr__(self) -> str:
        args = ", ".join(f"{key}={value!r}" for key, value in self.args)
        return f"<{type(self).__name__} {self.name}{f'({args})' if args else ''}>"


#: Rows of a table that `Pass.about` lists.
_ROWS = 20


@dataclass(frozen=True, eq=False, repr=False)
class CharMap(Pass):
    """A table from single characters to strings; an empty string deletes.

    A homomorphism: ``p(a + b) == p(a) + p(b)``. The table is given as a mapping, and kept as sorted pairs. What
    `str.maketrans` makes is one too: a character may be given by its number, and None deletes.

    >>> CharMap("fold_heh_goal", {"ہ": "ه"})("ہوا")
    'هوا'
    """

    pairs: tuple[tuple[str, str], ...] = ()

    def __init__(self, name: str, table: Mapping[str, str | None] | Mapping[int, Any], **about: Any) -> None:
        if not isinstance(table, Mapping):
            raise InvalidPassError(f"{name}: a table is a mapping from characters, not {type(table).__name__}")
        pairs = [_pair(name, key, value) for key, value in table.items()]
        Pass.__init__(self, name, **about)
        object.__setattr__(self, "pairs", tuple(sorted((k, v) for k, v in pairs if k != v)))

    @cached_property
    def table(self) -> Mapping[str, str]:
        """The table, read-only."""
        return MappingProxyType(dict(self.pairs))

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return self.pairs

    @cached_property
    def _runner(self) -> engine.Runner:
        return engine.fold(self.table)

    def _shown(self) -> list[str]:
        rows = [f"U+{ord(key):04X} {key!r} → {value!r}" for key, value in self.pairs[:_ROWS]]
        more = len(self.pairs) - _ROWS
        return ["", *rows, *([f"and {more} more; see .table"] if more > 0 else [])]

    @cached_property
    def _finder(self) -> re.Pattern[str]:
        return re.compile(f"[{''.join(map(re.escape, self.table))}]") if self.pairs else re.compile(r"(?!)")

    def replacements(self, text: str) -> list[Replacement]:
        table = self.table
        return [Replacement(m.start(), m.end(), table[m[0]]) for m in self._finder.finditer(text)]

    def recipe(self) -> dict[str, Any]:
        return {"charmap": self.name, "table": dict(self.pairs)}


def _pair(name: str, key: object, value: object) -> tuple[str, str]:
    """An entry of a table, as `str.translate` understands it."""
    character = chr(key) if type(key) is int and 0 <= key <= sys.maxunicode else key
    text = "" if value is None else chr(value) if type(value) is int and 0 <= value <= sys.maxunicode else value
    if isinstance(character, str) and len(character) == 1 and isinstance(text, str):
        return character, text
    raise InvalidPassError(f"{name}: a table maps one character to a string, not {key!r} to {value!r}")


@dataclass(frozen=True, eq=False, repr=False)
class Rewrite(Pass):
    """A pattern (for `re`) and its replacement: a template as for `re.sub`, or a function of the match.

    *needles* are strings of which one must be in a text for the pattern to match, and *hint* a pattern that must
    match somewhere in it, or a function that finds something in it: where there is none, the pattern is not run. They
    only save time; where both are given, the needles do so in a pipeline, which looks for those of all its passes at
    once. *revision* is part of the fingerprint where the replacement is a function: it rises when the function gives
    something else. *steps* are what other engines do to the same end (see `arnorm.portable`), or say why there are
    none; they are no part of the fingerprint. A pattern alone is for `re`: every engine reads it in its own way, so it
    is not exported.

    A pattern of yours takes the time that `re` takes for it, which can be exponential: only those of arnorm's own
    passes are held to linear time. Take patterns, as you take code, from those whom you trust.

    >>> Rewrite("one_question_mark", "؟{2,}", "؟", needles=("؟؟",))("حقا؟؟؟")
    'حقا؟'
    """

    pattern: str
    replacement: Replacer
    needles: tuple[str, ...] = field(default=(), kw_only=True)
    hint: engine.Hint = field(default="", kw_only=True)
    flags: int = field(default=0, kw_only=True)
    revision: int = field(default=1, kw_only=True)
    steps: Steps = field(default="", kw_only=True)

    @classmethod
    def of(cls, name: str, step: Search | Repeats, **about: Any) -> Self:
        """The pass that does *step*, which other engines can do too; *about* is what a `Rewrite` takes besides.

        Flags are no part of that, for they would change what is found: `InvalidPassError`.

        >>> from arnorm.portable import Chars, Kept, Search
        >>> Rewrite.of("strip_stroke", Search(Kept(Chars("بت")), "ـ")).pattern
        '([بت])ـ'
        """
        if "flags" in about:
            raise InvalidPassError(f"{name}: what is made of a search has no flags")
        return cls(name, step.pattern, step.template, steps=(step,), **about)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.replacement, str) and not callable(self.replacement):
            kind = type(self.replacement).__name__
            raise InvalidPassError(f"{self.name}: a replacement is a template or a function of the match, not {kind}")
        self._check()

    def _check(self) -> None:
        """Raise `InvalidPassError` where the pattern or the template is wrong, here and not at the first text."""
        if isinstance(self.hint, str):
            spans.compile_pattern(self.name, self.hint)
        try:
            # Compiling is the check; a template is compiled at every call, whether there is a match or not.
            if isinstance(self.replacement, str):
                self._compiled.sub(self.replacement, "")
            self._compiled  # noqa: B018
        except (re.error, IndexError) as error:
            raise InvalidPassError(f"{self.name}: {error}") from error

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return spans.compile_pattern(self.name, self.pattern, self.flags)

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return self.pattern, self.flags, self.replacement, self.revision

    @cached_property
    def _runner(self) -> engine.Runner:
        sub, replacement = self._compiled.sub, self.replacement

        def run(text: str) -> str:
            out = sub(replacement, text)
            return text if out == text else out

        return engine.guarded(run, self.needles, self.hint)

    def replacements(self, text: str) -> list[Replacement]:
        if not engine.may_match(self.needles, self.hint)(text):
            return []
        new = self.replacement if callable(self.replacement) else None
        found = []
        for match in self._compiled.finditer(text):
            after = new(match) if new else match.expand(self.replacement)  # type: ignore[arg-type]
            if after != match[0]:
                found.append(Replacement(match.start(), match.end(), after))
        return found

    def recipe(self) -> dict[str, Any]:
        new = self.replacement
        shown = {"template": new} if isinstance(new, str) else self._of_function(new)
        return {"rewrite": self.name, "pattern": self.pattern, "flags": self.flags, **shown}


@dataclass(frozen=True, eq=False, repr=False)
class Form(Pass):
    """A Unicode normalization form. Text that is in it already comes back at once, as the same object.

    >>> Form("nfc", "NFC")("ا" + "\\N{ARABIC HAMZA ABOVE}") == "أ"
    True
    """

    form: FormName

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.form not in forms.FORMS:
            raise InvalidPassError(f"{self.name}: a form is one of {', '.join(forms.FORMS)}, not {self.form!r}")

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return (self.form,)

    @cached_property
    def _runner(self) -> engine.Runner:
        return forms.normalizer(self.form)

    @property
    def _signs(self) -> engine.Signs:
        return forms.signs(self.form)

    def replacements(self, text: str) -> list[Replacement]:
        return forms.replacements(self.form, text)

    def recipe(self) -> dict[str, Any]:
        return {"form": self.form}


@dataclass(frozen=True, eq=False, repr=False)
class Judge(Pass):
    """A function that reads a text and lists what to replace in it: ``(start, end, text)``, ascending, disjoint.

    A fourth member, if there is one, is a `Note` that says why: its kind, score and runner-up are those of the
    change in a trace. A list that is not in order, overlaps or leaves the text raises `InvalidPassError`.

    For work that looks at more than one place before it decides: pairing quotes, finding mojibake, spelling.
    *needles*, *hint* and *steps* are those of `Rewrite`. *revision* is part of the fingerprint: it rises when the
    function changes what it decides.

    >>> def first_letter(text):
    ...     return [(0, 1, "ا")] if text.startswith("أ") else []
    >>> Judge("first_letter", first_letter)("أب أم")
    'اب أم'
    """

    plan: Callable[[str], Iterable[tuple[Any, ...]]]
    needles: tuple[str, ...] = field(default=(), kw_only=True)
    hint: engine.Hint = field(default="", kw_only=True)
    revision: int = field(default=1, kw_only=True)
    steps: Steps = field(default="", kw_only=True)

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return self.plan, self.revision

    @cached_property
    def _runner(self) -> engine.Runner:
        plan = self.plan

        def run(text: str) -> str:
            pieces: list[str] = []
            at, size = 0, len(text)
            for start, end, new, *note in plan(text):
                if not at <= start <= end <= size:
                    raise self._wrong(start, end, new, size)
                if note:
                    self._noted(*note)
                pieces += (text[at:start], new)
                at = end
            out = "".join([*pieces, text[at:]]) if pieces else text
            return text if out == text else out

        return engine.guarded(run, self.needles, self.hint)

    def replacements(self, text: str) -> list[Replacement]:
        return self._planned(text)[0] if engine.may_match(self.needles, self.hint)(text) else []

    def _planned(self, text: str) -> tuple[list[Replacement], list[Note | None]]:
        """The replacements that change something, and their notes."""
        replacements: list[Replacement] = []
        notes: list[Note | None] = []
        at, size = 0, len(text)
        for start, end, new, *note in self.plan(text):
            if not at <= start <= end <= size:
                raise self._wrong(start, end, new, size)
            at = end
            if new != text[start:end]:
                replacements.append(Replacement(start, end, new))
                notes.append(self._noted(*note))
        return replacements, notes

    def _wrong(self, start: int, end: int, new: str, size: int) -> InvalidPassError:
        return InvalidPassError(
            f"{self.name}: the function planned {(start, end, new)!r}, which is out of order, overlaps what it "
            f"planned before, or leaves the text of {size} characters"
        )

    def _noted(self, *note: object) -> Note | None:
        if not note:
            return None
        if len(note) == 1 and isinstance(note[0], Note):
            return note[0]
        raise InvalidPassError(f"{self.name}: what follows start, end and text is a Note, not {note!r}")

    def links(self, text: str) -> tuple[str, Sequence[Link]]:
        if not engine.may_match(self.needles, self.hint)(text):
            return text, ()
        replacements, notes = self._planned(text)
        return apply(text, replacements), link(self.name, replacements, notes)

    def recipe(self) -> dict[str, Any]:
        return {"judge": self.name, **self._of_function(self.plan)}


@dataclass(frozen=True, eq=False, repr=False)
class Custom(Pass):
    """A function of yours from ``str`` to ``str``. Its edits are found by comparing, in linear time.

    *revision* is part of the fingerprint: it rises when the function gives something else. *steps* are those of
    `Rewrite`.

    >>> Custom("upper", str.upper, lossy=False).trace("قال ok").edits[0].after
    'OK'
    """

    function: Callable[[str], str]
    revision: int = field(default=1, kw_only=True)
    steps: Steps = field(default="", kw_only=True)

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return self.function, self.revision

    @cached_property
    def _runner(self) -> engine.Runner:
        def run(text: str) -> str:
            out = self.function(text)
            if not isinstance(out, str):
                raise TypeError(f"{self.name}: the function returned {type(out).__name__}, not str")
            return text if out == text else out

        return run

    def replacements(self, text: str) -> list[Replacement]:
        return replacements_between(text, self._runner(text))

    def recipe(self) -> dict[str, Any]:
        return {"custom": self.name, **self._of_function(self.function)}


class Joined(Pass):
    """Several passes under one name, run in turn; *passes* is any of them joined with ``|``.

    *needles* are those of `Rewrite`: strings of which one must be in a text for any of them to change it. *portable* is
    what stands for it in other engines, where it looks at more than they can (see `arnorm.export.portable`); what it
    does there is not what it does here, so that it is no part of the fingerprint.

    >>> both = CharMap("plain", {"أ": "ا"}) | CharMap("plain", {"ة": "ه"})
    >>> Joined("fold", both)("أسرة")
    'اسره'
    """

    inner: Pipeline
    needles: tuple[str, ...]
    portable: Pipeline | None

    def __init__(
        self,
        name: str,
        passes: Joinable,
        *,
        needles: tuple[str, ...] = (),
        portable: Pipeline | None = None,
        **about: Any,
    ) -> None:
        super().__init__(name, **about)
        self.__dict__.update(inner=Pipeline((passes,)), needles=needles, portable=portable)

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return (self.inner,)

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "inner": self.inner, "needles": self.needles, "portable": self.portable}

    @cached_property
    def _runner(self) -> engine.Runner:
        def run(text: str) -> str:
            out = self.inner(text)
            return text if out == text else out

        return engine.guarded(run, self.needles, "")

    def links(self, text: str) -> tuple[str, Sequence[Link]]:
        return self.inner.links(text)

    def replacements(self, text: str) -> list[Replacement]:
        return [Replacement(*edit.span, edit.after) for edit in self.trace(text).edits]

    def recipe(self) -> dict[str, Any]:
        return {"joined": self.name, "pipeline": [p.recipe() for p in self.inner.passes]}


@dataclass(frozen=True)
class Bound:
    """A function with its first arguments given, equal to another by value (`functools.partial` is not)."""

    function: Callable[..., Any]
    args: tuple[Any, ...]

    def __call__(self, *rest: Any) -> Any:
        return self.function(*self.args, *rest)


def _shown(value: Any) -> Any:
    """A value that a function was given, as JSON: a repairer by its fingerprint, a policy by what it says.

    A function is told by its name, for its `repr` holds an address, and is another in every process.
    """
    return getattr(value, "fingerprint", None) or getattr(value, "__name__", None) or repr(value)


class Protected(Pass):
    """A pipeline that leaves certain spans alone; made by `Composable.protecting`."""

    inner: Pipeline
    spans: tuple[str | re.Pattern[str], ...]

    def __init__(self, inner: Pipeline, what: tuple[str | re.Pattern[str], ...]) -> None:
        super().__init__("protecting", lossy=inner.lossy)
        self.__dict__.update(inner=inner, spans=what)
        self._patterns  # noqa: B018  (an unknown name is an error now, not at the first text)

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return self.inner, self.spans

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "inner": self.inner, "spans": self.spans}

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(spans.pattern_of, self.spans))

    @cached_property
    def _runner(self) -> engine.Runner:
        def run(text: str) -> str:
            found = spans.find(self._patterns, text)
            out = self._around(text, found) if found else self.inner(text)
            return text if out == text else out

        return run

    def _around(self, text: str, found: list[Span]) -> str:
        mask = spans.mask(text, found)
        out = self.inner(apply(text, mask))
        back = spans.unmask(out, text, mask)
        return self._between(text, found)[0] if back is None else apply(out, back)

    def links(self, text: str) -> tuple[str, Sequence[Link]]:
        found = spans.find(self._patterns, text)
        if not found:
            return self.inner.links(text)
        mask = spans.mask(text, found)
        out, links = self.inner.links(apply(text, mask))
        back = spans.unmask(out, text, mask)
        if back is None:
            return self._between(text, found)
        return apply(out, back), compose([link("", mask), links, link("", back)])

    def _between(self, text: str, found: list[Span]) -> tuple[str, Sequence[Link]]:
        """The stretches between the protected spans, each normalized by itself, without the other's context."""
        pieces: list[str] = []
        links: list[Link] = []
        at = shift = 0
        for start, end in [*found, (len(text), len(text))]:
            out, inner = self.inner.links(text[at:start])
            there = at + shift
            links += [(a + at, b + at, c + there, d + there, by) for a, b, c, d, by in inner]
            pieces += (out, text[start:end])
            shift += len(out) - (start - at)
            at = end
        return "".join(pieces), links

    def replacements(self, text: str) -> list[Replacement]:
        return [Replacement(*edit.span, edit.after) for edit in self.trace(text).edits]

    @property
    def brief(self) -> str:
        around = ", ".join(s if isinstance(s, str) else repr(s.pattern) for s in self.spans)
        return f"protecting({around}: {self.inner._brief})"

    def __repr__(self) -> str:
        return f"<Protected {self.brief}>"

    def recipe(self) -> dict[str, Any]:
        shown = [s if isinstance(s, str) else {"pattern": s.pattern, "flags": int(s.flags)} for s in self.spans]
        return {"protecting": shown, "pipeline": [p.recipe() for p in self.inner.passes]}


class Pipeline(Composable):
    """Passes in order, called like one. Immutable, hashable, picklable; made with ``|``.

    >>> from arnorm import passes
    >>> p = passes.strip_tashkeel | passes.fold_alef
    >>> p.names
    ('strip_tashkeel', 'fold_alef')
    >>> p.without("fold_alef")("أَب")
    'أب'
    >>> p == passes.strip_tashkeel | passes.fold_alef
    True
    """

    passes: tuple[Pass, ...]

    def __init__(self, passes: Iterable[Joinable] = ()) -> None:
        if not isinstance(passes, Iterable):
            raise InvalidPassError(f"a pipeline is made of passes, as [...], not {type(passes).__name__}")
        flat: list[Pass] = []
        for value in passes:
            flat += _passes(value)
        self.__dict__["passes"] = tuple(flat)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a pipeline cannot be changed ({name}); `replacing` and `without` give a new one")

    @cached_property
    def _runner(self) -> engine.Runner:
        """What runs the passes: neighbouring tables as one, and a pass that cannot change a text left out."""
        steps: list[tuple[engine.Runner, engine.Signs]] = []
        made: dict[engine.Runner, str] = {}
        for is_table, values in groupby(self.passes, lambda value: isinstance(value, CharMap)):
            if is_table:
                table = engine.fuse(value.table for value in values)  # type: ignore[attr-defined]
                steps.append((engine.fold(table), frozenset(table)))
                made[steps[-1][0]] = "".join(table.values())
            else:
                steps += ((value._runner, value._signs) for value in values)
        return engine.sieved(steps, made)

    def _each_of(self, texts: Iterable[str]) -> Iterator[str]:
        # A stream is not read ahead, and a judge needs each text by itself.
        tables = [value.table for value in self.passes if isinstance(value, CharMap)]
        whole = len(tables) == len(self.passes) and not any("\uffff" in table for table in tables)
        if whole and isinstance(texts, list | tuple) and all(isinstance(text, str) for text in texts):
            return engine.fold_many(self._runner, texts)
        return map(self, texts)

    def links(self, text: str) -> tuple[str, Sequence[Link]]:
        steps = []
        for value in self.passes:
            text, links = value.links(text)
            steps.append(links)
        return text, compose(steps)

    @property
    def lossy(self) -> bool:
        """Whether any pass of it is lossy."""
        return any(value.lossy for value in self.passes)

    def without(self, name: str) -> Pipeline:
        """This pipeline less every pass called *name*; raises `UnknownNameError` when there is none.

        >>> from arnorm import passes
        >>> (passes.strip_tatweel | passes.fold_alef).without("fold_alef")("أهـــلا")
        'أهلا'
        """
        return self._each(name, ())

    def replacing(self, name: str, value: Joinable) -> Pipeline:
        """This pipeline with *value* in place of every pass called *name*.

        >>> from arnorm import passes
        >>> p = passes.fold_alef | passes.fold_teh_marbuta
        >>> p.replacing("fold_teh_marbuta", passes.fold_teh_marbuta_to_teh)("أسرة")
        'اسرت'
        """
        return self._each(name, Pipeline((value,)).passes)

    def _each(self, name: str, instead: tuple[Pass, ...]) -> Pipeline:
        known = self._all_names()
        if name not in known:
            raise UnknownNameError("pass of this pipeline", name, known)
        return self._swapped(name, instead)

    def _all_names(self) -> list[str]:
        return [value.name for value in self.each()]

    def each(self) -> list[Pass]:
        """All passes, those within protection behind what protects them.

        >>> from arnorm import passes
        >>> [value.name for value in passes.fold_alef.protecting("urls").each()]
        ['protecting', 'fold_alef']
        """
        inner = [value for p in self.passes if isinstance(p, Protected) for value in p.inner.each()]
        return [*self.passes, *inner]

    def _swapped(self, name: str, instead: tuple[Pass, ...]) -> Pipeline:
        """The pipeline with *instead* for the passes called *name*, within protection too."""
        swapped: list[Pass] = []
        for value in self.passes:
            if value.name == name:
                swapped += instead
            elif isinstance(value, Protected):
                swapped.append(Protected(value.inner._swapped(name, instead), value.spans))
            else:
                swapped.append(value)
        return Pipeline(swapped)

    def __len__(self) -> int:
        return len(self.passes)

    def __iter__(self) -> Iterator[Pass]:
        return iter(self.passes)

    def __eq__(self, other: object) -> bool:
        return self.passes == other.passes if isinstance(other, Pipeline) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.passes)

    def __reduce__(self) -> tuple[object, ...]:
        return Pipeline, (self.passes,)

    def __repr__(self) -> str:
        return f"<Pipeline {self._brief or '(empty)'}>"

    @property
    def _brief(self) -> str:
        return " | ".join(value.brief for value in self.passes)
