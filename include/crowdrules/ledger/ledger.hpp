// SPDX-License-Identifier: BSL-1.0
// Ledger: the fold of entries. Its balances say who holds what, and always sum to zero.
#pragma once

#include <crowdrules/ledger/entry.hpp>

#include <array>
#include <span>

namespace crowdrules {

/// Balances of all accounts in one currency, after any number of entries. 112 bytes; copy it to ask 'what if'.
class Ledger {
  public:
    explicit Ledger(Currency currency) noexcept : currency_(currency) {}

    /// Adds an entry. Throws CurrencyMismatch or Overflow and changes nothing.
    void post(const Entry& entry);
    /// Moves `minor` units from one account to another: the two-posting entry of every day, without its record.
    /// Throws Overflow and changes nothing.
    void transfer(Account from, Account to, std::int64_t minor);

    [[nodiscard]] Money balance(Account account) const noexcept {
        return {balances_[static_cast<std::size_t>(account)], currency_};
    }
    [[nodiscard]] Currency currency() const noexcept { return currency_; }
    bool operator==(const Ledger&) const = default;

  private:
    std::array<std::int64_t, account_count> balances_{};
    Currency currency_;
};

/// The exact sum of a column of amounts, in 128 bits: zero for the postings of any number of entries.
[[nodiscard]] Int128 exact_sum(std::span<const std::int64_t> minor) noexcept;

}  // namespace crowdrules
