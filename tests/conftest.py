"""Hypothesis profiles: a quick one by default, a long one for CI and before a release."""

import os

from hypothesis import HealthCheck, settings

import arnorm.passes  # noqa: F401  (before pytest imports a pass module by its path, a second time)

collect_ignore = ["typing/program.py"]  # for the type checker only

settings.register_profile("default", max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", parent=settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
