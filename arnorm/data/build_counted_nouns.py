"""Builds arnorm/data/counted_nouns.z, what Arabic counts and of which gender it is.

    python arnorm/data/build_counted_nouns.py FILE.txt.xz... --out arnorm/data/counted_nouns.z

The numbers from 3 to 10 take the gender opposite to that of what they count: «ثلاثة كتب», «ثلاث سيارات». So the
word behind such a number tells the gender of its singular, and a word behind «خمسة عشر», «عشرون» or «مئة» is a
singular. Reads plain text, one paragraph a line; leaves the first 2 % of each file's lines out for measuring. Writes,
compressed by zlib, three lists of words separated by an empty line: plurals of masculine nouns, plurals of feminine
nouns, and singulars (without the alef of the accusative: «كتابا» is kept as «كتاب»).
"""

from __future__ import annotations

import argparse
import lzma
import re
import zlib
from collections import Counter

_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]+")
# «عشر» is left out (in «خمس عشرة ليلة» it is no unit), and so is «ل» before a number: «لست» is "I am not".
_UNIT = "ثلاث|أربع|خمس|ست|سبع|ثماني|تسع"
_FEW = re.compile(rf"(?<![ء-ي])[وفبك]?({_UNIT})(ة?) ([ء-ي]{{3,}})(?![ء-ي])")
_TENS = "عشر|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع"
_MANY = re.compile(rf"(?<![ء-ي])[وفبل]*((?:{_TENS})(?:ون|ين)|(?:{_TENS})ة? عشرة?) ([ء-ي]{{3,}})(?![ء-ي])")
_HUNDRED = re.compile("(?<![ء-ي])[وفبلك]?(مئة|مائة|ألف|مليون) ([ء-ي]{3,})(?![ء-ي])")
# Words that stand behind a number without being counted.
_NO_NOUN = re.compile(
    "ال|[وفبلك]ال|لل|(?:و?(?:في|من|على|إلى|عن|مع|أو|ثم|كل|هذا|هذه|تلك|كان|بين|أن|لا|ما|هو|هي|قد|لم))$"
)
_NUMBER = re.compile("و?(?:واحد|اثن|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع|عشر|مئ|مائ|ألف|آلاف|نصف|ربع|ثلث|نيف)")
_LEAST = 3  # occurrences, behind two different numbers at least: fewer may be chance («الست أرى»)
_SHARE = 0.8  # of the occurrences agree: below, the text miscounts («خمسة سيارات») or the word has both genders


def main() -> None:
    """Count, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    few: Pairs = Counter()
    many: Pairs = Counter()
    for name in options.files:
        count(name, few, many)
    with_teh = by_word({key: n for key, n in few.items() if key[1].endswith("ة")})
    without = by_word({key: n for key, n in few.items() if not key[1].endswith("ة")})
    plurals = nouns(few)
    masculine = sorted(w for w in plurals if with_teh[w] >= _SHARE * (with_teh[w] + without[w]))
    feminine = sorted(w for w in plurals if without[w] >= _SHARE * (with_teh[w] + without[w]))
    singles = by_word(many)
    # «كتاب» is also read كُتّاب, writers: what stands behind large numbers more often is a singular all the same
    singular = sorted(w for w in nouns(many) if singles[w] >= with_teh[w] + without[w])
    packed = zlib.compress("\n\n".join(map("\n".join, (masculine, feminine, singular))).encode("iso8859-6"), 9)
    with open(options.out, "wb") as file:
        file.write(packed)
    print(f"{options.out}: {len(masculine)}, {len(feminine)}, {len(singular)} words, {len(packed)} bytes")


Pairs = Counter[tuple[str, str]]  # a word, and the number before it


def by_word(pairs: dict[tuple[str, str], int]) -> Counter[str]:
    """How often each word is counted."""
    total: Counter[str] = Counter()
    for (word, _), n in pairs.items():
        total[word] += n
    return total


def nouns(pairs: Pairs) -> set[str]:
    """The words that different numbers count."""
    numbers = Counter(word for word, _ in pairs)
    words = {w for w, n in by_word(pairs).items() if n >= _LEAST and numbers[w] > 1 and not _NO_NOUN.match(w)}
    # «وطفل» behind a number is «طفل» and not counted by it
    return {w for w in words if not _NUMBER.match(w) and not (w.startswith("و") and w[1:] in words)}


def count(name: str, few: Pairs, many: Pairs) -> None:
    """Add what one file counts."""
    with lzma.open(name, "rt", encoding="utf-8") as file:
        lines = file.read().split("\n")
    for i in range(len(lines) // 50, len(lines), 20_000):
        text = _MARKS.sub("", "\n".join(lines[i : i + 20_000]))
        few.update((word, unit + teh) for unit, teh, word in _FEW.findall(text) if not word.startswith("عشر"))
        # «خمسة عشر كتابا»: the alef is the case's, not the noun's
        many.update((word.removesuffix("ا"), number) for number, word in _MANY.findall(text))
        many.update((word, number) for number, word in _HUNDRED.findall(text))


if __name__ == "__main__":
    main()
