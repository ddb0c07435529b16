# SPDX-License-Identifier: BSL-1.0
"""Playing a story by the program, keeping it once more, and comparing the two."""
import json
import os
import pathlib
import subprocess
import tempfile

from arithmetic import NotCovered
from campaign_book import Book
from plan_book import Plan, is_zero, told_by

# What stands in a payout or reward; other names of figures that the oracle never tells are new to it.
KNOWN = {"payouts." + name for name in (
    "kind", "due", "paid_at", "gross", "refunded", "charged_back", "disputed", "processing_fee", "platform_fee", "tax",
    "reserve", "carried", "recouped", "net", "returned")} | {"rewards." + name for name in (
        "name", "minimum", "taken", "quantity")}
LEFT_OUT = {"title", "rules", "decisions", "assumed"}  # words, no figures


def flat(value, path=""):
    """Figures by their path: {"gross": {"count": 2}} is {"gross.count": 2}."""
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    else:
        return {path: value}
    out = {}
    for name, part in items:
        out.update(flat(part, f"{path}.{name}" if path else str(name)))
    return out


def name_of(path):
    """The path of a figure without the numbers in it."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


class Outcome:
    """What came of a story: its figures that are equal, its differences, and why it is not covered."""

    def __init__(self, kind, story):
        self.kind, self.story, self.equal, self.differences, self.not_covered = kind, story, 0, [], None

    def compare(self, ours, theirs):
        for path in sorted(set(ours) | set(theirs)):
            if ours.get(path) is None and theirs.get(path) is None:
                continue
            mine, told = ours.get(path, "nothing"), theirs.get(path, "nothing")
            if mine == told:
                self.equal += 1
            else:
                self.differences.append((path, mine, told))


def play(program, story, journal=None):
    """(statement or None, what the program said)."""
    command = [program, "play", str(story), "--json"] + (["--journal", journal] if journal else [])
    ran = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"})
    if ran.returncode < 0 or not ran.stdout.startswith("{"):
        return None, ran.stderr.strip().replace("\n", " ")[:160] or f"ended with {ran.returncode}"
    return json.loads(ran.stdout), ran.stderr


def campaign(program, story, name=None, kind="campaign"):
    """A campaign's story, played and kept once more."""
    outcome = Outcome(kind, str(name or story))
    with tempfile.TemporaryDirectory() as folder:
        journal = str(pathlib.Path(folder) / "journal.jsonl")
        statement, said = play(program, story, journal)
        if statement is None:
            outcome.not_covered = "the program does not play it: " + said.replace(str(story.parent) + "/", "")
            return outcome
        book = Book(lambda what, ours, told: outcome.differences.append((what, ours, told)))
        try:
            with open(journal, encoding="utf-8") as lines:
                for line in lines:
                    event = json.loads(line)
                    if "event" in event:
                        book.take(event)
            ours = book.figures()
        except NotCovered as reason:
            outcome.not_covered = str(reason)
            return outcome
        except (LookupError, ArithmeticError, TypeError, AttributeError, ValueError) as error:
            outcome.differences.append((f"event {event.get('n')}", f"no way to follow ({error!r})", line[:120]))
            return outcome
        theirs = {path: value for path, value in flat(statement).items() if path.split(".")[0] not in LEFT_OUT}
        theirs = {path: value for path, value in theirs.items() if value != []}
        for path in [path for path in theirs if path not in ours and name_of(path) not in KNOWN]:
            value = theirs.pop(path)
            if not is_zero(value) and value is not None:
                outcome.not_covered = "figure " + name_of(path)
        if not outcome.not_covered:
            outcome.compare(ours, theirs)
    return outcome


def plan(program, story, name=None, kind="plan"):
    """A plan's story, played and kept once more."""
    outcome = Outcome(kind, str(name or story))
    statement, said = play(program, story)
    if statement is None:
        outcome.not_covered = "the program does not play it: " + said
        return outcome
    try:
        ours = Plan(pathlib.Path(story).read_text(encoding="utf-8"))
        outcome.compare(ours.figures(), told_by(statement, ours.currency))
    except NotCovered as reason:
        outcome.not_covered = str(reason)
    except (LookupError, ArithmeticError, TypeError, AttributeError, ValueError) as error:
        outcome.differences.append(("the story", f"no way to follow ({error!r})", "a statement"))
    return outcome
