// SPDX-License-Identifier: BSL-1.0
// Result: a value, or the reason why there is none.
//
//   Result<Money> price = Money::parse("10.505 USD");
//   if (!price) log(to_text(price.error()));     // 1:6: 3 decimals, but USD has 2; ...
//
// Text that people write, and commands that people send, may be wrong: functions that take them return a
// Result. A broken contract by the programmer throws instead, see core/contract.hpp.
#pragma once

#include <crowdrules/core/text_error.hpp>

#include <tl/expected.hpp>

namespace crowdrules {

/// A `T`, or an `E` that says why not. The interface is that of C++23's std::expected.
template <class T, class E = TextError>
using Result = tl::expected<T, E>;

/// The way to return an error from a function that returns a Result.
template <class E>
[[nodiscard]] constexpr tl::unexpected<E> failure(E reason) {
    return tl::unexpected<E>(static_cast<E&&>(reason));
}

}  // namespace crowdrules
