"""Writes the pages that say what the code says: ``python docs/generate.py``.

The catalogue of passes, with every table of code points, and a page for each profile. The tests check that the
pages in the repository are what this would write.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from arnorm import all_profiles, catalogue
from arnorm.passes import Entry
from arnorm.profiles import Profile

HERE = Path(__file__).parent
_LONG = 60  # rows of a table shown; the rest is counted


def shown(text: str) -> str:
    """*text* for a table cell: invisible characters by their number, marks without a letter on a dotted circle."""
    cells = [_shown_character(c, before) for before, c in zip(" " + text, text, strict=False)]
    return "".join(cells) or "(nothing)"


def _shown_character(c: str, before: str) -> str:
    category = unicodedata.category(c)
    if category in ("Cf", "Cc", "Zs", "Zl", "Zp", "Cn", "Co") and c != " ":
        return f"⟨U+{ord(c):04X}⟩"
    if category in ("Mn", "Me"):
        return c if unicodedata.category(before) in ("Lo", "Lm", "Mn") else f"◌{c}"
    return {"|": "\\|", "\\": "\\\\", "`": "\\`", "<": "&lt;", "*": "\\*", "_": "\\_"}.get(c, c)


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in text) or "—"


def _name(c: str) -> str:
    return unicodedata.name(c, "control character").lower()


def table_of(entry: Entry) -> list[str]:
    rows = sorted((entry.table or {}).items())
    lines = ["", "| from | | | to | |", "|---|---|---|---|---|"]
    lines += [
        f"| {shown(key)} | {_code_points(key)} | {_name(key)} | {shown(value)} | {_code_points(value)} |"
        for key, value in rows[:_LONG]
    ]
    if len(rows) > _LONG:
        left = len(rows) - _LONG
        lines += ["", f"… and {left} more of the same kind: `arnorm.passes.{entry.name}.table` has all."]
    return lines


def section(entry: Entry) -> list[str]:
    lossy = "**lossy**" if entry.lossy else "lossless"
    lines = [f"### {entry.name}", "", f"{entry.summary[0].upper()}{entry.summary[1:]}. ({lossy}, {entry.kind})", ""]
    if entry.factory:
        lines += [f"A factory: `{entry.factory}`", ""]
    lines += [f"Leaves alone: {entry.leaves}"]
    if entry.examples:
        lines += ["", "| before | after |", "|---|---|"]
        lines += [f"| {shown(before)} | {shown(after)} |" for before, after in entry.examples]
    if entry.table:
        lines += table_of(entry)
    return [*lines, ""]


def passes_page() -> str:
    lines = [
        "# The passes",
        "",
        "Written from the code by `docs/generate.py`. Names tell the risk: `strip_` deletes, `fold_` merges letters,",
        "`map_` is one to one, `unify_` gives the same text one encoding, `squeeze_` shortens runs, `order_` reorders",
        "marks, `mask_` puts a token, `repair_` judges. In the tables, marks stand on a dotted circle, and characters",
        "that cannot be seen are written as ⟨U+…⟩.",
        "",
        "| pass | lossy | what it does |",
        "|---|---|---|",
    ]
    lines += [f"| [{e.name}](#{e.name}) | {'yes' if e.lossy else ''} | {shown_text(e.summary)} |" for e in catalogue()]
    topic = ""
    for entry in catalogue():
        if entry.topic != topic:
            topic = entry.topic
            lines += ["", f"## {topic}", ""]
        lines += section(entry)
    return "\n".join(lines).rstrip() + "\n"


def shown_text(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


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


def profile_page(profile: Profile) -> str:
    lines = [
        f"# {profile.full_name}",
        "",
        f"{profile.summary[0].upper()}{profile.summary[1:]}.",
        "",
        f"**What it destroys.** {profile.destroys}",
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
        lines.append(f"{i}. [{p.name}](../passes.md#{p.name}){f'({args})' if args else ''}: {shown_text(p.summary)}")
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """The path of each generated page, from this folder, and its text."""
    made = {"passes.md": passes_page()}
    for profile in all_profiles():
        made[f"profiles/{profile.full_name}.md"] = profile_page(profile)
    return made


if __name__ == "__main__":
    for path, text in pages().items():
        (HERE / path).write_text(text, encoding="utf-8")
