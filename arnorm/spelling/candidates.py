"""What an observed word could have been, each with a cost and a kind.

Costs are nats: the negative logarithm of how often such a slip is made, roughly. The word as it is
written is always the first candidate.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from arnorm.chars import ENCLITICS, PROCLITICS
from arnorm.spelling.arabic import rules
from arnorm.spelling.arabic.affixes import LONGEST, WordForm, analyses, parts, word_form
from arnorm.spelling.arabic.classes import (
    VARIANT,
    class_cost,
    is_variant,
    residue,
    settled,
    shape_hash,
    skeleton_of,
    specials,
    todays,
    word_hash,
)
from arnorm.spelling.arabic.rules import IDIOMS
from arnorm.spelling.arabic.slips import LEAST, price, sounds
from arnorm.spelling.cache import Cache
from arnorm.spelling.kinds import AS_WRITTEN, having
from arnorm.spelling.likelihood import DOUBTFUL, PRICE, Likelihood
from arnorm.spelling.model.context import NOTHING
from arnorm.spelling.model.lexicon import LOGS, Lexicon
from arnorm.spelling.model.near import slips
from arnorm.spelling.model.shelves import UNKNOWN
from arnorm.spelling.model.table import RivalTable, Row
from arnorm.spelling.splitting import splits

#: A spelling of the lexicon is meant more often than its frequency says.
KNOWN = -1.0
#: The decoder proposes more than it believes; the judge sees to the rest.
HANDICAP = 1.2
_KNOWN = HANDICAP + KNOWN
#: No context makes up for this many nats, at the prices of the language model.
HOPELESS = 8.0
#: The same for other changes than inside the skeleton of a word that exists.
HOPELESS_CHANGE = 6.5
#: Nobody mishears a word more frequent than this: «تم» is not «ثم».
WELL_KNOWN = -10.5
#: Only a word less frequent than this may lack an alef of its article: «ولد» is not «والد».
RARE = -12.0
#: So many rivals of a word are kept.
MOST = 10
#: So many words are remembered with their meanings, a kilobyte or less each.
REMEMBERED = 40_000
#: A word less frequent than this may be a piece of another.
COMMON_PIECE = -11.0
#: A form as rare as this, or this much rarer than its partner, has no odds.
SELDOM, FAR = -15.5, 6.2

#: What is written as a word by itself is more often the end of the word before: «كل ها».
TAILS = frozenset(ENCLITICS) - {"هم", "هن", "كم", "هما"}
#: Only a word as frequent as this is looked for behind a slip inside clitics.
COMMON = -13.0
#: What an idiom costs more for each nat by which the word is commoner than that: «إنشاء» is mostly meant.
_MEANT = 0.1
#: What it costs to have drawn a letter out, to have slipped inside clitics, and how much of what hamzas and dots add to
#: a slip counts; nats, set by hand.
_DRAWN_OUT, _INSIDE, _RESIDUE = 0.5, 1.0, 0.5
_RUN = re.compile(r"(.)\1{2,}")

#: Sources of forms that only the sentence can tell from each other.
_INFLECTED = having("another_form")
#: Sources that the sentence may speak for, however frequent the word is that is written: «إنشاء الله».
_LIKELY = having("likely")
#: Sources whose candidates the context classifier was trained to tell apart.
_CHOSEN = frozenset((AS_WRITTEN, "class"))


#: A neighbour is the number of its skeleton and, in the lower half, that of its shape; these stand for no word, for
#: one that nobody knows, and for a number.
NOBODY, STRANGER, NUMBER = (number << 32 | number for number in (NOTHING, NOTHING + 1, NOTHING + 2))


class Candidate(NamedTuple):
    """A spelling that may have been meant.

    `ids` and `logs` are those of its words, `chosen` says whether the context classifier may speak of it, and
    `margin` how far, in its opinion, it lies under the best.
    """

    text: str
    ids: tuple[int, ...]
    logs: tuple[float, ...]
    cost: float
    kind: str
    chosen: bool = False
    margin: float = 0.0
    form: WordForm | None = None
    odds: float = 0.0


@dataclass(slots=True, eq=False)
class Meanings:
    """What a word may have been meant to be, whatever its sentence."""

    #: Its candidates as edges that cover one word, itself first.
    edges: list[tuple[int, Candidate]]
    #: Its skeleton, and whether the lexicon has it as it is written.
    skeleton: str
    known: bool
    #: What it is to those beside it.
    neighbour: int
    #: Whether it may be a piece of another word, and whether it may be the end of the word before.
    fragile: bool = False
    tail: bool = False
    #: The candidates between which the context decides, if there are several.
    options: tuple[str, ...] = ()
    #: The candidates with another ending, of which only the sentence can tell.
    inflected: tuple[Candidate, ...] = ()
    #: Whether the sentence has a say in the costs.
    asks: bool = False


def neighbour(skeleton: str, lexicon: Lexicon) -> int:
    """Return what a word with the skeleton *skeleton* is to those beside it."""
    return _neighbour(skeleton) if lexicon.words.has(skeleton) else STRANGER


def _neighbour(skeleton: str) -> int:
    return word_hash(skeleton) << 32 | shape_hash(skeleton)


class Candidates:
    """Generates the candidates of words, and remembers them: text is Zipfian."""

    def __init__(
        self,
        lexicon: Lexicon,
        choices: Collection[int] = (),
        protected: Collection[str] = (),
        memory: int = REMEMBERED,
        table: RivalTable | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._choices = choices
        self._protected = protected
        self._table = table
        self._logs = {log: (log,) for log in LOGS}
        self.likelihood = Likelihood(lexicon)
        #: The meanings of a word, a spelling without marks.
        self.meanings = Cache(self._meanings_of, memory)

    def _meanings_of(self, word: str) -> Meanings:
        lexicon = self._lexicon
        number = lexicon.words.number(word)
        known = number is not None
        skeleton = skeleton_of(word)
        own = self.single(word, _KNOWN if known else HANDICAP, AS_WRITTEN)
        beside = _neighbour(skeleton) if known or lexicon.words.has(skeleton) else STRANGER
        meanings = Meanings([(1, own)], skeleton, known, beside)
        if self._is_protected(word):
            return meanings
        meanings.tail = word in TAILS
        meanings.fragile = not known or own.logs[0] < COMMON_PIECE or word == "ال" or len(word) == 1
        rows = self._table and self._table.find(word, number)
        if rows is None:
            rows = self.rows(word)
        if rows:
            rivals = [self.candidate(*row[:3]) for row in rows if not row.inflected]
            inflected = [self.candidate(*row[:3]) for row in rows if row.inflected]
            meanings.inflected = tuple(c for c in inflected if c.form is not None)  # a table may say what is not so
            meanings.edges += [(1, c) for c in rivals]
            chosen = [c.text for c in (own, *rivals) if c.chosen and c.ids[0] in self._choices]
            meanings.options = tuple(chosen) if len(chosen) > 1 else ()
            meanings.asks = bool(meanings.options) or any(c.form is not None for c in rivals)
        return meanings

    def _is_protected(self, word: str) -> bool:
        if not self._protected:
            return "ٱ" in word
        heads = ("", *PROCLITICS)
        return "ٱ" in word or any(word.startswith(head) and word[len(head) :] in self._protected for head in heads)

    def single(self, text: str, cost: float, kind: str) -> Candidate:
        """Return a candidate of one word."""
        lexicon = self._lexicon
        number = lexicon.words.number(text)
        if number is None:
            number, logs = UNKNOWN, (self.likelihood.unseen(text),)
        else:
            logs = self._logs[lexicon.logs[number]]
            number = number if number < lexicon.counted else UNKNOWN
        found = word_form(text, self._common) if kind in _INFLECTED else None
        return Candidate(text, (number,), logs, cost, kind, kind in _CHOSEN, 0.0, found)

    def _common(self, word: str, other: str) -> bool:
        """Say whether two forms of a word are both common enough for the sentence to decide."""
        log, rival = self._lexicon.score(word), self._lexicon.score(other)
        return log is not None and rival is not None and min(log, rival) > SELDOM and abs(log - rival) < FAR

    def candidate(self, text: str, cost: float, kind: str) -> Candidate:
        """Return a candidate of one word or several."""
        return self.several(text.split(" "), cost, kind) if " " in text else self.single(text, cost, kind)

    def several(self, texts: list[str], cost: float, kind: str) -> Candidate:
        """Return a candidate of several words."""
        ids = tuple(self._lexicon.id(text) for text in texts)
        return Candidate(" ".join(texts), ids, tuple(map(self.likelihood.log, texts)), cost, kind)

    # -- generation ---------------------------------------------------------------------------

    def rows(self, word: str) -> list[Row]:
        """Return what else may have been meant, the likeliest first, without the hopeless; and then other endings."""
        if len(word) == 1 or self._is_protected(word):
            return []
        log = self.likelihood.log(word)
        hope = HOPELESS - log
        strict = hope - (HOPELESS - HOPELESS_CHANGE if self._lexicon.knows(word) else 0.0)
        best: dict[str, tuple[float, str]] = {}
        for text, cost, kind in self._generate(word, log):
            if text not in best or cost < best[text][0]:
                best[text] = cost, kind
        best.pop(word, None)
        inflected: list[Row] = []
        ranked: list[tuple[float, str, float, str]] = []
        for text, (cost, kind) in list(best.items()):
            if kind in _INFLECTED:
                has_form = word_form(text, self._common) is not None
                if has_form and word[-1] != "و":
                    inflected.append(Row(text, cost, kind, True))
                if kind == "case" and (word[-1] != "و" or not has_form):
                    del best[text]
                    continue
            ranked.append((PRICE * cost - self.likelihood.log_of(text), text, cost, kind))
        for row in splits(word, log, self._lexicon, self.likelihood):
            if row[1] not in best:
                ranked.append(row)
        ranked = sorted(row for row in ranked if row[0] < hope)[:MOST]
        rivals = [Row(*row[1:], False) for row in ranked if row[0] < (hope if row[3] in _LIKELY else strict)]
        return rivals + inflected

    def _generate(self, word: str, log: float) -> Iterator[tuple[str, float, str]]:
        """Yield (spelling, cost, kind); the same spelling may come more than once."""
        lexicon = self._lexicon
        known = lexicon.knows(word)
        if _RUN.search(word) and len(set(word)) > 2:
            yield from self._shortened(word)
        if len(word) > LONGEST:
            return
        if word in IDIOMS:
            yield IDIOMS[word], rules.IDIOM + max(0.0, _MEANT * (log - COMMON)), "idiom"
        for text in lexicon.siblings(skeleton_of(word)):
            if is_variant(word, text):
                yield text, VARIANT, "variant"
            else:
                yield text, class_cost(word, text) + (settled(word, text) if known else 0.0), "class"
        if (today := todays(word)) != word:
            for text in lexicon.siblings(skeleton_of(today)):
                yield text, VARIANT + class_cost(today, text), "variant"
        if not known:
            yield from self._unknown(word)
        for text, cost, kind in rules.rules(word):
            for sibling in lexicon.siblings(skeleton_of(text)):
                yield sibling, cost + class_cost(text, sibling), kind
        if log < WELL_KNOWN:
            for text, cost in sounds(word):
                for sibling in lexicon.siblings(skeleton_of(text)):
                    yield sibling, cost + class_cost(text, sibling), "letter"
        if log < RARE and len(word) > 4:
            for text, cost, kind in rules.articles(word):
                for sibling in lexicon.siblings(skeleton_of(text)):
                    if lexicon.log(sibling) > DOUBTFUL:  # a rare one may be a name
                        yield sibling, cost + class_cost(text, sibling), kind
        if not known or (log < DOUBTFUL and len(word) >= 4):
            yield from self._slips(word, log)

    def _unknown(self, word: str) -> Iterator[tuple[str, float, str]]:
        """What holds for any word, in the lexicon or not."""
        lexicon = self._lexicon
        for text, cost in rules.certain_endings(word):
            yield text, cost, "class"
        if word.endswith("و") and len(word) >= 4 and self._is_verb(word[:-1]):
            # «يتحابو» for «يتحابوا», of a verb that is known without its plural
            yield word + "ا", 0.0, "waw alef"
        for head, stem, tail in analyses(word):
            for text in lexicon.siblings(skeleton_of(stem)):
                if head.endswith("لل") and stem.startswith("ال"):
                    text = text[2:]
                whole = head + text + tail
                if len(whole) == len(word) and (not tail or text[-1] not in "ةى"):
                    yield whole, class_cost(word, whole), "class"

    def _is_verb(self, stem: str) -> bool:
        """Say whether a stem has forms that only verbs have: «منذ» has none, so that «منذو» is no plural."""
        knows = self._lexicon.knows
        bare = stem.lstrip("وف")
        return (
            any(knows(stem + end) for end in ("ون", "وه", "وها"))
            or (bare[:1] in "يت" and knows(stem))
            or (knows(stem) and any(knows(person + bare) for person in "يت"))
        )

    def _shortened(self, word: str) -> Iterator[tuple[str, float, str]]:
        """«جميييل» for «جميل», «الله» as it is."""
        for times in (1, 2):
            text = _RUN.sub(lambda run, times=times: run.group(1) * times, word)  # type: ignore[misc]
            for sibling in self._lexicon.siblings(skeleton_of(text)):
                yield sibling, _DRAWN_OUT + class_cost(text, sibling), "elongation"

    def _slips(self, word: str, log: float) -> Iterator[tuple[str, float, str]]:
        """Words one slip of the finger or the ear away, that are more frequent and not hopeless."""
        lexicon = self._lexicon
        others = frozenset(self.likelihood.persons(word))
        hope, nothing = HOPELESS - log, True
        skeleton, special = skeleton_of(word), specials(word)
        for other in slips(skeleton, lexicon.words, lexicon.between):
            least = PRICE * LEAST[len(other) - len(skeleton)] - hope
            cost, kind = -1.0, ""
            for sibling in lexicon.siblings(other):
                found = lexicon.log(sibling)
                if found > log and sibling not in others:
                    nothing = nothing and found < COMMON
                    if found > least:
                        if cost < 0:
                            cost, kind = price(skeleton, other)
                        if PRICE * cost - found < hope:
                            yield sibling, cost + _RESIDUE * residue(word, sibling, special), kind
        if nothing and not lexicon.knows(word):
            yield from self._slips_of_stems(word, log)

    def _slips_of_stems(self, word: str, log: float) -> Iterator[tuple[str, float, str]]:
        """The same inside clitics and endings: «بشهائنا» for «بشهدائنا», «متقاطرات» for «متقاطعات»."""
        lexicon = self._lexicon
        hope = HOPELESS - log
        for head, stem, tail, lost in parts(word):
            if len(stem) < 4 or (stem.startswith("ال") and head.endswith("لل")):
                continue
            skeleton, special = skeleton_of(stem), specials(stem)
            for other in slips(skeleton, lexicon.words, lexicon.between):
                if lost and not other.endswith(skeleton_of(lost)):
                    continue
                for sibling in lexicon.siblings(other):
                    if lexicon.log(sibling) > COMMON and (not tail or lost or sibling[-1] not in "ةى"):
                        whole = head + sibling[: len(sibling) - len(lost)] + tail
                        found = self.likelihood.log(whole)
                        cost, kind = price(skeleton, other)
                        if found > log and PRICE * (cost + _INSIDE) - found < hope:
                            yield whole, cost + _INSIDE + _RESIDUE * residue(stem, sibling, special), kind
