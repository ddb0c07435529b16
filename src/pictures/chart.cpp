// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/pictures/chart.hpp>

namespace crowdrules {

ChartUnit ChartUnit::of(Currency currency) {
    return {.name = std::string(currency.code()), .decimals = currency.digits()};
}

}  // namespace crowdrules
