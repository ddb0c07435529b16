// SPDX-License-Identifier: BSL-1.0
// Measured: what every benchmark shares: columns of pledges, the speed of this machine's memory, and how a figure is
// reported beside it.
//
// Nanoseconds differ from machine to machine and from hour to hour. So every benchmark over a column also reports which
// share it has of the speed at which the same column is merely read or copied, measured in the same process just
// before.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <initializer_list>
#include <span>

namespace measured {

using Column = std::span<const std::int64_t>;

/// `count` pledges of 0.01 to 300.00, one in sixteen below 10.00; always the same ones. Kept until a longer column is
/// asked for.
Column pledges(std::size_t count);
/// Room for `count` results, kept likewise. `place` tells several of them apart (0 to 2).
std::span<std::int64_t> room(std::size_t count, std::size_t place = 0);

/// Processor seconds for one pass, best of some: what memory can do at best.
double seconds_to_read(Column column);
double seconds_to_copy(Column from, std::span<std::int64_t> to);
/// To each of several places in turn.
double seconds_to_copy(Column from, std::initializer_list<std::span<std::int64_t>> places);
/// The same past the caches, with instructions that the library does without; as seconds_to_copy where there are none.
double seconds_to_stream(Column from, std::span<std::int64_t> to);

/// Reports items and bytes per second; to be called after the loop.
void report(benchmark::State& state, std::size_t items, std::size_t bytes_per_item);
/// Reports `best_seconds` for one iteration as a share of what an iteration took: 1 is as fast as the reference.
void report_share(benchmark::State& state, const char* of_what, double best_seconds);

}  // namespace measured
