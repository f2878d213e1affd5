"""A user's program, for the type checker only: what is right passes, and each line with a planted error is one."""

import re

import arnorm
from arnorm import Pipeline, Repairer, passes
from arnorm.export import export
from arnorm.portable import Around, Chars, Kept, Put, Search

text: str = arnorm.normalize("أحمد", "search")
text = arnorm.normalize("أحمد", passes.fold_alef)
fold: Pipeline = passes.strip_tashkeel | passes.fold_alef | passes.mask_urls("<url>")
fold = fold.protecting("urls", "hashtags", re.compile("x"))
texts: list[str] = list(fold.many(["أ", "ب"]))
spans: list[tuple[int, int]] = [edit.span for edit in fold.trace("أ").edits]
repaired: str = arnorm.repair("الى", "balanced")
plan: list[arnorm.Change] = Repairer.load().plan("الى", "thorough")
offsets: list[int] = [change.start for change in plan]
kinds: dict[str, float] = {change.kind: change.score for change in Repairer("safe.v1").review("الى").suggestions}
accepted: str = Repairer("safe", lexicon=["زيدون"]).review("الى").apply(accept=lambda change: change.score > 0.5)
readings: list[str] = [reading.text for reading in arnorm.suggest("ان", before="قال")]
joined: Pipeline = Repairer("balanced") | passes.fold_alef | str.strip | passes.mask_urls
names: tuple[str, ...] = passes.fold_alef.names
same: bool = arnorm.same("أ", "ا", "search")
recipe: Pipeline = arnorm.pipeline(["search", {"mask_urls": {"token": "<u>"}}])
whole: Pipeline = arnorm.profile("clean.v1") | passes.repair_spelling("safe")
searched: arnorm.Rewrite = arnorm.Rewrite.of("own", Search(Kept(Chars("a-z").some), Put("-"), ahead=~Chars("x")))
sql: str = export(searched | passes.fold_alef, "postgresql", name="fold")


def steps(around: Around) -> list[Search | dict[str, str]]:
    (marker,) = around.markers(1)
    return [Search("ab", Put(marker)), {marker: "c"}]


stepped = arnorm.Judge("own", lambda text: [], steps=steps)

arnorm.nrmalize("أ")  # error
arnorm.normalize("أ", "serach")  # error
arnorm.repair("أ", "bold")  # error
fold.protecting("url")  # error
arnorm.profile("search.v9")  # error
arnorm.normalize(b"x")  # error
Repairer.load().plan(3)  # error
passes.repair_spelling("timid")  # error
passes.mask_urls(3)  # error
print(passes.strip_tashkel)  # error
passes.fold_alef | 3  # error
Repairer("bold")  # error
Repairer(lexicon=5)  # error
arnorm.suggest("ان", befor="قال")  # error
print(plan[0].begin)  # error
print(fold.trace("أ").edit)  # error
arnorm.same("أ", "ا", "serach")  # error
print(arnorm.spelling.nothing)  # error
Search(5)  # error
Search("a", after=Chars("b"))  # error
print(Chars("a").sme)  # error
arnorm.Rewrite.of("own", "a")  # error
arnorm.Rewrite("own", "a", "b", steps=5)  # error
