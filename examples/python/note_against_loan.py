# SPDX-License-Identifier: BSL-1.0
"""A revenue-share note against a loan: which costs a coffee shop more?

Both bring 100,000 dollars. The note asks for 5% of each quarter's gross sales until a multiple of the principal is
repaid, as notes of Mainvest and Wefunder are built. The loan is repaid in twelve equal quarterly payments at 3% a
quarter. Assumed are the sales (150,000 dollars in the first quarter, 2,500 more in each one after), the note's multiple
of 1.5, and rate and time of the loan.
"""
import crowdrules as cr

PRINCIPAL = cr.Money("100000.00", "USD")
RATE, PAYMENTS = "3%", 12
ZERO = PRINCIPAL - PRINCIPAL
QUARTERS = [f"{year}-{end}" for year in range(2021, 2027) for end in ("03-31", "06-30", "09-30", "12-31")]
SALES = [cr.Money("150000.00", "USD") + cr.Money("2500.00", "USD") * n for n in range(len(QUARTERS))]


def note(multiple):
    """The story of a note with this multiple."""
    lines = "\n".join(f'    {{ on = {day}, period_end = {{ of = "note", revenue = "{sold.amount}" }} }},'
                      for day, sold in zip(QUARTERS, SALES))
    return cr.play_story(f"""
timeline = [
{lines}
]
[plan]
title = "A share of revenue"
currency = "USD"
[note.note]
holders = {{ Anna = "{PRINCIPAL.amount}" }}
revenue_share = "5%"
multiple = "{multiple}"
rounding = "half_even"
""")


def left_after(payment):
    """What is owed after all payments but the last, with interest rounded half even each quarter."""
    owed = PRINCIPAL
    for _ in range(PAYMENTS - 1):
        owed += owed.times(RATE, "half_even") - payment
    return owed + owed.times(RATE, "half_even")


# The level payment is the least whose like is enough for the last quarter too.
low, high = ZERO.minor, PRINCIPAL.minor
while low < high:
    middle = cr.Money(minor=(low + high) // 2, currency="USD")
    low, high = (low, middle.minor) if left_after(middle) <= middle else (middle.minor + 1, high)
payment = cr.Money(minor=low, currency="USD")
loan_paid = payment * (PAYMENTS - 1) + left_after(payment)

story = note("1.5")
note_paid, given = story["note.paid"], ZERO
print(f"{'quarter':<12}{'sales':>18}{'note pays':>18}{'note still owes':>18}{'loan pays':>18}")
for number, (day, sold) in enumerate(zip(QUARTERS, SALES), start=1):
    pays = story[f"note.{number}.paid"]
    given += pays
    loan = payment if number < PAYMENTS else left_after(payment) if number == PAYMENTS else ZERO
    print(f"{day:<12}{sold!s:>18}{pays!s:>18}{note_paid - given!s:>18}{loan!s:>18}")
    if given == note_paid:
        break
print(f"{'together':<12}{'':>18}{note_paid!s:>18}{'':>18}{loan_paid!s:>18}")
print()
print(f"The note costs {note_paid - PRINCIPAL}, the loan {loan_paid - PRINCIPAL}.")
print("A quarter without sales costs nothing under the note; the loan asks for its payment.")
print()

# The multiple at which the note costs more than the loan, to the ten-thousandth: the two neighbours prove it.
low, high = 10_000, 20_000
while high - low > 1:
    middle = (low + high) // 2
    low, high = (low, middle) if note(f"{middle / 10_000:.4f}")["note.paid"] > loan_paid else (middle, high)
for multiple in (low, high):
    paid = note(f"{multiple / 10_000:.4f}")["note.paid"]
    print(f"At a multiple of {multiple / 10_000:.4f} the note is repaid with {paid}, "
          f"{'more' if paid > loan_paid else 'not more'} than the loan.")
