// SPDX-License-Identifier: BSL-1.0
// Shared terms: those that a command or an event holds, which are never null, are in Python the terms that they are.
#pragma once

#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/community/terms.hpp>

#include "convert.hpp"
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace crowdrules::python {

template <class AnyTerms>
std::shared_ptr<const AnyTerms> shared_from(py::handle given) {
    AnyTerms terms;
    read(given, terms);
    return std::make_shared<const AnyTerms>(std::move(terms));
}

template <>
inline void read(py::handle given, std::shared_ptr<const campaign::Terms>& terms) {
    terms = shared_from<campaign::Terms>(given);
}
template <>
inline void read(py::handle given, std::shared_ptr<const community::Terms>& terms) {
    terms = shared_from<community::Terms>(given);
}
template <>
inline py::object write(const std::shared_ptr<const campaign::Terms>& terms) {
    return write(*terms);
}
template <>
inline std::string annotation(std::type_identity<std::shared_ptr<const campaign::Terms>>) {
    return "Terms";
}

}  // namespace crowdrules::python
