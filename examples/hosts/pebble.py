# SPDX-License-Identifier: BSL-1.0
"""crowdrules from Python by ctypes alone:  python3 pebble.py LIBRARY STORY"""
import ctypes
import json
import sys

lib = ctypes.CDLL(sys.argv[1])
for function in ("terms", "launch", "perform", "advance", "statement", "answer_campaign"):
    getattr(lib, f"crowdrules_{function}").restype = ctypes.c_void_p
lib.crowdrules_answer_text.restype = ctypes.c_char_p


def call(function, campaign, *texts):
    """The answer's status and value, and the campaign that was made, if any."""
    given = [ctypes.c_void_p(campaign)] if campaign else []
    for text in texts:
        given += [text.encode(), ctypes.c_size_t(len(text.encode()))]
    answer = ctypes.c_void_p(getattr(lib, f"crowdrules_{function}")(*given))
    status = lib.crowdrules_answer_status(answer)
    value = json.loads(lib.crowdrules_answer_text(answer))
    made = lib.crowdrules_answer_campaign(answer)
    lib.crowdrules_answer_free(answer)
    return status, value, made


def perform(**command):
    status, value, _ = call("perform", campaign, json.dumps(command))
    return value["refusal"]["code"] if status == 1 else ", ".join(event["event"] for event in value["events"])


with open(sys.argv[2], encoding="utf-8") as story:
    terms = call("terms", None, story.read())[1]
campaign = call("launch", None, json.dumps(terms), "2012-04-11T07:00:00Z")[2]
for number in range(1, 101):
    last = perform(at="2012-04-11T08:00:00Z", command="make_pledge", pledge=number, backer=number, reward=1,
                   amount="1000.00")
print("pledge 100:", last)
print("pledge 101:", perform(at="2012-04-11T08:00:00Z", command="make_pledge", pledge=101, backer=101, reward=1,
                             amount="99.00"))
call("advance", campaign, "2012-05-18T07:00:00Z")
print("charge:", perform(at="2012-05-18T08:00:00Z", command="record_charge", pledge=1))
print("refund:", perform(at="2012-05-19T08:00:00Z", command="refund_pledge", pledge=1, amount="1000.00"))
statement = call("statement", campaign)[1]
print(statement["phase"], statement["backers"], statement["collected"]["amount"], statement["refunded"])
lib.crowdrules_campaign_free(ctypes.c_void_p(campaign))
