"""What speaks against a change that no count of words tells of.

A forest weighs how well a change fits; some changes are out of the question, however well they fit: those of another
language, of vowels that are written, of half an idiom, of names that are written so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Protocol, TypeVar

from arnorm import languages
from arnorm.chars import ARTICLES, GLUED_PARTICLES
from arnorm.spelling.arabic import skeleton_of
from arnorm.spelling.arabic.affixes import LEAST, analyses, bases
from arnorm.spelling.arabic.registers import (
    holds_for_dialects,
    in_term,
    is_dialect,
    is_jargon,
    is_kept,
    is_name,
    is_spoken,
    may_be_dialect,
)
from arnorm.spelling.arabic.rules import is_seam
from arnorm.spelling.arabic.slips import OTHER_SUBSTITUTION, SOUND, STOPS, heard
from arnorm.spelling.evidence import FEATURES, Proposal
from arnorm.spelling.kinds import SLIPS, SURE, having
from arnorm.spelling.likelihood import DOUBTFUL, is_inflected
from arnorm.spelling.model.lexicon import UNHEARD, Lexicon
from arnorm.spelling.policy import EVEN, LIKELY, NEVER
from arnorm.spelling.sentence import APART, OCCUPIED, Sentence
from arnorm.spelling.surface import contradict, is_god, pointed
from arnorm.words import Word

_KNOWN_OLD, _UNSEEN_OLD, _LOG_OLD, _LOG_NEW = map(FEATURES.index, ("known_old", "unseen_old", "log_old", "log_new"))
_COMPANY, _GAP = map(FEATURES.index, ("company", "gap"))
#: A word with another hamza is surely meant where it is so many nats commoner.
_FAR_COMMONER = 4.5
Spanning = TypeVar("Spanning", bound="Spanned")


class Spanned(Protocol):
    """A part of a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


#: What an idiom cut off needs behind it: «إنشاء» is a word, «انشا الله» is none. By the last word of what is meant.
_COMPLETED = {"شاء": ("الله", "ربك", "ربي", "ربنا", "المولي", "الرحمن", "تعالي")}
_SLIPS = having("threshold", SLIPS)
#: Kinds that make another word of a word.
_OTHER_WORDS = frozenset(("letter", "missing", "extra", "transposed", "repeated"))
#: Kinds that tell of the spelling of a sound, which names share with words.
_OF_HAMZAS = frozenset(("hamza", "tanween"))
#: A word as common as this is a word, unless another that is written for it by ear is so many nats commoner: «كتير» for
#: «كثير».
_REAL, _COMMONER = -13.0, 3.0
#: In a line of so many words an unknown word is a name, unless the change is as sure as this.
_ALONE, _SURE_ALONE = 2, 0.9
#: Kinds whose changes explain what is written better than a careful writer would.
_TELLING = having("threshold", SURE)
#: Kinds that explain what is no word, and what may be one, if what is meant is as common as this: «يستطعون» for
#: «يستطيعون». What is meant by a rare one is a name, and so is one in «و», «جاليو».
_OF_NO_WORDS, _COMMON_ENOUGH = frozenset(("transposed", "missing")), -13.0
#: A slip that leaves no word is likelier than a name, if the stem of the word meant is as common as this: a letter for
#: another, where what is written is like no word, or one too many, too few or in the wrong place. So probable it has to
#: be. Chosen on slips made in held-out text, and on that text as it was.
_OF_THE_HAND, _COMMON_STEM, _LIKELY_STEM = frozenset(("extra", "missing", "transposed")), -12.0, 0.4
#: How much less common a word counts by a stem of it, in nats; chosen with them.
_AFFIX = 1.0
_OF_LETTERS = _OF_NO_WORDS | {"ending", "extra", "repeated", "merge"}
#: A word with its hamza on another seat is meant where it is so many nats commoner; and how sure it has to be where it
#: is far commoner: «دايما», as dialects say it.
_COMMONER_SEAT, _SAID = 2.0, 0.4
#: So few words tell too little for hints, and so few, in verse, titles and buttons, hardly enough for another word.
_FEW, _LINE = 3, 6
#: There it has to go so much better with the words around, and be so far ahead of the next, in nats; or be as slight a
#: slip as «لالمدرسة» for «للمدرسة».
_FITTING, _AHEAD, _SLIGHT = 1.5, 4.0, 1.0
#: A writer who makes no error as sure as this in a sentence is a careful one, and what is less sure than that is right;
#: so it is where a word of a dialect stands.
_CARELESS, _CAREFUL = 0.9, 0.75
#: «حفله» may be his party: that only dots lack behind a noun as common as this has to be so sure for a shy policy, and
#: is else a little less sure than it asks for.
_COMMON_NOUN, _SURELY_DOTTED, _HARDLY_SURE = -14.0, 0.985, 0.95
#: Who makes no such error in so many words is a careful writer beyond doubt.
_LONG = 12
#: From this probability on a word with vowels that nobody knows is changed.
_SURE_POINTED = 0.97
#: «بناءا»: no alef follows a hamza behind an alef, so that «بناء» was meant, or «بناءً».
_NEVER_WRITTEN = 0.97
_CONSONANTS = "بتثجحخدذرزسشصضطظعغفقكلمنهيؤئء"
#: «إستخدم», «الإجتماع»: verbs and nouns of the seventh, eighth and tenth form begin without a hamza. How sure that is,
#: and how many nats commoner than what is written the word without it has to be.
_JOINED, _WITHOUT = 0.9, 2.0
#: How sure a change is that a rule of Arabic asks for, of a word that is far commoner so: also a shy policy makes it;
#: and how sure a letter for another, as whole dialects say it.
_RULED, _SURELY_HEARD = 0.97, 0.99
#: What stands behind their first letter, and the whole of them.
_JOINED_REST = re.compile("(?:ست|ن.|[بجحخرسشعغفقكلمنه]ت|ت|[صض]ط|زد|د).{2,}")
_JOINED_ALEF = re.compile(f"([وف]?(?:(?:[بلك]?)إ|(?:ال|لل|[بك]ال)[أإ]))({_JOINED_REST.pattern})")
_BEGINS_WITH_HAMZA, _BEGINS_WITH_ARTICLE = re.compile("([وف]?[بلك]?)[أإآ](.+)"), re.compile("[وف]?(?:[بك]?ال|لل)[اأإآ]")
_ARTICLE = re.compile("[وف]?ب?ال(?=..)")
#: What «ل» may stand before, if it is commoner than this: «لاشباله» is «لأشباله».
_LAM, _SCARCE = re.compile("[وف]?ل(?=ا)"), -16.0
#: How sure a hamza within a word has to be where a line has no more than two, or three if nobody knows it.
_SURE_WITHIN = 0.95
#: «إفتح»: so do commands of the first form, of which there is nothing but three consonants, and who is told.
_JOINED_COMMAND = re.compile(f"([وف]?إ)([{_CONSONANTS}]{{3}}(?:ي|وا?|ا|ها?|هم|ني|نا)?)")
#: What is doubtful is suggested by an eager policy, and made by none.
_DOUBTED = 0.29
#: A foreign word that is written with its hamza or without, as one likes.
_EITHER = "إستراتيج"
#: Two letters, of which Arabic lacks one, are no Arabic word with a slip.
_PAIR, _STRANGE = 2, re.compile("[ڤڵڕێۆچگپژ]")
#: Families of the Maghreb write the «بن» of their names with the name: «بنسعيد».
_SON = "بن"

#: «أولم» asks, and «أولا» is mostly «أولًا».
_ASKED = frozenset(("أو لم", "أو ليس", "أو لا", "أو ما", "أو لو"))
#: «سألن», «سألنها»: what women did, and to whom.
_OF_WOMEN = re.compile("(.{3,})ن(|ها?|هما?|هن|كم?|ني|نا)")
#: «الأربعون» behind «الذكرى», or «والخمسون» behind «الثامنة», takes its case from a noun further away.
_TENS = re.compile("و?ال(?:عشر|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع)(?:ون|ين)")
_DEFINITE = re.compile("[وفبلك]?ال.*|لل.*")
#: «تعرفين» and «تعرفون» are said to different people. «الكمون» and «الكمين» are no plurals, for nothing is left of a
#: word without its ending that has so few letters.
_TO_SOMEBODY = re.compile("[وف]?س?ت.{2,}[وي]ن")
_PLURAL, _SINGULAR = re.compile("[وف]?(?:ال|[بك]ال|لل)?(.*)[وي]ن"), 3
#: The hamza behind a long alef shows the case of a noun that has a pronoun: «أبناؤه», «أبناءه», «أبنائه».
_CASED = re.compile("(.*ا)([ءئؤ])(ه|ها|هم|هن|هما|ك|كم|كن|كما|نا|ي)")
#: What asks for the first of these: verbs of which a deed is the subject.
_OF_SUBJECT = frozenset("تم يتم سيتم جري يجري سيجري وتم ويتم وجري ويجري".split())
#: What asks for the last of them, apart or joined to the word.
_OF_GENITIVE = frozenset("من الي عن علي في مع بعد قبل عند بين حول خلال بسبب رغم منذ تحت فوق امام".split())
_WITH_GENITIVE = re.compile("[وف]?[بلك]")
#: Words of one letter that are written with the word that follows: «ففي», «وواحد».
_JOINED_WORDS = "وفبلك"
#: «علي» and «إلي», of which «على» and «إلى» end no clause: what ends one.
_TO_ME = re.compile("[وف]?(?:عل|إل)ي")
_PAUSE = re.compile("[.!؟?،,؛;…)\\]»]")

#: Commands and first persons: «اكتب» and «أكتب» differ by a hamza that many leave off, and both are right.
#: «اكتب», «اكتبي», «فاكتبها»: an alef, three consonants or two and a weak end, and what may follow.
_COMMAND = re.compile(f"([وف]?)ا(?!نت)([{_CONSONANTS}]{{2}}[{_CONSONANTS}أ]?)[يا]?(?:ها?|هما?|هن|نا|ني)?")
#: «حركي», «وحركيه», «أضيفيها»; without the alef that some begin with.
_TOLD_HER = re.compile("[وف]?[اأ]?(.{2,})ي(?:ه|ها)?")
#: One that was told something before was told it within so many words.
_WITHIN = 40
#: Verbs of the seventh, eighth and tenth form, of which the past begins as a command does: «انكسر», «اكتسب», «استخرج».
_PAST = re.compile(f"[وف]?ا(?:(?:ست|ن)[{_CONSONANTS}]{{3}}|[{_CONSONANTS}]ت[{_CONSONANTS}]{{2}})(?:ها?|هما?|هن|نا|ني)?")
#: After these stands a present, so that the first person is meant: «أن استخرج».
_BEFORE_PRESENT = frozenset("ان لن لم كي لكي حتي سوف انا لا".split())
#: After these words, where a clause begins, a command may stand: «ثم اضغط», «من فضلك اكتب».
_OPENING = frozenset("ثم او فضلك رجاء الان هنا ذلك لذلك اذن التالي".split())
#: After these words God is asked for something, and not told what somebody did.
_PRAYING = frozenset(("اللهم", "يارب"))
#: A first person that is so many nats commoner than the command is meant, whatever stands before; and so is a word
#: without the hamza that none like it has.
_FIRST_PERSON = 3.5
#: Where a clause begins it has to be so many: «اعرض الصور».
_AT_FIRST = 4.0
#: How common a command is that the lexicon lacks.
_UNHEARD = -16.5


def sustained(
    judged: Sequence[tuple[float, Proposal]], text: str, sentence: Sentence, lexicon: Lexicon
) -> Iterator[tuple[float, Proposal]]:
    """Yield the proposals that nothing speaks against, with their probabilities.

    Those that something speaks against, but does not rule out, are only likely enough for a suggestion.
    """
    if not judged:
        return
    found = [word.plain for word in sentence.words]
    dialectal = is_dialect(found, lexicon.score)
    careful = may_be_dialect(found) or all(
        probability < _CARELESS or _makes_a_name(proposal, lexicon) for probability, proposal in judged
    )
    for probability, proposal in judged:
        words = sentence.words[proposal.start : proposal.end]
        if not (
            _half_an_idiom(proposal, found)
            or any(is_god(word.plain) for word in words)
            or (words[0].plain[0] == "ه" and _is_laughter(words[0].plain))
            or _is_name(proposal, words, found)
            or _is_command(proposal, sentence, lexicon)
            or _is_of_dialect(proposal, words, lexicon, dialectal=dialectal)
            or _is_pointed(probability, proposal, words, text, lexicon)
        ):
            if _is_yours(proposal, lexicon):
                probability = max(probability, _CAREFUL)
            if probability < _SURELY_DOTTED and _may_have_pronoun(words[0].plain, proposal, lexicon):
                probability = min(probability, _HARDLY_SURE)
            doubtful = careful and probability < _least(proposal, found, lexicon)
            if _is_joined_command(proposal, sentence, lexicon):
                proposal = _with_text(proposal, words[0].plain + words[1].plain)
            if _is_first_person(proposal, sentence, lexicon):
                probability, proposal = _JOINED, _with_text(proposal, "ا" + words[0].plain[1:])
            elif ruled := _ruled(probability, proposal, found, lexicon):
                probability = max(probability, ruled)
            elif doubtful or _is_doubtful(proposal, found, probability, lexicon) or _ends_clause(words, proposal, text):
                probability = min(probability, _DOUBTED)
            elif found[proposal.start].endswith("اءا") and proposal.candidate.kind == "tanween":
                probability = max(probability, _NEVER_WRITTEN)
            yield probability, proposal


def arabic(replacements: list[Spanning], *found: Sentence) -> list[Spanning]:
    """Return the replacements that touch no word in a run of another language, of a sentence or of a whole text."""
    foreign = strange(*found)
    starts, ends = [word.start for word in foreign], [word.end for word in foreign]
    return [r for r in replacements if bisect_left(starts, r.end) == bisect_right(ends, r.start)]


def strange(*found: Sentence) -> list[Word]:
    """Return the words in runs of another language, of a sentence or of a whole text."""
    words = [word for sentence in found for word in sentence.words]
    borders = set(accumulate(len(sentence.words) for sentence in found[:-1]))
    verdicts = languages.foreign([word.plain for word in words], borders)
    return [word for word, foreign in zip(words, verdicts, strict=True) if foreign]


def may_hint(sentence: Sentence, place: int, text: str, lexicon: Lexicon) -> bool:
    """Say whether another word may be suggested for one that is right by itself.

    Headings, buttons and names of three words tell too little, dialects and trades have other words, vowels were meant.
    """
    found = [word.plain for word in sentence.words]
    start, end, _ = sentence.words[place]
    known = is_name(found[place]) or is_jargon(found[place])
    return len(found) > _FEW and not known and not pointed(text[start:end]) and not is_dialect(found, lexicon.score)


def _half_an_idiom(proposal: Proposal, words: Sequence[str]) -> bool:
    """Say whether a change makes the first half of an idiom whose second does not follow: «إنشاء حساب»."""
    candidate = proposal.candidate
    if candidate.kind != "idiom" or " " not in candidate.text:
        return False
    needed = _COMPLETED.get(candidate.text.rsplit(" ", 1)[1])
    return needed is not None and (proposal.end == len(words) or skeleton_of(words[proposal.end]) not in needed)


def _is_laughter(word: str) -> bool:
    """Say whether a word is one that is as long as one likes: «ههههه»."""
    return len(word) > 2 and set(word) == {"ه"}


def _is_name(proposal: Proposal, words: Sequence[Word], sentence: Sequence[str]) -> bool:
    """Say whether a change is one of a name or foreign word, or parts what is written in one: «بنموسى», «أولم»."""
    candidate = proposal.candidate
    if candidate.kind == "split" and (
        candidate.text in _ASKED or candidate.text.split(" ", 1)[0] in (_SON, "و" + _SON)
    ):
        return True
    word = words[0].plain
    if len(word) == _PAIR and len(words) == 1 and _STRANGE.search(word):
        return True  # «عڤ» in a table of letters
    return len(words) == 1 and (_EITHER in word or is_name(word) or in_term(sentence, proposal.start))


def _is_of_dialect(proposal: Proposal, words: Sequence[Word], lexicon: Lexicon, *, dialectal: bool) -> bool:
    """Say whether a change is one that a sentence in a dialect is spared, or a word that only dialects have."""
    candidate = proposal.candidate
    if dialectal:
        return any(is_kept(word.plain, candidate.kind, candidate.text) for word in words)
    if candidate.kind == "tanween" and may_be_dialect([words[0].plain]):
        return True  # «باش», in order that, is no «باشا»
    return not holds_for_dialects(candidate.kind) and any(is_spoken(word.plain, "", lexicon.score) for word in words)


def _is_command(proposal: Proposal, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Say whether a change makes a first person of what may be a command, or a past: «انسخ الرابط», «اللهم صلي»."""
    start, end, candidate, *_ = proposal
    if candidate.kind != "class" or end > start + 1:
        return False
    word, meant = sentence.words[start].plain, candidate.text
    if word.endswith("يه") and meant[-1] == "ة":
        return _is_told_to_her(start, sentence, lexicon)
    first = meant == word.replace("ا", "أ", 1)
    if not first and meant[-1] != "ى":
        return False
    opens = sentence.joints[start] in (APART, OCCUPIED)
    before = "" if opens else skeleton_of(sentence.words[start - 1].plain)
    if before in _PRAYING:
        return not (first and _is_causative(word, lexicon))
    return first and (_is_past(word, meant, before, lexicon) or may_be_command(word, meant, before, lexicon))


def _is_causative(word: str, lexicon: Lexicon) -> bool:
    """Say whether a command has a noun «إفعال», so that it begins with «أ» as its first person does: «أنزل»."""
    found = _COMMAND.fullmatch(word)
    if found is None or len(found[2]) < LEAST:
        return False
    score = lexicon.score(f"إ{found[2][:2]}ا{found[2][2:]}")
    return score is not None and score > DOUBTFUL


def _is_told_to_her(place: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Say whether a word may be a command to a woman, with its object, where she was told something before.

    «أضيفي الماء ثم حركيه».
    """
    commands = [i for i in range(max(place - _WITHIN, 0), place + 1) if _may_tell_her(i, sentence, lexicon)]
    return len(commands) > 1 and commands[-1] == place


def _may_tell_her(place: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Say whether a word, where a clause begins, has the form of a command to a woman."""
    word = sentence.words[place].plain
    found = _TOLD_HER.fullmatch(word)
    if found is None or not any(lexicon.knows(person + found[1]) for person in "يت"):
        return False
    opens = sentence.joints[place] in (APART, OCCUPIED) or word[0] in "وف"
    return opens or skeleton_of(sentence.words[place - 1].plain) in _OPENING


def _is_past(word: str, meant: str, before: str, lexicon: Lexicon) -> bool:
    """Say whether *word*, of which only a rare first person *meant* is known, is rather a past: «استقبح الناس»."""
    if before in _BEFORE_PRESENT or lexicon.knows(word) or not _PAST.fullmatch(word):
        return False
    first = lexicon.score(meant)
    return first is None or first - _UNHEARD < _FIRST_PERSON


def _is_doubtful(proposal: Proposal, words: Sequence[str], probability: float, lexicon: Lexicon) -> bool:
    """Say whether a change is to be left to a reader.

    It is where a word that people know becomes another («حظر», not «حضر»), where two words that exist become one that
    is written otherwise («واش راك»), and where a word that nobody knows stands alone: it is a name until a sentence
    says otherwise. So it is where the ending was changed of what is no plural, or whose case no word beside it tells.
    """
    start, end, candidate, *_ = proposal
    word, kind, meant = words[start], candidate.kind, candidate.text
    before, after = words[start - 1] if start else "", words[end] if end < len(words) else ""
    if kind == "merge":
        return "".join(words[start:end]) != meant and all(map(lexicon.knows, words[start:end]))
    if kind == "case" and _is_other_case(word, meant, before):
        return True
    if kind == "class":
        doubtful = probability < LIKELY and (_has_adjective(word, meant, after) or _has_article(word, meant, lexicon))
        doubtful |= probability < _SURE_WITHIN and _has_lam(word, meant, lexicon)
        few = len(words) <= (_ALONE if lexicon.knows(word) else _FEW) and probability < _SURE_WITHIN
        named = _has_its_hamza(word, meant, lexicon) or (few and _has_none_within(word, meant, lexicon))
        return doubtful or named or _is_seat_of_case(word, meant, before)
    if kind == "idiom":
        own = lexicon.score(word)
        return probability < EVEN and " " not in meant and own is not None and own > DOUBTFUL
    if kind in _SLIPS or kind in ("split", "repeated"):
        return _is_doubtful_slip(proposal, words, probability, lexicon) or _is_seat_of_case(word, meant, before)
    return False


def _is_doubtful_slip(proposal: Proposal, words: Sequence[str], probability: float, lexicon: Lexicon) -> bool:
    """Say whether the same holds of a slip."""
    word, kind, meant = words[proposal.start], proposal.candidate.kind, proposal.candidate.text
    if probability < LIKELY and probability < _least_of_slip(proposal, len(words), lexicon):
        return True
    if kind == "repeated" and word[0] in _JOINED_WORDS and word == word[0] + meant:
        return True
    own = lexicon.score(word)
    if own is None and kind == "letter" and _is_of_women(word, meant, lexicon):
        return True
    if own is None:
        named = kind not in _OF_HAMZAS and len(words) <= _ALONE
        return named and probability < _SURE_ALONE and not _is_yours(proposal, lexicon)
    if kind not in _OTHER_WORDS:
        return False
    new = lexicon.score(meant) or UNHEARD
    if heard(word, meant):
        return own > _REAL and new - own < _COMMONER
    return own > DOUBTFUL


def _is_of_women(word: str, meant: str, lexicon: Lexicon) -> bool:
    """Say whether a change takes the «ن» of what women did, of which books have little, for a «ت»: «سألنها»."""
    found = _OF_WOMEN.fullmatch(word)
    return found is not None and meant == f"{found[1]}ت{found[2]}" and lexicon.knows(found[1])


def _is_other_case(word: str, meant: str, before: str) -> bool:
    """Say whether another ending is that of another word or person, or of a numeral whose noun is further away."""
    if _TENS.fullmatch(word):
        return _DEFINITE.fullmatch(before) is not None
    plural = _PLURAL.fullmatch(word)
    if plural is None or _PLURAL.fullmatch(meant) is None:
        return False
    return len(plural[1]) < _SINGULAR or _TO_SOMEBODY.fullmatch(word) is not None


def _is_seat_of_case(word: str, meant: str, before: str) -> bool:
    """Say whether a change only puts a noun into another case by its hamza, where no word before it asks for it."""
    old, new = _CASED.fullmatch(word), _CASED.fullmatch(meant)
    if old is None or new is None or old[1] != new[1] or old[3] != new[3] or old[2] == new[2] or new[3] == "ي":
        return False
    before = skeleton_of(before)
    if new[2] == "ئ":
        return before not in _OF_GENITIVE and _WITH_GENITIVE.match(word) is None
    return new[2] != "ؤ" or before not in _OF_SUBJECT


def _has_adjective(word: str, meant: str, after: str) -> bool:
    """Say whether a change makes «تعليمه» of what has a feminine adjective behind it: «تعليمة برمجية»."""
    return word[-1] == "ة" and meant[-1] == "ه" and after.endswith("ة") and not _DEFINITE.fullmatch(after)


def _least_of_slip(proposal: Proposal, count: int, lexicon: Lexicon) -> float:
    """Return how probable a slip has to be, in a line of *count* words.

    In most likelier than not. Of words that people know, of lines so short that they may be verse or a title, and where
    the other word may be a name («ألفنس» for «ألفونس»), more, unless it goes far better with the words around; of what
    looks like no word, and is near to a common one, nothing.
    """
    kind, features = proposal.candidate.kind, proposal.features
    if kind == "hamza":
        if count <= _ALONE or (features[_KNOWN_OLD] and _commoner(proposal) <= _COMMONER_SEAT):
            return LIKELY
        return _SAID if _commoner(proposal) > _FAR_COMMONER else EVEN
    if kind not in _OTHER_WORDS:
        return EVEN
    if not is_inflected(proposal.candidate.text, lexicon):
        return LIKELY
    if kind in _OF_NO_WORDS and _leaves_no_word(proposal) and features[_LOG_NEW] > _COMMON_ENOUGH and count > _ALONE:
        return 0.0
    if _is_in_stem(proposal, count, lexicon):
        return _LIKELY_STEM
    fits = features[_COMPANY] > _FITTING and features[_GAP] > _AHEAD
    if (features[_KNOWN_OLD] or count <= _LINE) and not fits and proposal.candidate.cost > _SLIGHT:
        return LIKELY
    return EVEN


def _has_its_hamza(word: str, meant: str, lexicon: Lexicon) -> bool:
    """Say whether a name that nobody knows was written with a hamza on purpose: «إيبسويتش», «آندرا»."""
    written = _BEGINS_WITH_HAMZA.fullmatch(word)
    if written is None or len(word) != len(meant) or lexicon.knows(word) or _JOINED_REST.fullmatch(written[2]):
        return False
    place = len(written[1])
    rare = (lexicon.score(meant) or UNHEARD) <= _COMMON_ENOUGH
    return (
        rare and meant[place] != word[place] and meant[place + 1 :] == written[2] and not is_inflected(meant, lexicon)
    )


def _has_article(word: str, meant: str, lexicon: Lexicon) -> bool:
    """Say whether a change makes something rare of what begins with the article: «السناني», not «ألسناني»."""
    article = _ARTICLE.match(word)
    if article is None or len(word) != len(meant) or meant[: article.end()] == article[0] or lexicon.knows(word):
        return False
    return (lexicon.score(meant) or UNHEARD) <= _COMMON_ENOUGH


def _has_lam(word: str, meant: str, lexicon: Lexicon) -> bool:
    """Say whether a change makes «ل» before something rare of how a foreign name begins: «لارناكا», not «لأرناكا»."""
    lam = _LAM.match(word)
    if lam is None or meant[lam.end() : lam.end() + 1] not in ("أ", "إ") or lexicon.knows(meant):
        return False
    return (lexicon.score(meant[lam.end() :]) or UNHEARD) <= _SCARCE


def _has_none_within(word: str, meant: str, lexicon: Lexicon) -> bool:
    """Say whether a hamza is only put within what may be a name: «باغان», «ناتيك»."""
    within = any(a == "ا" and b in "أإآ" for a, b in zip(word[1:], meant[1:], strict=False))
    article = _BEGINS_WITH_ARTICLE.match(word)
    only = article is None and len(word) == len(meant) and word[0] == meant[0] and word[-1] == meant[-1]
    return within and only and not is_inflected(word, lexicon)


def _leaves_no_word(proposal: Proposal) -> bool:
    """Say whether what is written is not known, and looks like no word."""
    return not proposal.features[_KNOWN_OLD] and not proposal.features[_UNSEEN_OLD]


def _ends_clause(words: Sequence[Word], proposal: Proposal, text: str) -> bool:
    """Say whether a change makes a preposition of «علي» or «إلي» where a clause ends, and no noun follows."""
    if proposal.candidate.kind != "class" or not _TO_ME.fullmatch(words[-1].plain):
        return False
    return _PAUSE.match(text, words[-1].end) is not None


def _may_have_pronoun(word: str, proposal: Proposal, lexicon: Lexicon) -> bool:
    """Say whether a change puts dots on what may be a pronoun behind a noun: «في حفله»."""
    if proposal.candidate.kind != "class" or word[-1] != "ه" or proposal.candidate.text[-1] != "ة":
        return False
    noun = lexicon.score(word[:-1])
    return noun is not None and noun > _COMMON_NOUN and not _DEFINITE.fullmatch(word)


def _is_yours(proposal: Proposal, lexicon: Lexicon) -> bool:
    """Say whether a change makes a word of yours, which the model has never counted."""
    return (lexicon.words.number(proposal.candidate.text) or 0) >= lexicon.counted


def _with_text(proposal: Proposal, text: str) -> Proposal:
    return proposal._replace(candidate=proposal.candidate._replace(text=text))


def _is_first_person(proposal: Proposal, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Say whether a change makes a first person of what is rather a command with a hamza, where a clause begins."""
    start, end, candidate, *_ = proposal
    word = sentence.words[start].plain
    if candidate.kind != "class" or end > start + 1 or lexicon.knows(word) or not _JOINED_COMMAND.fullmatch(word):
        return False
    command = "ا" + word[1:]
    opens = sentence.joints[start] in (APART, OCCUPIED)
    before = "" if opens else skeleton_of(sentence.words[start - 1].plain)
    return lexicon.knows(command) and may_be_command(command, candidate.text, before, lexicon)


def _is_joined_command(proposal: Proposal, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Say whether a change joins «و» with what may be a command, and makes a first person of it: «و اكتب»."""
    start, end, candidate, *_ = proposal
    if candidate.kind != "lone waw" or end != start + 2:
        return False
    joined = sentence.words[start].plain + sentence.words[start + 1].plain
    return may_be_command(joined, candidate.text, "", lexicon)


def _ruled(probability: float, proposal: Proposal, words: Sequence[str], lexicon: Lexicon) -> float:
    """Return how sure a change is by a rule of Arabic without exceptions among the words of the lexicon, or 0.

    So is what has only two letters in each other's place, in a common stem. *words* are those of the sentence.
    """
    kind, meant, word = proposal.candidate.kind, proposal.candidate.text, words[proposal.start]
    if kind == "class":
        dots = word[-1] == "ه" or (word[-1] == "ى" and probability >= _CAREFUL)  # «الغزلى» is a rare word
        if dots and meant[:-1] == word[:-1] and _is_dotted(word, len(words), lexicon):
            return _RULED
        return _joined_alef(word, meant, lexicon) or _JOINED * _is_pronoun(word, meant, lexicon)
    if kind == "waw alef":
        return _JOINED * (meant == word[:-1] and _is_plural_noun(word[:-2], lexicon))
    if kind == "transposed":  # of which names are rarely made
        found = probability >= EVEN and len(words) > _FEW and _is_in_stem(proposal, len(words), lexicon)
        return _CAREFUL * found
    by_ear = kind == "letter" and probability >= _JOINED and len(words) > _FEW
    return _SURELY_HEARD * (by_ear and _is_heard(word, meant, lexicon))


def _is_dotted(word: str, count: int, lexicon: Lexicon) -> bool:
    """Say whether a word of *count* that nobody knows lacks only the dots at its end: «بالطابعه», «يأتى».

    No pronoun stands behind an article; a noun with an article or a verb in «ى» would be known as well as that in «ي».
    A place or a family may be written with «ى», «المعادى», so that a line of few words is left.
    """
    end = "ة" if word[-1] == "ه" else "ي"
    verb = end == "ي" and word.lstrip("وفس")[:1] in ("ي", "ت")
    article = next((article for article in ARTICLES[::-1] if word.startswith(article)), "")
    if not (verb or article) or lexicon.knows(word) or (end == "ي" and count <= _FEW):
        return False
    bare = "ال" * (article != "") + word[len(article) : -1]
    score = lexicon.score(bare + end)
    return score is not None and score > DOUBTFUL and not lexicon.knows(bare + word[-1])


def _is_heard(word: str, meant: str, lexicon: Lexicon) -> bool:
    """Say whether a word that nobody knows is a common one with «ض», «د» or «ت» for «ظ», «ذ» or «ث»: «الفضيع»."""
    score = lexicon.score(meant)
    if score is None or score <= _COMMON_ENOUGH or len(word) != len(meant) or lexicon.knows(word):
        return False
    return all(a == b or (a, b) in STOPS for a, b in zip(word, meant, strict=True))


def _is_pronoun(word: str, meant: str, lexicon: Lexicon) -> bool:
    """Say whether a word that nobody knows is a verb whose pronoun is written «ة»: «يحترمة»."""
    if not word.endswith("ة") or meant != word[:-1] + "ه" or lexicon.knows(word):
        return False
    bare = word[:-1].lstrip("وف")
    return len(bare) > LEAST and bare[0] in "أيتن" and all(lexicon.knows(person + bare[1:]) for person in "يت")


def _is_plural_noun(stem: str, lexicon: Lexicon) -> bool:
    """Say whether a stem is that of a participle: the plural «مهندسون» is «مهندسو» before a noun, without alef."""
    score = lexicon.score(f"ال{stem}ين")
    return len(stem) > LEAST and stem[0] == "م" and score is not None and score > DOUBTFUL


def _joined_alef(word: str, meant: str, lexicon: Lexicon) -> float:
    """Return how sure it is that a word that begins with an alef of joining has no hamza: «إستخدم», «إفتح»; or 0.

    What few write either way, «إستوديو», may be a foreign word.
    """
    found = _JOINED_ALEF.fullmatch(word) or _JOINED_COMMAND.fullmatch(word)
    if found is None or meant != f"{found[1][:-1]}ا{found[2]}":
        return 0.0
    with_hamza, without = lexicon.score(word), lexicon.score(meant)
    if without is None or (with_hamza is not None and with_hamza >= without - _WITHOUT):
        return 0.0
    return _RULED if without - (with_hamza or _UNHEARD) > _FIRST_PERSON else _JOINED


def _least(proposal: Proposal, words: Sequence[str], lexicon: Lexicon) -> float:
    """Return how probable a change has to be in the sentence of a careful writer.

    More than likelier than not, unless it explains what is hardly anything but an error: «يكتبوا» behind its subject, a
    slip that leaves no word, a word as it is heard. In a line of few words these may all be names.
    """
    kind, features, word = proposal.candidate.kind, proposal.features, words[proposal.start]
    # «النسا» is how verse writes «النساء»
    seated = kind == "hamza" and proposal.candidate.text != word + "ء"
    commoner = _commoner(proposal)
    if kind in _TELLING:
        return 0.0
    if _makes_a_name(proposal, lexicon):
        return NEVER
    if _is_plain(proposal, word, len(words)):
        return EVEN
    if len(words) > _LONG:
        return _CAREFUL
    if seated and commoner > _FAR_COMMONER:
        return _SAID
    if kind == "case" and word[-1] != "و":
        return EVEN
    common = features[_LOG_NEW] > _COMMON_ENOUGH and word[-1] != "و"
    no_word = kind in _OF_NO_WORDS and _leaves_no_word(proposal)
    if no_word and common and len(words) > _ALONE:
        return 0.0
    if _is_in_stem(proposal, len(words), lexicon):
        return _LIKELY_STEM
    if no_word:
        return EVEN if len(words) > _FEW else _CAREFUL
    if len(words) <= _ALONE or not common:
        return _CAREFUL
    by_ear = kind == "letter" and proposal.candidate.cost < SOUND
    return EVEN if by_ear or (seated and commoner > _COMMONER_SEAT) or kind in _OF_LETTERS else _CAREFUL


def _is_plain(proposal: Proposal, word: str, count: int) -> bool:
    """Say whether a change explains what is no word, in a sentence of *count* words, and hardly a name either.

    A hamza that lacks where a word begins, the alef behind «ل» and a verb, a space behind a particle or where no word
    goes on: «اراء», «ليكتبو», «ياصديقي», «مدينةجميلة».
    """
    candidate, features = proposal.candidate, proposal.features
    if count <= _FEW or features[_KNOWN_OLD]:
        return False
    if candidate.kind == "class":
        bare = word[0] == "ا" and candidate.text[0] in "أإآ"
        return bare and features[_LOG_NEW] > DOUBTFUL
    if candidate.kind == "waw alef":
        return word.removeprefix("و")[0] == "ل"
    if candidate.kind == "split":
        left, _, right = candidate.text.partition(" ")
        return is_seam(left, right) or (left in GLUED_PARTICLES and (left[-2] == "ي" or right[0] in "يتن"))
    return False


def _commoner(proposal: Proposal) -> float:
    """Return how many nats commoner what is meant is than what is written."""
    return proposal.features[_LOG_NEW] - proposal.features[_LOG_OLD]


def _is_in_stem(proposal: Proposal, count: int, lexicon: Lexicon) -> bool:
    """Say whether a change explains what is no word by a slip in a common stem, in a line of *count* words."""
    candidate, features = proposal.candidate, proposal.features
    if count <= _ALONE or features[_KNOWN_OLD]:
        return False
    letter = candidate.kind == "letter" and not features[_UNSEEN_OLD] and candidate.cost <= OTHER_SUBSTITUTION
    return (letter or candidate.kind in _OF_THE_HAND) and _stem_log(candidate.text, lexicon) > _COMMON_STEM


def _stem_log(text: str, lexicon: Lexicon) -> float:
    """Return the log-probability of a word or of the likeliest stem in it: «مؤسستك» is rare, and «مؤسسة» is not.

    A name has no such stem: «لوسيندا».
    """
    scores = [lexicon.score(text) or UNHEARD]
    for head, stem, _ in (("", text, ""), *analyses(text)):
        forms = [form for form in (stem, *bases(stem, head)) if len(form) > LEAST]
        scores += [(lexicon.score(form) or UNHEARD) - _AFFIX for form in forms]
    return max(scores)


def _makes_a_name(proposal: Proposal, lexicon: Lexicon) -> bool:
    """Say whether a change makes a rare word of one that nobody knows, with a letter that sounds different."""
    candidate, features = proposal.candidate, proposal.features
    letter = candidate.kind == "letter" and candidate.cost >= SOUND
    rare = letter and not features[_KNOWN_OLD] and features[_LOG_NEW] <= _COMMON_ENOUGH
    return rare and _stem_log(candidate.text, lexicon) <= _COMMON_STEM


def _is_pointed(probability: float, proposal: Proposal, words: Sequence[Word], text: str, lexicon: Lexicon) -> bool:
    """Say whether vowels speak against a change: of words that exist any, for whoever adds vowels writes with care.

    Of words that may exist, as «مدَّه» may, a change has to be sure.
    """
    written = text[words[0].start : words[-1].end]
    if len(written) == sum(len(word.plain) for word in words) + len(words) - 1:
        return False
    if contradict(written, proposal.candidate.text):
        return True
    known = all((lexicon.score(word.plain) or DOUBTFUL - 1) > DOUBTFUL for word in words)
    sound = proposal.features[_UNSEEN_OLD] > 0 or proposal.candidate.kind in _OTHER_WORDS
    return pointed(written) and (known or (sound and probability < _SURE_POINTED))


def may_be_command(word: str, meant: str, before: str, lexicon: Lexicon) -> bool:
    """Say whether *word*, that may lack the hamza of the first person *meant*, is as well a command.

    *before* is the skeleton of the word before it in its clause, empty at the beginning of one.

    >>> from arnorm.spelling.speller import default
    >>> lexicon = default().lexicon
    >>> may_be_command("ارسم", "أرسم", "", lexicon), may_be_command("ارسم", "أرسم", "لا", lexicon)
    (True, False)
    """
    found = _COMMAND.fullmatch(word)
    if found is None or meant != word.replace("ا", "أ", 1):
        return False
    if before and not found[1] and before not in _OPENING:
        return False
    head = len(found[1])
    stem = word[head + 1 :]
    if not any(lexicon.knows(person + text) for text in (stem, found[2]) for person in "يتن"):
        return False
    own, first = (lexicon.score(text[head:]) or _UNHEARD for text in (word, meant))
    return first - own < (_FIRST_PERSON if before else _AT_FIRST)
