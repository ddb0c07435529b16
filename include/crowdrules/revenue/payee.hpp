// SPDX-License-Identifier: BSL-1.0
// Payee: somebody who is owed a part of an income, and what is kept back of it for a tax authority.
//
//   Anna   withholding 15% of earnings from "US"      1,000.00 USD earned, 100.00 of it from "US": 15.00 kept back
//   Ben    withholding 24% of all earnings            the same earnings: 240.00 kept back
//
// What is kept back depends on the payee (a form that was filed or not) and on where the money was earned, so both are
// data. Rates: see "YouTube (2021)" in the tests of distribution.
#pragma once

#include <crowdrules/core/citation.hpp>
#include <crowdrules/core/id.hpp>
#include <crowdrules/money/decimal.hpp>
#include <crowdrules/money/rounding.hpp>

#include <string>
#include <vector>

namespace crowdrules::revenue {

using PayeeId = Id<struct PayeeKind>;  ///< a person, firm or fund that is paid

/// "payee 7", or "nobody" for none.
[[nodiscard]] std::string to_text(PayeeId payee);

/// A part of a payee's earnings that goes to a tax authority instead.
struct Withholding {
    std::string source;  ///< of earnings from this source only ("US"); empty: of all earnings
    Decimal rate;        ///< 0.15 for 15%
    Rounding rounding;
    Citation citation{};

    bool operator==(const Withholding&) const = default;
};

struct Payee {
    PayeeId id;
    std::string name;
    std::vector<Withholding> withholding{};

    bool operator==(const Payee&) const = default;
};

}  // namespace crowdrules::revenue
