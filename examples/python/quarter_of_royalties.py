# SPDX-License-Identifier: BSL-1.0
"""A quarter of royalties for 100,000 contributors to 40 products, from two frames.

A tenth of what a product took in is shared by influence, which Quirky said in April 2014 of every product.
Everything else is made up here by plain formulas: what each product took in, last quarter and this one; who has how
much influence in which product; and that royalties below 10 dollars are carried forward.

What a contributor is due is a part of all that the product ever earned. So the pool of both quarters is split, by a
method under which a larger pool never lowers anybody's part, and what was due before is taken off. Rounding each
quarter by itself would lose or gain cents with every quarter.
"""
import pandas

import crowdrules as cr

PRODUCTS, PEOPLE, LEAST = 40, 100_000, cr.Money("10.00", "USD")


def usd(cents):
    return cr.Money(minor=int(cents), currency="USD")


products = pandas.DataFrame({"product": range(PRODUCTS)})
products["before"] = 8_000_000 + products["product"] * 7_919_113 % 90_000_000   # net sales, in cents
products["now"] = 5_000_000 + products["product"] * 15_485_863 % 120_000_000
products["pool_before"] = cr.columns.times(products["before"], "10%", "half_even")
products["pool"] = cr.columns.times(products["before"] + products["now"], "10%", "half_even")

# Everybody has influence in three products.
people = pandas.concat([pandas.DataFrame({"contributor": range(1, PEOPLE + 1), "turn": turn}) for turn in range(3)])
people["product"] = (people["contributor"] * 3 + people["turn"] * 7) % PRODUCTS
people["influence"] = 1 + people["contributor"] * (7_919 + people["turn"]) % 99_991


def due(product, rows):
    """This quarter's cents for everybody with influence in one product."""
    pools = products.loc[product]
    both = cr.columns.allocate(usd(pools["pool"]), rows["influence"], "sainte_lague")
    before = cr.columns.allocate(usd(pools["pool_before"]), rows["influence"], "sainte_lague")
    return pandas.DataFrame({"contributor": rows["contributor"], "cents": both - before})


quarter = pandas.concat([due(product, rows) for product, rows in people.groupby("product")])
owed = quarter.groupby("contributor")["cents"].sum()
rows = cr.columns.pay_out({"earned": owed.to_numpy()}, cr.DistributionTerms("USD", LEAST))
paid = pandas.Series(rows["paid"], index=owed.index)
paid = paid[paid > 0]

print(f"net sales of the quarter    {usd(products['now'].sum())!s:>20}")
print(f"royalties of the quarter    {usd(quarter['cents'].sum())!s:>20}")
print(f"  paid to     {len(paid):>8,} people {usd(paid.sum())!s:>20}")
print(f"  carried for {len(owed) - len(paid):>8,} people {usd(cr.columns.exact_sum(rows['carried']))!s:>20}")
print()
print("The five who are paid most:")
for contributor, cents in paid.sort_values(ascending=False, kind="stable").head(5).items():
    print(f"  contributor {contributor:>7,}       {usd(cents)!s:>20}")
print()
print(f"cents without an owner: {int((products['pool'] - products['pool_before']).sum() - quarter['cents'].sum())}")
print(f"least that anybody earned: {usd(quarter['cents'].min())}")
