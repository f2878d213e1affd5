"""Realistic text for benchmarks, made of our own words: Zipfian, with clitics, punctuation and numbers.

Every text differs from every other, and a word is vocalized the same way each time it comes, as in real text.
The same seed gives the same texts everywhere.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate

_STEMS = (
    "كتاب مدرسة بيت طريق مدينة رجل امرأة ولد بنت يوم ليلة سنة شهر ساعة عمل حياة موت حرب سلام دولة حكومة "
    "رئيس وزير شعب قانون محكمة شركة سوق مال سعر نفط ماء هواء أرض سماء شمس قمر بحر نهر جبل صحراء غابة شجرة "
    "زهرة ثمرة خبز لحم طعام شراب ملعب فريق مباراة لاعب هدف كرة بطولة فوز خسارة حكم جمهور إعلام صحيفة خبر "
    "مقال كاتب شاعر قصيدة رواية قصة مسرح فيلم أغنية موسيقى صوت لون صورة لوحة فنان معرض متحف تاريخ حضارة "
    "ثقافة علم عالم جامعة أستاذ طالب درس امتحان نتيجة سؤال جواب مسألة فكرة رأي موقف قرار اجتماع مؤتمر "
    "لقاء زيارة سفر رحلة طائرة سيارة قطار سفينة مطار ميناء حدود جيش شرطة أمن خطر حادث حريق زلزال مطر ريح "
    "ثلج حر برد صيف شتاء ربيع خريف صحة مرض طبيب مستشفى دواء علاج جراحة قلب دم عين يد رأس جسم كبير صغير "
    "جديد قديم طويل قصير جميل قوي ضعيف سريع بطيء سهل صعب أول ثان أخير كثير قليل مهم خاص عام وطني دولي "
    "عربي قال كان أصبح ذهب عاد جاء رأى سمع كتب قرأ عرف علم أراد استطاع بدأ انتهى أعلن أكد أضاف أشار شارك "
    "حضر دعا طلب منح أخذ في من إلى على عن مع بعد قبل بين أمام تحت فوق حول خلال منذ حتى عند لدى أن إن لكن "
    "لأن كما حيث إذا لو لا ما لم لن قد هذا هذه ذلك تلك الذي التي الذين هو هي هم نحن أنا كل بعض غير أي "
    "أحمد محمد فاطمة سارة يوسف ليلى مصطفى القاهرة بغداد "
).split()
_BEFORE = ["", "", "", "", "ال", "ال", "ال", "و", "وال", "ب", "بال", "لل", "ف", "ك"]
_BEHIND = ["", "", "", "", "", "", "ها", "هم", "ات", "ين", "نا", "ي"]
_BETWEEN = (
    [" "] * 40 + ["، "] * 4 + [". "] * 3 + ["؛ ", ": ", " (", ") ", " «", "» ", " 2024 ", " 15% ", "\n", " - ", "؟ "]
)
_VOWELS = "\u064e\u064f\u0650\u0652\u064e\u064e\u0650"
EMOJI = "😂😍🔥👍🙏😊💔🌹😭✨🎉"
CJK = "日本語中文漢字東京北京新聞報道"


@cache
def _words() -> tuple[list[str], list[float]]:
    choose = random.Random(7)
    words = list(dict.fromkeys(_inflected(stem, choose) for stem in _STEMS * 40))
    choose.shuffle(words)
    return words, list(accumulate(1 / (rank + 3) for rank in range(len(words))))


def _inflected(stem: str, choose: random.Random) -> str:
    behind = choose.choice(_BEHIND)
    if behind and stem[-1] in "ةى":  # the letter they are before a suffix
        stem = stem[:-1] + ("ت" if stem[-1] == "ة" else "ا")
    return choose.choice(_BEFORE) + stem + behind


@cache
def _vocalized(word: str) -> str:
    """Every consonant with a mark, as a fully vocalized text has them; long vowels and the article without."""
    choose = random.Random(word)
    out = []
    for i, letter in enumerate(word):
        out.append(letter)
        long = letter in "اىآ" or (letter in "وي" and i and choose.random() < 0.7) or (letter == "ل" and i == 1)
        if not long and "\u0621" <= letter <= "\u064a":
            out.append("\u0651" * (choose.random() < 0.1) + choose.choice(_VOWELS))
    return "".join(out)


def text(length: int, seed: int, *, vocalized: bool = False, foreign: str = "", share: float = 0.05) -> str:
    """About *length* characters; *foreign* characters make up *share* of them, in runs of one to three."""
    choose = random.Random(seed)
    words, weights = _words()
    pieces: list[str] = []
    have = 0
    while have < length:
        for word in choose.choices(words, cum_weights=weights, k=64):
            piece = (_vocalized(word) if vocalized else word) + choose.choice(_BETWEEN)
            if foreign and choose.random() < share * len(piece) / 2 / (1 - share):
                piece += "".join(choose.choices(foreign, k=choose.randint(1, 3)))
            pieces.append(piece)
            have += len(piece)
    return "".join(pieces)[:length]


def paragraphs(count: int, seed: int, *, vocalized: bool = False, foreign: str = "") -> list[str]:
    """*count* paragraphs of 300 to 800 characters."""
    choose = random.Random(seed)
    lengths = [choose.randint(300, 800) for _ in range(count)]
    return [text(n, seed * 100_003 + i, vocalized=vocalized, foreign=foreign) for i, n in enumerate(lengths)]


def word_list(count: int, seed: int) -> list[str]:
    """*count* words, the frequent ones often."""
    words, weights = _words()
    return random.Random(seed).choices(words, cum_weights=weights, k=count)
