# SPDX-License-Identifier: BSL-1.0
"""The pages of `crowdrules report`, byte for byte as they were when a person last looked at them in a browser.

    python3 pages.test.py CROWDRULES_PROGRAM TOP_OF_THE_PROJECT          compares
    python3 pages.test.py CROWDRULES_PROGRAM TOP_OF_THE_PROJECT --keep   keeps the pages as they are now: look at them!
"""
import difflib
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

PROGRAM, TOP = sys.argv[1], pathlib.Path(sys.argv[2])
KEEP = "--keep" in sys.argv[3:]
HERE = TOP / "tests" / "pages"
STORIES = sorted(HERE.glob("*.toml"))


def page_of(story):
    made = subprocess.run([PROGRAM, "report", str(story), "--html", "-"], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        sys.exit(f"{story.name}: exit code {made.returncode}\n{made.stderr}")
    return made.stdout


def faults_of(page):
    """What a browser would have to mend: elements left open, ids that are there twice or that nothing has."""
    root = ElementTree.fromstring(page.removeprefix("<!doctype html>\n"))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    for name in {name for name in ids if ids.count(name) > 1}:
        yield f"the id {name} is there twice"
    for element in root.iter():
        wanted = (element.get("aria-labelledby") or "").split()
        if (element.get("href") or "").startswith("#"):
            wanted.append(element.get("href")[1:])
        if (element.get("fill") or "").startswith("url(#"):
            wanted.append(element.get("fill")[5:-1])
        for name in wanted:
            if name not in ids:
                yield f"nothing has the id {name}"
        if element.tag in {"script", "link", "iframe", "img"}:
            yield f"a <{element.tag}> has no place on the page"


def main():
    assert STORIES, "no stories"
    failed = False
    for story in STORIES:
        page = page_of(story)
        kept = story.with_suffix(".html")
        if KEEP:
            kept.write_text(page, encoding="utf-8")
        for fault in faults_of(page):
            failed = True
            print(f"{story.name}: {fault}")
        expected = kept.read_text(encoding="utf-8")
        if page != expected:
            failed = True
            print(f"{story.name}: the page is another")
            sys.stdout.writelines(list(difflib.unified_diff(
                expected.splitlines(True), page.splitlines(True), str(kept), "now"))[:40])
    print(f"{len(STORIES)} pages, {'some are another than they were' if failed else 'as they were'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
