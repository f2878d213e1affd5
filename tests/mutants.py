# ruff: noqa: E501  (one mutant a line)
"""Wrong versions of the engine, the algebra, the traces and of spelling, each of which the tests have to catch.

    python tests/mutants.py              every mutant; prints what survived
    python tests/mutants.py engine.py    those of one file

Not collected by pytest. A mutant is a line of code with one thing wrong: what it was, and what it is instead. When the
code changes so that the line is no longer there, the script says so.
"""

from __future__ import annotations

import importlib.machinery
import os
import resource
import signal
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis  # noqa: F401  (loaded once, for all forks)
import pytest

ROOT = Path(__file__).resolve().parents[1]
#: What is run on a mutant of the core and on one of spelling: the tests that were written for them, quick ones, and then
#: those that most of the others break too.
STAGES = (["test_mutant_catchers"], ["test_engine", "test_trace", "test_forms", "test_core", "test_laws"])
SPELLING_STAGES = (
    ["mutant_catchers", "surface"],
    ["small_models", "table", "candidates", "inflection", "objections", "golden", "laws"],
)
#: Asserts stay as they are: pytest reads the files that are named to it, to rewrite theirs, where no mutant is put.
OPTIONS = [
    "-x",
    "--assert=plain",
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-o",
    "timeout=0",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
]
#: How a process ends whose tests passed without the mutant.
NOT_LOADED = 3
#: Seconds of CPU after which a mutant counts as one that does not end.
PATIENCE = 120

MUTANTS: dict[str, list[tuple[str, str]]] = {
    "engine.py": [
        ("fused = {key: \"\".join([get(c, c) for c in value]) for key, value in fused.items()}", "pass"),
        ("fused.setdefault(key, value)", "fused[key] = value"),
        ("return {key: value for key, value in fused.items() if key != value}", "return fused"),
        ("if len(steps) == 1:", "if len(steps) <= 2 and steps:"),
        ("for step in steps:\n            text = step(text)", "for step in reversed(steps):\n            text = step(text)"),
        ("return step(text) if may(text) else text", "return step(text)"),
        ("elif left.get(step) is not text:", "else:"),
        ("if text is before:", "if True:"),
        ("signs |= needed", "signs = needed"),
        (" and len(\"\".join(needles)) == len(needles):", ":"),
        ("re.escape(''.join(c for c in characters if c <= chr(0xFFFF)))", "''.join(c for c in characters if c <= chr(0xFFFF))"),
        ("len(characters) > 255 or ", ""),
        (" or max(characters) >= _UNUSED:", ":"),
        ("return not any(c in table for value in table.values() for c in value)", "return True"),
        ("return not any(c in table for value in table.values() for c in value)", "return not any(value in table for value in table.values())"),
        ("out = text.translate(ordinals)\n        return text if out == text else out", "return text.translate(ordinals)"),
        ("if len(value) < 2 and key < \"\\uffff\" > value != _UNUSED}", "if len(value) < 3 and key < \"\\uffff\"}"),
        ("if len(value) < 2 and key < \"\\uffff\" > value != _UNUSED}", "if len(value) < 2}"),
        ("wanted.pop(key, None)", "pass"),
        ("letters = list(wanted)[:255]", "letters = list(wanted)[:256]"),
        (" or _BETWEEN in table:", ":"),
        ("if table.get(c) == \"\")", "if not table.get(c))"),
        ("decoding = \"\".join([c if c == _UNUSED else table.get(c) or c for c in alphabet])", "decoding = alphabet"),
        ("[c if c == _UNUSED else table.get(c) or c for c in alphabet]", "[table.get(c) or c for c in alphabet]"),
        ("> value != _UNUSED}", "> value}"),
        ("native = alphabet.replace(_UNUSED, \"\").replace(_BETWEEN, \"\")", "native = alphabet.replace(_UNUSED, \"\")"),
        ("native = alphabet.replace(_UNUSED, \"\").replace(_BETWEEN, \"\")", "native = alphabet.replace(_BETWEEN, \"\")"),
        ("[piece.translate(ordinals) for piece in pieces[1::2]]", "pieces[1::2]"),
        ("dense = replaces(table) if is_closed(table) and", "dense = replaces(table) if"),
        ("start : start + _PIECE]", "start : start + _PIECE - 1]"),
        ("out.append(dense(piece))\n                        break", "out.append(dense(piece))\n                        piece = piece[1:]"),
        ("piece[error.start : error.end].translate(ordinals))", "piece[error.start : error.end])"),
        ("piece = piece[error.end :]", "piece = piece[error.end + 1 :]"),
        ("out += (code(piece[: error.start]),", "out += (piece[: error.start],"),
        ("[run(text[i : i + most]) for i in range(0, len(text), most)]", "[run(text[i : i + most]) for i in range(0, len(text) - 1, most)]"),
        ("[run(text[i : i + most]) for i in range(0, len(text), most)]", "[run(text[i : i + most + 1]) for i in range(0, len(text), most)]"),
        ("return text if out == text else out\n\n    return run\n$", "return out\n\n    return run\n"),
        ("yield from out if len(out) == len(batch) else map(step, batch)", "yield from out"),
        ("batch = texts[start : start + count]", "batch = texts[start : start + count - 1] or texts[start : start + 1]"),
    ],
    "trace.py": [
        ("pieces += (text[last : replacement.start], replacement.text)", "pieces += (replacement.text, text[last : replacement.start])"),
        ("return \"\".join([*pieces, text[last:]]) if pieces else text", "return \"\".join(pieces) if pieces else text"),
        ("out_start = start + shift", "out_start = start"),
        ("shift += len(new) - (end - start)", "shift += len(new) - end + start + (new == \"\")"),
        ("if high <= low_2 and (low, high) <= (low_2, high_2):", "if high < low_2 and (low, high) <= (low_2, high_2):"),
        ("elif high_2 <= low:", "elif high_2 < low:"),
        ("to_source = end - high\n            i += 1", "i += 1"),
        ("to_output = out_end - high_2\n            j += 1", "j += 1"),
        ("low = high = min(first[i][2], second[j][0])", "low = high = first[i][2]"),
        ("(first[i][2] < high or not made)", "(first[i][2] <= high or not made)"),
        ("(second[j][0] < high or not remade)", "(second[j][0] <= high or not remade)"),
        ("high, to_source = max(high, first[i][3]), first[i][1] - first[i][3]", "high, to_source = first[i][3], first[i][1] - first[i][3]"),
        ("high, to_output = max(high, second[j][1]), second[j][3] - second[j][1]", "high, to_output = second[j][1], second[j][3] - second[j][1]"),
        ("i, grew = i + 1, True", "i, grew = i + 1, grew"),
        ("tuple(made | remade))\n    return link", "tuple(remade | made))\n    return link"),
        ("for start, end, low, high, made in first[i:]]", "for start, end, low, high, made in first[i + 1 :]]"),
        ("joined += [(low + to_source, high + to_source, start, end, made)", "joined += [(low, high, start, end, made)"),
        ("steps = paired + [steps[-1]] * (len(steps) % 2)", "steps = paired"),
        ("if before != after:\n            passes", "if True:\n            passes"),
        ("if offset >= high:", "if offset > high:"),
        ("exact = other_high + offset - high", "exact = other_low + offset - low"),
        ("index = bisect_right(starts, offset) - 1", "index = bisect_right(starts, offset - 1) - 1"),
        ("return (other_low, other_low) if offset == low else (other_low, other_high)", "return other_low, other_high"),
        ("return _boundary(start, pairs, starts)[0] if start", "return _boundary(start, pairs, starts)[1] if start"),
        ("[0] if start else 0, _boundary(end, pairs, starts)[1]", "[0] if start else 0, _boundary(end, pairs, starts)[0]"),
        ("[0] if start else 0, _boundary", "[0], _boundary"),
        ("if not 0 <= start <= end <= size:", "if not 0 <= start <= end:"),
        ("(edit for edit in self.edits if edit in unwanted)", "(edit for edit in self.edits)"),
        ("return _carried(span, self._to_output, self._source_starts, ", "return _carried(span, self._to_output, self._output_starts, "),
        ("return [(edit.output, edit.span) for edit in self.edits]", "return [(edit.span, edit.output) for edit in self.edits]"),
        ("at = offset\n", "pass\n"),
        ("_offsets(text, (c.output for c in changes), unit)", "_offsets(source, (c.output for c in changes), unit)"),
    ],
    "core.py": [
        ("if text.__class__ is str or isinstance(text, str):", "if True:"),
        ("return Pipeline((Protected(inner, what),)) if what else inner", "return Pipeline((Protected(inner, what),))"),
        ("return (self.name, self.lossy, self.args, self._key) == (other.name, other.lossy, other.args, other._key)", "return (self.name, self.lossy, self.args) == (other.name, other.lossy, other.args)"),
        ("return (self.name, self.lossy, self.args, self._key) == (other.name, other.lossy, other.args, other._key)", "return self._key == other._key"),
        ("for k, v in pairs if k != v)))", "for k, v in pairs)))"),
        ("if after != match[0]:", "if True:"),
        ("if new != text[start:end]:", "if True:"),
        ("return self._between(text, found)[0] if back is None else apply(out, back)", "return out if back is None else apply(out, back)"),
        ("engine.fuse(value.table for value in values)", "engine.fuse(value.table for value in [*values][:1])"),
        ("frozenset(table)))", "frozenset([*table][:1])))"),
        ("for start, end in [*found, (len(text), len(text))]:", "for start, end in found:"),
        ("there = at + shift", "there = at"),
        ("shift += len(out) - (start - at)", "shift += len(out) - start"),
        ("return self._each(name, ())", "return self._swapped(name, ())"),
        ("return any(value.lossy for value in self.passes)", "return all(value.lossy for value in self.passes)"),
        ("sort_keys=True)\n        return hashlib", "sort_keys=True)[:40]\n        return hashlib"),
        ("def __hash__(self) -> int:\n        return hash((self.name, self._key))", "def __hash__(self) -> int:\n        return id(self)"),
    ],
    "forms.py": [
        ("return text if unicodedata.is_normalized(form, text) else _normalize(form, text)", "return unicodedata.normalize(form, text)"),
        ("sorted(marks, key=unicodedata.combining)", "sorted(marks)"),
        ("_letters(form.replace(\"C\", \"D\"))", "_letters(\"NFD\")"),
        ("joining = seconds | set(_marks())", "joining = set(_marks())"),
        ("set(map(chr, [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]))", "set()"),
        ("set(map(chr, [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]))", "set(map(chr, [*range(0x1161, 0x1175), *range(0x11A8, 0x11C3)]))"),
        ("joining |= {c for c in map(chr, _RANGE) if", "joining |= {c for c in () if"),
        ("]?[{inside}]*\", re.DOTALL)", "][{inside}]*\", re.DOTALL)"),
        ("after[head : len(after) - tail]", "after[head:]"),
        ("found.append(Replacement(match.start() + head,", "found.append(Replacement(match.start(),"),
        ("form == \"NFC\" else run", "form != \"NFD\" else run"),
        ("vowel + \"\\N{ARABIC SHADDA}\") for", "vowel) for"),
    ],
    "spans.py": [
        ("if m.end() > m.start())", "if True)"),
        ("start <= joined[-1][1]:", "start < joined[-1][1]:"),
        ("max(end, joined[-1][1])", "end"),
        ("for c in map(chr, chain(*_PRIVATE)) if c not in taken)", "for c in map(chr, chain(*_PRIVATE)))"),
        ("repeat(\"\"))", "())"),
        ("if m[0] in original]", "]"),
        ("len(back) == len(mask) == len({out[r.start] for r in back})", "len(back) == len(mask)"),
        ("len(back) == len(mask) == len({out[r.start] for r in back})", "bool(back)"),
        ("spans = sorted(m.span()", "spans = list(m.span()"),
    ],
    "align.py": [
        ("found.append(Replacement(i, next_i, after[j:next_j]))", "found.append(Replacement(i, next_i, after[j : next_j + 1]))"),
        ("while i and j and before[i - 1] == after[j - 1]:", "while i > 1 and j > 1 and before[i - 1] == after[j - 1]:"),
        ("for reach in range(1, _WINDOW):", "for reach in range(2, _WINDOW):"),
        ("for skip in range(reach + 1):", "for skip in range(reach):"),
        ("i + skip, j + reach - skip", "i + reach - skip, j + skip"),
        ("return stop_i, stop_j", "return stop_i, j"),
        ("_WINDOW = 48", "_WINDOW = 2"),
        ("_AGREE = 3", "_AGREE = 0"),
    ],
    "spelling/reading.py": [
        ("BEAM = 4", "BEAM = 1"),
        ("best -= PRICE * candidate.cost", "best -= candidate.cost"),
        ("if old is None or best > old[0]:", "if old is None:"),
        ("states.sort(key=lambda item: -item[1][0])", "states.sort(key=lambda item: item[1][0])"),
        ("item[1][0] + score(item[0], right, log))[", "item[1][0])["),
        ("best += score(ids[k - 1], ids[k], logs[k])", "best += logs[k]"),
    ],
    "spelling/kinds.py": [
        ("Kind(\"merge\", \"a space within a word\", \"الم درسة\", \"المدرسة\"),\n    Kind(\"lone waw\", \"«و» apart from its word\", \"و محمد\", \"ومحمد\", SURE),", "Kind(\"lone waw\", \"«و» apart from its word\", \"و محمد\", \"ومحمد\", SURE),\n    Kind(\"merge\", \"a space within a word\", \"الم درسة\", \"المدرسة\"),"),
    ],
    "spelling/sentence.py": [("len(words) > 2 * len(", "len(words) > 0 * len("), ("if gap == \" \":", "if gap:")],
    "spelling/proposals.py": [
        ("instead_of, start - low, *map(id, old), *window)", "instead_of, *map(id, old))"),
        ("else found._replace(start=start, end=end)", "else found"),
    ],
    "spelling/arabic/rules.py": [("TANWEEN = 2.0", "TANWEEN = 3.5")],
    "spelling/realword.py": [
        ("old in _VOWELS and letter in _VOWELS and word[-1] in \"نهكات\")", "old in _VOWELS and word[-1] in \"نهكات\")"),
        ("old in _VOWELS and letter in _VOWELS and word[-1] in \"نهكات\")", "old in _VOWELS and letter in _VOWELS)"),
        ("(i == last - 1 and old in _VOWELS", "(False and old in _VOWELS"),
        ("(i == last and old in _ENDS and letter in _ENDS)", "(i == last and old in _ENDS)"),
        ("(i == 0 and old in _CLITICS and letter in _CLITICS)", "False"),
        ("and other < end and", "and other <= end and"),
    ],
    "spelling/surface.py": [
        ("if before != after and", "if (before or after) and"),
        ("STRETCHED = 0.85", "STRETCHED = 0.99"),
        ("kept = article.end() if article else 0", "kept = 0"),
        ("(lexicon.score(plain) or _FREQUENT - 1) > _FREQUENT", "True"),
    ],
    "spelling/policy.py": [
        ("if probability >= least and", "if probability > least and"),
        ("least = max(least, EVEN)", "pass"),
        ("(self.variants or kind != \"variant\")", "True"),
        (" and kind not in _NEITHER", ""),
        ("least = max(least, self.endings)", "pass"),
    ],
    "spelling/model/__init__.py": [("if len(plain) > most:", "if False:"), ("if not unpacker.eof:", "if False:")],
    "spelling/model/forest.py": [(" and abs(base) + far < _FARTHEST", ""), ("all(map(math.isfinite, (*cuts, *leaves)))", "True")],
    "spelling/model/shelves.py": [
        ("bits[number >> shift + 3] |= 1 <<", "bits[number >> shift + 3] = 1 <<"),
        ("if not bits or len(bits) !=", "if not bits or False and len(bits) !="),
        ("return bool(self._bits[number >> 3] >> (number & 7) & 1)", "return bool(self._bits[number >> 3])"),
        ("number = bisect_right(self._firsts, skeleton) - 1", "number = bisect_right(self._firsts, skeleton)"),
        ("rows = [sorted(row) for row in rows]", "pass"),
        ("for row in rows for a, b in zip([-len(RESERVED), *row]", "for row in rows for a, b in zip([0, *row]"),
        ("self._on_unread(skeleton_of(word)):", "self._on_unread(word):"),
        ("return (skeleton,) if skeleton in self.ids else ()", "return ()"),
        ("return skeleton in self.ids or skeleton in self._groups", "return skeleton in self._groups"),
        ("for text in texts:", "for text in texts[:1]:"),
        ("(self.ids.keys() & texts) | ", ""),
        ("bits[number >> byte] >> (number >> bit & 7) & 1]", "bits[number >> byte] >> (number & 7) & 1]"),
        ("[bisect_right(self._starts, place) - 1]", "[bisect_right(self._starts, place - 1) - 1]"),
        ("if max(ids) < self.count + len(RESERVED):", "if True:"),
        ("left[first : first + _AT_ONCE]", "left[first : first + _AT_ONCE - 1]"),
        ("at += end - start", "at += end"),
        ("*compress(of, map(is_not, map(found.__getitem__, of), others)), ", ""),
        (", *filter(known.__contains__, of)}", "}"),
        ("((skeleton,) if skeleton in known else ())), word)", "()), word)"),
        ("return self._ids.get(word) if found is None else found", "return self._ids.get(word, found)"),
        ("return (skeleton, *(word for word in both if word != skeleton)) if skeleton in both else both", "return both"),
        ("return skeleton in self._groups or self._known.has(skeleton)", "return self._known.has(skeleton)"),
        ("return self._known.among(texts) | (self._groups.keys() & texts)", "return self._known.among(texts)"),
        (" or _has_gaps(block):", ":"),
        (" or len(self._steps) != self.count:", ":"),
        ("if self.count >= MOST_IDS - len(RESERVED):", "if False:"),
    ],
    "spelling/model/pairs.py": [
        ("if total > best:", "if total < best:"),
        ("return found if found <= 0 else unigram - _PRICES[backoff[first]]", "return found if found <= 0 else unigram"),
        ("return found if found <= 0 else unigram - _PRICES[backoff[first]]", "return unigram - _PRICES[backoff[first]]"),
        ("total += score(last, ids[k], logs[k])", "total += score(ids[0], ids[k], logs[k])"),
        ("right_log - _PRICES[backoff[last]])", "right_log - _PRICES[backoff[left]])"),
        ("while rows[last] == rows[first]:\n            last += 1", "pass"),
        ("low, high = self.rows[first] - base,", "low, high = self.rows[first],"),
        ("if at < high and ids[at] == second", "if at < len(ids) and ids[at] == second"),
        ("number = bisect_right(self.firsts, first) - 1", "number = bisect_right(self.firsts, first - 1) - 1"),
        ("if not 0 <= low < high <= len(ids):", "if False:"),
        ("if second == UNKNOWN or not self.firsts:", "if not self.firsts:"),
        ("if len(data) != size * (ID_BYTES + 1):", "if False:"),
        (" or starts[-1] > _MOST_PAIRS:", ":"),
        ("or min(self._sizes, default=0) < 0 ", ""),
        (" or any(first >= len(self._backoff) for first in self.firsts):", ":"),
    ],
    "spelling/model/near.py": [
        ("behind[(codes[i - 2] * _BASE + codes[i - 1]) * _BASE + codes[i + 1]] |= bit", "behind[(codes[i - 2] * _BASE + codes[i - 1]) * _BASE + codes[i + 1]] = bit"),
        ("if codes[i] == _STRANGE:\n                    continue", "pass"),
        ("if several and i:", "if several and i > 1:"),
        ("add(left + right[0] + rest[0] + right[1:])", "pass"),
        ("bits = behind[(first * _BASE + second) * _BASE] & ahead[second * _BASE * _BASE]", "bits = 0"),
        ("found.discard(skeleton)", "pass"),
        ("first, second = second, code", "first, second = first, code"),
    ],
    "spelling/model/context.py": [
        ("(total - _BIAS * len(features)) * UNIT", "total * UNIT"),
        ("return odds if form.full else -odds", "return odds"),
        ("(t * _A + 9) & mask, (s * _A", "(s * _A + 9) & mask, (s * _A"),
        ("stem * _A + a1 * _B + 18,", "stem * _A + b1 * _B + 18,"),
    ],
    "spelling/evidence.py": [
        ("float(min(old_ids) > 2),", "float(min(old_ids) > 3),"),
        ("others.get(new.kind, 0) / (count + 3), float(count),", "others.get(new.kind, 0) / (count + 3), 0.0,"),
        ("elif length == step.end - step.start and rival is not step.candidate:", "elif rival is not step.candidate:"),
        ("if paid > best:", "if paid < best:"),
        ("gap = paid - rivals.paid if rivals.number else _NO_RIVAL", "gap = _NO_RIVAL"),
        ("if \" \" in new:", "if False:"),
        ("added += a == \"ا\" and b in \"أإآ\"", "added += a == \"ا\""),
        ("float((ends == \"هة\") - (ends == \"ةه\"))", "float((ends == \"هة\") + (ends == \"ةه\"))"),
        ("rivals.paid if", "rivals.margin if"),
    ],
    "spelling/terms.py": [("if theirs[\"kinds\"] != ours[\"kinds\"]:", "if False:")],
}  # fmt: skip


def tests_of(name: str) -> tuple[list[str], ...]:
    """The files of tests for mutants of a file of arnorm, in the order in which they are run."""
    first, then = SPELLING_STAGES
    if name.startswith("spelling/model/"):
        first = ["shelves", "candidates", *first]
    stages = [[f"spelling/test_{test}" for test in stage] for stage in (first, then)]
    found = stages if name.startswith("spelling/") else STAGES
    first, then = ([f"tests/{test}.py" for test in stage] for stage in found)
    return first, [f"arnorm/{name}"], then


def mutated(path: Path, old: str, new: str) -> str | None:
    """The source of a file with the mutant in it, if it has the line."""
    source = path.read_text(encoding="utf-8")
    old = old.removesuffix("$") if source.endswith(old.removesuffix("$")) else old
    head, found, tail = source.rpartition(old)
    return head + new + tail if found else None


def load_instead(path: Path, source: str) -> list[str]:
    """From now on this process imports *source* where it would import the file. Returns what it has imported so."""
    loader = importlib.machinery.SourceFileLoader
    read, stats = loader.get_data, loader.path_stats
    loaded: list[str] = []

    def get_data(self: importlib.machinery.SourceFileLoader, wanted: str) -> bytes:
        if wanted != str(path):
            return read(self, wanted)
        loaded.append(wanted)
        return source.encode()

    def path_stats(self: importlib.machinery.SourceFileLoader, wanted: str) -> Any:
        if wanted == str(path):
            raise OSError  # so that nothing compiled is taken or kept
        return stats(self, wanted)

    loader.get_data, loader.path_stats = get_data, path_stats  # type: ignore[method-assign, assignment]
    return loaded


def fails(path: Path, source: str | None, tests: list[str]) -> bool | None:
    """Whether a test fails with *source* for the file; None where it does not end. A fork has pytest loaded already."""
    child = os.fork()
    if not child:
        with open(os.devnull, "w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        loaded = [""] if source is None else load_instead(path, source)
        code = pytest.main([*OPTIONS, *tests])
        passed = code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        os._exit(0 if passed and loaded else NOT_LOADED if passed else 1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == NOT_LOADED:
        sys.exit(f"{' '.join(tests)} never imported {path}")
    return None if code in (-signal.SIGXCPU, -signal.SIGKILL) else code != 0


@cache
def pass_without(tests: tuple[str, ...]) -> None:
    """Ends the run where tests fail without any mutant: every one would count as caught."""
    if fails(ROOT, None, [*tests]):
        sys.exit(f"without any mutant there are tests that fail: {' '.join(tests)}")


def fate(name: str, old: str, new: str) -> str:
    """What becomes of one mutant: "caught", "SURVIVED", or that the code no longer has the line."""
    path = ROOT / "arnorm" / name
    source = mutated(path, old, new)
    if source is None:
        return "NOT THERE"
    for tests in tests_of(name):
        pass_without(tuple(tests))
        failed = fails(path, source, tests)
        if failed is None:
            return "caught (does not end)"
        if failed:
            return "caught"
    return "SURVIVED"


def work(name: str, began: float) -> int:
    """Prints what became of the mutants of a file, and returns how many were not caught."""
    survivors = 0
    for old, new in MUTANTS[name]:
        result = fate(name, old, new)
        survivors += result in ("SURVIVED", "NOT THERE")
        shown = f"{old.splitlines()[0]}  ->  {(new.splitlines() or [''])[0]}"
        print(f"{result:12s} {time.monotonic() - began:5.0f} s  {name}: {shown}", flush=True)
    return survivors


def main(names: list[str]) -> int:
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder
        survivors = sum(work(name, began) for name in names or MUTANTS)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    count = sum(len(MUTANTS[name]) for name in names or MUTANTS)
    print(f"{survivors} of {count} survived; {(used.ru_utime + used.ru_stime) / 60:.0f} minutes of CPU")
    return min(survivors, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
