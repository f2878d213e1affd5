"""jiwer: a transform that normalizes references and hypotheses before their errors are counted.

>>> import jiwer
>>> heard = jiwer.Compose([Normalize("asr.v1"), jiwer.ReduceToListOfListOfWords()])
>>> jiwer.wer(
...     "ذهبَ الأولادُ إلى المدرسةِ، ثمّ عادوا.", "ذهب الاولاد الى المدرسه ثم عاد",
...     reference_transform=heard, hypothesis_transform=heard,
... ) == 1 / 6
True
"""

from __future__ import annotations

from typing import Any

from arnorm.core import Joinable
from arnorm.extras import require
from arnorm.integrations import pipeline_of
from arnorm.literals import PolicyName, ProfileName

AbstractTransform: Any = require("jiwer.transforms", "jiwer").AbstractTransform

__all__ = ["Normalize"]


class Normalize(AbstractTransform):  # type: ignore[misc]  # it may be of any version
    """Normalizes each text by a *profile*, a name, a pass or a pipeline; a policy as *repair* repairs it first.

    Raises `arnorm.UnknownNameError` for a profile or policy that does not exist.

    >>> Normalize("asr.v1")(["المدرسةُ"])
    ['المدرسه']
    """

    def __init__(self, profile: ProfileName | Joinable = "clean", repair: PolicyName | None = None) -> None:
        self.pipeline = pipeline_of(profile, repair)

    def process_string(self, s: str) -> str:
        """The text *s* normalized; jiwer calls this for each text.

        >>> Normalize("search").process_string("إِلَى")
        'الي'
        """
        return self.pipeline(s)
