// SPDX-License-Identifier: BSL-1.0
// Version: which release of the library a program runs with.
//
//   log(crowdrules::version());      // "0.1.0"
#pragma once

#include <string_view>

namespace crowdrules {

/// The version of the library that is linked, which may be another than that of its headers.
[[nodiscard]] std::string_view version() noexcept;

}  // namespace crowdrules
