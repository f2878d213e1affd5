"""Spelling repair as a pass: called, joined, traced and put into recipes like any other.

What it finds, and how it decides, is the work of `arnorm.spelling`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from arnorm import engine
from arnorm.core import Pass
from arnorm.errors import text_of, texts_of
from arnorm.literals import PolicyName
from arnorm.review import Review
from arnorm.spelling.policy import Policy, policy_of
from arnorm.trace import Change, Link, Note, Replacement, apply, link, planned
from arnorm.words import entry

if TYPE_CHECKING:
    from arnorm.spelling.speller import Speller

__all__ = ["Repairer", "Suggestion", "repair", "suggest"]

#: Part of the fingerprint; raised when the code finds or decides something else with the same model and policy.
REVISION = 1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reading of a word: the text, the kind of error that it takes the word for, its share among the readings.

    >>> Repairer().suggest("المدرسه", limit=1)[0].text
    'المدرسة'
    """

    text: str
    kind: str
    score: float

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON: every field by its name.

        >>> Suggestion("المدرسة", "class", 0.98).as_dict()
        {'text': 'المدرسة', 'kind': 'class', 'score': 0.98}
        """
        return asdict(self)


class Repairer(Pass):
    """A pass that repairs misspelt words by their context, as far as *policy* is sure of them.

    *policy* is "safe" (text that nobody reads again), "balanced" (text as people type it), "thorough" (somebody looks
    over the result), any of them with its version ("safe.v1"), or a `Policy` of your own. *lexicon* are words of
    yours that are right: they are left alone, and may be restored; one word an entry, what follows a ``#`` is a
    comment, so that the lines of a file will do. *model* is a file that ``arnorm train`` wrote, by default arnorm's
    own; it is read at the first text, once a process.

    White space, punctuation, digits, Latin words, URLs and mentions come back as they are, and marks stay on the
    letters that stay. Repairing again changes nothing more. Several threads may use one at once.

    Raises `UnknownNameError` for another policy and `InvalidLexiconError` for what is not one Arabic word.

    >>> from arnorm import Repairer, passes
    >>> (passes.strip_tatweel | Repairer("balanced"))("ذهـــب الى المدرسه")
    'ذهب إلى المدرسة'
    >>> Repairer("balanced", lexicon=["المدرسه"])
    <Repairer policy='balanced.v1', lexicon of 1 word, arnorm's model>
    """

    policy: Policy
    lexicon: tuple[str, ...]
    model: str | None

    def __init__(
        self,
        policy: PolicyName | Policy = "safe",
        lexicon: Iterable[str] | None = None,
        model: str | os.PathLike[str] | None = None,
    ) -> None:
        chosen = policy_of(policy)
        given = () if lexicon is None else texts_of(lexicon, "a lexicon")
        words = tuple(sorted(set(filter(None, map(entry, given)))))
        if model is not None and not isinstance(model, str | os.PathLike):
            raise TypeError(f"a model is the path of a file, not {type(model).__name__}")
        args: tuple[tuple[str, Any], ...] = (("policy", chosen.full_name),)
        args += (("lexicon", words),) if words else ()
        args += (("model", os.fspath(model)),) if model is not None else ()
        super().__init__(
            "repair_spelling",
            lossy=False,
            summary=f"repair misspelt words by their context ({chosen.full_name})",
            leaves="Words more likely right than wrong, names, other languages in Arabic script, and all that is not "
            "an Arabic word.",
            examples=() if words else (("ذهب الى المدرسه", "ذهب إلى المدرسة"), ("سافر أحمد أمس", "سافر أحمد أمس")),
            args=args,
        )
        self.__dict__.update(policy=chosen, lexicon=words, model=None if model is None else os.fspath(model))

    @classmethod
    def load(
        cls,
        model: str | os.PathLike[str] | None = None,
        policy: PolicyName | Policy = "safe",
        lexicon: Iterable[str] | None = None,
    ) -> Repairer:
        """A repairer whose *model* is read now and not at the first text; else the same as ``Repairer(...)``.

        Raises a `ModelError` that says what is wrong with a file that is not a sound model, and `FileNotFoundError`
        where there is none.

        >>> Repairer.load(policy="balanced")("ذهب الى المدرسه")
        'ذهب إلى المدرسة'
        """
        made = cls(policy, lexicon, model)
        made._speller  # noqa: B018
        return made

    def plan(self, text: str, policy: PolicyName | Policy | None = None, *, foreign: bool = False) -> list[Change]:
        """What would be changed in *text*, and what is only suggested, in order, without overlap.

        By another *policy* if one is given. With *foreign*, the runs of words of another language in Arabic script,
        which are left alone, stand in it too: of the kind "not Arabic", with the decision "keep". Linear in the length
        of the text; never raises on a string.

        >>> [(c.start, c.before, c.after, c.decision) for c in Repairer().plan("سألت احمد عن المسئول")]
        [(5, 'احمد', 'أحمد', 'replace'), (13, 'المسئول', 'المسؤول', 'suggest')]
        >>> [(c.start, c.kind, c.decision) for c in Repairer().plan("این کتاب را خواندم", foreign=True)]
        [(0, 'not Arabic', 'keep')]
        """
        found = self._planned(text_of(text, "repair"), policy)
        if foreign:
            found = sorted([*found, *self._speller.foreign(text)], key=itemgetter(0))
        return planned(text, found, self.name)

    def repair(self, text: str, policy: PolicyName | Policy | None = None) -> str:
        """*text* repaired, by another *policy* if one is given; without one, the same as calling it.

        Raises `UnknownNameError` for a policy that does not exist, `TypeError` for what is no ``str``.

        >>> Repairer("safe").repair("ذهب الى المدرسه", policy="balanced")
        'ذهب إلى المدرسة'
        """
        chosen = self.policy if policy is None else policy_of(policy)
        return apply(text, self._planned(text_of(text, "repair"), chosen.without_hints()))

    def review(self, text: str) -> Review:
        """What there is to decide on in *text*: the text repaired, the changes, and the suggestions.

        >>> review = Repairer().review("سألت احمد عن المسئول")
        >>> review.text, len(review.changes), len(review.suggestions)
        ('سألت أحمد عن المسئول', 1, 1)
        """
        plan = self.plan(text)
        made, hints = ([c for c in plan if (c.decision == "replace") is sure] for sure in (True, False))
        return Review(text, tuple(made), tuple(hints))

    def suggest(self, word: str, before: str = "", after: str = "", limit: int = 5) -> list[Suggestion]:
        """Readings of *word*, the likeliest first, given the text *before* and *after* it; *limit* at most.

        >>> [s.text for s in Repairer().suggest("ان", before="قال", after="الكتاب مفيد", limit=2)]
        ['إن', 'أن']
        """
        for value, taker in ((word, "suggest"), (before, "before"), (after, "after")):
            text_of(value, taker)
        if type(limit) is not int:
            raise TypeError(f"limit is a number, not {type(limit).__name__}")
        ranked = self._speller.ranked(word, before, after)[: max(limit, 0)]
        return [Suggestion(text, kind, round(share, 4)) for text, kind, share in ranked]

    def links(self, text: str) -> tuple[str, Sequence[Link]]:
        made = self.replacements(text)
        return apply(text, made), link(self.name, made, [Note(r.kind, round(r.score, 4), r.runner_up) for r in made])

    def replacements(self, text: str) -> list[Replacement]:
        found = self._planned(text, self.policy.without_hints())
        return [made for made in found if made.decision == "replace"]

    def recipe(self) -> dict[str, Any]:
        about = {"policy": [*self.policy], "lexicon": self.lexicon, "model": self._digest, "revision": REVISION}
        return {"repairer": self.name, **about}

    @property
    def kind(self) -> str:
        return "judge"

    @property
    def _digest(self) -> str:
        from arnorm.spelling.model import digest
        from arnorm.spelling.speller import DEFAULT_MODEL

        return hashlib.sha256(digest(self.model or DEFAULT_MODEL)).hexdigest()[:16]

    @cached_property
    def _speller(self) -> Speller:
        from arnorm.spelling.speller import speller  # imports what reads a model

        return speller(self.model, frozenset(self.lexicon))

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return self.policy, self.lexicon, self.model

    @cached_property
    def _runner(self) -> engine.Runner:
        return self.repair

    def _planned(self, text: str, policy: PolicyName | Policy | None) -> list[Replacement]:
        return self._speller.plan(text, self.policy if policy is None else policy_of(policy))

    def __reduce__(self) -> tuple[object, ...]:
        return Repairer, (self.policy, self.lexicon or None, self.model)

    def __repr__(self) -> str:
        count = len(self.lexicon)
        lexicon = f"lexicon of {count} word{'' if count == 1 else 's'}" if count else "no lexicon"
        model = "arnorm's model" if self.model is None else f"model={self.model!r}"
        return f"<Repairer policy={self.policy.full_name!r}, {lexicon}, {model}>"


def repair(text: str, policy: PolicyName | Policy = "safe", lexicon: Iterable[str] | None = None) -> str:
    """*text* with its misspelt words repaired by their context, as far as *policy* is sure of them.

    The policies are "safe", "balanced" and "thorough"; *lexicon* are words of yours that are right. For many texts,
    with a lexicon above all, make a `Repairer` once. Touches nothing but the repaired words.

    >>> repair("سافر احمد الى القاهره")
    'سافر أحمد إلى القاهرة'
    >>> repair("سافر احمد الى القاهره", lexicon=["القاهره"])
    'سافر أحمد إلى القاهره'
    """
    return Repairer(policy, lexicon)(text_of(text, "repair"))


def suggest(word: str, before: str = "", after: str = "", limit: int = 5) -> list[Suggestion]:
    """Readings of *word*, the likeliest first, given the text *before* and *after* it; *limit* at most.

    >>> [reading.text for reading in suggest("الاسلام", limit=1)]
    ['الإسلام']
    """
    return Repairer().suggest(word, before, after, limit)
