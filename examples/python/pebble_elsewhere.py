# SPDX-License-Identifier: BSL-1.0
"""What the first Pebble would have netted on each platform that has a rule pack: the same backers, other rules.

examples/pebble_2012.toml has the campaign and says which of its figures are published and which are assumed. The first
row is the campaign as it was. In the others its 68,929 pledges are made again in November 2026, in 40 days (Goteo's
rounds have no other length), under the rules that each pack has for that time. A pack never guesses: what it does not
establish is given below, in the open, or the platform is listed with what it lacks.
"""
import pathlib
import re
from decimal import Decimal

import crowdrules as cr

PEBBLE = (pathlib.Path(__file__).resolve().parents[1] / "pebble_2012.toml").read_text(encoding="utf-8")

# Platforms that take no creators from the United States, and how much of their currency is taken for a dollar, which is
# assumed: only the last column, the part of what backers pledged in 2012, can be compared between currencies.
ABROAD = {"campfire": "JP", "goteo": "ES", "greenfunding": "JP", "makuake": "JP", "readyfor": "JP", "wadiz": "KR"}
RATES = {"US": ("USD", "1"), "ES": ("EUR", "0.78"), "JP": ("JPY", "80"), "KR": ("KRW", "1150")}

# Given for whatever platform lacks it, and bears on the result.
ASSUMED = {
    "fees.platform.rounding": '"half_up"', "fees.processing.rounding": '"half_up"', "fees.tax": '"none"',
    "charges.timing": '"at_success"', "charges.retry_window": '"7 days"',
}
# Given too, and changes nothing for a campaign that succeeds, is paid out and gives nothing back.
HARMLESS = {
    "currencies": '["USD"]', "window.closing": '"excluded"', "window.fixed": "true", "window.paused_clock": '"runs"',
    "window.days": '{ minimum = "1 day", maximum = "60 days" }', "limits.minimum": '"{least}"',
    "limits.maximum": '"{most}"', "limits.one_per_backer": "false", "limits.reward_required": "false",
    "limits.locked_before_end": '"0 seconds"', "rewards.closing": '"excluded"', "charges.remind_every": '"2 days"',
    "payouts.first_after": '"14 days"', "refunds.before_payout": "false", "disputes.fraud": '"creator"',
    "disputes.reward": '"creator"',
}
# Given for one platform: fees of payment, of which its pages tell no more than a range or nothing at all.
CARDS = '{ bands = [{ rate = "2.9%", fixed = "0.30" }] }'
OWN = {
    "gamefound": {"fees.processing": CARDS},
    "goteo": {"fees.processing": '{ bands = [{ rate = "1.4%" }] }',
              "model.goal": '{ counts = "pledged", judged = "at_deadline", miss = "release" }'},
    "indiegogo": {"fees.processing": CARDS},
}


def story(platform, given):
    """Pebble's story in the platform's currency, with this much given."""
    country = ABROAD.get(platform, "US")
    currency, rate = RATES[country]
    digits = cr.Currency(currency).digits

    def amount(dollars):
        return f"{Decimal(dollars) * Decimal(rate):.{digits}f}"

    values = ", ".join(f'"{path}" = {value}' for path, value in given.items())
    values = values.replace("{least}", amount(1)).replace("{most}", amount(10_000))
    text = re.sub(r'"(\d+)\.00"', lambda found: f'"{amount(found[1])}"', PEBBLE)
    for key, value in {"pack": f'"{platform}"', "country": f'"{country}"', "currency": f'"{currency}"',
                       "window": "{ opens = 2026-11-02T08:00:00Z, closes = 2026-12-12T08:00:00Z }",
                       "given": f"{{ {values} }}"}.items():
        text = re.sub(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
    return cr.parse_scenario(text)


def told(platform):
    """The story, and what was given for it that bears on the result. Raises FindingsError with what is missing."""
    own = OWN.get(platform, {})
    try:
        return story(platform, own), own
    except cr.FindingsError as error:
        missing = [finding.rule for finding in error.findings]
    assumed = {rule: ASSUMED[rule] for rule in missing if rule in ASSUMED}
    harmless = {rule: HARMLESS[rule] for rule in missing if rule in HARMLESS}
    bearing = {rule: value for rule, value in {**assumed, **own}.items() if not rule.endswith(".rounding")}
    return story(platform, {**assumed, **harmless, **own}), bearing


def row(name, statement, rate):
    """Amounts in their currency, and the creator's part of what Pebble's backers pledged in 2012."""
    page = statement
    fees, tax = page.platform_fee + page.processing_fee, page.platform_tax + page.processing_tax
    part = 100 * page.paid.amount / (WAS.gross.amount * Decimal(rate))
    print(f"{name:<16}{page.collected!s:>20}{fees!s:>18}{tax!s:>17}{page.paid!s:>20}{part:>7.1f}%")


WAS = cr.parse_scenario(PEBBLE).play().statement()
print(f"{'':<16}{'collected':>20}{'fees':>18}{'tax on fees':>17}{'to the creator':>20}{'part':>8}")
row("Pebble, 2012", WAS, "1")
given_to, lacking, refused = [], [], []
for platform in cr.pack_names():
    if cr.load_pack(platform).kind is not cr.PackKind.campaign:
        continue
    try:
        scenario, given = told(platform)
    except cr.FindingsError as error:
        lacking.append(f"{platform:<16}{', '.join(finding.rule for finding in error.findings)}")
        continue
    play = scenario.play()
    row(platform, play.statement(), RATES[ABROAD.get(platform, "US")][1])
    if given:
        given_to.append(f"{platform:<16}" + ", ".join(f"{path} = {value}" for path, value in given.items()))
    unforeseen = [refusal for refusal in play.refusals if not refusal.expected]
    if unforeseen:
        refused.append(f"{platform:<16}{sum(refusal.count for refusal in unforeseen):,} times: {unforeseen[0].facts}")

print("\nNo figures, because neither the pack nor this script says what it costs:", *lacking, sep="\n")
print("\nGiven here, and half_up for rounding fees, because the pack does not establish it:", *given_to, sep="\n")
print("\nRefused there, and accepted under the rules of Kickstarter in 2012:", *refused, sep="\n")
