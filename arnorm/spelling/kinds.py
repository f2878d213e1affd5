"""The kinds of error, by which candidates, evidence and policies speak of a change."""

from __future__ import annotations

#: In the order in which the judge's features and the model's table of readings number them.
KINDS = (
    "class", "elongation", "waw alef", "tanween", "hamza", "shift", "repeated", "extra", "transposed", "letter",
    "missing", "split", "merge", "lone waw", "idiom", "case", "ending",
    "variant", "name",
)  # fmt: skip

#: What stands for no change.
AS_WRITTEN = "as written"
