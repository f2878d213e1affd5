"""How likely words are, known or not, and what that is worth beside the cost of a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arnorm.chars import NOUN_PROCLITICS
from arnorm.lazy import Cache
from arnorm.spelling.arabic.affixes import LONGEST, analyses, bases
from arnorm.spelling.model.lexicon import Lexicon

#: How many nats of the language model a nat of cost is worth; fitted by a conditional logit on artificial errors.
PRICE = 1.85
#: Words less frequent than this are looked at more closely.
DOUBTFUL = -15.0
#: What a word is less likely for each clitic by which alone it is known, in nats, and for being known so at all.
CLITIC = 3.5
UNSEEN_WITH_CLITIC = 1.0
#: «متعايشة» is known by «متعايش».
INFLECTED = 3.0
#: «تتفلسفون» is as sound as «يتفلسفون», only rarer in print.
PERSON = 2.5
#: No string of letters is less likely, as a log-probability.
_LEAST = -45.0
#: What may follow a noun in the accusative.
_ACCUSATIVE = re.compile(r"ا\Z")
#: The first letters of verbs in the present.
_PERSONS = "يتنأ"
#: A form as rare as this, or this much rarer than its partner, has no odds.
_SELDOM, _FAR = -15.5, 6.2
#: A word as frequent as this may be a particle, which has no other forms; forms rarer than this may be errors.
_PARTICLE, _FORM = -9.5, -15.5
#: What may stand behind a noun or a verb.
_PRONOUNS = ("ه", "ها", "هم")
_NUMBERS = ("ين", "ات")
#: So many of the words that the lexicon lacks are remembered; their readings are anyway.
_REMEMBERED = 4_000


class Likelihood:
    """Log-probabilities of words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._unseen = Cache(self._work_out, _REMEMBERED)
        #: That of a word that the lexicon lacks.
        self.unseen = self._unseen.__getitem__

    def log(self, word: str) -> float:
        """Return that of a word, known or not."""
        score = self._lexicon.score(word)
        return self.unseen(word) if score is None else score

    def log_of(self, text: str) -> float:
        """Return the sum of those of the words of a text."""
        return sum(map(self.log, text.split(" "))) if " " in text else self.log(text)

    def _work_out(self, word: str) -> float:
        """Return that of a word the lexicon lacks: better when it is a known stem with clitics («بمسؤوليهم»)."""
        number, logs = self._lexicon.words.number, self._lexicon.logs
        found = max(self._lexicon.letters.log(word), _LEAST)
        for head, stem, tail in [("", word, ""), *analyses(word)]:
            price = CLITIC * ((head != "") + (tail != "")) + UNSEEN_WITH_CLITIC
            if (i := number(stem)) is not None:
                found = max(found, logs[i] - price)
            for base in bases(stem, head):
                if (i := number(base)) is not None:
                    found = max(found, logs[i] - price - INFLECTED)
        for other in self.persons(word):
            if (i := number(other)) is not None:
                found = max(found, logs[i] - PERSON)
        return found

    def both_common(self, word: str, other: str) -> bool:
        """Say whether two forms of a word are both common enough for the sentence to decide."""
        log, rival = self._lexicon.score(word), self._lexicon.score(other)
        return log is not None and rival is not None and min(log, rival) > _SELDOM and abs(log - rival) < _FAR

    def persons(self, word: str) -> list[str]:
        """Return the other persons of what may be a verb: «يقرير» is no person of the noun «تقرير»."""
        return [other for other in persons(word) if not self._is_noun(other)]

    def _is_noun(self, word: str) -> bool:
        """Say whether a word is known with the article, which no verb has."""
        bare = _ACCUSATIVE.sub("", word.lstrip("وفل") or word)
        score = self._lexicon.score("ال" + bare)
        return score is not None and score > DOUBTFUL


def is_inflected(word: str, lexicon: Lexicon) -> bool:
    """Say whether *word* is known in other forms as well, as names of people and places are not.

    >>> from arnorm.spelling.speller import default
    >>> [is_inflected(word, default().lexicon) for word in ("مكتوب", "يكتبون", "فيليب", "كردستان")]
    [True, True, False, False]
    """
    heads = (head for head in NOUN_PROCLITICS if word.startswith(head) and len(word) - len(head) >= 2)
    stems = [word, *(word[len(head) :] for head in heads)]
    for stem, log in [(stem, lexicon.score(stem)) for stem in stems]:
        if log is not None and (
            log > _PARTICLE or any(form != word and _is_form(form, lexicon) for form in _forms(stem))
        ):
            return True
    return False


def _forms(stem: str) -> Iterator[str]:
    """Yield what *stem* would be with the article, with a pronoun, in another number or person."""
    bare = stem.removesuffix("ة")
    open_ended = bare if bare == stem else bare + "ت"
    yield "ال" + stem
    yield from (open_ended + pronoun for pronoun in _PRONOUNS)
    yield from (bare + ending for ending in _NUMBERS)
    yield from persons(stem)


def _is_form(word: str, lexicon: Lexicon) -> bool:
    score = lexicon.score(word)
    return score is not None and score > _FORM


def persons(word: str) -> Iterator[str]:
    """Yield the other persons of what may be a verb of the present.

    >>> sorted(persons("ستكتبون"))
    ['سأكتبون', 'سنكتبون', 'سيكتبون']
    """
    if len(word) > LONGEST:
        return
    at = 0
    while at < 2 and word[at : at + 1] in ("و", "ف", "ل", "س"):
        at += 1
    if len(word) - at >= 4 and word[at] in _PERSONS:
        for other in _PERSONS:
            if other != word[at]:
                yield word[:at] + other + word[at + 1 :]
