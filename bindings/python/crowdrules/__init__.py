# SPDX-License-Identifier: BSL-1.0
"""The rules of crowdfunding, exact to the cent.

>>> import crowdrules as cr
>>> cr.Money("115.00", "USD").times("5%", "half_up")
Money('5.75', 'USD')
"""
from . import _compare, _core, _errors, _files, _simulate, _split, _sweep, columns, plots, solve
from ._compare import *  # noqa: F403
from ._core import *  # noqa: F403
from ._core import __version__
from ._errors import *  # noqa: F403
from ._files import *  # noqa: F403
from ._simulate import *  # noqa: F403
from ._split import *  # noqa: F403
from ._sweep import *  # noqa: F403

__all__ = ["__version__", "columns", "plots", "solve"]
__all__ += [name for name in vars(_core) if not name.startswith("_")]
__all__ += _errors.__all__ + _files.__all__ + _compare.__all__ + _simulate.__all__ + _split.__all__ + _sweep.__all__
