"""The playground: what it answers, and the page itself in a real browser."""

from __future__ import annotations

import contextlib
import functools
import http.server
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arnorm
from arnorm.cli import main
from arnorm.report import findings
from arnorm.review import Decisions
from arnorm.spelling import realword
from arnorm.spelling.kinds import TABLE
from arnorm.spelling.view import KEYBOARD
from tests.shared import once, program
from tests.strategies import arabic_text

ROOT = Path(__file__).parent.parent
PLAYGROUND = ROOT / "docs" / "playground"
if not PLAYGROUND.exists():
    pytest.skip("the documentation is not here", allow_module_level=True)


run = program(PLAYGROUND / "run.py")
build = program(PLAYGROUND / "build.py")


# --- What it answers -----------------------------------------------------------------------------------------------


def settings_of(**chosen: Any) -> str:
    return json.dumps({"mode": "review", "profile": "clean.v1", "passes": [], "policy": "safe", "words": []} | chosen)


def found(text: str, **chosen: Any) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(run.found(text, settings_of(**chosen)))
    return findings


def outcome(text: str, findings: list[dict[str, Any]]) -> str:
    """What the page makes of *text* before anybody has decided anything: offsets count UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    out, last = b"", 0
    for each in findings:
        start, end = 2 * each["start"], 2 * each["end"]
        assert last <= start <= end
        assert units[start:end].decode("utf-16-le", "surrogatepass") == each["before"]
        meant = each["after"] if each["decision"] == "change" else each["before"]
        out += units[last:start] + meant.encode("utf-16-le", "surrogatepass")
        last = end
    return (out + units[last:]).decode("utf-16-le", "surrogatepass")


def printed(code: str) -> str:
    """What a program prints, less the end of its last line."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return out.getvalue()[:-1]


PASSES = ["fold_alef", "strip_tashkeel", "squeeze_spaces", "unify_numbers_to_ascii", "mask_urls"]
normalizing = st.one_of(
    st.fixed_dictionaries(
        {"mode": st.just("profile"), "profile": st.sampled_from([p.full_name for p in arnorm.all_profiles()])}
    ),
    st.fixed_dictionaries(
        {
            "mode": st.just("passes"),
            "passes": st.lists(st.fixed_dictionaries({"name": st.sampled_from(PASSES)}), max_size=4),
        }
    ),
)


@given(arabic_text, normalizing)
def test_the_code_shown_does_the_same(text: str, chosen: dict[str, Any]) -> None:
    assert printed(run.code(text, settings_of(**chosen))) == outcome(text, found(text, **chosen))


@given(arabic_text, st.sampled_from(["safe", "balanced", "thorough"]))
def test_a_review_cleans_and_repairs(text: str, policy: str) -> None:
    shown = outcome(text, found(text, policy=policy))
    assert shown == arnorm.Repairer(policy)(arnorm.normalize(text))
    assert shown == printed(run.code(text.replace("\n", " "), settings_of(policy=policy))) or "\n" in text


def test_a_review_suggests_too() -> None:
    [suggested] = found("🎉 كان الجار مسئولا عنه")
    assert (suggested["decision"], suggested["kind"], suggested["after"]) == ("suggest", "variant", "مسؤولا")
    assert suggested["start"] == len("🎉 كان الجار ".encode("utf-16-le")) // 2


def test_a_word_that_is_cleaned_and_repaired_is_one_finding() -> None:
    [change] = found("ﻓﻲالمدرســـه"[2:], policy="safe")
    assert (change["before"], change["after"], change["passes"]) == ("المدرســـه", "المدرسة", ["strip_inner_tatweel"])


def test_what_is_suggested_for_a_word_that_is_cleaned_is_its_other_reading() -> None:
    [change] = found("كان الجار مسئــولا عنه")
    assert (change["after"], change["other"], change["decision"]) == ("مسئولا", "مسؤولا", "change")


def test_words_that_are_always_left() -> None:
    assert [each["before"] for each in found("ذهب الى المدرسه")] == ["الى", "المدرسه"]
    assert [each["before"] for each in found("ذهب الى المدرسه", words=["المدرسه"])] == ["الى"]
    assert "lexicon=['المدرسه']" in run.code("ذهب", settings_of(words=["المدرسه"]))


def test_other_readings() -> None:
    assert json.loads(run.readings("الاحد", "يوم ", "", settings_of()))[0] == "الأحد"
    assert run.readings("two words", "", "", settings_of()) == "[]"


def test_every_kind_has_a_sentence_in_both_languages() -> None:
    kinds = {kind.name for kind in TABLE} | {KEYBOARD, realword.KIND, findings.PASS}
    texts = build.texts()
    assert kinds <= set(texts["kinds"])
    for name, says in (*texts["kinds"].items(), *texts["interface"].items()):
        assert set(says) == {"en", "ar"}, name
        assert re.search("[\u0620-\u064a]", says["ar"]), name
        assert set(re.findall(r"\{\w+\}", says["ar"])) == set(re.findall(r"\{\w+\}", says["en"])), name


def test_what_can_be_chosen_is_described_in_arabic() -> None:
    arabic = build.texts()["arabic"]
    assert set(arabic["passes"]) == {entry.name for entry in arnorm.catalogue()}
    assert set(arabic["topics"]) == {entry.topic for entry in arnorm.catalogue()}
    assert set(arabic["profiles"]) == {profile.full_name for profile in arnorm.all_profiles()}
    said = [*arabic["passes"].values(), *arabic["topics"].values(), *chain.from_iterable(arabic["profiles"].values())]
    assert all(re.match("[\u0620-\u064a]", text) for text in said)


def test_every_text_of_the_page_is_in_the_table() -> None:
    named = re.findall(r'data-t(?:-label)?="([^"]+)"', (PLAYGROUND / "page.html").read_text(encoding="utf-8"))
    for script in (PLAYGROUND / "playground.js", build.DESK / "review.js"):
        named += re.findall(r'say\("([^"]+)"', script.read_text(encoding="utf-8"))
    assert len(named) > 60
    assert not set(named) - set(build.texts()["interface"])


def document(*paragraphs: str) -> bytes:
    """A Word document of *paragraphs*, given in the XML of their runs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        body = "".join(f"<w:p><w:pPr/>{paragraph}</w:p>" for paragraph in paragraphs)
        archive.writestr("word/document.xml", f"<w:document><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", "<w:styles/>")
    return out.getvalue()


def test_word_documents_keep_their_looks() -> None:
    data = document(
        "<w:r><w:b/><w:t>ذهب ال</w:t></w:r><w:r><w:t>ى المدرسه &amp; عاد</w:t></w:r>", "<w:r><w:t>ثم</w:t></w:r>"
    )
    assert run.opened(data) == "ذهب الى المدرسه & عاد\nثم"
    saved = run.saved(data, "ذهب إلى المدرسة & عاد\nثم")
    assert run.opened(saved) == "ذهب إلى المدرسة & عاد\nثم"
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        body = archive.read("word/document.xml").decode()
        assert archive.read("word/styles.xml") == b"<w:styles/>"
    assert "<w:b/>" in body
    assert "المدرسة &amp; عاد" in body
    with pytest.raises(ValueError, match="as many lines"):
        run.saved(data, "سطر")
    with pytest.raises(ValueError, match="not a Word document"):
        run.opened(b"PK")


@given(st.lists(st.text("ابته ", max_size=5), min_size=1, max_size=4), st.text("ابته ة", max_size=12))
def test_runs_say_the_new_text_together(runs: list[str], line: str) -> None:
    assert "".join(run.spread(runs, line)) == line


def test_arguments_of_passes() -> None:
    chosen = {"mode": "passes", "passes": [{"name": "mask_urls", "args": {"token": "<رابط>"}}]}
    text = "انظر https://example.com"
    assert outcome(text, found(text, **chosen)) == "انظر <رابط>"
    assert "passes.mask_urls(token='<رابط>')" in run.code(text, settings_of(**chosen))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mode": "profile", "profile": "serch"}, "search"),
        ({"policy": "save"}, "safe"),
        ({"mode": "passes", "passes": [{"name": "fold_alif"}]}, "fold_alef"),
        ({"mode": "passes", "passes": [{"name": "mask_urls", "args": {"with": "x"}}]}, "mask_urls"),
    ],
)
def test_a_wrong_request_is_answered_with_the_reason(wrong: dict[str, Any], said: str) -> None:
    assert said in json.loads(run.found("نص", settings_of(**wrong)))["error"]


def test_what_can_be_chosen() -> None:
    # In a process of its own, as the build is: what has run here may have kept what its packages gave.
    script = "import json, runpy; print(json.dumps(runpy.run_path('build.py')['catalogue']()))"
    run = subprocess.run([sys.executable, "-c", script], cwd=PLAYGROUND, capture_output=True, check=True, text=True)
    catalogue = json.loads(run.stdout)
    assert [each["name"] for each in catalogue["passes"] if each["absent"]] == [
        "strip_emoji",
        "mask_emoji",
        "name_emoji",
    ]
    assert {each["name"] for each in catalogue["passes"]} == {entry.name for entry in arnorm.catalogue()}
    for profile in catalogue["profiles"]:
        taken = [arnorm.passes.get(each["name"], **each["args"]) for each in profile["passes"]]
        assert arnorm.Pipeline(taken).passes == arnorm.profile(profile["name"]).passes


def test_without_python_for_the_browser_the_page_can_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "PYODIDE", tmp_path / "none")
    build.main(tmp_path)
    assert "fetch.sh" in capsys.readouterr().out
    assert not (tmp_path / "playground" / "files.json").exists()


# --- In a browser --------------------------------------------------------------------------------------------------

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NODE = ROOT / ".venv" / "playground" / "node_modules"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
LATER = 120_000  # milliseconds; Python has to be fetched and compiled
WRONG = "كان الجار مسئولا عن المدرسه"


def missing() -> str:
    """What is not here that the tests in a browser need."""
    packages = ("playwright", "sphinx", "furo", "myst_parser", "sphinx_copybutton")
    lacking = [name for name in packages if importlib.util.find_spec(name) is None]
    lacking += [] if CHROMIUM else ["Chromium"]
    lacking += [] if (NODE / "axe-core").is_dir() else ["what `sh docs/playground/fetch.sh` fetches"]
    return ", ".join(lacking)


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        pass  # a browser that closes a connection is no error


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    with Server(("127.0.0.1", 0), functools.partial(Handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/playground.html"
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if lacking := missing():
        skip = pytest.fail if os.environ.get("INTEGRATIONS") == "all" else pytest.skip
        skip(f"missing here: {lacking}")
    if built := os.environ.get("SITE"):  # one that is built already
        return Path(built)
    from tests.test_site import build  # which is skipped where there is no Sphinx

    return once(tmp_path_factory, "site", build)


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture(scope="module")
def browser(site: Path) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def requests() -> list[str]:
    return []


@pytest.fixture(scope="module")
def loaded(browser: Any, url: str, requests: list[str]) -> Iterator[Any]:
    """One page, with Python and the model fetched, for all tests that only use it."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.on("request", lambda request: requests.append(request.url))
    page = context.new_page()
    page.set_default_timeout(LATER)
    page.goto(url)
    wait_for_start(page)
    yield page
    context.close()


def wait_for_start(page: Any) -> None:
    page.wait_for_selector("#pg-status[data-answered], #pg-problem:not([hidden])", state="attached")
    assert page.is_hidden("#pg-problem"), page.inner_text("#pg-problem")


@pytest.fixture
def page(loaded: Any) -> Any:
    """That page with one word to change and one to think about."""
    loaded.set_viewport_size({"width": 1280, "height": 900})
    choose(loaded, mode="review", policy="safe")
    type_in(loaded, WRONG)
    if loaded.is_visible("#pg-redo"):
        loaded.click("#pg-redo")
    becomes(loaded, "كان الجار مسئولا عن المدرسة")
    return loaded


def choose(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.check(f"input[name={name}][value={value}]")


def type_in(page: Any, text: str) -> None:
    page.fill("#pg-text", text)
    settled(page)


def settled(page: Any) -> None:
    """Waits until what stands in the page has been looked at."""
    page.wait_for_function("() => window.arnormReview.all.every(unit => !unit.stale)")


def becomes(page: Any, text: str) -> None:
    """Waits until the result is *text*."""
    page.wait_for_function("text => window.arnormReview.result() === text", arg=text, timeout=LATER)


def copied(page: Any, button: str) -> str:
    """What a *button* puts into the clipboard."""
    page.click(f"#pg-{button}")
    page.wait_for_selector(f"#pg-{button}:text-is('Copied')")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def marks(page: Any) -> list[tuple[str, str]]:
    """The words that are marked, each with what it is."""
    found = page.locator("#pg-review .rv-mark")
    return [
        (each.inner_text(), re.search(r"rv-(change|suggest|accepted|rejected)", each.get_attribute("class"))[1])
        for each in found.all()
    ]


def test_changes_and_suggestions_stand_side_by_side(page: Any) -> None:
    assert marks(page) == [("مسئولا", "suggest"), ("المدرسة", "change")]
    assert page.inner_text("#pg-review .rv-status") == "Changes: 1 · Suggestions: 1 · Decided by you: 0"


def test_it_begins_with_typing_errors(browser: Any, url: str) -> None:
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        page.set_default_timeout(LATER)
        page.goto(url)
        wait_for_start(page)
        assert {state for _, state in marks(page)} == {"change", "suggest"}


def test_the_whole_way_by_keyboard_alone(page: Any) -> None:
    keys = page.keyboard
    address = page.url
    page.focus("#pg-text")
    keys.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "مسئولا"
    keys.press("Tab")  # one stop for each change
    assert page.evaluate("document.activeElement.textContent") == "المدرسة"
    keys.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "مسئولا"
    assert "both are right" in page.inner_text(".rv-card .rv-why")
    keys.press("Enter")  # accept
    becomes(page, "كان الجار مسؤولا عن المدرسة")
    keys.press("ArrowLeft")
    keys.press("Delete")  # reject
    becomes(page, "كان الجار مسؤولا عن المدرسه")
    assert marks(page) == [("مسؤولا", "accepted"), ("المدرسه", "rejected")]
    page.wait_for_selector(".rv-others button[data-action=other-0]")
    keys.press("1")  # the first of the other readings
    other = page.inner_text(".rv-others button[data-action=other-0]")
    becomes(page, f"كان الجار مسؤولا عن {other}")
    keys.press("Space")
    assert page.evaluate("document.activeElement.dataset.action") == "accept"
    keys.press("Enter")
    becomes(page, "كان الجار مسؤولا عن المدرسة")
    keys.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "المدرسة"
    keys.press("Escape")
    assert page.evaluate("document.activeElement.id") == "pg-copy"
    keys.press("Enter")
    page.wait_for_selector("#pg-copy:text-is('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == "كان الجار مسؤولا عن المدرسة"
    assert page.url == address


def test_decisions_survive_typing(page: Any) -> None:
    page.focus("#pg-review .rv-mark >> nth=1")
    page.keyboard.press("Delete")
    page.focus("#pg-review .rv-mark >> nth=0")
    page.keyboard.press("Enter")
    type_in(page, f"قالوا: {WRONG} يا اخي.\nسطر")
    becomes(page, "قالوا: كان الجار مسؤولا عن المدرسه يا أخي.\nسطر")
    choose(page, policy="thorough")
    settled(page)
    assert ("المدرسه", "rejected") in marks(page)


def test_a_reading_of_ones_own(page: Any) -> None:
    page.click("#pg-review .rv-mark >> nth=1")
    page.fill(".rv-others input", "الجامعة")
    page.keyboard.press("Enter")
    becomes(page, "كان الجار مسئولا عن الجامعة")


def test_a_word_that_is_always_left(page: Any) -> None:
    page.focus("#pg-review .rv-mark >> nth=1")
    page.keyboard.press("l")
    settled(page)
    assert marks(page) == [("مسئولا", "suggest")]
    type_in(page, "هذه المدرسه لنا")
    assert marks(page) == []
    page.evaluate("document.getElementById('pg-words-details').open = true")
    with page.expect_download() as saved:
        page.click("#pg-save-words")
    assert saved.value.path().read_text(encoding="utf-8") == "المدرسه\n"
    page.click("#pg-words button")
    settled(page)
    assert marks(page) == [("المدرسة", "change")]


def test_it_keeps_the_text_only_when_asked_to(browser: Any, url: str) -> None:
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        page.set_default_timeout(LATER)
        page.goto(url)
        wait_for_start(page)
        page.fill("#pg-text", WRONG)
        page.reload()
        wait_for_start(page)
        assert page.input_value("#pg-text") != WRONG
        page.check("#pg-keep")
        type_in(page, WRONG)
        page.focus("#pg-review .rv-mark >> nth=1")
        page.keyboard.press("Delete")
        page.reload()
        wait_for_start(page)
        assert page.input_value("#pg-text") == WRONG
        assert marks(page) == [("مسئولا", "suggest"), ("المدرسه", "rejected")]
        page.uncheck("#pg-keep")
        assert page.evaluate("localStorage.getItem('arnorm.text')") is None


def test_a_copy_is_the_text(page: Any) -> None:
    type_in(page, "قال انشاء الله\nوذهب الى \u200fبيته")
    page.click("#pg-after")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#pg-review .rv-pane'))")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == page.evaluate("window.arnormReview.result()")
    assert "إن شاء الله" in page.evaluate("window.arnormReview.result()")


def test_files_are_opened_and_given_back(page: Any, tmp_path: Path) -> None:
    subtitles = "1\r\n00:00:01,000 --> 00:00:02,000\r\nذهب الى المدرسه\r\n"
    (tmp_path / "film.srt").write_bytes(subtitles.encode("cp1256"))
    page.set_input_files("#pg-file", tmp_path / "film.srt")
    settled(page)
    with page.expect_download() as saved:
        page.click("#pg-save")
    assert saved.value.suggested_filename == "film.srt"
    assert saved.value.path().read_bytes().decode() == subtitles.replace("المدرسه", "المدرسة").replace("الى", "إلى")
    (tmp_path / "letter.docx").write_bytes(
        document("<w:r><w:t>هذه المدرسه لنا</w:t></w:r>", "<w:r><w:t>وداعا</w:t></w:r>")
    )
    page.set_input_files("#pg-file", tmp_path / "letter.docx")
    becomes(page, "هذه المدرسة لنا\nوداعا")
    with page.expect_download() as saved:
        page.click("#pg-save")
    assert saved.value.suggested_filename == "letter.docx"
    assert run.opened(saved.value.path().read_bytes()) == "هذه المدرسة لنا\nوداعا"
    with page.expect_download() as saved:
        page.click("#pg-save-text")
    assert saved.value.path().read_text(encoding="utf-8") == "هذه المدرسة لنا\nوداعا"
    (tmp_path / "broken.docx").write_bytes(b"PK")
    page.set_input_files("#pg-file", tmp_path / "broken.docx")
    page.wait_for_function("document.getElementById('pg-status').textContent.includes('not a Word document')")
    page.click("#pg-examples button >> nth=0")


def test_decisions_go_into_a_file_and_come_back(page: Any, tmp_path: Path) -> None:
    """The file that the page writes does on the command line what was decided, and is taken up by the page again."""
    page.focus("#pg-review .rv-mark >> nth=0")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    decided = "كان الجار مسؤولا عن المدرسه"
    becomes(page, decided)
    with page.expect_download() as saved:
        page.click("#pg-save-decisions")
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    assert Decisions.read(path)(WRONG) == decided
    page.click("#pg-redo")
    becomes(page, "كان الجار مسئولا عن المدرسة")
    page.set_input_files("#pg-file", path)
    becomes(page, decided)


def test_the_page_of_the_command_line_decides_too(browser: Any, tmp_path: Path) -> None:
    """What `repair --html` writes is a desk, without the network: its file carries out what was decided there."""
    text = f"🎉 {WRONG}\nلا شيء\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert main(["repair", "--html", str(tmp_path / "a.html"), "--language", "ar", str(tmp_path / "a.txt")]) == 0
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text))
        page.goto((tmp_path / "a.html").as_uri())
        assert page.locator(".rv-mark").all_inner_texts() == ["مسئولا", "المدرسة"]
        keys = page.keyboard  # and nothing else
        while page.evaluate("document.activeElement.textContent") != "مسئولا":
            assert page.evaluate("document.activeElement !== document.querySelector('#save')")
            keys.press("Tab")
        keys.press("Enter")
        assert "وكلاهما صحيح" in page.inner_text(".rv-card")
        keys.press("Escape")
        assert page.evaluate("document.activeElement.id") == "save"
        with page.expect_download() as saved:
            keys.press("Enter")
        saved.value.save_as(tmp_path / "decisions.json")
        assert not problems
    assert main(["repair", "--apply", str(tmp_path / "decisions.json"), "-i", str(tmp_path / "a.txt")]) == 0
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "🎉 كان الجار مسؤولا عن المدرسة\nلا شيء\n"


def test_the_samples_of_a_report_are_decided_on(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{WRONG}\n", encoding="utf-8")
    words = ["repair", "--check", "--report", str(tmp_path / "r.html"), str(tmp_path / "a.txt")]
    assert main(words) == 1
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text))
        page.goto((tmp_path / "r.html").as_uri())
        assert page.locator(".rv-mark").all_inner_texts() == ["مسئولا", "المدرسة"]
        page.focus(".rv-mark >> nth=1")
        page.keyboard.press("Delete")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        with page.expect_download() as saved:
            page.click("#save")
        saved.value.save_as(tmp_path / "decisions.json")
        assert not problems
    assert Decisions.read(tmp_path / "decisions.json")(WRONG) == "كان الجار مسؤولا عن المدرسه"


#: Pages on which nothing but the frame and the text is; the two of the command line are made.
LOOKED_AT = ("index", "ar/index", "tutorial", "ar/tutorial", "reference/passes/fold_alef", "ar/search", "404")


def test_nothing_serious_is_found_by_axe_on_other_pages(browser: Any, url: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{WRONG}\n", encoding="utf-8")
    made = [tmp_path / "a.html", tmp_path / "r.html"]
    main(["repair", "--html", str(made[0]), "--language", "ar", "--report", str(made[1]), str(tmp_path / "a.txt")])
    addresses = [url.replace("playground.html", f"{name}.html") for name in LOOKED_AT] + [
        path.as_uri() for path in made
    ]
    with contextlib.closing(browser.new_context(bypass_csp=True)) as context:
        view = context.new_page()
        view.set_default_timeout(LATER)
        for address in addresses:
            for scheme, width in (("light", 1280), ("dark", 390)):
                view.emulate_media(color_scheme=scheme)
                view.set_viewport_size({"width": width, "height": 844})
                view.goto(address)
                view.add_script_tag(path=NODE / "axe-core" / "axe.min.js")
                serious = [
                    (rule["id"], rule["nodes"][0]["html"])
                    for rule in view.evaluate("axe.run()")["violations"]
                    if rule["impact"] in ("serious", "critical")
                ]
                assert not serious, (address, scheme, width)
                assert view.evaluate("document.documentElement.scrollWidth") <= width, address


LONG = 200_000


def paste(page: Any, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.focus("#pg-text")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")


def test_of_a_long_text_only_what_can_be_seen_is_drawn(page: Any) -> None:
    """The page answers while arnorm works, and holds some hundred words, not all."""
    line = "ذهب الاولاد الى المدرسه صباحا وعادوا مساء.\n"
    text = line * (LONG // len(line))
    paste(page, text)
    page.wait_for_function("() => window.arnormReview.all.length > 1000")
    drawn = page.evaluate("document.querySelectorAll('#pg-review .rv-mark').length")
    assert drawn < 600
    settled(page)
    result = page.evaluate("window.arnormReview.result()")
    assert result == arnorm.repair(line) * (LONG // len(line))
    page.evaluate("document.querySelector('#pg-review .rv-pane').scrollTop = 1e9")
    page.wait_for_function(
        "() => [...document.querySelectorAll('#pg-review .rv-mark')]"
        ".some(mark => window.arnormReview.all.indexOf(mark.at[0]) > 4000)"
    )
    assert page.evaluate("document.querySelectorAll('#pg-review .rv-mark').length") < 600
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#pg-review .rv-pane'))")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == result
    assert page.is_visible("#pg-too-long")
    assert page.is_disabled("#pg-share")
    page.focus("#pg-text")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("ذهب الى")
    settled(page)
    assert page.evaluate("window.arnormReview.result()") == result + "ذهب إلى"
    paste(page, WRONG)


def test_it_normalizes(page: Any) -> None:
    choose(page, mode="profile")
    page.select_option("#pg-profile", "search.v1")
    type_in(page, "إِلَى المَدْرَسَةِ ١٢")
    becomes(page, "الي المدرسه 12")
    page.click("#pg-review .rv-mark >> nth=1")
    page.click(".rv-card [data-action=reject]")
    becomes(page, "الي المَدْرَسَةِ 12")


def test_passes_are_moved_and_removed(page: Any) -> None:
    choose(page, mode="passes")
    page.click("#pg-from-profile")
    profile = page.evaluate("document.getElementById('pg-profile').value")
    assert page.locator("#pg-chosen code").all_inner_texts() == list(arnorm.profile(profile).names)
    first, second = page.locator("#pg-chosen code").all_inner_texts()[:2]
    page.click("#pg-chosen li >> nth=0 >> button[aria-label$=down]")
    assert page.locator("#pg-chosen code").all_inner_texts()[:2] == [second, first]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Move {first} down"
    assert page.locator("#pg-add option:disabled").all_inner_texts() == [
        f"{name} (not in the browser)" for name in ("strip_emoji", "mask_emoji", "name_emoji")
    ]


def test_the_code_copied_runs_and_prints_the_result(page: Any) -> None:
    page.evaluate("document.getElementById('pg-code-details').open = true")
    page.wait_for_function("document.getElementById('pg-code').textContent.includes('كان الجار')")
    assert printed(copied(page, "copy-code")) == "كان الجار مسئولا عن المدرسة"
    page.evaluate("document.getElementById('pg-code-details').open = false")


def test_a_shared_link_is_kept(page: Any, browser: Any) -> None:
    text = "قال:\nالىراء \u200f👨‍👩‍👧 <b>&amp;</b> \\ \"'"
    type_in(page, text)
    page.focus("#pg-review .rv-mark >> nth=0")
    page.keyboard.press("Delete")
    result = page.evaluate("window.arnormReview.result()")
    link = copied(page, "share")
    assert urlsplit(link).fragment.startswith("1.")
    other = page.context.new_page()
    other.set_default_timeout(LATER)
    other.goto(link)
    wait_for_start(other)
    assert other.input_value("#pg-text") == text
    assert other.evaluate("window.arnormReview.result()") == result
    assert marks(other)[0] == ("الىراء", "rejected")
    other.evaluate("location.hash = '1.not-one-of-ours'")
    other.close()


def test_what_is_typed_is_text_and_nothing_else(page: Any) -> None:
    type_in(page, "<img src=x onerror=alert(1)> ســلام \u202e")
    becomes(page, "<img src=x onerror=alert(1)> سلام \u202e")
    assert page.locator("#pg img").count() == 0
    assert page.locator("#pg-review .rv-key").get_attribute("data-shown") == "U+202E"


def test_a_wrong_argument_is_explained(page: Any) -> None:
    choose(page, mode="passes")
    page.select_option("#pg-add", "squeeze_newlines")
    page.click("#pg-add-it")
    page.fill("#pg-chosen li:last-child input", "-1")
    page.wait_for_function("document.getElementById('pg-status').textContent.includes('squeeze_newlines')")
    page.click("#pg-chosen li:last-child button[aria-label^=Remove]")


def test_python_runs_beside_the_page(page: Any) -> None:
    assert [urlsplit(worker.url).path for worker in page.workers] == ["/playground/worker.js"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_serious_is_found_by_axe(page: Any, browser: Any, url: str, language: str, width: int) -> None:
    with contextlib.closing(browser.new_context(viewport={"width": width, "height": 844})) as context:
        view = context.new_page()
        view.set_default_timeout(LATER)
        view.goto(f"{url}?lang={language}")
        wait_for_start(view)
        view.click("#pg-review .rv-mark >> nth=1")
        view.add_script_tag(path=NODE / "axe-core" / "axe.min.js")
        for scheme in ("light", "dark"):
            view.emulate_media(color_scheme=scheme)
            for mode in ("passes", "review"):
                choose(view, mode=mode)
                settled(view)
                violations = view.evaluate("axe.run()")["violations"]
                serious = [
                    (rule["id"], rule["nodes"][0]["html"])
                    for rule in violations
                    if rule["impact"] in ("serious", "critical")
                ]
                assert not serious
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        small = view.evaluate(
            "[...document.querySelectorAll('#pg button')]"
            ".filter(button => button.offsetParent && button.offsetHeight < 40).map(button => button.outerHTML)"
        )
        assert not small


def test_the_arabic_desk_is_arabic(browser: Any, url: str) -> None:
    with contextlib.closing(browser.new_context(viewport={"width": 390, "height": 844})) as context:
        page = context.new_page()
        page.set_default_timeout(LATER)
        page.goto(f"{url}?lang=ar")
        wait_for_start(page)
        page.click("#pg-review .rv-mark >> nth=0")
        assert page.evaluate("document.documentElement.lang") == "ar"
        assert page.evaluate("getComputedStyle(document.getElementById('pg')).direction") == "rtl"
        assert page.locator("#pg-review .rv-pane, #pg-text").evaluate_all("panes => panes.map(pane => pane.lang)") == [
            "ar",
            "ar",
        ]
        names = {"safe", "balanced", "thorough", "arnorm", "txt", "srt", "docx", "decisions", "json", "lexicon", "PDF"}
        names |= {"Enter", "Delete", "Esc", "CC", "BY"}
        assert set(re.findall(r"[A-Za-z]{3,}", page.inner_text("#pg"))) <= names
        page.check("input[name=mode][value=profile]")
        about = page.inner_text("#pg-by-profile")
        assert "لا يضيع منه شيء" in about
        assert set(re.findall(r"[A-Za-z]{3,}", page.inner_text("#pg-about") + page.inner_text("#pg-destroys"))) <= names
        page.check("input[name=mode][value=passes]")
        page.select_option("#pg-add", "strip_shadda")
        assert page.inner_text("#pg-about-pass") == "يحذف الشدّة وحدها. تُسقط شيئًا."
        page.check("input[name=mode][value=review]")
        page.wait_for_selector("#pg-review .rv-mark")
        # The result stands within the first screen of a phone.
        assert (
            page.evaluate(
                "scrollY = 0, document.querySelector('#pg-review .rv-mark').getBoundingClientRect().bottom + scrollY"
            )
            < 844
        )


def test_it_is_no_wider_than_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    type_in(page, "المدرسه " + "ه" * 300 + " http://example.com/" + "a" * 200)
    for mode in ("profile", "passes", "review"):
        choose(page, mode=mode)
        page.click("#pg-from-profile") if mode == "passes" else None
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_request_leaves_the_site(page: Any, url: str, requests: list[str]) -> None:
    assert any("spelling-" in request for request in requests)
    assert {urlsplit(request).netloc for request in requests if not request.startswith("data:")} == {
        urlsplit(url).netloc
    }


def test_once_loaded_it_works_without_the_network(site: Path, browser: Any) -> None:
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        page.set_default_timeout(LATER)
        with serving(site) as address:
            page.goto(address)
            wait_for_start(page)
            page.wait_for_function(
                "async () => (await (await caches.open('arnorm-playground')).keys())"
                ".some(each => each.url.endsWith('/playground/worker.js'))"
            )
        page.reload()  # nobody serves any more
        wait_for_start(page)
        type_in(page, WRONG)
        becomes(page, "كان الجار مسئولا عن المدرسة")
        assert page.evaluate("[...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("**/pyodide.asm.wasm", "pyodide.asm.wasm could not be fetched: the site answered 404"),
        ("**/pyodide.mjs", "pyodide.mjs could not be fetched"),
        ("**/arnorm-*", "could not be fetched: the site answered 404"),
        ("**/worker.js", "worker.js could not be fetched or started"),
        ("**/files.json", "built without Python for the browser"),
        ("**/catalogue.json", "catalogue.json could not be fetched: the site answered 404"),
    ],
)
def test_it_says_what_is_missing_and_can_try_again(browser: Any, url: str, file: str, said: str) -> None:
    with contextlib.closing(browser.new_context(service_workers="block")) as context:
        context.route(file, lambda route: route.fulfill(status=404, body="not here"))
        page = context.new_page()
        page.set_default_timeout(LATER)
        page.goto(url)
        page.wait_for_selector("#pg-problem:not([hidden])")
        assert said in page.inner_text("#pg-what")
        assert page.is_hidden("#pg-loading")


def test_it_can_try_again(browser: Any, url: str) -> None:
    with contextlib.closing(browser.new_context(service_workers="block")) as context:
        context.route("**/arnorm-*", lambda route: route.fulfill(status=503, body="later"))
        page = context.new_page()
        page.set_default_timeout(LATER)
        page.goto(url)
        page.wait_for_selector("#pg-problem:not([hidden])")
        context.unroute("**/arnorm-*")
        page.click("#pg-again")
        wait_for_start(page)


def test_a_model_that_cannot_be_fetched_takes_nothing_away(browser: Any, url: str) -> None:
    with contextlib.closing(browser.new_context(service_workers="block")) as context:
        context.route("**/spelling-*.bin", lambda route: route.fulfill(status=404, body="not here"))
        page = context.new_page()
        page.set_default_timeout(LATER)
        page.goto(url)
        page.wait_for_function("document.getElementById('pg-status').textContent.includes('answered 404')")
        choose(page, mode="profile")
        type_in(page, "ســلام")
        becomes(page, "سلام")
        choose(page, mode="review")
        page.wait_for_function("document.getElementById('pg-status').textContent.includes('answered 404')")
        assert marks(page) == [("سلام", "change")]
        context.unroute("**/spelling-*.bin")
        page.click("#pg-status button")
        settled(page)
        assert marks(page) == [("سلام", "change")]


def test_the_licence_of_the_model_is_named(page: Any) -> None:
    named = build.of_model()
    assert named["licence"] in page.inner_text("#pg-licence")
    with page.context.expect_page() as opened:
        page.click("#pg-licence a", modifiers=["Control"])
    notice = opened.value.inner_text("body")
    assert all(source["name"] in notice for source in named["source"])
    opened.value.close()


def test_a_browser_without_webassembly_is_told(browser: Any, url: str) -> None:
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        page.add_init_script("delete globalThis.WebAssembly")
        page.goto(url)
        page.wait_for_selector("#pg-problem:not([hidden])", timeout=LATER)
        assert "WebAssembly" in page.inner_text("#pg-what")
