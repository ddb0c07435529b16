// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/sample.hpp>
#include <crowdrules/core/contract.hpp>

#include <algorithm>

namespace crowdrules {

Sample::Sample(std::vector<std::int64_t> values) : values_(std::move(values)) {
    std::sort(values_.begin(), values_.end());
    for (const std::int64_t value : values_) sum_ += value;
}

void Sample::merge(const Sample& other) {
    std::vector<std::int64_t> all(values_.size() + other.values_.size());
    std::merge(values_.begin(), values_.end(), other.values_.begin(), other.values_.end(), all.begin());
    values_ = std::move(all);
    sum_ += other.sum_;
}

std::int64_t Sample::quantile(const Decimal& share) const {
    expects(!values_.empty(), "a quantile needs a value");
    expects(!share.is_negative() && share <= Decimal(1), "a share of 0 to 1");
    const Decimal rank = (share * Decimal(static_cast<std::int64_t>(values_.size()))).rounded(0, RoundingMode::up);
    const auto place = static_cast<std::size_t>(rank.coefficient());
    return values_[place == 0 ? 0 : place - 1];
}

}  // namespace crowdrules
