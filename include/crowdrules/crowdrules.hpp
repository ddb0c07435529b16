// SPDX-License-Identifier: BSL-1.0
// Everything: all floors of crowdrules, bottom up. Include single headers where compile time matters.
#pragma once

// core: words with no domain in them
#include <crowdrules/core/citation.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/core/id.hpp>
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

// reason: why: the rule, the numbers used, where it is written
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>

// ledger: accounts and balanced entries
#include <crowdrules/ledger/account.hpp>
#include <crowdrules/ledger/entry.hpp>
#include <crowdrules/ledger/ledger.hpp>

// fees: what it costs

// settlement: how money moves: charges, refunds, disputes, payouts

// revenue: sharing income: payees, royalties, waterfalls

// campaign: the life of a campaign, from launch to the last payout
