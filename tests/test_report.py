"""Reports: what they count is what traces say, however the records were cut, and the page is safe and complete."""

from __future__ import annotations

import base64
import hashlib
import json
import pickle
import re
from collections import Counter
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import Note, passes
from arnorm.cli import main
from arnorm.cli.exits import Exit
from arnorm.core import Composable, Custom, Judge
from arnorm.files.work import Work
from arnorm.formats.base import Piece
from arnorm.formats.columns import Values
from arnorm.report import findings
from arnorm.report.decide import texts
from arnorm.report.page import BANDS, MOST_CHANGES, MOST_SAMPLES, REPAIRS, About, PassRow, median, page, share
from arnorm.report.tally import (
    LONGEST,
    LONGEST_SAMPLE,
    SAMPLES,
    Frequent,
    Key,
    Report,
    causes_of,
    nearby,
    part_of,
    short,
)
from arnorm.spelling.kinds import KINDS
from arnorm.spelling.realword import KIND as REAL_WORD
from arnorm.spelling.view import KEYBOARD
from arnorm.trace import Change, Trace
from tests.strategies import any_text, arabic_text, words

FOLD = passes.strip_tashkeel | passes.strip_tatweel | passes.fold_alef | passes.fold_teh_marbuta
# Written out: what a page must never hold, because it acts on what shows it.
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
HOSTILE = "</style><script>alert(1)</script><b title=\"'>&amp;\x1b[31m\u202e\u2067\u200b\u200c\ud800\ufeff\x00"


def _spoken(text: str) -> list[tuple[int, int, str, Note]]:
    found = [m.start() for m in re.finditer("ه", text)]
    return [(at, at + 1, "ة", Note("ending" if at % 2 else "class", at % 101 / 100, "هـ")) for at in found]


SPEAKS = Judge("repair_spelling", _spoken)


def report_of(traces: Sequence[Trace], cuts: Sequence[int] = (), *, kept: int = 20_000, most: int = SAMPLES) -> Report:
    """The report of numbered traces that come in parts, cut at *cuts*; parts travel as they do between processes."""
    report = Report(most=most, frequent=Frequent(kept))
    ends = [0, *sorted(cuts), len(traces)]
    for start, end in pairwise(ends):
        part = part_of(enumerate(traces[start:end], 1), most=most).after(start)
        report.take(pickle.loads(pickle.dumps(part)), "a.txt")
    return report


def page_of(report: Report, **about: Any) -> str:
    return "".join(page(report, About(**about)))


transforms = st.sampled_from([FOLD, SPEAKS, SPEAKS | FOLD, Custom("upper", str.upper), FOLD.protecting("urls")])
some_texts = st.lists(arabic_text | any_text | words, max_size=12)


# --- Counting ------------------------------------------------------------------------------------------------------


@given(some_texts, transforms)
def test_counts_are_those_of_the_traces(some: list[str], transform: Composable) -> None:
    traces = [transform.trace(text) for text in some]
    report = report_of(traces)
    assert report.records == len(some)
    assert report.changed == sum(transform(text) != text for text in some)
    assert report.characters == sum(map(len, some))
    assert report.words == sum(len(text.split()) for text in some)
    assert report.edits == sum(len(trace.edits) for trace in traces)
    assert report.passes == sum((Counter(trace.counts()) for trace in traces), Counter())
    judged = Counter(edit.kind for trace in traces for edit in trace.edits if edit.kind)
    assert {kind: scores.total() for kind, scores in report.scores.items()} == judged
    every = Counter((e.passes, short(e.before), short(e.after)) for trace in traces for e in trace.edits)
    found: Counter[Any] = Counter()
    for (by, _, before, after), count, missed in report.frequent.ranked():
        assert missed == 0
        found[by, before, after] += count
    assert found == every


@given(some_texts, transforms, st.lists(st.integers(0, 12), max_size=4), st.integers(2, 8), st.integers(1, 3))
def test_however_records_are_cut_into_parts_the_report_is_the_same(
    some: list[str], transform: Composable, cuts: list[int], kept: int, most: int
) -> None:
    traces = [transform.trace(text) for text in some]
    cuts = [min(cut, len(traces)) for cut in cuts]
    whole, parts = report_of(traces, kept=kept, most=most), report_of(traces, cuts, kept=kept, most=most)
    assert whole == parts
    assert page_of(whole) == page_of(parts)


def test_texts_that_stay_are_counted() -> None:
    part = part_of([(1, FOLD.trace("أب"))], ["قلم وكتاب", ""])
    assert (part.records, part.changed, part.words, part.characters) == (3, 1, 3, 11)


keys = st.lists(st.integers(0, 12).map(lambda n: (("p",), (), str(n), "")), max_size=300)


@given(keys, st.integers(2, 9))
def test_frequent_changes_are_never_missing(stream: list[Key], most: int) -> None:
    frequent = Frequent(most)
    frequent.extend(stream)
    true = Counter(stream)
    found = {key: (count, missed) for key, count, missed in frequent.ranked()}
    assert len(found) <= most
    assert frequent.missed * (most // 2 + 1) <= len(stream)
    for key, count in true.items():
        if key in found:
            low, missed = found[key]
            assert low <= count <= low + missed
        else:
            assert count <= frequent.missed
    counts = [count for _, count, _ in frequent.ranked()]
    assert counts == sorted(counts, reverse=True)


def test_memory_has_a_bound() -> None:
    frequent = Frequent(100)
    for n in range(5_000):
        frequent.extend([(("p",), (), str(n), "x" * 9), (("p",), (), "often", "")])
        assert len(frequent._counts) <= 100
        assert frequent._missed.keys() <= frequent._counts.keys()
    (_, _, first, _), count, missed = frequent.ranked()[0]
    assert (first, count, missed) == ("often", 5_000, 0)


def test_kinds() -> None:
    assert causes_of(("a", "b"), ()) == [("pass", "a"), ("pass", "b")]
    assert causes_of(("a", "b"), ("hamza", "hamza")) == [("repair", "hamza")]


@pytest.mark.parametrize("score", [1.5, -1.0, float("nan")])
def test_a_score_that_is_no_probability_is_left_out(score: float) -> None:
    edit = Change(0, 1, "أ", "ا", "x", score, passes=("mine",), output=(0, 1))
    report = report_of([Trace("أب", "اب", (edit,))])
    assert not report.scores
    assert list(report.samples) == [("pass", "mine")]


# --- Samples -------------------------------------------------------------------------------------------------------


def test_samples_have_their_place_and_what_was_found() -> None:
    text = "كان " * 200 + "في المَدْرسة الكبيرة" + " ثم" * 200
    whole, part = report_of([FOLD.trace("لأ"), FOLD.trace(text)]).samples["pass", "fold_alef"], []
    assert [(s.path, s.number, s.source, s.whole) for s in whole] == [("a.txt", 1, "لأ", True)]
    assert whole[0].found == findings.of_trace(FOLD.trace("لأ"))
    part = report_of([FOLD.trace("لا"), FOLD.trace(text)]).samples["pass", "strip_tashkeel"]
    for sample in part:
        assert (sample.number, sample.whole) == (2, False)
        assert len(sample.source) <= LONGEST_SAMPLE
        assert sample.source in text
        assert sample.source.startswith("كان ")
        assert sample.source.endswith(" ثم")
        first = sample.found[0]
        assert (first["before"], first["after"]) == ("المَدْرسة", "المدرسه")


@given(st.text("اأب 🎉", max_size=12), st.text("اأب 🎉", max_size=12))
def test_what_is_found_in_a_part_stands_there(before: str, after: str) -> None:
    """Also where letters that take two places in UTF-16 are cut off."""
    text = f"{before * 70} المدرسه {after * 70}"
    for samples in report_of([(SPEAKS | FOLD).trace(text)]).samples.values():
        for sample in samples:
            utf16 = sample.source.encode("utf-16-le")
            for each in sample.found:
                assert utf16[2 * each["start"] : 2 * each["end"]].decode("utf-16-le") == each["before"]


@given(any_text, st.data(), st.integers(0, 12))
def test_a_part_is_cut_between_words(text: str, data: st.DataObject, most: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = nearby(text, start, end, most)
    assert 0 <= start - first <= most
    assert 0 <= last - end <= most
    if start - most > 0 and " " in text[start - most : start]:
        assert text[first - 1] == " "
    if end + most < len(text) and " " in text[end : end + most]:
        assert text[last] == " "


def test_there_are_not_too_many_samples() -> None:
    report = report_of([FOLD.trace(f"أب {n} أم") for n in range(200)])
    assert [len(found) for found in report.samples.values()] == [SAMPLES]
    assert len({sample.number for sample in report.samples["pass", "fold_alef"]}) > SAMPLES / 2
    assert 1 < len(rows_of(page_of(report))) <= MOST_SAMPLES


def test_a_record_is_one_sample_on_the_page() -> None:
    report = report_of([FOLD.trace("كُتِبَ")])
    assert len(report.samples["pass", "strip_tashkeel"]) > 1
    assert len(rows_of(page_of(report))) == 1


def test_of_equal_places_the_first_is_shown() -> None:
    (sample,) = report_of([FOLD.trace("أب")] * 3, [1, 2]).samples["pass", "fold_alef"]
    assert sample.number == 1


def test_what_is_long_is_cut() -> None:
    report = report_of(
        [Custom("upper", str.upper).trace("a" * 5_000), Custom("drop", lambda text: "").trace("b" * 5_000)]
    )
    assert all(len(before) <= LONGEST and len(after) <= LONGEST for _, _, before, after in report.frequent._counts)
    assert len(page_of(report)) < len(page_of(report_of([FOLD.trace("أ")]))) + 20_000


def test_what_is_only_suggested_is_counted_and_shown() -> None:
    """Beside what is changed, and where nothing is."""
    texts_ = ["كتبه أحمد", "سه"]
    hints = [SPEAKS.trace(text) for text in texts_]
    report = Report()
    report.take(part_of([(1, FOLD.trace(texts_[0]), hints[0]), (2, Trace("سه", "سه", ()), hints[1])], ["قلم"]))
    assert report.records == 3
    assert report.changed == 1
    assert report.suggested == {"ending": 2}
    html = page_of(report)
    assert {(row["line"], each["decision"]) for row in rows_of(html) for each in row["found"]} == {
        (1, "change"),
        (1, "suggest"),
        (2, "suggest"),
    }
    assert "Suggestions2" in Page(html).text


# --- The page ------------------------------------------------------------------------------------------------------


def rows_of(html: str) -> list[dict[str, Any]]:
    """What the desk of a page is to show."""
    [rows] = re.findall(r'<script type="application/json" id="rows">(.*?)</script>', html, re.DOTALL)
    return json.loads(rows)  # type: ignore[no-any-return]


class Page(HTMLParser):
    """The elements and the text of a page; every one that is opened must be closed."""

    VOID = frozenset(("meta", "br"))

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.opened

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & {*self.opened}:
            self.text += data


@given(some_texts, transforms, st.text(st.characters(codec=None), max_size=9))
def test_nothing_from_a_text_acts_on_the_page(some: list[str], transform: Composable, name: str) -> None:
    report = report_of([transform.trace(text) for text in some])
    html = page_of(report, command=name, files=[name], failed=[name], protected=[name], steps=[PassRow(name, name)])
    assert not ACTS.search(html)
    html.encode("utf-8")
    made = Page(html)
    assert {tag for tag, _ in made.elements} <= {tag for tag, _ in Page(page_of(rich(), **WHOLE)).elements}


def test_hostile_text_and_names() -> None:
    drop = Custom("drop <b>", lambda text: text.replace("ه", ""))
    report = Report()
    report.take(part_of([(1, drop.trace(f"{HOSTILE} ه {HOSTILE}")), (2, drop.trace("ه" + HOSTILE * 9))]), HOSTILE)
    html = page_of(
        report, command=HOSTILE, files=[HOSTILE] * 20, failed=[HOSTILE], steps=[PassRow(HOSTILE, HOSTILE, True)]
    )
    assert not ACTS.search(html)
    assert [tag for tag, _ in Page(html).elements if tag in ("script", "b")] == ["script"] * 3  # those of the desk
    assert "⟨ESC⟩" in html
    assert "⟨U+D800⟩" in html
    assert "⟨RLO⟩" in html


def rich() -> Report:
    """A report that has something of everything."""
    both = SPEAKS | passes.strip_tashkeel | passes.fold_alef | passes.strip_zwnj | passes.strip_tatweel
    traces = [both.trace(text) for text in ("المدرسه الكبيره", "أُمّ", "كتـــاب", "مى\u200cخواهم", "ك" * 300 + "ه")]
    return report_of([*traces, *map(passes.nfc.trace, ["e\u0301", "\u0627\u0653"])])


WHOLE: dict[str, Any] = {
    "command": "arnorm repair",
    "steps": [PassRow("repair_spelling", "repair", False), PassRow("fold_alef", "أ → ا", True), PassRow("idle_pass")],
    "protected": ["urls"],
    "files": [f"{n}.txt" for n in range(20)],
    "failed": ["bad.gz"],
    "before": 3,
    "bad": 1,
    "fingerprint": "0123456789abcdef",
    "version": "9.9",
}


def test_the_page_says_everything() -> None:
    report = rich()
    made = Page(page_of(report, **WHOLE))
    for words_ in (
        "What was changed", "arnorm repair", "0.txt", "and 12 more", "leaving urls as they are", "bad.gz",
        "stayed as before: 1.", "earlier run had done: 3.", "By pass", "By kind of repair",
        "Letters that are often taken for each other", "The most frequent changes", "Samples",
        "Nothing to do for idle_pass",
        "0123456789abcdef", "9.9", "U+200C → nothing", "⟨ZWNJ⟩", "◌ُ",
    ):  # fmt: skip
        assert words_ in made.text, words_
    assert any(
        row["source"] == "المدرسه الكبيره" and row["file"] == "a.txt" for row in rows_of(page_of(report, **WHOLE))
    )
    pairs = [attributes for _, attributes in made.elements if attributes.get("class") == "pair"]
    assert pairs
    assert all(attributes["dir"] == "rtl" for attributes in pairs)


def test_the_page_speaks_arabic() -> None:
    """All but names: what the page itself says."""
    html = page_of(rich(), **WHOLE, language="ar")
    assert html.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')
    made = Page(html)
    for words_ in ("ما الذي تغيّر", "بحسب الخطوة", "بحسب نوع التصويب", "حروف يكثر الخلط بينها", "عيّنات", "كيف تُقرأ"):
        assert words_ in made.text, words_
    said = {says["en"] for name, says in texts()["interface"].items() if len(says["en"]) > 12}
    assert len(said) > 20
    assert not [english for english in said if english in made.text]
    assert '"language": "ar"' in html


def test_the_page_stands_alone() -> None:
    html = page_of(rich(), **WHOLE)
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    [script] = re.findall(r'<script type="module">(.*?)</script>', html, re.DOTALL)
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy
    assert not re.search(r"<script src|<link|<img|@import|url\(|https?:", html)
    assert html.startswith('<!doctype html>\n<html lang="en" dir="ltr">')


def test_look_alikes_show_their_code_points() -> None:
    assert "U+0065 U+0301 → U+00E9" in page_of(report_of([passes.nfc.trace("cafe\u0301")]))


def test_without_changes() -> None:
    made = Page(page_of(report_of([FOLD.trace("قلم")]), made=False))
    assert "There was nothing to change." in made.text
    assert "What would change" in made.text
    assert "Samples" not in made.text
    assert Page(page_of(Report())).text


def test_counts_that_may_be_too_low_say_so() -> None:
    report = report_of([Custom("number", lambda text: f"{text}!").trace(str(n)) for n in range(30)], kept=4)
    assert not report.frequent.missed  # one change, thirty times
    report = report_of([Custom("double", lambda text: text * 2).trace(str(n) * 3) for n in range(30)], kept=4)
    assert report.frequent.missed
    assert re.search(r"Counts with a \+ may be too low, by \d+ at most", Page(page_of(report)).text)
    assert "1+" in Page(page_of(report)).text


def test_the_list_of_changes_has_an_end() -> None:
    traces = [Custom("double", lambda text: text * 2).trace(f"{n:03}") for n in range(200)]
    assert page_of(report_of(traces)).count('class="how"') == MOST_CHANGES // 2
    assert page_of(report_of(traces * 2)).count('class="how"') == MOST_CHANGES


def test_scores_are_spread_over_their_bands() -> None:
    scores = (0, *BANDS, 1.0)
    traces = [Trace("أ", "ب", (Change(0, 1, "أ", "ب", "class", s, passes=("j",), output=(0, 1)),)) for s in scores]
    html = page_of(report_of(traces))
    assert 'aria-label="from 0: 2, from 0.5: 1, from 0.75: 1, from 0.9: 1, from 0.97: 2"' in html
    assert re.search(
        r"<td class=\"number\">7</td><td class=\"number\"></td><td class=\"number wide\">0</td>"
        r"<td class=\"number\">0.75</td>",
        html,
    )


def test_every_kind_of_repair_is_explained() -> None:
    assert set(REPAIRS) == {*KINDS, REAL_WORD, KEYBOARD}


def test_english_stays_in_order_around_arabic() -> None:
    html = page_of(rich(), steps=[PassRow("fold_alef", "أ → ا")])
    assert '<bdi lang="ar">أ</bdi> → <bdi lang="ar">ا</bdi>' in html


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_shares_never_claim_all_or_nothing(part: int, rest: int) -> None:
    shown = share(part, part + rest)
    assert (shown == "0 %") == (part == 0)
    assert (shown == "100 %") == (part > 0 and rest == 0)


def test_the_median_is_one_of_the_scores() -> None:
    assert median(Counter({3: 1})) == 3
    assert median(Counter({3: 1, 4: 1})) == 3
    with pytest.raises(ValueError, match="nothing"):
        median(Counter())


# --- The command line ----------------------------------------------------------------------------------------------

Run = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with texts, and the place where commands run."""
    lines = [f"ذهب أحمد رقم {n} إِلى المدرسة\nقلم\n" for n in range(400)]
    tmp_path.joinpath("a.txt").write_text("".join(lines), encoding="utf-8")
    tmp_path.joinpath("b.txt").write_text("أب\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("arnorm.formats.blocks.BLOCK", 1 << 12)
    return tmp_path


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_workers_make_the_same_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arnorm.files.run._report", lambda: Report(frequent=Frequent(4)))
    pages = []
    for workers in ("0", "1", "2"):
        words_ = ["normalize", "-p", "search", "--processes", workers, "a.txt", "b.txt"]
        assert main([*words_, "-o", f"{workers}.txt", "--report", f"{workers}.html"]) == 0
        pages.append(Path(f"{workers}.html").read_text(encoding="utf-8"))
    assert pages[0] == pages[1] == pages[2]
    assert main(["normalize", "-p", "search", "a.txt", "b.txt", "-o", "plain.txt"]) == 0
    assert Path("0.txt").read_bytes() == Path("2.txt").read_bytes() == Path("plain.txt").read_bytes()
    text = Page(pages[0]).text
    assert "may be too low" in text
    assert "Records801" in text
    assert "Changed401" in text
    assert "a.txt" in text
    # A sample's number is that of its line in its file, also where workers count for themselves.
    rows = [row for row in rows_of(pages[2]) if row["file"] == "a.txt"]
    assert len(rows) > 4
    for row in rows:
        [number] = re.findall(r"رقم (\d+)", row["source"])
        assert row["line"] == 2 * int(number) + 1


@pytest.mark.parametrize(
    "way", [["--check"], ["--diff"], ["--json"], ["--html", "out.html"], ["-i"], ["-o", "out"], []]
)
def test_it_goes_with_every_output(folder: Path, way: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.txt").write_text("أب\nقلم\n", encoding="utf-8")
    code = main(["normalize", "-p", "search", "b.txt", *way, "--report", "r.html"])
    assert code == (1 if way == ["--check"] else 0)
    with_report = capsys.readouterr().out
    text = Page(Path("r.html").read_text(encoding="utf-8")).text
    assert ("What was changed" in text) == (way in (["-i"], ["-o", "out"], []))
    assert "fold_alef" in text
    assert "Records2" in text
    assert "Changed1" in text
    Path("b.txt").write_text("أب\nقلم\n", encoding="utf-8")
    main(["normalize", "-p", "search", "b.txt", *way])
    assert capsys.readouterr().out == with_report


def test_repairs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.txt").write_text("ذهب الى المدرسه\nهاذا كتاب\n", encoding="utf-8")
    assert main(["repair", "c.txt", "-o", "d.txt", "--report", "r.html", "--protect", "urls"]) == 0
    made = Page(Path("r.html").read_text(encoding="utf-8"))
    assert "A common misspelling of this word or phrase" in made.text
    assert "repair misspelt words by their context (safe.v1)" in made.text
    found = {
        each["before"]: each for row in rows_of(Path("r.html").read_text(encoding="utf-8")) for each in row["found"]
    }
    assert found["هاذا"]["after"] == "هذا"
    assert found["هاذا"]["score"] > 0.9
    assert 'id="save"' in Path("r.html").read_text(encoding="utf-8")


def test_suggestions_stand_in_the_report_in_arabic_too(folder: Path) -> None:
    Path("c.txt").write_text("كان الجار مسئولا عن المدرسه\nوكان مسئولا\n", encoding="utf-8")
    assert main(["repair", "c.txt", "--check", "--report", "r.html", "--language", "ar"]) == 1
    html = Path("r.html").read_text(encoding="utf-8")
    shown = [(row["line"], each["after"], each["decision"]) for row in rows_of(html) for each in row["found"]]
    assert shown == [(1, "مسؤولا", "suggest"), (1, "المدرسة", "change"), (2, "مسؤولا", "suggest")]
    assert "الاقتراحات2لم تُنفَّذ" in Page(html).text
    assert '<bdi dir="rtl">يصوّب الكلمات الخاطئة بحسب سياقها</bdi>' in html
    assert main(["repair", "c.txt", "--check", "--report", "r.json"]) == 1


def test_decisions_are_saved_where_the_text_is_still_there(folder: Path) -> None:
    """A run that replaces the text leaves none in which they could be made."""
    Path("c.txt").write_text("ذهب الى المدرسه\n", encoding="utf-8")
    assert main(["repair", "c.txt", "-o", "d.txt", "--report", "r.html"]) == 0
    assert '<div class="rv-buttons">' in Path("r.html").read_text(encoding="utf-8")
    assert main(["repair", "-i", "c.txt", "--report", "r.html"]) == 0
    assert '<div class="rv-buttons" hidden>' in Path("r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["a.txt", "-", "out.txt", "bad.jsonl"])
def test_it_needs_a_file_of_its_own(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("a.txt").read_bytes()
    words_ = ["normalize", "a.txt", "-o", "out.txt", "--rejects", "bad.jsonl", "--report", name]
    assert main(words_) == 2
    assert "the report needs a file of its own" in capsys.readouterr().err
    assert Path("a.txt").read_bytes() == before


def test_where_it_cannot_be_written_nothing_is_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("a.txt").read_bytes()
    assert main(["normalize", "-p", "search", "-i", "a.txt", "--report", "missing/r.html"]) == 74
    assert "missing/r.html" in capsys.readouterr().err
    assert Path("a.txt").read_bytes() == before


def test_a_run_that_ends_in_an_error_keeps_the_old_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("r.html").write_text("old", encoding="utf-8")
    Path("c.jsonl").write_text('{"text": "أ"}\nnone\n', encoding="utf-8")
    assert main(["normalize", "c.jsonl", "--strict", "--report", "r.html"]) == 65
    assert Path("r.html").read_text(encoding="utf-8") == "old"
    assert main(["normalize", "-p", "search", "c.jsonl", "--report", "r.html"]) == 65
    assert "stayed as before: 1." in Page(Path("r.html").read_text(encoding="utf-8")).text
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", "b.txt", "c.jsonl", "r.html"]


def test_files_that_failed_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.txt").write_bytes("أب\n".encode() + b"\xff\n")
    assert main(["normalize", "-p", "search", "-i", "b.txt", "c.txt", "--report", "r.html"]) == 65
    assert "written to the end (1): c.txt" in Page(Path("r.html").read_text("utf-8")).text


def test_a_run_taken_up_again_says_so(folder: Path) -> None:
    Path("corpus").mkdir()
    Path("corpus/a.txt").write_text("أب\n", encoding="utf-8")
    again = ["normalize", "-p", "search", "--resume", "corpus", "-o", "clean", "--report", "r.html"]
    assert main(again) == 0
    assert "earlier run" not in Path("r.html").read_text(encoding="utf-8")
    assert main(again) == 0
    text = Page(Path("r.html").read_text(encoding="utf-8")).text
    assert "an earlier run had done: 1." in text
    assert "There was nothing to change." in text


def test_workers_send_no_traces_for_a_report() -> None:
    done = Work(FOLD, counts=True)(Piece(Values(rows=True), ["أب", None, "قلم"]))
    assert done.part is not None
    assert (done.part.records, done.part.changed, done.traced) == (2, 1, [])


def test_only_who_asks_pays(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("traced")

    monkeypatch.setattr("arnorm.core.Composable.trace", refuse)
    assert main(["normalize", "-p", "search", "a.txt", "-o", "out.txt"]) == 0
    assert main(["normalize", "-p", "search", "a.txt", "-o", "out.txt", "--report", "r.html"]) == Exit.SOFTWARE
    assert "AssertionError: traced" in capsys.readouterr().err
