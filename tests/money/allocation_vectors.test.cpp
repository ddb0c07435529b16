// SPDX-License-Identifier: BSL-1.0
// What the test suites of numscript, dinero.js, moneyphp, RubyMoney and brick/money assert, asked of ours.
#include <crowdrules/money/allocate.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "shared_data.hpp"
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace crowdrules;
using Big = boost::multiprecision::cpp_int;
using Fraction = boost::multiprecision::cpp_rational;
using Parts = std::vector<std::int64_t>;

namespace {

/// Where ours gives another answer, and why. docs/allocation.md has the same table.
struct Difference {
    Parts ours;  ///< empty when ours is refused
    std::string why;
};
const std::map<std::string, Difference> differences = {
    {"moneyphp-023", {{-4, -1}, "a refund is split as its payment was: the negative has the negative parts"}},
    {"rubymoney-072", {{}, "weights that are all zero say nothing; equal shares are asked for as 1, 1"}},
};

const std::map<std::string, AllocationMethod> methods = {
    {"first_in_order", AllocationMethod::first},
    {"largest_ratio", AllocationMethod::largest_weight},
    {"largest_remainder", AllocationMethod::largest_remainder},
    {"largest_remainder_floor_negative", AllocationMethod::largest_remainder},
    {"sequential_truncate_from_last", AllocationMethod::sequential},
};
const std::map<std::string, bool> apportioned_in_whole_blocks = {
    {"floor_separate_remainder", false},
    {"whole_blocks_separate_remainder", true},
};

/// "12", "0.33", "80%" or "1/3", exactly.
Fraction fraction(std::string text) {
    if (const std::size_t slash = text.find('/'); slash != std::string::npos)
        return fraction(text.substr(0, slash)) / fraction(text.substr(slash + 1));
    const Decimal value = rate(text);
    const Fraction magnitude(Big(static_cast<std::int64_t>(value.coefficient())), pow(Big(10), value.scale()));
    return magnitude;
}

/// Whole numbers in the same proportion; "remaining" is what is missing to one.
std::vector<Weight> whole_weights(const std::vector<std::string>& ratios) {
    std::vector<Fraction> fractions;
    Fraction rest = 1;
    for (const std::string& ratio : ratios)
        if (ratio != "remaining") rest -= fraction(ratio);
    Big common = 1;
    for (const std::string& ratio : ratios) {
        fractions.push_back(ratio == "remaining" ? rest : fraction(ratio));
        common = lcm(common, denominator(fractions.back()));
    }
    std::vector<Weight> weights;
    for (const Fraction& share : fractions) weights.push_back(static_cast<Weight>(numerator(Fraction(share * common))));
    return weights;
}

/// Our answer to a vector, or nothing when ours is a refusal.
std::optional<Parts> ours(const nlohmann::json& vector) {
    std::int64_t whole = std::stoll(vector.at("amount").get<std::string>());
    for (int scale = vector.value("scale_in", 0); scale < vector.value("scale_out", 0); ++scale) whole *= 10;
    const std::vector<Weight> weights = whole_weights(vector.at("ratios").get<std::vector<std::string>>());
    const std::string policy = vector.at("policy");
    const std::int64_t step = vector.value("cash_step", std::int64_t{1});
    try {
        if (methods.contains(policy)) {
            Parts parts(weights.size());
            allocate_into(whole, weights, {methods.at(policy), step}, parts);
            return parts;
        }
        const Apportioned apportioned =
            apportion(Money(whole, USD), weights, step, apportioned_in_whole_blocks.at(policy));
        Parts parts;
        for (const Money part : apportioned.parts) parts.push_back(part.minor());
        parts.push_back(apportioned.remainder.minor());
        return parts;
    } catch (const ContractViolation&) {
        return std::nullopt;
    }
}

/// The library's answer, or nothing when it is an error.
std::optional<Parts> theirs(const nlohmann::json& vector) {
    if (vector.contains("error")) return std::nullopt;
    Parts parts;
    for (const std::string part : vector.at("expect")) parts.push_back(std::stoll(part));
    return parts;
}

}  // namespace

TEST_SUITE("money") {
    TEST_CASE(
        "five other libraries agree with our splits, but for the differences that are listed with their reasons") {
        const auto text = shared_text("vectors/allocation/allocation_peer_tests.json");
        if (!text) {
            MESSAGE("skipped: CROWDRULES_SHARED has no vectors/allocation/allocation_peer_tests.json");
            return;
        }
        const nlohmann::json file = nlohmann::json::parse(*text);
        std::size_t agreed = 0;
        std::set<std::string> differing;
        for (const nlohmann::json& vector : file.at("vectors")) {
            const std::string id = vector.at("id");
            CAPTURE(id);
            const std::optional<Parts> answer = ours(vector);
            if (const auto difference = differences.find(id); difference != differences.end()) {
                CHECK(answer != theirs(vector));
                CHECK(answer.value_or(Parts{}) == difference->second.ours);
                differing.insert(id);
                MESSAGE(id, ": differs, because ", difference->second.why);
            } else {
                CHECK(answer == theirs(vector));
                ++agreed;
            }
        }
        CHECK(agreed + differing.size() == file.at("count").get<std::size_t>());
        CHECK(differing.size() == differences.size());
        MESSAGE(agreed, " vectors agree, ", differing.size(), " differ on purpose");
    }
}
