// SPDX-License-Identifier: BSL-1.0
// What does one amount times one rate cost, rounded half to even?
#include <crowdrules/money/rounding.hpp>

#include "half_even.hpp"
#include "measured.hpp"
#include <array>
#include <random>

namespace {

using namespace contenders;

struct Question {
    std::int64_t amount;
    std::int64_t coefficient;
};

/// `bits` is the length of the amounts: with 20 every product fits in 64 bits, with 62 hardly any.
std::vector<Question> questions(unsigned bits) {
    std::mt19937_64 random(31830);
    std::vector<Question> all(2048);
    for (Question& question : all)
        question = {static_cast<std::int64_t>(random() >> (64 - bits)), static_cast<std::int64_t>(random() % 10'000)};
    return all;
}

constexpr unsigned decimals = 4;

std::int64_t crowdrules_rate(std::int64_t amount, std::int64_t coefficient, unsigned scale) {
    return crowdrules::multiply_rate(amount, coefficient, scale, crowdrules::RoundingMode::half_even);
}

template <class Number>
std::int64_t rate_in(std::int64_t amount, std::int64_t coefficient, unsigned scale) {
    static const std::array<Number, 5> powers = {Number(1), Number(10), Number(100), Number(1'000), Number(10'000)};
    return half_even<Number>(Number(amount) * coefficient, powers[scale]);
}

using Rate = std::int64_t (*)(std::int64_t, std::int64_t, unsigned);

template <Rate rate, unsigned bits>
void multiply(benchmark::State& state) {
    const auto all = questions(bits);
    unsigned scale = decimals;
    benchmark::DoNotOptimize(scale);  // known at run time only, as a rate from a rule pack is
    for (const Question& question : all)
        if (rate(question.amount, question.coefficient, scale) !=
            rate_in<UnboundedInt>(question.amount, question.coefficient, scale))
            return state.SkipWithError("the answers differ");
    for (auto _ : state) {
        std::uint64_t sum = 0;
        for (const Question& question : all)
            sum += static_cast<std::uint64_t>(rate(question.amount, question.coefficient, scale));
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(all.size()) * static_cast<std::int64_t>(state.iterations()));
}

#define CONTENDERS(name, bits)                                                       \
    BENCHMARK(multiply<crowdrules_rate, bits>)->Name(name "/crowdrules");            \
    BENCHMARK(multiply<rate_in<CompilerInt128>, bits>)->Name(name "/int128");        \
    BENCHMARK(multiply<rate_in<CheckedInt128>, bits>)->Name(name "/checked_int128"); \
    BENCHMARK(multiply<rate_in<CheckedInt256>, bits>)->Name(name "/checked_int256"); \
    BENCHMARK(multiply<rate_in<UnboundedInt>, bits>)->Name(name "/cpp_int");         \
    BENCHMARK(multiply<rate_in<DecimalFloat>, bits>)->Name(name "/cpp_dec_float_50")

CONTENDERS("multiply_rate/small", 20);
CONTENDERS("multiply_rate/wide", 62);

}  // namespace
