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

#include <concepts>
#include <exception>
#include <string>
#include <utility>

/// What `value()` throws when there is only an error that has a text: what() is that text.
template <class E>
    requires requires(const E& error) {
        { to_text(error) } -> std::convertible_to<std::string>;
    }
class tl::bad_expected_access<E> : public std::exception {
  public:
    explicit bad_expected_access(E error) : error_(std::move(error)), text_(to_text(error_)) {}

    [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }
    [[nodiscard]] const E& error() const& noexcept { return error_; }
    [[nodiscard]] E&& error() && noexcept { return std::move(error_); }

  private:
    E error_;
    std::string text_;
};

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
