# SPDX-License-Identifier: BSL-1.0
"""The JSON Schemas that the program prints, held against every story, pack and journal of the tree.

    python3 schema.test.py CROWDRULES_PROGRAM TOP_OF_THE_PROJECT
"""
import copy
import datetime
import json
import pathlib
import subprocess
import sys
import unittest

import jsonschema
import tomllib

PROGRAM = sys.argv[1]
TOP = pathlib.Path(sys.argv[2])
PACKS = sorted(path for path in (TOP / "src/rulepacks/data").glob("*/*.toml") if path.parent.name != "calendar")
# Wrong in a field by itself; the others of this folder are sound in each field, and wrong together.
MALFORMED = {
    "text/amount_as_number.toml", "plan/amount_as_number.toml", "text/whole_amount_as_number.toml",
    "text/two_kinds_of_story.toml", "text/unknown_field.toml", "text/unknown_pack.toml", "text/unknown_refusal.toml",
    "community/misspelt_some.toml",
}


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)


def schema(of):
    made = json.loads(run("schema", of).stdout)
    jsonschema.Draft7Validator.check_schema(made)
    return jsonschema.Draft7Validator(made)


def as_json(value):
    """Dates of TOML are texts to whoever checks it by a JSON Schema."""
    if isinstance(value, dict):
        return {name: as_json(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat().replace("+00:00", "Z")
    return value


def toml(path):
    return as_json(tomllib.loads(path.read_text(encoding="utf-8")))


def is_toml(path):
    try:
        tomllib.loads(path.read_text(encoding="utf-8"))
        return True
    except tomllib.TOMLDecodeError:
        return False


def stories():
    for folder in ("tests/scenarios", "tests/pages", "examples"):
        yield from (path for path in sorted((TOP / folder).rglob("*.toml")) if is_toml(path))


class Schema(unittest.TestCase):
    def assertValid(self, validator, value):
        error = jsonschema.exceptions.best_match(validator.iter_errors(value))
        if error:
            self.fail(f"{'.'.join(map(str, error.absolute_path))}: {error.message[:300]}")

    def test_every_story_is_valid_but_those_whose_fields_are_wrong(self):
        story = schema("story")
        found = set()
        for path in stories():
            with self.subTest(path.name):
                name = f"{path.parent.name}/{path.name}"
                if path.parents[1].name == "bad" and name in MALFORMED:
                    found.add(name)
                    self.assertFalse(story.is_valid(toml(path)))
                else:
                    self.assertValid(story, toml(path))
        self.assertEqual(found, MALFORMED)

    def test_the_field_that_is_wrong_is_marked_and_not_the_whole_file(self):
        story = schema("story")
        for name, place in (("text/amount_as_number", ["timeline", 0, "pledge", "amount"]),
                            ("plan/amount_as_number", ["timeline", 0, "receipt", "amount"]),
                            ("text/unknown_field", ["timeline", 0, "pledge"]),
                            ("text/unknown_refusal", ["timeline", 0, "refused"])):
            with self.subTest(name):
                errors = story.iter_errors(toml(TOP / f"tests/scenarios/bad/{name}.toml"))
                self.assertEqual([list(error.absolute_path) for error in errors], [place])

    def test_every_pack_is_valid(self):
        pack = schema("pack")
        for path in PACKS:
            with self.subTest(path.name):
                self.assertValid(pack, toml(path))

    def test_what_a_rule_may_be_depends_on_its_parameter(self):
        pack = schema("pack")
        good = toml(TOP / "src/rulepacks/data/campaign/kickstarter.toml")
        for parameter, right, wrong in (
                ("window.days", {"minimum": "1 day", "maximum": "60 days"}, {"minimum": "1 day"}),
                ("window.fixed", True, "yes"), ("window.closing", "excluded", "shut"), ("fees.tax", "none", "nothing"),
                ("limits.minimum", "1.00", 1)):
            for value, valid in ((right, True), (wrong, False)):
                with self.subTest(parameter, value=value):
                    changed = {**good, "rule": [{"parameter": parameter, "from": "2009-04-28", "cite": "a",
                                                 "value": value}]}
                    self.assertEqual(pack.is_valid(changed), valid)
        changed = copy.deepcopy(good)
        changed["rule"][0]["parameter"] = "window.dais"
        self.assertFalse(pack.is_valid(changed))

    def test_a_line_of_each_kind_of_story_is_known_field_by_field(self):
        story = schema("story")
        for path, line in (
                ("examples/pebble_2012.toml", {"at": "launch", "pledge": {"reward": "99", "couunt": 2}}),
                ("examples/pebble_2012.toml", {"at": "launch", "charge": {"of": "Anna", "failed": True}}),
                ("tests/scenarios/steam/marginal.toml", {"on": "2019-01-31", "sale": {"gross": 100}}),
                ("tests/scenarios/quirky/fifteen_votes_2012.toml",
                 {"at": "2012-08-01T00:00:00Z", "cast_vote": {"ideea": "Whisk"}})):
            with self.subTest(path, line=line):
                value = toml(TOP / path)
                self.assertValid(story, value)
                value["timeline"].append(line)
                self.assertFalse(story.is_valid(value))

    def test_every_event_of_a_journal_is_valid(self):
        event = schema("event")
        kinds = set()
        for path in ("examples/pebble_2012.toml", "tests/scenarios/guards/claim_upheld.toml",
                     "tests/scenarios/kickstarter/plot_refund_official.toml",
                     "tests/scenarios/kickstarter/late_payout_calendar.toml",
                     "tests/scenarios/quirky/two_channels_2013.toml", "tests/scenarios/presale/"
                     "presale_of_three_hundred.toml", "tests/scenarios/steam/marginal.toml"):
            lines = run("play", str(TOP / path), "--journal", "-").stdout.splitlines()
            self.assertGreater(len(lines), 3)
            seen = set()
            for line in lines[1:-1]:
                value = json.loads(line)
                for seal in ("n", "chain"):
                    del value[seal]
                kind = (value.get("event"), tuple(value))  # one of each shape says it all
                if kind in seen:
                    continue
                seen.add(kind)
                with self.subTest(path, event=value):
                    self.assertValid(event, value)
            kinds |= {kind for kind, _ in seen}
        self.assertGreater(len(kinds), 20)
        made = {"at": "2012-04-11T07:00:00Z", "event": "pledge_made", "pledge": 1, "backer": 7, "amount": "115.00"}
        self.assertTrue(event.is_valid(made))
        for wrong in ({**made, "amount": 115}, {**made, "event": "pledge_maid"}, {**made, "amuont": "1.00"},
                      {name: value for name, value in made.items() if name != "backer"}):
            self.assertFalse(event.is_valid(wrong), wrong)

    def test_a_command_is_known_field_by_field(self):
        command = schema("command")
        made = {"at": "2012-04-11T07:00:00Z", "command": "make_pledge", "pledge": 1, "backer": 7,
                "amount": "115.00 USD"}
        vote = {"at": "2012-04-11T07:00:00Z", "command": "cast_vote", "round": 1, "member": 2, "idea": 3}
        inner = {"at": "2012-04-11T07:00:00Z", "command": "act_on_presale", "product": 1, "presale": "cancel_pledge",
                 "pledge": 2}
        for good in (made, vote, inner):
            self.assertValid(command, good)
        for wrong in ({**made, "command": "make_pledges"}, {**made, "backer": "Anna"}, {**vote, "amount": "1.00"},
                      {**inner, "presale": "cancel"}, {**inner, "backer": 7}):
            self.assertFalse(command.is_valid(wrong), wrong)

    def test_every_field_is_described(self):
        def properties(of, below):
            for name, one in below.get("properties", {}).items() if isinstance(below, dict) else ():
                yield f"{of}.{name}", one
            for inner in below.values() if isinstance(below, dict) else below if isinstance(below, list) else ():
                yield from properties(of, inner)

        for of in ("story", "pack", "command", "event"):
            definitions = schema(of).schema["definitions"]
            self.assertGreater(len(definitions), 20)
            told = {}  # a field may stand in several parts of a definition
            for name, definition in definitions.items():
                for place, one in properties(name, definition) if name != "a-currency" else ():
                    told[place] = told.get(place, False) or "description" in one or "const" in one
            self.assertEqual([place for place, is_told in told.items() if not is_told], [], of)
        minimum = schema("story").schema["definitions"]["rewards"]["properties"]["minimum"]
        self.assertEqual(minimum["description"], "least pledge for it, without shipping; in the currency that stands "
                                                 "above, as text: \"115.00\", not negative")

    def test_a_number_out_of_its_range_is_marked(self):
        story = schema("story")
        value = toml(TOP / "examples/pebble_2012.toml")
        self.assertValid(story, value)
        value["terms"]["rewards"][0]["minimum"] = "-1.00"
        places = [list(error.absolute_path) for error in story.iter_errors(value)]
        self.assertEqual(places, [["terms", "rewards", 0, "minimum"]])

    def test_what_has_no_schema_is_told(self):
        refused = run("schema", "stories")
        self.assertEqual((refused.returncode, refused.stdout), (2, ""))
        self.assertIn("no schema of 'stories'; there are story, pack, command and event", refused.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
