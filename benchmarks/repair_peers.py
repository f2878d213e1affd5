"""Other correctors, those that are installed, each in its fairest use: its best candidate for the words it rejects."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from arnorm.words import words

Correct = Callable[[str], str]


def peers() -> dict[str, Correct]:
    """Return the correctors that are installed, with their versions in their names."""
    found: dict[str, Correct] = {}
    for make in (_symspell, _pyspell, _ghalatawi, _hunspell):
        try:
            name, correct = make()
        except (ImportError, OSError) as error:
            print(f"{make.__name__[1:]}: not run ({error})", file=sys.stderr)
        else:
            found[name] = correct
    return found


def by_word(correct: Correct) -> Correct:
    """Return a corrector of lines from one of words."""
    memo: dict[str, str] = {}

    def line(text: str) -> str:
        def parts() -> Iterator[str]:
            at = 0
            for word in words(text):
                yield text[at : word.start]
                if word.plain not in memo:
                    memo[word.plain] = correct(word.plain)
                yield memo[word.plain]
                at = word.end
            yield text[at:]

        return "".join(parts())

    return line


def _version(package: str) -> str:
    return importlib.metadata.version(package)


def _hunspell() -> tuple[str, Correct]:
    """hunspell with Ayaspell's dictionary: the first suggestion for a word it rejects."""
    from hunspell import Hunspell

    folder = Path(os.environ.get("DICPATH", ""))
    if not (folder / "ar.dic").is_file():
        raise FileNotFoundError("no ar.dic; let DICPATH name the folder of hunspell-ar's dictionaries")
    speller = Hunspell("ar", hunspell_data_dir=str(folder))

    def correct(word: str) -> str:
        if speller.spell(word):
            return word
        suggestions = speller.suggest(word)
        return str(suggestions[0]) if suggestions else word

    return f"hunspell-ar {_debian('hunspell-ar')}", by_word(correct)


def _debian(package: str) -> str:
    query = ["dpkg-query", "-W", "-f", "${Version}", package]
    try:
        return subprocess.run(query, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return "(version unknown)"


def _symspell() -> tuple[str, Correct]:
    """symspellpy with the 50,000 most frequent words of wordfreq: the longer lists hold the misspellings too."""
    from symspellpy import SymSpell, Verbosity
    from wordfreq import top_n_list, word_frequency

    speller = SymSpell(max_dictionary_edit_distance=1)
    for word in top_n_list("ar", 50_000):
        speller.create_dictionary_entry(word, round(1e9 * word_frequency(word, "ar")))

    def correct(word: str) -> str:
        found = speller.lookup(word, Verbosity.TOP, max_edit_distance=1)
        return str(found[0].term) if found else word

    return f"symspellpy {_version('symspellpy')}, wordfreq {_version('wordfreq')}", by_word(correct)


def _pyspell() -> tuple[str, Correct]:
    """pyspellchecker with its Arabic word list, one letter away: two do no better and take a hundred times as long."""
    from spellchecker import SpellChecker

    speller = SpellChecker(language="ar", distance=1)
    return f"pyspellchecker {_version('pyspellchecker')}", by_word(lambda word: speller.correction(word) or word)


def _ghalatawi() -> tuple[str, Correct]:
    """The autocorrection of ghalatawi: a word list and patterns, for whole lines."""
    from ghalatawi.autocorrector import AutoCorrector

    corrector = AutoCorrector()
    return f"ghalatawi {_version('ghalatawi')}", lambda line: str(corrector.spell(line))
