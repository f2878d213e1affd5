"""The site is built from `docs/` without a warning; its links lead somewhere, and it needs nothing from elsewhere."""

from __future__ import annotations

import functools
import http.server
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arnorm import catalogue
from tests.shared import once, program

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
if not (DOCS / "conf.py").exists():
    pytest.skip("the documentation is not here", allow_module_level=True)
for package in ("sphinx", "furo", "myst_parser", "sphinx_copybutton"):
    pytest.importorskip(package, exc_type=ImportError)

#: The path at which the site is to stand.
URLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
AT = urlsplit(URLS["Documentation"]).path.rstrip("/") + "/"
#: Hosts that pages lead to.
HOSTS = {urlsplit(URLS["Homepage"]).netloc, "creativecommons.org", "github.com", "hypothesis.readthedocs.io"}
HOSTS |= {"keepachangelog.com", "pre-commit.com", "pypi.org", "pyodide.org", "semver.org"}
ARABIC = re.compile("[\u0620-\u064a\u0660-\u06d3]")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
#: Elements whose text a reader sees as text, and that no isolation concerns.
UNSEEN = {"script", "style", "title", "template", "svg"}


class Page(HTMLParser):
    """What the tests want to know of one page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.assets: list[str] = []
        self.html: dict[str, str | None] = {}
        self.astray: list[str] = []
        self.in_arabic = 0
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        self.ids |= {value for key in ("id", "name") if (value := about.get(key))}
        if tag == "a" and about.get("href"):
            self.links.append(about["href"] or "")
        elif value := about.get("src") or (about.get("href") if tag == "link" else None):
            self.assets.append(value)
        if tag == "html":
            self.html = about
        if tag not in VOID:
            self._open.append((tag, about))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self._open}
        if not ARABIC.search(data) or tags & UNSEEN or "article" not in tags:
            return
        in_arabic = any(about.get("lang") == "ar" and about.get("dir") == "rtl" for _, about in self._open)
        self.in_arabic += in_arabic
        if not (in_arabic or "bdi" in tags):
            self.astray.append(data.strip())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if built := os.environ.get("SITE"):  # one that is built already
        return Path(built)
    return once(tmp_path_factory, "site", build)


def build(out: Path) -> None:
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": str(ROOT), "OUT": str(out)}
    run = subprocess.run(["sh", str(DOCS / "build.sh")], env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(site.rglob("*.html")) if "_static" not in path.parts}


def test_every_page_of_the_documentation_is_in_the_site(site: Path) -> None:
    missing = [
        page
        for page in DOCS.rglob("*.md")
        if "_build" not in page.parts and not (site / page.relative_to(DOCS)).with_suffix(".html").exists()
    ]
    assert not missing


def internal(page: Page, site: Path) -> Iterator[tuple[str, Path, str]]:
    """The links of a page to pages of the site: as written, the file, the anchor."""
    for link in page.links:
        parts = urlsplit(link)
        if not parts.scheme:
            path = unquote(parts.path)
            start = site if path.startswith(AT) else page.path.parent
            target = (start / path.removeprefix(AT)).resolve() if path else page.path
            yield link, target, unquote(parts.fragment)


def test_the_page_for_missing_ones_works_at_any_depth(site: Path, pages: dict[Path, Page]) -> None:
    """Whatever address it is shown at: it needs no file, and its links are from the root of the server."""
    page = pages[site / "404.html"]
    assert not page.assets
    assert len(page.links) > 4
    assert all(link.startswith(AT) for link in page.links)
    assert f'action="{AT}search.html"' in page.path.read_text(encoding="utf-8")


def test_every_pass_has_a_page(site: Path) -> None:
    for entry in catalogue():
        page = (site / "reference" / "passes" / f"{entry.name}.html").read_text(encoding="utf-8")
        assert f"<h1>{entry.name}" in page


def test_around_arabic_pages_all_is_arabic(site: Path, pages: dict[Path, Page]) -> None:
    """Menu, search, what is before and behind: no word of English but names and the way to the English pages."""
    names = {"arnorm", "English", "Furo", "Apache", "PDF"}
    for path in sorted((site / "ar").glob("*.html")):
        html = path.read_text(encoding="utf-8")
        assert re.search(r'<html class="no-js" lang="ar" dir="rtl"', html), path
        head, _, rest = html.partition('<article role="main"')
        around = head.partition("<body>")[2] + rest.partition("</article>")[2]
        around = re.sub(r"<(script|svg)\b.*?</\1>", "", around, flags=re.DOTALL)
        said = re.sub(r"<[^>]+>", " ", around)
        said += " ".join(re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', around))
        assert set(re.findall(r"[A-Za-z]{3,}", unescape(said))) <= names, path
        assert 'action="search.html"' in around
        assert "addTranslations" in html


def test_links_and_anchors(site: Path, pages: dict[Path, Page]) -> None:
    broken = []
    for page in pages.values():
        for link, target, anchor in internal(page, site):
            known = pages.get(target)
            if not target.exists() or (anchor and known and anchor not in known.ids):
                broken.append(f"{page.path.name}: {link}")
    assert sum(len(page.links) for page in pages.values()) > 500
    assert not broken


def test_no_address_is_made_up(pages: dict[Path, Page]) -> None:
    """Links to elsewhere go to hosts that are known, or to the placeholder."""
    hosts = {urlsplit(link).netloc for page in pages.values() for link in page.links if urlsplit(link).scheme}
    assert hosts <= HOSTS, sorted(hosts - HOSTS)


def test_nothing_is_fetched_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    assert not [asset for page in pages.values() for asset in page.assets if re.match(r"(?:https?:)?//", asset)]
    elsewhere = re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import|(?:import|fetch|src)\s*[(=]\s*[\"'](?:https?:)?//")
    sheets = [path for path in site.rglob("*") if path.suffix in (".css", ".js", ".html")]
    assert len(sheets) > 10
    assert not [path.name for path in sheets if elsewhere.search(path.read_text(encoding="utf-8"))]


def test_fonts_come_with_the_site_and_with_their_licence(site: Path) -> None:
    fonts = list((site / "_static" / "fonts").glob("*.woff2"))
    sheet = (site / "_static" / "arabic.css").read_text(encoding="utf-8")
    assert {path.name for path in fonts} == set(re.findall(r"fonts/([\w-]+\.woff2)", sheet))
    assert sum(path.stat().st_size for path in fonts) < 300_000
    assert "SIL Open Font License" in (site / "_static" / "fonts" / "OFL.txt").read_text(encoding="utf-8")


def test_pages_say_their_language_and_direction(site: Path, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        arabic = path.parent.name == "ar"
        assert page.html.get("lang") == ("ar" if arabic else "en"), path
        assert not arabic or page.in_arabic, path
    assert any(path.parent.name == "ar" for path in pages)


def test_arabic_stands_isolated_in_every_page(pages: dict[Path, Page]) -> None:
    astray = {page.path.name: page.astray[:3] for page in pages.values() if page.astray}
    assert not astray


isolate_code = program(DOCS / "_ext" / "arabic.py").isolate_code


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("['أب', 'أم']", "['<bdi>أب</bdi>', '<bdi>أم</bdi>']"),
        ("0 59 قرر المجلس.", "0 59 <bdi>قرر المجلس.</bdi>"),
        ("سألت [-احمد-]{+أحمد+} عنه", '<bdi dir="rtl">سألت [-احمد-]{+أحمد+} عنه</bdi>'),
        ("[-احمد-]{+أحمد+} هنا", '<bdi dir="rtl">[-احمد-]{+أحمد+} هنا</bdi>'),
        ('<span class="s2">"قال: نعم؟"</span>)', '<span class="s2">"<bdi>قال: نعم؟</bdi>"</span>)'),
        ('<span class="s2">"""أهلا.</span>', '<span class="s2">"""<bdi>أهلا.</bdi></span>'),
        ("printf 'نعم.\\nلا.\\n'", "printf '<bdi>نعم.</bdi>\\n<bdi>لا.</bdi>\\n'"),
        ("""'(?<=\\d)\\s*هـ'""", """'(?<=\\d)\\s*<bdi>هـ</bdi>'"""),
        ("no Arabic 'here'", "no Arabic 'here'"),
        ("الى → إلى suggest", "<bdi>الى</bdi> → <bdi>إلى</bdi> suggest"),
        ("  ؟ الى → إلى .91 | كتبت الى", "  <bdi>؟</bdi> <bdi>الى</bdi> → <bdi>إلى</bdi> .91 | <bdi>كتبت الى</bdi>"),
    ],
)
def test_arabic_in_code_moves_nothing(line: str, shown: str) -> None:
    assert isolate_code(line) == shown


@given(st.text(alphabet="اأب ،.:'\"\\n[]{}+-<>«»a1\u064b"))
def test_isolating_code_changes_no_character_of_it(code: str) -> None:
    line = escape(code, quote=False)
    assert re.sub(r"</?bdi[^>]*>", "", isolate_code(line)) == line


#: Shows each page in a frame as wide as a phone, and lists those that are wider.
NARROW = """<!doctype html><pre id="out"></pre><script>
(async () => {
  const wide = []
  for (const page of PAGES) {
    const frame = Object.assign(document.createElement("iframe"), {src: page, style: "width: 390px; height: 800px"})
    document.body.append(frame)
    await new Promise(done => frame.onload = done)
    await frame.contentDocument.fonts.ready
    const width = frame.contentDocument.documentElement.scrollWidth
    if (width > frame.clientWidth) wide.push(page + " " + width)
    frame.remove()
  }
  document.getElementById("out").textContent = "wide: " + JSON.stringify(wide)
})()
</script>"""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.long
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
def test_no_page_is_wider_than_a_phone(site: Path, pages: dict[Path, Page], tmp_path: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in pages]
    (site / "narrow.html").write_text(NARROW.replace("PAGES", json.dumps(names)), encoding="utf-8")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--dump-dom"]
        quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        own = [f"--user-data-dir={tmp_path}", "--virtual-time-budget=120000"]
        url = f"http://127.0.0.1:{server.server_port}/narrow.html"
        run = subprocess.run([str(CHROMIUM), *flags, *quiet, *own, url], capture_output=True, text=True, timeout=240)
        server.shutdown()
    (site / "narrow.html").unlink()
    assert "wide: []" in run.stdout, run.stdout[-2000:]


#: For each arrow of a page with Arabic on both sides in its line: whether what stands before it in the text stands
#: before it on the screen too, in the direction in which the arrow points.
ARROWS = """() => {
  const wrong = []
  let seen = 0
  const box = (node, from, to) => {
    const range = document.createRange()
    range.setStart(node, from)
    range.setEnd(node, to)
    return range.getBoundingClientRect()
  }
  const arabic = /[\\u0620-\\u064a]/
  const walker = document.createTreeWalker(document.querySelector("article") || document.body, NodeFilter.SHOW_TEXT)
  const letters = []
  for (let node; (node = walker.nextNode());) {
    for (let at = 0; at < node.data.length; at++) letters.push([node, at, node.data[at]])
  }
  letters.forEach(([node, at, arrow], place) => {
    if (arrow !== "→" && arrow !== "←") return
    const near = (step, most = 4) => {
      for (let far = 1; far <= most; far++) {
        const letter = letters[place + step * far]
        if (!letter || letter[2] === "\\n") return null
        if (arabic.test(letter[2])) return box(letter[0], letter[1], letter[1] + 1)
      }
      return null
    }
    const [before, after, sign] = [near(-1), near(1), box(node, at, at + 1)]
    if (!before || !after || !sign.width || Math.abs(before.top - after.top) > 12) return
    seen++
    const right = before.right <= sign.left + 1 && sign.right <= after.left + 1
    const left = after.right <= sign.left + 1 && sign.right <= before.left + 1
    if (arrow === "→" ? right : left) return
    wrong.push(letters.slice(Math.max(place - 12, 0), place + 12).map(letter => letter[2]).join(""))
  })
  return {seen, wrong}
}"""


#: Arabic in code whose first letter is out of sight.
BEGINNINGS = """() => [...document.querySelectorAll(".highlight bdi")].filter(run => {
  const letter = document.createRange()
  letter.setStart(document.createTreeWalker(run, NodeFilter.SHOW_TEXT).nextNode(), 0)
  letter.setEnd(letter.startContainer, 1)
  const { left, right } = letter.getBoundingClientRect()
  return left < 0 || right > innerWidth
}).map(run => run.textContent.slice(0, 40))"""


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
def test_the_search_finds(site: Path) -> None:
    """In the browser: «تشكيل» where «التشكيل» stands, and of the Arabic search Arabic pages first."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site)) as server,
        sync_api.sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(120_000)
        for path, asked, found, said in (
            ("search", "harakat", "reference/passes/marks.html", "Search Results"),
            ("ar/search", "تشكيل", "when-not-to-normalize.html", "نتائج البحث"),
        ):
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}.html?q={asked}")
            page.wait_for_function(
                "title => document.querySelector('#search-results h2')?.innerText === title", arg=said
            )
            links = page.locator("ul.search li a").evaluate_all("all => all.map(link => link.href)")
            assert any(link.partition("?")[0].partition("#")[0].endswith(found) for link in links), (asked, links)
        assert "/ar/" in links[0]
        browser.close()
        server.shutdown()


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
def test_what_was_written_stands_before_what_is_meant(site: Path, tmp_path: Path) -> None:
    """In the order of reading, on six pages, on a desktop and on a phone: an arrow points from one to the other."""
    sync_api = pytest.importorskip("playwright.sync_api")
    review = tmp_path / "review.html"
    script = f"import sys; from arnorm.cli import main; sys.exit(main(['repair', '--html', {str(review)!r}]))"
    subprocess.run([sys.executable, "-c", script], input="كان الجار مسئولا\n".encode(), check=True)
    names = ["tutorial", "ar/tutorial", "ar/index", "how-to/vocalization", "explanation/repair", "index"]
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site)) as server,
        sync_api.sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for width in (1280, 390):
            page = browser.new_page(viewport={"width": width, "height": 900})
            for name in names:
                page.goto(f"http://127.0.0.1:{server.server_port}/{name}.html")
                found = page.evaluate(ARROWS)
                assert found["seen"], name
                assert not found["wrong"], name
                assert not page.evaluate(BEGINNINGS), (name, width)
            page.goto(review.as_uri())
            page.click(".rv-mark")
            before, arrow, after = (
                page.locator(f".rv-pair > {part}").bounding_box() for part in ("del", ".rv-arrow", "ins")
            )
            assert before["x"] > arrow["x"] > after["x"]
            page.close()
        browser.close()
        server.shutdown()


def test_the_search_folds(site: Path) -> None:
    """What stands in the pages and what is asked for meet, in the index and in the script of the page alike."""
    sys.path.insert(0, str(DOCS / "_ext"))
    try:
        folded = importlib.import_module("folded")
    finally:
        sys.path.remove(str(DOCS / "_ext"))
    stem = folded.FoldedSearch({}).stem
    asked = {"التَّشكيل": "تشكيل", "المكتبه": "المكتبة", "harakat": "diacritics", "citation": "cite", "ﺍﻟﻜﺘﺎﺏ": "كتاب"}
    for one, other in asked.items():
        assert stem(one) == stem(other), one
    assert stem("الله") == "الله"
    index = json.loads(
        (site / "searchindex.js").read_text(encoding="utf-8").removeprefix("Search.setIndex(").rstrip(")")
    )
    assert stem("التشكيل") in index["terms"]
    if CHROMIUM is None:
        return
    script = (site / "_static" / "language_data.js").read_text(encoding="utf-8")
    words = [*asked, *asked.values(), "وللمكتبة", "normalization", "spelling"]
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.add_script_tag(content=script)
        shown = page.evaluate(
            "words => words.map(word => new Stemmer().stemWord(splitQuery(word)[0].toLowerCase()))", words
        )
        browser.close()
    assert shown == [stem(word) for word in words]
