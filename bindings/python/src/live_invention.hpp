// SPDX-License-Identifier: BSL-1.0
// Live invention: what Python calls an Invention: the community, and the events that made it.
#pragma once

#include <crowdrules/invention/statement.hpp>

#include "column.hpp"
#include "convert.hpp"

namespace crowdrules::python {

/// The statement of a community, and the terms that explain it.
struct ExplainedInvention {
    InventionStatement figures;
    InventionTerms terms;

    bool operator==(const ExplainedInvention&) const = default;
};

struct LiveInvention {
    Invention invention;
    InventionEvents events;
};

/// Frames with a row for each member, and for each product.
[[nodiscard]] Frame members_of(const Invention& invention);
[[nodiscard]] Frame products_of(const Invention& invention);

/// Its pictures, as Python has them.
[[nodiscard]] py::tuple charts_of(const Invention& invention, const InventionEvents& events);

}  // namespace crowdrules::python

namespace crowdrules::detail {

// What holds amounts is made of some.
template <>
ProductLine blank(Currency currency);
template <>
MemberStatement::Line blank(Currency currency);
template <>
MemberStatement blank(Currency currency);
template <>
python::ExplainedInvention blank(Currency currency);

}  // namespace crowdrules::detail
