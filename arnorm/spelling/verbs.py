"""Commands and first persons: «اكتب» and «أكتب» differ by a hamza that many leave off, and both are right."""

from __future__ import annotations

import re

from arnorm.spelling.model.lexicon import Lexicon

#: «اكتب», «اكتبي», «فاكتبوها»: an alef, three consonants or two and a weak end, and what may follow.
_COMMAND = re.compile(
    "([وف]?)ا([بتثجحخدذرزسشصضطظعغفقكلمنهيؤئء]{2}[بتثجحخدذرزسشصضطظعغفقكلمنهؤئءأ]?)(?:[يا]|وا)?(?:ها?|هما?|هن|نا|ني)?"
)
#: Words that make a first person of what follows: «لا أكتب», «أن أكتب», «أنا أكتب».
_ASK = frozenset(
    "انا لا لم لن ان الا كي لكي حتي سوف قد كنت ما ولا ولم ولن وان وانا وما هل كما لكني لكنني انني اني وكنت اين متي كيف"
    " ماذا الذي التي وقد فلا لست عندما حين اذ لعلي ليتني بان لان دعني ان وسوف ربما".split()
)  # fmt: skip
#: A first person that is so many nats commoner than the command is meant, whatever stands before.
_COMMONER = 3.5
#: How common a command is that the lexicon lacks.
_UNHEARD = -16.5


def may_be_command(word: str, meant: str, before: str, lexicon: Lexicon) -> bool:
    """Say whether `word`, that may lack the hamza of the first person `meant`, is as well a command.

    `before` is the skeleton of the word before it, empty at the beginning of a sentence.

    >>> from arnorm import Repairer
    >>> lexicon = Repairer.load()._proposer.lexicon
    >>> may_be_command("ارسم", "أرسم", "", lexicon), may_be_command("ارسم", "أرسم", "لا", lexicon)
    (True, False)
    """
    found = _COMMAND.fullmatch(word)
    if found is None or before in _ASK or meant != word.replace("ا", "أ", 1):
        return False
    head = len(found[1])
    stem = word[head + 1 :]
    if not any(person + stem in lexicon.ids for person in "يتن"):
        return False
    own, first = (lexicon.score(text[head:]) or _UNHEARD for text in (word, meant))
    return first - own < _COMMONER
