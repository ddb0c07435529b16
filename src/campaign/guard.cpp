// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/guard.hpp>

#include "core/enumerators.hpp"
#include <algorithm>
namespace crowdrules::campaign {

std::string_view to_text(AccountRule rule) noexcept {
    return detail::enumerator_name(rule);
}

std::uint64_t GuardRecord::person_behind(std::uint64_t account) const {
    // Never a circle: an account gets its owner once, and not one that it owns itself.
    for (auto found = owner.find(account); found != owner.end(); found = owner.find(account)) account = found->second;
    return account;
}

}  // namespace crowdrules::campaign
