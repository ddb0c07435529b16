# SPDX-License-Identifier: BSL-1.0
"""A table of campaigns: what their creators get, for certain and when cards fail, and a picture of the largest.

    python3 many_campaigns.py TABLE.csv            prints
    python3 many_campaigns.py TABLE.csv PICTURE    draws too: .svg needs nothing; .png and .pdf need matplotlib

The table has the columns title, project, currency, goal, pledged, backers, tier_minimums, tier_backers, as for
`crowdrules settle --table`. Fees are those of Kickstarter. Assumed, because no source can know it: that 5 cards in a
hundred fail and that half of those are mended within the week.
"""
import pathlib
import sys

import crowdrules as cr

FAILING, MENDED, RUNS, SEED, LARGEST = "5%", "50%", 200, 2026, 12
CARDS = "3% + 0.20; below 10.00: 5% + 0.05"


def quantiles(values):
    """The 5%, 25%, 50%, 75% and 95% quantiles: the smallest value that so many do not exceed."""
    ordered = sorted(values)
    return [ordered[-(-len(ordered) * share // 100) - 1] for share in (5, 25, 50, 75, 95)]


def main(table, picture=None):
    rules = cr.columns.table_rules(table, "kickstarter", processing=CARDS)
    settled = cr.columns.settle_table(table, rules)
    print(f"Settled under the rules of {rules.on:%Y-%m-%d}; {len(settled.doubtful):,} of {len(settled.rows):,} "
          "campaigns have figures that contradict each other.\n")

    paid = {}  # currency: what all its creators get, in each run
    largest = []  # of those in USD: pledged, title, what its creator gets in each run
    for number, campaign in enumerate(cr.columns.campaign_table(table)):
        if not campaign.can_be_settled:
            continue
        code = campaign.pledged.currency.code
        runs = cr.simulate(campaign.terms(rules.terms[code]), pledges=campaign.pledges()["amount"], runs=RUNS,
                           seed=SEED + number, card_failure=FAILING, mended=MENDED)
        mine = list(runs.rows["paid"])
        paid[code] = [sum(both) for both in zip(paid.get(code, [0] * RUNS), mine)]
        if code == "USD":
            largest.append((campaign.pledged.minor, campaign.title, mine))

    print(f"{'':<5}{'':>22}{'to creators':>26}{'at least, in':>24}{'at least, in':>24}")
    print(f"{'':<5}{'pledged':>22}{'if no card fails':>26}{'half of the runs':>24}{'19 of 20 runs':>24}")
    for code, sums in settled.totals.items():
        if code in paid:
            low, _, median, _, _ = (cr.Money(minor=value, currency=code) for value in quantiles(paid[code]))
            print(f"{code:<5}{sums['pledged']!s:>22}{sums['paid']!s:>26}{median!s:>24}{low!s:>24}")

    if picture is None or not largest:
        return
    largest.sort(key=lambda campaign: -campaign[0])
    chart = cr.RangeChart(
        "What part of the pledges reaches the creators of the largest campaigns", unit="% of pledges", decimals=2,
        says=f"Ranges over {RUNS} runs in which {FAILING} of all cards fail and {MENDED} of those are mended.",
        outer="9 of 10 runs", inner="half of all runs", middle="median",
        ranges=[(title, *(value * 100_00 // pledged for value in quantiles(mine)))
                for pledged, title, mine in largest[:LARGEST]])
    if pathlib.Path(picture).suffix == ".svg":
        pathlib.Path(picture).write_text(chart.svg(), encoding="utf-8")
    else:
        chart.plot().figure.savefig(picture, dpi=150)
    print(f"\n{picture} shows the {min(LARGEST, len(largest))} largest in USD.")


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
