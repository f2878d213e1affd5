"""What the numbers of a model stand for: features, kinds of error and constants. A model names those of its training.

Where code and model differ in one, every probability would be wrong in silence; so the model is refused instead. The
order of features may differ: a model's are found by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from arnorm.spelling import candidates, evidence, likelihood, reading, realword
from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.kinds import KINDS
from arnorm.spelling.model import DamagedModelError, Packed, UnsuitedModelError, company, context, lexicon

#: The features of each forest, by the name of its section.
FEATURES: Mapping[str, Sequence[str]] = {"judge": evidence.FEATURES, realword.SECTION: realword.FEATURES}


def terms() -> dict[str, Any]:
    """What a model has to agree with, as JSON holds it.

    >>> terms()["kinds"][:2], terms()["features"]["real_words"][:2]
    (['class', 'elongation'], ['total', 'next'])
    """
    return {
        "features": {section: [*names] for section, names in FEATURES.items()},
        "kinds": [*KINDS],
        "constants": {
            "letters": lexicon.LETTERS,
            "skeletons of letters": skeleton_of(lexicon.LETTERS),
            "steps in a nat": round(1 / lexicon.STEP),
            "price of a cost": likelihood.PRICE,
            "likelihood of words with affixes": [
                likelihood.CLITIC, likelihood.UNSEEN_WITH_CLITIC, likelihood.INFLECTED, likelihood.PERSON,
            ],
            "costs of readings": [candidates.KNOWN, candidates.HANDICAP, candidates.MERGE],
            "weight of the neighbours": [reading.CONTEXT, reading.FORM, reading.LIMIT],
            "context": context.CHOICE_CONSTANTS,
            "endings": context.ENDING_CONSTANTS,
            "company": company.CONSTANTS,
            "worth of zones": [*realword.WORTH, realword.FREQUENT],
        },
    }  # fmt: skip


def check(packed: Packed) -> None:
    """Raise `UnsuitedModelError`, which says in what, where a model does not agree with this arnorm."""
    theirs, ours = packed.meta.get("terms"), terms()
    if not isinstance(theirs, dict) or not theirs.keys() >= ours.keys():
        raise DamagedModelError("the model does not say what it was trained with; train it again")
    _same_names("kinds of error", theirs["kinds"], ours["kinds"])
    if theirs["kinds"] != ours["kinds"]:
        raise UnsuitedModelError("the model numbers the kinds of error otherwise than this arnorm; train it again")
    for section, names in ours["features"].items():
        _same_names(f"features of {section!r}", _entry(theirs["features"], section), names)
    for name, value in ours["constants"].items():
        if _entry(theirs["constants"], name) != value:
            raise UnsuitedModelError(f"the model was trained with another value of {name!r}; train it again")


def places(packed: Packed, section: str) -> list[int]:
    """For each feature of a model's forest, by its number there, its place among ours. The model has passed `check`."""
    ours = [*FEATURES[section]]
    return [ours.index(name) for name in packed.meta["terms"]["features"][section]]


def _entry(found: Any, name: str) -> Any:
    return found.get(name) if isinstance(found, dict) else None


def _same_names(what: str, theirs: Any, ours: Sequence[str]) -> None:
    """Raise `ModelError` unless a model names *what* it was trained with as this code does, whatever the order."""
    if not isinstance(theirs, list) or not all(isinstance(name, str) for name in theirs):
        raise DamagedModelError(f"the model does not name its {what}; train it again")
    for missing, whose in ((set(ours) - set(theirs), "the model lacks"), (set(theirs) - set(ours), "it lacks of it")):
        if missing:
            names = ", ".join(map(repr, sorted(missing)))
            raise UnsuitedModelError(f"the model and this arnorm have other {what}: {whose} {names}; train it again")
    if len(theirs) != len(ours):
        raise DamagedModelError(f"the model names some {what} twice; train it again")
