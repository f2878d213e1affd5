"""What every pass and profile makes of a fixed corpus, as digests: behaviour that does not change in silence.

    python -m tests.freeze               freeze what is new, and passes whose fingerprint says that they changed
    python -m tests.freeze --coverage    which branches of the passes the corpus does not reach
    python -m tests.freeze --unreleased  before the first release: everything anew, the corpus and profiles too

A pass that gives something else has to say so: by its table, pattern or arguments, or by a raised `revision`. A profile
that gives something else is a new version. `test_frozen.py` holds both to it and names who does not.

Passes that weigh words by the spelling model, and the profiles `ocr` and `pdf` with them, give something else under
another model: with the model that was frozen they are held to the same, and another model is a reason to write them
anew. Two passes are not frozen: `name_emoji`, whose names are those of the package `emoji`, whichever version there
is; and `repair_spelling`, which promises to get better (docs/stability.md) and has tests of its own.

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
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from arnorm import Composable, Pipeline, all_profiles, catalogue, passes
from arnorm.chars import ALL_MARKS
from tests import strategies
from tests.test_fuzz import EVERY, VARIANTS, WORDS
from tests.test_golden import FILES

GOLDEN = Path(__file__).parent / "golden"
CORPUS, BEHAVIOUR, PROFILES = (
    GOLDEN / name for name in ("frozen_corpus.json", "frozen_behaviour.txt", "profiles_frozen.toml")
)
#: What is not frozen, as said above.
NOT_FROZEN = ("name_emoji", "repair_spelling")
#: What weighs words by the model.
WEIGHED = (
    *("repair_extracted_text", "repair_ocr_confusions", "repair_ocr_letters", "join_wrapped_lines", "pdf.v", "ocr.v"),
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
    found = [*_golden(), *_examples(), *_by_character(), *_runs(), *_damaged(), *_branches(), *_random_texts()]
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


#: What no other part of the corpus has: numbers of all kinds as digits and as words, and rare turns of other passes.
_BRANCHES = (
    "الساعة ثلاثة عشر وعشرين دقيقة", "الساعة خمسة وأربعين قبل الظهر", "الساعة أربعة وعشرة بعد العصر", "الساعة مئة",
    "الساعة ستة إلا دقيقتين", "الساعة ستة ودقيقة", "الساعة سبعة وتسعة وستين", "الساعة ثمانية وثلاثة",
    "الساعة ثلاثة وصل", "الساعة واحدة وسبع دقائق قبل المغرب", "الساعة حداشر ونص إلا خمسة", "الساعة الثانية عشرة",
    "الساعة خمسين ألف", "3 سيارات و103 معلمات و11 مهندسات و3 قرارات و3 سباحات",
    "101 SAR ثم 102 SAR و$1 و$2 و€202 و1 km و2 km و-1 km و-101 km",
    "عشرة عشرة مئة مئة، ثلاث مئة عشرة، عشرين مئة، ألف ألف مليون مليون، مئة وعشرين مئة", "مليون وألفين مليون ألفين",
    "ثلث المليون ونصف المليون ثم مليون ونصف المليون", "مليونين وربع مليون", "نصف", "و نصف، كتاب", "خمسة ونصف الرغيف",
    "خمسة فاصلة صفر", "ثلاثة فاصلة صفر صفر خمسة", "سبعة فاصلة", "سبعة فاصلة كتاب", "تسعة فاصلة صفر كتاب",
    "2 كتابان و2 مهندسين و2 كتاب و1 كتاب و2 قلم", "12345678901234567 km", "12345678901234567%", "$12345678901234567",
    "بسعر $ 5 مليون و$5.5 مليار و$1.2345 و0.5 $", "2024-13-45 و45-13-2024 و31-12-2024 و15/7/1443 هـ",
    "00-2024 و05/2024", "45 يناير و5 يناير و5 يناير 2020 م", "25:70 و24:00 و12:30:15",
    "في ½ الطريق ومع ⅔ المبلغ و3 ¾", "3.00000 و5.123456 و2.05 و0.5",
    "القرن الـ21 والذكرى الـ100 والمليون الـ1000 والمادة الـ150",
    "بالقرن 21 وكالقرن 20 وفي المادة 105 والصفحة 100 والصفحة 1000", "3.50 و2.5 و7.25 km و1/2 كيلو و3/4 المساحة",
    "عام 2001م وسنة 1445هـ", "-5 درجات و-5% و-5 km", "50-60 و60-50 من 5-7 سنوات",
    "المج-\nموعة كبيرة وهي تشمل كل ما في الكتاب القديم\nnetwork-\nworking وغير ذلك",
    "ب" * 70 + " ال" + "\u064e" * 70 + "م", "\u0301" * 70 + "\u064e" * 70, "ا" + "\u064e\u0654" * 40,
    "ألف ألف " * 3 + "خمسة آلاف " * 40, "رقمه القومي 29902300112345 و29902200112345", "٠٥ ١٢٣٤ تاحفص ددع ٠٠١",
)  # fmt: skip


def _branches() -> Iterator[str]:
    yield from _BRANCHES
    yield "\n".join(_BRANCHES[:12])
    long = "في البيت " * 12
    yield f"ثلاثة كتب {long}ثم خمسة وعشرون قلما {long}وسبعة دفاتر\nوألف كتاب"


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


#: Further settings of passes with several, each setting another than in the catalogue.
_VARIANTS: list[tuple[str, dict[str, Any]]] = [
    ("map_numbers_to_words", {"gender": "feminine", "case": "oblique", "hundred": "مئة", "months": "levant"}),
    ("map_numbers_to_words", {"decimals": "parts", "unsure": "read", "point": "و"}),
    ("map_words_to_numbers", {"digits": "persian", "least": 5}),
    ("unify_quotes", {"brackets": True}),
]


# --- what is made of it -----------------------------------------------------------------------------------------------


def subjects() -> dict[str, Composable]:
    """Every pass, variant of a factory, kind of protected span, and profile, by name."""
    variants = {f"{name}{args}": passes.get(name, **args) for name, args in [*VARIANTS, *_VARIANTS]}
    found = {name: p for name, p in {**EVERY, **variants}.items() if not name.startswith(NOT_FROZEN)}
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
    """What was frozen, by name; under "model" the digest of the spelling model."""
    lines = BEHAVIOUR.read_text(encoding="utf-8").splitlines() if BEHAVIOUR.exists() else []
    rows = (line.rsplit(" ", 2) for line in lines if not line.startswith("#"))
    return {name: Frozen(fingerprint, outputs) for name, fingerprint, outputs in rows}


@cache
def model() -> Frozen:
    """The spelling model that words are weighed by."""
    data = (files("arnorm") / "data" / "spelling.model").read_bytes()
    return Frozen("-", hashlib.sha256(data).hexdigest()[:16])


def complaint(name: str, old: Frozen | None, new: Frozen, *, another_model: bool = False) -> str:
    """What is wrong with a change, or nothing where it is declared as it should be.

    >>> complaint("pass p", Frozen("1", "a"), Frozen("1", "b")).partition(":")[0]
    'pass p gives something else than when it was frozen'
    >>> complaint("pass p", Frozen("1", "a"), Frozen("2", "b"))
    ''
    """
    weighed = name.partition(" ")[2].startswith(WEIGHED)
    if old is None or old == new or (weighed and another_model):
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
    another = old.get("model") != model()
    wrong = [complaint(name, old.get(name), new, another_model=another) for name, new in now.items()]
    wrong += [f"{name} is gone, and a version never goes" for name in old if name not in now and "profile" in name]
    wrong = [*filter(None, wrong)]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    _write(now)
    print(f"{len(now)} passes and profiles, {len(texts)} texts")
    return 0


def _write(now: Mapping[str, Frozen]) -> None:
    head = "# Written by `python -m tests.freeze`: name, fingerprint, digest of the outputs.\n"
    rows = "".join(
        f"{name} {new.fingerprint} {new.outputs}\n" for name, new in sorted({**now, "model": model()}.items())
    )
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


#: What is not reached: errors of arguments, names of emoji, and what is for a list of passes rather than for a text.
_SETTINGS = """\
[run]
branch = true
source =
    arnorm.passes
    arnorm.numerals
omit =
    */passes/__init__.py
    */passes/_aliases.py
[report]
exclude_also =
    raise
    def _nam
    def reads_whole
    def leaves_visual_lines
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
