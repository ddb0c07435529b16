// SPDX-License-Identifier: BSL-1.0
// Entry: postings that sum to zero. One that does not cannot be built.
//
//   Entry(at, "charge collected", {{Account::backers, -115.00 USD}, {Account::escrow, +111.35 USD},
//                                  {Account::processing_fees, +3.65 USD}})
#pragma once

#include <crowdrules/ledger/account.hpp>
#include <crowdrules/money/money.hpp>
#include <crowdrules/time/instant.hpp>

#include <string>
#include <vector>

namespace crowdrules {

/// One line of an entry: money arriving at an account (positive) or leaving it (negative).
struct Posting {
    Account account;
    Money amount;

    bool operator==(const Posting&) const = default;
};

/// A movement of money, balanced by construction.
class Entry {
  public:
    /// Postings of zero are left out. Throws ContractViolation unless the rest sum to zero in one currency.
    Entry(Instant at, std::string description, std::vector<Posting> postings);

    [[nodiscard]] Instant at() const noexcept { return at_; }
    [[nodiscard]] const std::string& description() const noexcept { return description_; }
    [[nodiscard]] const std::vector<Posting>& postings() const noexcept { return postings_; }
    bool operator==(const Entry&) const = default;

  private:
    Instant at_;
    std::string description_;
    std::vector<Posting> postings_;
};

}  // namespace crowdrules
