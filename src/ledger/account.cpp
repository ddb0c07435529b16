// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/ledger/account.hpp>

namespace crowdrules {

std::string_view to_text(Account account) noexcept {
    switch (account) {
        case Account::backers:
            return "backers";
        case Account::escrow:
            return "escrow";
        case Account::reserve:
            return "reserve";
        case Account::disputed:
            return "disputed";
        case Account::creator:
            return "creator";
        case Account::platform_fees:
            return "platform_fees";
        case Account::processing_fees:
            return "processing_fees";
        case Account::tax:
            return "tax";
        case Account::customers:
            return "customers";
        case Account::company:
            return "company";
        case Account::community:
            return "community";
        case Account::members:
            return "members";
    }
    return "unknown";
}

}  // namespace crowdrules
