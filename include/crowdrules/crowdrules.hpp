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

// settlement: how money moves: charges, refunds, disputes, payouts
#include <crowdrules/settlement/charge.hpp>
#include <crowdrules/settlement/dispute.hpp>
#include <crowdrules/settlement/instalment.hpp>
#include <crowdrules/settlement/payout.hpp>
#include <crowdrules/settlement/refund.hpp>
#include <crowdrules/settlement/reserve.hpp>

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
#include <crowdrules/life/platform_decision.hpp>
#include <crowdrules/life/postings.hpp>

// campaign: the life of a campaign, from launch to the last payout
#include <crowdrules/campaign/agenda.hpp>
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
#include <crowdrules/campaign/reward.hpp>
#include <crowdrules/campaign/settle.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/campaign/stretch_goal.hpp>
#include <crowdrules/campaign/terms.hpp>

// invention: ideas, votes, influence and rights of a community that makes products
#include <crowdrules/invention/agenda.hpp>
#include <crowdrules/invention/command.hpp>
#include <crowdrules/invention/decide.hpp>
#include <crowdrules/invention/event.hpp>
#include <crowdrules/invention/evolve.hpp>
#include <crowdrules/invention/idea.hpp>
#include <crowdrules/invention/influence.hpp>
#include <crowdrules/invention/invention.hpp>
#include <crowdrules/invention/postings.hpp>
#include <crowdrules/invention/product.hpp>
#include <crowdrules/invention/rejection.hpp>
#include <crowdrules/invention/rights.hpp>
#include <crowdrules/invention/statement.hpp>
#include <crowdrules/invention/terms.hpp>
#include <crowdrules/invention/vote.hpp>

// rulepacks: the rules of platforms and laws, as data
#include <crowdrules/rulepacks/change.hpp>
#include <crowdrules/rulepacks/invention_journal.hpp>
#include <crowdrules/rulepacks/invention_draft.hpp>
#include <crowdrules/rulepacks/journal.hpp>
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/rulepacks/node.hpp>
#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/rulepacks/revenue_terms.hpp>

// scenario: playing, comparing and simulating campaigns
#include <crowdrules/scenario/campaign_table.hpp>
#include <crowdrules/scenario/chart.hpp>
#include <crowdrules/scenario/check.hpp>
#include <crowdrules/scenario/compare.hpp>
#include <crowdrules/scenario/csv.hpp>
#include <crowdrules/scenario/fee_text.hpp>
#include <crowdrules/scenario/funding_curve.hpp>
#include <crowdrules/scenario/html_report.hpp>
#include <crowdrules/scenario/money_flow.hpp>
#include <crowdrules/scenario/pictures.hpp>
#include <crowdrules/scenario/odds.hpp>
#include <crowdrules/scenario/philox.hpp>
#include <crowdrules/scenario/invention_report.hpp>
#include <crowdrules/scenario/invention_story.hpp>
#include <crowdrules/scenario/plan.hpp>
#include <crowdrules/scenario/plan_book.hpp>
#include <crowdrules/scenario/plan_play.hpp>
#include <crowdrules/scenario/play.hpp>
#include <crowdrules/scenario/report.hpp>
#include <crowdrules/scenario/sample.hpp>
#include <crowdrules/scenario/scenario.hpp>
#include <crowdrules/scenario/simulate.hpp>
#include <crowdrules/scenario/simulate_plan.hpp>
#include <crowdrules/scenario/solve.hpp>
#include <crowdrules/scenario/sweep.hpp>
#include <crowdrules/scenario/table_rules.hpp>
#include <crowdrules/scenario/story.hpp>
