// SPDX-License-Identifier: BSL-1.0
// What does it cost to check that the postings of a ledger sum to zero, in more than 64 bits?
#include <crowdrules/ledger/ledger.hpp>

#include "half_even.hpp"
#include "measured.hpp"
#include <algorithm>

namespace {

using namespace contenders;

/// Pairs of a posting and its opposite.
measured::Column postings(std::size_t count) {
    const auto column = measured::room(count);
    const auto amounts = measured::pledges(count / 2);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        column[2 * i] = amounts[i] << 30;
        column[2 * i + 1] = -column[2 * i];
    }
    return column;
}

CompilerInt128 crowdrules_sum(measured::Column column) {
    return crowdrules::exact_sum(column);
}

template <class Number>
Number sum_in(measured::Column column) {
    Number sum = 0;
    for (const std::int64_t posting : column) sum += posting;
    return sum;
}

template <auto sum>
void conserve(benchmark::State& state) {
    const auto column = postings(static_cast<std::size_t>(state.range(0)));
    if (sum(column) != 0 || sum(column.first(1)) != column[0]) return state.SkipWithError("the answers differ");
    const double to_read = measured::seconds_to_read(column);
    for (auto _ : state) benchmark::DoNotOptimize(sum(column));
    measured::report(state, column.size(), 8);
    measured::report_share(state, "of_read", to_read);
}

BENCHMARK(conserve<crowdrules_sum>)->Name("exact_sum/crowdrules")->Arg(1'000'000)->Arg(100'000'000);
BENCHMARK(conserve<sum_in<CompilerInt128>>)->Name("exact_sum/int128")->Arg(1'000'000);
BENCHMARK(conserve<sum_in<CheckedInt128>>)->Name("exact_sum/checked_int128")->Arg(1'000'000);
BENCHMARK(conserve<sum_in<UnboundedInt>>)->Name("exact_sum/cpp_int")->Arg(1'000'000);

}  // namespace
