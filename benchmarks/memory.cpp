// SPDX-License-Identifier: BSL-1.0
// How fast is memory itself? The limit of everything that works on columns.
#include "measured.hpp"

namespace {

void read(benchmark::State& state) {
    const auto column = measured::pledges(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) state.SetIterationTime(measured::seconds_to_read(column));
    measured::report(state, column.size(), 8);
}

void copy(benchmark::State& state) {
    const auto column = measured::pledges(static_cast<std::size_t>(state.range(0)));
    const auto to = measured::room(column.size());
    for (auto _ : state) state.SetIterationTime(measured::seconds_to_copy(column, to));
    measured::report(state, column.size(), 16);
}

void stream(benchmark::State& state) {
    const auto column = measured::pledges(static_cast<std::size_t>(state.range(0)));
    const auto to = measured::room(column.size());
    for (auto _ : state) state.SetIterationTime(measured::seconds_to_stream(column, to));
    measured::report(state, column.size(), 16);
}

// From the nearest cache to main memory.
BENCHMARK(read)->Name("memory/read")->Arg(1 << 12)->Arg(1'000'000)->Arg(100'000'000)->UseManualTime()->Iterations(3);
BENCHMARK(copy)->Name("memory/copy")->Arg(1 << 12)->Arg(1'000'000)->Arg(100'000'000)->UseManualTime()->Iterations(3);
BENCHMARK(stream)->Name("memory/stream")->Arg(1'000'000)->Arg(100'000'000)->UseManualTime()->Iterations(3);

}  // namespace
