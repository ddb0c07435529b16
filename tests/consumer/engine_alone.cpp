// SPDX-License-Identifier: BSL-1.0
// Links the engine and nothing else.
#include <crowdrules/money/allocate.hpp>

#include <iostream>

int main() {
    const std::vector<crowdrules::Weight> thirds{1, 1, 1};
    for (const crowdrules::Money part :
         crowdrules::allocate(crowdrules::usd("10.00"), thirds, {crowdrules::AllocationMethod::largest_remainder})) {
        std::cout << to_text(part) << '\n';
    }
}
