"""Nothing is compiled or built before it is needed, and what is wrong is still said where it is written."""

from __future__ import annotations

import copy
import json
import pickle
import re
import subprocess
import sys

import pytest

from arnorm import InvalidPassError, Rewrite, catalogue, passes
from arnorm.core import Joined, Pipeline, Protected
from arnorm.lazy import lazy_pattern

_COUNTED = """
import json, re, sys
from re import _compiler
compiled = []
make = _compiler.compile
_compiler.compile = lambda pattern, flags=0: compiled.append(pattern) or make(pattern, flags)
import arnorm
from arnorm import profiles
arnorm.normalize("نص", "clean")
made = [name for name, maker in profiles._MAKERS.items() if maker.cache_info().currsize]
print(json.dumps({"made": made, "compiled": len(compiled), "numerals": "arnorm.numerals" in sys.modules}))
"""


def test_the_first_call_builds_one_profile() -> None:
    out = subprocess.run([sys.executable, "-c", _COUNTED], capture_output=True, text=True, check=True).stdout
    found = json.loads(out)
    assert found["made"] == ["clean.v1"]
    assert not found["numerals"]
    # The catalogue has some 250 patterns; those of one profile are a dozen.
    assert found["compiled"] < 40


def every_rewrite() -> list[Rewrite]:
    found, open_ = [], [getattr(passes, entry.name) for entry in catalogue()]
    while open_:
        value = open_.pop()
        if not hasattr(value, "kind"):
            value = value()
        if isinstance(value, Rewrite):
            found.append(value)
        elif isinstance(value, Joined | Protected):
            open_ += value.inner.passes
        elif isinstance(value, Pipeline):
            open_ += value.passes
    return found


def test_every_pattern_and_template_of_the_catalogue_is_sound() -> None:
    """What a `Rewrite` of yours is asked at construction."""
    found = every_rewrite()
    assert len(found) > 60
    for value in found:
        Rewrite._check(value)


@pytest.mark.parametrize(("pattern", "template"), [("(", ""), ("a", r"\1"), ("a", r"\g<b>")])
def test_what_users_write_is_checked_at_once(pattern: str, template: str) -> None:
    with pytest.raises(InvalidPassError):
        Rewrite("mine", pattern, template)


def test_a_rewrite_of_the_catalogue_is_one_like_yours() -> None:
    ours = passes.squeeze_spaces
    same = Rewrite(ours.name, ours.pattern, ours.replacement, lossy=ours.lossy, flags=ours.flags)
    assert ours == same
    assert hash(ours) == hash(same)
    assert pickle.loads(pickle.dumps(ours)) == ours
    assert ours.kind == "rewrite"


def test_a_lazy_pattern_is_a_pattern() -> None:
    lazy, eager = lazy_pattern("(?P<a>x)|y", re.IGNORECASE), re.compile("(?P<a>x)|y", re.IGNORECASE)
    assert (lazy.pattern, lazy.flags, lazy.groupindex) == (eager.pattern, eager.flags, eager.groupindex)
    assert lazy.sub("z", "aXby") == eager.sub("z", "aXby")
    assert copy.copy(lazy).findall("xY") == eager.findall("xY")
