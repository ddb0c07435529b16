# SPDX-License-Identifier: BSL-1.0
"""A film's waterfall: who has what when 2.5 million dollars have come in, and how each figure came about.

The steps are those of the worked example of docs.cinelaunch.io: fees off the top, marketing, debt with ten per cent on
top, equity with twenty, and what is left in halves. When the money comes in is assumed: four quarters.
"""
import crowdrules as cr

DAYS = ["2020-03-31", "2020-06-30", "2020-09-30", "2020-12-31"]
STEPS = ["collection", "sales fee", "marketing", "debt", "equity", "pool"]

film = cr.play_story("""
timeline = [
    { on = 2020-03-31, receipt = { amount = "400000.00" } },
    { on = 2020-06-30, receipt = { amount = "900000.00" } },
    { on = 2020-09-30, receipt = { amount = "700000.00" } },
    { on = 2020-12-31, receipt = { amount = "500000.00" } },
]
[plan]
title = "A film that recoups"
currency = "USD"
[waterfall.film]
investors = ["investors"]
steps = [
    { name = "collection", off_the_top = { rate = "1%" }, to = "collection agent" },
    { name = "sales fee", off_the_top = { rate = "10%" }, to = "sales agent" },
    { name = "marketing", fixed = { amount = "75000.00" }, to = "sales agent" },
    { name = "debt", fixed = { amount = "500000.00", premium = "10%" }, to = "lender" },
    { name = "equity", fixed = { amount = "500000.00", premium = "20%" }, to = "investors" },
    { name = "pool", divide = {}, to = { producer = 50, investors = 50 } },
]
""")

print("What each step got from each receipt:")
print(f"  {'':<12}" + "".join(f"{head:>18}" for head in [*DAYS, "together"]))
for step in STEPS:
    cells = [film[f"film.{receipt}.steps.{step}.paid"] for receipt in (1, 2, 3, 4)]
    print(f"  {step:<12}" + "".join(f"{cell!s:>18}" for cell in [*cells, film[f"film.steps.{step}.paid"]]))
print()
print("Who has what in the end:")
for who in ("collection agent", "sales agent", "lender", "investors", "producer"):
    print(f"  {who:<18}{film['holders.' + who]!s:>18}")
print()
print("The investors put in 500,000.00 USD and are due 600,000.00 USD before anybody shares. Receipt by receipt:")
print(film.explain("film.steps.equity.paid"), end="")
