"""A stub until the exporter is there: tables only."""

from __future__ import annotations

from typing import Any

from arnorm.core import CharMap, Pipeline
from arnorm.errors import NotExpressibleError


def document(pipeline: Pipeline) -> dict[str, Any]:
    """The JSON of a normalizer."""
    steps = []
    for p in pipeline.passes:
        if not isinstance(p, CharMap) or any(c in p.table for v in p.table.values() for c in v):
            raise NotExpressibleError(p.name)
        steps += [{"type": "Replace", "pattern": {"String": k}, "content": v} for k, v in p.table.items()]
    return {"type": "Sequence", "normalizers": steps}
