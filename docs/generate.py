"""Writes the pages that say what the code says: ``python docs/generate.py``.

Under ``reference/``: the catalogue of passes, with every table of code points; the profiles, and what each destroys;
the command line; the errors; the modules. The tests check that the pages in the repository are what this would write.
"""

from __future__ import annotations

import ast
import html
import inspect
import json
import os
import re
import sys
import unicodedata
from argparse import Action, ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path

import arnorm
from arnorm import all_profiles, catalogue, errors, spans
from arnorm.cli import exits
from arnorm.cli.parser import build
from arnorm.export import TARGETS, portable, refused
from arnorm.passes import Entry, _decorated
from arnorm.profiles import Profile
from arnorm.recipes import schema
from arnorm.render import SHORT_NAMES
from arnorm.spelling import POLICIES, model

HERE = Path(__file__).parent
_LONG = 40  # rows of a table shown at once; a longer one is folded up

# -- characters ----------------------------------------------------------------------------------------------------

#: Format characters that are drawn all the same: signs around numbers, and the end of ayah.
_DRAWN = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2")
_MARKDOWN = {"|": "\\|", "\\": "\\\\", "`": "\\`", "*": "\\*", "_": "\\_", "[": "\\[", "]": "\\]", "#": "\\#"}
_INVISIBLE = ("Cf", "Cc", "Zs", "Zl", "Zp", "Cn", "Co")


def shown(text: str) -> str:
    """*text* for a table cell: set apart from its surroundings, with nothing in it that cannot be seen."""
    if not text:
        return "(nothing)"
    if text.isspace():
        return "".join(_key(c) for c in text)
    cells = (_shown_character(c, before) for before, c in zip(" " + text, text, strict=False))
    return f"<bdi>{''.join(cells)}</bdi>"


def _key(c: str) -> str:
    name = SHORT_NAMES.get(ord(c)) or ("space" if c == " " else f"U+{ord(c):04X}")
    return f"<kbd>{name}</kbd>"


def _shown_character(c: str, before: str) -> str:
    category = unicodedata.category(c)
    if category in _INVISIBLE and c != " " and c not in _DRAWN:
        return _key(c)
    if category in ("Mn", "Me"):
        return c if unicodedata.category(before) in ("Lo", "Lm", "Mn") else f"◌{c}"
    return _MARKDOWN.get(c) or html.escape(c)


def glyph(text: str) -> str:
    """*text* as an entry of a table of code points: a tatweel that stands alone is drawn as one."""
    return "<kbd>ـ</kbd>" if text == "\N{ARABIC TATWEEL}" else shown(text)


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in text) or "—"


def _name(c: str) -> str:
    return unicodedata.name(c, "control character").lower()


def prose(text: str) -> str:
    """A sentence of the code, for Markdown."""
    return re.sub(r"([|*`\[\]#])|_(?=\W)", lambda m: "\\" + m[0], html.escape(text, quote=False))


def sentence(text: str) -> str:
    return prose(text[:1].upper() + text[1:])


def linked(text: str, start: str, but: str = "") -> str:
    """A sentence in which the names of passes, *but* not one, lead to them; the catalogue lies at *start*."""
    names = "|".join(sorted((e.name for e in catalogue() if e.name != but), key=len, reverse=True))
    return re.sub(rf"\b(?:{names})\b", lambda m: f"[{m[0]}]({link_to(m[0], start)})", prose(text))


def page(*lines: str) -> str:
    return "\n".join(lines).rstrip() + "\n"


def toctree(*names: str) -> list[str]:
    return ["", "```{toctree}", ":hidden:", "", *names, "```"]


# -- the catalogue of passes ---------------------------------------------------------------------------------------

PREFIXES = {
    "strip": "deletes",
    "fold": "merges letters; lossy",
    "map": "one to one",
    "unify": "gives the same text one encoding",
    "squeeze": "shortens runs",
    "order": "reorders marks",
    "space": "puts spaces where they belong",
    "mask": "puts a token",
    "repair": "judges",
}
ABOUT = {
    "Marks": "Tashkeel and everything else that stands above or below a letter.",
    "Letters": "Alef, hamza, alef maksura, teh marbuta, tatweel, and the letters of other languages.",
    "Names": "Names of people: what is written joined or apart, in one form.",
    "Quranic text": "Small letters, silent letters and floating hamzas of the mushaf, in ordinary spelling.",
    "Encoding": "The same letters in other code points: presentation forms, ligatures, invisible characters.",
    "Encoding, judged": "Damaged text: mojibake, reversed lines, the wrong keyboard layout.",
    "Documents": "Text taken out of PDF and other documents.",
    "Digits and numbers": "Three sets of digits, and numbers with their separators.",
    "Numbers as words": "Numbers read aloud, and number words as digits; the grammar of both.",
    "Spelling": "Repair of misspelt words, as a step among others.",
    "Transliteration": "Arabic in Latin letters, one to one, and back.",
    "Punctuation": "Arabic and ASCII punctuation, dashes, ellipses.",
    "Quotes": "Quotation marks and their pairs.",
    "Spacing": "Spaces, line ends, space around punctuation and numbers.",
    "Social and web text": "URLs, mentions, hashtags, emoji, HTML, letters repeated for emphasis.",
}


def slug(topic: str) -> str:
    return topic.lower().replace(",", "").replace(" ", "-")


def topics() -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in catalogue():
        found.setdefault(entry.topic, []).append(entry)
    return found


def link_to(name: str, start: str) -> str:
    """Where the catalogue, which lies at *start*, explains the pass called *name*."""
    return f"{start}{name}.md"


def passes_index() -> str:
    lines = [
        "# The passes",
        "",
        f"{len(catalogue())} ready-made passes, by topic. Each is a value in `arnorm.passes`, called with a text; join",
        "them with `|`. The first word of a name tells the risk:",
        "",
        *(f"- `{prefix}_` {meaning}" for prefix, meaning in PREFIXES.items()),
        "",
        "**Lossy** means that letters or marks which a reader may want are merged or dropped.",
    ]
    for topic, entries in topics().items():
        lines += ["", f"## [{topic}]({slug(topic)}.md)", "", ABOUT[topic], "", "| pass | lossy | what it does |"]
        lines += ["|---|---|---|", *map(_row, entries)]
    return page(*lines, *toctree(*map(slug, topics())))


def _row(entry: Entry) -> str:
    return f"| [{entry.name}]({entry.name}.md) | {'yes' if entry.lossy else ''} | {prose(entry.summary)} |"


def topic_page(topic: str, entries: list[Entry]) -> str:
    lines = [f"# {topic}", "", ABOUT[topic], "", "Each has a page of its own, with its table of code points.", ""]
    lines += ["| pass | lossy | what it does | before | after |", "|---|---|---|---|---|"]
    for entry in entries:
        [one, *_] = entry.examples or [("", "")]
        seen = " | ".join(shown(text) if entry.examples else "" for text in one)
        lines.append(f"{_row(entry)} {seen} |")
    return page(*lines)


def pass_page(entry: Entry) -> str:
    """The page of one pass. It is in no table of contents, which would be long; its topic leads to it."""
    loss = "**Lossy.**" if entry.lossy else "Lossless."
    what = linked(entry.summary[:1].upper() + entry.summary[1:], "", but=entry.name)
    lines = ["---", "orphan: true", "---", "", f"# {entry.name}", ""]
    lines += [f"[The passes](index.md) › [{entry.topic}]({slug(entry.topic)}.md)", ""]
    lines += [f"{what}. {loss}", "", f"Leaves alone: {linked(entry.leaves, '', but=entry.name)}"]
    call = entry.factory or entry.name
    called = f"`passes.{call}`" + (", made with its arguments." if entry.factory else ".")
    lines += ["", f"In code: {called}{_members(entry)} On the command line: `--pass {entry.name}`."]
    if entry.examples:
        lines += ["", "| before | after |", "|---|---|"]
        lines += [example(before, after) for before, after in entry.examples]
    lines += table_of(entry) if entry.table else ()
    beside = [f"[{other.name}]({other.name}.md)" for other in topics()[entry.topic] if other is not entry]
    return page(*lines, "", *([f"On the same topic: {', '.join(beside)}."] if beside else ()))


def example(before: str, after: str) -> str:
    """A row of before and after; with code points where the two look the same."""
    alike = unicodedata.normalize("NFKC", before) == unicodedata.normalize("NFKC", after)
    if before == after or not alike or max(len(before), len(after)) > 6:
        return f"| {shown(before)} | {shown(after)} |"
    return f"| {shown(before)}<br>{_code_points(before)} | {shown(after)}<br>{_code_points(after)} |"


def _members(entry: Entry) -> str:
    names = [p.full_name for p in all_profiles() if entry.name in p.names]
    links = ", ".join(f"[{name}](../profiles/{name}.md)" for name in names)
    return f" Part of {links}." if names else ""


#: For tables that speak of letters of other languages: whose each is.
_OWNERS = {"fold_decorated_letters": {letter: owner for letter, (_, owner) in _decorated.LETTERS.items()}}


def table_of(entry: Entry) -> list[str]:
    rows = sorted((entry.table or {}).items())
    note = "Marks stand on a dotted circle, and characters that cannot be seen are drawn as keys."
    owners = _OWNERS.get(entry.name, {})
    head = ["from", "code", "name", "to", "code", *(["whose letter"] if owners else [])]
    lines = ["", note, "", f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for key, value in rows:
        cells = [glyph(key), _code_points(key), _name(key), glyph(value), _code_points(value)]
        lines.append(f"| {' | '.join([*cells, *([owners[key]] if owners else [])])} |")
    if len(rows) > _LONG:
        return ["", f"<details><summary>All {len(rows)} characters</summary>", *lines, "", "</details>"]
    return lines


# -- profiles ------------------------------------------------------------------------------------------------------

_SAMPLES = (
    "ﺍﻟﺴﻼم عليكـــم",
    "إِلَى المَدْرَسَةِ",
    "١٢٫٥٪ من ۲۰ طالبًا",
    "شكراً جداً",
    "سؤال عن مسئول",
    "قناة الـBBC، ١٤٤٣هـ",
    "راااائع!!! 😍 #كرة_القدم",
    "https://example.com/أ?b=1",
    "علی ﷲ ﷺ",
)

#: Differences that a reader can see, each with two texts that have it and nothing else.
_DIFFERENCES = (
    ("vowels and tanween", "عِلْمٌ", "علم"),
    ("shadda", "درّس", "درس"),
    ("hamza on alef", "أن", "ان"),
    ("madda", "آن", "ان"),
    ("hamza on waw and yeh", "مسؤول", "مسئول"),
    ("ى and ي", "على", "علي"),
    ("ة and ه", "كرة", "كره"),
    ("Persian and Arabic letters", "کتاب", "كتاب"),
    ("tatweel inside a word", "كتـــاب", "كتاب"),
    ("tatweel at its edge", "هـ", "ه"),
    ("Arabic and ASCII digits", "١٢", "12"),
    ("Arabic and ASCII commas", "نعم، لا", "نعم, لا"),
    ("punctuation or none", "نعم، لا", "نعم لا"),
    ("capital and small Latin letters", "BBC", "bbc"),
    ("letters repeated for emphasis", "راااائع", "راائع"),
    ("signs repeated for emphasis", "حقا؟؟؟", "حقا؟"),
    ("spaces one or many", "نعم  لا", "نعم لا"),
    ("emoji or none", "نعم 😍", "نعم"),
    ("one URL and another", "https://a.example", "https://b.example"),
    ("one user and another", "@ali", "@omar"),
    ("presentation forms", "ﺳﻼﻡ", "سلام"),
    ("zero width spaces", "نعم\u200b", "نعم"),
)


def profiles_index() -> str:
    names = [p.full_name for p in all_profiles()]
    lines = [
        "# The profiles",
        "",
        "A profile is a pipeline with a name, a version and a promise: a version never changes what it does.",
        "`search.v1` names a version, `search` the newest one.",
        "",
        "| profile | for |",
        "|---|---|",
        *(f"| [{p.full_name}]({p.full_name}.md) | {prose(p.summary)} |" for p in all_profiles()),
        "",
        "## What each destroys",
        "",
        "Two texts that differ in one thing: × where the profile makes them one, so that the difference is gone.",
        "",
        f"| difference | this | and this | {' | '.join(p.name for p in all_profiles())} |",
        "|---|---|---|" + "---|" * len(names),
    ]
    for what, one, other in _DIFFERENCES:
        lost = " | ".join("×" if p(one) == p(other) else "" for p in all_profiles())
        lines.append(f"| {what} | {shown(one)} | {shown(other)} | {lost} |")
    lines += ["", "Why, and what to do about it: [What each profile destroys](../../explanation/what-is-lost.md)."]
    return page(*lines, *toctree(*names))


def profile_page(profile: Profile) -> str:
    lines = [
        f"# {profile.full_name}",
        "",
        f"{sentence(profile.summary)}.",
        "",
        f"**What it destroys.** {prose(profile.destroys)}",
        "",
        f"Fingerprint: `{profile.fingerprint}`. A version never changes what it does.",
        "",
        "| before | after |",
        "|---|---|",
        *(f"| {shown(text)} | {shown(profile(text))} |" for text in _SAMPLES),
        "",
        "Its passes, in order:",
        "",
    ]
    for i, p in enumerate(profile, 1):
        args = ", ".join(f"{key}={value!r}" for key, value in p.args)
        given = f" (`{args}`)" if args else ""
        lines.append(f"{i}. [{p.name}]({link_to(p.name, '../passes/')}){given}: {prose(p.summary)}")
    return page(*lines)


# -- the command line ----------------------------------------------------------------------------------------------


def command_line() -> str:
    parser = build()
    commands = next(a for a in parser._actions if a.dest == "command")
    about = {choice.dest: choice.help or "" for choice in commands._choices_actions}  # type: ignore[attr-defined]
    lines = [
        "# The command line",
        "",
        f"{parser.description} `python -m arnorm` is the same as `arnorm`.",
        "",
        "For completion in the shell, also of profiles and passes: `pip install 'arnorm[complete]'`, and in its "
        'start-up file `eval "$(register-python-argcomplete arnorm)"`.',
        "",
        "| command | what it does |",
        "|---|---|",
        *(f"| [arnorm {name}](#arnorm-{name}) | {prose(about[name])} |" for name in commands.choices),
        "",
        "| exit code | meaning |",
        "|---|---|",
        *(f"| {code.value} | {exits.MEANING[code]} |" for code in exits.Exit),
    ]
    for name, command in commands.choices.items():
        lines += ["", f"## arnorm {name}", "", *command_section(command)]
    return page(*lines)


def command_section(parser: ArgumentParser) -> Iterator[str]:
    yield from (prose(parser.description or ""), "", "```text", _usage(parser), "```", "")
    yield from ("| option | meaning |", "|---|---|")
    for action in parser._actions:
        if action.dest != "help":
            yield f"| {_option(action)} | {prose((action.help or '') % _defaults(parser, action))} |"
    if parser.epilog:
        yield from ("", "```text", parser.epilog.rstrip(), "```")


def _usage(parser: ArgumentParser) -> str:
    os.environ["COLUMNS"] = "80"
    return parser.format_usage().strip()


def _option(action: Action) -> str:
    choices = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else ""
    value = "" if action.nargs == 0 else str(action.metavar or choices or action.dest.upper())
    names = [f"`{name}{' ' + value if value else ''}`" for name in action.option_strings]
    return ", ".join(names).replace("|", "\\|") or f"`{value}`"


def _defaults(parser: ArgumentParser, action: Action) -> dict[str, object]:
    return {**vars(action), "prog": parser.prog}


# -- errors --------------------------------------------------------------------------------------------------------


def _undecodable() -> None:
    raise errors.UndecodableInputError("old.txt", "utf-8", 3, 17, 0xC7)


def _missing() -> None:
    raise errors.MissingPackageError("numpy", "train")


def _lost() -> None:
    raise errors.WorkerLostError


#: What brings each error about.
_CAUSES: dict[type[Exception], Callable[[], object]] = {
    errors.UnknownNameError: lambda: arnorm.profile("serach"),
    errors.InvalidPassError: lambda: arnorm.CharMap("mine", {"لا": "ﻻ"}),
    errors.InvalidLexiconError: lambda: arnorm.Repairer(lexicon=["شركة زيدون"]),
    errors.InvalidDecisionsError: lambda: arnorm.Repairer().review("سافر أحمد").apply(accept=[3]),
    errors.NotSerializableError: lambda: arnorm.dumps(arnorm.Custom("lower", str.lower)),
    errors.InvalidRecipeError: lambda: arnorm.loads('{"passes": []}'),
    errors.MissingPackageError: _missing,
    errors.UndecodableInputError: _undecodable,
    errors.WorkerLostError: _lost,
    model.ForeignModelError: lambda: arnorm.Repairer.load(HERE / "sample.txt"),
}


def errors_page() -> str:
    tree = inspect.getdoc(errors) or ""
    drawn = "\n".join(line.strip("\n")[4:] for line in tree.splitlines() if re.search("──|^ {4}Arnorm", line))
    lines = [
        "# Errors",
        "",
        "Every error that arnorm raises on purpose is an `ArnormError`, and also the built-in error that one would",
        "expect; it carries the object at fault, and its message says what to do next. Passes never raise on a `str`,",
        "whatever is in it.",
        "",
        "```text",
        drawn,
        "```",
        "",
    ]
    kinds = [*_below(errors.ArnormError)]
    for kind in kinds:
        lines += error_section(kind)
    return page(*lines)


def _below(root: type[Exception]) -> Iterator[type[Exception]]:
    for kind in root.__subclasses__():
        if kind.__module__ in ("arnorm.errors", "arnorm.spelling.model"):
            yield kind
            yield from _below(kind)


def error_section(kind: type[Exception]) -> Iterator[str]:
    bases = ", ".join(f"`{base.__name__}`" for base in kind.__bases__)
    said = (inspect.getdoc(kind) or "").partition("\n\n>>>")[0]  # what is shown below is an example already
    doc = re.sub(r"``", "`", " ".join(said.split()))
    yield from (f"## {kind.__name__}", "", f"`{kind.__module__}.{kind.__name__}`, a kind of {bases}. {doc}", "")
    if kind in _CAUSES:
        yield from ("```text", _message(kind), "```", "")


def _message(kind: type[Exception]) -> str:
    try:
        _CAUSES[kind]()
    except kind as error:
        return f"{kind.__name__}: {error}".replace(str(HERE.parent) + os.sep, "")
    raise AssertionError(f"{kind.__name__} was not raised")


# ------------------------------------------------------------------------------------------------------------------


def export_page() -> str:
    """The page as it is, with its table of profiles and targets made anew."""
    head, rest = (HERE / "export.md").read_text(encoding="utf-8").split("<!-- table -->\n")
    tail = rest.partition("<!-- end of table -->\n")[2]
    lines = [f"| | {' | '.join(TARGETS)} |", "|---" * (len(TARGETS) + 1) + "|"]
    reasons: dict[str, str] = {}
    for value in all_profiles():
        cells = []
        for target in TARGETS:
            errors = refused(portable(value), target)
            reasons |= {error.pass_name: error.reason for error in errors}
            whole = "✓" if not refused(value, target) else "`--portable`"
            cells.append("without " + ", ".join(f"`{e.pass_name}`" for e in errors) if errors else whole)
        lines.append(f"| {value.full_name} | {' | '.join(cells)} |")
    lines += ["", "What is in the way:", "", *(f"- `{name}`: {reason}." for name, reason in reasons.items())]
    return head + "\n".join(["<!-- table -->", "", *lines, "", "<!-- end of table -->", ""]) + tail


def from_neighbours() -> dict[str, str]:
    """What the files beside this one write: the page of the integrations, and figures in prose."""
    sys.path.append(str(HERE))
    import bridges
    import figures

    stating = {os.path.relpath(HERE.parent / name, HERE): name for name in figures.pages()}
    prose = figures.pages()
    return {"reference/integrations.md": bridges.page()} | {
        path: figures.written(name, prose[name]) for path, name in stating.items()
    }


def names() -> str:
    """The module of the names that functions take, for type checkers."""
    profiles = [*dict.fromkeys(p.name for p in all_profiles()), *(p.full_name for p in all_profiles())]
    kinds = {
        "ProfileName": ("profiles, without and with version", profiles),
        "PolicyName": ("policies of spelling repair", [*POLICIES, *(policy.full_name for policy in POLICIES.values())]),
        "SpanName": ("kinds of span that can be protected", list(spans.PATTERNS)),
    }
    lines = [
        '"""The names that functions take, so that type checkers find a misspelt one. Written by docs/generate.py."""',
        *("", "from typing import Literal"),
    ]
    for kind, (what, known) in kinds.items():
        lines += ["", f"#: Names of {what}.", f"{kind} = Literal[", *(f'    "{name}",' for name in known), "]"]
    return "\n".join([*lines, ""])


def modules_page() -> str:
    """Every file of the code, with the first line of its docstring."""
    lines = [
        "# Modules",
        "",
        "Every file of the code and what it is for, in its own words. See CONTRIBUTING for where to begin.",
        "",
    ]
    package = Path(arnorm.__file__).parent
    for folder in sorted({path.parent for path in package.rglob("*.py")}):
        files = sorted(folder.glob("*.py"))
        lines += [f"## {folder.relative_to(package.parent)}", "", "| file | what it is for |", "|---|---|"]
        for file in files:
            said = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]
            lines.append(f"| `{file.name}` | {said.replace('``', '`').replace('|', chr(92) + '|')} |")
        lines.append("")
    return page(*lines[:-1])


def pages() -> dict[str, str]:
    """The path of each generated page, from this folder, and its text."""
    made = {"passes/index.md": passes_index()}
    made |= {f"passes/{slug(topic)}.md": topic_page(topic, entries) for topic, entries in topics().items()}
    made |= {f"passes/{entry.name}.md": pass_page(entry) for entry in catalogue()}
    made["profiles/index.md"] = profiles_index()
    made |= {f"profiles/{p.full_name}.md": profile_page(p) for p in all_profiles()}
    made |= {"command-line.md": command_line(), "errors.md": errors_page(), "modules.md": modules_page()}
    return {
        "../arnorm/literals.py": names(),
        "../arnorm/recipe.schema.json": json.dumps(schema(), ensure_ascii=False, indent=1) + "\n",
        "export.md": export_page(),
        **{f"reference/{path}": text for path, text in made.items()},
        **from_neighbours(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        (HERE / path).parent.mkdir(parents=True, exist_ok=True)
        (HERE / path).write_text(text, encoding="utf-8")
