"""Keep, suggest or replace: how sure a change has to be.

>>> POLICIES["safe"].decide(0.99), POLICIES["safe"].decide(0.8), POLICIES["safe"].decide(0.1)
('replace', 'suggest', None)
"""

from __future__ import annotations

from typing import NamedTuple

from arnorm.errors import UnknownNameError
from arnorm.spelling.kinds import NEITHER, SLIPS, SURE, having
from arnorm.trace import Decision

#: The kinds of each threshold, and those that have to be likelier than not.
_SLIPS, _SURE, _NEITHER = having("threshold", SLIPS), having("threshold", SURE), having("threshold", NEITHER)
_DOUBTED = having("doubted")

#: How hard to look: for the best reading, for endings that the sentence asks for too, for all that comes close.
BEST, ENDINGS, CLOSE = range(3)
#: No probability is as high.
NEVER = 2.0
#: Who changes only what is surer than this is looking for nothing that the best reading does not change.
_CAUTIOUS = 0.9
#: What is so likely to be meant by a word that nobody knows that nothing else is looked for.
LIKELY = 0.75
#: What is as likely wrong as right.
EVEN = 0.5


class Policy(NamedTuple):
    """From which probability on a change is made, and from which it is at least suggested.

    `slips` is the probability from which letters are changed for others, `sure` that for kinds that hardly ever
    err. «مسئول» is as right as «مسؤول»: variants are only changed if `variants` says so. That «عبدالله» is two words is
    only ever suggested.
    The accusative alef («كان واضحا») is only added from the probability `endings` on, for its judgement is poor.
    From the probability `real_words` on, another word is suggested for one that is right by itself; it never replaces.

    >>> Policy("mine", replace=0.9, suggest=0.4, slips=0.95, sure=0.8).decide(0.92, "letter")
    'suggest'
    """

    name: str
    replace: float
    suggest: float
    slips: float
    sure: float
    variants: bool = True
    real_words: float = NEVER
    endings: float = 0.0
    version: int = 0

    @property
    def full_name(self) -> str:
        """Name and version, "safe.v1"; of a policy of your own the name."""
        return f"{self.name}.v{self.version}" if self.version else self.name

    @property
    def effort(self) -> int:
        """How hard to look for changes: none is looked for that cannot be sure enough."""
        return BEST if self.replace > _CAUTIOUS else ENDINGS if self.replace > EVEN else CLOSE

    def without_hints(self) -> Policy:
        """Return the policy that makes the same changes, but looks for no real words to suggest."""
        return self._replace(real_words=NEVER)

    def decide(self, probability: float, kind: str = "class") -> Decision | None:
        """Return what to do with a change that is right with *probability*; None is to leave it."""
        least = self.slips if kind in _SLIPS else self.sure if kind in _SURE else self.replace
        if kind == "tanween":
            least = max(least, self.endings)
        elif kind in _DOUBTED:
            least = max(least, EVEN)
        if probability >= least and (self.variants or kind != "variant") and kind not in _NEITHER:
            return "replace"
        return "suggest" if probability >= self.suggest else None


#: `safe` for text that nobody reads again, `balanced` for text as people type it, `thorough` where somebody
#: looks over the result. The thresholds were chosen on development data, those of `real_words` on half of some held-out
#: text: for one false suggestion in 5,000 words of any register, and in some 5,000 of all registers together. What
#: `thorough` changes has to be likelier than not, for in text that is right less is mostly wrong; of slips, only those
#: that leave no word and give a common one need not be (`arnorm.spelling.objections`).
POLICIES = {
    policy.name: policy
    for policy in (
        Policy("safe", 0.96, 0.5, slips=0.99, sure=0.9, variants=False, version=1),
        Policy("balanced", 0.75, 0.3, slips=0.75, sure=0.3, real_words=0.97, endings=0.9, version=1),
        Policy("thorough", 0.5, 0.15, slips=0.3, sure=0.3, real_words=0.95, endings=0.85, version=1),
    )
}


def policy_of(policy: str | Policy) -> Policy:
    """Return the policy of that name, or the policy itself; raises `UnknownNameError` for another name."""
    if isinstance(policy, Policy):
        return policy
    known = POLICIES | {each.full_name: each for each in POLICIES.values()}
    try:
        return known[policy]
    except (KeyError, TypeError):
        raise UnknownNameError("policy", policy, known) from None
