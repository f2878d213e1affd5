"""What speaks against a change that no count of words tells of.

A forest weighs how well a change fits; some changes are out of the question, however well they fit: those of another
language, of vowels that are written, of half an idiom, of names that are written so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from arnorm import languages
from arnorm.spelling.arabic.classes import skeleton
from arnorm.spelling.candidates import DOUBTFUL
from arnorm.spelling.evidence import Proposal
from arnorm.spelling.marks import contradict, pointed
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.sentence import Sentence
from arnorm.words import Word

Spanning = TypeVar("Spanning", bound="Span")


class Span(Protocol):
    """A part of a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


#: What an idiom cut off needs behind it: «إنشاء» is a word, «انشا الله» is none. By the last word of what is meant.
_COMPLETED = {"شاء": ("الله", "ربك", "ربي", "ربنا", "المولي", "الرحمن", "تعالي")}
#: Families of the Maghreb write the «بن» of their names with the name: «بنسعيد».
_SON = "بن"


def sustained(
    judged: Iterable[tuple[float, Proposal]], text: str, sentence: Sentence, lexicon: Lexicon
) -> Iterator[tuple[float, Proposal]]:
    """Yield the proposals with their probabilities that nothing speaks against."""
    for probability, proposal in judged:
        words = sentence.words[proposal.start : proposal.end]
        if not (
            _half_an_idiom(proposal, sentence.words)
            or _is_name(proposal)
            or _is_pointed(words, proposal.candidate.text, text, lexicon)
        ):
            yield probability, proposal


def arabic(replacements: list[Spanning], sentence: Sentence) -> list[Spanning]:
    """Return the replacements that touch no word in a run of another language."""
    found = languages.foreign([word.plain for word in sentence.words])
    strange = [word for word, foreign in zip(sentence.words, found, strict=True) if foreign]
    starts, ends = [word.start for word in strange], [word.end for word in strange]
    return [r for r in replacements if bisect_left(starts, r.end) == bisect_right(ends, r.start)]


def _half_an_idiom(proposal: Proposal, words: Sequence[Word]) -> bool:
    """Say whether a change makes the first half of an idiom whose second does not follow: «إنشاء حساب»."""
    candidate = proposal.candidate
    if candidate.source != "idiom" or " " not in candidate.text:
        return False
    needed = _COMPLETED.get(candidate.text.rsplit(" ", 1)[1])
    return needed is not None and (proposal.end == len(words) or skeleton(words[proposal.end].plain) not in needed)


def _is_name(proposal: Proposal) -> bool:
    """Say whether a change parts a name that is written in one: «بنموسى»."""
    candidate = proposal.candidate
    return candidate.source == "split" and candidate.text.split(" ", 1)[0] in (_SON, "و" + _SON)


def _is_pointed(words: Sequence[Word], meant: str, text: str, lexicon: Lexicon) -> bool:
    """Say whether vowels speak against a change: of words that exist any, for whoever adds vowels writes with care."""
    written = text[words[0].start : words[-1].end]
    if len(written) == sum(len(word.plain) for word in words) + len(words) - 1:
        return False
    if contradict(written, meant):
        return True
    return pointed(written) and all((lexicon.score(word.plain) or DOUBTFUL - 1) > DOUBTFUL for word in words)
