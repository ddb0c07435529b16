// SPDX-License-Identifier: BSL-1.0
// Describe answer: the fields of what every life answers with: findings, and how a figure came about.
#pragma once

#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>

#include <schema/describe.hpp>

namespace crowdrules::detail {

inline void describe(Fields& v, Finding& finding) {
    v("kind", finding.kind, required);
    v("rule", finding.rule, required);
    v("what", finding.what, required);
    v("accepted", finding.accepted, required);
    v("citation", finding.citation);
    v("where", finding.where);
}
inline void describe(Fields& v, Derivation& why) {
    v("figure", why.figure, required);
    v("value", why.value);
    v("formula", why.formula);
    v("rule", why.rule);
    v("citation", why.citation);
    v("from", why.from);
}

}  // namespace crowdrules::detail
