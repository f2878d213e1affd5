"""The page of ``--html``: a text in which somebody decides word by word, and takes the decisions away as a file.

The samples of ``--report`` are another such text. Both are drawn by the code of the playground (``desk/review.js``),
hold all that they need, and ask nothing of the network. What is decided there is carried out by ``arnorm repair --apply
decisions.json``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
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
.rv-pane { max-height: 62vh; }
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


@cache
def arabic() -> dict[str, Any]:
    """What passes, topics and profiles are, in Arabic."""
    read: dict[str, Any] = json.loads((_DESK / "summaries.ar.json").read_text(encoding="utf-8"))
    return read


def summary(name: str, english: str, language: Language) -> str:
    """What the pass of that *name* does; one that is not arnorm's own says it as it does, in *english*.

    >>> summary("strip_shadda", "delete shadda only", "ar")
    'يحذف الشدّة وحدها'
    """
    return arabic()["passes"].get(name, english) if language == "ar" else english


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
    shown = escape(render.safe(title, breaks=False))
    heading = f"{escape(say('would be made', language))}: <bdi>{shown}</bdi>"
    yield head(shown, language, _STYLE, version)
    yield f"<body>\n<main>\n<h1>{heading}</h1>\n"
    yield from desk(rows, language, summaries or {})
    yield "</main>\n</body>\n</html>\n"


def head(title: str, language: Language, style: str, version: str) -> str:
    """The beginning of a page that holds all that it needs, and runs no script but the one of the desk."""
    digest = base64.b64encode(hashlib.sha256(_script().encode("utf-8")).digest()).decode()
    direction = "rtl" if language == "ar" else "ltr"
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'\">\n"
        f'<meta name="generator" content="arnorm {escape(version)}">\n<title>{title}</title>\n'
        f"<style>{style}{(_DESK / 'review.css').read_text(encoding='utf-8')}</style>\n</head>\n"
    )


def desk(
    rows: Iterable[dict[str, Any]], language: Language, summaries: dict[str, str], *, saves: bool = True
) -> Iterator[str]:
    """The desk, in pieces, for *rows* as `page` takes them; it *saves* decisions where there is a text to make them in.

    Of a row that is ``part`` of a text no decisions are saved.
    """
    hidden = "" if saves else " hidden"
    yield (
        f'<div class="rv">\n<p>{escape(say("keys", language))}</p>\n'
        f'<noscript><p>{escape(say("no script", language))}</p></noscript>\n<div id="review"></div>\n'
        f'<div class="rv-buttons"{hidden}><button type="button" id="save">{escape(say("save decisions", language))}'
        "</button></div>\n</div>\n"
    )
    about = {"texts": {"kinds": texts()["kinds"], "interface": _of_desk()}, "language": language, "words": summaries}
    yield f'<script type="application/json" id="about">{_json(about)}</script>\n'
    yield '<script type="application/json" id="rows">['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + _json(row)
    yield f']</script>\n<script type="module">{_script()}</script>\n'


@cache
def _script() -> str:
    return (_DESK / "review.js").read_text(encoding="utf-8") + (_DESK / "page.js").read_text(encoding="utf-8")


def _of_desk() -> dict[str, Any]:
    """The texts that the script of the desk says."""
    said = set(re.findall(r'say\("([^"]+)"', _script())) | {"change", "suggest", "accepted", "rejected"}
    return {name: says for name, says in texts()["interface"].items() if name in said}


#: What would act on whoever reads the source of the page, or end its script.
_ACTS = re.compile(
    "[<\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def _json(value: Any) -> str:
    """JSON that no browser takes for the end of its script, and that has UTF-8 also where a text has none."""
    return _ACTS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
