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
PARTICLES = frozenset(("يا", "لا", "ما", "وما", "ولا", "ويا", "فلا", "فما", "لو", "كل", "او", "أو", "غير"))
#: Written together or apart, as one likes.
EITHER = re.compile('[وف]?(لابد|ماز[ال]|مادام|لازال|كلما|إنما|انما|فيما|عندما|مما)')
CLITIC_COST = 3.5
#: How many nats of the language model a nat of cost is worth; with neighbours on both sides the model is too sure.
PRICE = 1.85
#: A spelling of the lexicon is meant more often than its cost says.
KNOWN = -1.0
#: The decoder proposes more than it believes; the judge sees to the rest.
HANDICAP = 1.2
#: No context makes up for this many nats.
HOPELESS = 12.0
ILLEGAL = re.compile("[ىة](?=.)|^[ىةؤئ]")
RUN = re.compile(r"(.)\1{2,}")


#: Misspellings that are no words, or none of today's, with what is meant.
IDIOMS = dict(
    line.split(":")
    for line in """
لاكن:لكن ولاكن:ولكن لاكنه:لكنه ولاكنه:ولكنه لاكنها:لكنها لاكنهم:لكنهم لكنن:لكن لاكني:لكني
هاذا:هذا وهاذا:وهذا هاذه:هذه وهاذه:وهذه هاذة:هذه هذة:هذه وهذة:وهذه بهاذا:بهذا لهاذا:لهذا هاذي:هذه هاؤلاء:هؤلاء هؤلا:هؤلاء هاولاء:هؤلاء
هدا:هذا وهدا:وهذا هده:هذه وهده:وهذه دلك:ذلك ودلك:وذلك كدلك:كذلك وكدلك:وكذلك لدلك:لذلك بدلك:بذلك
ذالك:ذلك وذالك:وذلك كذالك:كذلك وكذالك:وكذلك لذالك:لذلك بذالك:بذلك ذالكم:ذلكم
اللذي:الذي واللذي:والذي اللذين:الذين واللذين:والذين اللتي:التي واللتي:والتي الدي:الذي والدي:والذي الذيين:الذين اللدين:الذين اللدي:الذي
شي:شيء شئ:شيء الشئ:الشيء والشئ:والشيء بشئ:بشيء لشئ:لشيء وشئ:وشيء شيئ:شيء بشيئ:بشيء
انشاءالله:إن_شاء_الله إنشاءالله:إن_شاء_الله انشالله:إن_شاء_الله إنشالله:إن_شاء_الله ان_شالله:إن_شاء_الله انشاالله:إن_شاء_الله
انشاء:إن_شاء إنشاء:إن_شاء وانشاء:وإن_شاء شاءالله:شاء_الله ماشاءالله:ما_شاء_الله ماشالله:ما_شاء_الله
الحمدالله:الحمد_لله الحمدلله:الحمد_لله والحمدلله:والحمد_لله والحمدالله:والحمد_لله بسمالله:بسم_الله يالله:يا_الله ياالله:يا_الله ياارب:يا_رب يارب:يا_رب
لوسمحت:لو_سمحت كلشي:كل_شيء كلشئ:كل_شيء لاشيء:لا_شيء لاشئ:لا_شيء لاشي:لا_شيء
انتي:أنت إنتي:أنت أنتي:أنت لكي:لك بكي:بك إليكي:إليك اليكي:إليك عليكي:عليك منكي:منك
اسف:آسف الاسف:الأسف للاسف:للأسف
مسؤل:مسؤول مسؤلية:مسؤولية المسؤلية:المسؤولية المسؤلين:المسؤولين مسؤلين:مسؤولين المسؤل:المسؤول
""".split()
)  # fmt: skip
IDIOM_COST = 0.5


class Candidate(NamedTuple):
    """A spelling that may have been meant: its words, their ids and scores, the cost and the source."""

    text: str
    ids: tuple[int, ...]
    logs: tuple[float, ...]
    cost: float
    source: str
    margin: float = 0.0


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
            best = self.lexicon.unseen(word)
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
        own = self.single(word, HANDICAP + (KNOWN if word in self.lexicon.ids else 0.0), "as written")
        best: dict[str, Candidate] = {}

        def add(text: str, cost: float, source: str) -> None:
            if text == word:
                return
            old = best.get(text)
            if old is None or cost < old.cost:
                best[text] = self.single(text, cost, source)

        idiom = IDIOMS.get(word)
        spelled_out = []
        if idiom is not None:
            if "_" in idiom:
                spelled_out.append(self.several(idiom.split("_"), IDIOM_COST, "idiom"))
            else:
                add(idiom, IDIOM_COST, "idiom")
        known = word in lex.ids
        doubtful = own.logs[0] < -15.0
        bones = skeleton(word)
        for text in lex.siblings(bones):
            add(text, class_cost(word, text) + (self._settled(word, text) if known else 0.0), "class")
        if not known:
            for head, stem, tail in self.analyses(word):
                for text in lex.siblings(skeleton(stem)):
                    if head.endswith("لل") and text.startswith("ال") and len(text) == len(stem):
                        text_ = head + text[2:]
                    else:
                        text_ = head + text + tail
                    if len(text_) == len(word) and (not tail or text[-1] not in "ةى"):
                        add(text_, class_cost(word, text_), "class")
        if not known:
            for text, cost in self._unseen_class(word):
                add(text, cost, "class")
        for text, cost, source in self._rules(word):
            for sib in lex.siblings(skeleton(text)):
                add(sib, cost + class_cost(text, sib), source)
        if RUN.search(word) and len(set(word)) > 2:
            for n in (1, 2):
                text = RUN.sub(lambda m: m.group(1) * n, word)
                for sib in lex.siblings(skeleton(text)):
                    add(sib, 0.5 + class_cost(text, sib), "elongation")
        if own.logs[0] < -10.0:
            for text, cost in self._interdentals(word):
                for sib in lex.siblings(skeleton(text)):
                    if lex.score(sib) > own.logs[0] + 2.0:
                        add(sib, cost + class_cost(text, sib), "letter")
        if word.endswith("و") and not known and word + "ا" not in lex.ids and len(word) >= 4:
            # «يتحابو» for «يتحابوا», of a verb that is known without its plural
            stems = (word[:-1], word + "ن", word + "ه")
            if any(s in lex.ids for s in stems):
                add(word + "ا", 0.0, "waw alef")
        if not known or (doubtful and len(word) >= 4):
            for bones_, cost, source in self._edits(bones):
                for sib in lex.siblings(bones_):
                    if lex.score(sib) > own.logs[0]:
                        add(sib, cost + 0.5 * self._residue(word, sib), source)
        ranked = sorted([*best.values(), *spelled_out, *self._splits(word, own.logs[0])], key=lambda c: PRICE * c.cost - sum(c.logs))
        floor = -own.logs[0] + HOPELESS
        return [own, *(c for c in ranked[:10] if PRICE * c.cost - sum(c.logs) < floor)]

    def _settled(self, word: str, text: str) -> float:
        """What it costs more to change a spelling that exists: «شهدائكم» and «شهداءكم» are two cases, «أثيوبيا» a variant."""
        pairs = [(a, b) for a, b in zip(word, text, strict=True) if a != b]
        if all(a in "ءؤئ" for a, _ in pairs):
            return 2.5
        return 1.5 if all(a in "أإآ" and b in "أإآ" for a, b in pairs) else 0.0

    def _residue(self, word: str, meant: str) -> float:
        return 0.6 * sum(c in "أإآىةؤئ" and c not in meant for c in word) + 0.2 * sum(
            c in "أإآىةؤئ" and c not in word for c in meant
        )

    def _rules(self, word: str) -> Iterator[tuple[str, float, str]]:
        """Spellings that are commonly one letter off: waw of the plural, tanween alef, seats of hamza."""
        last = word[-1]
        if last == "و":
            yield word + "ا", 1.0, "waw alef"
        elif word.endswith("وا"):
            yield word[:-1], 3.5, "waw alef"
        elif len(word) >= 3:
            if last not in "اىةه":
                yield word + "ا", 2.5, "tanween"
            elif last == "ا":
                yield word[:-1], 5.0, "tanween"
                yield word + "ء", 4.0, "hamza"
                yield word[:-1] + "ى", 4.0, "letter"
            if last == "ن":
                yield word[:-1] + "ا", 3.5, "tanween"
            if word.endswith("اء"):
                yield word[:-1], 6.0, "hamza"
            elif word.endswith("اءا"):
                yield word[:-1], 0.5, "tanween"
        if len(word) > 4:
            if word.endswith("ون"):
                yield word[:-2] + "ين", 4.5, "case"
            elif word.endswith("ين"):
                yield word[:-2] + "ون", 4.0, "case"
            elif word.endswith("وا") and word.lstrip("وفسل")[:1] in ("ي", "ت"):
                yield word[:-1] + "ن", 4.0, "case"
            elif last == "و" and word.lstrip("وفسل")[:1] in ("ي", "ت"):
                yield word + "ن", 3.0, "case"
        if last == "ئ":
            yield word[:-1] + "يء", 1.0, "hamza"
        elif last == "ي":
            yield word + "ء", 5.0, "hamza"
        for i in range(1, len(word)):
            c = word[i]
            if c == "ي" and i < len(word) - 1:
                yield word[:i] + "ئ" + word[i + 1 :], 2.0, "hamza"
            elif c in "ئؤأء":
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

    def _unseen_class(self, word: str) -> Iterator[tuple[str, float]]:
        """Endings and beginnings that hold for any word, in the lexicon or not: «الفتنويه» for «الفتنوية»."""
        stem = word.removeprefix("و").removeprefix("ف").removeprefix("ب").removeprefix("ك")
        if word.endswith("ه") and (stem.startswith(("ال", "لل")) or word.endswith("يه")) and len(word) > 4:
            yield word[:-1] + "ة", 0.3
        if "ىة".find(word[-1]) < 0 and "ى" in word[:-1]:
            yield word[:-1].replace("ى", "ي") + word[-1], 1.0

    def _interdentals(self, word: str) -> Iterator[tuple[str, float]]:
        """«هدا» for «هذا»: also where the spelling is a word, though a rarer one."""
        for i, c in enumerate(word):
            for d in "ذثظض":
                if (c, d) in confusion.INTERDENTAL:
                    yield word[:i] + d + word[i + 1 :], confusion.SUBSTITUTION[c, d]

    def _edits(self, bones: str) -> Iterator[tuple[str, float, str]]:
        """Skeletons at distance one, each with the cost of the slip."""
        classes = self.lexicon.skeletons
        n = len(bones)
        head = confusion.INFLECTION if bones[0] in "وفبلكسيتنا" else 2.0
        for i in range(n):
            left, c, right = bones[:i], bones[i], bones[i + 1 :]
            edge = head if i == 0 else confusion.INFLECTION if i >= n - 1 and c in "هيكنتاومء" else 0.0
            if n > 3 and (cut := left + right) in classes:
                if i and bones[i - 1] == c:
                    yield cut, confusion.DOUBLED, "repeated"
                elif i:
                    yield cut, confusion.EXTRA + edge, "extra"
            if right and right[0] != c and (swap := left + right[0] + c + right[1:]) in classes:
                yield swap, confusion.TRANSPOSED + 2.0 * (i == 0), "transposed"
            for d in confusion.ALPHABET:
                if d != c and (text := left + d + right) in classes:
                    yield text, confusion.SUBSTITUTION.get((c, d), confusion.OTHER_SUBSTITUTION) + edge, "letter"
                if (text := left + d + c + right) in classes:
                    yield text, confusion.MISSING + edge, "missing"
        for d in confusion.ALPHABET:
            if (text := bones + d) in classes:
                yield text, confusion.MISSING + (confusion.INFLECTION if d in "هيكنتاومء" else 0.0), "missing"

    def _splits(self, word: str, own: float) -> list[Candidate]:
        """Two words that lack the space between them."""
        out: list[Candidate] = []
        if EITHER.match(word) or own > -9.0:
            return out
        for i in range(1, len(word)):
            left, right = word[:i], word[i:]
            particle = left in PARTICLES or right == "الله" or left == "عبد"
            if len(left) < 2 or len(right) < 2 or right in ("ان", "أن", "إن", "اي", "تم", "كم", "هم"):
                continue
            if particle:
                price = 1.0
            elif left[-1] in "ىة":
                price = 0.5
            else:
                price = 3.5 if left[-1] in confusion.NON_JOINING else 5.0
            for a, cost_a in self._halves(left, particle):
                for b, cost_b in self._halves(right, particle):
                    out.append(self.several([a, b], price + cost_a + cost_b, "split"))
        out.sort(key=lambda c: PRICE * c.cost - sum(c.logs))
        return [c for c in out[:4] if sum(c.logs) - PRICE * c.cost > own - 16]

    def _halves(self, part: str, particle: bool) -> list[tuple[str, float]]:
        lex = self.lexicon
        floor = -17.0 if particle else -9.0 if len(part) < 3 else -10.5 if len(part) < 4 else -15.0
        found = [(t, class_cost(part, t)) for t in lex.siblings(skeleton(part)) if lex.logs[lex.ids[t]] > floor]
        if not found and particle and len(part) > 3 and self.unseen(part) > -22:
            found = [(part, 1.0)]
        return found
