// SPDX-License-Identifier: BSL-1.0
// Describe fees: the fields of schedules, each named once for the whole project.
#pragma once

#include <crowdrules/fees/fee_schedule.hpp>

#include <schema/describe.hpp>

namespace crowdrules::detail {

inline void describe(Fields& v, FeeBand& band) {
    v.amount("from", band.from, from_zero);
    v("rate", band.rate, part_of_all);
    v.amount("fixed", band.fixed, from_zero);
}
inline void describe(Fields& v, FeeTax& tax) {
    v("rate", tax.rate, required, part_of_all);
    v("rounding", tax.rounding, required);
    v("included", tax.included);
    v("citation", tax.citation);
}
inline void describe(Fields& v, FeeSchedule& schedule) {
    v("name", schedule.name);
    v("bands", schedule.bands);
    v("banding", schedule.banding);
    v.amount("minimum", schedule.minimum, from_zero);
    v.amount("maximum", schedule.maximum, from_zero);
    v("rounding", schedule.rounding, required);
    v("tax", schedule.tax);
    v("citation", schedule.citation);
}

}  // namespace crowdrules::detail
