"""Keep, suggest or replace: how sure a change has to be.

    >>> POLICIES["safe"].decide(0.99), POLICIES["safe"].decide(0.8), POLICIES["safe"].decide(0.1)
    ('replace', 'suggest', None)
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Decision = Literal["replace", "suggest"]


class Policy(NamedTuple):
    """From which probability on a change is made, and from which it is at least suggested."""

    name: str
    replace: float
    suggest: float

    def decide(self, probability: float) -> Decision | None:
        """Return what to do with a change that is right with `probability`; None is to leave it."""
        if probability >= self.replace:
            return "replace"
        return "suggest" if probability >= self.suggest else None


#: `safe` for text that others will not read again, `balanced` for text as people type it, `thorough`
#: where somebody looks over the result.
POLICIES = {
    policy.name: policy
    for policy in (Policy("safe", 0.97, 0.5), Policy("balanced", 0.7, 0.3), Policy("thorough", 0.3, 0.15))
}


def policy_of(policy: str | Policy) -> Policy:
    """Return the policy of that name, or the policy itself."""
    if isinstance(policy, Policy):
        return policy
    try:
        return POLICIES[policy]
    except KeyError:
        raise ValueError(f"no policy is named {policy!r}; give one of {', '.join(POLICIES)}") from None
