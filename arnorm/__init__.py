"""arnorm: clean, normalize and repair Arabic text; every change traced.

Normalize by a profile: "clean" loses nothing that a reader would miss, "search" folds what people write differently.
`all_profiles` lists them; write the version ("search.v1") wherever the result is kept.

>>> import arnorm
>>> arnorm.normalize("ﻣﺮﺣﺒــﺎ")
'مرحبا'
>>> arnorm.normalize("إِلَى المَدْرَسَةِ", "search")
'الي المدرسه'

Compose passes, functions and profiles with ``|``. `catalogue` lists the passes, ``help(passes.fold_alef)`` says what
one does. A pipeline is called, runs over many texts, leaves alone what it is told to, and traces what it does.

>>> from arnorm import passes
>>> fold = passes.strip_tashkeel | passes.fold_alef | passes.mask_urls
>>> fold("أَهْلًا https://example.com")
'اهلا [رابط]'
>>> list(fold.many(["أَب", "أُم"]))
['اب', 'ام']
>>> fold.protecting("hashtags")("أَهْلًا #أَهْلًا")
'اهلا #أَهْلًا'
>>> [(edit.before, edit.after, edit.passes) for edit in passes.fold_alef.trace("أهلا").edits]
[('أ', 'ا', ('fold_alef',))]

Repair spelling, as far as it is beyond doubt; a `Repairer` is a pass, too, and gives what it found for review.

>>> arnorm.repair("ذهب الى المدرسه")
'ذهب إلى المدرسة'
>>> [reading.text for reading in arnorm.suggest("الاسلام", limit=1)]
['الإسلام']

Configure with `pipeline`, which reads what people write in YAML, TOML or JSON; keep with `dumps`, `loads` and
``fingerprint``. Bridges to pandas, polars, Arrow, DuckDB, Spark, spaCy, scikit-learn, jiwer and tokenizers are modules
of `arnorm.integrations`; ``arnorm --help`` is the command line. What goes wrong is an `ArnormError`, or a `TypeError`.
"""

TYPE_CHECKING = False  # as type checkers know it, without the import of `typing`
if TYPE_CHECKING:
    from arnorm import passes
    from arnorm.core import CharMap, Composable, Custom, Form, Judge, Pipeline, Rewrite
    from arnorm.documents import read_pdf
    from arnorm.errors import (
        ArnormError,
        InvalidDecisionsError,
        InvalidLexiconError,
        InvalidPassError,
        InvalidRecipeError,
        MissingPackageError,
        NotExpressibleError,
        NotSerializableError,
        UndecodableInputError,
        UnknownNameError,
        WorkerLostError,
    )
    from arnorm.languages import is_arabic
    from arnorm.passes import catalogue
    from arnorm.profiles import Profile, all_profiles, normalize, profile
    from arnorm.recipes import dumps, loads, pipeline
    from arnorm.repairer import Repairer, Suggestion, repair, suggest
    from arnorm.review import Review
    from arnorm.segments import split_sentences, split_words
    from arnorm.testing import same
    from arnorm.trace import Change, Note, Trace

__version__ = "0.1.0"

__all__ = [
    "ArnormError",
    "Change",
    "CharMap",
    "Composable",
    "Custom",
    "Form",
    "InvalidDecisionsError",
    "InvalidLexiconError",
    "InvalidPassError",
    "InvalidRecipeError",
    "Judge",
    "MissingPackageError",
    "NotExpressibleError",
    "NotSerializableError",
    "Note",
    "Pipeline",
    "Profile",
    "Repairer",
    "Review",
    "Rewrite",
    "Suggestion",
    "Trace",
    "UndecodableInputError",
    "UnknownNameError",
    "WorkerLostError",
    "__version__",
    "all_profiles",
    "catalogue",
    "dumps",
    "is_arabic",
    "loads",
    "normalize",
    "passes",
    "pipeline",
    "profile",
    "read_pdf",
    "repair",
    "same",
    "split_sentences",
    "split_words",
    "suggest",
]

# Imported when first asked for: tables and patterns of a hundred passes are not everyone's start-up cost, and the
# command line is to answer Ctrl-C before any of them is loaded.
_LAZY = {
    "CharMap": "arnorm.core",
    "Composable": "arnorm.core",
    "Custom": "arnorm.core",
    "Form": "arnorm.core",
    "Judge": "arnorm.core",
    "Pipeline": "arnorm.core",
    "Rewrite": "arnorm.core",
    "ArnormError": "arnorm.errors",
    "InvalidDecisionsError": "arnorm.errors",
    "InvalidLexiconError": "arnorm.errors",
    "InvalidPassError": "arnorm.errors",
    "InvalidRecipeError": "arnorm.errors",
    "MissingPackageError": "arnorm.errors",
    "NotExpressibleError": "arnorm.errors",
    "NotSerializableError": "arnorm.errors",
    "UndecodableInputError": "arnorm.errors",
    "UnknownNameError": "arnorm.errors",
    "WorkerLostError": "arnorm.errors",
    "Change": "arnorm.trace",
    "Note": "arnorm.trace",
    "Trace": "arnorm.trace",
    "Profile": "arnorm.profiles",
    "catalogue": "arnorm.passes",
    "dumps": "arnorm.recipes",
    "is_arabic": "arnorm.languages",
    "loads": "arnorm.recipes",
    "pipeline": "arnorm.recipes",
    "normalize": "arnorm.profiles",
    "passes": "",
    "profile": "arnorm.profiles",
    "read_pdf": "arnorm.documents",
    "Repairer": "arnorm.repairer",
    "Review": "arnorm.review",
    "Suggestion": "arnorm.repairer",
    "repair": "arnorm.repairer",
    "suggest": "arnorm.repairer",
    "same": "arnorm.testing",
    "all_profiles": "arnorm.profiles",
    "split_sentences": "arnorm.segments",
    "split_words": "arnorm.segments",
}


if not TYPE_CHECKING:  # a type checker would believe that there is everything

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _LAZY:
            from arnorm.errors import NoSuchName

            raise NoSuchName(f"module 'arnorm' has no attribute {name!r}", lambda: _hint(name))

        module = import_module(_LAZY[name] or f"arnorm.{name}")
        globals()[name] = value = getattr(module, name) if _LAZY[name] else module
        return value


def _hint(name: str) -> str:
    from arnorm import passes
    from arnorm.errors import nearest
    from arnorm.passes._aliases import meant

    near = nearest(name, __all__)
    made = meant(name) or (name if name in passes.__all__ else None)
    return f"; did you mean passes.{made}?" if made else f"; did you mean {near!r}?" if near else ""


def __dir__() -> list[str]:
    return __all__
