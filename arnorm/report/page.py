"""The page of a report: one HTML file without scripts, and without anything from the network.

The page is in English, what it quotes is in its own direction: everything from a text or the name of a file is
escaped, isolated, and what it has of controls and invisible characters is drawn (see `arnorm.render`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from typing import NamedTuple

from arnorm import render
from arnorm.report.decide import texts
from arnorm.report.style import STYLE
from arnorm.report.tally import STEPS, Key, Kind, Report, Sample, kinds_of

#: Changes in the list of the most frequent.
MOST_CHANGES = 48
#: Changes named beside the samples of a kind.
MOST_OF_KIND = 8
#: Samples of a kind.
MOST_SAMPLES = 6
#: Names of files, of those that were read and of those that failed.
MOST_FILES = 8
#: Where the columns of the picture of scores begin.
BANDS = (0, 0.5, 0.75, 0.9, 0.97)

#: What the kinds of repair are, in the words that the pages of `--html` and the playground have too.
REPAIRS = {name: says["en"] for name, says in texts()["kinds"].items() if name not in ("pass", "own")}


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
    files: Sequence[str] = ()
    failed: Sequence[str] = ()  #: files that were given up
    before: int = 0  #: files that an earlier run had done
    bad: int = 0  #: records that cannot be read
    fingerprint: str = ""
    version: str = ""


def page(report: Report, about: About) -> Iterator[str]:
    """The page of *report*, in pieces."""
    title = "What was changed" if about.made else "What would change"
    yield (
        '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f'<meta name="generator" content="arnorm {_text(about.version)}">\n'
        f"<title>{title}: {_text(about.command)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    yield f"<header>\n<h1>{title}</h1>\n{_origin(about)}{_warnings(about)}{_figures(report)}</header>\n"
    if report.edits:
        yield _passes(report, about)
        yield _repairs(report)
        yield _frequent(report)
        yield from _samples(report, about)
    else:
        yield "<p>There was nothing to change.</p>\n"
    yield f"</main>\n{_colophon(report, about)}</body>\n</html>\n"


# --- Pieces of text ------------------------------------------------------------------------------------------------


def _text(text: str) -> str:
    """*text* as text of the page."""
    return escape(render.safe(text, breaks=False))


def _isolated(text: str) -> str:
    return f'<bdi dir="auto">{_text(text)}</bdi>'


def _english(text: str) -> str:
    """An English line: each Arabic word for itself, so that «ة → ه» does not turn round."""
    return re.sub(r"[\u0600-\u08ff\ufb50-\ufefc]+", r'<bdi lang="ar">\g<0></bdi>', _text(text))


def _listed(names: Sequence[str], most: int = MOST_FILES) -> str:
    shown = ", ".join(map(_isolated, names[:most]))
    return shown + (f" and {_number(len(names) - most)} more" if len(names) > most else "")


def _number(number: int) -> str:
    return f"{number:,}"


def _counted(number: int, what: str) -> str:
    return f"{_number(number)} {what}{'s' * (number != 1)}"


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
    files = f" in {_listed(about.files)}" if about.files else ""
    kept = f", leaving {_listed(about.protected)} as they are" if about.protected else ""
    return f'<p class="dim"><code>{_text(about.command)}</code>{files}{kept}</p>\n'


def _warnings(about: About) -> str:
    said = []
    if about.failed:
        count = _counted(len(about.failed), "file")
        said.append(
            f"{count} could not be read or written to the end: {_listed(about.failed)}. "
            "What was found up to there is counted here; the output was left as it was."
        )
    if about.bad:
        said.append(f"{_counted(about.bad, 'record')} could not be read, and stayed as before; not counted here.")
    if about.before:
        said.append(f"{_counted(about.before, 'file')} had been done by an earlier run; not counted here.")
    return "".join(f'<p class="warn">{text}</p>\n' for text in said)


def _figures(report: Report) -> str:
    apart = max(report.characters // (report.edits or 1), 1)
    figures = [
        ("Records", report.records, "lines, rows or fields"),
        ("Changed", report.changed, f"{share(report.changed, report.records)} of records"),
        ("Edits", report.edits, f"one in {_number(apart)} characters" if report.edits else "none"),
        ("Words", report.words, "between spaces"),
        ("Characters", report.characters, "code points"),
    ]
    cells = "".join(
        f"<div><dt>{name}</dt><dd>{_number(number)}<small>{note}</small></dd></div>\n" for name, number, note in figures
    )
    return f'<dl class="figures">\n{cells}</dl>\n'


def _table(heads: Sequence[tuple[str, str]], rows: Iterable[str]) -> str:
    cells = "".join(f'<th scope="col" class="{kind}">{name}</th>' for name, kind in heads)
    return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n"


def _bar(part: int, whole: int) -> str:
    return f'<td class="bar"><span class="track"><i style="width:{100 * part / whole:.1f}%"></i></span></td>'


def _passes(report: Report, about: About) -> str:
    steps = {step.name: step for step in about.steps}
    ranked = sorted(report.passes.items(), key=lambda item: (-item[1], item[0]))
    rows = [
        f'<tr><th scope="row">{_step(steps.get(name, PassRow(name)))}</th><td class="number">{_number(count)}</td>'
        f'<td class="number">{share(count, report.edits)}</td>{_bar(count, ranked[0][1])}</tr>\n'
        for name, count in ranked
    ]
    idle = [name for name in steps if name not in report.passes]
    return (
        '<section id="passes">\n<h2>By pass</h2>\n'
        + _table([("Pass", ""), ("Edits", "number"), ("Share", "number"), ("", "bar")], rows)
        + f'<p class="note">An edit that several passes made together counts for each.{_idle(idle)}</p>\n</section>\n'
    )


def _step(step: PassRow) -> str:
    badge = ' <span class="lossy">lossy</span>' if step.lossy else ""
    summary = f'<span class="summary">{_english(step.summary)}</span>' if step.summary else ""
    return f"<code>{_text(step.name)}</code>{badge}{summary}"


def _idle(names: Sequence[str]) -> str:
    listed = ", ".join(f"<code>{_text(name)}</code>" for name in names)
    return f" Nothing to do for {listed}." if names else ""


def _repairs(report: Report) -> str:
    if not report.scores:
        return ""
    ranked = sorted(((scores.total(), source) for source, scores in report.scores.items()), key=lambda r: (-r[0], r[1]))
    rows = [_repair(source, count, report.scores[source]) for count, source in ranked]
    heads = [("Kind", ""), ("Repairs", "number"), ("Lowest", "number wide"), ("Median", "number")]
    return (
        '<section id="repairs">\n<h2>By kind of repair</h2>\n'
        '<p class="note">The score is the probability, by the repairer\'s own estimate, that a repair is right. '
        f"The columns count repairs from {', '.join(_score(round(b * STEPS)) for b in BANDS)} on.</p>\n"
        + _table([*heads, ("Highest", "number wide"), ("Scores", "number")], rows)
        + "</section>\n"
    )


def _repair(source: str, count: int, scores: Counter[int]) -> str:
    steps = sorted(scores)
    cells = "".join(
        f'<td class="{kind}">{_score(step)}</td>'
        for step, kind in ((steps[0], "number wide"), (median(scores), "number"), (steps[-1], "number wide"))
    )
    summary = f'<span class="summary">{_english(REPAIRS[source])}</span>' if source in REPAIRS else ""
    return (
        f'<tr><th scope="row">{_isolated(source)}{summary}</th><td class="number">{_number(count)}</td>{cells}'
        f'<td class="number">{_spread(scores)}</td></tr>\n'
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


def _spread(scores: Counter[int]) -> str:
    bands = [0] * len(BANDS)
    for score, count in scores.items():
        bands[sum(score >= low * STEPS for low in BANDS) - 1] += count
    columns = "".join(f'<i style="height:{100 * n / max(bands):.0f}%"></i>' for n in bands)
    label = ", ".join(f"from {low:g}: {_number(n)}" for low, n in zip(BANDS, bands, strict=True))
    return f'<span class="spread" role="img" aria-label="{label}" title="{label}">{columns}</span>'


def _frequent(report: Report) -> str:
    ranked = report.frequent.ranked()
    often = [row for at, row in enumerate(ranked[:MOST_CHANGES]) if at < MOST_CHANGES // 2 or row[1] > 1]
    items = "".join(_change(*row) for row in often)
    missed = report.frequent.missed
    if missed:
        note = "So many different changes came up that rare ones were not kept."
        note += f" Counts with a + may be too low, by {_number(missed)} at most."
    else:
        note = f"{_number(len(often))} of {_counted(len(ranked), 'different change')}."
    return (
        f'<section id="changes">\n<h2>The most frequent changes</h2>\n<p class="note">{note}</p>\n'
        f'<ol class="changes">\n{items}</ol>\n</section>\n'
    )


def _change(key: Key, count: int, missed: int) -> str:
    passes, sources, before, after = key
    how = [", ".join(sources) or " + ".join(passes)]
    if (len(before) <= 2 and len(after) <= 2) or render.look_alike(before, after):
        how.append(f"{render.codes(before) or 'nothing'} → {render.codes(after) or 'nothing'}")
    shown = " · ".join(map(_isolated, how))
    plus = "+" if missed else ""
    return (
        f'<li><span>{_pair(before, after)}</span><span class="count">{_number(count)}{plus}</span>'
        f'<span class="how">{shown}</span></li>\n'
    )


def _pair(before: str, after: str) -> str:
    sides = [
        f'<{tag} lang="ar"><bdi dir="auto">{escape(render.drawn(text))}</bdi></{tag}>'
        if text
        else '<span class="dim">nothing</span>'
        for tag, text in (("del", before), ("ins", after))
    ]
    return f'<span class="pair">{sides[0]}<span class="arrow">→</span>{sides[1]}</span>'


def _samples(report: Report, about: About) -> Iterator[str]:
    yield (
        '<section id="samples">\n<h2>Samples</h2>\n<p class="note">'
        "Taken evenly from all places: the text as it was, and the words that an edit touched before and after, with "
        "whatever else changed in them. Point at a word for the passes and characters.</p>\n"
    )
    frequent: dict[Kind, list[Key]] = {}
    for key, _, _ in report.frequent.ranked():
        for kind in kinds_of(key[0], key[1]):
            frequent.setdefault(kind, []).append(key)
    counts = {("pass", name): count for name, count in report.passes.items()}
    counts |= {("repair", source): scores.total() for source, scores in report.scores.items()}
    known = {("pass", step.name): step.summary for step in about.steps}
    known |= {("repair", source): what for source, what in REPAIRS.items()}
    for kind in sorted(report.samples, key=lambda k: (k[0] == "pass", -counts[k], k)):
        yield _kind(kind, known.get(kind, ""), report.samples[kind], frequent.get(kind, []))
    yield "</section>\n"


def _kind(kind: Kind, summary: str, samples: list[Sample], frequent: list[Key]) -> str:
    name = f"<code>{_text(kind[1])}</code>" if kind[0] == "pass" else f"Repair: {_isolated(kind[1])}"
    said = f'<p class="summary">{_english(summary)}</p>\n' if summary else ""
    often = " ".join(_pair(before, after) for _, _, before, after in frequent[:MOST_OF_KIND])
    items = "".join(map(_sample, islice(_different(samples), MOST_SAMPLES)))
    return (
        f'<article>\n<h3>{name}</h3>\n{said}<p class="often">{often}</p>\n'
        f'<ul class="samples">\n{items}</ul>\n</article>\n'
    )


def _different(samples: Iterable[Sample]) -> Iterator[Sample]:
    """The samples, but one only of each place."""
    places = set()
    for sample in samples:
        place = sample.path, sample.number, sample.head, sample.before, sample.tail
        if place not in places:
            places.add(place)
            yield sample


def _sample(sample: Sample) -> str:
    change = render.marked_up(sample.before, sample.after, sample.about, sample.difference)
    about = [_isolated(f"{sample.path}:{sample.number}" if sample.path else str(sample.number))]
    if sample.score >= 0:
        about.append(f"score {_score(sample.score)}")
    if sample.runner_up:
        about.append(f'next best <bdi lang="ar" dir="auto">{_text(sample.runner_up)}</bdi>')
    head, tail = (escape(render.safe(text, breaks=False), quote=False) for text in (sample.head, sample.tail))
    return (
        f'<li><blockquote lang="ar" dir="rtl">{head}{change}{tail}</blockquote>'
        f"<footer>{' · '.join(about)}</footer></li>\n"
    )


def _colophon(report: Report, about: About) -> str:
    steps = " | ".join(f"<code>{_text(step.name)}</code>" for step in about.steps)
    print_ = f" Fingerprint <code>{_text(about.fingerprint)}</code>." if about.fingerprint else ""
    pipeline = f"<p>The pipeline: {steps}.{print_}</p>\n" if steps else ""
    return (
        '<footer class="note">\n<h2>How to read this</h2>\n'
        "<p>What cannot be seen is drawn: a space within a change as ␣, a mark without a letter on ◌, other characters "
        f"by their names, ⟨ZWNJ⟩. Long texts are cut, with a …</p>\n{pipeline}"
        f"<p>arnorm {_text(about.version)}</p>\n</footer>\n"
    )
