"""Bridges to other packages, one module each; a module is imported only when it is asked for.

``import arnorm.integrations.pandas`` adds what that module's docstring says; nothing here is imported by the rest
of arnorm. A bridge has no rules of its own about text: it carries strings to a pipeline and back. Where the other
package is not installed, importing its bridge raises `arnorm.MissingPackageError`, which names the extra.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from arnorm.core import Composable, Joinable, Pipeline
from arnorm.literals import PolicyName, ProfileName
from arnorm.profiles import profile as named
from arnorm.repairer import Repairer

if TYPE_CHECKING:
    from arnorm.spelling import Policy

__all__ = ["pipeline_of"]


def pipeline_of(profile: ProfileName | Joinable, repair: PolicyName | Policy | None = None) -> Pipeline:
    """The pipeline of a *profile*, which is a name or any pass or pipeline.

    With a policy as *repair*, the text is cleaned, its spelling repaired, and then the profile applied: words are known
    in one encoding, and of what a profile folds a repair would see nothing any more.
    Raises `arnorm.UnknownNameError` for a profile or policy that does not exist, and `TypeError` for what is neither.

    >>> pipeline_of("search.v1")("المدرسه")
    'المدرسه'
    >>> pipeline_of("clean.v1", repair="safe")("المدرســـه")
    'المدرسة'
    """
    if not isinstance(profile, str) and not callable(profile):
        raise TypeError(f"a profile is a name, a pass or a pipeline, not {type(profile).__name__}")
    chosen = named(profile) if isinstance(profile, str) else Pipeline((profile,))
    if repair is None:
        return chosen
    clean = named("clean")
    return clean | Repairer(repair) if chosen == clean else clean | Repairer(repair) | chosen


def by_name(profiles: Mapping[str, ProfileName | Composable] | None) -> Mapping[str, ProfileName | Composable]:
    """The passes and pipelines that a user has given names to. Raises `TypeError` for what is no mapping.

    >>> by_name({"mine": "search"}), by_name(None)
    ({'mine': 'search'}, {})
    """
    if profiles is not None and not isinstance(profiles, Mapping):
        raise TypeError(f"profiles are passes and pipelines by name, as {{...}}, not {type(profiles).__name__}")
    return profiles or {}
