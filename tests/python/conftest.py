# SPDX-License-Identifier: BSL-1.0
"""Hypothesis measures no time: how fast a machine is today is no property of the code."""
from hypothesis import HealthCheck, settings

settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
