"""Which words of a text are Arabic, and which another language in Arabic script.

Persian, Urdu, Kurdish, Pashto and twenty others share the script: «در اداره» is Persian, and no «إدارة» with its
hamza left off. What a word looks like speaks for one or the other: letters that Arabic lacks, groups of letters, the
little words that every sentence has. Added up over neighbours, with a price for each change of the language within a
sentence, that tells a run of Persian words from a Persian name between Arabic words.

The letters of the Persian keyboard («کبری» for «كبرى») say little: Arabic is typed on it too.

The weights of groups of letters are fitted (`arnorm/data/build_languages.py`); prices and bounds are chosen on the
lines that it leaves for measuring.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import groupby

from arnorm.errors import text_of
from arnorm.words import words

#: Letters that careless spelling and keyboards do not tell apart are read as one, for they tell no language.
_FOLD = str.maketrans("أإآٱىیکةہؤئ", "اااايیكههءء".replace("ی", "ي"))
#: Weights are stored in so many parts of a nat.
_UNIT = 1 / 20
#: Nats that a word counts at most, so that one strange name makes no sentence foreign.
_LOUDEST = 8.0
#: A letter by itself may be a piece of a word, «م ه م», or the name of a variable.
_LETTER = 0.5
#: What a sentence of another language costs beforehand, and each change within a sentence, in nats.
_PRIOR, _CHANGE = 1.0, 5.0
#: The same between two sentences.
_BORDER = 2.5
#: Nats that a word typed with letters of the Persian keyboard counts against Arabic.
_KEYBOARD = 1.0
_TYPED = re.compile("[یکہ]")
#: In a line of so few words letters of the Persian keyboard speak for Persian, unless the words are as Arabic as this.
_FEW, _SURELY_ARABIC = 3, -0.9
#: The same of a line of so many words.
_SHORT, _RATHER_ARABIC = 6, 0.0
#: Where one word in so many, or fewer, is not of another language, so many of them in a row are quoted in it; more of
#: them are a verse, or what else stands there in Arabic.
_QUOTING, _QUOTED = 3, 6
#: A word by itself is no word of another language unless it says so with so many nats: «مساءا» is misspelt Arabic.
_ALONE = 1.5
#: Where one of so many words is a single letter beside another, words are written letter by letter («م ر ح ب ا»): that
#: tells nothing. A letter between words is a word: Persian «و», Pashto «د».
_APART = 3
#: The longest word that has a weight as a whole.
_WHOLE = 6
#: Longer strings are no words; looking at their beginning keeps time linear.
_LONGEST = 40
#: So many words are remembered.
_MEMORY = 20_000

_weights: dict[str, int] = {}


def is_arabic(text: str) -> bool:
    """Say whether *text* is Arabic, rather than another language in Arabic script or in another script.

    It is where at least half of its words in Arabic script are; without any it is not. Dialects are Arabic, and so is
    Arabic typed on a Persian keyboard. A word or two that several languages share («صفحه», a Persian page or an Arabic
    one without its dots) count as Arabic, if they have no letters of that keyboard. Never raises; linear in the length
    of the text.

    >>> is_arabic("ذهب الى المدرسه"), is_arabic("کبری الشرکات"), is_arabic("جديد")
    (True, True, True)
    >>> is_arabic("او به مدرسه رفت و برگشت"), is_arabic("جدید"), is_arabic("Hello")
    (False, False, False)
    """
    verdicts = foreign([word.plain for word in words(text_of(text, "is_arabic"))])
    return 2 * sum(verdicts) <= len(verdicts) and bool(verdicts)


def foreign(sentence: Sequence[str], borders: Container[int] = ()) -> list[bool]:
    """Say of each word of a sentence whether it stands in a run of words of another language.

    Words are spelled without marks. The likeliest way through the sentence is taken, where each word is of one
    language or the other and each change has its price. Of a whole text, *borders* are the places of the words that
    begin a sentence.

    >>> sum(foreign("قال لها من تو را دوست دارم و این را همیشه می گفتم ثم خرج من البيت".split()))
    10
    """
    if _is_apart([*map(len, sentence)]):
        return [False] * len(sentence)
    said = [*map(evidence, sentence)]
    if len(said) <= _SHORT and _is_typed_elsewhere(sentence, said):
        return [True] * len(sentence)
    if len(said) == 1 and said[0] < _ALONE:
        return [False]
    if not _may_be_foreign(said):
        return [False] * len(sentence)
    arabic, other = 0.0, -_PRIOR
    ways: list[tuple[bool, bool]] = []
    for place, nats in enumerate(said):
        change = _BORDER if place in borders else _CHANGE
        ways.append((other - change > arabic, other >= arabic - change))
        arabic, other = max(arabic, other - change), max(other, arabic - change) + nats
    at, verdicts = other > arabic, []
    for from_arabic, from_other in reversed(ways):
        verdicts.append(at)
        at = from_other if at else from_arabic
    verdicts.reverse()
    if borders or 2 * sum(verdicts) <= len(verdicts):
        return verdicts
    runs = [(other, [*run]) for other, run in groupby(range(len(verdicts)), verdicts.__getitem__)]
    quoting = _QUOTING * verdicts.count(False) <= len(verdicts)
    return [other or _belongs(sentence[run[0] : run[-1] + 1], quoting=quoting) for other, run in runs for _ in run]


def _is_typed_elsewhere(sentence: Sequence[str], said: Sequence[float]) -> bool:
    """Say whether a short line with letters of the Persian keyboard is no Arabic, given what its words say."""
    least = _SURELY_ARABIC if len(said) <= _FEW else _RATHER_ARABIC
    return sum(said) > least and any(map(_TYPED.search, sentence))


def _belongs(run: Sequence[str], *, quoting: bool) -> bool:
    """Say whether words in a sentence of another language are a few that belong to it.

    They do if its «و» joins them, «سلمان و ابوذر در …», and where hardly anything but them looks like Arabic: who
    quotes a few words spells them as his language does.
    """
    return len(run) <= (_QUOTED if quoting else _FEW if "و" in run else 0)


def _is_apart(sizes: Sequence[int]) -> bool:
    """Say whether words are written letter by letter, given their sizes."""
    if _APART * sizes.count(1) < len(sizes) or len(sizes) < 2:
        return False
    around = zip((0, *sizes), sizes, (*sizes[1:], 0), strict=False)
    beside = sum(here == 1 and 1 in (before, after) for before, here, after in around)
    return _APART * beside >= len(sizes)


def _may_be_foreign(said: Sequence[float]) -> bool:
    """Say, quickly, whether the words may be likelier in another language at any place: of 20 sentences 19 are not.

    As long as they are not, the way through Arabic costs nothing, and it is enough to follow the other one.
    """
    ahead = -_PRIOR
    for nats in said:
        ahead = (ahead if ahead > -_BORDER else -_BORDER) + nats
        if ahead > 0:
            return True
    return False


@lru_cache(_MEMORY)
def evidence(word: str) -> float:
    """Return what *word* says for another language, in nats; below zero it speaks for Arabic."""
    limit = _LETTER if len(word) == 1 else _LOUDEST
    weights = _weights or _load()
    total = _UNIT * sum([weights[group] for group in groups(word) if group in weights])
    total += _KEYBOARD if _TYPED.search(word) else 0.0
    return max(-limit, min(limit, total))


def groups(word: str) -> set[str]:
    """Return the groups of letters that a word is weighed by.

    They are three in a row with the borders, the two at either end, letters that Arabic lacks, and a short word as a
    whole.

    >>> sorted(groups("پدر"))
    ['<پد', '<پدر', '<پدر>', 'در>', 'پ', 'پدر', 'پدر>']
    """
    word = word[:_LONGEST].translate(_FOLD)
    framed = f"<{word}>"
    found = {framed[i : i + 3] for i in range(len(framed) - 2)}
    found.update(c for c in word if not "ء" <= c <= "ي")
    if len(word) <= _WHOLE:
        found.add(framed)
    if len(word) >= 3:
        found.update((framed[:4], framed[-4:]))
    return found


def _load() -> dict[str, int]:
    """Read arnorm/data/languages.z: a group of letters and its weight on a line."""
    import zlib
    from importlib.resources import files

    text = zlib.decompress((files("arnorm") / "data" / "languages.z").read_bytes()).decode()
    _weights.update((group, int(weight)) for group, weight in (line.split(" ") for line in text.split("\n")))
    return _weights
