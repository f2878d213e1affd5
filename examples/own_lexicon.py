"""Words of one's own: a file with one a line, known to the repairer, and left alone."""

import io

import arnorm

file = io.StringIO("# أسماء شركات\nالقاهره   # هكذا تُكتب\nزيدون\n")  # or open("names.txt", encoding="utf-8")
repairer = arnorm.Repairer("balanced", lexicon=file)
print(repairer)
print(repairer("تعمل شركة القاهره مع المدرسه"))
print(arnorm.repair("تعمل شركة القاهره مع المدرسه", "balanced"))

# <Repairer policy='balanced.v1', lexicon of 2 words, arnorm's model>
# تعمل شركة القاهره مع المدرسة
# تعمل شركة القاهرة مع المدرسة
