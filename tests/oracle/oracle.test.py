# SPDX-License-Identifier: BSL-1.0
"""The rules once more in plain Python, compared with the program.

    python3 oracle.test.py CROWDRULES_PROGRAM TOP_OF_THE_PROJECT [--random N] [--seed S] [--only TEXT]
"""
import argparse
import collections
import concurrent.futures
import pathlib
import re
import sys
import tempfile

import arithmetic
import compare
import random_campaigns
import random_plans


def shipped(top, only):
    """(kind, file) of every shipped story that can be read."""
    for folder in (top / "tests" / "scenarios", top / "examples"):
        for story in sorted(folder.rglob("*.toml")):
            if "bad" in story.parts or only not in str(story):
                continue
            text = story.read_text(encoding="utf-8")
            if "\n[scenario]" in text:
                yield "campaign", story
            if "\n[plan]" in text:
                yield "plan", story


def arithmetic_of(page):
    """The splits in the first table of docs/allocation.md, done once more."""
    outcome = compare.Outcome("arithmetic", page.name)
    for method, turn, told in re.findall(r"^\| `(\w+)`(?:, turn (\d))? \| ([\d ]+?) \|", page.read_text("utf-8"), re.M):
        parts = arithmetic.allocate(15, [50, 30, 11, 9], method, 1, int(turn or 0))
        outcome.compare({method: " ".join(map(str, parts))}, {method: told})
    return outcome


def one(task):
    kind, program, story, name = task
    if kind.startswith("random"):
        return drawn(program, story, kind)
    return (compare.plan if kind == "plan" else compare.campaign)(program, story, name)


def drawn(program, seed, kind):
    """The random story of a seed."""
    make, look = (random_plans.Plan, compare.plan) if kind == "random plan" else (
        random_campaigns.Campaign, compare.campaign)
    with tempfile.TemporaryDirectory() as folder:
        story = pathlib.Path(folder) / "story.toml"
        lines = make(seed).story().split("\n")
        while True:
            story.write_text("\n".join(lines), encoding="utf-8")
            outcome = look(program, story, f"seed {seed}", kind)
            unknown = re.search(r"story.toml:(\d+):\d+: nobody of this name", outcome.not_covered or "")
            if not unknown:
                return outcome
            del lines[int(unknown[1]) - 1]  # of somebody whose pledge was refused


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("top", type=pathlib.Path)
    arguments.add_argument("--random", type=int, default=300, help="random stories")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", default="", help="shipped stories whose path has this in it")
    arguments.add_argument("--print", choices=("campaign", "plan"), help="print the random story of --seed")
    given = arguments.parse_args()
    if given.print:
        print((random_plans.Plan if given.print == "plan" else random_campaigns.Campaign)(given.seed).story())
        return 0
    tasks = [(kind, given.program, story, story.relative_to(given.top)) for kind, story in
             shipped(given.top, given.only)]
    tasks += [(kind, given.program, given.seed * 1000000 + n, "") for kind in ("random campaign", "random plan")
              for n in range(given.random)]
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        outcomes = [arithmetic_of(given.top / "docs" / "allocation.md")] + list(pool.map(one, tasks, chunksize=4))
    return tell(outcomes)


def tell(outcomes):
    """Prints what came of all stories; 1 when there is a difference."""
    kinds = collections.defaultdict(list)
    for outcome in outcomes:
        kinds[outcome.kind].append(outcome)
    for outcome in outcomes:
        for figure, ours, told in outcome.differences:
            print(f"DIFFERENT  {outcome.story}  {figure}: the oracle has {ours}, the program {told}")
    for kind, some in kinds.items():
        reasons = collections.Counter(outcome.not_covered for outcome in some if outcome.not_covered)
        equal = [outcome for outcome in some if not outcome.differences and not outcome.not_covered]
        print(f"{kind}: {len(equal)} of {len(some)} stories equal, {sum(o.equal for o in equal)} figures; "
              f"{sum(bool(o.differences) for o in some)} different, {sum(reasons.values())} not covered")
        for reason, count in sorted(reasons.items()):
            print(f"  not covered: {count} x {reason}")
    return 1 if any(outcome.differences for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
