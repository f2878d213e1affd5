"""A corpus for training: cleaned, repaired where it is beyond doubt, without addresses, each document once."""

from collections import Counter

import arnorm
from arnorm import passes

steps = ["clean.v1", "repair_spelling", {"mask_urls": {"token": "<url>"}}, "squeeze_elongation", "squeeze_spaces"]
pipeline = arnorm.pipeline(steps)
documents = [
    "ذهب  الى المدرسه، انظر https://example.com",
    "ذهب إلى المدرســة، انظر http://example.org",
    "رااااائع",
    "Hello",
]

seen = set()
kept = []
for text in pipeline.many(documents, progress=lambda done: None):
    if arnorm.is_arabic(text) and text not in seen:
        seen.add(text)
        kept.append(text)
print(kept)

counts = Counter()
for text in documents:
    counts.update(pipeline.trace(text).counts())
print(counts["repair_spelling"], counts["mask_urls"])
print(pipeline.fingerprint == arnorm.loads(arnorm.dumps(pipeline)).fingerprint)
print((passes.fold_alef | str.strip)(" أهل "))

# ['ذهب إلى المدرسة، انظر <url>', 'رائع']
# 3 2
# True
# اهل
