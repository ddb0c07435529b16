# SPDX-License-Identifier: BSL-1.0
"""The rules of crowdfunding, exact to the cent."""
from ._core import __version__

__all__ = ["__version__"]
