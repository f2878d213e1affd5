"""spaCy: a component that sets the norms of tokens, and notes what is misspelt.

>>> import spacy
>>> import arnorm.integrations.spacy
>>> nlp = spacy.blank("ar")
>>> _ = nlp.add_pipe("arnorm", config={"profile": "search.v1", "repair": "balanced"})
>>> doc = nlp("ذهب الى المَدْرَسَةِ")
>>> doc.text
'ذهب الى المَدْرَسَةِ'
>>> [token.norm_ for token in doc]
['ذهب', 'الي', 'المدرسه']
>>> [(s["after"], s["decision"]) for s in doc[1]._.arnorm_suggestions]
[('إلى', 'replace')]
"""

from __future__ import annotations

from typing import Any

from arnorm.extras import require
from arnorm.integrations import pipeline_of
from arnorm.literals import PolicyName, ProfileName
from arnorm.repairer import Repairer
from arnorm.trace import Change

Language = require("spacy.language", "spacy").Language
tokens = require("spacy.tokens", "spacy")

__all__ = ["ArabicNorms", "make"]


class ArabicNorms:
    """Sets ``token.norm_`` to the token normalized by itself; the text, and all else of the document, stays.

    A token of which nothing is left (a lone tatweel) has the norm of its lexeme: spaCy has no empty one. Where
    *repair* names a policy, ``doc._.arnorm_suggestions`` lists what the repairer would replace or suggest, each with
    ``start``, ``end``, ``before``, ``after``, ``kind``, ``score``, ``runner_up`` and ``decision`` of a change, and
    ``token._.arnorm_suggestions`` those that touch the token; what it would replace inside one token is in the norm.
    The model is loaded with the first document. Raises `arnorm.UnknownNameError` for a profile or policy that does
    not exist.

    >>> import spacy
    >>> [token.norm_ for token in ArabicNorms("search")(spacy.blank("ar")("إِلَى المَدْرَسَةِ"))]
    ['الي', 'المدرسه']
    """

    def __init__(
        self, profile: ProfileName = "clean", repair: PolicyName | None = None, model: str | None = None
    ) -> None:
        self.profile, self.repair = pipeline_of(profile), repair and Repairer(repair, model=model)

    def __call__(self, doc: Any) -> Any:
        """*doc* with its norms set."""
        words = [token.text for token in doc]
        if self.repair:
            plan = self.repair.plan(doc.text)
            doc._.arnorm_suggestions = [_plain(change) for change in plan]
            for found in reversed(plan):  # the later first, so that offsets stay true
                if found.decision == "replace":
                    _put(words, doc.char_span(found.start, found.end, alignment_mode="expand"), found)
        for token, norm in zip(doc, self.profile.many(words), strict=True):
            token.norm_ = norm
        return doc


def _plain(change: Change) -> dict[str, Any]:
    """Without its lists, which spaCy would read back as tuples."""
    return {name: value for name, value in change.as_dict().items() if not isinstance(value, list)}


def _put(words: list[str], span: Any, found: Any) -> None:
    """Make a replacement in the word of its token; one that joins or parts tokens has no place in a norm."""
    if len(span) == 1:
        word, start = words[span.start], span.start_char
        words[span.start] = word[: found.start - start] + found.text + word[found.end - start :]


def _of_token(token: Any) -> list[dict[str, Any]]:
    end = token.idx + len(token)
    return [s for s in token.doc._.arnorm_suggestions if s["start"] < end and token.idx < s["end"]]


def make(nlp: Any, name: str, profile: Any, repair: Any, model: str | None) -> ArabicNorms:
    """The component, as spaCy makes it from the configuration of a pipeline.

    >>> import spacy
    >>> nlp = spacy.blank("ar")
    >>> [token.norm_ for token in make(nlp, "arnorm", "search", None, None)(nlp("المدرسة"))]
    ['المدرسه']
    """
    return ArabicNorms(profile, repair, model)


tokens.Doc.set_extension("arnorm_suggestions", default=[], force=True)
tokens.Token.set_extension("arnorm_suggestions", getter=_of_token, force=True)
Language.factory(
    "arnorm",
    default_config={"profile": "clean", "repair": None, "model": None},
    assigns=["token.norm", "doc._.arnorm_suggestions", "token._.arnorm_suggestions"],
    func=make,
)
