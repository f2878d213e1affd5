"""The directive ``desk``: the page of the playground, in the language of the page that it stands in."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

from arabic import is_arabic
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

PLAYGROUND = Path(__file__).parents[1] / "playground"
SHARED = Path(__file__).parents[2] / "arnorm" / "report" / "desk" / "texts.json"
_SAID = re.compile(r'(<(\w+)[^>]*? data-t="([^"]+)"[^>]*>)[^<]*(</\2>)')
_LABEL = re.compile(r'data-t-label="([^"]+)" aria-label="[^"]*"')


def page(language: str) -> str:
    """The HTML of the desk, whose files stand in a folder beside the first page."""
    texts = json.loads(SHARED.read_text(encoding="utf-8"))["interface"]
    texts |= json.loads((PLAYGROUND / "texts.json").read_text(encoding="utf-8"))

    def said(name: str) -> str:
        return escape(texts[name][language].replace("{name}", ".txt"))

    html = (PLAYGROUND / "page.html").read_text(encoding="utf-8")
    html = _SAID.sub(lambda found: f"{found[1]}{said(found[3])}{found[4]}", html)
    html = _LABEL.sub(lambda found: f'aria-label="{said(found[1])}"', html)
    return html if language == "en" else html.replace('="playground/', '="../playground/')


class Desk(Directive):
    """Puts the desk into the page."""

    def run(self) -> list[nodes.Node]:
        """One raw node."""
        environment = self.state.document.settings.env
        for path in (PLAYGROUND / "page.html", PLAYGROUND / "texts.json", SHARED):
            environment.note_dependency(str(path))
        return [nodes.raw("", page("ar" if is_arabic(environment.docname) else "en"), format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("desk", Desk)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
