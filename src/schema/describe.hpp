// SPDX-License-Identifier: BSL-1.0
// Describe: the fields of what time, money and citations are made of, each named once for the whole project.
#pragma once

#include <crowdrules/core/citation.hpp>
#include <crowdrules/core/text_error.hpp>
#include <crowdrules/money/allocate.hpp>
#include <crowdrules/money/exchange.hpp>
#include <crowdrules/money/rounding.hpp>
#include <crowdrules/time/cadence.hpp>
#include <crowdrules/time/window.hpp>

#include "fields.hpp"

namespace crowdrules::detail {

/// Only Python has fields of these.
template <>
inline constexpr bool is_other<std::chrono::days> = true;

inline void describe(Fields& v, Window& window) {
    v("opens", window.opens, required);
    v("closes", window.closes, stated);
    v("closing", window.closing);
}
inline void describe(Fields& v, Cadence& cadence) {
    v("every", cadence.every, any_length);
    v("months", cadence.months, Range{0, 12 * 10'000});
    v("month_end", cadence.month_end);
}
inline void describe(Fields& v, Rounding& rounding) {
    v("mode", rounding.mode, required);
    v("step", rounding.step, stated, from_one);
}
inline void describe(Fields& v, Citation& citation) {
    v("source", citation.source);
    v("read", citation.read);
    v("evidence", citation.evidence, stated);
}
inline void describe(Fields& v, HolidayList& list) {
    v("name", list.name, required);
    v("first", list.first);
    v("last", list.last);
    v("holidays", list.holidays);
    v("source", list.source);
}
template <>
inline ExchangeRate blank(Currency currency) {
    return {currency, currency, {}, {}};
}

inline void describe(Fields& v, TextPosition& where) {
    v("source", where.source);
    v("line", where.line);
    v("column", where.column);
}
inline void describe(Fields& v, Split& split) {
    v("spare", split.spare, required);
    v("step", split.step, stated, from_one);
    v("turn", split.turn);
}
inline void describe(Fields& v, ExchangeRate& rate) {
    v("from", rate.from, required);
    v("to", rate.to, required);
    v("rate", rate.rate, required);
    v("date", rate.date);
}

}  // namespace crowdrules::detail
