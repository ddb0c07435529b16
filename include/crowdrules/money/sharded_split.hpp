// SPDX-License-Identifier: BSL-1.0
// Sharded split: one amount split among parts that lie on several workers, to the cent as if they lay in one place.
//
//   split 10.00 USD among {1, 1 | 1}, two shards           3.34 3.33 | 3.33, as allocate gives for {1, 1, 1}
//
//   ShardSum total;                                         1. every shard sums its weights; the sums are added
//   for (shard) total += sum_of(shard.weights);
//   ShardedSplit split(usd("10.00"), total);
//   while (!split.is_settled()) {                           2. every shard counts its remainders; the counts are added
//       ShardTally all;
//       for (shard) all += split.tally(shard.weights);
//       split.narrow(all);
//   }
//   std::uint64_t before = 0;                               3. every shard writes its parts
//   for (shard in order) {
//       split.write(shard.weights, before, shard.parts);
//       before += split.ties_in(shard.weights);
//   }
//
// The method is AllocationMethod::largest_remainder. To hand out k spare units one must only know the remainder of
// the k-th in line; each round of step 2 finds 11 more of its bits. Sums and counts are whole numbers, so it does not
// matter where the shards are cut, in which order they are added or on which machine; only the order of the parts,
// because ties go to the earlier. What travels is small: 16 bytes up in step 1, 16 KiB up in a round, the split
// itself down.
#pragma once

#include <crowdrules/money/allocate.hpp>

#include <array>

namespace crowdrules {

/// What the weights of some parts come to.
struct ShardSum {
    std::uint64_t parts = 0;
    Int128 weights = 0;

    ShardSum& operator+=(const ShardSum& other) noexcept;
    bool operator==(const ShardSum&) const = default;
};
/// Throws ContractViolation for a negative weight, Overflow for weights that total more than 2^63 - 1.
[[nodiscard]] ShardSum sum_of(std::span<const Weight> weights);

/// What one round finds out about some parts: how many whole units they have, and how their remainders spread.
struct ShardTally {
    static constexpr std::size_t buckets = 2048;

    std::uint32_t round = 0;           ///< of the split that it was made for
    std::uint64_t units = 0;           ///< of all cut shares
    std::vector<std::uint64_t> parts;  ///< by bucket; empty: none in any

    /// Expects: tallies of the same round. Throws ContractViolation.
    ShardTally& operator+=(const ShardTally& other);
    bool operator==(const ShardTally&) const = default;
};

/// A split on its way to being settled. A value of a few numbers: copy it to the workers.
class ShardedSplit {
  public:
    /// Expects: weights that total 1 to 2^63 - 1. Throws ContractViolation, Overflow.
    ShardedSplit(Money whole, const ShardSum& total);

    [[nodiscard]] Money whole() const noexcept;
    /// How many rounds have been made: 1 to 6, fewer the fewer the parts; 3 for 100 million parts of some dollars.
    [[nodiscard]] std::uint32_t rounds() const noexcept { return state_.round; }
    [[nodiscard]] bool is_settled() const noexcept { return state_.settled; }

    /// Counts the parts of one shard. Expects: not settled; a shard of the total. Cost: O(parts).
    [[nodiscard]] ShardTally tally(std::span<const Weight> shard) const;
    /// Takes in the sum of the tallies of all shards.
    /// Expects: not settled; every part tallied in this round, once. Throws ContractViolation and changes nothing.
    void narrow(const ShardTally& all);

    /// How many parts of a shard have just the remainder that the last spare units go to: what the shards after it must
    /// know. Zero without a reading where all of those are served. Expects: settled.
    [[nodiscard]] std::uint64_t ties_in(std::span<const Weight> shard) const;
    /// Writes the parts of a shard, in minor units. `ties_before`: the sum of ties_in of the shards before it.
    /// Expects: settled; parts.size() == shard.size(). Ensures: over all shards the parts are those of allocate.
    void write(std::span<const Weight> shard, std::uint64_t ties_before, std::span<std::int64_t> parts) const;

    /// All that is known of the split: for sending it to another process.
    struct State {
        std::int64_t whole = 0;  ///< minor units
        Currency currency = USD;
        std::uint64_t total_weight = 0;
        std::uint32_t round = 0;
        bool settled = false;
        std::int64_t low = 0;      ///< the last remainder served is at least this
        std::uint32_t bits = 0;    ///< and less than 2^bits above it
        std::uint64_t served = 0;  ///< of the parts with a remainder in that range, so many are served
        bool all_served = false;   ///< all of them are

        bool operator==(const State&) const = default;
    };
    [[nodiscard]] const State& state() const noexcept { return state_; }
    /// Throws ContractViolation for a state that no split can be in.
    explicit ShardedSplit(const State& state);

    bool operator==(const ShardedSplit&) const = default;

  private:
    State state_;
};

}  // namespace crowdrules
