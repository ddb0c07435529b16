// SPDX-License-Identifier: BSL-1.0
// Contracts: what the programmer owes, checked always, in every build.
//
// A broken contract (adding dollars to euros, overflow of an amount) is a bug in the calling program. It
// throws and changes nothing; it never aborts and never prints, so that a server or a Python process lives on.
#pragma once

#include <stdexcept>
#include <string>

namespace crowdrules {

/// The calling program broke a promise. `what()` says which, with the values involved.
class ContractViolation : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// An amount, a count or an instant left the range that its type can hold.
class Overflow : public ContractViolation {
  public:
    using ContractViolation::ContractViolation;
};

/// Two amounts of different currencies met in one operation. `what()` names both.
class CurrencyMismatch : public ContractViolation {
  public:
    using ContractViolation::ContractViolation;
};

/// Throws ContractViolation{promise} unless `holds`.
inline void expects(bool holds, const char* promise) {
    if (!holds) throw ContractViolation(promise);
}

}  // namespace crowdrules
