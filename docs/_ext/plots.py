"""Puts the drawings of `_static/plots` into the page, so that they take its colours and its font.

In the Markdown they are plain images, which other readers of the file show too. A drawing that stands alone brings its
own colours for light and dark; in the page these would not follow the reader's switch, and are left out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_OWN_COLOURS = re.compile(r"<style>.*?</style>\s*", re.DOTALL)


def inline(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replaces the images of drawings by the drawings."""
    if app.builder.format != "html":
        return
    for image in list(doctree.findall(nodes.image)):
        if image["uri"].startswith("_static/plots/"):
            drawing = (Path(app.srcdir) / image["uri"]).read_text(encoding="utf-8")
            image.parent.replace(image, nodes.raw("", _OWN_COLOURS.sub("", drawing), format="html"))


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-resolved", inline)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
