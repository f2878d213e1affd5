"""Near duplicates with MinHash: texts that differ in how they are written have the same words once they are folded."""

from datasketch import MinHash, MinHashLSH

import arnorm

fold = arnorm.profile("search.v1") | arnorm.passes.strip_punctuation
texts = {
    "a": "أعلنَ الوزيرُ أمس افتتاحَ المدرسةِ الجديدةِ في المدينة.",
    "b": "اعلن الوزير امس افتتاح المدرسه الجديده فى المدينه",
    "c": "سجّل اللاعبُ هدفين في مباراة الأمس.",
}


def sketch(text: str) -> MinHash:
    """The sketch of the words of *text*."""
    made = MinHash(num_perm=64)
    made.update_batch([word.encode() for word in fold(text).split()])
    return made


index = MinHashLSH(threshold=0.8, num_perm=64)
for key, text in texts.items():
    index.insert(key, sketch(text))
print(sorted(index.query(sketch(texts["a"]))))

# ['a', 'b']
