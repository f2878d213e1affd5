"""A user's program, for the type checker only: what is right passes, and each line with a planted error is one."""

import re

import arnorm
from arnorm import Pipeline, Repairer, passes

text: str = arnorm.normalize("أحمد", "search")
text = arnorm.normalize("أحمد", passes.fold_alef)
fold: Pipeline = passes.strip_tashkeel | passes.fold_alef | passes.mask_urls("<url>")
fold = fold.protecting("urls", "hashtags", re.compile("x"))
texts: list[str] = list(fold.many(["أ", "ب"]))
spans: list[tuple[int, int]] = [edit.span for edit in fold.trace("أ").edits]
repaired: str = arnorm.repair("الى", "balanced")
plan = Repairer.load().plan("الى", "thorough")
offsets: list[int] = [change.start for change in plan]
recipe: Pipeline = arnorm.pipeline(["search", {"mask_urls": {"token": "<u>"}}])
whole: Pipeline = arnorm.profile("clean.v1") | passes.repair_spelling("safe")

arnorm.nrmalize("أ")  # error
arnorm.normalize("أ", "serach")  # error
arnorm.repair("أ", "bold")  # error
fold.protecting("url")  # error
arnorm.profile("search.v9")  # error
arnorm.normalize(b"x")  # error
Repairer.load().plan(3)  # error
passes.repair_spelling("timid")  # error
passes.mask_urls(3)  # error
