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
from collections.abc import Iterable
from typing import Any

from arnorm.core import Composable, Pipeline
from arnorm.errors import NotExpressibleError
from arnorm.export.tokenizers import document
from arnorm.extras import require
from arnorm.integrations import pipeline_of
from arnorm.names import ProfileName
from arnorm.trace import Change

tokenizers = require("tokenizers", "tokenizers")

__all__ = ["custom", "native", "normalizer"]


def normalizer(profile: ProfileName | Composable = "clean") -> Any:
    """A normalizer that does what *profile* does: `native` where that is possible, else `custom`.

    Both keep offsets into the original text. A tokenizer with a custom one cannot be saved; a native one goes over the
    text once for each of its steps, and is the slower one for a profile of hundreds of them, such as clean.
    """
    try:
        return native(profile)
    except NotExpressibleError:
        return custom(profile)


def native(profile: ProfileName | Composable) -> Any:
    """A normalizer of the package's own kinds, which is saved and loaded with its tokenizer, without arnorm.

    Raises `arnorm.NotExpressibleError`, naming the pass, where the package has nothing that does the same.
    """
    parts = {"version": "1.0", "added_tokens": [], "model": {"type": "BPE", "vocab": {}, "merges": []}}
    parts["normalizer"] = document(pipeline_of(profile))
    return tokenizers.Tokenizer.from_str(json.dumps(parts)).normalizer


def custom(profile: ProfileName | Composable) -> Any:
    """A normalizer that calls *profile*: any pipeline, a repair of spelling among them.

    It holds Python code, and so its tokenizer cannot be saved, pickled or printed: take it off
    (``tokenizer.normalizer = normalizers.Sequence([])``), and put it back on after loading. An empty text stays empty,
    whatever a pass of yours would insert: there is no character to hang it on.
    """
    return tokenizers.normalizers.Normalizer.custom(_Traced(pipeline_of(profile)))


class _Traced:
    """Makes the edits of a trace in a ``NormalizedString``, which keeps account of where each character is from."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    def normalize(self, normalized: Any) -> None:
        """Called by the package with each text."""
        text = normalized.normalized
        if self.pipeline(text) is not text:
            _write(normalized, _by_place(text, self.pipeline.trace(text).edits))


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
    """Makes each character of *normalized* what *new* says, with the calls that keep account of offsets.

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
