"""Words that are right where the model knows them badly or not at all: names, terms of trades, dialects."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from arnorm.chars import ARTICLES, JOINED

#: Gives the log-probability of a word, None where it is not known.
LogOf = Callable[[str], "float | None"]
#: What may stand before a term, and before a name.
_ARTICLES = ("", *ARTICLES, *JOINED)
_HEADS = (*JOINED, "وب", "ول")


#: Words of interfaces, kitchens and old books that books of today seldom have, so that others seem to fit better.
_JARGON = frozenset(
    """
    محو مجلد نقر جار جاري قالب لصق نسخ سحب إفلات تمرير حقل زر شريط وسم رمز خادم مضيف منفذ حزمة دفق بث تبويب إشارة
    مرجعية محرر مستند ملف مخطط طباعة حافظة ذاكرة مفتاح مؤشر فأرة عرض تحرير تنزيل تحميل تثبيت ترقية تهيئة حظر إلغاء
    تراجع إعادة اختبار نشر حلول حل جهاز أداء تقييم ضبط تصفح تصفية فرز دمج تقسيم تدوير لقطة شاشة كتم إيقاف
    تشغيل خلفية سمة سطر عمود خلية جدول صيغة كتف خروف لحم مفروم قدر مقلاة خفق عجن عجينة خبز خبيز طهي قلي شوي سلق
    تقليب نقع فرم رشة ملعقة كوب حبة فص كزبرة كمون بهار هيل قرفة سمن زبدة طحين دقيق خميرة سميد مرق حشوة صلصة حدثنا
    أنبأنا أخبرنا سورة آية رواية سند متن
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


#: Words that the dialects have and standard Arabic has not, spelled as they are mostly written: what they ask, deny and
#: point at things with, and the little words beside.
_DIALECT = frozenset(
    """
    مش موش مهو ماهو شو شنو شنوة شنية ايش إيش أيش اشنو ليش ليه علاش علاه منين امتى إمتى هلق هلأ دلوقتي دلوقت توة هسه
    هسة هسع هسيه دابا بدي بدك بده بدها بدهم بدكم بدن عايز عاوز عايزة عاوزة عايزه عاوزه عايزين بغيت بغا نبغى ابغى
    أبغى كده كدا كدة هيك هكا هاد هادا هيدا هيدي هيدول هادول هاذي هدول ده اللي إللي ياللي ديال ديالي ديالك ديالو
    دياله ديالها ديالنا متاع متاعي متاعك متاعو متاعنا بتاع بتاعي بتاعت بتاعك بتاعه بتاعها بتاعتي بتوع مافي مفيش
    مافيش ماكو أكو برضه برضو بردو بزاف برشا هواية هوايه وايد شوي شوية شويه عشان علشان مشان منشان لسه لسا لسة هونيك
    هناي كيفاش واش واخا راك راهي رانا راني راهم غادي غاديش كاينة كاينين احنا إحنا نحنا انتو إنتو انتوا هوما ازيك
    إزيك شلون شلونك اشلون مزيان زوين خويا زلمة هالشي بيقول معرفش ماعرفش مابعرف ماكانش معنديش منيح منيحة ازاي إزاي
    شحال قداش قديش شكون مين ايوه أيوه ايوة كويس كويسة كويسين اوي أوي النهارده النهاردة انهارده امبارح إمبارح معايا
    معاه معاها معاك معاكم معاهم يبغى تبغى يبي الحين وينك وينه فينك كلش هيج شكو بلكي وياك وياي هاذ هادشي بحال والو
    حيت نتا نتي باهي زادة كيما ياريت اشي إشي انو إنو هاظا هاض فش مبارح هنن عندن شغلات بيها بيهم عنجد هالحكي
    """.split()
)
#: The same that are also names or words of standard Arabic: one alone tells nothing.
_PERHAPS = frozenset(
    """
    مو وش وين فين توا بدو بدنا هادي هاي دي دا تاع تبع تبعي اكو كمان واجد هون باش راه كاين حنا جاي بس شي رح
    عم متل متله متلها متلك تاني تانية التاني التانية اتنين إتنين اكتر أكتر عدنا زي طب ايه إيه يعني جوا برا هيه
    إلها يلي عنا هذي هني كتير متلا حدا
    """.split()
)
#: Verbs of the present as the dialects begin them: «بيعمل», «كيعمل», «هيعمل», «غيعمل».
_BEGUN = re.compile("[وف]?(?:[بكهحغ]|تي|دي)([يتن].{3,})")
#: «ماعرفش», «مبيعملش»; and «هالبلد».
_DENIED, _POINTED = re.compile("[وف]?م.{3,}ش(?:ي)?"), re.compile("[وفب]?ه(ال.{3,})")
#: What stands before a verb that goes on, or will: «عم يعمل», «رح يعمل».
_GOING_ON = frozenset(("عم", "رح"))
_VERB = re.compile("ب?[يتن].{2,}")
#: A word more frequent than this is no word of a dialect; what is left of one without what the dialect adds is so
#: frequent, and so many nats more so; and not with the article, which no verb has.
_SELDOM, _KNOWN, _COMMONER, _NO_NOUN = -13.0, -13.5, 3.0, -15.0
#: Behind these a word may be one of a dialect, however it looks.
_BEFORE = _GOING_ON | {"ما"}
#: So many words are remembered with how they look.
_REMEMBERED = 20_000
#: One word in so many is enough for a sentence to be in a dialect.
_SHARE = 12
#: Changes that hold for a dialect as well: hamzas, dots, spaces, the silent alef, words drawn out.
_SPELLING = frozenset(
    ("class", "lone waw", "elongation", "keyboard", "waw alef", "repeated", "split", "idiom", "shift", "variant")
)
#: Words of a dialect that look like standard ones without their dots: «الي» for «اللي», «اي» for yes.
_KEPT = frozenset(("الي", "إلي", "اي", "إي", "اه", "دى", "فان", "شي", "بشي", "الشي", "لاباس", "انتي", "إنتي", "أنتي"))


def is_dialect(words: Sequence[str], score: LogOf = lambda word: None) -> bool:
    """Say whether a sentence is in a dialect: one word in twelve is one of a dialect, at least.

    *score* gives the log-probability of a word of standard Arabic, None of one that it has not: with it verbs of
    dialects are known by how they begin and end.

    >>> is_dialect("شو بدك تعمل اليوم".split()), is_dialect("ماذا تريد أن تفعل اليوم".split())
    (True, False)
    >>> is_dialect("ما كتبتش الواجب".split(), {"كتب": -9.0}.get)
    True
    """
    surely = sum([is_spoken(word, before, score) for before, word in pairwise(("", *words)) if _may_be(word, before)])
    perhaps = len([word for word in words if word in _PERHAPS])
    return (surely > 0 or perhaps > 1) and (surely + perhaps) * _SHARE >= len(words)


#: What any of tells that a sentence may be in a dialect, though it is too little to be sure.
_TRACES = _DIALECT | _PERHAPS


def may_be_dialect(words: Sequence[str]) -> bool:
    """Say whether a sentence has a word that dialects have: too little to tell one, enough to be careful.

    >>> may_be_dialect("قال لي كمان".split()), may_be_dialect("قال لي أيضا".split())
    (True, False)
    """
    return not _TRACES.isdisjoint(words)


def _may_be(word: str, before: str) -> bool:
    """Say, quickly, whether a word behind *before* may be one that only dialects have."""
    return before in _BEFORE or _looks_spoken(word)


@lru_cache(_REMEMBERED)
def _looks_spoken(word: str) -> bool:
    found = _BEGUN.fullmatch(word) or _DENIED.fullmatch(word) or _POINTED.fullmatch(word)
    return word in _DIALECT or found is not None


def is_spoken(word: str, before: str, score: LogOf) -> bool:
    """Say whether a word behind *before* is one that only dialects have.

    >>> score = {"يكتب": -9.0}.get
    >>> is_spoken("ليش", "", score), is_spoken("بيكتب", "", score), is_spoken("يكتب", "عم", score)
    (True, True, True)
    """
    if word in _DIALECT or (before in _GOING_ON and _VERB.fullmatch(word)):
        return True
    own = score(word)
    if own is not None and own > _SELDOM:
        return False
    if _DENIED.fullmatch(word) or (before == "ما" and len(word) > 3 and word[-1] == "ش"):
        return not is_name(word)
    found = _BEGUN.fullmatch(word) or _POINTED.fullmatch(word)
    if found is None:
        return False
    rest = score(found[1])
    noun = score("ال" + found[1])
    return (
        rest is not None
        and rest > _KNOWN
        and (own is None or own < rest - _COMMONER)
        and (noun is None or noun < _NO_NOUN)
        and not is_name(word)
    )


#: Pronouns that dialects write with the verb, and standard Arabic apart: «قلتلك», «قلت لك».
_DATIVES = frozenset("لي لك لكي له لو لها لنا لكم لكو لهم لهن".split())


def is_kept(word: str, kind: str, meant: str) -> bool:
    """Say whether a word of a sentence in a dialect is to stay, given the kind of the change and what it makes of it.

    >>> is_kept("قلتلك", "split", "قلت لك"), is_kept("يارب", "split", "يا رب")
    (True, False)
    """
    joined = kind == "split" and meant.rsplit(" ", 1)[-1] in _DATIVES
    return joined or not holds_for_dialects(kind) or word in _KEPT or word in _DIALECT or word in _PERHAPS


def holds_for_dialects(kind: str) -> bool:
    """Say whether changes of a kind hold for a dialect as well."""
    return kind in _SPELLING
