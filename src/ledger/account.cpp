// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/ledger/account.hpp>

#include "core/enumerators.hpp"

namespace crowdrules {

std::string_view to_text(Account account) noexcept {
    return detail::enumerator_name(account);
}

}  // namespace crowdrules
