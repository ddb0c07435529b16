// SPDX-License-Identifier: BSL-1.0
// Chart table: the figures of a chart as a <table>.
#pragma once

#include "markup.hpp"

namespace crowdrules::detail {

class ChartTable {
  public:
    explicit ChartTable(std::string_view caption);
    /// The heads of the columns; from `numbers` on, columns are of numbers, to the right.
    void head(const std::vector<std::string>& names, std::size_t numbers);
    /// A row; the first cell names it.
    void row(const std::vector<std::string>& cells);
    [[nodiscard]] std::string take();

  private:
    Markup out_;
    std::size_t numbers_ = 0;
};

}  // namespace crowdrules::detail
