"""The page of ``--html``: a text in which somebody decides word by word, and takes the decisions away as a file.

It is drawn by the code of the playground (``desk/review.js``), holds all that it needs, and asks nothing of the
network. What is decided there is carried out by ``arnorm repair --apply decisions.json``.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Literal

from arnorm import render

#: The languages in which pages speak.
Language = Literal["en", "ar"]
LANGUAGES = ("en", "ar")

_DESK = Path(__file__).parent / "desk"

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: #fbfbf9;
  font: 1rem/1.5 system-ui, "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif; }
@media (prefers-color-scheme: dark) { body { background: #15171a; } }
h1 { margin: 0; font-size: 1.4rem; }
p { margin: .4rem 0; }
.rv-pane { height: 62vh; }
"""


@cache
def texts() -> dict[str, Any]:
    """What pages say, in each language: the sentences on kinds of change, and the rest of the interface."""
    read: dict[str, Any] = json.loads((_DESK / "texts.json").read_text(encoding="utf-8"))
    return read


def say(name: str, language: Language = "en", **values: object) -> str:
    """A text of the interface.

    >>> say("sure", "en", percent=97)
    'arnorm is 97 % sure.'
    """
    text: str = texts()["interface"][name][language]
    return text.format(**values)


def page(
    rows: Iterable[dict[str, Any]],
    *,
    title: str,
    language: Language = "en",
    summaries: dict[str, str] | None = None,
    version: str = "",
) -> Iterator[str]:
    """The page, in pieces.

    Each of *rows* has ``file``, ``line``, ``source`` and ``found`` (see `arnorm.report.findings`). *summaries* say what
    passes do.
    """
    script = (_DESK / "review.js").read_text(encoding="utf-8") + (_DESK / "page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
    direction = "rtl" if language == "ar" else "ltr"
    shown = escape(render.safe(title, breaks=False))
    yield (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'\">\n"
        f'<meta name="generator" content="arnorm {escape(version)}">\n<title>{shown}</title>\n'
        f"<style>{_STYLE}{(_DESK / 'review.css').read_text(encoding='utf-8')}</style>\n</head>\n"
        f'<body>\n<main class="rv">\n<h1>{escape(say("title found", language))}: <bdi>{shown}</bdi></h1>\n'
        f"<p>{escape(say('keys', language))}</p>\n<noscript><p>{escape(say('no script', language))}</p></noscript>\n"
        '<div id="review"></div>\n<div class="rv-buttons"><button type="button" id="save">'
        f"{escape(say('save decisions', language))}</button></div>\n</main>\n"
    )
    about = {"texts": texts(), "language": language, "words": summaries or {}}
    yield f'<script type="application/json" id="about">{_json(about)}</script>\n'
    yield '<script type="application/json" id="rows">['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + _json(row)
    yield f']</script>\n<script type="module">{script}</script>\n</body>\n</html>\n'


def _json(value: Any) -> str:
    """JSON that no browser takes for the end of its script, and that has UTF-8 also where a text has none."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate
        text = json.dumps(value)
    return text.replace("<", "\\u003c")
