"""``arnorm passes`` and ``arnorm profiles``: what there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from arnorm import console, render
from arnorm.cli.parser import runs

if TYPE_CHECKING:
    from arnorm.passes import Entry
    from arnorm.profiles import Profile

PASSES_EXAMPLES = """\
examples:
  arnorm passes                                 all of them; * marks those that lose something
  arnorm passes fold_alef                       one in full: its table, its examples, what it leaves alone
  arnorm passes --json | jq -r '.[] | select(.lossy | not) | .name'"""
PROFILES_EXAMPLES = """\
examples:
  arnorm profiles                               all of them
  arnorm profiles search.v1                     one in full, with its passes in order"""


def add(commands: Any) -> None:
    """Add both commands to the parser's *commands*."""
    passes = commands.add_parser(
        "passes", help="list the ready-made passes", epilog=PASSES_EXAMPLES,
        description="Lists the ready-made passes, or shows those named in full.",
    )  # fmt: skip
    runs(passes, ListingArguments, _passes)
    profiles = commands.add_parser(
        "profiles", help="list the profiles", epilog=PROFILES_EXAMPLES,
        description="Lists the profiles, or shows those named in full. A versioned profile never changes its output.",
    )  # fmt: skip
    runs(profiles, ListingArguments, _profiles)
    for parser in (passes, profiles):
        parser.add_argument("names", nargs="*", type=console.argument, metavar="NAME", help="show these in full")
        parser.add_argument("--json", action="store_true", help="as JSON")


@dataclass(frozen=True)
class ListingArguments:
    """What is asked of either command."""

    names: list[Any]  #: which are looked up
    json: bool = False


def _passes(args: ListingArguments) -> int:
    """Run ``arnorm passes``."""
    from arnorm.errors import UnknownNameError
    from arnorm.passes import catalogue
    from arnorm.passes._aliases import meant

    known = {entry.name: entry for entry in catalogue()}
    for name in args.names:
        if name not in known:
            raise UnknownNameError("pass", name, known, meant(name))
    entries = [known[name] for name in args.names] or list(known.values())
    if args.json:
        console.say(json.dumps([_entry_as_dict(entry) for entry in entries], ensure_ascii=False, indent=2))
    elif args.names:
        console.say("\n\n".join("\n".join(_in_full(entry)) for entry in entries))
    else:
        console.say("\n".join(_table(entries)))
    return 0


def _entry_as_dict(entry: Entry) -> dict[str, Any]:
    """What ``passes --json`` shows of a pass: part of the interface, as are its keys."""
    return {
        "name": entry.name,
        "topic": entry.topic,
        "kind": entry.kind,
        "lossy": entry.lossy,
        "summary": entry.summary,
        "leaves": entry.leaves,
        "factory": entry.factory,
        "table": dict(entry.table) if entry.table is not None else None,
        "examples": [list(pair) for pair in entry.examples],
    }


def _table(entries: list[Entry]) -> Iterator[str]:
    width = max((len(entry.name) for entry in entries), default=0)
    for topic, group in groupby(entries, key=lambda entry: entry.topic):
        yield f"{topic}:"
        for entry in group:
            yield f"  {'*' if entry.lossy else ' '} {entry.name:<{width}}  {entry.summary}".rstrip()
        yield ""
    yield "* lossy: merges or drops what a reader may want."


def _in_full(entry: Entry) -> Iterator[str]:
    """The lines that ``passes NAME`` shows of a pass: what it does, its examples and, of a table, every character."""
    yield f"{entry.factory or entry.name}: {entry.summary}"
    yield f"  {entry.topic}, {entry.kind}, {'lossy' if entry.lossy else 'not lossy'}"
    if entry.leaves:
        yield f"  Leaves alone: {entry.leaves}"
    for before, after in entry.examples:
        yield f"  {_shown(before)} → {_shown(after) or 'nothing'}"
    for key, value in (entry.table or {}).items():
        yield f"  {render.name_of(key)} ({_shown(key)}) → {_shown(value) or 'deleted'}"


def _shown(text: str) -> str:
    return render.drawn(text).replace("␣", " ") if text.strip(" ") else render.drawn(text)


def _profiles(args: ListingArguments) -> int:
    """Run ``arnorm profiles``."""
    from arnorm.profiles import all_profiles, profile

    chosen = [profile(name) for name in args.names] or list(all_profiles())
    if args.json:
        console.say(json.dumps([_profile_as_dict(value) for value in chosen], ensure_ascii=False, indent=2))
    else:
        shown = (_profile_lines(value, full=bool(args.names)) for value in chosen)
        console.say("\n\n".join("\n".join(lines) for lines in shown))
    return 0


def _profile_as_dict(value: Profile) -> dict[str, Any]:
    """What ``profiles --json`` shows of a profile."""
    return {
        "name": value.full_name,
        "lossy": value.lossy,
        "summary": value.summary,
        "destroys": value.destroys,
        "passes": list(value.names),
        "fingerprint": value.fingerprint,
    }


def _profile_lines(value: Profile, *, full: bool) -> Iterator[str]:
    yield f"{value.full_name}: {value.summary}"
    yield f"  Destroys: {value.destroys}"
    if full:
        yield f"  Fingerprint: {value.fingerprint}"
        yield "  Passes, in order:"
        for step in value.passes:
            yield f"  {'*' if step.lossy else ' '} {step.name}: {step.summary}"
