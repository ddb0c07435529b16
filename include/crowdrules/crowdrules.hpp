// SPDX-License-Identifier: BSL-1.0
// Everything: all floors of crowdrules, bottom up. Include single headers where compile time matters.
#pragma once

// core: words with no domain in them
#include <crowdrules/core/citation.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/core/id.hpp>
#include <crowdrules/core/one_of.hpp>
#include <crowdrules/core/result.hpp>
#include <crowdrules/core/text_error.hpp>
#include <crowdrules/core/version.hpp>

// time: instants, windows, deadlines, calendars
#include <crowdrules/time/business_calendar.hpp>
#include <crowdrules/time/cadence.hpp>
#include <crowdrules/time/dated.hpp>
#include <crowdrules/time/deadline.hpp>
#include <crowdrules/time/instant.hpp>
#include <crowdrules/time/window.hpp>

// money: currencies, exact amounts and rates, rounding, splitting
#include <crowdrules/money/allocate.hpp>
#include <crowdrules/money/currency.hpp>
#include <crowdrules/money/decimal.hpp>
#include <crowdrules/money/exchange.hpp>
#include <crowdrules/money/money.hpp>
#include <crowdrules/money/rounding.hpp>
#include <crowdrules/money/sharded_split.hpp>

// reason: why: the rule, the numbers used, where it is written
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>

// ledger: accounts and balanced entries
#include <crowdrules/ledger/account.hpp>
#include <crowdrules/ledger/entry.hpp>
#include <crowdrules/ledger/ledger.hpp>
#include <crowdrules/ledger/movements.hpp>

// fees: what it costs
#include <crowdrules/fees/fee_column.hpp>
#include <crowdrules/fees/fee_schedule.hpp>
#include <crowdrules/fees/settle_column.hpp>

// pictures: charts as SVG
#include <crowdrules/pictures/chart.hpp>

// settlement: how money moves: charges, refunds, disputes, payouts
#include <crowdrules/settlement/charge.hpp>
#include <crowdrules/settlement/dispute.hpp>
#include <crowdrules/settlement/instalment.hpp>
#include <crowdrules/settlement/payout.hpp>
#include <crowdrules/settlement/refund.hpp>
#include <crowdrules/settlement/reserve.hpp>
#include <crowdrules/settlement/unmatched.hpp>

// revenue: sharing income: payees, royalties, waterfalls
#include <crowdrules/revenue/accrual.hpp>
#include <crowdrules/revenue/balance_payment.hpp>
#include <crowdrules/revenue/day_count.hpp>
#include <crowdrules/revenue/distribution.hpp>
#include <crowdrules/revenue/matching.hpp>
#include <crowdrules/revenue/note.hpp>
#include <crowdrules/revenue/payee.hpp>
#include <crowdrules/revenue/preferred_return.hpp>
#include <crowdrules/revenue/royalty.hpp>
#include <crowdrules/revenue/share.hpp>
#include <crowdrules/revenue/waterfall.hpp>

// life: what all that lives has in common: commands in, events out
#include <crowdrules/life/decide.hpp>
#include <crowdrules/life/envelope.hpp>
#include <crowdrules/life/evolve.hpp>
#include <crowdrules/life/life.hpp>
#include <crowdrules/life/ownership_claim.hpp>
#include <crowdrules/life/platform_decision.hpp>
#include <crowdrules/life/postings.hpp>

// campaign: the life of a campaign, from launch to the last payout
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/agenda_follower.hpp>
#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/campaign/command.hpp>
#include <crowdrules/campaign/curation.hpp>
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/event.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/funding_model.hpp>
#include <crowdrules/campaign/guard.hpp>
#include <crowdrules/campaign/person_limits.hpp>
#include <crowdrules/campaign/pledge.hpp>
#include <crowdrules/campaign/pledge_book.hpp>
#include <crowdrules/campaign/postings.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/campaign/line.hpp>
#include <crowdrules/campaign/reward.hpp>
#include <crowdrules/campaign/settle.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/campaign/stretch_goal.hpp>
#include <crowdrules/campaign/terms.hpp>

// community: ideas, votes, influence and rights of a community that makes products
#include <crowdrules/community/agenda.hpp>
#include <crowdrules/community/command.hpp>
#include <crowdrules/community/decide.hpp>
#include <crowdrules/community/event.hpp>
#include <crowdrules/community/evolve.hpp>
#include <crowdrules/community/idea.hpp>
#include <crowdrules/community/influence.hpp>
#include <crowdrules/community/community.hpp>
#include <crowdrules/community/postings.hpp>
#include <crowdrules/community/product.hpp>
#include <crowdrules/community/rejection.hpp>
#include <crowdrules/community/rights.hpp>
#include <crowdrules/community/statement.hpp>
#include <crowdrules/community/terms.hpp>
#include <crowdrules/community/vote.hpp>

// columns: what campaigns and revenue do, for millions of rows at once
#include <crowdrules/columns/note_column.hpp>
#include <crowdrules/columns/pay_out_column.hpp>
#include <crowdrules/columns/row_error.hpp>
#include <crowdrules/columns/rows.hpp>
#include <crowdrules/columns/royalty_column.hpp>
#include <crowdrules/columns/settle_pledges.hpp>
#include <crowdrules/columns/share_column.hpp>
#include <crowdrules/columns/waterfall_column.hpp>
// protocol: JSON and journals
#include <crowdrules/protocol/community_journal.hpp>
#include <crowdrules/protocol/journal.hpp>
#include <crowdrules/protocol/message.hpp>
#include <crowdrules/protocol/node.hpp>

// rulepacks: the rules of platforms and laws, as data
#include <crowdrules/rulepacks/change.hpp>
#include <crowdrules/rulepacks/community_draft.hpp>
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/rulepacks/revenue_terms.hpp>

// tables: many campaigns, one a line
#include <crowdrules/tables/campaign_table.hpp>
#include <crowdrules/tables/csv.hpp>
#include <crowdrules/tables/fee_text.hpp>
#include <crowdrules/tables/provider_rows.hpp>
#include <crowdrules/tables/reconcile.hpp>
#include <crowdrules/tables/table_rules.hpp>

// stories: campaigns, communities and plans told in a file, played and checked
#include <crowdrules/stories/expectation.hpp>
#include <crowdrules/stories/progress.hpp>
#include <crowdrules/stories/report_style.hpp>
#include <crowdrules/stories/campaign/play.hpp>
#include <crowdrules/stories/campaign/report.hpp>
#include <crowdrules/stories/campaign/scenario.hpp>
#include <crowdrules/stories/community/report.hpp>
#include <crowdrules/stories/community/story.hpp>
#include <crowdrules/stories/plan/book.hpp>
#include <crowdrules/stories/plan/plan.hpp>
#include <crowdrules/stories/plan/play.hpp>
#include <crowdrules/stories/story.hpp>
#include <crowdrules/stories/check.hpp>

// analysis: comparing, sweeping, simulating and solving
#include <crowdrules/analysis/compare.hpp>
#include <crowdrules/analysis/funding_curve.hpp>
#include <crowdrules/analysis/money_flow.hpp>
#include <crowdrules/analysis/odds.hpp>
#include <crowdrules/analysis/philox.hpp>
#include <crowdrules/analysis/sample.hpp>
#include <crowdrules/analysis/simulate.hpp>
#include <crowdrules/analysis/simulate_plan.hpp>
#include <crowdrules/analysis/solve.hpp>
#include <crowdrules/analysis/sweep.hpp>

// pages: stories on a page for a browser
#include <crowdrules/pages/charts.hpp>
#include <crowdrules/pages/html_report.hpp>
#include <crowdrules/pages/story_page.hpp>
