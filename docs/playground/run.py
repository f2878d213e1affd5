"""What the playground runs on a text: JSON in, JSON out. In the browser `worker.js` calls it.

Settings hold ``mode`` ("review", "profile" or "passes"), ``policy`` (of a repairer, for "review"), ``words`` (that
are always left), ``profile``, and ``passes`` (each ``{"name", "args"}``). Offsets count UTF-16 units, as the
page does.
"""

from __future__ import annotations

import html
import inspect
import io
import json
import re
import zipfile
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import arnorm
from arnorm import passes
from arnorm.align import replacements_between
from arnorm.report import findings
from arnorm.trace import apply
from arnorm.words import is_word

#: Longer texts stand in a file in the program that the page shows.
LONGEST_SHOWN = 2000
#: A paragraph of a Word document, and within it a text that is not deleted by a tracked change (``w:delText`` is).
PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
BODY = "word/document.xml"


def found(text: str, settings: str) -> str:
    """What there is to decide in a *text*: the findings, or ``{"error"}`` for settings that cannot be."""
    try:
        return json.dumps(_finder(settings)(text))
    except (arnorm.ArnormError, ImportError, TypeError, ValueError) as error:
        return json.dumps({"error": str(error)})


@lru_cache(maxsize=4)
def _finder(settings: str) -> Callable[[str], list[dict[str, Any]]]:
    wanted = json.loads(settings)
    if wanted["mode"] == "review":
        repairer = _repairer(wanted)
        return lambda text: findings.reviewed(text, repairer)
    pipeline = arnorm.Pipeline([value for _, value in steps(wanted)])
    return lambda text: findings.of_trace(pipeline.trace(text))


def _repairer(wanted: dict[str, Any]) -> arnorm.Repairer:
    return arnorm.Repairer(wanted["policy"], wanted["words"])


def readings(word: str, before: str, after: str, settings: str) -> str:
    """Other readings of a *word* between two texts, the likeliest first."""
    clean = arnorm.normalize(word)
    if not is_word(clean):
        return "[]"
    known = _repairer(json.loads(settings)).suggest(clean, before, after, 8)
    return json.dumps([reading.text for reading in known])


# --- The pipeline, and the program that does the same ---------------------------------------------------------------

#: An expression, and what it is worth.
Step = tuple[str, arnorm.Composable]


def steps(wanted: dict[str, Any]) -> list[Step]:
    """The steps of the pipeline; `clean` comes before repair, which knows words in one encoding."""
    if wanted["mode"] == "passes":
        return [_pass(each["name"], each.get("args", {})) for each in wanted["passes"]]
    if wanted["mode"] == "profile":
        return [_profile(wanted["profile"])]
    repairer = _repairer(wanted)
    known = f", lexicon={[*repairer.lexicon]!r}" if repairer.lexicon else ""
    return [_profile("clean.v1"), (f'arnorm.Repairer("{repairer.policy.full_name}"{known})', repairer)]


def _profile(name: str) -> Step:
    made = arnorm.profile(name)
    return f'arnorm.profile("{made.full_name}")', made


def _pass(name: str, args: dict[str, Any]) -> Step:
    made = passes.get(name, **args)  # raises, and says what is wrong, for another name or argument
    value = getattr(passes, name)
    if value is made:
        return f"passes.{name}", made
    usual = {key: parameter.default for key, parameter in inspect.signature(value).parameters.items()}
    given = ", ".join(f"{key}={value!r}" for key, value in args.items() if value != usual[key])
    return f"passes.{name}({given})", made


def code(text: str, settings: str) -> str:
    """A program that prints what becomes of *text*, before anybody has decided otherwise."""
    wanted = json.loads(settings)
    try:
        parts = [shown for shown, _ in steps(wanted)]
    except (arnorm.ArnormError, ImportError, TypeError, ValueError) as error:
        return f"# {error}\n"
    shown = repr(text) if len(text) <= LONGEST_SHOWN else 'open("text.txt", encoding="utf-8").read()'
    lines = [f"# arnorm {arnorm.__version__}", "import arnorm"]
    lines += ["from arnorm import passes"] if any(part.startswith("passes.") for part in parts) else []
    lines += ["", f"text = {shown}"]
    if len(parts) < 2:
        lines.append(f"pipeline = {parts[0] if parts else 'arnorm.Pipeline()'}")
    else:
        lines += ["pipeline = (", *_joined(parts), ")"]
    by_line = wanted["mode"] == "review" and "\n" in text
    lines.append(r'print("\n".join(map(pipeline, text.split("\n"))))' if by_line else "print(pipeline(text))")
    return "\n".join([*lines, ""])


def _joined(parts: list[str]) -> list[str]:
    return ["    " + ("| " if number else "") + part for number, part in enumerate(parts)]


# --- Word documents -------------------------------------------------------------------------------------------------


def opened(data: bytes) -> str:
    """The text of a Word document, a line for each paragraph."""
    return "\n".join("".join(texts) for texts in _paragraphs(_body(data)))


def saved(data: bytes, text: str) -> bytes:
    """The document with *text* for its own: what replaces letters of a run has the looks of that run.

    Raises `ValueError` where the paragraphs are not as many as they were.
    """
    body = _body(data)
    before, lines = _paragraphs(body), text.split("\n")
    if len(before) != len(lines):
        raise ValueError("the text has no longer as many lines as the document has paragraphs")
    left = iter(zip(before, lines, strict=True))
    body = PARAGRAPH.sub(lambda found: _rewritten(found[0], *next(left)), body)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(item, body.encode("utf-8") if item.filename == BODY else source.read(item.filename))
    return out.getvalue()


def _body(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read(BODY).decode("utf-8")
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise ValueError("that is not a Word document") from error


def _paragraphs(body: str) -> list[list[str]]:
    """The runs of each paragraph; a line feed within one is a space to a reader."""
    return [
        [html.unescape(text).replace("\n", " ") for _, text, _ in TEXT.findall(paragraph)]
        for paragraph in PARAGRAPH.findall(body)
    ]


def _rewritten(paragraph: str, runs: list[str], line: str) -> str:
    """The XML of a *paragraph* whose *runs* say *line* together."""
    if "".join(runs) == line:
        return paragraph
    made = iter(spread(runs, line))

    def written(match: re.Match[str]) -> str:
        return f'<w:t xml:space="preserve">{html.escape(next(made), quote=False)}{match[3]}'

    return TEXT.sub(written, paragraph)


def spread(runs: list[str], line: str) -> list[str]:
    """*line* parted like *runs*: each replacement goes to the run in which it begins.

    >>> spread(["ذهب ال", "ى هنا"], "ذهب إلى هنا")
    ['ذهب إل', 'ى هنا']
    """
    changes = list(replacements_between("".join(runs), line))
    out, at = [], 0
    for place, run in enumerate(runs):
        end = at + len(run)
        last = place == len(runs) - 1
        own = [c._replace(start=c.start - at, end=min(c.end, end) - at) for c in changes if at <= c.start < end]
        own += [c._replace(start=c.start - at, end=c.end - at) for c in changes if last and c.start == end]
        own += [c._replace(start=0, end=min(c.end, end) - at, text="") for c in changes if c.start < at < c.end]
        out.append(apply(run, sorted(own, key=lambda c: c.start)))
        at = end
    return out
