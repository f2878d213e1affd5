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
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arnorm
from tests.strategies import arabic_text

ROOT = Path(__file__).parent.parent
PLAYGROUND = ROOT / "docs" / "playground"
if not PLAYGROUND.exists():
    pytest.skip("the documentation is not here", allow_module_level=True)


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"playground_{name}", PLAYGROUND / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run = load("run")
build = load("build")


# --- What it answers -----------------------------------------------------------------------------------------------


def answer(text: str, **settings: Any) -> dict[str, Any]:
    request = {"text": text, "mode": "profile", "profile": "clean.v1", "passes": [], "policy": "off", "undone": []}
    answered: dict[str, Any] = json.loads(run.run(json.dumps(request | settings)))
    return answered


def printed(code: str) -> str:
    """What a program prints, less the end of its last line."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return out.getvalue()[:-1]


PASSES = ["fold_alef", "strip_tashkeel", "squeeze_spaces", "unify_numbers_to_ascii", "mask_urls"]
settings = st.one_of(
    st.fixed_dictionaries({"profile": st.sampled_from([p.full_name for p in arnorm.all_profiles()])}),
    st.fixed_dictionaries(
        {
            "mode": st.just("passes"),
            "passes": st.lists(st.fixed_dictionaries({"name": st.sampled_from(PASSES)}), max_size=4),
        }
    ),
)


@given(arabic_text, settings, st.sets(st.integers(0, 5)))
def test_the_code_shown_does_the_same(text: str, chosen: dict[str, Any], undone: set[int]) -> None:
    given_back = answer(text, **chosen, undone=sorted(undone))
    assert printed(given_back["code"]) == given_back["text"]


def test_the_code_shown_repairs_the_same() -> None:
    shown = answer("ذهب الى المدرسه", policy="balanced", undone=[0])
    assert shown["text"] == "ذهب الى المدرسة"
    assert printed(shown["code"]) == shown["text"]
    assert all(edit["sure"] > 0.75 for edit in shown["edits"])


def test_repair_comes_before_letters_are_folded() -> None:
    assert answer("قال الىراء", profile="search.v1", policy="safe")["text"] == "قال الاراء"


@given(arabic_text, settings, st.sets(st.integers(0, 5)))
def test_the_pieces_shown_are_the_text_and_the_result(text: str, chosen: dict[str, Any], undone: set[int]) -> None:
    shown = answer(text, **chosen, undone=sorted(undone))
    for pane, whole in (("source", text), ("output", shown["text"])):
        pieces = [piece if isinstance(piece, str) else piece["text"] for piece in shown[pane]]
        assert bare("".join(pieces)) == bare(whole)
    numbers = [number for change in shown["changes"] for number in change["edits"]]
    assert numbers == list(range(shown["count"]))


def test_of_a_long_text_all_is_changed_and_not_all_drawn() -> None:
    shown = answer("أَب " * 3000, profile="search.v1")
    assert shown["text"] == "اب " * 3000
    assert (len(shown["changes"]), len(shown["edits"]), shown["drawn"]) == (run.MOST_CHANGES, run.MOST_EDITS, False)
    pieces = [piece if isinstance(piece, str) else piece["text"] for piece in shown["output"]]
    assert "".join(pieces) == shown["text"]


def bare(text: str) -> str:
    """*text* without what cannot be seen, and without what is drawn for it."""
    return "".join(c for c in re.sub("⟨[^⟨⟩]*⟩|[␣◌]", "", text) if c.isprintable() and not c.isspace())


def test_arguments_of_passes() -> None:
    shown = answer(
        "انظر https://example.com", mode="passes", passes=[{"name": "mask_urls", "args": {"token": "<رابط>"}}]
    )
    assert shown["text"] == "انظر <رابط>"
    assert "passes.mask_urls(token='<رابط>')" in shown["code"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"profile": "serch"}, "search"),
        ({"policy": "save"}, "safe"),
        ({"mode": "passes", "passes": [{"name": "fold_alif"}]}, "fold_alef"),
        ({"mode": "passes", "passes": [{"name": "mask_urls", "args": {"with": "x"}}]}, "mask_urls"),
    ],
)
def test_a_wrong_request_is_answered_with_the_reason(wrong: dict[str, Any], said: str) -> None:
    assert said in answer("نص", **wrong)["error"]


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
WRONG = "اختلفت الىراء حول الامر"


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
    out = tmp_path_factory.mktemp("site")
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": str(ROOT), "OUT": str(out)}
    made = subprocess.run(["sh", str(ROOT / "docs" / "build.sh")], env=environment, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    return out


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
    page.wait_for_selector("#pg-results:not([hidden]), #pg-problem:not([hidden])")
    assert page.is_hidden("#pg-problem"), page.inner_text("#pg-problem")


@pytest.fixture
def page(loaded: Any) -> Any:
    """That page with a word to repair, repaired."""
    loaded.set_viewport_size({"width": 1280, "height": 900})
    choose(loaded, mode="profile", policy="safe")
    loaded.select_option("#pg-profile", "clean.v1")
    loaded.fill("#pg-text", WRONG)
    becomes(loaded, "اختلفت الآراء حول الأمر")
    return loaded


def choose(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.check(f"input[name={name}][value={value}]")


def becomes(page: Any, text: str, where: str = "output") -> None:
    """Waits until a pane shows *text*."""
    page.wait_for_function(
        "([id, text]) => document.getElementById(id).textContent === text", arg=[f"pg-{where}", text], timeout=LATER
    )


def copied(page: Any, button: str) -> str:
    """What a *button* puts into the clipboard."""
    page.click(f"#pg-{button}")
    page.wait_for_selector(f"#pg-{button}:text-is('Copied')")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_it_normalizes(page: Any) -> None:
    choose(page, policy="off")
    page.select_option("#pg-profile", "search.v1")
    page.fill("#pg-text", "إِلَى المَدْرَسَةِ ١٢")
    becomes(page, "الي المدرسه 12")
    assert page.inner_text("#pg-status") == "12 edits."
    assert page.locator("#pg-source .pg-change").count() == page.locator("#pg-output .pg-change").count() == 3


def test_it_repairs_and_undoes_an_edit(page: Any) -> None:
    changed = page.locator("#pg-output .pg-change")
    assert changed.all_inner_texts() == ["الآراء", "الأمر"]
    changed.nth(1).click()
    becomes(page, "اختلفت الآراء حول الامر")
    assert changed.nth(1).get_attribute("aria-pressed") == "true"
    assert page.locator("#pg-source .pg-change").nth(1).get_attribute("aria-pressed") == "true"
    assert copied(page, "copy") == "اختلفت الآراء حول الامر"
    page.locator("#pg-source .pg-change").nth(1).click()
    becomes(page, "اختلفت الآراء حول الأمر")


def test_it_undoes_one_edit_of_a_word(page: Any) -> None:
    choose(page, mode="passes", policy="off")
    while page.locator("#pg-chosen li").count():
        page.click("#pg-chosen li:first-child button[aria-label^=Remove]")
    for name in ("strip_tashkeel", "fold_alef"):
        page.select_option("#pg-add", name)
        page.click("#pg-add-it")
    page.fill("#pg-text", "أَب")
    becomes(page, "اب")
    page.click("#pg-details > summary")
    page.click("#pg-edits button >> nth=0")
    becomes(page, "أب")
    assert page.get_attribute("#pg-output .pg-change", "aria-pressed") == "mixed"
    page.click("#pg-redo")
    becomes(page, "اب")
    page.click("#pg-details > summary")


def test_it_works_with_the_keyboard_alone(page: Any) -> None:
    page.focus("#pg-output .pg-change >> nth=0")
    page.keyboard.press("Enter")
    becomes(page, "اختلفت الىراء حول الأمر")
    assert page.evaluate("document.activeElement.dataset.change") == "0"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    becomes(page, WRONG)


def test_passes_are_moved_and_removed(page: Any) -> None:
    choose(page, mode="passes", policy="off")
    page.click("#pg-from-profile")
    assert page.locator("#pg-chosen code").all_inner_texts() == list(arnorm.profile("clean").names)
    first, second = page.locator("#pg-chosen code").all_inner_texts()[:2]
    page.click("#pg-chosen li >> nth=0 >> button[aria-label$=down]")
    assert page.locator("#pg-chosen code").all_inner_texts()[:2] == [second, first]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Move {first} down"
    assert page.locator("#pg-add option:disabled").all_inner_texts() == [
        f"{name} (not in the browser)" for name in ("strip_emoji", "mask_emoji", "name_emoji")
    ]


def test_the_code_copied_runs_and_prints_the_result(page: Any) -> None:
    page.click("#pg-output .pg-change >> nth=0")
    becomes(page, "اختلفت الىراء حول الأمر")
    code = copied(page, "copy-code")
    assert printed(code) == "اختلفت الىراء حول الأمر"
    assert page.inner_text("#pg-code").strip() == code.strip()


def test_a_shared_link_is_kept(page: Any, browser: Any) -> None:
    text = "قال:\nالىراء \u200f👨‍👩‍👧 <b>&amp;</b> \\ \"'"
    page.fill("#pg-text", text)
    page.wait_for_function("document.getElementById('pg-source').textContent.startsWith('قال')")
    page.click("#pg-output .pg-change >> nth=0")
    page.wait_for_selector("#pg-output .pg-change[aria-pressed=true]")
    link = copied(page, "share")
    assert urlsplit(link).fragment.startswith("1.")
    assert link == page.url
    other = page.context.new_page()
    other.set_default_timeout(LATER)
    other.goto(link)
    wait_for_start(other)
    assert other.input_value("#pg-text") == text
    assert other.is_checked("input[name=policy][value=safe]")
    assert other.inner_text("#pg-output") == page.inner_text("#pg-output")
    assert other.locator("#pg-output .pg-change[aria-pressed=true]").count() == 1
    other.evaluate("location.hash = '1.not-one-of-ours'")
    other.close()


def test_what_is_typed_is_text_and_nothing_else(page: Any) -> None:
    choose(page, mode="profile", policy="off")
    page.fill("#pg-text", "<img src=x onerror=alert(1)> ســلام \u202e")
    becomes(page, "<img src=x onerror=alert(1)> سلام RLO")
    assert page.locator("#pg img").count() == 0


def test_a_wrong_argument_is_explained(page: Any) -> None:
    choose(page, mode="passes", policy="off")
    page.select_option("#pg-add", "squeeze_newlines")
    page.click("#pg-add-it")
    page.fill("#pg-chosen li:last-child input", "-1")
    page.wait_for_function("document.getElementById('pg-status').textContent.includes('squeeze_newlines')")
    page.click("#pg-chosen li:last-child button[aria-label^=Remove]")
    page.wait_for_selector("#pg-results:not([hidden])")


def test_python_runs_beside_the_page(page: Any) -> None:
    assert [urlsplit(worker.url).path for worker in page.workers] == ["/playground/worker.js"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_serious_is_found_by_axe(page: Any, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate("document.getElementById('pg-details').open = true")
    page.click("#pg-output .pg-change >> nth=1")
    page.wait_for_selector("#pg-redo:not([hidden])")
    page.add_script_tag(path=NODE / "axe-core" / "axe.min.js")
    for mode in ("profile", "passes"):
        choose(page, mode=mode)
        page.click("#pg-from-profile") if mode == "passes" else None
        found = page.evaluate("axe.run()")["violations"]
        serious = [
            (rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")
        ]
        assert not serious
    page.emulate_media(color_scheme="light")
    page.evaluate("document.getElementById('pg-details').open = false")


def test_it_is_no_wider_than_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.getElementById('pg-details').open = true")
    page.fill("#pg-text", "المدرسه " + "ه" * 300 + " http://example.com/" + "a" * 200)
    page.wait_for_function("document.getElementById('pg-code').textContent.includes('aaaa')")
    for mode in ("profile", "passes"):
        choose(page, mode=mode)
        page.click("#pg-from-profile") if mode == "passes" else None
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.evaluate("document.getElementById('pg-details').open = false")


def test_no_request_leaves_the_site(page: Any, url: str, requests: list[str]) -> None:
    assert any("spelling-" in request for request in requests)
    assert {urlsplit(request).netloc for request in requests if not request.startswith("data:")} == {
        urlsplit(url).netloc
    }


def test_the_model_is_fetched_only_when_repair_is_asked_for(browser: Any, url: str) -> None:
    with contextlib.closing(browser.new_context()) as context:
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.set_default_timeout(LATER)
        page.goto(url)
        wait_for_start(page)
        assert not [request for request in asked if "spelling-" in request]
        choose(page, policy="safe")
        page.fill("#pg-text", WRONG)
        becomes(page, "اختلفت الآراء حول الأمر")
        assert len([request for request in asked if "spelling-" in request]) >= 1


def test_once_loaded_it_works_without_the_network(site: Path, browser: Any) -> None:
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        page.set_default_timeout(LATER)
        with serving(site) as address:
            page.goto(address)
            wait_for_start(page)
            choose(page, policy="safe")
            page.fill("#pg-text", WRONG)
            becomes(page, "اختلفت الآراء حول الأمر")
        page.reload()  # nobody serves any more
        wait_for_start(page)
        becomes(page, "اختلفت الآراء حول الأمر")
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
        page.wait_for_selector("#pg-results:not([hidden])")
        assert page.is_hidden("#pg-problem")


def test_without_the_model_everything_else_still_works(browser: Any, url: str) -> None:
    with contextlib.closing(browser.new_context(service_workers="block")) as context:
        context.route("**/spelling-*", lambda route: route.fulfill(status=404, body="not here"))
        page = context.new_page()
        page.set_default_timeout(LATER)
        page.goto(url)
        wait_for_start(page)
        choose(page, policy="safe")
        page.wait_for_function("document.getElementById('pg-status').textContent.includes('answered 404')")
        choose(page, policy="off")
        page.fill("#pg-text", "ســلام")
        becomes(page, "سلام")


def test_a_browser_without_webassembly_is_told(browser: Any, url: str) -> None:
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        page.add_init_script("delete globalThis.WebAssembly")
        page.goto(url)
        page.wait_for_selector("#pg-problem:not([hidden])", timeout=LATER)
        assert "WebAssembly" in page.inner_text("#pg-what")
