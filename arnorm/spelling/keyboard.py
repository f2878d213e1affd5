"""Arabic typed on a keyboard of another language: «المرة الأولی» for «المرة الأولى».

Persian and Urdu have a kaf, a yeh and a heh of their own, that look as the Arabic ones do. They are read as those
where the sentence is surely Arabic. A yeh at the end stands for «ي» and «ى» alike: the commoner of both words is taken,
and the sentence may say otherwise, as it does for every «ي» that should be a «ى».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arnorm import languages
from arnorm.chars import ARABIC, MARK, TATWEEL
from arnorm.spelling.model.lexicon import UNHEARD, Lexicon
from arnorm.spelling.sentence import Sentence, sentences
from arnorm.words import plain

KIND = "keyboard"
#: How sure a word is that exists with the letters of Arabic, that exists with «ي» and with «ى», and that nobody knows.
CERTAIN, EITHER, STRANGE = 0.98, 0.9, 0.5
#: A sentence has to be Arabic by so many nats.
_ARABIC = -4.0
_LETTERS = {"ک": "ك", "ہ": "ه", "ی": "ي"}
_TYPED = re.compile("[کہی]")
_TABLE = str.maketrans(_LETTERS)
_LAST = re.compile(rf"ی(?=[{MARK}{TATWEEL}]*\Z)")
#: Letters that some other language has besides make the word one of its own.
_OURS = re.compile(f"[{ARABIC}کہی]+")


def retyped(text: str, lexicon: Lexicon) -> str:
    """Return *text*, letter by letter, with the letters of Arabic in the sentences that are surely Arabic."""
    if not _TYPED.search(text):
        return text
    parts: list[str] = []
    at = 0
    for sentence in sentences(text):
        if _is_arabic(sentence):
            for start, end, word in sentence.words:
                if _TYPED.search(word) and _OURS.fullmatch(word):
                    parts += [text[at:start], _spelled(text[start:end], lexicon)]
                    at = end
    parts.append(text[at:])
    return "".join(parts)


def strange(text: str, typed: str, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Yield the words of *text* that are typed otherwise in *typed*: from, to, and how sure that is."""
    if text is typed:
        return
    for sentence in sentences(typed):
        for start, end, word in sentence.words:
            if text[start:end] != typed[start:end]:
                known = [lexicon.knows(other) for other in (word, word[:-1] + ("ي" if word[-1] == "ى" else "ى"))]
                both = known == [True, True] and word[-1] in "يى" and _LAST.search(text, start, end) is not None
                yield start, end, EITHER if both else CERTAIN if known[0] else STRANGE


def _is_arabic(sentence: Sentence) -> bool:
    found = [word.plain for word in sentence.words]
    typed = any(map(_TYPED.search, found))
    return typed and sum(map(languages.evidence, found)) <= _ARABIC and not any(languages.foreign(found))


def _spelled(written: str, lexicon: Lexicon) -> str:
    """Return a word with the letters of Arabic."""
    yeh, maksura = (_LAST.sub(last, written).translate(_TABLE) for last in "يى")
    if yeh == maksura:
        return yeh
    scores = [lexicon.score(plain(text)) or UNHEARD for text in (yeh, maksura)]
    return maksura if scores[1] > scores[0] else yeh
