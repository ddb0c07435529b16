// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/ledger/entry.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace crowdrules {
namespace {

/// "backers -115.00 USD, escrow 111.35 USD": what an unbalanced entry was made of.
std::string postings_text(const std::vector<Posting>& postings) {
    std::string text;
    for (const Posting& posting : postings)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", to_text(posting.account), to_text(posting.amount));
    return text;
}

}  // namespace

Entry::Entry(Instant at, std::string description, std::vector<Posting> postings)
    : at_(at), description_(std::move(description)), postings_(std::move(postings)) {
    postings_.erase(std::remove_if(postings_.begin(), postings_.end(),
                                   [](const Posting& posting) { return posting.amount.is_zero(); }),
                    postings_.end());
    Int128 sum = 0;
    for (const Posting& posting : postings_) {
        expects(static_cast<std::size_t>(posting.account) < account_count, "a posting names an account that exists");
        if (posting.amount.currency() != postings_.front().amount.currency())
            throw CurrencyMismatch(
                fmt::format("entry '{}' has more than one currency: {}", description_, postings_text(postings_)));
        sum += posting.amount.minor();
    }
    if (sum != 0)
        throw ContractViolation(
            fmt::format("entry '{}' does not sum to zero: {}", description_, postings_text(postings_)));
}

}  // namespace crowdrules
