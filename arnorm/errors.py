"""The errors that arnorm raises.

::

    ArnormError                     everything below, for one ``except``
    ├── UnknownNameError            (KeyError)    no pass, profile or span of that name; suggests the nearest
    ├── InvalidPassError            (ValueError)  a table, pattern or name that cannot make a pass
    ├── NotSerializableError        (TypeError)   a pass that holds code of yours and so has no JSON form
    ├── NotExpressibleError         (ValueError)  a pass that another engine cannot do exactly
    ├── InvalidLexiconError         (ValueError)  an entry of a lexicon that is not one Arabic word
    ├── InvalidRecipeError          (ValueError)  JSON that is not a pipeline of this version
    ├── InvalidDecisionsError       (ValueError)  decisions on changes that are none, or not for that text
    ├── MissingPackageError         (ImportError) an extra is not installed; names the command that installs it
    ├── UndecodableInputError       (ValueError)  bytes that are not text in the stated encoding; line and offset
    └── WorkerLostError             (RuntimeError) a worker process ended before its work did

Each subclasses the built-in error a reader would expect, carries the object at fault as an attribute, and
says in its message what to do next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


class ArnormError(Exception):
    """The root of every error arnorm raises on purpose.

    >>> from arnorm import passes
    >>> try:
    ...     passes.get("fold_alif")
    ... except ArnormError as error:
    ...     print(error)
    no pass is named 'fold_alif'; did you mean 'fold_alef'?
    """


class UnknownNameError(ArnormError, KeyError):
    """No ready-made thing has this name. ``name`` is what was asked for, ``suggestion`` the nearest or None.

    ``kind`` is what was looked for: "pass", "profile", "policy" and so on.

    >>> error = UnknownNameError("pass", "fold_alif", ["fold_alef", "nfc"])
    >>> error.kind, error.name, error.suggestion
    ('pass', 'fold_alif', 'fold_alef')
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], meant: str | None = None) -> None:
        known = list(known)
        self.kind, self.name = kind, name
        self.suggestion = meant or nearest(name, known)
        hint = f"did you mean {self.suggestion!r}?" if self.suggestion else f"known: {', '.join(known)}"
        super().__init__(f"no {kind} is named {name!r}; {hint}")

    def __str__(self) -> str:  # KeyError would show the repr of the message
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        return _restore_unknown, (type(self), self.args[0], self.kind, self.name, self.suggestion)


class NoSuchName(AttributeError):  # noqa: N818  (an AttributeError, shown as one)
    """A module has no such name. What to say of it is found when it is shown: ``import`` asks for names, too."""

    def __init__(self, said: str, hint: Callable[[], str]) -> None:
        super().__init__(said)
        self._hint = hint

    def __str__(self) -> str:
        return f"{self.args[0]}{self._hint()}"

    def __reduce__(self) -> tuple[object, ...]:
        return AttributeError, (str(self),)


def nearest(name: object, known: Iterable[str]) -> str | None:
    """The one of *known* that a misspelt *name* is nearest to, if one is near."""
    from difflib import get_close_matches  # only on the way to an error

    near = get_close_matches(name, list(known), n=1, cutoff=0.5) if isinstance(name, str) else []
    return near[0] if near else None


def _restore_unknown(
    cls: type[UnknownNameError], message: str, kind: str, name: str, suggestion: str | None
) -> UnknownNameError:
    error = cls.__new__(cls, message)
    error.kind, error.name, error.suggestion = kind, name, suggestion
    return error


class InvalidPassError(ArnormError, ValueError):
    """What was given cannot make a pass: the message names the entry at fault.

    >>> from arnorm import CharMap
    >>> CharMap("mine", {"أإ": "ا"})
    Traceback (most recent call last):
    ...
    arnorm.errors.InvalidPassError: mine: a table maps one character to a string, not 'أإ' to 'ا'
    """


class NotSerializableError(ArnormError, TypeError):
    """A pass that runs a function of yours has no JSON form; pickle it, or name it to ``loads(custom=...)``.

    Code cannot be sent to worker processes either, unless it stands at the top level of a module.

    >>> from arnorm import Custom
    >>> try:
    ...     list(Custom("mine", lambda text: text).many(["نص"], processes=2))
    ... except NotSerializableError as error:
    ...     print(str(error).rpartition("; ")[2])
    define the functions it calls at the top level of a module, or run without processes
    """


class NotExpressibleError(ArnormError, ValueError):
    """The engine ``target`` cannot do what the pass called ``pass_name`` does; ``reason`` says what is in the way.

    >>> from arnorm import passes
    >>> from arnorm.export import export
    >>> try:
    ...     export(passes.repair_spelling(), "icu")
    ... except NotExpressibleError as error:
    ...     print(error.pass_name, error.target)
    repair_spelling icu
    """

    def __init__(self, pass_name: str, target: str, reason: str) -> None:
        self.pass_name, self.target, self.reason = pass_name, target, reason
        super().__init__(
            f"{pass_name} cannot be written for {target}: {reason}; leave it out (`without`, --without {pass_name}), "
            "here and wherever the result has to be the same"
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.pass_name, self.target, self.reason)


class InvalidLexiconError(ArnormError, ValueError):
    """``entry`` is not one Arabic word, and a lexicon has one word an entry.

    >>> from arnorm import Repairer
    >>> Repairer(lexicon=["أم درمان"])
    Traceback (most recent call last):
    ...
    arnorm.errors.InvalidLexiconError: 'أم درمان' is not one Arabic word; give one word an entry
    """

    def __init__(self, entry: str) -> None:
        self.entry = entry
        super().__init__(f"{entry!r} is not one Arabic word; give one word an entry")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.entry,)


class InvalidRecipeError(ArnormError, ValueError):
    """The JSON given is not a pipeline that this version of arnorm wrote.

    >>> from arnorm import loads
    >>> loads('{"name": "mine"}')
    Traceback (most recent call last):
    ...
    arnorm.errors.InvalidRecipeError: not a pipeline written by arnorm.dumps: KeyError('passes')
    """


class InvalidDecisionsError(ArnormError, ValueError):
    """What was given as decisions on the changes of a text is none, or not for that text; the message says where.

    >>> from arnorm import Repairer
    >>> Repairer().review("ذهب الى المدرسه").apply(accept=[99])
    Traceback (most recent call last):
    ...
    arnorm.errors.InvalidDecisionsError: there is nothing to decide at 99
    """


class MissingPackageError(ArnormError, ImportError):
    """An optional package is needed. ``extra`` is the name to install: ``pip install 'arnorm[extra]'``.

    >>> print(MissingPackageError("polars", "polars"))
    this needs the package 'polars': pip install 'arnorm[polars]'
    """

    def __init__(self, package: str, extra: str) -> None:
        self.package, self.extra = package, extra
        super().__init__(f"this needs the package {package!r}: pip install 'arnorm[{extra}]'", name=package)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.package, self.extra)


class UndecodableInputError(ArnormError, ValueError):
    """Bytes that do not decode. ``line`` counts from 1, ``offset`` is in bytes from the start of the input.

    ``byte`` is the first of them, ``name`` that of the file, ``encoding`` the one in which it was read, and ``guess``
    the one that the input looks like, if it looks like another; else empty.

    >>> error = UndecodableInputError("a.txt", "utf-8", line=3, offset=120, byte=0xC7, guess="cp1256")
    >>> str(error).partition(";")[0]
    'a.txt: line 3, byte 120 (0xc7) is not utf-8'
    """

    def __init__(self, name: str, encoding: str, line: int, offset: int, byte: int, guess: str = "") -> None:
        self.name, self.encoding, self.line, self.offset, self.byte = name, encoding, line, offset, byte
        self.guess = guess
        right = f"it looks like {guess}: pass -e {guess}" if guess else "name the right encoding with -e"
        super().__init__(
            f"{name}: line {line}, byte {offset} (0x{byte:02x}) is not {encoding}; "
            f"{right}, or -e {encoding}:replace to mark such bytes with U+FFFD"
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.name, self.encoding, self.line, self.offset, self.byte, self.guess)


class WorkerLostError(ArnormError, RuntimeError):
    """A worker process ended before its work did: killed, out of memory, or never able to start.

    Nothing is known of the work that it had; what came before it has been given.

    >>> issubclass(WorkerLostError, RuntimeError)
    True
    """

    def __init__(self) -> None:
        super().__init__(
            "a worker process ended before its work did; if it ran out of memory, use fewer processes or a smaller "
            "chunk; if none could start, put the call under `if __name__ == '__main__':`"
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), ()


def text_of(value: Any, taker: str) -> str:
    """*value*, which *taker* takes and which has to be a ``str``; a `TypeError` says what it is instead."""
    if isinstance(value, str):
        return value
    hint = "; decode it first" if isinstance(value, bytes | bytearray) else ""
    raise TypeError(f"{taker} takes a str, not {type(value).__name__}{hint}")


def texts_of(values: Any, taker: str) -> Iterable[str]:
    """*values*, which have to be an iterable of strings, and not one string, which would be read letter by letter."""
    if isinstance(values, str | bytes | bytearray) or not isinstance(values, Iterable):
        raise TypeError(f"{taker} takes an iterable of str, as [...], not {type(values).__name__}")
    return values
