// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/payee.hpp>

namespace crowdrules::revenue {

std::string to_text(PayeeId payee) {
    return payee.is_none() ? "nobody" : "payee " + std::to_string(payee.value);
}

}  // namespace crowdrules::revenue
