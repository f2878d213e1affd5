"""Numbers as words, and words as numbers: the grammar behind `arnorm.passes.numerals`.

- `cardinals`: a number in words, by gender, case and state; ordinals.
- `nouns`: what a number counts: gender, and the forms that the number asks for.
- `reading`: what in a text is a number, and how it is read.
- `parsing`: number words in a text, and their value.
- `tables`: months, currencies, units, hours: data only.

The rules are those of the grammars (W. Wright, *A Grammar of the Arabic Language*, vol. I, 318-328 and vol. II,
96-107; Abbas Hasan, *An-nahw al-wafi*, vol. IV, «العدد»), as modern prose applies them.
"""

from arnorm.numerals.cardinals import cardinal, ordinal

__all__ = ["cardinal", "ordinal"]
