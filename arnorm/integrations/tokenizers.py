"""Hugging Face ``tokenizers``: a normalizer for a tokenizer, from a profile.

>>> from tokenizers import Tokenizer, models
>>> from arnorm.integrations.tokenizers import normalizer
>>> tokenizer = Tokenizer(models.BPE())
>>> tokenizer.normalizer = normalizer("lucene.v1")
>>> tokenizer.normalizer.normalize_str("أَهْلًا")
'اهلا'
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from arnorm.chars import SHADDA, SHORT_VOWELS, TANWEEN
from arnorm.core import Composable, Form, Joined, Pipeline
from arnorm.errors import NotExpressibleError
from arnorm.export import guards, portable
from arnorm.export.charsmap import charsmap, joined
from arnorm.export.lowering import lowered
from arnorm.export.sets import CharSet
from arnorm.export.tokenizers import document
from arnorm.extras import require
from arnorm.integrations import pipeline_of
from arnorm.literals import ProfileName
from arnorm.trace import Change

tokenizers = require("tokenizers", "tokenizers")

__all__ = ["custom", "native", "normalizer"]


def normalizer(profile: ProfileName | Composable = "clean") -> Any:
    """A normalizer that does what *profile* does: `native` where that is of a few steps, as for lucene, else `custom`.

    So it is the faster of the two. Both keep offsets into the original text. A native one is saved with its tokenizer,
    and goes over the text once for each of its steps, of which most profiles have a hundred: take it for what has to be
    saved, and see the page about exports for what it costs. Raises `arnorm.UnknownNameError` for a
    profile that does not exist.

    >>> normalizer("search").normalize_str("إِلَى")
    'الي'
    """
    try:
        made = document(pipeline_of(profile))
    except NotExpressibleError:
        return custom(profile)
    return _read(made) if len(made["normalizers"]) <= _FEW else custom(profile)


_FEW = 8  # steps that take as long as the calls of a custom one


def native(profile: ProfileName | Composable) -> Any:
    """A normalizer of the package's own kinds, which is saved and loaded with its tokenizer, without arnorm.

    Raises `arnorm.NotExpressibleError`, naming the pass, where the package has nothing that does the same.

    >>> native("lucene.v1").normalize_str("المَدْرَسَة")
    'المدرسه'
    """
    return _read(document(pipeline_of(profile)))


def _read(made: dict[str, Any]) -> Any:
    model = {"type": "BPE", "vocab": {}, "merges": []}
    parts = {"version": "1.0", "added_tokens": [], "model": model, "normalizer": made}
    return tokenizers.Tokenizer.from_str(json.dumps(parts)).normalizer


def custom(profile: ProfileName | Composable) -> Any:
    """A normalizer that calls *profile*: any pipeline, a repair of spelling among them.

    It holds Python code, and so its tokenizer cannot be saved, pickled or printed: take it off
    (``tokenizer.normalizer = normalizers.Sequence([])``), and put it back on after loading. An empty text stays empty,
    whatever a pass of yours would insert: there is no character to hang it on.

    >>> from arnorm import Repairer
    >>> custom(Repairer("balanced")).normalize_str("ذهب الى المدرسه")
    'ذهب إلى المدرسة'
    """
    return tokenizers.normalizers.Normalizer.custom(_Traced(pipeline_of(profile)))


class _Traced:
    """Makes the edits of a trace in a ``NormalizedString``, which keeps account of where each character is from.

    Ordinary text, which the pipeline changes by a table alone, is spared the trace.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.simple = _Simple.of(pipeline)

    def normalize(self, normalized: Any) -> None:
        """Called by the package with each text."""
        text = normalized.normalized
        if self.simple and not self.simple.needs_more(text):
            self.simple.apply(text, normalized)
        elif self.pipeline(text) is not text:
            _write(normalized, _by_place(text, self.pipeline.trace(text).edits))


class _Simple:
    """A table, for texts that hold none of what *needs* find; where *composed*, once they are put in order."""

    def __init__(self, needs: Iterable[str], table: dict[str, str], *, composed: bool) -> None:
        self.searches = [re.compile(need).search for need in needs]
        self.map = tokenizers.normalizers.Precompiled(charsmap(table)) if table else None
        self.deleted = {key for key, value in table.items() if not value}
        self.at_start = tokenizers.Regex(
            rf"\A[{''.join(map(re.escape, sorted(self.deleted)))}]+" if self.deleted else ""
        )
        # A shadda is mostly typed before its vowel, and nothing else is out of order.
        self.swapped = [(SHADDA + vowel, vowel + SHADDA) for vowel in TANWEEN + SHORT_VOWELS] if composed else []

    @classmethod
    def of(cls, pipeline: Pipeline) -> _Simple | None:
        """That of *pipeline*, or None where every text needs more."""
        try:
            found = guards.plain(lowered(portable(pipeline), "tokenizers"))
        except NotExpressibleError:
            found = None
        if found is None:
            return None
        need, table = found
        # What is not portable changes no text without its needles.
        needles = [n for v in pipeline if isinstance(v, Joined) and v.portable for n in v.needles or ("",)]
        if not all(any(c in need.chars for c in needle) for needle in needles):
            return None
        rare, pairs = guards.Need(need.chars).pattern(_written), guards.Need(pairs=need.pairs).pattern(_written)
        keys, gone, stays = joined(table)
        apart = _written(keys) + (f"{_written(gone)}*" if gone else "") + _written(stays) if table else ""
        first = pipeline.passes[0] if pipeline.passes else None
        composed = bool(pairs) and isinstance(first, Form) and first.form == "NFC"
        return cls(filter(None, (rare, pairs, apart)), table, composed=composed)

    def needs_more(self, text: str) -> bool:
        """Whether the table is not all that *text* needs."""
        if self.swapped and SHADDA in text:
            for before, after in self.swapped:
                text = text.replace(before, after)
        return any(search(text) for search in self.searches)

    def apply(self, text: str, normalized: Any) -> None:
        """Make of *text*, which is that of *normalized*, what the table says."""
        if self.swapped and SHADDA in text and not self.deleted.issuperset(SHADDA + TANWEEN + SHORT_VOWELS):
            for before, after in self.swapped:
                normalized.replace(before, after)
        if text[:1] in self.deleted:  # the package loses account of offsets where a map takes out the first
            normalized.replace(self.at_start, "")
        if self.map:
            self.map.normalize(normalized)


def _written(chars: CharSet) -> str:
    return chars.written(lambda n: f"\\U{n:08x}")


def _by_place(text: str, edits: Iterable[Change]) -> list[str]:
    """What becomes of each character of *text*; what is inserted hangs on the one before it, or on the first."""
    head, new = "", list(text)
    for edit in edits:
        (start, end), after = edit.span, edit.after
        last = end - start - 1
        if start < end:
            new[start:end] = [*(after[at : at + 1] for at in range(last)), after[last:]]
        elif start:
            new[start - 1] += after
        else:
            head = after
    return [head + new[0], *new[1:]] if text else []


def _write(normalized: Any, new: list[str]) -> None:
    """Make each character of *normalized* what *new* says, with the calls that keep account of offsets.

    `filter` and `map` go through the characters in order. Where one becomes several, a character of private use that
    is not in the text stands for them until `replace` finds it.
    """
    kept, taken = iter(new), set("".join(new))
    unused = (c for c in map(chr, range(0xF0000, 0x10FFFE)) if c not in taken)
    stand_in = {several: next(unused) for several in dict.fromkeys(new) if len(several) > 1}
    normalized.filter(lambda c: next(kept) != "")
    left = iter([stand_in.get(one, one) for one in new if one])
    normalized.map(lambda c: next(left))
    for several, mark in stand_in.items():
        normalized.replace(mark, several)
