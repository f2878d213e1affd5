"""Spellings that are commonly wrong: as a whole, and one letter off by rule: endings, cases, articles, hamzas."""

from __future__ import annotations

from collections.abc import Iterator

from arnorm.chars import ARTICLES, PREPOSITIONS
from arnorm.spelling.arabic import RESTORED

#: Letters that do not join to the next, so that a missing space does not show: «سورياالعروبة».
NON_JOINING = frozenset("اأإآٱدذرزوؤىةء")

#: Misspellings that are no words of today's written Arabic, with what is meant; spaces in the meaning are written «_».
#: They are no rules: each is one more candidate, at a low cost, and has to suit its sentence.
_TABLE = """
لاكن:لكن ولاكن:ولكن لاكنه:لكنه ولاكنه:ولكنه لاكنها:لكنها لاكنهم:لكنهم لاكني:لكني
هاذا:هذا وهاذا:وهذا هاذه:هذه وهاذه:وهذه هاذة:هذه هذة:هذه وهذة:وهذه بهاذا:بهذا لهاذا:لهذا هاذي:هذه
هاؤلاء:هؤلاء هؤلا:هؤلاء هاولاء:هؤلاء
هدا:هذا وهدا:وهذا هده:هذه وهده:وهذه دلك:ذلك ودلك:وذلك كدلك:كذلك وكدلك:وكذلك لدلك:لذلك بدلك:بذلك
ذالك:ذلك وذالك:وذلك كذالك:كذلك وكذالك:وكذلك لذالك:لذلك بذالك:بذلك ذالكم:ذلكم
اللذي:الذي واللذي:والذي اللذين:الذين واللذين:والذين اللتي:التي واللتي:والتي
الدي:الذي الذيين:الذين اللدين:الذين اللدي:الذي
شي:شيء شئ:شيء الشئ:الشيء والشئ:والشيء بشئ:بشيء لشئ:لشيء وشئ:وشيء شيئ:شيء بشيئ:بشيء
انشاءالله:إن_شاء_الله إنشاءالله:إن_شاء_الله انشالله:إن_شاء_الله إنشالله:إن_شاء_الله انشاالله:إن_شاء_الله
انشا:إن_شاء انشاء:إن_شاء إنشاء:إن_شاء وانشاء:وإن_شاء شاءالله:شاء_الله ماشاءالله:ما_شاء_الله ماشالله:ما_شاء_الله
الحمدالله:الحمد_لله الحمدلله:الحمد_لله والحمدلله:والحمد_لله والحمدالله:والحمد_لله بسمالله:بسم_الله
يالله:يا_الله ياالله:يا_الله يارب:يا_رب
لوسمحت:لو_سمحت كلشي:كل_شيء كلشئ:كل_شيء لاشيء:لا_شيء لاشئ:لا_شيء لاشي:لا_شيء
انتي:أنت إنتي:أنت أنتي:أنت بكي:بك إليكي:إليك اليكي:إليك عليكي:عليك منكي:منك
اسف:آسف الاسف:الأسف للاسف:للأسف
الأن:الآن والأن:والآن للأن:للآن
أولائك:أولئك اولائك:أولئك وأولائك:وأولئك هاكذا:هكذا وهاكذا:وهكذا هولاء:هؤلاء وهولاء:وهؤلاء هئولاء:هؤلاء
هاذان:هذان هاذين:هذين شكرن:شكرا جدن:جدا أيضن:أيضا ايضن:أيضا دائمن:دائما طبعن:طبعا عفون:عفوا مثلن:مثلا أهلن:أهلا
شى:شيء شىء:شيء الشي:الشيء والشي:والشيء بشي:بشيء لشي:لشيء ملئ:مليء ملىء:مليء اليل:الليل اليلة:الليلة
معكي:معك عنكي:عنك لديكي:لديك وعليكي:وعليك وإليكي:وإليك أنشاءالله:إن_شاء_الله انشاءلله:إن_شاء_الله
إنشاءلله:إن_شاء_الله أنشاء:إن_شاء وإنشاء:وإن_شاء مشاءالله:ما_شاء_الله ماشاءلله:ما_شاء_الله مشالله:ما_شاء_الله
لالله:لله سبحانالله:سبحان_الله
مسؤل:مسؤول مسؤلية:مسؤولية المسؤلية:المسؤولية المسؤلين:المسؤولين مسؤلين:مسؤولين المسؤل:المسؤول
"""

#: What is written, and what is meant.
IDIOMS = {written: meant.replace("_", " ") for written, meant in (pair.split(":") for pair in _TABLE.split())}
#: What a rule costs, in nats: roughly minus the logarithm of how often, where the rule suits a word, it is what was
#: meant. Set by hand; the judge was trained with them, and sees the cost as a feature.
_SURELY = 0.5
_MOSTLY = 1.0
_OFTEN = 1.5
_COMMONLY = 2.0
_MANY_A_TIME = 2.5
_AT_TIMES = 3.0
_NOW_AND_THEN = 3.5
_SELDOM = 4.0
_RARELY = 5.0
_HARDLY_EVER = 6.0
#: An idiom of the closed list.
IDIOM = 0.5
#: A tanween alef left off: «كان واضح» for «كان واضحا».
TANWEEN = 2.0


def is_seam(left: str, right: str) -> bool:
    """Say whether no word has the end of *left* before the start of *right*: «إلىالبيت», «عندمااستيقظ».

    >>> is_seam("خضرة", "وماء"), is_seam("مكا", "ن")
    (True, False)
    """
    return left[-1] in "ىة" or (left[-1] == "ا" and right[0] in "اأإآ")


def glue(left: str) -> float:
    """Return what it costs to have left out the space after *left*.

    A space does not show after letters that do not join, and «ى» and «ة» end a word anyway.
    """
    if left[-1] in "ىة":
        return _SURELY
    return _NOW_AND_THEN if left[-1] in NON_JOINING else _RARELY


def certain_endings(word: str) -> Iterator[tuple[str, float]]:
    """Yield spellings of a word that nobody knows: no possessive stands after «ال», no «ى» inside a word."""
    stem = word.removeprefix("و").removeprefix("ف").removeprefix("ب").removeprefix("ك")
    if word.endswith("ه") and len(word) > 4 and (stem.startswith(("ال", "لل")) or word.endswith("يه")):
        yield word[:-1] + "ة", RESTORED
    if word[-1] not in "ىة" and "ى" in word:
        yield word.replace("ى", "ي"), _MOSTLY
    if len(word) > 3 and word.endswith("آ"):  # «جدآ» for «جدا»: a madda drawn for the tanween
        yield word[:-1] + "ا", RESTORED


def rules(word: str) -> Iterator[tuple[str, float, str]]:
    """Yield spellings that are commonly one letter off: (spelling, cost, kind)."""
    yield from _endings(word)
    if len(word) > 4:
        yield from _cases(word)
        yield from _articles(word)
        yield from _nisbas(word)
    yield from _hamzas(word)


def _endings(word: str) -> Iterator[tuple[str, float, str]]:
    """Yield other ends of a word: the alef of a plural or a tanween, «ت» for «ة», «ا» for «ى»."""
    last = word[-1]
    if last == "و":
        yield word + "ا", _MOSTLY, "waw alef"  # «كتبو» for «كتبوا»
        yield word[:-1] + "ه", _SELDOM, "ending"  # «عندو» for «عنده»
    elif word.endswith("وا"):
        yield word[:-1], _NOW_AND_THEN, "waw alef"  # «أرجوا» for «أرجو»
    elif len(word) >= 3:
        if last == "ا":
            yield word[:-1], _RARELY, "tanween"
            yield word + "ء", _SELDOM, "hamza"  # «سما» for «سماء»
            yield word[:-1] + "ى", _MANY_A_TIME, "letter"  # «حتا» for «حتى»
        elif last == "ى":
            yield word[:-1] + "ا", _MANY_A_TIME, "letter"  # «دعى» for «دعا»
        elif last not in "ةه" and not word.endswith(("هم", "كم")):
            yield word + "ا", TANWEEN, "tanween"
        if last == "ن":
            yield word[:-1] + "ا", _NOW_AND_THEN, "ending"  # «شكرن» for «شكرا»
        definite = word.startswith(ARTICLES)
        if last == "ت" and word[-2] != "ا" and len(word) > 4:
            # «المعلومت» for «المعلومات»; «ت» is heard for «ة» in «سيارت أبي», and not behind an article
            yield word[:-1] + "ات", _OFTEN if definite else _AT_TIMES, "missing"
        if last in "ةه" or (last == "ت" and not definite):
            for end in "ت" if last != "ت" else "ةه":
                yield word[:-1] + end, _NOW_AND_THEN, "ending"  # «حيات» for «حياة»
        if word.endswith("ىة"):
            yield word[:-2] + "ة", _SURELY, "extra"  # «الورقىة» for «الورقة»
        if word.endswith("اء"):
            yield word[:-1], _HARDLY_EVER, "hamza"
        elif word.endswith("اءا"):
            yield word[:-1], _SURELY, "tanween"  # «بناءا» for «بناء»


def _articles(word: str) -> Iterator[tuple[str, float, str]]:
    """«لشعب» for «للشعب»."""
    at = word[:1] in ("و", "ف")
    if word[at : at + 1] == "ل" and word[at + 1] not in "ليتن":
        yield word[: at + 1] + "ل" + word[at + 1 :], _SELDOM, "missing"


def _nisbas(word: str) -> Iterator[tuple[str, float, str]]:
    """«الفلسطينين» for «الفلسطينيين», «السودانون» for «السودانيون»."""
    if word.endswith(("ين", "ون")) and word[-3] != "ي":
        yield word[:-2] + "ي" + word[-2:], _AT_TIMES, "missing"


def articles(word: str) -> Iterator[tuple[str, float, str]]:
    """Yield «بالقلم» for «بلقلم» and «للناس» for «لالناس»: an article whose alef was heard, or was not.

    >>> list(articles("وبلقلم"))
    [('وبالقلم', 3.0, 'missing')]
    """
    at = word[:1] in ("و", "ف") and word[1:2] in PREPOSITIONS
    head, rest = word[: at + 1], word[at + 1 :]
    if head[-1:] == "ل":
        if rest.startswith("ال"):
            yield head + rest[1:], _MOSTLY, "extra"
    elif head[-1:] in ("و", "ف", "ب", "ك") and rest.startswith("ل") and len(rest) > 3:
        yield head + "ا" + rest, _AT_TIMES, "missing"


def _cases(word: str) -> Iterator[tuple[str, float, str]]:
    """Yield other cases: «المعلمين» for «المعلمون», «يكتبون» for «يكتبوا»; which is right the sentence has to say."""
    verb = word.lstrip("وفسل")[:1] in ("ي", "ت")
    if word.endswith("ون"):
        yield word[:-2] + "ين", _AT_TIMES, "case"
        yield word[:-1] + "ا", _AT_TIMES, "case"  # «لن يكتبون» for «لن يكتبوا»
    elif word.endswith("ين"):
        yield word[:-2] + "ون", _AT_TIMES, "case"
    elif word.endswith("وا") and verb:
        yield word[:-1] + "ن", _AT_TIMES, "case"  # «هم يكتبوا» for «يكتبون»
    elif word.endswith("و") and verb:
        yield word + "ن", _OFTEN, "case"  # «هم يكتبو», for one hears no «ن»


def _hamzas(word: str) -> Iterator[tuple[str, float, str]]:
    """Yield other seats of a hamza within a word and at its end, or a hamza where none is written."""
    if word[-1] == "ئ":
        yield word[:-1] + "يء", _MOSTLY, "hamza"  # «شئ» for «شيء»
    elif word[-2:] in ("يء", "ىء"):
        sound = "ا" not in word.replace("ال", "", 1)  # «مباديء» for «مبادئ», but «مليء» is right
        yield word[:-2] + "ئ", _AT_TIMES if sound else _MOSTLY, "hamza"
    elif word[-1] == "ي":
        yield word + "ء", _RARELY, "hamza"
        yield word[:-1] + "ئ", _AT_TIMES, "hamza"  # «شاطي» for «شاطئ»
    if len(word) > 3 and word[-1] == "أ":
        yield word[:-1] + "اء", _MANY_A_TIME, "hamza"  # «إنشأ» for «إنشاء»
    elif len(word) > 3 and word.endswith("اء"):
        yield word[:-2] + "أ", _SELDOM, "hamza"  # «ملجاء» for «ملجأ»
    last = len(word) - 1
    for i in range(1, len(word)):
        c, left, right = word[i], word[:i], word[i + 1 :]
        if c == "ي" and i < last:
            yield left + "ئ" + right, _COMMONLY, "hamza"  # «دايما» for «دائما»
        elif c == "و":
            yield left + "ؤ" + right, _COMMONLY, "hamza"
        elif c in "ئؤأإء":
            for seat in "ئؤأء":
                if seat != c:
                    yield left + seat + right, _OFTEN, "hamza"
            if c == "ئ":
                yield left + "ي" + right, _SELDOM, "hamza"
            elif c == "ؤ" and right[:1] not in ("و", ""):
                yield left + "ؤو" + right, _SURELY, "hamza"  # «رؤس» for «رؤوس»
            elif c == "ء" and i < last and word[i - 1] in "ويى":
                yield left[:-1] + ("ؤ" if word[i - 1] == "و" else "ئ") + right, _OFTEN, "hamza"  # «سوءال» for «سؤال»
        elif c == "ى" and i < last:  # never inside a word
            yield left + "آ" + right, _MOSTLY, "shift"  # «الىراء» for «الآراء»
            yield left + "ئ" + right, _OFTEN, "hamza"
