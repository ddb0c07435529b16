# SPDX-License-Identifier: BSL-1.0
"""Comparisons: one scenario under several terms, or several plans of revenue, side by side."""
from __future__ import annotations

import datetime
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Union

from ._core import (
    CampaignComparison,
    PlanComparison,
    RevenuePlan,
    Scenario,
    Terms,
    _compare,
    _compare_plans,
    campaign_packs,
)
from ._errors import CurrencyMismatch
from ._simulate import html_table

__all__ = ["compare", "compare_plans"]

Changes = Mapping[str, Any]


def compare(scenario: Scenario, *, packs: Union[str, Sequence[str]] = (),
            terms: Optional[Mapping[str, Terms]] = None, changes: Optional[Mapping[str, Changes]] = None,
            on: Union[str, datetime.date, None] = None, country: str = "",
            given: Optional[Mapping[str, Changes]] = None, assume: str = "",
            rates: Optional[Mapping[str, Any]] = None, own: str = "as it is") -> CampaignComparison:
    """Plays one scenario under several terms: the same backers do the same things, other rules apply.

    The scenario's own terms come first, under the name `own`; then `terms` by name, rule `packs` by name, and `changes`
    of the scenario's terms by name and path: {"8% fee": {"fees.platform.bands[1].rate": "8%"}}.

    `packs` has names and files, or is "all". A pack is asked for its terms `on` a day (the day of the launch where it
    has a fee then, else the nearest on which it has one) in the creator's `country` (the scenario's where the pack is
    on offer there, else one where it is). `given` has, by pack, what the pack does not establish:
    {"indiegogo": {"fees.processing": {...}}}; `assume` names a set of assumptions for the rest: "usual". A pack in
    another currency needs `rates`, what one unit is worth in the scenario's: {"JPY": "0.0068"}. What is missing is not
    guessed at: such a contender has no figures, and its `findings` say what must be given.

    >>> import crowdrules as cr
    >>> mugs = cr.parse_scenario('''
    ... timeline = [{ at = "launch + 1 day", pledge = { amount = "25.00", count = 40 } }]
    ... [scenario]
    ... title = "Mugs"
    ... pack = "kickstarter"
    ... [terms]
    ... country = "US"
    ... currency = "USD"
    ... goal = "500.00"
    ... window = { opens = 2016-06-01T12:00:00Z, closes = 2016-07-01T12:00:00Z }
    ... given = { "fees.processing.rounding" = "half_up" }
    ... ''')
    >>> result = cr.compare(mugs, changes={"8% fee": {"fees.platform.bands[1].rate": "8%"}})
    >>> [str(fee) for fee in result.figures["platform_fee"]]
    ['50.00 USD', '80.00 USD']
    >>> result.rules[0]
    <fees.platform: 5%, half_up | 8%, half_up>
    """
    by_pack: Dict[str, Changes] = dict(given or {})
    if packs == "all":
        packs = campaign_packs()
    if isinstance(packs, str):
        raise TypeError(f"packs is a list of names, or 'all': packs=[{packs!r}]")
    if unknown := set(by_pack) - set(packs):
        raise ValueError(f"given is by pack, but {', '.join(sorted(unknown))} is none of packs")
    contenders: List[Any] = [(own, scenario.terms), *dict(terms or {}).items()]
    contenders += [(pack, pack, on, country, dict(by_pack.get(pack, {})), assume, dict(rates or {})) for pack in packs]
    contenders += [(name, dict(paths)) for name, paths in dict(changes or {}).items()]
    return _compare(scenario, contenders)


def compare_plans(plans: Iterable[RevenuePlan]) -> PlanComparison:
    """Plays several plans of revenue and puts side by side who has what in the end. Where their lines of sales and
    money are the same, so is the income.

    >>> import crowdrules as cr
    >>> book = '''
    ... timeline = [{ on = 2012-03-31, sale = { units = 100, gross = "1000.00" } },
    ...             { on = 2012-03-31, period_end = "contract" }]
    ... [plan]
    ... title = "A book"
    ... currency = "USD"
    ... [royalty.contract]
    ... rate = "10%"
    ... rounding = "half_even"
    ... to = "authors"
    ... [split.authors]
    ... shares = { Anna = 60, Ben = 40 }
    ... '''
    >>> result = cr.compare_plans([cr.parse_plan(book), cr.parse_plan(book.replace("10%", "15%"))])
    >>> result.holders["Anna"]
    (Decimal('60'), Decimal('90'))
    """
    given = list(plans)
    currencies = sorted({plan.currency.code for plan in given})
    if len(currencies) > 1:
        raise CurrencyMismatch(f"plans in {' and '.join(currencies)} cannot stand side by side")
    return _compare_plans(given)


def _figure_rows(self: CampaignComparison) -> List[List[str]]:
    rows = [["", *(campaign.name for campaign in self.campaigns)]]
    for figure, values in self.differing.items():
        rows.append([figure.replace("_", " "), *("-" if value is None else str(value) for value in values)])
    return rows


def _notes(self: CampaignComparison) -> List[str]:
    """The rules that differ, each with where it is written, and why a contender has no figures."""
    lines = [f"{rule.path}: " + " | ".join(f"{value or 'none'} [{citation.source}]" if citation.source else
                                           value or "none" for value, citation in zip(rule.values, rule.citations))
             for rule in self.rules]
    for campaign in self.campaigns:
        lines += [f"{campaign.name}: {finding.rule}: {finding.what}; {finding.accepted}"
                  for finding in campaign.findings]
        if campaign.refusals:
            lines.append(f"{campaign.name}: {sum(refusal.count for refusal in campaign.refusals)} commands refused, "
                         f"the first: {campaign.refusals[0].facts}")
    return lines


def _text(rows: List[List[str]], notes: List[str]) -> str:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))])
             .rstrip() for row in rows]
    return "\n".join(lines + notes)


def campaigns_text(self: CampaignComparison) -> str:
    """Figures that differ, then rules that differ, then why a contender has none."""
    return _text(_figure_rows(self), _notes(self))


def campaigns_html(self: CampaignComparison) -> str:
    """The same for a notebook."""
    rows = _figure_rows(self)
    with_terms = [campaign.terms is not None for campaign in self.campaigns]
    for rule in self.rules:
        values = iter(rule.values)
        rows.append([rule.path, *((next(values) or "none") if has else "-" for has in with_terms)])
    return html_table("Figures and rules that differ", rows)


def plans_text(self: PlanComparison) -> str:
    """Who has what in the end, and why a plan was not played to its end."""
    problems = [f"{title}: {problem}" for title, problem in zip(self.titles, self.problems) if problem]
    return _text(_plan_rows(self), problems)


def plans_html(self: PlanComparison) -> str:
    """The same for a notebook."""
    return html_table("Who has what in the end", _plan_rows(self))


def _plan_rows(self: PlanComparison) -> List[List[str]]:
    rows = [["", *self.titles]]
    for holder, amounts in self.holders.items():
        rows.append([holder, *("-" if amount is None else f"{amount:,}" for amount in amounts)])
    return rows
