"""Keep, suggest or replace: how sure a change has to be.

>>> POLICIES["safe"].decide(0.99), POLICIES["safe"].decide(0.8), POLICIES["safe"].decide(0.1)
('replace', 'suggest', None)
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Decision = Literal["replace", "suggest"]


class Policy(NamedTuple):
    """From which probability on a change is made, and from which it is at least suggested.

    A word that nobody knows may be a name, and «مسئول» is as right as «مسؤول»: from `slips` on other letters
    are changed than those that share a skeleton, and variants only if `variants` says so.
    """

    name: str
    replace: float
    suggest: float
    slips: float
    variants: bool = True

    def decide(self, probability: float, source: str = "class") -> Decision | None:
        """Return what to do with a change that is right with `probability`; None is to leave it."""
        if probability >= (self.slips if source in SLIPS else self.replace) and (self.variants or source != "variant"):
            return "replace"
        return "suggest" if probability >= self.suggest else None


#: Sources that change letters which differ in sound and shape.
SLIPS = frozenset(("letter", "missing", "extra", "transposed", "case", "ending", "tanween"))

#: `safe` for text that others will not read again, `balanced` for text as people type it, `thorough`
#: where somebody looks over the result.
POLICIES = {
    policy.name: policy
    for policy in (
        Policy("safe", 0.97, 0.5, slips=0.99, variants=False),
        Policy("balanced", 0.7, 0.3, slips=0.7),
        Policy("thorough", 0.3, 0.15, slips=0.3),
    )
}


def policy_of(policy: str | Policy) -> Policy:
    """Return the policy of that name, or the policy itself."""
    if isinstance(policy, Policy):
        return policy
    try:
        return POLICIES[policy]
    except KeyError:
        raise ValueError(f"no policy is named {policy!r}; give one of {', '.join(POLICIES)}") from None
