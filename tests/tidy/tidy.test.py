# SPDX-License-Identifier: BSL-1.0
"""Every property of tidy.py finds what it is there to find, and leaves a good tree alone."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TIDY = pathlib.Path(__file__).with_name("tidy.py")
SPDX = "// SPDX-License-Identifier: BSL-1.0\n"
HEADER = SPDX + "// Pledge: a promise of money.\n#pragma once\n"

GOOD = {
    "include/crowdrules/crowdrules.hpp": HEADER + "#include <crowdrules/campaign/pledge.hpp>\n",
    "include/crowdrules/campaign/pledge.hpp": HEADER + "#include <crowdrules/campaign/reward.hpp>\n",
    "include/crowdrules/campaign/reward.hpp": HEADER,
    "src/campaign/pledge.cpp": SPDX + "// a double word in a comment, now()\nconst char* s = \"double // now()\";\n",
    "include/crowdrules/stories/progress.hpp": HEADER,
    "include/crowdrules/stories/plan/play.hpp": HEADER + "#include <crowdrules/stories/progress.hpp>\n",
    "src/stories/plan/play.cpp": SPDX + "#include <crowdrules/stories/plan/play.hpp>\n#include \"runner.hpp\"\n",
    "src/program/settle.cpp": SPDX + "double seconds();\n",
    "src/CMakeLists.txt": "# SPDX-License-Identifier: BSL-1.0\ncampaign/pledge.cpp stories/plan/play.cpp\n"
                          "program/settle.cpp crowdrules.hpp campaign/pledge.hpp campaign/reward.hpp\n"
                          "stories/progress.hpp stories/plan/play.hpp\n",
    "tests/campaign/pledge.test.cpp": SPDX + 'TEST_CASE("a pledge, made") {}\n',
    "tests/stories/plan/play.test.cpp": SPDX + "#include <crowdrules/stories/story.hpp>\n",
    "tests/CMakeLists.txt": "# SPDX-License-Identifier: BSL-1.0\ncrowdrules_floor_tests(campaign lib\n"
                            "    pledge.test.cpp\n)\ncrowdrules_floor_tests(stories lib\n    plan/play.test.cpp\n)\n",
    "README.md": "    sudo apt-get install --no-install-recommends g++ \\\n        libboost-dev\n",
    ".ci/packages.txt": "# comment\nbuild g++\nbuild libboost-dev|libboost1.81-dev\ntest doctest-dev\n",
}
GOOD["include/crowdrules/crowdrules.hpp"] += (
    "#include <crowdrules/campaign/reward.hpp>\n#include <crowdrules/stories/progress.hpp>\n"
    "#include <crowdrules/stories/plan/play.hpp>\n")

# property: the file that is added or replaced, its text, and what the message must say
BAD = [
    ("floors", "src/campaign/pledge.cpp", SPDX + "#include <crowdrules/community/idea.hpp>\n", "floor 7"),
    ("floors", "src/campaign/pledge.cpp", SPDX + '#include "../stories/story.hpp"\n', "floor 12"),
    ("floors", "src/stories/journal.cpp", SPDX + "#include <stories/plan/runner.hpp>\n", "floor 11"),
    ("floors", "src/stories/plan/play.cpp", SPDX + "#include <crowdrules/stories/campaign/play.hpp>\n", "floor 11"),
    ("floors", "src/money/money.cpp", SPDX + "#include <crowdrules/time/instant.hpp>\n", "floor 1"),
    ("floors", "tests/core/id.test.cpp", SPDX + "#include <crowdrules/money/money.hpp>\n", "floor 1"),
    ("floors", "src/campaign/pledge.cpp", SPDX + "#include <crowdrules/crowdrules.hpp>\n", "include what is used"),
    ("headers", "include/crowdrules/campaign/Pledge.hpp", HEADER, "snake_case"),
    ("headers", "include/crowdrules/campaign/pledge.hpp", HEADER[1:], "begin with"),
    ("headers", "include/crowdrules/campaign/pledge.hpp", SPDX + "#pragma once\n", "in one line"),
    ("headers", "include/crowdrules/campaign/pledge.hpp", SPDX + "// Pledge: a promise.\n", "#pragma once"),
    ("headers", "include/crowdrules/campaign/pledge.hpp", HEADER + "#include <boost/rational.hpp>\n", "too heavy"),
    ("headers", "include/crowdrules/campaign/pledge.hpp", HEADER + "#define PLEDGE 1\n", "macros"),
    ("headers", "include/crowdrules/campaign/pledge.hpp", HEADER + "using namespace std;\n", "directive"),
    ("licences", "src/campaign/pledge.cpp", "int x;\n", "begin with SPDX"),
    ("words", "src/campaign/pledge.cpp", SPDX + "double x;\n", "'double'"),
    ("words", "src/campaign/pledge.cpp", SPDX + "auto t = clock::now();\n", "'now'"),
    ("words", "src/campaign/pledge.cpp", SPDX + "/* fine */ std::cout << 1; // fine\n", "'cout'"),
    ("words", "src/campaign/pledge.cpp", SPDX + "#include <fstream>\n", "fstream"),
    ("described_once", "src/campaign/pledge.cpp",
     SPDX + "void describe(Fields& v, Pledge& p) {}\nvoid describe(Fields&, Pledge&) {}\n", "already"),
    ("glossary", "docs/glossary.md", "| word | meaning |\n|---|---|\n| cap | one |\n| cap | two |\n", "'cap' has"),
    ("unfinished", "src/campaign/pledge.cpp", SPDX + "// TO" + "DO later\n", "finish it"),
    ("line_length", "src/campaign/pledge.cpp", SPDX + "// " + "x" * 118 + "\n", "121 columns"),
    ("line_length", "src/campaign/pledge.cpp", SPDX + "int x; \n", "blanks"),
    ("line_length", "src/campaign/pledge.cpp", SPDX + "int x;", "without a newline"),
    ("umbrella", "include/crowdrules/money/money.hpp", HEADER, "<crowdrules/money/money.hpp>"),
    ("umbrella", "include/crowdrules/crowdrules.hpp",
     GOOD["include/crowdrules/crowdrules.hpp"] + "#include <crowdrules/money/money.hpp>\n", "out of order"),
    ("listed", "src/campaign/decide.cpp", SPDX, "list campaign/decide.cpp"),
    ("listed", "tests/campaign/decide.test.cpp", SPDX, "list campaign/decide.test.cpp"),
    ("listed", "tests/money/pledge.test.cpp", SPDX, "list money/pledge.test.cpp"),
    ("listed", "include/crowdrules/campaign/decide.hpp", HEADER, "list campaign/decide.hpp"),
    ("listed", "src/rulepacks/data/campaign/platform.toml", "", "list campaign/platform.toml"),
    ("top_level", "scripts/release", "", "scripts: not one of"),
    ("rooms", "docs/page.md", "", "docs: 26 files"),
    ("machine_paths", "docs/guide.md", "see /wo" + "rk/notes\n", "folder of one machine"),
    ("packages", "README.md", "sudo apt-get install g++\n", "add libboost-dev"),
    ("packages", "README.md", "sudo apt-get install g++ libboost-dev cowsay\n", "cowsay"),
    ("test_names", "tests/campaign/pledge.test.cpp", SPDX + 'TEST_CASE("one; two") {}\n', "semicolon"),
]


def tidy(files, *properties):
    with tempfile.TemporaryDirectory() as top:
        for name, text in files.items():
            path = pathlib.Path(top, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        run = subprocess.run([sys.executable, str(TIDY), "--top", top, *properties], capture_output=True, text=True)
        return run.returncode, run.stdout + run.stderr


class Tidy(unittest.TestCase):
    def test_a_good_tree_passes(self):
        self.assertEqual(tidy(GOOD), (0, ""))

    def test_each_fault_is_found_with_the_file_at_fault(self):
        for name, path, text, message in BAD:
            with self.subTest(name, path=path, message=message):
                crowd = {f"docs/{number}.md": "" for number in range(25)} if name == "rooms" else {}
                code, printed = tidy(GOOD | crowd | {path: text}, name)
                self.assertEqual(code, 1, printed)
                self.assertIn(message, printed)

    def test_an_unknown_property_is_refused(self):
        code, printed = tidy(GOOD, "beauty")
        self.assertEqual(code, 2)
        self.assertIn("no property 'beauty'", printed)


if __name__ == "__main__":
    unittest.main()
