"""Sentences of a dialect, whose words are no misspellings of standard ones."""

from __future__ import annotations

from collections.abc import Sequence

#: Words that the dialects have and standard Arabic has not, spelled as they are mostly written.
_WORDS = frozenset(
    """
    مش مو موش مهو ماهو شو شنو شنوة شنية وش ايش إيش أيش اشنو ليش ليه علاش علاه وين فين منين امتى إمتى هلق هلأدلوقتي
    دلوقت توا توة هسه هسة دابا بدي بدك بده بدو بدها بدنا بدهم بدكم عايز عاوز عايزة عاوزة عايزين بغيت بغا نبغى ابغى أبغى
    كده كدا كدة هيك هكا هاد هادا هادي هاي هادول هدول دي ده دول دا اللي إللي ياللي يلي ديال ديالي
    ديالك ديالو متاع متاعي بتاع بتاعي بتاعت بتاعك بتوع تاع تبع تبعي مافي مفيش مافيش ماكو اكو أكو كمان برضه برضو بزاف
    برشا هواية وايد واجد شوي شوية عشان علشان مشان منشان لسه لسا هون هونيك هناي كيفاش واش واخا باش راك راه راهي رانا راني
    راهم غادي كاين كاينة حنا احنا إحنا نحنا انتو إنتو انتوا هوما ازيك إزيك شلون شلونك اشلون مزيان زوين خويا زلمة هالشي
    بيقول بيقولوا معرفش ماعرفش مابعرف ماكانش معنديش منيح هيدا هيدي هيدول ازاي إزاي شحال قداش قديش شكون
    """.split()
)
#: In a sentence of so many words one is enough.
_SHORT = 4
#: Of a longer one one in so many.
_SHARE = 7
#: Changes that hold for a dialect as well: hamzas, dots, spaces, the silent alef, words drawn out.
_SPELLING = frozenset(
    ("class", "lone waw", "elongation", "keyboard", "waw alef", "repeated", "split", "idiom", "shift", "variant")
)
#: Words of a dialect that look like standard ones without their dots: «الي» for «اللي», «اي» for yes.
_OWN = frozenset(("الي", "إلي", "اي", "إي", "اه", "دى", "فان", "شي", "بشي"))


def is_dialect(words: Sequence[str]) -> bool:
    """Say whether a sentence is in a dialect: two of its words are, one in seven at least, or one of four.

    >>> is_dialect("شو بدك تعمل اليوم".split()), is_dialect("ماذا تريد أن تفعل اليوم".split())
    (True, False)
    """
    found = sum(word in _WORDS for word in words)
    return found * _SHARE >= len(words) and (found > 1 or (found == 1 and len(words) <= _SHORT))


def is_kept(word: str, source: str) -> bool:
    """Say whether a word of a sentence in a dialect is to stay, given the kind of the change."""
    return source not in _SPELLING or word in _OWN or word in _WORDS
