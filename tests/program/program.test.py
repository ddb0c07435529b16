# SPDX-License-Identifier: BSL-1.0
"""The program as its users meet it: what it prints, what it refuses, and with which exit code.

    python3 program.test.py CROWDRULES_PROGRAM TOP_OF_THE_PROJECT
"""
import decimal
import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv[1]
TOP = pathlib.Path(sys.argv[2])
PEBBLE = str(TOP / "examples" / "pebble_2012.toml")
TABLE = """title,project,currency,goal,pledged,backers,tier_minimums,tier_backers
A,p/a,USD,50.00,140.01,7,10.00 25.00,3 2
"B, doubtful",p/b,USD,1.00,29.00,2,10.00 20.00,1 1
C,p/c,GBP,1.00,29.00,2,10.00,2
"""


def run(*arguments, stdin="", **environment):
    return subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, text=True,
                          env={**os.environ, **environment})

# What three providers would say of tests/scenarios/payments/through_all_of_it.toml, in the columns of their files.
STRIPE = """balance_transaction_id,created,available_on,currency,gross,fee,net,reporting_category,source_id,charge_id
txn_1,2026-03-02 09:00:00,2026-03-04 00:00:00,usd,300.00,8.42,291.58,charge,ch_1,ch_1
txn_2,2026-03-02 09:00:00,2026-03-04 00:00:00,usd,-20.00,0.00,-20.00,partial_capture_reversal,re_0,ch_1
txn_3,2026-03-02 09:00:00,2026-03-04 00:00:00,usd,200.00,6.50,193.50,charge,ch_2,ch_2
txn_4,2026-03-04 09:00:00,2026-03-04 00:00:00,usd,-50.00,-1.63,-48.37,refund,re_1,ch_2
txn_5,2026-03-05 09:00:00,2026-03-05 00:00:00,usd,-30.00,-0.97,-29.03,refund,re_2,ch_2
txn_6,2026-03-06 09:00:00,2026-03-08 00:00:00,usd,120.00,3.78,116.22,charge,ch_3,ch_3
txn_7,2026-03-16 09:00:00,2026-03-16 00:00:00,usd,-367.68,0.00,-367.68,payout,po_1,
txn_8,2026-03-19 09:00:00,2026-03-19 00:00:00,usd,367.68,0.00,367.68,payout_reversal,po_1_back,
txn_9,2026-03-20 09:00:00,2026-03-20 00:00:00,usd,-280.00,15.00,-295.00,dispute,dp_1,ch_1
txn_10,2026-03-22 09:00:00,2026-03-22 00:00:00,usd,-72.68,0.00,-72.68,payout,po_2,
txn_11,2026-04-01 09:00:00,2026-04-01 00:00:00,usd,-110.22,0.00,-110.22,payout,po_3,
"""
PAYPAL = """"RH","2026/04/02 04:00:00 -0700","A","ABCD",011
"FH",01
"SH","2026/03/01 00:00:00 -0700","2026/04/01 23:59:59 -0700","ABCD",""
"CH","Transaction ID","Invoice ID","PayPal Reference ID","PayPal Reference ID Type","Transaction Event Code",\
"Transaction Initiation Date","Transaction Completion Date","Transaction Debit or Credit","Gross Transaction Amount",\
"Gross Transaction Currency","Fee Debit or Credit","Fee Amount","Fee Currency","Custom Field","Consumer ID"
"SB","ch_1","","","","T0006",@,"CR",28000,"USD","DR",842,"USD","",""
"SB","ch_2","","","","T0006",@,"CR",20000,"USD","DR",650,"USD","",""
"SB","re_1","","ch_2","TXN","T1107",@,"DR",5000,"USD","CR",163,"USD","",""
"SB","re_2","","ch_2","TXN","T1107",@,"DR",3000,"USD","CR",97,"USD","",""
"SB","ch_3","","","","T0006",@,"CR",12000,"USD","DR",378,"USD","",""
"SB","po_1","","","","T0001",@,"DR",36768,"USD","",,"","",""
"SB","po_1_back","","po_1","TXN","T1114",@,"CR",36768,"USD","",,"","",""
"SB","cb_1","","ch_1","TXN","T1201",@,"DR",28000,"USD","",,"","",""
"SB","cb_2","","ch_1","TXN","T0106",@,"DR",1500,"USD","",,"","",""
"SB","po_2","","","","T0001",@,"DR",7268,"USD","",,"","",""
"SB","po_3","","","","T0001",@,"DR",11022,"USD","",,"","",""
"SF","USD",11
"RF","USD",11
""".replace("@", '"2026/03/02 01:00:00 -0800","2026/03/02 01:00:00 -0800"')
ADYEN = """Company Account,Merchant Account,Psp Reference,Merchant Reference,Payment Method,Creation Date,TimeZone,\
Type,Modification Reference,Gross Currency,Gross Debit (GC),Gross Credit (GC),Exchange Rate,Net Currency,\
Net Debit (NC),Net Credit (NC),Commission (NC),Markup (NC),Scheme Fees (NC),Interchange (NC)
C,M,ch_1,ada,visa,2026-03-02 09:00:00,UTC,Settled,m1,USD,,280.00,1,USD,,271.58,,3.42,1.00,4.00
C,M,ch_2,bo,visa,2026-03-02 09:00:00,UTC,Settled,m2,USD,,200.00,1,USD,,193.50,6.50,,,
C,M,ch_2,bo,visa,2026-03-04 09:00:00,UTC,Refunded,re_1,USD,50.00,,1,USD,48.37,,-1.63,,,
C,M,ch_2,bo,visa,2026-03-05 09:00:00,UTC,Refunded,re_2,USD,30.00,,1,USD,29.03,,-0.97,,,
C,M,ch_3,cy,sepadirectdebit,2026-03-06 09:00:00,UTC,Settled,m3,USD,,120.00,1,USD,,116.22,3.78,,,
C,M,ch_1,ada,visa,2026-03-20 09:00:00,UTC,Chargeback,dp_1,USD,280.00,,1,USD,295.00,,,15.00,,
C,M,,,,2026-03-22 09:00:00,UTC,MerchantPayout,po_2,,,,,USD,72.68,,,,,
C,M,,,,2026-04-01 09:00:00,UTC,MerchantPayout,po_3,,,,,USD,110.22,,,,,
"""


class Program(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def test_pebble_is_played_to_its_payout_and_balances(self):
        played = run("play", PEBBLE)
        self.assertEqual((played.returncode, played.stderr), (0, ""))
        self.assertIn("68,929   10,266,845.00", played.stdout)
        self.assertRegex(played.stdout, r"together +0\.00")
        self.assertNotIn("\x1b", played.stdout)

    def test_a_journal_replays_to_the_identical_statement(self):
        journal = str(self.folder / "pebble.jsonl")
        for options in ([], ["--json"], ["--explain", "paid"]):
            played = run("play", PEBBLE, "--journal", journal, *options)
            replayed = run("replay", journal, *options)
            self.assertEqual((played.returncode, replayed.returncode), (0, 0), replayed.stderr)
            self.assertEqual(played.stdout, replayed.stdout)
        for line in pathlib.Path(journal).read_text().splitlines():
            json.loads(line)
        piped = run("play", PEBBLE, "--journal", "-")
        self.assertEqual(run("replay", "-", stdin=piped.stdout).stdout, run("play", PEBBLE).stdout)

    def test_a_community_is_played_explained_and_replayed_to_the_identical_statement(self):
        pivot = str(TOP / "examples" / "pivot_power_2011.toml")
        journal = str(self.folder / "pivot.jsonl")
        for options in ([], ["--json"], ["--explain", "royalties"], ["--explain", "members.Jake Zien"]):
            played = run("play", pivot, "--journal", journal, *options)
            replayed = run("replay", journal, *options)
            self.assertEqual((played.returncode, replayed.returncode), (0, 0), played.stderr + replayed.stderr)
            self.assertEqual(played.stdout, replayed.stdout)
        self.assertIn("161,361.40", played.stdout)
        self.assertEqual(run("play", pivot, "--explain", "members.Nobody").returncode, 2)

    def test_a_journal_that_was_cut_altered_or_reordered_is_found_out_at_its_line(self):
        journal = self.folder / "j.jsonl"
        run("play", str(TOP / "tests/scenarios/bad/campaign/reward_sold_out.toml"), "--journal", str(journal))
        lines = journal.read_text().splitlines(keepends=True)
        spoiled = {
            "altered": [*lines[:2], lines[2].replace('"amount":"20.00"', '"amount":"20.01"'), *lines[3:]],
            "missing": lines[:2] + lines[3:],
            "swapped": lines[:2] + [lines[3], lines[2]] + lines[4:],
            "cut": lines[:-1],
            "half a line": lines[:3] + [lines[3][:40]],
            "no journal": ["hello\n"],
            "empty": [],
        }
        for name, text in spoiled.items():
            with self.subTest(name):
                replayed = run("replay", self.file("spoiled.jsonl", "".join(text)))
                self.assertEqual(replayed.returncode, 2, name)
                self.assertRegex(replayed.stderr, r"spoiled\.jsonl:\d+")
                self.assertEqual(replayed.stdout, "")
                if name in ("altered", "missing", "swapped"):
                    self.assertIn("spoiled.jsonl:3:", replayed.stderr)

    def test_figures_are_explained_with_their_rules(self):
        explained = run("play", PEBBLE, "--explain", "platform_fee", "--explain", "collected")
        self.assertEqual(explained.returncode, 0)
        self.assertIn("5%", explained.stdout)
        self.assertIn("help centre 115005028634", explained.stdout)
        unknown = run("play", PEBBLE, "--explain", "platform")
        self.assertEqual(unknown.returncode, 2)
        self.assertIn("platform_fee", unknown.stderr)

    def test_a_report_is_one_page_from_a_scenario_or_its_journal(self):
        page, journal = str(self.folder / "pebble.html"), str(self.folder / "pebble.jsonl")
        self.assertEqual(run("report", PEBBLE, "--html", page).returncode, 0)
        html = pathlib.Path(page).read_text(encoding="utf-8")
        self.assertLess(len(html), 100_000)
        self.assertIn("10,266,845.00", html)
        self.assertEqual(run("report", PEBBLE, "--html", "-").stdout, html)
        run("play", PEBBLE, "--journal", journal)
        replayed = run("report", journal, "--html", "-").stdout
        refusals = html.index('<section id="refusals">')  # a journal has what happened, not what was refused
        self.assertEqual(replayed[:2000], html[:2000])
        self.assertIn(html[html.index('<section id="support">'):refusals - 20], replayed)

        scenario = pathlib.Path(TOP / "tests/scenarios/bad/campaign/reward_sold_out.toml").read_text()
        wrong = self.file("wrong.toml", scenario.replace('gross = "40.00"', 'gross = "41.00"'))
        reported = run("report", wrong, "--html", "-")
        self.assertEqual(reported.returncode, 1)
        self.assertIn("gross: expected 41.00 USD", reported.stderr)
        self.assertIn("<!doctype html>", reported.stdout)
        self.assertEqual(run("report", PEBBLE, "--html", str(self.folder / "no" / "where")).returncode, 2)
        self.assertEqual(run("report", "-", "--html", "-", stdin='{"journal":"other"}\n').returncode, 2)

        for name in ("film", "whisk"):  # a plan, a community
            story, journal = str(TOP / "tests" / "pages" / f"{name}.toml"), str(self.folder / f"{name}.jsonl")
            run("play", story, "--journal", journal)
            self.assertEqual(run("report", journal, "--html", "-").stdout, run("report", story, "--html", "-").stdout)

    def test_json_has_amounts_as_text(self):
        page = json.loads(run("play", PEBBLE, "--json").stdout)
        self.assertEqual(page["gross"], {"count": 68929, "amount": "10266845.00"})
        self.assertEqual(sum(decimal.Decimal(held) for held in page["holders"].values()), 0)

    def test_check_passes_and_fails_line_by_line(self):
        passed = run("check", str(TOP / "tests" / "scenarios"), str(TOP / "examples"))
        self.assertEqual(passed.returncode, 0, passed.stdout)
        self.assertRegex(passed.stdout, r"\n\d+ passed, 0 failed\n$")

        scenario = pathlib.Path(TOP / "tests/scenarios/bad/campaign/reward_sold_out.toml").read_text()
        wrong = self.file("wrong.toml", scenario.replace('gross = "40.00"', 'gross = "41.00"'))
        failed = run("check", wrong)
        self.assertEqual(failed.returncode, 1)
        self.assertIn("gross: expected 41.00 USD, but it is 40.00 USD", failed.stdout)
        self.assertTrue(failed.stdout.endswith("0 passed, 1 failed\n"))
        self.assertEqual(run("play", wrong).returncode, 1)

        broken = self.file("broken.toml", "[scenario")
        self.assertEqual(run("check", wrong, broken).returncode, 2)
        self.assertEqual(run("check", str(self.folder / "none.toml")).returncode, 2)
        (self.folder / "empty").mkdir()
        self.assertEqual(run("check", str(self.folder / "empty")).returncode, 2)

    def test_the_scenarios_in_the_documentation_pass(self):
        text = (TOP / "docs" / "scenarios.md").read_text(encoding="utf-8")
        scenarios = [found for found in re.findall(r"```toml\n(.*?)```", text, re.S) if "[scenario]" in found]
        self.assertTrue(scenarios)
        for number, scenario in enumerate(scenarios):
            checked = run("check", self.file(f"example_{number}.toml", scenario))
            self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_a_scenario_is_read_from_standard_input_too(self):
        text = pathlib.Path(PEBBLE).read_text()
        self.assertEqual(run("play", "-", stdin=text).stdout, run("play", PEBBLE).stdout)
        broken = run("play", "-", stdin="[scenario]\ntitle = 1\n")
        self.assertEqual(broken.returncode, 2)
        self.assertIn("standard input:2:9: ", broken.stderr)

    def test_campaigns_of_a_table_are_ranked_with_their_reasons(self):
        table = self.file("table.csv", TABLE)
        chosen = run("select", "--table", table, "--by", "progress")
        self.assertEqual((chosen.returncode, chosen.stderr), (0, ""))
        self.assertIn("3 of 3 campaigns ranked, 0 left out", chosen.stdout)
        self.assertRegex(chosen.stdout, r"1\. B, doubtful +progress 2900% \(better than 1 of 2\)")
        self.assertRegex(chosen.stdout, r"3\. A +progress 280\.02% \(better than 0 of 2\)")
        places = json.loads(run("select", "--table", table, "--by", "small_backers", "--small", "10.00", "--json",
                                "--at-least", "backers=3", "--currency", "USD").stdout)
        self.assertEqual((places["campaigns"], places["ranked"], places["left_out"]), (2, 1, 1))
        self.assertEqual(places["places"][0]["why"][0], {"measure": "small_backers", "value": "71.42%",
                                                         "rank": "better than 0 of 0"})
        for mistake in (["--by", "luck"], ["--by", "progress:x"], ["--by", "progress", "--at-least", "backers"],
                        ["--by", "progress", "--small", "1.234"]):
            self.assertEqual(run("select", "--table", table, *mistake).returncode, 2, mistake)

    def test_a_table_is_settled_both_ways_alike(self):
        table = self.file("table.csv", TABLE)
        columns = run("settle", "--table", table, "--on", "2016-06-01")
        self.assertEqual(columns.returncode, 0, columns.stderr)
        self.assertEqual(run("settle", "--table", table, "--on", "2016-06-01", "--events").stdout, columns.stdout)
        self.assertIn("GBP: the processing fee is not established for that day: settled WITHOUT it", columns.stdout)
        self.assertIn("line 3  B, doubtful: the tier minimums come to 30.00 USD", columns.stdout)
        self.assertIn("3 campaigns with 11 pledges settled, 1 with contradictions", columns.stdout)

        given = json.loads(run("settle", "--table", table, "--on", "2016-06-01", "--json",
                               "--processing", "GBP=3% + 0.20; below 10.00: 5% + 0.05").stdout)
        self.assertEqual(given["totals"]["GBP"]["processing_fee"], "1.28")
        self.assertEqual(run("settle", "--table", table, "--on", "yesterday").returncode, 2)
        self.assertEqual(run("settle", "--table", table, "--processing", "GBP=free").returncode, 2)
        self.assertEqual(run("settle", "--table", table, "--pack", "kick").returncode, 2)
        bad = run("settle", "--table", "-", stdin=TABLE.replace("140.01", "140.011"))
        self.assertEqual(bad.returncode, 2)
        self.assertIn("standard input:2: pledged: 3 decimals, but USD has 2", bad.stderr)

    def reconciled(self, rows, *options, story="tests/scenarios/payments/through_all_of_it.toml"):
        """What `reconcile` says of these rows and the journal of a story."""
        journal = str(self.folder / "j.jsonl")
        if not os.path.exists(journal):
            run("play", str(TOP / story), "--journal", journal)
        return run("reconcile", journal, "--rows", self.file("rows.csv", rows), *options)

    def test_rows_of_three_providers_are_reconciled_to_the_cent(self):
        for shape, rows, options in (("stripe", STRIPE, []), ("paypal", PAYPAL, []), ("adyen", ADYEN, ["po_1"])):
            with self.subTest(shape):
                # Adyen's file has no row for the payout that came back; it is told outside of it.
                found = self.reconciled(rows, "--as", shape)
                if options:
                    self.assertEqual(found.returncode, 1, found.stderr)
                    self.assertIn("2 missing at the provider, 0 of unknown kind\ndifference 0.00\n", found.stdout)
                    found = self.reconciled(rows, "--as", shape, "--leave-out", "payout", "--leave-out",
                                            "payout_return")
                self.assertEqual((found.returncode, found.stderr), (0, ""), found.stdout)
                self.assertTrue(found.stdout.endswith("difference 0.00\n"), found.stdout)
                self.assertRegex(found.stdout, r"charge +[34] +581\.30 +3 +581\.30 +0\.00")

    def test_unmatched_money_is_reconciled_whatever_the_provider_calls_it(self):
        days = "2026-03-02 09:00:00,2026-03-04 00:00:00,usd"
        rows = STRIPE.splitlines(keepends=True)[0] + f"""txn_1,{days},50.00,0.00,50.00,charge,tr_1,tr_1
txn_2,{days},100.00,3.20,96.80,charge,ch_1,ch_1
txn_3,{days},100.00,0.00,100.00,charge,ch_2,ch_2
txn_4,{days},-100.00,0.00,-100.00,refund,re_2,ch_2
txn_5,{days},7.00,0.00,7.00,unreconciled_customer_funds,tr_9,
txn_7,{days},-2.00,0.00,-2.00,network_cost,,
"""
        found = self.reconciled(rows, "--as", "stripe", "--leave-out", "payout",
                                story="tests/scenarios/payments/unmatched.toml")
        self.assertEqual((found.returncode, found.stderr), (0, ""), found.stdout)
        self.assertRegex(found.stdout, r"unmatched +4 +155\.00 +4 +155\.00 +0\.00")
        self.assertIn("6 matched, 0 differing", found.stdout)

    def test_what_does_not_reconcile_is_listed_with_its_amount_and_reason(self):
        rows = (STRIPE.replace("200.00,6.50,193.50", "200.00,6.75,193.25")
                .replace("txn_11,2026-04-01 09:00:00,2026-04-01 00:00:00,usd,-110.22,0.00,-110.22,payout,po_3,\n", "")
                + "txn_12,2026-04-02 09:00:00,2026-04-02 00:00:00,usd,-2.00,0.00,-2.00,fee,txn_12,\n"
                + "txn_13,2026-04-02 09:00:00,2026-04-02 00:00:00,usd,40.00,1.46,38.54,charge,ch_9,ch_9\n")
        found = self.reconciled(rows, "--as", "stripe")
        self.assertEqual(found.returncode, 1, found.stderr)
        for line in (r"line 4 +charge ch_2 +-0\.25  the fee taken is 6\.75, booked is 6\.50",
                     r"line 13 +charge ch_9 +38\.54  nothing is booked under this reference",
                     r"payout po_3 +110\.22  booked on 2026-04-01T09:00:00Z; no row tells it",
                     r"line 12 +fee txn_12 +-2\.00  'fee' is no kind that the shape knows",
                     r"\n8 matched, 1 differing, 1 missing in the ledger, 1 missing at the provider, 1 of unknown kind"
                     r"\ndifference 146\.51\n$"):
            self.assertRegex(found.stdout, line)
        page = json.loads(self.reconciled(rows, "--as", "stripe", "--json").stdout)
        listed = [one["difference"] for key in ("differing", "missing_in_ledger", "missing_at_provider", "unknown_kind")
                  for one in page[key]]
        self.assertEqual(sum(map(decimal.Decimal, listed)), decimal.Decimal(page["difference"]))
        self.assertEqual(page["difference"], "146.51")

    def test_rows_that_cannot_be_reconciled_are_refused_at_their_place(self):
        line = STRIPE.splitlines(keepends=True)[1]
        for what, rows, shape in (
                ("rows.csv:1:1: no column 'reporting_category'", STRIPE.replace("reporting_category", "type"),
                 "stripe"),
                ("--as: there is no shape 'strip'; accepted: one of adyen, paypal, stripe", STRIPE, "strip"),
                ("rows.csv:4:47: currency: another currency than the campaign's; found \"eur\"",
                 STRIPE.replace("usd,200.00", "eur,200.00"), "stripe"),
                ("rows.csv:13:82: the reference names other money on line 2",
                 STRIPE + line.replace("300.00,8.42,291.58", "301.00,8.42,292.58"), "stripe"),
                ("own.toml:", STRIPE, self.file("own.toml", "shape = 3\n"))):
            with self.subTest(what):
                refused = self.reconciled(rows, "--as", shape)
                self.assertEqual((refused.returncode, refused.stdout), (2, ""))
                self.assertIn(what, refused.stderr)
        self.assertEqual(self.reconciled(STRIPE, "--as", "stripe", "--leave-out", "payouts").returncode, 2)
        self.assertEqual(run("reconcile", str(self.folder / "none"), "--rows", "-", "--as", "stripe").returncode, 2)

    def test_a_shape_of_ones_own_reads_a_file_as_it_is(self):
        shape = self.file("own.toml", """shape = "own"
title = "Own"
source = "made up"
read = "2026-03"
evidence = "agreed"
instants = "DD.MM.YYYY"
at = "day"
kind = "what"
reference = ["ref"]
currency = []
minor_units = true
gross = { plus = ["in"], minus = ["out"] }
fee = { plus = ["cost"] }
kinds = { paid = { is = "charge" }, back = { is = "refund" } }
""")
        rows = "day,what,ref,in,out,cost\n02.03.2026,paid,ch_70,7000,,233\n"
        found = self.reconciled(rows, "--as", shape, "--leave-out", "payout",
                                story="tests/scenarios/payments/captured_in_part.toml")
        self.assertEqual((found.returncode, found.stderr), (0, ""), found.stdout)

    def test_what_is_not_settled_is_not_ranked(self):
        table = self.file("table.csv", "title,currency,goal,pledged,backers,state\n"
                          "A,USD,10.00,50.00,5,canceled\nB,USD,10.00,20.00,2,successful\n")
        settled = run("settle", "--table", table, "--on", "2016-06-01")
        self.assertEqual(settled.returncode, 0, settled.stderr)
        self.assertIn("line 2  A: it was canceled, so that nothing was collected; NOT SETTLED", settled.stdout)
        self.assertIn("1 campaigns with 2 pledges settled, 1 with contradictions", settled.stdout)
        chosen = run("select", "--table", table, "--by", "progress")
        self.assertIn("1 of 1 campaigns ranked", chosen.stdout)
        self.assertIn("line 2  A: it was canceled, so that nothing was collected", chosen.stdout)
        self.assertNotIn(". A ", chosen.stdout)
        listed = json.loads(run("select", "--table", table, "--by", "progress", "--json").stdout)
        self.assertEqual((listed["campaigns"], len(listed["contradictions"])), (1, 1))

    def test_a_row_that_cannot_be_read_leaves_the_others(self):
        rows = TABLE + "D,p/d,JPY,500000.00,1,1,,\nE,p/e,USD,1.00,2.00,2,,\n"
        for command in (["settle", "--on", "2016-06-01"], ["select", "--by", "progress"]):
            part = run(*command, "--table", "-", stdin=rows)
            self.assertEqual(part.returncode, 2)
            self.assertRegex(part.stderr, r"standard input:5: goal: .*; the row is LEFT OUT\n$")
            self.assertRegex(part.stdout, "4 (campaigns with 13 pledges|of 4 campaigns)")

    def test_a_table_of_impossible_counts_is_refused(self):
        row = "a,p,USD,1000.00,92233720368547758.07,4294967295,,\n"
        refused = run("settle", "--table", "-", stdin=TABLE.splitlines()[0] + "\n" + row)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("standard input:2: backers: more backers", refused.stderr)

    def test_what_cannot_be_written_is_told_and_counts(self):
        bad = self.file("bad.toml", "a = 1")
        table = self.file("table.csv", TABLE)
        journal = str(self.folder / "pebble.jsonl")
        run("play", PEBBLE, "--journal", journal)
        with open("/dev/full", "wb") as full:
            for arguments in (["play", PEBBLE], ["play", PEBBLE, "--json"], ["play", PEBBLE, "--explain", "paid"],
                              ["play", PEBBLE, "--journal", "-"], ["play", PEBBLE, "--journal", "/dev/full"],
                              ["replay", journal], ["report", PEBBLE, "--html", "-"],
                              ["report", PEBBLE, "--html", "/dev/full"], ["check", PEBBLE], ["check", bad], ["packs"],
                              ["packs", "kickstarter"], ["packs", "--parameters"], ["settle", "--table", table],
                              ["settle", "--table", table, "--json"], ["select", "--table", table, "--by", "progress"],
                              ["select", "--table", table, "--by", "progress", "--json"], ["--help"],
                              ["play", "--help"], ["--version"]):
                with self.subTest(arguments):
                    written = subprocess.run([PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, text=True)
                    self.assertEqual(written.returncode, 2)
                    self.assertRegex(written.stderr, "crowdrules: (standard output|/dev/full): ")

    def test_a_file_is_written_as_a_whole_or_not_at_all(self):
        def limited():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        for arguments in (["play", PEBBLE, "--journal"], ["report", PEBBLE, "--html"]):
            with self.subTest(arguments):
                target = self.folder / "target"
                target.write_text("earlier")
                target.chmod(0o640)
                link = self.folder / "link"
                link.symlink_to(target)
                broken = subprocess.run([PROGRAM, *arguments, str(link)], capture_output=True, text=True,
                                        preexec_fn=limited)
                self.assertEqual(broken.returncode, 2)
                self.assertIn(f"{link}: File too large", broken.stderr)
                self.assertEqual(target.read_text(), "earlier")
                self.assertEqual(run(*arguments, str(link)).returncode, 0)
                self.assertGreater(len(target.read_text()), 4096)
                self.assertEqual(target.stat().st_mode & 0o777, 0o640)
                self.assertTrue(link.is_symlink())
                self.assertEqual({path.name for path in self.folder.iterdir()}, {"target", "link"})
                link.unlink()
                target.unlink()

    def test_a_story_is_never_written_over(self):
        text = pathlib.Path(PEBBLE).read_text(encoding="utf-8")
        story = self.file("story.toml", text)
        same = self.folder / "same.toml"
        same.symlink_to(story)
        for arguments in (["play", story, "--journal"], ["report", story, "--html"]):
            for target in (story, str(same), str(self.folder) + "/./story.toml"):
                refused = run(*arguments, target)
                self.assertEqual(refused.returncode, 2)
                self.assertIn("is what is read; the output needs a name of its own", refused.stderr)
                self.assertEqual(pathlib.Path(story).read_text(encoding="utf-8"), text)

    def test_a_folder_is_read_for_its_files_alone(self):
        os.mkfifo(self.folder / "pipe.toml")
        (self.folder / "folder.toml").mkdir()
        self.file("story.toml", pathlib.Path(PEBBLE).read_text(encoding="utf-8"))
        checked = subprocess.run([PROGRAM, "check", str(self.folder)], capture_output=True, text=True, timeout=60)
        self.assertEqual(checked.returncode, 2)
        self.assertIn("pipe.toml: is no file; passed over", checked.stderr)
        self.assertIn("1 passed, 0 failed", checked.stdout)
        (self.folder / "pipe.toml").unlink()
        self.assertEqual(run("check", str(self.folder)).returncode, 0)
        (self.folder / "lost.toml").symlink_to(self.folder / "nowhere")
        self.assertIn("lost.toml: No such file", run("check", str(self.folder)).stdout)

    def test_what_never_ends_is_not_read_to_its_end(self):
        for command in ("play", "check"):
            endless = run(command, "/dev/zero")
            self.assertEqual(endless.returncode, 2)
            self.assertIn("/dev/zero: more than 64 MiB; nothing larger is read", endless.stdout + endless.stderr)
        lines = run("replay", "/dev/zero")
        self.assertEqual(lines.returncode, 2)
        self.assertIn("/dev/zero:1: a line of more than 64 MiB", lines.stderr)

    def test_names_and_texts_do_nothing_to_a_terminal(self):
        pebble = pathlib.Path(PEBBLE).read_text(encoding="utf-8")
        title = re.search('^title *= *"(.*)"', pebble, re.M).group(1)
        named = {"plain": pebble, "wrong": "a = 1", "title": pebble.replace(title, r"\u001b[2J\u009b2J"),
                 "expect": pebble + '\n"\\u001b[2J" = "1"\n'}
        for name, text in named.items():
            story = self.file(name + "\x1b]0;\x07\n\x7f\u009b.toml", text)
            for arguments in (["play", story], ["check", story], ["play", story, "--explain", "paid"],
                              ["play", story, "--explain", "\x1b[2J"], ["replay", story], ["settle", "--table", story],
                              ["select", "--table", story, "--by", "progress"], ["report", story, "--html", story],
                              ["play", story + "\x1b"], ["check", str(self.folder)], [story]):
                with self.subTest(arguments):
                    shown = run(*arguments)
                    self.assertNotRegex(shown.stdout + shown.stderr, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")
            self.assertIn(name + r"\x1b]0;\x07\x0a\x7f\x9b.toml", run("check", story).stdout)

    def test_packs_are_listed_with_their_sources(self):
        self.assertIn("kickstarter", run("packs").stdout)
        listed = run("packs").stdout
        for kind in ("campaign", "community", "revenue"):
            self.assertIn("\n" + kind + "\n", "\n" + listed)
        self.assertIn("seen 2016-01-01  direct  { less = ", run("packs", "quirky").stdout)
        parameters = run("packs", "--parameters").stdout
        self.assertIn("  royalty.rate, by channel, amounts of a currency\n", parameters)
        self.assertEqual(run("settle", "--table", "-", "--pack", "steam", stdin=TABLE).returncode, 2)
        shown = run("packs", "kickstarter")
        self.assertEqual(shown.returncode, 0)
        self.assertIn("help centre 115005028634", shown.stdout)
        self.assertEqual(run("packs", "kickstart").returncode, 2)

    def test_nonsense_is_refused_with_advice(self):
        for arguments in ([], ["paly"], ["play"], ["report", PEBBLE], ["play", PEBBLE, "--jsn"], ["settle"],
                          ["play", str(self.folder)], ["play", PEBBLE, "--json", "--explain", "paid"],
                          ["play", PEBBLE, "--journal", str(self.folder / "no" / "where")]):
            with self.subTest(arguments):
                refused = run(*arguments)
                self.assertEqual(refused.returncode, 2, refused.stdout)
                self.assertNotEqual(refused.stderr, "")
        self.assertIn("no command 'paly'; there are play", run("paly").stderr)
        for arguments in (["--help"], ["play", "--help"], ["--version"]):
            self.assertEqual(run(*arguments).returncode, 0)


class Packs(unittest.TestCase):
    """Assumptions, packs of one's own, and one campaign under many packs."""

    OWN = """pack = "ours"
extends = "kickstarter"
[citations.contract]
source = "our contract, section 7"
read = "2026"
evidence = "official"
[[rule]]
parameter = "fees.platform"
from = 2026-01-01
value = { bands = [{ rate = "4%" }] }
cite = "contract"
"""
    STORY = """timeline = [{ at = "launch + 1 day", pledge = { amount = "50.00", count = 100 } }]
[scenario]
title = "Kettles"
pack = "PACK"
[terms]
assume = "usual"
country = "US"
currency = "USD"
goal = "1000.00"
window = { opens = 2026-11-02T00:00:00Z, closes = 2026-12-02T00:00:00Z }
"""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def test_what_is_assumed_is_told_and_listed(self):
        story = self.file("s.toml", self.STORY.replace("PACK", "wadiz").replace('"US"', '"KR"').replace("USD", "KRW")
                          .replace("50.00", "50000").replace("1000.00", "1000000"))
        said = run("play", story).stdout
        counted = re.search(r"^rules: wadiz, as of 2026-11-02, 3 values established, (\d+) assumed \(usual\)$", said,
                            re.MULTILINE)
        self.assertTrue(counted, said)
        listed = said[said.index("Assumed, because no source says it"):].strip().splitlines()[1:]
        self.assertEqual(len(listed), int(counted[1]))
        self.assertIn('  payouts.first_after = "14 days": two weeks is what most platforms with a published time take',
                      listed)
        told = json.loads(run("play", story, "--json").stdout)
        self.assertEqual(len(told["assumed"]), int(counted[1]))
        explained = run("play", story, "--explain", "platform_fee").stdout
        self.assertIn("assumed]", explained)
        self.assertIn(counted[0], explained)
        # A journal keeps it, and a page tells it.
        journal = str(self.folder / "j.jsonl")
        run("play", story, "--journal", journal)
        self.assertEqual(run("replay", journal).stdout, said)
        self.assertIn(counted[0].removeprefix("rules: "), run("report", story, "--html", "-").stdout)
        self.assertIn(", none assumed\n", run("play", PEBBLE).stdout)

    def test_a_pack_of_ones_own_is_shown_checked_and_played(self):
        own = self.file("ours.toml", self.OWN)
        self.assertIn("  from 2026-01-01  { bands = [{ rate = \"4%\" }] }", run("packs", own).stdout)
        checked = run("check", own)
        self.assertEqual(checked.returncode, 0, checked.stdout)
        self.assertRegex(checked.stdout, r"ours.toml  \d+ values\n")
        story = self.file("s.toml", self.STORY.replace("PACK", "./ours.toml"))
        said = run("play", story)
        self.assertIn("platform fee                              200.00  4%, half_up", said.stdout, said.stderr)
        self.assertEqual(run("play", self.file("n.toml", self.STORY.replace("PACK", "./none.toml"))).returncode, 2)
        os.mkfifo(self.folder / "pipe.toml")
        waits = run("play", self.file("p.toml", self.STORY.replace("PACK", "./pipe.toml")))
        self.assertIn("is no file", waits.stderr)
        worse = self.file("worse.toml", self.OWN.replace('"4%"', '"99%"'))
        self.assertIn("leave the creator nothing", run("check", worse).stdout)
        self.assertEqual(run("check", worse).returncode, 1)
        self.assertEqual(run("check", self.file("bad.toml", self.OWN.replace("fees.platform", "fees.plat"))).returncode,
                         2)

    def test_one_campaign_under_every_pack(self):
        names = re.findall(r"^  (\w+)  ", run("packs").stdout.split("community\n")[0], re.MULTILINE)
        self.assertGreater(len(names), 20)
        said = run("compare", PEBBLE, "--packs", "all", "--assume", "usual").stdout
        for name in names:
            self.assertRegex(said, rf"(?m)^ *{name}[: ]")
        self.assertRegex(said, r"kickstarter +10,167,342.93 +9,343,791.24 +508,367.15 +315,184.54")
        self.assertIn("  wadiz: currencies: wadiz is in KRW, and the campaign in USD; accepted: a rate", said)
        rated = run("compare", PEBBLE, "--packs", "wadiz,goteo", "--assume", "usual", "--rate", "KRW=0.00088", "--rate",
                    "EUR=1.31", "--csv").stdout.splitlines()
        self.assertEqual(len(rated), 4)
        self.assertTrue(rated[2].startswith("wadiz,USD,succeeded,"), rated[2])
        own = self.file("ours.toml", self.OWN)
        told = json.loads(run("compare", PEBBLE, "--packs", own, "--on", "2026-11-02", "--assume", "usual",
                              "--json").stdout)
        self.assertEqual(told["campaigns"][1]["figures"]["platform_fee"], "406693.72")
        self.assertTrue(any(rule["rule"] == "fees.platform" for rule in told["differing_rules"]))
        for wrong in (["--packs", "kickstart"], ["--packs", "all", "--rate", "EUR"],
                      ["--packs", "all", "--on", "today"],
                      ["--packs", "all", "--assume", "unusual"]):
            refused = run("compare", PEBBLE, *wrong)
            self.assertEqual(refused.returncode, 2)
            self.assertIn("accepted", refused.stderr)

    def test_the_table_of_platforms_is_made_from_the_packs(self):
        table = (TOP / "docs" / "platforms.md").read_text(encoding="utf-8")
        self.assertEqual(run("packs", "--platforms").stdout, table)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
