// SPDX-License-Identifier: BSL-1.0
// Refusal of a command: why it may not happen, or nothing when it may. Where a verdict is asked for, it is the
// rejection.
//
//   if (auto rejection = refuse_if_ended()) return rejection;        in a judge of any kind, whatever it returns
//   return reject(Code::claim_unknown, "there is no claim 7", "one of the 2 raised", "campaign.pause");
#pragma once

#include <crowdrules/core/citation.hpp>
#include <crowdrules/core/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace crowdrules {

template <class Rejection>
class [[nodiscard]] RefusalOf {
  public:
    RefusalOf() = default;
    RefusalOf(std::nullopt_t) {}
    RefusalOf(Rejection rejection) : rejection_(std::move(rejection)) {}

    explicit operator bool() const noexcept { return rejection_.has_value(); }
    [[nodiscard]] Rejection& operator*() { return *rejection_; }
    [[nodiscard]] Rejection* operator->() { return &*rejection_; }

    /// Expects: something is refused.
    template <class T>
    operator Result<T, Rejection>() const& {
        return failure(rejection_.value());
    }
    template <class T>
    operator Result<T, Rejection>() && {
        return failure(std::move(rejection_).value());
    }

  private:
    std::optional<Rejection> rejection_{};
};

/// The refusal with this code, and with the citation that `terms` have of its rule.
template <class Rejection, class Terms>
[[nodiscard]] RefusalOf<Rejection> refused(const Terms& terms, decltype(Rejection::code) code, std::string what,
                                           std::string accepted, std::string_view rule) {
    return Rejection{.code = code,
                     .what = std::move(what),
                     .accepted = std::move(accepted),
                     .rule = std::string(rule),
                     .citation = rule.empty() ? Citation{} : citation_of(terms, rule)};
}

}  // namespace crowdrules
