"""Chunks for retrieval: sentences of a cleaned document, and for each the place in the file that it came from."""

import arnorm

document = "إنّ المجلــس قرّر.\nوافتتــح الوزير المدرسة ﻓﻲ الحيّ! ثم عاد."
trace = arnorm.profile("clean.v1").trace(document)

for start, end in arnorm.split_sentences(trace.text):
    low, high = trace.to_source((start, end))
    print((low, high), trace.text[start:end], "|", document[low:high])

# (0, 18) إنّ المجلس قرّر. | إنّ المجلــس قرّر.
# (19, 52) وافتتح الوزير المدرسة في الحيّ! | وافتتــح الوزير المدرسة ﻓﻲ الحيّ!
# (53, 60) ثم عاد. | ثم عاد.
