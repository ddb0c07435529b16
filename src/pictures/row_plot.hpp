// SPDX-License-Identifier: BSL-1.0
// Row plot: what charts of rows have in common: a scale of amounts for all of them, and above each row a line with its
// name and its figure, so that they fit on every screen.
#pragma once

#include "drawing.hpp"

namespace crowdrules::detail {

class RowPlot {
  public:
    static constexpr Tenths row_height = px(46);
    static constexpr Tenths bar_height = px(16);

    /// Rows for figures between these two.
    RowPlot(Drawing& drawing, std::int64_t low, std::int64_t high, const ChartUnit& unit,
            AxisFrom from = AxisFrom::zero);

    [[nodiscard]] Tenths x(Int128 value) const;
    /// What the patterns mean, and a line across them: with their names, in as many lines as it takes.
    void legend(const std::vector<std::pair<ChartFill, std::string>>& parts, const std::string& line = {});
    /// The lines of the scale behind so many rows.
    void scale(std::size_t rows);
    /// The words above the next row. Returns where its bar begins.
    Tenths row(const std::string& name, const std::string& figure);
    /// The figures of the scale below the rows. Returns the height of all.
    Tenths finish();

  private:
    Drawing& drawing_;
    AmountAxis axis_;
    Tenths left_ = px(1), right_;
    Tenths y_ = px(0);
};

}  // namespace crowdrules::detail
