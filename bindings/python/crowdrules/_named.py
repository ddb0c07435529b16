# SPDX-License-Identifier: BSL-1.0
"""What the enumerations of the engine have in common."""
import enum


class Named(enum.Enum):
    """A member is known by its name, which is its value too: `RoundingMode("half_up") is RoundingMode.half_up`."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def __str__(self) -> str:
        return self.name
