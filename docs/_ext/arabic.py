"""Arabic in an English page, and English in an Arabic one: every run of the other direction stands by itself.

Without isolation, browsers let neighbouring Arabic words flow into one another: the list ``['أب', 'أم']`` is shown with
its items, quotes and commas in reverse. Here

- Arabic words in running text become ``<bdi lang="ar">``;
- in highlighted code, the contents of each string and each Arabic word outside strings become ``<bdi>``, and a line of
  plain output that begins in Arabic is laid out from the right as a whole;
- pages under ``ar/`` are marked as Arabic, their text and their table of contents laid out from the right.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from pygments.formatters import HtmlFormatter
from sphinx.application import Sphinx
from sphinx.highlighting import PygmentsBridge

_LETTER = "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_BETWEEN = r" \d.:!()\[\]_#/…–—\-\u200b-\u200f\u00a0"
# What may stand between two Arabic letters of one run; a comma or an arrow of the English sentence ends it.
# What is quoted («الـBBC») is one run, whatever is in it.
RUN = re.compile(rf"«[^«»]*[{_LETTER}][^«»]*»|[◌{_LETTER}](?:(?:[◌{_LETTER}{_BETWEEN}]|«[^«»]*»)*[{_LETTER}»])?")
_HAS_ARABIC = re.compile(f"[{_LETTER}]")
_QUOTE = "&#39;|&quot;|['\"]"
_STRING = re.compile(rf"(?P<quote>{_QUOTE})(?P<content>(?:(?!(?P=quote)).)*)(?P=quote)")
# In code, the full stop that ends an Arabic line belongs to it.
_BARE_RUN = re.compile(rf"«?[{_LETTER}](?:[«»{_LETTER}{_BETWEEN}]*[{_LETTER}»])?(?:[.!:…]+(?=\s*$))?")
# «سألت …», and in a diff «[-سألت-]{+سألنا+} …».
_OPENS_IN_ARABIC = re.compile(rf"\s*(?:\[-|\{{\+)?[«{_LETTER}]")
# «الى → إلى», and «؟ الى → إلى» where it is only suggested: laid out from the left as the arrow points, each side by
# itself.
_ARROW = re.compile(f"[{_LETTER}]»? → «?[{_LETTER}]")
_ASKED = re.compile(r"(\s*)؟ ")
_TOKEN = re.compile(rf"(?P<open>(?:{_QUOTE})*)(?P<body>.*?)(?P<close>(?:{_QUOTE})*)\s*", re.DOTALL)
_NEWLINE = re.compile(r"(\\n)")
_STRING_TOKEN = re.compile(r'<span class="s[1-9a-z]?">')


class bdi(nodes.Inline, nodes.TextElement):  # noqa: N801  (docutils names nodes in lower case)
    """A run of Arabic in a text of another direction."""


def isolate_text(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Puts every Arabic run of an English page into a `bdi`, except where the page itself has done so."""
    if is_arabic(docname):
        return
    for node in list(doctree.findall(nodes.Text)):
        parent = node.parent
        if _HAS_ARABIC.search(node) and not isinstance(parent, nodes.literal_block | nodes.raw | bdi):
            before = parent.children[: parent.index(node)]
            if not _inside_own_bdi(before):
                parent.replace(node, list(_split(str(node))))


def _inside_own_bdi(before: list[nodes.Node]) -> bool:
    tags = [child.astext() for child in before if isinstance(child, nodes.raw)]
    return sum(tag.startswith("<bdi") for tag in tags) > sum(tag.startswith("</bdi") for tag in tags)


def _split(text: str) -> Iterator[nodes.Node]:
    at = 0
    for match in RUN.finditer(text):
        if match.start() > at:
            yield nodes.Text(text[at : match.start()])
        yield bdi("", match[0])
        at = match.end()
    if at < len(text):
        yield nodes.Text(text[at:])


class Formatter(HtmlFormatter):  # type: ignore[type-arg]
    """Highlighted code in which no Arabic string moves its neighbours."""

    def _format_lines(self, tokensource: Any) -> Iterator[tuple[int, str]]:
        for is_code, line in super()._format_lines(tokensource):
            yield is_code, isolate_code(line) if is_code else line


def isolate_code(line: str) -> str:
    """A *line* of highlighted HTML, with its Arabic isolated."""
    if not _HAS_ARABIC.search(line):
        return line
    bare = html.unescape(re.sub(r"<[^>]+>", "", line))
    if _ARROW.search(bare) and (asked := _ASKED.match(line)):
        return f"{asked[1]}<bdi>؟</bdi> {isolate_code(line[asked.end() :])}"
    if _OPENS_IN_ARABIC.match(bare) and not _ARROW.search(bare):
        body = line.rstrip("\n")
        return f'<bdi dir="rtl">{body}</bdi>' + line[len(body) :]
    out, in_string = [], False
    for piece in re.split(r"(<[^>]+>)", line):
        if piece.startswith("<"):
            in_string = bool(_STRING_TOKEN.match(piece))
            out.append(piece)
        else:
            out.append(_one_string(piece) if in_string else _strings_and_runs(piece))
    return "".join(out)


def _one_string(text: str) -> str:
    """A string, or a line of one: all between its quotes is one sentence."""
    token = _TOKEN.fullmatch(text)
    assert token is not None
    return text[: token.start("body")] + _sentence(token["body"]) + text[token.end("body") :]


def _strings_and_runs(text: str) -> str:
    out, at = [], 0
    for match in _STRING.finditer(text):
        if _HAS_ARABIC.search(match["content"]):
            out += [_runs(text[at : match.start()]), match["quote"], _sentence(match["content"]), match["quote"]]
            at = match.end()
    return "".join([*out, _runs(text[at:])])


def _sentence(text: str) -> str:
    """What stands in a string; a ``\\n`` that is written out parts two sentences, and a pattern is no sentence."""
    return "".join(_part(part) for part in _NEWLINE.split(text))


def _part(text: str) -> str:
    if not _HAS_ARABIC.search(text):
        return text
    return _runs(text) if "\\" in text else f"<bdi>{text}</bdi>"


def _runs(text: str) -> str:
    return _BARE_RUN.sub(lambda m: f"<bdi>{m[0]}</bdi>", text)


def trim_code(app: Sphinx, doctree: nodes.document) -> None:
    """Takes off the empty line that doctests need before a closing fence."""
    for node in doctree.findall(nodes.literal_block):
        node.rawsource = text = node.astext().rstrip("\n")
        node.clear()
        node += nodes.Text(text)


def is_arabic(docname: str) -> bool:
    """Whether the page is written in Arabic."""
    return docname.startswith("ar/")


def mark_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Says of an Arabic page that it is one."""
    if "body" in context:  # a long line of code can be scrolled with the keyboard too
        context["body"] = context["body"].replace("<pre>", '<pre tabindex="0">')
    if not is_arabic(pagename):
        return
    context["language"] = "ar"
    if "body" in context:
        context["body"] = f'<div class="ar" lang="ar" dir="rtl">{context["body"]}</div>'
    context["toc"] = f'<div class="ar" lang="ar" dir="rtl">{context.get("toc", "")}</div>'


def setup(app: Sphinx) -> dict[str, Any]:
    PygmentsBridge.html_formatter = Formatter
    app.add_node(
        bdi,
        html=(
            lambda self, node: self.body.append('<bdi lang="ar">'),
            lambda self, node: self.body.append("</bdi>"),
        ),
    )
    app.connect("doctree-read", trim_code)
    app.connect("doctree-resolved", isolate_text)
    app.connect("html-page-context", mark_page, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
