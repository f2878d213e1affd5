"""Full text search with tantivy: the folded text is indexed, the written one stored; a misspelt query is corrected."""

import tantivy

import arnorm

fold = arnorm.profile("search.v1")
schema = tantivy.SchemaBuilder().add_text_field("folded").add_text_field("written", stored=True).build()
index = tantivy.Index(schema)
writer = index.writer()
for text in ["عاد الأولادُ إلى المدرسة", "أُغلقت المكتبةُ مساءً"]:
    writer.add_document(tantivy.Document(folded=fold(text), written=text))
writer.commit()
index.reload()
searcher = index.searcher()


def search(words: str) -> list[str]:
    """The texts that *words* are in, the best first."""
    hits = searcher.search(index.parse_query(fold(words), ["folded"]), 10).hits
    return [searcher.doc(address)["written"][0] for _, address in hits]


print(search("المكتبه"))
typed = "المكتبت"
print(search(typed) or search(arnorm.suggest(typed)[0].text))

# ['أُغلقت المكتبةُ مساءً']
# ['أُغلقت المكتبةُ مساءً']
