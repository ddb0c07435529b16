// SPDX-License-Identifier: BSL-1.0
#include "chart_table.hpp"

namespace crowdrules::detail {

ChartTable::ChartTable(std::string_view caption) {
    out_.open("table").line().element("caption", caption).line();
}

void ChartTable::head(const std::vector<std::string>& names, std::size_t numbers) {
    numbers_ = numbers;
    out_.open("thead").open("tr");
    for (std::size_t i = 0; i < names.size(); ++i)
        out_.element("th", {{"scope", "col"}, {"class", i >= numbers ? "number" : "words"}}, names[i]);
    out_.close().close().line().open("tbody").line();
}

void ChartTable::row(const std::vector<std::string>& cells) {
    out_.open("tr");
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i >= numbers_)
            out_.element("td", {{"class", "number"}}, cells[i]);
        else
            out_.open("td").foreign(cells[i]).close();
    }
    out_.close().line();
}

std::string ChartTable::take() {
    return out_.take();
}

}  // namespace crowdrules::detail
