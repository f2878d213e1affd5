"""Small line and dot charts as SVG: drawn for the width of a phone, in the colours of the page they stand in.

Text and axes are in `currentColor`. A file seen by itself follows the reader's light or dark scheme; the site puts
the drawing into the page, without `STYLE`, so that its own switch counts. Series are told apart by colour and by the
shape of their marks. The same figures give the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import NamedTuple

#: For a drawing that stands alone.
STYLE = (
    "<style>.plot{color:#1f2328;font-family:system-ui,sans-serif}"
    "@media(prefers-color-scheme:dark){.plot{color:#e6edf3}}</style>"
)
#: Each contrasts at least 3 to 1 with white and with the site's black.
COLOURS = ("#12936b", "#d4622a", "#2f80d8", "#9b66d6", "#c2477f", "#8a8a8a", "#6b8e23")
WIDTH, LEFT, RIGHT, TOP, PLOT = 360, 44, 14, 22, 200
_LINE = 16
#: About as wide as a letter gets, on average.
_LETTER = 6.5


class Axis(NamedTuple):
    """What is measured along a side: from `ticks[0]` to `ticks[-1]`."""

    label: str
    ticks: tuple[float, ...]
    log: bool = False

    @classmethod
    def log_over(cls, label: str, values: Iterable[float]) -> Axis:
        """A logarithmic axis with ticks at 1, 2 and 5, or at powers of ten where there are many."""
        values = list(values)
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        steps = [float(f"{step}e{power}") for power in range(low, high + 1) for step in (1, 2, 5)]
        first = max(i for i, tick in enumerate(steps) if tick <= min(values))
        last = min(i for i, tick in enumerate(steps) if tick >= max(values))
        chosen = steps[first : last + 1]
        if len(chosen) > 8:
            chosen = [float(f"1e{power}") for power in range(low, high + 1)]
        return cls(label, tuple(chosen), log=True)

    @classmethod
    def over(cls, label: str, values: Iterable[float], low: float | None = None) -> Axis:
        """A linear axis with four to eight ticks; from `low`, if given."""
        values = list(values)
        start, end = min(values) if low is None else low, max(values)
        rough = (end - start) / 6
        power = 10.0 ** math.floor(math.log10(rough))
        step = power * next(s for s in (1, 2, 5, 10) if power * s >= rough)
        first, last = math.floor(start / step + 1e-9), math.ceil(end / step - 1e-9)
        return cls(label, tuple(round(i * step, 10) for i in range(first, last + 1)))

    def place(self, value: float) -> float:
        """Where *value* is, from 0 to 1."""
        low, high, at = (math.log(v) if self.log else v for v in (self.ticks[0], self.ticks[-1], value))
        return (at - low) / (high - low)


class Series(NamedTuple):
    """Points of one name; `labels` stand beside points, and `joined` points have a line through them."""

    name: str
    points: Sequence[tuple[float, float]]
    labels: Sequence[str] = ()
    joined: bool = True


def lines(description: str, x: Axis, y: Axis, series: Sequence[Series]) -> str:
    """A chart of *series* over two axes, with a legend below."""

    def across(value: float) -> float:
        return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT)

    def down(value: float) -> float:
        return TOP + (1 - y.place(value)) * PLOT

    parts = [_text(4, 12, y.label)]
    for tick in y.ticks:
        parts += [
            _rule(LEFT, down(tick), WIDTH - RIGHT, down(tick)),
            _text(LEFT - 5, down(tick) + 4, _short(tick), "end"),
        ]
    parts += _ticks(x, across, TOP, TOP + PLOT)
    for number, one in enumerate(series):
        spots = [(across(a), down(b)) for a, b in one.points]
        if one.joined:
            parts.append(_polyline(spots, number))
        parts += [_mark(a, b, number, 0.75 if one.joined else 1.0) for a, b in spots]
        for (a, b), label in zip(spots, one.labels, strict=bool(one.labels)):
            fits = a + 7 + _LETTER * len(label) <= WIDTH
            parts.append(_text(a + 7, b - 5, label) if fits else _text(a - 7, b + 12, label, "end"))
    bottom = TOP + PLOT + 3 * _LINE
    return _drawing(description, parts + _legend([s.name for s in series], bottom), bottom, len(series))


def dots(description: str, x: Axis, rows: Sequence[tuple[str, Sequence[float]]], names: Sequence[str]) -> str:
    """A line a row, its name above it, with a mark for each of *names* at its value."""

    def across(value: float) -> float:
        return 10 + x.place(value) * (WIDTH - 10 - RIGHT)

    parts, row_height = [], 34
    end = 8 + row_height * len(rows)
    parts += _ticks(x, across, 4, end)
    for row, (name, values) in enumerate(rows):
        middle = 8 + row * row_height + 24
        parts += [_text(10, middle - 10, name), _rule(10, middle, WIDTH - RIGHT, middle)]
        parts += [_mark(across(value), middle, number) for number, value in enumerate(values)]
    bottom = end + 3 * _LINE
    return _drawing(description, parts + _legend(names, bottom), bottom, len(names))


def _ticks(x: Axis, across: Callable[[float], float], top: float, bottom: float) -> list[str]:
    parts = []
    for tick in x.ticks:
        at = across(tick)
        parts += [_rule(at, top, at, bottom), _text(at, bottom + 14, _short(tick), "middle")]
    return [*parts, _text(WIDTH / 2, bottom + 30, x.label, "middle")]


def _legend(names: Sequence[str], top: float) -> list[str]:
    parts = []
    for number, name in enumerate(names):
        middle = top + number * _LINE + 4
        parts += [_mark(LEFT, middle, number), _text(LEFT + 11, middle + 4, name)]
    return parts


def _drawing(description: str, parts: Sequence[str], bottom: float, legends: int) -> str:
    height = bottom + legends * _LINE + 2
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-label="{escape(description)}" font-size="12" fill="currentColor">'
    )
    return "\n".join([head, STYLE, *parts, "</svg>"]) + "\n"


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    where = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {where} stroke="currentColor" stroke-opacity="0.18"/>'


def _polyline(spots: Sequence[tuple[float, float]], number: int) -> str:
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in spots)
    return f'<polyline points="{path}" fill="none" stroke="{COLOURS[number]}" stroke-width="2"/>'


def _mark(x: float, y: float, number: int, size: float = 1.0) -> str:
    """A mark of the series' own colour and shape."""
    corners = _SHAPES[number % len(_SHAPES)]
    if not corners:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{4 * size:g}" fill="{COLOURS[number]}"/>'
    path = " ".join(f"{x + size * a:.1f},{y + size * b:.1f}" for a, b in corners)
    return f'<polygon points="{path}" fill="{COLOURS[number]}"/>'


_SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)),
    ((0, -4.5), (4.5, 3.5), (-4.5, 3.5)),
    ((0, -5), (5, 0), (0, 5), (-5, 0)),
    ((0, 4.5), (4.5, -3.5), (-4.5, -3.5)),
    ((-5, -2), (5, -2), (5, 2), (-5, 2)),
    ((-2, -5), (2, -5), (2, 5), (-2, 5)),
)


def _short(value: float) -> str:
    for size, name in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{name}"
    return f"{value:g}"
