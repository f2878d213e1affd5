"""The page of the benchmarks is what the results say; the command that measures runs; the charts say what they mean."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent
if not (ROOT / "benchmarks" / "plots.py").exists():
    pytest.skip("the benchmarks are not here", allow_module_level=True)

from benchmarks import page, plots  # noqa: E402
from benchmarks.svg import COLOURS, Axis, Series, lines  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results.json"


def results() -> page.Results:
    return json.loads(RESULTS.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_page_and_figures_are_what_the_results_give() -> None:
    written = page.files(results())
    for path, content in written.items():
        assert (ROOT / path).read_text(encoding="utf-8") == content, (
            f"{path}: run python -m benchmarks.plots --only page"
        )
    drawn = {path.relative_to(ROOT).as_posix() for path in (ROOT / page.FIGURES).iterdir()}
    assert drawn == set(written) - {page.PAGE}
    assert RESULTS.read_text(encoding="utf-8") == page.as_json(results())


def test_page_shows_every_figure_and_says_how_it_was_measured() -> None:
    text = page.files(results())[page.PAGE]
    for name in ("speed", "passes", "lengths", "jobs", "policies", "sizes"):
        alt = re.search(rf"!\[(.+)\]\(../_static/plots/{name}\.svg\)", text)
        assert alt is not None
        assert len(alt[1]) > 60
    for part in results().values():
        assert f"Measured on {part['about']['date']}: {part['about']['python']}, {part['about']['machine']}" in text
    assert "the thresholds of the policies were chosen on them" in text


def test_quality_is_that_of_the_model_in_the_package() -> None:
    from arnorm.spelling import POLICIES
    from arnorm.spelling.model import digest
    from arnorm.spelling.speller import DEFAULT_MODEL

    quality = results()["quality"]
    assert set(quality["policies"]) == set(POLICIES)
    assert [row["share"] for row in quality["sizes"]] == sorted(
        (row["share"] for row in quality["sizes"]), reverse=True
    )
    assert quality["model"] == digest(DEFAULT_MODEL).hex()[:16], "run python -m benchmarks.plots --data DIR"
    whole, balanced = quality["sizes"][0]["sets"], quality["policies"]["balanced"]
    for name, row in whole.items():
        assert [row[key] for key in ("P", "R", "F05")] == [balanced[name][key] for key in ("P", "R", "F05")]


def test_quick_run_measures_and_keeps_the_quality(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "benchmarks" / "results.json"
    file.parent.mkdir()
    file.write_text(json.dumps({"quality": results()["quality"]}), encoding="utf-8")
    plots.main(["--quick", "--out", str(tmp_path)])
    made = json.loads(file.read_text(encoding="utf-8"))
    assert made["quality"] == results()["quality"]
    assert made["speed"].keys() == results()["speed"].keys()
    for path, content in page.files(made).items():
        assert (tmp_path / path).read_text(encoding="utf-8") == content
    assert str(file) in capsys.readouterr().out


def test_run_without_any_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "measure_speed", lambda effort: results()["speed"])
    plots.main(["--quick", "--out", str(tmp_path)])
    assert "## How sure" not in (tmp_path / page.PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / page.FIGURES).glob("*.svg")), ids=lambda path: path.name)
def test_drawings_can_be_read_in_both_schemes_and_aloud(path: Path) -> None:
    drawing = ElementTree.parse(path).getroot()
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label")
    assert drawing.get("fill") == "currentColor"
    assert drawing.find("{*}rect") is None  # no background
    colours = {e.get(key) for e in drawing.iter() for key in ("fill", "stroke")} - {None, "none", "currentColor"}
    assert colours <= set(COLOURS)
    width = float((drawing.get("viewBox") or "").split()[2])
    for text in drawing.iter("{http://www.w3.org/2000/svg}text"):
        at, length = float(text.get("x") or 0), 6.4 * len(text.text or "")
        left = at - {"start": 0, "middle": length / 2, "end": length}[text.get("text-anchor") or "start"]
        assert left >= 0, text.text
        assert left + length <= width, text.text


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("ground", ["#ffffff", "#131416"])
def test_colours_stand_out_from_the_light_and_the_dark_page(colour: str, ground: str) -> None:
    bright, dim = sorted((luminance(colour), luminance(ground)), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 3


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


positive = st.lists(st.floats(1e-3, 1e7), min_size=2, unique=True)


@given(positive, st.booleans())
def test_axes_hold_their_values(values: list[float], log: bool) -> None:
    if max(values) / min(values) < 1.01:
        return
    axis = (Axis.log_over if log else Axis.over)("x", values)
    assert list(axis.ticks) == sorted(set(axis.ticks))
    assert 2 <= len(axis.ticks) <= 12
    assert all(-1e-6 <= axis.place(value) <= 1 + 1e-6 for value in values)


def test_points_are_drawn_where_they_belong() -> None:
    x, y = Axis("x", (0.0, 10.0)), Axis("y", (1.0, 100.0), log=True)
    drawing = ElementTree.fromstring(lines("A <line>.", x, y, [Series("s", [(0, 1), (5, 10), (10, 100)])]))
    assert drawing.get("aria-label") == "A <line>."
    line = next(drawing.iter("{http://www.w3.org/2000/svg}polyline"))
    spots = [tuple(map(float, spot.split(","))) for spot in (line.get("points") or "").split()]
    assert [a + c for (a, _), (c, _) in zip(spots, reversed(spots), strict=True)] == [2 * spots[1][0]] * 3
    assert spots[0][1] > spots[1][1] > spots[2][1]
    assert spots[0][1] - spots[1][1] == pytest.approx(spots[1][1] - spots[2][1])


def test_a_pruned_model_is_smaller_and_still_repairs(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    from arnorm import Repairer
    from arnorm.spelling.model import read, write
    from arnorm.spelling.model.shelves import unshelved
    from arnorm.spelling.speller import DEFAULT_MODEL
    from benchmarks.sweep import pruned

    whole = read(DEFAULT_MODEL)
    small = pruned(whole, 1 / 512)
    write(tmp_path / "small.model", small)
    assert len(unshelved(small)) == len(unshelved(whole)) // 512
    assert len(small.blob("bigram_parts")) < len(whole.blob("bigram_parts")) // 64
    assert Repairer.load(tmp_path / "small.model").repair("ذهب الى المدينه") == "ذهب إلى المدينة"
