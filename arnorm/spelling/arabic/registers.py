"""Words that are right where the model knows them badly or not at all: names, terms of trades, dialects."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from arnorm.chars import ARTICLES, JOINED

#: What may stand before a term, and before a name.
_ARTICLES = ("", *ARTICLES, *JOINED)
_HEADS = (*JOINED, "وب", "ول")


#: Words of interfaces, kitchens and old books that books of today seldom have, so that others seem to fit better.
_JARGON = frozenset(
    """
    محو مجلد نقر جار جاري قالب لصق نسخ سحب إفلات تمرير حقل زر شريط وسم رمز خادم مضيف منفذ حزمة دفق بث تبويب إشارة مرجعية
    محرر مستند ملف مخطط طباعة حافظة ذاكرة مفتاح مؤشر فأرة عرض تحرير تنزيل تحميل تثبيت ترقية تهيئة حظر إلغاء تراجع إعادة
    ضبط تصفح تصفية فرز دمج تقسيم تدوير لقطة شاشة كتم إيقاف تشغيل خلفية سمة سطر عمود خلية جدول صيغة
    كتف خروف لحم مفروم قدر مقلاة خفق عجن عجينة خبز خبيز طهي قلي شوي سلق تقليب نقع فرم رشة ملعقة كوب حبة فص كزبرة كمون
    بهار هيل قرفة سمن زبدة طحين دقيق خميرة سميد مرق حشوة صلصة حدثنا أنبأنا أخبرنا سورة آية رواية سند متن
    """.split()
)
#: Terms of two words that are no Arabic words by themselves.
_TERMS = {("واي", "فاي"), ("هاي", "فاي"), ("واي", "ماكس"), ("باي", "بال"), ("تي", "في"), ("جي", "ميل"), ("سي", "دي")}


@cache
def _names() -> frozenset[str]:
    import zlib
    from importlib.resources import files

    return frozenset(zlib.decompress((files("arnorm") / "data" / "names.z").read_bytes()).decode().split("\n"))


def is_name(word: str) -> bool:
    """Say whether *word*, perhaps with a preposition or «و», is in the list of arnorm/data/names.z.

    >>> is_name("ناميبيا"), is_name("بناميبيا"), is_name("كتاب")
    (True, True, False)
    """
    names = _names()
    return word in names or any(
        word.startswith(head) and len(word) - len(head) >= 4 and word[len(head) :] in names for head in _HEADS
    )


def is_jargon(word: str) -> bool:
    """Say whether *word*, perhaps with an article or a preposition, is a term of a register that books seldom have.

    >>> is_jargon("المجلد"), is_jargon("بالنقر"), is_jargon("ملفاتك")
    (True, True, False)
    """
    return any(word.startswith(head) and word[len(head) :] in _JARGON for head in _ARTICLES)


def in_term(words: Sequence[str], place: int) -> bool:
    """Say whether a word belongs to a foreign term of two words: «واي فاي».

    >>> in_term(["شبكة", "واي", "فاي"], 1), in_term(["شبكة", "واي", "فاي"], 0)
    (True, False)
    """
    return tuple(words[place : place + 2]) in _TERMS or (place > 0 and tuple(words[place - 1 : place + 1]) in _TERMS)


#: Words that the dialects have and standard Arabic has not, spelled as they are mostly written.
_DIALECT = frozenset(
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
_KEPT = frozenset(("الي", "إلي", "اي", "إي", "اه", "دى", "فان", "شي", "بشي", "الشي", "لاباس"))


def is_dialect(words: Sequence[str]) -> bool:
    """Say whether a sentence is in a dialect: two of its words are, one in seven at least, or one of four.

    >>> is_dialect("شو بدك تعمل اليوم".split()), is_dialect("ماذا تريد أن تفعل اليوم".split())
    (True, False)
    """
    found = sum(word in _DIALECT for word in words)
    return found * _SHARE >= len(words) and (found > 1 or (found == 1 and len(words) <= _SHORT))


#: Pronouns that dialects write with the verb, and standard Arabic apart: «قلتلك», «قلت لك».
_DATIVES = frozenset("لي لك لكي له لو لها لنا لكم لكو لهم لهن".split())


def is_kept(word: str, kind: str, meant: str) -> bool:
    """Say whether a word of a sentence in a dialect is to stay, given the kind of the change and what it makes of it.

    >>> is_kept("قلتلك", "split", "قلت لك"), is_kept("يارب", "split", "يا رب")
    (True, False)
    """
    joined = kind == "split" and meant.rsplit(" ", 1)[-1] in _DATIVES
    return joined or kind not in _SPELLING or word in _KEPT or word in _DIALECT
