// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/allocate.hpp>

#include "core/enumerators.hpp"
#include "core/vector_clones.hpp"
#include "running_split.hpp"
#include "shares.hpp"
#include <algorithm>
#include <limits>
#include <numeric>

namespace crowdrules {
namespace {

constexpr std::uint64_t magnitude_of(std::int64_t value) noexcept {
    const auto bits = static_cast<std::uint64_t>(value);
    return value < 0 ? 0 - bits : bits;
}

[[noreturn]] void throw_bad_weights(std::span<const Weight> weights) {
    const auto negative = std::ranges::find_if(weights, [](Weight weight) { return weight < 0; });
    if (negative == weights.end()) throw Overflow("the weights total more than 2^63 - 1");
    throw ContractViolation("weight " + std::to_string(negative - weights.begin()) + " is " +
                            std::to_string(*negative) + ", but a share must be at least 0");
}

struct Halves {
    std::uint64_t upper;
    std::uint64_t lower;
    std::uint64_t signs;
};

/// The sums of the upper and of the lower halves of the weights: a plain loop, because one that checks each addition is
/// five times slower. Neither sum wraps below 2^32 weights.
CROWDRULES_VECTOR_CLONES Halves sum_of_halves(const Weight* weights, std::size_t count) {
    std::uint64_t upper = 0;
    std::uint64_t lower = 0;
    std::uint64_t signs = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto bits = static_cast<std::uint64_t>(weights[i]);
        upper += bits >> 32;
        lower += bits & 0xFFFFFFFFU;
        signs |= bits;
    }
    return {upper, lower, signs};
}

/// The sum of the weights. Throws when they are no shares of anything.
std::uint64_t total_of(std::span<const Weight> weights) {
    const std::uint64_t total = weight_sum(weights);
    expects(total > 0, "some weight must be positive");
    return total;
}

void expects_valid(Split split, std::size_t count) {
    const auto method = static_cast<std::size_t>(split.spare);
    expects(method < detail::enumerators<AllocationMethod>.size(), "a AllocationMethod outside the enumeration");
    expects(split.step >= 1, "Split::step must be at least 1 minor unit");
    expects(split.spare != AllocationMethod::rotating || split.turn < count, "Split::turn must be the index of a part");
}

/// Cuts all shares; returns how many units that leaves over.
std::uint64_t cut_all(const Shares& shares, std::span<std::int64_t> parts) noexcept {
    std::uint64_t spare = shares.units;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::uint64_t cut = shares.cut(i);
        parts[i] = static_cast<std::int64_t>(cut);
        spare -= cut;
    }
    return spare;
}

/// The order of methods that go through the parts once: where they start and which way.
struct Walk {
    std::size_t start;
    bool backward;

    [[nodiscard]] std::size_t index(std::size_t step, std::size_t count) const noexcept {
        return backward ? start - step : (start + step) % count;
    }
};

Walk walk_of(Split split, std::size_t count) noexcept {
    if (split.spare == AllocationMethod::last) return {count - 1, true};
    return {split.spare == AllocationMethod::rotating ? split.turn : 0, false};
}

void split_in_order(const Shares& shares, Walk walk, std::span<std::int64_t> parts) noexcept {
    // Fewer units are spare than parts have a positive weight, so one round is enough.
    std::uint64_t spare = cut_all(shares, parts);
    for (std::size_t step = 0; spare > 0; ++step) {
        const std::size_t i = walk.index(step, parts.size());
        if (shares.weights[i] == 0) continue;
        ++parts[i];
        --spare;
    }
}

void split_by_largest_weight(const Shares& shares, std::span<std::int64_t> parts) {
    const std::uint64_t spare = cut_all(shares, parts);
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto first_unserved = order.begin() + static_cast<std::ptrdiff_t>(spare);
    std::nth_element(order.begin(), first_unserved, order.end(), [&shares](std::size_t a, std::size_t b) {
        return shares.weights[a] != shares.weights[b] ? shares.weights[a] > shares.weights[b] : a < b;
    });
    std::for_each(order.begin(), first_unserved, [&parts](std::size_t i) { ++parts[i]; });
}

void split_sequentially(Shares shares, std::span<std::int64_t> parts) noexcept {
    for (std::size_t i = parts.size(); i-- > 0;) {
        // The first part with a weight takes the rest: its weight is then all that is left.
        const std::uint64_t cut = shares.total_weight == 0 ? 0 : shares.cut(i);
        parts[i] = static_cast<std::int64_t>(cut);
        shares.units -= cut;
        shares.total_weight -= static_cast<std::uint64_t>(shares.weights[i]);
    }
}

void split_units(const Shares& shares, Split split, std::span<std::int64_t> parts) {
    switch (split.spare) {
        case AllocationMethod::largest_remainder:
            return split_by_largest_remainder(shares, parts);
        case AllocationMethod::largest_weight:
            return split_by_largest_weight(shares, parts);
        case AllocationMethod::first:
        case AllocationMethod::last:
        case AllocationMethod::rotating:
            return split_in_order(shares, walk_of(split, parts.size()), parts);
        case AllocationMethod::sainte_lague:
            return split_by_highest_averages(shares, parts);
        case AllocationMethod::sequential:
            return split_sequentially(shares, parts);
    }
}

/// The part that the method serves first, which also takes the minor units that do not make a step.
std::size_t first_served(const Shares& shares, Split split) noexcept {
    const std::size_t count = shares.weights.size();
    const Walk walk = walk_of(split, count);
    const auto claim = [&](std::size_t i) -> std::uint64_t {
        switch (split.spare) {
            case AllocationMethod::largest_remainder:
                return shares.remainder(i);
            case AllocationMethod::largest_weight:
            case AllocationMethod::sainte_lague:
                return static_cast<std::uint64_t>(shares.weights[i]);
            default:
                return 0;  // the first one on the way
        }
    };
    std::size_t best = count;
    for (std::size_t step = 0; step < count; ++step) {
        const std::size_t i = walk.index(step, count);
        if (shares.weights[i] > 0 && (best == count || claim(i) > claim(best))) best = i;
    }
    return best;
}

std::vector<Money> in_currency(std::span<const std::int64_t> minor, Currency currency) {
    std::vector<Money> parts;
    parts.reserve(minor.size());
    for (const std::int64_t part : minor) parts.emplace_back(part, currency);
    return parts;
}

}  // namespace

std::uint64_t weight_sum(std::span<const Weight> weights) {
    const auto [upper, lower, signs] = sum_of_halves(weights.data(), weights.size());
    const Natural128 total = (static_cast<Natural128>(upper) << 32) + lower;
    if (signs >> 63 != 0 || total >> 63 != 0) throw_bad_weights(weights);
    return static_cast<std::uint64_t>(total);
}

std::string_view to_text(AllocationMethod method) noexcept {
    return detail::enumerator_name(method);
}

std::optional<AllocationMethod> allocation_method(std::string_view name) noexcept {
    return detail::enumerator_called<AllocationMethod>(name);
}

Result<std::vector<Weight>> weights_of(std::span<const Decimal> shares) {
    constexpr Int128 limit = std::numeric_limits<Weight>::max();
    const auto refuse = [&shares](std::size_t i, const std::string& what, const char* expected) {
        return failure(text_error_at(1, "share " + std::to_string(i) + ' ' + what, to_text(shares[i]), expected));
    };
    unsigned scale = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (shares[i].is_negative()) return refuse(i, "is negative", "a share of at least 0");
        scale = std::max(scale, shares[i].scale());
    }
    std::vector<Weight> weights;
    weights.reserve(shares.size());
    Int128 total = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        Int128 weight = shares[i].coefficient();
        for (unsigned missing = scale - shares[i].scale(); missing > 0 && weight <= limit; --missing) weight *= 10;
        total += weight <= limit ? weight : limit;
        if (weight > limit || total > limit)
            return refuse(i, "brings the common scale of all shares beyond 64 bits", "shares with fewer digits");
        weights.push_back(static_cast<Weight>(weight));
    }
    return weights;
}

void allocate_into(std::int64_t whole, std::span<const Weight> weights, Split split, std::span<std::int64_t> parts) {
    expects(parts.size() == weights.size(), "allocate_into: one part for each weight");
    const std::uint64_t total_weight = total_of(weights);
    expects_valid(split, weights.size());

    const std::uint64_t magnitude = magnitude_of(whole);
    const auto step = static_cast<std::uint64_t>(split.step);
    const Shares shares{magnitude / step, weights, total_weight};
    split_units(shares, split, parts);

    // Modulo 2^64: -2^63 is the negative of itself, and that is what it should become.
    const std::uint64_t sign = whole < 0 ? ~std::uint64_t{0} : 1;
    if (const std::uint64_t factor = sign * step; factor != 1)
        for (std::int64_t& part : parts) part = static_cast<std::int64_t>(static_cast<std::uint64_t>(part) * factor);
    if (const std::uint64_t odd = magnitude % step; odd != 0) {
        std::int64_t& part = parts[first_served(shares, split)];
        part = static_cast<std::int64_t>(static_cast<std::uint64_t>(part) + sign * odd);
    }
}

std::vector<Money> allocate(Money whole, std::span<const Weight> weights, Split split) {
    std::vector<std::int64_t> minor(weights.size());
    allocate_into(whole.minor(), weights, split, minor);
    return in_currency(minor, whole.currency());
}

Apportioned apportion(Money whole, std::span<const Weight> weights, std::int64_t step, bool whole_blocks) {
    const std::uint64_t total_weight = total_of(weights);
    expects(step >= 1, "apportion: a step of at least 1 minor unit");

    const std::uint64_t magnitude = magnitude_of(whole.minor());
    const Shares shares{magnitude / static_cast<std::uint64_t>(step), weights, total_weight};
    const Weight common =
        std::reduce(weights.begin(), weights.end(), Weight{0}, [](Weight a, Weight b) { return std::gcd(a, b); });
    const std::uint64_t blocks = shares.units / (total_weight / static_cast<std::uint64_t>(common));

    std::vector<std::int64_t> minor(weights.size());
    std::uint64_t left = magnitude;
    for (std::size_t i = 0; i < minor.size(); ++i) {
        const std::uint64_t units =
            whole_blocks ? blocks * static_cast<std::uint64_t>(weights[i] / common) : shares.cut(i);
        const std::uint64_t part = units * static_cast<std::uint64_t>(step);
        left -= part;
        minor[i] = static_cast<std::int64_t>(whole.is_negative() ? 0 - part : part);
    }
    const auto remainder = static_cast<std::int64_t>(whole.is_negative() ? 0 - left : left);
    return {in_currency(minor, whole.currency()), Money(remainder, whole.currency())};
}

RunningAllocation::RunningAllocation(std::vector<Weight> weights, Currency currency)
    : weights_(std::move(weights)), cumulative_(weights_.size(), 0), currency_(currency) {
    static_cast<void>(total_of(weights_));
}

std::vector<Money> RunningAllocation::add(Money payment) {
    const Money total = this->total() + payment;
    expects(!total.is_negative(), "RunningAllocation: returns must not exceed what was paid");
    std::vector<std::int64_t> minor(weights_.size());
    split_running(total.minor(), weights_, total_of(weights_), cumulative_, minor);

    std::vector<Money> parts = in_currency(minor, currency_);
    for (std::size_t i = 0; i < minor.size(); ++i) cumulative_[i] += minor[i];
    total_ = total.minor();
    return parts;
}

}  // namespace crowdrules
