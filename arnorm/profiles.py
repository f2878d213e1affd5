"""Named, versioned pipelines. A version never changes what it does: people build indexes on it.

``search.v1`` is a name with its version; ``search`` means the newest. A change of output is a new version, and
the old one stays; the fingerprints in the tests hold it to that.
"""

from __future__ import annotations

from functools import cache

from arnorm.core import Composable, Pipeline
from arnorm.errors import UnknownNameError
from arnorm.core import Form
from arnorm.passes import letters, marks, social
from arnorm.trace import Trace


class Profile(Pipeline):
    """A pipeline with a name and a promise.

    ``name`` and ``version`` make ``full_name`` ("search.v1"); ``summary`` says what it is for, ``destroys`` what
    of the text cannot be got back, in words.
    """

    name: str
    version: int
    summary: str
    destroys: str

    def __init__(self, full_name: str, passes: Composable, *, summary: str, destroys: str) -> None:
        super().__init__((passes,))
        name, _, version = full_name.partition(".v")
        self.__dict__.update(name=name, version=int(version), summary=summary, destroys=destroys)

    @property
    def full_name(self) -> str:
        """Name and version: "search.v1"."""
        return f"{self.name}.v{self.version}"

    def __reduce__(self) -> tuple[object, ...]:
        return profile, (self.full_name,)

    def __repr__(self) -> str:
        return f"<Profile {self.full_name}>"


# Marks are sorted and letters composed first, so that decomposed text takes the same way; and once more at the
# end, because a deleted character may have stood between a letter and its hamza.
_SAME_TEXT = Form("nfc","NFC")|letters.strip_inner_tatweel|marks.squeeze_marks

@cache
def all_profiles() -> tuple[Profile, ...]:
    """Every profile of every version, in order.

    >>> [p.full_name for p in all_profiles()]
    ['clean.v1', 'search.v1', 'ml.v1', 'asr.v1', 'social.v1', 'lucene.v1']
    """
    return (
        Profile(
            "clean.v1",
            _SAME_TEXT,
            summary="the same text in one encoding: nothing that a reader would miss is lost (the default)",
            destroys="Nothing a reader sees: which of several encodings of the same letters, spaces and invisible "
            "characters it was, and strokes that stretch a word.",
        ),
    )


@cache
def _by_name() -> dict[str, Profile]:
    named = {p.full_name: p for p in all_profiles()}
    newest = {p.name: p for p in sorted(all_profiles(), key=lambda p: p.version)}
    return {**newest, **named}


def profile(name: str) -> Profile:
    """The profile called *name*; without a version, the newest.

    Raises `UnknownNameError`, with a suggestion, when there is none.

    >>> profile("search").full_name
    'search.v1'
    """
    try:
        return _by_name()[name]
    except (KeyError, TypeError):
        raise UnknownNameError("profile", name, (p.full_name for p in all_profiles())) from None


def normalize(text: str, profile: str | Composable = "clean") -> str:
    """*text* normalized by a *profile*, given by name or as any pass or pipeline.

    The default, ``clean``, loses nothing that a reader would miss; whatever does is asked for by name. Comes
    back as the same object when there is nothing to change. Never raises on a ``str``; raises
    `UnknownNameError` for a profile that does not exist.

    >>> normalize("ﺳﻼم")
    'سلام'
    >>> normalize("أَحْمَدُ", "search.v1")
    'احمد'
    """
    if isinstance(profile, str):
        return _named(profile)(text)
    return profile(text)


_named = profile

__all__ = ["Profile", "all_profiles", "normalize", "profile"]
