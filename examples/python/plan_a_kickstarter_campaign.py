# SPDX-License-Identifier: BSL-1.0
"""Plan a Kickstarter campaign: what is left of 400 pledges, and how many it takes to have 20,000 dollars left.

Assumed, because no source can know it: backers who pledge 50 dollars each for a lamp, cards that fail for 3 in a
hundred and are not mended, and processing fees rounded half up. The fees are those of Kickstarter for a creator in the
United States, as the rule pack restates them; every line of the statement can say where its rule is written.
"""
import crowdrules as cr

PRICE, WANTED = cr.Money("50.00", "USD"), cr.Money("20000.00", "USD")

STORY = """
timeline = [{{ at = "launch + 1 day", pledge = {{ reward = "The lamp", count = {backers} }} }}]
[scenario]
title = "A lamp that folds"
pack = "kickstarter"
[terms]
country = "US"
currency = "USD"
goal = "{goal}"
window = {{ opens = 2026-09-21T12:00:00Z, closes = 2026-10-21T12:00:00Z }}
given = {{ "fees.processing.rounding" = "half_up" }}
rewards = [{{ name = "The lamp", minimum = "{price}" }}]
[settlement]
failing = "3%"
"""


def statement(backers):
    """The statement of a campaign that asks for 10,000 dollars and gets so many backers."""
    story = STORY.format(backers=backers, goal="10000.00", price=PRICE.amount)
    return cr.parse_scenario(story).play().statement()


page = statement(backers=400)
for name, amount in [("pledged by 400", page.gross), ("cards that fail", -page.dropped),
                     ("platform fee", -page.platform_fee), ("processing fees", -page.processing_fee),
                     ("to the creator", page.paid)]:
    print(f"{name:<16}{amount!s:>18}")
print()
print("Why the platform fee is what it is:")
print(page.explain("platform_fee"))

# The fewest backers who leave as much as is wanted. The one before proves that no fewer would do.
fewest = cr.solve.least(lambda backers: statement(backers).paid.minor, WANTED.minor, between=(1, 1_000))
for backers, cents in (fewest.below, (fewest.answer, fewest.value)):
    print(f"{backers} backers leave {cr.Money(minor=cents, currency='USD')}.")
print(f"To have {WANTED} left, ask for {PRICE * fewest.answer}.")
