"""Spelling repair as a pass, so that one pipeline, one recipe and one command can normalize and repair."""

from __future__ import annotations

from collections.abc import Iterable

from arnorm.literals import PolicyName
from arnorm.repairer import Repairer

__all__ = ["repair_spelling"]


def repair_spelling(policy: PolicyName = "safe", lexicon: Iterable[str] = ()) -> Repairer:
    """Repair misspelt words by their context, as far as *policy* is sure of them.

    *policy* is "safe" (what is beyond doubt), "balanced" or "thorough"; *lexicon* are words of yours that are right:
    they are left alone, and may be restored. The model is that of arnorm, read at the first text, once a process; a
    `Repairer` takes another. Raises `UnknownNameError` for another policy and `InvalidLexiconError` for what is not
    one Arabic word.

    >>> from arnorm import passes
    >>> (passes.strip_tatweel | repair_spelling("balanced"))("ذهـــب الى المدرسه")
    'ذهب إلى المدرسة'
    >>> repair_spelling("balanced", lexicon=["المدرسه"])("ذهب الى المدرسه")
    'ذهب إلى المدرسه'
    """
    return Repairer(policy, lexicon)
