// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/ledger/movements.hpp>

#include <utility>
#include <vector>

namespace crowdrules {

Ledger after(Ledger ledger, const Movements& movements) {
    for (const Movement& item : movements.items()) ledger.transfer(item.from, item.to, item.minor);
    return ledger;
}

std::optional<Entry> entry_of(const Movements& movements, Instant at, std::string description, Currency currency) {
    std::vector<Posting> lines;
    for (const Movement& item : movements.items()) {
        lines.push_back({item.from, -Money(item.minor, currency)});
        lines.push_back({item.to, Money(item.minor, currency)});
    }
    if (lines.empty()) return std::nullopt;
    return Entry(at, std::move(description), std::move(lines));
}

}  // namespace crowdrules
