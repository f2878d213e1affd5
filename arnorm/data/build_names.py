"""Builds arnorm/data/names.z, words of names that spelling repair leaves alone.

    python arnorm/data/build_names.py FILE.tsv.xz... --out arnorm/data/names.z

Reads lists of names in the first column with their source in the last, and takes those of free sources. Left out are
words that the default model knows well enough, and those that another spelling, a letter that sounds alike or a common
slip makes a much commoner word: lists have misspellings too.
"""

from __future__ import annotations

import argparse
import lzma
import zlib
from pathlib import Path

from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.arabic.rules import rules
from arnorm.spelling.arabic.slips import sounds
from arnorm.spelling.likelihood import DOUBTFUL
from arnorm.spelling.model import read
from arnorm.spelling.model.lexicon import Lexicon
from arnorm.spelling.rivals import COMMON
from arnorm.spelling.speller import DEFAULT_MODEL
from arnorm.words import words

#: Sources under terms like MIT, BSD, CC BY and Unicode's.
_FREE = ("CLDR", "GeoNames", "faker", "name-suggestion-index", "Tech-Labs")
#: A spelling that is so many nats commoner is the right one.
_COMMONER = 2.0


def main() -> None:
    """Choose, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    lexicon = Lexicon.load(read(DEFAULT_MODEL))
    found: set[str] = set()
    for name in options.files:
        with lzma.open(name, "rt", encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
        found.update(word.plain for row in rows if row[-1].startswith(_FREE) for word in words(row[0]))
    names = sorted(word for word in found if is_kept(word, lexicon))
    packed = zlib.compress("\n".join(names).encode(), 9)
    Path(options.out).write_bytes(packed)
    print(f"{options.out}: {len(names)} words, {len(packed)} bytes")


def is_kept(word: str, lexicon: Lexicon) -> bool:
    """Say whether a word of a name needs to be protected, and is spelled as names are."""
    own = lexicon.score(word) or 2 * DOUBTFUL
    if len(word) < 3 or own > COMMON:
        return False
    rivals = [lexicon.log(text) for text in lexicon.siblings(skeleton_of(word)) if text != word]
    slips = [*(text for text, _ in sounds(word)), *(text for text, _, _ in rules(word))]
    heard = [lexicon.score(text) or 2 * DOUBTFUL for text in slips]
    return all(log < max(own + _COMMONER, DOUBTFUL) for log in rivals) and all(log < COMMON for log in heard)


if __name__ == "__main__":
    main()
