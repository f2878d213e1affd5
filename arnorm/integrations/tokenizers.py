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
from collections.abc import Callable, Iterable
from typing import Any

from arnorm.chars import SHADDA, SHORT_VOWELS, TANWEEN
from arnorm.core import Composable, Form, Pipeline
from arnorm.errors import NotExpressibleError
from arnorm.export import guards
from arnorm.export.lowering import lowered
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
    and goes over the text once for each of its steps, of which most profiles have hundreds: take it for what has to be
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
        self.needs_more, self.table = _plain(pipeline)
        first = pipeline.passes[0] if pipeline.passes else None
        self.composed_first = isinstance(first, Form) and first.form == "NFC"

    def normalize(self, normalized: Any) -> None:
        """Called by the package with each text."""
        text = normalized.normalized
        if self.pipeline(text) is text:
            return
        if self.composed_first and SHADDA in text:  # mostly typed before its vowel, and nothing else is out of order
            for vowel in TANWEEN + SHORT_VOWELS:
                normalized.replace(SHADDA + vowel, vowel + SHADDA)
            text = normalized.normalized
        if self.needs_more(text):
            _write(normalized, _by_place(text, self.pipeline.trace(text).edits))
        else:
            for char in set(text) & self.table.keys():
                normalized.replace(char, self.table[char])


def _plain(pipeline: Pipeline) -> tuple[Callable[[str], object], dict[str, str]]:
    """Whether a text needs more than a table, and that table."""
    try:
        found = guards.plain(lowered(pipeline, "tokenizers"))
    except NotExpressibleError:
        found = None
    if found is None:
        return lambda text: True, {}
    need, table = found
    if need == guards.Need():
        return lambda text: False, table
    return re.compile(need.pattern(lambda chars: chars.written(lambda n: f"\\U{n:08x}"))).search, table


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
