# SPDX-License-Identifier: BSL-1.0
"""Hypothesis measures no time: how fast a machine is today is no property of the code. Campaigns that several tests
use."""
import pytest
from hypothesis import HealthCheck, settings

import crowdrules as cr

settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

MUGS = """
timeline = [
    { at = "launch + 1 day", pledge = { reward = "Mug", count = 40, name = "mugs" } },
    { at = "launch + 2 days", pledge = { amount = "55.00", by = "Anna" } },
]
[scenario]
title = "Mugs"
pack = "kickstarter"
[terms]
country = "US"
currency = "USD"
goal = "100.00"
window = { opens = 2016-06-01T12:00:00Z, closes = 2016-07-01T12:00:00Z }
given = { "fees.processing.rounding" = "half_up" }
rewards = [{ name = "Mug", minimum = "10.00" }]
"""


@pytest.fixture(scope="session")
def mugs_text():
    return MUGS


@pytest.fixture(scope="session")
def mugs():
    """40 mugs of 10.00 and 55.00 of Anna's: 455.00 in all."""
    return cr.parse_scenario(MUGS, "mugs.toml")


@pytest.fixture(scope="session")
def everyday():
    """Terms with a goal of 100.00, 5% for the platform, 3% and 0.20 for processing."""
    return cr.Terms(
        currency="USD", title="A thing", model=cr.FundingModel.all_or_nothing(cr.Money("100.00", "USD")),
        window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
        charges=cr.ChargePlan(retry_window="7 days"),
        fees=cr.CampaignFees(
            platform=cr.FeeSchedule("platform fee", [cr.FeeBand(rate="5%")], rounding="half_even"),
            processing=cr.FeeSchedule("processing fee", [cr.FeeBand(rate="3%", fixed=20)], rounding="half_up")))
