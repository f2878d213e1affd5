"""What the tests of columns share: values, pipelines, and what plain Python makes of them."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

from hypothesis import strategies as st

import arnorm
from arnorm import Composable, Custom, Repairer, passes
from tests.strategies import arabic_text

#: Texts as UTF-8 can hold them: no lone surrogates.
texts = arabic_text.map(lambda text: text.encode("utf-8", "ignore").decode())
_words = st.sampled_from(["أب", "اب", "إِلَى", "", "المدرسة", "المدرسه"])
#: A column: texts, some of them more than once, and missing values.
columns = st.lists(st.none() | _words | texts, max_size=12)

#: What every bridge takes for a profile: names, with a version or without, a pass, pipelines and profiles.
PROFILES: list[str | Composable] = [
    "clean",
    "search.v1",
    arnorm.profile("ml"),
    passes.fold_alef,
    passes.strip_tashkeel | passes.fold_alef | passes.strip_tatweel,
    passes.fold_teh_marbuta.protecting("hashtags"),
    Custom("upper", str.upper),
]
profiles = st.sampled_from(PROFILES)


def plainly(values: list[str | None], profile: str | Composable = "clean") -> list[str | None]:
    """The values normalized one by one."""
    return [None if value is None else arnorm.normalize(value, profile) for value in values]


def repaired(values: list[str | None], policy: str = "safe") -> list[str | None]:
    """The values repaired one by one."""
    return [None if value is None else arnorm.repair(value, policy) for value in values]


def text_of(trace: dict[str, object] | None, source: str | None) -> str | None:
    """The text of a trace cell, after its edits have been found to lead there from *source*."""
    if trace is None or source is None:
        assert trace is None
        assert source is None
        return None
    out, at = "", 0
    for edit in trace["edits"]:  # type: ignore[attr-defined]
        assert source[edit["start"] : edit["end"]] == edit["before"]
        out += source[at : edit["start"]] + edit["after"]
        assert (edit["out_start"], edit["out_end"]) == (len(out) - len(edit["after"]), len(out))
        assert edit["passes"]
        at = edit["end"]
    assert out + source[at:] == trace["text"]
    return out + source[at:]


class Counted:
    """A pass that knows which texts it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.upper = Custom("counted", self._upper)

    def _upper(self, text: str) -> str:
        self.seen.append(text)
        return text.upper()


@cache
def knowing() -> Repairer:
    """A repairer that takes a misspelt word of `SENTENCES` for a right one."""
    return Repairer(lexicon=["المدرسه"])


SENTENCES: list[str | None] = ["ذهب احمد الى المدرسه", None, "كان المدير مسئولا عن ذلك", "ذهب احمد الى المدرسه", ""]


def without(package: str, code: str) -> str:
    """What *code* prints, in a process in which *package* cannot be imported."""
    code = f"import sys; sys.modules[{package!r}] = None\n{code}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    return run.stdout
