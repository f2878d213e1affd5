"""The script has one module: no letter class, set of marks or list of clitics stands in two places."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import arnorm
from arnorm import chars
from arnorm.shapes import LIGATURES, SHAPED_LETTER

PACKAGE = Path(arnorm.__file__).parent
#: Everything that runs; the scripts that build the data are for those who have the texts.
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "data" not in path.parts)

# A range inside a character class that begins and ends at a letter, a mark or a digit of the script, or at a joiner.
_OURS = f"{chars.LETTER}{chars.MARK}{chars.TATWEEL}{chars.EASTERN_DIGIT}{chars.UNSEEN}"
_RANGE = re.compile(f"[{_OURS}]-[{_OURS}]")
#: Ranges that are no class of the script, and what they are.
ELSEWHERE = {
    "chars.py": "where they belong",
    "numerals/in_words.py": "the digits that a month or a year can begin with",
    "passes/_bidi.py": "the digits that the bidirectional algorithm calls European numbers",
    "passes/_mojibake.py": "what the bytes of UTF-8 are in other encodings",
    "render.py": "what a terminal shows nothing for, in every script",
    "report/decide.py": "what acts on a reader of the source of a page, in every script",
}


def strings(path: Path) -> Iterator[str]:
    """The strings of a module that are no documentation, f-strings piece by piece."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    keywords = {id(word.value) for word in ast.walk(tree) if isinstance(word, ast.keyword)}
    texts = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in keywords | texts:
            yield node.value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_class_of_the_script_is_written_a_second_time(path: Path) -> None:
    found = [text for text in strings(path) if " " not in text and _RANGE.search(text)]
    assert not found or str(path.relative_to(PACKAGE)) in ELSEWHERE, found


def test_the_exceptions_are_needed() -> None:
    for name in ELSEWHERE:
        assert any(_RANGE.search(text) for text in strings(PACKAGE / name)), name


_WORD = re.compile(f"[{chars.LETTER}{chars.MARK}{chars.TATWEEL}]+")


def lists(path: Path) -> Iterator[frozenset[str]]:
    """What tuples, sets, lists and split strings of Arabic words and letters a module writes out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        values: list[str] = []
        if isinstance(node, ast.Tuple | ast.Set | ast.List):
            values = [one.value for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if len(values) < len(node.elts):
                continue
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            what = node.func.value
            if node.func.attr == "split" and isinstance(what, ast.Constant) and isinstance(what.value, str):
                values = what.value.split()
            elif node.func.attr == "maketrans" and len(node.args) == 2:
                values = [one.value for one in node.args if isinstance(one, ast.Constant)]
        if (
            values
            and not any(" " in value for value in values)
            and all(re.search(f"[{chars.LETTER}]", value) for value in values)
        ):
            yield frozenset(values)


def test_no_list_stands_in_two_modules() -> None:
    """Of three words or more, and tables; a list within another is another list."""
    places: dict[frozenset[str], set[str]] = defaultdict(set)
    for path in SOURCES:
        for one in lists(path):
            if len(one) > 2 or (len(one) == 2 and all(len(text) > 3 for text in one)):
                places[one].add(str(path.relative_to(PACKAGE)))
    assert not {one: found for one, found in places.items() if len(found) > 1}


CLITIC = re.compile("[وفبلكسأ]{1,2}|[وفبك]{0,2}ال|[وف]?لل")


def test_lists_of_clitics_stand_with_the_script() -> None:
    """Whoever takes something off a word takes the list from there, and adds what is its own."""
    for path in SOURCES:
        for one in lists(path):
            clitics = {word for word in one if CLITIC.fullmatch(word)}
            assert len(clitics) < 6 or path.name in {"chars.py", "company.py"}, (path, one)


def every(inside: str) -> set[str]:
    return set(re.findall(f"[{inside}]", "".join(map(chr, range(0x10000)))))


def test_the_classes_fit_together() -> None:
    assert every(chars.ARABIC_LETTER) < every(chars.ARABIC) < every(chars.LETTER)
    assert every(chars.BLOCK_LETTER) < every(chars.LETTER)
    assert every(chars.OTHERS_LETTER) < every(chars.LETTER) - every(chars.ARABIC)
    assert every(chars.HARAKA) == set(chars.HARAKAT)
    assert every(chars.INNER_HARAKA) == set(chars.HARAKAT) - set(chars.TANWEEN)
    assert every(chars.COMPOSING_MARK) < set(chars.LETTER_PARTS)
    assert every(chars.MARK) - every(chars.NONSPACING_MARK) == {"\u06e5", "\u06e6"}
    assert every(chars.HAMZA_MARK) | every(chars.MARK_BUT_HAMZA) == every(chars.MARK)
    assert every(chars.TYPED_MARK) | every(chars.VOWEL) < every(chars.MARK)
    assert every(chars.MARK) < {*chars.ALL_MARKS, *chars.LETTER_PARTS}
    assert every(chars.ARABIC_DIGIT) < every(chars.EASTERN_DIGIT) < every(chars.DIGIT)
    assert every(chars.BIDI_CONTROL) < every(chars.UNSEEN)
    assert not every(chars.LETTER) & (every(chars.MARK) | every(chars.DIGIT) | every(chars.UNSEEN))
    assert every(chars.LETTER) < every(SHAPED_LETTER)
    assert not every(SHAPED_LETTER) & every(LIGATURES)


def test_every_name_of_the_script_is_used_and_says_what_it_is() -> None:
    source = (PACKAGE / "chars.py").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Z][A-Z_]+)(?:, [A-Z_]+)* = ", source, re.MULTILINE)
    assert len(names) > 40
    others = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "chars.py")
    inside = {name: len(re.findall(rf"\b{name}\b", source)) for name in names}
    assert not [name for name in names if not re.search(rf"\b{name}\b", others) and inside[name] < 2]
