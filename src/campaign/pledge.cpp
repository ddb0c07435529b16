// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/pledge.hpp>
#include <crowdrules/core/contract.hpp>

#include <fmt/format.h>

#include "core/enumerators.hpp"

namespace crowdrules::campaign {

namespace {

std::int64_t price_of(std::int64_t live, const std::optional<std::int64_t>& late, PricePhase phase) {
    // A late price of zero means 'not set': the published client falls back to the live price.
    return phase == PricePhase::late && late && *late > 0 ? *late : live;
}

std::int64_t sum(std::int64_t a, std::int64_t b) {
    std::int64_t total = 0;
    if (__builtin_add_overflow(a, b, &total)) throw Overflow("the total of a pledge leaves 64 bits");
    return total;
}

std::int64_t times(std::int64_t amount, std::uint32_t count) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(amount, std::int64_t{count}, &product))
        throw Overflow("the total of a pledge leaves 64 bits");
    return product;
}

std::string nowhere(std::string_view name, std::string_view destination) {
    if (destination.empty()) return fmt::format("'{}' is shipped, and no destination is given", name);
    return fmt::format("'{}' is not shipped to '{}'", name, destination);
}

}  // namespace

Result<Composition, std::string> compose(const std::vector<Reward>& rewards, const std::vector<AddOn>& add_ons,
                                         const PledgeChoice& choice, std::int64_t bonus, PricePhase phase) {
    Composition parts;
    parts.bonus = bonus;
    const auto ship = [&](const Shipping& shipping, std::string_view name,
                          std::uint32_t count) -> Result<std::int64_t, std::string> {
        if (shipping.ships == Ships::not_shipped) return 0;
        if (choice.ship_to.empty()) return failure(nowhere(name, choice.ship_to));
        const std::optional<std::int64_t> cost = shipping.cost_to(choice.ship_to);
        if (!cost) return failure(nowhere(name, choice.ship_to));
        return times(*cost, count);
    };

    if (!choice.reward.is_none()) {
        if (choice.reward.value > rewards.size()) {
            return failure(fmt::format("there is no reward {}; there are {}", choice.reward.value, rewards.size()));
        }
        const Reward& reward = rewards[choice.reward.value - 1];
        parts.reward = times(price_of(reward.minimum, reward.late_price, phase), choice.quantity);
        const auto shipping = ship(reward.shipping, reward.name, choice.quantity);
        if (!shipping) return failure(shipping.error());
        parts.shipping = *shipping;
    }
    for (const AddOnChoice& chosen : choice.add_ons) {
        if (chosen.add_on.is_none() || chosen.add_on.value > add_ons.size()) {
            return failure(fmt::format("there is no add-on {}; there are {}", chosen.add_on.value, add_ons.size()));
        }
        const AddOn& add_on = add_ons[chosen.add_on.value - 1];
        parts.add_ons = sum(parts.add_ons, times(price_of(add_on.price, add_on.late_price, phase), chosen.count));
        const auto shipping = ship(add_on.shipping, add_on.name, chosen.count);
        if (!shipping) return failure(shipping.error());
        parts.shipping = sum(parts.shipping, *shipping);
    }
    parts.total = sum(sum(parts.reward, parts.add_ons), sum(parts.bonus, parts.shipping));
    return parts;
}

std::string_view to_text(PledgeState state) noexcept {
    return detail::enumerator_name(state);
}

}  // namespace crowdrules::campaign
