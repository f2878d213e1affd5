"""Rules of an ICU transliterator: for ICU's `Transliterator`, and what is built on it in Java, C++, PHP and PyICU.

Rules of one pass run from left to right over the text, and see what is before them as it has become. So a pass is
refused whose match could begin at the end of another, and see it differently.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from arnorm.core import Composable
from arnorm.errors import NotExpressibleError
from arnorm.export.guards import Need, plain
from arnorm.export.lowering import lowered
from arnorm.export.patterns import comment, each_of
from arnorm.export.sets import CharSet
from arnorm.export.steps import Item, Run, Side, Squeeze, Step, Sub, Table, ToForm

__all__ = ["quick", "rules", "written"]


def rules(pipeline: Composable) -> str:
    """The rules that do what *pipeline* does, one a line, in ASCII. Raises `NotExpressibleError`.

    >>> from arnorm import passes
    >>> print(rules(passes.nfc | passes.fold_teh_marbuta))
    # nfc
    ::NFC;
    # fold_teh_marbuta
    \\u0629 > \\u0647;
    <BLANKLINE>
    """
    lines: list[str] = []
    apart = False
    for step in lowered(pipeline, "icu"):
        if apart and not isinstance(step, ToForm):
            lines.append("::Null;")
        lines += [f"# {comment(step.name)}", *_rules(step)]
        apart = not isinstance(step, ToForm)
    return "".join(f"{line}\n" for line in lines)


def quick(pipeline: Composable) -> tuple[str, str]:
    """What to ask of a text before `rules`, and the rules that are enough for those which have none of it.

    Rules cannot ask: each of them is tried at every character. So ask in the program, with a ``UnicodeSet`` of the
    first string: where it ``containsNone`` of the text, as it does of most, a transliterator of the second string gives
    what one of `rules` gives, many times faster. Raises `NotExpressibleError`.

    >>> from arnorm import passes
    >>> print(quick(passes.fold_teh_marbuta | passes.strip_zero_width)[1], end="")
    \\u0629 > \\u0647;
    """
    need, table = plain(lowered(pipeline, "icu")) or (Need(~CharSet()), {})
    pairs = [(one, two) for one, two in need.pairs if len(one) * len(two) <= _MOST_PAIRS]
    chars = reduce(CharSet.__or__, (one for one, two in need.pairs if (one, two) not in pairs), need.chars)
    strings = (f"{{{_text(a + b)}}}" for one, two in pairs for a in one for b in two)
    lines = _rules(Table("", table)) if table else ["::Null;"]
    return f"[{_set(chars)}{''.join(strings)}]", "".join(f"{line}\n" for line in lines)


#: Pairs of characters that are listed one by one, at most; of more, all that they begin with are listed.
_MOST_PAIRS = 200


def written(pipeline: Composable, name: str) -> str:
    """`rules`, which have no name."""
    return rules(pipeline)


def _rules(step: Step) -> Iterator[str]:
    match step:
        case Table():
            yield from (f"{_text(key)} > {_text(value)};" for key, value in step.table.items())
        case ToForm():
            yield f"::{step.form};"
        case Squeeze():
            for char in map(_text, each_of(step, "icu")):
                yield f"{' '.join([char] * step.least)}+ > {' '.join([char] * step.most)};"
        case Run():
            yield from _run(step)
        case Sub():
            yield from _sub(step)


def _sub(step: Sub) -> Iterator[str]:
    if step.before and not _sees_the_same(step, step.before):
        raise NotExpressibleError(step.name, "icu", "what it replaces may be what the next match looks behind to")
    if any("\uffff" in item.chars for item in step.items):
        raise NotExpressibleError(step.name, "icu", "its match may hold U+FFFF, which ICU takes for the edge of a text")
    skipped, before = _sides(step.before, "^")
    yield from (f"{edge} {{ ({_set(step.first)}) > $1;" for edge in skipped)
    stays = 0 if skipped else _staying(step)
    items = [*enumerate(step.items)][stays:]
    used = [part for part in step.template[stays:] if isinstance(part, int)]
    key = " ".join(f"({_item(item)})" if i in used else _item(item) for i, item in items)
    numbers = {part: f"${i}" for i, part in enumerate(sorted(set(used)), 1)}
    new = " ".join(numbers[part] if isinstance(part, int) else _text(part) for part in step.template[stays:])
    whole = " ".join(_item(item) for _, item in items)
    skipped, after = _sides(step.after, "$")
    looked = " ".join(map(_item, step.items[:stays]))
    for way in (" ".join(filter(None, (side, looked))) for side in before):
        opening = f"{way} {{ " if way else ""
        yield from (f"{opening}({whole}) }} {edge} > $1;" for edge in skipped)
        yield from (f"{opening}{key}{f' }} {way}' if way else ''} > {new};" for way in after)


def _staying(step: Sub) -> int:
    """How many of the first items may be looked back to, since they stay, and no match can hold them for another.

    A rule is tried wherever its key may begin; a key of a sign that is rare is tried nowhere in most texts.
    """
    head = next((at for at, part in enumerate(step.template) if part != at), len(step.template))
    most = min(head, max(at for at, item in enumerate(step.items) if item.least))
    numbers = [part for part in step.template if isinstance(part, int)]
    for stays in range(most, 0, -1):
        first = step.items[:stays]
        if all(numbers.count(at) == 1 for at in range(stays)) and _one_way_back(step, first) and _apart(step, stays):
            return stays
    return 0


def _one_way_back(step: Sub, items: tuple[Item, ...]) -> bool:
    """Whether *items* match in one way from the right too."""
    before = step.before.chars if step.before else CharSet()
    for at, item in enumerate(items):
        if not item.fixed and (item.least, item.most) not in ((0, None), (1, None), (0, 1)):
            return False  # a rule writes it as several, and takes nothing back that one of them took
        for earlier in () if item.fixed else reversed(items[:at]):
            if item.chars & earlier.chars:
                return False
            if earlier.least:
                break
        else:
            if not item.fixed and item.chars & before:
                return False
    return True


def _apart(step: Sub, stays: int) -> bool:
    """Whether no match can look back into the one before it."""
    looked = reduce(CharSet.__or__, (item.chars for item in step.items[:stays]))
    rest = Sub(step.name, None, step.items[stays:], None, ())
    if step.after and not step.after.chars & (looked | rest.first):
        return True
    end = step.template[-1] if step.template else ""
    ends = CharSet.of(end[-1:]) if isinstance(end, str) else step.items[end].chars
    known = bool(end) if isinstance(end, str) else step.items[end].least > 0
    return known and not (step.last | ends) & looked


def _sides(side: Side | None, edge: str) -> tuple[list[str], list[str]]:
    """Where nothing is replaced, and where it is. A set that holds U+FFFF holds the *edge* of the text too."""
    if side is None:
        return [], [""]
    chars = _set(side.chars)
    if side.edge == ("\uffff" in side.chars):
        return [], [chars]
    return ([], [edge, chars]) if side.edge else ([edge], [chars])


def _sees_the_same(step: Sub, before: Side) -> bool:
    """Whether a match right behind another is impossible, or is decided alike by the old and the new text."""
    run = step.items[-1]
    if step.first <= run.chars and run.most is None:
        return True
    if step.after and not step.after.chars & step.first:
        return True
    end = step.template[-1] if step.template else 0
    ends = CharSet.of(end[-1]) if isinstance(end, str) else step.items[end].chars
    known = bool(step.template) and (isinstance(end, str) or step.items[end].least > 0)
    if ends <= before.chars and step.last <= before.chars:
        return known
    return known and not ends & before.chars and not step.last & before.chars


def _run(step: Run) -> Iterator[str]:
    """A rule for each place that a character of the run may have."""
    rest, one = _set(step.chars - step.need), _set(step.need)
    done = CharSet.of("".join(step.table.values()))
    # What a key has become may be what the next one looks behind to; what stays of the run lies between.
    over = step.chars - CharSet.of(step.table) if done & step.before else step.chars | done
    between = f" {_set(over)}*" if over else ""
    places = [f"{_set(step.before)}{between} {{ %s"]
    if step.need:
        places = [
            f"{one} {rest}* {one} {rest}* {{ %s",
            f"{one} {rest}* {{ %s }} {rest}* {one}",
            f"%s }} {rest}* {one} {rest}* {one}",
        ]
    for place in places:
        for key, value in step.table.items():
            yield f"{place % _text(key)} > {_text(value)};"


def _item(item: Item) -> str:
    """An item; rules have no counts, so it is written as often as it is there at least."""
    one = _set(item.chars)
    more = [f"{one}*"] if item.most is None else [f"{one}?"] * (item.most - item.least)
    return " ".join([one] * item.least + more) if item.least != 1 or item.most is not None else f"{one}+"


def _set(chars: CharSet) -> str:
    return chars.written(_escape)


def _text(text: str) -> str:
    return "".join(_escape(ord(c)) for c in text)


def _escape(n: int) -> str:
    return f"\\u{n:04X}" if n < 0x10000 else f"\\U{n:08X}"
