// SPDX-License-Identifier: BSL-1.0
// Plan: an income that is shared, as a story in a text file: who is promised what, what happens when, and the figures
// that must come out.
//
//   timeline = [
//       { on = 2012-03-31, sale = { units = 100, gross = "1000.00" } },
//       { on = 2012-03-31, period_end = "contract", expect = { contract.payable = "100.00" } },
//   ]
//   [plan]
//   title = "A book and its two authors"
//   currency = "USD"
//   [royalty.contract]
//   rate = "10%"
//   rounding = "half_even"
//   to = "authors"
//   [split.authors]
//   shares = { Anna = 60, Ben = 40 }
//
// What a part has to give goes to names; a name is another part, which shares it further, or a payee. docs/plans.md
// describes the whole format. Amounts are text, so that none ever passes through binary floating point.
#pragma once

#include <crowdrules/reason/finding.hpp>
#include <crowdrules/revenue/distribution.hpp>
#include <crowdrules/revenue/matching.hpp>
#include <crowdrules/revenue/note.hpp>
#include <crowdrules/revenue/royalty.hpp>
#include <crowdrules/revenue/share.hpp>
#include <crowdrules/revenue/waterfall.hpp>
#include <crowdrules/rulepacks/pack.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace crowdrules {

// --------------------------------------------------------------------------------------------------------------- parts

struct RoyaltiesPart {
    revenue::RoyaltyTerms terms;
    std::map<std::string, std::string> to;  ///< who is paid, by account
};
struct SplitPart {
    revenue::SplitHistory standard;
    std::map<std::string, revenue::SplitHistory> items;
};
struct WaterfallPart {
    revenue::WaterfallTerms terms;
};
struct FundPart {
    revenue::WaterfallTerms terms;
    revenue::CarryScope scope = revenue::CarryScope::whole_fund;
    revenue::Clawback clawback;
};
struct NotePart {
    revenue::NoteTerms terms;
};
struct MatchPart {
    std::vector<revenue::Sponsor> sponsors;
    std::optional<revenue::MatchTerms> factor;
    std::optional<revenue::LumpTerms> lump;
};
struct QuadraticPart {
    revenue::QuadraticTerms terms;
};
/// Pledges of which so much is given as the crowd has come of its way to the goal.
struct CrowdmatchPart {
    Money goal;
    Rounding rounding;
    std::string to;
};

struct PlanPart {
    std::string name;
    std::variant<RoyaltiesPart, SplitPart, WaterfallPart, FundPart, NotePart, MatchPart, QuadraticPart, CrowdmatchPart>
        terms;
};
/// "royalty", "split", ...
[[nodiscard]] std::string_view kind_of(const PlanPart& part) noexcept;

// ----------------------------------------------------------------------------------------------------------- time line

/// Something was sold, or with negative figures came back.
struct SaleLine {
    std::size_t part;
    revenue::SalesLine sale;
};
/// What an account works off: an advance that is paid now, or an expense that somebody else had.
struct AdvanceLine {
    std::size_t part;
    std::string account, name;
    Money amount;
    bool is_paid = true;
};
/// A royalty, a note, a fund, a quadratic round or a crowdmatch settles what was collected since the last time.
struct SettleLine {
    std::size_t part;
    std::optional<Money> revenue;  ///< of a note
    std::optional<Money> paid;     ///< by the issuer of a note; none: all that is due
};
struct BuyOutLine {
    std::size_t part;
};
/// Money comes in to be shared, run down or paid into a deal; with a negative amount it goes back.
struct MoneyLine {
    std::size_t part;
    std::string item;  ///< of a split, or the deal of a fund
    Date sold_on;
    Money amount;
    bool contributed = false;  ///< by the investors of a waterfall or fund
};
struct GiftLine {
    std::size_t part;
    std::string to, by;  ///< nobody in particular when empty
    Money amount;
    std::uint32_t count = 1;  ///< so many like gifts, each of somebody else
};
struct LumpLine {
    std::size_t part;
    std::string to;
    Money target;
};
struct DisputedLine {
    std::size_t part;
    std::string item;
    revenue::PayeeId payee;  ///< none: everybody's
};
struct DisputeSettledLine {
    std::size_t part;
    std::string item;
    revenue::PayeeId payee;
    std::vector<revenue::Share> settlement;
};
struct SplitChangeLine {
    std::size_t part;
    std::string item;
    DatedRow<revenue::SplitTerms> row;
    std::optional<revenue::Recovery> recovery;
};
struct EarningLine {
    revenue::Earning earning;
};
struct PayOutLine {
    revenue::PayeeId payee;  ///< none: everybody
};
struct RemoveLine {
    revenue::PayeeId payee;
};

/// A figure that must come out, as it is written.
struct PlanExpected {
    std::string figure;
    std::string value{};
    bool is_count = false;                ///< it is written as a number
    std::optional<std::string> within{};  ///< of an amount that was published in round numbers
    TextPosition where{};
};

struct PlanLine {
    TextPosition where;
    Date on;
    std::variant<std::monostate, SaleLine, AdvanceLine, SettleLine, BuyOutLine, MoneyLine, GiftLine, LumpLine,
                 DisputedLine, DisputeSettledLine, SplitChangeLine, EarningLine, PayOutLine, RemoveLine>
        what{};
    std::string text{};     ///< as it is written
    std::string refused{};  ///< the rule by which it must be refused; empty: it must be accepted
    std::vector<PlanExpected> expect{};
};

struct RevenuePlan {
    std::string title;
    std::string source;
    Currency currency = USD;
    std::vector<std::string> names;  ///< of payees, backers and projects: the place from 1 is the id
    std::vector<PlanPart> parts;
    std::optional<revenue::DistributionTerms> distribution;  ///< of what payees are given
    std::vector<revenue::Payee> payees;                      ///< of the distribution
    std::vector<PlanLine> timeline;
    std::vector<PlanExpected> expect;  ///< at the end
    std::string terms;                 ///< the tables, as text
};

/// Reads a plan. `source` is the name of its file, for errors; everything that is wrong is told at once.
/// Refuses, each with line and column: text that is no TOML; fields that there are none of; values of another kind;
/// amounts as numbers; parts, works, channels and payees that there are none of; terms that their part refuses; parts
/// that feed each other in a circle; lines that are not in order of their days.
[[nodiscard]] Result<RevenuePlan, Findings> parse_plan(std::string_view text, std::string_view source = {},
                                                       const ReadText& read = {});

}  // namespace crowdrules
