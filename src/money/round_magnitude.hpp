// SPDX-License-Identifier: BSL-1.0
// The seven rounding modes, in one place for integers of every width.
#pragma once

#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/rounding.hpp>

namespace crowdrules {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_unknown_mode() {
    throw ContractViolation("a RoundingMode outside the enumeration");
}

/// A magnitude was divided and cut toward zero: quotient and remainder, 0 <= remainder < divisor. Says whether the
/// mode asks for one step more (1) or not (0). `negative` is the sign that the result will have.
template <class Natural>
constexpr unsigned steps_away_from_zero(const Natural& quotient, const Natural& remainder, const Natural& divisor,
                                        RoundingMode mode, bool negative) {
    const Natural missing = divisor - remainder;  // compare with this, because twice the remainder may not fit
    // Without a jump on the amount, because no processor predicts which amounts end in a five or are negative.
    if (mode == RoundingMode::half_even) [[likely]]
        return remainder + quotient % 2 > missing;
    switch (mode) {
        case RoundingMode::half_even:
        case RoundingMode::half_up:
            return remainder >= missing;
        case RoundingMode::half_down:
            return remainder > missing;
        case RoundingMode::up:
            return remainder != 0;
        case RoundingMode::down:
            return 0;
        case RoundingMode::ceiling:
            return static_cast<unsigned>(remainder != 0) & static_cast<unsigned>(!negative);
        case RoundingMode::floor:
            return static_cast<unsigned>(remainder != 0) & static_cast<unsigned>(negative);
    }
    throw_unknown_mode();
}

}  // namespace crowdrules
