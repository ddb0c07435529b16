# SPDX-License-Identifier: BSL-1.0
"""The types that are written down are those that the module has, and the package's own Python agrees with them."""
import pathlib
import subprocess
import sys

import pytest

BINDING = pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python"


def test_the_stubs_are_what_the_module_says_of_itself():
    done = subprocess.run([sys.executable, BINDING / "stubs.py", "--check", BINDING / "crowdrules" / "_core.pyi"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_mypy_finds_nothing_in_strict_mode(tmp_path):
    pytest.importorskip("mypy")
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", tmp_path,
                           "-p", "crowdrules"],
                          capture_output=True, text=True, cwd=BINDING)
    assert done.returncode == 0, done.stdout + done.stderr
