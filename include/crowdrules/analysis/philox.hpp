// SPDX-License-Identifier: BSL-1.0
// Philox: random words that are a function of a counter and a key, so that any of them can be had alone.
//
//   philox({0, 0, 0, 0}, {0, 0})  ->  6627e8d5 e169c58d bc57ac4c 9b00dbd8
//
// A generator with a state gives numbers in an order; whoever splits the work changes the order. Here every number has
// a place of its own (the pledge, the run, what it is drawn for), and the same place gives the same number on every
// machine, in every order.
//
// This is Philox4x32-10 as published: John K. Salmon, Mark A. Moraes, Ron O. Dror, David E. Shaw, "Parallel random
// numbers: as easy as 1, 2, 3", SC11, 2011, doi 10.1145/2063384.2063405. The tests hold it against the known answers
// that its authors publish with Random123.
#pragma once

#include <array>
#include <cstdint>

namespace crowdrules {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// Ten rounds of two multiplications each.
[[nodiscard]] constexpr PhiloxCounter philox(PhiloxCounter counter, PhiloxKey key) noexcept {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t{0xD2511F53} * counter[0];
        const std::uint64_t second = std::uint64_t{0xCD9E8D57} * counter[2];
        counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(second),
                   static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(first)};
        key[0] += 0x9E3779B9;
        key[1] += 0xBB67AE85;
    }
    return counter;
}

}  // namespace crowdrules
