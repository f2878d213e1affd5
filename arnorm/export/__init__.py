"""A pipeline written for another engine, so that what is indexed there and what is normalized here is the same.

`export` writes a pipeline as settings of Elasticsearch and OpenSearch, rules of an ICU transliterator, a function of
PostgreSQL, a macro of DuckDB, or a normalizer of Hugging Face tokenizers. What it writes does what the pipeline does,
on every text that the engine can hold; a pass that cannot be written so is refused by name, never approximated.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from arnorm.core import Composable, Joined, Pass, Pipeline, Protected
from arnorm.errors import NotExpressibleError, UnknownNameError

__all__ = ["TARGETS", "export", "portable", "refused"]

#: What a pipeline can be written for; a module each.
TARGETS = ("elasticsearch", "icu", "postgresql", "duckdb", "tokenizers")


def export(pipeline: Composable, target: str, *, name: str = "arnorm", lowercase: bool = True) -> str:
    """*pipeline* as text for *target*, one of `TARGETS`; it needs no package.

    *name* is what it is called there: the analyzer, the function or the macro. *lowercase* is for elasticsearch alone,
    whose analyzer folds the case of words behind the pipeline, as its built-in ones do, unless it is False. Unicode
    normalization is left to the engine, and means its version of Unicode; everything else is written out. Raises
    `NotExpressibleError` for the first pass that *target* cannot do exactly, and `UnknownNameError` for another target.

    >>> from arnorm import passes
    >>> print(export(passes.strip_tatweel, "icu"))
    # strip_tatweel
    \\u0640 > ;
    <BLANKLINE>
    >>> export(passes.unescape_html, "icu")
    Traceback (most recent call last):
    ...
    arnorm.errors.NotExpressibleError: unescape_html cannot be written for icu: it is a Python function, which reads \
more than a pattern can; leave it out (`without`, --without unescape_html), here and wherever the result has to be \
the same
    """
    if target not in TARGETS:
        raise UnknownNameError("target of export", target, TARGETS)
    options = {"lowercase": lowercase} if target == "elasticsearch" else {}
    return cast(str, import_module(f"arnorm.export.{target}").written(pipeline, name, **options))


def portable(pipeline: Composable) -> Pipeline:
    """*pipeline* with its portable form in place of every pass that has one: what other engines can do.

    `unify_forms_in_order` is such a pass: it looks whether a line is in visual order, and leaves those that are. Its
    portable form decodes every line. So the two differ for text in visual order only, as programs take it out of PDF;
    where such text comes, run the portable pipeline in Python too. A pass without such a form stays.

    >>> from arnorm import profile
    >>> refused(profile("clean"), "icu")[0].pass_name
    'unify_forms_in_order'
    >>> refused(portable(profile("clean")), "icu")
    []
    """
    return Pipeline([_portable(value) for value in Pipeline((pipeline,))])


def _portable(value: Pass) -> Composable:
    if isinstance(value, Protected):
        return Protected(portable(value.inner), value.spans)
    return value.portable if isinstance(value, Joined) and value.portable else value


def refused(pipeline: Composable, target: str) -> list[NotExpressibleError]:
    """Every pass of *pipeline* that *target* cannot do, with the reason; without them it can be exported.

    >>> from arnorm import profile
    >>> [error.pass_name for error in refused(profile("ml.v1"), "duckdb")]
    ['unescape_html', 'repair_elongation']
    """
    rest, errors = Pipeline((pipeline,)), []
    while True:
        try:
            export(rest, target)
        except NotExpressibleError as error:
            errors.append(error)
            rest = rest.without(error.pass_name)
        else:
            return errors
