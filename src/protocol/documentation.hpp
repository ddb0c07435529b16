// SPDX-License-Identifier: BSL-1.0
// Documentation: what a field means, for people. Nothing of it is written a second time: the text stands in the header
// where the struct is declared, behind or above the field, or in field_words.md for all fields of a name; the build
// collects it. The unit comes from the field's kind, and the range from its description.
//
//   documentation_of(field, value)       "the band's lower bound, included; minor units, not negative"
#pragma once

#include <schema/fields.hpp>
#include <string>
#include <string_view>

namespace crowdrules::detail {

/// What a struct or an enumeration is, as the comment above it says; "" where there is none.
[[nodiscard]] std::string_view documentation_of(const std::type_info& type);

/// What a field means: as its struct says, or else what its name means everywhere, or else what its own struct is; with
/// its unit and range. `amount_unit` is how amounts are written: "minor units".
[[nodiscard]] std::string documentation_of(const Field& field, const Type& type, std::string_view amount_unit);

/// The same without unit; "" where nobody has written any.
[[nodiscard]] std::string_view meaning_of(const Field& field, const Type& type);

}  // namespace crowdrules::detail
