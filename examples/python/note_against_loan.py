# SPDX-License-Identifier: BSL-1.0
"""A revenue-share note against a loan: which costs a coffee shop more?

Both bring 100,000 dollars. The note asks for 5% of each quarter's gross sales until a multiple of the principal is
repaid, as notes of Mainvest and Wefunder are built. The loan is repaid in 36 equal monthly payments at 12% a year.
Assumed are the sales (150,000 dollars in the first quarter, 2,500 more in each one after), the note's multiple of 1.5,
and rate and time of the loan.
"""
import crowdrules as cr

PRINCIPAL, SHARE, MULTIPLE = cr.Money("100000.00", "USD"), "5%", "1.5"
MONTHS = 36
ZERO = PRINCIPAL - PRINCIPAL
QUARTERS = [f"{year}-{end}" for year in range(2021, 2027) for end in ("03-31", "06-30", "09-30", "12-31")]
SALES = [cr.Money("150000.00", "USD") + cr.Money("2500.00", "USD") * n for n in range(len(QUARTERS))]

lines = "\n".join(f'    {{ on = {day}, period_end = {{ of = "note", revenue = "{sold.amount}" }} }},'
                  for day, sold in zip(QUARTERS, SALES))
note = cr.play_story(f"""
timeline = [
{lines}
]
[plan]
title = "A share of revenue"
currency = "USD"
[note.note]
holders = {{ Anna = "{PRINCIPAL.amount}" }}
revenue_share = "{SHARE}"
multiple = "{MULTIPLE}"
rounding = "half_even"
""")
loan = cr.solve.loan_plan(PRINCIPAL, yearly_rate="12%", months=MONTHS)
paid_by_note, paid_by_loan = note["note.paid"], PRINCIPAL + loan.interest


def loan_pays(quarter):
    """The loan's three payments of a quarter, counted from 1; the very last may be smaller."""
    if quarter * 3 > MONTHS:
        return ZERO
    return loan.payment * 2 + loan.last if quarter * 3 == MONTHS else loan.payment * 3


given = ZERO
print(f"{'quarter':<12}{'sales':>18}{'note pays':>18}{'note still owes':>18}{'loan pays':>18}")
for number, (day, sold) in enumerate(zip(QUARTERS, SALES), start=1):
    pays = note[f"note.{number}.paid"]
    given += pays
    print(f"{day:<12}{sold!s:>18}{pays!s:>18}{paid_by_note - given!s:>18}{loan_pays(number)!s:>18}")
    if given == paid_by_note:
        break
print(f"{'together':<12}{'':>18}{paid_by_note!s:>18}{'':>18}{paid_by_loan!s:>18}")
print()
print(f"The note costs {paid_by_note - PRINCIPAL}, the loan {loan.interest}.")
print("A quarter without sales costs nothing under the note; the loan asks for its payments.")
print()

# The multiple at which the note costs more than the loan. Its neighbours prove that it is the lowest.
least = cr.solve.multiple_above_loan(principal=PRINCIPAL, revenue_share=SHARE, revenue=SALES, loan_cost=loan.interest)
for multiple, cost in (least.below, (least.answer, least.value)):
    print(f"At a multiple of {multiple} the note costs {cost}.")
print(f"From {least.answer} on it costs more than the loan.")
