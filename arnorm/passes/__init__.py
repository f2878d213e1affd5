"""Every ready-made pass, as a value, or as a factory where it takes an argument.

>>> from arnorm import passes
>>> passes.fold_alef("أحمد")
'احمد'
>>> passes.mask_urls("<url>")("انظر https://example.com")
'انظر <url>'

The names tell the risk: ``strip_`` deletes, ``fold_`` merges letters, ``map_`` is one to one, ``unify_`` gives the
same text one encoding, ``squeeze_`` shortens runs, ``order_`` reorders marks, ``mask_`` puts a token, ``repair_``
judges. `catalogue` lists them all.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from arnorm.core import CharMap, Pass
from arnorm.errors import InvalidPassError, NoSuchName, UnknownNameError, nearest
from arnorm.passes import (
    digits,
    documents,
    encoding,
    encoding_repair,
    letters,
    marks,
    names,
    numerals,
    punctuation,
    quotes,
    quran,
    social,
    spacing,
    spelling,
    transliteration,
)
from arnorm.passes._aliases import meant
from arnorm.passes.digits import *
from arnorm.passes.documents import *
from arnorm.passes.encoding import *
from arnorm.passes.encoding_repair import *
from arnorm.passes.letters import *
from arnorm.passes.marks import *
from arnorm.passes.names import *
from arnorm.passes.numerals import *
from arnorm.passes.punctuation import *
from arnorm.passes.quotes import *
from arnorm.passes.quran import *
from arnorm.passes.social import *
from arnorm.passes.spacing import *
from arnorm.passes.spelling import *
from arnorm.passes.transliteration import *

__all__ = ["Entry", "catalogue", "get"]
__all__ += digits.__all__ + documents.__all__ + encoding.__all__ + encoding_repair.__all__ + letters.__all__
__all__ += marks.__all__ + names.__all__ + numerals.__all__ + punctuation.__all__ + quotes.__all__ + quran.__all__
__all__ += social.__all__ + spacing.__all__ + spelling.__all__ + transliteration.__all__

#: The topics, in the order of the catalogue.
TOPICS = {
    "Marks": marks,
    "Letters": letters,
    "Quranic text": quran,
    "Names": names,
    "Encoding": encoding,
    "Encoding, judged": encoding_repair,
    "Documents": documents,
    "Digits and numbers": digits,
    "Numbers as words": numerals,
    "Punctuation": punctuation,
    "Quotes": quotes,
    "Spacing": spacing,
    "Social and web text": social,
    "Spelling": spelling,
    "Transliteration": transliteration,
}

Factory = Callable[..., Pass]


@dataclass(frozen=True)
class Entry:
    """One row of the catalogue.

    ``table`` is there for character tables only; ``factory`` is the signature where the name is a function.
    """

    name: str
    topic: str
    kind: str
    lossy: bool
    summary: str
    leaves: str
    table: Mapping[str, str] | None
    factory: str | None
    examples: tuple[tuple[str, str], ...]


@cache
def catalogue() -> tuple[Entry, ...]:
    """Every ready-made pass and factory, in order: by topic, and within a topic from common to rare.

    >>> catalogue()[0].name, catalogue()[0].lossy
    ('strip_tashkeel', True)
    """
    return tuple(
        _entry(topic, name, getattr(module, name)) for topic, module in TOPICS.items() for name in module.__all__
    )


def _entry(topic: str, name: str, value: Pass | Factory) -> Entry:
    made = value if isinstance(value, Pass) else value()
    table = made.table if isinstance(made, CharMap) else None
    factory = None if made is value else name + str(inspect.signature(value)).partition(" ->")[0]
    return Entry(name, topic, made.kind, made.lossy, made.summary, made.leaves, table, factory, made.examples)


@cache
def _ready() -> dict[str, Pass | Factory]:
    return {name: getattr(module, name) for module in TOPICS.values() for name in module.__all__}


def get(name: str, **args: Any) -> Pass:
    """The ready-made pass called *name*, made with *args* if it is a factory.

    Raises `UnknownNameError` (with a suggestion) for another name, `InvalidPassError` for arguments that the
    factory does not take.

    >>> get("fold_alef")("أب")
    'اب'
    >>> get("squeeze_elongation", most=1)("جميييل")
    'جميل'
    """
    value = _ready().get(name) if isinstance(name, str) else None
    if value is None:
        raise UnknownNameError("pass", name, _ready(), meant(name))
    if isinstance(value, Pass):
        if args:
            raise InvalidPassError(f"{name} takes no arguments; given: {', '.join(args)}")
        return value
    signature = inspect.signature(value)
    for key, given in args.items():
        if key not in signature.parameters:
            raise InvalidPassError(f"{name}: {UnknownNameError('argument', key, signature.parameters).args[0]}")
        wanted = type(signature.parameters[key].default)  # every argument of a factory has one
        if wanted is tuple and isinstance(given, list):
            args[key] = given = tuple(given)  # JSON has no tuples
        if type(given) is not wanted:
            raise InvalidPassError(
                f"{name}: {key} is of type {wanted.__name__}, not {type(given).__name__} ({given!r})"
            )
    return value(**args)


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # a type checker would believe that there is everything

    def __getattr__(name: str) -> Any:
        raise NoSuchName(f"module {__name__!r} has no pass {name!r}", lambda: _hint(name))


def _hint(name: str) -> str:
    near = meant(name) or nearest(name, __all__)
    return f"; did you mean {near!r}?" if near else ""
