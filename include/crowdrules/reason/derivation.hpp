// SPDX-License-Identifier: BSL-1.0
// Derivation: how a figure came about: the figures it was made of, the rule that joined them, and where the rule is
// written.
//
//   platform fee  1,591.50 USD = 5% of 31,830.00 USD, rounded half_up once  [fees.platform; help centre, read 2026-11]
//     collected  31,830.00 USD = 32,766.00 gross pledges - 936.00 dropped
//       gross pledges  32,766.00 USD
//       dropped           936.00 USD
#pragma once

#include <crowdrules/core/citation.hpp>

#include <string>
#include <vector>

namespace crowdrules {

struct Derivation {
    std::string figure;   ///< what it is called in the statement: "platform_fee"
    std::string value;    ///< the figure itself, as text: "1,591.50 USD"
    std::string formula;  ///< how it was made, with its numbers: "5% of 31,830.00 USD, half_up on the total"
    std::string rule;     ///< the rule's path in its pack, or empty for plain arithmetic
    Citation citation;    ///< of the rule; empty for plain arithmetic
    std::vector<Derivation> from;

    bool operator==(const Derivation&) const = default;
};

/// The tree as indented lines, the figure first, each line with its line feed. Figures that were joined stand in
/// columns, underscores in their names are blanks.
[[nodiscard]] std::string to_text(const Derivation& derivation);

}  // namespace crowdrules
