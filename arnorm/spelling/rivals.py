"""What else a word may have been meant to be, worked out from the words and the rules alone.

«المدرصه» for «المدرسة», one slip away; «فيالبيت» for «في البيت», two words that lack the space between them. For the
words of a lexicon, and what careless writers make of them, it is worked out when the model is made (`model.table`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arnorm.chars import GLUED_PARTICLES
from arnorm.spelling.arabic import (
    VARIANT,
    class_cost,
    is_variant,
    residue,
    rules,
    settled,
    skeleton_of,
    specials,
    todays,
)
from arnorm.spelling.arabic.affixes import LEAST as LEAST_STEM
from arnorm.spelling.arabic.affixes import LONGEST, analyses, parts, word_form
from arnorm.spelling.arabic.rules import IDIOMS
from arnorm.spelling.arabic.slips import LEAST, price, sounds
from arnorm.spelling.kinds import having
from arnorm.spelling.likelihood import DOUBTFUL, PRICE, Likelihood
from arnorm.spelling.model.lexicon import UNHEARD, Lexicon
from arnorm.spelling.model.near import slips
from arnorm.spelling.model.table import Row

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
#: Only a word as frequent as this is looked for behind a slip inside clitics.
COMMON = -13.0
#: What an idiom costs more for each nat by which the word is commoner than that: «إنشاء» is mostly meant.
_MEANT = 0.1
#: What it costs to have drawn a letter out, to have slipped inside clitics, and how much of what hamzas and dots add to
#: a slip counts; nats, set by hand.
_DRAWN_OUT, _INSIDE, _RESIDUE = 0.5, 1.0, 0.5
_RUN = re.compile(r"(.)\1{2,}")
#: «لينتقل»: a verb of the present behind «ل», which has its plural in «وا»; behind «س» it has it in «ون».
_PRESENT = re.compile("[وف]?ل([يت].{3,})")

#: Kinds of forms that only the sentence can tell from each other.
_INFLECTED = having("another_form")
#: Kinds that the sentence may speak for, however frequent the word is that is written: «إنشاء الله».
_LIKELY = having("likely")

#: Words after which a space is often left out.
PARTICLES = frozenset((*GLUED_PARTICLES, "لو", "كل", "او", "أو", "غير"))
#: Written together or apart, as one likes: «لابد» and «لا بد».
EITHER = re.compile("[وف]?(لابد|ماز[ال]|مادام|لازال|كلما|إنما|انما|فيما|عندما|مما)")
#: Halves that words end in by nature: «مكان» is not «مك ان».
NO_HALVES = frozenset(("ان", "أن", "إن", "اي", "تم", "كم", "هم"))
#: A word more frequent than this is one word; log-probability. Like all that follows it was set by hand, and the judge
#: was trained with it.
_ONE_WORD = -9.0
#: What it costs to have left out the space after a particle, and where no word has such letters side by side, in nats.
_AFTER_PARTICLE, _AT_SEAM = 1.0, 0.5
#: How frequent a half has to be beside a particle, by its letters elsewhere, and if it has more of them.
_BY_PARTICLE, _LEAST, _LEAST_LONG = -17.0, {1: -9.0, 2: -9.0, 3: -10.5}, -15.0
#: How likely a half that nobody knows has to be, by a particle and at a seam, and what it costs that nobody knows it.
_UNKNOWN, _UNKNOWN_AT_SEAM, _UNKNOWN_HALF = -22.0, -28.0, 1.0
#: So many splits are kept, and those that are not so many nats less likely than the word.
_MOST_SPLITS, _BEHIND = 4, 16.0


def is_of_the_mushaf(word: str) -> bool:
    """Say whether a word has the letter «ٱ», which only the Qur'an's spelling has: it is left as it is."""
    return "ٱ" in word


class Rivals:
    """Finds what else words may be: call it with a word without marks."""

    def __init__(self, lexicon: Lexicon, likelihood: Likelihood) -> None:
        self._lexicon = lexicon
        self._likelihood = likelihood

    def __call__(self, word: str) -> list[Row]:
        """Return what else may have been meant, the likeliest first, without the hopeless; and then other endings."""
        if len(word) == 1 or is_of_the_mushaf(word):
            return []
        log = self._likelihood.log(word)
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
                has_form = word_form(text, self._likelihood.both_common) is not None
                if has_form and word[-1] != "و":
                    inflected.append(Row(text, cost, kind, True))
                if kind == "case" and (word[-1] != "و" or not has_form):
                    del best[text]
                    continue
            ranked.append((PRICE * cost - self._likelihood.log_of(text), text, cost, kind))
        for row in _splits(word, log, self._lexicon, self._likelihood):
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
        joined = bare[1:] if bare[:1] in ("أ", "ا") and len(bare) > LEAST_STEM else bare  # «يتعظ» of «اتعظ»
        present = _PRESENT.fullmatch(stem)
        return (
            any(knows(stem + end) for end in ("ون", "وه", "وها"))
            or (present is not None and (self._lexicon.score(present[1]) or UNHEARD) > DOUBTFUL)
            or (bare[:1] in "يت" and knows(stem))
            or (knows(stem) and any(knows(person + each) for person in "يت" for each in (bare, joined)))
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
        others = frozenset(self._likelihood.persons(word))
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
                        found = self._likelihood.log(whole)
                        cost, kind = price(skeleton, other)
                        if found > log and PRICE * (cost + _INSIDE) - found < hope:
                            yield whole, cost + _INSIDE + _RESIDUE * residue(stem, sibling, special), kind


def _splits(word: str, log: float, lexicon: Lexicon, likelihood: Likelihood) -> list[tuple[float, str, float, str]]:
    """Return two words that lack the space between them: how unlikely, spelling, cost, kind."""
    if EITHER.match(word) or log > _ONE_WORD or len(word) > LONGEST:
        return []
    found: list[tuple[float, str, float, str]] = []
    for i in range(2, len(word) - 1):
        left, right = word[:i], word[i:]
        if right in NO_HALVES and (right[0] == "ا" or left[-1] not in rules.NON_JOINING or lexicon.knows(word)):
            continue  # but «يريدأن» is «يريد أن», for nobody writes that hamza who means «يريدان»
        name = left.removeprefix("و") == "عبد"
        particle = left in PARTICLES or right == "الله" or name
        illegal = rules.is_seam(left, right)
        lefts = _halves(left, particle, illegal, lexicon, likelihood)
        rights = _halves(right, particle, illegal, lexicon, likelihood) if lefts else ()
        apart = _AFTER_PARTICLE if particle else _AT_SEAM if illegal else rules.glue(left)
        for a, cost_a in lefts:
            for b, cost_b in rights:
                cost = apart + cost_a + cost_b
                logs = sum((likelihood.log(a), likelihood.log(b)))
                found.append((PRICE * cost - logs, f"{a} {b}", cost, "name" if name else "split"))
    found.sort()
    return [row for row in found[:_MOST_SPLITS] if -row[0] > log - _BEHIND]


def _halves(
    part: str, particle: bool, illegal: bool, lexicon: Lexicon, likelihood: Likelihood
) -> list[tuple[str, float]]:
    """Return what a part of a word may be by itself; short parts have to be frequent words."""
    floor = _BY_PARTICLE if particle else _LEAST.get(len(part), _LEAST_LONG)
    siblings = lexicon.siblings(skeleton_of(part))
    found = [(text, class_cost(part, text)) for text in siblings if lexicon.log(text) > floor]
    if (
        not found
        and (particle or illegal)
        and len(part) > 3
        and likelihood.unseen(part) > (_UNKNOWN_AT_SEAM if illegal else _UNKNOWN)
    ):
        found = [(part, _UNKNOWN_HALF)]
    return found
