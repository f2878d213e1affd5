"""Running a character table over a string by C loops: encoding to a private alphabet of one byte, and decoding.

CPython has few C loops over a string. ``str.translate`` is not fast on Arabic: it looks every character up in
a dict, 55 ns each. Encoding to a private one-byte alphabet, deleting bytes and decoding with another table is
three tight loops, 3 to 5 ns a character in all, however many characters the table holds:

    text ──charmap_encode──▶ bytes ──bytes.translate(None, delete)──▶ bytes ──charmap_decode──▶ text

The alphabet has 256 places: ASCII, the Arabic block, common punctuation, and the keys and values of the table.
A character outside it ("foreign": an emoji, a CJK character, a key whose value is a word) makes the encoder
stop; the text then goes piece by piece, and where foreign characters are dense, through guarded replacements
or ``str.translate``. All ways give the same output, which the tests hold them to.

Nothing here keeps state between calls, save which steps follow from which signs, so threads need no lock.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

Runner = Callable[[str], str]
#: A pattern that is found in every text that a step changes, or a function that finds something in it; "" is neither.
Hint = str | Callable[[str], object]

# Longer texts go in chunks: the buffers of one chunk stay in the processor's cache and under malloc's
# threshold for mapping fresh pages, and a foreign character costs its own chunk only. Measured: 12,000 to
# 32,000 characters are alike, 8,000 and 32,768 a third slower on bare text.
_CHUNK = 20_000
# Text with foreign characters goes in smaller pieces. An exception costs as much as coding some 256 characters,
# so where they stand closer than that the piece takes another way: one guarded `str.replace` a key (0.1 ns a
# character when the key is absent) while the table is this small, and past that, split at foreign characters.
_PIECE = 4_096
_SPARSE = 256
_MOST_REPLACES = 48

#: Present in nearly every Arabic text, so that they never count as foreign. Order is precedence: what does not
#: fit into 256 places falls off the end; what bare text is made of stands in the first 128 (see `_coded`).
COMMON = "".join(
    [
        "\t\n\r",
        *map(chr, range(0x20, 0x41)),  # ASCII: space, signs, digits
        *map(chr, range(0x621, 0x63B)),  # hamza to ghain
        *map(chr, range(0x641, 0x64B)),  # feh to yeh
        "\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}«»",
        *map(chr, range(0x41, 0x7F)),  # ASCII: letters, and the signs between and behind them
        *map(chr, (0x640, *range(0x64B, 0x656))),  # tatweel, harakat, hamza and madda above, hamza below
        *map(chr, range(0x660, 0x66E)),  # Arabic-Indic digits, percent, decimal and thousands separators
        "\N{ARABIC LETTER SUPERSCRIPT ALEF}\N{ARABIC LETTER ALEF WASLA}",
        "\N{NO-BREAK SPACE}“”‘’–—…•°",
        "\N{ZERO WIDTH NON-JOINER}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ZERO WIDTH NO-BREAK SPACE}",
        "پچژڤگکی",
    ]
)
_UNUSED = "\ufffe"  # a noncharacter: codecs read it as "no character at this place"
_BETWEEN = "\uffff"  # another: has a place in every alphabet, but counts as foreign when a text is split


def fuse(tables: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """One table that does what *tables* do in turn.

    Exact, because a table is a homomorphism: what later tables do to a character does not depend on its
    neighbours. Entries that end as they began are dropped.

    >>> fuse([{"آ": "ا\N{ARABIC MADDAH ABOVE}"}, {"\N{ARABIC MADDAH ABOVE}": ""}])
    {'آ': 'ا', 'ٓ': ''}
    """
    fused: dict[str, str] = {}
    for table in tables:
        get = table.get
        fused = {key: "".join([get(c, c) for c in value]) for key, value in fused.items()}
        for key, value in table.items():
            fused.setdefault(key, value)
    return {key: value for key, value in fused.items() if key != value}


def chain(steps: Sequence[Runner]) -> Runner:
    """One callable that runs *steps* in turn, with no overhead for a single one."""
    if len(steps) == 1:
        return steps[0]

    def run(text: str) -> str:
        for step in steps:
            text = step(text)
        return text

    return run


#: Characters, and pairs of them side by side, of which one must be in a text for a step to change it; None where that
#: is not known.
Signs = frozenset[str] | None
#: Stands among signs for every character that is not in `COMMON`.
OTHERS = ""


def sign_of(needle: str) -> str:
    """What of *needle* fewest texts hold: its rarest character, with the next one where that is as rare.

    >>> sign_of("w."), sign_of(" ٪"), sign_of("؟!"), sign_of("....")
    ('w', '٪', '؟!', '..')
    """
    ranks = [_rarity(c) for c in needle]
    at = ranks.index(max(ranks))
    return needle[at : at + 2] if ranks[at : at + 2] == [ranks[at]] * 2 else needle[at]


def sieved(steps: Iterable[tuple[Runner, Signs]], made: Mapping[Runner, str] = MappingProxyType({})) -> Runner:
    """What runs *steps* in turn, but none on a text without any of its signs.

    One look tells which signs a text holds, whatever the number of steps. After a change by a step of *made*, which
    says what characters it may bring, those count as held too; after another change the look is taken again where it
    spares more than it takes. A step that stands among the others more than once does not run again on the very text
    that it left alone before: profiles have some behind those that may make work for them; mostly there is none.
    """
    steps = grouped(steps)
    runners = [step for step, _ in steps]
    look = _sieve([signs for _, signs in steps]) if len(steps) > 1 else None
    if look is None:
        return chain(runners)
    # What was deleted may have parted a pair.
    pairs = sum(1 << i for i, (_, signs) in enumerate(steps) if signs and max(map(len, signs)) > 1)
    more = [look(made[step]) | pairs if step in made else None for step in runners]
    free = sum(1 << i for i, (_, signs) in enumerate(steps) if signs is None)
    last = max((i for i, (_, signs) in enumerate(steps) if signs and len(signs) > _FEW_NEEDLES), default=-1)

    @lru_cache(maxsize=1024)  # texts of one sort hold the same few sets of signs
    def due(wanted: int, start: int) -> list[tuple[int, Runner, bool]]:
        """The steps from *start* on that have something to do, or may have."""
        wanted |= free
        return [(i, runners[i], runners.count(runners[i]) > 1) for i in range(start, len(steps)) if wanted >> i & 1]

    def run(text: str) -> str:
        left: dict[Runner, str] = {}
        start, wanted = 0, look(text) if last >= 0 else -1
        while start >= 0:
            found = due(wanted, start)
            start = -1
            for i, step, again in found:
                if again:
                    if left.get(step) is text:
                        continue
                    left[step] = text
                before, text = text, step(text)
                if text is not before:
                    start, brought = i + 1, more[i]
                    wanted = wanted | brought if brought is not None else look(text) if i < last else -1
                    break
        return text

    return run


def _sieve(signs: Sequence[Signs]) -> Callable[[str], int] | None:
    """A function that tells which of *signs* a text holds: bit by bit, the lowest for the first of them.

    Characters are sorted into kinds, those of one kind that have the same places in the same of *signs*, and a text is
    coded as a string of kinds. None where this Python lacks the C trie (PyPy).
    """
    alphabet = _alphabet({})
    encoding = codecs.charmap_build(alphabet)
    if type(encoding).__name__ != "EncodingMap":
        return None
    native = {c for c in alphabet if c not in (_UNUSED, _BETWEEN)}
    places: dict[str, set[tuple[int, ...]]] = {OTHERS: set()}
    for i, some in enumerate(signs):
        for sign in some or ():
            for at, c in enumerate(sign or [OTHERS]):
                # What is looked for twice in a row is of four kinds: marks of two of them are side by side everywhere.
                sort = ord(c) % 4 if c and sign == c * 2 else 0
                places.setdefault(c if c in native else OTHERS, set()).add((i, at, sort, len(sign)))
    sorts = dict.fromkeys([frozenset(), *map(frozenset, places.values())])
    numbers = {had: number for number, had in enumerate(sorts)}
    kinds = {c: chr(numbers[frozenset(had)]) for c, had in places.items()}
    table = "".join(kinds.get(c, "\0") if c in native else "\0" for c in alphabet).encode("latin-1")
    foreign, encode = kinds[OTHERS], codecs.charmap_encode

    def shown(sign: str) -> str:
        """Any character that is not native is told at the end, so that pairs with one are not seen as such."""
        return "".join(kinds[c] for c in sign) if sign and native.issuperset(sign) else foreign

    flags: dict[str, int] = {}
    for i, some in enumerate(signs):
        for sign in set(map(shown, some or ())):
            flags[sign] = flags.get(sign, 0) | 1 << i
    # A character is found faster than a pair, and a string in a string faster than bytes in bytes.
    tests = [(sign[0], sign, flag) for sign, flag in flags.items()]

    def look(text: str) -> int:
        held = encode(text, "ignore", encoding)[0].translate(table).decode("latin-1")
        if len(held) < len(text):
            held += foreign
        wanted = 0
        for kind, sign, flag in tests:
            if kind in held and sign in held:
                wanted |= flag
        return wanted

    return look


def grouped(steps: Iterable[tuple[Runner, Signs]]) -> list[tuple[Runner, Signs]]:
    """*steps*, those side by side that look for rare characters only joined under one search for all of them.

    Exact: where none of any step's signs is, no step of the group changes the text, so the next finds none either.

    >>> one, other = fold({"\N{SOFT HYPHEN}": ""}), fold({"\N{NO-BREAK SPACE}": " "})
    >>> len(grouped([(one, frozenset("\N{SOFT HYPHEN}")), (other, frozenset("\N{NO-BREAK SPACE}"))]))
    1
    """
    out: list[tuple[Runner, Signs]] = []
    group: list[Runner] = []
    signs: frozenset[str] = frozenset()
    for step, needed in [*steps, (_same, None)]:
        if needed and all(len(sign) == 1 for sign in needed) and _USUAL.isdisjoint(needed):
            group.append(step)
            signs |= needed
            continue
        if len(group) > 1:
            out.append((guarded(chain(group), tuple(sorted(signs)), ""), signs))
        elif group:
            out.append((group[0], signs))
        out.append((step, needed))
        group, signs = [], frozenset()
    return out[:-1]


# What so many texts hold that a search for it spares nothing.
_USUAL = frozenset(c for c in COMMON if c.isascii() or "\u0600" <= c <= "\u06ff")


def _rarity(character: str) -> int:
    """How few texts hold it, roughly: letters and blanks, the commonest signs, other signs and Latin, all else."""
    if "\u0620" <= character <= "\u064a" or character == " ":
        return 0
    return 1 if character in ".:،" else 2 if character in _USUAL else 3


@cache
def may_match(needles: tuple[str, ...], hint: Hint) -> Callable[[str], object]:
    """Whether a text may hold what a pass looks for: a match of *hint*, or else one of *needles*.

    A few needles are looked for one by one, 30 ns each and next to nothing a character; many single characters
    by a codec that knows no others (`_any_of`), or as a class, 200 ns in all and half as much again a character.
    """
    if hint or not needles:
        return re.compile(hint).search if isinstance(hint, str) else hint
    if len(needles) > _FEW_NEEDLES and len("".join(needles)) == len(needles):
        return _any_of("".join(needles))

    def any_in(text: str) -> bool:
        for needle in needles:  # noqa: SIM110  (`any` with a generator takes three times as long)
            if needle in text:
                return True
        return False

    return any_in


#: Strings that are looked for one by one; where there are more, a pattern of all is faster.
_FEW_NEEDLES = 5


def _any_of(characters: str) -> Callable[[str], object]:
    """Whether a text has one of *characters*: what is left of a long one where a codec leaves out all others."""
    search = re.compile(_class(characters)).search
    if len(characters) > 255 or max(characters) >= _UNUSED:
        return search
    encoding = codecs.charmap_build("\0" + characters.ljust(255, _UNUSED))
    if type(encoding).__name__ != "EncodingMap":  # as on PyPy
        return search
    encode = codecs.charmap_encode

    def any_left(text: str) -> object:
        return search(text) if len(text) < _LONG else encode(text, "ignore", encoding)[0]

    return any_left


def _class(characters: str) -> str:
    """A pattern of one of *characters*, and of others that stand between them above U+FFFF.

    Up to there `re` keeps a class as a table; of what is above, every single character would be compared by itself.
    """
    high = sorted(c for c in characters if c > "\uffff")
    first = [c for before, c in zip("\0" + "".join(high), high, strict=False) if ord(c) - ord(before) > _NEAR]
    bounds = [high.index(c) for c in first] + [len(high)]
    runs = "".join(f"{high[a]}-{high[b - 1]}" for a, b in pairwise(bounds))
    return f"[{re.escape(''.join(c for c in characters if c <= chr(0xFFFF)))}{runs}]"


#: Code points that are as well looked for with those around them: a block has gaps, and most texts have none of it.
_NEAR = 16
#: Characters from which on the codec is faster than the class.
_LONG = 120


def guarded(step: Runner, needles: tuple[str, ...], hint: Hint) -> Runner:
    """*step*, run only on text that may hold what it looks for (see `may_match`)."""
    if not (needles or hint):
        return step
    may = may_match(needles, hint)

    def run(text: str) -> str:
        return step(text) if may(text) else text

    return run


def fold(table: Mapping[str, str]) -> Runner:
    """A function that replaces every character of *table* in a string by its value.

    Text without such a character comes back as the same object.

    >>> fold({"أ": "ا", "ـ": ""})("أـهـلا")
    'اهلا'
    """
    if not table:
        return _same
    step = _coded(table) or translated(table)
    # A few searches cost less than coding; a letter would be found nearly always.
    few = len(table) <= _FEW_NEEDLES and not any(map(str.isalpha, table))
    return guarded(step, tuple(table), "") if few else step


def fold_many(step: Runner, texts: Sequence[str]) -> Iterator[str]:
    """What *step*, made by `fold`, does to each of *texts*; many short ones are run as one long one.

    Exact for a table that does not speak of U+FFFF, which stands between the texts. Saves most of the cost of a
    call on single words.
    """
    count = _CHUNK * len(texts) // (sum(map(len, texts)) + len(texts)) + 1 if texts else 1
    for start in range(0, len(texts), count):
        batch = texts[start : start + count]
        out = step(_BETWEEN.join(batch)).split(_BETWEEN)
        yield from out if len(out) == len(batch) else map(step, batch)  # else one of them holds U+FFFF


def _same(text: str) -> str:
    return text


def is_closed(table: Mapping[str, str]) -> bool:
    """Whether no value holds a key, so that replacing key after key cannot replace a replacement."""
    return not any(c in table for value in table.values() for c in value)


def replaces(table: Mapping[str, str]) -> Runner:
    """Guarded replacements, key by key; only for a closed table (see `is_closed`)."""
    items = tuple(table.items())

    def run(text: str) -> str:
        for key, value in items:
            if key in text:
                text = text.replace(key, value)
        return text

    return run


def translated(table: Mapping[str, str]) -> Runner:
    """`str.translate`, giving back the same object when nothing changes."""
    ordinals = {ord(key): value for key, value in table.items()}

    def run(text: str) -> str:
        out = text.translate(ordinals)
        return text if out == text else out

    return run


def _alphabet(table: Mapping[str, str]) -> str:
    """256 characters: NUL (the C trie wants it at 0), the common ones, then what *table* speaks of."""
    # Of the BMP, and no noncharacter that means something else to a codec or to `split`.
    short = {key: value for key, value in table.items() if len(value) < 2 and key < "\uffff" > value != _UNUSED}
    values = [value for value in short.values() if value]
    # A key is only of use here together with its value.
    wanted = dict.fromkeys(["\0", *COMMON, *values, *sorted(short)])
    for key in table.keys() - short.keys():  # its value is a word, or outside the BMP: foreign
        wanted.pop(key, None)
    wanted.pop(_UNUSED, None)
    letters = list(wanted)[:255]
    gone = "".join(c for c in letters if table.get(c) == "")
    kept = "".join(c for c in letters if table.get(c) != "")
    return kept.ljust(255 - len(gone), _UNUSED) + gone + _BETWEEN


def _coded(table: Mapping[str, str]) -> Runner | None:
    """The codec path of one table, or None where this Python lacks the C trie (PyPy).

    What it deletes has the last places of the alphabet, so that bare text is coded in ASCII, which is asked at once.
    """
    alphabet = _alphabet(table)
    encoding = codecs.charmap_build(alphabet)
    if type(encoding).__name__ != "EncodingMap" or _BETWEEN in table:
        return None
    encode, decode, most = codecs.charmap_encode, codecs.charmap_decode, _CHUNK
    delete = bytes(i for i, c in enumerate(alphabet) if table.get(c) == "")
    decoding = "".join([c if c == _UNUSED else table.get(c) or c for c in alphabet])
    ordinals = {ord(key): value for key, value in table.items()}

    last = not any(byte < 128 for byte in delete)

    def code(text: str) -> str:
        data = encode(text, None, encoding)[0]
        if not (last and data.isascii()):
            data = data.translate(None, delete)
        return decode(data, None, decoding)[0]

    native = alphabet.replace(_UNUSED, "").replace(_BETWEEN, "")
    foreign = re.compile(f"([^{re.escape(native)}]+)")

    def split(text: str) -> str:
        """Foreign characters apart, the stretches between them as one text."""
        pieces = foreign.split(text)
        pieces[1::2] = [piece.translate(ordinals) for piece in pieces[1::2]]
        pieces[::2] = code(_BETWEEN.join(pieces[::2])).split(_BETWEEN)
        return "".join(pieces)

    dense = replaces(table) if is_closed(table) and len(table) <= _MOST_REPLACES else split

    def piecewise(text: str) -> str:
        """A text with foreign characters: where they are sparse, each and what is before it in turn."""
        out = []
        for start in range(0, len(text), _PIECE):
            piece = text[start : start + _PIECE]
            while piece:
                try:
                    out.append(code(piece))
                    break
                except UnicodeEncodeError as error:
                    if error.start < _SPARSE:
                        out.append(dense(piece))
                        break
                    out += (code(piece[: error.start]), piece[error.start : error.end].translate(ordinals))
                    piece = piece[error.end :]
        return "".join(out)

    def run(text: str) -> str:
        if len(text) <= most:
            try:
                out = code(text)
            except UnicodeEncodeError:
                out = piecewise(text)
        else:
            out = "".join([run(text[i : i + most]) for i in range(0, len(text), most)])
        return text if out == text else out

    return run
