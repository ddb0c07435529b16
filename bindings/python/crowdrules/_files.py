# SPDX-License-Identifier: BSL-1.0
"""What reads files: the compiled part takes text."""
from __future__ import annotations

import operator
import os
import pathlib
from typing import Any, Union

from . import _core
from ._core import (
    CheckedCase,
    CommunityStory,
    PlayedStory,
    RevenuePlan,
    Scenario,
    check_story,
    parse_community,
    parse_plan,
    parse_scenario,
    play_story,
)

__all__ = ["check", "community", "plan", "play", "scenario"]


def scenario(path: Union[str, "os.PathLike[str]"]) -> Scenario:
    """The scenario in a file. Raises FindingsError with everything that is wrong in it, each with line and column."""
    return parse_scenario(pathlib.Path(path).read_text(encoding="utf-8"), os.fspath(path))


def plan(path: Union[str, "os.PathLike[str]"]) -> RevenuePlan:
    """The plan of revenue in a file. Raises FindingsError with all that is wrong in it, each with line and column."""
    return parse_plan(pathlib.Path(path).read_text(encoding="utf-8"), os.fspath(path))


def community(path: Union[str, "os.PathLike[str]"]) -> CommunityStory:
    """The story of a community in a file. Raises FindingsError with all that is wrong in it, with line and column."""
    return parse_community(pathlib.Path(path).read_text(encoding="utf-8"), os.fspath(path))


def check(path: Union[str, "os.PathLike[str]"]) -> CheckedCase:
    """Plays the story in a file, of whatever kind, and compares what comes out with what it expects.

    The answer is true when all of it agrees.
    """
    return check_story(pathlib.Path(path).read_text(encoding="utf-8"), os.fspath(path))


def play(path: Union[str, "os.PathLike[str]"]) -> PlayedStory:
    """Plays the story in a file, of whatever kind: a campaign, a plan of revenue, ... Raises FindingsError."""
    return play_story(pathlib.Path(path).read_text(encoding="utf-8"), os.fspath(path))


def made_by(maker: str, *given: Any) -> Any:
    """How what was pickled is made again: by what is called so in the compiled part."""
    return operator.attrgetter(maker)(_core)(*given)
