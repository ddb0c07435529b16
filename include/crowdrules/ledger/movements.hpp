// SPDX-License-Identifier: BSL-1.0
// Movements: what one event moves between accounts. The ledger and the entry of the event are made from the same list.
//
//   a charge of 115.00 with a fee of 3.65:   backers to escrow 115.00, escrow to processing_fees 3.65
//   its entry:                               backers -115.00, escrow +115.00, escrow -3.65, processing_fees +3.65
#pragma once

#include <crowdrules/core/contract.hpp>
#include <crowdrules/ledger/ledger.hpp>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>

namespace crowdrules {

/// From one account to another, in minor units. One of zero moves nothing.
struct Movement {
    Account from;
    Account to;
    std::int64_t minor{};
};

/// Up to six movements, in their order, without an allocation.
class Movements {
  public:
    static constexpr std::size_t most = 6;

    constexpr Movements() noexcept = default;
    /// Those of zero are left out. Throws ContractViolation for more than six others.
    constexpr Movements(std::initializer_list<Movement> items) {
        for (const Movement& item : items) {
            if (item.minor == 0) continue;
            expects(count_ < most, "an event has at most six movements");
            items_[count_++] = item;
        }
    }

    [[nodiscard]] constexpr std::span<const Movement> items() const noexcept { return {items_.data(), count_}; }
    [[nodiscard]] constexpr std::span<Movement> items() noexcept { return {items_.data(), count_}; }

  private:
    std::array<Movement, most> items_{};
    std::size_t count_ = 0;
};

/// The ledger after all of them. Throws Overflow.
[[nodiscard]] Ledger after(Ledger ledger, const Movements& movements);

/// Their entry, or nothing where nothing moves.
[[nodiscard]] std::optional<Entry> entry_of(const Movements& movements, Instant at, std::string description,
                                            Currency currency);

}  // namespace crowdrules
