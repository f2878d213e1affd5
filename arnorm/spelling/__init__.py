"""Spelling repair in context, offline.

    >>> import arnorm
    >>> arnorm.repair("سافر احمد الى القاهره")
    'سافر أحمد إلى القاهرة'

The pass that does it, `arnorm.Repairer`, stands above this package, which it asks for the work.

What is repaired: hamzas and dots left off or misplaced, spaces too few or too many, letters repeated, missing, added,
swapped or typed for their neighbours, and a closed list of common misspellings, each judged in its sentence.

What is only suggested, by `balanced` and `thorough`: another word, one key, sound or dot away, that fits its place
far better than the sound word that stands there.

What is left alone: everything outside Arabic words; URLs, e-mail addresses, mentions, hashtags, and words glued to
Latin letters; marks on the letters that stay, and under `safe` the tatweel too; words that arnorm does not know,
unless they are very close to one that fits; dialect, grammar and choice of words; and whatever the policy is not sure
enough of.

The path of a sentence, in the order of reading: `kinds` (the kinds of error, one table), `arabic` (rules as data),
`model` (what is read from a model), then `view` and `sentence` (words), `rivals` with `likelihood`, and `candidates`
(what may have been meant), `reading` (the best way through), `proposals` and `evidence` (what speaks for a change),
`policy` (what to do with it), `objections` (what speaks against it), and `speller`, which does all this until nothing
changes.
`training` fits a model; nothing else imports it. ``docs/explanation/how-repair-decides.md`` follows a sentence through.

Importing this package loads no model; the first repair does. The model that comes with arnorm was counted from
books, news, hadith and interfaces and is licensed CC BY 4.0 (``arnorm/data/SOURCES.toml``); the code is Apache-2.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arnorm.spelling.policy import POLICIES, Policy
    from arnorm.spelling.scoring import evaluate
    from arnorm.spelling.training import train

__all__ = ["POLICIES", "Policy", "evaluate", "train"]

_HOMES = {
    "POLICIES": "policy", "Policy": "policy", "evaluate": "scoring", "train": "training",
}  # fmt: skip


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # a type checker would believe that there is everything

    def __getattr__(name: str) -> Any:
        """Load what is asked for, and not before."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"arnorm.spelling.{_HOMES[name]}"), name)
