"""Repairs looked over in a spreadsheet: a row for each change goes out, decisions come back and are carried out."""

import csv
import tempfile
from pathlib import Path

import arnorm

text = "سألت احمد عن المسئول\nعاد الى المدرسه"
review = arnorm.Repairer("safe").review(text)
table = Path(tempfile.mkdtemp()) / "review.csv"
columns = ["source", "start", "end", "before", "after", "kind", "score", "decision"]

with open(table, "w", encoding="utf-8-sig", newline="") as file:
    writer = csv.DictWriter(file, columns, extrasaction="ignore")
    writer.writeheader()
    for line in review.decisions():
        writer.writerows({"source": line["source"], **change} for change in line["changes"])

rows = table.read_text(encoding="utf-8-sig")
print(len(rows.splitlines()) - 1, "rows")
table.write_text(rows.replace("أحمد", "حمد").replace("keep", "replace"), encoding="utf-8")  # what the reviewer does

print(review.apply(accept=table))

# 4 rows
# سألت حمد عن المسؤول
# عاد إلى المدرسة
