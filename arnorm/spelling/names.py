"""Words of names that the model knows badly or not at all: countries, cities, languages, surnames, brands."""

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
    """Say whether `word`, perhaps with a preposition or «و», is in the list of arnorm/data/names.z.

    >>> is_name("إريتريا"), is_name("بإريتريا"), is_name("كتاب")
    (True, True, False)
    """
    names = _names()
    return word in names or any(
        word.startswith(head) and len(word) - len(head) >= 4 and word[len(head) :] in names for head in _HEADS
    )


def is_jargon(word: str) -> bool:
    """Say whether `word`, perhaps with an article or a preposition, is a term of a register that books seldom have.

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
