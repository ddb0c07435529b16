# SPDX-License-Identifier: BSL-1.0
"""The rules of crowdfunding, exact to the cent.

>>> import crowdrules as cr
>>> cr.Money("115.00", "USD").times("5%", "half_up")
Money('5.75', 'USD')
"""
from . import _core, _errors, _files, columns, plots
from ._core import *  # noqa: F403
from ._core import __version__
from ._errors import *  # noqa: F403
from ._files import *  # noqa: F403

__all__ = ["__version__", "columns", "plots"]
__all__ += [name for name in vars(_core) if not name.startswith("_")]
__all__ += _errors.__all__
__all__ += _files.__all__
