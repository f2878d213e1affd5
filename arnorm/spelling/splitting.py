"""Two words that lack the space between them: «فيالبيت» for «في البيت»."""

from __future__ import annotations

import re

from arnorm.chars import GLUED_PARTICLES
from arnorm.spelling.arabic import rules
from arnorm.spelling.arabic.affixes import LONGEST
from arnorm.spelling.arabic.classes import class_cost, skeleton_of
from arnorm.spelling.likelihood import PRICE, Likelihood
from arnorm.spelling.model.lexicon import Lexicon

#: Words after which a space is often left out.
PARTICLES = frozenset((*GLUED_PARTICLES, "لو", "كل", "او", "أو", "غير"))
#: Written together or apart, as one likes: «لابد» and «لا بد».
EITHER = re.compile("[وف]?(لابد|ماز[ال]|مادام|لازال|كلما|إنما|انما|فيما|عندما|مما)")
#: Halves that words end in by nature: «مكان» is not «مك ان».
NO_HALVES = frozenset(("ان", "أن", "إن", "اي", "تم", "كم", "هم"))
#: A word more frequent than this is one word; log-probability. Like all that follows it was set by hand, and the judge
#: was trained with it.
_WELL_KNOWN = -9.0
#: What it costs to have left out the space after a particle, and where no word has such letters side by side, in nats.
_AFTER_PARTICLE, _AT_SEAM = 1.0, 0.5
#: How frequent a half has to be beside a particle, by its letters elsewhere, and if it has more of them.
_BY_PARTICLE, _LEAST, _LEAST_LONG = -17.0, {1: -9.0, 2: -9.0, 3: -10.5}, -15.0
#: How likely a half that nobody knows has to be, by a particle and at a seam, and what it costs that nobody knows it.
_UNKNOWN, _UNKNOWN_AT_SEAM, _UNKNOWN_HALF = -22.0, -28.0, 1.0
#: So many splits are kept, and those that are not so many nats less likely than the word.
_MOST, _BEHIND = 4, 16.0


def splits(word: str, log: float, lexicon: Lexicon, likelihood: Likelihood) -> list[tuple[float, str, float, str]]:
    """Return two words that lack the space between them: how unlikely, spelling, cost, kind."""
    if EITHER.match(word) or log > _WELL_KNOWN or len(word) > LONGEST:
        return []
    found: list[tuple[float, str, float, str]] = []
    for i in range(2, len(word) - 1):
        left, right = word[:i], word[i:]
        if right in NO_HALVES:
            continue
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
    return [row for row in found[:_MOST] if -row[0] > log - _BEHIND]


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
