"""What speaks against a change, however well it fits."""

from __future__ import annotations

import pytest

from arnorm import Repairer, repair
from arnorm.spelling.objections import _has_adjective, _has_article, _is_other_case, _is_seat_of_case
from arnorm.spelling.speller import default
from arnorm.spelling.surface import carry, contradict

every_policy = pytest.mark.parametrize("policy", ["safe", "balanced", "thorough"])


@every_policy
@pytest.mark.parametrize(
    "text",
    [
        "رأى ظلَّه في الماء",  # vowels, by whoever writes with care
        "سمع لَفْظِهِ فضحك",
        "عَدَّ لهم المال",
        "السيد حميد بنجلون وزوجته",  # a surname of the Maghreb
        "إنشاء ملف جديد",  # half an idiom
    ],
)
def test_right_text_stays(text: str, policy: str) -> None:
    assert repair(text, policy) == text


def test_a_whole_idiom_is_one() -> None:
    assert repair("نلتقي غدا انشاء الله", "balanced") == "نلتقي غدا إن شاء الله"


def test_words_without_vowels_are_repaired_beside_others() -> None:
    assert repair("ذَهَبَ الى المدرسه", "balanced") == "ذَهَبَ إلى المدرسة"
    assert repair("شكراً لك ايضاً", "balanced") == "شكراً لك أيضاً"


def test_marks_go_with_their_letters() -> None:
    assert carry("اسماً", "اسمي") == "اسمي"


def test_no_letter_with_a_vowel_is_one_too_many() -> None:
    assert contradict("فَامْدُدْهُ", "فامده")
    assert not contradict("المدْررسة", "المدرسة")


@pytest.mark.parametrize(
    ("written", "meant", "refused"),
    [
        ("تُقْرِئُ", "تقرأ", True),
        ("يَأْثُرُ", "يؤثر", True),
        ("تُقْرَئُ", "تقرأ", False),
        ("يُأْثَرُ", "يؤثر", False),
        ("بِامر", "بأمر", False),
    ],
)
def test_vowels_tell_the_seat_of_a_hamza(written: str, meant: str, refused: bool) -> None:
    assert contradict(written, meant) is refused


def test_nothing_is_refused_twice() -> None:
    plan = Repairer.load().plan("بنجلون في الكويت", "thorough")
    assert not [r for r in plan if " " in r.text]


@every_policy
@pytest.mark.parametrize(
    "text",
    [
        "انقر على الزر",  # a command, as right as the first person
        "اخفقي الزبدة مع السكر",  # to a woman
        "اعصري البرتقال في كوب كبير",
        "انشري الغسيل فوق السطح",
        "ارسم دائرة",
        "ضع الملف هنا ثم اضغط على الزر",
        "واش راك يا صاحبي",  # a dialect
        "سجل نقطة اتصال واي فاي",
        "زار بوركينا ثم بوتسوانا",
        "وضع الوزير خطة إستراتيجية جديدة",
    ],
)
def test_commands_dialects_and_names_stay(text: str, policy: str) -> None:
    assert repair(text, policy) == text


def test_a_first_person_is_asked_for() -> None:
    assert repair("قال إنني لا اكتب الشعر", "balanced") == "قال إنني لا أكتب الشعر"


@every_policy
def test_the_name_of_god_with_its_letters_swapped(policy: str) -> None:
    assert repair("والحمد هلل رب العالمين", policy) == "والحمد لله رب العالمين"
    assert repair("توكلت على اهلل", policy) == "توكلت على الله"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("إفتح النافذة قبل النوم", "افتح النافذة قبل النوم"),
        ("إجلسوا في أماكنكم", "اجلسوا في أماكنكم"),
        ("الرجاء إكتب اسمك هنا", "الرجاء اكتب اسمك هنا"),
    ],
)
def test_commands_have_no_hamza(text: str, meant: str) -> None:
    assert repair(text, "balanced") == meant


@pytest.mark.parametrize("text", ["إصبع يده", "إنكم على حق", "إبلنا في المرعى", "قل إنهم وصلوا"])
def test_other_words_keep_theirs(text: str) -> None:
    assert repair(text, "thorough") == text


@pytest.mark.parametrize(
    "text", ["حظر الاستخدام في جميع الدول", "وصل زكي إلى المدينة مع أخيه", "عرض السورة على الشاشة كاملة"]
)
def test_a_word_that_people_know_is_not_made_another(text: str) -> None:
    assert repair(text, "thorough") == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("كتب نعليقا على الخبر الأخير", "كتب تعليقا على الخبر الأخير"),
        ("ينسيق الجهود بين الدول العربية", "تنسيق الجهود بين الدول العربية"),
        ("أرسل المعاملت الرسمية إلى الوزارة", "أرسل المعاملات الرسمية إلى الوزارة"),
    ],
)
def test_first_letters_and_plurals(text: str, meant: str) -> None:
    assert repair(text, "thorough") == meant


def test_few_words_give_no_hints_of_real_words() -> None:
    for text in ("قالب الصفحة", "محو الكل", "نقر مزدوج"):
        assert not [r for r in Repairer.load().plan(text, "thorough") if r.kind == "real word"]


def test_terms_of_a_trade_give_no_hints() -> None:
    plan = Repairer.load().plan("يمكنك محو كل ما في المجلد الذي أنشأته أمس", "thorough")
    assert [r.text for r in plan if r.kind == "real word"] == []


@pytest.mark.parametrize(
    ("written", "meant"), [("وَأَجِبْ", "واجب"), ("عَلَّمَهُ", "علمة"), ("تَسْلِيمَةٍ", "تسليمه"), ("رُؤُوا", "رأوا")]
)
def test_a_vowel_tells_which_letter_it_is_on(written: str, meant: str) -> None:
    assert contradict(written, meant)
    assert not contradict("سَافَرَ الى مَدِينَه", "سافر إلى مدينة")


@pytest.mark.parametrize(
    ("word", "meant", "before"),
    [
        ("الستون", "الستين", "الذكرى"),  # of which the case is told further away
        ("الدون", "الدين", "قال"),  # no plural
        ("تسألين", "تسألون", "ماذا"),  # another person
    ],
)
def test_what_is_no_other_case(word: str, meant: str, before: str) -> None:
    assert _is_other_case(word, meant, before)
    assert not _is_other_case("المعلمون", "المعلمين", before)


def test_a_hamza_that_tells_a_case_is_asked_for() -> None:
    assert _is_seat_of_case("أعضاؤه", "أعضائه", "أحزاب")
    assert not _is_seat_of_case("أعضاؤه", "أعضائه", "على")
    assert not _is_seat_of_case("بأعضاؤه", "بأعضائه", "اتصل")
    assert not _is_seat_of_case("انتهاءه", "انتهاؤه", "تم")
    assert not _is_seat_of_case("أعضاءي", "أعضائي", "جاء")


def test_a_noun_with_its_adjective_is_no_verb() -> None:
    assert _has_adjective("ترقية", "ترقيه", "تلقائية")
    assert not _has_adjective("ترقية", "ترقيه", "الشركة")
    assert not _has_adjective("ترقية", "ترقيه", "")


def test_an_article_is_no_hamza_and_a_word_of_a_dialect_no_accusative() -> None:
    lexicon = default().lexicon
    assert _has_article("السناني", "ألسناني", lexicon)
    assert not _has_article("الاسلام", "الإسلام", lexicon)
    assert repair("تمهل الرجل باش يفهم ما قيل", "thorough") == "تمهل الرجل باش يفهم ما قيل"


def test_a_command_joined_with_and_stays_one() -> None:
    assert repair("حرك القلم و ارسم دائرة", "balanced") == "حرك القلم وارسم دائرة"
    assert repair("جلست و اخذت كتابا", "balanced") == "جلست وأخذت كتابا"
