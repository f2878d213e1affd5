"""Work out what follows from the words and the rules, and put it into a model: no training, one to two minutes.

    python -m arnorm.spelling.training.tabulate MODEL

`arnorm train` does the same when it writes a model. To be run after a change of the rules by which candidates are
made; a test compares words with the table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterable, Iterator

from arnorm.spelling.arabic import CLASSES, skeletons_of
from arnorm.spelling.likelihood import Likelihood
from arnorm.spelling.model import Packed, read, table, write
from arnorm.spelling.model.company import known_rows
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.model.near import Between
from arnorm.spelling.model.shelves import RESERVED, shelve, unshelved
from arnorm.spelling.rivals import Rivals

#: How often `progress` is called: once for so many words.
_EVERY = 5_000
#: So many of the commonest words are also kept as careless writers spell them: twice as many would serve one unknown
#: word of comments in thirty more.
COMMON = 100_000
_ALEF, _TEH, _YEH = {"أ": "ا", "إ": "ا", "آ": "ا"}, {"ة": "ه"}, {"ى": "ي"}
#: What careless writers leave off, together or alone.
_FOLDS = tuple(map(str.maketrans, (CLASSES, _ALEF | _TEH, _ALEF | _YEH, _ALEF, _TEH)))


def tabulated(packed: Packed, progress: Callable[[float], None] = lambda done: None) -> Packed:
    """Return a model with the sections that follow from its words; what it has of them is made anew."""
    words = unshelved(packed)
    shelves, places = shelve(words)
    between = Between.of(skeletons_of("\n".join(words)).split("\n") if words else ())
    sections = packed.sections | shelves | between.dump()
    if "company_rows" in sections:
        sections["company_known"] = known_rows(words, packed.numbers("company_rows", "I", compressed=True))
    lexicon = Lexicon.load(Packed(sections, packed.meta))
    rivals = Rivals(lexicon, Likelihood(lexicon))
    misspelt = careless(words[:COMMON], places)
    spellings = RESERVED + words + misspelt

    def rows() -> Iterator[list[table.Row]]:
        for number, word in enumerate(spellings):
            if number % _EVERY == 0:
                progress(number / len(spellings))
            yield rivals(word) if number >= len(RESERVED) else []

    return Packed(sections | table.dump(rows(), places, misspelt), packed.meta)


def careless(words: Iterable[str], known: Container[str]) -> list[str]:
    """Return what careless writers make of *words*, as far as it is no known word itself.

    >>> careless(["الأستاذة", "في"], {"في"})
    ['الاستاذه', 'الاستاذة', 'الأستاذه', 'فى']
    """
    found: dict[str, None] = {}
    for word in words:
        for fold in _FOLDS:
            found[word.translate(fold)] = None
        if word.endswith("ي"):
            found[word[:-1] + "ى"] = None
    return [word for word in found if word not in known]


def main() -> None:
    """Make the tables of the model that is named on the command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write(sys.argv[1], tabulated(read(sys.argv[1]), lambda done: print(f"\r{done:.0%}", end="", file=sys.stderr)))
    print(file=sys.stderr)


if __name__ == "__main__":
    main()
