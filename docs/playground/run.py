"""What the playground runs on a text: JSON in, JSON out. In the browser `worker.js` calls it.

A request holds ``text``, ``mode`` ("profile" or "passes"), ``profile``, ``passes`` (each ``{"name", "args"}``),
``policy`` ("off" or a repairer's) and ``undone``, the numbers of the edits to take back.
"""

from __future__ import annotations

import inspect
import json
from typing import Any

import arnorm
from arnorm import passes, render
from arnorm.trace import Change, Replacement, Trace, apply

#: So many changes are drawn, and edits listed; a page with more would only be slow. The result is always whole.
MOST_CHANGES = 1000
MOST_EDITS = 200


def run(request: str) -> str:
    """The answer to a *request*: the result, both texts cut at their changes, the edits, and the code."""
    wanted = json.loads(request)
    try:
        taken = steps(wanted)
        trace = arnorm.Pipeline([value for _, value in taken]).trace(wanted["text"])
    except (arnorm.ArnormError, ImportError, TypeError, ValueError) as error:
        return json.dumps({"error": str(error)})
    undone = {i for i in wanted.get("undone", ()) if 0 <= i < len(trace.edits)}
    return json.dumps(
        {
            "text": _result(trace, undone),
            "code": code(wanted["text"], [shown for shown, _ in taken], sorted(undone)),
            "count": len(trace.edits),
            "undone": sorted(undone),
            **_shown(trace, undone),
        }
    )


# --- The pipeline, and the code that makes it -----------------------------------------------------------------------

#: An expression, and what it is worth.
Step = tuple[str, arnorm.Composable]


def steps(wanted: dict[str, Any]) -> list[Step]:
    """The steps of the pipeline.

    Words are repaired before anything is folded, because a folded word is no longer one that the model knows; and
    after `clean`, because it knows words in one encoding.
    """
    repair = [] if wanted["policy"] == "off" else [_repair(wanted["policy"])]
    if wanted["mode"] == "passes":
        return repair + [_pass(each["name"], each.get("args", {})) for each in wanted["passes"]]
    chosen = _profile(wanted["profile"])
    clean = _profile("clean.v1")
    return [chosen, *repair] if chosen == clean or not repair else [clean, *repair, chosen]


def _profile(name: str) -> Step:
    made = arnorm.profile(name)
    return f'arnorm.profile("{made.full_name}")', made


def _repair(policy: str) -> Step:
    made = arnorm.Repairer(policy)
    return f'arnorm.Repairer("{made.policy.full_name}")', made


def _pass(name: str, args: dict[str, Any]) -> Step:
    made = passes.get(name, **args)  # raises, and says what is wrong, for another name or argument
    value = getattr(passes, name)
    if value is made:
        return f"passes.{name}", made
    usual = {key: parameter.default for key, parameter in inspect.signature(value).parameters.items()}
    given = ", ".join(f"{key}={value!r}" for key, value in args.items() if value != usual[key])
    return f"passes.{name}({given})", made


def code(text: str, parts: list[str], undone: list[int]) -> str:
    """A program that prints the result."""
    lines = [f"# arnorm {arnorm.__version__}", "import arnorm"]
    lines += ["from arnorm import passes"] if any(part.startswith("passes.") for part in parts) else []
    lines += ["", f"text = {text!r}"]
    if len(parts) < 2:
        lines.append(f"pipeline = {parts[0] if parts else 'arnorm.Pipeline()'}")
    else:
        lines += ["pipeline = (", *_joined(parts), ")"]
    if not undone:
        return "\n".join([*lines, "print(pipeline(text))", ""])
    if len(undone) <= 3:
        chosen = ", ".join(f"trace.edits[{i}]" for i in undone)
    else:
        chosen = f"*[trace.edits[i] for i in {undone}]"
    return "\n".join([*lines, "trace = pipeline.trace(text)", f"print(trace.undo({chosen}))", ""])


def _joined(parts: list[str]) -> list[str]:
    return ["    " + ("| " if number else "") + part for number, part in enumerate(parts)]


# --- What is shown --------------------------------------------------------------------------------------------------


def _result(trace: Trace, undone: set[int]) -> str:
    # Without an argument `undo` takes everything back.
    return trace.undo(*[trace.edits[i] for i in sorted(undone)]) if undone else trace.text


def _shown(trace: Trace, undone: set[int]) -> dict[str, Any]:
    """Both texts in pieces, a plain one a string, a changed one its number and drawing; and the edits."""
    number = {edit: i for i, edit in enumerate(trace.edits)}
    source: list[Any] = []
    output: list[Any] = []
    edits: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    last = 0
    found = render.changes(trace)
    for change in found[:MOST_CHANGES]:
        same = render.safe(trace.source[last : change.source[0]])
        last = change.source[1]
        before = render.drawn(trace.source[slice(*change.source)])
        after = render.drawn(_partly(trace, change, {edit for edit in change.edits if number[edit] in undone}))
        source += [same, {"change": len(changes), "text": before}]
        output += [same, {"change": len(changes), "text": after}]
        of_it = [number[edit] for edit in change.edits]
        changes.append({"edits": of_it, "before": before, "after": render.drawn(trace.text[slice(*change.output)])})
        edits += [_row(edit, number[edit], len(changes) - 1) for edit in change.edits if len(edits) < MOST_EDITS]
    source.append(render.safe(trace.source[last:]))
    output.append(render.safe(trace.text[len(trace.text) - _tail(trace, last) :]))
    drawn = len(changes) == len(found)
    return {"source": source, "output": output, "changes": changes, "edits": edits, "drawn": drawn}


def _tail(trace: Trace, last: int) -> int:
    """How long the output is behind place *last* of the source, which no edit spans."""
    grown = sum(len(edit.after) - len(edit.before) for edit in trace.edits if edit.start >= last)
    return len(trace.source) - last + grown


def _partly(trace: Trace, change: render.Group, without: set[Change]) -> str:
    """The output of a *change*, *without* some of its edits."""
    start, end = change.output
    back = [Replacement(e.output[0] - start, e.output[1] - start, e.before) for e in change.edits if e in without]
    return apply(trace.text[start:end], back)


def _row(edit: Change, number: int, change: int) -> dict[str, Any]:
    return {
        "number": number,
        "change": change,
        "passes": list(edit.passes),
        "before": render.drawn(edit.before),
        "after": render.drawn(edit.after),
        # Of a repaired word the letters say more.
        "codes": "" if edit.kind else f"{_codes(edit.before)} → {_codes(edit.after)}",
        "sure": edit.score if edit.kind else None,
    }


def _codes(text: str) -> str:
    """What is in *text*: of one or two characters the names, of more the numbers."""
    if not text:
        return "nothing"
    if len(text) <= 2:
        return " + ".join(map(render.name_of, text))
    return " ".join(f"U+{ord(character):04X}" for character in text[:6]) + (" …" if len(text) > 6 else "")
