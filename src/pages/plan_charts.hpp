// SPDX-License-Identifier: BSL-1.0
// Plan charts: what the pictures of a plan of revenue are made of.
#pragma once

#include <crowdrules/pictures/chart.hpp>
#include <crowdrules/stories/plan/book.hpp>

#include <vector>

namespace crowdrules::detail {

/// How a plan counts amounts below the minor unit: whole numbers of a unit that all its amounts are multiples of.
class PlanScale {
  public:
    explicit PlanScale(const PlanBook& book);
    [[nodiscard]] const ChartUnit& unit() const noexcept { return unit_; }
    /// Throws Overflow for an amount beyond 64 bits.
    [[nodiscard]] std::int64_t count(const Decimal& amount) const;

  private:
    ChartUnit unit_;
};

/// Income on the left, whoever keeps something on the right. Without streams where money went round in circles.
[[nodiscard]] FlowChart flow_of(const PlanBook& book, const PlanScale& scale);
/// What each holder has in the end.
[[nodiscard]] BarChart holders_of(const PlanBook& book, const PlanScale& scale);

/// The pictures of one part, as far as it has what they show.
struct PartCharts {
    std::vector<BarChart> bars{};    ///< steps of a waterfall, each time it was run
    std::vector<TimeChart> lines{};  ///< what payees have been given so far; what is outstanding of a note
};
[[nodiscard]] PartCharts charts_of(const PlanBook& book, const PlanBook::Part& part);

}  // namespace crowdrules::detail
