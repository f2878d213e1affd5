"""What an observed word could have been, each with a cost and a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from arnorm.spelling import confusion
from arnorm.spelling.confusion import class_cost, skeleton
from arnorm.spelling.lexicon import UNKNOWN, Lexicon

PROCLITICS = ("و", "ف", "ب", "ل", "ك", "س", "ال", "وال", "بال", "لل", "كال", "فال", "وب", "ول", "وس", "وبال", "ولل", "فب", "فل", "أ", "وك","فس","لي","سي")
ENCLITICS = ("ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ي", "ني")
PARTICLES = frozenset(("يا", "لا", "ما", "وما", "ولا", "ويا", "فلا", "لو", "ان", "إن", "أن", "وان", "كل", "او", "أو", "غير"))
CLITIC_COST = 3.5
UNKNOWN_SCORE = -19.0
#: No context makes up for this many nats.
HOPELESS = 9.0
ILLEGAL = re.compile("[ىة](?=.)|^[ىةؤئ]")
RUN = re.compile(r"(.)\1{2,}")


class Candidate(NamedTuple):
    """A spelling that may have been meant: its words, their ids and scores, the cost and the source."""

    text: str
    ids: tuple[int, ...]
    logs: tuple[float, ...]
    cost: float
    source: str


class Candidates:
    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.memo: dict[str, list[Candidate]] = {}
        self.clitic_memo: dict[str, float] = {}

    def __call__(self, word: str) -> list[Candidate]:
        found = self.memo.get(word)
        if found is None:
            if len(self.memo) > 200_000:
                self.memo.clear()
            found = self.memo[word] = self._generate(word)
        return found

    # -- scores -------------------------------------------------------------------------------
    def log(self, word: str) -> float:
        score = self.lexicon.score(word)
        if score is not None:
            return score
        return self.unseen(word)

    def unseen(self, word: str) -> float:
        """Score of a word outside the lexicon: better when it is a known stem with clitics."""
        found = self.clitic_memo.get(word)
        if found is None:
            best = UNKNOWN_SCORE - 0.3 * len(word)
            for head, stem, tail in self.analyses(word):
                score = self.lexicon.score(stem)
                if score is not None:
                    n = (head != "") + (tail != "")
                    best = max(best, score - CLITIC_COST * n - 1.0)
            if len(self.clitic_memo) > 200_000:
                self.clitic_memo.clear()
            found = self.clitic_memo[word] = max(best, -40.0)
        return found

    def analyses(self, word: str) -> Iterator[tuple[str, str, str]]:
        """Yield (proclitic, stem, enclitic) with stems of three letters or more."""
        heads = [""] + [p for p in PROCLITICS if word.startswith(p) and len(word) - len(p) >= 3]
        tails = [""] + [s for s in ENCLITICS if word.endswith(s) and len(word) - len(s) >= 3]
        for head in heads:
            for tail in tails:
                stem = word[len(head) : len(word) - len(tail)]
                if (head or tail) and len(stem) >= 3:
                    yield head, stem, tail
                    if head.endswith("لل") :
                        yield head, "ال" + stem, tail

    def single(self, text: str, cost: float, source: str) -> Candidate:
        return Candidate(text, (self.lexicon.ids.get(text, UNKNOWN),), (self.log(text),), cost, source)

    def several(self, texts: list[str], cost: float, source: str) -> Candidate:
        ids = tuple(self.lexicon.ids.get(t, UNKNOWN) for t in texts)
        return Candidate(" ".join(texts), ids, tuple(self.log(t) for t in texts), cost, source)

    # -- generation ---------------------------------------------------------------------------
    def _generate(self, word: str) -> list[Candidate]:
        lex = self.lexicon
        own = self.single(word, 0.0, "as written")
        best: dict[str, Candidate] = {}

        def add(text: str, cost: float, source: str) -> None:
            if text == word:
                return
            old = best.get(text)
            if old is None or cost < old.cost:
                best[text] = self.single(text, cost, source)

        known = word in lex.ids
        doubtful = own.logs[0] < -15.0
        bones = skeleton(word)
        for text in lex.siblings(bones):
            add(text, class_cost(word, text), "class")
        if not known:
            for head, stem, tail in self.analyses(word):
                for text in lex.siblings(skeleton(stem)):
                    if head.endswith("لل") and text.startswith("ال") and len(text) == len(stem):
                        text_ = head + text[2:]
                    else:
                        text_ = head + text + tail
                    if len(text_) == len(word) and (not tail or text[-1] not in "ةى"):
                        add(text_, class_cost(word, text_), "class")
        for text, cost, source in self._rules(word):
            for sib in lex.siblings(skeleton(text)):
                add(sib, cost + class_cost(text, sib), source)
        if RUN.search(word):
            for n in (1, 2):
                text = RUN.sub(lambda m: m.group(1) * n, word)
                for sib in lex.siblings(skeleton(text)):
                    add(sib, 0.5 + class_cost(text, sib), "elongation")
        if not known or (doubtful and len(word) >= 4):
            for bones_, cost, source in self._edits(bones):
                for sib in lex.siblings(bones_):
                    if lex.score(sib) > own.logs[0]:
                        add(sib, cost + 0.5 * self._residue(word, sib), source)
        ranked = sorted([*best.values(), *self._splits(word, own.logs[0])], key=lambda c: c.cost - sum(c.logs))
        floor = -own.logs[0] + HOPELESS
        return [own, *(c for c in ranked[:10] if c.cost - sum(c.logs) < floor)]

    def _residue(self, word: str, meant: str) -> float:
        return 0.6 * sum(c in "أإآىةؤئ" and c not in meant for c in word) + 0.2 * sum(
            c in "أإآىةؤئ" and c not in word for c in meant
        )

    def _rules(self, word: str) -> Iterator[tuple[str, float, str]]:
        """Spellings that are commonly one letter off: waw of the plural, tanween alef, seats of hamza."""
        if word.endswith("و"):
            yield word + "ا", 2.5, "waw alef"
        if word.endswith("وا"):
            yield word[:-1], 3.5, "waw alef"
        if len(word) >= 3 and word[-1] not in "اىةهيو":
            yield word + "ا", 4.5, "tanween"
        if word.endswith("ا") and len(word) >= 4:
            yield word[:-1], 6.0, "tanween"
        if word.endswith("ئ"):
            yield word[:-1] + "يء", 1.0, "hamza"
        if word.endswith("ن") and len(word) >= 3:
            yield word[:-1] + "ا", 4.0, "tanween"
        if word.endswith("ا") and len(word)>=3:
            yield word + "ء", 4.0, "hamza"
        if word.endswith("اء"):
            yield word[:-1], 6.0, "hamza"
        for i in range(1, len(word)):
            c = word[i]
            if c == "ي" and i < len(word) - 1:
                yield word[:i] + "ئ" + word[i + 1 :], 2.0, "hamza"
            elif c == "ئ" or c == "ؤ" or c == "أ" or c == "ء":
                for d in "ئؤأء":
                    if d != c:
                        yield word[:i] + d + word[i + 1 :], 1.5, "hamza"
                if c == "ئ":
                    yield word[:i] + "ي" + word[i + 1 :], 4.0, "hamza"
            elif c == "و":
                yield word[:i] + "ؤ" + word[i + 1 :], 2.0, "hamza"
            elif c == "ى" and i < len(word) - 1:
                yield word[:i] + "آ" + word[i + 1 :], 1.0, "shift"
                yield word[:i] + "ئ" + word[i + 1 :], 1.5, "hamza"

    def _edits(self, bones: str) -> Iterator[tuple[str, float, str]]:
        """Skeletons at distance one, each with the cost of the slip."""
        classes = self.lexicon.skeletons
        n = len(bones)
        for i in range(n):
            left, c, right = bones[:i], bones[i], bones[i + 1 :]
            first = i == 0
            if n > 3 and (cut := left + right) in classes:
                if i and bones[i - 1] == c:
                    yield cut, confusion.DOUBLED, "repeated"
                elif not first:
                    yield cut, confusion.EXTRA, "extra"
            if right and right[0] != c and (swap := left + right[0] + c + right[1:]) in classes:
                yield swap, confusion.TRANSPOSED + 2.0 * first, "transposed"
            for d in confusion.ALPHABET:
                if d != c and (text := left + d + right) in classes:
                    cost = confusion.SUBSTITUTION.get((c, d), confusion.OTHER_SUBSTITUTION)
                    yield text, cost + 2.0 * first, "letter"
                if not first and (text := left + d + c + right) in classes:
                    yield text, confusion.MISSING, "missing"

    def _splits(self, word: str, own: float) -> list[Candidate]:
        lex = self.lexicon
        out = []
        for i in range(1, len(word)):
            left, right = word[:i], word[i:]
            if len(left) < 2 or len(right) < 2:
                continue
            for a in lex.siblings(skeleton(left)):
                la = lex.score(a)
                if la < (-8.5 if len(a) < 4 else -12.0):
                    continue
                for b in lex.siblings(skeleton(right)):
                    lb = lex.score(b)
                    if lb < (-9.5 if len(b) < 4 else -13.0) or la + lb < own - 12:
                        continue
                    price = 1.0 if left in PARTICLES or a == "عبد" or b == "الله" else 4.0
                    out.append(self.several([a, b], price + class_cost(left, a) + class_cost(right, b), "split"))
        out.sort(key=lambda c: c.cost - sum(c.logs))
        return out[:4]
