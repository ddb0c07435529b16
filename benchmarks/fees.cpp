// SPDX-License-Identifier: BSL-1.0
// What do the fees of a column of pledges cost: 3% + 0.20, under ten dollars 5% + 0.05, half to even?
#include <crowdrules/fees/fee_column.hpp>

#include "half_even.hpp"
#include "measured.hpp"
#include <algorithm>

namespace {

using namespace contenders;
using crowdrules::rate;

const crowdrules::FeeSchedule kickstarter{.name = "processing",
                                          .bands = {{0, rate("5%"), 5}, {1000, rate("3%"), 20}},
                                          .rounding = {crowdrules::RoundingMode::half_even},
                                          .citation = {}};

const crowdrules::FeeSchedule four_slices{
    .name = "commission",
    .bands = {{0, rate("6.67%"), 0}, {5'000, rate("5.83%"), 0}, {10'000, rate("5%"), 0}, {20'000, rate("4.17%"), 0}},
    .banding = crowdrules::Banding::marginal,
    .rounding = {crowdrules::RoundingMode::half_up},
    .citation = {}};

crowdrules::FeeSchedule bounded() {
    crowdrules::FeeSchedule schedule = kickstarter;
    schedule.minimum = 10;
    schedule.maximum = 500;
    return schedule;
}

template <class Number>
std::int64_t fee_in(std::int64_t amount) {
    static const Number low_rate = 5, low_fixed = 500, high_rate = 3, high_fixed = 2'000, scale = 100;
    return half_even<Number>(
        amount < 1'000 ? Number(amount * low_rate + low_fixed) : Number(amount * high_rate + high_fixed), scale);
}

template <class Fee>
std::int64_t total_by(measured::Column amounts, Fee fee) {
    std::int64_t sum = 0;
    for (const std::int64_t amount : amounts) sum += fee(amount);
    return sum;
}

void total(benchmark::State& state, const crowdrules::FeeSchedule& schedule) {
    const auto amounts = measured::pledges(static_cast<std::size_t>(state.range(0)));
    const crowdrules::FeeColumn column(schedule);
    const auto some = amounts.first(std::min<std::size_t>(amounts.size(), 100'000));
    if (column.total(some) != total_by(some, [&](std::int64_t amount) { return column.fee(amount); }))
        return state.SkipWithError("the answers differ");
    const double to_read = measured::seconds_to_read(amounts);
    for (auto _ : state) benchmark::DoNotOptimize(column.total(amounts));
    measured::report(state, amounts.size(), 8);
    measured::report_share(state, "of_read", to_read);
}

void store(benchmark::State& state, const crowdrules::FeeSchedule& schedule) {
    const auto amounts = measured::pledges(static_cast<std::size_t>(state.range(0)));
    const auto fees = measured::room(amounts.size());
    const crowdrules::FeeColumn column(schedule);
    const auto sum = column.fees(amounts, fees);
    if (sum != column.total(amounts)) return state.SkipWithError("the answers differ");
    for (std::size_t i = 0; i < amounts.size(); i += 97)
        if (fees[i] != column.fee(amounts[i])) return state.SkipWithError("the answers differ");
    const double to_copy = measured::seconds_to_copy(amounts, fees);
    const double to_stream = measured::seconds_to_stream(amounts, fees);
    for (auto _ : state) {
        column.fees(amounts, fees);
        benchmark::ClobberMemory();
    }
    measured::report(state, amounts.size(), 16);
    measured::report_share(state, "of_copy", to_copy);
    measured::report_share(state, "of_stream", to_stream);
}

template <class Number>
void total_in(benchmark::State& state) {
    const auto amounts = measured::pledges(static_cast<std::size_t>(state.range(0)));
    if (total_by(amounts, fee_in<Number>) != crowdrules::FeeColumn(kickstarter).total(amounts))
        return state.SkipWithError("the answers differ");
    for (auto _ : state) benchmark::DoNotOptimize(total_by(amounts, fee_in<Number>));
    measured::report(state, amounts.size(), 8);
}

void fee_on_each(benchmark::State& state) {
    const auto amounts = measured::pledges(static_cast<std::size_t>(state.range(0)));
    const auto each = [](std::int64_t amount) {
        return crowdrules::fee_on(kickstarter, crowdrules::Money(amount, crowdrules::USD)).minor();
    };
    if (total_by(amounts, each) != crowdrules::FeeColumn(kickstarter).total(amounts))
        return state.SkipWithError("the answers differ");
    for (auto _ : state) benchmark::DoNotOptimize(total_by(amounts, each));
    measured::report(state, amounts.size(), 8);
}

BENCHMARK_CAPTURE(total, kickstarter, kickstarter)
    ->Name("fee_total/crowdrules")
    ->Arg(1 << 12)
    ->Arg(1'000'000)
    ->Arg(100'000'000);
BENCHMARK_CAPTURE(total, four_slices, four_slices)->Name("fee_total/crowdrules_four_slices")->Arg(1'000'000);
BENCHMARK_CAPTURE(total, bounded, bounded())->Name("fee_total/crowdrules_bounded")->Arg(1'000'000);
BENCHMARK(fee_on_each)->Name("fee_total/crowdrules_fee_on")->Arg(1'000'000);
BENCHMARK(total_in<CompilerInt128>)->Name("fee_total/int128")->Arg(1'000'000);
BENCHMARK(total_in<CheckedInt128>)->Name("fee_total/checked_int128")->Arg(1'000'000);
BENCHMARK(total_in<UnboundedInt>)->Name("fee_total/cpp_int")->Arg(1'000'000);
BENCHMARK(total_in<DecimalFloat>)->Name("fee_total/cpp_dec_float_50")->Arg(1'000'000);
BENCHMARK_CAPTURE(store, kickstarter, kickstarter)
    ->Name("fee_stored/crowdrules")
    ->Arg(1 << 12)
    ->Arg(1'000'000)
    ->Arg(100'000'000);

}  // namespace
