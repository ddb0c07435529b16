// SPDX-License-Identifier: BSL-1.0
#include "shares.hpp"
#include <algorithm>
#include <array>
#include <memory>

namespace crowdrules {
namespace {

/// The claim of part `index` to its unit number `had` + 1: its average weight / (2 had + 1).
struct Claim {
    std::uint64_t weight;
    std::uint64_t had;
    std::size_t index;
};

/// Units are handed out in this order; equal averages go to the earlier part.
bool comes_before(const Claim& a, const Claim& b) noexcept {
    // A part has at most 2^63 units, so 2 had + 1 needs 65 bits and its product with a weight fewer than 128.
    const auto left = a.weight * (2 * static_cast<Natural128>(b.had) + 1);
    const auto right = b.weight * (2 * static_cast<Natural128>(a.had) + 1);
    return left != right ? left > right : a.index < b.index;
}

}  // namespace

// Handing out units one by one, always to the highest average, would take as many rounds as there are units. But
// after any number of rounds every part has had just the units whose average lies above one common level. So the
// exact shares, each rounded to the nearest unit, are the state after *some* number of rounds - a number that misses
// the wanted one by at most half the number of parts - and only the difference needs to be played, forward or back.
void split_by_highest_averages(const Shares& shares, std::span<std::int64_t> parts) {
    std::uint64_t handed_out = 0;
    // A few claims need no memory of their own: most splits are among two or three.
    std::array<Claim, 8> few;
    std::unique_ptr<Claim[]> many;
    if (parts.size() > few.size()) many = std::make_unique_for_overwrite<Claim[]>(parts.size());
    Claim* const place = many ? many.get() : few.data();
    std::size_t count = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i] = 0;
        if (shares.weights[i] == 0) continue;
        const auto [cut, remainder] = shares.share(i);
        const std::uint64_t nearest = cut + (remainder > shares.total_weight - remainder ? 1 : 0);
        place[count++] = {static_cast<std::uint64_t>(shares.weights[i]), nearest, i};
        handed_out += nearest;
    }
    std::span<Claim> claims(place, count);

    if (handed_out < shares.units) {
        const auto later = [](const Claim& a, const Claim& b) { return comes_before(b, a); };
        std::make_heap(claims.begin(), claims.end(), later);
        for (; handed_out < shares.units; ++handed_out) {
            std::pop_heap(claims.begin(), claims.end(), later);
            ++claims.back().had;
            std::push_heap(claims.begin(), claims.end(), later);
        }
    } else if (handed_out > shares.units) {
        // Here a claim stands for the last unit that the part has had. A part without units has none to give back.
        const auto has_none = [](const Claim& claim) { return claim.had == 0; };
        claims = claims.first(static_cast<std::size_t>(std::remove_if(claims.begin(), claims.end(), has_none) -
                                                       claims.begin()));
        for (Claim& claim : claims) --claim.had;
        const auto earlier = [](const Claim& a, const Claim& b) { return comes_before(a, b); };
        std::make_heap(claims.begin(), claims.end(), earlier);
        for (; handed_out > shares.units; --handed_out) {
            std::pop_heap(claims.begin(), claims.end(), earlier);
            if (claims.back().had == 0) {
                claims = claims.first(claims.size() - 1);
                continue;
            }
            --claims.back().had;
            std::push_heap(claims.begin(), claims.end(), earlier);
        }
        for (Claim& claim : claims) ++claim.had;
    }
    for (const Claim& claim : claims) parts[claim.index] = static_cast<std::int64_t>(claim.had);
}

}  // namespace crowdrules
