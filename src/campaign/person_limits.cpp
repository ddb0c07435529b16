// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/person_limits.hpp>
#include <crowdrules/core/contract.hpp>

#include "core/enumerators.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules::campaign {

namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

std::int64_t share_of(std::int64_t amount, const Decimal& share) {
    const Int128 part = (Decimal(amount) * share).rounded(0, RoundingMode::floor).coefficient();
    if (part > unlimited) throw Overflow("a share of somebody's means leaves 64 bits");
    return static_cast<std::int64_t>(std::max<Int128>(part, 0));
}

/// Of two amounts that are not negative. More than 64 bits hold is above every limit, so the largest number serves.
std::int64_t saturated_sum(std::int64_t a, std::int64_t b) {
    a = std::max<std::int64_t>(a, 0);
    b = std::max<std::int64_t>(b, 0);
    return a > unlimited - b ? unlimited : a + b;
}

/// Narrows `room` to what a limit of `most` leaves.
void narrow(Allowance& room, std::string_view limit, std::optional<std::int64_t> most, std::int64_t given) {
    if (!most) return;
    const std::int64_t left = std::max<std::int64_t>(*most - given, 0);
    if (!room.limit.empty() && left >= room.left) return;
    room = {.left = left, .limit = limit, .most = *most, .given = given};
}

}  // namespace

std::string_view to_text(MeansBasis basis) noexcept {
    return detail::enumerator_name(basis);
}

std::int64_t limit_by_means(const MeansTest& test, std::int64_t annual_income, std::int64_t net_worth) {
    const std::int64_t lesser = std::min(annual_income, net_worth);
    const std::int64_t basis = test.basis == MeansBasis::lesser ? lesser : std::max(annual_income, net_worth);
    if (lesser < test.threshold) return std::max(share_of(basis, test.share_below), test.least_below);
    return std::min(share_of(basis, test.share_from), test.most_from);
}

void count_gifts(Giver& giver, const PersonLimits& limits, std::span<const Gift> gifts, Instant at) {
    giver.given_to_issuer = 0;
    giver.given_in_all = 0;
    for (const Gift& gift : gifts) {
        expects(gift.amount >= 0, "a gift is not negative");
        if (gift.at > at || occurrence(limits.window, gift.at, 1) <= at) continue;
        giver.given_in_all = saturated_sum(giver.given_in_all, gift.amount);
        if (gift.same_issuer) giver.given_to_issuer = saturated_sum(giver.given_to_issuer, gift.amount);
    }
}

Result<Allowance, GiverProblem> allowance_of(const PersonLimits& limits, const Giver& giver, std::int64_t in_campaign) {
    const auto own = std::find_if(limits.classes.begin(), limits.classes.end(),
                                  [&](const PersonClass& known) { return known.name == giver.of_class; });
    if (own == limits.classes.end()) return failure(GiverProblem::class_unknown);
    if (own->by_means && (!giver.annual_income || !giver.net_worth)) return failure(GiverProblem::means_missing);

    const std::int64_t to_issuer = saturated_sum(giver.given_to_issuer, in_campaign);
    const std::int64_t in_all = saturated_sum(giver.given_in_all, in_campaign);
    Allowance room{.left = unlimited};
    narrow(room, "per_campaign", own->per_campaign, in_campaign);
    narrow(room, "per_issuer", own->per_issuer, to_issuer);
    narrow(room, "in_all", own->in_all, in_all);
    if (own->by_means)
        narrow(room, "by_means", limit_by_means(*own->by_means, *giver.annual_income, *giver.net_worth), in_all);
    return room;
}

bool IssuerLimit::allows(std::int64_t sold_in_window, std::int64_t maximum) const {
    return Int128{sold_in_window} + maximum <= most;
}

}  // namespace crowdrules::campaign
