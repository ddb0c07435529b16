// SPDX-License-Identifier: BSL-1.0
// Fingerprint: a digest of every field of a value, so that a repeated command is told from a conflict.
//
// FNV-1a over every field, names included: byte for byte the same everywhere.
#pragma once

#include "fields.hpp"

namespace crowdrules::detail {

/// Expects: `value` is a record of nothing but kinds that commands are made of.
[[nodiscard]] std::uint64_t fingerprint_of_value(Value value);
/// Of what a command says, and not of its id and its instant: a redelivery arrives later.
/// Expects: `command` is a CommandOf of nothing but kinds that commands are made of.
[[nodiscard]] std::uint64_t fingerprint_of_command(Value command);

}  // namespace crowdrules::detail
