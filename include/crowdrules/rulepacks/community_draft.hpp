// SPDX-License-Identifier: BSL-1.0
// Community draft: what a community says itself, beside the rules of a platform.
//
//   auto pack = load_pack("quirky").value();
//   CommunityDraft draft{.title = "Pivot Power", .company = PayeeId{1}, .channels = {"direct", "indirect"}};
//   draft.given["influence.unclaimed"] = parse_value("{ to = 'to_payee', payee = 'company' }").value();
//   auto terms = pack.community_terms(date("2012-05-31"), draft);
//   // missing: evaluation.weight, evaluation.tie_break, royalty.rounding, payouts.minimum, ...: no source says
//
// As in plans of revenue, royalty rates are dated: `through` is the last day of sales for which they are wanted.
#pragma once

#include <crowdrules/community/terms.hpp>
#include <crowdrules/protocol/node.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crowdrules {

struct CommunityDraft {
    std::string title{};
    Currency currency = USD;
    revenue::PayeeId company{};             ///< who runs the platform, and takes title
    std::vector<std::string> channels{};    ///< through which products are sold
    std::optional<Date> through{};          ///< the last day of sales; none: only the day for which terms are made
    std::optional<Instant> payouts_from{};  ///< when the first period begins; none: with the terms
    std::map<std::string, revenue::PayeeId, std::less<>> parties{};  ///< who else is named; "company" is the company
    /// Parameters that the pack does not establish or lets a community change, by path: "royalty.rate.direct".
    std::map<std::string, Node, std::less<>> given{};

    bool operator==(const CommunityDraft&) const = default;
};

}  // namespace crowdrules
