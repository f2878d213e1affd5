"""Hypothesis profiles: a quick one by default, one that draws anew, a long one before a release.

The quick one draws the same examples for the same tests, so that a commit passes everywhere or nowhere.
"""

import os

from hypothesis import HealthCheck, settings

import arnorm.passes  # noqa: F401  (before pytest imports a pass module by its path, a second time)

collect_ignore = ["typing/program.py"]  # for the type checker only

settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("new", parent=settings.get_profile("long"), max_examples=60)
settings.register_profile("default", parent=settings.get_profile("long"), max_examples=20, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
