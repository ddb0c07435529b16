# SPDX-License-Identifier: BSL-1.0
"""The package as a whole."""
import re

import crowdrules


def test_the_package_has_a_version():
    assert re.fullmatch(r"\d+\.\d+\.\d+", crowdrules.__version__)


def test_every_public_name_is_there():
    for name in crowdrules.__all__:
        assert getattr(crowdrules, name) is not None
