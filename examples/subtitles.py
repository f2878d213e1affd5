"""Subtitles, cleaned: text changes, numbers and times do not. The command line knows the format by the file's name."""

import tempfile
from pathlib import Path

from arnorm.cli import main

path = Path(tempfile.mkdtemp()) / "film.srt"
path.write_text("1\n00:00:01,000 --> 00:00:02,500\n<i>ﻣﺮﺣﺒــﺎ</i> بكم\n", encoding="utf-8")
main(["normalize", "-i", str(path)])
print(path.read_text(encoding="utf-8").strip())

# 1
# 00:00:01,000 --> 00:00:02,500
# <i>مرحبا</i> بكم
