// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/guard.hpp>

namespace crowdrules {

std::string_view to_text(AccountRule rule) noexcept {
    switch (rule) {
        case AccountRule::accepted:
            return "accepted";
        case AccountRule::refused:
            return "refused";
        case AccountRule::not_counted:
            return "not_counted";
    }
    return "";
}

std::uint64_t GuardRecord::person_behind(std::uint64_t account) const {
    // Never a circle: an account gets its owner once, and not one that it owns itself.
    for (auto found = owner.find(account); found != owner.end(); found = owner.find(account)) account = found->second;
    return account;
}

}  // namespace crowdrules
