// SPDX-License-Identifier: BSL-1.0
// Pack files: the packs and sets of assumptions that a text names as files.
#pragma once

#include <crowdrules/rulepacks/pack.hpp>

#include <string>

namespace crowdrules::python {

/// Reads what `source` names, which is where `source` is; what is no regular file, or larger than 64 MiB, is refused.
[[nodiscard]] ReadText files_beside(const std::string& source);

}  // namespace crowdrules::python
