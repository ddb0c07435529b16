// SPDX-License-Identifier: BSL-1.0
// Range: which numbers of a described value lie outside what its description allows.
//
//   for (const OutOfRange& one : out_of_range(value_of(terms), terms.currency))
//       one.path, one.what, one.accepted        "fees.platform.bands[1].rate", "a rate of 120%", "0% to 100%"
#pragma once

#include "fields.hpp"
#include <string>
#include <vector>

namespace crowdrules::detail {

struct OutOfRange {
    std::string path, what, accepted;
};

/// Whether a field may hold `value`. What is no number, and what is none, always may.
[[nodiscard]] bool is_within(const Range& range, Value value);

/// What would be accepted: "0% to 100%", "at least 0.00 USD", "1 to 60".
[[nodiscard]] std::string accepted_text(const Field& field, const Type& type, Currency currency);

/// All numbers within `record` that lie outside their range, in the order of its fields; amounts are in `currency`.
[[nodiscard]] std::vector<OutOfRange> out_of_range(Value record, Currency currency);

}  // namespace crowdrules::detail
