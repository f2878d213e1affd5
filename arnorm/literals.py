"""The names that functions take, so that type checkers find a misspelt one. Written by docs/generate.py."""

from typing import Literal

#: Names of profiles, without and with version.
ProfileName = Literal[
    "clean",
    "search",
    "quran",
    "names",
    "ml",
    "asr",
    "social",
    "tts",
    "lucene",
    "arabic_asr_leaderboard",
    "ocr",
    "pdf",
    "clean.v1",
    "search.v1",
    "quran.v1",
    "names.v1",
    "ml.v1",
    "asr.v1",
    "social.v1",
    "tts.v1",
    "lucene.v1",
    "arabic_asr_leaderboard.v1",
    "ocr.v1",
    "pdf.v1",
]

#: Names of policies of spelling repair.
PolicyName = Literal[
    "safe",
    "balanced",
    "thorough",
    "safe.v1",
    "balanced.v1",
    "thorough.v1",
]

#: Names of kinds of span that can be protected.
SpanName = Literal[
    "urls",
    "emails",
    "mentions",
    "hashtags",
    "code",
    "numbers",
]
