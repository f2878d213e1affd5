"""The frame around pages: in Arabic around those in Arabic, with a search page of their own; and a 404 page whose links
work at any depth.

The theme has no place for the language of a single page, so that the finished pages are rewritten.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from arabic import is_arabic
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

HOME = "ar/index"
SEARCH = "ar/search"
NOT_FOUND = "404"

#: What the theme says around a page, and what it says in Arabic.
FRAME = {
    'aria-label="Toggle site navigation sidebar"': 'aria-label="إظهار قائمة الموقع أو إخفاؤها"',
    'aria-label="Toggle table of contents sidebar"': 'aria-label="إظهار محتويات الصفحة أو إخفاؤها"',
    'aria-label="Toggle Light / Dark / Auto color theme"': 'aria-label="تبديل الألوان: فاتحة أو داكنة أو بحسب الجهاز"',
    "Skip to content": "انتقل إلى المحتوى",
    "<span>Back to top</span>": "<span>إلى أعلى الصفحة</span>",
    "<span>Next</span>": "<span>التالي</span>",
    "<span>Previous</span>": "<span>السابق</span>",
    '<div class="title">Home</div>': '<div class="title">الصفحة الأولى</div>',
    "On this page": "في هذه الصفحة",
    'placeholder="Search"': 'placeholder="ابحث"',
    'aria-label="Search"': 'aria-label="ابحث في الموقع"',
    'title="Search"': 'title="البحث"',
    'title="Index"': 'title="الفهرس"',
    'title="Link to this heading"': 'title="رابط إلى هذا العنوان"',
    'alt="Logo"': 'alt="شعار arnorm"',
    "The arnorm maintainers; Apache-2.0": "القائمون على arnorm؛ برخصة Apache-2.0",
    "Copyright &#169;": "الحقوق محفوظة &#169;",
    "Made with": "صُنع الموقع بأداة",
    "<title>Contents</title>": "<title>المحتويات</title>",
    "<title>Menu</title>": "<title>القائمة</title>",
    "<title>Expand</title>": "<title>إظهار الفروع</title>",
    "<title>Light mode</title>": "<title>ألوان فاتحة</title>",
    "<title>Dark mode</title>": "<title>ألوان داكنة</title>",
    "<title>Auto light/dark, in light mode</title>": "<title>بحسب الجهاز، وهي الآن فاتحة</title>",
    "<title>Auto light/dark, in dark mode</title>": "<title>بحسب الجهاز، وهي الآن داكنة</title>",
    "<title>Search - ": "<title>البحث - ",
    '<p class="admonition-title">Error</p>': '<p class="admonition-title">خطأ</p>',
    "Please activate JavaScript to enable the search functionality.": "يحتاج البحث إلى تفعيل جافاسكربت.",
}
#: What the scripts of the search and of the copy buttons say.
SCRIPTS = {
    "Search Results": "نتائج البحث",
    "Searching": "جارٍ البحث",
    "Preparing search...": "يُهيَّأ البحث…",
    ", in ": "، في ",
    "Search finished, found one page matching the search query.": [
        "انتهى البحث، ووُجدت صفحة واحدة.",
        "انتهى البحث، وعدد الصفحات التي وُجدت: ${resultCount}.",
    ],
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've "
    "selected enough categories.": "لم يجد البحث صفحة فيها هذه الكلمات. جرِّب كلمات أقل أو غيرها.",
}
TRANSLATIONS = {"locale": "ar", "messages": SCRIPTS, "plural_expr": "n == 1 ? 0 : 1"}
COPY = {"Copy": "انسخ", "Copied!": "نُسخ", "Failed to copy": "تعذَّر النسخ", "Copy to clipboard": "انسخ"}
#: Words of the scripts; and pages in Arabic before others, for whoever asks from one.
SCRIPT = """<script>
Documentation.addTranslations(%s)
const COPY = %s
new MutationObserver(() => {
  for (const button of document.querySelectorAll(".copybtn[data-tooltip]")) {
    const arabic = COPY[button.dataset.tooltip]
    if (arabic) button.dataset.tooltip = arabic
    const title = button.querySelector("title")
    if (title && COPY[title.textContent]) title.textContent = COPY[title.textContent]
  }
}).observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-tooltip"]})
var Scorer = {
  score: ([docname, , , , score]) => score + (docname.startsWith("ar/") ? 100 : 0),
  objNameMatch: 11, objPartialMatch: 6, objPrio: {0: 15, 1: 5, 2: -5}, objPrioDefault: 0,
  title: 15, partialTitle: 7, term: 5, partialTerm: 2,
}
</script>"""

#: The pages that say the same in the other language, English first.
PAIRS = {
    "index": HOME,
    "tutorial": "ar/tutorial",
    "playground": "ar/desk",
    "choose": "ar/policies",
    "faq": "ar/faq",
    "reference/profiles/index": "ar/profiles",
    "explanation/when-not-to-normalize": "ar/when-not-to-normalize",
    "how-to/documents": "ar/documents",
    "search": SEARCH,
}
OTHER = PAIRS | {arabic: english for english, arabic in PAIRS.items()}


def arabic_search(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The search page around which everything is Arabic."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        yield SEARCH, {"title": "البحث"}, "search.html"


def in_both_languages(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """A link to the same page in the other language, and the navigation of Arabic pages."""
    arabic = is_arabic(pagename)
    if other := OTHER.get(pagename):
        language, name = ("en", "English") if arabic else ("ar", "بالعربية")
        direction = "ltr" if arabic else "rtl"
        link = context["pathto"](other)
        alternate = f'<link rel="alternate" hreflang="{language}" href="{link}">'
        context["metatags"] = context.get("metatags", "") + alternate
        if "body" in context:
            says = f'lang="{language}" dir="{direction}" hreflang="{language}"'
            context["body"] = f'<a class="other-language" href="{link}" {says}>{name}</a>{context["body"]}'
    if arabic:
        context["furo_navigation_tree"] = _navigation(app, pagename, context["pathto"])
    # What is read next is in the same language.
    if pagename == HOME:
        context["prev"] = None
    elif not arabic and context.get("next") and context["next"]["title"] == app.env.titles[HOME].astext():
        context["next"] = None


def _navigation(app: Sphinx, pagename: str, pathto: Any) -> str:
    known = [HOME, *app.env.toctree_includes[HOME]]
    items = [(name, app.env.titles[name].astext()) for name in known]
    rows = "".join(
        f'<li class="toctree-l1{" current current-page" if name == pagename else ""}">'
        f'<a class="reference internal" href="{pathto(name)}">{escape(title)}</a></li>'
        for name, title in items
    )
    english = f'<a class="reference internal" href="{pathto("index")}" lang="en" dir="ltr">English</a>'
    return f'<ul lang="ar" dir="rtl">{rows}<li class="toctree-l1">{english}</li></ul>'


def rewrite(app: Sphinx, exception: Exception | None) -> None:
    """The frame of Arabic pages in Arabic, and the links of the 404 page from the root of the site."""
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    out = Path(app.outdir)
    for path in out.glob("ar/*.html"):
        path.write_text(in_arabic(path.read_text(encoding="utf-8")), encoding="utf-8")
    page = out / f"{NOT_FOUND}.html"
    page.write_text(from_root(page.read_text(encoding="utf-8"), root(app)), encoding="utf-8")


def in_arabic(page: str) -> str:
    """A finished *page* whose text is Arabic, with a frame that is Arabic too, from the right."""
    head, mark, rest = page.partition('<article role="main"')
    article, end, tail = rest.partition("</article>")
    for english, arabic in FRAME.items():
        head, tail = head.replace(english, arabic), tail.replace(english, arabic)
        if english.startswith(("title=", "<p ", "Please")):  # what is of the frame, within the text
            article = article.replace(english, arabic)
    if 'class="ar"' not in article:  # the search, whose text comes from the theme
        inside, close, text = article.partition(">")
        article = f'{inside}{close}<div class="ar" lang="ar" dir="rtl">{text}</div>'
    head = re.sub(r'<html (class="[^"]*") lang="\w+"', r'<html \1 lang="ar" dir="rtl"', head, count=1)
    # The first page is the one in Arabic, and so is the search.
    head = head.replace('href="../index.html"><div class="brand"', 'href="index.html"><div class="brand"')
    head = re.sub(r'(class="sidebar-brand[^"]*" href=")\.\./index\.html', r"\1index.html", head)
    head = re.sub(r'(<form [^>]*action=")\.\./search\.html', r"\1search.html", head)
    script = SCRIPT % (json.dumps(TRANSLATIONS, ensure_ascii=False), json.dumps(COPY, ensure_ascii=False))
    tail = re.sub(r'(<script src="[^"]*doctools\.js[^>]*></script>)', lambda found: found[0] + script, tail, count=1)
    return head + mark + article + end + tail


def root(app: Sphinx) -> str:
    """The path at which the site stands: that of the documentation's address in `pyproject.toml`."""
    project = tomllib.loads((Path(app.confdir).parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return urlsplit(project["urls"]["Documentation"]).path.rstrip("/") + "/"


#: Stands by itself: where a page is missing, the style sheets may be as well.
ALONE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>404 - arnorm</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.1rem/1.8 system-ui, "Segoe UI", "Noto Sans", "Noto Naskh Arabic", sans-serif; margin: 15vh auto;
  max-width: 36rem; padding: 0 1rem; }}
a {{ color: #0b6e4f; }}
input {{ box-sizing: border-box; font: inherit; max-width: 100%; min-height: 40px; padding: 0 0.6rem; }}
@media (prefers-color-scheme: dark) {{ body {{ background: #131416; color: #e8e8e6; }} a {{ color: #5fd3a6; }} }}
</style></head>
<body><main><article>{article}
<form action="{start}search.html" role="search">
<input name="q" aria-label="Search · ابحث" placeholder="Search · ابحث" dir="auto"></form>
</article></main></body></html>
"""


def from_root(page: str, start: str) -> str:
    """A page for where one is missing: what *page* says, with links from the root of the server, at any depth."""
    article = page.partition('<article role="main"')[2].partition(">")[2].partition("</article>")[0]
    article = re.sub(r'(\bhref=")(?!#|[a-z]+:|//|/|")', rf"\1{start}", article)
    return ALONE.format(article=re.sub(r'<a class="headerlink".*?</a>', "", article), start=start)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-collect-pages", arabic_search)
    app.connect("html-page-context", in_both_languages, priority=950)
    app.connect("build-finished", rewrite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
