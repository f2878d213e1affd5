"""The reference of `arnorm.integrations`, from its sources alone: none of the packages has to be installed."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "arnorm" / "integrations"
#: What others of these are made of.
INNER = ("spark_blocks", "spark_broadcast", "spark_stream")
Function = ast.FunctionDef
Named = ast.FunctionDef | ast.ClassDef


def page() -> str:
    """The page, in Markdown."""
    lines = [
        "# The integrations",
        "",
        "What `arnorm.integrations` has for each package, read from its sources. How to use them:",
        "[data frames](../frames.md), [machine learning](../ml.md), [Spark](../spark.md). Each needs its package:",
        "`pip install 'arnorm[pandas]'`.",
        "",
    ]
    for path in sorted(FOLDER.glob("[a-z]*.py")):
        lines += [] if path.stem in INNER else _module(path)
    return "\n".join(lines).rstrip() + "\n"


def _module(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    name = f"arnorm.integrations.{path.stem}"
    public = [node for node in tree.body if isinstance(node, Named) and not node.name.startswith("_")]
    if not public or not ast.get_docstring(tree):
        return []
    out = [f"## {path.stem}", "", "```{eval-rst}", f".. py:module:: {name}", "   :no-index-entry:", ""]
    out += [*_without_examples(ast.get_docstring(tree) or ""), ""]
    for node in public:
        out += _class(node, name) if isinstance(node, ast.ClassDef) else _function(node, f"{name}.{node.name}")
    return [*out, "```", ""]


def _class(node: ast.ClassDef, module: str) -> list[str]:
    methods = [each for each in node.body if isinstance(each, Function)]
    made = next((each for each in methods if each.name == "__init__"), None)
    # What pandas and its like make is reached by an accessor, not by its name.
    given = "" if made is None or _is_accessor(node) else _arguments(made)
    out = [f".. py:class:: {module}.{node.name}{given}", "", *_indented(ast.get_docstring(node) or "")]
    for each in methods:
        if not each.name.startswith("_") and ast.get_docstring(each):
            out += [f"   {line}" if line else "" for line in _function(each, each.name, "method")]
    return out


def _is_accessor(node: ast.ClassDef) -> bool:
    return any("register" in ast.unparse(each) for each in node.decorator_list)


def _function(node: Function, name: str, kind: str = "function") -> list[str]:
    returned = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    kind = "property" if any(ast.unparse(each) == "property" for each in node.decorator_list) else kind
    given = "" if kind == "property" else _arguments(node) + returned
    return [f".. py:{kind}:: {name}{given}", "", *_indented(ast.get_docstring(node) or "")]


def _arguments(node: Function) -> str:
    """As they are called: without `self`."""
    args = node.args
    args.args = [each for each in args.args if each.arg not in ("self", "cls")]
    return f"({ast.unparse(args)})"


def _indented(doc: str) -> list[str]:
    return [f"   {line}" if line else "" for line in _without_examples(doc)] + [""]


def _without_examples(doc: str) -> Iterator[str]:
    """A docstring less its examples, which need the package; one that announces them with a colon ends in a stop."""
    paragraphs = [part for part in re.split(r"\n\s*\n", inspect.cleandoc(doc)) if not part.lstrip().startswith(">>>")]
    for number, part in enumerate(paragraphs):
        if number:
            yield ""
        yield from part.split("\n")


if __name__ == "__main__":
    print(page())
