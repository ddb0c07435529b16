// SPDX-License-Identifier: BSL-1.0
// Dispute policy: a backer asks the bank for the money back; who bears the loss if the bank agrees.
//
//   Kickstarter bears fraudulent-card chargebacks; the creator answers for rewards. [kickstarter.com/disputes]
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace crowdrules {

enum class DisputeReason : std::uint8_t {
    fraud,     ///< the cardholder says that the charge was not theirs
    reward,    ///< the backer says that the reward did not come or is not as promised
    reversed,  ///< nobody is asked: a debit was returned by the bank long after it had succeeded
};
enum class Bearer : std::uint8_t { creator, platform };

[[nodiscard]] std::string_view to_text(DisputeReason reason) noexcept;
[[nodiscard]] std::string_view to_text(Bearer bearer) noexcept;

/// Who bears a loss, and the fee of the dispute, after the success. Before it, without one, and over a pledge that was
/// let go there is nobody to make it good to: the backer's own money goes back.
struct DisputePolicy {
    Bearer fraud = Bearer::platform;
    Bearer reward = Bearer::creator;
    Bearer reversed = Bearer::creator;   ///< who bears a debit that the bank returned late
    std::int64_t fee = 0;                ///< that the provider takes with the disputed money, in minor units
    std::optional<Bearer> fee_bearer{};  ///< who bears the fee in the end; none: whoever would bear the loss
    bool fee_returned_if_won = false;    ///< unless the provider reports something else

    [[nodiscard]] constexpr Bearer bearer(DisputeReason reason) const noexcept {
        if (reason == DisputeReason::fraud) return fraud;
        return reason == DisputeReason::reward ? reward : reversed;
    }
    [[nodiscard]] constexpr Bearer bearer_of_fee(DisputeReason reason) const noexcept {
        return fee_bearer.value_or(bearer(reason));
    }
    bool operator==(const DisputePolicy&) const = default;
};

}  // namespace crowdrules
