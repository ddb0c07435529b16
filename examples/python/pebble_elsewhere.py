# SPDX-License-Identifier: BSL-1.0
"""What the first Pebble would have netted on each platform that has a rule pack: the same backers, other rules.

examples/pebble_2012.toml has the campaign and says which of its figures are published and which are assumed. Each pack
is asked for its rules of April 2012 or, where no fee of then is known, of the nearest day on which one is. What no
source says is taken from the set of assumptions called "usual", and counted in the last columns. Rules in another
currency are put into dollars at the rates below, which are assumed too.
"""
import pathlib

import crowdrules as cr

PEBBLE = cr.scenario(pathlib.Path(__file__).resolve().parents[1] / "pebble_2012.toml")
RATES = {"EUR": "1.31", "JPY": "0.0125", "KRW": "0.00088", "TWD": "0.034", "BRL": "0.55"}

result = cr.compare(PEBBLE, packs="all", assume="usual", rates=RATES)
print(f"{'':<17}{'backers pay':>15}{'fees':>14}{'tax on fees':>13}{'to the creator':>16}{'established':>13}"
      f"{'assumed':>9}")
for campaign in result.campaigns:
    if campaign.statement is None:
        continue
    page, rules = campaign.statement, cr.rule_counts(campaign.terms)
    amounts = [page.collected - page.refunded, page.platform_fee + page.processing_fee,
               page.platform_tax + page.processing_tax, page.paid]
    texts = [f"{amount.amount:,.2f}" for amount in amounts]
    print(f"{campaign.name:<17}{texts[0]:>15}{texts[1]:>14}{texts[2]:>13}{texts[3]:>16}"
          f"{rules['established']:>13}{rules['assumed']:>9}")

print("\nNo figures:")
for campaign in result.campaigns:
    if campaign.statement is None:
        print(f"{campaign.name:<17}{campaign.findings[0].what}")

print("\nRefused there, and accepted under the rules of Kickstarter in 2012:")
WAS = sum(refusal.count for refusal in result.campaigns[0].refusals)
for campaign in result.campaigns:
    refused = sum(refusal.count for refusal in campaign.refusals)
    if refused > WAS:
        print(f"{campaign.name:<17}{refused - WAS:,} times, the first: {campaign.refusals[0].facts}")
