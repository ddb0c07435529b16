# SPDX-License-Identifier: BSL-1.0
"""The C interface, from a process that may call it as wrongly as it likes: every answer is a value, nothing crashes.

    python3 tests/c/interface.test.py LIBRARY TOP
"""
import ctypes
import json
import pathlib
import random
import subprocess
import sys
import threading
import unittest

LIBRARY, TOP = sys.argv[1], pathlib.Path(sys.argv[2])
OK, REFUSED, UNREADABLE, MISUSED = range(4)
STORY = (TOP / "examples/hosts/pebble.toml").read_text(encoding="utf-8")

lib = ctypes.CDLL(LIBRARY)
FUNCTIONS = ["terms", "launch", "replay", "copy", "decide", "perform", "advance", "evolve", "agenda", "agenda_of",
             "statement", "explain", "pledge", "check", "answer_campaign"]
for function in FUNCTIONS:
    getattr(lib, f"crowdrules_{function}").restype = ctypes.c_void_p
lib.crowdrules_answer_text.restype = ctypes.c_char_p
lib.crowdrules_answer_length.restype = ctypes.c_size_t
lib.crowdrules_version.restype = ctypes.c_char_p


def raw(function, *given):
    """The answer's status and value, and the campaign that was made, if any. A text comes with its length."""
    arguments = []
    for one in given:
        if isinstance(one, str):
            one = one.encode()
        if isinstance(one, bytes):
            arguments += [one, ctypes.c_size_t(len(one))]
        else:
            arguments.append(one if isinstance(one, ctypes._SimpleCData) else ctypes.c_void_p(one))
    answer = ctypes.c_void_p(getattr(lib, f"crowdrules_{function}")(*arguments))
    status, text = lib.crowdrules_answer_status(answer), lib.crowdrules_answer_text(answer)
    assert len(text) == lib.crowdrules_answer_length(answer)
    made = lib.crowdrules_answer_campaign(answer)
    assert lib.crowdrules_answer_campaign(answer) is None
    lib.crowdrules_answer_free(answer)
    return status, json.loads(text), made


def launched():
    terms = json.dumps(raw("terms", STORY)[1])
    status, value, campaign = raw("launch", terms, "2012-04-11T07:00:00Z")
    assert status == OK and value["events"][0]["event"] == "campaign_launched", value
    return campaign, value["events"]


def pledge(number, amount="1000.00", reward=1, at="2012-04-11T08:00:00Z"):
    return json.dumps({"id": 1000 + number, "at": at, "command": "make_pledge", "pledge": number, "backer": number,
                       "reward": reward, "amount": amount})


class Interface(unittest.TestCase):
    def setUp(self):
        self.campaign, self.events = launched()

    def tearDown(self):
        lib.crowdrules_campaign_free(ctypes.c_void_p(self.campaign))

    def perform(self, command):
        status, value, _ = raw("perform", self.campaign, command)
        self.events += value.get("events", [])
        return status, value

    def statement(self):
        return raw("statement", self.campaign)[1]

    def test_versions(self):
        self.assertRegex(lib.crowdrules_version().decode(), r"^\d+\.\d+\.\d+$")
        self.assertEqual(lib.crowdrules_abi(), 1)

    def test_only_what_the_header_names_is_visible(self):
        header = (TOP / "include/crowdrules.h").read_text(encoding="utf-8")
        named = set(__import__("re").findall(r"CROWDRULES_API [^(]*?(crowdrules_\w+)\(", header))
        listed = subprocess.run(["nm", "-D", "--defined-only", LIBRARY], capture_output=True, text=True)
        self.assertEqual({line.split()[-1].split("@")[0] for line in listed.stdout.splitlines()}, named)

    def test_a_command_is_decided_performed_and_done_once(self):
        before = self.statement()
        status, value, _ = raw("decide", self.campaign, pledge(1))
        self.assertEqual((status, [event["event"] for event in value["events"]]), (OK, ["pledge_made"]))
        self.assertEqual(self.statement(), before)
        self.assertEqual(self.perform(pledge(1))[1], value)
        status, again = self.perform(pledge(1, at="2012-04-11T09:00:00Z"))
        self.assertEqual((status, again), (OK, {"already_done": True, "events": []}))
        status, other = self.perform(pledge(1, "99.00"))
        self.assertEqual((status, other["refusal"]["code"]), (REFUSED, "command_conflicts_with_earlier"))

    def test_a_refusal_says_what_and_what_would_be_accepted_and_changes_nothing(self):
        for number in range(1, 101):
            self.perform(pledge(number))
        before = self.statement()
        status, value = self.perform(pledge(101, "99.00"))
        self.assertEqual(status, REFUSED)
        self.assertEqual(value["refusal"]["code"], "reward_sold_out")
        self.assertIn("100", value["refusal"]["what"])
        self.assertTrue(value["refusal"]["accepted"])
        self.assertEqual(self.statement(), before)

    def test_what_fell_due_before_a_refusal_has_happened_and_is_told(self):
        status, value = self.perform(pledge(1, at="2012-06-01T00:00:00Z"))
        self.assertEqual((status, value["refusal"]["code"]), (REFUSED, "campaign_ended"))
        self.assertIn("campaign_failed", [event["event"] for event in value["events"]])
        self.assertEqual(self.statement()["phase"], "failed")
        self.assertEqual(raw("replay", self.lines())[0], OK)

    def lines(self):
        return "\n".join(json.dumps(event) for event in self.events)

    def whole_life(self):
        for number in range(1, 101):
            self.perform(pledge(number))
        self.events += raw("advance", self.campaign, "2012-05-18T07:00:00Z")[1]["events"]
        for entry in raw("agenda", self.campaign)[1]["agenda"]:
            if entry["kind"] == "charge":
                self.perform(json.dumps({"at": "2012-05-18T08:00:00Z", "command": "record_charge",
                                         "pledge": entry["pledge"]}))

    def test_stored_events_make_the_same_campaign(self):
        self.whole_life()
        status, value, replayed = raw("replay", self.lines())
        self.assertEqual((status, value), (OK, {"events": len(self.events)}))
        self.assertEqual(raw("statement", replayed), raw("statement", self.campaign))
        copied = raw("copy", replayed)[2]
        self.assertEqual(raw("statement", copied), raw("statement", self.campaign))
        for one in (replayed, copied):
            lib.crowdrules_campaign_free(ctypes.c_void_p(one))

    def test_events_are_applied_once_all_or_none(self):
        copy = raw("copy", self.campaign)[2]
        first, second = self.perform(pledge(1))[1]["events"][0], self.perform(pledge(2))[1]["events"][0]
        before = raw("statement", copy)
        status, value, _ = raw("evolve", copy, json.dumps(second))
        self.assertEqual(status, MISUSED)
        self.assertIn("does not follow", value["errors"][0]["what"])
        self.assertEqual(raw("evolve", copy, json.dumps(first) + "\n" + json.dumps(first))[0], MISUSED)
        self.assertEqual(raw("statement", copy), before)
        self.assertEqual(raw("evolve", copy, json.dumps(first) + "\n" + json.dumps(second))[0], OK)
        self.assertEqual(raw("statement", copy), raw("statement", self.campaign))
        lib.crowdrules_campaign_free(ctypes.c_void_p(copy))

    def test_answers(self):
        self.whole_life()
        page = self.statement()
        self.assertEqual((page["phase"], page["collected"]["amount"]), ("succeeded", "100000.00"))
        why = raw("explain", self.campaign, "platform_fee")[1]
        self.assertEqual((why["figure"], why["value"]), ("platform_fee", "5,000.00 USD"))
        self.assertEqual(raw("explain", self.campaign, "profit")[0], UNREADABLE)
        one = raw("pledge", self.campaign, ctypes.c_ulonglong(7))[1]
        self.assertEqual((one["state"], one["amount"]), ("collected", "1000.00"))
        self.assertEqual(raw("pledge", self.campaign, ctypes.c_ulonglong(700))[0], UNREADABLE)
        self.assertEqual(raw("check", self.campaign)[1], {"wrong": []})
        (payout,) = raw("agenda", self.campaign)[1]["agenda"]
        self.assertEqual((payout["kind"], payout["key"]), ("pay_out", "pay_out payout 0"))
        self.assertEqual(raw("agenda_of", self.campaign, ctypes.c_ulonglong(7))[1], {"agenda": []})

    def test_nulls_and_wrong_texts_are_values(self):
        for function in ("copy", "agenda", "statement", "check"):
            self.assertEqual(raw(function, None)[0], MISUSED)
        for function in ("decide", "perform", "advance", "evolve", "explain"):
            self.assertEqual(raw(function, None, "{}")[0], MISUSED)
            null = (ctypes.c_void_p(None), ctypes.c_size_t(5))
            self.assertEqual(raw(function, ctypes.c_void_p(self.campaign), *null)[0], MISUSED)
        self.assertEqual(raw("launch", "{}", "yesterday")[0], UNREADABLE)
        self.assertEqual(raw("terms", "goal = 5")[0], UNREADABLE)
        status, value, _ = raw("perform", self.campaign, pledge(1).replace("1000.00", "1000"))
        self.assertEqual(status, UNREADABLE)
        self.assertIn("amount", value["errors"][0]["what"])
        self.assertEqual(raw("perform", self.campaign, "{" * 100000)[0], UNREADABLE)
        self.assertEqual(raw("perform", self.campaign, b"\xff\xfe\x00")[0], UNREADABLE)
        noise = ctypes.create_string_buffer(64)
        self.assertEqual(raw("statement", ctypes.c_void_p(ctypes.addressof(noise)))[0], MISUSED)
        lib.crowdrules_answer_free(None)
        lib.crowdrules_campaign_free(None)
        self.assertEqual(lib.crowdrules_answer_status(None), MISUSED)

    def test_texts_that_were_damaged_anywhere_are_values(self):
        draw = random.Random(7)
        terms = json.dumps(raw("terms", STORY)[1])
        event = self.perform(pledge(1))[1]["events"][0]
        texts = {"decide": pledge(2), "evolve": json.dumps({**event, "n": 3}), "terms": STORY, "replay": self.lines(),
                 "launch": terms}
        statuses = set()
        for function, text in texts.items():
            for _ in range(200):
                damaged = bytearray(text.encode())
                for _ in range(draw.randint(1, 3)):
                    place = draw.randrange(len(damaged))
                    damaged[place:place + draw.randint(0, 4)] = bytes(draw.choices(b'{}[]",:0919-ae\\\x00\xff', k=2))
                given = [bytes(damaged)] + (["2012-04-11T07:00:00Z"] if function == "launch" else [])
                target = [] if function in ("terms", "replay", "launch") else [self.campaign]
                copy = raw("copy", self.campaign)[2] if function == "evolve" else None
                status, _, made = raw(function, *([copy] if copy else target), *given)
                statuses.add(status)
                for campaign in (made, copy):
                    lib.crowdrules_campaign_free(ctypes.c_void_p(campaign))
        self.assertLessEqual(statuses, {OK, REFUSED, UNREADABLE, MISUSED})
        self.assertIn(UNREADABLE, statuses)

    def test_threads_on_campaigns_of_their_own_and_on_one(self):
        own, shared = [], []

        def play(seen, campaign, first):
            for number in range(first, first + 50):
                seen.append(raw("perform", campaign, pledge(number, "115.00", 2))[0])

        campaigns = [launched()[0] for _ in range(4)]
        threads = [threading.Thread(target=play, args=(own, campaign, 1)) for campaign in campaigns]
        threads += [threading.Thread(target=play, args=(shared, self.campaign, 50 * place + 1)) for place in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(own, [OK] * 200)
        self.assertLessEqual(set(shared), {OK, MISUSED})
        self.assertEqual(self.statement()["backers"], shared.count(OK))
        for campaign in campaigns:
            lib.crowdrules_campaign_free(ctypes.c_void_p(campaign))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
