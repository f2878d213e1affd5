"""A search box on SQLite: what people type finds what writers wrote, and the hit is shown as it was written.

The index and the query go through one profile, named with its version.
"""

import sqlite3

import arnorm

fold = arnorm.profile("search.v1")
articles = ["سافرَ أحمدُ إلى المدرسةِ صباحًا", "القرآنُ الكريم", "في مدرســة الحيّ ١٢ قاعة"]

db = sqlite3.connect(":memory:")
db.execute("CREATE VIRTUAL TABLE articles USING fts5(folded, written UNINDEXED)")
db.executemany("INSERT INTO articles VALUES (?, ?)", zip(fold.many(articles), articles, strict=True))


def search(query: str) -> list[str]:
    """What was written where the words of *query* are."""
    words = " ".join(f'"{word}"' for word in fold(query).split())
    return [row[0] for row in db.execute("SELECT written FROM articles WHERE folded MATCH ? ORDER BY rank", [words])]


print(search("احمد المدرسه"))
print(search("القران"))
print(search("12"))

# ['سافرَ أحمدُ إلى المدرسةِ صباحًا']
# ['القرآنُ الكريم']
# ['في مدرســة الحيّ ١٢ قاعة']
