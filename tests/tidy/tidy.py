# SPDX-License-Identifier: BSL-1.0
"""Properties of the source tree that no compiler checks. Each function below is one of them and yields what breaks it.

    python3 tests/tidy/tidy.py                     every property
    python3 tests/tidy/tidy.py floors              one of them
    python3 tests/tidy/tidy.py --top FOLDER words  one of them, of another tree
"""
import argparse
import pathlib
import posixpath
import re
import subprocess
import sys

# A file includes its own floor and the floors below. The longest name that a path begins with is its floor, so a folder
# or a file within a floor may be one by itself.
FLOORS = {
    "core": 0,
    "time": 1, "money": 1,
    "reason": 2, "ledger": 2, "words": 2, "schema": 2,
    "fees": 3, "pictures": 3,
    "settlement": 4, "revenue": 4,
    "life": 5,
    "campaign": 6,
    "community": 7, "columns": 7,
    "protocol": 8,
    "rulepacks": 9,
    "stories": 10, "tables": 10,
    "stories/campaign": 11, "stories/community": 11, "stories/plan": 11,
    "stories/story": 12, "stories/check": 13,
    "analysis": 14,
    "pages": 15,
    "program": 16, "c": 16,
}
# Siblings that one floor may nevertheless include, and why.
SIBLINGS = {}

# Tests that look at floors above their own, and why.
LOOKS_UP = {"tests/life/tiny.test.cpp": "a life is shown with the journal and fingerprints that it gets from above"}

# What a public header may not bring along: each costs every user half a second or more of compile time.
HEAVY = re.compile(r"<(boost/|fmt/|date/|toml\+\+/|nlohmann/|CLI/|ranges>|format>|expected>|iostream>|regex>)")

# Words that no floor below the program uses: binary floating point, clocks, randomness, output, the end of the process.
BANNED = re.compile(
    r"\b(float|double|rand|srand|random_device|mt19937(?:_64)?"
    r"|cout|cerr|clog|printf|puts|abort|exit|terminate|getenv|now(?=\s*\())\b")
# Files that may compute all the same in binary floating point, and the proof that no answer depends on it.
PROVED_EXACT = {"src/money/cut.cpp": "an estimate of a quotient, corrected by exact integers"}
# Files that read what the engine otherwise never reads, and why.
READS_FILES = {"src/time/zone_database.cpp": "the time zone database of the operating system"}

# So many files a folder holds at most.
MOST_FILES = 25

TOP_LEVEL = {
    "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "pyproject.toml",
    "include", "src", "bindings", "examples", "benchmarks", "tests", "docs",
}
CODE = {".hpp", ".cpp", ".py", ".cmake", ".pyi", ".sh", ".in"}


def files_of(top):
    """Every file of the project, relative to its top: what git knows or would add, or all there is without git."""
    command = ["git", "-c", f"safe.directory={top}", "-C", str(top), "ls-files", "-z", "-co", "--exclude-standard"]
    if (top / ".git").exists():
        try:
            listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
            return sorted(name for name in listed if name and (top / name).is_file())
        except (OSError, subprocess.CalledProcessError):
            pass
    skipped = {".git", "build", "__pycache__"}
    return sorted(str(path.relative_to(top)) for path in top.rglob("*")
                  if path.is_file() and not skipped & set(path.relative_to(top).parts))


TOP = pathlib.Path(__file__).resolve().parents[2]
FILES = []


def read(name):
    return (TOP / name).read_text(encoding="utf-8", errors="replace")


def matching(pattern):
    return [name for name in FILES if re.fullmatch(pattern, name)]


def is_code(name):
    path = pathlib.PurePath(name)
    return path.suffix in CODE or path.name in {"CMakeLists.txt", "run", "install"}


def without_comments(text):
    """C++ source with comments and literals blanked out, lines kept."""
    token = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S)
    return token.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def lines_with(pattern, text):
    for number, line in enumerate(text.splitlines(), 1):
        for found in re.finditer(pattern, line):
            yield number, found


def floor_of(name):
    """The floor of a file of include/crowdrules, src or tests; None outside of floors."""
    found = re.match(r"(?:include/crowdrules|src|tests)/([\w/]+)", name)
    parts = found[1].split("/") if found else []
    while parts and "/".join(parts) not in FLOORS:
        parts.pop()
    return "/".join(parts) or None


def included_file(name, path):
    """The file of the tree that `name` means by `path`, as far as the name of its floor goes."""
    if path.startswith("crowdrules/"):
        return f"include/{path}"
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    return beside if "/" not in path or path.startswith(".") else f"src/{path}"


# ---------------------------------------------------------------------------------------------------- the properties

def floors():
    """A file includes its own floor and the floors below."""
    for name in matching(r"(include|src|tests)/.*\.[hc]pp"):
        own = floor_of(name)
        if own is None:
            continue
        for number, found in lines_with(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', read(name)):
            path = found[1]
            if path in ("crowdrules/crowdrules.hpp", "crowdrules/format.hpp") and not name.startswith("tests/"):
                yield f"{name}:{number}: a floor includes <{path}>, which includes it; include what is used"
            other = floor_of(included_file(name, path))
            if other is None or other == own or other in SIBLINGS.get(own, {}) or name in LOOKS_UP:
                continue
            if name.startswith("tests/") and other.split("/")[0] == own.split("/")[0]:
                continue  # a test may use all of its room
            if FLOORS[other] >= FLOORS[own]:
                yield (f"{name}:{number}: {own} (floor {FLOORS[own]}) includes {path} (floor {FLOORS[other]}); "
                       f"move what is needed down, or this file up")


def headers():
    """A public header opens with its licence and a title, includes nothing heavy and defines no macro."""
    for name in matching(r"include/.*"):
        if name == "include/crowdrules.h":  # the C interface, in a language of its own
            continue
        if not re.fullmatch(r"include/crowdrules/([a-z0-9_]+/)*[a-z0-9_]+\.hpp", name):
            yield f"{name}: public headers are named include/crowdrules/<floor>/<concept>.hpp, in snake_case"
            continue
        text = read(name)
        lines = text.splitlines() + ["", ""]
        if lines[0] != "// SPDX-License-Identifier: BSL-1.0":
            yield f"{name}:1: begin with // SPDX-License-Identifier: BSL-1.0"
        if not re.match(r"// [A-Z][\w ,-]*: \S", lines[1]):
            yield f"{name}:2: say in one line what this is: // Pledge: a promise of money by one backer"
        if text.count("#pragma once\n") != 1:
            yield f"{name}: needs one #pragma once"
        for number, found in lines_with(HEAVY, text):
            if not (name.endswith("/format.hpp") and found[1] == "fmt/"):
                yield f"{name}:{number}: {found[0]} is too heavy for a public header; include it in src/"
        for number, _ in lines_with(r"^\s*#\s*define\b", text):
            yield f"{name}:{number}: public headers define no macros"
        for number, _ in lines_with(r"^\s*using\s+namespace\b", without_comments(text)):
            yield f"{name}:{number}: a using directive here would be every user's"


def licences():
    """Every source file names its licence."""
    for name in FILES:
        if is_code(name) and not name.endswith("-config.cmake.in"):
            if not any("SPDX-License-Identifier: BSL-1.0" in line for line in read(name).splitlines()[:2]):
                yield f"{name}:1: begin with SPDX-License-Identifier: BSL-1.0 in a comment"


def words():
    """Below the program there is no binary floating point, clock, randomness or output."""
    for name in matching(r"(include/crowdrules|src)/.*\.[hc]pp"):
        if FLOORS.get(floor_of(name), 0) >= FLOORS["program"]:
            continue
        text = without_comments(read(name))
        for number, found in lines_with(BANNED, text):
            if found[1] == "double" and name in PROVED_EXACT:
                continue
            yield (f"{name}:{number}: '{found[1]}' has no place below the program: amounts are whole numbers, "
                   f"time is given by the caller, and the engine neither prints nor ends the process")
        if FLOORS.get(floor_of(name), 0) < FLOORS["protocol"] and name not in READS_FILES:
            for number, found in lines_with(r"<(fstream|cstdio|filesystem|thread|mutex|iostream)>", text):
                yield f"{name}:{number}: the engine does no {found[1]}; take the value as an argument"


def described_once():
    """The fields of a struct are described in one place, so that no two readers of it can differ."""
    places = {}
    for name in matching(r"(src|bindings)/.*\.[hc]pp"):
        text = without_comments(read(name))
        for number, found in lines_with(r"void describe\(Fields&(?: v)?, ([\w:<>, ]+)&", text):
            places.setdefault(found[1], []).append(f"{name}:{number}")
    for struct, where in sorted(places.items()):
        for again in where[1:]:
            yield f"{again}: {struct} is described in {where[0]} already; use that, or give its text its own struct"


def glossary():
    """One word, one meaning: no word has two rows."""
    name = "docs/glossary.md"
    seen = {}
    for number, found in lines_with(r"^\| ([^|]+) \|", read(name) if name in FILES else ""):
        first = seen.setdefault(found[1], number)
        if first != number:
            yield f"{name}:{number}: '{found[1]}' has a row at line {first} already"


def unfinished():
    """Nothing is left for later."""
    unfinished_word = r"\b(TODO|FIXME|HACK|not implemented|unimplemented|placeholder|stub)\b"
    for name in FILES:
        if name != "tests/tidy/tidy.py" and (is_code(name) or name.endswith((".md", ".toml"))):
            for number, found in lines_with(unfinished_word, read(name)):
                yield f"{name}:{number}: '{found[0]}': finish it or take it out"


def line_length():
    """No line of code is longer than 120 columns or ends in blanks."""
    for name in FILES:
        if not is_code(name):
            continue
        text = read(name)
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > 120:
                yield f"{name}:{number}: {len(line)} columns, at most 120; clang-format breaks it"
            if line != line.rstrip() or "\t" in line:
                yield f"{name}:{number}: blanks at the end, or a tab"
        if text and not text.endswith("\n"):
            yield f"{name}: ends without a newline"


def umbrella():
    """crowdrules.hpp includes every public header, bottom floor first."""
    name = "include/crowdrules/crowdrules.hpp"
    included = [found[1] for _, found in lines_with(r"^#include <(crowdrules/[^>]+)>", read(name))]
    public = {header[len("include/"):] for header in matching(r"include/crowdrules/(?:\w+/)+\w+\.hpp")}
    for header in sorted(public - set(included)):
        yield f"{name}: add #include <{header}> to its floor"
    floors_in_order = [FLOORS[floor_of(f"include/{header}")] for header in included]
    if floors_in_order != sorted(floors_in_order):
        yield f"{name}: the floors are out of order; from bottom to top: {' '.join(FLOORS)}"


def listed():
    """CMake lists every source, header, test and rule pack."""
    places = [
        (r"src/(.*\.cpp)", "src/CMakeLists.txt", r"[\w/]+\.cpp"),
        (r"src/rulepacks/data/(.*\.toml)", "src/CMakeLists.txt", r"[\w/.-]+\.toml"),
        (r"include/crowdrules/(.*\.hpp)", "src/CMakeLists.txt", r"[\w/]+\.hpp"),
        (r"tests/((?:\w+/)+\w+\.test\.cpp)", "tests/CMakeLists.txt", None),
        (r"tests/nocompile/(\w+\.cpp)", "tests/nocompile/CMakeLists.txt", r"\w+\.cpp"),
        (r"examples/(.*\.cpp)", "examples/CMakeLists.txt", r"[\w/]+\.cpp"),
        (r"benchmarks/(.*\.cpp)", "benchmarks/CMakeLists.txt", r"[\w/]+\.cpp"),
    ]
    for pattern, lists, token in places:
        there = [re.fullmatch(pattern, name)[1] for name in matching(pattern)]
        if not there:
            continue
        text = re.sub(r"#.*", "", read(lists)) if lists in FILES else ""
        if token is None:
            listed_names = {f"{floor}/{test}" for floor, tests in re.findall(r"floor_tests\((\w+) ([^)]*)\)", text)
                            for test in tests.split()}
        else:
            listed_names = set(re.findall(token, text))
            listed_names |= {found.split("include/crowdrules/")[-1] for found in listed_names}
        for name in there:
            if name not in listed_names:
                yield f"{lists}: list {name}, in the order of the floors"


def top_level():
    """The top level holds what was agreed, so that a newcomer sees the whole at one look."""
    for entry in sorted({name.split("/")[0] for name in FILES}):
        if entry not in TOP_LEVEL and not entry.startswith("."):
            yield f"{entry}: not one of {' '.join(sorted(TOP_LEVEL))}; find it a place below one of them"


def rooms():
    """A folder holds so few files that one look tells what they are."""
    held = {}
    for name in FILES:
        held.setdefault(posixpath.dirname(name), []).append(name)
    for folder, files in sorted(held.items()):
        if len(files) > MOST_FILES:
            yield f"{folder}: {len(files)} files, at most {MOST_FILES}; find the folders that are in it"


def machine_paths():
    """No file speaks of one machine's folders."""
    for name in FILES:
        if name == "tests/tidy/tidy.py" or (TOP / name).suffix in {".csv", ".png"}:
            continue
        for number, found in lines_with(r"(?<![\w.<])/(work|root|home|tmp|farm|Users)/", read(name)):
            yield f"{name}:{number}: '{found[0]}' is a folder of one machine; take it from an argument or mktemp"


def test_names():
    """Test names hold no semicolon, at which CMake would cut them in two."""
    for name in matching(r"tests/.*\.cpp"):
        for number, found in lines_with(r'\b(?:TEST_CASE|SUBCASE|SCENARIO|TEST_CASE_TEMPLATE)\s*\(\s*"([^"]*;[^"]*)"',
                                        read(name)):
            yield f"{name}:{number}: \"{found[1]}\": write it without the semicolon"


def packages():
    """The README names the packages that a build needs, all of them and no others."""
    wanted = {line.split()[1].split("|")[0] for line in read(".ci/packages.txt").splitlines()
              if line.startswith("build ")}
    command = re.search(r"apt-get install((?:.*\\\n)*.*)", read("README.md") if "README.md" in FILES else "")
    named = set(re.findall(r"(?<!\S)[a-z][\w.+-]+", command[1])) if command else set()
    for package in sorted(wanted - named):
        yield f"README.md: add {package} to the apt-get line; .ci/packages.txt has it"
    for package in sorted(named - wanted):
        yield f"README.md: {package} is in the apt-get line, but not in .ci/packages.txt"


PROPERTIES = [floors, headers, licences, words, described_once, unfinished, line_length, umbrella, listed, top_level,
              rooms, machine_paths, test_names, packages, glossary]


def main():
    global TOP, FILES
    known = {check.__name__: check for check in PROPERTIES}
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--top", type=pathlib.Path, default=TOP, help="the tree to look at")
    arguments.add_argument("property", nargs="*", help=f"any of: {' '.join(known)}")
    chosen = arguments.parse_args()
    TOP = chosen.top.resolve()
    FILES = files_of(TOP)

    broken = 0
    for name in chosen.property or known:
        if name not in known:
            arguments.error(f"no property '{name}'; there are: {' '.join(known)}")
        for message in known[name]():
            print(f"{message}  [{name}]")
            broken += 1
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
