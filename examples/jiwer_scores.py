"""Word error rate with jiwer, of what can be heard."""

import jiwer

from arnorm.integrations.jiwer import Normalize

heard = jiwer.Compose([Normalize("asr.v1"), jiwer.ReduceToListOfListOfWords()])
reference = ["ذهبَ الأولادُ إلى المدرسةِ، ثمّ عادوا."]
hypothesis = ["ذهب الاولاد الى المدرسه ثم عاد"]

print(round(jiwer.wer(reference, hypothesis), 2))
print(round(jiwer.wer(reference, hypothesis, reference_transform=heard, hypothesis_transform=heard), 2))

# 1.0
# 0.17
