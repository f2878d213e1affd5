"""Commands and first persons: «اكتب» and «أكتب» differ by a hamza that many leave off, and both are right."""

from __future__ import annotations

import re

from arnorm.spelling.model.lexicon import Lexicon

_LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهيؤئء"
#: «اكتب», «اكتبي», «فاكتبها»: an alef, three consonants or two and a weak end, and what may follow.
_COMMAND = re.compile(f"([وف]?)ا(?!نت)([{_LETTERS}]{{2}}[{_LETTERS}أ]?)[يا]?(?:ها?|هما?|هن|نا|ني)?")
#: After these words, where a clause begins, a command may stand: «ثم اضغط», «من فضلك اكتب».
_OPENING = frozenset("ثم او فضلك رجاء الان هنا ذلك لذلك اذن التالي".split())
#: A first person that is so many nats commoner than the command is meant, whatever stands before.
_COMMONER = 3.5
#: How common a command is that the lexicon lacks.
_UNHEARD = -16.5


def may_be_command(word: str, meant: str, before: str, lexicon: Lexicon) -> bool:
    """Say whether `word`, that may lack the hamza of the first person `meant`, is as well a command.

    `before` is the skeleton of the word before it in its clause, empty at the beginning of one.

    >>> from arnorm import Repairer
    >>> lexicon = Repairer.load()._proposer.lexicon
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
    if not any(lexicon.knows(person + stem) for person in "يتن"):
        return False
    own, first = (lexicon.score(text[head:]) or _UNHEARD for text in (word, meant))
    return first - own < _COMMONER
