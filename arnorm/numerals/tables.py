"""Currencies, measures, months, and the words around a number that decide how it is read. Data only.

Names of currencies and their parts: ISO 4217 and CLDR's Arabic names; of measures: the SI units in Arabic as the press
writes them; months: CLDR (``gulf`` as in Egypt and the Gulf, ``levant`` as in Iraq, Syria, Jordan and Lebanon).
"""

from __future__ import annotations

from typing import NamedTuple

from arnorm.numerals.cardinals import Gender

#: Digits by the names that `arnorm.passes.digits` gives them.
DIGITS = {"ascii": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}


class Noun(NamedTuple):
    """A noun that is counted: «ريال», «ريالات»; ``adjective`` in the masculine singular: «سعودي»."""

    one: str
    few: str
    gender: Gender = "masculine"
    adjective: str = ""


class Currency(NamedTuple):
    """A currency, its part, and how many parts make one."""

    main: Noun
    part: Noun
    parts: int = 100


_HALALA = Noun("هللة", "هللات", "feminine")
_FILS = Noun("فلس", "فلوس")
_FILS_OF_1000 = Noun("فلس", "فلسات")
_PIASTRE = Noun("قرش", "قروش")
_CENT = Noun("سنت", "سنتات")
_CENTIME = Noun("سنتيم", "سنتيمات")
_MILLIME = Noun("مليم", "مليمات")
_DIRHAM = Noun("درهم", "دراهم")


def _riyal(of: str) -> Noun:
    return Noun("ريال", "ريالات", adjective=of)


def _dinar(of: str) -> Noun:
    return Noun("دينار", "دنانير", adjective=of)


def _pound(of: str) -> Noun:
    return Noun("جنيه", "جنيهات", adjective=of)


def _lira(of: str) -> Noun:
    return Noun("ليرة", "ليرات", "feminine", of)


#: By ISO 4217 code.
CURRENCIES = {
    "SAR": Currency(_riyal("سعودي"), _HALALA),
    "AED": Currency(Noun("درهم", "دراهم", adjective="إماراتي"), _FILS),
    "EGP": Currency(_pound("مصري"), _PIASTRE),
    "KWD": Currency(_dinar("كويتي"), _FILS_OF_1000, 1000),
    "BHD": Currency(_dinar("بحريني"), _FILS_OF_1000, 1000),
    "JOD": Currency(_dinar("أردني"), _FILS_OF_1000, 1000),
    "IQD": Currency(_dinar("عراقي"), _FILS_OF_1000, 1000),
    "LYD": Currency(_dinar("ليبي"), _DIRHAM, 1000),
    "TND": Currency(_dinar("تونسي"), _MILLIME, 1000),
    "DZD": Currency(_dinar("جزائري"), _CENTIME),
    "MAD": Currency(Noun("درهم", "دراهم", adjective="مغربي"), _CENTIME),
    "QAR": Currency(_riyal("قطري"), Noun("درهم", "دراهم")),
    "OMR": Currency(_riyal("عماني"), Noun("بيسة", "بيسات", "feminine"), 1000),
    "YER": Currency(_riyal("يمني"), _FILS),
    "SYP": Currency(_lira("سوري"), _PIASTRE),
    "LBP": Currency(_lira("لبناني"), _PIASTRE),
    "TRY": Currency(_lira("تركي"), _PIASTRE),
    "SDG": Currency(_pound("سوداني"), _PIASTRE),
    "USD": Currency(Noun("دولار", "دولارات", adjective="أمريكي"), _CENT),
    "EUR": Currency(Noun("يورو", "يوروهات"), _CENT),
    "GBP": Currency(_pound("إسترليني"), Noun("بنس", "بنسات")),
}
#: Signs of a currency, before or after the amount. A bare dollar sign names no country, nor does the old sign of the
#: riyal; U+20C1 is that of Saudi Arabia.
CURRENCY_SIGNS = {
    "$": Currency(Noun("دولار", "دولارات"), _CENT),
    "﷼": Currency(Noun("ريال", "ريالات"), _HALALA),
    "\u20c1": CURRENCIES["SAR"],
    "€": CURRENCIES["EUR"],
    "£": CURRENCIES["GBP"],
    "ر.س": CURRENCIES["SAR"],
    "د.إ": CURRENCIES["AED"],
    "ج.م": CURRENCIES["EGP"],
    "د.ك": CURRENCIES["KWD"],
    "د.أ": CURRENCIES["JOD"],
    "د.ع": CURRENCIES["IQD"],
    "د.م": CURRENCIES["MAD"],
    "ر.ق": CURRENCIES["QAR"],
    "ر.ع": CURRENCIES["OMR"],
    "ل.س": CURRENCIES["SYP"],
    "ل.ل": CURRENCIES["LBP"],
    "د.ت": CURRENCIES["TND"],
    "د.ج": CURRENCIES["DZD"],
}

_KILOMETRE = Noun("كيلومتر", "كيلومترات")
_METRE = Noun("متر", "أمتار")
_CENTIMETRE = Noun("سنتيمتر", "سنتيمترات")
_MILLIMETRE = Noun("مليمتر", "مليمترات")
_KILOGRAM = Noun("كيلوغرام", "كيلوغرامات")
_GRAM = Noun("غرام", "غرامات")
_LITRE = Noun("لتر", "لترات")
_DEGREE = Noun("درجة", "درجات", "feminine")

#: Measures by their sign; what follows the noun stands behind it unchanged.
UNITS: dict[str, tuple[Noun, str]] = {
    "km": (_KILOMETRE, ""),
    "كم": (_KILOMETRE, ""),
    "m": (_METRE, ""),
    "cm": (_CENTIMETRE, ""),
    "سم": (_CENTIMETRE, ""),
    "mm": (_MILLIMETRE, ""),
    "ملم": (_MILLIMETRE, ""),
    "kg": (_KILOGRAM, ""),
    "كغ": (_KILOGRAM, ""),
    "كجم": (_KILOGRAM, ""),
    "كلغ": (_KILOGRAM, ""),
    "g": (_GRAM, ""),
    "mg": (Noun("مليغرام", "مليغرامات"), ""),
    "ملغ": (Noun("مليغرام", "مليغرامات"), ""),
    "l": (_LITRE, ""),
    "L": (_LITRE, ""),
    "ml": (Noun("مليلتر", "مليلترات"), ""),
    "مل": (Noun("مليلتر", "مليلترات"), ""),
    "km²": (_KILOMETRE._replace(adjective="مربع"), ""),
    "كم²": (_KILOMETRE._replace(adjective="مربع"), ""),
    "m²": (_METRE._replace(adjective="مربع"), ""),
    "م²": (_METRE._replace(adjective="مربع"), ""),
    "m³": (_METRE._replace(adjective="مكعب"), ""),
    "م³": (_METRE._replace(adjective="مكعب"), ""),
    "km/h": (_KILOMETRE, "في الساعة"),
    "كم/س": (_KILOMETRE, "في الساعة"),
    "كم/ساعة": (_KILOMETRE, "في الساعة"),
    "m/s": (_METRE, "في الثانية"),
    "م/ث": (_METRE, "في الثانية"),
    "°C": (_DEGREE._replace(adjective="مئوي"), ""),
    "°م": (_DEGREE._replace(adjective="مئوي"), ""),
    "°F": (_DEGREE, "فهرنهايت"),
    "°": (_DEGREE, ""),
    "KB": (Noun("كيلوبايت", "كيلوبايتات"), ""),
    "MB": (Noun("ميغابايت", "ميغابايتات"), ""),
    "GB": (Noun("غيغابايت", "غيغابايتات"), ""),
    "TB": (Noun("تيرابايت", "تيرابايتات"), ""),
    "Hz": (Noun("هرتز", "هرتزات"), ""),
    "kHz": (Noun("كيلوهرتز", "كيلوهرتزات"), ""),
    "MHz": (Noun("ميغاهرتز", "ميغاهرتزات"), ""),
    "GHz": (Noun("غيغاهرتز", "غيغاهرتزات"), ""),
    "W": (Noun("واط", "واطات"), ""),
    "kW": (Noun("كيلوواط", "كيلوواطات"), ""),
    "MW": (Noun("ميغاواط", "ميغاواطات"), ""),
    "V": (Noun("فولت", "فولتات"), ""),
}

MONTHS = {
    "gulf": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "levant": [
        *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول"),
        *("تشرين الأول", "تشرين الثاني", "كانون الأول"),
    ],
}
_OTHER_MONTHS = (
    "إبريل ابريل اغسطس اكتوبر جانفي فيفري أفريل ماي جوان جويلية أوت غشت شتنبر نونبر دجنبر اذار ايار اب ايلول"
).split()
HIJRI_MONTHS = [
    *("محرم", "المحرم", "صفر", "ربيع الأول", "ربيع الآخر", "ربيع الثاني", "جمادى الأولى", "جمادى الآخرة"),
    *("جمادى الثانية", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذي القعدة", "ذو الحجة", "ذي الحجة"),
]
#: Every name of a month, the longest first, for patterns.
MONTH_NAMES = sorted({*MONTHS["gulf"], *MONTHS["levant"], *_OTHER_MONTHS, *HIJRI_MONTHS}, key=len, reverse=True)

#: After these the number is in the genitive.
PREPOSITIONS = frozenset(
    "في من إلى الى على عن مع بعد قبل خلال منذ مذ نحو حوالي حوالى زهاء قرابة بين لدى عند تحت فوق أمام دون بدون "
    "ضد عبر سوى غير كل لكل بكل ضمن طوال طيلة عقب إثر أثناء بحدود بحوالي بنحو لنحو لمدة بمدة".split()
)
#: After these it is in the accusative, which numbers write like the genitive: particles («أن ١٢ دولة»),
PARTICLES = frozenset("أن إن وأن وإن فإن لأن بأن كأن".split())
#: and verbs that hardly have a number for their subject: of extent («بلغت ٢٠ طنا»), of time («عاش ٩٠ عاما»).
EXTENT = frozenset(
    "بلغ بلغت يبلغ تبلغ ليبلغ لتبلغ استغرق استغرقت يستغرق تستغرق تجاوز تجاوزت يتجاوز تتجاوز كلف كلفت يكلف تكلف ضم "
    "ضمت يضم تضم شمل شملت يشمل تشمل يساوي تساوي عاش عاشت عشت يعيش تعيش قضى قضت قضيت يقضي تقضي أمضى أمضت أمضيت يمضي "
    "استمر استمرت يستمر تستمر دام دامت يدوم تدوم مكث مكثت لبث لبثت انتظر انتظرت ينتظر تبعد يبعد قطع قطعت يقطع تقطع "
    "سار سارت غاب غابت تأخر تأخرت يزن تزن اشتريت رأيت".split()
)
#: What decides the case of a number right behind it.
GOVERNING = PREPOSITIONS | PARTICLES | EXTENT
#: Nouns that stand in the construct before a number: «بنسبة ٢٥», «عمره» not.
CONSTRUCT_NOUNS = frozenset(
    "نسبة قيمة مبلغ مدة سعر عمر سن مسافة ارتفاع طول عرض عمق وزن حجم معدل فترة مساحة سرعة قوة درجة عدد مجموع "
    "إجمالي بمعدل بنسبة بقيمة بمبلغ بسعر بعمر بسن بطول بعرض بارتفاع بعمق بوزن بسرعة بقوة بمساحة بفارق بواقع "
    "لنسبة لمسافة فارق واقع سعة بسعة عام سنة يوم ليلة رقم برقم عامي أعوام صفحة شارع "
    "ميدان حي ساحة طريق جسر كوبري حرب ثورة انقلاب اتفاق هجوم ذكرى عيد بحضور حضور بوجود وجود بمرور مرور".split()
)
#: Definite nouns whose number is an ordinal: «القرن ١٩» is «القرن التاسع عشر».
ORDINAL_NOUNS: dict[str, Gender] = {
    **dict.fromkeys(
        "القرن المركز الفصل الطابق الدور الأسبوع الباب الجزء المجلد الصف اليوم الشهر العام البند الملحق العدد "
        "الدرس السؤال القسم المستوى التمرين الشكل الجدول".split(),
        "masculine",
    ),
    **dict.fromkeys(
        (
            "الدورة المادة الجولة المرة الحلقة المرحلة المرتبة الذكرى النسخة الطبعة الدقيقة الساعة السنة الفقرة الليلة "
            "الآية السورة الوحدة الخطوة الدفعة الفئة المحاضرة النقطة الدرجة المجموعة الحصة"
        ).split(),
        "feminine",
    ),
}
#: Nouns before a code, which is read digit by digit.
CODE_NOUNS = frozenset(
    "رقم الرقم برقم هاتف الهاتف جوال الجوال موبايل الموبايل تلفون فاكس الفاكس حساب الحساب رمز الرمز الكود كود "
    "البريدي مرجع المرجع الفاتورة فاتورة الطلب التذكرة الهوية الجواز البطاقة الشحنة الاشتراك العضوية التحقق "
    "السري".split()
)
#: Those of a code that is no count, however short.
SECRET_NOUNS = frozenset("رمز الرمز الكود كود السري التحقق البريدي".split())
#: What is measured in halves and quarters, besides the nouns that numbers count.
MEASURED = frozenset("كيلو كيلوغرام كيلوجرام كيلومتر لتر متر كوب ملعقة ساعة فنجان مليون مليار طن رطل فدان".split())
#: Nouns that the list counted from text lacks or has by the wrong singular, by the gender of that; dictionaries agree.
PLURALS: dict[Gender, frozenset[str]] = {
    "masculine": frozenset(
        "أجداد أخوال أعمام أقارب جيران ضيوف زبائن أرانب أسماك ثعالب حمير حيتان ديوك ذئاب صقور عصافير عقارب نمور أنوف "
        "رؤوس أعراض أدوية أرباح أسعار ديون رواتب ضرائب قروض أسواق متاحف مسارح مطابخ مسلسلات مطارات مواعيد حبال خناجر "
        "سقوف سهول وديان نجوم سكان أضلاع أظافر أنبياء رسل أولياء أئمة أوزان أوسمة أحكام أركان أصناف".split()
    ),
    "feminine": frozenset(
        "آبار آذان أراض أرجل أرواح أشجار أعين أفاع أنفس أبقار إذاعات بذور بلديات ثمرات حروب حقب خالات عمات جدات خرائط "
        "دعاوى زهور ورود سلال شموس فؤوس مزارع معاهدات نظريات نقابات وثائق أرامل عرائس زوجات رهائن فرائض ركعات سجدات "
        "لبنات ضحايا هدايا زوايا خلايا مزايا وصايا عطايا".split()
    ),
}
#: The same for singulars.
SINGULAR = frozenset(
    "عم خال جار زبون سائق قلم دفتر تمرين واجب تقرير مسلسل متجر مطعم متحف مسرح مطار جدار سقف مطبخ عقد موعد موسم نمر "
    "ذئب عصفور صقر سمك حوت ثعبان عظم مبلغ ربح قرض راتب مصرف بنك شوط منتخب مدرب حاسوب قمر قفل خنجر حبل سهل مطلب حل "
    "خيار اجتماع لقاء مؤتمر قرد".split()
)
#: Nouns of men whose plural is a broken one: in «-ات» they are women («ثلاث طبيبات»), and things are not («قرارات»).
MEN = frozenset(
    "طبيب أمير خبير رئيس وزير سفير نائب عامل صديق قريب شريك بطل أستاذ باحث عالم قاضي قاض رفيق أسير شهيد زميل مدير حفيد "
    "فنان مواطن دكتور صحفي صحافي محامي صبي شاعر كاتب حارس زائر طالب تلميذ سجين جار خطيب طفل شاهد عضو ملك".split()
)
#: Feminine nouns without a sign of it, in the singular.
FEMININE = frozenset("دار نفس عين يد أرض شمس حرب بئر نار روح أذن ساق كأس بنت أم أخت فأس عصا".split())
#: Masculine nouns in teh marbuta.
MASCULINE = frozenset("خليفة علامة طاغية داعية".split())
#: Words behind a number that are not what it counts.
NO_NOUNS = frozenset(
    "في من إلى الى على عن مع أو او ثم أن إن لأن كل هذا هذه ذلك تلك كان كانت بين لا ما هو هي هم قد لم لن إذا "
    "حيث كما بعد قبل خلال منذ نحو حوالي عند عبر ضد حتى لكن بل أي أما قال قالت وقال وقالت فقط أيضا تقريبا "
    "مقابل ضمن دون بدون إلا سوى غير أكثر أقل".split()
)
