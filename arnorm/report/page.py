"""The page of a report: one HTML file that asks nothing of the network, in English or Arabic.

What it quotes is in its own direction: everything from a text or the name of a file is escaped, isolated, and what it
has of controls and invisible characters is drawn (see `arnorm.render`). The samples are drawn by the desk (see
`arnorm.report.decide`), all else is there without scripts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import escape
from itertools import islice
from typing import Any, NamedTuple, Protocol

from arnorm import render
from arnorm.report.decide import Language, desk, head, texts
from arnorm.report.style import STYLE
from arnorm.report.tally import STEPS, Cause, Key, Report, Sample, causes_of

#: Changes in the list of the most frequent; so are the next ones chosen for a page that is read, not searched.
MOST_CHANGES = 48
#: Changes named beside a pass or a kind of repair.
MOST_OF_KIND = 4
#: Samples of a kind.
MOST_SAMPLES = 6
#: Names of files, of those that were read and of those that failed.
MOST_FILES = 8
#: Where the columns of the picture of scores begin.
BANDS = (0, 0.5, 0.75, 0.9, 0.97)

#: What the kinds of repair are, in the words that the pages of `--html` and the playground have too.
REPAIRS = {name: says for name, says in texts()["kinds"].items() if name not in ("pass", "own")}


class PassRow(NamedTuple):
    """A pass of the pipeline, for a reader."""

    name: str
    summary: str = ""
    lossy: bool = False


class About(NamedTuple):
    """What the page says of the run itself."""

    command: str = "arnorm"
    steps: Sequence[PassRow] = ()
    protected: Sequence[str] = ()
    made: bool = True  #: whether the changes were made, not only looked for
    kept: bool = True  #: whether the texts are still there as they were, so that decisions can be made in them
    files: Sequence[str] = ()
    failed: Sequence[str] = ()  #: files that were given up
    before: int = 0  #: files that an earlier run had done
    bad: int = 0  #: records that cannot be read
    fingerprint: str = ""
    version: str = ""
    language: Language = "en"

    @property
    def say(self) -> Say:
        """What gives a text of the interface in the language of the page, ready for HTML."""
        return partial(_said, self.language)


class Say(Protocol):
    """Gives the text of a name, with values."""

    def __call__(self, name: str, **values: object) -> str: ...


def _said(language: Language, name: str, **values: object) -> str:
    return escape(texts()["interface"][name][language]).format(**values)


def page(report: Report, about: About) -> Iterator[str]:
    """The page of *report*, in pieces."""
    say = about.say
    title = say("was made" if about.made else "would be made")
    yield head(f"{title}: {_text(about.command)}", about.language, STYLE, about.version)
    yield f"<body>\n<main>\n<header>\n<h1>{title}</h1>\n"
    yield f"{_origin(about)}{_warnings(about)}{_figures(report, say)}</header>\n"
    often = _often(report)
    if report.edits:
        yield _passes(report, about, often)
    if report.edits or report.suggested:
        yield _repairs(report, about, often)
        yield _frequent(report, say) if report.edits else ""
        yield from _samples(report, about)
    else:
        yield f"<p>{say('report nothing')}</p>\n"
    yield f"</main>\n{_colophon(about)}</body>\n</html>\n"


# --- Pieces of text ------------------------------------------------------------------------------------------------


def _text(text: str) -> str:
    """*text* as text of the page."""
    return escape(render.safe(text, breaks=False))


def _isolated(text: str) -> str:
    return f'<bdi dir="auto">{_text(text)}</bdi>'


def _english(text: str) -> str:
    """An English line: each Arabic word for itself, so that «ة → ه» does not turn round; one in Arabic is one run."""
    if re.match("[\u0600-\u08ff]+ [\u0600-\u08ff]", text):
        return f'<bdi dir="rtl">{_text(text)}</bdi>'
    return re.sub(r"[\u0600-\u08ff\ufb50-\ufefc]+", r'<bdi lang="ar">\g<0></bdi>', _text(text))


def _listed(names: Sequence[str], say: Say, most: int = MOST_FILES) -> str:
    shown = ", ".join(map(_isolated, names[:most]))
    return shown + (say("and more", count=_number(len(names) - most)) if len(names) > most else "")


def _number(number: int) -> str:
    return f"{number:,}"


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent, in at most two digits behind the point, never rounded to nothing or to all.

    >>> share(1, 3), share(1, 100000), share(99999, 100000), share(1, 1)
    ('33.3 %', '< 0.01 %', '> 99.9 %', '100 %')
    """
    per_cent = 100 * part / whole if whole else 0.0
    if part in (0, whole):
        return f"{per_cent:.0f} %"
    if per_cent < 0.01:
        return "< 0.01 %"
    return "> 99.9 %" if per_cent > 99.9 else f"{per_cent:.{1 if per_cent >= 1 else 2}f} %"


def _score(steps: int) -> str:
    """A score, cut so that no doubt is rounded away."""
    return f"{steps * 1000 // STEPS / 1000:.3f}".rstrip("0").rstrip(".")


# --- Sections ------------------------------------------------------------------------------------------------------


def _origin(about: About) -> str:
    say = about.say
    files = say("in files", files=_listed(about.files, say)) if about.files else ""
    kept = say("leaving", what=_listed(about.protected, say)) if about.protected else ""
    return f'<p class="dim"><code>{_text(about.command)}</code>{files}{kept}</p>\n'


def _warnings(about: About) -> str:
    """What went wrong in the run, before the figures: files given up, bad records, files that were done before."""
    say, told = about.say, []
    if about.failed:
        told.append(say("files failed", count=_number(len(about.failed)), names=_listed(about.failed, say)))
    if about.bad:
        told.append(say("records bad", count=_number(about.bad)))
    if about.before:
        told.append(say("done before", count=_number(about.before)))
    return "".join(f'<p class="warn">{text}</p>\n' for text in told)


def _figures(report: Report, say: Say) -> str:
    """The counts of the run, in large figures."""
    apart = max(report.characters // (report.edits or 1), 1)
    figures = [
        ("records", report.records, say("records are")),
        ("changed", report.changed, say("of records", share=_ltr(share(report.changed, report.records)))),
        ("edits", report.edits, say("one in", count=_number(apart)) if report.edits else say("none")),
        *([("suggestions", report.suggested.total(), say("not made"))] if report.suggested else []),
        ("words counted", report.words, say("between spaces")),
        ("characters", report.characters, say("code points")),
    ]
    cells = "".join(
        f"<div><dt>{say(name)}</dt><dd>{_number(number)}<small>{note}</small></dd></div>\n"
        for name, number, note in figures
    )
    return f'<dl class="figures">\n{cells}</dl>\n'


def _ltr(text: str) -> str:
    """A figure with a sign, whose parts no Arabic around it moves."""
    return f'<bdi dir="ltr">{escape(text)}</bdi>'


def _table(heads: Sequence[tuple[str, str]], rows: Iterable[str]) -> str:
    cells = "".join(f'<th scope="col" class="{kind}">{name}</th>' for name, kind in heads)
    return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n"


def _bar(part: int, whole: int) -> str:
    return f'<td class="bar"><span class="track"><i style="width:{100 * part / whole:.1f}%"></i></span></td>'


def _often(report: Report) -> dict[Cause, list[Key]]:
    """For each cause the most frequent changes."""
    found: dict[Cause, list[Key]] = {}
    for key, _, _ in report.frequent.ranked():
        for cause in causes_of(key[0], key[1]):
            found.setdefault(cause, []).append(key)
    return found


def _pairs(keys: Sequence[Key], say: Say) -> str:
    pairs = " ".join(_pair(before, after, say) for _, _, before, after in keys[:MOST_OF_KIND])
    return f'<span class="often">{pairs}</span>' if pairs else ""


def _passes(report: Report, about: About, often: dict[Cause, list[Key]]) -> str:
    """How many edits each pass made, with its most frequent ones; the passes that made none are named below."""
    say = about.say
    steps = {step.name: step for step in about.steps}
    ranked = sorted(report.passes.items(), key=lambda item: (-item[1], item[0]))
    named = {name: _step(steps.get(name, PassRow(name)), say) for name, _ in ranked}
    rows = [
        f'<tr><th scope="row">{named[name]}{_pairs(often.get(("pass", name), []), say)}</th>'
        f'<td class="number">{_number(count)}</td><td class="number">{_ltr(share(count, report.edits))}</td>'
        f"{_bar(count, ranked[0][1])}</tr>\n"
        for name, count in ranked
    ]
    idle = ", ".join(f"<code>{_text(name)}</code>" for name in steps if name not in report.passes)
    return (
        f'<section id="passes">\n<h2>{say("by pass")}</h2>\n'
        + _table([(say("pass named"), ""), (say("edits"), "number"), (say("share"), "number"), ("", "bar")], rows)
        + f'<p class="note">{say("counts for each")}{say("idle", names=idle) if idle else ""}</p>\n</section>\n'
    )


def _step(step: PassRow, say: Say) -> str:
    badge = f' <span class="lossy">{say("lossy")}</span>' if step.lossy else ""
    summary = f'<span class="summary" dir="auto">{_english(step.summary)}</span>' if step.summary else ""
    return f"<code>{_text(step.name)}</code>{badge}{summary}"


def _repairs(report: Report, about: About, often: dict[Cause, list[Key]]) -> str:
    """How many repairs of each kind were made and suggested, with their scores; nothing of a run without repair."""
    if not report.scores and not report.suggested:
        return ""
    say = about.say
    totals = Counter({kind: scores.total() for kind, scores in report.scores.items()})
    ranked = sorted(
        totals.keys() | report.suggested.keys(), key=lambda kind: (-totals[kind], -report.suggested[kind], kind)
    )
    rows = [_repair(kind, report, about, often) for kind in ranked]
    bands = ", ".join(_score(round(band * STEPS)) for band in BANDS)
    heads = [(say("kind"), ""), (say("repairs"), "number"), (say("suggested"), "number")]
    heads += [(say("lowest"), "number wide"), (say("median"), "number"), (say("highest"), "number wide")]
    return (
        f'<section id="repairs">\n<h2>{say("by kind")}</h2>\n'
        f'<p class="note">{say("score means", bands=_ltr(bands))}</p>\n'
        + _table([*heads, (say("scores"), "number")], rows)
        + "</section>\n"
    )


def _repair(kind: str, report: Report, about: About, often: dict[Cause, list[Key]]) -> str:
    """The row of the kind of repair *kind*: what it is, how often, and its lowest, median and highest score."""
    scores = report.scores.get(kind, Counter())
    steps = sorted(scores)
    told = (steps[0], median(scores), steps[-1]) if steps else ()
    classes = ("number wide", "number", "number wide")
    cells = "".join(
        f'<td class="{of}">{_score(step) if step is not None else ""}</td>'
        for of, step in zip(classes, told or (None, None, None), strict=True)
    )
    says = REPAIRS.get(kind)
    summary = f'<span class="summary">{_english(says[about.language])}</span>' if says else ""
    suggested = _number(report.suggested[kind]) if report.suggested[kind] else ""
    spread = _spread(scores, about.say) if steps else ""
    return (
        f'<tr><th scope="row">{_isolated(kind)}{summary}{_pairs(often.get(("repair", kind), []), about.say)}</th>'
        f'<td class="number">{_number(scores.total())}</td><td class="number">{suggested}</td>{cells}'
        f'<td class="number">{spread}</td></tr>\n'
    )


def median(scores: Counter[int]) -> int:
    """The lower median of counted numbers.

    >>> median(Counter({1: 2, 5: 2, 9: 1}))
    5
    """
    left = (scores.total() - 1) // 2
    for score in sorted(scores):
        left -= scores[score]
        if left < 0:
            return score
    raise ValueError("no median of nothing")


def _spread(scores: Counter[int], say: Say) -> str:
    bands = [0] * len(BANDS)
    for score, count in scores.items():
        bands[sum(score >= low * STEPS for low in BANDS) - 1] += count
    columns = "".join(f'<i style="height:{100 * n / max(bands):.0f}%"></i>' for n in bands)
    label = ", ".join(say("from", low=f"{low:g}", count=_number(n)) for low, n in zip(BANDS, bands, strict=True))
    return f'<span class="spread" role="img" aria-label="{label}" title="{label}">{columns}</span>'


def _frequent(report: Report, say: Say) -> str:
    """The most frequent changes; half of the list may be changes that came once, the rest came twice or more."""
    ranked = report.frequent.ranked()
    often = [row for at, row in enumerate(ranked[:MOST_CHANGES]) if at < MOST_CHANGES // 2 or row[1] > 1]
    items = "".join(_change(*row, say) for row in often)
    missed = report.frequent.missed
    note = say("of different", shown=_number(len(often)), all=_number(len(ranked)))
    if missed:
        note = say("rare lost", count=_number(missed))
    return (
        f'<section id="changes">\n<h2>{say("frequent")}</h2>\n<p class="note">{note}</p>\n'
        f'<ol class="changes">\n{items}</ol>\n</section>\n'
    )


def _change(key: Key, count: int, missed: int, say: Say) -> str:
    """A change of the list; what looks alike, or is a letter or two, by code points too."""
    passes, kinds, before, after = key
    how = [", ".join(kinds) or " + ".join(passes)]
    if (len(before) <= 2 and len(after) <= 2) or render.look_alike(before, after):
        how.append(f"{render.codes(before) or 'nothing'} → {render.codes(after) or 'nothing'}")
    shown = " · ".join(map(_isolated, how))
    plus = "+" if missed else ""
    return (
        f'<li><span>{_pair(before, after, say)}</span><span class="count">{_number(count)}{plus}</span>'
        f'<span class="how">{shown}</span></li>\n'
    )


def _pair(before: str, after: str, say: Say) -> str:
    """What was there and what is, in the order in which Arabic is read, with an arrow that points that way."""
    sides = [
        f'<{tag} lang="ar"><bdi dir="auto">{escape(render.drawn(text))}</bdi></{tag}>'
        if text
        else f'<span class="dim">{say("nothing to see")}</span>'
        for tag, text in (("del", before), ("ins", after))
    ]
    return f'<span class="pair" dir="rtl">{sides[0]}<span class="arrow">←</span>{sides[1]}</span>'


def _samples(report: Report, about: About) -> Iterator[str]:
    say = about.say
    yield f'<section id="samples">\n<h2>{say("samples")}</h2>\n<p class="note">{say("samples are")}</p>\n'
    summaries = {step.name: step.summary for step in about.steps if step.summary}
    yield from desk(map(_row, _chosen(report)), about.language, summaries, saves=about.kept)
    yield "</section>\n"


def _chosen(report: Report) -> list[Sample]:
    """Some of each kind, every place once, in the order of the files."""
    chosen: dict[tuple[str, int, str], Sample] = {}
    for samples in report.samples.values():
        for sample in islice(samples, MOST_SAMPLES):
            chosen[sample.path, sample.number, sample.source] = sample
    return [sample for _, sample in sorted(chosen.items(), key=lambda item: item[0])]


def _row(sample: Sample) -> dict[str, Any]:
    path = render.safe(sample.path, breaks=False)
    row = {"file": path, "line": sample.number, "source": sample.source, "found": sample.found}
    return row if sample.whole else row | {"part": True}


def _colophon(about: About) -> str:
    """How to read the page, and with what it can be made again."""
    say = about.say
    steps = " | ".join(f"<code>{_text(step.name)}</code>" for step in about.steps)
    print_ = f" {say('fingerprint')} <code>{_text(about.fingerprint)}</code>." if about.fingerprint else ""
    pipeline = f'<p>{say("the pipeline")} <bdi dir="ltr">{steps}</bdi>.{print_}</p>\n' if steps else ""
    return (
        f'<footer class="note">\n<h2>{say("how to read")}</h2>\n<p>{say("what is drawn")}</p>\n{pipeline}'
        f"<p>arnorm {_text(about.version)}</p>\n</footer>\n"
    )
