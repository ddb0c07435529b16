// SPDX-License-Identifier: BSL-1.0
// Live community: what Python calls a Community: the community, and the events that made it.
#pragma once

#include <crowdrules/community/statement.hpp>

#include "columns/column.hpp"
#include "convert.hpp"

namespace crowdrules::python {

/// The statement of a community, and the terms that explain it.
struct ExplainedCommunity {
    community::Statement figures;
    community::Terms terms;

    bool operator==(const ExplainedCommunity&) const = default;
};

struct LiveCommunity {
    community::Community community;
    community::Events events;
};

/// Frames with a row for each member, and for each product.
[[nodiscard]] Frame members_of(const community::Community& community);
[[nodiscard]] Frame products_of(const community::Community& community);

/// Its pictures, as Python has them.
[[nodiscard]] py::tuple charts_of(const community::Community& community, const community::Events& events);

}  // namespace crowdrules::python

namespace crowdrules::detail {

// What holds amounts is made of some.
template <>
community::ProductLine blank(Currency currency);
template <>
community::MemberStatement::Line blank(Currency currency);
template <>
community::MemberStatement blank(Currency currency);
template <>
python::ExplainedCommunity blank(Currency currency);

}  // namespace crowdrules::detail
