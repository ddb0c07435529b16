// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/sharded_split.hpp>

#include "cut.hpp"
#include <bit>
#include <functional>
#include <limits>
#include <numeric>

namespace crowdrules {
namespace {

constexpr std::uint32_t bits_a_round = 11;
static_assert(ShardTally::buckets == std::size_t{1} << bits_a_round);

std::uint64_t magnitude_of(std::int64_t value) noexcept {
    const auto bits = static_cast<std::uint64_t>(value);
    return value < 0 ? 0 - bits : bits;
}

Shares shares_of(const ShardedSplit::State& state, std::span<const Weight> shard) {
    const std::uint64_t sum = weight_sum(shard);
    expects(sum <= state.total_weight, "the shard is one of those that were summed");
    return {magnitude_of(state.whole), shard, state.total_weight};
}

std::uint32_t shift_of(const ShardedSplit::State& state) noexcept {
    return state.bits > bits_a_round ? state.bits - bits_a_round : 0;
}

}  // namespace

ShardSum& ShardSum::operator+=(const ShardSum& other) noexcept {
    parts += other.parts;
    weights += other.weights;
    return *this;
}

ShardSum sum_of(std::span<const Weight> weights) {
    return {weights.size(), static_cast<Int128>(weight_sum(weights))};
}

ShardTally& ShardTally::operator+=(const ShardTally& other) {
    if (other.parts.empty()) return *this;
    if (parts.empty()) return *this = other;
    expects(round == other.round, "tallies of one round are added");
    units += other.units;
    std::transform(parts.begin(), parts.end(), other.parts.begin(), parts.begin(), std::plus{});
    return *this;
}

ShardedSplit::ShardedSplit(Money whole, const ShardSum& total) {
    expects(total.weights > 0, "some weight must be positive");
    if (total.weights > std::numeric_limits<std::int64_t>::max())
        throw Overflow("the weights total more than 2^63 - 1");
    state_.whole = whole.minor();
    state_.currency = whole.currency();
    state_.total_weight = static_cast<std::uint64_t>(total.weights);
    state_.bits = static_cast<std::uint32_t>(std::bit_width(state_.total_weight));
}

ShardedSplit::ShardedSplit(const State& state) : state_(state) {
    expects(state.total_weight > 0 && state.total_weight <= std::numeric_limits<std::int64_t>::max(),
            "the weights total 1 to 2^63 - 1");
    expects(state.low >= 0 && static_cast<std::uint64_t>(state.low) <= state.total_weight && state.bits <= 63,
            "a remainder is less than the total of the weights");
}

Money ShardedSplit::whole() const noexcept {
    return {state_.whole, state_.currency};
}

ShardTally ShardedSplit::tally(std::span<const Weight> shard) const {
    expects(!state_.settled, "a settled split needs no tally");
    const Shares shares = shares_of(state_, shard);
    const std::uint32_t shift = shift_of(state_);
    const std::uint64_t in_range = std::uint64_t{1} << (state_.bits - shift);
    const auto low = static_cast<std::uint64_t>(state_.low);
    ShardTally tally{state_.round, 0, std::vector<std::uint64_t>(ShardTally::buckets)};
    std::array<std::int64_t, block_size> remainders;
    for_each_block(shard.size(), [&](std::size_t begin, std::size_t count) {
        tally.units += count_block(shares, begin, count, everything(shares), remainders.data()).quotients;
        for (std::size_t i = 0; i < count; ++i) {
            // Whatever lies below the range wraps around to far above it.
            const std::uint64_t bucket = (static_cast<std::uint64_t>(remainders[i]) - low) >> shift;
            if (bucket < in_range) ++tally.parts[bucket];
        }
    });
    return tally;
}

void ShardedSplit::narrow(const ShardTally& all) {
    expects(!state_.settled, "a settled split needs no tally");
    expects(all.round == state_.round && all.parts.size() == ShardTally::buckets, "a tally of this round");
    const std::uint64_t units = magnitude_of(state_.whole);
    expects(all.units <= units, "every part is tallied once");
    State next = state_;
    ++next.round;
    std::uint64_t unserved = state_.round == 0 ? units - all.units : state_.served;
    if (unserved == 0) {  // all shares are whole: no remainder is as high as this
        next.low = static_cast<std::int64_t>(state_.total_weight);
        next.all_served = next.settled = true;
        state_ = next;
        return;
    }
    expects(std::accumulate(all.parts.begin(), all.parts.end(), std::uint64_t{0}) >= unserved,
            "every part is tallied once");
    std::size_t bucket = ShardTally::buckets - 1;
    for (; unserved > all.parts[bucket]; --bucket) unserved -= all.parts[bucket];

    next.bits = shift_of(state_);
    next.low += static_cast<std::int64_t>(static_cast<std::uint64_t>(bucket) << next.bits);
    next.served = unserved;
    next.all_served = unserved == all.parts[bucket];
    next.settled = next.all_served || next.bits == 0;
    state_ = next;
}

std::uint64_t ShardedSplit::ties_in(std::span<const Weight> shard) const {
    expects(state_.settled, "the split is settled");
    if (state_.all_served) return 0;
    const Shares shares = shares_of(state_, shard);
    const Bracket last{state_.low, state_.low};
    std::uint64_t ties = 0;
    std::array<std::int64_t, block_size> remainders;
    for_each_block(shard.size(), [&](std::size_t begin, std::size_t count) {
        ties += static_cast<std::uint64_t>(count_block(shares, begin, count, last, remainders.data()).at_high);
    });
    return ties;
}

void ShardedSplit::write(std::span<const Weight> shard, std::uint64_t ties_before,
                         std::span<std::int64_t> parts) const {
    expects(state_.settled, "the split is settled");
    expects(parts.size() == shard.size(), "one part for each weight");
    const Shares shares = shares_of(state_, shard);
    const std::uint64_t ties = state_.all_served ? shard.size() : state_.served - std::min(state_.served, ties_before);
    hand_out(shares, {state_.low, static_cast<std::int64_t>(ties)}, parts);
    if (state_.whole < 0)
        for (std::int64_t& part : parts) part = -part;
}

}  // namespace crowdrules
