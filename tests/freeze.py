"""What every pass and profile makes of a fixed corpus, as digests: behaviour that does not change in silence.

    python -m tests.freeze               freeze what is new, and passes whose fingerprint says that they changed
    python -m tests.freeze --coverage    which branches of the passes the corpus does not reach
    python -m tests.freeze --unreleased  before the first release: everything anew, the corpus and profiles too

A pass that gives something else has to say so: by its table, pattern or arguments, or by a raised `revision`. A profile
that gives something else is a new version. `test_frozen.py` holds both to it and names who does not.

The corpus is made of golden cases, the examples of the catalogue, every character that a table speaks of, all marks by
code point, what the fuzz tests repeat, and random text; then it is data (tests/golden/frozen_corpus.json), and stays.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from arnorm import Composable, Pipeline, all_profiles, catalogue, passes
from arnorm.chars import ALL_MARKS
from tests import strategies
from tests.test_fuzz import EVERY, VARIANTS, WORDS
from tests.test_golden import FILES

GOLDEN = Path(__file__).parent / "golden"
CORPUS, BEHAVIOUR, PROFILES = (
    GOLDEN / name for name in ("frozen_corpus.json", "frozen_behaviour.txt", "profiles_frozen.toml")
)
#: Names of emoji are those of the package `emoji`, whichever version there is; repairs are those of the model, which
#: is part of their fingerprint, or weighs the words that they judge by.
NOT_OURS = (
    "name_emoji",
    "repair_spelling",
    "repair_extracted_text",
    "repair_ocr_confusions",
    "repair_ocr_letters",
    "join_wrapped_lines",
    "pdf.v",
    "ocr.v",
)


class Frozen(NamedTuple):
    """What is said of a pass or profile: who it says it is, and what it makes of the corpus."""

    fingerprint: str
    outputs: str


# --- the corpus -------------------------------------------------------------------------------------------------------

_SEED, _RANDOM = 1, 600
#: Marks and signs of the Qur'an and of other languages, whether a pass speaks of them or not.
_MARKS = sorted({*ALL_MARKS, *map(chr, [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6EE)])})
_SNIPPETS = [unit for start, unit in WORDS if not start] + [
    *"الله إلى المدرسة أحمد شيئا كتب هههههه ١٢٫٥ 12.5 1,234 COVID19 ١٤٤٣هـ الـBBC 10:30 don't lvpfh المجالت".split(),
    *"https://example.com/أ?b=1 a@example.com @sara #كرة_القدم `x=أ` &amp; <b> </p> «نص» \"نص\" Ù…Ø±Ø\xadØ¨Ø§".split(),
]  # fmt: skip


def new_corpus() -> list[str]:
    """The texts that are frozen: as many as reach every branch, in a fixed order."""
    found = [*_golden(), *_examples(), *_by_character(), *_runs(), *_damaged(), *_random_texts()]
    return sorted(dict.fromkeys(text for text in found if text))


def _golden() -> Iterator[str]:
    for path in FILES:
        yield from (case["input"] for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"])
    yield from tomllib.loads(PROFILES.read_text(encoding="utf-8"))["inputs"]


def _examples() -> Iterator[str]:
    for entry in catalogue():
        for before, after in entry.examples:
            yield from (before, after, f"قال {before} ثم {before}")


def _by_character() -> Iterator[str]:
    """Each between letters, behind a tatweel, at both ends and by itself."""
    tables = {c for entry in catalogue() for c in (entry.table or ())}
    for c in sorted({*tables, *_MARKS, *strategies.PUNCTUATION, *strategies.INVISIBLE, *strategies.OTHERS}):
        yield f"{c}ب{c}ا {c} ـ{c}ل{c}"


def _runs() -> Iterator[str]:
    for start, unit in WORDS:
        yield from (start + unit * 3, f"ب {start + unit * 2}ب")


_SENTENCES = (
    "ذهب الطالب إلى المدرسة، ثم عاد.", "لا بد من الإصلاح في كل الأحوال", "كانت «المجلة» الأولى سنة ١٩٦٠ (في بيروت)",
    "كِتابٌ جَميلٌ عَلَى الرَّفِّ", "الآن 12.5% من الأطفال؟", "السطر الأول\nوالسطر الثاني\n\nوالثالث 345",
    "رقم ٠٥٣٢ ورقم ٤٥٠١ معا", "قال: هل قرأت «الأيام» (الجزء ١)؟",
)  # fmt: skip
_CODECS = ("utf-8", "cp1256", "cp1252", "latin-1", "iso8859-6", "mac-roman", "mac-arabic", "cp720", "cp864", "cp437")
_EMBEDDINGS = ("\u202b{}\u202c", "\u202a{}\u202c", "\u2067{}\u2069", "\u202d{}\u202c", "\u202e{}", "{}\u2069")


def _damaged() -> Iterator[str]:
    """Sentences read in a wrong encoding or direction, once or several times, as judged passes look for."""
    for sentence in _SENTENCES:
        yield sentence
        for written in _CODECS:
            for seen in _CODECS:
                wrong = sentence
                for _ in range(2 if {written, seen} <= {"utf-8", "cp1252", "latin-1"} else 1):
                    wrong = wrong.encode(written, "ignore").decode(seen, "replace")
                    yield wrong
        turned = "\n".join(line[::-1] for line in sentence.split("\n"))
        shaped = unicodedata.normalize("NFKD", sentence)
        for text in (turned, shaped, sentence.replace(" ", ""), " ".join(sentence), f"{turned}\n{sentence}"):
            yield text
            yield text.replace("\u064e", " \u064e").replace("لا", "ال")
        for outer in _EMBEDDINGS:
            yield outer.format(sentence)
            for inner in _EMBEDDINGS:
                first, _, rest = sentence.partition(" ")
                yield outer.format(f"{first} {inner.format(rest)} abc {inner.format(first)}")
            first, _, rest = sentence.partition(" ")
            yield f"{outer.format(first)} {outer.format(rest)}"
    document = "\n".join(_SENTENCES)
    yield from (document, "\n".join(line[::-1] for line in document.split("\n")), document[::-1])
    yield "\n".join(f"\u202b{line[::-1]}\u202c \u202b{line}\u202c" for line in _SENTENCES)
    # digits that an extraction left as they were among letters that it turned
    yield "\n".join(re.sub("[٠-٩]+", lambda m: m[0][::-1], line[::-1]) for line in document.split("\n"))
    yield from ("https://a.b/50%من ب", "https://a.b/(ب)ج د", "1 << 2 >> 3", "5<<3", f'ب{strategies.HARAKAT * 2}"ت"')
    yield "المجالت واالعالم واألخبار واإلسالم في االقتصاد والمقاالت واألول"
    often = _SENTENCES[1]
    for _ in range(14):
        often = often.encode("utf-8").decode("latin-1")
        yield often[:2000]


def _random_texts() -> Iterator[str]:
    rng = random.Random(_SEED)
    letters, marks = strategies.LETTERS, strategies.HARAKAT
    single = strategies.LETTERS + strategies.DIGITS + strategies.PUNCTUATION + strategies.INVISIBLE + strategies.SPACES

    def piece() -> str:
        kind = rng.randrange(6)
        if kind == 0:
            return "".join(rng.choices(letters, k=rng.randint(1, 7)))
        if kind == 1:
            return "".join(c + "".join(rng.choices(marks, k=rng.randint(0, 2))) for c in rng.choices(letters, k=4))
        if kind == 2:
            return rng.choice(_SNIPPETS)
        if kind == 3:
            return rng.choice(single + strategies.OTHERS)
        return " " if kind == 4 else rng.choice(letters) * rng.randint(2, 4)

    for _ in range(_RANDOM):
        yield "".join(piece() for _ in range(rng.randint(2, 14)))


def corpus() -> list[str]:
    """The corpus as it was frozen."""
    return json.loads(CORPUS.read_text(encoding="ascii"))  # type: ignore[no-any-return]


# --- what is made of it -----------------------------------------------------------------------------------------------


def subjects() -> dict[str, Composable]:
    """Every pass, variant of a factory, kind of protected span, and profile, by name."""
    variants = {f"{name}{args}": passes.get(name, **args) for name, args in VARIANTS}
    found = {name: p for name, p in {**EVERY, **variants}.items() if not name.startswith(NOT_OURS)}
    return {("profile " if name in _profiles() else "pass ") + name: p for name, p in found.items()}


def _profiles() -> set[str]:
    return {p.full_name for p in all_profiles()}


def frozen(subject: Composable, texts: Iterable[str]) -> Frozen:
    """What *subject* is and does now."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(subject(text).encode("utf-8", "surrogatepass") + b"\0\xff")
    return Frozen(Pipeline((subject,)).fingerprint, digest.hexdigest()[:16])


def read() -> dict[str, Frozen]:
    """What was frozen, by name."""
    lines = BEHAVIOUR.read_text(encoding="utf-8").splitlines() if BEHAVIOUR.exists() else []
    rows = (line.rsplit(" ", 2) for line in lines if not line.startswith("#"))
    return {name: Frozen(fingerprint, outputs) for name, fingerprint, outputs in rows}


def complaint(name: str, old: Frozen | None, new: Frozen) -> str:
    """What is wrong with a change, or nothing where it is declared as it should be.

    >>> complaint("pass p", Frozen("1", "a"), Frozen("1", "b")).partition(":")[0]
    'pass p gives something else than when it was frozen'
    >>> complaint("pass p", Frozen("1", "a"), Frozen("2", "b"))
    ''
    """
    if old is None or old == new:
        return ""
    if name.startswith("profile "):
        return f"{name} has changed, and a version never does: make the next version beside it"
    if old.fingerprint == new.fingerprint:
        return f"{name} gives something else than when it was frozen: raise its revision, or put it right"
    return ""


# --- writing ----------------------------------------------------------------------------------------------------------


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--unreleased", action="store_true", help="everything anew")
    parser.add_argument("--coverage", action="store_true", help="print the branches that the corpus does not reach")
    options = parser.parse_args(words)
    if options.coverage:
        return cover()
    if options.unreleased:
        CORPUS.write_text(json.dumps(new_corpus(), indent=0) + "\n", encoding="ascii")
    texts, old = corpus(), {} if options.unreleased else read()
    now = {name: frozen(subject, texts) for name, subject in subjects().items()}
    wrong = list(filter(None, (complaint(name, old.get(name), new) for name, new in now.items())))
    wrong += [f"{name} is gone, and a version never goes" for name in old if name not in now and "profile" in name]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    _write(now)
    print(f"{len(now)} passes and profiles, {len(texts)} texts")
    return 0


def _write(now: Mapping[str, Frozen]) -> None:
    head = "# Written by `python -m tests.freeze`: name, fingerprint, digest of the outputs.\n"
    rows = "".join(f"{name} {new.fingerprint} {new.outputs}\n" for name, new in sorted(now.items()))
    BEHAVIOUR.write_text(head + rows, encoding="utf-8")
    text = PROFILES.read_text(encoding="utf-8")
    inputs = tomllib.loads(text)["inputs"]
    parts = [text[: text.index("\n[")]]
    for p in all_profiles():
        outputs = "".join(f"    {_quoted(p(given))},\n" for given in inputs)
        parts.append(f'["{p.full_name}"]\nfingerprint = "{p.fingerprint}"\noutputs = [\n{outputs}]\n')
    PROFILES.write_text("\n".join(parts), encoding="utf-8")


def _quoted(text: str) -> str:
    """A string of TOML in which everything can be seen."""
    seen = "".join(
        c if c.isprintable() and c not in ALL_MARKS else f"\\u{ord(c):04x}" for c in text.replace("\\", "\\\\")
    )
    return '"' + seen.replace('"', '\\"') + '"'


def _touch() -> int:
    """Run the corpus through every pass, both ways."""
    texts = corpus()
    for subject in subjects().values():
        for text in texts:
            subject(text)
            subject.links(text)
    return 0


#: The files of passes that are not frozen (see `NOT_OURS`), and of what only they run.
_NOT_FROZEN = ("_aliases", "_bidi", "_extracted", "_glyphs", "_lines", "_mending", "_ocr", "_order", "documents")
#: What is not reached: errors of arguments, and names of emoji.
_SETTINGS = f"""\
[run]
branch = true
source = arnorm.passes
omit =
    */passes/__init__.py
    {" ".join(f"*/passes/{name}.py" for name in _NOT_FROZEN).replace(" ", chr(10) + "    ")}
[report]
exclude_also =
    raise
    def _nam
show_missing = true
skip_covered = true
fail_under = 99
"""


def cover() -> int:
    """Print what of the passes' source `_touch` does not reach; 0 if that is next to nothing."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "settings").write_text(_SETTINGS, encoding="utf-8")
        Path(folder, "touch.py").write_text("from tests import freeze\nfreeze._touch()\n", encoding="utf-8")
        options = [f"--rcfile={folder}/settings", f"--data-file={folder}/data"]
        run = [sys.executable, "-m", "coverage"]
        environment = {**os.environ, "PYTHONPATH": str(GOLDEN.parents[1])}
        subprocess.run([*run, "run", *options, f"{folder}/touch.py"], env=environment, check=True)
        return subprocess.run([*run, "report", *options]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
