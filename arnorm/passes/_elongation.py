"""Which of the letters that stand three times in a row or more are emphasis, and how many of them are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from arnorm.chars import ENCLITICS, GLUED_PARTICLES, LETTER, MARK, TATWEEL
from arnorm.lazy import lazy_pattern
from arnorm.passes._words import fold, is_word, words

RUN = rf"([{LETTER}])\1{{2,}}"
_run = lazy_pattern(RUN)
_word = lazy_pattern(f"[{LETTER}{MARK}{TATWEEL}]*+")
_marks = lazy_pattern(f"[{MARK}{TATWEEL}]+")
# A prefix before a verb of the form «تتابع», and a doubled root before the ت of «she»: «تتتابع», «بتتت».
_prefixed = lazy_pattern("[وفأ]?[سل]?ت{3}[^ت]{2,}")
_suffixed = lazy_pattern(f"[وف]?ت?[بفش]ت{{3}}(?:{'|'.join(ENCLITICS)})?")
_MOST_RUNS = 3  # more runs in one word, and nobody knows what it was
_LONGEST = 60  # letters of a word that is looked up


def elongations(text: str) -> Iterator[tuple[int, int, str]]:
    """The runs to shorten, each with what is meant."""
    done = 0
    for match in _run.finditer(text):
        if match.start() < done:
            continue
        start = match.start()
        while start > done and _word.fullmatch(text[start - 1]):
            start -= 1
        done = _word.match(text, start).end()  # type: ignore[union-attr]
        yield from _shortened(text[start:done], start)


def _shortened(word: str, at: int) -> Iterator[tuple[int, int, str]]:
    runs = list(_run.finditer(word))
    bare = _marks.sub("", word)
    if _is_sound(bare):
        return
    for run, letters in zip(runs, _meant(word, runs), strict=True):
        yield at + run.start(), at + run.end(), letters


def _is_sound(word: str) -> bool:
    """Whether all of *word* may be meant."""
    if len(word) > _LONGEST or re.search(r"(.)\1{3}", word):
        return False
    known = words().folded
    prefixed = word[:1] in "وفبكل" and word[:1] == word[1:2] and len(word) > 4 and word[1:] in known
    return word in known or prefixed or bool(_prefixed.fullmatch(word) or _suffixed.fullmatch(word))


def _meant(word: str, runs: list[re.Match[str]]) -> list[str]:
    """For each of *runs* the letter once or twice: as it makes a word, and else as is likelier."""
    usual = [_usual(word, run) for run in runs]
    alone = len(runs[0][0]) == len(word)  # laughter, «هههه»
    if alone or len(word) > _LONGEST + sum(len(run[0]) for run in runs) or len(runs) > _MOST_RUNS:
        return usual
    once_first = [run[1] in _LONG or run.end() == len(word) for run in runs]
    choices = [
        (run[1], run[1] * 2) if once else (run[1] * 2, run[1]) for run, once in zip(runs, once_first, strict=True)
    ]
    ways = {_marks.sub("", _put(word, runs, chosen)): [*chosen] for chosen in product(*choices)}
    common = (way for way in ways if fold(way) in words().folded)
    found = next(common, None) or next(filter(is_word, ways), None) or next(filter(_is_glued, ways), None)
    return ways[found] if found else usual


def _is_glued(word: str) -> bool:
    """Whether a particle is written onto a word: «يارب»."""
    particles = (particle for particle in GLUED_PARTICLES if word.startswith(particle))
    return any(fold(word.removeprefix(particle)) in words().folded for particle in particles)


_LONG = "اويى"


def _usual(word: str, run: re.Match[str]) -> str:
    """A long vowel once, and the last letter of a word; another twice, since two may be meant. Laughter twice."""
    alone = run.end() - run.start() == len(word)
    return run[1] if not alone and (run[1] in _LONG or run.end() == len(word)) else run[1] * 2


def _put(word: str, runs: list[re.Match[str]], chosen: tuple[str, ...]) -> str:
    out: list[str] = []
    at = 0
    for run, letters in zip(runs, chosen, strict=True):
        out += (word[at : run.start()], letters)
        at = run.end()
    return "".join((*out, word[at:]))
