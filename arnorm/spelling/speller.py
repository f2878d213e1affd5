"""What finds misspelt words and decides; `arnorm.repairer` makes a pass of it.

>>> default().repair("ذهب الى المدرسه", "safe")
'ذهب إلى المدرسة'
"""

from __future__ import annotations

import logging
import os
import struct
from bisect import bisect_right
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from os import PathLike
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, cast

from arnorm.errors import text_of
from arnorm.lazy import Cache
from arnorm.literals import PolicyName
from arnorm.spelling import realword, surface, terms
from arnorm.spelling.evidence import Proposal
from arnorm.spelling.model import HEAD, DamagedModelError, ModelError, read
from arnorm.spelling.model.forest import load as load_judge
from arnorm.spelling.objections import arabic, may_hint, strange, sustained
from arnorm.spelling.policy import BEST, EVEN, LIKELY, NEVER, Policy, policy_of
from arnorm.spelling.proposals import Proposer
from arnorm.spelling.sentence import Sentence, sentences, soft_ends
from arnorm.spelling.surface import carry
from arnorm.spelling.view import KEYBOARD, View, retyped, typed_words, view
from arnorm.trace import Link, Replacement, apply, fit, join, link
from arnorm.words import FOREIGN, plain

if TYPE_CHECKING:
    from arnorm.spelling.model.lexicon import Lexicon

_log = logging.getLogger("arnorm.spelling")

DEFAULT_MODEL = Path(__file__).parent.parent / "data" / "spelling.model"

#: What a plan calls words of another language.
NOT_ARABIC = "not Arabic"
#: A text that still changes after so many rounds is left as it was.
_ROUNDS = 5
#: So much evidence is remembered with what it is worth, for sentences that repeat themselves.
_JUDGED = 1_000


class Speller:
    """Finds misspelt words by their context, and decides how sure it is of each.

    A speller may be used by several threads at once; it holds its model and caches of what it looked up.
    """

    def __init__(
        self,
        proposer: Proposer,
        probability: Callable[[Sequence[float]], float],
        real_word: Callable[[Sequence[float]], float],
    ) -> None:
        self._proposer = proposer
        self._probability = probability
        self._real_word = real_word

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Speller:
        """Read the model at *path*.

        Raises a `ModelError` that says what is wrong with a file that is not a sound model, and
        `FileNotFoundError` where there is none.
        """
        packed = read(path)
        try:
            terms.check(packed)
            judge, real_word = (load_judge(packed, terms.places(packed, name), name) for name in terms.FEATURES)
            proposer = Proposer.load(packed)
        except ModelError as error:
            raise type(error)(f"{path}: {error}") from error
        except (ValueError, struct.error) as error:
            raise DamagedModelError(
                f"{path}: the sections of the model do not fit together ({error}); train it again"
            ) from error
        return cls(proposer, judge.probability, real_word.probability)

    @property
    def lexicon(self) -> Lexicon:
        """The words that it knows."""
        return self._proposer.lexicon

    def knowing(self, words: frozenset[str]) -> Speller:
        """Return a speller that also knows *words*, which are bare; its caches start empty."""
        return Speller(self._proposer.knowing(words), self._probability, self._real_word) if words else self

    def plan(self, text: str, policy: PolicyName | Policy) -> list[Replacement]:
        """Return what `repair` would change and what it would only suggest, in order of place, without overlap.

        Offsets count code points of *text*; `arnorm.trace.apply` makes the changes. Linear in the length of the text;
        never raises on a string.
        """
        chosen = policy_of(policy)
        seen = view(text_of(text, "repair"))
        typed = retyped(seen.text, self._proposer.lexicon)
        out = self._plan(typed, chosen)
        if typed is not seen.text:
            out = _beside(out, self._retyped(seen.text, typed, chosen))
        if not seen.starts:
            return out
        # What the view does not show may stand where a suggestion moves a line end, which is not to pass it.
        written = [_written(r, seen) for r in out]
        return [r for r in written if "\n" not in r.text or _sound(text, [r], 0)]

    def repair(self, text: str, policy: PolicyName | Policy) -> str:
        """Return *text* with the changes made that the policy is sure enough of."""
        return apply(text, self.plan(text, policy_of(policy).without_hints()))

    def foreign(self, text: str) -> list[Replacement]:
        """Return the runs of words of another language, which are left alone, as replacements that change nothing."""
        seen = view(text_of(text, "repair"))
        found = list(sentences(seen.text))
        words = [word for sentence in found for word in sentence.words]
        kept = {word for sentence in found for word in strange(sentence)} | set(strange(*found))
        runs = [[*run] for foreign, run in groupby(words, kept.__contains__) if foreign]
        spans = [(run[0].start, run[-1].end) for run in runs]
        if seen.starts:
            spans = [seen.place(start, end) for start, end in spans]
        return [Replacement(start, end, text[start:end], NOT_ARABIC, 1.0, "", "keep") for start, end in spans]

    def ranked(self, word: str, before: str, after: str) -> list[tuple[str, str, float]]:
        """Return readings of *word* between *before* and *after*, the likeliest first: text, kind of error, share."""
        return self._proposer.ranked(plain(view(word).text), view(before).text, view(after).text)

    def _plan(self, text: str, policy: Policy) -> list[Replacement]:
        soft = soft_ends(text)
        out = self._settled(text, soft, policy)
        if not _wrapped_alike(text, out, soft):
            out = self._settled(text, (), policy)
            if soft and not _wrapped_alike(text, out, ()):
                out = [r for r in out if r.decision == "suggest"]
        return out

    def _settled(self, text: str, soft: Container[int], policy: Policy) -> list[Replacement]:
        """Return the changes of a *text*, sentence by sentence; of one whose plan breaks the law of plans none."""
        out: list[Replacement] = []
        found = list(sentences(text, soft))
        for sentence in found:
            settled = self._settle(text, sentence, policy)
            if _sound(text, settled, out[-1].end if out else 0):
                out += settled
        if "\n" in text:
            words = [word for sentence in found for word in sentence.words]
            cuts = surface.cuts(text, words, self._proposer.lexicon)
            out = _beside([Replacement(*cut, text[cut.start : cut.end], "suggest") for cut in cuts], out)
        return arabic(out, *found) if out and (len(found) > 1 or "\n" in text) else out

    def _retyped(self, text: str, typed: str, policy: Policy) -> list[Replacement]:
        """Return what is to be done to words that only have letters of another keyboard."""
        return [
            Replacement(start, end, typed[start:end], KEYBOARD, probability, text[start:end], decision)
            for start, end, probability in typed_words(text, typed, self._proposer.lexicon)
            if (decision := policy.decide(probability, KEYBOARD))
        ]

    # -- one sentence -------------------------------------------------------------------------

    def _settle(self, text: str, sentence: Sentence, policy: Policy) -> list[Replacement]:
        """Repair a sentence until nothing changes, so that repairing again changes nothing either."""
        first = self._judge(text, sentence, policy)
        made = [r for r in first if r.decision == "replace"]
        if not made:
            return first
        start, end = surface.bounds(text, sentence)
        source = text[start:end]
        more = [_shift(r, by=-start) for r in made]
        links, current, policy = _linked(more), apply(source, more), policy.without_hints()
        for _ in range(_ROUNDS):
            soft = range(len(current))  # the line ends within a sentence do not end it
            again = [r for s in sentences(current, soft) for r in self._judge(current, s, policy)]
            more = [r for r in again if r.decision == "replace"]
            if not more:
                made = [_shift(r, by=start) for r in _unlinked(source, current, links)]
                return _beside(made, [r for r in first if r.decision == "suggest"])
            links, current = join(links, _linked(more)), apply(current, more)
        return []

    def _judge(self, text: str, sentence: Sentence, policy: Policy) -> list[Replacement]:
        """Return the changes of a *sentence*: of proposals, of what its surface shows, and of real words."""
        out: list[Replacement] = []
        lexicon = self._proposer.lexicon
        proposals = [*sustained(self._proposals(sentence, policy.effort), text, sentence, lexicon)]
        plainer = policy.decide(surface.STRETCHED, "elongation") == "replace"
        for probability, proposal in proposals:
            decision = policy.decide(probability, proposal.candidate.kind)
            if decision is not None:
                start = sentence.words[proposal.start].start
                end = sentence.words[proposal.end - 1].end
                meant = carry(text[start:end], proposal.candidate.text)
                if plainer:
                    meant = surface.unstretched(meant)
                out.append(
                    Replacement(start, end, meant, proposal.candidate.kind, probability, proposal.runner_up, decision)
                )
        if surface.suspicious(text, sentence):
            out = _beside(out, self._on_the_surface(text, sentence, policy))
        if policy.real_words < NEVER:
            decided = [p for probability, p in proposals if policy.decide(probability, p.candidate.kind)]
            out = _beside(out, self._elsewhere(text, sentence, decided, policy))
        return arabic(out, sentence) if out else out

    def _proposals(self, sentence: Sentence, effort: int) -> list[tuple[float, Proposal]]:
        """Return changes of different words in order, each with its probability.

        What is likely stays, so that a bolder policy makes the changes of a shyer one, and more.
        """
        reading = self._proposer.read(sentence)
        probabilities = Cache(self._probability, _JUDGED)
        judged = [(probabilities[p.features], p) for p in self._proposer.changes(sentence, reading)]
        if effort <= BEST:
            return judged
        best = {proposal.start: (probability, proposal) for probability, proposal in judged}
        meanings = reading.meanings
        settled = {
            start
            for start, (probability, _) in best.items()
            if probability >= (EVEN if meanings[start].known else LIKELY)
        }
        for other in self._proposer.others(sentence, reading, effort, settled):
            probability = probabilities[other.features]
            if other.start not in best or best[other.start][0] < probability:
                best[other.start] = (probability, other)
        return [best[start] for start in sorted(best)]

    def _on_the_surface(self, text: str, sentence: Sentence, policy: Policy) -> list[Replacement]:
        """Return what is to be done to words that keep their letters, one thing for a word.

        Of «أهـــلًا٩» an eager policy takes the tatweel away in one round, and parts the number in the next.
        """
        found: dict[int, Replacement] = {}
        for start, end, meant, kind, probability in surface.slips(text, sentence, self._proposer.lexicon):
            decision = policy.decide(probability, kind)
            if decision == "replace" and start in found and found[start].decision == "suggest":
                del found[start]
            if decision is not None and start not in found:
                found[start] = Replacement(start, end, meant, kind, probability, text[start:end], decision)
        return list(found.values())

    def _elsewhere(
        self, source: str, sentence: Sentence, proposals: Sequence[Proposal], policy: Policy
    ) -> list[Replacement]:
        """Return suggestions for words that are right by themselves, where nothing else was proposed."""
        words = [word.plain for word in sentence.words]
        taken: set[int] = set()
        for start, end, candidate, _, _ in proposals:
            taken.update(range(start, end))
            if end == start + 1 and " " not in candidate.text:
                words[start] = candidate.text
        out = []
        for place, text, features in self._proposer.real_words(words):
            if place in taken or not may_hint(sentence, place, source, self._proposer.lexicon):
                continue
            if (probability := self._real_word(features)) >= policy.real_words:
                start, end = sentence.words[place].start, sentence.words[place].end
                meant = carry(source[start:end], text)
                out.append(Replacement(start, end, meant, realword.KIND, probability, words[place], "suggest"))
        return out


def _linked(replacements: Sequence[Replacement]) -> list[Link]:
    return link("", replacements, replacements)


def _unlinked(source: str, current: str, links: Iterable[Link]) -> list[Replacement]:
    """The replacements that turn *source* into *current*; of those that became one, the last gives its reasons."""
    return [
        cast(Replacement, makers[-1][1])._replace(start=start, end=end, text=current[out_start:out_end])
        for start, end, out_start, out_end, makers in links
        if source[start:end] != current[out_start:out_end]
    ]


def _sound(text: str, plan: Sequence[Replacement], start: int) -> bool:
    """The law of plans: ascending, disjoint, from *start* on within the text, and nothing but words is touched.

    It holds unless there is a bug, and a plan with a bug is to do no damage.
    """
    return fit(plan, start, len(text)) and all(
        FOREIGN.findall(text[r.start : r.end]) == FOREIGN.findall(r.text) for r in plan
    )


def _wrapped_alike(text: str, plan: Sequence[Replacement], soft: Collection[int]) -> bool:
    """Say whether as many lines end softly when a plan is carried out, for a repaired text is to stay as it is.

    Lines grow and shrink by a letter or two, and may be too long or too short for their paragraph then.
    """
    return not plan or len(soft_ends(apply(text, plan))) == len(soft)


def _beside(made: list[Replacement], hints: list[Replacement]) -> list[Replacement]:
    """Return the replacements, and the others where none of these is, in order."""
    ends = [r.end for r in made]
    free = []
    for hint in hints:
        k = bisect_right(ends, hint.start)
        if k == len(made) or made[k].start >= hint.end:
            free.append(hint)
    return sorted(made + free)


def _written(replacement: Replacement, seen: View) -> Replacement:
    """Return a replacement in a view as one in its text."""
    start, end = seen.place(replacement.start, replacement.end)
    text = seen.carry(replacement.start, replacement.end, replacement.text)
    return replacement._replace(start=start, end=end, text=text)


def _shift(replacement: Replacement, by: int) -> Replacement:
    return replacement._replace(start=replacement.start + by, end=replacement.end + by)


_lock = Lock()


def speller(model: str | None = None, words: frozenset[str] = frozenset()) -> Speller:
    """Return the speller of *model*, by default of the one that comes with arnorm, which also knows *words*.

    A model is loaded once a process, and again when its file has changed.
    """
    path = model or str(DEFAULT_MODEL)
    with open(path, "rb") as file:
        about, head = os.fstat(file.fileno()), file.read(HEAD)
    stamp = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, head)
    with _lock:  # of two threads one loads
        return _knowing(path, stamp, words)


@lru_cache(8)
def _knowing(path: str, stamp: tuple[object, ...], words: frozenset[str]) -> Speller:
    return _knowing(path, stamp, frozenset()).knowing(words) if words else _loaded(path, stamp)


@lru_cache(4)
def _loaded(path: str, stamp: tuple[object, ...]) -> Speller:
    began = perf_counter()
    made = Speller.load(path)
    _log.info("model loaded from %s in %.2f s", path, perf_counter() - began)
    return made


def default() -> Speller:
    """Return the speller of the model that comes with arnorm."""
    return speller()
