"""One convention for docstrings, through the whole package; CONTRIBUTING says it in five lines."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import arnorm
from arnorm.errors import MissingPackageError
from tests.test_layout import MODULES, source_of

#: What users call. Of these everything public says what it does by an example that runs.
PUBLIC = ["arnorm.files", "arnorm.export", "arnorm.testing", "arnorm.documents", "arnorm.integrations"] + [
    name for name in MODULES if name.startswith("arnorm.integrations.") and "._" not in name
]
#: No example runs in a docstring, and why.
ELSEWHERE = {
    "__version__": "a string",
    "export": "`arnorm.export`, a module",
    "files": "`arnorm.files`, a module",
    "passes": "`arnorm.passes`, a module",
    "read_pdf": "it needs a file of PDF, which tests/test_documents.py makes",
    "pages_of": "the same",
    "UnreadablePdfError": "the same",
    "ArabicPdfLoader": "the same; tests/integrations has its own",
    "ArabicPdfReader": "the same; tests/integrations has its own",
    "arnorm.integrations.spark": "it needs Java; the examples of docs/spark.md run in tests/integrations/test_spark.py",
    "arnorm.integrations.spark_training": "the same",
}
#: Verbs of functions that act, as they would stand in the third person.
THIRD_PERSON = frozenset(
    "Adds Applies Builds Calls Checks Chooses Closes Computes Converts Counts Creates Cuts Decodes Does Draws Encodes "
    "Ends Fills Finds Fits Flushes Generates Gets Gives Grows Has Holds Joins Keeps Learns Leaves Lets Loads Looks "
    "Makes Marks Moves Normalizes Notes Opens Packs Pickles Plans Prints Proposes Puts Raises Reads Refuses Removes "
    "Repairs Replaces Reports Returns Runs Says Sends Sets Shows Sorts Starts Stops Takes Tells Tests Turns Unpacks "
    "Walks Writes Yields".split()
)


def documented(name: str) -> Iterator[tuple[str, ast.AST, str]]:
    """Everything in the module *name* that has a docstring: a name for it, its node, and the docstring."""
    tree = ast.parse(source_of(name).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (said := ast.get_docstring(node)):
            yield f"{name}:{getattr(node, 'name', '')}", node, said


@pytest.mark.parametrize("name", MODULES)
def test_parameters_stand_in_stars(name: str) -> None:
    for where, node, said in documented(name):
        if isinstance(node, ast.FunctionDef):
            given = {argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
            marked = re.findall(r"`+(\w+)`+", re.sub(r">>>.*", "", said))
            assert not given.intersection(marked), f"{where}: a parameter stands in *stars*"


@pytest.mark.parametrize("name", MODULES)
def test_the_first_line_is_a_sentence(name: str) -> None:
    for where, node, said in documented(name):
        first, *rest = said.split("\n")
        assert first.endswith((".", "?", "!")), f"{where}: the first line ends with a full stop, not {first[-20:]!r}"
        assert not rest or not rest[0].strip(), f"{where}: an empty line follows the first"
        verb, *more = first.split()
        if isinstance(node, ast.FunctionDef) and verb in THIRD_PERSON:
            assert more[:1] == ["of"], f"{where}: a function that acts says so in the imperative"


def objects(name: str) -> Iterator[tuple[str, Any]]:
    """The public functions and classes of the module *name*, and the public methods that a class has of its own."""
    module = importlib.import_module(name)
    for public in getattr(module, "__all__", None) or [p for p in vars(module) if not p.startswith("_")]:
        value = getattr(module, public)
        if not (inspect.isfunction(value) or inspect.isclass(value)):
            continue
        if name != "arnorm" and value.__module__ != name:
            continue
        yield public, value
        for method, function in vars(value).items() if inspect.isclass(value) else ():
            if not method.startswith("_") and inspect.isfunction(getattr(value, method)):
                yield f"{public}.{method}", getattr(value, method)
            assert method.startswith("_") or inspect.getdoc(function) or not callable(function), method


@pytest.mark.parametrize("name", ["arnorm", *PUBLIC])
def test_what_is_public_is_shown_by_an_example(name: str) -> None:
    if name in ELSEWHERE:
        assert (Path(__file__).parent / "integrations" / "test_spark.py").exists()
        return
    try:
        found = dict(objects(name))
        if not found:  # pytest left half of it when it looked for examples and a package was missing
            del sys.modules[name]
            found = dict(objects(name))
    except MissingPackageError as missing:
        pytest.skip(str(missing))
    assert found
    for public, value in found.items():
        if public.partition(".")[0] not in ELSEWHERE:
            assert ">>>" in (inspect.getdoc(value) or ""), f"{name}.{public} shows no example"


def test_a_method_that_overrides_says_only_what_is_new() -> None:
    """What is said of the same method above is not said again."""
    for value in (arnorm.CharMap, arnorm.Rewrite, arnorm.Form, arnorm.Judge, arnorm.Custom, arnorm.Repairer):
        for method in ("replacements", "recipe"):
            assert inspect.getdoc(getattr(value, method)) == inspect.getdoc(getattr(arnorm.core.Pass, method))


def is_number(value: ast.expr) -> bool:
    """Whether *value* is a number as written, or several."""
    if isinstance(value, ast.UnaryOp):
        return is_number(value.operand)
    if isinstance(value, ast.BinOp):
        return is_number(value.left) and is_number(value.right)
    if isinstance(value, ast.Tuple):
        return bool(value.elts) and all(map(is_number, value.elts))
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("arnorm.data")])
def test_a_number_says_what_it_is_of(name: str) -> None:
    """A comment on the line, or above the constant or the group of constants that it stands in."""
    source = source_of(name).read_text(encoding="utf-8")
    lines = ["", *source.split("\n")]
    for node in ast.parse(source).body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if value is None or not is_number(value):
            continue
        above = node.lineno - 1
        while re.match(r"\w+(, \w+)*(: \w+)? = ", lines[above]):
            above -= 1
        told = "#" in lines[node.end_lineno or 0] or lines[above].startswith("#")
        assert told, f"{name}:{node.lineno}: {lines[node.lineno]}: its unit, and where it comes from"
