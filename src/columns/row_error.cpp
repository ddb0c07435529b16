// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/columns/row_error.hpp>

namespace crowdrules {

std::string to_text(const RowError& error) {
    std::string text = error.column + ", row " + std::to_string(error.row) + ": " + error.what;
    return error.accepted.empty() ? text : text + "; accepted: " + error.accepted;
}

}  // namespace crowdrules
