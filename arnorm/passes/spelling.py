"""Spelling repair as a pass, so that one pipeline, one recipe and one command can normalize and repair."""

from __future__ import annotations

from collections.abc import Sequence

from arnorm.core import Bound, Judge
from arnorm.errors import text_of, texts_of
from arnorm.names import PolicyName
from arnorm.spelling.policy import policy_of
from arnorm.words import entry

__all__ = ["repair_spelling"]


def repair_spelling(policy: PolicyName = "safe", lexicon: tuple[str, ...] = ()) -> Judge:
    """Repair misspelt words by their context, as far as *policy* is sure of them.

    *policy* is "safe" (what is beyond doubt), "balanced" or "thorough"; *lexicon* are words of yours that are right:
    they are left alone, and may be restored. The model is that of arnorm, loaded at the first text, once a process.
    For another model, or suggestions, see `arnorm.Repairer`. Raises `UnknownNameError` for another policy and
    `InvalidLexiconError` for what is not one Arabic word.

    >>> from arnorm import passes
    >>> (passes.strip_tatweel | repair_spelling("balanced"))("ذهـــب الى المدرسه")
    'ذهب إلى المدرسة'
    >>> repair_spelling("balanced", lexicon=("المدرسه",))("ذهب الى المدرسه")
    'ذهب إلى المدرسه'
    """
    chosen = policy_of(text_of(policy, "repair_spelling: policy"))
    words = tuple(sorted(set(filter(None, map(entry, texts_of(lexicon, "repair_spelling: lexicon"))))))
    return Judge(
        "repair_spelling",
        Bound(_planned, (chosen.name, words)),
        lossy=False,
        summary="repair misspelt words by their context",
        leaves="Words more likely right than wrong, names, other languages in Arabic script, and all that is not "
        "an Arabic word.",
        examples=(("ذهب الى المدرسه", "ذهب إلى المدرسة"), ("سافر أحمد أمس", "سافر أحمد أمس")) if not words else (),
        args=(("policy", chosen.name), ("lexicon", words)),
    )


def _planned(policy: str, lexicon: tuple[str, ...], text: str) -> Sequence[tuple[int, int, str, object]]:
    from arnorm.spelling.repairer import knowing, noted  # imports what reads a model

    return noted(knowing(frozenset(lexicon)), policy_of(policy), text)
