"""The layout of the package: imports go one way, starting is cheap, and every public name explains itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import arnorm
from arnorm import catalogue, passes
from arnorm.core import CharMap, Pass
from tests.entered import CALLS, entered

PACKAGE = Path(arnorm.__file__).parent
ROOT = Path(__file__).parents[1]
MODULES = sorted(m.name for m in pkgutil.walk_packages([str(PACKAGE)], "arnorm.") if m.name != "arnorm.__main__")
every_module = pytest.mark.parametrize("name", MODULES)
TOPICS = [name for name in MODULES if re.fullmatch(r"arnorm\.passes\.[a-z]\w*", name)]

# A module imports from layers before its own.
LAYERS = (
    {"errors", "chars", "literals", "lazy", "portable"},
    {"shapes"},
    {"trace", "engine", "extras"},
    {"align", "forms", "parallel", "render", "spans", "segments"},
    {"review"},
    {"numerals"},
    {"core"},
    {"words"},
    {"languages"},
    {"spelling"},
    {"repairer"},
    {"passes"},
    {"profiles"},
    {"recipes", "documents", "testing"},
    {"console"},
    {"formats"},
    {"export"},
    {"report"},
    {"files"},
    {"integrations"},
    {"cli"},
    {"__main__"},
)
LAYER_OF = {part: layer for layer, parts in enumerate(LAYERS) for part in parts}
# Packages that some function may import when it runs; nothing imports one at the top.
OPTIONAL = {
    "regex",
    "docx",
    "emoji",
    "numpy",
    "zstandard",
    "pyarrow",
    "tokenizers",
    "yaml",
    "charset_normalizer",
    "argcomplete",
}
# Standard modules that take long to import, and that `import arnorm` can do without.
HEAVY = {
    "asyncio",
    "concurrent",
    "email",
    "html",
    "multiprocessing",
    "socket",
    "tempfile",
    "tomllib",
    "unittest",
    "zlib",
}


def source_of(name: str) -> Path:
    path = PACKAGE.joinpath(*name.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imported(nodes: Iterator[ast.AST]) -> set[str]:
    """Full names of the modules that the import statements among *nodes* name."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the module in full"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = inside.intersection(MODULES)
            found |= modules if modules else {node.module or ""}
    return found


def imports_of(name: str) -> set[str]:
    return imported(ast.walk(ast.parse(source_of(name).read_text(encoding="utf-8"))))


def top_imports_of(name: str) -> set[str]:
    return imported(iter(ast.parse(source_of(name).read_text(encoding="utf-8")).body))


def part_of(name: str) -> str:
    return name.split(".")[1]


#: Methods that stand on every pass, or on every trace, and do the work of a layer above when they are called.
UPWARD = {
    ("arnorm.core", "arnorm.recipes"): "deconstruct",
    ("arnorm.trace", "arnorm.render"): "_repr_html_",
}


def test_every_way_up_is_one_that_is_gone() -> None:
    for (name, other), method in UPWARD.items():
        assert other in imports_of(name) - top_imports_of(name)
        assert f"def {method}(" in source_of(name).read_text(encoding="utf-8")


@every_module
def test_imports_go_one_way(name: str) -> None:
    part = part_of(name)
    for other in imports_of(name):
        if (name, other) in UPWARD:
            continue
        if other.startswith("arnorm."):
            assert part_of(other) == part or LAYER_OF[part_of(other)] < LAYER_OF[part], f"{name} imports {other}"
        elif other == "arnorm":
            assert part == "cli", f"{name} imports the package it is part of"


#: What each part of spelling may import of spelling; the path of a sentence is the rest, and imports no trainer.
ROOMS = {
    "arabic": ("arabic",),
    "model": ("arabic", "model", "kinds"),
    "training": ("",),
}


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("arnorm.spelling.")])
def test_the_rooms_of_spelling(name: str) -> None:
    room = name.split(".")[2]
    for other in imports_of(name):
        if other.startswith("arnorm.spelling."):
            wanted = other.split(".")[2]
            assert wanted in ROOMS[room] or "" in ROOMS[room] if room in ROOMS else wanted != "training", other


def test_every_module_has_a_layer() -> None:
    assert {part_of(name) for name in MODULES} <= set(LAYER_OF)


@pytest.mark.parametrize("name", TOPICS)
def test_passes_never_import_each_other(name: str) -> None:
    others = {other.split(".")[2] for other in imports_of(name) if other.startswith("arnorm.passes.")}
    assert all(other.startswith("_") for other in others)


@every_module
def test_only_the_standard_library_is_imported_at_the_top(name: str) -> None:
    foreign = {other.split(".")[0] for other in imports_of(name)} - {"arnorm"} - sys.stdlib_module_names
    at_the_top = {other.split(".")[0] for other in top_imports_of(name)}
    allowed = {"numpy"} if name.startswith("arnorm.spelling.training.") else set()  # which only who trains imports
    assert not (foreign - allowed) & at_the_top
    assert foreign <= OPTIONAL or part_of(name) == "integrations"


STARTING = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
before = set(sys.modules)
import arnorm
print(json.dumps([sorted(set(sys.modules) - before), opened]))
"""


def test_importing_the_package_loads_little() -> None:
    run = [sys.executable, "-c", STARTING]
    out = subprocess.run(run, cwd=PACKAGE.parent, capture_output=True, check=True, text=True).stdout
    modules, opened = json.loads(out)
    ours = {name for name in modules if name.startswith("arnorm.")}
    assert {part_of(name) for name in ours} <= {part for layer in LAYERS[:6] for part in layer} - {"parallel", "render"}
    others = {name.split(".")[0] for name in modules} - {"arnorm"}
    assert others <= sys.stdlib_module_names
    assert not others & HEAVY
    assert not [path for path in opened if Path(path).parent.name == "data"]


def test_every_public_name_is_there_and_explains_itself() -> None:
    assert list(arnorm.__all__) == sorted(arnorm.__all__) == dir(arnorm)
    for name in arnorm.__all__:
        assert getattr(arnorm, name).__doc__


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'normalise'"):
        arnorm.normalise  # type: ignore[attr-defined]  # noqa: B018


def public(module: Any) -> Iterator[tuple[str, Any]]:
    for name, value in vars(module).items():
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__:
            yield name, value


@every_module
def test_every_public_function_and_class_has_a_docstring(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except arnorm.MissingPackageError as missing:
        pytest.skip(str(missing))
    assert module.__doc__
    for public_name, value in public(module):
        if inspect.isfunction(value):
            assert value.__doc__, public_name
        if inspect.isclass(value):
            assert value.__doc__, public_name
            for method_name, method in vars(value).items() if part_of(name) != "cli" else ():
                if inspect.isfunction(method) and not method_name.startswith("_"):
                    assert inspect.getdoc(getattr(value, method_name)), f"{public_name}.{method_name}"


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_ready_made_passes_and_factories(entry: Any) -> None:
    value = getattr(passes, entry.name)
    if isinstance(value, Pass):
        assert value.name == entry.name
        assert value.args == ()
    else:
        assert ">>>" in value.__doc__
        defaults = {name: p.default for name, p in inspect.signature(value).parameters.items()}
        made = value()
        assert made.name == entry.name
        if entry.name == "repair_spelling":  # which says its policy with the version, and no words where there are none
            assert dict(made.args) == {"policy": "safe.v1"}
        else:
            assert dict(made.args) == defaults
        assert isinstance(made, Pass)


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_names_show_the_risk(entry: Any) -> None:
    verb = entry.name.partition("_")[0]
    if verb == "fold":
        assert entry.lossy
    if verb in ("unify", "order"):
        assert not entry.lossy
    if verb == "map" and entry.kind == CharMap.__name__.lower():
        assert all(len(value) == 1 for value in entry.table.values())


#: Names that several classes share, and why.
SHARED = {
    "Normalize": "of each bridge, what normalizes, after the way of the library: `arnorm.integrations.jiwer.Normalize`",
    "Language": "of pages; and the class of spaCy that is told to the type checker",
    "Plan": "what a pass would change, place by place; and the function of a text that says so",
    "Unit": "of offsets; and in vocalized text a letter with its marks",
}


def test_no_two_public_classes_have_one_name() -> None:
    """Nor types by another name. A class that is derived from the one of its name is the same thing, made otherwise."""
    homes: dict[str, list[str]] = {}
    for name in MODULES:
        for node in ast.parse(source_of(name).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                derived = any(isinstance(base, ast.Attribute) and base.attr == node.name for base in node.bases)
                homes.setdefault(node.name, []).extend([] if derived else [name])
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Name) and re.match("[A-Z]+[a-z]", target.id):
                        homes.setdefault(target.id, []).append(name)
    assert len(homes) > 100
    assert {name: found for name, found in homes.items() if len(found) > 1}.keys() == SHARED.keys()


#: Names that several files share, and why.
SHARED_FILES = {
    "__init__": "a package",
    "errors": "what may go wrong, one file a package",
    "company": "a part of the model, and what fits it; so are the next two",
    "context": "",
    "pairs": "",
    "documents": "a topic of passes has the name of its page in the catalogue",
    "duckdb": "a library, to which a bridge leads and for which pipelines are written; so is the next",
    "tokenizers": "",
}


def test_no_two_files_have_one_name_without_a_reason() -> None:
    counts = Counter(path.stem for path in PACKAGE.rglob("*.py") if path.parent.name != "data")
    assert {name for name, count in counts.items() if count > 1} <= SHARED_FILES.keys()


#: How many files each of the calls may go through, besides those of spelling.
ENTERED = {"normalize": 6, "repair": 7, "files": 34}


@pytest.mark.parametrize("call", ENTERED)
def test_who_follows_a_call_reads_few_files(call: str) -> None:
    files = [path for path in entered(call) if not path.startswith("spelling/")]
    assert ENTERED.keys() == CALLS.keys()
    assert 0 < len(files) <= ENTERED[call], files


def test_topics_list_each_pass_once() -> None:
    listed = [name for topic in TOPICS for name in importlib.import_module(topic).__all__]
    assert len(listed) == len(set(listed))
    assert {entry.name for entry in catalogue()} == set(listed)


def test_the_version_is_written_once() -> None:
    if not (ROOT / "pyproject.toml").exists():
        pytest.skip("not the source tree")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version", "readme"]
    path = ROOT / project["tool"]["hatch"]["version"]["path"]
    assert re.findall(r'^__version__ = "(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE) == [arnorm.__version__]


def test_no_source_file_holds_an_absolute_path() -> None:
    absolute = re.compile(r"(?<![\w.:/<-])/(?:home|work|root|usr|opt|Users|mnt)/|\b[A-Z]:\\\\")
    files = [path for top in ("arnorm", "tests", "benchmarks", "tools") for path in (ROOT / top).rglob("*.py")]
    assert len(files) > len(MODULES) or not (ROOT / "arnorm").exists()
    assert not [path.name for path in files if absolute.search(path.read_text(encoding="utf-8"))]
