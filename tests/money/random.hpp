// SPDX-License-Identifier: BSL-1.0
// Random numbers for properties, the same on every platform. std::uniform_int_distribution is not.
#pragma once

#include <cstdint>
#include <random>

namespace crowdrules {

class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    std::uint64_t bits() { return engine_(); }
    /// 0 to bound - 1; a little uneven for large bounds, which no property minds.
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
    /// Any 64-bit number, with small, large and extreme ones equally frequent.
    std::int64_t any() {
        static constexpr std::int64_t extremes[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT64_MAX - 1, INT64_MIN + 1};
        if (below(16) == 0) return extremes[below(std::size(extremes))];
        return static_cast<std::int64_t>(bits()) >> below(64);
    }

  private:
    std::mt19937_64 engine_;
};

}  // namespace crowdrules
