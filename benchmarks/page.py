"""The page of the benchmarks and its figures, from `results.json` alone: the same results give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.svg import Axis, Series, dots, lines

PAGE = "docs/explanation/benchmarks.md"
FIGURES = "docs/_static/plots"
SETS = {"qalb14-dev": "QALB-2014 dev", "zaebuc-dev": "ZAEBUC dev"}
Results = dict[str, Any]


def as_json(results: Results) -> str:
    """The results, one row of figures a line."""
    parts = []
    for name, part in sorted(results.items()):
        entries = ",\n".join(f"    {json.dumps(key)}: {_value(value)}" for key, value in part.items())
        parts.append(f'  "{name}": {{\n{entries}\n  }}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"      {json.dumps(row)}" for row in value) + "\n    ]"
    if isinstance(value, dict) and any(isinstance(row, dict) for row in value.values()):
        rows = ",\n".join(f"      {json.dumps(key)}: {json.dumps(row)}" for key, row in value.items())
        return "{\n" + rows + "\n    }"
    return json.dumps(value)


def files(results: Results) -> dict[str, str]:
    """The page and the figures, by their paths in the checkout."""
    speed, real, quality = results["speed"], results.get("real"), results.get("quality")
    figures = {
        "speed": _speed_figure(speed["folding"]),
        "passes": _passes_figure(speed["passes"]),
        "lengths": _lengths_figure(speed["lengths"]),
        "jobs": _jobs_figure(speed["jobs"]),
    }
    if quality:
        figures |= {"policies": _policies_figure(quality), "sizes": _sizes_figure(quality["sizes"])}
    alts = {name: alt for name, (alt, _) in figures.items()}
    parts = [_INTRODUCTION, *_speed(speed, alts)]
    parts += [*(_real(real) if real else ()), *(_quality(quality, alts) if quality else ())]
    out = {f"{FIGURES}/{name}.svg": drawing for name, (_, drawing) in figures.items()}
    return {PAGE: "\n\n".join(parts) + "\n", **out}


# -- speed --------------------------------------------------------------------------------------------------------

_INTRODUCTION = """\
# Benchmarks

Everything on this page was measured, drawn and written by one command, `python -m benchmarks.plots`; under each part
stand the machine and the versions. Times are medians of processor time. What is compared took turns in one run, and
gave the same output, which was checked first. Read the ratios: machines differ.

The texts of the first parts are made of words of arnorm's own, frequent ones often, with clitics, punctuation and
numbers; vocalized text has a mark on nearly every consonant. They are the same for everybody, and easier than what
people write: the part on real text is the one to go by."""


def _speed(speed: Results, alts: dict[str, str]) -> Iterable[str]:
    folding = speed["folding"]
    yield "## Speed beside other packages"
    yield (
        "Six passes that all of them have: tashkeel, dagger alef and tatweel off; alef, alef maksura and teh marbuta "
        "folded; on paragraphs of 300 to 800 characters. `str.translate` is given one table for all six."
    )
    yield _image("speed", alts)
    ours = {kind: folding[kind]["arnorm"] for kind in folding}
    rows = [
        [
            name,
            *(
                f"{_ns(folding[kind][name])} ({folding[kind][name] / ours[kind]:.1f}\N{NO-BREAK SPACE}×)"
                for kind in folding
            ),
        ]
        for name in folding["bare"]
    ]
    yield _table(["ns a character (against arnorm)", "bare", "vocalized"], rows)
    absent = "" if "araclean" in folding["bare"] else " araclean, which needs another Python, is measured there too."
    yield f"What else they do, and what they make of nine texts: [Other packages](comparison.md).{absent}"
    yield "## What a further pass costs"
    yield (
        "Passes that are tables of characters become one table when they are joined by `|`, and walk the text once, "
        "however many they are. Called in turn, each takes its own walk. Half of the paragraphs are vocalized."
    )
    yield _image("passes", alts)
    yield _table(
        ["ns a character", *(str(count) for count, _ in speed["passes"])],
        [[name, *(_ns(row[name]) for _, row in speed["passes"])] for name in speed["passes"][0][1]],
    )
    yield "## What a longer text costs"
    yield (
        "The same folding of bare text, cut into pieces of ten characters to a million. Below a hundred the call "
        "itself is what counts; for many short texts there is [`many`](../many-texts.md)."
    )
    yield _image("lengths", alts)
    yield _lengths_table(speed["lengths"])
    yield (
        "A trace knows the place of every edit, and a repair reads the sentence; both take longer than folding, and "
        "both are linear too. The repairer's caches were full here."
    )
    yield _image("jobs", alts)
    yield _lengths_table(speed["jobs"])
    yield _footer(speed["about"])


def _real(real: Results) -> Iterable[str]:
    kinds = list(real["texts"])
    yield "## Real text"
    shown = ", ".join(
        f"{kind} ({text['characters']:,} characters in {text['lines']:,} lines of "
        f"{text['characters'] / text['lines']:.0f})"
        for kind, text in real["texts"].items()
    )
    yield (
        f"The same folding on text with the statistics that text has, line by line: {shown}. Lines are shorter than "
        "the paragraphs above, so that the call itself counts more."
    )
    folding = real["folding"]
    rows = [
        [name, *(f"{_ns(folding[k][name])} ({_times(folding[k][name], folding[k]['arnorm'])})" for k in kinds)]
        for name in folding[kinds[0]]
    ]
    yield _table(["ns a character (against arnorm)", *kinds], rows)
    yield (
        "Profiles hold patterns and judges too, which do not fuse. One look at a text tells which passes have "
        "something to do in it, and the others are passed over; so a profile costs what the text holds, and little "
        "more for a further pass."
    )
    rows = [
        [f"`{name}`", str(row["passes"]), *(_ns(row[kind]) for kind in kinds)] for name, row in real["profiles"].items()
    ]
    yield _table(["profile", "passes", f"ns a character, {kinds[0]}", *kinds[1:]], rows)
    yield _footer(real["about"])


def _times(time: float, ours: float) -> str:
    return f"{time / ours:.2f}\N{NO-BREAK SPACE}×"


def _lengths_table(rows: Sequence[Any]) -> str:
    return _table(
        ["ns a character", *(f"{length:,}" for length, _ in rows)],
        [[name, *(_ns(row[name]) for _, row in rows)] for name in rows[0][1]],
    )


def _ns(value: float) -> str:
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _speed_figure(folding: Results) -> tuple[str, str]:
    names = sorted(folding["bare"], key=lambda name: float(folding["bare"][name]))
    rows = [(name, [folding[kind][name] for kind in folding]) for name in names]
    alt = (
        "Nanoseconds a character of the same folding, by package, fastest first: "
        + ", ".join(f"{name} {_ns(folding['bare'][name])}" for name in names)
        + " on bare text."
    )
    axis = Axis.log_over("nanoseconds a character (log scale)", (v for _, values in rows for v in values))
    return alt, dots(alt, axis, rows, [f"{kind} text" for kind in folding])


def _passes_figure(rows: Sequence[Any]) -> tuple[str, str]:
    first, last = rows[0], rows[-1]
    alt = f"Nanoseconds a character against the number of tables, from {first[0]} to {last[0]}: " + "; ".join(
        f"{name}, from {_ns(first[1][name])} to {_ns(last[1][name])}" for name in first[1]
    )
    series = [Series(name, [(count, row[name]) for count, row in rows]) for name in first[1]]
    y = Axis.log_over("nanoseconds a character (log scale)", _ordinates(series))
    return alt, lines(alt, Axis.over("number of passes", [last[0]], low=0), y, series)


def _lengths_figure(rows: Sequence[Any]) -> tuple[str, str]:
    alt = (
        f"Nanoseconds a character of folding against the length of the text, from {rows[0][0]} to {rows[-1][0]:,} "
        "characters: all fall at first, and are level from about a thousand characters on."
    )
    return alt, _over_lengths(alt, rows)


def _jobs_figure(rows: Sequence[Any]) -> tuple[str, str]:
    last = rows[-1]
    alt = f"Nanoseconds a character of four kinds of work against the length of the text; at {last[0]:,} characters: "
    alt += ", ".join(f"{name} {value:.0f}" for name, value in last[1].items())
    return alt, _over_lengths(alt, rows)


def _over_lengths(alt: str, rows: Sequence[Any]) -> str:
    series = [Series(name, [(length, row[name]) for length, row in rows]) for name in rows[0][1]]
    x = Axis.log_over("characters in the text (log scale)", (length for length, _ in rows))
    return lines(alt, x, Axis.log_over("nanoseconds a character (log scale)", _ordinates(series)), series)


def _ordinates(series: Sequence[Series]) -> Iterable[float]:
    return (y for one in series for _, y in one.points)


# -- quality ------------------------------------------------------------------------------------------------------


def _quality(quality: Results, alts: dict[str, str]) -> Iterable[str]:
    words = " and ".join(f"{SETS[name]} ({count:,} words)" for name, count in quality["words"].items())
    yield "## How sure a repair is, and how much it finds"
    yield (
        f"Measured by MaxMatch on {words}, comments of readers and essays of students; edits of punctuation are not "
        "counted. **These are development sets: the thresholds of the policies were chosen on them**, so on other text "
        "expect somewhat less. The lines show what one threshold for every kind of error gives, from "
        f"{quality['thresholds'][0][0]:g} to {quality['thresholds'][-1][0]:g}; the policies, with thresholds of their "
        "own for different kinds, are the single marks."
    )
    yield _image("policies", alts)
    head = ["set", "precision", "recall", "F1", "F0.5"]
    rows = [[p, SETS[s], *_scores(row)] for p, sets in quality["policies"].items() for s, row in sets.items()]
    yield _table(["policy", *head], rows, names=2)
    yield "<details><summary>By threshold</summary>"
    rows = [[f"{t:g}", SETS[s], *_scores(row)] for t, sets in quality["thresholds"] for s, row in sets.items()]
    yield _table(["threshold", *head], rows, names=2)
    yield "</details>"
    rates = ", ".join(f"{rate:,} under `{policy}`" for policy, rate in quality["rates"].items())
    yield f"Words a second of processor time, with full caches: {rates}. The policies: [Repairing spelling](repair.md)."
    yield "## What a smaller model loses"
    yield (
        "The model of the package, and what is left of its quality (F0.5, policy `balanced`) when only a share of its "
        "words, pairs of words and weights of the context is kept, those that tell the most. Nothing was trained anew, "
        "so a model that is trained to be small may do better. Sizes are compressed, as in the wheel."
    )
    yield _image("sizes", alts)
    yield _table(
        ["share kept", "MB", *(f"{SETS[s]}: precision, recall, F0.5" for s in quality["words"])],
        [
            [f"{100 * row['share']:.3g} %", f"{row['MB']:.1f}", *(_three(row["sets"][s]) for s in quality["words"])]
            for row in quality["sizes"]
        ],
    )
    yield _footer(quality["about"], f"Model `{quality['model']}`. ")


def _scores(row: Results) -> list[str]:
    return [_point(row[key]) for key in ("P", "R", "F1", "F05")]


def _three(row: Results) -> str:
    return ", ".join(_point(row[key]) for key in ("P", "R", "F05"))


def _point(value: float) -> str:
    return f"{value:.3f}".lstrip("0")


def _policies_figure(quality: Results) -> tuple[str, str]:
    series = []
    for one, name in SETS.items():
        series.append(Series(f"{name}, by threshold", [(s[one]["R"], s[one]["P"]) for _, s in quality["thresholds"]]))
    for one, name in SETS.items():
        points = [(s[one]["R"], s[one]["P"]) for s in quality["policies"].values()]
        labels = list(quality["policies"]) if one == "zaebuc-dev" else ()
        series.append(Series(f"{name}, the policies", points, labels, joined=False))
    alt = "Precision against recall of spelling repair. " + "; ".join(
        f"{policy} on {SETS[one]}: precision {_point(row['P'])}, recall {_point(row['R'])}"
        for policy, sets in quality["policies"].items()
        for one, row in sets.items()
    )
    x = Axis.over("recall", [a for s in series for a, _ in s.points])
    return alt, lines(alt, x, Axis.over("precision", _ordinates(series)), series)


def _sizes_figure(rows: Sequence[Any]) -> tuple[str, str]:
    series = [Series(name, [(row["MB"], row["sets"][one]["F05"]) for row in rows]) for one, name in SETS.items()]
    alt = "F0.5 against the size of the model: " + "; ".join(
        f"{row['MB']:.1f} MB: "
        + ", ".join(f"{_point(row['sets'][one]['F05'])} on {name}" for one, name in SETS.items())
        for row in rows
    )
    x = Axis.log_over("megabytes, compressed (log scale)", (row["MB"] for row in rows))
    return alt, lines(alt, x, Axis.over("F0.5", _ordinates(series)), series)


# -- Markdown -----------------------------------------------------------------------------------------------------


def _image(name: str, alts: dict[str, str]) -> str:
    return f"![{alts[name]}](../_static/plots/{name}.svg)"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], names: int = 1) -> str:
    """A table whose first columns are *names*, the others numbers."""
    lines = [head, ["---"] * names + ["--:"] * (len(head) - names), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _footer(about: Results, more: str = "") -> str:
    packages = ", ".join(f"{name} {number}" for name, number in about["packages"].items())
    load = "" if about["load"] is None else f", load average {about['load']:g} at the start"
    return f"*{more}Measured on {about['date']}: {about['python']}, {about['machine']}{load}; {packages}.*"
