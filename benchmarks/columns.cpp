// SPDX-License-Identifier: BSL-1.0
// What does a row of a column of income cost: a payee of a million paid out, a payment shared between two, a period of
// a waterfall of six steps? Beside the functions that answer one row in words, and beside the same by hand.
#include <crowdrules/columns/pay_out_column.hpp>
#include <crowdrules/columns/share_column.hpp>
#include <crowdrules/columns/waterfall_column.hpp>
#include <crowdrules/revenue/balance_payment.hpp>

#include "half_even.hpp"
#include "measured.hpp"
#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace {

using namespace contenders;
using namespace crowdrules;
using Numbers = std::vector<std::int64_t>;

void succeeds(const Result<void, RowError>& done) {
    if (!done) throw std::logic_error(to_text(done.error()));
}

std::int64_t sum_of(const Numbers& column) {
    return std::reduce(column.begin(), column.end(), std::int64_t{0});
}

template <auto contender, auto expected>
void rows(benchmark::State& state) {
    const auto count = static_cast<std::size_t>(state.range(0));
    if (contender(count) != expected(count)) return state.SkipWithError("the answers differ");
    for (auto _ : state) benchmark::DoNotOptimize(contender(count));
    measured::report(state, count, 8);
}

// ------------------------------------------------------------------------------------------------------------ payouts

const revenue::DistributionTerms payouts{
    .currency = USD,
    .minimum = usd("10.00"),
    .fee = FeeSchedule{.name = "transfer", .bands = {{0, rate("1%"), 25}}, .rounding = {RoundingMode::half_even}}};

struct Sums {
    std::int64_t gross = 0, fee = 0, paid = 0, carried = 0, below = 0;
    bool operator==(const Sums&) const = default;
};

Sums pay_out_of_column(std::size_t count) {
    const auto earned = measured::pledges(count);
    static Numbers gross, fee, paid, carried;
    static std::vector<revenue::Unpaid> reason;
    for (Numbers* column : {&gross, &fee, &paid, &carried}) column->resize(count);
    reason.resize(count);
    succeeds(pay_out_column(payouts, {.earned = earned}, {gross, fee, paid, carried, reason}));
    Sums sums{.below = std::count(reason.begin(), reason.end(), revenue::Unpaid::below_minimum)};
    sums.gross = sum_of(gross);
    sums.fee = sum_of(fee);
    sums.paid = sum_of(paid);
    sums.carried = sum_of(carried);
    return sums;
}

Sums pay_out_each(std::size_t count) {
    Sums sums;
    for (const std::int64_t earned : measured::pledges(count)) {
        const revenue::BalancePayment payment =
            payment_of(payouts, Money(earned, USD).units(), Money::zero(USD), payouts.minimum, payouts.rule);
        sums.gross += payment.gross.minor();
        sums.fee += payment.fee.minor();
        sums.paid += payment.paid.minor();
        sums.carried += earned - payment.gross.minor();
        sums.below += payment.reason == revenue::Unpaid::below_minimum ? 1 : 0;
    }
    return sums;
}

Sums pay_out_by_hand(std::size_t count) {
    Sums sums;
    for (const std::int64_t earned : measured::pledges(count)) {
        const std::int64_t fee = half_even(CheckedInt128(CheckedInt128(earned) + 2'500), CheckedInt128(100));
        const bool pays = earned >= 10'00 && earned > fee;
        sums.gross += pays ? earned : 0;
        sums.fee += pays ? fee : 0;
        sums.paid += pays ? earned - fee : 0;
        sums.carried += pays ? 0 : earned;
        sums.below += earned < 10'00 ? 1 : 0;
    }
    return sums;
}

BENCHMARK(rows<pay_out_of_column, pay_out_by_hand>)->Name("pay_out/crowdrules")->Arg(1'000'000);
BENCHMARK(rows<pay_out_each, pay_out_by_hand>)->Name("pay_out/payment_of")->Arg(1'000'000);
BENCHMARK(rows<pay_out_by_hand, pay_out_each>)->Name("pay_out/checked_int128")->Arg(1'000'000);

// ------------------------------------------------------------------------------------------------------------- shares

revenue::SplitHistory sixty_forty() {
    return revenue::always({.shares = {{revenue::PayeeId{1}, 60}, {revenue::PayeeId{2}, 40}}});
}

std::int64_t share_of_column(std::size_t count) {
    static Numbers first, second;
    first.resize(count);
    second.resize(count);
    const std::array<std::span<std::int64_t>, 2> payees{first, second};
    succeeds(share_column(sixty_forty(), USD, {.payments = measured::pledges(count)}, {.payees = payees}));
    std::uint64_t digest = 0;
    for (std::size_t i = 0; i < count; ++i) digest = digest * 31 + static_cast<std::uint64_t>(first[i]);
    return static_cast<std::int64_t>(digest);
}

std::int64_t share_each(std::size_t count) {
    revenue::Sharing sharing = revenue::Sharing::of(sixty_forty(), USD).value();
    std::uint64_t digest = 0;
    for (const std::int64_t payment : measured::pledges(count)) {
        const revenue::SharedPayment shared =
            sharing.share("", std::chrono::year{2012} / 3 / 31, Money(payment, USD)).value();
        digest = digest * 31 + static_cast<std::uint64_t>(shared.parts[0].amount.minor());
    }
    return static_cast<std::int64_t>(digest);
}

BENCHMARK(rows<share_of_column, share_each>)->Name("share_of_two/crowdrules")->Arg(1'000'000);
BENCHMARK(rows<share_each, share_of_column>)->Name("share_of_two/sharing")->Arg(1'000'000);

// --------------------------------------------------------------------------------------------------------- waterfalls

/// A film: 1% and 10% off the top, costs, two claims with a premium, then half and half.
revenue::WaterfallTerms film() {
    revenue::WaterfallTerms terms{USD, {}};
    const auto add = [&](const char* name, auto claim, std::vector<revenue::Share> to) {
        terms.steps.push_back({name, std::move(claim), std::move(to)});
    };
    add("collection", revenue::OffTheTop{rate("1%")}, {{revenue::PayeeId{1}, 1}});
    add("sales fee", revenue::OffTheTop{rate("10%")}, {{revenue::PayeeId{1}, 1}});
    add("marketing", revenue::FixedClaim{usd("75000.00")}, {{revenue::PayeeId{1}, 1}});
    add("debt", revenue::FixedClaim{usd("500000.00"), rate("10%")}, {{revenue::PayeeId{2}, 1}});
    add("equity", revenue::FixedClaim{usd("500000.00"), rate("20%")}, {{revenue::PayeeId{3}, 1}});
    add("pool", revenue::Divide{}, {{revenue::PayeeId{4}, 50}, {revenue::PayeeId{3}, 50}});
    return terms;
}

std::span<const std::int64_t> one_day(std::size_t count) {
    static Numbers days;
    days.assign(count, 15'430);
    return days;
}

using StepSums = std::array<std::int64_t, 6>;

StepSums waterfall_of_column(std::size_t periods) {
    static std::array<Numbers, 6> paid;
    static std::array<Numbers, 4> had;
    std::array<std::span<std::int64_t>, 6> steps;
    std::array<std::span<std::int64_t>, 4> payees;
    for (std::size_t i = 0; i < paid.size(); ++i) {
        paid[i].resize(periods);
        steps[i] = paid[i];
    }
    for (std::size_t i = 0; i < had.size(); ++i) {
        had[i].resize(periods);
        payees[i] = had[i];
    }
    const ReceiptColumns receipts{.on = one_day(periods), .received = measured::pledges(periods)};
    succeeds(waterfall_column(film(), receipts, {.steps = steps, .payees = payees}));
    StepSums sums{};
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = sum_of(paid[i]);
    return sums;
}

StepSums waterfall_each(std::size_t periods) {
    revenue::Waterfall waterfall = revenue::Waterfall::of(film()).value();
    StepSums sums{};
    for (const std::int64_t received : measured::pledges(periods)) {
        const revenue::WaterfallPayment payment =
            waterfall.distribute(std::chrono::year{2012} / 3 / 31, Money(received, USD)).value();
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += payment.steps[i].paid.minor();
    }
    return sums;
}

BENCHMARK(rows<waterfall_of_column, waterfall_each>)->Name("waterfall_of_six/crowdrules")->Arg(100'000);
BENCHMARK(rows<waterfall_each, waterfall_of_column>)->Name("waterfall_of_six/distribute")->Arg(100'000);

}  // namespace
