// SPDX-License-Identifier: BSL-1.0
// What does it cost to settle a column of charges: processing fee, 5% for the platform, and net, all kept?
#include <crowdrules/fees/settle_column.hpp>

#include "half_even.hpp"
#include "measured.hpp"

namespace {

using namespace contenders;
using crowdrules::rate;

const crowdrules::SettleColumn terms({.name = "processing",
                                      .bands = {{0, rate("5%"), 5}, {1000, rate("3%"), 20}},
                                      .rounding = {crowdrules::RoundingMode::half_even},
                                      .citation = {}},
                                     {.name = "platform",
                                      .bands = {{0, rate("5%"), 0}},
                                      .rounding = {crowdrules::RoundingMode::half_even},
                                      .citation = {}});

using Rows = crowdrules::SettledRows;

Rows rows_for(std::size_t count) {
    return {measured::room(count, 0), measured::room(count, 1), measured::room(count, 2)};
}

void settle(measured::Column charges, const Rows& rows) {
    terms.settle(charges, rows);
}

template <class Number>
void settle_in(measured::Column charges, const Rows& rows) {
    static const Number low_rate = 5, low_fixed = 500, high_rate = 3, high_fixed = 2'000, scale = 100;
    for (std::size_t i = 0; i < charges.size(); ++i) {
        const Number charge = charges[i];
        rows.processing[i] = half_even<Number>(
            charges[i] < 1'000 ? Number(charge * low_rate + low_fixed) : Number(charge * high_rate + high_fixed),
            scale);
        rows.platform[i] = half_even<Number>(charge * low_rate, scale);
        rows.net[i] = charges[i] - rows.processing[i] - rows.platform[i];
    }
}

template <auto contender>
void settle_rows(benchmark::State& state) {
    const auto charges = measured::pledges(static_cast<std::size_t>(state.range(0)));
    const Rows rows = rows_for(charges.size());
    contender(charges, rows);
    for (std::size_t i = 0; i < charges.size(); ++i) {
        const std::int64_t processing =
            half_even<CompilerInt128>(charges[i] < 1'000 ? charges[i] * 5 + 500 : charges[i] * 3 + 2'000, 100);
        const std::int64_t platform = half_even<CompilerInt128>(charges[i] * 5, 100);
        if (rows.processing[i] != processing || rows.platform[i] != platform ||
            rows.net[i] != charges[i] - processing - platform)
            return state.SkipWithError("the answers differ");
    }
    const double to_copy_thrice = measured::seconds_to_copy(charges, {rows.processing, rows.platform, rows.net});
    for (auto _ : state) {
        contender(charges, rows);
        benchmark::ClobberMemory();
    }
    measured::report(state, charges.size(), 32);
    measured::report_share(state, "of_three_copies", to_copy_thrice);
}

void settle_totals(benchmark::State& state) {
    const auto charges = measured::pledges(static_cast<std::size_t>(state.range(0)));
    const Rows rows = rows_for(charges.size());
    if (terms.settle(charges) != terms.settle(charges, rows)) return state.SkipWithError("the answers differ");
    const double to_read = measured::seconds_to_read(charges);
    for (auto _ : state) benchmark::DoNotOptimize(terms.settle(charges));
    measured::report(state, charges.size(), 8);
    measured::report_share(state, "of_read", to_read);
}

BENCHMARK(settle_rows<settle>)->Name("settle/crowdrules")->Arg(1'000)->Arg(1'000'000)->Arg(10'000'000);
BENCHMARK(settle_rows<settle_in<CompilerInt128>>)->Name("settle/int128")->Arg(1'000'000);
BENCHMARK(settle_rows<settle_in<CheckedInt128>>)->Name("settle/checked_int128")->Arg(1'000'000);
BENCHMARK(settle_rows<settle_in<UnboundedInt>>)->Name("settle/cpp_int")->Arg(1'000'000);
BENCHMARK(settle_rows<settle_in<DecimalFloat>>)->Name("settle/cpp_dec_float_50")->Arg(1'000'000);
BENCHMARK(settle_totals)->Name("settle_totals/crowdrules")->Arg(1'000'000);

}  // namespace
