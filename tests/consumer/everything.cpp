// SPDX-License-Identifier: BSL-1.0
// Includes every public header and formats with fmt.
#include <crowdrules/crowdrules.hpp>
#include <crowdrules/format.hpp>

int main() { fmt::print("{:>13}\n", crowdrules::usd("10.00")); }
