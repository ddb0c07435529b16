// SPDX-License-Identifier: BSL-1.0
// Dispute policy: a backer asks the bank for the money back; who bears the loss if the bank agrees.
//
//   Kickstarter bears fraudulent-card chargebacks; the creator answers for rewards. [kickstarter.com/disputes]
#pragma once

#include <cstdint>
#include <string_view>

namespace crowdrules {

enum class DisputeReason : std::uint8_t {
    fraud,   ///< the cardholder says that the charge was not theirs
    reward,  ///< the backer says that the reward did not come or is not as promised
};
enum class Bearer : std::uint8_t { creator, platform };

[[nodiscard]] std::string_view to_text(DisputeReason reason) noexcept;
[[nodiscard]] std::string_view to_text(Bearer bearer) noexcept;

/// Who bears a loss after the success. Before it, without one, and over a pledge that was let go there is nobody to
/// make it good to: the backer's own money goes back.
struct DisputePolicy {
    Bearer fraud = Bearer::platform;
    Bearer reward = Bearer::creator;

    [[nodiscard]] constexpr Bearer bearer(DisputeReason reason) const noexcept {
        return reason == DisputeReason::fraud ? fraud : this->reward;
    }
    bool operator==(const DisputePolicy&) const = default;
};

}  // namespace crowdrules
